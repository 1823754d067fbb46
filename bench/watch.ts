import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for many things by asking for all of them together: one look every few milliseconds, however many wait. */
export function createWatch<Seen>(look: (ids: string[]) => Promise<Map<string, Seen>>, pauseMs = 50) {
  const waiting = new Map<
    string,
    { met: (seen: Seen) => boolean; resolve: (seen: Seen) => void; reject: (error: Error) => void; until: number }
  >();
  let looking = false;

  async function run(): Promise<void> {
    while (waiting.size > 0) {
      const found = await look([...waiting.keys()]);
      for (const [id, wait] of waiting) {
        const seen = found.get(id);
        if (seen !== undefined && wait.met(seen)) {
          waiting.delete(id);
          wait.resolve(seen);
        } else if (performance.now() > wait.until) {
          waiting.delete(id);
          wait.reject(new Error(`${id} is stuck at ${JSON.stringify(seen)}`));
        }
      }
      await sleep(pauseMs);
    }
    looking = false;
  }

  return (id: string, met: (seen: Seen) => boolean, limitMs = 120_000): Promise<Seen> =>
    new Promise((resolve, reject) => {
      waiting.set(id, { met, resolve, reject, until: performance.now() + limitMs });
      if (looking) return;
      looking = true;
      run().catch((error) => {
        looking = false;
        for (const wait of waiting.values()) wait.reject(error);
        waiting.clear();
      });
    });
}

/** Runs `work` for 0 to `count` - 1, so many at once. */
export async function inParallel(count: number, concurrency: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(count, concurrency) }, async () => {
      while (next < count) {
        const index = next;
        next += 1;
        await work(index);
      }
    }),
  );
}

/** The value below which the given share of all values lies. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
