import { z } from 'zod';
import { creditKinds } from '../../db/queries/credit-questions.ts';
import { dueKey, isDueKey, listTasks, readTask, type Task } from '../../db/queries/tasks.ts';
import { taskKinds } from '../../db/statements/tasks.ts';
import { decideCreditApplication } from '../../db/transactions/decide-credit-application.ts';
import { claimTask, completeTask, releaseTask, takeTaskOver } from '../../db/transactions/work-on-task.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { type Call, type Principal, type Route, reply, roles, route, staff } from '../contract.ts';
import { found } from '../ownership.ts';
import { faultsOf } from '../problem.ts';
import { anything, customerId, id, isoInstant, pageOf, paging, reason, text, toPage } from '../schemas.ts';
import { creditAnswer, creditDecision, decide, secondApproval } from './orders.ts';

const kind = z.enum(taskKinds);
const status = z.enum(['open', 'claimed', 'completed', 'cancelled']);
const task = z
  .strictObject({
    id: z.string(),
    kind,
    role: z.string(),
    title: z.string(),
    details: anything,
    customerId: z.string().nullable(),
    orderId: z.string().nullable(),
    invoiceId: z.string().nullable(),
    status,
    owner: z.string().nullable(),
    dueAt: isoInstant.nullable(),
    escalatedAt: isoInstant.nullable(),
    outcome: anything,
    completedBy: z.string().nullable(),
    at: isoInstant,
    completedAt: isoInstant.nullable(),
    actions: z.array(z.enum(['claim', 'take-over', 'release', 'ask-customer', 'complete', 'decide-credit'])).meta({
      description: 'What the asker can do with it as it stands. A task that its own decision finishes has no `complete`.',
    }),
  })
  .meta({ id: 'Task' });
const params = z.strictObject({ id });

const applicationDecision = z.strictObject({
  decision: z.enum(['approve', 'deny']),
  limitMinor: creditDecision.shape.limitMinor,
  reason: creditDecision.shape.reason,
});
const because = z.strictObject({ reason });
const changeOfHands = ({ params, principal, actor, at, body }: Call<{ id: string }, unknown, { reason: string }>) => ({
  taskId: params.id,
  roles: principal.roles,
  reason: body.reason,
  actor,
  at,
});
const note = z.strictObject({ note: text(2_000), result: text(200).optional() });

/** Proposals that wait for a second person: the decision itself finishes their task, and a note would only lose it. */
const decidedElsewhere: Partial<Record<z.output<typeof kind>, string>> = {
  'correction-approval': '/v1/corrections/{id}/approve or /refuse',
  dispute: '/v1/disputes/{id}/resolve',
  'hold-override': '/v1/hold-overrides/{id}/approve or /reject',
  'policy-approval': '/v1/policies/proposals/{id}/approve or /reject',
  'write-off': '/v1/write-offs/{id}/approve or /reject',
  'overdue-review': '/v1/reviews/{id}/propose and /approve',
  'undocumented-payment': '/v1/documentation-clocks/{id}/link or /reject',
};

/** Where a task is decided that a note alone would not finish; an interchange that came to nothing has no decision of its own. */
const decidedAt = ({ kind, details }: Task): string | undefined =>
  kind === 'order-document' && (details as { documentId?: string }).documentId !== undefined
    ? '/v1/order-documents/{id}/enter or /discard'
    : decidedElsewhere[kind];

const decidesCredit = ({ kind, orderId }: Task): boolean =>
  kind === 'credit-application' || (orderId !== null && (kind === 'credit-review' || kind === 'over-limit'));

/** The same as `lockTask` lets pass: its role or its owner; beside its owner, its role can only change whose it is. */
function withActions(row: Task, { roles: own, actor }: Principal): z.output<typeof task> {
  const { role, owner, status: stands } = row;
  const isOpen = stands === 'open' || stands === 'claimed';
  const isTheirs = own.some((one) => one === role || one === 'admin') || owner === actor.name;
  if (!isOpen || !isTheirs) return { ...row, actions: [] };
  if (owner !== null && owner !== actor.name) return { ...row, actions: ['take-over', 'release'] };
  const finish = decidesCredit(row) ? (['decide-credit'] as const) : decidedAt(row) ? [] : (['complete'] as const);
  const hands = stands === 'open' ? (['claim'] as const) : (['release'] as const);
  const ask = creditKinds.includes(row.kind) ? (['ask-customer'] as const) : [];
  return { ...row, actions: [...hands, ...ask, ...finish] };
}

export const taskRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/tasks',
    summary: 'What people have to do, oldest first or, with `sort=due`, what is due first',
    roles: staff,
    query: z.strictObject({
      status: status.optional(),
      kind: z
        .string()
        .max(1_000)
        .transform((kinds) => kinds.split(','))
        .pipe(z.array(kind))
        .optional()
        .meta({ type: 'string', description: 'One or several, with commas between them.', example: 'credit-review,over-limit' }),
      role: z
        .string()
        .max(200)
        .transform((named) => named.split(','))
        .pipe(z.array(z.enum(roles)))
        .optional()
        .meta({ type: 'string', description: 'One or several, with commas between them.', example: 'credit,finance' }),
      owner: text(100).optional().meta({ description: 'Who has claimed it.' }),
      customerId: customerId.optional(),
      orderId: id.optional(),
      unfinished: z.literal('true').optional().meta({ description: 'Open and claimed ones alone.' }),
      sort: z.enum(['oldest', 'due']).default('oldest'),
      ...paging,
    }),
    responses: { 200: pageOf(task) },
    handler: async ({ database, principal, query }) => {
      const { sort, after, limit } = query;
      if (sort === 'due' && after !== undefined && !isDueKey(after)) {
        const detail = 'Must be the `next` of an earlier page of the same list.';
        throw new Refusal(400, 'invalid-request', detail, { faults: [{ path: '/query/after', code: 'cursor', detail }] });
      }
      const wanted = { ...query, unfinished: query.unfinished === 'true' ? true : undefined };
      const rows = (await listTasks(database, wanted, query, sort)).map((row) => withActions(row, principal));
      return reply(
        200,
        toPage(rows, limit, (row) => (sort === 'due' ? dueKey(row) : row.id)),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/tasks/{id}',
    summary: 'One task',
    roles: staff,
    params,
    responses: { 200: task },
    handler: async ({ database, principal, params: { id } }) =>
      reply(200, withActions(found(await readTask(database, id), 'task', id), principal)),
  }),
  route({
    method: 'post',
    path: '/v1/tasks/{id}/claim',
    summary: 'Take a task on; of two people at once, one gets it',
    roles: staff,
    params,
    responses: { 200: z.strictObject({ id: z.string(), status: z.literal('claimed'), owner: z.string() }) },
    handler: (call) =>
      call.command(async (tx) =>
        reply(200, await claimTask(tx, { taskId: call.params.id, actor: call.actor, roles: call.principal.roles, at: call.at })),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/tasks/{id}/take-over',
    summary: 'Take a task on that somebody else has: whoever has its role may, and says why',
    roles: staff,
    params,
    body: because,
    responses: { 200: z.strictObject({ id: z.string(), status: z.literal('claimed'), owner: z.string() }) },
    handler: (call) => call.command(async (tx) => reply(200, await takeTaskOver(tx, changeOfHands(call)))),
  }),
  route({
    method: 'post',
    path: '/v1/tasks/{id}/release',
    summary: 'Give a task back, one’s own or that of somebody who is not there, so that others of its role can take it on',
    roles: staff,
    params,
    body: because,
    responses: { 200: z.strictObject({ id: z.string(), status: z.literal('open') }) },
    handler: (call) => call.command(async (tx) => reply(200, await releaseTask(tx, changeOfHands(call)))),
  }),
  route({
    method: 'post',
    path: '/v1/tasks/{id}/complete',
    summary: 'Finish a task: a credit decision for credit-review, over-limit and credit-application, else what was found out',
    roles: staff,
    params,
    body: z
      .strictObject({
        decision: creditDecision.shape.decision.optional(),
        limitMinor: creditDecision.shape.limitMinor,
        expiresAt: creditDecision.shape.expiresAt,
        reason: creditDecision.shape.reason.optional(),
        note: note.shape.note.optional(),
        result: note.shape.result,
      })
      .meta({
        id: 'TaskOutcome',
        description:
          '`decision`, `limitMinor`, `expiresAt` and `reason` decide credit; `note` and `result` tell of anything else.',
      }),
    responses: {
      200: z.union([z.strictObject({ id: z.string(), status: z.literal('completed') }), creditAnswer]),
      202: secondApproval,
    },
    handler: async (call) => {
      const { database, principal, actor, at, body } = call;
      const taskId = call.params.id;
      const toDo = found(await readTask(database, taskId), 'task', taskId);
      const { kind, orderId, customerId, details } = toDo;
      const elsewhere = decidedAt(toDo);
      if (elsewhere) throw new Refusal(409, 'task-decides', `${taskId} is finished by its decision: POST ${elsewhere}.`);
      if (kind === 'credit-application') {
        const { applicationId } = details as { applicationId: string };
        const input = {
          ...outcomeOf(applicationDecision, body, kind),
          applicationId,
          customerId: customerId!,
          taskId,
          actor,
          at,
        };
        return call.command(async (tx) => {
          const decided = await decideCreditApplication(tx, { ...input, roles: principal.roles });
          const { outcome } = decided;
          return outcome === 'second-approval-needed' ? reply(202, { outcome }) : reply(200, { outcome });
        });
      }
      if (orderId === null || !decidesCredit(toDo)) {
        const outcome = outcomeOf(note, body, kind);
        const input = { taskId, actor, roles: principal.roles, at, outcome };
        return call.command(async (tx) => reply(200, await completeTask(tx, input)));
      }
      // The decision itself finishes the task, in the transaction that locks the order.
      return decide(call, orderId, outcomeOf(creditDecision, body, kind), taskId);
    },
  }),
];

/** What the task's kind needs of the outcome; the rest would be lost, so it is a fault. */
function outcomeOf<Outcome extends z.ZodType>(schema: Outcome, body: object, kind: string): z.output<Outcome> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults: Fault[] = faultsOf(parsed.error, '', body);
  throw new Refusal(422, 'invalid-outcome', `This is not how a task of kind ${kind} is completed.`, { faults });
}
