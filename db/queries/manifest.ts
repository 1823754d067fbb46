import type { Queryable } from '../client.ts';
import type { Address } from '../statements/orders.ts';

/** What a carrier collects at one pickup: the list that its driver signs (S2). */
export interface Manifest {
  carrier: string;
  warehouseId: string;
  pickupOn: string;
  shipments: {
    id: string;
    orderId: string;
    trackingNumber: string;
    shipTo: Address;
    cartons: { number: number; sscc: string; weightGrams: number }[];
  }[];
  cartons: number;
  weightGrams: number;
  /** True when there is more than one list holds. */
  truncated: boolean;
}

const shipmentsMaximum = 2_000;

/** Everything that was handed over for that pickup. What is not packed yet is not on it; the shipping plan shows that. */
export async function readManifest(
  db: Queryable,
  pickup: { carrier: string; warehouseId: string; pickupOn: string },
): Promise<Manifest> {
  const { rows } = await db.query<Manifest['shipments'][number]>(
    `SELECT s.id, s.order_id AS "orderId", s.tracking_number AS "trackingNumber", s.ship_to AS "shipTo",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'sscc', c.sscc, 'weightGrams', c.weight_grams) ORDER BY c.number), '[]')
        FROM cartons c WHERE c.shipment_id = s.id) AS cartons
     FROM shipments s
     WHERE s.pickup_on = $3 AND s.pickup_carrier = $1 AND s.warehouse_id = $2 AND s.carrier = $1 AND s.shipped_at IS NOT NULL
     ORDER BY s.id LIMIT $4`,
    [pickup.carrier, pickup.warehouseId, pickup.pickupOn, shipmentsMaximum + 1],
  );
  const shipments = rows.slice(0, shipmentsMaximum);
  const cartons = shipments.flatMap((shipment) => shipment.cartons);
  return {
    ...pickup,
    shipments,
    cartons: cartons.length,
    weightGrams: cartons.reduce((total, { weightGrams }) => total + weightGrams, 0),
    truncated: rows.length > shipmentsMaximum,
  };
}
