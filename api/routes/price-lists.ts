import { z } from 'zod';
import { listPriceLists, listPricesOf, readPriceList } from '../../db/queries/price-lists.ts';
import { savePriceList } from '../../db/transactions/save-price-list.ts';
import { type Route, reply, route, staff } from '../contract.ts';
import { found } from '../ownership.ts';
import {
  amountMinor,
  currency,
  customerId,
  isoDate,
  pageOf,
  paging,
  priceListId,
  quantity,
  segment,
  sku,
  text,
  toPage,
} from '../schemas.ts';

const priceList = z
  .strictObject({
    id: priceListId,
    name: text(200),
    currency,
    customerId: customerId.nullable(),
    segment: segment.nullable(),
    validFrom: isoDate.nullable(),
    validUntil: isoDate.nullable(),
    version: z.int(),
  })
  .meta({ id: 'PriceList' });

const details = z
  .strictObject({
    name: text(200),
    currency,
    customerId: customerId
      .optional()
      .meta({ description: 'For this customer alone. Without customer and segment: for everyone.' }),
    segment: segment.optional().meta({ description: 'For the customers of this segment.' }),
    validFrom: isoDate.optional().meta({ description: 'The first day, in the company’s time zone.' }),
    validUntil: isoDate.optional().meta({ description: 'The last day.' }),
    prices: z
      .array(
        z.strictObject({
          sku,
          minimumQuantity: quantity.default(1).meta({ description: 'The price is for lines of at least so many units.' }),
          unitPriceMinor: amountMinor.nullable().meta({ description: 'Null takes the price off the list.' }),
        }),
      )
      .max(1_000)
      .refine(
        (prices) => new Set(prices.map((price) => `${price.sku} ${price.minimumQuantity}`)).size === prices.length,
        'One price per product and minimum quantity.',
      )
      .default([]),
  })
  .refine((list) => list.customerId === undefined || list.segment === undefined, {
    path: ['segment'],
    message: 'A list is for a customer or for a segment, not for both.',
  })
  .refine((list) => list.validFrom === undefined || list.validUntil === undefined || list.validFrom <= list.validUntil, {
    path: ['validUntil'],
    message: 'Must not be before the first day.',
  })
  .meta({ id: 'PriceListDetails' });

const params = z.strictObject({ id: priceListId });
const pricePosition = z.strictObject({
  ...paging,
  after: paging.after.refine(
    (after) => after === undefined || /^\S{1,40} \d{1,7}$/.test(after),
    'Must be the `next` of an earlier page.',
  ),
});

export const priceListRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/price-lists',
    summary: 'Price lists by id',
    roles: staff,
    query: z.strictObject({ customerId: customerId.optional(), segment: segment.optional(), ...paging }),
    responses: { 200: pageOf(priceList) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listPriceLists(database, query, query), query.limit, (row) => row.id),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/price-lists/{id}',
    summary: 'One price list, without its prices',
    roles: staff,
    params,
    responses: { 200: priceList },
    handler: async ({ database, params: { id } }) => reply(200, found(await readPriceList(database, id), 'price-list', id)),
  }),
  route({
    method: 'get',
    path: '/v1/price-lists/{id}/prices',
    summary: 'What stands on a price list, by product and quantity break',
    roles: staff,
    params,
    query: pricePosition,
    responses: { 200: pageOf(z.strictObject({ sku, minimumQuantity: z.int(), unitPriceMinor: amountMinor })) },
    handler: async ({ database, params: { id }, query }) => {
      found(await readPriceList(database, id), 'price-list', id);
      const rows = await listPricesOf(database, id, query);
      return reply(
        200,
        toPage(rows, query.limit, (row) => `${row.sku} ${row.minimumQuantity}`),
      );
    },
  }),
  route({
    method: 'put',
    path: '/v1/price-lists/{id}',
    summary: 'Take a price list in or change it; a price that is not named stays',
    roles: ['sales', 'finance', 'admin'],
    params,
    body: details,
    responses: { 200: priceList, 201: priceList },
    handler: (call) =>
      call.command(async (tx) => {
        const { id } = call.params;
        const { created } = await savePriceList(tx, { ...call.body, id, actor: call.actor, at: call.at });
        return reply(created ? 201 : 200, found(await readPriceList(tx, id), 'price-list', id));
      }),
  }),
];
