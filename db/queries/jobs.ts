import { dueNow, type JobName, jobNames, nextDue, type Rhythm, rhythmOf } from '../../domain/jobs.ts';
import type { IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';

export interface JobState {
  name: JobName;
  ranFor: IsoInstant | null;
  ranAt: IsoInstant | null;
  outcome: 'done' | 'failed' | null;
  result: unknown;
  problem: string | null;
  failingSince: IsoInstant | null;
}

/** Every job, how its last run ended, and when it is due next; at once when that instant has passed. */
export async function listJobs(
  db: Queryable,
  { at, timeZone }: { at: IsoInstant; timeZone: string },
): Promise<(JobState & { every: Rhythm['every']; nextDueAt: IsoInstant })[]> {
  const [{ rows }, auditEvery] = await Promise.all([
    db.query<JobState>(
      `SELECT name, ran_for AS "ranFor", ran_at AS "ranAt", outcome, result, problem, failing_since AS "failingSince"
       FROM jobs WHERE name = ANY ($1) ORDER BY array_position($1, name)`,
      [jobNames],
    ),
    readAuditEvery(db),
  ]);
  return rows.map((job) => {
    const rhythm = rhythmOf(job.name, auditEvery);
    const nextDueAt =
      dueNow(job.name, rhythm, { ranFor: job.ranFor, at, timeZone }) ?? nextDue(rhythm, job.ranFor ?? at, timeZone);
    return { ...job, every: rhythm.every, nextDueAt };
  });
}

/** How often carriers are audited, as the targets in force say; they may say nothing. */
export async function readAuditEvery(db: Queryable): Promise<'day' | 'week' | undefined> {
  const { rows } = await db.query<{ auditEvery: 'day' | 'week' | null }>(
    `SELECT body ->> 'auditEvery' AS "auditEvery" FROM policies WHERE name = 'carrier-targets' ORDER BY version DESC LIMIT 1`,
    [],
  );
  return rows[0]?.auditEvery ?? undefined;
}
