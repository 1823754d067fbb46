import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averageDaysDelinquent,
  bestPossibleDso,
  collectionEffectiveness,
  countbackDso,
  daysOf,
  daysSalesOutstanding,
  measure,
  measureIds,
  measures,
  monthEnds,
  monthsBack,
  periodBefore,
} from './metrics.ts';

const amount = fc.integer({ min: 0, max: 100_000_000 });
const sold = fc.integer({ min: 1, max: 100_000_000 });
const days = fc.integer({ min: 1, max: 366 });
const nothing = { count: 0, met: 0, sum: 0 };
const facts = {
  days: 30,
  receivablesMinor: 1_500_000,
  currentMinor: 400_000,
  openingMinor: 1_200_000,
  takenOverMinor: 0,
  salesMinor: 1_000_000,
  writtenOffMinor: 0,
  months: [
    { salesMinor: 1_000_000, days: 31 },
    { salesMinor: 800_000, days: 28 },
  ],
  settledItems: { count: 4, met: 3, sum: 0 },
  closedOrders: { count: 2, met: 2, sum: 75 },
  judgedOrders: nothing,
  acceptedOrders: nothing,
  billedShipments: nothing,
  issuedInvoices: { count: 8, met: 1, sum: 0 },
};

describe('DSO', () => {
  it('R1: the worked example: AR 15,000, current 4,000, sales 10,000, 30 days give 45, 12 and 33', () => {
    const dso = daysSalesOutstanding({ receivablesMinor: 1_500_000, salesMinor: 1_000_000, days: 30 });
    const best = bestPossibleDso({ currentMinor: 400_000, salesMinor: 1_000_000, days: 30 });
    expect([dso, best, averageDaysDelinquent(dso, best)]).toEqual([45, 12, 33]);
  });

  it('R1: without sales it is not available', () => {
    expect(daysSalesOutstanding({ receivablesMinor: 1, salesMinor: 0, days: 30 })).toBeNull();
    expect(daysSalesOutstanding({ receivablesMinor: 1, salesMinor: -5, days: 30 })).toBeNull();
    expect(averageDaysDelinquent(null, 3)).toBeNull();
  });

  it('R1: DSO is best possible and ADD together, whatever the figures', () => {
    fc.assert(
      fc.property(amount, amount, sold, days, (receivablesMinor, currentMinor, salesMinor, length) => {
        const dso = daysSalesOutstanding({ receivablesMinor, salesMinor, days: length })!;
        const best = bestPossibleDso({ currentMinor, salesMinor, days: length })!;
        expect(best + averageDaysDelinquent(dso, best)!).toBeCloseTo(dso, 4);
      }),
    );
  });
});

describe('countback DSO', () => {
  const march = { salesMinor: 1_000_000, days: 31 };
  const february = { salesMinor: 800_000, days: 28 };

  it('R1: the worked example: 15,000 against March 10,000 and February 8,000 is 31 + 17.5 = 48.5', () => {
    expect(countbackDso(1_500_000, [march, february])).toBe(48.5);
  });

  it('R1: exactly a month is the month; nothing owed is no day; more than was sold is not available', () => {
    expect(countbackDso(1_000_000, [march, february])).toBe(31);
    expect(countbackDso(0, [march])).toBe(0);
    expect(countbackDso(-5, [march])).toBe(0);
    expect(countbackDso(1_800_001, [march, february])).toBeNull();
  });

  it('R1: a month of credit notes alone counts its days and takes nothing off', () => {
    expect(countbackDso(400_000, [{ salesMinor: -50_000, days: 30 }, february])).toBe(30 + 14);
  });

  it('R1: of sales that are the same every day it is DSO', () => {
    const months = monthsBack('2027-03-31', 24).map((month) => ({ days: daysOf(month) }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 700 }), (perDay, owedDays) => {
        const newestFirst = months.map((month) => ({ days: month.days, salesMinor: month.days * perDay }));
        const receivablesMinor = perDay * owedDays;
        const dso = daysSalesOutstanding({ receivablesMinor, salesMinor: perDay * 31, days: 31 });
        expect(countbackDso(receivablesMinor, newestFirst)).toBeCloseTo(dso!, 6);
      }),
    );
  });

  it('R1: who owes more is never counted back fewer days', () => {
    const month = fc.record({ salesMinor: fc.integer({ min: -1_000, max: 100_000 }), days: fc.integer({ min: 28, max: 31 }) });
    fc.assert(
      fc.property(fc.array(month, { maxLength: 12 }), fc.nat(500_000), fc.nat(100_000), (all, owed, more) => {
        const less = countbackDso(owed, all) ?? Number.POSITIVE_INFINITY;
        expect(countbackDso(owed + more, all) ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(less);
      }),
    );
  });
});

describe('the collection effectiveness index', () => {
  const worked = {
    openingMinor: 1_200_000,
    salesMinor: 1_000_000,
    closingMinor: 1_500_000,
    closingCurrentMinor: 400_000,
    writtenOffMinor: 0,
  };

  it('R1: the worked example: opening 12,000, sales 10,000, closing 15,000, current 4,000 give 38.9 %', () => {
    expect(collectionEffectiveness(worked)).toBeCloseTo(38.888_889, 5);
  });

  it('R1: what was written off was not collected', () => {
    expect(collectionEffectiveness({ ...worked, closingMinor: 1_400_000, writtenOffMinor: 100_000 })).toBeCloseTo(38.888_889, 5);
  });

  it('R1: a zero denominator is not available, and who collects all that is due has 100 %', () => {
    const none = { openingMinor: 0, salesMinor: 500, closingMinor: 500, closingCurrentMinor: 500, writtenOffMinor: 0 };
    expect(collectionEffectiveness(none)).toBeNull();
    fc.assert(
      fc.property(sold, amount, amount, (openingMinor, salesMinor, current) => {
        fc.pre(openingMinor + salesMinor !== current);
        const all = { openingMinor, salesMinor, closingMinor: current, closingCurrentMinor: current, writtenOffMinor: 0 };
        expect(collectionEffectiveness(all)).toBe(100);
      }),
    );
  });
});

describe('periods', () => {
  it('R1: the period before is as long; before whole months are as many months', () => {
    expect(periodBefore({ from: '2027-03-11', to: '2027-03-20' })).toEqual({ from: '2027-03-01', to: '2027-03-10' });
    expect(periodBefore({ from: '2027-03-01', to: '2027-03-31' })).toEqual({ from: '2027-02-01', to: '2027-02-28' });
    expect(periodBefore({ from: '2027-01-01', to: '2027-03-31' })).toEqual({ from: '2026-10-01', to: '2026-12-31' });
    expect(daysOf({ from: '2027-03-01', to: '2027-03-31' })).toBe(31);
  });

  it('R1: months back from a day, the newest of them cut at the day', () => {
    expect(monthsBack('2027-03-10', 3)).toEqual([
      { from: '2027-03-01', to: '2027-03-10' },
      { from: '2027-02-01', to: '2027-02-28' },
      { from: '2027-01-01', to: '2027-01-31' },
    ]);
    expect(monthEnds('2027-03-10', 3)).toEqual(['2026-12-31', '2027-01-31', '2027-02-28']);
    expect(monthEnds('2027-02-28', 2)).toEqual(['2027-01-31', '2027-02-28']);
  });
});

describe('measures', () => {
  it('R1: each comes with its formula and its parts, and what has no documents is not available', () => {
    const measured = measure(facts);
    expect(Object.keys(measured)).toEqual([...measureIds]);
    for (const id of measureIds) expect(measures[id].formula).not.toBe('');
    expect(measured.dso.value).toBe(45);
    expect(measured['average-days-delinquent'].value).toBe(33);
    expect(measured['countback-dso'].value).toBe(48.5);
    expect(measured['on-time-payment']).toEqual({
      value: 75,
      parts: [
        { name: 'settled on time', value: 3, unit: 'documents', documents: 'settled-items' },
        { name: 'items settled', value: 4, unit: 'documents', documents: 'settled-items' },
      ],
    });
    expect(measured['order-to-cash'].value).toBe(37.5);
    expect(measured['invoices-revised'].value).toBe(12.5);
    expect(measured['perfect-order'].value).toBeNull();
    expect(measured['approval-time'].value).toBeNull();
  });
});
