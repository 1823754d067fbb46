import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behaviourOf, forecastCash, forecastWeeks, stillOpen } from './cash-forecast.ts';
import { addDays } from './time.ts';

const today = '2027-03-01';
const punctual = { items: 20, meanDaysLate: 0, deviationDays: 3 };
const late = { items: 20, meanDaysLate: 21, deviationDays: 3 };
const none = { behaviours: new Map(), company: punctual, cashByCustomer: new Map(), unknownCashMinor: 0, today };
const item = (dueOn: string, openMinor = 100_000, customerId = 'ADA') => ({ customerId, dueOn, openMinor });
const biggest = (weeks: { expectedMinor: number }[]) =>
  weeks.findIndex(({ expectedMinor }) => expectedMinor === Math.max(...weeks.map((week) => week.expectedMinor)));

describe('the cash forecast', () => {
  it('R3: money is expected when its customer usually pays; the company stands in for who has little history', () => {
    const dueOn = '2027-03-18';
    expect(biggest(forecastCash({ ...none, items: [item(dueOn)] }).weeks)).toBe(2);
    const own = new Map([['ADA', late]]);
    expect(biggest(forecastCash({ ...none, behaviours: own, items: [item(dueOn)] }).weeks)).toBe(5);
    const few = new Map([['ADA', { ...late, items: 4 }]]);
    expect(biggest(forecastCash({ ...none, behaviours: few, items: [item(dueOn)] }).weeks)).toBe(2);
  });

  it('R3: cash that is here already stands for the oldest items and is expected no more', () => {
    const items = [item('2027-03-05', 60_000), item('2027-05-20', 40_000)];
    const forecast = forecastCash({ ...none, items, cashByCustomer: new Map([['ADA', 50_000]]), unknownCashMinor: 20_000 });
    expect(forecast).toMatchObject({ openMinor: 30_000, cashMinor: 70_000 });
    expect(biggest(forecast.weeks)).toBe(11);
    // Another customer's cash pays nothing of it, and more cash than is open leaves nothing to expect.
    expect(forecastCash({ ...none, items, cashByCustomer: new Map([['BOB', 50_000]]) }).cashMinor).toBe(0);
    expect(forecastCash({ ...none, items, cashByCustomer: new Map([['ADA', 500_000]]) })).toMatchObject({
      openMinor: 0,
      laterMinor: 0,
    });
  });

  it('R3: an item that is long overdue comes little by little, with the same chance each week', () => {
    const weekly = (now: number) => 1 - stillOpen(punctual, now, now + 7);
    expect(weekly(60)).toBeCloseTo(weekly(300), 6);
    expect(weekly(300)).toBeGreaterThan(0);
    expect(weekly(300)).toBeLessThan(1);
    expect(stillOpen(punctual, 5_000, 5_000)).toBe(1);
  });

  it('R3: mean and deviation come from sums', () => {
    // −2, 4, 10.
    const { meanDaysLate, deviationDays } = behaviourOf({ items: 3, sum: 12, squares: 120 });
    expect([meanDaysLate, deviationDays]).toEqual([4, Math.sqrt(24)]);
    expect(behaviourOf({ items: 0, sum: 0, squares: 0 })).toMatchObject({ items: 0, meanDaysLate: 0 });
  });

  it('R3: every minor unit that is open is in one week, or later, or here already', () => {
    const items = fc.array(
      fc.record({
        customerId: fc.constantFrom('ADA', 'BOB'),
        dueOn: fc.integer({ min: -900, max: 200 }).map((days) => addDays(today, days)),
        openMinor: fc.integer({ min: 1, max: 10_000_000 }),
      }),
      { maxLength: 10 },
    );
    const behaviour = fc.record({
      items: fc.nat(10),
      meanDaysLate: fc.double({ min: -30, max: 90, noNaN: true }),
      deviationDays: fc.double({ min: 0, max: 60, noNaN: true }),
    });
    const cash = fc.nat(2_000_000);
    fc.assert(
      fc.property(items, behaviour, behaviour, cash, cash, (all, ada, company, ofAda, unknownCashMinor) => {
        const behaviours = new Map([['ADA', ada]]);
        const cashByCustomer = new Map([['ADA', ofAda]]);
        const { weeks, laterMinor, openMinor, cashMinor } = forecastCash({
          items: all,
          behaviours,
          company,
          cashByCustomer,
          unknownCashMinor,
          today,
        });
        expect(weeks).toHaveLength(forecastWeeks);
        expect(weeks.every(({ expectedMinor }) => expectedMinor >= 0)).toBe(true);
        expect(weeks.reduce((sum, week) => sum + week.expectedMinor, laterMinor)).toBe(openMinor);
        expect(openMinor + cashMinor).toBe(all.reduce((sum, one) => sum + one.openMinor, 0));
      }),
    );
  });
});
