import type { ShipmentStatus } from '../../domain/order.ts';
import { missesPromise } from '../../domain/pickups.ts';
import { toMillis } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';

export interface PlannedShipment {
  id: string;
  orderId: string;
  customerId: string;
  status: ShipmentStatus;
  promisedOn: string | null;
  expectedDeliveryOn: string | null;
  missesPromise: boolean;
  missedPickups: number;
}

/** One coming of a carrier to a warehouse; without a carrier, what no calendar knows of. */
export interface PlannedPickupGroup {
  carrier: string | null;
  warehouseId: string;
  pickupOn: string | null;
  cutOffAt: string | null;
  /** The cut-off has passed, and something of it is not packed: it has to be planned anew. */
  cutOffMissed: boolean;
  shipments: PlannedShipment[];
}

const shipmentsMaximum = 1_000;

/**
 * What goes with which pickup: everything in the warehouse, and what has been handed over and is still to be collected. The
 * earliest cut-off first (S1).
 */
export async function readShippingPlan(
  db: Queryable,
  { warehouseId, at }: { warehouseId?: string | undefined; at: string },
): Promise<{ pickups: PlannedPickupGroup[]; truncated: boolean }> {
  const { rows } = await db.query<
    Omit<PlannedShipment, 'missesPromise'> & Pick<PlannedPickupGroup, 'carrier' | 'warehouseId' | 'pickupOn' | 'cutOffAt'>
  >(
    `SELECT s.id, s.order_id AS "orderId", o.customer_id AS "customerId", s.status, CASE WHEN o.requested_on IS NOT NULL THEN o.promised_on END AS "promisedOn",
       s.expected_delivery_on AS "expectedDeliveryOn", s.missed_pickups AS "missedPickups", s.pickup_carrier AS carrier,
       s.warehouse_id AS "warehouseId", s.pickup_on AS "pickupOn", s.pickup_cut_off_at AS "cutOffAt"
     FROM shipments s JOIN orders o ON o.id = s.order_id
     WHERE (s.status IN ('picking', 'packing', 'packed') OR (s.status = 'shipped' AND s.pickup_cut_off_at >= $1))
       AND ($2::text IS NULL OR s.warehouse_id = $2)
     ORDER BY s.pickup_cut_off_at NULLS LAST, s.pickup_carrier, s.warehouse_id, s.id LIMIT $3`,
    [at, warehouseId, shipmentsMaximum + 1],
  );
  const groups = new Map<string, PlannedPickupGroup>();
  for (const { carrier, warehouseId, pickupOn, cutOffAt, ...shipment } of rows.slice(0, shipmentsMaximum)) {
    const key = JSON.stringify([carrier, warehouseId, pickupOn]);
    const group = groups.get(key) ?? { carrier, warehouseId, pickupOn, cutOffAt, cutOffMissed: false, shipments: [] };
    groups.set(key, group);
    group.cutOffMissed ||= cutOffAt !== null && toMillis(cutOffAt) < toMillis(at);
    group.shipments.push({
      ...shipment,
      missesPromise: shipment.expectedDeliveryOn !== null && missesPromise(shipment.expectedDeliveryOn, shipment.promisedOn),
    });
  }
  return { pickups: [...groups.values()], truncated: rows.length > shipmentsMaximum };
}
