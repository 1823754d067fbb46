import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutOffOn, expectedDelivery, missesPromise, nextPickup, type PickupCalendar, planPickup } from './pickups.ts';
import { addDays, daysBetween, fromMillis, instantAt, localDate, toMillis } from './time.ts';

const calendar: PickupCalendar = {
  carrier: 'Post',
  warehouseId: 'WH',
  weekdays: [1, 2, 3, 4, 5],
  cutOff: '15:30',
  timeZone: 'Europe/Berlin',
  transitDays: 2,
  exceptions: [],
};
const none = new Set<string>();

describe('the next pickup', () => {
  it.each([
    ['before the cut-off', '2026-03-03T14:29:59Z', '2026-03-03'],
    ['at the cut-off', '2026-03-03T14:30:00Z', '2026-03-03'],
    ['after it', '2026-03-03T14:30:00.001Z', '2026-03-04'],
    ['on Friday evening', '2026-03-06T20:00:00Z', '2026-03-09'],
    ['in the night, which is another day in the warehouse', '2026-03-03T23:30:00Z', '2026-03-04'],
  ])('S1: %s', (_, at, on) => {
    expect(nextPickup(calendar, at, none)?.on).toBe(on);
  });

  it('S1: leaves out holidays; an exception goes before both', () => {
    const holidays = new Set(['2026-04-03', '2026-04-06']);
    expect(nextPickup(calendar, '2026-04-02T20:00:00Z', holidays)?.on).toBe('2026-04-07');
    const exceptions = [
      { on: '2026-04-06', cutOff: '09:00' },
      { on: '2026-04-07', cutOff: null },
    ];
    const special = { ...calendar, exceptions };
    expect(nextPickup(special, '2026-04-02T20:00:00Z', holidays)).toEqual({
      on: '2026-04-06',
      cutOffAt: '2026-04-06T07:00:00.000Z',
    });
    expect(nextPickup(special, '2026-04-06T07:00:00.001Z', holidays)?.on).toBe('2026-04-08');
    expect(
      nextPickup({ ...calendar, exceptions: [{ on: '2026-03-07', cutOff: '10:00' }] }, '2026-03-06T20:00:00Z', none)?.on,
    ).toBe('2026-03-07');
  });

  it('S1: the cut-off keeps its wall time over the change of the clocks', () => {
    const sundays = { ...calendar, weekdays: [7], cutOff: '02:30' };
    // Skipped in March: an hour later; twice in October: the first.
    expect(nextPickup(sundays, '2026-03-28T12:00:00Z', none)?.cutOffAt).toBe('2026-03-29T01:30:00.000Z');
    expect(nextPickup(sundays, '2026-10-24T12:00:00Z', none)?.cutOffAt).toBe('2026-10-25T00:30:00.000Z');
    expect(nextPickup(calendar, '2026-03-27T20:00:00Z', none)?.cutOffAt).toBe('2026-03-30T13:30:00.000Z');
    expect(nextPickup(calendar, '2026-10-23T20:00:00Z', none)?.cutOffAt).toBe('2026-10-26T14:30:00.000Z');
  });

  it('S1: of a carrier that never comes is none', () => {
    expect(nextPickup({ ...calendar, weekdays: [] }, '2026-03-03T00:00:00Z', none)).toBeUndefined();
  });

  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia', 'UTC'];
  const calendars = fc.record({
    carrier: fc.constant('Post'),
    warehouseId: fc.constant('WH'),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    cutOff: fc.constantFrom('00:00', '02:30', '09:15', '15:30', '23:59'),
    timeZone: fc.constantFrom(...zones),
    transitDays: fc.integer({ min: 0, max: 10 }),
    exceptions: fc.array(
      fc.record({
        on: fc.integer({ min: 0, max: 30 }).map((days) => addDays('2026-03-20', days)),
        cutOff: fc.constantFrom(null, '08:00'),
      }),
      { maxLength: 3 },
    ),
  });
  const instants = fc
    .integer({ min: 0, max: 40 * 24 * 60 })
    .map((minutes) => fromMillis(Date.UTC(2026, 2, 15) + minutes * 60_000));

  it('S1: is on a day the carrier comes, not past, and no pickup lies before it', () => {
    fc.assert(
      fc.property(calendars, instants, (given, at) => {
        const holidays = new Set(['2026-04-03', '2026-04-06']);
        const found = nextPickup(given, at, holidays)!;
        expect(toMillis(found.cutOffAt)).toBeGreaterThanOrEqual(toMillis(at));
        expect(cutOffOn(given, found.on, holidays)).not.toBeNull();
        expect(localDate(found.cutOffAt, given.timeZone)).toBe(found.on);
        for (let on = localDate(at, given.timeZone); on < found.on; on = addDays(on, 1)) {
          const cutOff = cutOffOn(given, on, holidays);
          if (cutOff !== null) expect(toMillis(instantAt(on, cutOff, given.timeZone))).toBeLessThan(toMillis(at));
        }
      }),
    );
  });

  it('S1: never comes sooner for who asks later, and is its own next', () => {
    fc.assert(
      fc.property(calendars, instants, instants, (given, one, other) => {
        const [early, late] = toMillis(one) <= toMillis(other) ? [one, other] : [other, one];
        const first = nextPickup(given, early, none)!;
        expect(toMillis(first.cutOffAt)).toBeLessThanOrEqual(toMillis(nextPickup(given, late, none)!.cutOffAt));
        expect(nextPickup(given, first.cutOffAt, none)).toEqual(first);
      }),
    );
  });
});

describe('planning a shipment', () => {
  it('S1: counts working days to the delivery', () => {
    expect(expectedDelivery(calendar, '2026-03-05', none)).toBe('2026-03-09');
    expect(expectedDelivery(calendar, '2026-04-02', new Set(['2026-04-03', '2026-04-06']))).toBe('2026-04-08');
    expect(daysBetween('2026-03-05', expectedDelivery({ ...calendar, transitDays: 0 }, '2026-03-05', none))).toBe(0);
  });

  it('S1: takes the carrier that is there first', () => {
    const post = { calendar, closedOn: none };
    const express = { calendar: { ...calendar, carrier: 'Express', transitDays: 1, cutOff: '12:00' }, closedOn: none };
    expect(planPickup([post, express], '2026-03-03T08:00:00Z')).toMatchObject({ carrier: 'Express', on: '2026-03-03' });
    // Both would be there on the 5th: what is collected first.
    expect(planPickup([express, post], '2026-03-03T14:00:00Z')).toMatchObject({ carrier: 'Post', on: '2026-03-03' });
    expect(planPickup([], '2026-03-03T14:00:00Z')).toBeUndefined();
  });

  it('S1: a promise is missed by the day after it, and by nothing when there is none', () => {
    expect(missesPromise('2026-03-05', '2026-03-05')).toBe(false);
    expect(missesPromise('2026-03-06', '2026-03-05')).toBe(true);
    expect(missesPromise('2026-03-06', null)).toBe(false);
  });
});
