import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Failpoint } from './failpoints.ts';

export interface WorkerProcesses {
  /** Returns once the process that is at work knows of it. */
  arm(failpoint: Failpoint): Promise<void>;
  /** Names of the failpoints that have killed a process, in order. */
  readonly fired: string[];
  /** Whether the failpoint has killed its process, or was within reach when another one did. */
  hasStruck(name: string): boolean;
  /** Ends of a process that nobody had planned. */
  readonly accidents: string[];
  stop(): void;
}

const answerMilliseconds = 5;
const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The worker as one file of JavaScript, which starts for less than half of what tsx costs to translate it file by file. It has to
 * lie one folder below the root, because that is where workers/bundle.ts looks for its sources from.
 */
async function bundleWorker(): Promise<string> {
  const folder = join(root, '.tmp');
  const name = `worker-process-${process.pid}.js`;
  // Activities are registered by the names of their functions.
  const output = { entryFileNames: name, keepNames: true };
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { ssr: 'tests/faults/worker-process.ts', outDir: folder, emptyOutDir: false, rolldownOptions: { output } },
  });
  return join(folder, name);
}

/**
 * One worker process at a time. When a failpoint kills it, `afterDeath` runs and the next one takes over, which has been
 * standing by with its modules loaded; a failpoint that has fired is not armed again.
 */
export async function startWorkerProcesses(
  environment: Record<string, string>,
  afterDeath: () => Promise<void>,
): Promise<WorkerProcesses> {
  const program = await bundleWorker();
  const armed = new Map<string, Failpoint>();
  const fired: string[] = [];
  const reached = new Set<string>();
  const accidents: string[] = [];
  let stopping = false;
  let version = 0;
  let known = 0;
  let current = spawnOne();
  let standby = spawnOne();
  activate();

  function spawnOne() {
    // The settings of the test runner are not for the worker.
    const { NODE_OPTIONS: _, VITEST: __, ...inherited } = process.env;
    return spawn(process.execPath, [program], {
      env: { ...inherited, ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  }

  function tell(): void {
    current.stdin.write(`${JSON.stringify({ version, armed: [...armed.values()] })}\n`);
  }

  function activate(): void {
    const child: ChildProcessByStdio<Writable, Readable, null> = current;
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      for (const [, answered] of output.matchAll(/^armed (\d+)$/gm)) known = Math.max(known, Number(answered));
    });
    child.stdin.on('error', () => {});
    // 'close', not 'exit': by then everything that it wrote has arrived.
    child.once('close', (code, signal) => {
      if (!stopping) void replace(output, signal ?? String(code));
    });
    tell();
  }

  async function replace(output: string, ending: string): Promise<void> {
    const name = /^killed at (.*)$/m.exec(output)?.[1];
    if (name === undefined || ending !== 'SIGKILL') accidents.push(`ended with ${ending}: ${output}`);
    else fired.push(name);
    for (const [, near] of output.matchAll(/^reached (.*)$/gm)) reached.add(near!);
    armed.delete(name ?? '');
    await afterDeath();
    current = standby;
    activate();
    standby = spawnOne();
  }

  return {
    fired,
    accidents,
    hasStruck: (name) => fired.includes(name) || reached.has(name),
    async arm(failpoint) {
      armed.set(failpoint.name, failpoint);
      version += 1;
      const mine = version;
      tell();
      while (known < mine && !stopping) await new Promise((resolve) => setTimeout(resolve, answerMilliseconds));
    },
    stop() {
      stopping = true;
      current.kill('SIGKILL');
      standby.kill('SIGKILL');
      rmSync(program, { force: true });
    },
  };
}
