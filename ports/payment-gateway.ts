import type { CardDisputeStatus } from '../domain/card-dispute.ts';
import type { IsoInstant } from '../domain/time.ts';

/** What a gateway needs to hold money on a card. The token stands for the card: no card number ever comes here. */
export interface CardAuthorisation {
  /** The gateway answers the same key with the same authorisation. */
  key: string;
  amountMinor: number;
  currency: string;
  paymentMethod: string;
  /** What the cardholder reads on the statement. */
  description: string;
}

export type AuthorisationAnswer =
  | { outcome: 'authorised'; gatewayId: string }
  /** The card's bank says no; `code` is the gateway's own word for why. */
  | { outcome: 'declined'; code: string }
  /** The bank wants its customer to confirm it in person, which a server cannot. */
  | { outcome: 'requires-action'; gatewayId: string };

/** What became of money that was to go back to its card. `pending` is under way, and may still fail. */
export type RefundAnswer =
  | { outcome: 'sent' | 'pending'; refundId: string }
  /** Nothing has gone, or what went came back; absent id: it was refused at once. */
  | { outcome: 'failed'; refundId?: string | undefined; code: string };

/** A refund as the gateway knows it now. */
export interface GatewayRefund {
  refundId: string;
  /** The key that it was asked for with; absent: not asked for by us. */
  key?: string | undefined;
  gatewayId: string | undefined;
  amountMinor: number;
  outcome: 'sent' | 'pending' | 'failed';
  code?: string | undefined;
}

/** A dispute as the gateway knows it now. */
export interface GatewayDispute {
  disputeId: string;
  gatewayId: string | undefined;
  amountMinor: number;
  currency: string;
  status: CardDisputeStatus;
  /** The gateway's word. */
  reason: string;
  evidenceDueAt?: IsoInstant | undefined;
  /** What the gateway takes for it, in the currency of the dispute; 0: nothing, or in another currency. */
  feeMinor: number;
}

/**
 * A company that takes cards. A no of the bank is a value; whatever is thrown is an outage or an outcome that nobody knows, and is asked
 * again under the same key, so that nothing is held or taken twice.
 */
export interface PaymentGatewayPort {
  /** Holds the amount on the card; nothing is taken yet. */
  authorise(request: CardAuthorisation): Promise<AuthorisationAnswer>;
  /** Takes what was authorised. 'expired': it is held no more, for too long or because it cannot take such an amount, and nothing was taken. */
  capture(request: {
    key: string;
    gatewayId: string;
    amountMinor: number;
    currency: string;
  }): Promise<{ outcome: 'captured' | 'expired' }>;
  /** Lets an authorisation go. Again, or one that is gone, is fine. */
  cancel(gatewayId: string): Promise<void>;
  /** Sends money that was taken back to its card. */
  refund(request: { key: string; gatewayId: string; amountMinor: number; currency: string }): Promise<RefundAnswer>;
  /** The refund as it is now; undefined: there is none. */
  readRefund(refundId: string): Promise<GatewayRefund | undefined>;
  /** The dispute as it is now; undefined: there is none. */
  readDispute(disputeId: string): Promise<GatewayDispute | undefined>;
  /** Whether the amount is held no more, and nothing of it was taken. */
  isGone(gatewayId: string): Promise<boolean>;
}
