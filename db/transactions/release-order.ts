import { formatMoney } from '../../domain/money.ts';
import { isFinal, openQuantity } from '../../domain/order.ts';
import { isPrepaid } from '../../domain/prepayment.ts';
import { isNotMade } from '../../domain/production.ts';
import { planReservation, type Shortage } from '../../domain/stock.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { holdOn, isFrozen, lockAccount } from '../statements/credit.ts';
import { tellDelayed, tellFrozen, tellOnHold } from '../statements/notices.ts';
import { lockOrder, moveOrder, type OrderRow, orderLines } from '../statements/orders.ts';
import { lockFreeStock, readMadeToOrder, requestProduction } from '../statements/production.ts';
import { countBackOrdered, inWarehouse, releaseShipments, wakeBackOrders } from '../statements/shipments.ts';
import { once } from '../statements/steps.ts';
import { lockStock, warehouseOrder } from '../statements/stock.ts';
import { openTask, unfinishedTask } from '../statements/tasks.ts';
import { offerChoice } from './choose-shortage.ts';

export interface ReleaseOrderInput {
  orderId: string;
  /** Round and ask within the round: '1.2'. */
  attempt: string;
  at: string;
}

export type ReleaseOrderOutcome =
  | { outcome: 'released'; shipmentIds: string[] }
  | { outcome: 'nothing-open' }
  | { outcome: 'wait'; for: 'payment' | 'credit' | 'stock' }
  | { outcome: 'wait'; for: 'choice'; dueAt: string };

/**
 * Reserves stock for what the order still owes and releases it to the warehouse as shipments, one per warehouse, in one
 * transaction (F1). The customer's hold and a freeze of its credit are checked again here (C6, C4). Stock that fails is flagged; the order back-orders
 * the rest, or, where the customer takes no back-orders, the customer chooses what becomes of it (F2, F3).
 */
export async function releaseOrder(tx: Transaction, { orderId, attempt, at }: ReleaseOrderInput): Promise<ReleaseOrderOutcome> {
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `release:${attempt}`, at, async (): Promise<ReleaseOrderOutcome> => {
    const [lines, released, takenOver] = await Promise.all([
      orderLines(tx, orderId),
      inWarehouse(tx, orderId, ['picking', 'packing', 'packed']),
      // By another run, while this one asked: what were released now, nobody would ship.
      tx.query('SELECT FROM steps WHERE subject = $1 AND step = $2', [orderId, `release:${attempt.split('.')[0]}.0`]),
    ]);
    if (takenOver.rowCount) return { outcome: 'nothing-open' };
    const open = lines
      .map((line) => ({ lineNumber: line.lineNumber, sku: line.sku, quantity: openQuantity(line) }))
      .filter((line) => line.quantity > 0);
    if (isFinal(order.status) || open.length === 0) return { outcome: 'nothing-open' };
    // An amendment or a choice has released them already, and the warehouse may have packed them since.
    if (released.length > 0) return { outcome: 'released', shipmentIds: released };

    const skus = [...new Set(open.map((line) => line.sku))];
    const [madeToOrder, account, hold] = await Promise.all([
      readMadeToOrder(tx, orderId, skus),
      lockAccount(tx, order.customerId),
      // As it stands under the account's lock.
      holdOn(tx, order, localDate(at, order.timeZone)),
    ]);
    // Attempts are counted anew when the workflow starts again, and a hint of the same cause would be swallowed.
    const cause = `${orderId}:release:${attempt}:${at}`;
    const waitForChoice = (dueAt: string | null): ReleaseOrderOutcome => ({ outcome: 'wait', for: 'choice', dueAt: dueAt ?? at });
    if (hold || isFrozen(account, order)) {
      if (order.status === 'awaiting-choice') return waitForChoice(order.choiceDueAt);
      if (order.status !== 'waiting-for-payment') {
        // It leaves the line for stock: what was kept for it is for those behind it.
        if (order.status !== 'approved') {
          await lockStock(tx, skus);
          await wakeBackOrders(tx, skus, cause);
        }
        const why = !hold
          ? 'the credit is frozen'
          : isPrepaid(order.terms)
            ? 'payment in advance was returned'
            : 'invoices are overdue';
        await moveOrder(tx, order, 'find-on-hold', at, why);
        if (hold) await tellOnHold(tx, order, hold.overdueMinor, hold.items, at);
        else await tellFrozen(tx, order, at);
        const mustPay = hold && `: ${formatMoney({ currency: order.currency, amountMinor: hold.overdueMinor })} must be paid`;
        await record(tx, {
          at,
          actor: system,
          action: hold ? 'order-waits-for-payment' : 'order-waits-frozen',
          summary: `Not released, ${why}${mustPay ?? ''}`,
          customerId: order.customerId,
          orderId,
        });
      }
      return { outcome: 'wait', for: hold ? 'payment' : 'credit' };
    }

    // Hints to waiting orders are heard in any order, so an older promise is kept here, under the stock's lock.
    const [stock, byNearness] = await Promise.all([lockFreeStock(tx, orderId, skus), warehouseOrder(tx, order.shipTo)]);
    const plan = planReservation({
      lines: open,
      available: stock.map(({ sku, warehouseId, onHand, reserved }) => ({ sku, warehouseId, quantity: onHand - reserved })),
      backOrderAllowed: order.backOrderAllowed,
      warehouseOrder: byNearness,
    });
    const listed = (shortages: Shortage[]) => shortages.map(({ missing, sku }) => `${missing} × ${sku}`).join(', ');
    const notMade = plan.shortages.filter(({ sku, missing }) => isNotMade(madeToOrder.get(sku), missing));
    const isShort = plan.outcome === 'short' && !order.backOrderAllowed;
    // What may yet be cancelled by the customer's choice is not ordered from production before.
    const mustChoose = isShort && order.status !== 'back-ordered' && (order.status === 'awaiting-choice' || notMade.length > 0);
    const { otherwise, inProduction } =
      mustChoose || madeToOrder.size === 0
        ? { otherwise: plan.shortages, inProduction: '' }
        : await requestProduction(tx, order, plan.shortages, madeToOrder, { timeZone: order.timeZone, at });
    const missing = listed(otherwise);
    const waitsFor = [missing, inProduction].filter(Boolean).join(', ');
    if (plan.outcome === 'short' && order.status !== 'back-ordered' && order.status !== 'awaiting-choice') {
      await countBackOrdered(tx, orderId);
      // What a shipment that was short had given back, and what it does not take again, is for the others of the line.
      if (order.status === 'in-fulfilment') await wakeBackOrders(tx, skus, cause);
    }

    if (isShort && (otherwise.length > 0 || order.status === 'awaiting-choice')) {
      if (order.status === 'awaiting-choice') return waitForChoice(order.choiceDueAt);
      if (order.waitsForAll) {
        if (order.status !== 'back-ordered') await moveOrder(tx, order, 'back-order', at, missing);
        return { outcome: 'wait', for: 'stock' };
      }
      const known = await unfinishedTask(tx, orderId, ['shortage']);
      if (!known)
        await openTask(tx, {
          key: `${orderId}:shortage:release:${attempt}`,
          kind: 'shortage',
          role: 'warehouse',
          title: `${orderId} wants ${missing}, which is not there: recount`,
          details: { shortages: otherwise },
          customerId: order.customerId,
          orderId,
          at,
        });
      return waitForChoice(await offerChoice(tx, order, missing, at));
    }
    if (plan.outcome === 'short') {
      if (order.status !== 'back-ordered') {
        await moveOrder(tx, order, 'back-order', at, waitsFor);
        if (missing) await tellMissing(tx, order, missing, at);
        await record(tx, {
          at,
          actor: system,
          action: 'back-ordered',
          summary: `Waits for stock: ${waitsFor}`,
          customerId: order.customerId,
          orderId,
        });
      }
      return { outcome: 'wait', for: 'stock' };
    }

    const shipmentIds = await releaseShipments(tx, order, plan.reservations, at);
    // Asked for the first time and all there: it has never stood in line.
    if (order.status !== 'approved' || plan.outcome === 'partial') await countBackOrdered(tx, orderId);
    await Promise.all([
      missing && tellMissing(tx, order, missing, at),
      moveOrder(tx, order, 'release-to-warehouse', at, waitsFor ? `${waitsFor} on back-order` : undefined),
      record(tx, {
        at,
        actor: system,
        action: 'released-to-warehouse',
        summary: `Stock reserved and released: ${shipmentIds.join(', ')}${waitsFor ? `; on back-order: ${waitsFor}` : ''}`,
        customerId: order.customerId,
        orderId,
        after: plan,
      }),
    ]);
    return { outcome: 'released', shipmentIds };
  });
}

/** Tells the customer of what follows later at each turn, but not again what they were told since goods were last released before it. */
async function tellMissing(tx: Transaction, order: OrderRow, missing: string, at: string): Promise<void> {
  const told = await tx.query(
    `SELECT FROM notices WHERE order_id = $1 AND kind = 'delayed' AND facts ->> 'reason' = $2
       AND at >= coalesce((SELECT max(released_at) FROM shipments WHERE order_id = $1 AND released_at < $3), '-infinity')`,
    [order.id, missing, at],
  );
  if (told.rowCount) return;
  await tellDelayed(tx, { key: `${order.id}:delayed:${at}`, orderId: order.id, customerId: order.customerId, missing, at });
}
