import type { Queryable } from '../client.ts';
import type { Address } from '../statements/orders.ts';
import { filter, type Page } from './page.ts';

export interface PickupOfCarrier {
  carrier: string;
  warehouseId: string;
  pickupOn: string;
}

export interface ManifestShipment {
  id: string;
  orderId: string;
  trackingNumber: string;
  shipTo: Address;
  cartons: { number: number; sscc: string; weightGrams: number }[];
}

/** What a carrier collects at one pickup: the list that its driver signs (S2). */
export interface Manifest extends PickupOfCarrier {
  /** When it was kept, after the cut-off; null while it still grows. */
  closedAt: string | null;
  shipments: ManifestShipment[];
  /** What was handed over for the same pickup after its manifest had been closed, which does not stand on that. */
  addedLater: ManifestShipment[];
  /** Of the manifest itself. */
  cartons: number;
  weightGrams: number;
  /** True when there is more than one list holds. */
  truncated: boolean;
}

/** A manifest as a list shows it: counts instead of what they count. */
export interface ClosedManifest extends PickupOfCarrier {
  number: number;
  closedAt: string;
  shipments: number;
  cartons: number;
  addedLater: number;
}

const shipmentsMaximum = 2_000;

const isOfPickup = (pickup: { carrier: string; warehouseId: string; pickupOn: string }) =>
  `s.pickup_on = ${pickup.pickupOn} AND s.pickup_carrier = ${pickup.carrier} AND s.carrier = ${pickup.carrier}
   AND s.warehouse_id = ${pickup.warehouseId} AND s.shipped_at IS NOT NULL`;

/**
 * Everything that was handed over for that pickup: as it was kept once its cut-off had passed, and until then as it is. What is not
 * packed yet is not on it; the shipping plan shows that.
 */
export async function readManifest(db: Queryable, pickup: PickupOfCarrier): Promise<Manifest> {
  const of = [pickup.carrier, pickup.warehouseId, pickup.pickupOn];
  // The kept one first: what is handed over in between is then an addition, and never on neither.
  const kept = await db.query<{ shipments: ManifestShipment[]; closedAt: string; truncated: boolean }>(
    `SELECT shipments, closed_at AS "closedAt", truncated FROM manifests WHERE carrier = $1 AND warehouse_id = $2 AND pickup_on = $3`,
    of,
  );
  const closed = kept.rows[0];
  const listed = closed?.shipments.map(({ id }) => id) ?? [];
  const { rows } = await db.query<ManifestShipment>(
    `SELECT s.id, s.order_id AS "orderId", s.tracking_number AS "trackingNumber", s.ship_to AS "shipTo",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'sscc', c.sscc, 'weightGrams', c.weight_grams) ORDER BY c.number), '[]')
        FROM cartons c WHERE c.shipment_id = s.id) AS cartons
     FROM shipments s WHERE ${isOfPickup({ carrier: '$1', warehouseId: '$2', pickupOn: '$3' })} AND s.id <> ALL ($5)
     ORDER BY s.id LIMIT $4`,
    [...of, shipmentsMaximum + 1, listed],
  );
  const { shipments, truncated, closedAt } = closed ?? {
    shipments: rows.slice(0, shipmentsMaximum),
    truncated: rows.length > shipmentsMaximum,
    closedAt: null,
  };
  const cartons = shipments.flatMap((shipment) => shipment.cartons);
  return {
    ...pickup,
    closedAt,
    shipments,
    addedLater: closed && !truncated ? rows : [],
    cartons: cartons.length,
    weightGrams: cartons.reduce((total, { weightGrams }) => total + weightGrams, 0),
    truncated,
  };
}

/** The manifests that are kept, the newest first. */
export async function listManifests(db: Queryable, { warehouseId, ...page }: Page & { warehouseId?: string | undefined }) {
  const { where, limit, values } = filter({ 'm.number < ?::bigint': page.after, 'm.warehouse_id = ?': warehouseId }, page.limit);
  const { rows } = await db.query<ClosedManifest>(
    `SELECT m.number, m.carrier, m.warehouse_id AS "warehouseId", m.pickup_on AS "pickupOn", m.closed_at AS "closedAt",
       jsonb_array_length(m.shipments) AS shipments,
       (SELECT coalesce(sum(jsonb_array_length(shipment -> 'cartons')), 0)::int FROM jsonb_array_elements(m.shipments) shipment) AS cartons,
       CASE WHEN m.truncated THEN 0 ELSE (SELECT count(*)::int FROM shipments s
         WHERE ${isOfPickup({ carrier: 'm.carrier', warehouseId: 'm.warehouse_id', pickupOn: 'm.pickup_on' })}) - jsonb_array_length(m.shipments) END
         AS "addedLater"
     FROM manifests m ${where} ORDER BY m.number DESC ${limit}`,
    values,
  );
  return rows;
}
