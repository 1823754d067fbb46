import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allowanceTruedUp,
  carrierClaimAccepted,
  carrierClaimPaid,
  controlPassed,
  countGain,
  countLoss,
  creditApplied,
  creditNoteIssued,
  earlyPaymentDiscountGranted,
  goodsIssued,
  goodsLostInTransit,
  goodsReceived,
  goodsRestocked,
  goodsSent,
  interestNoted,
  invoiceIssued,
  isBalanced,
  openingReceivable,
  openingStock,
  type Posting,
  receiptApplied,
  receiptUnapplied,
  refundUnapplied,
  trialBalance,
  trialBalanceTotals,
  unappliedApplied,
  writeOffReinstated,
  writtenOff,
} from './ledger.ts';

/** 'debit / credit' as in the table of postings. */
const inWords = (postings: Posting[]) =>
  (['debit', 'credit'] as const)
    .map((side) =>
      postings
        .filter((posting) => posting.side === side)
        .map(({ account, amountMinor }) => `${account} ${amountMinor}`)
        .join(', '),
    )
    .join(' / ');

describe('A3: what each event posts', () => {
  test.each([
    [goodsSent({ costMinor: 180 }), 'goods-in-transit 180 / inventory 180'],
    [
      controlPassed({ costMinor: 180, netMinor: 300 }),
      'cost-of-goods-sold 180, unbilled-receivables 300 / goods-in-transit 180, revenue 300',
    ],
    [
      earlyPaymentDiscountGranted({ netMinor: 200, taxMinor: 40 }),
      'discounts-granted 200, tax-payable 40 / accounts-receivable 240',
    ],
    [
      goodsIssued({ costMinor: 180, netMinor: 300 }),
      'cost-of-goods-sold 180, unbilled-receivables 300 / inventory 180, revenue 300',
    ],
    [invoiceIssued({ netMinor: 300, taxMinor: 60 }), 'accounts-receivable 360 / unbilled-receivables 300, tax-payable 60'],
    [receiptApplied({ amountMinor: 9 }), 'bank 9 / accounts-receivable 9'],
    [receiptUnapplied({ amountMinor: 9 }), 'bank 9 / unapplied-cash 9'],
    [unappliedApplied({ amountMinor: 9 }), 'unapplied-cash 9 / accounts-receivable 9'],
    [refundUnapplied({ amountMinor: 9 }), 'unapplied-cash 9 / bank 9'],
    [
      creditNoteIssued({ of: 'invoice', netMinor: 300, taxMinor: 60, appliedMinor: 200 }),
      'returns 300, tax-payable 60 / accounts-receivable 200, customer-credits 160',
    ],
    [
      creditNoteIssued({ of: 'interest-note', netMinor: 9, taxMinor: 0, appliedMinor: 9 }),
      'other-income 9 / accounts-receivable 9',
    ],
    [
      creditNoteIssued({ of: 'opening-item', netMinor: 9, taxMinor: 0, appliedMinor: 4 }),
      'opening-balance 9 / accounts-receivable 4, customer-credits 5',
    ],
    [creditApplied({ amountMinor: 9 }), 'customer-credits 9 / accounts-receivable 9'],
    [goodsRestocked({ costMinor: 9 }), 'inventory 9 / cost-of-goods-sold 9'],
    [goodsLostInTransit({ costMinor: 9 }), 'shrinkage 9 / cost-of-goods-sold 9'],
    [carrierClaimAccepted({ amountMinor: 9 }), 'carrier-claims 9 / other-income 9'],
    [carrierClaimPaid({ amountMinor: 9 }), 'bank 9 / carrier-claims 9'],
    [openingReceivable({ amountMinor: 9 }), 'accounts-receivable 9 / opening-balance 9'],
    [openingStock({ valueMinor: 9 }), 'inventory 9 / opening-balance 9'],
    [goodsReceived({ valueMinor: 9 }), 'inventory 9 / goods-received-clearing 9'],
    [countLoss({ valueMinor: 9 }), 'shrinkage 9 / inventory 9'],
    [countGain({ valueMinor: 9 }), 'inventory 9 / shrinkage 9'],
    [interestNoted({ amountMinor: 9 }), 'accounts-receivable 9 / other-income 9'],
    [allowanceTruedUp({ changeMinor: 9 }), 'impairment 9 / bad-debt-allowance 9'],
    [allowanceTruedUp({ changeMinor: -9 }), 'bad-debt-allowance 9 / impairment 9'],
    [writtenOff({ amountMinor: 9 }), 'bad-debt-allowance 9 / accounts-receivable 9'],
    [writeOffReinstated({ amountMinor: 9 }), 'accounts-receivable 9 / bad-debt-allowance 9'],
  ])('%#: %s', (postings, expected) => {
    expect(inWords(postings)).toBe(expected);
  });

  test('A3: debits equal credits, whatever the amounts', () => {
    const amount = fc.nat({ max: 1_000_000_000 });
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        expect(isBalanced(goodsIssued({ costMinor: one, netMinor: other }))).toBe(true);
        expect(isBalanced(invoiceIssued({ netMinor: one, taxMinor: other }))).toBe(true);
      }),
    );
    expect(isBalanced([{ account: 'bank', side: 'debit', amountMinor: 1 }])).toBe(false);
  });

  test('zero amounts are not posted, negative ones refused', () => {
    expect(inWords(invoiceIssued({ netMinor: 300, taxMinor: 0 }))).toBe('accounts-receivable 300 / unbilled-receivables 300');
    expect(receiptApplied({ amountMinor: 0 })).toEqual([]);
    expect(() => receiptApplied({ amountMinor: -1 })).toThrow(RangeError);
    expect(() => receiptApplied({ amountMinor: 0.5 })).toThrow(RangeError);
  });
});

describe('A3: trial balance', () => {
  test('golden run: both sides 8,414.47', () => {
    const rows = trialBalance([
      ...openingReceivable({ amountMinor: 300_000 }),
      ...goodsReceived({ valueMinor: 180_000 }),
      ...goodsIssued({ costMinor: 180_000, netMinor: 300_000 }),
      ...invoiceIssued({ netMinor: 300_000, taxMinor: 60_000 }),
      ...receiptApplied({ amountMinor: 300_000 }),
      ...receiptApplied({ amountMinor: 60_000 }),
      ...interestNoted({ amountMinor: 1_447 }),
    ]);
    expect(rows).toEqual([
      { account: 'bank', debitMinor: 360_000, creditMinor: 0 },
      { account: 'accounts-receivable', debitMinor: 301_447, creditMinor: 0 },
      { account: 'tax-payable', debitMinor: 0, creditMinor: 60_000 },
      { account: 'goods-received-clearing', debitMinor: 0, creditMinor: 180_000 },
      { account: 'opening-balance', debitMinor: 0, creditMinor: 300_000 },
      { account: 'revenue', debitMinor: 0, creditMinor: 300_000 },
      { account: 'other-income', debitMinor: 0, creditMinor: 1_447 },
      { account: 'cost-of-goods-sold', debitMinor: 180_000, creditMinor: 0 },
    ]);
    expect(trialBalanceTotals(rows)).toEqual({ debitMinor: 841_447, creditMinor: 841_447 });
  });

  test('unknown money, applied in part and refunded, leaves nothing unapplied', () => {
    const rows = trialBalance([
      ...openingReceivable({ amountMinor: 70 }),
      ...receiptUnapplied({ amountMinor: 100 }),
      ...unappliedApplied({ amountMinor: 70 }),
      ...refundUnapplied({ amountMinor: 30 }),
    ]);
    expect(rows).toEqual([
      { account: 'bank', debitMinor: 70, creditMinor: 0 },
      { account: 'opening-balance', debitMinor: 0, creditMinor: 70 },
    ]);
  });
});
