import { type CardDisputeStatus, contradicts, type DisputeStep, statusAfter, stepsOfDispute } from '../../domain/card-dispute.ts';
import { Refusal } from '../../domain/failures.ts';
import { bankCharged } from '../../domain/ledger.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type CardDispute, cardDisputeColumns } from '../queries/card-disputes.ts';
import { record, system } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { endGatewayEvent, type GatewayEvent, ownerOfGatewayPayment, parkGatewayEvent } from '../statements/gateway-events.ts';
import { book } from '../statements/ledger.ts';
import { finishTasks, openTask } from '../statements/tasks.ts';
import { receivePayment } from './receive-payment.ts';
import { reversePayment } from './reverse-payment.ts';

/** A dispute as the gateway knows it now. */
export interface SaidDispute {
  disputeId: string;
  gatewayId: string | undefined;
  amountMinor: number;
  currency: string;
  status: CardDisputeStatus;
  reason: string;
  evidenceDueAt?: string | undefined;
  feeMinor: number;
}

interface Doing {
  at: string;
  offsetMs: number;
}

/**
 * Brings the books to what the gateway says of a dispute now (P1): opened, as much of its receipt is taken back as of a payment
 * that bounced; won, the money pays again, once; lost, the gateway's fee is booked. Where a receipt
 * cannot be taken back, the dispute says why, and a person has to.
 */
export async function noteCardDispute(
  tx: Transaction,
  { event, said, ...doing }: { event: GatewayEvent; said: SaidDispute } & Doing,
): Promise<void> {
  const { at } = doing;
  const { gatewayId, currency, amountMinor, reason } = said;
  const owner = await ownerOfGatewayPayment(tx, gatewayId);
  if (!owner || gatewayId === undefined || owner.currency !== currency) {
    const note = `${formatMoney({ currency, amountMinor })} of a payment that is not ours is disputed`;
    return parkGatewayEvent(tx, event, { note, at });
  }
  // The gateway knows of it before we do: asked again until it is noted.
  if (!owner.isReceived) throw new Error(`${gatewayId} is disputed, and not noted as taken yet`);

  const dispute = await lockDispute(tx, { ...said, gatewayId }, owner.customerId, at);
  const books = {
    takenBack: dispute.takenPaymentId !== null,
    paidAgain: dispute.wonPaymentId !== null,
    feeBooked: dispute.feeMinor > 0,
  };
  const status = statusAfter(dispute.isNew ? undefined : dispute.status, said.status);
  for (const step of stepsOfDispute(status, books)) await take(tx, step, dispute, { ...doing, said });
  if (dispute.takenPaymentId === null && status !== 'open' && status !== 'lost') dispute.problem = null;
  if (contradicts(status, books)) dispute.problem = 'it is lost, and had been won: its money has come back';
  await tx.query(
    `UPDATE card_disputes SET status = $2, evidence_due_at = coalesce($3, evidence_due_at), fee_minor = $4, taken_payment_id = $5,
       taken_number = $6, won_payment_id = $7, problem = $8, changed_at = $9 WHERE id = $1`,
    [
      dispute.id,
      status,
      said.evidenceDueAt,
      dispute.feeMinor,
      dispute.takenPaymentId,
      dispute.takenNumber,
      dispute.wonPaymentId,
      dispute.problem,
      at,
    ],
  );
  if (dispute.isNew || dispute.status !== status || dispute.problem !== null) {
    const words = `${formatMoney({ currency, amountMinor })} of a card payment is disputed (${reason}): ${status}`;
    await record(tx, {
      at,
      actor: system,
      action: `card-dispute-${status}`,
      summary: dispute.problem === null ? words : `${words}; ${dispute.problem}`,
      customerId: dispute.customerId,
      before: dispute.isNew ? undefined : { status: dispute.status },
      after: { ...dispute, status },
    });
  }
  await keepTask(tx, { ...dispute, status, evidenceDueAt: said.evidenceDueAt ?? dispute.evidenceDueAt }, at);
  await endGatewayEvent(tx, { eventId: event.eventId, note: `${status}${dispute.problem ? `: ${dispute.problem}` : ''}`, at });
}

type LockedDispute = CardDispute & { isNew: boolean };

/** The first lock of the transaction: messages of one dispute take turns. */
async function lockDispute(
  tx: Transaction,
  said: SaidDispute & { gatewayId: string },
  customerId: string,
  at: string,
): Promise<LockedDispute> {
  const { disputeId, gatewayId, currency, amountMinor, status, reason } = said;
  const { rowCount } = await tx.query(
    `INSERT INTO card_disputes (id, gateway_id, customer_id, currency, amount_minor, status, reason, at, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT (id) DO NOTHING`,
    [disputeId, gatewayId, customerId, currency, amountMinor, status, reason.slice(0, 100), at],
  );
  const dispute = only(
    await tx.query<CardDispute>(`SELECT ${cardDisputeColumns} FROM card_disputes WHERE id = $1 FOR UPDATE`, [disputeId]),
  );
  return { ...dispute, isNew: rowCount === 1 };
}

async function take(
  tx: Transaction,
  step: DisputeStep,
  dispute: LockedDispute,
  doing: Doing & { said: SaidDispute },
): Promise<void> {
  const { said, at } = doing;
  if (step === 'take-back') return takeBack(tx, dispute, doing);
  if (step === 'pay-again') return payAgain(tx, dispute, doing);
  dispute.feeMinor = said.feeMinor;
  const { id, customerId, currency } = dispute;
  await book(
    tx,
    { eventId: `${id}:fee`, kind: 'card-dispute-fee', bookedOn: await today(tx, at), currency, customerId, at },
    bankCharged({ amountMinor: said.feeMinor }),
  );
}

/**
 * So much of a receipt is taken back as is disputed: of one that still stands for as much, or else of one of which a part was refunded,
 * which its customer then owes.
 */
async function takeBack(tx: Transaction, dispute: LockedDispute, { at, offsetMs }: Doing): Promise<void> {
  const { gatewayId, amountMinor, reason } = dispute;
  const { rows } = await tx.query<{ paymentId: string }>(
    `SELECT p.id AS "paymentId" FROM card_receipts r JOIN payments p ON p.id = r.payment_id
     WHERE r.gateway_id = $1 AND p.amount_minor - p.reversed_minor >= $2
     ORDER BY p.amount_minor - p.reversed_minor - p.refunded_minor < $2, p.amount_minor LIMIT 1`,
    [gatewayId, amountMinor],
  );
  const receipt = rows[0];
  if (!receipt) {
    dispute.problem = 'no receipt of this payment stands for as much any more';
    return;
  }
  const { paymentId } = receipt;
  try {
    const why = `its card's bank has taken it back (${reason})`;
    const reversal = { paymentId, kind: 'chargeback', amountMinor, reason: why, actor: system, at, offsetMs } as const;
    const { number } = await reversePayment(tx, reversal);
    Object.assign(dispute, { takenPaymentId: paymentId, takenNumber: number, problem: null });
  } catch (error) {
    // Refused before anything was written: what was given up is for a person to untangle.
    if (!(error instanceof Refusal)) throw error;
    dispute.problem = error.message;
  }
}

/** The money is ours after all: it pays what it had paid, once, and keeps the discounts of the day on which it first came. */
async function payAgain(tx: Transaction, dispute: LockedDispute, { at, offsetMs }: Doing): Promise<void> {
  const { id, customerId, currency, amountMinor, takenPaymentId, takenNumber } = dispute;
  const { rows } = await tx.query<{ invoiceIds: string[]; valueOn: string }>(
    `SELECT value_on AS "valueOn", ARRAY(
         SELECT invoice_id FROM reversed_applications a WHERE a.payment_id = p.id AND a.number = $2
         UNION SELECT invoice_id FROM payment_reversals r WHERE r.payment_id = p.id AND r.number = $2 AND invoice_id IS NOT NULL
         ORDER BY 1) AS "invoiceIds"
     FROM payments p WHERE id = $1`,
    [takenPaymentId, takenNumber],
  );
  const { invoiceIds, valueOn } = rows[0]!;
  const { paymentId } = await receivePayment(tx, {
    customerId,
    method: 'card',
    currency,
    amountMinor,
    valueOn: await today(tx, at),
    invoiceIds,
    externalReference: `${id}:won`,
    discountsOn: valueOn,
    actor: system,
    at,
    offsetMs,
  });
  dispute.wonPaymentId = paymentId;
}

/** One task for receivables: the evidence, while it can be given; what the books could not follow, until a person has. */
async function keepTask(tx: Transaction, dispute: CardDispute, at: string): Promise<void> {
  const { id, customerId, currency, amountMinor, status, reason, evidenceDueAt, problem } = dispute;
  const key = `${id}:card-dispute`;
  const disputed = `${formatMoney({ currency, amountMinor })} that ${customerId} paid by card`;
  if (problem !== null) {
    await openTask(tx, {
      key: `${key}:problem`,
      kind: 'card-dispute',
      role: 'finance',
      title: `${disputed} is disputed and not taken back in the books: ${problem}`.slice(0, 300),
      details: { disputeId: id, status },
      customerId,
      at,
    });
  } else {
    const outcome = { reason: 'the books follow' };
    await finishTasks(tx, { keys: [`${key}:problem`] }, { status: 'completed', by: system.name, outcome, at });
  }
  if (status === 'open' || status === 'inquiry') {
    await openTask(tx, {
      key,
      kind: 'card-dispute',
      role: 'receivables',
      title: `${disputed} is ${status === 'open' ? 'disputed' : 'asked about by its bank'} (${reason}): give the gateway the evidence, or accept it`,
      details: { disputeId: id, takenPaymentId: dispute.takenPaymentId },
      customerId,
      dueAt: evidenceDueAt ?? undefined,
      at,
    });
    return;
  }
  await finishTasks(
    tx,
    { keys: [key] },
    { status: 'completed', by: system.name, outcome: { reason: `the dispute is ${status}` }, at },
  );
}

async function today(tx: Transaction, at: string): Promise<string> {
  return localDate(at, (await readCompany(tx)).timeZone);
}
