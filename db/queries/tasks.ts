import type { Queryable } from '../client.ts';
import type { TaskKind } from '../statements/tasks.ts';
import { filter, type Page } from './page.ts';

export interface Task {
  id: string;
  kind: TaskKind;
  role: string;
  title: string;
  details: unknown;
  customerId: string | null;
  orderId: string | null;
  invoiceId: string | null;
  status: 'open' | 'claimed' | 'completed' | 'cancelled';
  owner: string | null;
  dueAt: string | null;
  escalatedAt: string | null;
  outcome: unknown;
  completedBy: string | null;
  at: string;
  completedAt: string | null;
}

const columns = `id, kind, role, title, details, customer_id AS "customerId", order_id AS "orderId", invoice_id AS "invoiceId",
  status, owner, due_at AS "dueAt", escalated_at AS "escalatedAt", outcome, completed_by AS "completedBy", at,
  completed_at AS "completedAt"`;

export interface TaskFilter {
  status?: string | undefined;
  kind?: string | undefined;
  role?: string | undefined;
  orderId?: string | undefined;
}

/** Oldest first. */
export async function listTasks(db: Queryable, wanted: TaskFilter, page: Page): Promise<Task[]> {
  const { where, limit, values } = filter(
    {
      'status = ?': wanted.status,
      'kind = ?': wanted.kind,
      'role = ?': wanted.role,
      'order_id = ?': wanted.orderId,
      'id > ?': page.after,
    },
    page.limit,
  );
  return (await db.query<Task>(`SELECT ${columns} FROM tasks ${where} ORDER BY id ${limit}`, values)).rows;
}

export async function readTask(db: Queryable, id: string): Promise<Task | undefined> {
  return (await db.query<Task>(`SELECT ${columns} FROM tasks WHERE id = $1`, [id])).rows[0];
}
