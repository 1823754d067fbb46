import type { Queryable } from '../client.ts';
import type { TaskKind } from '../statements/tasks.ts';
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

/** Tasks that decide a customer’s credit. */
export const creditKinds: readonly TaskKind[] = ['credit-review', 'over-limit', 'credit-application', 'credit-renewal'];

/**
 * The unfinished tasks that an answer is for: an order that is amended, and an application that is verified, are decided by another task
 * than the one before which it was asked.
 */
export const tasksThatWait = `w.customer_id = t.customer_id AND w.order_id IS NOT DISTINCT FROM t.order_id
  AND w.kind IN (${creditKinds.map((kind) => `'${kind}'`).join(', ')}) AND w.status IN ('open', 'claimed')`;

const questions = `SELECT q.id, q.customer_id AS "customerId", q.task_id AS "taskId", t.order_id AS "orderId", q.question,
    q.asked_by AS "askedBy", q.asked_at AS "askedAt", q.answer, q.answered_by AS "answeredBy", q.answered_at AS "answeredAt",
    CASE WHEN q.answer IS NOT NULL THEN 'answered' WHEN EXISTS (SELECT FROM tasks w WHERE ${tasksThatWait}) THEN 'open'
      ELSE 'pointless' END AS status
  FROM credit_questions q JOIN tasks t ON t.id = q.task_id`;

/** Newest first. */
export async function listCreditQuestions(db: Queryable, customerId: string, page: Page): Promise<CreditQuestion[]> {
  const { where, limit, values } = filter({ 'q.customer_id = ?': customerId, 'q.id < ?': page.after }, page.limit);
  return (await db.query<CreditQuestion>(`${questions} ${where} ORDER BY q.id DESC ${limit}`, values)).rows;
}

export async function readCreditQuestion(db: Queryable, customerId: string, id: string): Promise<CreditQuestion | undefined> {
  return (await db.query<CreditQuestion>(`${questions} WHERE q.customer_id = $1 AND q.id = $2`, [customerId, id])).rows[0];
}
