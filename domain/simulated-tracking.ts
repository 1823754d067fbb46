/** What a simulated carrier reports of a parcel. Only a local stack and tests have one. Requirement S3, X4. */
import { type IsoInstant, plusSeconds } from './time.ts';
import type { TrackingEvent, TrackingKind } from './tracking.ts';

export interface SimulatedEvent extends TrackingEvent {
  trackingNumber: string;
  /** When the carrier reports it, which may be long after it happened. */
  reportedAt: IsoInstant;
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

/** What goes wrong with a parcel whose address asks for nothing: half of it harms the goods, half only the reports. */
const troubles = [
  'sim-delayed',
  'sim-lost',
  'sim-damaged',
  'sim-returned',
  'sim-twice',
  'sim-shuffled',
  'sim-late',
  'sim-silent',
];

/**
 * The reports of one parcel, in the order in which they are made. As with the carrier's refusals, everything follows from the
 * address: 'sim-delayed', 'sim-lost', 'sim-damaged' and 'sim-returned' in it choose the journey, 'sim-twice' repeats every
 * report, 'sim-shuffled' reports the end first, 'sim-late' reports all but the end a day late, 'sim-silent' reports the end alone.
 * Of the parcels that ask for nothing, `troubleShare` (0 to 1) have one of these troubles, by their tracking numbers.
 */
export function simulateTracking(parcel: {
  trackingNumber: string;
  address: string;
  handedOverAt: IsoInstant;
  troubleShare?: number;
}): SimulatedEvent[] {
  const { trackingNumber, handedOverAt } = parcel;
  const asked = parcel.address.includes('sim-') ? parcel.address : troubleOf(trackingNumber, parcel.troubleShare ?? 0);
  const chosen = Object.keys(journeys).find((marker) => asked.includes(marker));
  const journey: [TrackingKind, number][] = [
    ['picked-up', hours],
    ['in-transit', 20 * hours],
    ...((chosen && journeys[chosen]) || smooth),
  ];
  const last = journey.length - 1;
  const events = journey.map(([kind, after], index): SimulatedEvent => {
    const occurredAt = plusSeconds(handedOverAt, after);
    return {
      eventId: `${trackingNumber}-${index + 1}`,
      trackingNumber,
      kind,
      occurredAt,
      reportedAt: asked.includes('sim-late') && index < last ? plusSeconds(occurredAt, 30 * hours) : occurredAt,
    };
  });
  const reported = asked.includes('sim-silent') ? events.slice(last) : events;
  const timed = asked.includes('sim-shuffled') ? endFirst(reported) : reported;
  const inOrder = [...timed].sort((left, right) => (left.reportedAt < right.reportedAt ? -1 : 1));
  return asked.includes('sim-twice') ? inOrder.flatMap((event) => [event, event]) : inOrder;
}

/** Nothing is reported before it has happened: the end comes on time, and what led to it an hour later each. */
function endFirst(events: SimulatedEvent[]): SimulatedEvent[] {
  const end = events.at(-1)!;
  return [...events].reverse().map((event, index) => ({ ...event, reportedAt: plusSeconds(end.occurredAt, index * hours) }));
}

/** The same parcel has the same trouble, or none, whoever asks and whenever. */
function troubleOf(trackingNumber: string, troubleShare: number): string {
  const point = fnv1a(trackingNumber);
  if (point / 2 ** 32 >= troubleShare) return '';
  return troubles[fnv1a(`${trackingNumber} trouble`) % troubles.length]!;
}

/** FNV-1a, 32 bits: spreads well, and is the same on every machine. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  // Numbers that follow one another differ in their last digit only: mixed once more, they fall far apart.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
