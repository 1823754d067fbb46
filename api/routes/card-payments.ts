import { z } from 'zod';
import { readCardPayment } from '../../db/queries/card-payments.ts';
import { readInvoice } from '../../db/queries/invoices.ts';
import { payByCard } from '../../db/transactions/pay-by-card.ts';
import { type Role, type Route, reply, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { cardToken, currency, customerId, id, isoInstant, minor, namedInvoices, positiveMinor } from '../schemas.ts';

const cardPayment = z
  .strictObject({
    id: z.string(),
    customerId,
    currency,
    amountMinor: minor,
    invoiceIds: z.array(z.string()),
    status: z
      .enum(['requested', 'captured', 'declined', 'cancelled'])
      .meta({ description: 'Cancelled: other money came first, and nothing was taken.' }),
    code: z.string().nullable().meta({ description: 'Why nothing was taken, in the gateway’s words.' }),
    paymentId: z.string().nullable(),
    at: isoInstant,
    endedAt: isoInstant.nullable(),
  })
  .meta({ id: 'CardPayment' });

const payers = ['payer', 'receivables', 'finance', 'admin'] as const satisfies readonly Role[];
const params = z.strictObject({ id });

export const cardPaymentRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/invoices/{id}/card-payments',
    summary: 'Pay an invoice by card, and others of its customer with it; never more than is asked for today',
    roles: payers,
    idempotencyKey: 'required',
    params,
    body: z
      .strictObject({
        paymentMethod: cardToken,
        amountMinor: positiveMinor.optional().meta({ description: 'Absent: all that is asked for of them today.' }),
        alsoInvoiceIds: namedInvoices(50).default([]),
      })
      .meta({ id: 'NewCardPayment' }),
    responses: { 202: cardPayment },
    handler: (call) =>
      call.command(async (tx) => {
        const { params: of, principal, body, actor, at } = call;
        const invoice = found(await readInvoice(tx, of.id, narrow(principal)), 'invoice', of.id);
        const invoiceIds = [...new Set([of.id, ...body.alsoInvoiceIds])];
        const { paymentMethod, amountMinor } = body;
        const requested = await payByCard(tx, {
          customerId: invoice.customerId,
          invoiceIds,
          paymentMethod,
          amountMinor,
          actor,
          at,
        });
        return reply(202, requested, { Location: `/v1/card-payments/${requested.id}` });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/card-payments/{id}',
    summary: 'What became of a payment by card',
    roles: payers,
    params,
    responses: { 200: cardPayment },
    handler: async ({ database, principal, params: of }) =>
      reply(200, found(await readCardPayment(database, of.id, narrow(principal)), 'card-payment', of.id)),
  }),
];
