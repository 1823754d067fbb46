import { setTimeout } from 'node:timers/promises';
import type { Transaction } from '../client.ts';

const looksMaximum = 100;
const lookEveryMs = 20;

/**
 * Waits until whoever was writing to a table at this instant has committed or given up, as PostgreSQL does before it trusts a new index;
 * nobody who writes waits for it. Whoever has been given a number of the table holds its lock from before that until the end of the
 * transaction: from then on each number that was given out before is a row or will never be one. False: a writer takes longer than 2 s.
 */
export async function writersOfThisInstantAreDone(tx: Transaction, table: 'audit_log' | 'journal_entries'): Promise<boolean> {
  const writers = async () => {
    const { rows } = await tx.query<{ writer: string }>(
      `SELECT DISTINCT virtualtransaction AS writer FROM pg_locks
       WHERE locktype = 'relation' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND relation = $1::regclass AND mode = 'RowExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()`,
      [table],
    );
    return rows.map(({ writer }) => writer);
  };
  let awaited = await writers();
  for (let look = 0; awaited.length > 0 && look < looksMaximum; look += 1) {
    await setTimeout(lookEveryMs);
    const writing = new Set(await writers());
    awaited = awaited.filter((writer) => writing.has(writer));
  }
  return awaited.length === 0;
}
