import { compareText } from './stock.ts';

/** The written policy of the warehouse's side of an order. Requirement F2. */
export interface FulfilmentPolicy {
  name: 'fulfilment';
  version: number;
  /** How long a customer has to say what becomes of an order that stock has failed; silence cancels it. */
  choiceBusinessDays: number;
  /** Which warehouses serve an order first; absent in versions that are older than the choice: the fewest shipments. */
  allocation?: Allocation;
}

export const defaultFulfilmentPolicy: FulfilmentPolicy = {
  name: 'fulfilment',
  version: 1,
  choiceBusinessDays: 2,
  allocation: 'fewest-shipments',
};

/** What a customer may choose: all of it later, what is there now and the rest never, or nothing. */
export const shortageChoices = ['wait', 'ship-part', 'cancel'] as const;
export type ShortageChoice = (typeof shortageChoices)[number];

export const allocations = ['fewest-shipments', 'nearest'] as const;
export type Allocation = (typeof allocations)[number];

interface Place {
  country: string;
  postalCode: string;
}

/**
 * The warehouses from the nearest to the farthest, as far as addresses tell: those in the country of the goods' way first, of
 * these the one that shares the longest beginning of the postal code, ties by warehouse id (F3). Postal codes of other countries say
 * nothing about distance.
 */
export function nearestFirst(shipTo: Place, warehouses: readonly { id: string; address: Place }[]): string[] {
  const closeness = ({ country, postalCode }: Place) =>
    country === shipTo.country ? 1 + sharedBeginning(bare(postalCode), bare(shipTo.postalCode)) : 0;
  return [...warehouses]
    .sort((left, right) => closeness(right.address) - closeness(left.address) || compareText(left.id, right.id))
    .map(({ id }) => id);
}

/** 'sw1a 1aa' and 'SW1A1AA' are one place. */
const bare = (postalCode: string): string => postalCode.replaceAll(/[^0-9a-z]/gi, '').toUpperCase();

function sharedBeginning(left: string, right: string): number {
  let length = 0;
  while (length < Math.min(left.length, right.length) && left[length] === right[length]) length += 1;
  return length;
}
