import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

// Few attempts: the schedule comes again in a minute, and a job that failed is still due then.
const { runDueJobs } = proxyActivities<Pick<Activities, 'runDueJobs'>>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '10s', maximumAttempts: 3 },
});

/** One look at what is due by the company clock, started by the schedule `jobs` every minute. */
export async function jobsWorkflow(): Promise<void> {
  await runDueJobs();
}
