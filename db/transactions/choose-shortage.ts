import { type Refused, refuse } from '../../domain/failures.ts';
import type { ShortageChoice } from '../../domain/fulfilment.ts';
import { type OrderStatus, openQuantity } from '../../domain/order.ts';
import { planReservation } from '../../domain/stock.ts';
import { localDate, toMillis } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { changeLines, linesAfter, totalsOf } from '../statements/amended-lines.ts';
import { type Actor, record, system } from '../statements/audit.ts';
import { readPolicy } from '../statements/company.ts';
import { heldFor, holdOn, isFrozen, lockAccount, refuseFrozen, refuseOnHold, wakeWaitingOrders } from '../statements/credit.ts';
import { tell } from '../statements/notices.ts';
import { lockOrder, moveOrder, type OrderRow, orderLines } from '../statements/orders.ts';
import { lockFreeStock } from '../statements/production.ts';
import { deadlineAfter } from '../statements/public-holidays.ts';
import { countBackOrdered, releaseShipments, wakeBackOrders } from '../statements/shipments.ts';
import { once } from '../statements/steps.ts';
import { warehouseOrder } from '../statements/stock.ts';
import { cancelUnits } from './cancel-order.ts';

/**
 * Stock has failed an order that may not be back-ordered: its customer is told at once and chooses what becomes of it, until a
 * time that the policy sets (F2). Nothing of it has been billed. The order's row is locked.
 */
export async function offerChoice(tx: Transaction, order: OrderRow, missing: string, at: string): Promise<string> {
  const policy = await readPolicy(tx, 'fulfilment');
  const dueAt = await deadlineAfter(tx, at, policy.choiceBusinessDays);
  await moveOrder(tx, order, 'offer-choice', at, missing);
  order.choiceDueAt = dueAt;
  await tx.query('UPDATE orders SET choice_due_at = $2 WHERE id = $1', [order.id, dueAt]);
  // What its shipments gave back is nobody's while it waits: others may take it.
  const skus = [...new Set((await orderLines(tx, order.id)).map(({ sku }) => sku))];
  await wakeBackOrders(tx, skus, `${order.id}:shortage:${dueAt}`);
  await tell(tx, {
    key: `${order.id}:shortage:${dueAt}`,
    kind: 'shortage',
    customerId: order.customerId,
    orderId: order.id,
    facts: { orderId: order.id, reason: missing, dueAt },
    at,
  });
  await record(tx, {
    at,
    actor: system,
    action: 'choice-offered',
    summary: `${missing} missing: the customer chooses until ${dueAt}; silence cancels`,
    policyVersion: `fulfilment v${policy.version}`,
    customerId: order.customerId,
    orderId: order.id,
  });
  return dueAt;
}

export interface ChooseShortageInput {
  orderId: string;
  eventId: string;
  choice: ShortageChoice;
  actor: Actor;
  at: string;
}

export type ChooseShortageOutcome = { orderStatus: OrderStatus; shipmentIds: string[] } | Refused;

/** The customer's choice: wait for all of it, take what is there and give up the rest, or cancel. The first choice counts. */
export async function chooseShortage(tx: Transaction, input: ChooseShortageInput): Promise<ChooseShortageOutcome> {
  const { orderId, choice, actor, at } = input;
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `choose:${input.eventId}`, at, async (): Promise<ChooseShortageOutcome> => {
    if (order.status !== 'awaiting-choice') {
      return refuse(409, 'order-state', `Order ${orderId} is ${order.status}: there is nothing to choose.`);
    }
    const account = await lockAccount(tx, order.customerId);
    let shipmentIds: string[] = [];
    if (choice === 'cancel') {
      await cancelUnits(tx, order, {
        eventId: `choose:${input.eventId}`,
        actor,
        reason: 'chosen after a shortage',
        outOfStock: false,
        at,
      });
    } else if (choice === 'wait') {
      await tx.query('UPDATE orders SET waits_for_all = true WHERE id = $1', [orderId]);
      await moveOrder(tx, order, 'back-order', at, 'the customer waits for all of it');
    } else {
      const hold = await holdOn(tx, order, localDate(at, order.timeZone));
      if (hold) return refuseOnHold(order, hold);
      if (isFrozen(account, order)) return refuseFrozen(order.customerId);
      const before = await orderLines(tx, orderId);
      const stock = await lockFreeStock(tx, orderId, [...new Set(before.map(({ sku }) => sku))]);
      const plan = planReservation({
        lines: before.map((line) => ({ ...line, quantity: openQuantity(line) })).filter(({ quantity }) => quantity > 0),
        available: stock.map(({ sku, warehouseId, onHand, reserved }) => ({ sku, warehouseId, quantity: onHand - reserved })),
        backOrderAllowed: true,
        warehouseOrder: await warehouseOrder(tx, order.shipTo),
      });
      if (plan.reservations.length === 0) return refuse(409, 'out-of-stock', `Nothing of ${orderId} is there to be shipped.`);
      const missingOf = new Map(plan.shortages.map(({ lineNumber, missing }) => [lineNumber, missing]));
      const changed = before.flatMap(({ lineNumber, quantity, cancelledQuantity }) => {
        const missing = missingOf.get(lineNumber) ?? 0;
        return missing > 0 ? [{ lineNumber, quantity, cancelledQuantity: cancelledQuantity + missing }] : [];
      });
      const amended = { changed, added: [], raised: [], faults: [] };
      const after = linesAfter(before, amended);
      // Fewer units than were counted exactly before.
      const totals = totalsOf(after, order.taxRounding)!;
      const differenceMinor = totals.grossMinor - totalsOf(before, order.taxRounding)!.grossMinor;
      const remainingMinor = await heldFor(tx, orderId);
      await changeLines(tx, order, account, { amended, before, after, totals, differenceMinor, remainingMinor }, at);
      shipmentIds = await releaseShipments(tx, order, plan.reservations, at);
      await countBackOrdered(tx, orderId);
      await moveOrder(tx, order, 'release-to-warehouse', at, 'the customer takes what is there');
      await wakeWaitingOrders(tx, order.customerId, `${orderId}:choice:${order.revision}`, orderId);
      await wakeBackOrders(tx, [...new Set(before.map(({ sku }) => sku))], `${orderId}:choice:${order.revision}`);
    }
    await record(tx, {
      at,
      actor,
      action: 'choice-made',
      summary:
        choice === 'wait'
          ? 'The customer waits'
          : choice === 'cancel'
            ? 'The customer cancels'
            : 'The customer takes what is there',
      customerId: order.customerId,
      orderId,
      after: { choice, shipmentIds },
    });
    return { orderStatus: order.status, shipmentIds };
  });
}

/** Silence until the time that was set cancels what is open; a choice that came first stands. */
export async function giveUpWaitingForChoice(
  tx: Transaction,
  { orderId, at }: { orderId: string; at: string },
): Promise<{ outcome: 'cancelled' | 'chosen' }> {
  const order = await lockOrder(tx, orderId);
  const due = order.choiceDueAt;
  if (order.status !== 'awaiting-choice' || due === null || toMillis(at) < toMillis(due)) return { outcome: 'chosen' };
  await cancelUnits(tx, order, {
    eventId: `choice-deadline:${due}`,
    actor: system,
    reason: 'out of stock, and no choice in time',
    outOfStock: true,
    at,
  });
  return { outcome: 'cancelled' };
}
