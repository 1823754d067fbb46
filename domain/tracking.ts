import { type IsoInstant, toMillis } from './time.ts';

/** What a carrier reports of a parcel, from taking it in to its end. */
export const trackingKinds = [
  'picked-up',
  'in-transit',
  'out-for-delivery',
  'exception',
  'damaged',
  'lost',
  'returned',
  'delivered',
] as const;
export type TrackingKind = (typeof trackingKinds)[number];

export interface TrackingEvent {
  /** The carrier's own; the same event may come twice. */
  eventId: string;
  kind: TrackingKind;
  occurredAt: IsoInstant;
}

export interface TrackingState {
  status: TrackingKind;
  since: IsoInstant;
  /** True once damage was reported, whatever came afterwards. */
  damaged: boolean;
}

/** These have ended the journey: only another end changes them, not a late scan. */
const ends: readonly TrackingKind[] = ['delivered', 'returned'];
/** What a person has to look into. */
const troubles: readonly TrackingKind[] = ['exception', 'damaged', 'lost', 'returned'];

export const needsPerson = (status: TrackingKind): boolean => troubles.includes(status);

/**
 * Where a parcel is, by all that is known of it: the same for the same set of events, in whatever order and how often they came
 * in (S3). The latest by the carrier's own time decides; of equal times the one further along, then by id.
 */
export function trackingState(events: readonly TrackingEvent[]): TrackingState | undefined {
  const inOrder = [...new Map(events.map((event) => [event.eventId, event])).values()].sort(
    (left, right) =>
      toMillis(left.occurredAt) - toMillis(right.occurredAt) ||
      trackingKinds.indexOf(left.kind) - trackingKinds.indexOf(right.kind) ||
      (left.eventId < right.eventId ? -1 : 1),
  );
  let state: TrackingState | undefined;
  for (const { kind, occurredAt } of inOrder) {
    const damaged = state?.damaged === true || kind === 'damaged';
    const lateScan = state !== undefined && ends.includes(state.status) && !ends.includes(kind);
    // Told again, it has been so since it was told first.
    if (lateScan || state?.status === kind) state = { ...state!, damaged };
    else state = { status: kind, since: occurredAt, damaged };
  }
  return state;
}
