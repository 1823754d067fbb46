import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';

/** A task that waited past its time goes up to finance, once, and whoever had taken it on has it no more (C2). A finished one is left alone. */
export async function escalateTask(
  tx: Transaction,
  { taskId, at }: { taskId: string; at: string },
): Promise<{ escalated: boolean }> {
  const { rows } = await tx.query<{ kind: string; owner: string | null; orderId: string | null; customerId: string | null }>(
    `WITH late AS (
       SELECT id, owner FROM tasks WHERE id = $1 AND status IN ('open', 'claimed') AND escalated_at IS NULL FOR UPDATE)
     UPDATE tasks t SET escalated_at = $2, role = 'finance', status = 'open', owner = NULL, claimed_at = NULL FROM late WHERE t.id = late.id
     RETURNING kind, late.owner, order_id AS "orderId", customer_id AS "customerId"`,
    [taskId, at],
  );
  const task = rows[0];
  if (!task) return { escalated: false };
  await record(tx, {
    at,
    actor: system,
    action: 'task-escalated',
    summary: `${taskId} (${task.kind}) waited past its time${task.owner === null ? '' : ` with ${task.owner}`} and went to finance`,
    orderId: task.orderId ?? undefined,
    customerId: task.customerId ?? undefined,
  });
  return { escalated: true };
}
