import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheDirectory } from './build.ts';
import { startCliServer } from './cli-server.ts';
import { type TemporalProvider, Unavailable } from './provider.ts';

const limitSeconds = 15;

/** The Temporal CLI that the SDK downloads for itself. The SDK only offers to start it, and we run it our own way after that. */
export const downloadCli: TemporalProvider = {
  name: 'downloaded Temporal CLI',
  async start(start) {
    const directory = join(cacheDirectory(), 'temporal-cli');
    mkdirSync(directory, { recursive: true });
    if (!downloaded(directory)) {
      start.progress('downloading the Temporal CLI');
      await download(directory);
    }
    const executable = downloaded(directory);
    if (!executable) throw new Unavailable("the SDK's download of the Temporal CLI left no program");
    return startCliServer(executable, start);
  },
};

const downloaded = (directory: string): string | undefined => {
  const name = readdirSync(directory).find((file) => /^temporal-sdk-typescript-[\d.]+(\.exe)?$/.test(file));
  return name && join(directory, name);
};

async function download(downloadDir: string): Promise<void> {
  // Loaded here because it takes a second that the other providers need not wait for.
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const attempt = TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir } } }).then(
    (environment) => environment.teardown(),
  );
  const timeout = sleep(limitSeconds * 1000, undefined, { ref: false }).then(() => {
    throw new Error(`no answer in ${limitSeconds} seconds`);
  });
  try {
    await Promise.race([attempt, timeout]);
  } catch (error) {
    // It goes on by itself; whether it ends well or badly no longer matters.
    attempt.catch(() => {});
    throw new Unavailable(`the Temporal CLI could not be downloaded (${reason(error)}): check the network, or install it`);
  } finally {
    timeout.catch(() => {});
  }
}

/** The SDK puts cause behind cause; the last two say what happened. */
const reason = (error: unknown) => (error as Error).message.split(': ').slice(-2).join(': ');
