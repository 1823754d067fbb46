/** Late-payment interest. Requirement P5. */
import { applyRateProRata, sumMinor } from './money.ts';
import { addDays, compareDates, daysBetween, type IsoDate } from './time.ts';

const daysInYear = 365;

/** A yearly rate from a day on, until the next. Decimal string: '0.11' is 11 %; a base rate may be below zero. */
export interface DatedRate {
  from: IsoDate;
  annualRate: string;
}

/**
 * The rates that an item's terms mean: one for good, or a margin over the base rate of each day, never below zero. Days before the first base
 * rate bear the fixed one.
 */
export function ratesOf(
  { annualInterestRate, baseRateMargin }: { annualInterestRate: string; baseRateMargin?: string | undefined },
  baseRates: readonly DatedRate[],
): DatedRate[] {
  const fixed = { from: '1970-01-01', annualRate: annualInterestRate };
  if (baseRateMargin === undefined) return [fixed];
  return [fixed, ...baseRates.map(({ from, annualRate }) => ({ from, annualRate: addRates(annualRate, baseRateMargin) }))];
}

/** The rate of a day. */
export const rateOn = (rates: readonly DatedRate[], on: IsoDate): string | undefined =>
  [...rates].sort((a, b) => compareDates(a.from, b.from)).findLast(({ from }) => compareDates(from, on) <= 0)?.annualRate;

/** Exact, in millionths; below zero it is zero. */
function addRates(a: string, b: string): string {
  const millionths = Math.max(0, Math.round(Number(a) * 1e6) + Math.round(Number(b) * 1e6));
  return (millionths / 1e6).toFixed(6).replace(/\.?0+$/, '') || '0';
}

export interface LateInterestInput {
  principalMinor: number;
  dueOn: IsoDate;
  payments: readonly { valueOn: IsoDate; amountMinor: number }[];
  rates: readonly DatedRate[];
  /** The last day that bears interest. */
  until: IsoDate;
}

export interface InterestSegment {
  /** First and last day, both inclusive. */
  from: IsoDate;
  to: IsoDate;
  days: number;
  principalMinor: number;
  annualRate: string;
  interestMinor: number;
}

/**
 * Simple interest on principal, actual/365, from the day after the due date to the value date: the day on which money
 * arrives still bears interest. Split where the balance or the rate changes; each segment rounded half-even, then summed.
 * So a period that is cut in two for another reason may come to one minor unit more or less, and never to more than that.
 * RangeError when no rate is given for a day that bears interest.
 */
export function lateInterest(input: LateInterestInput): { segments: InterestSegment[]; interestMinor: number } {
  const { dueOn, until } = input;
  // A rate that is written down again changes nothing, and splits nothing.
  const rates = [...input.rates]
    .sort((a, b) => compareDates(a.from, b.from))
    .filter(({ annualRate }, index, all) => index === 0 || Number(annualRate) !== Number(all[index - 1]!.annualRate));
  const changes = [...input.payments.map(({ valueOn }) => valueOn), ...rates.map(({ from }) => addDays(from, -1))];
  const lastDays = [...new Set([...changes, until])]
    .filter((date) => compareDates(date, dueOn) > 0 && compareDates(date, until) <= 0)
    .sort(compareDates);

  const segments: InterestSegment[] = [];
  for (const [index, to] of lastDays.entries()) {
    const before = lastDays[index - 1] ?? dueOn;
    const from = addDays(before, 1);
    const paid = input.payments.filter(({ valueOn }) => compareDates(valueOn, from) < 0);
    const principalMinor = sumMinor([input.principalMinor, ...paid.map(({ amountMinor }) => -amountMinor)]);
    if (principalMinor <= 0) continue;
    const annualRate = rateOn(rates, from);
    if (annualRate === undefined) throw new RangeError(`no interest rate for ${from}`);
    const days = daysBetween(before, to);
    const interestMinor = applyRateProRata(principalMinor, annualRate, days, daysInYear, 'half-even');
    segments.push({ from, to, days, principalMinor, annualRate, interestMinor });
  }
  return { segments, interestMinor: sumMinor(segments.map(({ interestMinor }) => interestMinor)) };
}
