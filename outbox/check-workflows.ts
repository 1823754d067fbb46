import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Database } from '../db/client.ts';
import { notStartedYet, ofOpenItems, openWorkflows, withoutRecord } from '../db/queries/operations.ts';

export interface WorkflowCheck {
  /** How many workflows must be running. */
  expected: number;
  missingCount: number;
  /** Open orders and items whose workflow does not run, the first of them, with how their last run ended; null: Temporal knows of none. */
  missing: { workflowId: string; ended: string | null }[];
  /**
   * Workflows that run for an order or item that has ended, or that PostgreSQL does not know, the first of them: one of the databases
   * was restored to an earlier time than the other.
   */
  strays: { workflowId: string; isKnown: boolean }[];
}

const asksAtOnce = 10;
const namedMaximum = 500;
const endsWithinMs = 1_000;

/**
 * Holds what PostgreSQL has open against what runs in Temporal (X8). The list of Temporal may lag a little, so each workflow in doubt is
 * asked for by itself, and what has ended or begun meanwhile is no finding.
 */
export async function checkWorkflows(database: Database, client: Client): Promise<WorkflowCheck> {
  const expected = new Set(await openWorkflows(database));
  const running = new Set<string>();
  const query = "ExecutionStatus = 'Running' AND WorkflowType IN ('orderWorkflow', 'receivableWorkflow')";
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1_000 })) running.add(workflowId);

  const absent = [...expected].filter((id) => !running.has(id));
  const begins = new Set(await notStartedYet(database, absent));
  const asked = absent.filter((id) => !begins.has(id)).slice(0, namedMaximum);
  const found = (await statesOf(client, asked)).filter(({ state }) => state !== 'RUNNING');

  const tooMany = [...running].filter((id) => !expected.has(id)).slice(0, namedMaximum);
  // Who has closed an order takes a moment to end its workflow.
  if (tooMany.length > 0) await new Promise((resolve) => setTimeout(resolve, endsWithinMs));
  const open = new Set(await openWorkflows(database));
  const collects = new Set(await ofOpenItems(database, tooMany));
  const doubtful = tooMany.filter((id) => !open.has(id) && !collects.has(id));
  const strays = (await statesOf(client, doubtful)).filter(({ state }) => state === 'RUNNING');
  const unknown = new Set(await withoutRecord(database, doubtful));

  const missing = found.filter(({ workflowId }) => open.has(workflowId));
  return {
    expected: expected.size,
    missingCount: missing.length + (absent.length - begins.size - asked.length),
    missing: missing.map(({ workflowId, state }) => ({ workflowId, ended: state })),
    strays: strays.map(({ workflowId }) => ({ workflowId, isKnown: !unknown.has(workflowId) })),
  };
}

/** Those of the workflows that do not run. */
export async function notRunning(client: Client, workflowIds: readonly string[]): Promise<string[]> {
  return (await statesOf(client, workflowIds)).filter(({ state }) => state !== 'RUNNING').map(({ workflowId }) => workflowId);
}

/** How the last run of each of them stands, by id; null: Temporal knows of none. */
async function statesOf(client: Client, workflowIds: readonly string[]): Promise<{ workflowId: string; state: string | null }[]> {
  const states: { workflowId: string; state: string | null }[] = [];
  const waiting = [...workflowIds];
  await Promise.all(
    Array.from({ length: asksAtOnce }, async () => {
      for (let workflowId = waiting.shift(); workflowId !== undefined; workflowId = waiting.shift())
        states.push({ workflowId, state: await stateOf(client, workflowId) });
    }),
  );
  return states.sort((one, other) => (one.workflowId < other.workflowId ? -1 : 1));
}

async function stateOf(client: Client, workflowId: string): Promise<string | null> {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
