import type { Database } from '../db/client.ts';
import { readClock } from '../db/statements/company.ts';
import { runDueJobs } from '../db/transactions/run-job.ts';
import { whileAlive } from './alive.ts';
import { type CheckWorkflows, checkWorkflowsWhenDue } from './workflow-check.ts';

/** What the schedule starts every minute. */
export function createJobActivities({ database, checkWorkflows }: { database: Database; checkWorkflows?: CheckWorkflows }) {
  return {
    /** The company's now is read here, once; while its clock is being moved, whoever moves it runs the jobs (clock/advance.ts). */
    async runDueJobs(): Promise<{ ran: string[]; failed: string[] }> {
      const { at, advancing } = await readClock(database);
      if (advancing) return { ran: [], failed: [] };
      return whileAlive(async () => {
        const done = await runDueJobs(database, { at });
        if (checkWorkflows) await checkWorkflowsWhenDue(database, checkWorkflows, at);
        return done;
      });
    },
  };
}
