import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

const { sendEdiDocument } = proxyActivities<Pick<Activities, 'sendEdiDocument'>>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/** One document for a trading partner, on servers that cannot run an activity by itself. */
export async function ediDocumentWorkflow(input: { documentId: string; round: number }): Promise<void> {
  await sendEdiDocument(input);
}
