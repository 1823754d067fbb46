import { missesPromise, type PickupCalendar, type PickupPlan, planPickup } from '../../domain/pickups.ts';
import { localDate, toMillis } from '../../domain/time.ts';
import type { Queryable, Transaction } from '../client.ts';
import { type Actor, record } from './audit.ts';
import { publicHolidays } from './public-holidays.ts';

export interface StoredCalendar extends PickupCalendar {
  holidayCountry: string | null;
  holidayRegion: string | null;
}

/** A shipment's pickup as people are told of it. */
export interface PlannedPickup extends PickupPlan {
  promisedOn: string | null;
  missesPromise: boolean;
  /** The pickup that it did not make; absent when nothing was missed just now. */
  instead?: { carrier: string; on: string; cutOffAt: string } | undefined;
}

const calendarColumns = `carrier, warehouse_id AS "warehouseId", weekdays, cut_off AS "cutOff", time_zone AS "timeZone",
  transit_days AS "transitDays", holiday_country AS "holidayCountry", holiday_region AS "holidayRegion", exceptions`;

export async function pickupCalendars(db: Queryable, warehouseId?: string): Promise<StoredCalendar[]> {
  const { rows } = await db.query<StoredCalendar>(
    `SELECT ${calendarColumns} FROM pickup_calendars WHERE $1::text IS NULL OR warehouse_id = $1 ORDER BY warehouse_id, carrier`,
    [warehouseId],
  );
  return rows;
}

/** Of the pickup that it is planned for nothing is null, or all of it. */
interface Planned {
  pickupCarrier: string | null;
  pickupOn: string | null;
  cutOffAt: string | null;
  expectedDeliveryOn: string | null;
  promisedOn: string | null;
  customerId: string;
  orderId: string;
  /** Of its warehouse. */
  calendars: StoredCalendar[];
}

/**
 * Plans a shipment onto the pickup that brings it there first; one that still makes its pickup keeps it. A missed cut-off moves
 * it to the next pickup, and stands on the timeline (S1). With a carrier named, onto that carrier's. Undefined where no carrier
 * has a calendar. The caller holds the order's lock.
 */
export async function planShipment(
  tx: Transaction,
  { shipmentId, carrier, actor, at }: { shipmentId: string; carrier?: string; actor: Actor; at: string },
): Promise<PlannedPickup | undefined> {
  const { rows } = await tx.query<Planned>(
    `SELECT s.pickup_carrier AS "pickupCarrier", s.pickup_on AS "pickupOn", s.pickup_cut_off_at AS "cutOffAt",
       s.expected_delivery_on AS "expectedDeliveryOn", o.requested_on AS "promisedOn", o.customer_id AS "customerId",
       s.order_id AS "orderId",
       (SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY c.carrier), '[]')
        FROM (SELECT ${calendarColumns} FROM pickup_calendars WHERE warehouse_id = s.warehouse_id) c) AS calendars
     FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id = $1`,
    [shipmentId],
  );
  const before = rows[0]!;
  const { promisedOn, calendars: all } = before;
  // A carrier that has no calendar here comes when it is called: the plan stays what it was.
  const ofCarrier = all.filter((calendar) => calendar.carrier === carrier);
  const calendars = ofCarrier.length > 0 ? ofCarrier : all;
  const plan = planPickup(
    calendars.map((calendar) => ({
      calendar,
      closedOn: publicHolidays(calendar.holidayCountry, calendar.holidayRegion, localDate(at, calendar.timeZone)),
    })),
    at,
  );
  const missed = before.cutOffAt !== null && toMillis(before.cutOffAt) < toMillis(at);
  const otherCarrier = ofCarrier.length > 0 && before.pickupCarrier !== carrier;
  if (!plan) return undefined;
  if (before.cutOffAt !== null && !missed && !otherCarrier) {
    const { pickupCarrier, pickupOn, cutOffAt, expectedDeliveryOn } = before;
    const kept = { carrier: pickupCarrier!, on: pickupOn!, cutOffAt, expectedDeliveryOn: expectedDeliveryOn! };
    return { ...kept, promisedOn, missesPromise: missesPromise(kept.expectedDeliveryOn, promisedOn) };
  }
  await tx.query(
    `UPDATE shipments SET pickup_carrier = $2, pickup_on = $3, pickup_cut_off_at = $4, expected_delivery_on = $5,
       first_cut_off_at = coalesce(first_cut_off_at, $4), missed_pickups = missed_pickups + $6 WHERE id = $1`,
    [shipmentId, plan.carrier, plan.on, plan.cutOffAt, plan.expectedDeliveryOn, missed ? 1 : 0],
  );
  const late = missesPromise(plan.expectedDeliveryOn, promisedOn);
  const promise = late ? `, which misses the promise of ${promisedOn}` : '';
  const goesWith = `${plan.carrier} on ${plan.on}, expected there on ${plan.expectedDeliveryOn}${promise}`;
  const instead = missed ? { carrier: before.pickupCarrier!, on: before.pickupOn!, cutOffAt: before.cutOffAt! } : undefined;
  await record(tx, {
    at,
    actor,
    action: missed ? 'pickup-missed' : 'pickup-planned',
    summary: missed
      ? `${shipmentId} missed the pickup of ${instead?.carrier} on ${instead?.on}: it goes with ${goesWith}`
      : `${shipmentId} goes with ${goesWith}`,
    customerId: before.customerId,
    orderId: before.orderId,
    shipmentId,
    before: instead,
    after: { ...plan, promisedOn },
  });
  return { ...plan, promisedOn, missesPromise: late, ...(instead ? { instead } : {}) };
}
