/**
 * A card payment that its holder's bank disputes. What is booked follows from what the gateway says now and from what is booked already,
 * not from the order in which its messages came. Requirement P1.
 */
export const cardDisputeStatuses = ['inquiry', 'open', 'won', 'lost', 'withdrawn'] as const;
/** `inquiry`: the bank only asks, and has taken nothing. `withdrawn`: it asks no more. */
export type CardDisputeStatus = (typeof cardDisputeStatuses)[number];

export interface DisputeInBooks {
  /** The receipt has been taken back. */
  takenBack: boolean;
  /** What was taken back has come again. */
  paidAgain: boolean;
  feeBooked: boolean;
}

export type DisputeStep = 'take-back' | 'pay-again' | 'book-fee';

/**
 * What is to be booked now. A dispute of which we first hear when it is won moves nothing: what went has come back. One that was won stays
 * so, because a message that it is open may be late; a loss after that is for a person (`contradicts`).
 */
export function stepsOfDispute(status: CardDisputeStatus, { takenBack, paidAgain, feeBooked }: DisputeInBooks): DisputeStep[] {
  switch (status) {
    case 'inquiry':
      return [];
    case 'open':
      return takenBack ? [] : ['take-back'];
    case 'lost':
      return [...(takenBack ? [] : (['take-back'] as const)), ...(feeBooked ? [] : (['book-fee'] as const))];
    case 'won':
    case 'withdrawn':
      return takenBack && !paidAgain ? ['pay-again'] : [];
  }
}

/** What the gateway says now cannot be true together with what is booked: the money has come back and is lost. */
export const contradicts = (status: CardDisputeStatus, { paidAgain }: DisputeInBooks): boolean => status === 'lost' && paidAgain;

/** The status to keep: of two, the one that ends the dispute is later, because the message of an open one may be late. */
export function statusAfter(known: CardDisputeStatus | undefined, said: CardDisputeStatus): CardDisputeStatus {
  const isOver = known === 'won' || known === 'lost' || known === 'withdrawn';
  return isOver && (said === 'open' || said === 'inquiry') ? known : said;
}

/** What a message of the gateway's is about, by its type; undefined: nothing follows from it here. */
export function subjectOfGatewayEvent(type: string): 'dispute' | 'refund' | 'authorisation' | undefined {
  if (/^charge\.dispute\.\w+$/.test(type)) return 'dispute';
  if (/^(refund|charge\.refund)\.\w+$/.test(type)) return 'refund';
  return type === 'payment_intent.canceled' ? 'authorisation' : undefined;
}
