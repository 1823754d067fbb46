import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface CreditQuestion {
  id: string;
  customerId: string;
  taskId: string;
  orderId: string | null;
  question: string;
  askedBy: string;
  askedAt: string;
  answer: string | null;
  answeredBy: string | null;
  answeredAt: string | null;
  /** Pointless: it was decided before an answer came. */
  status: 'open' | 'answered' | 'pointless';
}

const questions = `SELECT q.id, q.customer_id AS "customerId", q.task_id AS "taskId", t.order_id AS "orderId", q.question,
    q.asked_by AS "askedBy", q.asked_at AS "askedAt", q.answer, q.answered_by AS "answeredBy", q.answered_at AS "answeredAt",
    CASE WHEN q.answer IS NOT NULL THEN 'answered' WHEN t.status IN ('open', 'claimed') THEN 'open' ELSE 'pointless' END AS status
  FROM credit_questions q JOIN tasks t ON t.id = q.task_id`;

/** Newest first. */
export async function listCreditQuestions(
  db: Queryable,
  wanted: { customerId: string; taskId?: string | undefined },
  page: Page,
): Promise<CreditQuestion[]> {
  const { where, limit, values } = filter(
    { 'q.customer_id = ?': wanted.customerId, 'q.task_id = ?': wanted.taskId, 'q.id < ?': page.after },
    page.limit,
  );
  return (await db.query<CreditQuestion>(`${questions} ${where} ORDER BY q.id DESC ${limit}`, values)).rows;
}

export async function readCreditQuestion(db: Queryable, customerId: string, id: string): Promise<CreditQuestion | undefined> {
  return (await db.query<CreditQuestion>(`${questions} WHERE q.customer_id = $1 AND q.id = $2`, [customerId, id])).rows[0];
}
