import { taxesLeft } from '../../domain/correction.ts';
import { type Discount, earlyPaymentDiscount } from '../../domain/early-payment.ts';
import { receivableWorkflowId } from '../../domain/ids.ts';
import type { InvoiceTax } from '../../domain/invoice.ts';
import { earlyPaymentDiscountGranted, shortPaymentWrittenOff, unappliedApplied, type WriteOffCode } from '../../domain/ledger.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { compareDates, type IsoDate, laterDate } from '../../domain/time.ts';
import { only, type Queryable, type Transaction } from '../client.ts';
import { type Actor, record, system } from './audit.ts';
import { type CreditAccountRow, judgeHold, lockAccount, overdueItems, saveBuckets, wakeWaitingOrders } from './credit.ts';
import { issueNote } from './debit-notes.ts';
import { policyOf } from './dunning-policies.ts';
import { lockOpenItems, type OpenItemRow, openSince } from './invoices.ts';
import { interestOn } from './late-interest.ts';
import { book } from './ledger.ts';
import { refreshStage } from './orders.ts';
import { enqueue, type OutboxMessage } from './outbox.ts';
import { finishTasks, openTask, type TaskKind } from './tasks.ts';
import { announce } from './webhook-events.ts';
import { endProposal } from './write-offs.ts';

/*
 * What a receipt that pays as it arrives and money that waited unapplied have in common: the items they pay, and what
 * follows from it for interest, holds, tasks and workflows.
 */

export interface Receivables {
  account: CreditAccountRow;
  items: OpenItemRow[];
}

/**
 * Locks what a customer's money may change: orders, then the account, then the open items, here as everywhere. The orders of
 * all open items, not of the overdue ones alone: an item may go overdue while this waits for the account, and settling it
 * changes its order's stage.
 */
export async function lockReceivables(tx: Transaction, customerId: string): Promise<Receivables> {
  await lockOwingOrders(tx, customerId);
  const account = await lockAccount(tx, customerId);
  return { account, items: await lockOpenItems(tx, customerId) };
}

/** The orders of the customer's open items, and those that are named; whoever locks stock too does so after the account. */
export async function lockOwingOrders(tx: Transaction, customerId: string, ...orderIds: string[]): Promise<void> {
  await tx.query(
    `SELECT 1 FROM orders WHERE id = ANY ($2) OR id = ANY (ARRAY(
       SELECT b.order_id FROM invoices i JOIN billings b ON b.invoice_id = i.id WHERE i.customer_id = $1 AND i.open_minor > 0))
     ORDER BY id FOR UPDATE`,
    [customerId, orderIds],
  );
}

/** When and by whom something is applied to open items. */
interface Applied {
  currency: string;
  /** How the timeline calls it. */
  how: 'received' | 'applied' | 'credited' | 'rounded off' | 'written off';
  /** What the workflows' hints are sent for: one hint a cause. */
  cause: string;
  actor: Actor;
  at: string;
  /** The company's local date of `at`. */
  today: string;
  offsetMs: number;
}

/** Money, by the payment it came with. */
export type MoneyToApply = Applied & { paymentId: string };
/** What is not owed after all, or a credit balance that pays something else. */
export type CreditToApply = Applied & { creditNoteId: string };
/** What only rounding leaves open of the items of an order that was paid in advance. */
export type DifferenceToApply = Applied & { prepaidOrderId: string };
/** What nobody expects to be paid any more. */
type WriteOffToApply = Applied & { writeOffId: string };

export interface PaidItems {
  applications: { invoiceId: string; amountMinor: number; discountMinor?: number; openMinor: number }[];
  /** Ids of the interest notes that settling late has brought about. */
  interestNotes: string[];
}

/**
 * The early-payment discounts that items still offer to money with a value date, by item (I2). Only whoever pays the rest in full
 * earns one: `applyReceipt` says who does.
 */
export async function discountsOf(
  db: Queryable,
  items: readonly Pick<OpenItemRow, 'id' | 'openMinor' | 'discounts'>[],
  valueOn: string,
): Promise<Map<string, Discount>> {
  const offering = items.filter(({ discounts }) => discounts?.some(({ payBy }) => compareDates(valueOn, payBy) <= 0));
  if (offering.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; taxes: InvoiceTax[]; credited: InvoiceTax[]; paidOn: string | null }>(
    `SELECT id, taxes,
       (SELECT coalesce(jsonb_agg(tax), '[]') FROM credited_taxes n WHERE n.invoice_id = i.id) AS credited,
       (SELECT max(value_on) FROM settlements p WHERE p.invoice_id = i.id AND NOT corrects) AS "paidOn"
     FROM invoices i WHERE id = ANY ($1)`,
    [offering.map(({ id }) => id)],
  );
  const found = new Map<string, Discount>();
  for (const { id, taxes, credited, paidOn } of rows) {
    const owed = taxesLeft(taxes, credited);
    const { discounts, openMinor } = offering.find((item) => item.id === id)!;
    const discount = earlyPaymentDiscount({ offers: discounts!, taxes: owed, openMinor, paidOn, valueOn });
    if (discount) found.set(id, discount);
  }
  return found;
}

/**
 * Grants a discount with the payment that earned it, so that whatever takes the payment back finds what to take back with it. Its
 * entry names the invoice: the ageing reads in the journal what is owed no more.
 */
export async function grantDiscount(
  tx: Transaction,
  item: OpenItemRow,
  { rate, discountMinor, netMinor, taxMinor, taxes }: Discount,
  { paymentId, valueOn, bookedOn, currency, actor, at }: MoneyToApply & { valueOn: string; bookedOn: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO early_payment_discounts (payment_id, invoice_id, rate, amount_minor, net_minor, tax_minor, taxes, value_on, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [paymentId, item.id, rate, discountMinor, netMinor, taxMinor, JSON.stringify(taxes), valueOn, at],
  );
  const subjects = { customerId: item.customerId, orderId: item.orderId ?? undefined, invoiceId: item.id };
  await book(
    tx,
    {
      eventId: `${paymentId}:discount:${item.id}`,
      kind: 'early-payment-discount',
      bookedOn,
      currency,
      ...subjects,
      paymentId,
      at,
    },
    earlyPaymentDiscountGranted({ netMinor, taxMinor }),
  );
  await record(tx, {
    at,
    actor,
    action: 'discount-granted',
    summary: `${format(currency, discountMinor)} early-payment discount of ${percent(rate)}: paid in full with value date ${valueOn}`,
    ...subjects,
    after: { paymentId, netMinor, taxMinor, taxes },
  });
}

/**
 * When money, or credit, of a value date pays these items. For interest not before their issue, since no due date is before it; in the
 * books not before as much is open in them, or the days between would show a receivable below zero. What was taken over from the system
 * before this one is in the books from that day on, however old it is; what a payment had paid that was taken back, since then.
 */
export async function datedApplications<
  Application extends { invoiceId: string; amountMinor: number; discountMinor?: number | undefined },
>(
  tx: Transaction,
  applications: readonly Application[],
  { items, valueOn }: { items: readonly Pick<OpenItemRow, 'id' | 'issuedOn'>[]; valueOn: IsoDate },
): Promise<(Application & { valueOn: IsoDate; bookedOn: IsoDate })[]> {
  const parts = applications.map(({ invoiceId, amountMinor, discountMinor = 0 }) => ({
    invoiceId,
    amountMinor: amountMinor + discountMinor,
  }));
  const bookedFrom = await openSince(tx, parts);
  return applications.map((application) => {
    const { invoiceId } = application;
    const { issuedOn } = items.find(({ id }) => id === invoiceId)!;
    const on = laterDate(valueOn, issuedOn);
    return { ...application, valueOn: on, bookedOn: laterDate(on, bookedFrom.get(invoiceId) ?? on) };
  });
}

/** Books what waited unapplied of a payment as paying items: each is an application of its own, numbered within the payment. */
export async function bookApplications(
  tx: Transaction,
  { customerId, paymentId, currency, at }: { customerId: string; paymentId: string; currency: string; at: string },
  applications: readonly { invoiceId: string; amountMinor: number; bookedOn: IsoDate }[],
  earlier: number,
): Promise<void> {
  for (const [index, { invoiceId, amountMinor, bookedOn }] of applications.entries()) {
    const eventId = applicationEventId(paymentId, earlier + index + 1);
    await book(
      tx,
      { eventId, kind: 'application', bookedOn, currency, customerId, invoiceId, paymentId, at },
      unappliedApplied({ amountMinor }),
    );
  }
}

export const applicationEventId = (paymentId: string, number: number): string => `${paymentId}:application-${number}`;

export interface WriteOff {
  code: WriteOffCode;
  amountMinor: number;
}

/** What a payment is short by, inside the tolerance: like a discount it is kept with the payment, and its entry names the invoice. */
async function writeOffShortage(
  tx: Transaction,
  item: OpenItemRow,
  { code, amountMinor }: WriteOff,
  { paymentId, valueOn, bookedOn, currency, actor, at }: MoneyToApply & { valueOn: string; bookedOn: string },
): Promise<void> {
  await tx.query(
    'INSERT INTO payment_write_offs (payment_id, invoice_id, code, amount_minor, value_on, at) VALUES ($1, $2, $3, $4, $5, $6)',
    [paymentId, item.id, code, amountMinor, valueOn, at],
  );
  const subjects = { customerId: item.customerId, orderId: item.orderId ?? undefined, invoiceId: item.id };
  await book(
    tx,
    { eventId: `${paymentId}:write-off:${item.id}`, kind: code, bookedOn, currency, ...subjects, paymentId, at },
    shortPaymentWrittenOff({ amountMinor, code }),
  );
  await record(tx, {
    at,
    actor,
    action: 'shortage-written-off',
    summary: `${format(currency, amountMinor)} short, written off as ${code}`,
    ...subjects,
    after: { paymentId, code, amountMinor },
  });
}

/**
 * Pays open items: interest on what is settled late, its tasks done, a hint to the workflow that holds it. What the
 * items no longer owe leaves the account's receivables; where the money comes from is for the caller to book.
 */
export async function payItems(
  tx: Transaction,
  { account, items }: Receivables,
  money: MoneyToApply | CreditToApply | DifferenceToApply | WriteOffToApply,
  applications: {
    invoiceId: string;
    amountMinor: number;
    valueOn: string;
    /** Of what comes with it, a discount or a write-off; absent: the value date. */
    bookedOn?: string;
    discount?: Discount | undefined;
    writeOff?: WriteOff | undefined;
  }[],
): Promise<PaidItems> {
  const { currency, how, cause, actor, at } = money;
  const [source, sourceId, table, column] =
    'paymentId' in money
      ? [{ paymentId: money.paymentId }, money.paymentId, 'payment_applications', 'payment_id']
      : 'creditNoteId' in money
        ? [{ creditNoteId: money.creditNoteId }, money.creditNoteId, 'credit_note_applications', 'credit_note_id']
        : 'writeOffId' in money
          ? [{ writeOffId: money.writeOffId }, money.writeOffId, 'write_off_applications', 'write_off_id']
          : [{ prepaidOrderId: money.prepaidOrderId }, money.prepaidOrderId, 'small_differences', 'order_id'];
  const paid: PaidItems = { applications: [], interestNotes: [] };
  for (const { invoiceId, amountMinor, valueOn, bookedOn = valueOn, discount, writeOff } of applications) {
    const item = items.find((candidate) => candidate.id === invoiceId)!;
    const { discountMinor = 0 } = discount ?? {};
    const lessMinor = amountMinor + discountMinor + (writeOff?.amountMinor ?? 0);
    item.openMinor -= lessMinor;
    account.openReceivablesMinor -= lessMinor;
    if (discount && 'paymentId' in money) await grantDiscount(tx, item, discount, { ...money, valueOn, bookedOn });
    if (writeOff && 'paymentId' in money) await writeOffShortage(tx, item, writeOff, { ...money, valueOn, bookedOn });
    const { rows } = await tx.query<{ dueOn: string }>(
      `WITH applied AS (
         INSERT INTO ${table} (${column}, invoice_id, amount_minor, value_on, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (${column}, invoice_id) DO UPDATE SET amount_minor = ${table}.amount_minor + excluded.amount_minor)
       UPDATE invoices SET open_minor = open_minor - $6,
         status = CASE WHEN open_minor = $6 THEN 'settled' ELSE status END,
         next_step_at = CASE WHEN open_minor = $6 THEN NULL ELSE next_step_at END
       WHERE id = $2 RETURNING due_on AS "dueOn"`,
      [sourceId, invoiceId, amountMinor, valueOn, at, lessMinor],
    );
    const dueBefore = item.dueOn;
    item.dueOn = only({ rows }).dueOn;
    paid.applications.push({ invoiceId, amountMinor, ...(discount ? { discountMinor } : {}), openMinor: item.openMinor });
    const settled = item.openMinor === 0;
    const action = 'writeOffId' in money ? 'written-off' : settled ? 'settled' : 'part-paid';
    await record(tx, { at, actor, action, ...applicationStory(item, { currency, amountMinor, how, valueOn }), after: source });
    if (settled) {
      const by = 'writeOffId' in money ? 'write-off' : 'payment';
      const note = await finishItem(tx, account, item, { ...money, settledBy: sourceId, valueOn, by });
      if (note) paid.interestNotes.push(note);
    } else if (item.overdueSince && compareDates(item.dueOn, money.today) >= 0) {
      await becomeCurrent(tx, item, dueBefore, doneBy(sourceId, money));
    }
    await tellHolders(tx, item, cause);
  }
  return paid;
}

interface Settling {
  valueOn: string;
  /** What its last open part went by: a payment or a credit note, or it was given up. */
  by: 'payment' | 'write-off';
  at: string;
  today: string;
  offsetMs: number;
}

/** Collecting an item that is settled has an end: stage and tasks follow, and late interest becomes a note, whose id it gives. */
export async function finishItem(
  tx: Transaction,
  account: CreditAccountRow,
  item: OpenItemRow,
  settling: Settling & { settledBy: string; actor: Actor },
): Promise<string | undefined> {
  const { settledBy, at } = settling;
  const { id: invoiceId } = item;
  if (item.overdueSince) await refreshStage(tx, invoiceId, at);
  await finishTasks(tx, { invoiceId, kinds: tasksOfCollecting }, doneBy(settledBy, settling));
  await endProposal(tx, item, { settledBy, at });
  // Nobody asks for interest on what comes after all of an item that was given up.
  return item.reinstated ? undefined : noteInterest(tx, account, item, settling);
}

const tasksOfCollecting: TaskKind[] = ['invoice-review', 'overdue-contact', 'collections', 'broken-promise'];
const doneBy = (settledBy: string, { actor, at }: { actor: Actor; at: string }) =>
  ({ status: 'completed', by: actor.name, outcome: { settledBy }, at }) as const;

/** What the timeline says of an item that something was applied to; its balance is that after it. */
export function applicationStory(
  item: Pick<OpenItemRow, 'id' | 'customerId' | 'orderId' | 'openMinor'>,
  { currency, amountMinor, how, valueOn }: Pick<Applied, 'currency' | 'how'> & { amountMinor: number; valueOn: string },
) {
  return {
    summary: `${format(currency, amountMinor)} ${how} with value date ${valueOn}; ${format(currency, item.openMinor)} open`,
    customerId: item.customerId,
    orderId: item.orderId ?? undefined,
    invoiceId: item.id,
  };
}

/** Hints that the item's balance has changed. */
export async function tellHolders(tx: Transaction, item: Held, cause: string): Promise<void> {
  const { rows } = await tx.query<{ orderId: string }>(
    'SELECT DISTINCT order_id AS "orderId" FROM billings WHERE invoice_id = $1 ORDER BY 1',
    [item.id],
  );
  const orderIds = rows.map(({ orderId }) => orderId);
  await enqueue(tx, ...hintsToHolders(item, orderIds, cause));
}

type Held = Pick<OpenItemRow, 'id' | 'openMinor' | 'holderWorkflowId' | 'round'>;

/**
 * Whoever held an item in an earlier round may wait for it still: an order that is open because of it, or a round that ended before it
 * had heard so. A hint to a workflow that has closed is dropped.
 */
export function hintsToHolders(
  { id: invoiceId, openMinor, holderWorkflowId, round }: Held,
  orderIds: readonly string[],
  cause: string,
): OutboxMessage[] {
  const holders = new Set([holderWorkflowId]);
  // A revised or a consolidated invoice is held by a workflow of its own, and the orders that it bills wait for it to close.
  if (openMinor === 0 || round > 1) for (const orderId of orderIds) holders.add(orderId);
  for (let earlier = 1; earlier < round; earlier += 1) holders.add(receivableWorkflowId(invoiceId, earlier));
  const hint = { signal: 'receivableChanged', invoiceId } as const;
  return [...holders].map((workflowId) => ({ kind: 'signal', workflowId, hint, cause }));
}

/**
 * The overdue instalments of an item are paid, and later ones are still to come: it is collected like a new one from here on. While
 * anything of it is overdue, a part payment changes the amount and never the level. What was paid keeps its own, in case the money
 * is taken back.
 */
async function becomeCurrent(
  tx: Transaction,
  item: OpenItemRow,
  overdueFrom: IsoDate,
  done: Parameters<typeof finishTasks>[2],
): Promise<void> {
  await tx.query(
    `WITH paid AS (
       INSERT INTO paid_dunning_levels (invoice_id, due_on, level, collections_since)
       SELECT id, $2, dunning_level, collections_since FROM invoices WHERE id = $1 AND dunning_level > 0
       ON CONFLICT (invoice_id, due_on) DO UPDATE SET level = excluded.level, collections_since = excluded.collections_since)
     UPDATE invoices SET overdue_since = NULL, dunning_level = 0, collections_since = NULL WHERE id = $1`,
    [item.id, overdueFrom],
  );
  await refreshStage(tx, item.id, done.at);
  await finishTasks(tx, { invoiceId: item.id, kinds: ['overdue-contact', 'collections'] }, done);
}

/** After money was applied: saves the account, its hold reviewed, and wakes orders that wait for credit. */
export async function finishApplication(
  tx: Transaction,
  account: CreditAccountRow,
  { cause, today, at }: Applied,
): Promise<{ onHold: boolean }> {
  const onHold = await reviewHold(tx, account, today, at);
  await saveBuckets(tx, account);
  await wakeWaitingOrders(tx, account.customerId, cause);
  return { onHold };
}

const format = (currency: string, amountMinor: number): string => formatMoney({ currency, amountMinor });
const percent = (rate: string): string => `${Number((Number(rate) * 100).toFixed(4))} %`;

/** Lifts the customer's hold when nothing undisputed is overdue any more (P3). Gives whether it is still on hold. */
async function reviewHold(tx: Transaction, account: CreditAccountRow, today: string, at: string): Promise<boolean> {
  if (account.onHoldSince === null) return false;
  const overdue = await overdueItems(tx, account.customerId, today);
  return keepHold(tx, account, overdue, { today, at });
}

/** The same for whoever knows what is overdue. The customer is on hold. */
export async function keepHold(
  tx: Transaction,
  account: CreditAccountRow,
  overdue: readonly { openMinor: number }[],
  { today, at }: { today: IsoDate; at: string },
): Promise<boolean> {
  const { isAboveMinimum, policyVersion, policyRate } = await judgeHold(tx, account.currency, overdue, today);
  if (isAboveMinimum) return true;
  await record(tx, {
    at,
    actor: system,
    action: 'hold-lifted',
    summary: 'Nothing is overdue any more: the hold is lifted',
    policyVersion,
    customerId: account.customerId,
    before: { onHoldSince: account.onHoldSince },
    ...(policyRate && { after: { policyRate } }),
  });
  const { customerId } = account;
  const key = `${customerId}:released:${account.onHoldSince}`;
  await announce(tx, { key, type: 'account.released', customerId, facts: { customerId }, at });
  account.onHoldSince = null;
  return false;
}

/**
 * Interest on an item that was settled late becomes a debit item of its own, with its own due date and plan (P5): paying
 * the principal never erases it. Interest notes bear no interest themselves. Where more was noted than was owed, because the payment that
 * settled the item then was undone and its own came earlier, a person credits the note. What is given up bears none, what was paid before
 * of the item does, and what was noted stands.
 */
async function noteInterest(
  tx: Transaction,
  account: CreditAccountRow,
  item: OpenItemRow,
  payment: Settling,
): Promise<string | undefined> {
  // The terms of the day the item was issued: a policy edit touches new invoices only.
  const policy = await policyOf(tx, item.plan);
  const { segments, interestMinor, earlierMinor } = await interestOn(tx, item, policy, payment.valueOn);
  if (payment.by === 'write-off' && interestMinor <= 0) return undefined;
  // What was asked to be credited when the item was settled before is no longer right, whatever was credited of it meanwhile.
  if (item.round > 1) {
    const keys = Array.from({ length: item.round }, (_, index) => overchargeKey(item.id, index + 1));
    await finishTasks(tx, { keys }, { status: 'cancelled', by: system.name, outcome: { found: 'settled anew' }, at: payment.at });
  }
  if (interestMinor < 0) await tellOvercharged(tx, item, -interestMinor, payment.at);
  if (interestMinor <= 0) return undefined;
  const description = (segment: (typeof segments)[number]) =>
    `Interest on ${format(item.currency, segment.principalMinor)} at ${percent(segment.annualRate)} a year, ${segment.from} to ${segment.to} (${segment.days} days)`;
  const lines =
    earlierMinor === 0
      ? segments.map((segment) => ({ text: description(segment), minor: segment.interestMinor }))
      : [
          {
            text: `Interest on ${item.id} from ${segments[0]!.from} to ${segments.at(-1)!.to}, less ${format(item.currency, earlierMinor)} noted before`,
            minor: interestMinor,
          },
        ];
  const { today, offsetMs, at } = payment;
  return issueNote(tx, account, { kind: 'interest-note', item, lines, facts: { segments }, today, offsetMs, at });
}

const overchargeKey = (invoiceId: string, round: number) => `${invoiceId}:interest-overcharged:${round}`;

async function tellOvercharged(tx: Transaction, item: OpenItemRow, moreMinor: number, at: string): Promise<void> {
  const { rows } = await tx.query<{ id: string; creditedMinor: number }>(
    `SELECT id, (SELECT coalesce(sum(gross_minor), 0) FROM credit_notes n
         WHERE n.invoice_id = i.id AND n.reason <> 'interest-error')::bigint AS "creditedMinor"
     FROM invoices i WHERE corrects_invoice_id = $1 AND kind = 'interest-note' ORDER BY id`,
    [item.id],
  );
  const leftMinor = sumMinor([moreMinor, ...rows.map(({ creditedMinor }) => -creditedMinor)]);
  if (leftMinor <= 0) return;
  const noteIds = rows.map(({ id }) => id);
  await openTask(tx, {
    key: overchargeKey(item.id, item.round),
    kind: 'interest-overcharged',
    role: 'receivables',
    title: `Credit ${format(item.currency, leftMinor)} of ${noteIds.join(', ')}: ${item.id} was paid earlier than was known when it was noted. The reason is interest-error`,
    details: { noteIds, amountMinor: leftMinor, currency: item.currency },
    customerId: item.customerId,
    orderId: item.orderId ?? undefined,
    invoiceId: noteIds.at(-1),
    at,
  });
}
