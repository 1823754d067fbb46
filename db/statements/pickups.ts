import {
  missesPromise,
  type Pickup,
  type PickupCalendar,
  type PickupPlan,
  pickupStands,
  planPickup,
} from '../../domain/pickups.ts';
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

const closedOn = (calendar: StoredCalendar, at: string): ReadonlySet<string> =>
  publicHolidays(calendar.holidayCountry, calendar.holidayRegion, localDate(at, calendar.timeZone));

/** Of the pickup that it is planned for nothing is null, or all of it. */
interface Planned {
  pickupCarrier: string | null;
  pickupOn: string | null;
  cutOffAt: string | null;
  expectedDeliveryOn: string | null;
  promisedOn: string | null;
  customerId: string;
  orderId: string;
  /** Of its warehouse, with when each was saved. */
  calendars: (StoredCalendar & { savedAt: string })[];
}

/** A pickup that shipments of a warehouse are planned for, which its carrier's calendar does not have any more. */
export interface WithdrawnPickup extends Pickup {
  carrier: string;
  warehouseId: string;
}

/** Pickups to come that are planned with and that no calendar has any more: it was changed after the plan was made (S1). */
export async function withdrawnPickups(tx: Transaction, at: string): Promise<WithdrawnPickup[]> {
  const [calendars, { rows }] = await Promise.all([
    pickupCalendars(tx),
    tx.query<WithdrawnPickup>(
      `SELECT DISTINCT warehouse_id AS "warehouseId", pickup_carrier AS carrier, pickup_on AS "on", pickup_cut_off_at AS "cutOffAt"
       FROM shipments WHERE status IN ('picking', 'packing', 'packed') AND pickup_cut_off_at >= $1`,
      [at],
    ),
  ]);
  return rows.filter((pickup) => {
    const calendar = calendars.find((one) => one.carrier === pickup.carrier && one.warehouseId === pickup.warehouseId);
    return calendar && !pickupStands(calendar, pickup, closedOn(calendar, at));
  });
}

/**
 * Plans a shipment onto the pickup that brings it there first; one that still makes its pickup keeps it. A missed cut-off moves
 * it to the next pickup, and stands on the timeline (S1); so does a pickup that the carrier's calendar has given up, which nobody
 * has missed. With a carrier named, onto that carrier's. Undefined where no carrier has a calendar. The caller holds the order's lock.
 */
export async function planShipment(
  tx: Transaction,
  { shipmentId, carrier, actor, at }: { shipmentId: string; carrier?: string; actor: Actor; at: string },
): Promise<PlannedPickup | undefined> {
  const { rows } = await tx.query<Planned>(
    `SELECT s.pickup_carrier AS "pickupCarrier", s.pickup_on AS "pickupOn", s.pickup_cut_off_at AS "cutOffAt",
       s.expected_delivery_on AS "expectedDeliveryOn", CASE WHEN o.requested_on IS NOT NULL THEN o.promised_on END AS "promisedOn", o.customer_id AS "customerId",
       s.order_id AS "orderId",
       (SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY c.carrier), '[]')
        FROM (SELECT ${calendarColumns}, at AS "savedAt" FROM pickup_calendars WHERE warehouse_id = s.warehouse_id) c) AS calendars
     FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id = $1`,
    [shipmentId],
  );
  const before = rows[0]!;
  const { promisedOn, calendars: all } = before;
  // A carrier that has no calendar here comes when it is called: the plan stays what it was.
  const ofCarrier = all.filter((calendar) => calendar.carrier === carrier);
  const calendars = ofCarrier.length > 0 ? ofCarrier : all;
  const plan = planPickup(
    calendars.map((calendar) => ({ calendar, closedOn: closedOn(calendar, at) })),
    at,
  );
  const withdrawn = isWithdrawn(before, at);
  const missed = before.cutOffAt !== null && !withdrawn && toMillis(before.cutOffAt) < toMillis(at);
  const otherCarrier = ofCarrier.length > 0 && before.pickupCarrier !== carrier;
  if (!plan) return undefined;
  if (before.cutOffAt !== null && !missed && !withdrawn && !otherCarrier) {
    const { pickupCarrier, pickupOn, cutOffAt, expectedDeliveryOn } = before;
    const kept = { carrier: pickupCarrier!, on: pickupOn!, cutOffAt, expectedDeliveryOn: expectedDeliveryOn! };
    return { ...kept, promisedOn, missesPromise: missesPromise(kept.expectedDeliveryOn, promisedOn) };
  }
  await tx.query(
    `UPDATE shipments SET pickup_carrier = $2, pickup_on = $3, pickup_cut_off_at = $4, expected_delivery_on = $5,
       first_cut_off_at = CASE WHEN $7 AND first_cut_off_at = pickup_cut_off_at THEN $4 ELSE coalesce(first_cut_off_at, $4) END,
       missed_pickups = missed_pickups + $6 WHERE id = $1`,
    [shipmentId, plan.carrier, plan.on, plan.cutOffAt, plan.expectedDeliveryOn, missed ? 1 : 0, withdrawn],
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
      : `${shipmentId}${withdrawn ? `, for which ${before.pickupCarrier} does not come on ${before.pickupOn} as planned,` : ''} goes with ${goesWith}`,
    customerId: before.customerId,
    orderId: before.orderId,
    shipmentId,
    before:
      instead ?? (withdrawn ? { carrier: before.pickupCarrier, on: before.pickupOn, cutOffAt: before.cutOffAt } : undefined),
    after: { ...plan, promisedOn },
  });
  return { ...plan, promisedOn, missesPromise: late, ...(instead ? { instead } : {}) };
}

/** Whether its carrier had given up the planned pickup before the cut-off: a calendar that changed only afterwards excuses nothing. */
function isWithdrawn({ pickupCarrier, pickupOn: on, cutOffAt, calendars }: Planned, at: string): boolean {
  const calendar = calendars.find(({ carrier }) => carrier === pickupCarrier);
  if (!calendar || on === null || cutOffAt === null || toMillis(calendar.savedAt) > toMillis(cutOffAt)) return false;
  return !pickupStands(calendar, { on, cutOffAt }, closedOn(calendar, at));
}
