import { plusSeconds } from '../../domain/time.ts';
import type { TrackingEvent, TrackingKind } from '../../domain/tracking.ts';

export interface SimulatedEvent extends TrackingEvent {
  trackingNumber: string;
}

const hours = 3_600;
const journeys: Record<string, [TrackingKind, number][]> = {
  'sim-delayed': [
    ['exception', 30 * hours],
    ['out-for-delivery', 120 * hours],
    ['delivered', 124 * hours],
  ],
  'sim-lost': [['lost', 72 * hours]],
  'sim-damaged': [
    ['damaged', 28 * hours],
    ['delivered', 50 * hours],
  ],
  'sim-returned': [
    ['exception', 30 * hours],
    ['returned', 96 * hours],
  ],
};
const smooth: [TrackingKind, number][] = [
  ['out-for-delivery', 44 * hours],
  ['delivered', 48 * hours],
];

/**
 * What the simulated carrier reports of a parcel, in the order in which it reports it. As with its refusals, everything follows
 * from the address: 'sim-delayed', 'sim-lost', 'sim-damaged' and 'sim-returned' in it choose the journey, 'sim-twice' repeats
 * every event and 'sim-shuffled' reports the end first.
 */
export function simulateTracking(parcel: { trackingNumber: string; address: string; handedOverAt: string }): SimulatedEvent[] {
  const { trackingNumber, address, handedOverAt } = parcel;
  const asked = Object.keys(journeys).find((marker) => address.includes(marker));
  const journey: [TrackingKind, number][] = [
    ['picked-up', hours],
    ['in-transit', 20 * hours],
    ...((asked && journeys[asked]) || smooth),
  ];
  const events = journey.map(([kind, after], index) => ({
    eventId: `${trackingNumber}-${index + 1}`,
    trackingNumber,
    kind,
    occurredAt: plusSeconds(handedOverAt, after),
  }));
  if (address.includes('sim-shuffled')) events.reverse();
  return address.includes('sim-twice') ? events.flatMap((event) => [event, event]) : events;
}
