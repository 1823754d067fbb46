import { type Refused, refuse } from '../../domain/failures.ts';
import { isFinal, mayKeepGoods, mayOrder, type OrderStatus, openQuantity } from '../../domain/order.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { heldFor, lockAccount, moveExposure, wakeWaitingOrders } from '../statements/credit.ts';
import { tell } from '../statements/notices.ts';
import { lockOrder, moveOrder, moveOrderByQuantities, type OrderRow, orderLines } from '../statements/orders.ts';
import { endPrepayment } from '../statements/prepayments.ts';
import { withdrawProduction } from '../statements/production.ts';
import { cancelShipments, wakeBackOrders } from '../statements/shipments.ts';
import { once } from '../statements/steps.ts';
import { lockStock } from '../statements/stock.ts';
import { finishTasks } from '../statements/tasks.ts';

export interface CancelOrderInput {
  orderId: string;
  eventId: string;
  reason: string;
  actor: Actor;
  at: string;
}

export type CancelOrderOutcome = { orderStatus: OrderStatus; cancelledUnits: number } | Refused;

/**
 * Cancels every unit that has not been shipped and gives back what was taken for it: stock, shipments in the warehouse
 * and credit (O4). An order of which something was shipped lives on for that part; otherwise it ends.
 */
export async function cancelOrder(tx: Transaction, input: CancelOrderInput): Promise<CancelOrderOutcome> {
  const order = await lockOrder(tx, input.orderId);
  return once(tx, input.orderId, `cancel:${input.eventId}`, input.at, async (): Promise<CancelOrderOutcome> => {
    const lines = await orderLines(tx, order.id);
    const cancellable = lines.reduce((total, line) => total + openQuantity(line), 0);
    if (isFinal(order.status) || cancellable === 0) {
      return refuse(409, 'order-state', `Order ${order.id} is ${order.status}: nothing is left to cancel.`);
    }
    await cancelUnits(tx, order, {
      eventId: input.eventId,
      actor: input.actor,
      reason: input.reason,
      outOfStock: false,
      at: input.at,
    });
    return { orderStatus: order.status, cancelledUnits: cancellable };
  });
}

/**
 * The compensation itself, for a person's wish and for stock that failed. The order's row is locked. Its event is the cancellation's own:
 * an order whose goods are sent again may be cancelled more than once.
 */
export async function cancelUnits(
  tx: Transaction,
  order: OrderRow,
  why: { eventId: string; actor: Actor; reason: string; outOfStock: boolean; at: string },
): Promise<void> {
  const { at } = why;
  const eventId = `cancel:${why.eventId}`;
  const account = await lockAccount(tx, order.customerId);
  const skus = [...new Set((await orderLines(tx, order.id)).map(({ sku }) => sku))];
  const keepsGoods = mayKeepGoods(order.status);
  if (keepsGoods) await lockStock(tx, skus);
  const shipmentIds = await cancelShipments(tx, order.id, at);
  await tx.query(
    'UPDATE order_lines SET cancelled_quantity = quantity - shipped_quantity, back_ordered_quantity = 0 WHERE order_id = $1',
    [order.id],
  );
  await withdrawProduction(tx, order, () => Number.POSITIVE_INFINITY, at);
  const remainingMinor = (await heldFor(tx, order.id)) ?? 0;
  if (remainingMinor > 0) {
    await moveExposure(tx, account, {
      orderId: order.id,
      eventId,
      from: 'approvedNotShippedMinor',
      fromMinor: remainingMinor,
      to: null,
      toMinor: 0,
      at,
    });
  }
  const lines = await orderLines(tx, order.id);
  const shipped = lines.some((line) => line.shippedQuantity > 0);
  // Once everything that was shipped has been invoiced, no invoice will take the rest of what was paid in advance. Goods that are
  // billed on arrival still will, and their invoice ends it.
  const releasedMinor = lines.every((line) => line.invoicedQuantity === line.shippedQuantity)
    ? await endPrepayment(tx, order, account, { actor: why.actor, today: localDate(at, order.timeZone), at })
    : 0;
  if (shipped || !mayOrder(order.status, 'cancel')) await moveOrderByQuantities(tx, order, at);
  else await moveOrder(tx, order, 'cancel', at, why.reason);
  await finishTasks(
    tx,
    { orderId: order.id, kinds: ['credit-review', 'over-limit', 'carrier-refused'] },
    { status: 'cancelled', by: why.actor.name, outcome: { cancelled: why.reason }, at },
  );
  await record(tx, {
    at,
    actor: why.actor,
    action: why.outOfStock ? 'cancelled-out-of-stock' : 'cancelled',
    summary: shipped ? 'The units still open were cancelled' : 'The order was cancelled; credit and stock were released',
    reason: why.reason,
    customerId: order.customerId,
    orderId: order.id,
    after: { cancelledShipments: shipmentIds, status: order.status },
  });
  await tell(tx, {
    key: `${order.id}:${eventId}`,
    kind: why.outOfStock ? 'out-of-stock' : 'order-cancelled',
    customerId: order.customerId,
    orderId: order.id,
    facts: { orderId: order.id, reason: why.reason, partly: shipped, currency: order.currency, releasedMinor },
    at,
  });
  // What was given back may be what others wait for.
  await wakeWaitingOrders(tx, order.customerId, `${order.id}:${eventId}`);
  if (keepsGoods) await wakeBackOrders(tx, skus, `${order.id}:${eventId}`);
}
