import { z } from 'zod';
import { listCardDisputes, listGatewayEvents } from '../../db/queries/card-disputes.ts';
import { takeGatewayEvent } from '../../db/transactions/take-gateway-event.ts';
import { cardDisputeStatuses } from '../../domain/card-dispute.ts';
import { fromMillis } from '../../domain/time.ts';
import { type Role, type Route, reply, route } from '../contract.ts';
import { currency, customerId, isoInstant, minor, pageOf, paging, text, toPage } from '../schemas.ts';

const cash = ['receivables', 'finance', 'admin'] as const satisfies readonly Role[];
const status = z.enum(cardDisputeStatuses).meta({
  description: 'Inquiry: the bank only asks, and has taken nothing. Withdrawn: it asks no more.',
});
const cardDispute = z
  .strictObject({
    id: z.string().meta({ description: 'The gateway’s own.' }),
    gatewayId: z.string().meta({ description: 'The payment at the gateway.' }),
    customerId,
    currency,
    amountMinor: minor,
    status,
    reason: z.string().meta({ description: 'In the gateway’s words.' }),
    evidenceDueAt: isoInstant.nullable(),
    feeMinor: minor.meta({ description: 'What the gateway took for it; booked when it was lost.' }),
    takenPaymentId: z.string().nullable().meta({ description: 'The receipt that was taken back, all of it or a part.' }),
    takenNumber: z.int().nullable().meta({ description: 'Which of the receipt’s reversals that was.' }),
    keptPaymentId: z.string().nullable().meta({ description: 'The receipt of what the dispute left of it.' }),
    wonPaymentId: z.string().nullable().meta({ description: 'The receipt of what came back.' }),
    problem: z.string().nullable().meta({ description: 'Why the books could not follow: a person has to.' }),
    at: isoInstant,
    changedAt: isoInstant,
  })
  .meta({ id: 'CardDispute' });
const eventStatus = z.enum(['received', 'handled', 'ignored', 'parked']);
const gatewayEvent = z
  .strictObject({
    sequence: z.int(),
    eventId: z.string(),
    type: z.string(),
    objectId: z.string(),
    occurredAt: isoInstant,
    status: eventStatus.meta({ description: 'Ignored: nothing follows from its type. Parked: it is about nothing of ours.' }),
    note: z.string().nullable(),
    at: isoInstant,
    handledAt: isoInstant.nullable(),
  })
  .meta({ id: 'GatewayEvent' });
/** The gateway says more from version to version, and no more than this is read. */
const reported = z
  .looseObject({
    id: text(255),
    type: text(255),
    created: z.int().min(0).max(32_503_680_000).meta({ description: 'Seconds since 1970.' }),
    data: z.looseObject({ object: z.looseObject({ id: text(1_000) }) }),
  })
  .meta({ id: 'ReportedGatewayEvent' });

export const cardGatewayRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/webhooks/gateway',
    summary: 'What the card gateway reports, signed as Stripe does; in any order, as often as it likes',
    roles: [],
    signedBy: 'gateway',
    body: reported,
    responses: {
      200: z.strictObject({
        eventId: z.string(),
        outcome: z
          .enum(['received', 'known', 'ignored'])
          .meta({ description: 'Known: it came before. Ignored: kept, and nothing follows from its type.' }),
      }),
    },
    handler: (call) =>
      call.command(async (tx) => {
        const { id, type, created, data } = call.body;
        const event = { eventId: id, type, objectId: data.object.id, occurredAt: fromMillis(created * 1000) };
        return reply(200, await takeGatewayEvent(tx, { ...event, at: call.at }));
      }),
  }),
  route({
    method: 'get',
    path: '/v1/gateway-events',
    summary: 'What the card gateway has reported, newest first; `parked` are those about nothing of ours',
    roles: cash,
    query: z.strictObject({ objectId: text(1_000).optional(), status: eventStatus.optional(), ...paging }),
    responses: { 200: pageOf(gatewayEvent) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listGatewayEvents(database, query, query), query.limit, (row) => String(row.sequence)),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/card-disputes',
    summary: 'Card payments that their holders’ banks dispute, and what became of them',
    roles: cash,
    query: z.strictObject({ customerId: customerId.optional(), status: status.optional(), ...paging }),
    responses: { 200: pageOf(cardDispute) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listCardDisputes(database, query, query), query.limit, (row) => row.id),
      ),
  }),
];
