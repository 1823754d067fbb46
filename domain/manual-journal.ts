/** Entries by hand: what may be posted, and how an entry is taken back. Requirement A3. */
import { keeperOf } from './chart-of-accounts.ts';
import type { Fault } from './failures.ts';
import { type Account, isBalanced, type Posting, reversed } from './ledger.ts';

/**
 * What is wrong with the postings of an entry by hand. An account that something keeps item by item is not posted to: it would
 * no longer agree with its items.
 */
export function manualJournalFaults(postings: readonly Posting[]): Fault[] {
  const faults = postings.flatMap(({ account }, index): Fault[] => {
    const keeper = keeperOf(account);
    return keeper ? [{ path: `/postings/${index}/account`, code: 'kept-account', detail: explain(account, keeper) }] : [];
  });
  if (!isBalanced(postings)) faults.push({ path: '/postings', code: 'unbalanced', detail: 'Debits and credits differ.' });
  return faults;
}

/** The same amounts on the other sides, or why the entry is corrected in another way. */
export function reversalOf(postings: readonly Posting[]): Posting[] | { refused: string } {
  for (const { account } of postings) {
    const keeper = keeperOf(account);
    if (keeper) return { refused: explain(account, keeper) };
  }
  return reversed(postings);
}

const explain = (account: Account, keeper: string): string => `${account} is kept by ${keeper}: correct those, and it follows.`;
