import { describe, expect, it, test } from 'vitest';
import { simulateTracking } from './simulated-tracking.ts';
import { trackingState } from './tracking.ts';

const handedOverAt = '2027-03-01T10:00:00.000Z';
const parcel = (rest: object = {}) => ({ trackingNumber: 'PS1', address: '1 Dock Road', handedOverAt, ...rest });

describe('S3: what the simulated carrier reports', () => {
  it('S3: a parcel without trouble is delivered after 48 hours, told in order and on time', () => {
    const events = simulateTracking(parcel());
    expect(events.map(({ kind }) => kind)).toEqual(['picked-up', 'in-transit', 'out-for-delivery', 'delivered']);
    expect(events.every(({ occurredAt, reportedAt }) => occurredAt === reportedAt)).toBe(true);
    expect(events.at(-1)!.occurredAt).toBe('2027-03-03T10:00:00.000Z');
  });

  test.each([
    ['sim-lost', ['picked-up', 'in-transit', 'lost'], 'lost'],
    ['sim-returned', ['picked-up', 'in-transit', 'exception', 'returned'], 'returned'],
    ['sim-shuffled', ['delivered', 'out-for-delivery', 'in-transit', 'picked-up'], 'delivered'],
    ['sim-late', ['picked-up', 'delivered', 'in-transit', 'out-for-delivery'], 'delivered'],
    ['sim-silent', ['delivered'], 'delivered'],
  ])('%s', (address, reported, end) => {
    const events = simulateTracking(parcel({ address }));
    expect(events.map(({ kind }) => kind)).toEqual(reported);
    expect(trackingState(events)!.status).toBe(end);
    expect(events.every(({ occurredAt, reportedAt }) => occurredAt <= reportedAt)).toBe(true);
  });

  it('S3: sim-twice reports the same events twice', () => {
    const events = simulateTracking(parcel({ address: 'sim-twice' }));
    expect([events.length, new Set(events.map(({ eventId }) => eventId)).size]).toEqual([8, 4]);
  });

  it('S3: the share of trouble is as asked for, of every kind, and the same for the same parcels', () => {
    const numbers = Array.from({ length: 2_000 }, (_, index) => `PS${String(index).padStart(12, '0')}`);
    const ask = (troubleShare: number) =>
      numbers.map((trackingNumber) =>
        JSON.stringify(simulateTracking(parcel({ trackingNumber, troubleShare }))).replaceAll(trackingNumber, 'PS'),
      );
    const smooth = JSON.stringify(simulateTracking(parcel())).replaceAll('PS1', 'PS');
    const troubled = ask(0.1).filter((reports) => reports !== smooth);
    expect(troubled.length).toBeGreaterThan(150);
    expect(troubled.length).toBeLessThan(250);
    expect(new Set(troubled).size).toBe(8);
    expect(ask(0.1)).toEqual(ask(0.1));
    expect(ask(0).every((reports) => reports === smooth)).toBe(true);
    expect(ask(1).every((reports) => reports !== smooth)).toBe(true);
  });
});
