/** A quote: a draft as it was offered to its customer, at prices that hold until a day. Requirement O1. */
import { compareDates, type IsoDate } from './time.ts';

export const quoteStatuses = ['sent', 'accepted', 'declined', 'expired'] as const;
export type QuoteStatus = (typeof quoteStatuses)[number];

/** Where a quote stands on a day: one that nobody has answered holds through its last day, and is expired after it. */
export function quoteStatusOn(quote: { status: QuoteStatus; validUntil: IsoDate }, today: IsoDate): QuoteStatus {
  return quote.status === 'sent' && compareDates(today, quote.validUntil) > 0 ? 'expired' : quote.status;
}
