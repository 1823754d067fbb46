import { z } from 'zod';
import { listTrackingEvents } from '../../db/queries/tracking-events.ts';
import { recordTracking } from '../../db/transactions/record-tracking.ts';
import { renewWebhookSecret } from '../../db/transactions/renew-webhook-secret.ts';
import { trackingKinds } from '../../domain/tracking.ts';
import { type Route, reply, route, staff } from '../contract.ts';
import { id, isoInstant, pageOf, paging, text, toPage } from '../schemas.ts';

const carrier = text(100);
const kind = z.enum(trackingKinds);
const reported = z.strictObject({
  eventId: text(200).meta({ description: 'The carrier’s own: an event that comes again is taken once.' }),
  trackingNumber: text(100),
  kind,
  occurredAt: isoInstant,
  place: text(200).optional(),
  note: text(1_000).optional(),
});
export const trackingEvent = z
  .strictObject({
    sequence: z.int(),
    carrier: z.string(),
    eventId: z.string(),
    trackingNumber: z.string(),
    shipmentId: z.string().nullable().meta({ description: 'Null: the number is not ours, or not yet.' }),
    kind,
    occurredAt: isoInstant,
    place: z.string().nullable(),
    note: z.string().nullable(),
    at: isoInstant,
  })
  .meta({ id: 'TrackingEvent' });

export const trackingRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/webhooks/carriers/{carrier}',
    summary: 'A carrier’s tracking events, signed as standardwebhooks says; in any order, as often as it likes',
    roles: [],
    signedBy: 'carrier',
    params: z.strictObject({ carrier }),
    body: z.strictObject({ events: z.array(reported).min(1).max(100) }).meta({ id: 'TrackingEvents' }),
    responses: {
      200: z.strictObject({
        received: z.int().meta({ description: 'Events that were new.' }),
        known: z.int(),
        parked: z.int().meta({ description: 'Of the new ones, those whose number is not ours, or not yet.' }),
      }),
    },
    handler: (call) =>
      call.command(async (tx) =>
        reply(200, await recordTracking(tx, { carrier: call.params.carrier, events: call.body.events, at: call.at })),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/shipping/carriers/{carrier}/webhook-secret',
    summary:
      'Make the secret a carrier signs its webhooks with; it is shown this once, and the one before is good for a day more',
    roles: ['admin'],
    params: z.strictObject({ carrier }),
    responses: { 201: z.strictObject({ carrier: z.string(), secret: z.string() }) },
    // Not a command under its Idempotency-Key: the kept answer would hold the secret in the clear.
    handler: async ({ database, params, actor, at }) =>
      reply(201, await database.transaction((tx) => renewWebhookSecret(tx, { ...params, actor, at }))),
  }),
  route({
    method: 'get',
    path: '/v1/tracking-events',
    summary: 'What carriers have reported, as it came in; `parked` are those of numbers that are not ours, or not yet',
    roles: staff,
    query: z.strictObject({
      shipmentId: id.optional(),
      trackingNumber: id.optional(),
      parked: z
        .enum(['true', 'false'])
        .transform((parked) => parked === 'true')
        .optional()
        .meta({ type: 'boolean' }),
      ...paging,
    }),
    responses: { 200: pageOf(trackingEvent) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listTrackingEvents(database, query, query), query.limit, (row) => String(row.sequence)),
      ),
  }),
];
