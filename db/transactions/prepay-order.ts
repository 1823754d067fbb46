import { paymentReference } from '../../domain/invoice.ts';
import { formatMoney } from '../../domain/money.ts';
import type { OrderStatus } from '../../domain/order.ts';
import { defaultPrepaymentDays, isPrepaid, prepaymentDue, prepaymentTerms } from '../../domain/prepayment.ts';
import { localDate, toMillis } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { totalsOf } from '../statements/amended-lines.ts';
import { record, system } from '../statements/audit.ts';
import { readPolicy } from '../statements/company.ts';
import { lockAccount, wakeWaitingOrders } from '../statements/credit.ts';
import { nextNumber, partiesOf } from '../statements/invoices.ts';
import { tell, tellAccepted } from '../statements/notices.ts';
import { lockOrder, moveOrder, type OrderRow, orderLines } from '../statements/orders.ts';
import { type PrepaymentRow, readPrepayment } from '../statements/prepayments.ts';
import { once } from '../statements/steps.ts';
import { finishTasks } from '../statements/tasks.ts';
import { cancelUnits } from './cancel-order.ts';

export type PrepaidOutcome = { outcome: 'held' } | { outcome: 'wait'; for: 'prepayment'; dueAt: string };

/**
 * Where a prepaid order stands (C1): it asks for the money once, waits for it until the deadline, and then goes on without a
 * credit check and without taking any of the limit. The order and the account are locked by the caller.
 */
export async function holdPrepayment(tx: Transaction, order: OrderRow, at: string): Promise<PrepaidOutcome> {
  const asked = await readPrepayment(tx, order.id);
  if (!asked && order.grossMinor > 0) return { outcome: 'wait', for: 'prepayment', ...(await askForPrepayment(tx, order, at)) };
  if (asked && asked.status !== 'received') return { outcome: 'wait', for: 'prepayment', dueAt: asked.dueAt };

  await acceptWithoutCredit(tx, order, {
    command: 'accept-prepayment',
    action: 'prepayment-accepted',
    summary: `Paid in advance, ${formatMoney({ currency: order.currency, amountMinor: order.grossMinor })}: no credit is needed`,
    at,
  });
  return { outcome: 'held' };
}

/** Accepts an order whose money is there, or held on a card: it goes on without any of the limit. The order is locked by the caller. */
export async function acceptWithoutCredit(
  tx: Transaction,
  order: OrderRow,
  how: { command: 'accept-prepayment' | 'accept-card'; action: string; summary: string; at: string },
): Promise<void> {
  const { command, action, summary, at } = how;
  // A hold of nothing: what is shipped and invoiced of the order then moves nothing between the buckets of the limit.
  await tx.query(
    `INSERT INTO credit_holds (order_id, customer_id, approved_minor, remaining_minor, closed_at, at) VALUES ($1, $2, 0, 0, $3, $3)`,
    [order.id, order.customerId, at],
  );
  await moveOrder(tx, order, command, at);
  await tellAccepted(tx, order, at);
  await record(tx, { at, actor: system, action, summary, customerId: order.customerId, orderId: order.id });
}

/** Asks the customer for an order's money before anything is shipped: a pro-forma of its own series, and a deadline. */
export async function askForPrepayment(tx: Transaction, order: OrderRow, at: string): Promise<{ dueAt: string }> {
  const { id: orderId, customerId } = order;
  if (!isPrepaid(order.terms)) {
    await tx.query('UPDATE orders SET terms = $2 WHERE id = $1', [orderId, JSON.stringify(prepaymentTerms)]);
    order.terms = prepaymentTerms;
  }
  await finishTasks(
    tx,
    { orderId, kinds: ['credit-review', 'over-limit'] },
    { status: 'completed', by: 'system', outcome: { found: 'payment in advance' }, at },
  );
  const stoodInLine = order.status === 'over-limit';
  await moveOrder(tx, order, 'ask-for-prepayment', at);
  if (stoodInLine) await wakeWaitingOrders(tx, customerId, `${orderId}:prepaid`, orderId);
  return issueProForma(tx, order, { at });
}

/**
 * Asks for another amount after the order was amended, by a pro-forma that replaces the one before; money that quotes that one still
 * finds its order. What has come of it already counts. The order and the account are locked by the caller.
 */
export async function replaceProForma(tx: Transaction, order: OrderRow, asked: PrepaymentRow, at: string): Promise<void> {
  await issueProForma(tx, order, { replaced: asked, at });
}

async function issueProForma(
  tx: Transaction,
  order: OrderRow,
  { replaced, at }: { replaced?: PrepaymentRow; at: string },
): Promise<{ dueAt: string }> {
  const [policy, parties, lines] = await Promise.all([
    readPolicy(tx, 'credit'),
    partiesOf(tx, order.customerId),
    orderLines(tx, order.id),
  ]);
  const { timeZone } = parties.seller;
  const issuedOn = localDate(at, timeZone);
  const { dueOn, dueAt } = prepaymentDue(at, policy.prepaymentDays ?? defaultPrepaymentDays, timeZone);
  const { id: orderId, customerId, currency, grossMinor } = order;
  // Of what is still wanted: units that were cancelled are not paid for.
  const totals = totalsOf(lines, order.taxRounding)!;
  const number = await nextNumber(tx, 'PRO', Number(issuedOn.slice(0, 4)));
  const reference = paymentReference(number);
  if (replaced) {
    await tx.query(
      `INSERT INTO superseded_pro_formas (number, order_id, customer_id, payment_reference, currency, amount_minor, issued_on, due_on, facts,
         superseded_by, superseded_at)
       SELECT number, order_id, customer_id, payment_reference, currency, amount_minor, issued_on, due_on, facts, $2, $3
       FROM prepayments WHERE order_id = $1`,
      [orderId, number, at],
    );
  }
  await tx.query(
    `INSERT INTO prepayments (order_id, customer_id, number, payment_reference, currency, amount_minor, issued_on, due_on, due_at, facts, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (order_id) DO UPDATE SET number = excluded.number, payment_reference = excluded.payment_reference,
       amount_minor = excluded.amount_minor, issued_on = excluded.issued_on, due_on = excluded.due_on, due_at = excluded.due_at,
       facts = excluded.facts, at = excluded.at`,
    [
      orderId,
      customerId,
      number,
      reference,
      currency,
      grossMinor,
      issuedOn,
      dueOn,
      dueAt,
      JSON.stringify({ ...totals, orderedOn: localDate(order.placedAt, timeZone), shipTo: order.shipTo, ...parties }),
      at,
    ],
  );
  const amount = formatMoney({ currency, amountMinor: grossMinor });
  await record(tx, {
    at,
    actor: system,
    action: replaced ? 'pro-forma-replaced' : 'prepayment-asked-for',
    summary: `${number}: ${amount} to be paid in advance by ${dueOn}${replaced ? `, instead of ${replaced.number}` : ''}`,
    policyVersion: `credit v${policy.version}`,
    customerId,
    orderId,
    before: replaced && { number: replaced.number, amountMinor: replaced.amountMinor, dueOn: replaced.dueOn },
    after: { number, paymentReference: reference, dueOn, dueAt },
  });
  await tell(tx, {
    key: `${number}:prepayment-request`,
    kind: 'prepayment-request',
    customerId,
    orderId,
    facts: {
      orderId,
      proFormaNumber: number,
      ...(replaced ? { replacedNumber: replaced.number } : {}),
      paymentReference: reference,
      grossMinor,
      currency,
      dueOn,
    },
    at,
  });
  return { dueAt };
}

/** At the deadline: cancels an order whose money has not come in full; what has come waits as unapplied cash (C1, P1). */
export async function missPrepayment(
  tx: Transaction,
  { orderId, at }: { orderId: string; at: string },
): Promise<{ outcome: 'cancelled' | 'received'; orderStatus: OrderStatus }> {
  const order = await lockOrder(tx, orderId);
  // A pro-forma that replaces another one has a deadline of its own, and the workflow may come with that of the old one.
  return once(tx, orderId, `prepayment-deadline:${at}`, at, async () => {
    // Money that comes at this moment is either seen here, or sees the order cancelled.
    await lockAccount(tx, order.customerId);
    const asked = await readPrepayment(tx, orderId);
    if (order.status !== 'awaiting-prepayment' || asked?.status !== 'awaited' || toMillis(at) < toMillis(asked.dueAt)) {
      return { outcome: 'received', orderStatus: order.status };
    }
    const reason = `the payment in advance (${asked.number}) had not arrived in full by ${asked.dueOn}`;
    await cancelUnits(tx, order, { eventId: `prepayment-deadline:${at}`, actor: system, reason, outOfStock: false, at });
    return { outcome: 'cancelled', orderStatus: order.status };
  });
}
