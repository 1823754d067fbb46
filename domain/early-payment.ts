/**
 * Early-payment discounts: what an invoice offers to whoever pays it in full by a day, and what is granted of revenue and tax
 * when somebody does. Requirement I2.
 */
import { undisputedMinor } from './dunning.ts';
import type { InvoiceTax, PaymentTerms } from './invoice.ts';
import { allocateMinor, applyRate, sumMinor } from './money.ts';
import { addDays, compareDates, type IsoDate } from './time.ts';

/** Printed on the invoice. */
export interface DiscountOffer {
  rate: string;
  /** The last value date that earns it. */
  payBy: IsoDate;
  discountMinor: number;
}

/** The offers of an invoice, the earliest first; none that would outlast its due date, or come to nothing. */
export function discountOffers(terms: PaymentTerms, issuedOn: IsoDate, dueOn: IsoDate, grossMinor: number): DiscountOffer[] {
  if (terms.kind !== 'net') return [];
  return (terms.discounts ?? [])
    .map(({ rate, days }) => ({ rate, payBy: addDays(issuedOn, days), discountMinor: applyRate(grossMinor, rate, 'half-up') }))
    .filter(({ payBy, discountMinor }) => discountMinor > 0 && compareDates(payBy, dueOn) <= 0)
    .sort((a, b) => compareDates(a.payBy, b.payBy));
}

export interface Discount {
  rate: string;
  /** The last value date that earns it. */
  payBy: IsoDate;
  discountMinor: number;
  netMinor: number;
  taxMinor: number;
  /** One per category and rate: the base and the tax that the discount takes back. */
  taxes: InvoiceTax[];
}

/**
 * The discount of an invoice for whoever pays the rest of it in full with that value date; undefined when there is none. It is
 * reckoned on what was owed in all, after credit notes, so that part payments before it lose nothing: `paidOn` is when the last
 * of them came. Revenue and tax are taken back in the proportion in which they were billed, and the parts add up.
 */
export function earlyPaymentDiscount(invoice: {
  offers: readonly DiscountOffer[];
  /** What is owed of revenue and tax, credit notes taken off. */
  taxes: readonly InvoiceTax[];
  openMinor: number;
  paidOn: IsoDate | null;
  valueOn: IsoDate;
}): Discount | undefined {
  const { offers, taxes, openMinor, paidOn, valueOn } = invoice;
  const lastOn = paidOn !== null && compareDates(paidOn, valueOn) > 0 ? paidOn : valueOn;
  const parts = taxes.flatMap(({ baseMinor, taxMinor }) => [baseMinor, taxMinor]);
  const discounts = offers
    .filter(({ payBy }) => compareDates(lastOn, payBy) <= 0)
    .map(({ rate, payBy }) => ({ rate, payBy, discountMinor: applyRate(sumMinor(parts), rate, 'half-up') }))
    .sort((a, b) => b.discountMinor - a.discountMinor);
  const best = discounts[0];
  // What is left must be paid by something: a discount alone settles nothing.
  if (!best || best.discountMinor === 0 || best.discountMinor >= openMinor) return undefined;
  const shares = allocateMinor(best.discountMinor, parts);
  const taken = taxes.map((tax, index) => ({ ...tax, baseMinor: shares[2 * index]!, taxMinor: shares[2 * index + 1]! }));
  const netMinor = sumMinor(taken.map(({ baseMinor }) => baseMinor));
  return { ...best, netMinor, taxMinor: best.discountMinor - netMinor, taxes: taken };
}

export interface AskedToday {
  /** What pays it for now; 0 where all of it is disputed. */
  askedMinor: number;
  /** What need not be paid if all that is asked for comes by the day. */
  discount: Pick<Discount, 'rate' | 'payBy' | 'discountMinor'> | null;
}

/**
 * What is asked for of an open item on a day (P1): a disputed part is left in peace, and what an early-payment discount takes off is not
 * asked for. Whoever pays less than all of an item, as one with a dispute, earns none. `offered` is what `earlyPaymentDiscount` gives for
 * the day.
 */
export function askedToday(item: { openMinor: number; disputedMinor: number }, offered: Discount | undefined): AskedToday {
  if (item.disputedMinor > 0 || !offered) return { askedMinor: undisputedMinor(item), discount: null };
  const { rate, payBy, discountMinor } = offered;
  return { askedMinor: sumMinor([item.openMinor, -discountMinor]), discount: { rate, payBy, discountMinor } };
}
