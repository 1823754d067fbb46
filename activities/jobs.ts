import type { Database } from '../db/client.ts';
import { readClock } from '../db/statements/company.ts';
import { runDueJobs } from '../db/transactions/run-job.ts';
import { whileAlive } from './alive.ts';

/** What the schedule starts every minute. */
export function createJobActivities({ database }: { database: Database }) {
  return {
    /** The company's now is read here, once; while its clock is being moved, whoever moves it runs the jobs (clock/advance.ts). */
    async runDueJobs(): Promise<{ ran: string[]; failed: string[] }> {
      const { at, advancing } = await readClock(database);
      return advancing ? { ran: [], failed: [] } : whileAlive(() => runDueJobs(database, { at }));
    },
  };
}
