import { Refusal } from '../../domain/failures.ts';
import type { Queryable } from '../client.ts';
import type { Address } from '../statements/orders.ts';

/** What stands on the label of one carton. */
export interface CartonLabel {
  from: Address;
  to: Address;
  carrier: string;
  trackingNumber: string;
  sscc: string;
  number: number;
  of: number;
  weightGrams: number;
  orderId: string;
  shipmentId: string;
}

/** What the labels of a shipment say, one per carton. Refuses a shipment that no carrier has taken yet. */
export async function readLabelFacts(db: Queryable, shipmentId: string): Promise<CartonLabel[]> {
  const { rows } = await db.query<CartonLabel>(
    `SELECT w.address || jsonb_build_object('name', company.legal_name) AS "from", s.ship_to AS "to", s.carrier,
       s.tracking_number AS "trackingNumber", c.sscc, c.number, (count(*) OVER ())::int AS "of", c.weight_grams AS "weightGrams",
       s.order_id AS "orderId", s.id AS "shipmentId"
     FROM shipments s JOIN warehouses w ON w.id = s.warehouse_id JOIN cartons c ON c.shipment_id = s.id, company
     WHERE s.id = $1 AND s.tracking_number IS NOT NULL ORDER BY c.number`,
    [shipmentId],
  );
  if (rows.length === 0) {
    throw new Refusal(409, 'no-label-yet', `No carrier has taken ${shipmentId} yet: its label comes with the booking.`);
  }
  return rows;
}
