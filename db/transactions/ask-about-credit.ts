import { Refusal } from '../../domain/failures.ts';
import { only, type Transaction } from '../client.ts';
import { creditKinds, readCreditQuestion, tasksThatWait } from '../queries/credit-questions.ts';
import { type Actor, record } from '../statements/audit.ts';
import { tell } from '../statements/notices.ts';
import { lockTask, type TaskInput } from './work-on-task.ts';

/**
 * Asks the customer what a decision about its credit lacks, by mail and in the portal (C2). The task stays where it is, and so does its
 * clock: who waits for an answer that never comes must decide without it. Gives the question's id.
 */
export async function askAboutCredit(
  tx: Transaction,
  input: TaskInput & { question: string },
): Promise<{ questionId: string; customerId: string }> {
  const { taskId, question, actor, at } = input;
  const { kind, customerId, orderId } = await lockTask(tx, input);
  if (customerId === null || !creditKinds.includes(kind)) {
    throw new Refusal(409, 'no-credit-task', `${taskId} decides no customer’s credit.`);
  }
  const { questionId } = only(
    await tx.query<{ questionId: string }>(
      `INSERT INTO credit_questions (customer_id, task_id, question, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5)
       RETURNING id AS "questionId"`,
      [customerId, taskId, question, actor.name, at],
    ),
  );
  await tellDesk(tx, questionId);
  const subjects = { customerId, orderId: orderId ?? undefined };
  await tell(tx, { key: `${questionId}:asked`, kind: 'credit-question', ...subjects, facts: { questionId, question }, at });
  await record(tx, {
    at,
    actor,
    action: 'credit-question-asked',
    summary: `${questionId} asks before ${taskId} is decided: ${question}`,
    ...subjects,
  });
  return { questionId, customerId };
}

/** Keeps what the customer says, in the portal or through somebody who has heard it; once, and only while it can still count. */
export async function answerCreditQuestion(
  tx: Transaction,
  {
    customerId,
    questionId,
    answer,
    actor,
    at,
  }: { customerId: string; questionId: string; answer: string; actor: Actor; at: string },
): Promise<void> {
  // A decision that is under way is waited for: an answer after it would be for nothing.
  await tx.query(
    `SELECT FROM credit_questions q JOIN tasks t ON t.id = q.task_id JOIN tasks w ON ${tasksThatWait}
     WHERE q.id = $1 ORDER BY w.id FOR UPDATE OF w, q`,
    [questionId],
  );
  const question = await readCreditQuestion(tx, customerId, questionId);
  if (!question) throw new Refusal(404, 'unknown-question', `There is no question ${questionId}.`);
  if (question.status !== 'open') {
    const why = question.status === 'answered' ? 'has been answered' : 'waits for no answer any more: it has been decided';
    throw new Refusal(409, 'question-state', `${questionId} ${why}.`);
  }
  await tx.query('UPDATE credit_questions SET answer = $2, answered_by = $3, answered_at = $4 WHERE id = $1', [
    questionId,
    answer,
    actor.name,
    at,
  ]);
  await tellDesk(tx, questionId);
  await record(tx, {
    at,
    actor,
    action: 'credit-question-answered',
    summary: `${questionId} was answered: ${answer}`,
    customerId,
    orderId: question.orderId ?? undefined,
  });
}

/** Who looks over the tasks of the credit desk sees which of them wait for the customer, and which wait no more. */
const tellDesk = (tx: Transaction, questionId: string) =>
  tx.query(
    `UPDATE tasks w SET details = w.details || jsonb_build_object('question', CASE WHEN EXISTS (
         SELECT FROM credit_questions o JOIN tasks ot ON ot.id = o.task_id
         WHERE o.answer IS NULL AND ot.customer_id = t.customer_id AND ot.order_id IS NOT DISTINCT FROM t.order_id)
       THEN 'asked' ELSE 'answered' END)
     FROM credit_questions q JOIN tasks t ON t.id = q.task_id WHERE q.id = $1 AND ${tasksThatWait}`,
    [questionId],
  );
