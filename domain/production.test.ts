import { describe, expect, test } from 'vitest';
import {
  isNotMade,
  mayProduce,
  missesRequested,
  productionDueOn,
  productionStatuses,
  unitsToMake,
  withdrawUnits,
} from './production.ts';

describe('F5: make to order', () => {
  test('due after so many business days, in the company time zone, and held against the requested date', () => {
    const timeZone = 'Europe/Berlin';
    // A Thursday; 23:30 UTC is Friday in Berlin.
    expect(productionDueOn({ at: '2027-03-04T09:00:00.000Z', leadDays: 3, timeZone })).toBe('2027-03-09');
    expect(productionDueOn({ at: '2027-03-04T23:30:00.000Z', leadDays: 1, timeZone })).toBe('2027-03-08');
    expect(productionDueOn({ at: '2027-03-04T09:00:00.000Z', leadDays: 0, timeZone })).toBe('2027-03-04');
    // Good Friday and Easter Monday are no days of work.
    const closedOn = new Set(['2027-03-26', '2027-03-29']);
    expect(productionDueOn({ at: '2027-03-24T09:00:00.000Z', leadDays: 3, timeZone, closedOn })).toBe('2027-03-31');
    expect(missesRequested('2027-03-09', '2027-03-08')).toBe(true);
    expect(missesRequested('2027-03-09', '2027-03-09')).toBe(false);
    expect(missesRequested('2027-03-09', null)).toBe(false);
  });

  test('only what is missing and not in production yet is ordered; a cancelled request is not repeated', () => {
    const lines = [1, 2, 3, 4, 5].map((lineNumber) => ({ lineNumber, sku: 'GATE', missing: 5 }));
    const requests = [
      { lineNumber: 2, quantity: 3, status: 'started' as const },
      { lineNumber: 3, quantity: 5, status: 'cancelled' as const },
      { lineNumber: 4, quantity: 5, status: 'requested' as const },
      // Made, and lost since: it is made again.
      { lineNumber: 1, quantity: 5, status: 'finished' as const },
      // Taken off the order, and wanted again.
      { lineNumber: 5, quantity: 5, status: 'cancelled' as const, withdrawn: true },
    ].map((request) => ({ withdrawn: false, ...request }));
    const { toMake, inProduction, otherwise } = unitsToMake(lines, requests);
    expect(toMake.map(({ lineNumber, missing }) => [lineNumber, missing])).toEqual([
      [1, 5],
      [2, 2],
      [5, 5],
    ]);
    expect(inProduction.map(({ lineNumber }) => lineNumber)).toEqual([1, 2, 4, 5]);
    expect(otherwise.map(({ lineNumber }) => lineNumber)).toEqual([3]);
  });

  test('of a product that is made to order no more, what is under way comes and nothing else', () => {
    expect(isNotMade(undefined, 1)).toBe(true);
    expect(isNotMade({ leadDays: 5, openUnits: 0 }, 9)).toBe(false);
    expect(isNotMade({ leadDays: null, openUnits: 3 }, 3)).toBe(false);
    expect(isNotMade({ leadDays: null, openUnits: 3 }, 4)).toBe(true);
  });

  test('units that are wanted no more come off what nobody has begun, the latest first', () => {
    const requests = [
      { id: 'PRD-1', lineNumber: 1, quantity: 4, status: 'started' as const },
      { id: 'PRD-2', lineNumber: 1, quantity: 3, status: 'requested' as const },
      { id: 'PRD-3', lineNumber: 1, quantity: 2, status: 'requested' as const },
      { id: 'PRD-4', lineNumber: 1, quantity: 9, status: 'finished' as const },
    ];
    const left = (units: number) => withdrawUnits(requests, units).map((request) => [request.id, request.left]);
    expect(left(0)).toEqual([]);
    expect(left(1)).toEqual([['PRD-3', 1]]);
    expect(left(6)).toEqual([
      ['PRD-3', 0],
      ['PRD-2', 0],
      ['PRD-1', 3],
    ]);
    expect(left(100)).toHaveLength(3);
    expect(left(100).every(([, quantity]) => quantity === 0)).toBe(true);
  });

  test('what is finished or cancelled stays so', () => {
    expect(productionStatuses.filter((status) => mayProduce(status, 'finish'))).toEqual(['requested', 'started']);
    expect(productionStatuses.filter((status) => mayProduce(status, 'start'))).toEqual(['requested']);
  });
});
