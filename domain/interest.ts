/** Late-payment interest. Requirement P5. */
import { applyRateProRata, sumMinor } from './money.ts';
import { addDays, compareDates, daysBetween, type IsoDate } from './time.ts';

const daysInYear = 365;

export interface LateInterestInput {
  principalMinor: number;
  dueOn: IsoDate;
  payments: readonly { valueOn: IsoDate; amountMinor: number }[];
  /** Yearly rates as decimal strings, each valid from its date (inclusive) until the next. */
  rates: readonly { from: IsoDate; annualRate: string }[];
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
 * RangeError when no rate is given for a day that bears interest.
 */
export function lateInterest(input: LateInterestInput): { segments: InterestSegment[]; interestMinor: number } {
  const { dueOn, until } = input;
  const rates = [...input.rates].sort((a, b) => compareDates(a.from, b.from));
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
    const annualRate = rates.findLast((rate) => compareDates(rate.from, from) <= 0)?.annualRate;
    if (annualRate === undefined) throw new RangeError(`no interest rate for ${from}`);
    const days = daysBetween(before, to);
    const interestMinor = applyRateProRata(principalMinor, annualRate, days, daysInYear, 'half-even');
    segments.push({ from, to, days, principalMinor, annualRate, interestMinor });
  }
  return { segments, interestMinor: sumMinor(segments.map(({ interestMinor }) => interestMinor)) };
}
