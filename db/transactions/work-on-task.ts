import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import type { TaskKind } from '../statements/tasks.ts';

export interface TaskInput {
  taskId: string;
  actor: Actor;
  /** What the actor may do; the task's own role decides. */
  roles: readonly string[];
  at: string;
}

interface TaskRow {
  id: string;
  kind: TaskKind;
  role: string;
  title: string;
  status: 'open' | 'claimed' | 'completed' | 'cancelled';
  owner: string | null;
  customerId: string | null;
  orderId: string | null;
  invoiceId: string | null;
}

/** Locks a task that is not finished, for whoever has its role. */
async function lockUnfinished(tx: Transaction, { taskId, actor, roles }: TaskInput): Promise<TaskRow> {
  const { rows } = await tx.query<TaskRow>(
    `SELECT id, kind, role, title, status, owner, customer_id AS "customerId", order_id AS "orderId", invoice_id AS "invoiceId"
     FROM tasks WHERE id = $1 FOR UPDATE`,
    [taskId],
  );
  const task = rows[0];
  if (!task) throw new Refusal(404, 'unknown-task', `There is no task ${taskId}.`);
  // Whoever has taken it on may finish it, and give it back.
  if (!roles.includes(task.role) && !roles.includes('admin') && task.owner !== actor.name) {
    throw new Refusal(403, 'forbidden', `${taskId} is for ${task.role}.`);
  }
  if (task.status === 'completed' || task.status === 'cancelled') {
    throw new Refusal(409, 'task-state', `${taskId} is ${task.status} already.`);
  }
  return task;
}

/** Locks a task that the actor may work on now: two people at once, and the second is told who was first. */
export async function lockTask(tx: Transaction, input: TaskInput): Promise<TaskRow> {
  const task = await lockUnfinished(tx, input);
  const { owner } = task;
  if (owner !== null && owner !== input.actor.name) {
    const detail = `${task.id} is being worked on by ${owner}; take it over to go on with it.`;
    throw new Refusal(409, 'task-claimed', detail, { extra: { owner } });
  }
  return task;
}

interface ChangeOfHands extends TaskInput {
  reason: string;
}

/** Locks a task that somebody is working on, by whoever has its role: else it would wait for its owner for ever (C2). */
async function lockClaimed(tx: Transaction, input: ChangeOfHands): Promise<TaskRow & { owner: string }> {
  const task = await lockUnfinished(tx, input);
  if (task.owner === null) throw new Refusal(409, 'task-state', `${task.id} is ${task.status}: nobody works on it.`);
  return { ...task, owner: task.owner };
}

/** Takes a task on that somebody else had. The owner who asks changes nothing. */
export async function takeTaskOver(
  tx: Transaction,
  input: ChangeOfHands,
): Promise<{ id: string; status: 'claimed'; owner: string }> {
  const { actor, reason, at } = input;
  const task = await lockClaimed(tx, input);
  const { id, owner } = task;
  if (owner !== actor.name) {
    await tx.query('UPDATE tasks SET owner = $2, claimed_at = $3 WHERE id = $1', [id, actor.name, at]);
    const summary = `${id} taken over from ${owner}: ${task.title}`;
    const change = { before: { owner }, after: { owner: actor.name } };
    await record(tx, { at, actor, action: 'task-taken-over', summary, reason, ...subjects(task), ...change });
  }
  return { id, status: 'claimed', owner: actor.name };
}

/** Makes a task open again for everybody of its role. */
export async function releaseTask(tx: Transaction, input: ChangeOfHands): Promise<{ id: string; status: 'open' }> {
  const { actor, reason, at } = input;
  const task = await lockClaimed(tx, input);
  const { id, owner } = task;
  await giveTaskBack(tx, { taskId: id });
  const summary = `${id} given back${owner === actor.name ? '' : ` in place of ${owner}`}: ${task.title}`;
  await record(tx, { at, actor, action: 'task-released', summary, reason, ...subjects(task), before: { owner } });
  return { id, status: 'open' };
}

const subjects = (task: TaskRow) => ({
  customerId: task.customerId ?? undefined,
  orderId: task.orderId ?? undefined,
  invoiceId: task.invoiceId ?? undefined,
});

/** Takes a task on. The owner who claims it again changes nothing. */
export async function claimTask(tx: Transaction, input: TaskInput): Promise<{ id: string; status: 'claimed'; owner: string }> {
  const { actor, at } = input;
  const task = await lockTask(tx, input);
  const claimed = { id: task.id, status: 'claimed', owner: actor.name } as const;
  if (task.status === 'claimed') return claimed;
  await tx.query("UPDATE tasks SET status = 'claimed', owner = $2, claimed_at = $3 WHERE id = $1", [task.id, actor.name, at]);
  await record(tx, { at, actor, action: 'task-claimed', summary: `${task.id} claimed: ${task.title}`, ...subjects(task) });
  return claimed;
}

/** Gives a task back, so that somebody else can take it on: the second pair of eyes. */
export async function giveTaskBack(tx: Transaction, { taskId }: { taskId: string }): Promise<void> {
  await tx.query("UPDATE tasks SET status = 'open', owner = NULL, claimed_at = NULL WHERE id = $1 AND status = 'claimed'", [
    taskId,
  ]);
}

/** Finishes a task with what was found out; tasks that decide an order are finished by the decision itself. */
export async function completeTask(
  tx: Transaction,
  input: TaskInput & { outcome: { note: string; result?: string | undefined } },
): Promise<{ id: string; status: 'completed' }> {
  const { actor, at, outcome } = input;
  const task = await lockTask(tx, input);
  await tx.query(
    `UPDATE tasks SET status = 'completed', owner = coalesce(owner, $2), completed_by = $2, outcome = $3, completed_at = $4
     WHERE id = $1`,
    [task.id, actor.name, JSON.stringify(outcome), at],
  );
  await record(tx, {
    at,
    actor,
    action: 'task-completed',
    summary: `${task.id} done: ${outcome.result ?? outcome.note}`,
    reason: outcome.note,
    ...subjects(task),
    after: outcome,
  });
  return { id: task.id, status: 'completed' };
}
