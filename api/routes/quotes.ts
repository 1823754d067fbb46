import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import { listQuotes, readQuote } from '../../db/queries/quotes.ts';
import { readCompany } from '../../db/statements/company.ts';
import { acceptQuote, declineQuote } from '../../db/transactions/answer-quote.ts';
import { sendQuote } from '../../db/transactions/send-quote.ts';
import { quoteStatuses } from '../../domain/quote.ts';
import { localDate } from '../../domain/time.ts';
import { type Route, reply, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { currency, customerId, id, isoDate, isoInstant, minor, pageOf, paging, reason, sku, toPage } from '../schemas.ts';
import { placedOrder } from './orders.ts';

const status = z.enum(quoteStatuses);
const quote = z
  .strictObject({
    id: z.string(),
    draftId: z.string(),
    customerId,
    currency,
    netMinor: minor,
    taxMinor: minor,
    grossMinor: minor,
    lines: z.array(
      z.strictObject({
        lineNumber: z.int(),
        sku,
        description: z.string(),
        quantity: z.int(),
        unitPriceMinor: minor,
        priceListId: z.string().nullable(),
        minimumQuantity: z.int().nullable(),
        netMinor: minor,
      }),
    ),
    validUntil: isoDate.meta({ description: 'The last day on which it may be accepted, in the company’s time zone.' }),
    status,
    statusReason: z.string().nullable(),
    sentBy: z.string(),
    sentAt: isoInstant,
    acceptedBy: z.string().nullable(),
    acceptedAt: isoInstant.nullable(),
    declinedBy: z.string().nullable(),
    declinedAt: isoInstant.nullable(),
    orderId: z.string().nullable().meta({ description: 'The order that it became.' }),
  })
  .meta({ id: 'Quote' });
const params = z.strictObject({ id });
const salesRoles = ['sales', 'admin'] as const;
const readers = ['buyer', ...salesRoles] as const;

const dateOf = async (db: Queryable, at: string): Promise<string> => localDate(at, (await readCompany(db)).timeZone);

export const quoteRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/drafts/{id}/quote',
    summary: 'Offer a draft to its customer by mail, at prices that hold through its last day; an open quote is the answer',
    roles: salesRoles,
    params,
    responses: { 201: quote },
    handler: (call) =>
      call.command(async (tx) => {
        const sent = await sendQuote(tx, { draftId: call.params.id, actor: call.actor, at: call.at });
        return reply(201, sent, { Location: `/v1/quotes/${sent.id}` });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/quotes',
    summary: 'Quotes, newest first',
    roles: readers,
    query: z.strictObject({ customerId: customerId.optional(), draftId: id.optional(), status: status.optional(), ...paging }),
    responses: { 200: pageOf(quote) },
    handler: async ({ database, principal, at, query }) => {
      const wanted = { ...query, customerId: narrow(principal, query.customerId) };
      const rows = await listQuotes(database, wanted, await dateOf(database, at), query);
      return reply(
        200,
        toPage(rows, query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/quotes/{id}',
    summary: 'One quote',
    roles: readers,
    params,
    responses: { 200: quote },
    handler: async ({ database, principal, at, params: { id: quoteId } }) => {
      const today = await dateOf(database, at);
      return reply(200, found(await readQuote(database, quoteId, { today, customerId: principal.customerId }), 'quote', quoteId));
    },
  }),
  route({
    method: 'post',
    path: '/v1/quotes/{id}/accept',
    summary: 'Accept a quote: it becomes one order at its prices, however often it is accepted',
    roles: readers,
    params,
    responses: { 201: placedOrder },
    handler: (call) =>
      call.command(async (tx) => {
        const { principal, actor, at } = call;
        const order = await acceptQuote(tx, { quoteId: call.params.id, customerId: principal.customerId, actor, at });
        return reply(201, order, { Location: `/v1/orders/${order.id}` });
      }),
  }),
  route({
    method: 'post',
    path: '/v1/quotes/{id}/decline',
    summary: 'Decline a quote, with the reason; its draft may be changed and offered again',
    roles: readers,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: quote },
    handler: (call) =>
      call.command(async (tx) => {
        const { principal, actor, at } = call;
        const quoteId = call.params.id;
        await declineQuote(tx, { quoteId, customerId: principal.customerId, reason: call.body.reason, actor, at });
        return reply(200, found(await readQuote(tx, quoteId, { today: await dateOf(tx, at) }), 'quote', quoteId));
      }),
  }),
];
