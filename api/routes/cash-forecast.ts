import { z } from 'zod';
import { listCashForecasts, readCashForecast } from '../../db/queries/cash-forecast.ts';
import { readCompany } from '../../db/statements/company.ts';
import { rounded, shareOf } from '../../domain/metrics.ts';
import { localDate } from '../../domain/time.ts';
import type { Route } from '../contract.ts';
import { reportRoutes } from '../report-routes.ts';
import { currency, isoDate, isoInstant, minor } from '../schemas.ts';

const roles = ['finance', 'receivables', 'admin'] as const;
const week = { from: isoDate, to: isoDate, expectedMinor: minor };
const layers = {
  itemsMinor: minor.meta({ description: 'Open items, by how their customers have paid.' }),
  promisesMinor: minor.meta({ description: 'Of open items: promised, by the share of promises that is kept.' }),
  ordersMinor: minor.meta({ description: 'Of orders that are not invoiced yet.' }),
};
const totals = {
  openMinor: minor.meta({ description: 'What is open and undisputed, less the cash that is here already.' }),
  ordersMinor: minor.meta({ description: 'What accepted orders that are not invoiced yet will ask for.' }),
  cashMinor: minor.meta({
    description: 'Unapplied cash, credit balances and unmatched receipts that stand for the oldest items.',
  }),
  laterMinor: minor.meta({ description: 'Expected after the last week.' }),
};

export const cashForecastRoutes: Route[] = [
  ...reportRoutes({
    path: '/v1/reports/cash-forecast',
    summary: 'What open items, promises and orders that are not invoiced yet are expected to bring in each of the next 13 weeks',
    roles,
    query: z.strictObject({}),
    response: z
      .strictObject({
        asOf: isoDate,
        currencies: z.array(
          z.strictObject({
            currency,
            ...totals,
            disputedMinor: minor.meta({ description: 'Open and not expected.' }),
            company: z.strictObject({ items: z.int(), meanDaysLate: z.number(), deviationDays: z.number() }).meta({
              description: 'How all customers paid within a year: it stands in for those with fewer than 5 paid items.',
            }),
            weeks: z.array(z.strictObject({ ...week, ...layers })),
            later: z.strictObject(layers).meta({ description: '`laterMinor`, by layer.' }),
          }),
        ),
      })
      .meta({ id: 'CashForecast' }),
    read: async ({ database, at }) => {
      const asOf = localDate(at, (await readCompany(database)).timeZone);
      const currencies = await readCashForecast(database, asOf);
      return {
        asOf,
        currencies: currencies.map(({ company, ...row }) => ({
          ...row,
          company: { ...company, meanDaysLate: rounded(company.meanDaysLate), deviationDays: rounded(company.deviationDays) },
        })),
      };
    },
    columns: ['asOf', 'currency', 'from', 'to', 'expected minor', 'items minor', 'promises minor', 'orders minor'],
    rows: ({ asOf, currencies }) =>
      currencies.flatMap(({ currency: code, weeks, laterMinor, later }) =>
        [...weeks, { from: 'later', to: null, expectedMinor: laterMinor, ...later }].map((one) => [
          asOf,
          code,
          one.from,
          one.to,
          one.expectedMinor,
          one.itemsMinor,
          one.promisesMinor,
          one.ordersMinor,
        ]),
      ),
  }),
  ...reportRoutes({
    path: '/v1/reports/cash-forecasts',
    summary: 'The forecasts that were kept each week, newest first, with what then came in',
    roles,
    query: z.strictObject({ currency, limit: z.coerce.number().int().min(1).max(52).default(13) }),
    response: z.strictObject({
      items: z.array(
        z
          .strictObject({
            asOf: isoDate,
            currency,
            at: isoInstant,
            ...totals,
            weeks: z.array(
              z.strictObject({
                ...week,
                ofForecastMinor: minor
                  .nullable()
                  .meta({ description: 'Came in for items and orders that were there then; null: it is not over.' }),
                receivedMinor: minor.nullable().meta({ description: 'All receipts of the week, by value date.' }),
              }),
            ),
            expectedByNowMinor: minor.meta({ description: 'In the weeks that are over.' }),
            cameInByNowMinor: minor,
            errorPercent: z
              .number()
              .nullable()
              .meta({ description: '(expected − came in) ÷ came in × 100, over the weeks that are over.' }),
          })
          .meta({ id: 'KeptCashForecast' }),
      ),
    }),
    read: async ({ database, at, query }) => {
      const today = localDate(at, (await readCompany(database)).timeZone);
      const kept = await listCashForecasts(database, { ...query, today });
      const items = kept.map(({ actual, weeks, ...row }) => {
        const over = weeks.slice(0, actual.length);
        const expectedByNowMinor = over.reduce((sum, { expectedMinor }) => sum + expectedMinor, 0);
        const cameInByNowMinor = actual.reduce((sum, { ofForecastMinor }) => sum + ofForecastMinor, 0);
        const error = shareOf(expectedByNowMinor - cameInByNowMinor, cameInByNowMinor);
        return {
          ...row,
          weeks: weeks.map(({ from, to, expectedMinor }, index) => {
            const cameIn = actual[index] ?? { ofForecastMinor: null, receivedMinor: null };
            return { from, to, expectedMinor, ...cameIn };
          }),
          expectedByNowMinor,
          cameInByNowMinor,
          errorPercent: error === null ? null : rounded(error),
        };
      });
      return { items };
    },
    columns: ['asOf', 'currency', 'from', 'to', 'expected minor', 'came in for it minor', 'received minor'],
    rows: ({ items }) =>
      items.flatMap(({ asOf, currency: code, weeks }) =>
        weeks.map((one) => [asOf, code, one.from, one.to, one.expectedMinor, one.ofForecastMinor, one.receivedMinor]),
      ),
  }),
];
