import { describe, expect, it } from 'vitest';
import { defaultDocumentationPolicy, type ExpectedMoney, isTheMoney, type RecordedMoney, startClock } from './documentation.ts';
import { instantAt } from './time.ts';

const timeZone = 'Europe/Berlin';
const berlin = (date: string, time: string) => instantAt(date, time, timeZone);
/** 26 and 29 March 2027 are Good Friday and Easter Monday. */
const easter = new Set(['2027-03-26', '2027-03-29']);
const begin = (start: { at: string } | { on: string }, rest: object = {}) =>
  startClock({ policy: defaultDocumentationPolicy, start, letterTime: '09:00', timeZone, closedOn: easter, ...rest });

describe('the documentation clock', () => {
  it('P1: is due one business day after its start, past weekends and public holidays and through summer time', () => {
    expect(begin({ at: berlin('2027-03-01', '10:30') }).dueAt).toBe(berlin('2027-03-02', '10:30'));
    expect(begin({ at: berlin('2027-03-05', '10:30') }).dueAt).toBe(berlin('2027-03-08', '10:30'));
    expect(begin({ at: berlin('2027-03-25', '10:30') }).dueAt).toBe(berlin('2027-03-30', '10:30'));
    expect(begin({ at: berlin('2027-03-06', '10:30') }).dueAt).toBe(berlin('2027-03-08', '10:30'));
  });

  it('P1: for a day, such as a value date, it starts at the close of business', () => {
    expect(begin({ on: '2027-03-01' })).toEqual({
      startedAt: berlin('2027-03-01', '17:00'),
      dueAt: berlin('2027-03-02', '17:00'),
      blocksUntil: berlin('2027-03-06', '09:00'),
    });
  });

  it('P1: keeps letters back for the days of the policy, and never for less than until it is due', () => {
    expect(begin({ at: berlin('2027-03-01', '10:30') }).blocksUntil).toBe(berlin('2027-03-06', '09:00'));
    const short = { policy: { businessDays: 1, blockDays: 0 } };
    expect(begin({ at: berlin('2027-03-25', '10:30') }, short).blocksUntil).toBe(berlin('2027-03-31', '09:00'));
    expect(begin({ at: berlin('2027-03-25', '08:00') }, short).blocksUntil).toBe(berlin('2027-03-30', '09:00'));
  });

  it('P1: a further word blocks no longer than an earlier one that was not borne out', () => {
    const at = berlin('2027-03-03', '10:30');
    const until = (...earlierWords: string[]) => begin({ at }, { earlierWords }).blocksUntil;
    expect(until(berlin('2027-03-06', '09:00'))).toBe(berlin('2027-03-06', '09:00'));
    expect(until(berlin('2027-03-02', '09:00'), berlin('2027-03-06', '09:00'))).toBe(at);
    expect(until(berlin('2027-04-06', '09:00'))).toBe(berlin('2027-03-08', '09:00'));
  });
});

describe('whether a payment is the money that was looked for', () => {
  const expected: ExpectedMoney = {
    currency: 'EUR',
    amountMinor: 10_000,
    paidOn: '2027-03-02',
    reference: 'E2E 4711',
    invoiceIds: ['INV-1', 'INV-2'],
  };
  const recorded: RecordedMoney = {
    currency: 'EUR',
    amountMinor: 10_000,
    valueOn: '2027-03-03',
    externalReference: null,
    invoiceIds: [],
  };

  it('P1: by its reference, whatever the amount', () => {
    expect(isTheMoney(expected, { ...recorded, amountMinor: 1, externalReference: 'e2e-4711' })).toBe(true);
    expect(isTheMoney({ ...expected, reference: '--' }, { ...recorded, amountMinor: 1 })).toBe(false);
    expect(isTheMoney({ ...expected, reference: null }, { ...recorded, amountMinor: 1, externalReference: 'x' })).toBe(false);
  });

  it('P1: by its amount, when it is not for other invoices, not older, and in the same currency', () => {
    expect(isTheMoney(expected, recorded)).toBe(true);
    expect(isTheMoney(expected, { ...recorded, invoiceIds: ['INV-2'] })).toBe(true);
    expect(isTheMoney(expected, { ...recorded, invoiceIds: ['INV-3'] })).toBe(false);
    expect(isTheMoney({ ...expected, invoiceIds: [] }, { ...recorded, invoiceIds: ['INV-3'] })).toBe(true);
    expect(isTheMoney(expected, { ...recorded, valueOn: '2027-02-27' })).toBe(true);
    expect(isTheMoney(expected, { ...recorded, valueOn: '2027-02-26' })).toBe(false);
    expect(isTheMoney(expected, { ...recorded, amountMinor: 9_999 })).toBe(false);
    expect(isTheMoney({ ...expected, amountMinor: null }, recorded)).toBe(false);
    expect(isTheMoney(expected, { ...recorded, currency: 'USD' })).toBe(false);
  });
});
