import {
  addDays,
  compareDates,
  dayOfWeek,
  type IsoDate,
  type IsoInstant,
  instantAt,
  isBusinessDay,
  localDate,
  toMillis,
} from './time.ts';

/** When a carrier comes to a warehouse. */
export interface PickupCalendar {
  carrier: string;
  warehouseId: string;
  /** 1 is Monday, 7 Sunday. */
  weekdays: readonly number[];
  /** Wall time in the warehouse ('15:30'): what is packed by then goes with that day's pickup. */
  cutOff: string;
  timeZone: string;
  /** Working days from the pickup to the delivery. */
  transitDays: number;
  /** Days unlike the others, holidays too: another cut-off, or null for no pickup. */
  exceptions: readonly { on: IsoDate; cutOff: string | null }[];
}

export interface Pickup {
  on: IsoDate;
  cutOffAt: IsoInstant;
}

/** A shipment's place on a pickup. */
export interface PickupPlan extends Pickup {
  carrier: string;
  expectedDeliveryOn: IsoDate;
}

/** A carrier that has not come for a year does not come. */
const searchDaysMaximum = 366;

/**
 * The first pickup whose cut-off is at or after the instant; undefined when there is none within a year. `closedOn` holds the
 * public holidays where the warehouse stands. The cut-off keeps its wall time through the changes to and from summer time.
 */
export function nextPickup(calendar: PickupCalendar, at: IsoInstant, closedOn: ReadonlySet<IsoDate>): Pickup | undefined {
  const today = localDate(at, calendar.timeZone);
  for (let days = 0; days <= searchDaysMaximum; days += 1) {
    const on = addDays(today, days);
    const cutOff = cutOffOn(calendar, on, closedOn);
    if (cutOff === null) continue;
    const cutOffAt = instantAt(on, cutOff, calendar.timeZone);
    if (toMillis(cutOffAt) >= toMillis(at)) return { on, cutOffAt };
  }
  return undefined;
}

/** The cut-off of that day, or null when the carrier does not come. */
export function cutOffOn(calendar: PickupCalendar, on: IsoDate, closedOn: ReadonlySet<IsoDate>): string | null {
  const exception = calendar.exceptions.find((candidate) => candidate.on === on);
  if (exception) return exception.cutOff;
  return calendar.weekdays.includes(dayOfWeek(on)) && !closedOn.has(on) ? calendar.cutOff : null;
}

/** Whether the carrier still comes for a pickup that was planned with it, and takes what is packed until the same moment. */
export function pickupStands(calendar: PickupCalendar, { on, cutOffAt }: Pickup, closedOn: ReadonlySet<IsoDate>): boolean {
  const cutOff = cutOffOn(calendar, on, closedOn);
  return cutOff !== null && toMillis(instantAt(on, cutOff, calendar.timeZone)) === toMillis(cutOffAt);
}

/** When goods of that pickup are with the customer: working days, without the holidays of the sender's side. */
export function expectedDelivery(calendar: PickupCalendar, pickupOn: IsoDate, closedOn: ReadonlySet<IsoDate>): IsoDate {
  let on = pickupOn;
  for (let left = calendar.transitDays; left > 0; ) {
    on = addDays(on, 1);
    if (isBusinessDay(on) && !closedOn.has(on)) left -= 1;
  }
  return on;
}

/** The pickup that brings the goods there first; of equal ones the first to be collected, then by the carrier's name. */
export function planPickup(
  calendars: readonly { calendar: PickupCalendar; closedOn: ReadonlySet<IsoDate> }[],
  at: IsoInstant,
): PickupPlan | undefined {
  const plans = calendars.flatMap(({ calendar, closedOn }): PickupPlan[] => {
    const pickup = nextPickup(calendar, at, closedOn);
    if (!pickup) return [];
    return [{ ...pickup, carrier: calendar.carrier, expectedDeliveryOn: expectedDelivery(calendar, pickup.on, closedOn) }];
  });
  return plans.sort(
    (left, right) =>
      compareDates(left.expectedDeliveryOn, right.expectedDeliveryOn) ||
      toMillis(left.cutOffAt) - toMillis(right.cutOffAt) ||
      (left.carrier < right.carrier ? -1 : 1),
  )[0];
}

/** Whether the goods come later than promised. */
export const missesPromise = (expectedDeliveryOn: IsoDate, promisedOn: IsoDate | null): boolean =>
  promisedOn !== null && compareDates(expectedDeliveryOn, promisedOn) > 0;
