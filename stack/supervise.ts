import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, type ChildOptions, lastLines, launch } from './processes.ts';
import { say } from './progress.ts';

const readySeconds = 60;
const longestPauseSeconds = 30;
/** A child that ran this long was well, and its next failure counts as the first again. */
const healthySeconds = 60;

export interface Supervised {
  stop(): Promise<void>;
}

/** Starts a child, waits until it is ready, and from then on starts it again when it ends by itself. */
export async function supervise(
  options: ChildOptions,
  isReady: (logSince: () => string) => Promise<boolean>,
): Promise<Supervised> {
  let stopping = false;
  let child = await start();
  const supervision = watch();

  async function start(): Promise<Child> {
    const logStart = statSync(options.log, { throwIfNoEntry: false })?.size ?? 0;
    const started = await launch(options);
    const logSince = () => readFileSync(options.log).subarray(logStart).toString();
    try {
      await started.readyWhen(readySeconds, async () => (await isReady(logSince)) || undefined);
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  async function watch(): Promise<void> {
    let pauseSeconds = 1;
    for (;;) {
      const startedAt = Date.now();
      const ending = await child.exited;
      if (stopping) return;
      if (Date.now() - startedAt > healthySeconds * 1000) pauseSeconds = 1;
      say(
        `${options.name} ${ending}. It is started again in ${pauseSeconds} s. The end of its log ${options.log}:\n${lastLines(options.log)}`,
      );
      while (!(await startAgain(pauseSeconds))) pauseSeconds = Math.min(pauseSeconds * 2, longestPauseSeconds);
      pauseSeconds = Math.min(pauseSeconds * 2, longestPauseSeconds);
    }
  }

  async function startAgain(pauseSeconds: number): Promise<boolean> {
    await sleep(pauseSeconds * 1000);
    if (stopping) return true;
    try {
      child = await start();
      say(`${options.name} is running again.`);
      return true;
    } catch (error) {
      if (!stopping) say(`${(error as Error).message}\nTrying again.`);
      return stopping;
    }
  }

  return {
    async stop() {
      stopping = true;
      await child.stop();
      await supervision;
    },
  };
}
