import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageItems, ageingBucket } from './ageing.ts';
import { addDays } from './time.ts';

describe('A4: ageing by due date', () => {
  test.each([
    [-1, 'current'],
    [0, 'current'],
    [1, '1-30'],
    [30, '1-30'],
    [31, '31-60'],
    [60, '31-60'],
    [61, '61-90'],
    [90, '61-90'],
    [91, '91+'],
    [4000, '91+'],
  ])('A4: %i days after the due date is %s', (days, bucket) => {
    expect(ageingBucket('2026-03-31', addDays('2026-03-31', days))).toBe(bucket);
  });

  test('A4: regression: ageing differs by report date: the as-of date alone decides', () => {
    const items = [
      { openMinor: 300_000, dueOn: '2026-05-31' },
      { openMinor: 360_000, dueOn: '2026-03-31' },
      { openMinor: 1_447, dueOn: '2026-03-01' },
    ];
    expect(ageItems(items, '2026-04-01')).toEqual({ current: 300_000, '1-30': 360_000, '31-60': 1_447, '61-90': 0, '91+': 0 });
    expect(ageItems(items, '2026-03-31')).toEqual({ current: 660_000, '1-30': 1_447, '31-60': 0, '61-90': 0, '91+': 0 });
  });

  test('A4: the buckets add up to the open items', () => {
    const item = fc.record({
      openMinor: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      dueOn: fc.integer({ min: -200, max: 50 }).map((days) => addDays('2026-04-01', days)),
    });
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const total = Object.values(ageItems(items, '2026-04-01')).reduce((sum, amountMinor) => sum + amountMinor, 0);
        expect(total - items.reduce((sum, { openMinor }) => sum + openMinor, 0)).toBe(0);
      }),
    );
  });
});
