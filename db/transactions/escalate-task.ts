import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';

/** A task that waited past its time goes up to finance, once (C2). A finished one is left alone. */
export async function escalateTask(
  tx: Transaction,
  { taskId, at }: { taskId: string; at: string },
): Promise<{ escalated: boolean }> {
  const { rows } = await tx.query<{ kind: string; orderId: string | null; customerId: string | null }>(
    `UPDATE tasks SET escalated_at = $2, role = 'finance' WHERE id = $1 AND status IN ('open', 'claimed') AND escalated_at IS NULL
     RETURNING kind, order_id AS "orderId", customer_id AS "customerId"`,
    [taskId, at],
  );
  const task = rows[0];
  if (!task) return { escalated: false };
  await record(tx, {
    at,
    actor: system,
    action: 'task-escalated',
    summary: `${taskId} (${task.kind}) waited past its time and went to finance`,
    orderId: task.orderId ?? undefined,
    customerId: task.customerId ?? undefined,
  });
  return { escalated: true };
}
