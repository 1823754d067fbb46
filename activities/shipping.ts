import { only, type Queryable } from '../db/client.ts';
import { chooseService, standardService } from '../domain/carrier-service.ts';
import { localDate } from '../domain/time.ts';
import type { CarrierBooking, CarrierPort, CarrierRefusal, Parcel } from '../ports/carrier.ts';
import { whileAlive } from './alive.ts';

export interface BookCarrierInput {
  shipmentId: string;
  /** Absent in requests from before 0.2: then no service is chosen by date. */
  at?: string;
  /** From the second on the carrier sees another parcel: it refused the first for good. */
  attempt?: number;
}

interface Plan {
  promisedOn: string | null;
  /** When the carrier is planned to collect it. */
  pickupOn: string | null;
  timeZone: string;
  plannedCarrier: string | null;
  bookedByHand: CarrierBooking | null;
}

/** Carrier calls: slow, and failing in their own ways, so they are activities of their own, keyed by the shipment. */
export function createShippingActivities({ database, carrier }: { database: Queryable; carrier: CarrierPort }) {
  return {
    async bookCarrier({ shipmentId, at, attempt = 1 }: BookCarrierInput): Promise<CarrierBooking | CarrierRefusal> {
      const { promisedOn, pickupOn, timeZone, plannedCarrier, bookedByHand, ...parcel } = only(
        await database.query<Parcel & Plan>(
          `SELECT (SELECT time_zone FROM company) AS "timeZone", s.pickup_carrier AS "plannedCarrier", s.booked_by_hand AS "bookedByHand",
             (SELECT address FROM warehouses w WHERE w.id = s.warehouse_id) AS "shipFrom", s.ship_to AS "shipTo", o.requested_on AS "promisedOn", s.pickup_on AS "pickupOn",
             coalesce((SELECT sum(c.weight_grams) FROM cartons c WHERE c.shipment_id = s.id),
               (SELECT sum(p.weight_grams::bigint * coalesce(l.picked_quantity, l.quantity))
                FROM shipment_lines l JOIN products p USING (sku) WHERE l.shipment_id = s.id), 0)::float8 AS "weightGrams"
           FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id = $1`,
          [shipmentId],
        ),
      );
      if (bookedByHand) return bookedByHand;
      return whileAlive(async () => {
        const service = at
          ? chooseService(await carrier.rates(parcel), {
              handedOverOn: pickupOn ?? localDate(at, timeZone),
              promisedOn,
              plannedCarrier,
            })
          : standardService;
        return carrier.book({ key: attempt === 1 ? shipmentId : `${shipmentId}:${attempt}`, service, ...parcel });
      });
    },
    async voidCarrierBooking({ shipmentId, ...booking }: CarrierBooking & { shipmentId: string }): Promise<void> {
      const { byHand } = only(
        await database.query<{ byHand: boolean }>('SELECT booked_by_hand IS NOT NULL AS "byHand" FROM shipments WHERE id = $1', [
          shipmentId,
        ]),
      );
      // Who has booked it gives it back.
      if (!byHand) await whileAlive(() => carrier.void(booking));
    },
  };
}
