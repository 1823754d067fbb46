/** Accounting periods: months that are open, closed or locked, one after the other. Requirement A3. */
import { addDays, endOfMonth, type IsoDate } from './time.ts';

export type PeriodStatus = 'open' | 'closed' | 'locked';
export const periodActions = ['close', 'reopen', 'lock'] as const;
export type PeriodAction = (typeof periodActions)[number];

/** How far the books are closed: the last day of the newest closed month, and of the newest locked one. */
export interface Books {
  closedThrough: IsoDate | null;
  lockedThrough: IsoDate | null;
}

/** 'YYYY-MM'. */
export const monthOf = (date: IsoDate): string => date.slice(0, 7);
export const firstDay = (month: string): IsoDate => `${month}-01`;
export const lastDay = (month: string): IsoDate => endOfMonth(firstDay(month));
const previous = (month: string): string => monthOf(addDays(firstDay(month), -1));

export function periodStatus(month: string, { closedThrough, lockedThrough }: Books): PeriodStatus {
  const end = lastDay(month);
  if (lockedThrough !== null && end <= lockedThrough) return 'locked';
  return closedThrough !== null && end <= closedThrough ? 'closed' : 'open';
}

/** The months from the first one with entries to the current one, newest first. */
export function months(first: string, last: string): string[] {
  const found: string[] = [];
  for (let month = last; month >= first; month = previous(month)) found.push(month);
  return found;
}

/**
 * What the books become, or why not. What is closed or locked is all up to a day: a month closes with whatever is before it, and
 * months open again from the newest, so that no balance below a closed month can move. A locked one never opens.
 */
export function changePeriod(
  action: PeriodAction,
  month: string,
  { books, today }: { books: Books; today: IsoDate },
): Books | { refused: string } {
  const status = periodStatus(month, books);
  const newestClosed = books.closedThrough && monthOf(books.closedThrough);
  if (status === 'locked') return { refused: `${month} is locked, for ever.` };
  switch (action) {
    case 'close':
      if (status === 'closed') return { refused: `${month} is closed already.` };
      if (lastDay(month) >= today) return { refused: `${month} is not over: its last day is ${lastDay(month)}.` };
      return { ...books, closedThrough: lastDay(month) };
    case 'reopen':
      if (status === 'open') return { refused: `${month} is open already.` };
      if (month !== newestClosed) return { refused: `${newestClosed} is closed too: months are opened again from the newest.` };
      return { ...books, closedThrough: addDays(firstDay(month), -1) };
    case 'lock':
      if (status === 'open') return { refused: `${month} is open: only a closed month is locked.` };
      return { ...books, lockedThrough: lastDay(month) };
  }
}
