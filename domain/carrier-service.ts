import { addDays, compareDates, type IsoDate } from './time.ts';

/** What a carrier asks for one parcel by one service. */
export interface CarrierRate {
  carrier: string;
  service: string;
  currency: string;
  priceMinor: number;
  /** Calendar days from handing over to delivery. */
  transitDays: number;
}

/** The service of a carrier that offered no rates. */
export const standardService = 'standard';

/**
 * The cheapest service that keeps the promised date, of equal ones the quicker. When none does, the quickest; without a
 * promise, the cheapest. Of the carrier whose pickup is planned, where it offers any: its driver is who comes.
 */
export function chooseService(
  rates: readonly CarrierRate[],
  plan: { handedOverOn: IsoDate; promisedOn: IsoDate | null; plannedCarrier: string | null },
): string {
  const { handedOverOn, promisedOn, plannedCarrier } = plan;
  const ofPlanned = rates.filter(({ carrier }) => carrier === plannedCarrier);
  const cheapestFirst = (ofPlanned.length > 0 ? ofPlanned : rates).toSorted(
    (left, right) => left.priceMinor - right.priceMinor || left.transitDays - right.transitDays,
  );
  const quickestFirst = cheapestFirst.toSorted((left, right) => left.transitDays - right.transitDays);
  const inTime =
    promisedOn === null
      ? cheapestFirst[0]
      : cheapestFirst.find(({ transitDays }) => compareDates(addDays(handedOverOn, transitDays), promisedOn) <= 0);
  return (inTime ?? quickestFirst[0])?.service ?? standardService;
}
