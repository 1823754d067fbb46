import { askedToday } from '../../domain/early-payment.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { formatMoney, sumMinor } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Queryable, type Transaction } from '../client.ts';
import { type CardPayment, cardPaymentColumns } from '../queries/card-payments.ts';
import { type Actor, record, system } from '../statements/audit.ts';
import { discountsOf } from '../statements/cash-application.ts';
import { readCompany } from '../statements/company.ts';
import { lockAccount } from '../statements/credit.ts';
import { faultsOfNamed, lockOpenItems } from '../statements/invoices.ts';
import { enqueue } from '../statements/outbox.ts';
import { receivePayment } from './receive-payment.ts';

export interface PayByCardInput {
  customerId: string;
  /** The first is the one that was asked for, the others go with it. */
  invoiceIds: string[];
  /** The gateway's token of the card. */
  paymentMethod: string;
  /** Absent: all that is asked for of them today. */
  amountMinor?: number | undefined;
  actor: Actor;
  at: string;
}

/** Has open invoices paid by card (P1): the gateway is asked as soon as this has committed. Never more than is asked for, one at a time. */
export async function payByCard(tx: Transaction, input: PayByCardInput): Promise<CardPayment> {
  const { customerId, invoiceIds, paymentMethod, actor, at } = input;
  await lockAccount(tx, customerId);
  const faults: Fault[] = await faultsOfNamed(tx, customerId, invoiceIds);
  if (faults.length > 0) throw new Refusal(422, 'invalid-card-payment', 'These cannot be paid by card.', { faults });
  const { currency, askedMinor, count } = await askedOf(tx, customerId, invoiceIds, at);
  // A pro-forma is no invoice yet, and may be paid by transfer only.
  if (count < invoiceIds.length) throw new Refusal(422, 'invalid-card-payment', 'Only invoices can be paid by card.');
  const amountMinor = input.amountMinor ?? askedMinor;
  if (askedMinor === 0 || amountMinor > askedMinor) {
    const detail = `Of these invoices, ${formatMoney({ currency, amountMinor: askedMinor })} is to be paid today.`;
    throw new Refusal(409, 'more-than-owed', detail);
  }
  const inserted = await tx.query<CardPayment>(
    `INSERT INTO card_payments (customer_id, currency, amount_minor, invoice_ids, payment_method, actor, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING ${cardPaymentColumns}`,
    [customerId, currency, amountMinor, invoiceIds, paymentMethod, actor.name, at],
  );
  const cardPayment = inserted.rows[0];
  if (!cardPayment) throw new Refusal(409, 'card-payment-under-way', `A card of ${customerId} is being charged right now.`);
  await record(tx, {
    at,
    actor,
    action: 'card-payment-requested',
    summary: `${cardPayment.id}: ${formatMoney({ currency, amountMinor })} by card for ${invoiceIds.join(', ')}`,
    customerId,
    after: { cardPaymentId: cardPayment.id },
  });
  await enqueue(tx, { kind: 'card-payment', cardPaymentId: cardPayment.id });
  return cardPayment;
}

export interface CardCharge extends CardPayment {
  paymentMethod: string;
  companyName: string;
  /** The authorisation that is being captured. */
  gatewayId: string | null;
}

export async function readCardCharge(db: Queryable, cardPaymentId: string): Promise<CardCharge> {
  return only(
    await db.query<CardCharge>(
      `SELECT ${cardPaymentColumns}, payment_method AS "paymentMethod", gateway_id AS "gatewayId",
         (SELECT legal_name FROM company) AS "companyName"
       FROM card_payments WHERE id = $1`,
      [cardPaymentId],
    ),
  );
}

/**
 * What invoices ask for on the day, in the one currency that their customer is billed in. The account is locked.
 */
async function askedOf(
  tx: Transaction,
  customerId: string,
  invoiceIds: string[],
  at: string,
): Promise<{ currency: string; askedMinor: number; count: number }> {
  const { timeZone } = await readCompany(tx);
  const open = await lockOpenItems(tx, customerId, invoiceIds);
  const items = open.filter(({ id }) => invoiceIds.includes(id));
  const discounts = await discountsOf(tx, items, localDate(at, timeZone));
  const asked = items.map((item) => askedToday(item, discounts.get(item.id)).askedMinor);
  return { currency: items[0]?.currency ?? '', askedMinor: sumMinor(asked), count: items.length };
}

/**
 * Written down before the gateway is asked to take what it holds, so that a run which dies after that asks again and does not give up
 * money that was taken. False: less is owed by now, and nothing is to be taken. Another run that has written it down meanwhile may have taken
 * the money already, so that what is owed by now says nothing any more.
 */
export async function beginCapture(
  tx: Transaction,
  { cardPaymentId, gatewayId, at }: { cardPaymentId: string; gatewayId: string; at: string },
): Promise<{ owed: boolean }> {
  const cardPayment = await lockRequested(tx, cardPaymentId);
  if (!cardPayment) return { owed: false };
  if (cardPayment.gatewayId !== null) return { owed: true };
  await lockAccount(tx, cardPayment.customerId);
  const { askedMinor } = await askedOf(tx, cardPayment.customerId, cardPayment.invoiceIds, at);
  if (askedMinor < cardPayment.amountMinor) return { owed: false };
  await tx.query('UPDATE card_payments SET gateway_id = $2 WHERE id = $1', [cardPaymentId, gatewayId]);
  return { owed: true };
}

/**
 * The gateway has taken the money: it is a receipt like any other, once, however often the gateway was asked. Was the card payment given
 * up meanwhile, the money is on our account all the same: it waits unapplied, and a person decides.
 */
export async function settleCardPayment(
  tx: Transaction,
  { cardPaymentId, gatewayId, at, offsetMs }: { cardPaymentId: string; gatewayId: string; at: string; offsetMs: number },
): Promise<void> {
  const cardPayment = await lockCardPayment(tx, cardPaymentId);
  if (cardPayment.paymentId !== null) return;
  const { customerId, currency, amountMinor } = cardPayment;
  const invoiceIds = cardPayment.status === 'requested' ? cardPayment.invoiceIds : [];
  const { timeZone } = await readCompany(tx);
  const { paymentId } = await receivePayment(tx, {
    customerId,
    method: 'card',
    currency,
    amountMinor,
    valueOn: localDate(at, timeZone),
    invoiceIds,
    externalReference: gatewayId,
    actor: system,
    at,
    offsetMs,
  });
  await tx.query(
    "UPDATE card_payments SET status = 'captured', code = NULL, payment_id = $2, ended_at = $3, gateway_id = $4 WHERE id = $1",
    [cardPaymentId, paymentId, at, gatewayId],
  );
}

/** Nothing was taken: the bank said no, or nothing is owed any more. The invoices stay as they are. */
export async function endCardPayment(
  tx: Transaction,
  { cardPaymentId, status, code, at }: { cardPaymentId: string; status: 'declined' | 'cancelled'; code: string; at: string },
): Promise<void> {
  const cardPayment = await lockRequested(tx, cardPaymentId);
  if (!cardPayment) return;
  // The gateway may have taken the money: only its own word ends it now. Whoever cancels did not know, and asks again.
  if (status === 'cancelled' && cardPayment.gatewayId !== null) {
    throw new Error(`${cardPaymentId} is being taken: it cannot be cancelled any more`);
  }
  await tx.query('UPDATE card_payments SET status = $2, code = $3, ended_at = $4 WHERE id = $1', [
    cardPaymentId,
    status,
    code.slice(0, 100),
    at,
  ]);
  await record(tx, {
    at,
    actor: system,
    action: `card-payment-${status}`,
    summary: `${cardPaymentId}: nothing was taken from the card (${code.slice(0, 100)})`,
    customerId: cardPayment.customerId,
    after: { cardPaymentId, code },
  });
}

type LockedCardPayment = CardPayment & Pick<CardCharge, 'gatewayId'>;

async function lockCardPayment(tx: Transaction, id: string): Promise<LockedCardPayment> {
  return only(
    await tx.query<LockedCardPayment>(
      `SELECT ${cardPaymentColumns}, gateway_id AS "gatewayId" FROM card_payments WHERE id = $1 FOR UPDATE`,
      [id],
    ),
  );
}

async function lockRequested(tx: Transaction, id: string): Promise<LockedCardPayment | undefined> {
  const cardPayment = await lockCardPayment(tx, id);
  return cardPayment.status === 'requested' ? cardPayment : undefined;
}
