import { card } from './effects.ts';

/**
 * What is asked of the card gateway outside an order's own life, for as long as it takes to have its answer: what one of its messages is
 * about, to send money back, or to hold anew what it holds too long (P1).
 */
export async function cardWorkflow({ work, id }: { work: 'event' | 'refund' | 'renewal'; id: string }): Promise<void> {
  switch (work) {
    case 'event':
      return card.askAboutGatewayEvent({ eventId: id });
    case 'refund':
      return card.refundToCard({ refundId: id });
    case 'renewal':
      return card.renewCardHold({ key: id });
  }
}
