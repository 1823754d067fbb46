import { Refusal } from '../../domain/failures.ts';
import { type InvoiceTotals, invoiceTotals } from '../../domain/invoice.ts';
import type { OrderStatus, ShipmentStatus } from '../../domain/order.ts';
import type { Reservation } from '../../domain/stock.ts';
import type { Queryable, Transaction } from '../client.ts';
import { type Actor, record, system } from './audit.ts';
import { passControlOnDelivery } from './control.ts';
import { type CreditAccountRow, lockAccount } from './credit.ts';
import { tell } from './notices.ts';
import { type Address, lockOrder, type OrderLineRow, type OrderRow, orderLines } from './orders.ts';
import { enqueue } from './outbox.ts';
import { planShipment } from './pickups.ts';
import { watchReorderPoints } from './reorder-points.ts';

export interface ShipmentRow {
  id: string;
  orderId: string;
  sequence: number;
  warehouseId: string;
  status: ShipmentStatus;
  shipTo: Address;
  carrier: string | null;
  trackingNumber: string | null;
  shippedAt: string | null;
  holdShareMinor: number;
  /** The carrier's no for good, while nobody has seen to it. */
  carrierRefusal: { code: string; reason: string; at: string } | null;
}

export interface ShipmentLineRow {
  lineNumber: number;
  sku: string;
  quantity: number;
  pickedQuantity: number | null;
}

/** The order's shipments in these states, oldest first. */
export async function inWarehouse(tx: Transaction, orderId: string, statuses: ShipmentStatus[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    'SELECT id FROM shipments WHERE order_id = $1 AND status = ANY ($2) ORDER BY sequence',
    [orderId, statuses],
  );
  return rows.map(({ id }) => id);
}

/**
 * Reserves what was planned and releases it to the warehouses as shipments, one per warehouse; gives their ids. The caller has
 * locked order and stock, and planned by what it saw there.
 */
export async function releaseShipments(
  tx: Transaction,
  order: OrderRow,
  reservations: Reservation[],
  at: string,
): Promise<string[]> {
  const warehouseIds = [...new Set(reservations.map((reservation) => reservation.warehouseId))].sort();
  const shipmentIds: string[] = [];
  for (const warehouseId of warehouseIds) {
    const lines = reservations.filter((reservation) => reservation.warehouseId === warehouseId);
    const { rows } = await tx.query<{ id: string }>(
      `WITH shipment AS (
         INSERT INTO shipments (order_id, sequence, warehouse_id, ship_to, released_at)
         SELECT $1, 1 + count(*), $2, $3, $4 FROM shipments WHERE order_id = $1 RETURNING id),
       demand AS (
         SELECT * FROM unnest($5::int[], $6::text[], $7::int[]) AS l (line_number, sku, quantity)),
       lines AS (
         INSERT INTO shipment_lines (shipment_id, line_number, sku, quantity) SELECT shipment.id, demand.* FROM shipment, demand),
       reserved AS (
         INSERT INTO reservations (shipment_id, line_number, order_id, sku, warehouse_id, quantity, at)
         SELECT shipment.id, line_number, $1, sku, $2, quantity, $4 FROM shipment, demand),
       taken AS (
         UPDATE stock SET reserved = reserved + d.quantity
         FROM (SELECT sku, sum(quantity)::int AS quantity FROM demand GROUP BY sku) d
         WHERE stock.sku = d.sku AND stock.warehouse_id = $2 AND on_hand - reserved >= d.quantity RETURNING 1)
       SELECT id FROM shipment WHERE (SELECT count(*) FROM taken) = (SELECT count(DISTINCT sku) FROM demand)`,
      [
        order.id,
        warehouseId,
        JSON.stringify(order.shipTo),
        at,
        lines.map((line) => line.lineNumber),
        lines.map((line) => line.sku),
        lines.map((line) => line.quantity),
      ],
    );
    // The rows are locked, so the plan holds; if it ever did not, nothing may be reserved.
    if (!rows[0]) throw new Error(`${order.id}: stock changed under the lock`);
    shipmentIds.push(rows[0].id);
  }
  await Promise.all([
    watchReorderPoints(tx, [...new Set(reservations.map(({ sku }) => sku))], at),
    ...shipmentIds.map((shipmentId) => planShipment(tx, { shipmentId, actor: system, at })),
  ]);
  return shipmentIds;
}

/** Whose shipment it is: the order that has to be locked before the shipment is changed. */
export async function orderOfShipment(db: Queryable, shipmentId: string): Promise<string> {
  const { rows } = await db.query<{ orderId: string }>('SELECT order_id AS "orderId" FROM shipments WHERE id = $1', [shipmentId]);
  if (!rows[0]) throw new Refusal(404, 'unknown-shipment', `There is no shipment ${shipmentId}.`);
  return rows[0].orderId;
}

/** The same with its customer, for who locks more of the customer's than the one order. */
export async function customerOfShipment(tx: Transaction, shipmentId: string): Promise<{ customerId: string; orderId: string }> {
  const { rows } = await tx.query<{ customerId: string; orderId: string }>(
    `SELECT o.customer_id AS "customerId", o.id AS "orderId" FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id = $1`,
    [shipmentId],
  );
  if (!rows[0]) throw new Refusal(404, 'unknown-shipment', `There is no shipment ${shipmentId}.`);
  return rows[0];
}

/** A shipment with all that its goods issue and its invoice change, which both keep in step with what they write. */
export interface LockedShipment {
  order: OrderRow;
  account: CreditAccountRow;
  shipment: ShipmentRow;
  lines: ShipmentLineRow[];
  /** Every line of the order. */
  ordered: OrderLineRow[];
}

/** Locks the shipment's order and its customer's account. */
export async function lockShipment(
  tx: Transaction,
  { orderId, shipmentId }: { orderId: string; shipmentId: string },
): Promise<LockedShipment> {
  const order = await lockOrder(tx, orderId);
  const [account, { shipment, lines }, ordered] = await Promise.all([
    lockAccount(tx, order.customerId),
    readShipment(tx, shipmentId),
    orderLines(tx, orderId),
  ]);
  return { order, account, shipment, lines, ordered };
}

export const orderedLine = (ordered: readonly OrderLineRow[], lineNumber: number): OrderLineRow =>
  ordered.find((line) => line.lineNumber === lineNumber)!;

/** What the units that go out come to, at the order's prices. */
export const shippedTotals = ({ order, lines, ordered }: Pick<LockedShipment, 'order' | 'lines' | 'ordered'>): InvoiceTotals =>
  invoiceTotals(
    lines
      .filter((line) => goingOut(line) > 0)
      .map((line) => {
        const { description, unitPriceMinor, taxCategory, taxRate } = orderedLine(ordered, line.lineNumber);
        const { lineNumber, sku } = line;
        return { lineNumber, sku, description, quantity: goingOut(line), unitPriceMinor, taxCategory, taxRate };
      }),
    order.taxRounding,
  );

interface ShipmentWithLines {
  shipment: ShipmentRow;
  lines: ShipmentLineRow[];
}

/** Reads a shipment for change. The caller has locked its order, which guards all shipments of the order. */
export async function readShipment(tx: Transaction, shipmentId: string): Promise<ShipmentWithLines> {
  const found = await findShipment(tx, shipmentId);
  if (!found) throw new Refusal(404, 'unknown-shipment', `There is no shipment ${shipmentId}.`);
  return found;
}

/** The same; undefined when there is none. */
export async function findShipment(tx: Transaction, shipmentId: string): Promise<ShipmentWithLines | undefined> {
  const { rows } = await tx.query<ShipmentRow & { lines: ShipmentLineRow[] | null }>(
    `SELECT id, order_id AS "orderId", sequence, warehouse_id AS "warehouseId", status, ship_to AS "shipTo", carrier,
       tracking_number AS "trackingNumber", shipped_at AS "shippedAt", hold_share_minor AS "holdShareMinor",
       carrier_refusal AS "carrierRefusal",
       (SELECT jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'quantity', quantity,
          'pickedQuantity', picked_quantity) ORDER BY line_number) FROM shipment_lines l WHERE l.shipment_id = s.id) AS lines
     FROM shipments s WHERE id = $1`,
    [shipmentId],
  );
  if (!rows[0]) return undefined;
  const { lines, ...shipment } = rows[0];
  return { shipment, lines: lines ?? [] };
}

/** Notes that the customer has the goods of a shipment that is under way; under D-terms they are its own from then on. */
export async function noteDelivery(
  tx: Transaction,
  delivery: { shipmentId: string; orderId: string; customerId: string; deliveredAt: string; actor: Actor; at: string },
): Promise<void> {
  const { deliveredAt, actor, at, ...subjects } = delivery;
  const { shipmentId } = subjects;
  await tx.query("UPDATE shipments SET status = 'delivered', delivered_at = $2 WHERE id = $1", [shipmentId, deliveredAt]);
  await record(tx, {
    at,
    actor,
    action: 'delivered',
    summary: `${shipmentId} was delivered`,
    ...subjects,
    after: { deliveredAt },
  });
  const { orderId, customerId } = subjects;
  await passControlOnDelivery(tx, { ...subjects, deliveredAt, at });
  await tell(tx, { key: `${shipmentId}:delivered`, kind: 'delivered', customerId, orderId, facts: { orderId, shipmentId }, at });
}

/** What of each line really goes out: the picked quantity once it is known. */
export const goingOut = (line: ShipmentLineRow): number => line.pickedQuantity ?? line.quantity;

/**
 * Cancels the order's shipments that have not left (or the one named) and gives their stock back: its units are back-ordered. Gives the
 * ids of those it cancelled.
 */
export async function cancelShipments(tx: Transaction, orderId: string, at: string, shipmentId?: string): Promise<string[]> {
  const cancelled = await tx.query<{ id: string }>(
    `UPDATE shipments SET status = 'cancelled', cancelled_at = $2, carrier_refusal = NULL
     WHERE order_id = $1 AND status IN ('picking', 'packing', 'packed') AND ($3::text IS NULL OR id = $3) RETURNING id`,
    [orderId, at, shipmentId],
  );
  const ids = cancelled.rows.map((row) => row.id);
  if (ids.length > 0) {
    await endRefusals(tx, ids, 'the shipment was cancelled', at);
    await tx.query(
      `SELECT 1 FROM stock WHERE (sku, warehouse_id) IN
         (SELECT sku, warehouse_id FROM reservations WHERE shipment_id = ANY ($1) AND status = 'reserved')
       ORDER BY sku, warehouse_id FOR UPDATE`,
      [ids],
    );
    await tx.query(
      `WITH released AS (
         UPDATE reservations SET status = 'released' WHERE shipment_id = ANY ($1) AND status = 'reserved'
         RETURNING line_number, sku, warehouse_id, quantity),
       owed AS (
         UPDATE order_lines l SET back_ordered_quantity = back_ordered_quantity + r.quantity
         FROM (SELECT line_number, sum(quantity)::int AS quantity FROM released GROUP BY line_number) r
         WHERE l.order_id = $2 AND l.line_number = r.line_number)
       UPDATE stock SET reserved = reserved - r.quantity
       FROM (SELECT sku, warehouse_id, sum(quantity)::int AS quantity FROM released GROUP BY sku, warehouse_id) r
       WHERE stock.sku = r.sku AND stock.warehouse_id = r.warehouse_id`,
      [ids, orderId],
    );
  }
  return ids;
}

/** Ends the tasks about what carriers refused of these shipments: they have gone, one way or the other. */
export async function endRefusals(tx: Transaction, shipmentIds: string[], why: string, at: string): Promise<void> {
  await tx.query(
    `UPDATE tasks SET status = 'cancelled', completed_by = 'system', outcome = $2, completed_at = $3
     WHERE kind = 'carrier-refused' AND status IN ('open', 'claimed') AND order_id IN (SELECT order_id FROM shipments WHERE id = ANY ($1))
       AND details ->> 'shipmentId' = ANY ($1)`,
    [shipmentIds, JSON.stringify({ found: why }), at],
  );
}

/**
 * Counts anew what of each line the order is owed and has not got reserved: what it stands in line for (F3). For whoever has changed either;
 * the order's row is locked.
 */
export async function countBackOrdered(tx: Transaction, orderId: string): Promise<void> {
  await tx.query(
    `UPDATE order_lines l SET back_ordered_quantity = counted.units FROM (
       SELECT line_number, quantity - shipped_quantity - cancelled_quantity - coalesce((
         SELECT sum(r.quantity) FROM shipments s JOIN reservations r ON r.shipment_id = s.id
         WHERE s.order_id = $1 AND r.line_number = ordered.line_number AND r.status = 'reserved'), 0) AS units
       FROM order_lines ordered WHERE order_id = $1) counted
     WHERE l.order_id = $1 AND l.line_number = counted.line_number AND l.back_ordered_quantity <> counted.units`,
    [orderId],
  );
}

/**
 * Hints to back-ordered orders that want any of these goods, oldest promise first, that stock is there. Gives how many. Whoever gives up its
 * place in the line, or some of what it is owed, has locked these goods before: an order that joins the line behind it is seen here, or
 * sees that it has gone.
 */
export async function wakeBackOrders(tx: Transaction, skus: string[], cause: string): Promise<number> {
  return hintOfStock(tx, ['back-ordered', 'awaiting-choice'], skus, cause);
}

/**
 * Hints to orders that may be asking for these goods right now that stock is there, oldest promise first. For whoever gives goods their first
 * row of stock in a warehouse: one that asks has locked the rows that there were, sees no new one, and does not stand in line yet.
 */
export async function wakeAskingOrders(tx: Transaction, skus: string[], cause: string): Promise<void> {
  if (skus.length > 0) await hintOfStock(tx, ['approved', 'waiting-for-payment', 'in-fulfilment'], skus, cause);
}

async function hintOfStock(tx: Transaction, statuses: OrderStatus[], skus: string[], cause: string): Promise<number> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT o.id FROM orders o WHERE o.status = ANY ($2) AND EXISTS (
       SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.sku = ANY ($1)
         AND l.quantity - l.shipped_quantity - l.cancelled_quantity > 0)
     ORDER BY o.promised_on, o.placed_at, o.id`,
    [skus, statuses],
  );
  await enqueue(
    tx,
    ...rows.map(({ id }) => ({ kind: 'signal', workflowId: id, hint: { signal: 'stockArrived' }, cause }) as const),
  );
  return rows.length;
}
