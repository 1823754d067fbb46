import { type Client, ScheduleNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { countWaitingMessages, listMessagePauses, listWaitingMessages, messageStates } from '../../db/queries/operations.ts';
import { outboxKinds } from '../../db/statements/outbox.ts';
import { pauseMessages, retryMessage } from '../../db/transactions/hold-back-messages.ts';
import { deliverUnfinishedAgain, restartWorkflows } from '../../db/transactions/restart-workflows.ts';
import { Refusal } from '../../domain/failures.ts';
import { taskQueue } from '../../domain/ids.ts';
import { checkWorkflows, notRunning } from '../../outbox/check-workflows.ts';
import { type Route, reply, route } from '../contract.ts';
import { id, isoInstant, pageOf, paging, reason, toPage } from '../schemas.ts';

/*
 * What operators look at and repair by (X8). Who starts a workflow again or holds messages back changes no record of the business, but
 * decides when it goes on: administrators alone.
 */
const roles = ['admin'] as const;
const answerWithinMs = 5_000;
const restartsAtOnce = 500;
const stuckNamed = 20;
const kind = z.enum(outboxKinds);
const state = z.enum(messageStates).meta({
  description: 'failing: tried in vain, and tried again; held-back: its kind is; parked: Temporal will never take it as it is.',
});

const health = z
  .strictObject({
    temporal: z.strictObject({
      reachable: z.boolean(),
      problem: z.string().nullable(),
      workers: z
        .array(z.strictObject({ identity: z.string(), lastSeenAt: isoInstant.nullable() }))
        .meta({ description: 'Who has asked for work within five minutes, by the clock on the wall.' }),
      schedule: z
        .strictObject({ paused: z.boolean(), lastAt: isoInstant.nullable(), nextAt: isoInstant.nullable() })
        .nullable()
        .meta({ description: 'What looks for due jobs every minute; null: it is not there.' }),
      stuck: z
        .array(z.strictObject({ workflowId: z.string(), problems: z.array(z.string()) }))
        .nullable()
        .meta({ description: `Workflows whose task fails, at most ${stuckNamed}; null: this server does not say.` }),
      ui: z.string().nullable(),
    }),
    messages: z.strictObject({
      waiting: z.int(),
      failing: z.int(),
      'held-back': z.int(),
      parked: z.int(),
      oldestAt: isoInstant.nullable().meta({ description: 'Of those that nothing holds back, by the clock on the wall.' }),
    }),
    heldBack: z.array(z.strictObject({ kind, reason: z.string(), by: z.string(), at: isoInstant })),
  })
  .meta({ id: 'OperationsHealth' });

const message = z
  .strictObject({
    id: z.string(),
    key: z.string(),
    kind,
    subject: z.string(),
    state,
    attempts: z.int(),
    problem: z.string().nullable(),
    recordedAt: isoInstant.meta({ description: 'By the clock on the wall, as is the next attempt.' }),
    nextAttemptAt: isoInstant.nullable(),
  })
  .meta({ id: 'WaitingMessage' });

const workflowCheck = z
  .strictObject({
    expected: z.int().meta({ description: 'Open orders and items: so many workflows must be running.' }),
    missingCount: z.int(),
    missing: z
      .array(
        z.strictObject({
          workflowId: z.string(),
          ended: z.string().nullable().meta({ description: 'How its last run ended; null: Temporal knows of none.' }),
        }),
      )
      .meta({ description: `At most ${restartsAtOnce}.` }),
    strays: z
      .array(
        z.strictObject({
          workflowId: z.string(),
          isKnown: z.boolean().meta({ description: 'False: there is no such order or item.' }),
        }),
      )
      .meta({ description: 'Workflows that run for what has ended or is not here.' }),
  })
  .meta({ id: 'WorkflowCheck' });

const restart = z
  .strictObject({
    workflowIds: z
      .array(id)
      .min(1)
      .max(restartsAtOnce)
      .optional()
      .meta({ description: `Absent: those that are missing, ${restartsAtOnce} at a time.` }),
    replaceRunning: z.boolean().default(false).meta({ description: 'Ends a named one that runs, because it cannot go on.' }),
    reason,
  })
  .refine((body) => !body.replaceRunning || body.workflowIds, {
    path: ['workflowIds'],
    message: 'Name the workflows whose runs are to be ended.',
  });

export const operationsRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/operations',
    summary: 'Whether Temporal answers, who works for it, what it reports as stuck, and how many messages wait',
    roles,
    responses: { 200: health },
    handler: async ({ database, client, temporalUi }) => {
      const [messages, heldBack, temporal] = await Promise.all([
        countWaitingMessages(database),
        listMessagePauses(database),
        lookAtTemporal(client),
      ]);
      return reply(200, {
        temporal: { ...temporal, ui: temporalUi ?? null },
        messages,
        heldBack,
      });
    },
  }),
  route({
    method: 'get',
    path: '/v1/operations/messages',
    summary: 'The messages of the outbox that are not delivered, the oldest first, with what keeps them',
    roles,
    query: z.strictObject({ state: state.optional(), kind: kind.optional(), ...paging }),
    responses: { 200: pageOf(message) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listWaitingMessages(database, query, query), query.limit, (row) => row.id),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/operations/messages/{id}/retry',
    summary: 'Has a message that is parked, or waits for its next attempt, tried now',
    roles,
    params: z.strictObject({ id: z.string().regex(/^\d{1,18}$/, 'Must be the number of a message.') }),
    responses: { 200: z.strictObject({ id: z.string(), key: z.string() }) },
    handler: (call) =>
      call.command(async (tx) => {
        const { id: messageId } = call.params;
        const { key } = await retryMessage(tx, { id: messageId, actor: call.actor, at: call.at });
        return reply(200, { id: messageId, key });
      }),
  }),
  route({
    method: 'put',
    path: '/v1/operations/held-back/{kind}',
    summary: 'Holds the messages of a kind back, or lets them go again: mails while a provider is down, for one',
    roles,
    params: z.strictObject({ kind }),
    body: z.strictObject({ paused: z.boolean(), reason }),
    responses: { 200: z.strictObject({ kind, paused: z.boolean() }) },
    handler: (call) =>
      call.command(async (tx) => {
        const change = { ...call.params, ...call.body };
        await pauseMessages(tx, { ...change, actor: call.actor, at: call.at });
        return reply(200, { kind: change.kind, paused: change.paused });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/operations/workflows',
    summary: 'Holds open orders and items against the workflows that run: what is missing, and what runs without a record',
    roles,
    responses: { 200: workflowCheck },
    handler: async ({ database, client }) => reply(200, await checkWorkflows(database, connected(client))),
  }),
  route({
    method: 'post',
    path: '/v1/operations/workflows/restart',
    summary: 'Starts workflows of open orders and items again, where PostgreSQL has them; every effect stays single',
    roles,
    idempotencyKey: 'required',
    body: restart,
    responses: {
      200: z
        .strictObject({
          restarted: z.array(z.string()).meta({ description: 'Asked for by the outbox: they begin within a moment.' }),
          messages: z
            .int()
            .meta({ description: 'Mails and other work that Temporal had taken and not done, given to it again.' }),
          left: z.int().meta({ description: 'Missing ones that one request could not take.' }),
        })
        .meta({ id: 'WorkflowRestart' }),
    },
    handler: async (call) => {
      const { workflowIds: named, replaceRunning: replace, reason: why } = call.body;
      const found = named ? undefined : await checkWorkflows(call.database, connected(call.client));
      const asked = named ?? found!.missing.map(({ workflowId }) => workflowId);
      // One that runs is left as it is, and its clock and its record with it.
      const wanted = named && !replace ? await notRunning(connected(call.client), named) : asked;
      return call.command(async (tx) => {
        const { actor, at, offsetMs } = call;
        const restarted = await restartWorkflows(tx, { workflowIds: wanted, replace, actor, reason: why, at, offsetMs });
        const messages = found ? await deliverUnfinishedAgain(tx) : 0;
        return reply(200, { restarted, messages, left: found ? found.missingCount - asked.length : 0 });
      });
    },
  }),
];

function connected(client: Client | undefined): Client {
  if (!client) throw new Refusal(503, 'unavailable', 'No Temporal server is connected.');
  return client;
}

async function lookAtTemporal(client: Client | undefined) {
  const nothing = { reachable: false, workers: [], schedule: null, stuck: null };
  if (!client) return { ...nothing, problem: 'No Temporal server is connected.' };
  try {
    return await client.withDeadline(Date.now() + answerWithinMs, async () => ({
      reachable: true,
      problem: null,
      ...(await askTemporal(client)),
    }));
  } catch (error) {
    return { ...nothing, problem: String((error as Error).message).slice(0, 300) };
  }
}

async function askTemporal(client: Client) {
  const workflows = 1;
  const [{ pollers }, schedule, stuck] = await Promise.all([
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: workflows,
    }),
    readSchedule(client),
    listStuck(client),
  ]);
  const workers = (pollers ?? []).map(({ identity, lastAccessTime }) => ({
    identity: identity ?? '',
    lastSeenAt: lastAccessTime ? new Date(Number(lastAccessTime.seconds) * 1000).toISOString() : null,
  }));
  return { workers, schedule, stuck };
}

async function readSchedule(client: Client) {
  try {
    const { state: standing, info } = await client.schedule.getHandle('jobs').describe();
    const last = info.recentActions.at(-1)?.takenAt;
    return {
      paused: standing.paused,
      lastAt: last?.toISOString() ?? null,
      nextAt: info.nextActionTimes[0]?.toISOString() ?? null,
    };
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

/** A server without this attribute refuses the query. */
async function listStuck(client: Client) {
  const stuck: { workflowId: string; problems: string[] }[] = [];
  try {
    const query = "TemporalReportedProblems IS NOT NULL AND ExecutionStatus = 'Running'";
    for await (const { workflowId, searchAttributes } of client.workflow.list({ query, pageSize: stuckNamed })) {
      const problems = searchAttributes.TemporalReportedProblems;
      stuck.push({ workflowId, problems: (problems ?? []).map(String) });
      if (stuck.length === stuckNamed) break;
    }
    return stuck;
  } catch {
    return null;
  }
}
