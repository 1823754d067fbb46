import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addBusinessDays,
  addDays,
  addMonths,
  compareDates,
  daysBetween,
  endOfBusinessDay,
  endOfMonth,
  fromMillis,
  instantAt,
  isBusinessDay,
  isIsoDate,
  isIsoInstant,
  localDate,
  onOrAfterBusinessDay,
  plusSeconds,
  toMillis,
} from './time.ts';

const berlin = 'Europe/Berlin';
const date = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1970-01-01', days));

describe('O2: only dates that exist', () => {
  test.each(['2026-02-28', '2028-02-29', '0001-01-01'])('%s is a date', (text) => expect(isIsoDate(text)).toBe(true));
  test.each(['2026-02-30', '2026-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00', '', '+002026-01-01'])(
    '%j is none',
    (text) => expect(isIsoDate(text)).toBe(false),
  );
  test.each(['2026-03-01T09:00:00Z', '2026-03-01T09:00:00.123Z', '2026-03-01T09:00:00+02:00'])('%s is an instant', (text) =>
    expect(isIsoInstant(text)).toBe(true),
  );
  test.each(['2026-02-30T09:00:00Z', '2026-03-01T25:00:00Z', '2026-03-01T09:00:00', '2026-03-01', '2026-03-01 09:00:00Z', ''])(
    '%j is no instant',
    (text) => expect(isIsoInstant(text)).toBe(false),
  );
  test('malformed text throws RangeError', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => toMillis('yesterday')).toThrow(RangeError);
    expect(() => instantAt('2026-03-01', '25:00', berlin)).toThrow(RangeError);
    expect(() => localDate('2026-03-01T09:00:00Z', 'Mars/Base')).toThrow(RangeError);
  });
});

describe('I2: calendar arithmetic', () => {
  test('months clamp to the month end', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(endOfMonth('2028-02-03')).toBe('2028-02-29');
  });

  test('n months later is in the n-th month after, never beyond its end', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 60 }), (from, months) => {
        const to = addMonths(from, months);
        const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
        expect(monthOf(to) - monthOf(from)).toBe(months);
        expect(to.slice(8) === from.slice(8) || to === endOfMonth(to)).toBe(true);
      }),
    );
  });

  test('days between dates undo adding days, across summer time', () => {
    expect(daysBetween('2026-03-01', '2026-03-31')).toBe(30);
    expect(daysBetween('2026-04-01', '2026-03-31')).toBe(-1);
    fc.assert(
      fc.property(date, fc.integer({ min: -2000, max: 2000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days)) - days).toBe(0);
        expect(Math.sign(compareDates(addDays(from, days), from)) - Math.sign(days)).toBe(0);
      }),
    );
  });
});

describe("P3: dates are the seller's local dates, never n × 24 h", () => {
  test('the local date depends on the zone', () => {
    expect(localDate('2026-03-31T22:30:00Z', berlin)).toBe('2026-04-01');
    expect(localDate('2026-03-31T22:30:00Z', 'UTC')).toBe('2026-03-31');
    expect(localDate('2026-03-31T22:30:00Z', 'America/New_York')).toBe('2026-03-31');
  });

  test('local midnight before and after the change to summer time', () => {
    expect(instantAt('2026-03-29', '00:00', berlin)).toBe('2026-03-28T23:00:00.000Z');
    expect(instantAt('2026-03-30', '00:00', berlin)).toBe('2026-03-29T22:00:00.000Z');
  });

  test('a skipped local time moves forward, a doubled one is the first', () => {
    expect(instantAt('2026-03-29', '02:30', berlin)).toBe('2026-03-29T01:30:00.000Z');
    expect(instantAt('2026-10-25', '02:30', berlin)).toBe('2026-10-25T00:30:00.000Z');
    expect(localDate(instantAt('2026-04-24', '00:00', 'Africa/Cairo'), 'Africa/Cairo')).toBe('2026-04-24');
  });

  test('milliseconds and seconds go there and back', () => {
    expect(toMillis('2026-03-01T09:00:00+02:00')).toBe(Date.UTC(2026, 2, 1, 7));
    expect(fromMillis(Date.UTC(2026, 2, 1, 7))).toBe('2026-03-01T07:00:00.000Z');
    expect(plusSeconds('2026-03-01T07:00:00Z', 90.5)).toBe('2026-03-01T07:01:30.500Z');
    expect(() => fromMillis(0.5)).toThrow(RangeError);
  });
});

describe('C2: service levels count business days', () => {
  test('Monday to Friday', () => {
    expect(['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09'].map(isBusinessDay)).toEqual([true, false, false, true]);
    expect(onOrAfterBusinessDay('2026-03-07')).toBe('2026-03-09');
    expect(onOrAfterBusinessDay('2026-03-06')).toBe('2026-03-06');
  });

  test.each([
    ['2026-03-05T10:00:00Z', 1, '2026-03-06T10:00:00.000Z', 'Thursday to Friday'],
    ['2026-03-06T10:00:00Z', 1, '2026-03-09T10:00:00.000Z', 'Friday to Monday'],
    ['2026-03-07T10:00:00Z', 1, '2026-03-09T10:00:00.000Z', 'Saturday to Monday'],
    ['2026-03-06T10:00:00Z', 6, '2026-03-16T10:00:00.000Z', 'over two weekends'],
    ['2026-03-07T10:00:00Z', 0, '2026-03-07T10:00:00.000Z', 'none'],
    ['2026-03-27T09:00:00Z', 1, '2026-03-30T08:00:00.000Z', 'the same local time over summer time'],
  ])('%s + %i business days is %s: %s', (at, days, expected) => {
    expect(addBusinessDays(at, days, berlin)).toBe(expected);
  });

  test('business days are counted by the local calendar', () => {
    expect(addBusinessDays('2026-03-06T23:30:00Z', 1, berlin)).toBe('2026-03-08T23:30:00.000Z');
    expect(() => addBusinessDays('2026-03-06T10:00:00Z', -1, berlin)).toThrow(RangeError);
  });

  test.each([
    ['2026-03-05T08:00:00Z', '2026-03-05T16:00:00.000Z', 'the same day'],
    ['2026-03-05T16:00:00Z', '2026-03-06T16:00:00.000Z', 'at 17:00 sharp the next'],
    ['2026-03-06T18:00:00Z', '2026-03-09T16:00:00.000Z', 'Friday evening: Monday'],
    ['2026-03-07T08:00:00Z', '2026-03-09T16:00:00.000Z', 'Saturday: Monday'],
    ['2026-03-31T22:00:00Z', '2026-04-01T15:00:00.000Z', 'local midnight: that day, summer time'],
  ])('P3: a task opened at %s is due %s: %s', (at, expected) => {
    expect(endOfBusinessDay(at, berlin)).toBe(expected);
  });
});
