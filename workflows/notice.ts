import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

const { sendNotice } = proxyActivities<Pick<Activities, 'sendNotice'>>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/** One notice, on servers that cannot run an activity by itself. */
export async function noticeWorkflow(input: { key: string }): Promise<void> {
  await sendNotice(input);
}
