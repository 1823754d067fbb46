import { z } from 'zod';
import { readOrderAsOf } from '../../db/queries/order-as-of.ts';
import { readStandingFacts } from '../../db/queries/order-standing.ts';
import { returnableShipments } from '../../db/statements/returns.ts';
import { Refusal } from '../../domain/failures.ts';
import { orderStatuses, type ShipmentStatus } from '../../domain/order.ts';
import { actionsOn, laneOf, laneStages, meansOf, orderActions, standingOf } from '../../domain/order-standing.ts';
import { everyone, type Route, reply, route, seesMoney } from '../contract.ts';
import { found } from '../ownership.ts';
import { currency, id, isoInstant, minor } from '../schemas.ts';

const params = z.strictObject({ id });
const lane = z.array(
  z.strictObject({ stage: z.enum(laneStages), state: z.enum(['done', 'now', 'ahead', 'stopped', 'skipped']) }),
);
const units = z.int().min(0);

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
          lane,
          means: z.string(),
          reason: z.string().nullable().meta({ description: 'For staff; null for a customer.' }),
          until: isoInstant.nullable(),
          movedBy: z
            .array(z.strictObject({ role: z.string(), person: z.string().nullable(), taskId: z.string().nullable() }))
            .meta({ description: 'A customer is told only when it is the customer’s own move.' }),
          actions: z.array(z.enum(orderActions)).meta({ description: 'By the table of transitions and the asker’s roles.' }),
          returnable: z.array(z.string()).meta({
            description: 'Shipments of which goods may be announced as coming back: invoiced, and not all back already.',
          }),
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
      const returnable = await returnableShipments(database, id);
      return reply(200, { ...standing, movedBy, actions: actionsOn(facts, principal.roles), returnable });
    },
  }),
  route({
    method: 'get',
    path: '/v1/orders/{id}/as-of',
    summary:
      'How an order stood at an instant since it was placed: its stage, its goods, its invoices, and the credit held for it',
    roles: everyone,
    params,
    query: z.strictObject({ at: isoInstant }),
    responses: {
      200: z
        .strictObject({
          at: isoInstant,
          status: z.enum(orderStatuses),
          lane,
          means: z.string(),
          currency,
          units: z.strictObject({ released: units, shipped: units, delivered: units }),
          invoices: z.array(
            z.strictObject({
              id: z.string(),
              issuedAt: isoInstant,
              currency,
              grossMinor: minor,
              openMinor: minor,
              overdue: z.boolean(),
            }),
          ),
          heldMinor: minor
            .nullable()
            .meta({ description: 'Of the customer’s credit, for goods that had not left. Null: not for this reader.' }),
        })
        .meta({ id: 'OrderAsOf' }),
    },
    handler: async ({ database, principal, params: { id }, query: { at } }) => {
      const { status, stage, shipments, ...was } = found(
        await readOrderAsOf(database, id, at, principal.customerId),
        'order',
        id,
      );
      if (status === null) throw new Refusal(422, 'before-the-order', `${id} had not been placed by ${at}.`);
      const unitsOf = (...statuses: ShipmentStatus[]) =>
        shipments.reduce((sum, { status: of, quantity }) => sum + (statuses.includes(of) ? quantity : 0), 0);
      return reply(200, {
        ...was,
        ...(!seesMoney(principal) && { invoices: [], heldMinor: null }),
        at,
        status,
        lane: laneOf({ status, shipments, invoices: [{ status: 'open', overdue: stage === 'collections' }] }),
        means: meansOf(status),
        units: {
          released: unitsOf('picking', 'packing', 'packed', 'shipped', 'delivered'),
          shipped: unitsOf('shipped', 'delivered'),
          delivered: unitsOf('delivered'),
        },
      });
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
