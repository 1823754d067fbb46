import type { Transaction } from '../client.ts';

/** What a task asks of a person. The API's list of kinds is this one, so that the two cannot drift. */
export const taskKinds = [
  'credit-review',
  'over-limit',
  'credit-renewal',
  'credit-application',
  'invoice-review',
  'overdue-contact',
  'shortage',
  'collections',
  'parked-message',
  'order-document',
  'edi-document',
  'carrier-refused',
  'shipment-exception',
  'carrier-performance',
  'job-failed',
  'reorder',
  'correction-approval',
  'dispute',
  'broken-promise',
  'unbilled-shipment',
  'integrity',
  'hold-override',
  'write-off',
  'overdue-review',
  'undocumented-payment',
  'bounced-cheque',
  'card-not-taken',
  'statement-not-sent',
  'card-dispute',
  'card-refund',
  'card-hold',
  'gateway-event',
  'invoice-run-failed',
  'webhook-endpoint-disabled',
  'interest-overcharged',
  'policy-approval',
] as const;
export type TaskKind = (typeof taskKinds)[number];

export interface NewTask {
  key: string;
  kind: TaskKind;
  role: 'credit' | 'receivables' | 'warehouse' | 'shipping' | 'finance' | 'sales' | 'admin';
  title: string;
  details?: unknown;
  customerId?: string | undefined;
  orderId?: string | undefined;
  invoiceId?: string | undefined;
  dueAt?: string | undefined;
  at: string;
}

/** Opens a task for a person, once per key, and gives its id. */
export async function openTask(tx: Transaction, task: NewTask): Promise<string> {
  const row = await tx.query<{ id: string }>(
    `INSERT INTO tasks (key, kind, role, title, details, customer_id, order_id, invoice_id, due_at, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id`,
    [
      task.key,
      task.kind,
      task.role,
      task.title,
      JSON.stringify(task.details ?? {}),
      task.customerId,
      task.orderId,
      task.invoiceId,
      task.dueAt,
      task.at,
    ],
  );
  return row.rows[0]!.id;
}

/** The order's unfinished task of one of these kinds, and when it is due. */
export async function unfinishedTask(
  tx: Transaction,
  orderId: string,
  kinds: TaskKind[],
): Promise<{ taskId: string; dueAt: string } | undefined> {
  const found = await tx.query<{ taskId: string; dueAt: string }>(
    `SELECT id AS "taskId", due_at AS "dueAt" FROM tasks
     WHERE order_id = $1 AND kind = ANY ($2) AND status IN ('open', 'claimed') ORDER BY id DESC LIMIT 1`,
    [orderId, kinds],
  );
  return found.rows[0];
}

/** Tasks about an order, an invoice or a customer, of these kinds or of any; or those of these keys. */
type WhichTasks =
  | { orderId: string; kinds?: TaskKind[] }
  | { invoiceId: string; kinds?: TaskKind[] }
  | { customerId: string; kinds: TaskKind[]; invoiceIds?: string[] }
  | { keys: string[] };

/** Ends the unfinished ones of these tasks, which the given fact has made pointless or done. Gives their ids. */
export async function finishTasks(
  tx: Transaction,
  which: WhichTasks,
  how: { status: 'completed' | 'cancelled'; by: string; outcome: unknown; at: string },
): Promise<string[]> {
  const { orderId, invoiceId, customerId, keys, kinds, invoiceIds }: Partial<Record<string, unknown>> = which;
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE tasks SET status = $1, completed_by = $2, outcome = $3, completed_at = $4
     WHERE status IN ('open', 'claimed') AND (order_id = $5 OR invoice_id = $6 OR customer_id = $7 OR key = ANY ($8))
       AND ($9::text[] IS NULL OR kind = ANY ($9)) AND ($10::text[] IS NULL OR invoice_id = ANY ($10)) RETURNING id`,
    [how.status, how.by, JSON.stringify(how.outcome), how.at, orderId, invoiceId, customerId, keys, kinds, invoiceIds],
  );
  return rows.map(({ id }) => id);
}
