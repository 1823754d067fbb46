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

/**
 * A company that takes cards. A no of the bank is a value; whatever is thrown is an outage or an outcome that nobody knows, and is asked
 * again under the same key, so that nothing is held or taken twice.
 */
export interface PaymentGatewayPort {
  /** Holds the amount on the card; nothing is taken yet. */
  authorise(request: CardAuthorisation): Promise<AuthorisationAnswer>;
  /** Takes what was authorised. 'expired': it was held for too long, and nothing was taken. */
  capture(request: { key: string; gatewayId: string; amountMinor: number }): Promise<{ outcome: 'captured' | 'expired' }>;
  /** Lets an authorisation go. Again, or one that is gone, is fine. */
  cancel(gatewayId: string): Promise<void>;
}
