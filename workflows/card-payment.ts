import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

const { chargeCard } = proxyActivities<Pick<Activities, 'chargeCard'>>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

/** Charges a card for invoices that are open, for as long as it takes to know what became of it. */
export async function cardPaymentWorkflow(input: { cardPaymentId: string }): Promise<void> {
  await chargeCard(input);
}
