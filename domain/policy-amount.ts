/**
 * Amounts of policies. They are in the company's currency, and what they are held against may be in another: then the amount is taken
 * to that currency at the rate of the day, and decisions keep the rate. Requirements C2, P2–P4, P6, I4.
 */
import { type Currency, convertBackMinor } from './money.ts';
import type { IsoDate } from './time.ts';

/** How a day's policy amounts come to another currency. For the company's own there is none, and amounts stand as they are. */
export interface PolicyRate {
  companyCurrency: Currency;
  currency: Currency;
  /** What one of the currency is in the company's, a decimal; null: nobody knows. */
  rate: string | null;
  on: IsoDate;
}

/** Either currency has no more than that. */
const most = Number.MAX_SAFE_INTEGER;

/**
 * An amount of a policy in the currency that it is held against: with 'at-least' the least that reaches it, with 'at-most' the most that
 * does not exceed it. Without a rate it is 0, the safe side of every one of them: two people decide, nothing is written off for its
 * smallness, no limit follows from a score, and whatever is overdue counts.
 */
export function policyAmount(amountMinor: number, rate: PolicyRate | undefined, bound: 'at-least' | 'at-most'): number {
  if (rate === undefined) return amountMinor;
  if (rate.rate === null) return 0;
  try {
    return convertBackMinor({ currency: rate.companyCurrency, amountMinor }, rate.currency, rate.rate, bound);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return most;
  }
}

/** By which rate it was weighed, to be put behind what was decided; nothing to say of the company's own currency. */
export function policyRateInWords(rate: PolicyRate | undefined): string {
  if (rate === undefined) return '';
  const { currency, companyCurrency, on } = rate;
  if (rate.rate === null) return `: there is no exchange rate of ${currency} on or before ${on}`;
  return `, at ${rate.rate} ${companyCurrency} for a ${currency}`;
}
