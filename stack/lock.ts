import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { identify, type ProcessRecord } from './processes.ts';

export interface Lock {
  release(): void;
}

/** Takes the lock file, or returns who holds it. A lock whose holder is gone counts as free. */
export function takeLock(file: string): Lock | ProcessRecord {
  mkdirSync(dirname(file), { recursive: true });
  const own: ProcessRecord = { pid: process.pid, identity: identify(process.pid) ?? '' };
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(own), { flag: 'wx' });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readRecord(file);
    if (holder && identify(holder.pid) === holder.identity) return holder;
    setAside(file, holder);
  }
}

/** Another start may have replaced the dead lock by its own in the meantime, which is then put back. */
function setAside(file: string, dead: ProcessRecord | undefined): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readRecord(aside)?.identity !== dead?.identity) renameSync(aside, file);
    else rmSync(aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

export const isLock = (taken: Lock | ProcessRecord): taken is Lock => 'release' in taken;

function readRecord(file: string): ProcessRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
