import { z } from 'zod';
import { readStandingFacts } from '../../db/queries/order-standing.ts';
import { actionsOn, laneStages, orderActions, standingOf } from '../../domain/order-standing.ts';
import { everyone, type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import { id, isoInstant } from '../schemas.ts';

const params = z.strictObject({ id });

export const orderStandingRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/orders/{id}/standing',
    summary: 'Where an order stands on its way, why it waits and until when, who can move it, and what the asker can do',
    roles: everyone,
    params,
    responses: {
      200: z
        .strictObject({
          lane: z.array(
            z.strictObject({ stage: z.enum(laneStages), state: z.enum(['done', 'now', 'ahead', 'stopped', 'skipped']) }),
          ),
          means: z.string(),
          reason: z.string().nullable().meta({ description: 'For staff; null for a customer.' }),
          until: isoInstant.nullable(),
          movedBy: z
            .array(z.strictObject({ role: z.string(), person: z.string().nullable(), taskId: z.string().nullable() }))
            .meta({ description: 'A customer is told only when it is the customer’s own move.' }),
          actions: z.array(z.enum(orderActions)).meta({ description: 'By the table of transitions and the asker’s roles.' }),
        })
        .meta({ id: 'OrderStanding' }),
    },
    handler: async ({ database, principal, params: { id } }) => {
      const facts = found(await readStandingFacts(database, id, principal.customerId), 'order', id);
      // Colleagues, tasks and their deadlines are ours.
      const seen = principal.customerId === undefined ? facts : { ...facts, statusReason: null, tasks: [] };
      const standing = standingOf(seen);
      const movedBy =
        principal.customerId === undefined ? standing.movedBy : standing.movedBy.filter(({ role }) => role === 'customer');
      return reply(200, { ...standing, movedBy, actions: actionsOn(facts, principal.roles) });
    },
  }),
  route({
    method: 'get',
    path: '/v1/orders/{id}/events',
    summary: 'Server-sent events: how the order stands, and again whenever something happens to it',
    roles: everyone,
    params,
    contentType: 'text/event-stream',
    responses: { 200: z.custom<AsyncGenerator<string>>() },
    handler: async ({ database, orderFeed, principal, params: { id }, gone }) => {
      found(await readStandingFacts(database, id, principal.customerId), 'order', id);
      const filter = { orderId: id, forCustomer: principal.customerId !== undefined };
      return reply(200, await orderFeed.open(filter, principal.keyId, gone), { Connection: 'close', 'X-Accel-Buffering': 'no' });
    },
  }),
];
