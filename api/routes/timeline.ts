import type { TimelineEntry } from '../../db/queries/timeline.ts';
import type { Principal } from '../contract.ts';

/** A customer reads what happened, as far as `readTimeline` opens it; the facts behind it, such as its credit score, are for staff. */
export function forReader(principal: Principal, entries: TimelineEntry[]) {
  return entries.map(({ before, after, ...entry }) =>
    principal.customerId === undefined ? { ...entry, before, after } : { ...entry, reason: null, before: null, after: null },
  );
}
