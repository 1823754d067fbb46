import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Database } from '../db/client.ts';
import { notStartedYet, openWorkflows, withoutRecord } from '../db/queries/operations.ts';

export interface WorkflowCheck {
  /** How many workflows must be running. */
  expected: number;
  missingCount: number;
  /** Open orders and items whose workflow does not run, the first of them, with how their last run ended; null: Temporal knows of none. */
  missing: { workflowId: string; ended: string | null }[];
  /** Workflows that run for an order or item that PostgreSQL does not know: it was restored to a time before them. */
  strays: string[];
}

const asksAtOnce = 10;
const namedMaximum = 500;

/**
 * Holds what PostgreSQL has open against what runs in Temporal (X8). The list of Temporal may lag a little, so each one that is not in
 * it is asked for by itself, and what has ended or begun meanwhile is no finding.
 */
export async function checkWorkflows(database: Database, client: Client): Promise<WorkflowCheck> {
  const expected = await openWorkflows(database);
  const running = new Set<string>();
  const query = "ExecutionStatus = 'Running' AND WorkflowType IN ('orderWorkflow', 'receivableWorkflow')";
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1_000 })) running.add(workflowId);

  const absent = expected.filter((id) => !running.has(id));
  const begins = new Set(await notStartedYet(database, absent));
  const asked = absent.filter((id) => !begins.has(id)).slice(0, namedMaximum);
  const found: WorkflowCheck['missing'] = [];
  const waiting = [...asked];
  await Promise.all(
    Array.from({ length: asksAtOnce }, async () => {
      for (let workflowId = waiting.shift(); workflowId !== undefined; workflowId = waiting.shift()) {
        const state = await stateOf(client, workflowId);
        if (state !== 'RUNNING') found.push({ workflowId, ended: state });
      }
    }),
  );
  const stillOpen = found.length > 0 ? new Set(await openWorkflows(database)) : new Set<string>();
  const missing = found
    .filter(({ workflowId }) => stillOpen.has(workflowId))
    .sort((one, other) => one.workflowId.localeCompare(other.workflowId));
  const known = new Set(expected);
  return {
    expected: expected.length,
    missingCount: missing.length + (absent.length - begins.size - asked.length),
    missing,
    strays: await withoutRecord(
      database,
      [...running].filter((id) => !known.has(id)),
    ),
  };
}

async function stateOf(client: Client, workflowId: string): Promise<string | null> {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
