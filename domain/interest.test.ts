import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lateInterest, rateOn, ratesOf } from './interest.ts';
import { addDays, compareDates } from './time.ts';

const elevenPercent = [{ from: '2026-01-01', annualRate: '0.11' }];

describe('P5: late interest', () => {
  test('P5: golden run: 3,600.00 due 31 March, paid 3,000.00 on 10 April and 600.00 on 30 April, is 10.85 + 3.62 = 14.47', () => {
    const note = lateInterest({
      principalMinor: 360_000,
      dueOn: '2026-03-31',
      payments: [
        { valueOn: '2026-04-30', amountMinor: 60_000 },
        { valueOn: '2026-04-10', amountMinor: 300_000 },
      ],
      rates: elevenPercent,
      until: '2026-04-30',
    });
    expect(note).toEqual({
      segments: [
        { from: '2026-04-01', to: '2026-04-10', days: 10, principalMinor: 360_000, annualRate: '0.11', interestMinor: 1_085 },
        { from: '2026-04-11', to: '2026-04-30', days: 20, principalMinor: 60_000, annualRate: '0.11', interestMinor: 362 },
      ],
      interestMinor: 1_447,
    });
  });

  test('P5: 4,500.00 at 11 % for 30 days is 40.68', () => {
    const input = { principalMinor: 450_000, dueOn: '2026-03-31', payments: [], rates: elevenPercent, until: '2026-04-30' };
    expect(lateInterest(input).interestMinor).toBe(4_068);
  });

  test('P5: a new rate begins on its own day', () => {
    const note = lateInterest({
      principalMinor: 365_000,
      dueOn: '2026-06-20',
      payments: [],
      rates: [
        { from: '2026-07-01', annualRate: '0.20' },
        { from: '2026-01-01', annualRate: '0.10' },
      ],
      until: '2026-07-10',
    });
    expect(note.segments.map(({ to, days, interestMinor }) => [to, days, interestMinor])).toEqual([
      ['2026-06-30', 10, 1_000],
      ['2026-07-10', 10, 2_000],
    ]);
  });

  test('P5: nothing on time, nothing before the due date, nothing on what is paid', () => {
    const input = { principalMinor: 100_000, dueOn: '2026-03-31', rates: elevenPercent };
    expect(lateInterest({ ...input, payments: [], until: '2026-03-31' })).toEqual({ segments: [], interestMinor: 0 });
    const early = [{ valueOn: '2026-03-31', amountMinor: 100_000 }];
    expect(lateInterest({ ...input, payments: early, until: '2026-12-31' }).segments).toEqual([]);
    const over = [{ valueOn: '2026-04-01', amountMinor: 150_000 }];
    expect(lateInterest({ ...input, payments: over, until: '2026-12-31' }).segments).toHaveLength(1);
  });

  test('P5: an early part payment bears on the principal; two on one day are one change', () => {
    const payments = [
      { valueOn: '2026-03-01', amountMinor: 50_000 },
      { valueOn: '2026-04-10', amountMinor: 20_000 },
      { valueOn: '2026-04-10', amountMinor: 10_000 },
    ];
    const note = lateInterest({
      principalMinor: 100_000,
      dueOn: '2026-03-31',
      payments,
      rates: elevenPercent,
      until: '2026-04-20',
    });
    expect(note.segments.map(({ principalMinor }) => principalMinor)).toEqual([50_000, 20_000]);
  });

  test('P5: a day without a rate is refused, not free', () => {
    const input = { principalMinor: 100_000, dueOn: '2025-12-20', payments: [], rates: elevenPercent, until: '2026-01-10' };
    expect(() => lateInterest(input)).toThrow(RangeError);
  });

  test('P5: segments touch and cover every day that bears interest', () => {
    const day = fc.integer({ min: -10, max: 100 }).map((days) => addDays('2026-03-31', days));
    const payment = fc.record({ valueOn: day, amountMinor: fc.integer({ min: 1, max: 30_000 }) });
    const rate = fc.record({ from: day, annualRate: fc.constantFrom('0.05', '0.11', '0.3') });
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 4 }), fc.array(rate, { maxLength: 3 }), day, (payments, rates, until) => {
        const { segments } = lateInterest({
          principalMinor: 100_000,
          dueOn: '2026-03-31',
          payments,
          rates: [...elevenPercent, ...rates],
          until,
        });
        let next = '2026-04-01';
        for (const { from, to, days, principalMinor } of segments) {
          expect(from).toBe(next);
          expect(addDays(from, days - 1)).toBe(to);
          const paid = payments.filter(({ valueOn }) => compareDates(valueOn, to) < 0);
          expect(principalMinor).toBe(100_000 - paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
          next = addDays(to, 1);
        }
        const settled = payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0) >= 100_000;
        if (!settled && compareDates(until, '2026-03-31') > 0) expect(next).toBe(addDays(until, 1));
      }),
    );
  });

  test('P5: a margin follows the base rate, exactly and never below zero; before the first base rate the fixed one counts', () => {
    const base = [
      { from: '2026-07-01', annualRate: '-0.0088' },
      { from: '2026-01-01', annualRate: '0.0227' },
      { from: '2027-01-01', annualRate: '-0.2' },
    ];
    const rates = ratesOf({ annualInterestRate: '0.11', baseRateMargin: '0.09' }, base);
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01', '2027-01-01'].map((on) => rateOn(rates, on))).toEqual([
      '0.11',
      '0.1127',
      '0.1127',
      '0.0812',
      '0',
    ]);
    expect(ratesOf({ annualInterestRate: '0.11' }, base)).toEqual([{ from: '1970-01-01', annualRate: '0.11' }]);
  });

  test('P5: a segment ends where the rate or the balance changes, each is rounded, then they are summed', () => {
    const note = lateInterest({
      principalMinor: 450_000,
      dueOn: '2026-06-20',
      payments: [{ valueOn: '2026-07-05', amountMinor: 100_000 }],
      rates: ratesOf({ annualInterestRate: '0.11', baseRateMargin: '0.09' }, [
        { from: '2026-01-01', annualRate: '0.0127' },
        { from: '2026-07-01', annualRate: '0.0227' },
      ]),
      until: '2026-07-20',
    });
    // 4,500.00 × 10.27 % × 10/365 = 12.66; × 11.27 % × 5/365 = 6.95; 3,500.00 × 11.27 % × 15/365 = 16.21.
    expect(note.segments.map(({ annualRate, days, interestMinor }) => [annualRate, days, interestMinor])).toEqual([
      ['0.1027', 10, 1_266],
      ['0.1127', 5, 695],
      ['0.1127', 15, 1_621],
    ]);
    expect(note.interestMinor).toBe(3_582);
  });

  test('P5: a rate that is announced again splits nothing; a period cut in two differs by one minor unit at most', () => {
    const days = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), days, days, (principalMinor, first, second) => {
        const [cutOn, until] = [addDays('2026-03-31', first), addDays('2026-03-31', first + second)];
        const debt = { principalMinor, dueOn: '2026-03-31', payments: [], rates: elevenPercent, until };
        const whole = lateInterest(debt);
        expect(lateInterest({ ...debt, rates: [...elevenPercent, { from: cutOn, annualRate: '0.110' }] })).toEqual(whole);
        const parts =
          lateInterest({ ...debt, until: cutOn }).interestMinor + lateInterest({ ...debt, dueOn: cutOn }).interestMinor;
        expect(Math.abs(parts - whole.interestMinor)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
