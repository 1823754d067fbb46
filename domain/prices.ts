/** What a unit costs on an order line, and where that price comes from. Requirement O1. */
import type { IsoDate } from './time.ts';

/** Whom a price list is for, the nearest to the customer first: a nearer list goes before a farther one. */
export const audiences = ['customer', 'segment', 'everyone'] as const;

/** One price of a list that is meant for the customer, in the order's currency. */
export interface ListPrice {
  priceListId: string;
  audience: (typeof audiences)[number];
  /** Both days belong to the list; null leaves that end open. */
  validFrom: IsoDate | null;
  validUntil: IsoDate | null;
  /** The price is for lines of at least so many units. */
  minimumQuantity: number;
  unitPriceMinor: number;
}

export interface ChosenPrice {
  unitPriceMinor: number;
  /** Null: the product's own price. */
  priceListId: string | null;
  minimumQuantity: number | null;
}

/**
 * The price of a line: the customer's own list before its segment's, that before everyone's, and any list before the product's
 * own price. Of two lists for the same audience the one that became valid later goes first (then the lower id), and within a list
 * the highest quantity break that the line reaches. A list that has no break the line reaches is passed over. Undefined when
 * nothing has a price. Breaks are by line, as in ERPNext and Odoo: two lines of one product are not added up.
 */
export function choosePrice(input: {
  quantity: number;
  on: IsoDate;
  basePriceMinor: number | null;
  listPrices: readonly ListPrice[];
}): ChosenPrice | undefined {
  const reached = input.listPrices.filter((price) => isValidOn(price, input.on) && price.minimumQuantity <= input.quantity);
  const best = reached.reduce<ListPrice | undefined>(
    (first, price) => (first === undefined || goesBefore(price, first) ? price : first),
    undefined,
  );
  if (best) {
    const { unitPriceMinor, priceListId, minimumQuantity } = best;
    return { unitPriceMinor, priceListId, minimumQuantity };
  }
  if (input.basePriceMinor === null) return undefined;
  return { unitPriceMinor: input.basePriceMinor, priceListId: null, minimumQuantity: null };
}

// ISO dates stand in the order of their text; parsing them would take longer than everything else here.
function isValidOn({ validFrom, validUntil }: ListPrice, on: IsoDate): boolean {
  return (validFrom === null || validFrom <= on) && (validUntil === null || on <= validUntil);
}

function goesBefore(price: ListPrice, other: ListPrice): boolean {
  const nearer = audiences.indexOf(price.audience) - audiences.indexOf(other.audience);
  if (nearer !== 0) return nearer < 0;
  const from = price.validFrom ?? '';
  const otherFrom = other.validFrom ?? '';
  if (from !== otherFrom) return from > otherFrom;
  if (price.priceListId !== other.priceListId) return price.priceListId < other.priceListId;
  return price.minimumQuantity > other.minimumQuantity;
}
