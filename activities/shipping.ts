import { only, type Queryable } from '../db/client.ts';
import type { CarrierBooking, CarrierPort, CarrierRequest } from '../ports/carrier.ts';
import { whileAlive } from './alive.ts';

/** Carrier calls: slow, and failing in their own ways, so they are activities of their own, keyed by the shipment. */
export function createShippingActivities({ database, carrier }: { database: Queryable; carrier: CarrierPort }) {
  return {
    async bookCarrier({ shipmentId }: { shipmentId: string }): Promise<CarrierBooking> {
      const parcel = only(
        await database.query<Omit<CarrierRequest, 'key'>>(
          `SELECT s.warehouse_id AS "warehouseId", s.ship_to AS "shipTo",
             (SELECT coalesce(sum(p.weight_grams * coalesce(l.picked_quantity, l.quantity)), 0)
              FROM shipment_lines l JOIN products p USING (sku) WHERE l.shipment_id = s.id) AS "weightGrams"
           FROM shipments s WHERE s.id = $1`,
          [shipmentId],
        ),
      );
      return whileAlive(() => carrier.book({ key: shipmentId, ...parcel }));
    },
    async voidCarrierBooking({ trackingNumber }: { trackingNumber: string }): Promise<void> {
      await whileAlive(() => carrier.void(trackingNumber));
    },
  };
}
