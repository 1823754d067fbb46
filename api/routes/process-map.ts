import { z } from 'zod';
import {
  customerLoyalty,
  cycleIds,
  cycleTimes,
  ordersStanding,
  ordersThatLeft,
  placeOf,
  type Span,
  slowestMaximum,
  stageEffects,
  stageTimes,
  standingInStages,
} from '../../db/queries/process-map.ts';
import { type Period, rounded, shareOf } from '../../domain/metrics.ts';
import { stages } from '../../domain/order.ts';
import { findBottleneck } from '../../domain/process.ts';
import { addDays, instantAt } from '../../domain/time.ts';
import { type Route, staff } from '../contract.ts';
import { period, periodQuery, readPeriod, reportRoutes } from '../report-routes.ts';
import { currency, isoDate, minor, orderStatus, pageOf, paging, stage, toPage } from '../schemas.ts';

const hours = z.number().min(0);
const optionalHours = hours.nullable();
const noTime = {
  orders: 0,
  medianHours: null,
  p90Hours: null,
  slowestFromHours: null,
  workHours: 0,
  queueHours: 0,
  customerHours: 0,
  slowest: [],
};

const spanOf = ({ from, to }: Period, timeZone: string): Span => ({
  fromAt: instantAt(from, '00:00', timeZone),
  untilAt: instantAt(addDays(to, 1), '00:00', timeZone),
});
const optionally = (value: number | null) => (value === null ? null : rounded(value));

const stageOnMap = z
  .strictObject({
    stage,
    standing: z
      .array(z.strictObject({ currency, orders: z.int(), amountMinor: minor }))
      .meta({ description: 'What stands there now, with tax.' }),
    orders: z.int().meta({ description: 'That left it in the period, with how long they had been there.' }),
    medianHours: optionalHours,
    p90Hours: optionalHours,
    slowestFromHours: optionalHours.meta({ description: 'Of the slowest 5 %.' }),
    slowest: z
      .array(z.strictObject({ orderId: z.string(), hours }))
      .meta({ description: `The slowest 5 %, at most ${slowestMaximum}; all of them: GET /v1/process-map/{stage}/orders.` }),
    workHours: hours.meta({ description: 'Of all these orders together: somebody worked on them.' }),
    queueHours: hours.meta({ description: 'They waited for us.' }),
    customerHours: hours.meta({ description: 'They waited for the customer.' }),
  })
  .meta({ id: 'StageOnMap' });

const inStage = z
  .strictObject({ orderId: z.string(), customerId: z.string(), currency, amountMinor: minor, status: orderStatus, hours })
  .meta({ id: 'OrderInStage' });

export const processMapRoutes: Route[] = [
  ...reportRoutes({
    path: '/v1/process-map',
    summary: 'The stages with what stands in them, how long orders took that left them, whose time it was, and the bottleneck',
    roles: staff,
    query: z.strictObject(periodQuery),
    response: z
      .strictObject({
        from: isoDate,
        to: isoDate,
        bottleneck: stage.nullable().meta({ description: 'The longest mean time of an order in our own hands: work and queue.' }),
        stages: z.array(stageOnMap),
      })
      .meta({ id: 'ProcessMap' }),
    read: async ({ database, at, query }) => {
      const { from, to, timeZone } = await readPeriod(database, at, query);
      const span = spanOf({ from, to }, timeZone);
      const [times, standing] = await Promise.all([stageTimes(database, span), standingInStages(database)]);
      return {
        from,
        to,
        bottleneck: findBottleneck(times),
        stages: stages
          .filter((of) => of !== 'done')
          .map((of) => {
            const time = times.find((one) => one.stage === of) ?? noTime;
            return {
              stage: of,
              standing: standing.filter((row) => row.stage === of).map(({ stage: __, ...row }) => row),
              orders: time.orders,
              medianHours: optionally(time.medianHours),
              p90Hours: optionally(time.p90Hours),
              slowestFromHours: optionally(time.slowestFromHours),
              slowest: time.slowest.map((row) => ({ ...row, hours: rounded(row.hours) })),
              workHours: rounded(time.workHours),
              queueHours: rounded(time.queueHours),
              customerHours: rounded(time.customerHours),
            };
          }),
      };
    },
    columns: [
      'stage',
      'orders',
      'medianHours',
      'p90Hours',
      'slowestFromHours',
      'workHours',
      'queueHours',
      'customerHours',
      'slowest',
      'standing',
    ],
    rows: ({ stages: all }) =>
      all.map((row) => [
        row.stage,
        row.orders,
        row.medianHours,
        row.p90Hours,
        row.slowestFromHours,
        row.workHours,
        row.queueHours,
        row.customerHours,
        row.slowest.map(({ orderId }) => orderId).join(' '),
        row.standing.map((one) => `${one.orders} orders, ${one.amountMinor} minor ${one.currency}`).join('; '),
      ]),
  }),
  ...reportRoutes({
    path: '/v1/process-map/{stage}/orders',
    summary: 'The orders of a stage, the longest there first: those that stand in it, or those that left it in the period',
    roles: staff,
    params: z.strictObject({ stage }),
    query: z.strictObject({ show: z.enum(['standing', 'left']).default('left'), ...periodQuery, ...paging }),
    response: pageOf(inStage),
    read: async ({ database, at, params, query }) => {
      const { from, to, timeZone } = await readPeriod(database, at, query);
      const rows =
        query.show === 'standing'
          ? await ordersStanding(database, params.stage, at, query)
          : await ordersThatLeft(database, params.stage, spanOf({ from, to }, timeZone), query);
      const page = toPage(rows, query.limit, placeOf);
      return { ...page, items: page.items.map((row) => ({ ...row, hours: rounded(row.hours) })) };
    },
    columns: ['orderId', 'customerId', 'currency', 'amountMinor', 'status', 'hours'],
    rows: ({ items }) => items.map((row) => [row.orderId, row.customerId, row.currency, row.amountMinor, row.status, row.hours]),
  }),
  ...reportRoutes({
    path: '/v1/reports/stage-effects',
    summary: 'How orders that were slow in a stage fared in all later ones, over orders closed in the period',
    roles: staff,
    query: z.strictObject(periodQuery),
    response: z.strictObject({
      from: isoDate,
      to: isoDate,
      items: z.array(
        z
          .strictObject({
            stage,
            orders: z.int(),
            correlation: z
              .number()
              .min(-1)
              .max(1)
              .nullable()
              .meta({ description: 'Of the time here with the time in all later stages.' }),
            laterMedianHoursOfSlow: optionalHours.meta({
              description: 'In later stages, of orders above the median of this one.',
            }),
            laterMedianHoursOfQuick: optionalHours,
            differenceHours: z.number().nullable().meta({ description: 'Above 0: who is slow here is slow later too.' }),
          })
          .meta({ id: 'StageEffect' }),
      ),
    }),
    read: async ({ database, at, query }) => {
      const { from, to, timeZone } = await readPeriod(database, at, query);
      const effects = await stageEffects(database, spanOf({ from, to }, timeZone));
      const items = stages
        .flatMap((of) => effects.filter((row) => row.stage === of))
        .map((row) => {
          const { laterMedianHoursOfSlow: slow, laterMedianHoursOfQuick: quick, correlation } = row;
          return {
            ...row,
            correlation: optionally(correlation),
            laterMedianHoursOfSlow: optionally(slow),
            laterMedianHoursOfQuick: optionally(quick),
            differenceHours: slow === null || quick === null ? null : rounded(slow - quick),
          };
        });
      return { from, to, items };
    },
    columns: ['stage', 'orders', 'correlation', 'laterMedianHoursOfSlow', 'laterMedianHoursOfQuick', 'differenceHours'],
    rows: ({ items }) =>
      items.map((row) => [
        row.stage,
        row.orders,
        row.correlation,
        row.laterMedianHoursOfSlow,
        row.laterMedianHoursOfQuick,
        row.differenceHours,
      ]),
  }),
  ...reportRoutes({
    path: '/v1/reports/cycles',
    summary:
      'Sales cycle, onboarding, and how long disputes and returns took; how many customers came back, and how many did not',
    roles: staff,
    query: z.strictObject(periodQuery),
    response: z
      .strictObject({
        from: isoDate,
        to: isoDate,
        before: period,
        cycles: z.array(
          z.strictObject({ id: z.enum(cycleIds), count: z.int(), medianHours: optionalHours, p90Hours: optionalHours }),
        ),
        customers: z.strictObject({
          customers: z.int().meta({ description: 'With an order in the period.' }),
          returning: z.int().meta({ description: 'Of these: had ordered before it.' }),
          returningPercent: z.number().nullable(),
          customersBefore: z.int().meta({ description: 'With an order in the period before.' }),
          lost: z.int().meta({ description: 'Of these: without one in this period.' }),
          lostPercent: z.number().nullable(),
        }),
      })
      .meta({ id: 'Cycles' }),
    read: async ({ database, at, query }) => {
      const { from, to, before, timeZone } = await readPeriod(database, at, query);
      const span = spanOf({ from, to }, timeZone);
      const [cycles, customers] = await Promise.all([
        cycleTimes(database, span),
        customerLoyalty(database, span, spanOf(before, timeZone)),
      ]);
      return {
        from,
        to,
        before,
        cycles: cycles.map((row) => ({ ...row, medianHours: optionally(row.medianHours), p90Hours: optionally(row.p90Hours) })),
        customers: {
          ...customers,
          returningPercent: optionally(shareOf(customers.returning, customers.customers)),
          lostPercent: optionally(shareOf(customers.lost, customers.customersBefore)),
        },
      };
    },
    columns: ['id', 'count', 'medianHours', 'p90Hours'],
    rows: ({ cycles, customers }) => [
      ...cycles.map((row) => [row.id, row.count, row.medianHours, row.p90Hours]),
      ['returning-customers', customers.returning, null, null],
      ['lost-customers', customers.lost, null, null],
    ],
  }),
];
