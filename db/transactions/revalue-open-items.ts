import { type ForeignPosition, type Revaluation, revalued } from '../../domain/exchange.ts';
import { Refusal } from '../../domain/failures.ts';
import { trialBalance } from '../../domain/ledger.ts';
import { sumMinor } from '../../domain/money.ts';
import { firstDay, lastDay, monthOf, periodStatus } from '../../domain/period.ts';
import { addDays, compareDates, type IsoDate, localDate } from '../../domain/time.ts';
import type { Queryable, Transaction } from '../client.ts';
import { readBooks } from '../queries/periods.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { readConversion, readRounding } from '../statements/exchange-rates.ts';
import { insertEntry, reverseEntry } from '../statements/ledger.ts';

export interface RevaluedMonth {
  month: string;
  currencies: {
    currency: string;
    rate: string;
    gainMinor: number;
    lossMinor: number;
    entryId: number;
    reversalEntryId: number;
  }[];
}

/**
 * Brings what is open in other currencies at the end of a month to the rate of its last day, and takes that back on the day after, so
 * that what is carried goes on as it was (A3). Before the month closes it may be asked for again: then only what has changed since is
 * booked, and nothing when nothing has.
 */
export async function revalueOpenItems(
  tx: Transaction,
  { month, actor, at }: { month: string; actor: Actor; at: string },
): Promise<RevaluedMonth> {
  const { currency: functional, timeZone } = await readCompany(tx);
  const on = lastDay(month);
  if (compareDates(on, localDate(at, timeZone)) >= 0) {
    throw new Refusal(409, 'period-state', `${month} is not over: its last day is ${on}.`);
  }
  // One after the other, or both would book the same difference; and the books stay open until it is booked.
  await tx.query("SELECT pg_advisory_xact_lock(hashtext('revaluation')), first_open_day($1)", [on]);
  const status = periodStatus(month, await readBooks(tx));
  if (status !== 'open')
    throw new Refusal(409, 'period-closed', `${month} is ${status}: open items are revalued before it closes.`);
  const revaluation: RevaluedMonth = { month, currencies: [] };
  for (const { currency, rate, differences, postings } of await revaluationsOn(tx, functional, on)) {
    const { rows } = await tx.query<{ count: number }>(
      'SELECT count(*) FROM journal_entries WHERE starts_with(event_id, $1) AND reverses_entry_id IS NULL',
      [`${month}:revaluation:${currency}:`],
    );
    const eventId = `${month}:revaluation:${currency}:${rows[0]!.count + 1}`;
    const moved = differences
      .filter(({ account }) => account === 'accounts-receivable')
      .map(({ item, differenceMinor }) => ({ invoiceId: item!, amountMinor: 0, functionalMinor: differenceMinor }));
    const reason = `at ${rate} ${functional} for a ${currency}`;
    const entryId = await insertEntry(tx, { eventId, kind: 'revaluation', bookedOn: on, currency, reason, at }, postings, moved);
    const reversal = { eventId: `${eventId}:back`, kind: 'revaluation-reversed', bookedOn: addDays(on, 1), reason, at };
    const reversalEntryId = await reverseEntry(tx, { ...reversal, entryId });
    const net = trialBalance(postings.map((posting) => ({ ...posting, amountMinor: posting.functionalMinor })));
    revaluation.currencies.push({
      currency,
      rate: rate!,
      gainMinor: sumMinor(net.filter(({ account }) => account === 'exchange-gains').map(({ creditMinor }) => creditMinor)),
      lossMinor: sumMinor(net.filter(({ account }) => account === 'exchange-losses').map(({ debitMinor }) => debitMinor)),
      entryId,
      reversalEntryId,
    });
  }
  await record(tx, {
    at,
    actor,
    action: 'open-items-revalued',
    summary: `${month}: ${revaluation.currencies.map(({ currency }) => currency).join(', ') || 'nothing'} revalued as of ${on}, and taken back on ${firstDay(monthOf(addDays(on, 1)))}`,
    after: revaluation,
  });
  return revaluation;
}

/** What is to be revalued at the end of a day, by currency; those in which nothing is are left out. */
async function revaluationsOn(
  db: Queryable,
  functional: string,
  on: IsoDate,
): Promise<(Revaluation & { currency: string; rate: string | undefined })[]> {
  const rounding = await readRounding(db);
  const found = [];
  for (const [currency, positions] of await positionsOn(db, functional, on)) {
    const { rate, convert } = await readConversion(db, { from: currency, to: functional, on, rounding });
    const revaluation = revalued(positions, convert);
    if (revaluation.differences.length > 0) found.push({ currency, rate, ...revaluation });
  }
  return found;
}

/** Why the books of a day cannot be closed before what is open in other currencies is revalued; undefined: nothing would change. */
export async function whyNotRevalued(db: Queryable, on: IsoDate): Promise<string | undefined> {
  const { currency: functional } = await readCompany(db);
  try {
    const due = await revaluationsOn(db, functional, on);
    if (due.length === 0) return undefined;
    return `What is open in ${due.map(({ currency }) => currency).join(', ')} is not at the rate of ${on}: revalue ${monthOf(on)} first.`;
  } catch (error) {
    // There is no rate for it.
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/**
 * What stands open in each other currency on a day, debits above zero: debit items and the allowance for them, unapplied money, credit
 * balances, what is earned and not billed, and the bank. Deposits pay for goods to come: they keep their rate.
 */
async function positionsOn(db: Queryable, functional: string, on: IsoDate): Promise<Map<string, ForeignPosition[]>> {
  const { rows } = await db.query<ForeignPosition & { currency: string }>(
    `SELECT i.currency, 'accounts-receivable' AS account, i.id AS item, sum(m.amount_minor)::bigint AS "amountMinor",
       sum(m.functional_minor)::bigint AS "functionalMinor"
     FROM receivable_movements m JOIN invoices i ON i.id = m.invoice_id WHERE i.currency <> $1 AND m.booked_on <= $2 GROUP BY i.id
       HAVING sum(m.amount_minor) <> 0 OR sum(m.functional_minor) <> 0
     UNION ALL
     SELECT e.currency, p.account, p.item, sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END)::bigint,
       sum(CASE p.side WHEN 'debit' THEN p.functional_minor ELSE -p.functional_minor END)::bigint
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id
     WHERE e.currency <> $1 AND e.booked_on <= $2 AND (p.account IN ('bank', 'bad-debt-allowance')
       OR (p.account IN ('unapplied-cash', 'customer-credits', 'unbilled-receivables') AND p.item IS NOT NULL)) GROUP BY 1, 2, 3
     HAVING 0 <> sum(CASE p.side WHEN 'debit' THEN p.amount_minor ELSE -p.amount_minor END)
       OR 0 <> sum(CASE p.side WHEN 'debit' THEN p.functional_minor ELSE -p.functional_minor END)
     ORDER BY 1, 2, 3`,
    [functional, on],
  );
  const found = new Map<string, ForeignPosition[]>();
  for (const { currency, ...position } of rows) found.set(currency, [...(found.get(currency) ?? []), position]);
  return found;
}
