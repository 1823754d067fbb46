import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultDunningPolicy, planDunning, planInstalments } from './dunning.ts';
import { askedFor, debtsByInstalment, instalmentsOf, openInstalments, overduePart, type ScheduledItem } from './instalments.ts';
import type { PaymentTerms } from './invoice.ts';

const thirds: PaymentTerms = {
  kind: 'net',
  days: 0,
  instalments: [
    { share: '0.3333', days: 0 },
    { share: '0.3333', days: 30 },
    { share: '0.3334', days: 60 },
  ],
};

/** Any shares that make 1, in hundredths, each at a day of its own. */
const anyTerms = fc
  .array(fc.record({ weight: fc.integer({ min: 1, max: 9 }), days: fc.integer({ min: 0, max: 200 }) }), {
    minLength: 2,
    maxLength: 9,
  })
  .map((parts): PaymentTerms => {
    const shares = parts.map(({ weight }) => `0.${String(weight).padStart(2, '0')}`);
    const rest = 100 - parts.slice(0, -1).reduce((sum, { weight }) => sum + weight, 0);
    shares[shares.length - 1] = `0.${String(rest).padStart(2, '0')}`;
    return { kind: 'net', days: 0, instalments: parts.map(({ days }, index) => ({ share: shares[index]!, days })) };
  });
const anyAmount = fc.integer({ min: 0, max: 90_000_000_000_000 });

describe('I2: instalments', () => {
  test('I2: each share is rounded, and the last takes the remainder', () => {
    expect(instalmentsOf(thirds, '2026-03-01', 10_000)).toEqual([
      { number: 1, dueOn: '2026-03-01', amountMinor: 3_333 },
      { number: 2, dueOn: '2026-03-31', amountMinor: 3_333 },
      { number: 3, dueOn: '2026-04-30', amountMinor: 3_334 },
    ]);
    expect(instalmentsOf(thirds, '2026-03-01', 1)).toEqual([{ number: 1, dueOn: '2026-04-30', amountMinor: 1 }]);
  });

  test('I2: terms without instalments are one, of the whole', () => {
    expect(instalmentsOf({ kind: 'net', days: 30 }, '2026-03-01', 5)).toEqual([
      { number: 1, dueOn: '2026-03-31', amountMinor: 5 },
    ]);
    expect(instalmentsOf({ ...thirds, kind: 'due-on-receipt' }, '2026-03-01', 5)).toHaveLength(1);
  });

  test('I2: months and the end of the month count for each, and parts of one day are one', () => {
    const terms: PaymentTerms = {
      kind: 'net',
      days: 0,
      endOfMonth: true,
      instalments: [
        { share: '0.5', days: 0, months: 1 },
        { share: '0.2', days: 0 },
        { share: '0.3', days: 20 },
      ],
    };
    expect(instalmentsOf(terms, '2026-01-05', 1_000)).toEqual([
      { number: 1, dueOn: '2026-01-31', amountMinor: 500 },
      { number: 2, dueOn: '2026-02-28', amountMinor: 500 },
    ]);
  });

  test('I2: whatever the shares and the amount, the parts add up, in order of due date, none below nothing', () => {
    fc.assert(
      fc.property(anyTerms, anyAmount, (terms, grossMinor) => {
        const parts = instalmentsOf(terms, '2026-03-01', grossMinor);
        expect(parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(grossMinor);
        expect(parts.map(({ number }) => number)).toEqual(parts.map((_, index) => index + 1));
        expect(parts.map(({ dueOn }) => dueOn)).toEqual([...new Set(parts.map(({ dueOn }) => dueOn))].sort());
        if (grossMinor > 0) expect(Math.min(...parts.map(({ amountMinor }) => amountMinor))).toBeGreaterThan(0);
      }),
    );
  });
});

const item = (openMinor: number): ScheduledItem => ({
  dueOn: '2026-03-01',
  grossMinor: 10_000,
  openMinor,
  instalments: instalmentsOf(thirds, '2026-03-01', 10_000),
});

describe('A4: what is open of each instalment', () => {
  test('A4: money pays the earliest first', () => {
    expect(openInstalments(item(10_000)).map(({ openMinor }) => openMinor)).toEqual([3_333, 3_333, 3_334]);
    expect(openInstalments(item(5_000))).toEqual([
      { number: 2, dueOn: '2026-03-31', openMinor: 1_666 },
      { number: 3, dueOn: '2026-04-30', openMinor: 3_334 },
    ]);
    expect(openInstalments(item(0))).toEqual([]);
  });

  test('P3: only what is past its own due date is overdue', () => {
    expect(overduePart(item(10_000), '2026-03-01')).toBeUndefined();
    expect(overduePart(item(10_000), '2026-04-01')).toEqual({ dueOn: '2026-03-01', openMinor: 6_666 });
    expect(overduePart(item(5_000), '2026-04-01')).toEqual({ dueOn: '2026-03-31', openMinor: 1_666 });
    expect(overduePart(item(3_334), '2026-04-01')).toBeUndefined();
    const whole = { dueOn: '2026-03-01', grossMinor: 100, openMinor: 40, instalments: null };
    expect(overduePart(whole, '2026-03-02')).toEqual({ dueOn: '2026-03-01', openMinor: 40 });
  });

  test('A5: what is disputed comes off the earliest open instalments, as its credit note would, and nothing falls below nothing', () => {
    const disputed = (openMinor: number, disputedMinor: number) => askedFor({ ...item(openMinor), disputedMinor });
    expect(openInstalments(disputed(10_000, 0)).map(({ openMinor }) => openMinor)).toEqual([3_333, 3_333, 3_334]);
    expect(openInstalments(disputed(10_000, 4_000))).toEqual([
      { number: 2, dueOn: '2026-03-31', openMinor: 2_666 },
      { number: 3, dueOn: '2026-04-30', openMinor: 3_334 },
    ]);
    expect(openInstalments(disputed(10_000, 4_000))).toEqual(openInstalments(item(6_000)));
    expect(overduePart(disputed(10_000, 3_333), '2026-03-31')).toBeUndefined();
    expect(overduePart(disputed(10_000, 1_000), '2026-03-31')).toEqual({ dueOn: '2026-03-01', openMinor: 2_333 });
    expect(openInstalments(disputed(2_000, 4_000))).toEqual([]);
  });

  test('A4: the parts that are open are what is open of the whole', () => {
    fc.assert(
      fc.property(
        anyTerms,
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (terms, grossMinor, share) => {
          const openMinor = Math.floor(grossMinor * share);
          const instalments = instalmentsOf(terms, '2026-03-01', grossMinor);
          const open = openInstalments({ dueOn: '2026-03-01', grossMinor, openMinor, instalments });
          expect(open.reduce((sum, part) => sum + part.openMinor, 0)).toBe(openMinor);
        },
      ),
    );
  });
});

describe('P5: instalments as debts', () => {
  const schedule = instalmentsOf(thirds, '2026-03-01', 10_000);

  test('P5: a payment pays the earliest, and what is beyond it the next', () => {
    const payments = [
      { valueOn: '2026-04-05', amountMinor: 6_000 },
      { valueOn: '2026-03-10', amountMinor: 4_000 },
    ];
    expect(debtsByInstalment(schedule, 0, payments)).toEqual([
      { dueOn: '2026-03-01', principalMinor: 3_333, payments: [{ valueOn: '2026-03-10', amountMinor: 3_333 }] },
      {
        dueOn: '2026-03-31',
        principalMinor: 3_333,
        payments: [
          { valueOn: '2026-03-10', amountMinor: 667 },
          { valueOn: '2026-04-05', amountMinor: 2_666 },
        ],
      },
      { dueOn: '2026-04-30', principalMinor: 3_334, payments: [{ valueOn: '2026-04-05', amountMinor: 3_334 }] },
    ]);
  });

  test('P5: what was credited was never owed, and lessens the earliest', () => {
    expect(debtsByInstalment(schedule, 4_000, []).map(({ principalMinor }) => principalMinor)).toEqual([0, 2_666, 3_334]);
  });
});

describe('P4: the plan of an invoice in instalments', () => {
  const input = { policy: defaultDunningPolicy, invoiceId: 'INV-2026-000001', issuedOn: '2026-03-01', timeZone: 'Europe/Berlin' };

  test('P4: one instalment has the plan that it always had', () => {
    const whole = [{ number: 1, dueOn: '2026-03-31' }];
    expect(planInstalments(input, whole)).toEqual(planDunning({ ...input, dueOn: '2026-03-31', termsDays: 30 }));
  });

  test('A1: each instalment has a reminder, its own day of going overdue and its letters, with names of their own', () => {
    const { steps } = planInstalments(input, [
      { number: 1, dueOn: '2026-03-31' },
      { number: 2, dueOn: '2026-06-30' },
    ]);
    expect(steps.map(({ step, on }) => `${step} ${on}`)).toEqual([
      'reminder 2026-03-15',
      'overdue 2026-04-01',
      'dunning-1 2026-04-01',
      '2:reminder 2026-04-14',
      'dunning-2 2026-04-15',
      'dunning-3 2026-04-30',
      'collections 2026-05-15',
      '2:overdue 2026-07-01',
      '2:dunning-1 2026-07-01',
      '2:dunning-2 2026-07-15',
      '2:dunning-3 2026-07-30',
      '2:collections 2026-08-14',
    ]);
    expect(steps.filter(({ step }) => step.startsWith('2:')).every(({ instalment }) => instalment === 2)).toBe(true);
  });
});
