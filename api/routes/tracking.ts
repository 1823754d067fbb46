import { z } from 'zod';
import { listTrackingEvents } from '../../db/queries/tracking-events.ts';
import { recordTracking } from '../../db/transactions/record-tracking.ts';
import { renewWebhookSecret } from '../../db/transactions/renew-webhook-secret.ts';
import { fromMillis } from '../../domain/time.ts';
import { type TrackingKind, trackingKinds } from '../../domain/tracking.ts';
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

const taken = z.strictObject({
  received: z.int().meta({ description: 'Events that were new.' }),
  known: z.int(),
  parked: z.int().meta({ description: 'Of the new ones, those whose number is not ours, or not yet.' }),
});

const tracker = z.looseObject({
  object: z.literal('Tracker'),
  id: text(100),
  tracking_code: text(100),
  carrier: text(100),
  tracking_details: z
    .array(
      z.looseObject({
        datetime: z.string().max(40),
        status: text(50),
        message: z.string().max(1_000).nullish(),
        tracking_location: z
          .looseObject({ city: z.string().max(100).nullish(), country: z.string().max(100).nullish() })
          .nullish(),
      }),
    )
    .max(500),
});
/** EasyPost says more from version to version, and no more than this is read. */
const easyPostEvent = z
  .looseObject({
    id: text(100),
    result: z.union([tracker, z.looseObject({ object: text(100).refine((of) => of !== 'Tracker') })]),
  })
  .meta({ id: 'EasyPostEvent' });
type Tracker = z.infer<typeof tracker>;
const isTracker = (result: { object: string }): result is Tracker => result.object === 'Tracker';

/** What it reports before a parcel is handed over, and what it cannot say, is no event here. */
const kindByStatus: Record<string, TrackingKind> = {
  in_transit: 'in-transit',
  out_for_delivery: 'out-for-delivery',
  available_for_pickup: 'out-for-delivery',
  delivered: 'delivered',
  return_to_sender: 'returned',
  failure: 'exception',
  error: 'exception',
};

/** A tracker tells its whole story each time: an event is known by its time and status. */
function reportedBy({ id: trackerId, tracking_code, tracking_details }: Tracker) {
  return tracking_details.flatMap(({ datetime, status, message, tracking_location: at }) => {
    const what = kindByStatus[status];
    const occurredMs = Date.parse(datetime);
    if (!what || Number.isNaN(occurredMs)) return [];
    const place = [at?.city, at?.country].filter(Boolean).join(', ');
    return [
      {
        eventId: `${trackerId}:${datetime}:${status}`,
        trackingNumber: tracking_code,
        kind: what,
        occurredAt: fromMillis(occurredMs),
        ...(place && { place }),
        ...(message && { note: message }),
      },
    ];
  });
}

export const trackingRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/webhooks/carriers/{carrier}',
    summary: 'A carrier’s tracking events, signed as standardwebhooks says; in any order, as often as it likes',
    roles: [],
    signedBy: 'carrier',
    params: z.strictObject({ carrier }),
    body: z.strictObject({ events: z.array(reported).min(1).max(100) }).meta({ id: 'TrackingEvents' }),
    responses: { 200: taken },
    handler: (call) =>
      call.command(async (tx) =>
        reply(200, await recordTracking(tx, { carrier: call.params.carrier, events: call.body.events, at: call.at })),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/webhooks/easypost',
    summary: 'EasyPost’s events, signed as it does; of them only trackers are read, in any order, as often as it likes',
    roles: [],
    signedBy: 'easypost',
    body: easyPostEvent,
    responses: { 200: taken },
    handler: (call) =>
      call.command(async (tx) => {
        const { result } = call.body;
        if (!isTracker(result)) return reply(200, { received: 0, known: 0, parked: 0 });
        return reply(200, await recordTracking(tx, { carrier: result.carrier, events: reportedBy(result), at: call.at }));
      }),
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
