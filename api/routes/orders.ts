import { z } from 'zod';
import { listOrders, orderSorts, readOrder, readOrderStart } from '../../db/queries/orders.ts';
import { readTimeline } from '../../db/queries/timeline.ts';
import { unfinishedTask } from '../../db/statements/tasks.ts';
import { giveAnotherCard } from '../../db/transactions/pay-order-by-card.ts';
import { placeOrder } from '../../db/transactions/place-order.ts';
import { lockTask } from '../../db/transactions/work-on-task.ts';
import { invoicePdf } from '../../documents/invoice-pdf.ts';
import { Refusal } from '../../domain/failures.ts';
import { shortageChoices } from '../../domain/fulfilment.ts';
import { amendOrder, cancelOrder, chooseShortage, decideCredit } from '../../workflows/messages.ts';
import { buyers, type Call, everyone, type Principal, type Route, reply, replyDocument, route, seesMoney } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { reportRoutes } from '../report-routes.ts';
import {
  address,
  amountMinor,
  cardToken,
  currency,
  customerId,
  deliveryTerms,
  dunningPolicyCode,
  id,
  invoicing,
  isoDate,
  isoInstant,
  minor,
  orderStatus,
  pageOf,
  paging,
  quantity,
  reason,
  shipmentStatus,
  sku,
  sortOf,
  stage,
  terms,
  text,
  timelineEntry,
  toPage,
} from '../schemas.ts';
import { askOrder, tellOrder } from '../workflow-messages.ts';
import { invoiceSummary } from './invoices.ts';
import { shipmentSummary } from './shipments.ts';
import { forReader, openTo } from './timeline.ts';

const channel = z.enum(['api', 'portal', 'email', 'edi', 'phone', 'in-person']);

export const orderRequest = z
  .strictObject({
    customerId,
    channel: channel.default('api').meta({ description: 'A customer’s own key says `api` or `portal`.' }),
    externalReference: text(100).optional().meta({ description: 'The customer’s own number; once per customer and channel.' }),
    currency,
    requestedOn: isoDate.optional(),
    prepayment: z
      .boolean()
      .optional()
      .meta({ description: 'True: paid in advance against a pro-forma; needs no credit and takes none of the limit.' }),
    deliveryTerms: deliveryTerms
      .optional()
      .meta({ description: 'Absent: those of the customer; its own key may name no others.' }),
    dunningPolicy: dunningPolicyCode
      .optional()
      .meta({ description: 'Of its invoices, before the customer’s and its segment’s. Not for a customer’s own key.' }),
    shipTo: address.optional(),
    lines: z
      .array(
        z.strictObject({
          sku,
          quantity,
          expectedUnitPriceMinor: amountMinor.optional().meta({ description: 'Refuses the order when the price is another.' }),
        }),
      )
      .min(1)
      .max(500),
  })
  .meta({ id: 'OrderRequest' });

/** A card's token is no part of what drafts and quotes keep. */
const newOrder = z
  .strictObject({
    ...orderRequest.shape,
    payment: z
      .strictObject({ method: z.literal('card'), token: cardToken })
      .optional()
      .meta({ description: 'Paid by card: held when the order is accepted, taken with its invoices; needs no credit.' }),
  })
  .meta({ id: 'NewOrder' });
type OrderRequest = z.output<typeof newOrder>;

const orderSummary = z
  .strictObject({
    id: z.string(),
    customerId,
    customerName: z.string(),
    channel: z.string(),
    externalReference: z.string().nullable(),
    currency,
    netMinor: minor,
    taxMinor: minor,
    grossMinor: minor,
    status: orderStatus,
    stage,
    statusReason: z.string().nullable().meta({ description: 'For staff; null for a customer’s key.' }),
    requestedOn: isoDate.nullable(),
    revision: z.int().meta({ description: 'Counts amendments; an amendment names the one it was made from.' }),
    placedBy: z.string(),
    placedAt: isoInstant,
    changedAt: isoInstant,
  })
  .meta({ id: 'OrderSummary' });

export const order = z
  .strictObject({
    ...orderSummary.shape,
    shipTo: address,
    backOrderAllowed: z.boolean(),
    lines: z.array(
      z.strictObject({
        lineNumber: z.int(),
        sku,
        description: z.string(),
        quantity: z.int(),
        unitPriceMinor: minor,
        priceListId: z.string().nullable().meta({ description: 'Where the price came from; null: the product’s own.' }),
        priceMinimumQuantity: z.int().nullable().meta({ description: 'The quantity break that the line reached.' }),
        taxCategory: z.string(),
        taxRate: z.string(),
        netMinor: minor,
        shippedQuantity: z.int(),
        invoicedQuantity: z.int(),
        cancelledQuantity: z.int(),
      }),
    ),
    shipments: z.array(shipmentSummary),
    invoices: z.array(invoiceSummary),
    terms,
    deliveryTerms: deliveryTerms.nullable(),
    invoicing: invoicing.meta({ description: 'The customer’s when the order was placed.' }),
    prepayment: z
      .strictObject({
        number: z.string().meta({ description: 'Of the pro-forma: `GET /v1/orders/{id}/pro-forma`.' }),
        paymentReference: z.string(),
        amountMinor: minor,
        receivedMinor: minor,
        dueOn: isoDate,
        dueAt: isoInstant,
        status: z.enum(['awaited', 'received', 'ended']),
      })
      .nullable()
      .meta({ description: 'What is to be paid in advance; null for an order on credit.' }),
    card: z
      .strictObject({
        status: z.enum(['requested', 'declined', 'authorised']),
        declinedBecause: z.string().nullable(),
        dueAt: isoInstant.nullable().meta({ description: 'Until when an order whose card was declined waits for another.' }),
      })
      .nullable()
      .meta({ description: 'Of an order that is paid by card; null for the others.' }),
  })
  .meta({ id: 'Order' });

export const placedOrder = z
  .strictObject({
    id: z.string(),
    customerId,
    channel: z.string(),
    externalReference: z.string().nullable(),
    currency,
    netMinor: minor,
    taxMinor: minor,
    grossMinor: minor,
    status: orderStatus.meta({ description: '`received`, or with `Prefer: wait` where the order stands by then.' }),
    placedAt: isoInstant,
    lines: z.array(
      z.strictObject({
        lineNumber: z.int(),
        sku,
        description: z.string(),
        quantity: z.int(),
        unitPriceMinor: minor,
        priceListId: z.string().nullable(),
        netMinor: minor,
      }),
    ),
  })
  .meta({ id: 'PlacedOrder' });

const liveOrder = z
  .strictObject({
    orderId: z.string(),
    status: orderStatus,
    stage,
    shipments: z.array(z.strictObject({ shipmentId: z.string(), status: shipmentStatus })),
    openInvoices: z.array(z.string()),
    now: isoInstant,
  })
  .meta({ id: 'LiveOrder' });

export const creditDecision = z
  .strictObject({
    decision: z.enum(['approve', 'deny', 'release', 'prepay']).meta({
      description: 'approve: with a new limit; release: this order alone; prepay: paid in advance; deny: ends the order.',
    }),
    limitMinor: amountMinor.optional().meta({ description: 'The new limit; with `release`, the most beyond the limit.' }),
    expiresAt: isoInstant.optional().meta({ description: 'With `release`: until when it counts; else five business days.' }),
    reason,
  })
  .meta({ id: 'CreditDecision' });
export const creditAnswer = z.strictObject({ outcome: z.enum(['approved', 'denied', 'prepayment-asked-for']) });
export const secondApproval = z.strictObject({ outcome: z.literal('second-approval-needed') });

const amendment = z
  .strictObject({
    revision: z
      .int()
      .min(1)
      .meta({ description: 'The revision that you have read: 409 `order-changed` when it is another by now.' }),
    lines: z
      .array(
        z.union([
          z.strictObject({
            lineNumber: z.int().min(1),
            quantity: z.union([quantity, z.literal(0)]),
            expectedUnitPriceMinor: amountMinor.optional(),
          }),
          z.strictObject({ sku, quantity, expectedUnitPriceMinor: amountMinor.optional() }),
        ]),
      )
      .max(500)
      .optional()
      .meta({
        description:
          'Units wanted in all: of a line (0 takes it off), or of goods that are new to the order. Units that are added, and those that are left below the quantity break of their price, cost what they cost today: `expectedUnitPriceMinor` makes another price a fault.',
      }),
    shipTo: address.optional(),
    requestedOn: isoDate.optional().meta({
      description:
        'A later day moves the order’s promise with it; an earlier one is asked for, and overtakes nobody who waits for stock.',
    }),
    reason,
  })
  .meta({ id: 'Amendment' });
const amendedOrder = z
  .strictObject({
    status: orderStatus,
    revision: z.int(),
    netMinor: minor,
    taxMinor: minor,
    grossMinor: minor,
    cancelledShipments: z.array(z.string()),
    newShipments: z.array(z.string()),
  })
  .meta({ id: 'AmendedOrder' });

const params = z.strictObject({ id });

/** Why an order stands where it does may quote its credit score or a colleague: a customer reads that it does. */
function forBuyer<Row extends { statusReason: string | null }>(principal: Principal, order: Row): Row {
  return principal.customerId === undefined ? order : { ...order, statusReason: null };
}

/** What is owed for an order is told to those who look after money. */
const withoutMoney = <Row extends { invoices: unknown[] }>(principal: Principal, order: Row): Row =>
  seesMoney(principal) ? order : { ...order, invoices: [] };

export const orderRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/orders',
    summary: 'Place an order: accepted at once and for good, or refused with every fault. `Prefer: wait=5` waits for credit',
    roles: buyers,
    idempotencyKey: 'required',
    // It takes its time, and refuses while the clock moves, in the statement that accepts the order.
    readsClockItself: true,
    body: newOrder,
    responses: { 201: placedOrder },
    handler: async (call) => {
      const { order: placed, replayed } = await placeOnce(call);
      if (!replayed) call.delivery.deliverSoon();
      const status = call.waitSeconds > 0 ? await waitForDecision(call, placed.id) : placed.status;
      return reply(
        201,
        { ...placed, status },
        {
          Location: `/v1/orders/${placed.id}`,
          ...(call.waitSeconds > 0 ? { 'Preference-Applied': `wait=${call.waitSeconds}` } : {}),
        },
      );
    },
  }),
  ...reportRoutes({
    path: '/v1/orders',
    summary: 'Orders, newest first',
    roles: everyone,
    query: z.strictObject({
      status: orderStatus.optional(),
      stage: stage.optional(),
      customerId: customerId.optional(),
      waitsFor: z.enum(['customer']).optional().meta({ description: 'Those that go on only when the customer does something.' }),
      sort: sortOf(orderSorts),
      ...paging,
    }),
    response: pageOf(orderSummary),
    read: async ({ database, principal, query }) => {
      const wanted = { ...query, customerId: narrow(principal, query.customerId) };
      const rows = await listOrders(database, wanted, query, query.sort);
      return toPage(
        rows.map((row) => forBuyer(principal, row)),
        query.limit,
        (row) => (query.sort ? `${row.grossMinor} ${row.id}` : row.id),
      );
    },
    columns: [
      'id',
      'customerId',
      'customerName',
      'channel',
      'externalReference',
      'currency',
      'net minor',
      'tax minor',
      'gross minor',
      'status',
      'stage',
      'requestedOn',
      'placedBy',
      'placedAt',
      'changedAt',
    ],
    rows: ({ items }) =>
      items.map((row) => [
        row.id,
        row.customerId,
        row.customerName,
        row.channel,
        row.externalReference,
        row.currency,
        row.netMinor,
        row.taxMinor,
        row.grossMinor,
        row.status,
        row.stage,
        row.requestedOn,
        row.placedBy,
        row.placedAt,
        row.changedAt,
      ]),
  }),
  route({
    method: 'get',
    path: '/v1/orders/{id}',
    summary: 'One order with its lines, shipments and invoices',
    roles: everyone,
    params,
    responses: { 200: order },
    handler: async ({ database, principal, params: { id } }) =>
      reply(
        200,
        withoutMoney(principal, forBuyer(principal, found(await readOrder(database, id, principal.customerId), 'order', id))),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/orders/{id}/timeline',
    summary: 'Who did what with this order, when and why',
    roles: everyone,
    params,
    query: z.strictObject(paging),
    responses: { 200: pageOf(timelineEntry) },
    handler: async ({ database, principal, params: { id }, query }) => {
      found(await readOrderStart(database, id, principal.customerId), 'order', id);
      const rows = await readTimeline(database, { orderId: id }, query, openTo(principal));
      return reply(
        200,
        toPage(forReader(principal, rows), query.limit, (row) => String(row.sequence)),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/orders/{id}/live',
    summary: 'What the order’s workflow itself says, by a Temporal query',
    roles: everyone,
    params,
    responses: { 200: liveOrder },
    handler: async ({ database, client, principal, params: { id } }) => {
      found(await readOrderStart(database, id, principal.customerId), 'order', id);
      return reply(200, await askOrder(client, id));
    },
  }),
  route({
    method: 'post',
    path: '/v1/orders/{id}/cancel',
    summary: 'Cancel every unit that has not been shipped; credit and stock are released',
    roles: buyers,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: z.strictObject({ status: orderStatus, cancelledUnits: z.int() }) },
    handler: (call) =>
      tellOrder(call, call.params.id, {
        update: cancelOrder,
        argument: { reason: call.body.reason, actor: call.actor },
        step: 'cancel',
        toAnswer: (outcome) => reply(200, { status: outcome.orderStatus, cancelledUnits: outcome.cancelledUnits }),
      }),
  }),
  route({
    method: 'get',
    path: '/v1/orders/{id}/pro-forma',
    summary: 'The pro-forma of an order that is paid in advance, as it was mailed',
    roles: everyone,
    params,
    contentType: 'application/pdf',
    responses: { 200: z.custom<Uint8Array>() },
    handler: async ({ database, principal, params: { id } }) => {
      const { prepayment } = found(await readOrder(database, id, principal.customerId), 'order', id);
      if (!prepayment) throw new Refusal(404, 'unknown-pro-forma', `${id} is not paid in advance.`);
      const { number } = prepayment;
      return replyDocument(await invoicePdf(database, number), `${number}.pdf`);
    },
  }),
  route({
    method: 'post',
    path: '/v1/orders/{id}/prepay',
    summary: 'Pay a waiting order in advance instead of on credit',
    roles: ['buyer', 'sales', 'credit', 'finance', 'admin'],
    params,
    body: z.strictObject({ reason }),
    responses: { 200: creditAnswer },
    handler: (call) =>
      tellOrder(call, call.params.id, {
        update: decideCredit,
        argument: { decision: 'prepay', reason: call.body.reason, actor: call.actor },
        step: 'decide',
        toAnswer: () => reply(200, { outcome: 'prepayment-asked-for' as const }),
      }),
  }),
  route({
    method: 'post',
    path: '/v1/orders/{id}/card',
    summary: 'Give another card for an order whose card was declined; it is tried at once',
    roles: buyers,
    idempotencyKey: 'required',
    params,
    body: z.strictObject({ token: cardToken }).meta({ id: 'AnotherCard' }),
    responses: { 202: z.strictObject({ status: orderStatus, dueAt: isoInstant }) },
    handler: (call) =>
      call.command(async (tx) => {
        const { params: of, principal, body, actor, at } = call;
        found(await readOrderStart(tx, of.id, principal.customerId), 'order', of.id);
        const given = await giveAnotherCard(tx, { orderId: of.id, paymentMethod: body.token, actor, at });
        return reply(202, { status: given.orderStatus, dueAt: given.dueAt });
      }),
  }),
  route({
    method: 'post',
    path: '/v1/orders/{id}/amend',
    summary:
      'Change lines, address or date before the goods are picked: price, credit and stock are checked again, all or nothing',
    roles: buyers,
    params,
    body: amendment,
    responses: { 200: amendedOrder },
    handler: (call) =>
      tellOrder(call, call.params.id, {
        update: amendOrder,
        argument: { ...call.body, actor: call.actor },
        step: 'amend',
        toAnswer: ({ orderStatus: status, ...rest }) => reply(200, { status, ...rest }),
      }),
  }),
  route({
    method: 'post',
    path: '/v1/orders/{id}/shortage-choice',
    summary: 'Stock has failed the order: wait for all of it, ship what is there and cancel the rest, or cancel. Silence cancels',
    roles: buyers,
    params,
    body: z.strictObject({ choice: z.enum(shortageChoices) }).meta({ id: 'ShortageChoice' }),
    responses: { 200: z.strictObject({ status: orderStatus, shipmentIds: z.array(z.string()) }) },
    handler: (call) =>
      tellOrder(call, call.params.id, {
        update: chooseShortage,
        argument: { ...call.body, actor: call.actor },
        step: 'choose',
        toAnswer: ({ orderStatus: status, shipmentIds }) => reply(200, { status, shipmentIds }),
      }),
  }),
  route({
    method: 'post',
    path: '/v1/orders/{id}/credit-decision',
    summary: 'Decide the credit of a waiting order; above the policy’s amount two different people must',
    roles: ['credit', 'finance', 'admin'],
    params,
    body: creditDecision,
    responses: { 200: creditAnswer, 202: secondApproval },
    handler: (call) => decide(call, call.params.id, call.body),
  }),
];

/**
 * A person's credit decision, asked of the order's workflow; also how the tasks that call for one are completed. Either way
 * it is the task that says whose decision it is: that of its owner, or of the role that it waits for by now.
 */
export function decide(
  call: Call<unknown, unknown, unknown>,
  orderId: string,
  decision: z.output<typeof creditDecision>,
  taskId?: string,
) {
  const { actor, principal, at } = call;
  return tellOrder(call, orderId, {
    update: decideCredit,
    argument: { ...decision, actor },
    step: 'decide',
    guard: async (tx) => {
      const toDo = taskId ?? (await unfinishedTask(tx, orderId, ['credit-review', 'over-limit']))?.taskId;
      if (toDo) await lockTask(tx, { taskId: toDo, actor, roles: principal.roles, at });
    },
    toAnswer: ({ outcome }) => (outcome === 'second-approval-needed' ? reply(202, { outcome }) : reply(200, { outcome })),
  });
}

type PlaceOrder = Call<undefined, undefined, OrderRequest>;

/** A twin that was quicker by a moment shows as a unique violation; asked again, its answer is there to be repeated. */
async function placeOnce({ database, principal, actor, body, requestKey }: PlaceOrder) {
  if (principal.customerId !== undefined && principal.customerId !== body.customerId) {
    const detail = `There is no customer ${body.customerId}.`;
    const faults = [{ path: '/customerId', code: 'unknown-customer', detail }];
    throw new Refusal(422, 'invalid-order', 'The order cannot be accepted.', { faults });
  }
  const { principal: sender, key: idempotencyKey, fingerprint } = requestKey;
  const isCustomersOwn = principal.customerId !== undefined;
  const input = { request: body, actor: actor.name, principal: sender, idempotencyKey, fingerprint, isCustomersOwn };
  return placeOrder(database, input).catch((error) => {
    if ((error as { code?: string }).code === '23505') return placeOrder(database, input);
    throw error;
  });
}

/** Waits until the order is past its intake, at most as long as the caller wishes. */
async function waitForDecision({ database, waitSeconds }: PlaceOrder, orderId: string) {
  const untilMs = Date.now() + waitSeconds * 1_000;
  for (;;) {
    const { status } = (await readOrderStart(database, orderId))!;
    if (status !== 'received' || Date.now() >= untilMs) return status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
