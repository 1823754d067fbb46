import type { TimelineEntry } from '../../db/queries/timeline.ts';
import { openToCustomers, openToItsPeople } from '../../domain/customer-timeline.ts';
import { type Principal, seesMoney } from '../contract.ts';

/** What of a timeline they read; undefined: all of it. */
export function openTo(principal: Principal): readonly string[] | undefined {
  if (principal.customerId === undefined) return undefined;
  return seesMoney(principal) ? openToCustomers : openToItsPeople;
}

/** A customer reads what happened, as far as `readTimeline` opens it; the facts behind it, such as its credit score, are for staff. */
export function forReader(principal: Principal, entries: TimelineEntry[]) {
  return entries.map(({ before, after, ...entry }) =>
    principal.customerId === undefined ? { ...entry, before, after } : { ...entry, reason: null, before: null, after: null },
  );
}
