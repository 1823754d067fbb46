import { describe, expect, it } from 'vitest';
import { accountKinds, chartOfAccounts } from './chart-of-accounts.ts';
import { accounts, invoiceIssued, isBalanced, type Posting } from './ledger.ts';
import { manualJournalFaults, reversalOf } from './manual-journal.ts';

const entry = (debit: Posting['account'], credit: Posting['account'], debitMinor = 500, creditMinor = 500): Posting[] => [
  { account: debit, side: 'debit', amountMinor: debitMinor },
  { account: credit, side: 'credit', amountMinor: creditMinor },
];

describe('entries by hand', () => {
  it('A3: they balance, and leave alone what something keeps item by item', () => {
    expect(manualJournalFaults(entry('impairment', 'bad-debt-allowance'))).toEqual([]);
    expect(manualJournalFaults(entry('impairment', 'accounts-receivable', 500, 499))).toEqual([
      {
        path: '/postings/1/account',
        code: 'kept-account',
        detail: 'accounts-receivable is kept by the debit items: correct those, and it follows.',
      },
      { path: '/postings', code: 'unbalanced', detail: 'Debits and credits differ.' },
    ]);
  });

  it('A3: an entry is taken back by the same amounts on the other sides; one that items keep is not', () => {
    const postings = entry('bank', 'other-income');
    const back = reversalOf(postings) as Posting[];
    expect(back.map(({ account, side }) => [account, side])).toEqual([
      ['bank', 'credit'],
      ['other-income', 'debit'],
    ]);
    expect(isBalanced(back)).toBe(true);
    expect(reversalOf(back)).toEqual(postings);
    expect(reversalOf(invoiceIssued({ netMinor: 100, taxMinor: 20 }))).toHaveProperty('refused');
  });
});

it('A3: the chart names every account once, by a code of its own, in the order of the codes', () => {
  expect(chartOfAccounts.map(({ account }) => account)).toEqual(accounts);
  const codes = chartOfAccounts.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].sort());
  expect(chartOfAccounts.every(({ kind }) => accountKinds.includes(kind))).toBe(true);
});
