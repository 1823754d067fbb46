import { randomUUID } from 'node:crypto';
import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { type IsoInstant, toMillis } from '../domain/time.ts';

const notFound = 5;
const completed = 2;

/**
 * Moves one running workflow to an instant of the company's time in the real engine: the server skips to each timer as it
 * comes due, and waits for the activities in between. A workflow that has closed, or closes on the way, is done.
 */
export async function forwardWorkflow(client: Client, workflowId: string, to: IsoInstant): Promise<void> {
  const { workflowService } = client;
  const { namespace } = client.options;
  const workflowExecution = { workflowId };
  for (;;) {
    const nowMs = await effectiveNowMs(client, workflowId);
    if (nowMs === undefined || nowMs >= toMillis(to)) return;
    const fastForwardId = randomUUID();
    try {
      await workflowService.updateWorkflowExecutionOptions({
        namespace,
        workflowExecution,
        workflowExecutionOptions: {
          timeSkippingConfig: {
            enabled: true,
            maxSessionSkipCount: 200,
            fastForwardConfig: { id: fastForwardId, duration: milliseconds(toMillis(to) - nowMs) },
          },
        },
        updateMask: { paths: ['time_skipping_config'] },
      });
      const poll = await workflowService.pollWorkflowExecutionTimeSkipping({ namespace, workflowExecution, fastForwardId });
      // "Not yet" after the server's 20 s, or failed because the workflow ended: look where it stands and go on from there.
      if (poll.fastForwardPollingResult === completed) return;
    } catch (error) {
      if (isGrpcServiceError(error) && error.code === notFound) return;
      throw error;
    }
  }
}

/** The company's time inside a running workflow, in milliseconds; undefined when it runs no more. */
async function effectiveNowMs(client: Client, workflowId: string): Promise<number | undefined> {
  const described = await describe(client, workflowId);
  if (!described?.running) return undefined;
  const skipped = described.raw.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  const virtualMs = skipped ? Number(skipped.seconds) * 1000 + (skipped.nanos ?? 0) / 1e6 : Date.now();
  const offsetMs = described.memo?.clockOffsetMs as number | undefined;
  return Math.floor(virtualMs) + (offsetMs ?? 0);
}

/** Whether the workflow has nothing under way: no task, no activity. A closed one has nothing either. */
export async function isQuiet(client: Client, workflowId: string): Promise<boolean> {
  const described = await describe(client, workflowId);
  if (!described?.running) return true;
  const { pendingActivities, pendingWorkflowTask } = described.raw;
  return !pendingWorkflowTask && (pendingActivities ?? []).length === 0;
}

async function describe(client: Client, workflowId: string) {
  try {
    const described = await client.workflow.getHandle(workflowId).describe();
    return { ...described, running: described.status.name === 'RUNNING' };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

function milliseconds(total: number) {
  return { seconds: Math.floor(total / 1000) as never, nanos: Math.round((total % 1000) * 1e6) };
}
