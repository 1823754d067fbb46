import { readdirSync, readFileSync } from 'node:fs';

/** Whose CPU time it is. PostgreSQL's is split by the database that a backend serves. */
export type CpuMs = Record<string, number>;

const msPerTick = 10;

interface Seen {
  parent: number;
  command: string;
  /** Its own time, and that of children which have ended and were waited for. */
  cpuMs: number;
}

/** CPU time so far of this process and everything it started, by kind (Linux only: elsewhere there is nothing to read). */
export function cpuTimes(kinds: Map<number, string>): CpuMs {
  const seen = new Map<number, Seen>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const process = read(Number(name));
    if (process) seen.set(Number(name), process);
  }
  const times: CpuMs = {};
  for (const [pid, { cpuMs }] of seen) {
    const kind = kindOf(pid, seen, kinds);
    if (kind) times[kind] = (times[kind] ?? 0) + cpuMs;
  }
  const ours = Object.values(times).reduce((total, ms) => total + ms, 0);
  return { ...times, 'others on this machine': machineBusyMs() - ours };
}

function machineBusyMs(): number {
  const [user, nice, system, _idle, _wait, interrupts, softInterrupts] = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number) as [number, number, number, number, number, number, number];
  return (user + nice + system + interrupts + softInterrupts) * msPerTick;
}

export const since = (before: CpuMs, after: CpuMs): CpuMs =>
  Object.fromEntries(Object.entries(after).map(([kind, cpuMs]) => [kind, cpuMs - (before[kind] ?? 0)]));

function read(pid: number): Seen | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { parent: Number(fields[1]), command, cpuMs: ticks * msPerTick };
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
