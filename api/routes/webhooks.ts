import { z } from 'zod';
import { listWebhookDeliveries, listWebhookEndpoints } from '../../db/queries/webhooks.ts';
import { rotateEndpointSecret } from '../../db/transactions/renew-webhook-secret.ts';
import {
  changeWebhookEndpoint,
  createWebhookEndpoint,
  removeWebhookEndpoint,
  replayWebhooks,
  testWebhookEndpoint,
} from '../../db/transactions/save-webhook-endpoint.ts';
import { Refusal } from '../../domain/failures.ts';
import { plusSeconds } from '../../domain/time.ts';
import { testEventType, urlFault, webhookEvents, webhookEventTypes } from '../../domain/webhook.ts';
import { type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import { anything, customerId, id, isoInstant, pageOf, paging, text, toPage } from '../schemas.ts';

const eventType = z.enum(webhookEventTypes);
const deliveryStatus = z.enum(['pending', 'delivered', 'given-up']);
const secret = z.string().meta({ description: 'What its webhooks are signed with: whsec_ and base64. Shown this once.' });
const daysAtOnce = 31;

const settings = {
  url: text(500).meta({
    description: 'https, and on the public internet; on a local stack anywhere.',
    example: 'https://erp.example/hooks',
  }),
  description: text(200).optional(),
  eventTypes: z
    .array(eventType)
    .min(1)
    .max(webhookEventTypes.length)
    .refine((types) => new Set(types).size === types.length, 'A type stands there once.'),
  customerId: customerId.optional().meta({ description: 'Absent: events of every customer.' }),
};

const endpoint = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    description: z.string().nullable(),
    eventTypes: z.array(z.string()),
    customerId: z.string().nullable(),
    status: z.enum(['enabled', 'disabled']),
    statusReason: z.string().nullable(),
    previousSecretUntil: isoInstant.nullable().meta({ description: 'Until then the secret before signs too.' }),
    failingSince: isoInstant.nullable(),
    waiting: z.int().meta({ description: 'Events that it is still owed.' }),
    createdAt: isoInstant,
  })
  .meta({ id: 'WebhookEndpoint' });

const delivery = z
  .strictObject({
    id: z.string(),
    endpointId: z.string(),
    eventId: z.string().meta({ description: 'The webhook-id.' }),
    type: z.string(),
    customerId: z.string().nullable(),
    recordId: z.string(),
    sequence: z.int(),
    data: anything,
    at: isoInstant.meta({ description: 'When it happened, by the company’s clock. Attempts are by the clock on the wall.' }),
    status: deliveryStatus,
    nextAttemptAt: isoInstant.nullable(),
    deliveredAt: isoInstant.nullable(),
    attemptCount: z.int(),
    attempts: z
      .array(
        z.strictObject({
          number: z.int(),
          at: isoInstant,
          durationMs: z.int(),
          statusCode: z.int().nullable(),
          problem: z.string().nullable(),
          answer: z.string().nullable().meta({ description: 'How the answer began.' }),
        }),
      )
      .meta({ description: 'The last ones. A number that is missing was under way when its process died.' }),
  })
  .meta({ id: 'WebhookDelivery' });

const replayed = z.strictObject({ replayed: z.int() });

/** Whether an address is good depends on where this server runs, so the body's shape cannot say it. */
function mustBeReachable(url: string, local: boolean): void {
  const fault = urlFault(url, local);
  if (fault === undefined) return;
  throw new Refusal(400, 'invalid-request', 'The request is not what this route takes.', {
    faults: [{ path: '/url', code: 'invalid-url', detail: fault }],
  });
}

export const webhookRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/webhook-endpoints',
    summary: 'Who is told of events, without the secrets',
    roles: ['admin'],
    responses: {
      200: z.strictObject({
        items: z.array(endpoint),
        eventTypes: z
          .array(z.strictObject({ type: eventType, means: z.string() }))
          .meta({ description: 'What there is to hear of.' }),
      }),
    },
    handler: async ({ database }) => {
      const eventTypes = webhookEventTypes.map((type) => ({ type, means: webhookEvents[type].means }));
      return reply(200, { items: await listWebhookEndpoints(database), eventTypes });
    },
  }),
  route({
    method: 'post',
    path: '/v1/webhook-endpoints',
    summary: 'Have events sent to an address; the secret that signs them is shown this once',
    roles: ['admin'],
    body: z.strictObject(settings).meta({ id: 'NewWebhookEndpoint' }),
    responses: { 201: z.strictObject({ id: z.string(), secret }) },
    // Not a command under its Idempotency-Key: the kept answer would hold the secret in the clear.
    handler: async ({ database, body, local, actor, at }) => {
      mustBeReachable(body.url, local);
      const made = await database.transaction((tx) => createWebhookEndpoint(tx, { ...body, actor, at }));
      return reply(201, made, { Location: `/v1/webhook-endpoints/${made.id}` });
    },
  }),
  route({
    method: 'get',
    path: '/v1/webhook-endpoints/{id}',
    summary: 'One of them',
    roles: ['admin'],
    params: z.strictObject({ id }),
    responses: { 200: endpoint },
    handler: async ({ database, params }) => {
      const [row] = await listWebhookEndpoints(database, params.id);
      return reply(200, found(row, 'webhook-endpoint', params.id));
    },
  }),
  route({
    method: 'put',
    path: '/v1/webhook-endpoints/{id}',
    summary: 'Change where an endpoint is and what it hears of, or switch it off or on again, which sends what has waited',
    roles: ['admin'],
    params: z.strictObject({ id }),
    body: z.strictObject({ ...settings, enabled: z.boolean().default(true) }).meta({ id: 'WebhookEndpointSettings' }),
    responses: { 200: endpoint },
    handler: ({ command, params, body, local, actor, at }) => {
      mustBeReachable(body.url, local);
      return command(async (tx) => {
        await changeWebhookEndpoint(tx, { ...params, ...body, actor, at });
        const [row] = await listWebhookEndpoints(tx, params.id);
        return reply(200, found(row, 'webhook-endpoint', params.id));
      });
    },
  }),
  route({
    method: 'post',
    path: '/v1/webhook-endpoints/{id}/remove',
    summary: 'Tell an endpoint nothing any more, for good',
    roles: ['admin'],
    params: z.strictObject({ id }),
    responses: { 200: z.strictObject({ id: z.string() }) },
    handler: ({ command, params, actor, at }) =>
      command(async (tx) => reply(200, await removeWebhookEndpoint(tx, { ...params, actor, at }))),
  }),
  route({
    method: 'post',
    path: '/v1/webhook-endpoints/{id}/secret',
    summary: 'Make another secret, shown this once; for a day the one before signs too',
    roles: ['admin'],
    params: z.strictObject({ id }),
    responses: { 201: z.strictObject({ id: z.string(), secret }) },
    // Not a command under its Idempotency-Key either.
    handler: async ({ database, params, actor, at }) =>
      reply(201, await database.transaction((tx) => rotateEndpointSecret(tx, { endpointId: params.id, actor, at }))),
  }),
  route({
    method: 'post',
    path: '/v1/webhook-endpoints/{id}/test',
    summary: `Send the endpoint an ${testEventType}`,
    roles: ['admin'],
    params: z.strictObject({ id }),
    responses: { 201: z.strictObject({ deliveryId: z.string(), eventId: z.string() }) },
    handler: ({ command, params, requestKey, actor, at }) =>
      command(async (tx) => {
        const key = `${requestKey.principal}:${requestKey.key}`;
        const sent = await testWebhookEndpoint(tx, { ...params, key, actor, at });
        return reply(201, sent, { Location: `/v1/webhook-deliveries/${sent.deliveryId}` });
      }),
  }),
  route({
    method: 'post',
    path: '/v1/webhook-endpoints/{id}/replay',
    summary: `Send an endpoint again what happened in a period of at most ${daysAtOnce} days`,
    roles: ['admin'],
    params: z.strictObject({ id }),
    body: z
      .strictObject({
        from: isoInstant.meta({ description: 'By the company’s clock.' }),
        until: isoInstant,
        onlyGivenUp: z.boolean().default(true).meta({ description: 'False: what it has answered with 2xx, too.' }),
      })
      .refine(({ from, until }) => Date.parse(from) < Date.parse(until), {
        path: ['until'],
        message: 'Must be later than `from`.',
      })
      .refine(({ from, until }) => Date.parse(until) <= Date.parse(plusSeconds(from, daysAtOnce * 86_400)), {
        path: ['until'],
        message: `Must be at most ${daysAtOnce} days after \`from\`.`,
      })
      .meta({ id: 'WebhookReplay' }),
    responses: { 200: replayed },
    handler: ({ command, params, body, actor, at }) =>
      command(async (tx) => reply(200, await replayWebhooks(tx, { endpointId: params.id, ...body, actor, at }))),
  }),
  route({
    method: 'get',
    path: '/v1/webhook-deliveries',
    summary: 'What was sent to whom, with every attempt, the newest first',
    roles: ['admin'],
    query: z.strictObject({
      endpointId: id.optional(),
      status: deliveryStatus.optional(),
      type: z.enum([...webhookEventTypes, testEventType]).optional(),
      recordId: id.optional(),
      ...paging,
    }),
    responses: { 200: pageOf(delivery) },
    handler: async ({ database, query }) => {
      const rows = await listWebhookDeliveries(database, query, query);
      return reply(
        200,
        toPage(rows, query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/webhook-deliveries/{id}',
    summary: 'One of them',
    roles: ['admin'],
    params: z.strictObject({ id }),
    responses: { 200: delivery },
    handler: async ({ database, params }) => {
      const [row] = await listWebhookDeliveries(database, params, { limit: 1 });
      return reply(200, found(row, 'webhook-delivery', params.id));
    },
  }),
  route({
    method: 'post',
    path: '/v1/webhook-deliveries/{id}/replay',
    summary: 'Send it again, whatever became of it',
    roles: ['admin'],
    params: z.strictObject({ id }),
    responses: { 200: replayed },
    handler: ({ command, params, actor, at }) =>
      command(async (tx) => {
        const [row] = await listWebhookDeliveries(tx, params, { limit: 1 });
        const { id: deliveryId, endpointId } = found(row, 'webhook-delivery', params.id);
        return reply(200, await replayWebhooks(tx, { deliveryId, endpointId, actor, at }));
      }),
  }),
];
