/**
 * What becomes of goods that something happened to on their way: whether they come back or are credited as they are, and what
 * the carrier owes for them. Requirement S3.
 */
import { type DeliveryTerms, passesOnDelivery } from './delivery-terms.ts';
import type { ReturnStatus } from './return.ts';
import type { TrackingKind, TrackingState } from './tracking.ts';

/**
 * Come back to the warehouse and be counted there, or be credited without ever coming back; or, of goods that were not the customer's
 * yet (D-terms), be sent another time.
 */
export const transitDecisions = ['take-back', 'credit', 'send-again'] as const;
export type TransitDecision = (typeof transitDecisions)[number];

/** Why a return was opened that no customer has asked for. */
export type TransitCause = 'returned-to-sender' | 'lost' | 'damaged';

/**
 * What the decision rests on, by where the carrier's events say that the parcel is; undefined when they do not allow it: what
 * was delivered whole, or is still under way, is neither credited nor taken back here.
 */
export function transitCause(
  state: Pick<TrackingState, 'status' | 'damaged'> | undefined,
  decision: Exclude<TransitDecision, 'send-again'>,
): TransitCause | undefined {
  if (decision === 'credit' && state?.status === 'lost') return 'lost';
  if (decision === 'take-back' && state?.status === 'returned') return 'returned-to-sender';
  // Lost goods cannot be taken back, and those that are back already are counted before they are credited.
  const isHere = state?.status !== 'lost' && state?.status !== 'returned';
  return state?.damaged && isHere ? 'damaged' : undefined;
}

/** Whether goods that are still ours will not arrive by this parcel: lost, on their way back, or spoilt before they arrived. */
export function willNotArrive(state: Pick<TrackingState, 'status' | 'damaged'> | undefined): boolean {
  if (!state || state.status === 'delivered') return false;
  return state.status === 'lost' || state.status === 'returned' || state.damaged;
}

/** What is known of a shipment that something may have happened to. */
export interface TransitFacts {
  trackingStatus: TrackingKind | null;
  damaged: boolean;
  deliveryTerms: DeliveryTerms | null;
  invoiced: boolean;
  /** A carrier has it, by its booking. */
  booked: boolean;
  claimed: boolean;
  /** Of the return that its way has opened; null without one. */
  returnStatus: ReturnStatus | null;
}

const stateOf = ({ trackingStatus, damaged }: TransitFacts) =>
  trackingStatus === null ? undefined : { status: trackingStatus, damaged };

/** Whether a person can decide so about the goods of a shipment. */
export function mayResolve(facts: TransitFacts, decision: TransitDecision): boolean {
  const isStillOurs = passesOnDelivery(facts.deliveryTerms) && !facts.invoiced;
  if (decision === 'send-again') return isStillOurs && willNotArrive(stateOf(facts));
  if (isStillOurs || !facts.invoiced) return false;
  // Announced and not seen: credited as announced, it is waited for no longer.
  if (facts.returnStatus !== null) {
    return decision === 'credit' && facts.trackingStatus === 'returned' && facts.returnStatus === 'approved';
  }
  return transitCause(stateOf(facts), decision) !== undefined;
}

const claimable: readonly (TrackingKind | null)[] = ['lost', 'returned', 'exception'];

/** Whether a carrier can be asked to pay for a shipment: something has happened to it, and nobody has asked yet. */
export const mayFileClaim = ({ booked, claimed, damaged, trackingStatus, returnStatus }: TransitFacts): boolean =>
  booked && !claimed && (damaged || claimable.includes(trackingStatus) || returnStatus !== null);

export const claimStatuses = ['filed', 'accepted', 'paid', 'rejected', 'withdrawn'] as const;
export type ClaimStatus = (typeof claimStatuses)[number];

/** What can happen to a claim on a carrier. A command that is not listed for the present status is refused. */
export const claimTransitions = {
  accept: { from: ['filed'], to: 'accepted' },
  reject: { from: ['filed'], to: 'rejected' },
  withdraw: { from: ['filed'], to: 'withdrawn' },
  pay: { from: ['accepted'], to: 'paid' },
} as const satisfies Record<string, { from: readonly ClaimStatus[]; to: ClaimStatus }>;
export type ClaimCommand = keyof typeof claimTransitions;

export function mayClaim(status: ClaimStatus, command: ClaimCommand): boolean {
  return (claimTransitions[command].from as readonly ClaimStatus[]).includes(status);
}
