import { chargesIn, type DunningPolicy, isLetter, type PlanStep, policyLabel, statedLevel } from '../../domain/dunning.ts';
import { askedFor, fateOfStep, openInstalments, overduePart } from '../../domain/instalments.ts';
import { knownAs } from '../../domain/invoice.ts';
import { formatMoney } from '../../domain/money.ts';
import { endOfBusinessDay, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { readClock, readCompany } from '../statements/company.ts';
import { type CreditAccountRow, judgeHold, lockAccount, putOnHold, saveBuckets } from '../statements/credit.ts';
import { pausedItems } from '../statements/dunning.ts';
import { policyOf } from '../statements/dunning-policies.ts';
import { isNote, lockOpenItems, type OpenItemRow } from '../statements/invoices.ts';
import { blocksOf, chargeCompensation, decideLetter, overdueOf } from '../statements/letters.ts';
import { tell } from '../statements/notices.ts';
import { lockOrdersOf, refreshStage } from '../statements/orders.ts';
import { once } from '../statements/steps.ts';
import { openTask } from '../statements/tasks.ts';
import { announce } from '../statements/webhook-events.ts';

export interface ReceivableStepInput {
  invoiceId: string;
  step: PlanStep;
  at: string;
}

/** 'settled': there is nothing to collect any more, of the item or of the instalment whose step it is; 'disputed', 'paused': not for now. */
export type ReceivableStepOutcome = { outcome: 'settled' | 'taken' | 'disputed' | 'paused' };

/**
 * Takes one dated step of a receivable: reminder and review task (A1); flag, hold and contact task at the instant it goes
 * overdue (P3); a dunning letter (P4); collections. An item, or an instalment of it, that has been settled meanwhile is left in
 * peace, and one that is disputed as a whole until its dispute has ended: the step is skipped then, and caught up later (A5).
 * So are letters and collections, and only they, while a promise to pay or a hold-off leaves it in peace (P6).
 */
export async function takeReceivableStep(
  tx: Transaction,
  { invoiceId, step, at }: ReceivableStepInput,
): Promise<ReceivableStepOutcome> {
  const { rows } = await tx.query<{ customerId: string }>('SELECT customer_id AS "customerId" FROM invoices WHERE id = $1', [
    invoiceId,
  ]);
  const { customerId } = rows[0]!;
  // Locks go from the orders to the account to the invoices, here as everywhere.
  await lockOrdersOf(tx, invoiceId);
  const account = await lockAccount(tx, customerId);
  return once(tx, invoiceId, step.step, at, async (): Promise<ReceivableStepOutcome> => {
    const open = await lockOpenItems(tx, customerId);
    const whole = open.find((candidate) => candidate.id === invoiceId);
    // A step of an earlier round: since then the item was paid, opened again, and is collected by somebody else.
    if (!whole?.plan.steps.some((own) => own.step === step.step)) return { outcome: 'settled' };
    const next = whole.plan.steps.find((candidate) => candidate.at > step.at);
    await tx.query('UPDATE invoices SET next_step_at = $2 WHERE id = $1', [invoiceId, next?.at]);
    const pause = isLetter(step) ? (await pausedItems(tx, [invoiceId])).get(invoiceId) : undefined;
    const fate = fateOfStep(step, whole, pause !== undefined);
    if (fate === 'settled') return { outcome: 'settled' };
    // From here on an item is open by what is asked for of it.
    const items = open.map(askedFor);
    const item = askedFor(whole);
    if (fate === 'disputed') {
      await record(tx, {
        at,
        actor: system,
        action: 'step-skipped',
        summary: `${step.step} skipped: all that is open of it is disputed`,
        policyVersion: policyLabel(item.plan),
        ...subjects(item),
      });
      return { outcome: 'disputed' };
    }
    if (fate === 'paused') {
      await record(tx, {
        at,
        actor: system,
        action: 'step-skipped',
        summary: `${step.step} skipped: ${pause === 'promise' ? 'its payment is promised' : 'it is held off'}`,
        policyVersion: policyLabel(item.plan),
        ...subjects(item),
      });
      return { outcome: 'paused' };
    }
    const { timeZone } = await readCompany(tx);
    const today = localDate(at, timeZone);
    const instalment = openInstalments(item).find(({ number }) => number === (step.instalment ?? 1))!;
    const due = (step.kind === 'reminder' ? undefined : overduePart(item, today)) ?? instalment;
    const key = [invoiceId, instalment.number > 1 && instalment.number, step.round && `round-${step.round}`]
      .filter(Boolean)
      .join(':');
    const policyVersion = policyLabel(item.plan);
    const context: StepContext = { tx, item, number: instalment.number, key, due, at, today, timeZone, policyVersion };

    switch (step.kind) {
      case 'reminder':
        await remind(context);
        break;
      case 'overdue':
        await goOverdue(context);
        await compensate(context, items, account);
        if ((await judgeHold(tx, account.currency, overdueOf(items, today), today)).isAboveMinimum)
          await putOnHold(tx, account, at);
        await saveBuckets(tx, account);
        break;
      case 'dunning':
        await dun(context, items, account);
        break;
      case 'collections':
        await handToCollections(context);
        break;
    }
    return { outcome: 'taken' };
  });
}

interface StepContext {
  tx: Transaction;
  item: OpenItemRow;
  /** Of the instalment whose step it is. */
  number: number;
  /** What tasks and notices of the item, or of one of its later instalments, are keyed by. */
  key: string;
  /** What the step is about: the instalment to be reminded of, or all of the item that is overdue. */
  due: Due;
  at: string;
  today: string;
  timeZone: string;
  policyVersion: string;
}

interface Due {
  dueOn: string;
  openMinor: number;
}

const subjects = (item: OpenItemRow) => ({ customerId: item.customerId, orderId: item.orderId ?? undefined, invoiceId: item.id });
const money = (item: OpenItemRow, { openMinor }: Due): string => formatMoney({ currency: item.currency, amountMinor: openMinor });
const facts = (item: OpenItemRow, due: Due) => ({
  invoiceId: item.id,
  openMinor: due.openMinor,
  currency: item.currency,
  dueOn: due.dueOn,
  paymentReference: item.paymentReference,
});

async function remind({ tx, item, key, due, at, timeZone, policyVersion }: StepContext): Promise<void> {
  await tell(tx, { key: `${key}:reminder`, kind: 'reminder', ...subjects(item), facts: facts(item, due), at });
  await openTask(tx, {
    key: `${key}:review`,
    kind: 'invoice-review',
    role: 'receivables',
    title: `Review ${item.id}, ${money(item, due)} due ${due.dueOn}, for errors that would delay its payment`,
    details: { reviewPath: `/v1/invoices/${item.id}/review` },
    ...subjects(item),
    dueAt: endOfBusinessDay(at, timeZone),
    at,
  });
  await record(tx, {
    at,
    actor: system,
    action: 'reminded',
    summary: `Reminder before the due date ${due.dueOn}; review task opened`,
    policyVersion,
    ...subjects(item),
  });
}

/** The dates of the item's own plan: the policy in force by now may be another. */
function whatFollows({ item: { plan }, number }: StepContext): string {
  const own = plan.steps.filter((step) => (step.instalment ?? 1) === number);
  const datesOf = (kind: PlanStep['kind']) => own.filter((step) => step.kind === kind).map(({ on }) => on);
  return `letters go out on ${datesOf('dunning').join(', ')}; collections begin on ${datesOf('collections').join(', ')}`;
}

/** Fees and the fixed sum, as whoever calls should name them; nothing where the policy has none, or the item is a note itself. */
function chargesInWords({ kind, currency }: OpenItemRow, policy: DunningPolicy, ours: string): string {
  if (isNote(kind)) return '';
  const { levels, compensation } = chargesIn(policy, currency, ours);
  const money = (amountMinor: number) => formatMoney({ currency, amountMinor });
  const fees = levels.flatMap(({ level, feeMinor = 0 }) => (feeMinor > 0 ? [`${money(feeMinor)} for letter ${level}`] : []));
  const fixed = compensation ? [`${money(compensation.amountMinor)} once for the cost of recovery`] : [];
  return [...fees, ...fixed].map((charge) => `; ${charge}`).join('');
}

async function goOverdue(context: StepContext): Promise<void> {
  const { tx, item, key, due, at, timeZone, policyVersion } = context;
  await tx.query('UPDATE invoices SET overdue_since = coalesce(overdue_since, $2) WHERE id = $1', [item.id, at]);
  await refreshStage(tx, item.id, at);
  const charges = chargesInWords(item, await policyOf(tx, item.plan), (await readCompany(tx)).currency);
  await openTask(tx, {
    key: `${key}:overdue`,
    kind: 'overdue-contact',
    role: 'receivables',
    title: `Contact ${item.customerId} about ${item.id}: ${money(item, due)} overdue`,
    details: {
      script: [
        `Name the invoice ${knownAs(item)}, the amount ${money(item, due)} and the due date ${due.dueOn}.`,
        'Ask whether anything is wrong with the goods or the invoice; if so, note the reason.',
        `Explain the procedure: new orders wait until the amount is paid; ${whatFollows(context)}.`,
        `Explain the penalty: interest from the day after the due date at the rate of the terms${charges}.`,
        'Agree an amount and a date, and log the outcome.',
      ],
    },
    ...subjects(item),
    dueAt: endOfBusinessDay(at, timeZone),
    at,
  });
  await record(tx, {
    at,
    actor: system,
    action: 'overdue',
    summary: `${money(item, due)} overdue: account flagged and on hold, contact task opened`,
    policyVersion,
    ...subjects(item),
  });
  const { id: invoiceId, customerId, currency, openMinor } = item;
  const facts = { invoiceId, currency, openMinor, dueOn: due.dueOn };
  await announce(tx, { key: `${key}:overdue`, type: 'invoice.overdue', customerId, facts, at });
}

/** The fixed sum of a policy that charges it at once, unless the money may be there: then it is for the first letter to charge. */
async function compensate({ tx, item, at, today }: StepContext, items: OpenItemRow[], account: CreditAccountRow): Promise<void> {
  const [policy, { currency }] = await Promise.all([policyOf(tx, item.plan), readCompany(tx)]);
  const { compensation } = chargesIn(policy, item.currency, currency);
  if (compensation?.chargedWhen !== 'overdue' || compensation.amountMinor === 0 || isNote(item.kind)) return;
  const blocks = await blocksOf(tx, account, overdueOf(items, today), at);
  if (blocks.has(item.id)) return;
  const { offsetMs } = await readClock(tx);
  await chargeCompensation(tx, account, item, compensation.amountMinor, { today, offsetMs, at });
}

/**
 * A step makes its item due for a level. The letter is keyed by customer and local date: the first item to come takes
 * every item that is due that day under the customer's lock, and the later ones find themselves covered.
 */
async function dun(
  { tx, item, at, today }: Pick<StepContext, 'tx' | 'item' | 'at' | 'today'>,
  items: OpenItemRow[],
  account: CreditAccountRow,
  key = `dunning:${item.customerId}:${today}`,
): Promise<void> {
  const { items: covered } = await decideLetter(tx, account, items, { today, at });
  if (covered.length === 0) return;
  const told = await tell(tx, {
    key,
    kind: 'dunning',
    ...subjects(item),
    facts: { ...statedLevel(covered), currency: item.currency, items: covered },
    at,
  });
  // One letter a day: an item that only now came due waits for its next step.
  if (!told) return;
  for (const due of covered) {
    const candidate = items.find(({ id }) => id === due.invoiceId)!;
    await tx.query('UPDATE invoices SET dunning_level = $2, last_notice_on = $3 WHERE id = $1', [
      due.invoiceId,
      due.level,
      today,
    ]);
    await record(tx, {
      at,
      actor: system,
      action: 'dunned',
      summary: `Dunning level ${due.level}: ${money(candidate, due)} overdue since ${due.dueOn}`,
      policyVersion: policyLabel(candidate.plan),
      ...subjects(candidate),
    });
  }
}

/**
 * The letter that waited for money which did not come: written when its clock lapses or is rejected, over what has become due
 * meanwhile. Still one letter a day. The account is locked by the caller.
 */
export async function dunAfterClock(
  tx: Transaction,
  { account, clockId, at }: { account: CreditAccountRow; clockId: string; at: string },
): Promise<void> {
  const { timeZone } = await readCompany(tx);
  const today = localDate(at, timeZone);
  const items = (await lockOpenItems(tx, account.customerId)).map(askedFor);
  const item = items.find((candidate) => overduePart(candidate, today));
  if (!item) return;
  const key = `dunning:${account.customerId}:${today}`;
  const { rows: letters } = await tx.query<{ status: string }>(
    "SELECT status FROM notices WHERE key = $1 OR key LIKE $1 || ':%'",
    [key],
  );
  if (letters.some(({ status }) => status !== 'suppressed')) return;
  // A letter of today that was kept back has the day's key.
  await dun({ tx, item, at, today }, items, account, letters.length > 0 ? `${key}:${clockId}` : key);
}

async function handToCollections({ tx, item, key, due, at, timeZone, policyVersion }: StepContext): Promise<void> {
  await tx.query('UPDATE invoices SET collections_since = coalesce(collections_since, $2) WHERE id = $1', [item.id, at]);
  await openTask(tx, {
    key: `${key}:collections`,
    kind: 'collections',
    role: 'receivables',
    title: `Collect ${money(item, due)} of ${item.customerId}: ${item.id}, due ${due.dueOn}; propose an agency if the customer stays silent`,
    ...subjects(item),
    dueAt: endOfBusinessDay(at, timeZone),
    at,
  });
  await record(tx, {
    at,
    actor: system,
    action: 'handed-to-collections',
    summary: `${money(item, due)} handed to collections`,
    policyVersion,
    ...subjects(item),
  });
}
