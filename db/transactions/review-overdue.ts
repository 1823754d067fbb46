import { ageItems, ageingBucket } from '../../domain/ageing.ts';
import {
  type Ages,
  forecastNextMonth,
  type LossHistory,
  lossOf91PlusFrom,
  lossRatesOf,
  provisionFor,
  type RollRates,
  rollRatesFrom,
} from '../../domain/bad-debt.ts';
import { revalued } from '../../domain/exchange.ts';
import { Refusal } from '../../domain/failures.ts';
import { allowanceTruedUp } from '../../domain/ledger.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { addMonths, compareDates, endOfMonth, type IsoDate, localDate } from '../../domain/time.ts';
import type { ReviewFacts } from '../../domain/what-if.ts';
import { only, type Transaction } from '../client.ts';
import { openByDueDate } from '../queries/ledger.ts';
import { type Review, type ReviewedCurrency, readReview } from '../queries/reviews.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { readConversion, readRounding } from '../statements/exchange-rates.ts';
import { mayDecide } from '../statements/four-eyes.ts';
import { book, carriedByAllowance, insertEntry, type JournalEntry } from '../statements/ledger.ts';
import { deadlineAfter } from '../statements/public-holidays.ts';
import { finishTasks, openTask } from '../statements/tasks.ts';

interface Input {
  actor: Actor;
  at: string;
}

/** Month ends that roll rates are read from: a year of months, each with the one after it. */
const historyMonthEnds = 13;
/** Items whose end is longer ago tell of other times. */
const lossHistoryMonths = 36;
const daysToReview = 5;

interface ReviewedAccount {
  customerId: string;
  currency: string;
  buckets: Ages;
  overdueMinor: number;
  provisionMinor: number;
  specificMinor: number;
  matrixMinor: Ages;
}

/**
 * Reviews all overdue accounts as of a day (P7): what is expected to be lost by the company's own roll rates and by the rates set by hand,
 * what the next month brings, and what has changed since the review before. Nothing is booked by it.
 */
export async function reviewOverdue(
  tx: Transaction,
  { asOf, actor, at }: Input & { asOf: IsoDate },
): Promise<{ id: string; accounts: number }> {
  await oneByOne(tx);
  const [policy, { timeZone }] = await Promise.all([readPolicy(tx, 'bad-debt'), readCompany(tx)]);
  const today = localDate(at, timeZone);
  if (compareDates(asOf, today) > 0) {
    const faults = [{ path: '/asOf', code: 'future-date', detail: `${asOf} is after today, ${today}.` }];
    throw new Refusal(422, 'invalid-review', 'The future cannot be reviewed.', { faults });
  }
  const accounts = await accountsOn(tx, asOf);
  const history = await monthEndAges(tx, asOf);
  const losses91 = await lossesAfter90Days(tx, asOf);
  const allowances = await allowanceOn(tx, asOf);
  const specific = await specificRates(tx);
  const codes = [...new Set([...accounts.map(({ currency }) => currency), ...allowances.keys()])].sort();

  const reviewed: ReviewedAccount[] = [];
  const facts: Record<string, ReviewFacts> = {};
  const currencies = codes.map((currency): ReviewedCurrency => {
    const monthEnds = history.get(currency) ?? [];
    const lossHistory = losses91.get(currency) ?? { items: 0, reachedMinor: 0, lostMinor: 0 };
    facts[currency] = { monthEnds, losses: lossHistory };
    const rollRates = rollRatesFrom(monthEnds, policy);
    const rates = Object.fromEntries(rollRates.map(({ bucket, rate }) => [bucket, rate])) as RollRates;
    const lossOf91Plus = lossOf91PlusFrom(lossHistory, policy);
    const losses = lossRatesOf(policy, rollRates, lossOf91Plus);
    const own = accounts
      .filter((account) => account.currency === currency)
      .map(({ customerId, items }): ReviewedAccount => {
        const buckets = ageItems(items, asOf);
        const overdueMinor = sumMinor([...Object.values(buckets), -buckets.current]);
        const aged = items.map((item) => ({ ...item, bucket: ageingBucket(item.dueOn, asOf) }));
        const provision = provisionFor(aged, losses, specific.get(customerId) ?? []);
        return { customerId, currency, buckets, overdueMinor, ...provision };
      });
    reviewed.push(...own);
    const buckets = ageItems(
      accounts.filter((account) => account.currency === currency).flatMap(({ items }) => items),
      asOf,
    );
    return {
      currency,
      buckets,
      rollRates,
      lossOf91Plus,
      lossRates: losses,
      forecast: forecastNextMonth(buckets, rates),
      requiredMinor: sumMinor(own.map(({ provisionMinor }) => provisionMinor)),
      specificMinor: sumMinor(own.map(({ specificMinor }) => specificMinor)),
      allowanceMinor: allowances.get(currency) ?? 0,
    };
  });

  const previous = await tx.query<{ id: string }>(
    'SELECT id FROM reviews WHERE as_of <= $1 ORDER BY as_of DESC, id DESC LIMIT 1',
    [asOf],
  );
  const previousId = previous.rows[0]?.id ?? null;
  const { id } = only(
    await tx.query<{ id: string }>(
      `INSERT INTO reviews (as_of, policy_version, currencies, previous_id, actor, at, facts) VALUES ($1, $2, $3, $4, $5, $6, $7)
       RETURNING id`,
      [asOf, policy.version, JSON.stringify(currencies), previousId, actor.name, at, JSON.stringify(facts)],
    ),
  );
  await keepPositions(tx, id, reviewed);
  const kept = await keepAccounts(
    tx,
    { id, previousId },
    reviewed.filter(({ overdueMinor, customerId }) => overdueMinor > 0 || specific.has(customerId)),
  );
  const required = currencies
    .map(({ currency, requiredMinor }) => formatMoney({ currency, amountMinor: requiredMinor }))
    .join(', ');
  if (previousId) {
    await finishTasks(
      tx,
      { keys: [`${previousId}:review`] },
      { status: 'cancelled', by: actor.name, outcome: { followedBy: id }, at },
    );
  }
  await openTask(tx, {
    key: `${id}:review`,
    kind: 'overdue-review',
    role: 'finance',
    title: `Review ${kept} overdue accounts as of ${asOf}: a next step for each, and ${required || 'nothing'} to be provided for`,
    details: { reviewId: id, asOf, accounts: kept },
    dueAt: await deadlineAfter(tx, at, daysToReview),
    at,
  });
  await record(tx, {
    at,
    actor,
    action: 'overdue-reviewed',
    summary: `${id}: ${kept} accounts as of ${asOf}; expected to be lost: ${required || 'nothing'}`,
    policyVersion: `bad-debt v${policy.version}`,
    after: { id, asOf, currencies },
  });
  return { id, accounts: kept };
}

/** Writes down what was found of everybody, so that another policy can be asked what it would have provided (X6). */
async function keepPositions(tx: Transaction, id: string, accounts: ReviewedAccount[]): Promise<void> {
  await tx.query(
    `INSERT INTO review_positions (review_id, customer_id, currency, matrix_minor, specific_minor, provision_minor)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::jsonb[], $5::bigint[], $6::bigint[])`,
    [
      id,
      accounts.map(({ customerId }) => customerId),
      accounts.map(({ currency }) => currency),
      accounts.map(({ matrixMinor }) => JSON.stringify(matrixMinor)),
      accounts.map(({ specificMinor }) => specificMinor),
      accounts.map(({ provisionMinor }) => provisionMinor),
    ],
  );
}

/** Writes down who is reviewed and what has changed; whoever was in the review before is in this one too, with what is left. */
async function keepAccounts(
  tx: Transaction,
  { id, previousId }: { id: string; previousId: string | null },
  accounts: ReviewedAccount[],
): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `WITH now AS (
       SELECT * FROM unnest($3::text[], $4::text[], $5::jsonb[], $6::bigint[], $7::bigint[], $8::bigint[])
         AS n (customer_id, currency, buckets, overdue_minor, provision_minor, specific_minor)),
     before AS (
       SELECT customer_id, currency, overdue_minor, provision_minor FROM review_accounts
       WHERE review_id = $2 AND (overdue_minor <> 0 OR provision_minor <> 0)),
     kept AS (
       INSERT INTO review_accounts (review_id, customer_id, currency, buckets, overdue_minor, provision_minor, specific_minor,
         overdue_change_minor, provision_change_minor)
       SELECT $1, customer_id, currency, coalesce(n.buckets, '{"current": 0, "1-30": 0, "31-60": 0, "61-90": 0, "91+": 0}'),
         coalesce(n.overdue_minor, 0), coalesce(n.provision_minor, 0), coalesce(n.specific_minor, 0),
         coalesce(n.overdue_minor, 0) - b.overdue_minor, coalesce(n.provision_minor, 0) - b.provision_minor
       FROM now n FULL JOIN before b USING (customer_id, currency) RETURNING 1)
     SELECT count(*) FROM kept`,
    [
      id,
      previousId,
      accounts.map(({ customerId }) => customerId),
      accounts.map(({ currency }) => currency),
      accounts.map(({ buckets }) => JSON.stringify(buckets)),
      accounts.map(({ overdueMinor }) => overdueMinor),
      accounts.map(({ provisionMinor }) => provisionMinor),
      accounts.map(({ specificMinor }) => specificMinor),
    ],
  );
  return rows[0]!.count;
}

/** What each customer owed on a day, by due date; items with a rate of their own apart. */
async function accountsOn(tx: Transaction, asOf: IsoDate) {
  const { rows } = await tx.query<{
    customerId: string;
    currency: string;
    items: { invoiceId: string | null; dueOn: IsoDate; openMinor: number }[];
  }>(
    `SELECT customer_id AS "customerId", currency,
       jsonb_agg(jsonb_build_object('invoiceId', invoice_id, 'dueOn', due_on, 'openMinor', open_minor) ORDER BY due_on, invoice_id) AS items
     FROM (SELECT p.customer_id, p.currency, p.due_on, s.invoice_id, sum(p.open_minor) AS open_minor
           FROM receivable_positions($1) p LEFT JOIN specific_provisions s ON s.invoice_id = p.invoice_id AND s.ended_at IS NULL
           GROUP BY 1, 2, 3, 4) due
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [asOf],
  );
  return rows;
}

/** The buckets at the last month ends up to a day, by currency, the oldest first. */
async function monthEndAges(tx: Transaction, asOf: IsoDate): Promise<Map<string, Ages[]>> {
  const lastEnd = endOfMonth(asOf) === asOf ? asOf : endOfMonth(addMonths(asOf, -1));
  const byCurrency = new Map<string, Ages[]>();
  for (let monthsAgo = historyMonthEnds - 1; monthsAgo >= 0; monthsAgo -= 1) {
    const monthEnd = endOfMonth(addMonths(lastEnd, -monthsAgo));
    const open = await openByDueDate(tx, monthEnd);
    for (const currency of new Set([...byCurrency.keys(), ...open.map((row) => row.currency)])) {
      const ages = ageItems(
        open.filter((row) => row.currency === currency),
        monthEnd,
      );
      byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), ages]);
    }
  }
  return byCurrency;
}

/**
 * What became of items that had reached 91+ and came to their end by a day, by currency: as of that day, like the buckets. An item that was
 * taken over later than that reached it as it was taken over.
 */
async function lossesAfter90Days(tx: Transaction, asOf: IsoDate): Promise<Map<string, LossHistory>> {
  const { rows } = await tx.query<LossHistory & { currency: string }>(
    `SELECT currency, count(*)::int AS items, sum(reached_minor - credited_minor)::bigint AS "reachedMinor", sum(lost_minor)::bigint AS "lostMinor"
     FROM (
       SELECT i.currency, sum(m.amount_minor) FILTER (WHERE m.booked_on <= i.reached_on) AS reached_minor,
         sum(m.amount_minor) AS open_minor, max(m.booked_on) AS ended_on,
         (SELECT coalesce(sum(a.amount_minor), 0) FROM credit_note_applications a JOIN credit_notes n ON n.id = a.credit_note_id
          WHERE a.invoice_id = i.id AND n.invoice_id = i.id AND a.value_on > i.reached_on AND a.value_on <= $1) AS credited_minor,
         (SELECT coalesce(sum(w.amount_minor - (SELECT coalesce(sum(r.amount_minor - r.reversed_minor), 0) FROM write_off_recoveries r
            WHERE r.write_off_id = w.write_off_id AND r.value_on <= $1)), 0)
          FROM write_off_applications w WHERE w.invoice_id = i.id AND w.value_on > i.reached_on AND w.value_on <= $1) AS lost_minor
       FROM (SELECT d.id, d.currency, greatest(d.due_on + 90, (d.at AT TIME ZONE company.time_zone)::date) AS reached_on
             FROM invoices d, company WHERE d.due_on + 90 < $1::date) i JOIN receivable_movements m ON m.invoice_id = i.id AND m.booked_on <= $1
       GROUP BY i.id, i.currency, i.reached_on) ended
     WHERE reached_minor > credited_minor AND open_minor = 0 AND ended_on > $1::date - make_interval(months => $2)
     GROUP BY currency`,
    [asOf, lossHistoryMonths],
  );
  return new Map(rows.map(({ currency, ...history }) => [currency, history]));
}

async function specificRates(tx: Transaction): Promise<Map<string, { invoiceId: string | null; rate: string }[]>> {
  const { rows } = await tx.query<{ customerId: string; invoiceId: string | null; rate: string }>(
    'SELECT customer_id AS "customerId", invoice_id AS "invoiceId", rate FROM specific_provisions WHERE ended_at IS NULL ORDER BY id',
    [],
  );
  const byCustomer = new Map<string, { invoiceId: string | null; rate: string }[]>();
  for (const { customerId, ...one } of rows) byCustomer.set(customerId, [...(byCustomer.get(customerId) ?? []), one]);
  return byCustomer;
}

/** The allowance by the days that its entries belong to: a true-up that a closed month has moved on still counts for its own day. */
async function allowanceOn(tx: Transaction, asOf: IsoDate): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ currency: string; allowanceMinor: number }>(
    `SELECT e.currency, sum(CASE p.side WHEN 'credit' THEN p.amount_minor ELSE -p.amount_minor END)::bigint AS "allowanceMinor"
     FROM postings p JOIN journal_entries e ON e.id = p.entry_id
     WHERE p.account = 'bad-debt-allowance' AND e.effective_on <= $1 GROUP BY 1`,
    [asOf],
  );
  return new Map(rows.map(({ currency, allowanceMinor }) => [currency, allowanceMinor]));
}

/** Proposes to bring the allowance to what the review found, or takes the proposal back. */
export async function proposeTrueUp(
  tx: Transaction,
  { id, withdraw, actor, at }: Input & { id: string; withdraw: boolean },
): Promise<Review> {
  const review = await lockReview(tx, id);
  const wanted = withdraw ? 'proposed' : 'open';
  if (review.status !== wanted) throw new Refusal(409, 'review-state', `${id} is ${review.status}.`);
  await tx.query('UPDATE reviews SET status = $2, proposed_by = $3, proposed_at = $4 WHERE id = $1', [
    id,
    withdraw ? 'open' : 'proposed',
    withdraw ? null : actor.name,
    withdraw ? null : at,
  ]);
  await record(tx, {
    at,
    actor,
    action: withdraw ? 'true-up-withdrawn' : 'true-up-proposed',
    summary: `${id}: the allowance ${withdraw ? 'stays as it is for now' : 'is to be brought to what is expected to be lost; a second person must agree'}`,
    after: { id },
  });
  return (await readReview(tx, id))!;
}

/** Brings what the allowance in another currency carries to the rate of the day: the difference has been won or lost by the rate alone. */
async function bringToRate(tx: Transaction, entry: JournalEntry): Promise<void> {
  const { currency, bookedOn } = entry;
  const { currency: functional } = await readCompany(tx);
  if (currency === functional) return;
  const carried = await carriedByAllowance(tx, currency);
  const { convert } = await readConversion(tx, {
    from: currency,
    to: functional,
    on: bookedOn,
    rounding: await readRounding(tx),
  });
  const position = { account: 'bad-debt-allowance' as const, item: null, ...carried };
  const { postings } = revalued([position], (amountMinor) => (amountMinor === 0 ? 0 : convert(amountMinor)));
  if (postings.length > 0) await insertEntry(tx, { ...entry, eventId: `${entry.eventId}:rate` }, postings, []);
}

/** Books the change of the allowance, once, when a second person agrees: required by the review less what the books have for that day. */
export async function approveTrueUp(tx: Transaction, { id, actor, at }: Input & { id: string }): Promise<Review> {
  const { asOf, currencies, ...review } = await lockReview(tx, id);
  mayDecide({ id, status: review.status, proposedBy: review.proposedBy ?? '' }, 'approve', actor);
  const { rows } = await tx.query<{ id: string }>(
    "SELECT id FROM reviews WHERE status = 'approved' AND (as_of, id) > ($1, $2) ORDER BY as_of, id LIMIT 1",
    [asOf, id],
  );
  if (rows[0]) throw new Refusal(409, 'superseded', `${rows[0].id}, which is newer, is approved already.`);
  const allowances = await allowanceOn(tx, asOf);
  const required = new Map(currencies.map(({ currency, requiredMinor }) => [currency, requiredMinor]));
  const trueUp: Record<string, number> = {};
  for (const currency of new Set([...required.keys(), ...allowances.keys()])) {
    const changeMinor = sumMinor([required.get(currency) ?? 0, -(allowances.get(currency) ?? 0)]);
    trueUp[currency] = changeMinor;
    const entry = { eventId: `${id}:true-up:${currency}`, kind: 'impairment', bookedOn: asOf, currency, at };
    await book(tx, entry, allowanceTruedUp({ changeMinor }));
    await bringToRate(tx, entry);
  }
  await tx.query("UPDATE reviews SET status = 'approved', approved_by = $2, approved_at = $3, true_up = $4 WHERE id = $1", [
    id,
    actor.name,
    at,
    JSON.stringify(trueUp),
  ]);
  await finishTasks(tx, { keys: [`${id}:review`] }, { status: 'completed', by: actor.name, outcome: { trueUp }, at });
  await record(tx, {
    at,
    actor,
    action: 'true-up-approved',
    summary: `${id}, proposed by ${review.proposedBy}: allowance changed by ${
      Object.entries(trueUp)
        .map(([currency, amountMinor]) => formatMoney({ currency, amountMinor }))
        .join(', ') || 'nothing'
    }`,
    policyVersion: `bad-debt v${review.policyVersion}`,
    after: { id, trueUp },
  });
  return (await readReview(tx, id))!;
}

/** What is to be done about an account: by whom, until when. The last word stands. */
export async function setNextStep(
  tx: Transaction,
  input: Input & { id: string; customerId: string; owner: string; on: IsoDate; text: string },
): Promise<void> {
  const { id, customerId, owner, on, text, actor, at } = input;
  const { timeZone } = await readCompany(tx);
  const today = localDate(at, timeZone);
  if (compareDates(on, today) < 0) {
    const faults = [{ path: '/on', code: 'past-date', detail: `${on} is before today, ${today}.` }];
    throw new Refusal(422, 'invalid-next-step', 'The next step cannot be kept.', { faults });
  }
  const set = await tx.query(
    `UPDATE review_accounts SET next_step_owner = $3, next_step_on = $4, next_step = $5, next_step_by = $6, next_step_at = $7
     WHERE review_id = $1 AND customer_id = $2`,
    [id, customerId, owner, on, text, actor.name, at],
  );
  if (!set.rowCount) throw new Refusal(404, 'unknown-account', `There is no account of ${customerId} in ${id}.`);
  await record(tx, {
    at,
    actor,
    action: 'next-step-set',
    summary: `${id}: ${owner}, by ${on}: ${text}`,
    customerId,
    after: { id, owner, on, text },
  });
}

async function lockReview(tx: Transaction, id: string): Promise<Review> {
  await oneByOne(tx);
  const review = await readReview(tx, id);
  if (!review) throw new Refusal(404, 'unknown-review', `There is no review ${id}.`);
  return review;
}

/** Reviews and their approvals go one by one, or two true-ups would be booked for the same difference. */
async function oneByOne(tx: Transaction): Promise<void> {
  await tx.query("SELECT 1 FROM jobs WHERE name = 'overdue-review' FOR UPDATE", []);
}
