/** Ageing of open items by due date. Requirement A4. */
import { sumMinor } from './money.ts';
import { daysBetween, type IsoDate } from './time.ts';

export const ageingBuckets = ['current', '1-30', '31-60', '61-90', '91+'] as const;

/** With how many days overdue each bucket after 'current' begins. */
export const ageingBucketStarts = [1, 31, 61, 91] as const;

/** Days overdue; 'current' is not overdue. */
export type AgeingBucket = (typeof ageingBuckets)[number];

/** An item is current on its due date and one day overdue on the next. Grace never shifts it. */
export function ageingBucket(dueOn: IsoDate, asOf: IsoDate): AgeingBucket {
  const daysOverdue = daysBetween(dueOn, asOf);
  return ageingBuckets[ageingBucketStarts.filter((start) => daysOverdue >= start).length]!;
}

/** Open amounts per bucket, every bucket present. The open amounts must be those as of the same date. */
export function ageItems(items: readonly { openMinor: number; dueOn: IsoDate }[], asOf: IsoDate): Record<AgeingBucket, number> {
  const ages: Record<AgeingBucket, number> = { current: 0, '1-30': 0, '31-60': 0, '61-90': 0, '91+': 0 };
  for (const { openMinor, dueOn } of items) {
    const bucket = ageingBucket(dueOn, asOf);
    ages[bucket] = sumMinor([ages[bucket], openMinor]);
  }
  return ages;
}
