import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isLock, takeLock } from '../lock.ts';
import { deleteAfterCrash, run } from '../processes.ts';
import { Unavailable } from './provider.ts';

const moduleDirectory = fileURLToPath(new URL('.', import.meta.url));

/** Which program comes from which package of the pinned module. */
const packages = {
  'temporal-server': 'go.temporal.io/server/cmd/server',
  'temporal-sql-tool': 'go.temporal.io/server/cmd/tools/sql',
  'temporal-ui-server': 'github.com/temporalio/ui-server/v2/cmd/server',
};

export interface TemporalPrograms {
  server: string;
  sqlTool: string;
  uiServer: string;
}

/** The cache is outside the checkout, so that every copy and every fresh clone shares one build per version. */
export function cacheDirectory(): string {
  return process.env.THROUGHLINE_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'throughline');
}

/** Builds the official server, its schema tool and its Web UI once; go.sum pins every byte of what goes in. */
export async function buildTemporal(progress: (text: string) => void): Promise<TemporalPrograms> {
  const version = createHash('sha256')
    .update(readFileSync(join(moduleDirectory, 'go.sum')))
    .digest('hex')
    .slice(0, 12);
  const directory = join(cacheDirectory(), `temporal-${version}`);
  const programs = {
    server: join(directory, 'temporal-server'),
    sqlTool: join(directory, 'temporal-sql-tool'),
    uiServer: join(directory, 'temporal-ui-server'),
  };
  if (existsSync(directory)) return programs;

  const lock = `${directory}.lock`;
  for (;;) {
    const taken = takeLock(lock);
    if (isLock(taken)) {
      try {
        if (!existsSync(directory)) await build(directory, progress);
      } finally {
        taken.release();
      }
      return programs;
    }
    progress(`waiting for process ${taken.pid}, which is building the Temporal server`);
    await sleep(500);
  }
}

async function build(directory: string, progress: (text: string) => void): Promise<void> {
  requireGo();
  mkdirSync(cacheDirectory(), { recursive: true });
  // Renamed when complete: what stands at the final name is always whole.
  const unfinished = mkdtempSync(`${directory}.unfinished-`);
  deleteAfterCrash(unfinished);
  const log = `${directory}.log`;
  rmSync(log, { force: true });
  try {
    for (const [index, [program, path]] of Object.entries(packages).entries()) {
      progress(`building ${program} from source, ${index + 1} of 3 (once; about 5 minutes in all on two cores)`);
      await run({
        name: `go build ${path}`,
        command: 'go',
        arguments: ['build', '-o', join(unfinished, program), path],
        directory: moduleDirectory,
        log,
        // The module names its Go version, and an older Go fetches that by itself.
        environment: { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=readonly' },
      });
    }
    renameSync(unfinished, directory);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Unavailable(`the official server could not be built from source: ${(error as Error).message}`);
  }
}

function requireGo(): void {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
  } catch {
    throw new Unavailable(
      'the official server cannot be built because there is no Go: install Go 1.21 or newer (https://go.dev/dl)',
    );
  }
}
