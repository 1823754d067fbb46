import { withdrawLatest } from '../../domain/stock.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from './audit.ts';
import { lockOrder } from './orders.ts';
import { enqueue } from './outbox.ts';
import { cancelShipments, wakeBackOrders } from './shipments.ts';
import { openTask, unfinishedTask } from './tasks.ts';

interface Place {
  sku: string;
  warehouseId: string;
}

interface PickingRow extends Place {
  shipmentId: string;
  orderId: string;
  quantity: number;
  promisedOn: string;
  placedAt: string;
}

/** What is reserved at these places for shipments that nobody has picked yet: it can still be taken back. */
export async function readPicking(tx: Transaction, places: Place[]): Promise<PickingRow[]> {
  if (places.length === 0) return [];
  const { rows } = await tx.query<PickingRow>(
    `SELECT r.sku, r.warehouse_id AS "warehouseId", s.id AS "shipmentId", o.id AS "orderId", sum(r.quantity)::int AS quantity,
            o.promised_on AS "promisedOn", o.placed_at AS "placedAt"
     FROM reservations r JOIN shipments s ON s.id = r.shipment_id JOIN orders o ON o.id = s.order_id
     WHERE r.status = 'reserved' AND r.quantity > 0 AND s.status = 'picking'
       AND (r.sku, r.warehouse_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
     GROUP BY r.sku, r.warehouse_id, s.id, o.id`,
    [places.map(({ sku }) => sku), places.map(({ warehouseId }) => warehouseId)],
  );
  return rows;
}

/**
 * Locks, before any stock is locked, every order that has units waiting to be picked at these places, and gives their ids. All of
 * them, because which of them is picked in the meantime is not known.
 */
export async function lockPickingOrders(tx: Transaction, places: Place[]): Promise<string[]> {
  const ids = [...new Set((await readPicking(tx, places)).map(({ orderId }) => orderId))];
  if (ids.length > 0) await tx.query('SELECT 1 FROM orders WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [ids]);
  return ids;
}

/** A shipment was released between the locks of the orders and that of the stock: the transaction begins again, and sees it. */
class ReleasedMeanwhile extends Error {
  readonly code = '40001';
}

export interface Shortfall extends Place {
  reserved: number;
  /** What really lies there: no more may stay reserved. */
  left: number;
}

/**
 * Takes reservations back that the stock cannot keep, latest promise first, by cancelling shipments that nobody has picked yet
 * (F1). Each order is flagged, and its workflow told to release it anew: from other stock, as a back-order, or by its customer's
 * choice. The orders and their stock rows are locked. Gives the cancelled shipments.
 */
export async function withdrawReservations(
  tx: Transaction,
  shortfalls: Shortfall[],
  lockedOrders: string[],
  why: { cause: string; actor: Actor; at: string },
): Promise<string[]> {
  const { cause, actor, at } = why;
  const withdrawn: string[] = [];
  const skus = new Set<string>();
  for (const place of shortfalls) {
    // Read again for each place: what one place took back may have been the other's too.
    const picking = await readPicking(tx, [place]);
    const { rows } = await tx.query<{ reserved: number }>('SELECT reserved FROM stock WHERE sku = $1 AND warehouse_id = $2', [
      place.sku,
      place.warehouseId,
    ]);
    for (const { orderId, shipmentId } of withdrawLatest(picking, rows[0]!.reserved - place.left)) {
      if (!lockedOrders.includes(orderId)) throw new ReleasedMeanwhile(`${shipmentId} was released meanwhile`);
      const order = await lockOrder(tx, orderId);
      // Nothing leaves of an order that goes out whole: the customer may want none of it.
      const cancelled = await cancelShipments(tx, orderId, at, order.backOrderAllowed ? shipmentId : undefined);
      if (cancelled.length === 0) continue;
      withdrawn.push(...cancelled);
      const { rows: goods } = await tx.query<{ sku: string }>('SELECT sku FROM shipment_lines WHERE shipment_id = ANY ($1)', [
        cancelled,
      ]);
      for (const { sku } of goods) skus.add(sku);
      const summary = `${place.sku} in ${place.warehouseId} is short: ${cancelled.join(', ')} must not be picked; the order is released anew`;
      await record(tx, {
        at,
        actor,
        action: 'reservation-withdrawn',
        summary,
        reason: cause,
        customerId: order.customerId,
        orderId,
        shipmentId,
        after: { cancelledShipments: cancelled },
      });
      if (!(await unfinishedTask(tx, orderId, ['shortage']))) {
        await openTask(tx, {
          key: `${shipmentId}:withdrawn`,
          kind: 'shortage',
          role: 'warehouse',
          title: `Stop ${cancelled.join(', ')}: ${place.sku} in ${place.warehouseId} is short`,
          details: { sku: place.sku, warehouseId: place.warehouseId, cancelledShipments: cancelled },
          customerId: order.customerId,
          orderId,
          at,
        });
      }
      await enqueue(tx, { kind: 'signal', workflowId: orderId, hint: { signal: 'shipmentsWithdrawn' }, cause });
    }
  }
  // What else those shipments held may be what others wait for.
  if (skus.size > 0) await wakeBackOrders(tx, [...skus], cause);
  return withdrawn;
}
