import { compareDates, daysBetween, type IsoDate, type IsoInstant, localDate, toMillis } from './time.ts';

/** The written targets that carriers are held against; shares are of 1. A lane with fewer shipments is measured and not judged. */
export interface CarrierTargets {
  onTimeDispatchShareMinimum: number;
  onTimeDeliveryShareMinimum: number;
  missedPickupsPerShipmentMaximum: number;
  transitDaysMaximum: number;
  damageAndLossShareMaximum: number;
  shipmentsMinimum: number;
  /** How often the audit comes round by itself; absent: every week. */
  auditEvery?: 'day' | 'week' | undefined;
}

export const defaultCarrierTargets: CarrierTargets = {
  onTimeDispatchShareMinimum: 0.95,
  onTimeDeliveryShareMinimum: 0.95,
  missedPickupsPerShipmentMaximum: 0.05,
  transitDaysMaximum: 5,
  damageAndLossShareMaximum: 0.01,
  shipmentsMinimum: 20,
};

/** What is known of one shipment that has left. */
export interface CarriedShipment {
  shippedAt: IsoInstant;
  deliveredAt: IsoInstant | null;
  /** The cut-off it was first planned for; null when no calendar knew the carrier. */
  firstCutOffAt: IsoInstant | null;
  /** The promised date, or what was expected when none was promised. */
  dueOn: IsoDate | null;
  missedPickups: number;
  damaged: boolean;
  lost: boolean;
}

/** A share says of how many, so that 100 % of one is not taken for 100 % of a thousand. */
export interface Share {
  share: number | null;
  of: number;
}

export interface CarrierPerformance {
  shipments: number;
  onTimeDispatch: Share;
  onTimeDelivery: Share;
  missedPickups: number;
  averageTransitDays: number | null;
  damageAndLoss: Share;
}

/**
 * How a carrier did on a lane. On-time dispatch: left by the cut-off first planned. On-time delivery: there on the due date at
 * the latest; what is due and not there by `at` is late. Transit: calendar days from goods issue to delivery (S4).
 */
export function measureCarrier(shipments: readonly CarriedShipment[], at: IsoInstant, timeZone: string): CarrierPerformance {
  const planned = shipments.filter(({ firstCutOffAt }) => firstCutOffAt !== null);
  const today = localDate(at, timeZone);
  const judged = shipments.filter(
    ({ dueOn, deliveredAt }) => dueOn !== null && (deliveredAt !== null || compareDates(dueOn, today) < 0),
  );
  const transits = shipments.flatMap(({ shippedAt, deliveredAt }) =>
    deliveredAt === null ? [] : [daysBetween(localDate(shippedAt, timeZone), localDate(deliveredAt, timeZone))],
  );
  return {
    shipments: shipments.length,
    onTimeDispatch: shareOf(planned, ({ shippedAt, firstCutOffAt }) => toMillis(shippedAt) <= toMillis(firstCutOffAt!)),
    onTimeDelivery: shareOf(
      judged,
      ({ deliveredAt, dueOn }) => deliveredAt !== null && compareDates(localDate(deliveredAt, timeZone), dueOn!) <= 0,
    ),
    missedPickups: shipments.reduce((total, { missedPickups }) => total + missedPickups, 0),
    averageTransitDays:
      transits.length === 0 ? null : Number((transits.reduce((total, days) => total + days, 0) / transits.length).toFixed(2)),
    damageAndLoss: shareOf(shipments, ({ damaged, lost }) => damaged || lost),
  };
}

/** The targets that were missed, each in a sentence; none for a lane with too few shipments to judge. */
export function findBreaches(measured: CarrierPerformance, targets: CarrierTargets): string[] {
  if (measured.shipments < targets.shipmentsMinimum) return [];
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const below = (what: string, { share }: Share, minimum: number) =>
    share !== null && share < minimum ? [`${what} ${percent(share)}, target at least ${percent(minimum)}`] : [];
  const { averageTransitDays, damageAndLoss, missedPickups, shipments } = measured;
  const missedShare = missedPickups / shipments;
  return [
    ...below('on-time dispatch', measured.onTimeDispatch, targets.onTimeDispatchShareMinimum),
    ...below('on-time delivery', measured.onTimeDelivery, targets.onTimeDeliveryShareMinimum),
    ...(missedShare > targets.missedPickupsPerShipmentMaximum
      ? [`cut-offs missed ${percent(missedShare)}, target at most ${percent(targets.missedPickupsPerShipmentMaximum)}`]
      : []),
    ...(averageTransitDays !== null && averageTransitDays > targets.transitDaysMaximum
      ? [`${averageTransitDays} days in transit, target at most ${targets.transitDaysMaximum}`]
      : []),
    ...(damageAndLoss.share !== null && damageAndLoss.share > targets.damageAndLossShareMaximum
      ? [`damage and loss ${percent(damageAndLoss.share)}, target at most ${percent(targets.damageAndLossShareMaximum)}`]
      : []),
  ];
}

function shareOf<Item>(items: readonly Item[], met: (item: Item) => boolean): Share {
  return { share: items.length === 0 ? null : items.filter(met).length / items.length, of: items.length };
}
