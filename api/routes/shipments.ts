import { z } from 'zod';
import { listShipments, readShipmentFacts, readWorkOrder } from '../../db/queries/shipments.ts';
import { readCompany } from '../../db/statements/company.ts';
import { orderOfShipment } from '../../db/statements/shipments.ts';
import { askCarrierAgain } from '../../db/transactions/ask-carrier-again.ts';
import { confirmDelivery } from '../../db/transactions/confirm-delivery.ts';
import { labelPdf, labelZpl } from '../../documents/shipment-label.ts';
import { workOrderPdf } from '../../documents/work-order-pdf.ts';
import { mayShipment } from '../../domain/order.ts';
import { addDays, instantAt } from '../../domain/time.ts';
import { trackingKinds } from '../../domain/tracking.ts';
import { mayFileClaim, mayResolve } from '../../domain/transit.ts';
import { confirmPack, confirmPick } from '../../workflows/messages.ts';
import { actionsOn } from '../actions.ts';
import { everyone, type Role, type Route, reply, replyDocument, route, staff } from '../contract.ts';
import { found } from '../ownership.ts';
import {
  address,
  id,
  isoDate,
  isoInstant,
  pageOf,
  paging,
  reason,
  shipmentStatus,
  text,
  toPage,
  warehouseId,
} from '../schemas.ts';
import { tellOrder } from '../workflow-messages.ts';

export const shipmentSummary = z
  .strictObject({
    id: z.string(),
    orderId: z.string(),
    warehouseId: z.string(),
    status: shipmentStatus,
    carrier: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    pickup: z
      .strictObject({
        carrier: z.string(),
        on: isoDate,
        cutOffAt: isoInstant,
        expectedDeliveryOn: isoDate,
        missedPickups: z.int(),
      })
      .nullable()
      .meta({ description: 'The pickup it is planned for; null where no carrier has a calendar.' }),
    tracking: z
      .strictObject({ status: z.enum(trackingKinds), since: isoInstant, damaged: z.boolean() })
      .nullable()
      .meta({ description: 'Where the carrier’s events say that it is; null before the first.' }),
    carrierRefusal: z
      .strictObject({ code: z.string(), reason: z.string(), at: isoInstant })
      .nullable()
      .meta({ description: 'The carrier refused it for good: it waits until a person has it asked again.' }),
    releasedAt: isoInstant,
    pickedAt: isoInstant.nullable(),
    packedAt: isoInstant.nullable(),
    shippedAt: isoInstant.nullable(),
    deliveredAt: isoInstant.nullable(),
    cancelledAt: isoInstant.nullable(),
  })
  .meta({ id: 'ShipmentSummary' });

export const workOrder = z
  .strictObject({
    ...shipmentSummary.shape,
    customerId: z.string(),
    customerName: z.string(),
    requestedOn: isoDate.nullable(),
    shipTo: address,
    lines: z.array(
      z.strictObject({
        lineNumber: z.int(),
        sku: z.string(),
        description: z.string(),
        quantity: z.int(),
        pickedQuantity: z.int().nullable(),
        weightGrams: z.int(),
      }),
    ),
    cartons: z
      .array(z.strictObject({ number: z.int(), sscc: z.string(), weightGrams: z.int() }))
      .meta({ description: 'Numbered when the shipment is packed, each with its GS1 SSCC-18.' }),
  })
  .meta({ id: 'WorkOrder' });

const cartons = z
  .array(z.strictObject({ weightGrams: z.int().min(1).max(30_000_000) }))
  .min(1)
  .max(50)
  .optional()
  .meta({ description: 'The cartons it was packed in; absent: one with everything in it.' });
const params = z.strictObject({ id });
const pickup = z
  .strictObject({
    carrier: z.string(),
    on: isoDate,
    cutOffAt: isoInstant,
    expectedDeliveryOn: isoDate,
    promisedOn: isoDate.nullable(),
    missesPromise: z.boolean(),
    instead: z
      .strictObject({ carrier: z.string(), on: isoDate, cutOffAt: isoInstant })
      .optional()
      .meta({ description: 'The pickup whose cut-off it has missed.' }),
  })
  .optional();
const confirmed = z.strictObject({ shipmentId: z.string(), status: shipmentStatus, pickup });

const resolvers = ['shipping', 'sales', 'admin'] as const;
const shipmentCommands = [
  'pick',
  'pack',
  'ask-carrier-again',
  'note-delivery',
  'credit',
  'take-back',
  'send-again',
  'claim',
] as const;
export const rolesByShipmentCommand = {
  pick: ['warehouse', 'admin'],
  pack: ['warehouse', 'admin'],
  'ask-carrier-again': resolvers,
  'note-delivery': ['shipping', 'admin'],
  credit: resolvers,
  'take-back': resolvers,
  'send-again': resolvers,
  claim: ['shipping', 'finance', 'admin'],
} as const satisfies Record<(typeof shipmentCommands)[number], readonly Role[]>;

export const shipmentRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/shipments',
    summary: 'Shipments, oldest first',
    roles: staff,
    query: z.strictObject({
      status: shipmentStatus.optional(),
      warehouseId: warehouseId.optional(),
      attention: z
        .enum(['carrier-refused', 'exception'])
        .optional()
        .meta({ description: 'Those that wait for a person: refused by the carrier, or with an open task about their way.' }),
      carrier: text(60).optional(),
      country: address.shape.country.optional().meta({ description: 'Where they go.' }),
      shippedFrom: isoDate.optional().meta({ description: 'Left on this day or later, by the company’s time.' }),
      shippedTo: isoDate.optional().meta({ description: 'Left on this day or earlier.' }),
      ...paging,
    }),
    responses: { 200: pageOf(shipmentSummary) },
    handler: async ({ database, query: { shippedFrom, shippedTo, ...query } }) => {
      const { timeZone } = await readCompany(database);
      const rows = await listShipments(
        database,
        {
          ...query,
          shippedFrom: shippedFrom && instantAt(shippedFrom, '00:00', timeZone),
          shippedUntil: shippedTo && instantAt(addDays(shippedTo, 1), '00:00', timeZone),
        },
        query,
      );
      return reply(
        200,
        toPage(rows, query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/shipments/{id}',
    summary: 'The work order for pick and pack',
    roles: everyone,
    params,
    responses: { 200: workOrder },
    handler: async ({ database, principal, params: { id } }) =>
      reply(200, found(await readWorkOrder(database, id, principal.customerId), 'shipment', id)),
  }),
  route({
    method: 'get',
    path: '/v1/shipments/{id}/standing',
    summary: 'What the asker can do to a shipment as it stands',
    roles: staff,
    params,
    responses: { 200: z.strictObject({ actions: z.array(z.enum(shipmentCommands)) }).meta({ id: 'ShipmentStanding' }) },
    handler: async ({ database, principal, params: { id } }) => {
      const facts = found(await readShipmentFacts(database, id), 'shipment', id);
      const isPossible: Record<(typeof shipmentCommands)[number], boolean> = {
        pick: mayShipment(facts.status, 'pick'),
        pack: mayShipment(facts.status, 'pack'),
        'ask-carrier-again': facts.status === 'packed' && facts.refused,
        'note-delivery': mayShipment(facts.status, 'deliver'),
        credit: mayResolve(facts, 'credit'),
        'take-back': mayResolve(facts, 'take-back'),
        'send-again': mayShipment(facts.status, 'send-again') && mayResolve(facts, 'send-again'),
        claim: mayFileClaim(facts),
      };
      return reply(200, { actions: actionsOn(rolesByShipmentCommand, principal.roles, (command) => isPossible[command]) });
    },
  }),
  route({
    method: 'get',
    path: '/v1/shipments/{id}/work-order',
    summary: 'The work order for pick and pack, for the warehouse’s own devices',
    roles: staff,
    params,
    responses: { 200: workOrder },
    handler: async ({ database, params: { id } }) => reply(200, found(await readWorkOrder(database, id), 'shipment', id)),
  }),
  route({
    method: 'get',
    path: '/v1/shipments/{id}/work-order.pdf',
    summary: 'The work order on paper, with barcodes',
    roles: staff,
    params,
    contentType: 'application/pdf',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, params: { id } }) => {
      const work = found(await readWorkOrder(database, id), 'shipment', id);
      return replyDocument(await workOrderPdf(work), `${id}-work-order.pdf`);
    },
  }),
  route({
    method: 'get',
    path: '/v1/shipments/{id}/label.pdf',
    summary: 'The labels of its cartons with tracking number and SSCC, 100 × 150 mm',
    roles: staff,
    params,
    contentType: 'application/pdf',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, params: { id } }) => {
      found(await readWorkOrder(database, id), 'shipment', id);
      return replyDocument(await labelPdf(database, id), `${id}.pdf`);
    },
  }),
  route({
    method: 'get',
    path: '/v1/shipments/{id}/label.zpl',
    summary: 'The same labels for a printer that reads ZPL II',
    roles: staff,
    params,
    contentType: 'text/plain; charset=utf-8',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, params: { id } }) => {
      found(await readWorkOrder(database, id), 'shipment', id);
      return replyDocument(await labelZpl(database, id), `${id}.zpl`);
    },
  }),
  route({
    method: 'post',
    path: '/v1/shipments/{id}/pick',
    summary: 'Confirm a pick, line by line; a line that is not named was picked in full',
    roles: rolesByShipmentCommand.pick,
    params,
    body: z
      .strictObject({
        short: z
          .array(
            z.strictObject({
              lineNumber: z.int().min(1).max(500),
              pickedQuantity: z.int().min(0).max(1_000_000),
              reason: text(200).optional().meta({ description: 'Why it came out short, for who recounts the place.' }),
            }),
          )
          .max(500)
          .refine((lines) => new Set(lines.map((line) => line.lineNumber)).size === lines.length, 'A line stands there once.')
          .default([]),
        packed: z.boolean().default(false).meta({ description: 'True when the goods were also packed.' }),
        cartons,
      })
      .refine(({ packed, cartons }) => packed || cartons === undefined, {
        path: ['cartons'],
        message: 'Cartons are stated when the goods are packed.',
      })
      .prefault({}),
    responses: { 200: confirmed },
    handler: async (call) => {
      const { id: shipmentId } = call.params;
      return tellOrder(call, await orderOfShipment(call.database, shipmentId), {
        update: confirmPick,
        argument: { ...call.body, shipmentId, actor: call.actor },
        step: `pick:${shipmentId}`,
        toAnswer: ({ shipmentStatus: status, pickup }) => reply(200, { shipmentId, status, ...(pickup ? { pickup } : {}) }),
      });
    },
  }),
  route({
    method: 'post',
    path: '/v1/shipments/{id}/pack',
    summary: 'Confirm that a picked shipment is packed',
    roles: rolesByShipmentCommand.pack,
    params,
    body: z.strictObject({ cartons }).prefault({}),
    responses: { 200: confirmed },
    handler: async (call) => {
      const { id: shipmentId } = call.params;
      return tellOrder(call, await orderOfShipment(call.database, shipmentId), {
        update: confirmPack,
        argument: { ...call.body, shipmentId, actor: call.actor },
        step: `pack:${shipmentId}`,
        toAnswer: ({ shipmentStatus: status, pickup }) => reply(200, { shipmentId, status, ...(pickup ? { pickup } : {}) }),
      });
    },
  }),
  route({
    method: 'post',
    path: '/v1/shipments/{id}/ask-carrier-again',
    summary:
      'After a carrier’s refusal: correct the address, have it asked again as it is, or name what you have booked yourself',
    roles: rolesByShipmentCommand['ask-carrier-again'],
    params,
    body: z
      .strictObject({
        shipTo: address.optional(),
        booking: z
          .strictObject({ carrier: text(100), trackingNumber: text(100) })
          .optional()
          .meta({
            description: 'What a person has booked with a carrier: no other is asked.',
          }),
        reason,
      })
      .meta({ id: 'CarrierCorrection' }),
    responses: { 200: z.strictObject({ shipmentId: z.string(), status: z.literal('packed'), shipTo: address }) },
    handler: (call) =>
      call.command(async (tx) =>
        reply(200, await askCarrierAgain(tx, { shipmentId: call.params.id, ...call.body, actor: call.actor, at: call.at })),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/shipments/{id}/delivery',
    summary: 'Note that the customer has the goods',
    roles: rolesByShipmentCommand['note-delivery'],
    params,
    body: z.strictObject({ deliveredAt: isoInstant.optional() }).prefault({}),
    responses: { 200: z.strictObject({ shipmentId: z.string(), status: z.literal('delivered'), deliveredAt: isoInstant }) },
    handler: (call) =>
      call.command(async (tx) =>
        reply(200, await confirmDelivery(tx, { shipmentId: call.params.id, ...call.body, actor: call.actor, at: call.at })),
      ),
  }),
];
