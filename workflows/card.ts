import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

const { askAboutGatewayEvent, refundToCard, renewCardHold } = proxyActivities<
  Pick<Activities, 'askAboutGatewayEvent' | 'refundToCard' | 'renewCardHold'>
>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

/**
 * What is asked of the card gateway outside an order's own life, for as long as it takes to have its answer: what one of its messages is
 * about, to send money back, or to hold anew what it holds too long (P1).
 */
export async function cardWorkflow({ work, id }: { work: 'event' | 'refund' | 'renewal'; id: string }): Promise<void> {
  switch (work) {
    case 'event':
      return askAboutGatewayEvent({ eventId: id });
    case 'refund':
      return refundToCard({ refundId: id });
    case 'renewal':
      return renewCardHold({ key: id });
  }
}
