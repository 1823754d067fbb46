import { decideDunning, owedAfterCash, type PlanStep, statedLevel } from '../../domain/dunning.ts';
import { askedFor, openInstalments, overduePart, type ScheduledItem } from '../../domain/instalments.ts';
import { formatMoney } from '../../domain/money.ts';
import { daysBetween, endOfBusinessDay, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { suspenseOf } from '../statements/bank-lines.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { type CreditAccountRow, lockAccount, saveBuckets } from '../statements/credit.ts';
import { lettersWaitUntil } from '../statements/documentation.ts';
import { pausedItems } from '../statements/dunning.ts';
import { lockOpenItems, type OpenItemRow } from '../statements/invoices.ts';
import { tell } from '../statements/notices.ts';
import { lockOrdersOf, refreshStage } from '../statements/orders.ts';
import { once } from '../statements/steps.ts';
import { openTask } from '../statements/tasks.ts';

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
    const ownOf = (one: ScheduledItem) => openInstalments(one).find(({ number }) => number === (step.instalment ?? 1));
    if (!ownOf(whole)) return { outcome: 'settled' };
    // From here on an item is open by what is asked for of it.
    const items = open.map(askedFor);
    const item = askedFor(whole);
    const instalment = ownOf(item);
    if (!instalment) {
      await record(tx, {
        at,
        actor: system,
        action: 'step-skipped',
        summary: `${step.step} skipped: all that is open of it is disputed`,
        policyVersion: `dunning v${item.plan.policyVersion}`,
        ...subjects(item),
      });
      return { outcome: 'disputed' };
    }
    const pause = isLetter(step) ? (await pausedItems(tx, [invoiceId])).get(invoiceId) : undefined;
    if (pause) {
      await record(tx, {
        at,
        actor: system,
        action: 'step-skipped',
        summary: `${step.step} skipped: ${pause === 'promise' ? 'its payment is promised' : 'it is held off'}`,
        policyVersion: `dunning v${item.plan.policyVersion}`,
        ...subjects(item),
      });
      return { outcome: 'paused' };
    }
    const { timeZone } = await readCompany(tx);
    const today = localDate(at, timeZone);
    const due = (step.kind === 'reminder' ? undefined : overduePart(item, today)) ?? instalment;
    const key = [invoiceId, instalment.number > 1 && instalment.number, step.round && `round-${step.round}`]
      .filter(Boolean)
      .join(':');
    const policyVersion = `dunning v${item.plan.policyVersion}`;
    const context: StepContext = { tx, item, number: instalment.number, key, due, at, today, timeZone, policyVersion };

    switch (step.kind) {
      case 'reminder':
        await remind(context);
        break;
      case 'overdue':
        await goOverdue(context);
        if (overdueMinor(items, today) > (await readPolicy(tx, 'dunning')).holdMinimumMinor) {
          account.onHoldSince ??= at;
          await saveBuckets(tx, account);
        }
        break;
      case 'dunning':
        await dun(context, items, account.unappliedCashMinor + account.openCreditNotesMinor);
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
const isLetter = ({ kind }: PlanStep): boolean => kind === 'dunning' || kind === 'collections';
const overdueMinor = (items: OpenItemRow[], today: string): number =>
  items.reduce((total, item) => total + (overduePart(item, today)?.openMinor ?? 0), 0);
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

async function goOverdue(context: StepContext): Promise<void> {
  const { tx, item, key, due, at, timeZone, policyVersion } = context;
  await tx.query('UPDATE invoices SET overdue_since = coalesce(overdue_since, $2) WHERE id = $1', [item.id, at]);
  await refreshStage(tx, item.id, at);
  await openTask(tx, {
    key: `${key}:overdue`,
    kind: 'overdue-contact',
    role: 'receivables',
    title: `Contact ${item.customerId} about ${item.id}: ${money(item, due)} overdue`,
    details: {
      script: [
        `Name the invoice ${item.id}, the amount ${money(item, due)} and the due date ${due.dueOn}.`,
        'Ask whether anything is wrong with the goods or the invoice; if so, note the reason.',
        `Explain the procedure: new orders wait until the amount is paid; ${whatFollows(context)}.`,
        'Explain the penalty: interest from the day after the due date at the rate of the terms.',
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
}

/**
 * A step makes its item due for a level. The letter is keyed by customer and local date: the first item to come takes
 * every item that is due that day under the customer's lock, and the later ones find themselves covered. Each item is judged
 * by the policy that its plan was made from. Cash that waits unapplied, and money in suspense that is
 * believed to be theirs, stand for the oldest items: they rise no further.
 */
async function dun(
  { tx, item, at, today }: Pick<StepContext, 'tx' | 'item' | 'at' | 'today'>,
  items: OpenItemRow[],
  unappliedMinor: number,
  key = `dunning:${item.customerId}:${today}`,
): Promise<void> {
  const overdue = items.flatMap((candidate) => {
    const due = overduePart(candidate, today);
    return due ? [{ candidate, due, openMinor: due.openMinor }] : [];
  });
  const owed = owedAfterCash(overdue, unappliedMinor + (await suspenseOf(tx, item.customerId)));
  const paused = await pausedItems(
    tx,
    overdue.map(({ candidate }) => candidate.id),
  );
  const mayBePaid = (await lettersWaitUntil(tx, item.customerId, at)) !== undefined;
  const dunningItems = overdue.map(({ candidate, due }, index) => ({
    invoiceId: candidate.id,
    level: candidate.dunningLevel,
    daysOverdue: daysBetween(due.dueOn, today),
    openMinor: due.openMinor,
    lastNoticeOn: candidate.lastNoticeOn,
    blocked: mayBePaid || owed[index]!.openMinor === 0 ? ('candidate-payment' as const) : (paused.get(candidate.id) ?? null),
  }));
  const levels = new Map<string, { level: number; final: boolean }>();
  for (const version of new Set(items.map((candidate) => candidate.plan.policyVersion))) {
    const policy = await readPolicy(tx, 'dunning', version);
    const ids = new Set(items.filter((candidate) => candidate.plan.policyVersion === version).map(({ id }) => id));
    const decision = decideDunning({ policy, items: dunningItems.filter(({ invoiceId }) => ids.has(invoiceId)), on: today });
    for (const { invoiceId, newLevel: level } of decision.due) {
      levels.set(invoiceId, { level, final: policy.levels.some((one) => one.level === level && one.final) });
    }
  }
  if (levels.size === 0) return;
  const covered = overdue.filter(({ candidate }) => levels.has(candidate.id));
  const told = await tell(tx, {
    key,
    kind: 'dunning',
    ...subjects(item),
    facts: {
      ...statedLevel([...levels.values()]),
      currency: item.currency,
      items: covered.map(({ candidate, due }) => ({
        ...facts(candidate, due),
        ...levels.get(candidate.id),
        lastNoticeOn: candidate.lastNoticeOn,
      })),
    },
    at,
  });
  // One letter a day: an item that only now came due waits for its next step.
  if (!told) return;
  for (const { candidate, due } of covered) {
    await tx.query('UPDATE invoices SET dunning_level = $2, last_notice_on = $3 WHERE id = $1', [
      candidate.id,
      levels.get(candidate.id)!.level,
      today,
    ]);
    await record(tx, {
      at,
      actor: system,
      action: 'dunned',
      summary: `Dunning level ${levels.get(candidate.id)!.level}: ${money(candidate, due)} overdue since ${due.dueOn}`,
      policyVersion: `dunning v${candidate.plan.policyVersion}`,
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
  const unappliedMinor = account.unappliedCashMinor + account.openCreditNotesMinor;
  // A letter of today that was kept back has the day's key.
  await dun({ tx, item, at, today }, items, unappliedMinor, letters.length > 0 ? `${key}:${clockId}` : key);
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
