import type { Transaction } from '../client.ts';
import { escalateTask } from './escalate-task.ts';

/** In one transaction; what is left goes up at the next run. */
const batchMaximum = 200;

/** Sends the reviews of applications up to finance that have waited past their time (C2): no order's workflow waits beside them. */
export async function escalateReviews(tx: Transaction, { at }: { at: string }): Promise<{ escalated: number; more: boolean }> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM tasks WHERE kind = 'credit-application' AND status IN ('open', 'claimed') AND escalated_at IS NULL AND due_at <= $1
     ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [at, batchMaximum],
  );
  for (const { id } of rows) await escalateTask(tx, { taskId: id, at });
  return { escalated: rows.length, more: rows.length === batchMaximum };
}
