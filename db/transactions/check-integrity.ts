import type { Transaction } from '../client.ts';
import { type BrokenInvariant, brokenInvariants, invariants } from '../queries/invariants.ts';
import { record, system } from '../statements/audit.ts';
import { openTask } from '../statements/tasks.ts';

export interface IntegrityRun {
  runId: string;
  checked: number;
  broken: BrokenInvariant[];
}

/**
 * Checks every invariant of the books and keeps what was found (X2): finance gets one task for each that does not hold, until it
 * holds again. Nothing is repaired: what broke the books is for people to find out.
 */
export async function checkIntegrity(tx: Transaction, { at }: { at: string }): Promise<IntegrityRun> {
  const broken = await brokenInvariants(tx, at);
  const { rows } = await tx.query<{ id: string }>(
    'INSERT INTO integrity_runs (at, broken, checked_count, broken_count) VALUES ($1, $2, $3, $4) RETURNING id',
    [at, JSON.stringify(broken), invariants.length, broken.length],
  );
  const runId = rows[0]!.id;
  await tx.query(
    `UPDATE tasks SET status = 'completed', completed_by = $2, outcome = jsonb_build_object('reason', 'it holds again', 'runId', $3::text),
       completed_at = $4
     WHERE kind = 'integrity' AND status IN ('open', 'claimed') AND details ->> 'invariant' <> ALL ($1)`,
    [broken.map(({ id }) => id), system.name, runId, at],
  );
  const unfinished = await tx.query<{ invariant: string }>(
    "SELECT details ->> 'invariant' AS invariant FROM tasks WHERE kind = 'integrity' AND status IN ('open', 'claimed')",
    [],
  );
  const told = new Set(unfinished.rows.map(({ invariant }) => invariant));
  for (const { id, requirement, sentence, count, rows: offenders } of broken.filter((found) => !told.has(found.id))) {
    await openTask(tx, {
      key: `integrity:${id}:${runId}`,
      kind: 'integrity',
      role: 'finance',
      title: `The books do not hold (${id}): ${sentence}`,
      details: { invariant: id, requirement, runId, count, rows: offenders },
      at,
    });
    await record(tx, {
      at,
      actor: system,
      action: 'integrity-broken',
      summary: `Not so, ${count} times: ${sentence}`,
      after: { invariant: id, runId, count },
    });
  }
  return { runId, checked: invariants.length, broken };
}
