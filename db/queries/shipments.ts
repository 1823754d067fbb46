import type { ShipmentStatus } from '../../domain/order.ts';
import type { IsoInstant } from '../../domain/time.ts';
import type { TrackingKind } from '../../domain/tracking.ts';
import type { TransitFacts } from '../../domain/transit.ts';
import type { Queryable } from '../client.ts';
import type { Address } from '../statements/orders.ts';
import { instantInJson } from './instants.ts';
import { filter, type Page } from './page.ts';

export interface ShipmentSummary {
  id: string;
  orderId: string;
  warehouseId: string;
  status: ShipmentStatus;
  carrier: string | null;
  trackingNumber: string | null;
  /** The pickup it is planned for; null where no carrier has a calendar. */
  pickup: { carrier: string; on: string; cutOffAt: string; expectedDeliveryOn: string; missedPickups: number } | null;
  /** Where the carrier's events say that it is; null before the first. */
  tracking: { status: TrackingKind; since: string; damaged: boolean } | null;
  carrierRefusal: { code: string; reason: string; at: string } | null;
  releasedAt: string;
  pickedAt: string | null;
  packedAt: string | null;
  shippedAt: string | null;
  deliveredAt: string | null;
  cancelledAt: string | null;
}

/** The digital work order of pick and pack: what to take, how many, for whom (F4). */
export interface WorkOrder extends ShipmentSummary {
  customerId: string;
  customerName: string;
  requestedOn: string | null;
  shipTo: Address;
  lines: {
    lineNumber: number;
    sku: string;
    description: string;
    quantity: number;
    pickedQuantity: number | null;
    weightGrams: number;
  }[];
  cartons: { number: number; sscc: string; weightGrams: number }[];
}

const columns = `s.id, s.order_id AS "orderId", s.warehouse_id AS "warehouseId", s.status, s.carrier,
  s.tracking_number AS "trackingNumber", s.carrier_refusal AS "carrierRefusal",
  CASE WHEN s.pickup_on IS NOT NULL THEN jsonb_build_object('carrier', s.pickup_carrier, 'on', s.pickup_on,
    'cutOffAt', ${instantInJson('s.pickup_cut_off_at')},
    'expectedDeliveryOn', s.expected_delivery_on, 'missedPickups', s.missed_pickups) END AS pickup,
  CASE WHEN s.tracking_status IS NOT NULL THEN jsonb_build_object('status', s.tracking_status,
    'since', ${instantInJson('s.tracking_since')}, 'damaged', s.damaged) END AS tracking, s.released_at AS "releasedAt", s.picked_at AS "pickedAt", s.packed_at AS "packedAt",
  s.shipped_at AS "shippedAt", s.delivered_at AS "deliveredAt", s.cancelled_at AS "cancelledAt"`;

export async function shipmentsOfOrder(db: Queryable, orderId: string): Promise<ShipmentSummary[]> {
  return (await db.query<ShipmentSummary>(`SELECT ${columns} FROM shipments s WHERE order_id = $1 ORDER BY sequence`, [orderId]))
    .rows;
}

export interface ShipmentFilter {
  status?: string | undefined;
  warehouseId?: string | undefined;
  /** Those that wait for a person. */
  attention?: 'carrier-refused' | 'exception' | undefined;
  carrier?: string | undefined;
  /** Where it goes. */
  country?: string | undefined;
  shippedFrom?: IsoInstant | undefined;
  /** Before it. */
  shippedUntil?: IsoInstant | undefined;
}

/** Oldest first, as the warehouse works. */
export async function listShipments(db: Queryable, wanted: ShipmentFilter, page: Page): Promise<ShipmentSummary[]> {
  const { where, limit, values } = filter(
    {
      's.status = ?': wanted.status,
      's.warehouse_id = ?': wanted.warehouseId,
      [`CASE ?::text WHEN 'carrier-refused' THEN s.status = 'packed' AND s.carrier_refusal IS NOT NULL
        ELSE EXISTS (SELECT 1 FROM tasks t WHERE t.order_id = s.order_id AND t.kind = 'shipment-exception'
          AND t.status IN ('open', 'claimed') AND t.details ->> 'shipmentId' = s.id) END`]: wanted.attention,
      's.carrier = ?': wanted.carrier,
      "s.ship_to ->> 'country' = ?": wanted.country,
      's.shipped_at >= ?': wanted.shippedFrom,
      's.shipped_at < ?': wanted.shippedUntil,
      's.id > ?': page.after,
    },
    page.limit,
  );
  return (await db.query<ShipmentSummary>(`SELECT ${columns} FROM shipments s ${where} ORDER BY s.id ${limit}`, values)).rows;
}

/** What decides which commands a shipment takes. */
export async function readShipmentFacts(
  db: Queryable,
  id: string,
): Promise<(TransitFacts & { status: ShipmentStatus; refused: boolean }) | undefined> {
  const { rows } = await db.query<TransitFacts & { status: ShipmentStatus; refused: boolean }>(
    `SELECT s.status, s.carrier_refusal IS NOT NULL AS refused, s.carrier IS NOT NULL AS booked, s.tracking_status AS "trackingStatus",
       s.damaged, o.delivery_terms AS "deliveryTerms", EXISTS (SELECT FROM billings b WHERE b.shipment_id = s.id) AS invoiced,
       EXISTS (SELECT 1 FROM carrier_claims c WHERE c.shipment_id = s.id) AS claimed,
       (SELECT r.status FROM returns r WHERE r.shipment_id = s.id AND r.cause <> 'customer' AND r.status <> 'cancelled'
        ORDER BY r.id DESC LIMIT 1) AS "returnStatus"
     FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id = $1`,
    [id],
  );
  return rows[0];
}

export async function readWorkOrder(db: Queryable, id: string, customerId?: string): Promise<WorkOrder | undefined> {
  const { rows } = await db.query<WorkOrder>(
    `SELECT ${columns}, o.customer_id AS "customerId", c.name AS "customerName", o.requested_on AS "requestedOn", s.ship_to AS "shipTo",
       (SELECT jsonb_agg(jsonb_build_object('lineNumber', l.line_number, 'sku', l.sku, 'description', ol.description,
          'quantity', l.quantity, 'pickedQuantity', l.picked_quantity, 'weightGrams', p.weight_grams) ORDER BY l.line_number)
        FROM shipment_lines l JOIN products p USING (sku)
        JOIN order_lines ol ON ol.order_id = s.order_id AND ol.line_number = l.line_number
        WHERE l.shipment_id = s.id) AS lines,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'sscc', c.sscc, 'weightGrams', c.weight_grams) ORDER BY c.number), '[]')
        FROM cartons c WHERE c.shipment_id = s.id) AS cartons
     FROM shipments s JOIN orders o ON o.id = s.order_id JOIN customers c ON c.id = o.customer_id
     WHERE s.id = $1 AND ($2::text IS NULL OR o.customer_id = $2)`,
    [id, customerId],
  );
  return rows[0];
}
