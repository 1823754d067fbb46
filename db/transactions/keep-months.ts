import { lastDay, monthOf } from '../../domain/period.ts';
import { addDays, type IsoDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { creditNotesSold, isSale } from '../queries/reports.ts';
import { writersOfThisInstantAreDone } from '../statements/writers.ts';

/** By then most of what belongs to a month and comes late, as receipts do by their value date, has been booked. */
const settledAfterDays = 7;

/**
 * Keeps of the next month that is over what reports read of it (R1): one month in each transaction, the oldest first. Nobody who books
 * waits for it: it counts the entries up to one, once all of these have been committed. A month with more than `lateMaximum` movements
 * that came after it was kept, which reports read beside it, is kept anew with all after it.
 */
export async function keepMonths(
  tx: Transaction,
  { today, lateMaximum = 10_000 }: { today: IsoDate; lateMaximum?: number },
): Promise<{ result: { kept: IsoDate | null }; more: boolean }> {
  const { newest, keptThrough, first, through } = only(
    await tx.query<{ newest: IsoDate | null; keptThrough: number | null; first: IsoDate | null; through: number }>(
      `SELECT k.month_end AS newest, k.entries_through AS "keptThrough", (SELECT min(booked_on) FROM journal_entries) AS first,
         (SELECT coalesce(max(id), 0) FROM journal_entries) AS through
       FROM (SELECT) one LEFT JOIN (SELECT month_end, entries_through FROM kept_months ORDER BY month_end DESC LIMIT 1) k ON true`,
      [],
    ),
  );
  const next = newest === null ? first : addDays(newest, 1);
  const nothing = { result: { kept: null }, more: false };
  if (next === null) return nothing;
  const monthEnd = lastDay(monthOf(next));
  if (addDays(monthEnd, settledAfterDays) >= today || !(await writersOfThisInstantAreDone(tx, 'journal_entries'))) return nothing;
  const { rowCount } = await tx.query(
    `DELETE FROM kept_months WHERE month_end >= (SELECT min(month_end) FROM kept_months k
       WHERE (SELECT count(*) FROM (SELECT FROM late_movements('-infinity', k.month_end, k.entries_through) LIMIT $1::bigint + 1) l) > $1::bigint)`,
    [lateMaximum],
  );
  const before = { monthEnd: newest ?? '-infinity', through: keptThrough ?? 0 };
  if (rowCount === 0) await keepMonth(tx, { monthEnd, through }, before);
  return { result: { kept: rowCount === 0 ? monthEnd : null }, more: true };
}

/** A month by its end, and the last entry that counts for it. */
interface KeptMonth {
  monthEnd: IsoDate;
  through: number;
}

/**
 * Keeps of the month that ends on that day, by all entries up to one, what was open then and what was sold: from what was kept before it,
 * with what moved in it and what was booked into earlier months since. No such entry may be uncommitted.
 */
async function keepMonth(tx: Transaction, { monthEnd, through }: KeptMonth, before: KeptMonth): Promise<void> {
  // $1 the month's end, $2 the last entry that counts, $3 and $4 those of the month before.
  const values = [monthEnd, through, before.monthEnd, before.through];
  // What is from before movements named their entries is in no later one.
  const moved = `(
    SELECT * FROM receivable_movements WHERE booked_on > $3::date AND booked_on <= $1::date AND coalesce(entry_id, 0) <= $2::bigint
    UNION ALL SELECT * FROM late_movements('-infinity', $3::date, $4::bigint) WHERE entry_id <= $2::bigint)`;
  const credited = creditNotesSold(
    'e.booked_on <= $1::date AND e.id <= $2::bigint AND (e.booked_on > $3::date OR e.id > $4::bigint)',
  );
  await tx.query(
    `INSERT INTO kept_months (month_end, entries_through, recorded_until)
     SELECT $1::date, $2::bigint, greatest('-infinity', (SELECT max(recorded_at) FROM ${moved} m), (SELECT max(recorded_at) FROM (${credited}) c),
       (SELECT recorded_until FROM kept_months WHERE month_end = $3::date))`,
    values,
  );
  await tx.query(
    `INSERT INTO kept_items (month_end, invoice_id, customer_id, currency, due_on, open_minor)
     SELECT $1::date, invoice_id, customer_id, currency, due_on, sum(open_minor)
     FROM (SELECT invoice_id, customer_id, currency, due_on, open_minor FROM kept_items WHERE month_end = $3::date
           UNION ALL SELECT invoice_id, customer_id, currency, due_on, amount_minor FROM ${moved} m) o
     GROUP BY 2, 3, 4, 5 HAVING sum(open_minor) <> 0`,
    values,
  );
  await tx.query(
    `INSERT INTO kept_due (month_end, currency, due_on, open_minor)
     SELECT month_end, currency, due_on, sum(open_minor) FROM kept_items WHERE month_end = $1 AND due_on IS NOT NULL GROUP BY 1, 2, 3`,
    [monthEnd],
  );
  await tx.query(
    `INSERT INTO kept_sales (month_end, booked_on, currency, sales_minor)
     SELECT $1::date, booked_on, currency, sum(amount_minor)
     FROM (SELECT booked_on, currency, amount_minor FROM ${moved} m WHERE ${isSale} UNION ALL SELECT booked_on, currency, amount_minor FROM (${credited}) c) s
     GROUP BY 2, 3`,
    values,
  );
}
