import { z } from 'zod';
import { listReturns, type ReturnedGoods, readReturn } from '../../db/queries/returns.ts';
import { inspectReturn } from '../../db/transactions/credit-return.ts';
import { approveReturn, cancelReturn, receiveReturn, refuseReturn } from '../../db/transactions/move-return.ts';
import { requestReturn } from '../../db/transactions/request-return.ts';
import { mayReturn, returnCauses, returnReasons, returnStatuses } from '../../domain/return.ts';
import { actionsOn } from '../actions.ts';
import { buyers, everyone, type Role, type Route, reply, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { currency, customerId, id, isoInstant, minor, pageOf, paging, quantity, reason, text, toPage } from '../schemas.ts';

const returnStatus = z.enum(returnStatuses);
const reasonCode = z.enum(returnReasons);
export const lineNumber = z.int().min(1).max(500).meta({ description: 'As on the shipment.' });
/** An invoice over many shipments has more lines than any of them. */
const lineOfReturn = z.int().min(1).max(1_000_000).meta({ description: 'As in the return.' });
const units = z.int().min(0).max(1_000_000);

/** Up to as many lines as an order may have, each of them once. */
export const linesOf = <Line extends z.ZodObject<{ lineNumber: z.ZodInt }>>(line: Line) =>
  z
    .array(line)
    .min(1)
    .max(500)
    .refine((lines) => new Set(lines.map((one) => one.lineNumber)).size === lines.length, 'A line stands there once.');

const rolesByCommand = {
  approve: ['sales', 'admin'],
  refuse: ['sales', 'admin'],
  cancel: buyers,
  receive: ['warehouse', 'admin'],
  inspect: ['warehouse', 'admin'],
} as const satisfies Record<string, readonly Role[]>;
const commands = ['approve', 'refuse', 'cancel', 'receive', 'inspect'] as const;
const shown = (row: ReturnedGoods, asker: readonly Role[]) => ({
  ...row,
  actions: actionsOn(rolesByCommand, asker, (command) => mayReturn(row.status, command)),
});

const goods = z
  .strictObject({
    id: z.string(),
    customerId: z.string(),
    orderId: z.string(),
    shipmentId: z.string(),
    invoiceId: z.string(),
    warehouseId: z.string().meta({ description: 'Where the goods go: the warehouse that had shipped them.' }),
    status: returnStatus,
    cause: z.enum(returnCauses).meta({ description: 'Whether the customer asked for it, or what happened on the way.' }),
    statusReason: z.string().nullable(),
    note: z.string().nullable(),
    requestedBy: z.string(),
    requestedAt: isoInstant,
    changedAt: isoInstant,
    creditNoteId: z.string().nullable(),
    actions: z.array(z.enum(commands)).meta({ description: 'What the asker can do to it as it stands.' }),
    lines: z.array(
      z.strictObject({
        lineNumber: z.int().meta({ description: 'As on the invoice, by which it is credited.' }),
        sku: z.string(),
        quantity: z.int(),
        reason: z.enum([...returnReasons, ...returnCauses.filter((cause) => cause !== 'customer')]),
        receivedQuantity: z.int().nullable(),
        restockedQuantity: z.int().nullable(),
        scrappedQuantity: z.int().nullable(),
        lostQuantity: z.int().meta({ description: 'Units that are credited though they never come back.' }),
      }),
    ),
  })
  .meta({ id: 'Return' });

const params = z.strictObject({ id });
export const creditedReturn = z
  .strictObject({
    returnId: z.string(),
    status: z.literal('credited'),
    creditNoteId: z.string(),
    currency,
    grossMinor: minor,
    appliedMinor: minor.meta({ description: 'What it took off its own invoice.' }),
    unappliedMinor: minor.meta({ description: 'What the customer has to its credit from it.' }),
    wokenOrders: z.int(),
    onHold: z.boolean(),
  })
  .meta({ id: 'CreditedReturn' });
const moved = z.strictObject({ returnId: z.string(), status: returnStatus }).meta({ id: 'MovedReturn' });

/** Goods that come back: requested, approved, received, inspected, and credited by the inspection. */
export const returnRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/returns',
    summary: 'Ask to return goods of a shipment that was invoiced, line by line, each with its reason',
    roles: buyers,
    idempotencyKey: 'required',
    body: z
      .strictObject({
        shipmentId: id,
        lines: linesOf(z.strictObject({ lineNumber, quantity, reason: reasonCode })),
        note: text(1_000).optional(),
      })
      .meta({ id: 'NewReturn' }),
    responses: {
      201: z.strictObject({
        returnId: z.string(),
        orderId: z.string(),
        invoiceId: z.string(),
        status: z.literal('requested'),
      }),
    },
    handler: (call) =>
      call.command(async (tx) => {
        const { principal, body, actor, at } = call;
        const requested = await requestReturn(tx, { ...body, customerId: principal.customerId, actor, at });
        return reply(201, requested, { Location: `/v1/returns/${requested.returnId}` });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/returns',
    summary: 'Returns, newest first',
    roles: everyone,
    query: z.strictObject({
      customerId: customerId.optional(),
      orderId: id.optional(),
      status: returnStatus.optional(),
      ...paging,
    }),
    responses: { 200: pageOf(goods) },
    handler: async ({ database, principal, query }) => {
      const rows = await listReturns(database, { ...query, customerId: narrow(principal, query.customerId) }, query);
      const page = toPage(rows, query.limit, (row) => row.id);
      return reply(200, { ...page, items: page.items.map((row) => shown(row, principal.roles)) });
    },
  }),
  route({
    method: 'get',
    path: '/v1/returns/{id}',
    summary: 'One return with what was announced, received, restocked and scrapped',
    roles: everyone,
    params,
    responses: { 200: goods },
    handler: async ({ database, principal, params: { id } }) =>
      reply(200, shown(found(await readReturn(database, id, principal.customerId), 'return', id), principal.roles)),
  }),
  route({
    method: 'post',
    path: '/v1/returns/{id}/approve',
    summary: 'Let the customer send the goods back; they are told by mail',
    roles: rolesByCommand.approve,
    params,
    body: z.strictObject({ reason: reason.optional() }).prefault({}),
    responses: { 200: moved },
    handler: (call) =>
      call.command(async (tx) =>
        reply(200, await approveReturn(tx, { returnId: call.params.id, ...call.body, actor: call.actor, at: call.at })),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/returns/{id}/refuse',
    summary: 'Say no to a return; the customer is told why',
    roles: rolesByCommand.refuse,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: moved },
    handler: (call) =>
      call.command(async (tx) =>
        reply(200, await refuseReturn(tx, { returnId: call.params.id, ...call.body, actor: call.actor, at: call.at })),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/returns/{id}/cancel',
    summary: 'The goods do not come back after all, and may be returned another time',
    roles: rolesByCommand.cancel,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: moved },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, principal, body, actor, at } = call;
        return reply(200, await cancelReturn(tx, { returnId: params.id, customerId: principal.customerId, ...body, actor, at }));
      }),
  }),
  route({
    method: 'post',
    path: '/v1/returns/{id}/receive',
    summary: 'Count what came back; a line that is not named did not come',
    roles: rolesByCommand.receive,
    params,
    body: z
      .strictObject({ lines: linesOf(z.strictObject({ lineNumber: lineOfReturn, quantity: units })) })
      .meta({ id: 'ReturnCount' }),
    responses: { 200: moved },
    handler: (call) =>
      call.command(async (tx) =>
        reply(200, await receiveReturn(tx, { returnId: call.params.id, ...call.body, actor: call.actor, at: call.at })),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/returns/{id}/inspect',
    summary: 'Restock or scrap every unit that came back; its credit note is issued at once',
    roles: rolesByCommand.inspect,
    params,
    body: z
      .strictObject({
        lines: linesOf(z.strictObject({ lineNumber: lineOfReturn, restockedQuantity: units, scrappedQuantity: units })),
      })
      .meta({ id: 'ReturnInspection' }),
    responses: {
      200: creditedReturn,
    },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, body, actor, at, offsetMs } = call;
        return reply(200, await inspectReturn(tx, { returnId: params.id, ...body, actor, at, offsetMs }));
      }),
  }),
];
