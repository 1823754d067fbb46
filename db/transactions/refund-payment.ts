import { Refusal } from '../../domain/failures.ts';
import { refundCredit, refundUnapplied, reversed } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Queryable, type Transaction } from '../client.ts';
import { type Refund, refundColumns } from '../queries/refunds.ts';
import { type Actor, record, system } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { type CreditAccountRow, lockAccount, saveBuckets } from '../statements/credit.ts';
import { gatewayPaymentOf } from '../statements/gateway-events.ts';
import { book } from '../statements/ledger.ts';
import { enqueue } from '../statements/outbox.ts';
import { openTask } from '../statements/tasks.ts';

export interface RequestRefundInput {
  /** Unapplied cash of a payment, or the credit balance that a credit note has left: one of the two. */
  paymentId?: string | undefined;
  creditNoteId?: string | undefined;
  amountMinor: number;
  /** Absent: it goes back to the card that it came from. */
  iban?: string | undefined;
  reason: string;
  actor: Actor;
  at: string;
}

/**
 * Asks that unapplied cash, or a credit balance, goes back to its customer (P1, I4). Nothing moves yet: until a second person approves it, the money may still
 * pay an invoice. What is held for an order that is paid in advance is no unapplied cash.
 */
export async function requestRefund(tx: Transaction, input: RequestRefundInput): Promise<Refund> {
  const { amountMinor, actor, at } = input;
  const source = await readSource(tx, input);
  mustBeLeft(source, amountMinor);
  const gatewayId = input.iban === undefined ? await cardOf(tx, input) : undefined;
  const refund = only(
    await tx.query<Refund>(
      `INSERT INTO refunds (payment_id, credit_note_id, customer_id, currency, amount_minor, iban, gateway_id, reason, requested_by, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${refundColumns}`,
      [
        input.paymentId,
        input.creditNoteId,
        source.customerId,
        source.currency,
        amountMinor,
        input.iban,
        gatewayId,
        input.reason,
        actor.name,
        at,
      ],
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

async function payOut(tx: Transaction, refund: Refund, at: string): Promise<void> {
  const { id, iban, amountMinor, creditNoteId } = refund;
  const account = await lockAccount(tx, refund.customerId);
  // What is unapplied of a payment or a credit note changes under its customer's account.
  mustBeLeft(await readSource(tx, refund), amountMinor);
  if (iban === null && creditNoteId !== null) await cardOf(tx, { ...refund, except: id });
  await takeFrom(tx, account, refund, amountMinor);
  await book(
    tx,
    { ...(await entryOf(tx, refund, at)), eventId: `${id}:refund`, kind: 'refund' },
    creditNoteId === null ? refundUnapplied({ amountMinor }) : refundCredit({ amountMinor }),
  );
  if (iban === null) await enqueue(tx, { kind: 'card-work', work: 'refund', id });
}

/** Less than nothing puts it back. False: what was refunded of the payment was taken back meanwhile, and is owed by an item of its own. */
async function takeFrom(tx: Transaction, account: CreditAccountRow, refund: Refund, amountMinor: number): Promise<boolean> {
  const { paymentId, creditNoteId } = refund;
  const change = 'SET unapplied_minor = unapplied_minor - $2, refunded_minor = refunded_minor + $2 WHERE id = $1';
  if (creditNoteId === null) {
    const { rowCount } = await tx.query(
      `UPDATE payments ${change} AND ($2 > 0 OR refunded_minor + $2 >=
         (SELECT coalesce(sum(r.refunded_minor), 0) FROM payment_reversals r WHERE r.payment_id = $1))`,
      [paymentId, amountMinor],
    );
    if (rowCount === 0) return false;
    account.unappliedCashMinor -= amountMinor;
  } else {
    await tx.query(`UPDATE credit_notes ${change}`, [creditNoteId, amountMinor]);
    account.openCreditNotesMinor -= amountMinor;
  }
  await saveBuckets(tx, account);
  return true;
}

/** The items by which its customer owes again what was refunded of the payment. */
async function owedAgainFor(tx: Transaction, { paymentId }: Refund): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    'SELECT invoice_id AS id FROM payment_reversals WHERE payment_id = $1 AND invoice_id IS NOT NULL ORDER BY number',
    [paymentId],
  );
  return rows.map(({ id }) => id);
}

async function entryOf(tx: Transaction, { customerId, currency, paymentId }: Refund, at: string) {
  const bookedOn = localDate(at, (await readCompany(tx)).timeZone);
  return { bookedOn, currency, customerId, paymentId: paymentId ?? undefined, at };
}

export interface RefundToCard {
  refundId: string;
  status: Refund['status'];
  gatewayId: string;
  amountMinor: number;
  currency: string;
  /** The gateway's own, once it has answered. */
  gatewayRefundId: string | null;
}

/** A refund that goes to a card, by our id or by the gateway's. */
export async function findRefundToCard(
  db: Queryable,
  { refundId, gatewayRefundId }: { refundId?: string | undefined; gatewayRefundId?: string | undefined },
): Promise<RefundToCard | undefined> {
  const { rows } = await db.query<RefundToCard>(
    `SELECT id AS "refundId", status, gateway_id AS "gatewayId", amount_minor AS "amountMinor", currency, gateway_refund_id AS "gatewayRefundId"
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
  const { customerId, currency, amountMinor } = asked;
  const account = await lockAccount(tx, customerId);
  // What was charged back of the refund itself has no place for the money any more: then a person books it.
  const isBack = await takeFrom(tx, account, asked, -amountMinor);
  if (isBack) {
    const booked = await tx.query<{ id: number }>('SELECT id FROM journal_entries WHERE event_id = $1', [`${refundId}:refund`]);
    await book(
      tx,
      {
        ...(await entryOf(tx, asked, at)),
        eventId: `${refundId}:refund-failed`,
        kind: 'refund-failed',
        reason: failureCode,
        reversesEntryId: only(booked).id,
      },
      reversed(asked.creditNoteId === null ? refundUnapplied({ amountMinor }) : refundCredit({ amountMinor })),
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
  const owedAgain = isBack ? [] : await owedAgainFor(tx, refund);
  await openTask(tx, {
    key: `${refundId}:failed`,
    kind: 'card-refund',
    role: isBack ? 'receivables' : 'finance',
    title: `${formatMoney({ currency, amountMinor })} of ${sourceId(refund)} could not go back to its card: ${isBack ? 'it waits unapplied again' : `it has been charged back as well, and ${owedAgain.join(', ')} asks for it, so book what came back and settle that`}`,
    details: { refundId, code: failureCode.slice(0, 100) },
    customerId,
    at,
  });
}

interface Source {
  id: string;
  customerId: string;
  currency: string;
  unappliedMinor: number;
}
type SourceIds = { paymentId?: string | null | undefined; creditNoteId?: string | null | undefined };

const sourceId = ({ paymentId, creditNoteId }: SourceIds): string => (paymentId ?? creditNoteId)!;

async function readSource(tx: Transaction, ids: SourceIds): Promise<Source> {
  const isPayment = typeof ids.paymentId === 'string';
  const { rows } = await tx.query<Source>(
    `SELECT id, customer_id AS "customerId", currency, unapplied_minor AS "unappliedMinor"
     FROM ${isPayment ? 'payments' : 'credit_notes'} WHERE id = $1`,
    [sourceId(ids)],
  );
  if (rows[0]) return rows[0];
  const kind = isPayment ? 'payment' : 'credit-note';
  throw new Refusal(404, `unknown-${kind}`, `There is no ${kind.replace('-', ' ')} ${sourceId(ids)}.`);
}

function mustBeLeft({ id, currency, unappliedMinor }: Source, amountMinor: number): void {
  if (amountMinor <= unappliedMinor) return;
  const left = formatMoney({ currency, amountMinor: unappliedMinor });
  throw new Refusal(409, 'not-unapplied', `Only ${left} of ${id} waits unapplied.`, { extra: { unappliedMinor } });
}

/** The card that the money came from. A credit balance goes back to the card that paid its invoice, and no more than it gave. */
async function cardOf(
  tx: Transaction,
  { paymentId, creditNoteId, amountMinor, except }: SourceIds & { amountMinor: number; except?: string },
): Promise<string> {
  if (paymentId) return gatewayPaymentOf(tx, paymentId);
  const { rows } = await tx.query<{ gatewayId: string; leftMinor: number }>(
    `SELECT r.gateway_id AS "gatewayId", (sum(p.amount_minor - p.reversed_minor - p.refunded_minor)
       - (SELECT coalesce(sum(amount_minor), 0) FROM refunds f WHERE f.gateway_id = r.gateway_id AND f.credit_note_id IS NOT NULL
            AND f.status IN ('requested', 'approved') AND f.id IS DISTINCT FROM $2))::bigint AS "leftMinor"
     FROM card_receipts r JOIN payments p ON p.id = r.payment_id
     WHERE r.gateway_id IN (SELECT c.gateway_id FROM credit_notes n JOIN payment_applications a ON a.invoice_id = n.invoice_id
       JOIN card_receipts c ON c.payment_id = a.payment_id WHERE n.id = $1)
     GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
    [creditNoteId, except],
  );
  const card = rows[0];
  if (!card) {
    const detail = `No card paid the invoice of ${creditNoteId}: name the IBAN that its money goes back to.`;
    throw new Refusal(422, 'not-by-card', detail, { faults: [{ path: '/iban', code: 'required', detail }] });
  }
  if (card.leftMinor < amountMinor) {
    throw new Refusal(409, 'more-than-taken', `The card that paid the invoice of ${creditNoteId} has not given that much.`);
  }
  return card.gatewayId;
}

async function note(
  tx: Transaction,
  refund: Refund,
  what: { action: string; actor: Actor; at: string; reason: string | undefined },
): Promise<void> {
  const { id, customerId, currency, amountMinor, iban } = refund;
  const summary = `${id}: ${formatMoney({ currency, amountMinor })} of ${sourceId(refund)} back to ${iban ?? 'its card'}, ${refund.status}`;
  await record(tx, { ...what, summary, customerId, after: refund });
}
