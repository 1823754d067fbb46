import { z } from 'zod';
import { readShippingPlan } from '../../db/queries/shipping-plan.ts';
import { pickupCalendars } from '../../db/statements/pickups.ts';
import { replanPickups } from '../../db/transactions/replan-pickups.ts';
import { savePickupCalendar } from '../../db/transactions/save-pickup-calendar.ts';
import { type Route, reply, route, staff } from '../contract.ts';
import { isoDate, isoInstant, shipmentStatus, text, timeZone, warehouseId } from '../schemas.ts';

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
    handler: (call) => call.command(async (tx) => reply(200, await replanPickups(tx, { actor: call.actor, at: call.at }))),
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
];
