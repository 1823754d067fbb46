import { Refusal } from '../../domain/failures.ts';
import { invoiceTotals } from '../../domain/invoice.ts';
import { formatMoney } from '../../domain/money.ts';
import { finalOrderStatuses, isFinal, type OrderStatus } from '../../domain/order.ts';
import {
  anotherCardDue,
  type CardStep,
  declineInWords,
  defaultAnotherCardDays,
  defaultCardAuthorisationDays,
  renewedAfterSeconds,
  stepForRest,
  stepToAccept,
  stepToRenew,
  stepToTake,
} from '../../domain/order-card.ts';
import { addDays, localDate, plusSeconds, toMillis } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record, system } from '../statements/audit.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { lockAccount } from '../statements/credit.ts';
import { endGatewayEvent, type GatewayEvent } from '../statements/gateway-events.ts';
import { tell } from '../statements/notices.ts';
import {
  type AuthorisationRow,
  authorisationsOf,
  readAuthorisation,
  readOrderCard,
  requestAuthorisation,
} from '../statements/order-cards.ts';
import { lockOrder, moveOrder, type OrderRow, orderLines } from '../statements/orders.ts';
import { enqueue } from '../statements/outbox.ts';
import { once } from '../statements/steps.ts';
import { openTask } from '../statements/tasks.ts';
import { cancelUnits } from './cancel-order.ts';
import { acceptWithoutCredit } from './prepay-order.ts';
import { receivePayment } from './receive-payment.ts';

/*
 * An order that is paid by card (P1, C1). Between two requests to the gateway there is one transaction here, under the order's lock: it
 * takes note of the last answer, or says, and writes down, what is asked next.
 */

/** What is to be asked of the gateway now. */
export interface GatewayRequest {
  ask: 'authorise' | 'capture' | 'release';
  key: string;
}

export type CardAcceptance =
  | GatewayRequest
  | { outcome: 'authorised' | 'ended' }
  | { outcome: 'wait'; for: 'card'; dueAt: string };

/** The next step towards an accepted order: its gross is held on its card, or another card is waited for. */
export async function acceptByCard(
  tx: Transaction,
  { orderId, at }: { orderId: string; at: string },
): Promise<CardAcceptance & { orderStatus: OrderStatus }> {
  const order = await lockOrder(tx, orderId);
  const given = <Outcome extends CardAcceptance>(outcome: Outcome) => ({ ...outcome, orderStatus: order.status });
  if (isFinal(order.status)) return given({ outcome: 'ended' });
  const card = await cardOf(tx, orderId);
  if (card.status === 'authorised') return given({ outcome: 'authorised' });
  const authorisations = await authorisationsOf(tx, orderId);
  const step: CardStep = order.grossMinor === 0 ? { next: 'nothing' } : stepToAccept(authorisations, order.grossMinor);
  if (step.next === 'hold' && card.status === 'declined') return given({ outcome: 'wait', for: 'card', dueAt: card.dueAt! });
  const request = await takeStep(tx, step, { orderId, at });
  if (request) return given(request);

  await tx.query("UPDATE order_cards SET status = 'authorised', code = NULL, due_at = NULL WHERE order_id = $1", [orderId]);
  await acceptWithoutCredit(tx, order, {
    command: 'accept-card',
    action: 'card-authorised',
    summary: `${money(order, order.grossMinor)} is held on the card: no credit is needed`,
    at,
  });
  return given({ outcome: 'authorised' });
}

/** The next step towards an invoice that is paid by its order's card; nothing once it is, or cannot be. */
export async function takeByCard(
  tx: Transaction,
  { orderId, invoiceId, at }: { orderId: string; invoiceId: string; at: string },
): Promise<GatewayRequest | undefined> {
  const order = await lockOrder(tx, orderId);
  const [policy, authorisations, invoice] = await Promise.all([
    readPolicy(tx, 'credit'),
    authorisationsOf(tx, orderId),
    tx.query<{ openMinor: number }>('SELECT open_minor AS "openMinor" FROM invoices WHERE id = $1', [invoiceId]),
  ]);
  const { openMinor } = only(invoice);
  const validDays = policy.cardAuthorisationDays ?? defaultCardAuthorisationDays;
  const step = stepToTake(authorisations, { invoiceId, openMinor, at, validDays });
  if (step.next === 'give-up') {
    await once(tx, orderId, `card-not-taken:${invoiceId}`, at, () => giveUp(tx, order, { invoiceId, openMinor, ...step, at }));
    return undefined;
  }
  return takeStep(tx, step, { orderId, invoiceId, openMinor, at });
}

/** The next step for what is still to be invoiced of an order: held anew while something is, let go when nothing is. */
export async function holdRestOnCard(
  tx: Transaction,
  { orderId, at }: { orderId: string; at: string },
): Promise<GatewayRequest | undefined> {
  const order = await lockOrder(tx, orderId);
  const [authorisations, restMinor, untakenMinor] = await Promise.all([
    authorisationsOf(tx, orderId),
    restOf(tx, order),
    untakenOf(tx, orderId),
  ]);
  return takeStep(tx, stepForRest(authorisations, restMinor, untakenMinor), { orderId, at });
}

/** What of the order's invoices is still to be taken from its card: neither begun nor given up. */
async function untakenOf(tx: Transaction, orderId: string): Promise<number> {
  const found = await tx.query<{ untakenMinor: number }>(
    `SELECT coalesce(sum(open_minor), 0)::bigint AS "untakenMinor" FROM invoices i
     WHERE order_id = $1 AND kind = 'invoice' AND corrects_invoice_id IS NULL
       AND NOT EXISTS (SELECT FROM card_authorisations a WHERE a.invoice_id = i.id AND a.status IN ('capturing', 'captured'))
       AND NOT EXISTS (SELECT FROM steps s WHERE s.subject = $1 AND s.step = 'card-not-taken:' || i.id)`,
    [orderId],
  );
  return only(found).untakenMinor;
}

/** What is still to be taken from the order's card. */
async function restOf(tx: Transaction, order: OrderRow): Promise<number> {
  const [card, lines] = await Promise.all([cardOf(tx, order.id), orderLines(tx, order.id)]);
  if (isFinal(order.status) || card.status !== 'authorised') return 0;
  const toInvoice = lines
    .map((line) => ({ ...line, quantity: line.quantity - line.cancelledQuantity - line.invoicedQuantity }))
    .filter(({ quantity }) => quantity > 0);
  return invoiceTotals(toInvoice, order.taxRounding).grossMinor;
}

/**
 * The next step for an amount that will not be held much longer, or is held no more, before the goods leave: once they have, a card that
 * says no is an open invoice. A card that gives no more is a task, in time.
 */
export async function renewHoldOnCard(
  tx: Transaction,
  { key, at }: { key: string; at: string },
): Promise<GatewayRequest | undefined> {
  const { orderId, heldAt, amountMinor } = await readAuthorisation(tx, key);
  const order = await lockOrder(tx, orderId);
  const [authorisations, restMinor] = await Promise.all([authorisationsOf(tx, orderId), restOf(tx, order)]);
  const step = stepToRenew(authorisations, key, restMinor);
  if (step.next !== 'give-up') return takeStep(tx, step, { orderId, at });
  await openTask(tx, {
    key: `${key}:card-hold`,
    kind: 'card-hold',
    role: 'receivables',
    title: `The ${money(order, amountMinor)} that the card of ${orderId} held are not held for much longer, and it holds no more: ${declineInWords(step.code)}. Speak with ${order.customerId} before the goods leave`,
    details: { code: step.code, heldAt },
    customerId: order.customerId,
    orderId,
    at,
  });
  return undefined;
}

const renewalsAtOnce = 200;

/** Has what gateways are about to let go held anew, while goods are still to leave for it. Each is asked for once. */
export async function renewCardHolds(tx: Transaction, { at }: { at: string }): Promise<{ renewed: number; more: boolean }> {
  const heldSince = plusSeconds(at, -renewedAfterSeconds(await readPolicy(tx, 'credit')));
  const { rows } = await tx.query<{ key: string }>(
    `SELECT a.key FROM card_authorisations a JOIN orders o ON o.id = a.order_id
     WHERE a.status = 'held' AND a.invoice_id IS NULL AND o.status <> ALL ($2)
       AND a.held_at <= $1 AND NOT EXISTS (SELECT FROM outbox b WHERE b.key = 'card:renewal:' || a.key)
     ORDER BY a.held_at, a.key LIMIT $3`,
    [heldSince, finalOrderStatuses, renewalsAtOnce],
  );
  await enqueue(tx, ...rows.map(({ key }) => ({ kind: 'card-work', work: 'renewal', id: key }) as const));
  return { renewed: rows.length, more: rows.length === renewalsAtOnce };
}

/** The gateway holds the amount no more, without our having asked it to let go; it is held anew while goods are to leave for it. */
export async function noteLostAuthorisation(
  tx: Transaction,
  { event, gatewayId, at }: { event: GatewayEvent; gatewayId: string; at: string },
): Promise<void> {
  const { rows } = await tx.query<{ key: string }>(
    "SELECT key FROM card_authorisations WHERE gateway_id = $1 AND status = 'held'",
    [gatewayId],
  );
  for (const { key } of rows) {
    const { order, status, amountMinor } = await lockAuthorisation(tx, key);
    // What is being taken, or let go by us, has its own answer.
    if (status !== 'held') continue;
    await tx.query("UPDATE card_authorisations SET status = 'expired' WHERE key = $1", [key]);
    await record(tx, {
      at,
      actor: system,
      action: 'card-hold-lost',
      summary: `The gateway no longer holds ${money(order, amountMinor)} on the card`,
      customerId: order.customerId,
      orderId: order.id,
      after: { key, gatewayId },
    });
    await enqueue(tx, { kind: 'card-work', work: 'renewal', id: key });
  }
  await endGatewayEvent(tx, { eventId: event.eventId, at });
}

/** Writes down what is asked next. */
async function takeStep(
  tx: Transaction,
  step: CardStep,
  of: { orderId: string; invoiceId?: string; openMinor?: number; at: string },
): Promise<GatewayRequest | undefined> {
  switch (step.next) {
    case 'hold':
      return { ask: 'authorise', key: await requestAuthorisation(tx, { ...of, amountMinor: step.amountMinor }) };
    case 'ask-again':
      return { ask: 'authorise', key: step.key };
    case 'capture':
      // The amount of the first request stands: the gateway may have taken it.
      await tx.query(
        `UPDATE card_authorisations SET status = 'capturing', invoice_id = $2, captured_minor = coalesce(captured_minor, $3)
         WHERE key = $1`,
        [step.key, of.invoiceId, of.openMinor],
      );
      return { ask: 'capture', key: step.key };
    case 'release':
      await tx.query("UPDATE card_authorisations SET status = 'releasing' WHERE key = $1", [step.key]);
      return { ask: 'release', key: step.key };
    default:
      return undefined;
  }
}

/** The gateway holds the amount, or the card's bank has said no: then an order that is not accepted yet waits for another card. */
export async function noteAuthorisation(
  tx: Transaction,
  { key, gatewayId, code, at }: { key: string; gatewayId?: string; code?: string; at: string },
): Promise<void> {
  const authorisation = await lockAuthorisation(tx, key);
  if (authorisation.status !== 'requested') return;
  await tx.query(
    `UPDATE card_authorisations SET status = CASE WHEN $2::text IS NULL THEN 'declined' ELSE 'held' END, gateway_id = $2, code = $3,
       held_at = CASE WHEN $2 IS NOT NULL THEN $4::timestamptz END WHERE key = $1`,
    [key, gatewayId, code?.slice(0, 100), at],
  );
  const { order, amountMinor, invoiceId } = authorisation;
  const by = { at, actor: system, customerId: order.customerId, orderId: order.id };
  if (code === undefined) {
    const summary = `${money(order, amountMinor)} is held on the card${invoiceId ? ` for ${invoiceId}` : ''}`;
    await record(tx, { ...by, action: 'card-held', summary, after: { key, gatewayId } });
    return;
  }
  const reason = declineInWords(code);
  const summary = `${money(order, amountMinor)} could not be held on the card: ${reason}`;
  await record(tx, { ...by, action: 'card-declined', summary, after: { key, code: code.slice(0, 100) } });
  const card = await cardOf(tx, order.id);
  if (card.status === 'authorised' || isFinal(order.status)) return;
  const [policy, { timeZone }] = await Promise.all([readPolicy(tx, 'credit'), readCompany(tx)]);
  // Other cards that fail do not put the deadline off.
  const dueAt = card.dueAt ?? anotherCardDue(at, policy.anotherCardDays ?? defaultAnotherCardDays, timeZone);
  await tx.query("UPDATE order_cards SET status = 'declined', code = $2, due_at = $3 WHERE order_id = $1", [
    order.id,
    code.slice(0, 100),
    dueAt,
  ]);
  if (order.status !== 'awaiting-card') await moveOrder(tx, order, 'ask-for-card', at, reason);
  await tell(tx, {
    key: `${key}:declined`,
    kind: 'card-declined',
    customerId: order.customerId,
    orderId: order.id,
    facts: {
      orderId: order.id,
      grossMinor: amountMinor,
      currency: order.currency,
      reason,
      dueOn: addDays(localDate(dueAt, timeZone), -1),
    },
    at,
  });
}

/** The gateway has taken the money, and it pays the invoice as any receipt does; or it had let the amount go by then. */
export async function noteCapture(
  tx: Transaction,
  { key, outcome, at }: { key: string; outcome: 'captured' | 'expired'; at: string },
): Promise<void> {
  const { order, status, invoiceId, gatewayId, capturedMinor } = await lockAuthorisation(tx, key);
  if (status !== 'capturing') return;
  if (outcome === 'expired') {
    await tx.query("UPDATE card_authorisations SET status = 'expired', captured_minor = NULL WHERE key = $1", [key]);
    return;
  }
  const { timeZone } = await readCompany(tx);
  const { paymentId } = await receivePayment(tx, {
    customerId: order.customerId,
    method: 'card',
    currency: order.currency,
    amountMinor: capturedMinor!,
    valueOn: localDate(at, timeZone),
    invoiceIds: [invoiceId!],
    externalReference: gatewayId!,
    actor: system,
    at,
    offsetMs: order.clockOffsetMs,
  });
  await tx.query("UPDATE card_authorisations SET status = 'captured', payment_id = $2 WHERE key = $1", [key, paymentId]);
}

export async function noteRelease(tx: Transaction, { key }: { key: string }): Promise<void> {
  await lockAuthorisation(tx, key);
  await tx.query("UPDATE card_authorisations SET status = 'released' WHERE key = $1 AND status = 'releasing'", [key]);
}

/** The money cannot be had from the card: the invoice stays open like any other, its customer is told, and a person looks at it. */
async function giveUp(
  tx: Transaction,
  order: OrderRow,
  { invoiceId, openMinor, code, at }: { invoiceId: string; openMinor: number; code: string; at: string },
): Promise<{ outcome: 'not-taken' }> {
  const { id: orderId, customerId, currency } = order;
  const reason = declineInWords(code);
  await openTask(tx, {
    key: `${invoiceId}:card-not-taken`,
    kind: 'card-not-taken',
    role: 'receivables',
    title: `${money(order, openMinor)} of ${invoiceId} could not be taken from the card of ${customerId}: ${reason}`,
    details: { code },
    customerId,
    orderId,
    invoiceId,
    at,
  });
  await record(tx, {
    at,
    actor: system,
    action: 'card-not-taken',
    summary: `${invoiceId} is open: ${money(order, openMinor)} could not be taken from the card`,
    reason,
    customerId,
    orderId,
    invoiceId,
  });
  await tell(tx, {
    key: `${invoiceId}:card-not-taken`,
    kind: 'card-not-taken',
    customerId,
    orderId,
    invoiceId,
    facts: { orderId, invoiceId, openMinor, currency, reason },
    at,
  });
  return { outcome: 'not-taken' };
}

/** At the deadline: cancels an order for which no card has come (C1). */
export async function missCard(
  tx: Transaction,
  { orderId, at }: { orderId: string; at: string },
): Promise<{ outcome: 'cancelled' | 'another-card'; orderStatus: OrderStatus }> {
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `card-deadline:${at}`, at, async () => {
    const card = await cardOf(tx, orderId);
    if (order.status !== 'awaiting-card' || card.status !== 'declined' || toMillis(at) < toMillis(card.dueAt!)) {
      return { outcome: 'another-card', orderStatus: order.status };
    }
    const reason = 'no card that its bank accepts was given in time';
    await cancelUnits(tx, order, { eventId: `card-deadline:${at}`, actor: system, reason, outOfStock: false, at });
    return { outcome: 'cancelled', orderStatus: order.status };
  });
}

/** Takes another card for an order that waits for one; its workflow has it tried at once. */
export async function giveAnotherCard(
  tx: Transaction,
  { orderId, paymentMethod, actor, at }: { orderId: string; paymentMethod: string; actor: Actor; at: string },
): Promise<{ orderStatus: OrderStatus; dueAt: string }> {
  const order = await lockOrder(tx, orderId);
  const card = await readOrderCard(tx, orderId);
  if (!card || order.status !== 'awaiting-card' || card.status !== 'declined') {
    const detail = card?.status === 'requested' ? 'a card of it is being tried right now' : `it is ${order.status}`;
    throw new Refusal(409, 'order-state', `${orderId} waits for no card: ${detail}.`);
  }
  await tx.query("UPDATE order_cards SET payment_method = $2, status = 'requested' WHERE order_id = $1", [
    orderId,
    paymentMethod,
  ]);
  await record(tx, {
    at,
    actor,
    action: 'card-given',
    summary: 'Another card was given',
    customerId: order.customerId,
    orderId,
  });
  const { rows } = await tx.query<{ number: number }>(
    'SELECT count(*)::int AS number FROM card_authorisations WHERE order_id = $1',
    [orderId],
  );
  const cause = `${orderId}:card:${rows[0]!.number + 1}`;
  await enqueue(tx, { kind: 'signal', workflowId: orderId, hint: { signal: 'creditMayHaveRoom' }, cause });
  return { orderStatus: order.status, dueAt: card.dueAt! };
}

async function cardOf(tx: Transaction, orderId: string) {
  const card = await readOrderCard(tx, orderId);
  if (!card) throw new Error(`${orderId} is not paid by card`);
  return card;
}

/** Under the lock of its order, which comes before every other. */
async function lockAuthorisation(tx: Transaction, key: string): Promise<AuthorisationRow & { order: OrderRow }> {
  const { orderId } = await readAuthorisation(tx, key);
  const order = await lockOrder(tx, orderId);
  await lockAccount(tx, order.customerId);
  return { ...(await readAuthorisation(tx, key)), order };
}

const money = (order: OrderRow, amountMinor: number): string => formatMoney({ currency: order.currency, amountMinor });
