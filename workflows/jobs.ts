import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

// Few attempts: the schedule comes again in a minute, and a job that failed is still due then.
const { runDueJobs, pollOrdersMailbox } = proxyActivities<Pick<Activities, 'runDueJobs' | 'pollOrdersMailbox'>>({
  startToCloseTimeout: '4m',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '10s', maximumAttempts: 2 },
});

/** One look at what is due by the company clock, started by the schedule `jobs` every minute. */
export async function jobsWorkflow(): Promise<void> {
  // Side by side: a mail server that does not answer must not hold up the books.
  const [books, mailbox] = await Promise.allSettled([runDueJobs(), pollOrdersMailbox()]);
  for (const look of [books, mailbox]) if (look.status === 'rejected') throw look.reason;
}
