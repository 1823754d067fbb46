import type { Database } from '../db/client.ts';
import { noteJobDone, noteJobFailed } from '../db/statements/jobs.ts';
import { dueNow, rhythmOf } from '../domain/jobs.ts';
import type { IsoInstant } from '../domain/time.ts';

const name = 'workflow-check';
const rhythm = rhythmOf(name);
const namedMaximum = 5;

/** What is open in PostgreSQL and has no workflow, and what runs for nothing that is open here. */
export type CheckWorkflows = () => Promise<{
  expected: number;
  missingCount: number;
  missing: { workflowId: string }[];
  strays: { workflowId: string }[];
}>;

/**
 * The nightly look whether every open order and item has its workflow (X8). What it finds is its failure: an admin gets one task for it,
 * the check comes again every minute, and the task ends with the first one that finds nothing.
 */
export async function checkWorkflowsWhenDue(database: Database, check: CheckWorkflows, at: IsoInstant): Promise<void> {
  const { rows } = await database.query<{ timeZone: string; ranFor: IsoInstant | null }>(
    'SELECT c.time_zone AS "timeZone", j.ran_for AS "ranFor" FROM company c, jobs j WHERE j.name = $1',
    [name],
  );
  const due = rows[0] && dueNow(name, rhythm, { ...rows[0], at });
  if (due === undefined) return;
  try {
    const { expected, missingCount, missing, strays } = await check();
    const found = [
      missingCount > 0 && `without a running workflow: ${listed(missing, missingCount)}`,
      strays.length > 0 && `workflows of what has ended or is not here: ${listed(strays, strays.length)}`,
    ].filter(Boolean);
    if (found.length > 0) throw new Error(`${found.join('; ')} (the page Operations tells them all)`);
    await database.transaction((tx) => noteJobDone(tx, { name, dueAt: due, result: { expected }, at }));
  } catch (error) {
    await database.transaction((tx) => noteJobFailed(tx, { name, problem: (error as Error).message, at }));
  }
}

const listed = (workflows: { workflowId: string }[], count: number): string =>
  workflows
    .slice(0, namedMaximum)
    .map(({ workflowId }) => workflowId)
    .join(', ') + (count > namedMaximum ? ` and ${count - namedMaximum} more` : '');
