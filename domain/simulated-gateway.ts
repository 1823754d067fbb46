/**
 * What a simulated card gateway reports of money that it took or sent back. Only a local stack and tests have one. Its disputes and
 * refunds carry all that it knows of them in their ids, so that one that was restarted has forgotten nothing. Requirements P1, X4.
 */
import type { CardDisputeStatus } from './card-dispute.ts';
import { type IsoInstant, plusSeconds, toMillis } from './time.ts';

export interface SimulatedGatewayEvent {
  eventId: string;
  type: string;
  objectId: string;
  dueAt: IsoInstant;
}

export interface SimulatedDispute {
  gatewayId: string;
  amountMinor: number;
  currency: string;
  openedAt: IsoInstant;
  closedAt: IsoInstant;
  /** How it ends; 'open' never does. */
  ends: 'won' | 'lost' | 'open' | 'withdrawn';
  isInquiry: boolean;
}

const days = 86_400;
export const simulatedDisputeFeeMinor = 1_500;
const evidenceSeconds = 7 * days;

/** What the gateway knows by then of a dispute with this id; undefined: it is none of its own. */
export function simulatedDispute(
  disputeId: string,
  at: IsoInstant,
): (SimulatedDispute & { status: CardDisputeStatus; evidenceDueAt: IsoInstant }) | undefined {
  const dispute = unpack<SimulatedDispute>('dp_sim_', disputeId);
  if (!dispute) return undefined;
  const over = dispute.ends !== 'open' && toMillis(at) >= toMillis(dispute.closedAt);
  const evidenceDueAt = plusSeconds(dispute.openedAt, evidenceSeconds);
  return { ...dispute, status: over ? dispute.ends : dispute.isInquiry ? 'inquiry' : 'open', evidenceDueAt };
}

/**
 * The messages about a payment that was taken, as the card's token asks: 'disputed-won', 'disputed-lost', 'disputed' (for ever) and
 * 'inquiry' after a day, with their end three days later; 'disputed-part' is about a half. With 'twice' each comes again, with 'shuffled'
 * the end comes before the beginning.
 */
export function simulatedDisputeEvents(payment: {
  gatewayId: string;
  paymentMethod: string;
  amountMinor: number;
  currency: string;
  takenAt: IsoInstant;
}): SimulatedGatewayEvent[] {
  const { gatewayId, paymentMethod, amountMinor, currency, takenAt } = payment;
  const asks = (word: string) => paymentMethod.includes(word);
  const isInquiry = asks('inquiry');
  if (!isInquiry && !asks('disputed')) return [];
  const openedAt = plusSeconds(takenAt, days);
  const closedAt = plusSeconds(openedAt, 3 * days);
  const disputeId = pack<SimulatedDispute>('dp_sim_', {
    gatewayId,
    amountMinor: asks('part') ? Math.max(1, Math.floor(amountMinor / 2)) : amountMinor,
    currency,
    openedAt,
    closedAt,
    ends: isInquiry ? 'withdrawn' : asks('won') ? 'won' : asks('lost') ? 'lost' : 'open',
    isInquiry,
  });
  const event = (type: string, dueAt: IsoInstant) => ({
    eventId: `evt_sim_${gatewayId}_${type.split('.').at(-1)}`,
    type: `charge.dispute.${type}`,
    objectId: disputeId,
    dueAt,
  });
  const created = event('created', asks('shuffled') ? plusSeconds(closedAt, 3_600) : openedAt);
  const events = isInquiry || asks('won') || asks('lost') ? [created, event('closed', closedAt)] : [created];
  return asks('twice') ? events.flatMap((each) => [each, each]) : events;
}

export interface SimulatedRefund {
  key: string;
  gatewayId: string;
  amountMinor: number;
  /** From then on it has failed; absent: it does not. */
  failsAt?: IsoInstant | undefined;
}

export const simulatedRefundId = (refund: SimulatedRefund): string => pack('re_sim_', refund);

export function simulatedRefund(refundId: string, at: IsoInstant): (SimulatedRefund & { hasFailed: boolean }) | undefined {
  const refund = unpack<SimulatedRefund>('re_sim_', refundId);
  return refund && { ...refund, hasFailed: refund.failsAt !== undefined && toMillis(at) >= toMillis(refund.failsAt) };
}

/** The message of a refund that fails later. */
export function simulatedRefundEvents(refundId: string): SimulatedGatewayEvent[] {
  const refund = unpack<SimulatedRefund>('re_sim_', refundId);
  if (!refund?.failsAt) return [];
  return [{ eventId: `evt_sim_${refund.key}_failed`, type: 'refund.failed', objectId: refundId, dueAt: refund.failsAt }];
}

function pack<Facts>(prefix: string, facts: Facts): string {
  return prefix + Buffer.from(JSON.stringify(facts)).toString('base64url');
}

function unpack<Facts>(prefix: string, id: string): Facts | undefined {
  if (!id.startsWith(prefix)) return undefined;
  try {
    return JSON.parse(Buffer.from(id.slice(prefix.length), 'base64url').toString());
  } catch {
    return undefined;
  }
}
