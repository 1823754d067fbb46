import { Refusal } from '../../domain/failures.ts';
import { trialBalance, trialBalanceTotals } from '../../domain/ledger.ts';
import { sumMinor } from '../../domain/money.ts';
import {
  changePeriod as decide,
  firstDay,
  lastDay,
  monthOf,
  months,
  type PeriodAction,
  type PeriodStatus,
  periodStatus,
} from '../../domain/period.ts';
import { addDays, type IsoDate, localDate } from '../../domain/time.ts';
import type { Queryable, Transaction } from '../client.ts';
import { brokenInvariants } from '../queries/invariants.ts';
import { inventoryTotals, openByDueDate, postingTotals } from '../queries/ledger.ts';
import { readBooks } from '../queries/periods.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { whyNotRevalued } from './revalue-open-items.ts';

export interface ChangePeriodInput {
  month: string;
  action: PeriodAction;
  reason?: string | undefined;
  actor: Actor;
  at: string;
}

/** One thing that keeps a month from being closed. */
export interface PeriodBlock {
  check: string;
  detail: string;
}

// Whoever books holds it shared: see first_open_day in migrations/014.
const booksLock = 748_203;

/**
 * Closes, reopens or locks a month (A3). The books are checked before a month closes, and whatever does not agree blocks it.
 * Whoever is booking meanwhile is waited for; whoever books afterwards finds the month closed.
 */
export async function changePeriod(tx: Transaction, input: ChangePeriodInput): Promise<{ month: string; status: PeriodStatus }> {
  const { month, action, reason, actor, at } = input;
  const today = localDate(at, (await readCompany(tx)).timeZone);
  refuseUnlessPossible(decide(action, month, { books: await readBooks(tx), today }));
  // Before the lock, so that nobody who books has to wait for the checks: a booking that comes between must balance too.
  if (action === 'close') {
    const blocks = await closingBlocks(tx, lastDay(month), at);
    if (blocks.length > 0) {
      throw new Refusal(
        409,
        'period-blocked',
        `${month} cannot be closed: ${blocks.map(({ detail }) => detail).join(' ')}`.slice(0, 2_000),
        {
          extra: { blocks },
        },
      );
    }
  }
  await tx.query('SELECT pg_advisory_xact_lock($1)', [booksLock]);
  const before = await readBooks(tx);
  const books = refuseUnlessPossible(decide(action, month, { books: before, today }));
  await tx.query('UPDATE books SET closed_through = $1, locked_through = $2', [books.closedThrough, books.lockedThrough]);
  await tx.query('INSERT INTO period_changes (month, action, actor, reason, at) VALUES ($1, $2, $3, $4, $5)', [
    firstDay(month),
    action,
    actor.name,
    reason,
    at,
  ]);
  const status = periodStatus(month, books);
  await record(tx, {
    at,
    actor,
    action: { close: 'period-closed', reopen: 'period-reopened', lock: 'period-locked' }[action],
    summary: `${month} is ${status}`,
    reason,
    before,
    after: { month, ...books },
  });
  return { month, status };
}

function refuseUnlessPossible<Changed extends object>(changed: Changed | { refused: string }): Changed {
  if ('refused' in changed) throw new Refusal(409, 'period-state', changed.refused);
  return changed;
}

/**
 * What keeps the books from being closed up to a day: accounts against their subledgers on that day, what is open in another currency and
 * not at the day's rate, and every invariant.
 */
export async function closingBlocks(db: Queryable, asOf: IsoDate, at: string): Promise<PeriodBlock[]> {
  const blocks: PeriodBlock[] = [];
  const totals = await postingTotals(db, asOf);
  const open = await openByDueDate(db, asOf);
  for (const currency of new Set([...totals, ...open].map((row) => row.currency))) {
    const balance = trialBalance(totals.filter((row) => row.currency === currency));
    const { debitMinor, creditMinor } = trialBalanceTotals(balance);
    if (debitMinor !== creditMinor) {
      blocks.push({ check: 'trial-balance', detail: `In ${currency} debits are ${debitMinor} and credits ${creditMinor}.` });
    }
    const account = balance.find((row) => row.account === 'accounts-receivable');
    const accountMinor = account ? account.debitMinor - account.creditMinor : 0;
    const itemsMinor = sumMinor(open.filter((row) => row.currency === currency).map(({ openMinor }) => openMinor));
    if (accountMinor !== itemsMinor) {
      const detail = `In ${currency} the receivables account is ${accountMinor} and the open items come to ${itemsMinor}.`;
      blocks.push({ check: 'receivables', detail });
    }
  }
  const functional = trialBalanceTotals(trialBalance(totals.map((row) => ({ ...row, amountMinor: row.functionalMinor }))));
  if (functional.debitMinor !== functional.creditMinor) {
    const detail = `In the currency of the books debits are ${functional.debitMinor} and credits ${functional.creditMinor}.`;
    blocks.push({ check: 'trial-balance', detail });
  }
  // Of all months that close with it; in those that are closed nothing can be revalued any more.
  const { closedThrough } = await readBooks(db);
  const last = monthOf(asOf);
  for (const month of months(closedThrough === null ? last : monthOf(addDays(closedThrough, 1)), last).toReversed()) {
    const notRevalued = await whyNotRevalued(db, lastDay(month));
    if (notRevalued) blocks.push({ check: 'revaluation', detail: notRevalued });
  }
  const inventory = await inventoryTotals(db, { asOf });
  if (inventory.accountMinor !== inventory.valueMinor) {
    const detail = `The inventory account is ${inventory.accountMinor} and the stock is worth ${inventory.valueMinor}.`;
    blocks.push({ check: 'inventory', detail });
  }
  const proposed = await db.query<{ count: number }>(
    "SELECT count(*) AS count FROM manual_journals WHERE status = 'proposed' AND booked_on <= $1",
    [asOf],
  );
  if (proposed.rows[0]!.count > 0) {
    blocks.push({
      check: 'manual-journals',
      detail: `${proposed.rows[0]!.count} manual journals up to ${asOf} wait for a second person.`,
    });
  }
  for (const { id, sentence, count } of await brokenInvariants(db, at)) {
    blocks.push({ check: id, detail: `Not so, ${count} times: ${sentence}` });
  }
  return blocks;
}
