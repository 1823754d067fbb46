import type { JobName } from '../../domain/jobs.ts';
import type { IsoInstant } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from './audit.ts';
import { openTask } from './tasks.ts';

/** Keeps that the job ran for its due instant, and ends the task that told of its failures. */
export async function noteJobDone(
  tx: Transaction,
  { name, dueAt, result, at }: { name: JobName; dueAt: IsoInstant; result: object; at: IsoInstant },
): Promise<void> {
  await tx.query(
    `UPDATE tasks SET status = 'completed', completed_by = $3, outcome = '{"reason": "it ran again"}', completed_at = $2
     FROM jobs j WHERE j.name = $1 AND j.failing_since IS NOT NULL AND status IN ('open', 'claimed') AND kind = 'job-failed'
       AND details ->> 'job' = j.name`,
    [name, at, system.name],
  );
  await tx.query(
    `UPDATE jobs SET ran_for = $2, ran_at = $3, outcome = 'done', result = $4, problem = NULL, failing_since = NULL WHERE name = $1`,
    [name, dueAt, at, JSON.stringify(result)],
  );
}

/** Keeps that the job failed, and tells an admin: once, however often it fails until it has run again. It stays due. */
export async function noteJobFailed(
  tx: Transaction,
  { name, problem, at }: { name: JobName; problem: string; at: IsoInstant },
): Promise<void> {
  const { rows } = await tx.query<{ since: IsoInstant; isNew: boolean }>(
    `WITH before AS (SELECT name, failing_since FROM jobs WHERE name = $1 FOR UPDATE)
     UPDATE jobs j SET ran_at = $2, outcome = 'failed', result = NULL, problem = $3, failing_since = coalesce(j.failing_since, $2)
     FROM before WHERE j.name = before.name RETURNING j.failing_since AS since, before.failing_since IS NULL AS "isNew"`,
    [name, at, problem.slice(0, 500)],
  );
  const { since, isNew } = rows[0]!;
  if (!isNew) return;
  await openTask(tx, {
    key: `job:${name}:${since}`,
    kind: 'job-failed',
    role: 'admin',
    title: `The job ${name} fails: ${problem}`.slice(0, 300),
    details: { job: name, failingSince: since, problem: problem.slice(0, 500) },
    at,
  });
  await record(tx, {
    at,
    actor: system,
    action: 'job-failed',
    summary: `The job ${name} fails and is tried again`,
    after: { job: name },
  });
}
