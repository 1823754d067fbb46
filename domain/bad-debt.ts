/**
 * The review of overdue accounts: what is expected to be lost of what is owed (IFRS 9, simplified: a provision matrix), and what next
 * month brings. Requirement P7.
 */
import { type AgeingBucket, ageingBuckets } from './ageing.ts';
import { applyRate, sumMinor } from './money.ts';

/** Open amounts per bucket. */
export type Ages = Record<AgeingBucket, number>;

/** The buckets from which amounts roll into the next one; from the last they are paid or lost. */
export const rollingBuckets = ['current', '1-30', '31-60', '61-90'] as const;
type RollingBucket = (typeof rollingBuckets)[number];
/** Shares, 0 to 1, as decimals: '0.4' of it is in the next bucket a month later. */
export type RollRates = Record<RollingBucket, string>;

/** Immutable, versioned data: an edit is a new version, and a review names the version that it was made by. */
export interface BadDebtPolicy {
  name: 'bad-debt';
  version: number;
  /** How often all overdue accounts are reviewed: on the first of the month, or on Mondays. */
  reviewEvery: 'month' | 'week';
  /** Roll rates while the company's own history of a bucket is shorter than this. */
  fallbackRollRates: RollRates;
  historyMonthsMinimum: number;
  /** The share of what reached 91+ that is finally lost, while fewer items than the minimum have come to their end after it. */
  lossOf91Plus: string;
  lossHistoryItemsMinimum?: number | undefined;
  /** What is to come, against what has been: '1.1' expects a tenth more losses than history. */
  forwardLookingFactor: string;
}

export const defaultBadDebtPolicy: BadDebtPolicy = {
  name: 'bad-debt',
  version: 1,
  reviewEvery: 'month',
  fallbackRollRates: { current: '0.1', '1-30': '0.4', '31-60': '0.5', '61-90': '0.6' },
  historyMonthsMinimum: 6,
  lossOf91Plus: '0.5',
  forwardLookingFactor: '1',
};

/** Rates are exact to a millionth. */
const decimal = (share: number): string => String(Number(share.toFixed(6)));

/**
 * The share of each bucket that is finally lost: what rolls on from it, of that what rolls on from the next, and so on to the loss of 91+,
 * times the forward-looking factor, at most all of it. Worked: rolls 10, 40, 50, 60 %, loss of 91+ 50 % → 0.6, 6, 15, 30, 50 %.
 */
export function lossRates(input: {
  rollRates: RollRates;
  lossOf91Plus: string;
  forwardLookingFactor: string;
}): Record<AgeingBucket, string> {
  const factor = Number(input.forwardLookingFactor);
  let lost = Math.min(1, Number(input.lossOf91Plus));
  const rates: [AgeingBucket, string][] = [['91+', decimal(Math.min(1, lost * factor))]];
  for (const bucket of rollingBuckets.toReversed()) {
    lost *= Math.min(1, Number(input.rollRates[bucket]));
    rates.push([bucket, decimal(Math.min(1, lost * factor))]);
  }
  return Object.fromEntries(rates) as Record<AgeingBucket, string>;
}

/** The same from what the books, or the policy in their place, say of roll rates and the loss of 91+. */
export function lossRatesOf(
  { forwardLookingFactor }: Pick<BadDebtPolicy, 'forwardLookingFactor'>,
  rollRates: readonly RollRate[],
  lossOf91Plus: Pick<LossOf91Plus, 'rate'>,
): Record<AgeingBucket, string> {
  const rates = Object.fromEntries(rollRates.map(({ bucket, rate }) => [bucket, rate])) as RollRates;
  return lossRates({ rollRates: rates, lossOf91Plus: lossOf91Plus.rate, forwardLookingFactor });
}

export interface RollRate {
  bucket: RollingBucket;
  rate: string;
  /** Month ends that had something in the bucket and were followed by another. */
  months: number;
  source: 'own' | 'policy';
}

/**
 * Roll rates from the company's own month ends, the oldest first: of all that stood in a bucket at a month's end, the share that stood in
 * the next one a month later. With too few months the policy's rate stands in.
 */
export function rollRatesFrom(
  monthEnds: readonly Ages[],
  policy: Pick<BadDebtPolicy, 'fallbackRollRates' | 'historyMonthsMinimum'>,
): RollRate[] {
  return rollingBuckets.map((bucket, index) => {
    const next = ageingBuckets[index + 1]!;
    const pairs = monthEnds
      .slice(0, -1)
      .flatMap((ages, month) => (ages[bucket] > 0 ? [[ages[bucket], monthEnds[month + 1]![next]]] : []));
    if (pairs.length < Math.max(1, policy.historyMonthsMinimum)) {
      return { bucket, rate: policy.fallbackRollRates[bucket], months: pairs.length, source: 'policy' };
    }
    const stood = sumMinor(pairs.map(([from]) => from!));
    const rolled = sumMinor(pairs.map(([, to]) => Math.max(0, to!)));
    return { bucket, rate: decimal(Math.min(1, rolled / stood)), months: pairs.length, source: 'own' };
  });
}

/** Of what stood in a bucket at a month's end, the percentage that stands in the next one a month later; null of nothing. */
export function rolledOn(bucket: RollingBucket, before: Ages | undefined, now: Ages): number | null {
  const stood = before?.[bucket] ?? 0;
  const next = ageingBuckets[ageingBuckets.indexOf(bucket) + 1]!;
  return stood > 0 ? (Math.max(0, now[next]) / stood) * 100 : null;
}

/** What became of items that had reached 91+, all that have come to their end together. */
export interface LossHistory {
  items: number;
  /** What was open of them as they reached it, less what turned out never to have been owed. */
  reachedMinor: number;
  /** What was written off of it and has not come back. */
  lostMinor: number;
}

export interface LossOf91Plus extends LossHistory {
  rate: string;
  source: 'own' | 'policy';
}

/** Few items say little: one that was paid would make the rate nothing. */
const defaultLossHistoryItems = 20;

/**
 * The loss of 91+ from the company's own write-offs and recoveries: of all that reached it and has ended, paid or given up, the share that
 * was lost. What is still open says nothing yet. Worked: 400.00 reached it, 300.00 were written off, 60.00 came back → 60 %.
 */
export function lossOf91PlusFrom(
  history: LossHistory,
  policy: Pick<BadDebtPolicy, 'lossOf91Plus' | 'lossHistoryItemsMinimum'>,
): LossOf91Plus {
  const { items, reachedMinor, lostMinor } = history;
  if (items < (policy.lossHistoryItemsMinimum ?? defaultLossHistoryItems) || reachedMinor <= 0) {
    return { ...history, rate: policy.lossOf91Plus, source: 'policy' };
  }
  return { ...history, rate: decimal(Math.min(1, Math.max(0, lostMinor) / reachedMinor)), source: 'own' };
}

/** What of today's buckets stands in the next one a month from now. What comes to 'current' is sold by then, and not forecast. */
export function forecastNextMonth(ages: Ages, rollRates: RollRates): Record<Exclude<AgeingBucket, 'current'>, number> {
  const rolled = (bucket: RollingBucket) => applyRate(Math.max(0, ages[bucket]), rollRates[bucket], 'half-up');
  return { '1-30': rolled('current'), '31-60': rolled('1-30'), '61-90': rolled('31-60'), '91+': rolled('61-90') };
}

export interface ReviewedItem {
  /** Null: whatever has no rate of its own. */
  invoiceId: string | null;
  bucket: AgeingBucket;
  openMinor: number;
}

/** A rate that somebody has set for one item, or for all of a customer, with a reason: it counts in place of the matrix. */
export interface SpecificRate {
  /** Null: all of the customer. */
  invoiceId: string | null;
  rate: string;
}

export interface Provision {
  provisionMinor: number;
  /** The part of it that rests on rates set by hand. */
  specificMinor: number;
  /** What the matrix was applied to. */
  matrixMinor: Ages;
}

/**
 * What is expected to be lost of a customer's open items: by the item's own rate, else by the customer's, else by its bucket. The matrix is
 * applied to the sum of a bucket, so that many small items round no other than one large one.
 */
export function provisionFor(
  items: readonly ReviewedItem[],
  rates: Record<AgeingBucket, string>,
  specific: readonly SpecificRate[],
): Provision {
  const ofCustomer = specific.find(({ invoiceId }) => invoiceId === null);
  const left: Ages = { current: 0, '1-30': 0, '31-60': 0, '61-90': 0, '91+': 0 };
  let specificMinor = 0;
  for (const { invoiceId, bucket, openMinor } of items) {
    const set = specific.find((one) => one.invoiceId !== null && one.invoiceId === invoiceId) ?? ofCustomer;
    if (set) specificMinor = sumMinor([specificMinor, applyRate(Math.max(0, openMinor), set.rate, 'half-up')]);
    else left[bucket] = sumMinor([left[bucket], openMinor]);
  }
  const byMatrix = ageingBuckets.map((bucket) => applyRate(Math.max(0, left[bucket]), rates[bucket], 'half-up'));
  return { provisionMinor: sumMinor([specificMinor, ...byMatrix]), specificMinor, matrixMinor: left };
}
