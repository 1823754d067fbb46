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
const noRange = { p10Minor: null, p50Minor: null, p90Minor: null };
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
const range = {
  p10Minor: minor.meta({ description: 'Less than this comes in one week of ten like it.' }),
  p50Minor: minor.meta({ description: 'The middle: as likely more as less.' }),
  p90Minor: minor.meta({ description: 'More than this comes in one week of ten like it.' }),
};
const totals = {
  openMinor: minor.meta({ description: 'What is open and undisputed, less the cash that is here already.' }),
  ordersMinor: minor.meta({ description: 'What accepted orders that are not invoiced yet will ask for.' }),
  cashMinor: minor.meta({
    description: 'Unapplied cash, credit balances and unmatched receipts that stand for the oldest items.',
  }),
  laterMinor: minor.meta({ description: 'Expected after the last week.' }),
};

/** What is expected in a week of what is together in the list of parts. */
interface PartOfWeek extends Pick<ForecastPart, 'layer' | 'customerId' | 'dueOn'> {
  expectedMinor: number;
  amountMinor: number;
}
const placeOf = ({ layer, customerId, dueOn }: Omit<PartOfWeek, 'expectedMinor' | 'amountMinor'>) =>
  `${layer} ${customerId} ${dueOn}`;

/** What is expected of a week, or after the last one, in the order of the list. */
function partsOfWeek(parts: readonly ForecastPart[], week: number): PartOfWeek[] {
  const together = new Map<string, PartOfWeek>();
  for (const { layer, customerId, dueOn, byWeek } of parts) {
    const part = { layer, customerId, dueOn };
    const { expectedMinor = 0, amountMinor = 0 } = together.get(placeOf(part)) ?? {};
    const inWeek = expectedMinor + byWeek[week - 1]!;
    together.set(placeOf(part), { ...part, expectedMinor: inWeek, amountMinor: amountMinor + sumMinor(byWeek) });
  }
  return [...together.values()]
    .filter(({ expectedMinor }) => expectedMinor > 0)
    .toSorted((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1));
}

/** Lists that are being paged through: a page alone would cost as much as the whole forecast. */
const listsMaximum = 4;
const lists = new WeakMap<Queryable, Map<string, PartOfWeek[]>>();

/** The list that the page before was of, while it is among the last ones; else it is made. */
async function pagedList(database: Queryable, key: string, make: () => Promise<PartOfWeek[]>): Promise<PartOfWeek[]> {
  const kept = lists.get(database) ?? new Map<string, PartOfWeek[]>();
  const list = kept.get(key) ?? (await make());
  lists.set(database, kept.set(key, list));
  for (const oldest of kept.keys()) if (kept.size > listsMaximum) kept.delete(oldest);
  return list;
}

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
            weeks: z.array(z.strictObject({ ...week, ...layers, ...range, ...cameIn })),
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
      'p10 minor',
      'p50 minor',
      'p90 minor',
      'came in for it minor',
      'received minor',
    ],
    rows: ({ asOf, currencies }) =>
      currencies.flatMap(({ currency: code, weeks, laterMinor, later }) =>
        [...weeks, { from: 'later', to: null, expectedMinor: laterMinor, ...later, ...noRange, ...notOver }].map((one) => [
          asOf,
          code,
          one.from,
          one.to,
          one.expectedMinor,
          one.itemsMinor,
          one.promisesMinor,
          one.ordersMinor,
          one.p10Minor,
          one.p50Minor,
          one.p90Minor,
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
      // A cursor begins with when the list was made.
      const [, madeAt = at, place] = /^(\S+) (.*)$/.exec(query.after ?? '') ?? [];
      const key = [query.currency, query.asOf, query.week, madeAt].join(' ');
      const list = await pagedList(database, key, async () => {
        const { day } = await readDay(database, at, query.asOf);
        const forecast = (await readCashForecast(database, day)).find((one) => one.currency === query.currency);
        return partsOfWeek(forecast?.parts ?? [], query.week);
      });
      const begins = place === undefined ? 0 : list.findIndex((part) => placeOf(part) > place);
      const rows = begins < 0 ? [] : list.slice(begins, begins + query.limit + 1);
      return toPage(rows, query.limit, (part) => `${madeAt} ${placeOf(part)}`);
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
