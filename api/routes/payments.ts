import { z } from 'zod';
import { listPayments, type Payment } from '../../db/queries/payments.ts';
import { applyPayment } from '../../db/transactions/apply-payment.ts';
import { receivePayment } from '../../db/transactions/receive-payment.ts';
import { reversePayment } from '../../db/transactions/reverse-payment.ts';
import { actionsOnPayment, paymentActions } from '../../domain/offered-actions.ts';
import { type Principal, type Role, type Route, readersOfMoney, reply, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import {
  amountMinor,
  currency,
  customerId,
  id,
  isoDate,
  isoInstant,
  minor,
  namedInvoices,
  pageOf,
  paging,
  paymentMethod,
  positiveMinor,
  reason,
  text,
  toPage,
} from '../schemas.ts';

const reversalKind = z
  .enum(['bounce', 'undo', 'chargeback'])
  .meta({ description: 'Chargeback: the bank of a card has taken it back, at its holder’s word.' });
export const payment = z
  .strictObject({
    id: z.string(),
    customerId: z.string(),
    method: z.string(),
    currency,
    amountMinor: minor,
    unappliedMinor: minor,
    valueOn: isoDate,
    externalReference: z.string().nullable(),
    remittanceText: z.string().nullable(),
    actor: z.string(),
    at: isoInstant,
    reversedMinor: minor.meta({ description: 'What was taken back of it in all.' }),
    chequeId: z.string().nullable().meta({ description: 'The cheque that it came with.' }),
    isByCard: z.boolean(),
    applications: z.array(z.strictObject({ invoiceId: z.string(), amountMinor: minor })),
    deposits: z
      .array(z.strictObject({ orderId: z.string(), heldMinor: minor }))
      .meta({ description: 'What is held for orders that are paid in advance and not invoiced yet.' }),
    reversals: z
      .array(z.strictObject({ kind: reversalKind, amountMinor: minor, reason: z.string(), on: isoDate }))
      .meta({ description: 'What of it was taken back, oldest first: what that had paid is open again.' }),
  })
  .meta({ id: 'Payment' });

const paymentToActOn = payment
  .extend({
    actions: z.array(z.enum(paymentActions)).meta({ description: 'What the asker can do with it as it stands.' }),
  })
  .meta({ id: 'PaymentToActOn' });
const cashRoles: readonly Role[] = ['receivables', 'finance', 'admin'];

const offer = (row: Payment, { roles }: Principal) => ({
  ...row,
  actions: roles.some((role) => cashRoles.includes(role)) ? actionsOnPayment(row) : [],
});

const receivedPayment = z
  .strictObject({
    paymentId: z.string(),
    applications: z.array(
      z.strictObject({
        invoiceId: z.string(),
        amountMinor: minor,
        discountMinor: minor.optional().meta({ description: 'Early-payment discount that the payment has earned.' }),
        openMinor: minor,
      }),
    ),
    unappliedMinor: minor,
    deposits: z
      .array(z.strictObject({ orderId: z.string(), proFormaNumber: z.string(), amountMinor: minor, openMinor: minor }))
      .meta({ description: 'What is kept for orders that are paid in advance.' }),
    interestNotes: z.array(z.string()),
    onHold: z.boolean(),
  })
  .meta({ id: 'ReceivedPayment' });

const reversedPayment = z
  .strictObject({
    paymentId: z.string(),
    number: z.int().meta({ description: 'Which of the payment’s reversals this is, from 1.' }),
    kind: reversalKind,
    amountMinor: minor,
    items: z.array(
      z.strictObject({
        invoiceId: z.string(),
        amountMinor: minor,
        discountMinor: minor.meta({ description: 'Early-payment discount that is owed again.' }),
        writeOffMinor: minor.meta({ description: 'Small difference that is owed again.' }),
        givenUpMinor: minor.meta({ description: 'What it had recovered of a write-off: written off again instead of open.' }),
        openMinor: minor,
        dueOn: isoDate,
      }),
    ),
    unappliedMinor: minor,
    deposits: z
      .array(z.strictObject({ orderId: z.string(), amountMinor: minor }))
      .meta({ description: 'What was held for orders that are paid in advance: they wait for it again.' }),
    owedAgain: z
      .strictObject({ invoiceId: z.string(), amountMinor: minor, dueOn: isoDate })
      .nullable()
      .meta({ description: 'What had been refunded of it is owed, as an item of its own.' }),
    feeMinor: minor,
    onHold: z.boolean(),
  })
  .meta({ id: 'ReversedPayment' });

export const paymentRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/payments',
    summary: 'Record money that has arrived; what no invoice takes waits as unapplied cash',
    roles: ['receivables', 'finance', 'admin'],
    idempotencyKey: 'required',
    body: z
      .strictObject({
        customerId,
        method: paymentMethod,
        currency,
        amountMinor: positiveMinor,
        valueOn: isoDate,
        invoiceIds: namedInvoices(200)
          .default([])
          .meta({ description: 'What the payer names: invoices, and pro-formas of orders paid in advance.' }),
        remittanceText: text(2_000).optional().meta({ description: 'RF references and invoice numbers are found in it.' }),
        externalReference: text(100).optional().meta({ description: 'The bank’s own reference; taken once per method.' }),
      })
      .meta({ id: 'NewPayment' }),
    responses: { 201: receivedPayment },
    handler: (call) =>
      call.command(async (tx) =>
        reply(201, await receivePayment(tx, { ...call.body, actor: call.actor, at: call.at, offsetMs: call.offsetMs })),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/payments/{id}/apply',
    summary: 'Pay invoices with what waits unapplied of a payment, the oldest due date first, by its value date',
    roles: ['receivables', 'finance', 'admin'],
    params: z.strictObject({ id }),
    idempotencyKey: 'required',
    body: z.strictObject({ invoiceIds: namedInvoices(100).min(1) }).meta({ id: 'PaymentApplication' }),
    responses: { 200: receivedPayment },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, body, actor, at, offsetMs } = call;
        return reply(200, await applyPayment(tx, { paymentId: params.id, ...body, actor, at, offsetMs }));
      }),
  }),
  route({
    method: 'post',
    path: '/v1/payments/{id}/bounce',
    summary: 'Take a payment back that the bank has returned, in full or in part: what it had paid is open again, due as before',
    roles: ['receivables', 'finance', 'admin'],
    params: z.strictObject({ id }),
    idempotencyKey: 'required',
    body: z
      .strictObject({
        reason,
        amountMinor: positiveMinor
          .optional()
          .meta({ description: 'What the bank has returned; absent: all that is left of it.' }),
        invoiceIds: namedInvoices(100)
          .optional()
          .meta({ description: 'Of a part: the items that are open again first; absent: what was paid last.' }),
        on: isoDate.optional().meta({ description: 'The bank’s day; absent: today.' }),
        feeMinor: amountMinor.default(0).meta({ description: 'What our bank takes for it; booked as bank charges.' }),
      })
      .meta({ id: 'BouncedPayment' }),
    responses: { 200: reversedPayment },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, body, actor, at, offsetMs } = call;
        return reply(200, await reversePayment(tx, { paymentId: params.id, kind: 'bounce', ...body, actor, at, offsetMs }));
      }),
  }),
  route({
    method: 'get',
    path: '/v1/payments',
    summary: 'Payments, newest first',
    roles: readersOfMoney,
    query: z.strictObject({
      customerId: customerId.optional(),
      invoiceId: id.optional().meta({ description: 'Those that have paid something of it.' }),
      orderId: id.optional().meta({ description: 'Those that have paid its invoices, or are held for it.' }),
      unapplied: z.literal('true').optional().meta({ description: 'Only those of which something waits unapplied.' }),
      from: isoDate.optional().meta({ description: 'The first value date.' }),
      to: isoDate.optional().meta({ description: 'The last value date, which counts.' }),
      ...paging,
    }),
    responses: { 200: pageOf(paymentToActOn) },
    handler: async ({ database, principal, query }) => {
      const wanted = { ...query, customerId: narrow(principal, query.customerId) };
      const rows = (await listPayments(database, wanted, query)).map((row) => offer(row, principal));
      return reply(
        200,
        toPage(rows, query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/payments/{id}',
    summary: 'One payment',
    roles: readersOfMoney,
    params: z.strictObject({ id }),
    responses: { 200: paymentToActOn },
    handler: async ({ database, principal, params }) => {
      const [row] = await listPayments(database, { id: params.id, customerId: principal.customerId }, { limit: 1 });
      return reply(200, offer(found(row, 'payment', params.id), principal));
    },
  }),
];
