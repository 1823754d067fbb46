import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { GiveUp, until } from './until.ts';

/**
 * Of V8, for each of our own programs. It lets garbage lie until the heap is up to four times what lives in it, for as long as the
 * machine has memory; below this limit it collects far earlier. What lives in the worker is a tenth of it.
 */
export const heapLimit = '--max-old-space-size=1024';

export interface ChildOptions {
  name: string;
  command: string;
  arguments: string[];
  /** Standard output and standard error are appended to this file. */
  log: string;
  environment?: NodeJS.ProcessEnv;
  directory?: string;
  user?: { uid: number; gid: number };
  stopSignal?: NodeJS.Signals;
  /** For a child that, ended by SIGKILL, would leave children of its own. */
  killSignal?: NodeJS.Signals;
  graceSeconds?: number;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly log: string;
  /** Resolves, and never rejects, with the way in which the process ended. */
  readonly exited: Promise<string>;
  /** Waits until the attempt succeeds, and fails at once, with the end of the log, when the process ends before. */
  readyWhen<Result>(limitSeconds: number, attempt: () => Promise<Result | undefined>): Promise<Result>;
  stop(signal?: NodeJS.Signals): Promise<void>;
  kill(): void;
}

/** A process that outlives its starter must be recognised later, and the number alone may by then belong to another one. */
export interface ProcessRecord {
  pid: number;
  identity: string;
}

export interface ChildRecord extends ProcessRecord {
  stopSignal: NodeJS.Signals;
}

const running = new Map<Child, ChildRecord>();
let recordFile: string | undefined;

/** From now on the file names the children, so that the next start can end them if this process and its guardian are killed. */
export function keepRecordOfChildren(file: string): void {
  recordFile = file;
  writeRecord();
}

export async function endRecordedChildren(file: string): Promise<void> {
  if (!existsSync(file)) return;
  const left: ChildRecord[] = JSON.parse(readFileSync(file, 'utf8'));
  for (const child of left.reverse()) await endLeftover(child, child.stopSignal);
  rmSync(file);
}

export function killChildren(): void {
  for (const child of running.keys()) child.kill();
}

function writeRecord(): void {
  if (recordFile) writeFileSync(recordFile, JSON.stringify([...running.values()]));
}

export async function launch(options: ChildOptions): Promise<Child> {
  mkdirSync(dirname(options.log), { recursive: true });
  const log = openSync(options.log, 'a');
  // A process group of its own: Ctrl-C in the terminal reaches only us, and we stop the children in the right order.
  const started = spawn(options.command, options.arguments, {
    detached: true,
    stdio: ['ignore', log, log],
    ...(options.environment && { env: options.environment }),
    ...(options.directory && { cwd: options.directory }),
    ...options.user,
  });
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    started.once('spawn', resolve);
    started.once('error', (error) => reject(new Error(`${options.name} could not be started: ${error.message}`)));
  });

  const { name, log: logFile, stopSignal = 'SIGTERM', killSignal = 'SIGKILL', graceSeconds = 15 } = options;
  const pid = started.pid!;
  let ending: string | undefined;
  tellGuardian('add', pid, stopSignal);
  const child: Child = {
    name,
    pid,
    log: logFile,
    exited: new Promise((resolve) => {
      started.once('exit', (code, signal) => {
        ending = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
        running.delete(child);
        writeRecord();
        tellGuardian('remove', pid);
        resolve(ending);
      });
    }),
    readyWhen: (limitSeconds, attempt) =>
      until(`${name} (log: ${logFile})`, limitSeconds, async () => {
        if (ending) throw new GiveUp(`${name} ${ending}. The end of its log ${logFile}:\n${lastLines(logFile)}`);
        return attempt();
      }),
    async stop(signal = stopSignal) {
      if (ending) return;
      started.kill(signal);
      const kill = setTimeout(() => child.kill(), graceSeconds * 1000);
      await child.exited;
      clearTimeout(kill);
    },
    kill: () => started.kill(killSignal),
  };
  running.set(child, { pid, identity: identify(pid) ?? '', stopSignal });
  writeRecord();
  return child;
}

export function lastLines(file: string, count = 12): string {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines
    .slice(-count)
    .map((line) => `    ${line.slice(0, 400)}`)
    .join('\n');
}

/** Runs a command to its end and fails with the end of its log. */
export async function run(options: ChildOptions): Promise<void> {
  const child = await launch(options);
  const ending = await child.exited;
  if (ending !== 'ended with exit code 0') throw new Error(`${options.name} ${ending}:\n${lastLines(options.log)}`);
}

/** What tells a process from a later one with the same number: when it started and what it runs. Undefined when it is gone. */
export function identify(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return state === 'Z' ? undefined : `${fields[18]} ${command}`;
    }
    return execFileSync('ps', ['-o', 'lstart=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Ends what a killed predecessor left behind, and nothing that merely has the same process number. */
export async function endLeftover(left: ProcessRecord, signal: NodeJS.Signals = 'SIGTERM', graceSeconds = 10): Promise<void> {
  const alive = () => identify(left.pid) === left.identity;
  if (alive()) process.kill(left.pid, signal);
  for (let waited = 0; alive() && waited < graceSeconds * 1000; waited += 50) await sleep(50);
  if (alive()) process.kill(left.pid, 'SIGKILL');
}

/** The directory is deleted even if this process is killed before it can do so itself. */
export const deleteAfterCrash = (directory: string): void => tellGuardian('directory', directory);

let guardian: ChildProcess | undefined;

function tellGuardian(...words: (string | number)[]): void {
  if (!guardian) {
    // NODE_OPTIONS may carry loaders of a test runner that a plain script neither needs nor finds.
    const { NODE_OPTIONS: _, ...environment } = process.env;
    guardian = spawn(process.execPath, [fileURLToPath(new URL('guardian.js', import.meta.url))], {
      detached: true,
      env: environment,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    guardian.unref();
    (guardian.stdin as Socket).unref();
    guardian.stdin!.on('error', () => {});
  }
  guardian.stdin!.write(`${words.join('\t')}\n`);
}
