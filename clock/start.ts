import type { Database } from '../db/client.ts';
import { Refusal } from '../domain/failures.ts';
import { type IsoInstant, toMillis } from '../domain/time.ts';
import { clockLock } from './advance.ts';

/**
 * Sets the company clock to any instant, so that a company can begin in the past and be brought to today. Only while
 * nothing has been ordered or booked: from then on dates stand in the books, and the clock only moves forward. Local
 * stacks only.
 */
export async function startClockAt({ database, at }: { database: Database; at: IsoInstant }): Promise<{
  at: IsoInstant;
  offsetMs: number;
}> {
  return database.transaction(async (tx) => {
    const { rows } = await tx.query<{ taken: boolean; traded: boolean }>(
      `SELECT pg_try_advisory_xact_lock($1) AS taken,
         EXISTS (SELECT FROM orders) OR EXISTS (SELECT FROM invoices) OR EXISTS (SELECT FROM journal_entries) AS traded`,
      [clockLock],
    );
    if (!rows[0]!.taken) throw new Refusal(409, 'clock-is-moving', 'The company clock is being moved already.');
    if (rows[0]!.traded) {
      throw new Refusal(
        409,
        'company-has-traded',
        'Something was ordered or booked already: the company clock only moves forward.',
      );
    }
    const offsetMs = toMillis(at) - Date.now();
    await tx.query('UPDATE company_clock SET offset_ms = $1', [offsetMs]);
    // What ran by the other time says nothing about this one.
    await tx.query('UPDATE jobs SET ran_for = NULL, ran_at = NULL, outcome = NULL, result = NULL', []);
    return { at, offsetMs };
  });
}
