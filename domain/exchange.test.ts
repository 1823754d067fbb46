import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BookedPosting, type Carried, carriedAsOne, revalued, shareOfCarried, translated } from './exchange.ts';
import {
  type Account,
  creditApplied,
  creditNoteIssued,
  depositReceived,
  earlyPaymentDiscountGranted,
  goodsIssued,
  invoiceIssued,
  type Posting,
  receiptApplied,
  receiptUnapplied,
  refundUnapplied,
  reversed,
  unappliedApplied,
  unappliedDeposited,
  writtenOff,
} from './ledger.ts';
import { convertMinor, sumMinor } from './money.ts';

/** Yen in the books of a company that keeps them in euros. */
const at = (rate: string) => (amountMinor: number) => convertMinor({ currency: 'JPY', amountMinor }, 'EUR', rate, 'half-up');
const inBooks = (
  postings: Posting[],
  { rate = '0.006', leaving = {} }: { rate?: string; leaving?: Partial<Record<Account, number>> } = {},
) =>
  translated(postings, {
    convert: at(rate),
    leaving: new Map(Object.entries(leaving) as [Account, number][]),
    rounding: 'half-up',
  });
const lines = (booked: BookedPosting[]) =>
  booked.map(({ account, side, amountMinor, functionalMinor }) => [account, side, amountMinor, functionalMinor]);
const balance = (booked: readonly BookedPosting[], of: 'amountMinor' | 'functionalMinor') =>
  sumMinor(booked.map((posting) => (posting.side === 'debit' ? posting[of] : -posting[of])));

describe('A3: a document in another currency', () => {
  test('I2: comes to the decimals that the currency of the books has, whatever its own are', () => {
    const convert = (currency: string, amountMinor: number, rate: string, to = 'EUR') =>
      convertMinor({ currency, amountMinor }, to, rate, 'half-up');
    expect(convert('JPY', 100_000, '0.0062')).toBe(62_000);
    expect(convert('KWD', 1_234_567, '3.015')).toBe(372_222);
    expect(convert('USD', 10_000, '0.915')).toBe(9_150);
    expect(convert('EUR', 10_000, '161.29', 'JPY')).toBe(16_129);
    expect(convert('JPY', 1, '0.0049')).toBe(0);
    expect(convertMinor({ currency: 'JPY', amountMinor: 1 }, 'EUR', '0.025', 'half-even')).toBe(2);
    expect(() => convert('JPY', 1, '-1')).toThrow(RangeError);
  });

  test('an invoice is billed at its day’s rate; what its goods were earned at before is made up for', () => {
    expect(lines(inBooks(goodsIssued({ costMinor: 0, netMinor: 100_000 })))).toEqual([
      ['unbilled-receivables', 'debit', 100_000, 60_000],
      ['revenue', 'credit', 100_000, 60_000],
    ]);
    const invoice = invoiceIssued({ netMinor: 100_000, taxMinor: 10_000 });
    const same = inBooks(invoice, { leaving: { 'unbilled-receivables': 60_000 } });
    expect(lines(same)).toEqual([
      ['accounts-receivable', 'debit', 110_000, 66_000],
      ['unbilled-receivables', 'credit', 100_000, 60_000],
      ['tax-payable', 'credit', 10_000, 6_000],
    ]);
    expect(lines(inBooks(invoice, { rate: '0.0061', leaving: { 'unbilled-receivables': 60_000 } })).slice(3)).toEqual([
      ['exchange-gains', 'credit', 0, 1_000],
    ]);
  });

  test('the worked example: 110,000 JPY billed at 0.006, 60,000 paid at 0.0065 and the rest at 0.0055', () => {
    const invoice: Carried = { amountMinor: 110_000, functionalMinor: 66_000 };
    const first = shareOfCarried(invoice, 60_000, 'half-up');
    expect(first).toBe(36_000);
    expect(
      lines(inBooks(receiptApplied({ amountMinor: 60_000 }), { rate: '0.0065', leaving: { 'accounts-receivable': first } })),
    ).toEqual([
      ['bank', 'debit', 60_000, 39_000],
      ['accounts-receivable', 'credit', 60_000, 36_000],
      ['exchange-gains', 'credit', 0, 3_000],
    ]);
    const rest = shareOfCarried({ amountMinor: 50_000, functionalMinor: 30_000 }, 50_000, 'half-up');
    expect(
      lines(inBooks(receiptApplied({ amountMinor: 50_000 }), { rate: '0.0055', leaving: { 'accounts-receivable': rest } })),
    ).toEqual([
      ['bank', 'debit', 50_000, 27_500],
      ['accounts-receivable', 'credit', 50_000, 30_000],
      ['exchange-losses', 'debit', 0, 2_500],
    ]);
  });

  test('unapplied money has the rate of its own day; the difference arises when it pays, or goes back', () => {
    expect(lines(inBooks([...receiptApplied({ amountMinor: 0 }), ...receiptUnapplied({ amountMinor: 1_000 })]))).toEqual([
      ['bank', 'debit', 1_000, 600],
      ['unapplied-cash', 'credit', 1_000, 600],
    ]);
    const both = { 'unapplied-cash': 600, 'accounts-receivable': 650 };
    expect(lines(inBooks(unappliedApplied({ amountMinor: 1_000 }), { leaving: both })).at(-1)).toEqual([
      'exchange-losses',
      'debit',
      0,
      50,
    ]);
    const back = inBooks(refundUnapplied({ amountMinor: 1_000 }), { rate: '0.0055', leaving: both });
    expect(lines(back).at(-1)).toEqual(['exchange-gains', 'credit', 0, 50]);
    // Held for an order it is the same money.
    expect(lines(inBooks(unappliedDeposited({ amountMinor: 1_000 }), { rate: '1', leaving: both }))).toEqual([
      ['unapplied-cash', 'debit', 1_000, 600],
      ['customer-deposits', 'credit', 1_000, 600],
    ]);
  });

  test('discounts, write-offs and credit notes have the rate of their invoice: no difference arises', () => {
    const leaving = { 'accounts-receivable': 700 };
    const discount = inBooks(earlyPaymentDiscountGranted({ netMinor: 900, taxMinor: 100 }), { rate: '9', leaving });
    expect(lines(discount)).toEqual([
      ['discounts-granted', 'debit', 900, 630],
      ['tax-payable', 'debit', 100, 70],
      ['accounts-receivable', 'credit', 1_000, 700],
    ]);
    expect(lines(inBooks(writtenOff({ amountMinor: 1_000 }), { rate: '9', leaving })).length).toBe(2);
    // What had been paid of it is the customer's credit at the invoice's rate too, which is then the entry's.
    const note = inBooks(creditNoteIssued({ of: 'invoice', netMinor: 900, taxMinor: 100, appliedMinor: 400 }), {
      rate: '0.007',
      leaving: { 'accounts-receivable': 280 },
    });
    expect(lines(note)).toEqual([
      ['returns', 'debit', 900, 630],
      ['tax-payable', 'debit', 100, 70],
      ['accounts-receivable', 'credit', 400, 280],
      ['customer-credits', 'credit', 600, 420],
    ]);
    const used = { 'customer-credits': 420, 'accounts-receivable': 400 };
    expect(lines(inBooks(creditApplied({ amountMinor: 600 }), { leaving: used })).at(-1)).toEqual([
      'exchange-gains',
      'credit',
      0,
      20,
    ]);
  });

  test('at a month’s end open items are brought to its rate: what is owed to us one way, what we owe the other', () => {
    const positions = [
      { account: 'accounts-receivable', item: 'INV-1', amountMinor: 10_000, functionalMinor: 6_000 },
      { account: 'accounts-receivable', item: 'INV-2', amountMinor: 10_000, functionalMinor: 7_000 },
      { account: 'accounts-receivable', item: 'INV-3', amountMinor: 10_000, functionalMinor: 6_500 },
      { account: 'unapplied-cash', item: 'PAY-1', amountMinor: -2_000, functionalMinor: -1_200 },
      { account: 'bank', item: null, amountMinor: 0, functionalMinor: 0 },
    ] as const;
    const { differences, postings } = revalued(positions, at('0.0065'));
    expect(differences.map(({ item, differenceMinor }) => [item, differenceMinor])).toEqual([
      ['INV-1', 500],
      ['INV-2', -500],
      ['PAY-1', -100],
    ]);
    expect(lines(postings)).toEqual([
      ['accounts-receivable', 'debit', 0, 500],
      ['exchange-gains', 'credit', 0, 500],
      ['accounts-receivable', 'credit', 0, 500],
      ['unapplied-cash', 'credit', 0, 100],
      ['exchange-losses', 'debit', 0, 600],
    ]);
    expect(revalued([], at('0.0065'))).toEqual({ differences: [], postings: [] });
  });

  const money = fc.integer({ min: 1, max: 1_000_000_000 });
  const rate = fc.integer({ min: 1, max: 99_999_999 }).map((digits) => `0.${String(digits).padStart(8, '0')}`);
  const rounding = fc.constantFrom('half-up' as const, 'half-even' as const);

  test('parts of an item share its rounding, none takes what is not there, and when it is settled nothing is left', () => {
    fc.assert(
      fc.property(fc.array(money, { minLength: 1, maxLength: 8 }), money, rounding, (parts, functionalMinor, how) => {
        let carried: Carried = { amountMinor: sumMinor(parts), functionalMinor };
        for (const amountMinor of parts) {
          const share = shareOfCarried(carried, amountMinor, how);
          expect(share).toBeGreaterThanOrEqual(0);
          carried = { amountMinor: carried.amountMinor - amountMinor, functionalMinor: carried.functionalMinor - share };
        }
        expect(carried).toEqual({ amountMinor: 0, functionalMinor: 0 });
      }),
    );
  });

  test('every entry balances in both currencies, takes of its items what they carry, and is taken back without a trace', () => {
    const entries = fc.oneof(
      fc.tuple(money, money).map(([netMinor, taxMinor]) => invoiceIssued({ netMinor, taxMinor })),
      fc
        .tuple(money, fc.nat(), fc.nat())
        .map(([paid, held, left]) => [
          ...receiptApplied({ amountMinor: paid }),
          ...depositReceived({ amountMinor: held }),
          ...receiptUnapplied({ amountMinor: left }),
        ]),
      fc
        .tuple(money, money, fc.double({ min: 0, max: 1, noNaN: true }))
        .map(([netMinor, taxMinor, share]) =>
          creditNoteIssued({ of: 'invoice', netMinor, taxMinor, appliedMinor: Math.floor((netMinor + taxMinor) * share) }),
        ),
      money.map((amountMinor) => unappliedApplied({ amountMinor })),
    );
    fc.assert(
      fc.property(entries, rate, money, money, rounding, (postings, at, first, second, how) => {
        const convert = (amountMinor: number) => convertMinor({ currency: 'KWD', amountMinor }, 'EUR', at, how);
        const leaving = new Map<Account, number>([
          ['accounts-receivable', first],
          ['unbilled-receivables', second],
          ['unapplied-cash', second],
        ]);
        const booked = translated(postings, { convert, leaving, rounding: how });
        for (const of of ['amountMinor', 'functionalMinor'] as const) {
          expect(balance(booked, of)).toBe(0);
          expect(balance([...booked, ...reversed(booked)], of)).toBe(0);
        }
        for (const { account, side, functionalMinor } of booked) {
          expect(functionalMinor).toBeGreaterThanOrEqual(0);
          if (account === 'accounts-receivable' && side === 'credit') expect(functionalMinor).toBe(first);
        }
      }),
    );
  });
});

describe('the allowance', () => {
  const pair = (side: 'debit' | 'credit', amountMinor: number, functionalMinor: number): BookedPosting[] => [
    { account: 'bad-debt-allowance', side, amountMinor, functionalMinor },
    { account: 'accounts-receivable', side: side === 'debit' ? 'credit' : 'debit', amountMinor, functionalMinor },
  ];
  const one = (postings: BookedPosting[], carried: Carried) =>
    carriedAsOne(postings, 'bad-debt-allowance', carried, 'half-even').map(
      ({ account, side, functionalMinor }) => `${account} ${side} ${functionalMinor}`,
    );

  test('P7, A3: is carried as one: 100 at 0.90 that an item at 0.80 uses up leaves nothing, and the difference is won or lost', () => {
    const provided = { amountMinor: -10_000, functionalMinor: -9_000 };
    expect(one(pair('debit', 10_000, 8_000), provided)).toEqual([
      'bad-debt-allowance debit 9000',
      'accounts-receivable credit 8000',
      'exchange-gains credit 1000',
    ]);
    expect(one(pair('debit', 5_000, 4_500), provided)).toEqual([
      'bad-debt-allowance debit 4500',
      'accounts-receivable credit 4500',
    ]);
    // What goes beyond it stands as the item did; what comes back of it takes its share of that.
    expect(one(pair('debit', 15_000, 12_000), provided)[0]).toBe('bad-debt-allowance debit 13000');
    expect(one(pair('credit', 5_000, 4_600), { amountMinor: 5_000, functionalMinor: 4_000 })).toEqual([
      'bad-debt-allowance credit 4000',
      'accounts-receivable debit 4600',
      'exchange-gains credit 600',
    ]);
    expect(one(pair('credit', 5_000, 4_600), provided)[0]).toBe('bad-debt-allowance credit 4600');
  });
});
