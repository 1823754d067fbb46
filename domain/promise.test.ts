import { describe, expect, it } from 'vitest';
import { judgePromises, type OpenPromise, promiseDueAt } from './promise.ts';

/** 100.00 by 10 April 2027, three days of grace; given on the first. */
const promise = (rest: Partial<OpenPromise> = {}): OpenPromise => ({
  id: 'PRM-1',
  amountMinor: 10_000,
  at: '2027-04-01T08:00:00.000Z',
  receiptsUntil: '2027-04-13',
  dueAt: promiseDueAt('2027-04-10', 3, 'Europe/Berlin'),
  appliedMinor: 0,
  askedForMinor: 10_000,
  ...rest,
});
const receipt = (unappliedMinor: number, rest = {}) => ({
  at: '2027-04-05T08:00:00.000Z',
  valueOn: '2027-04-05',
  unappliedMinor,
  ...rest,
});
const justBefore = '2027-04-13T21:59:59.999Z';
const due = '2027-04-13T22:00:00.000Z';

describe('promises to pay', () => {
  it('P6: the time is up at local midnight after the last day of grace', () => {
    expect(promiseDueAt('2027-04-10', 3, 'Europe/Berlin')).toBe(due);
    // Across the change to summer time.
    expect(promiseDueAt('2027-03-27', 0, 'Europe/Berlin')).toBe('2027-03-27T23:00:00.000Z');
    expect(promiseDueAt('2027-03-28', 0, 'Europe/Berlin')).toBe('2027-03-28T22:00:00.000Z');
  });

  it.each([
    ['nothing has come yet', {}, [], justBefore, 'open'],
    ['a part has come, and the time is not up', { appliedMinor: 9_999, askedForMinor: 1 }, [], justBefore, 'open'],
    ['a part has come, and the time is up', { appliedMinor: 9_999, askedForMinor: 1 }, [], due, 'broken'],
    ['nothing has come, and the time is up', {}, [], due, 'broken'],
    ['all of it was applied', { appliedMinor: 10_000, askedForMinor: 0 }, [], due, 'kept'],
    [
      'it was broken, and money of a later day paid the rest',
      { appliedMinor: 5_000, askedForMinor: 0, wasBroken: true },
      [],
      due,
      'broken',
    ],
    ['it was broken, and all had come in time', { appliedMinor: 10_000, askedForMinor: 0, wasBroken: true }, [], due, 'kept'],
    ['it was kept before its time', { appliedMinor: 10_000, askedForMinor: 5_000 }, [], '2027-04-02T08:00:00.000Z', 'kept'],
    ['applied and unapplied money reach it together', { appliedMinor: 6_000 }, [receipt(4_000)], due, 'kept'],
    ['two receipts reach it together', {}, [receipt(6_000), receipt(4_000)], due, 'kept'],
    ['the money came before the promise', {}, [receipt(10_000, { at: '2027-03-31T08:00:00.000Z' })], due, 'broken'],
    ['the value date is after the days of grace', {}, [receipt(10_000, { valueOn: '2027-04-14' })], due, 'broken'],
    ['the value date is the last day of grace', {}, [receipt(10_000, { valueOn: '2027-04-13' })], due, 'kept'],
    ['the rest was credited after a part was paid', { appliedMinor: 7_000, askedForMinor: 0 }, [], due, 'kept'],
    ['all of it was credited', { askedForMinor: 0 }, [], due, 'void'],
    ['all of it is disputed for now', { askedForMinor: 0 }, [], justBefore, 'open'],
  ] as const)('P6: %s', (_, rest, receipts, at, outcome) => {
    expect(judgePromises([promise(rest)], receipts, at).get('PRM-1')).toBe(outcome);
  });

  it('P6: money that waits unapplied counts once, for the promise that is due first', () => {
    const later = promise({ id: 'PRM-0', dueAt: '2027-05-01T22:00:00.000Z', receiptsUntil: '2027-05-01' });
    const judged = (unappliedMinor: number) => [...judgePromises([later, promise()], [receipt(unappliedMinor)], due)];
    expect(judged(19_999)).toEqual([
      ['PRM-1', 'kept'],
      ['PRM-0', 'open'],
    ]);
    expect(judged(20_000)).toEqual([
      ['PRM-1', 'kept'],
      ['PRM-0', 'kept'],
    ]);
  });
  it('P6: what waits for a promise that is kept keeps no other, as long as anything of it is asked for', () => {
    const second = promise({ id: 'PRM-2' });
    const judged = (rest: Partial<OpenPromise>, receipts = [receipt(10_000)]) =>
      judgePromises([promise({ keptAt: '2027-04-06T00:00:00.000Z', ...rest }), second], receipts, due).get('PRM-2');
    expect(judged({})).toBe('broken');
    expect(judged({}, [receipt(20_000)])).toBe('kept');
    // What came after that is not its own, nor what is more than it lacks or than is asked for.
    expect(judged({}, [receipt(10_000, { at: '2027-04-07T08:00:00.000Z' })])).toBe('kept');
    expect(judged({ appliedMinor: 10_000 })).toBe('kept');
    expect(judged({ askedForMinor: 0 })).toBe('kept');
  });

  it('P6: money that waits is for open promises before broken ones, and a broken one that it does not keep takes nothing', () => {
    const broken = promise({ id: 'PRM-0', amountMinor: 15_000, dueAt: '2027-04-04T22:00:00.000Z', wasBroken: true });
    const judged = (unappliedMinor: number, rest: Partial<OpenPromise> = {}) =>
      Object.fromEntries(judgePromises([{ ...broken, ...rest }, promise()], [receipt(unappliedMinor)], due));
    expect(judged(10_000)).toEqual({ 'PRM-0': 'broken', 'PRM-1': 'kept' });
    expect(judged(24_999)).toEqual({ 'PRM-0': 'broken', 'PRM-1': 'kept' });
    expect(judged(25_000)).toEqual({ 'PRM-0': 'kept', 'PRM-1': 'kept' });
    const later = promise({ id: 'PRM-9', amountMinor: 5_000, dueAt: '2027-04-05T22:00:00.000Z', wasBroken: true });
    expect(judgePromises([broken, later], [receipt(5_000)], due).get('PRM-9')).toBe('kept');
  });
});
