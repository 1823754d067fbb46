import { type Client, ScheduleAlreadyRunning, type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Duration } from '@temporalio/common';
import { taskQueue } from '../domain/ids.ts';

const scheduleId = 'jobs';

/**
 * Sees to it that the schedule exists which looks for due jobs every minute, and that it is as this version wants it; an
 * operator's pause stays. One look at a time: a long one makes the next wait its turn, because what is due stays due, and for
 * the same reason minutes without a server are not made up for.
 */
export async function scheduleJobs(client: Client, { every = '1m' }: { every?: Duration } = {}): Promise<void> {
  const options = {
    scheduleId,
    spec: { intervals: [{ every }] },
    action: {
      type: 'startWorkflow',
      workflowType: 'jobsWorkflow',
      workflowId: scheduleId,
      taskQueue,
      // A look that hangs must not keep every later one away.
      workflowExecutionTimeout: '10m',
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
  } as const satisfies ScheduleOptions;
  try {
    await client.schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, action, policies } = options;
    await client.schedule.getHandle(scheduleId).update(({ state }) => ({ spec, action, policies, state }));
  }
}
