import { planReopened } from '../../domain/dunning.ts';
import { Refusal } from '../../domain/failures.ts';
import { receivableWorkflowId } from '../../domain/ids.ts';
import { openInstalments, overduePart, scheduleOf } from '../../domain/instalments.ts';
import { bankCharged } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { compareDates, type IsoDate, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { lockOwingOrders, tellHolders } from '../statements/cash-application.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { type CreditAccountRow, lockAccount, overdueItems, saveBuckets } from '../statements/credit.ts';
import { policyOf } from '../statements/dunning-policies.ts';
import { lockOpenItems, type OpenItemRow } from '../statements/invoices.ts';
import { book, reverseEntriesOf } from '../statements/ledger.ts';
import { tell } from '../statements/notices.ts';
import { refreshStage } from '../statements/orders.ts';
import { enqueue } from '../statements/outbox.ts';

export interface ReversePaymentInput {
  paymentId: string;
  /** The bank took the money back, it was never this customer's, or the bank of a card did at its holder's word. */
  kind: 'bounce' | 'undo' | 'chargeback';
  reason: string;
  /** Of a bounce: the bank's day. */
  on?: IsoDate | undefined;
  /** Of a bounce: what our bank takes for it. */
  feeMinor?: number;
  /** The line of a bank statement that says so; it is locked by the caller. */
  bankLineId?: string;
  /** The cheque that bounced; it is locked by the caller. */
  chequeId?: string;
  actor: Actor;
  at: string;
  offsetMs: number;
}

interface ReopenedItem {
  invoiceId: string;
  amountMinor: number;
  discountMinor: number;
  writeOffMinor: number;
  openMinor: number;
  dueOn: IsoDate;
}

export interface ReversedPayment {
  paymentId: string;
  kind: ReversePaymentInput['kind'];
  items: ReopenedItem[];
  /** What was unapplied of it. */
  unappliedMinor: number;
  feeMinor: number;
  onHold: boolean;
}

/**
 * Takes a receipt back, once and in full (P2): what it had paid is open again with its own due date and dunning level, together with
 * the discounts and write-offs that came with the payment, and what waited unapplied is gone. Exposure and hold come back at once, and
 * each item that is open again is collected in a new round. Interest that was noted stands. An order that was closed stays closed.
 */
export async function reversePayment(tx: Transaction, input: ReversePaymentInput): Promise<ReversedPayment> {
  const { paymentId, kind, reason, feeMinor = 0, bankLineId, actor, at } = input;
  const { timeZone } = await readCompany(tx);
  const today = localDate(at, timeZone);
  const found = await tx.query<{ customerId: string; orderIds: string[] }>(
    `SELECT customer_id AS "customerId", ARRAY(SELECT DISTINCT b.order_id FROM payment_applications a JOIN billings b ON b.invoice_id = a.invoice_id
       WHERE a.payment_id = p.id) AS "orderIds" FROM payments p WHERE id = $1`,
    [paymentId],
  );
  if (!found.rows[0]) throw new Refusal(404, 'unknown-payment', `There is no payment ${paymentId}.`);
  const { customerId, orderIds } = found.rows[0];
  await lockOwingOrders(tx, customerId, ...orderIds);
  const account = await lockAccount(tx, customerId);
  const payment = await mustBeReversible(tx, input);
  const on = input.on ?? today;
  if (compareDates(on, payment.valueOn) < 0 || compareDates(on, today) > 0) {
    const detail = `${on} is not between the value date ${payment.valueOn} and today, ${today}.`;
    throw new Refusal(422, 'invalid-bounce', detail, { faults: [{ path: '/on', code: 'date', detail }] });
  }

  const { currency, amountMinor, unappliedMinor, valueOn } = payment;
  const taken = await appliedOf(tx, paymentId);
  const items = await lockOpenItems(
    tx,
    customerId,
    taken.map(({ invoiceId }) => invoiceId),
  );
  await tx.query(
    `INSERT INTO payment_reversals (payment_id, kind, reason, value_on, unapplied_minor, fee_minor, bank_line_id, actor, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [paymentId, kind, reason, on, unappliedMinor, feeMinor, bankLineId, actor.name, at],
  );
  await tx.query('UPDATE payments SET unapplied_minor = 0, reversed_minor = amount_minor - refunded_minor WHERE id = $1', [
    paymentId,
  ]);
  account.unappliedCashMinor -= unappliedMinor;
  const reopened: ReopenedItem[] = [];
  for (const item of items) {
    const part = taken.find(({ invoiceId }) => invoiceId === item.id);
    if (part) reopened.push(await reopen(tx, account, item, part, { ...input, today, timeZone }));
  }
  const { bookedKind, words } = said[kind];
  await reverseEntriesOf(tx, { paymentId, kind: bookedKind, on: kind === 'undo' ? undefined : on, reason, at });
  await book(
    tx,
    { eventId: `${paymentId}:bounce-fee`, kind: 'bank-fee', bookedOn: on, currency, customerId, at },
    bankCharged({ amountMinor: feeMinor }),
  );
  await holdAgain(tx, account, { today, at });
  await saveBuckets(tx, account);

  const reversed = { paymentId, kind, items: reopened, unappliedMinor, feeMinor, onHold: account.onHoldSince !== null };
  const invoiceIds = reopened.map(({ invoiceId }) => invoiceId);
  await record(tx, {
    at,
    actor,
    action: bookedKind,
    summary: `${paymentId}: ${formatMoney({ currency, amountMinor })} ${words}${invoiceIds.length > 0 ? `; open again: ${invoiceIds.join(', ')}` : ''}`,
    reason,
    customerId,
    after: reversed,
  });
  if (kind !== 'undo') {
    await tell(tx, {
      key: `${paymentId}:bounced`,
      kind: 'payment-bounced',
      customerId,
      facts: { paymentId, amountMinor, currency, valueOn, reason, invoices: reopened },
      at,
    });
  }
  return reversed;
}

const said = {
  bounce: { bookedKind: 'payment-bounced', words: 'bounced' },
  undo: { bookedKind: 'payment-undone', words: 'was not theirs' },
  chargeback: { bookedKind: 'payment-charged-back', words: 'was charged back' },
} as const;

interface PaymentToReverse {
  currency: string;
  amountMinor: number;
  unappliedMinor: number;
  valueOn: IsoDate;
}

/** Under the lock of its customer's account. */
async function mustBeReversible(tx: Transaction, { paymentId, kind, chequeId }: ReversePaymentInput): Promise<PaymentToReverse> {
  const payment = only(
    await tx.query<
      PaymentToReverse & {
        reversedMinor: number;
        refundedMinor: number;
        heldMinor: number;
        chequeId: string | null;
        isOlder: boolean;
        writtenOffId: string | null;
        isByCard: boolean;
      }
    >(
      `SELECT currency, amount_minor AS "amountMinor", unapplied_minor AS "unappliedMinor", value_on AS "valueOn",
         reversed_minor AS "reversedMinor", refunded_minor AS "refundedMinor",
         (SELECT coalesce(sum(held_minor), 0)::bigint FROM deposits d WHERE d.payment_id = p.id) AS "heldMinor",
         (SELECT id FROM cheques c WHERE c.payment_id = p.id AND c.status <> 'bounced') AS "chequeId",
         (SELECT min(a.invoice_id) FROM payment_applications a JOIN write_off_applications w USING (invoice_id)
          WHERE a.payment_id = p.id) AS "writtenOffId",
         EXISTS (SELECT FROM card_receipts c WHERE c.payment_id = p.id) AS "isByCard",
         EXISTS (SELECT FROM journal_entries e WHERE e.payment_id = p.id AND (e.kind = 'opening-credit'
           OR (EXISTS (SELECT FROM postings g WHERE g.entry_id = e.id AND g.account = 'accounts-receivable')
             AND NOT EXISTS (SELECT FROM receivable_movements m WHERE m.entry_id = e.id)))) AS "isOlder"
       FROM payments p WHERE id = $1 FOR UPDATE`,
      [paymentId],
    ),
  );
  const money = (amountMinor: number) => formatMoney({ currency: payment.currency, amountMinor });
  if (payment.reversedMinor > 0) throw new Refusal(409, 'payment-reversed', `${paymentId} has been taken back already.`);
  if (payment.isByCard && kind !== 'chargeback') {
    const detail = `${paymentId} came from a card: what its bank takes back is booked when the gateway says so.`;
    throw new Refusal(409, 'paid-by-card', detail);
  }
  // A dispute is about what has not gone back already.
  if (payment.refundedMinor > 0 && kind !== 'chargeback') {
    const detail = `${money(payment.refundedMinor)} of ${paymentId} has gone back to the customer as a refund.`;
    throw new Refusal(409, 'payment-refunded', detail);
  }
  if (payment.heldMinor > 0) {
    const detail = `${money(payment.heldMinor)} of ${paymentId} is held for orders that are paid in advance; cancel those first.`;
    throw new Refusal(409, 'deposit-held', detail);
  }
  if (payment.chequeId !== null && payment.chequeId !== chequeId) {
    throw new Refusal(409, 'paid-by-cheque', `${paymentId} came with ${payment.chequeId}: say of that cheque that it bounced.`);
  }
  // What a write-off gave up, and a recovery brought back, would have to be taken back with it.
  if (payment.writtenOffId !== null) {
    const detail = `${payment.writtenOffId}, which ${paymentId} paid, has been written off: its receipt stays.`;
    throw new Refusal(409, 'item-written-off', detail);
  }
  if (payment.isOlder) {
    throw new Refusal(409, 'older-than-the-books', `${paymentId} is older than what the books know of its items.`);
  }
  return payment;
}

interface Applied {
  invoiceId: string;
  amountMinor: number;
  discountMinor: number;
  writeOffMinor: number;
}

async function appliedOf(tx: Transaction, paymentId: string): Promise<Applied[]> {
  const { rows } = await tx.query<Applied>(
    `SELECT a.invoice_id AS "invoiceId", a.amount_minor AS "amountMinor", coalesce(d.amount_minor, 0)::bigint AS "discountMinor",
       coalesce(w.amount_minor, 0)::bigint AS "writeOffMinor"
     FROM payment_applications a LEFT JOIN early_payment_discounts d USING (payment_id, invoice_id)
       LEFT JOIN payment_write_offs w USING (payment_id, invoice_id) WHERE a.payment_id = $1`,
    [paymentId],
  );
  return rows;
}

interface Doing extends ReversePaymentInput {
  today: IsoDate;
  timeZone: string;
}

async function reopen(
  tx: Transaction,
  account: CreditAccountRow,
  item: OpenItemRow,
  part: Applied,
  doing: Doing,
): Promise<ReopenedItem> {
  const { paymentId, actor, at, today, reason } = doing;
  const before = { openMinor: item.openMinor, dueOn: item.dueOn };
  const moreMinor = part.amountMinor + part.discountMinor + part.writeOffMinor;
  const { dueOn } = only(
    await tx.query<{ dueOn: IsoDate }>(
      `UPDATE invoices SET open_minor = open_minor + $2, status = 'open' WHERE id = $1 RETURNING due_on AS "dueOn"`,
      [item.id, moreMinor],
    ),
  );
  item.openMinor += moreMinor;
  item.dueOn = dueOn;
  account.openReceivablesMinor += moreMinor;
  if (overduePart(item, today)) {
    await tx.query('UPDATE invoices SET overdue_since = coalesce(overdue_since, $2) WHERE id = $1', [item.id, at]);
  }
  // Whoever collects an item that is still open goes on, unless an instalment is open again whose steps are behind it.
  const isAnew = before.openMinor === 0 || before.dueOn !== dueOn;
  if (isAnew) await collectAnew(tx, item, doing);
  await tellHolders(tx, item, `${paymentId}:reversed`);
  await refreshStage(tx, item.id, at);
  await tx.query(
    `INSERT INTO reversed_applications (payment_id, invoice_id, amount_minor, discount_minor, write_off_minor, round)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [paymentId, item.id, part.amountMinor, part.discountMinor, part.writeOffMinor, isAnew ? item.round : null],
  );
  const { currency, customerId } = item;
  await record(tx, {
    at,
    actor,
    action: 'reopened',
    summary: `${formatMoney({ currency, amountMinor: moreMinor })} open again, due ${dueOn}: ${paymentId} was taken back`,
    reason,
    customerId,
    orderId: item.orderId ?? undefined,
    invoiceId: item.id,
    before,
    after: { ...part, paymentId, openMinor: item.openMinor, round: item.round },
  });
  return { ...part, openMinor: item.openMinor, dueOn };
}

/** Begins a new round of collection, in a workflow of its own: its order, or its earlier round, may have ended with the payment. */
async function collectAnew(tx: Transaction, item: OpenItemRow, { timeZone, at, offsetMs }: Doing): Promise<void> {
  const { id: invoiceId, customerId, currency, grossMinor, dueOn, issuedOn, dunningLevel: level } = item;
  item.round += 1;
  const { round } = item;
  item.holderWorkflowId = receivableWorkflowId(invoiceId, round);
  item.plan = planReopened(
    { policy: await policyOf(tx, item.plan), assignedBy: item.plan.assignedBy, invoiceId, issuedOn, timeZone },
    { schedule: scheduleOf(item), open: openInstalments(item).map(({ number }) => number), round, level },
    at,
  );
  await tx.query(
    `UPDATE invoices SET plan = $2, next_step_at = $3, collection_round = $4, holder_workflow_id = $5 WHERE id = $1`,
    [invoiceId, JSON.stringify(item.plan), item.plan.steps[0]?.at, round, item.holderWorkflowId],
  );
  await enqueue(tx, {
    kind: 'start-receivable',
    invoiceId,
    round,
    input: { invoice: { invoiceId, customerId, grossMinor, currency, dueOn, plan: item.plan }, clockOffsetMs: offsetMs },
  });
}

/** What is overdue again puts the customer on hold now, not when its new round has begun (P3). */
async function holdAgain(
  tx: Transaction,
  account: CreditAccountRow,
  { today, at }: { today: IsoDate; at: string },
): Promise<void> {
  const [overdue, { holdMinimumMinor }] = await Promise.all([
    overdueItems(tx, account.customerId, today),
    readPolicy(tx, 'dunning'),
  ]);
  if (overdue.reduce((sum, { openMinor }) => sum + openMinor, 0) > holdMinimumMinor) account.onHoldSince ??= at;
}
