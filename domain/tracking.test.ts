import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsPerson, type TrackingEvent, trackingKinds, trackingState } from './tracking.ts';

const event = (eventId: string, kind: TrackingEvent['kind'], hour: number): TrackingEvent => ({
  eventId,
  kind,
  occurredAt: `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`,
});
const journey = [
  event('1', 'picked-up', 1),
  event('2', 'in-transit', 5),
  event('3', 'out-for-delivery', 8),
  event('4', 'delivered', 10),
];

describe('where a parcel is', () => {
  it('S3: follows the latest event by the carrier’s time', () => {
    expect(trackingState([])).toBeUndefined();
    expect(trackingState(journey)).toEqual({ status: 'delivered', since: '2026-03-02T10:00:00.000Z', damaged: false });
    expect(trackingState(journey.slice(0, 2))?.status).toBe('in-transit');
  });

  it('S3: a late scan does not undo a delivery; a return does', () => {
    expect(trackingState([...journey, event('5', 'in-transit', 12)])?.status).toBe('delivered');
    expect(trackingState([...journey, event('5', 'lost', 12)])?.status).toBe('delivered');
    expect(trackingState([...journey, event('5', 'returned', 12)])?.status).toBe('returned');
  });

  it('S3: what was lost may be found; damage stays known', () => {
    expect(trackingState([event('1', 'lost', 3), event('2', 'in-transit', 4)])?.status).toBe('in-transit');
    expect(trackingState([event('1', 'damaged', 3), event('2', 'delivered', 4)])).toMatchObject({
      status: 'delivered',
      damaged: true,
    });
  });

  it('S3: told again it has been so since the first time', () => {
    expect(trackingState([event('1', 'exception', 3), event('2', 'exception', 6)])?.since).toBe('2026-03-02T03:00:00.000Z');
  });

  it('S3: exceptions, damage, loss and returns are for a person', () => {
    expect(trackingKinds.filter(needsPerson)).toEqual(['exception', 'damaged', 'lost', 'returned']);
  });

  it('S3: is the same for every order and every repetition of the same events', () => {
    const events = fc.uniqueArray(
      fc.record({
        eventId: fc.stringMatching(/^[0-9a-f]{1,3}$/),
        kind: fc.constantFrom(...trackingKinds),
        // Few instants, so that many fall together.
        hour: fc.integer({ min: 0, max: 5 }),
      }),
      { selector: ({ eventId }) => eventId, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        events.chain((drawn) => {
          const known = drawn.map(({ eventId, kind, hour }) => event(eventId, kind, hour));
          return fc.tuple(fc.constant(known), fc.shuffledSubarray(known, { minLength: known.length }), fc.subarray(known));
        }),
        ([known, shuffled, again]) => {
          expect(trackingState([...again, ...shuffled, ...again])).toEqual(trackingState(known));
        },
      ),
    );
  });
});
