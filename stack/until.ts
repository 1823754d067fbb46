import { setTimeout as sleep } from 'node:timers/promises';

/** Tries again until the attempt returns something, and gives up with the last reason once the limit has passed. */
export async function until<Result>(
  what: string,
  limitSeconds: number,
  attempt: () => Promise<Result | undefined>,
): Promise<Result> {
  const deadline = Date.now() + limitSeconds * 1000;
  for (;;) {
    let reason = '';
    try {
      const result = await attempt();
      if (result !== undefined) return result;
    } catch (error) {
      if (error instanceof GiveUp) throw error;
      reason = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() > deadline) throw new Error(`${what} took longer than ${limitSeconds} seconds${reason}`);
    await sleep(50);
  }
}

/** Thrown by an attempt that knows that no further one can succeed. */
export class GiveUp extends Error {}
