import { dueNow, type JobName, jobNames, nextDue, type PolicyRhythms, type Rhythm, rhythmOf } from '../../domain/jobs.ts';
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
  const [{ rows }, rhythms] = await Promise.all([
    db.query<JobState>(
      `SELECT name, ran_for AS "ranFor", ran_at AS "ranAt", outcome, result, problem, failing_since AS "failingSince"
       FROM jobs WHERE name = ANY ($1) ORDER BY array_position($1, name)`,
      [jobNames],
    ),
    readRhythms(db),
  ]);
  return rows.map((job) => {
    const rhythm = rhythmOf(job.name, rhythms);
    const nextDueAt =
      dueNow(job.name, rhythm, { ranFor: job.ranFor, at, timeZone }) ?? nextDue(rhythm, job.ranFor ?? at, timeZone);
    return { ...job, every: rhythm.every, nextDueAt };
  });
}

/** How often carriers are audited and accounts reviewed, as the policies in force say; they may say nothing. */
export async function readRhythms(db: Queryable): Promise<PolicyRhythms> {
  const { rows } = await db.query<{ name: string; auditEvery: 'day' | 'week' | null; reviewEvery: 'month' | 'week' | null }>(
    `SELECT DISTINCT ON (name) name, body ->> 'auditEvery' AS "auditEvery", body ->> 'reviewEvery' AS "reviewEvery" FROM policies
     WHERE name IN ('carrier-targets', 'bad-debt') ORDER BY name, version DESC`,
    [],
  );
  return {
    auditEvery: rows.find(({ name }) => name === 'carrier-targets')?.auditEvery ?? undefined,
    reviewEvery: rows.find(({ name }) => name === 'bad-debt')?.reviewEvery ?? undefined,
  };
}
