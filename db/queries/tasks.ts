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
  kind?: readonly string[] | undefined;
  role?: readonly string[] | undefined;
  owner?: string | undefined;
  customerId?: string | undefined;
  orderId?: string | undefined;
  /** True: what is open or claimed alone. */
  unfinished?: boolean | undefined;
}

const byDue = "(coalesce(due_at, 'infinity'), id)";
/** The key of a task in a list by due date; one without a date comes last. */
export const dueKey = ({ id, dueAt }: Pick<Task, 'id' | 'dueAt'>) => `${dueAt ?? 'infinity'} ${id}`;
const dueKeys = /^(infinity|\d{4}-\d{2}-\d{2}T[\d:.]{8,15}Z) \S+$/;
/** Whether somebody has made a cursor up. */
export const isDueKey = (key: string) => dueKeys.test(key);

/** Oldest first, or what is due first. */
export async function listTasks(
  db: Queryable,
  wanted: TaskFilter,
  page: Page,
  sort: 'oldest' | 'due' = 'oldest',
): Promise<Task[]> {
  const { where, limit, values } = filter(
    {
      'status = ?': wanted.status,
      'kind = ANY (?)': wanted.kind,
      'role = ANY (?)': wanted.role,
      'owner = ?': wanted.owner,
      'customer_id = ?': wanted.customerId,
      'order_id = ?': wanted.orderId,
      "(status IN ('open', 'claimed')) = ?": wanted.unfinished,
      ...(sort === 'oldest'
        ? { 'id > ?': page.after }
        : { [`${byDue} > (split_part(?, ' ', 1)::timestamptz, split_part(?, ' ', 2))`]: page.after }),
    },
    page.limit,
  );
  const order = sort === 'oldest' ? 'id' : `coalesce(due_at, 'infinity'), id`;
  return (await db.query<Task>(`SELECT ${columns} FROM tasks ${where} ORDER BY ${order} ${limit}`, values)).rows;
}

export async function readTask(db: Queryable, id: string): Promise<Task | undefined> {
  return (await db.query<Task>(`SELECT ${columns} FROM tasks WHERE id = $1`, [id])).rows[0];
}
