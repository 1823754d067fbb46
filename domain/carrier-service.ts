import { addDays, compareDates, type IsoDate } from './time.ts';

/** What a carrier asks for one parcel by one service. */
export interface CarrierRate {
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
 * promise, the cheapest.
 */
export function chooseService(
  rates: readonly CarrierRate[],
  { handedOverOn, promisedOn }: { handedOverOn: IsoDate; promisedOn: IsoDate | null },
): string {
  const cheapestFirst = rates.toSorted(
    (left, right) => left.priceMinor - right.priceMinor || left.transitDays - right.transitDays,
  );
  const quickestFirst = cheapestFirst.toSorted((left, right) => left.transitDays - right.transitDays);
  const inTime =
    promisedOn === null
      ? cheapestFirst[0]
      : cheapestFirst.find(({ transitDays }) => compareDates(addDays(handedOverOn, transitDays), promisedOn) <= 0);
  return (inTime ?? quickestFirst[0])?.service ?? standardService;
}
