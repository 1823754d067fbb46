import { z } from 'zod';
import { readCustomer } from '../../db/queries/customers.ts';
import { offerProducts, priceOrder } from '../../db/queries/order-prices.ts';
import { findSkus } from '../../db/queries/products.ts';
import { readCompany } from '../../db/statements/company.ts';
import { readSearchText } from '../../domain/search.ts';
import { localDate } from '../../domain/time.ts';
import { buyers, type Route, reply, route } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { currency, customerId, minor, pageOf, paging, text, toPage } from '../schemas.ts';
import { orderRequest } from './orders.ts';

/** What somebody who fills an order in must know before they place it. */
export const orderPriceRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/customers/{id}/offer',
    summary: 'Products by SKU with what they cost the customer today, quantity breaks included, and how many there are to have',
    roles: buyers,
    params: z.strictObject({ id: customerId }),
    query: z.strictObject({
      q: text(100).optional().meta({ description: 'The beginning of a SKU or of words of a name.' }),
      ...paging,
    }),
    responses: {
      200: pageOf(
        z
          .strictObject({
            sku: z.string(),
            name: z.string(),
            currency,
            available: z.int(),
            makeToOrder: z.boolean(),
            prices: z
              .array(z.strictObject({ minimumQuantity: z.int(), unitPriceMinor: minor }))
              .meta({ description: 'Per unit without tax, on a line of at least so many. Empty: not for sale in the currency.' }),
          })
          .meta({ id: 'OfferedProduct' }),
      ),
    },
    handler: async ({ database, principal, params: { id }, query, at }) => {
      narrow(principal, id);
      const { currency: theirs } = found(await readCustomer(database, id), 'customer', id);
      const today = localDate(at, (await readCompany(database)).timeZone);
      const { items: skus, next } = toPage(
        await findSkus(database, readSearchText(query.q ?? ''), query),
        query.limit,
        (sku) => sku,
      );
      const offered = await offerProducts(database, { customerId: id, currency: theirs, skus, today });
      return reply(200, { items: offered.map((product) => ({ ...product, currency: theirs })), next });
    },
  }),
  route({
    method: 'post',
    path: '/v1/order-prices',
    summary: 'What an order would come to now, or every fault in it but stock, without placing it',
    roles: buyers,
    body: orderRequest,
    responses: {
      200: z
        .strictObject({
          netMinor: minor,
          taxMinor: minor,
          grossMinor: minor,
          lines: z.array(
            z.strictObject({
              lineNumber: z.int(),
              sku: z.string(),
              description: z.string(),
              quantity: z.int(),
              unitPriceMinor: minor,
              priceListId: z.string().nullable(),
              minimumQuantity: z.int().nullable(),
              netMinor: minor,
            }),
          ),
        })
        .meta({ id: 'PricedOrder' }),
    },
    handler: async ({ database, principal, body, at }) => {
      narrow(principal, body.customerId);
      return reply(200, await priceOrder(database, body, localDate(at, (await readCompany(database)).timeZone)));
    },
  }),
];
