import { describe, expect, it } from 'vitest';
import {
  type Ages,
  defaultBadDebtPolicy,
  forecastNextMonth,
  lossOf91PlusFrom,
  lossRates,
  provisionFor,
  rolledOn,
  rollRatesFrom,
} from './bad-debt.ts';

const { fallbackRollRates: rollRates, lossOf91Plus } = defaultBadDebtPolicy;
const ages = (...amounts: [number, number, number, number, number]): Ages => ({
  current: amounts[0],
  '1-30': amounts[1],
  '31-60': amounts[2],
  '61-90': amounts[3],
  '91+': amounts[4],
});

describe('loss rates', () => {
  it('P7: the worked matrix: rolls 10, 40, 50, 60 %, loss of 91+ 50 % → 0.6, 6, 15, 30, 50 %', () => {
    expect(lossRates({ rollRates, lossOf91Plus, forwardLookingFactor: '1' })).toEqual({
      current: '0.006',
      '1-30': '0.06',
      '31-60': '0.15',
      '61-90': '0.3',
      '91+': '0.5',
    });
  });

  it('P7: the forward-looking factor scales them, and nothing is lost more than once', () => {
    expect(lossRates({ rollRates, lossOf91Plus, forwardLookingFactor: '1.2' })).toMatchObject({
      current: '0.0072',
      '91+': '0.6',
    });
    expect(lossRates({ rollRates, lossOf91Plus: '0.9', forwardLookingFactor: '2' })).toMatchObject({ '91+': '1', '61-90': '1' });
  });
});

describe('the loss of 91+', () => {
  const history = { items: 2, reachedMinor: 40_000, lostMinor: 24_000 };

  it('P7: is the company’s own share of what reached it and was lost, once enough items have ended', () => {
    const policy = { lossOf91Plus: '0.5', lossHistoryItemsMinimum: 2 };
    expect(lossOf91PlusFrom(history, policy)).toEqual({ ...history, rate: '0.6', source: 'own' });
    expect(lossOf91PlusFrom({ ...history, items: 1 }, policy)).toMatchObject({ rate: '0.5', source: 'policy', items: 1 });
    expect(lossOf91PlusFrom(history, { lossOf91Plus: '0.5' })).toMatchObject({ rate: '0.5', source: 'policy' });
  });

  it('P7: nothing is lost more than once, nor less than not at all', () => {
    const policy = { lossOf91Plus: '0.5', lossHistoryItemsMinimum: 1 };
    expect(lossOf91PlusFrom({ ...history, lostMinor: 50_000 }, policy).rate).toBe('1');
    expect(lossOf91PlusFrom({ ...history, lostMinor: -1 }, policy).rate).toBe('0');
    expect(lossOf91PlusFrom({ items: 3, reachedMinor: 0, lostMinor: 0 }, policy).source).toBe('policy');
  });
});

describe('roll rates', () => {
  const policy = { fallbackRollRates: rollRates, historyMonthsMinimum: 2 };

  it('P7: are those of the company’s own month ends, all months together', () => {
    const months = [ages(1_000, 100, 0, 0, 0), ages(3_000, 200, 60, 0, 0), ages(0, 400, 20, 30, 0)];
    expect(rollRatesFrom(months, policy)).toEqual([
      { bucket: 'current', rate: '0.15', months: 2, source: 'own' },
      { bucket: '1-30', rate: '0.266667', months: 2, source: 'own' },
      // One month is no history.
      { bucket: '31-60', rate: '0.5', months: 1, source: 'policy' },
      { bucket: '61-90', rate: '0.6', months: 0, source: 'policy' },
    ]);
    expect(rollRatesFrom([], policy).every(({ source }) => source === 'policy')).toBe(true);
  });

  it('R4: of one month, what stood in a bucket before is held against the next one now', () => {
    expect(rolledOn('1-30', ages(0, 200, 0, 0, 0), ages(0, 70, 50, 0, 0))).toBe(25);
    expect(rolledOn('61-90', ages(0, 0, 0, 40, 10), ages(0, 0, 0, 0, 50))).toBe(125);
    expect([
      rolledOn('current', undefined, ages(1, 1, 0, 0, 0)),
      rolledOn('current', ages(0, 1, 0, 0, 0), ages(1, 1, 0, 0, 0)),
    ]).toEqual([null, null]);
  });

  it('P7: more than all of it never rolls on, whatever was booked late', () => {
    const months = [ages(100, 0, 0, 0, 0), ages(100, 300, 0, 0, 0), ages(0, 300, 0, 0, 0)];
    expect(rollRatesFrom(months, policy)[0]).toMatchObject({ rate: '1', source: 'own' });
  });
});

describe('the forecast and the provision', () => {
  const rates = lossRates({ rollRates, lossOf91Plus, forwardLookingFactor: '1' });

  it('P7: next month’s bucket is this month’s bucket before it × its roll rate', () => {
    expect(forecastNextMonth(ages(100_000, 50_000, 20_000, 10_000, 5_000), rollRates)).toEqual({
      '1-30': 10_000,
      '31-60': 20_000,
      '61-90': 10_000,
      '91+': 6_000,
    });
    expect(forecastNextMonth(ages(-100, 0, 0, 0, 0), rollRates)['1-30']).toBe(0);
  });

  it('P7: by bucket, and by hand for one item or for all of a customer', () => {
    const items = [
      { invoiceId: 'A', bucket: 'current', openMinor: 100_000 },
      { invoiceId: 'B', bucket: '31-60', openMinor: 20_000 },
      { invoiceId: 'C', bucket: '91+', openMinor: 5_000 },
    ] as const;
    // 600 + 3,000 + 2,500.
    expect(provisionFor(items, rates, [])).toMatchObject({ provisionMinor: 6_100, specificMinor: 0 });
    expect(provisionFor(items, rates, [{ invoiceId: 'B', rate: '1' }])).toEqual({
      provisionMinor: 23_100,
      specificMinor: 20_000,
      matrixMinor: { current: 100_000, '1-30': 0, '31-60': 0, '61-90': 0, '91+': 5_000 },
    });
    const both = [
      { invoiceId: null, rate: '0.8' },
      { invoiceId: 'C', rate: '0' },
    ];
    expect(provisionFor(items, rates, both)).toMatchObject({ provisionMinor: 96_000, specificMinor: 96_000 });
  });
});
