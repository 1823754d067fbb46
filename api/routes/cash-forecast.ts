import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import { listCashForecasts, readCameIn, readCashForecast } from '../../db/queries/cash-forecast.ts';
import { readCompany } from '../../db/statements/company.ts';
import { type ForecastPart, forecastLayers, forecastWeeks } from '../../domain/cash-forecast.ts';
import { rounded, shareOf } from '../../domain/metrics.ts';
import { sumMinor } from '../../domain/money.ts';
import { instantAt, localDate } from '../../domain/time.ts';
import type { Route } from '../contract.ts';
import { dayUpToToday, reportRoutes } from '../report-routes.ts';
import { currency, isoDate, isoInstant, minor, pageOf, paging, toPage } from '../schemas.ts';

const roles = ['finance', 'receivables', 'admin'] as const;
const week = { from: isoDate, to: isoDate, expectedMinor: minor };
const cameIn = {
  ofForecastMinor: minor
    .nullable()
    .meta({ description: 'Came in for items and orders that were there then; null: it is not over.' }),
  receivedMinor: minor.nullable().meta({ description: 'All receipts of the week, by value date.' }),
};
const notOver = { ofForecastMinor: null, receivedMinor: null };
const dayQuery = {
  asOf: isoDate
    .optional()
    .meta({ description: 'A day that is past: the forecast as it would have been made at its end. Absent: of now.' }),
};

/** The day that a forecast looks ahead from, with today's date. */
async function readDay(database: Queryable, at: string, asked: string | undefined) {
  const { timeZone } = await readCompany(database);
  const now = localDate(at, timeZone);
  const today = await dayUpToToday(database, at, asked, '/query/asOf');
  const isPast = today !== now;
  return { now, day: { today, isPast, at: isPast ? instantAt(today, '23:59:59.999999', timeZone) : at } };
}
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

/** What is together in the list of parts, and its cursor. */
const placeOf = ({ layer, customerId, dueOn }: Pick<ForecastPart, 'layer' | 'customerId' | 'dueOn'>) =>
  `${layer} ${customerId} ${dueOn}`;

export const cashForecastRoutes: Route[] = [
  ...reportRoutes({
    path: '/v1/reports/cash-forecast',
    summary:
      'What open items, promises and orders that are not invoiced yet are expected to bring in each of 13 weeks, from now or from a past day on, with what then came in',
    roles,
    query: z.strictObject(dayQuery),
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
            weeks: z.array(z.strictObject({ ...week, ...layers, ...cameIn })),
            later: z.strictObject(layers).meta({ description: '`laterMinor`, by layer.' }),
          }),
        ),
      })
      .meta({ id: 'CashForecast' }),
    read: async ({ database, at, query }) => {
      const { now, day } = await readDay(database, at, query.asOf);
      const currencies = await readCashForecast(database, day);
      return {
        asOf: day.today,
        currencies: await Promise.all(
          currencies.map(async (found) => {
            const { company, parts: _, weeks, ...row } = found;
            const actual = await readCameIn(database, { currency: row.currency, weeks }, day, now);
            return {
              ...row,
              weeks: weeks.map((one, index) => ({ ...one, ...(actual[index] ?? notOver) })),
              company: { ...company, meanDaysLate: rounded(company.meanDaysLate), deviationDays: rounded(company.deviationDays) },
            };
          }),
        ),
      };
    },
    columns: [
      'asOf',
      'currency',
      'from',
      'to',
      'expected minor',
      'items minor',
      'promises minor',
      'orders minor',
      'came in for it minor',
      'received minor',
    ],
    rows: ({ asOf, currencies }) =>
      currencies.flatMap(({ currency: code, weeks, laterMinor, later }) =>
        [...weeks, { from: 'later', to: null, expectedMinor: laterMinor, ...later, ...notOver }].map((one) => [
          asOf,
          code,
          one.from,
          one.to,
          one.expectedMinor,
          one.itemsMinor,
          one.promisesMinor,
          one.ordersMinor,
          one.ofForecastMinor,
          one.receivedMinor,
        ]),
      ),
  }),
  ...reportRoutes({
    path: '/v1/reports/cash-forecast/parts',
    summary: 'What is expected of a week, or after the last one, by layer, customer and day: it comes to the week',
    roles,
    query: z.strictObject({
      currency,
      ...dayQuery,
      week: z.coerce
        .number()
        .int()
        .min(1)
        .max(forecastWeeks + 1)
        .meta({ description: `1 is the first; ${forecastWeeks + 1} is all that comes later.` }),
      ...paging,
    }),
    response: pageOf(
      z
        .strictObject({
          layer: z.enum(forecastLayers),
          customerId: z.string(),
          dueOn: isoDate.meta({ description: 'Items are due then, promises are for that day, invoices of orders will be due.' }),
          expectedMinor: minor.meta({ description: 'In this week.' }),
          amountMinor: minor.meta({ description: 'In all weeks together, and later.' }),
        })
        .meta({ id: 'CashForecastPart' }),
    ),
    read: async ({ database, at, query }) => {
      const { day } = await readDay(database, at, query.asOf);
      const forecast = (await readCashForecast(database, day)).find((one) => one.currency === query.currency);
      const together = new Map<string, { expectedMinor: number; amountMinor: number; of: ForecastPart }>();
      for (const of of forecast?.parts ?? []) {
        const key = placeOf(of);
        const { expectedMinor = 0, amountMinor = 0 } = together.get(key) ?? {};
        const inWeek = expectedMinor + of.byWeek[query.week - 1]!;
        together.set(key, { of, expectedMinor: inWeek, amountMinor: amountMinor + sumMinor(of.byWeek) });
      }
      const rows = [...together.values()]
        .filter(({ of, expectedMinor }) => expectedMinor > 0 && (query.after === undefined || placeOf(of) > query.after))
        .toSorted((left, right) => (placeOf(left.of) < placeOf(right.of) ? -1 : 1))
        .slice(0, query.limit + 1)
        .map(({ of: { layer, customerId, dueOn }, ...amounts }) => ({ layer, customerId, dueOn, ...amounts }));
      return toPage(rows, query.limit, placeOf);
    },
    columns: ['layer', 'customerId', 'dueOn', 'expected minor', 'amount minor'],
    rows: ({ items }) => items.map((row) => [row.layer, row.customerId, row.dueOn, row.expectedMinor, row.amountMinor]),
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
                ...cameIn,
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
          weeks: weeks.map(({ from, to, expectedMinor }, index) => ({ from, to, expectedMinor, ...(actual[index] ?? notOver) })),
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
