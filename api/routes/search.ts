import { z } from 'zod';
import { searchRecords } from '../../db/queries/search.ts';
import { readSearchText } from '../../domain/search.ts';
import { everyone, type Route, reply, route, seesMoney } from '../contract.ts';
import { currency, minor, text } from '../schemas.ts';

export const searchRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/search',
    summary:
      'Orders, invoices, payments, shipments, customers and products by number, reference, tracking number, name or amount',
    roles: everyone,
    query: z.strictObject({ q: text(100) }),
    responses: {
      200: z.strictObject({
        items: z.array(
          z
            .strictObject({
              kind: z.enum(['order', 'invoice', 'customer', 'payment', 'product', 'shipment']),
              id: z.string(),
              orderId: z.string().nullable(),
              title: z.string(),
              detail: z.string(),
              currency: currency.nullable(),
              amountMinor: minor.nullable(),
            })
            .meta({ id: 'SearchResult' }),
        ),
      }),
    },
    handler: async ({ database, principal, query }) => {
      const rows = await searchRecords(database, readSearchText(query.q), principal.customerId);
      return reply(200, {
        items: rows
          .filter(({ kind }) => seesMoney(principal) || (kind !== 'invoice' && kind !== 'payment'))
          .map(({ name, status, ...row }) => ({
            ...row,
            title: row.kind === 'customer' || row.kind === 'product' ? name : row.id,
            detail: [row.kind === 'customer' || row.kind === 'product' ? row.id : name, status?.replaceAll('-', ' ')]
              .filter(Boolean)
              .join(' · '),
          })),
      });
    },
  }),
];
