import { readdirSync, readFileSync } from 'node:fs';

/** CPU time in milliseconds by whose it is. PostgreSQL's is split by the database that a backend serves. */
export type CpuMs = Record<string, number>;

/** CPU time so far, process by process: a process that ends takes its share with it. */
export interface CpuReading {
  processes: Map<number, { kind: string; ms: number }>;
  machineMs: number;
}

const msPerTick = 10;

interface Seen {
  parent: number;
  command: string;
  ms: number;
}

/** Reads this process and everything it started (Linux only: elsewhere there is nothing to read). */
export function readCpu(kinds: Map<number, string>): CpuReading {
  const seen = new Map<number, Seen>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const process = read(Number(name));
    if (process) seen.set(Number(name), process);
  }
  const processes: CpuReading['processes'] = new Map();
  for (const [pid, { ms }] of seen) {
    const kind = kindOf(pid, seen, kinds);
    if (kind) processes.set(pid, { kind, ms });
  }
  return { processes, machineMs: machineBusyMs() };
}

/** What was used between two readings, by kind, and by everybody else on this machine. */
export function cpuBetween(before: CpuReading, after: CpuReading): CpuMs {
  const used: CpuMs = {};
  let total = 0;
  for (const [pid, { kind, ms }] of after.processes) {
    const spent = ms - (before.processes.get(pid)?.ms ?? 0);
    used[kind] = (used[kind] ?? 0) + spent;
    total += spent;
  }
  return { ...used, 'others on this machine': after.machineMs - before.machineMs - total };
}

function machineBusyMs(): number {
  const [user, nice, system, _idle, _wait, interrupts, softInterrupts] = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number) as [number, number, number, number, number, number, number];
  return (user + nice + system + interrupts + softInterrupts) * msPerTick;
}

function read(pid: number): Seen | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { parent: Number(fields[1]), command, ms: ticks * msPerTick };
  } catch {
    return undefined;
  }
}

function kindOf(pid: number, seen: Map<number, Seen>, kinds: Map<number, string>): string | undefined {
  if (pid === process.pid) return 'driver and mailbox';
  const { command, parent } = seen.get(pid)!;
  const named = kinds.get(pid) ?? [...kinds].find(([known]) => known === parent)?.[1];
  if (named && !command.startsWith('postgres:')) return named;
  if (parent === process.pid && command.includes('temporal-server')) return 'Temporal server';
  const backend = /^postgres: \S+ (\S+) 127\.0\.0\.1/.exec(command);
  if (command.startsWith('postgres:') && seen.get(parent)?.parent === process.pid) {
    if (!backend) return 'PostgreSQL, background';
    return `PostgreSQL, ${backend[1]!.startsWith('temporal') ? 'Temporal' : backend[1]}`;
  }
  return undefined;
}
