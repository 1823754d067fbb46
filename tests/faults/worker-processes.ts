import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Failpoint } from './failpoints.ts';

export interface WorkerProcesses {
  arm(failpoint: Failpoint): void;
  /** Names of the failpoints that have killed a process, in order. */
  readonly fired: string[];
  /** Whether the failpoint has killed its process, or was within reach when another one did. */
  hasStruck(name: string): boolean;
  /** Ends of a process that nobody had planned. */
  readonly accidents: string[];
  stop(): void;
}

/**
 * One worker process at a time. When a failpoint kills it, `afterDeath` runs and the next one takes over, which has been
 * standing by with its modules loaded; a failpoint that has fired is not armed again.
 */
export function startWorkerProcesses(environment: Record<string, string>, afterDeath: () => Promise<void>): WorkerProcesses {
  const armed = new Map<string, Failpoint>();
  const fired: string[] = [];
  const reached = new Set<string>();
  const accidents: string[] = [];
  let stopping = false;
  let current = spawnOne();
  let standby = spawnOne();
  activate();

  function spawnOne() {
    // The settings of the test runner are not for the worker.
    const { NODE_OPTIONS: _, VITEST: __, ...inherited } = process.env;
    return spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('worker-process.ts', import.meta.url))], {
      env: { ...inherited, ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  }

  function tell(): void {
    current.stdin.write(`${JSON.stringify([...armed.values()])}\n`);
  }

  function activate(): void {
    const child: ChildProcessByStdio<Writable, Readable, null> = current;
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stdin.on('error', () => {});
    // 'close', not 'exit': by then everything that it wrote has arrived.
    child.once('close', async (code, signal) => {
      if (stopping) return;
      const name = /^killed at (.*)$/m.exec(output)?.[1];
      if (name === undefined || signal !== 'SIGKILL') accidents.push(`exit ${signal ?? code}: ${output}`);
      else fired.push(name);
      for (const [, near] of output.matchAll(/^reached (.*)$/gm)) reached.add(near!);
      armed.delete(name ?? '');
      await afterDeath();
      current = standby;
      activate();
      standby = spawnOne();
    });
    tell();
  }

  return {
    fired,
    accidents,
    hasStruck: (name) => fired.includes(name) || reached.has(name),
    arm(failpoint) {
      armed.set(failpoint.name, failpoint);
      tell();
    },
    stop() {
      stopping = true;
      current.kill('SIGKILL');
      standby.kill('SIGKILL');
    },
  };
}
