import { z } from 'zod';
import { listCarrierAudits } from '../../db/queries/carrier-audits.ts';
import { listManifests, readManifest } from '../../db/queries/manifest.ts';
import { readShippingPlan } from '../../db/queries/shipping-plan.ts';
import { pickupCalendars } from '../../db/statements/pickups.ts';
import { auditCarriers } from '../../db/transactions/audit-carriers.ts';
import { replanPickups } from '../../db/transactions/replan-pickups.ts';
import { savePickupCalendar } from '../../db/transactions/save-pickup-calendar.ts';
import { savePolicy } from '../../db/transactions/save-policy.ts';
import { manifestPdf } from '../../documents/manifest-pdf.ts';
import { compareDates, daysBetween } from '../../domain/time.ts';
import { type Route, reply, replyDocument, route, staff } from '../contract.ts';
import { address, isoDate, isoInstant, pageOf, paging, shipmentStatus, text, timeZone, toPage, warehouseId } from '../schemas.ts';
import { policyRoute } from './policies.ts';

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Must be a wall time, HH:MM.');
const carrier = text(100);
const once = (values: unknown[]) => new Set(values).size === values.length;

const calendarFields = {
  weekdays: z
    .array(z.int().min(1).max(7))
    .max(7)
    .refine(once, 'A day stands there once.')
    .meta({ description: '1 is Monday, 7 Sunday.' }),
  cutOff: wallTime.meta({ description: 'What is packed by then goes with that day’s pickup.', example: '15:30' }),
  timeZone,
  transitDays: z.int().min(0).max(60).meta({ description: 'Working days from the pickup to the delivery.' }),
  holidayCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Must be an ISO 3166 country code of two letters.')
    .nullable()
    .default(null)
    .meta({ description: 'On its public holidays nobody comes.' }),
  holidayRegion: z
    .string()
    .regex(/^[A-Z0-9]{1,5}$/, 'Must be the second part of an ISO 3166-2 code.')
    .nullable()
    .default(null),
  exceptions: z
    .array(z.strictObject({ on: isoDate, cutOff: wallTime.nullable() }))
    .max(200)
    .refine((exceptions) => once(exceptions.map(({ on }) => on)), 'A day stands there once.')
    .default([])
    .meta({ description: 'Days unlike the others, holidays too: another cut-off, or null for no pickup.' }),
};
const calendar = z.strictObject({ carrier, warehouseId, ...calendarFields }).meta({ id: 'PickupCalendar' });
const details = z
  .strictObject(calendarFields)
  .refine(({ holidayCountry, holidayRegion }) => holidayRegion === null || holidayCountry !== null, {
    path: ['holidayRegion'],
    message: 'A region needs its country.',
  })
  .meta({ id: 'PickupCalendarDetails' });

const plannedShipment = z.strictObject({
  id: z.string(),
  orderId: z.string(),
  customerId: z.string(),
  status: shipmentStatus,
  promisedOn: isoDate.nullable(),
  expectedDeliveryOn: isoDate.nullable(),
  missesPromise: z.boolean(),
  missedPickups: z.int(),
});
const plan = z
  .strictObject({
    at: isoInstant,
    pickups: z.array(
      z.strictObject({
        carrier: z.string().nullable().meta({ description: 'Null: no carrier has a calendar for this warehouse.' }),
        warehouseId,
        pickupOn: isoDate.nullable(),
        cutOffAt: isoInstant.nullable(),
        cutOffMissed: z.boolean(),
        shipments: z.array(plannedShipment),
      }),
    ),
    missingPromise: z.array(z.string()).meta({ description: 'The shipments that will come later than promised.' }),
    truncated: z.boolean().meta({ description: 'True when there is more than one answer holds; ask by warehouse.' }),
  })
  .meta({ id: 'ShippingPlan' });

const pickupOfCarrier = z.strictObject({ carrier, warehouseId, pickupOn: isoDate });
const handedOver = z.strictObject({
  id: z.string(),
  orderId: z.string(),
  trackingNumber: z.string(),
  shipTo: address,
  cartons: z.array(z.strictObject({ number: z.int(), sscc: z.string(), weightGrams: z.int() })),
});
const manifest = z
  .strictObject({
    carrier: z.string(),
    warehouseId,
    pickupOn: isoDate,
    closedAt: isoInstant.nullable().meta({ description: 'When it was kept, after the cut-off; null while it still grows.' }),
    shipments: z.array(handedOver),
    addedLater: z
      .array(handedOver)
      .meta({ description: 'Handed over for the same pickup after its manifest had been closed, which they are not part of.' }),
    cartons: z.int(),
    weightGrams: z.int(),
    truncated: z.boolean(),
  })
  .meta({ id: 'Manifest' });

const closedManifest = z
  .strictObject({
    number: z.int().meta({ description: 'In the order in which they were closed.' }),
    carrier: z.string(),
    warehouseId,
    pickupOn: isoDate,
    closedAt: isoInstant,
    shipments: z.int(),
    cartons: z.int(),
    addedLater: z.int(),
  })
  .meta({ id: 'ClosedManifest' });

const share = z.number().min(0).max(1);
const targets = z
  .strictObject({
    onTimeDispatchShareMinimum: share,
    onTimeDeliveryShareMinimum: share,
    missedPickupsPerShipmentMaximum: z.number().min(0).max(10),
    transitDaysMaximum: z.number().min(0).max(365),
    damageAndLossShareMaximum: share,
    shipmentsMinimum: z.int().min(1).max(1_000_000).meta({ description: 'A lane with fewer is measured and not judged.' }),
    auditEvery: z
      .enum(['day', 'week'])
      .optional()
      .meta({ description: 'How often carriers are audited by themselves, for the days since. Absent: every week, on Monday.' }),
  })
  .meta({ id: 'CarrierTargets' });
const shareOf = z.strictObject({ share: z.number().nullable(), of: z.int() });
const carrierAudit = z
  .strictObject({
    id: z.string(),
    from: isoDate,
    to: isoDate,
    targetsVersion: z.int().meta({ description: '0: the targets that hold until somebody writes down others.' }),
    lanes: z.array(
      z.strictObject({
        carrier: z.string(),
        warehouseId: z.string(),
        country: z.string(),
        shipments: z.int(),
        onTimeDispatch: shareOf.meta({ description: 'Left by the cut-off first planned.' }),
        onTimeDelivery: shareOf.meta({ description: 'There on the promised, else the expected date at the latest.' }),
        missedPickups: z.int(),
        averageTransitDays: z.number().nullable(),
        damageAndLoss: shareOf,
        breaches: z.array(z.string()),
      }),
    ),
    actor: z.string(),
    at: isoInstant,
  })
  .meta({ id: 'CarrierAudit' });
const periodDaysMaximum = 366;

export const shippingRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/shipping/plan',
    summary: 'What goes with which pickup, and what will miss its promise',
    roles: staff,
    query: z.strictObject({ warehouseId: warehouseId.optional() }),
    responses: { 200: plan },
    handler: async ({ database, query, at }) => {
      const found = await readShippingPlan(database, { ...query, at });
      const late = found.pickups.flatMap(({ shipments }) => shipments.filter((shipment) => shipment.missesPromise));
      return reply(200, { at, ...found, missingPromise: late.map(({ id }) => id) });
    },
  }),
  route({
    method: 'post',
    path: '/v1/shipping/plan',
    summary: 'Move what has missed its cut-off to the next pickup, and plan what has none; up to 200 at once',
    roles: ['shipping', 'warehouse', 'admin'],
    responses: { 200: z.strictObject({ missed: z.array(z.string()), planned: z.array(z.string()) }) },
    handler: (call) =>
      call.command(async (tx) => {
        const { missed, planned } = await replanPickups(tx, { actor: call.actor, at: call.at });
        return reply(200, { missed, planned });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/shipping/pickup-calendars',
    summary: 'When which carrier comes to which warehouse',
    roles: staff,
    query: z.strictObject({ warehouseId: warehouseId.optional() }),
    responses: { 200: z.strictObject({ items: z.array(calendar) }) },
    handler: async ({ database, query }) => {
      const items = await pickupCalendars(database, query.warehouseId);
      return reply(200, {
        items: items.map((item) => ({ ...item, weekdays: [...item.weekdays], exceptions: [...item.exceptions] })),
      });
    },
  }),
  route({
    method: 'put',
    path: '/v1/warehouses/{warehouseId}/pickup-calendars/{carrier}',
    summary: 'Take in when a carrier comes to a warehouse, or change it',
    roles: ['shipping', 'admin'],
    params: z.strictObject({ warehouseId, carrier }),
    body: details,
    responses: { 200: calendar, 201: calendar },
    handler: (call) =>
      call.command(async (tx) => {
        const saved = { ...call.params, ...call.body };
        const { created } = await savePickupCalendar(tx, { calendar: saved, actor: call.actor, at: call.at });
        return reply(created ? 201 : 200, saved);
      }),
  }),
  route({
    method: 'get',
    path: '/v1/shipping/manifest',
    summary: 'What a carrier collects at one pickup: as it was kept once the cut-off had passed, until then as it is',
    roles: staff,
    query: pickupOfCarrier,
    responses: { 200: manifest },
    handler: async ({ database, query }) => reply(200, await readManifest(database, query)),
  }),
  route({
    method: 'get',
    path: '/v1/shipping/manifest.pdf',
    summary: 'The manifest of one pickup on paper, for the driver to sign',
    roles: staff,
    query: pickupOfCarrier,
    contentType: 'application/pdf',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, query }) => {
      const filename = `manifest-${query.warehouseId}-${query.pickupOn}.pdf`;
      const pdf = await manifestPdf(await readManifest(database, query));
      return replyDocument(pdf, filename);
    },
  }),
  route({
    method: 'get',
    path: '/v1/shipping/manifests',
    summary: 'The manifests that are closed, the newest first',
    roles: staff,
    query: z.strictObject({
      ...paging,
      after: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional(),
      warehouseId: warehouseId.optional(),
    }),
    responses: { 200: pageOf(closedManifest) },
    handler: async ({ database, query }) => {
      const rows = await listManifests(database, query);
      return reply(
        200,
        toPage(rows, query.limit, ({ number }) => String(number)),
      );
    },
  }),
  policyRoute({
    name: 'carrier-targets',
    summary: 'Bring new targets for carriers into force',
    roles: ['shipping', 'admin'],
    body: targets,
    save: (tx, policy, by) => savePolicy(tx, { policy: { name: 'carrier-targets', ...policy }, ...by }),
  }),
  route({
    method: 'post',
    path: '/v1/shipping/audits',
    summary: 'Hold carriers against their targets, lane by lane, for what left from one date to another',
    roles: ['shipping', 'admin'],
    idempotencyKey: 'required',
    body: z
      .strictObject({ from: isoDate, to: isoDate })
      .refine(({ from, to }) => compareDates(from, to) <= 0, { path: ['to'], message: 'Must not be before `from`.' })
      .refine(({ from, to }) => daysBetween(from, to) < periodDaysMaximum, { path: ['to'], message: 'At most a year.' })
      .meta({ id: 'AuditPeriod' }),
    responses: { 201: carrierAudit },
    handler: (call) =>
      call.command(async (tx) => reply(201, await auditCarriers(tx, { ...call.body, actor: call.actor, at: call.at }))),
  }),
  route({
    method: 'get',
    path: '/v1/shipping/audits',
    summary: 'What audits of carriers have found, oldest first',
    roles: staff,
    query: z.strictObject(paging),
    responses: { 200: pageOf(carrierAudit) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listCarrierAudits(database, query), query.limit, (row) => row.id),
      ),
  }),
];
