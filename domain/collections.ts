/** What collectors and finance do about customers who owe. Requirements P3 and P6. */
import type { Fault } from './failures.ts';
import { addDays, compareDates, type IsoDate } from './time.ts';

/** Immutable, versioned data: an edit is a new version. */
export interface CollectionsPolicy {
  name: 'collections';
  version: number;
  /** A customer's hold may be lifted for so many days at most. */
  holdOverrideDaysMaximum: number;
}

export const defaultCollectionsPolicy: CollectionsPolicy = { name: 'collections', version: 1, holdOverrideDaysMaximum: 30 };

/** What is wrong with the last day of a hold override: it is past, or too far away. */
export function holdOverrideFaults(policy: CollectionsPolicy, throughOn: IsoDate, today: IsoDate): Fault[] {
  const latest = addDays(today, policy.holdOverrideDaysMaximum);
  if (compareDates(throughOn, today) < 0) {
    return [{ path: '/throughOn', code: 'past-date', detail: `${throughOn} is before today, ${today}.` }];
  }
  if (compareDates(throughOn, latest) > 0) {
    return [{ path: '/throughOn', code: 'too-long', detail: `A hold is lifted until ${latest} at most.` }];
  }
  return [];
}
