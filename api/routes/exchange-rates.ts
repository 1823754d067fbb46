import { z } from 'zod';
import { listExchangeRates } from '../../db/queries/exchange-rates.ts';
import { saveExchangeRates } from '../../db/transactions/save-exchange-rates.ts';
import { type Route, reply, route } from '../contract.ts';
import { currency, isoDate, isoInstant, pageOf, paging, text, toPage } from '../schemas.ts';

const rate = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,12})?$/, 'Must be a decimal above zero, with at most 6 digits before and 12 after the point.')
  .refine((value) => /[1-9]/.test(value), 'Must be above zero.')
  .meta({ example: '0.0062', description: 'Units of the company’s currency for one unit of the other: 0.0062 euros for a yen.' });

const exchangeRate = z
  .strictObject({
    id: z.int(),
    currency,
    validOn: isoDate,
    rate,
    source: z.string(),
    actor: z.string(),
    at: isoInstant,
  })
  .meta({ id: 'ExchangeRate' });

export const exchangeRateRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/exchange-rates',
    summary: 'Save exchange rates; of a day the newest on or before it counts, and what is booked stays as it is',
    roles: ['finance', 'admin'],
    body: z
      .strictObject({
        source: text(100).meta({ example: 'ECB' }),
        rates: z
          .array(z.strictObject({ currency, validOn: isoDate, rate }))
          .min(1)
          .max(1_000)
          .refine(
            (rates) => new Set(rates.map((one) => `${one.currency} ${one.validOn}`)).size === rates.length,
            'One rate per currency and day.',
          ),
      })
      .meta({ id: 'NewExchangeRates' }),
    responses: { 200: z.strictObject({ saved: z.int(), unchanged: z.int() }) },
    handler: (call) =>
      call.command(async (tx) => reply(200, await saveExchangeRates(tx, { ...call.body, actor: call.actor, at: call.at }))),
  }),
  route({
    method: 'get',
    path: '/v1/exchange-rates',
    summary: 'Every rate that was saved, the last one first',
    roles: ['sales', 'receivables', 'finance', 'admin'],
    query: z.strictObject({
      currency: currency.optional(),
      validFrom: isoDate.optional(),
      validTo: isoDate.optional(),
      ...paging,
      after: paging.after.refine(
        (after) => after === undefined || /^\d{1,15}$/.test(after),
        'Must be the `next` of an earlier page.',
      ),
    }),
    responses: { 200: pageOf(exchangeRate) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listExchangeRates(database, query, query), query.limit, (row) => String(row.id)),
      ),
  }),
];
