import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../../workers/bundle.ts';
import { dataConverter } from '../payloads.ts';

/** Replays every history of a namespace against the code of today, and fails with the ones that diverge. */
export async function replayEverything(client: Client): Promise<number> {
  const histories = [];
  for await (const { workflowId, runId } of client.workflow.list({ query: `WorkflowType = 'orderWorkflow'` })) {
    histories.push({ workflowId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory() });
  }
  const options = { workflowBundle: await workflowBundle(), dataConverter };
  const diverging: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories)) {
    if (error) diverging.push(`${workflowId}: ${error.message}`);
  }
  if (diverging.length > 0)
    throw new Error(`${diverging.length} of ${histories.length} histories diverge:\n${diverging.join('\n')}`);
  return histories.length;
}
