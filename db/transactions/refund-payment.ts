import { Refusal } from '../../domain/failures.ts';
import { refundUnapplied, reversed } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Queryable, type Transaction } from '../client.ts';
import { type Refund, refundColumns } from '../queries/refunds.ts';
import { type Actor, record, system } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { lockAccount, saveBuckets } from '../statements/credit.ts';
import { gatewayPaymentOf } from '../statements/gateway-events.ts';
import { book } from '../statements/ledger.ts';
import { enqueue } from '../statements/outbox.ts';
import { openTask } from '../statements/tasks.ts';

export interface RequestRefundInput {
  paymentId: string;
  amountMinor: number;
  /** Absent: it goes back to the card that it came from. */
  iban?: string | undefined;
  reason: string;
  actor: Actor;
  at: string;
}

/**
 * Asks that unapplied cash goes back to its customer (P1). Nothing moves yet: until a second person approves it, the money may still
 * pay an invoice. What is held for an order that is paid in advance is no unapplied cash.
 */
export async function requestRefund(tx: Transaction, input: RequestRefundInput): Promise<Refund> {
  const { paymentId, amountMinor, actor, at } = input;
  const payment = await readPayment(tx, paymentId);
  mustBeLeft(payment, paymentId, amountMinor);
  const { customerId, currency } = payment;
  const gatewayId = input.iban === undefined ? await gatewayPaymentOf(tx, paymentId) : undefined;
  const refund = only(
    await tx.query<Refund>(
      `INSERT INTO refunds (payment_id, customer_id, currency, amount_minor, iban, gateway_id, reason, requested_by, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${refundColumns}`,
      [paymentId, customerId, currency, amountMinor, input.iban, gatewayId, input.reason, actor.name, at],
    ),
  );
  await note(tx, refund, { action: 'refund-requested', actor, at, reason: input.reason });
  return refund;
}

interface DecideRefundInput {
  refundId: string;
  decision: 'approve' | 'refuse';
  reason?: string | undefined;
  actor: Actor;
  at: string;
}

/** Pays a refund out, or refuses it: never by who asked for it. Whoever applied the money meanwhile was first. */
export async function decideRefund(tx: Transaction, input: DecideRefundInput): Promise<Refund> {
  const { refundId, decision, actor, at } = input;
  const found = await tx.query<Refund>(`SELECT ${refundColumns} FROM refunds WHERE id = $1 FOR UPDATE`, [refundId]);
  const asked = found.rows[0];
  if (!asked) throw new Refusal(404, 'unknown-refund', `There is no refund ${refundId}.`);
  if (asked.status !== 'requested') throw new Refusal(409, 'refund-state', `${refundId} is ${asked.status} already.`);
  if (asked.requestedBy === actor.name) {
    throw new Refusal(403, 'four-eyes', `${refundId} was asked for by ${actor.name}; a second person decides.`);
  }
  if (decision === 'approve') await payOut(tx, asked, at);
  const refund = only(
    await tx.query<Refund>(
      `UPDATE refunds SET status = $2, decided_by = $3, decided_at = $4, decision_reason = $5 WHERE id = $1 RETURNING ${refundColumns}`,
      [refundId, decision === 'approve' ? 'approved' : 'refused', actor.name, at, input.reason],
    ),
  );
  await note(tx, refund, { action: `refund-${refund.status}`, actor, at, reason: input.reason });
  return refund;
}

async function payOut(
  tx: Transaction,
  { id, paymentId, customerId, currency, amountMinor, iban }: Refund,
  at: string,
): Promise<void> {
  const account = await lockAccount(tx, customerId);
  // What is unapplied of a payment changes under its customer's account.
  mustBeLeft(await readPayment(tx, paymentId), paymentId, amountMinor);
  await tx.query(
    'UPDATE payments SET unapplied_minor = unapplied_minor - $2, refunded_minor = refunded_minor + $2 WHERE id = $1',
    [paymentId, amountMinor],
  );
  account.unappliedCashMinor -= amountMinor;
  await saveBuckets(tx, account);
  const bookedOn = localDate(at, (await readCompany(tx)).timeZone);
  await book(
    tx,
    { eventId: `${id}:refund`, kind: 'refund', bookedOn, currency, customerId, paymentId, at },
    refundUnapplied({ amountMinor }),
  );
  if (iban === null) await enqueue(tx, { kind: 'card-work', work: 'refund', id });
}

export interface RefundToCard {
  refundId: string;
  status: Refund['status'];
  gatewayId: string;
  amountMinor: number;
  /** The gateway's own, once it has answered. */
  gatewayRefundId: string | null;
}

/** A refund that goes to a card, by our id or by the gateway's. */
export async function findRefundToCard(
  db: Queryable,
  { refundId, gatewayRefundId }: { refundId?: string | undefined; gatewayRefundId?: string | undefined },
): Promise<RefundToCard | undefined> {
  const { rows } = await db.query<RefundToCard>(
    `SELECT id AS "refundId", status, gateway_id AS "gatewayId", amount_minor AS "amountMinor", gateway_refund_id AS "gatewayRefundId"
     FROM refunds WHERE gateway_id IS NOT NULL AND (id = $1 OR gateway_refund_id = $2)`,
    [refundId, gatewayRefundId],
  );
  return rows[0];
}

/**
 * What the gateway says of a refund to a card (P1): it has it, or it has failed, at once or after days. What failed waits unapplied again,
 * and a person finds it another way. Said again, nothing changes.
 */
export async function noteRefundToCard(
  tx: Transaction,
  {
    refundId,
    gatewayRefundId,
    failureCode,
    at,
  }: { refundId: string; gatewayRefundId?: string | undefined; failureCode?: string | undefined; at: string },
): Promise<void> {
  const asked = only(await tx.query<Refund>(`SELECT ${refundColumns} FROM refunds WHERE id = $1 FOR UPDATE`, [refundId]));
  if (asked.status !== 'approved') return;
  await tx.query('UPDATE refunds SET gateway_refund_id = coalesce(gateway_refund_id, $2) WHERE id = $1', [
    refundId,
    gatewayRefundId,
  ]);
  if (failureCode === undefined || asked.failureCode !== null) return;
  const { paymentId, customerId, currency, amountMinor } = asked;
  const account = await lockAccount(tx, customerId);
  // What was charged back meanwhile has no place for the money any more: then a person books it.
  const { rowCount } = await tx.query(
    `UPDATE payments SET unapplied_minor = unapplied_minor + $2, refunded_minor = refunded_minor - $2
     WHERE id = $1 AND reversed_minor = 0`,
    [paymentId, amountMinor],
  );
  const isBack = rowCount === 1;
  if (isBack) {
    account.unappliedCashMinor += amountMinor;
    await saveBuckets(tx, account);
    const bookedOn = localDate(at, (await readCompany(tx)).timeZone);
    const entry = await tx.query<{ id: number }>('SELECT id FROM journal_entries WHERE event_id = $1', [`${refundId}:refund`]);
    await book(
      tx,
      {
        eventId: `${refundId}:refund-failed`,
        kind: 'refund-failed',
        bookedOn,
        currency,
        customerId,
        paymentId,
        reason: failureCode,
        reversesEntryId: only(entry).id,
        at,
      },
      reversed(refundUnapplied({ amountMinor })),
    );
  }
  const refund = only(
    await tx.query<Refund>(`UPDATE refunds SET status = $2, failure_code = $3 WHERE id = $1 RETURNING ${refundColumns}`, [
      refundId,
      isBack ? 'failed' : 'approved',
      failureCode.slice(0, 100),
    ]),
  );
  await note(tx, refund, { action: 'refund-failed', actor: system, at, reason: failureCode });
  await openTask(tx, {
    key: `${refundId}:failed`,
    kind: 'card-refund',
    role: isBack ? 'receivables' : 'finance',
    title: `${formatMoney({ currency, amountMinor })} of ${paymentId} could not go back to its card: ${isBack ? 'it waits unapplied again' : 'the payment has been charged back, so book what came back'}`,
    details: { refundId, code: failureCode.slice(0, 100) },
    customerId,
    at,
  });
}

interface PaymentLeft {
  customerId: string;
  currency: string;
  unappliedMinor: number;
}

async function readPayment(tx: Transaction, paymentId: string): Promise<PaymentLeft> {
  const { rows } = await tx.query<PaymentLeft>(
    'SELECT customer_id AS "customerId", currency, unapplied_minor AS "unappliedMinor" FROM payments WHERE id = $1',
    [paymentId],
  );
  if (!rows[0]) throw new Refusal(404, 'unknown-payment', `There is no payment ${paymentId}.`);
  return rows[0];
}

function mustBeLeft({ currency, unappliedMinor }: PaymentLeft, paymentId: string, amountMinor: number): void {
  if (amountMinor <= unappliedMinor) return;
  const left = formatMoney({ currency, amountMinor: unappliedMinor });
  throw new Refusal(409, 'not-unapplied', `Only ${left} of ${paymentId} waits unapplied.`, { extra: { unappliedMinor } });
}

async function note(
  tx: Transaction,
  refund: Refund,
  what: { action: string; actor: Actor; at: string; reason: string | undefined },
): Promise<void> {
  const { id, paymentId, customerId, currency, amountMinor, iban } = refund;
  const summary = `${id}: ${formatMoney({ currency, amountMinor })} of ${paymentId} back to ${iban ?? 'its card'}, ${refund.status}`;
  await record(tx, { ...what, summary, customerId, after: refund });
}
