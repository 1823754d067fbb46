import { z } from 'zod';
import {
  type CustomerLoyalty,
  type CycleTime,
  customerLoyalty,
  cycleRecords,
  cycleTimes,
  ordersStanding,
  ordersThatLeft,
  placeOf,
  type Span,
  type StageEffect,
  type StageTimes,
  slowestMaximum,
  stageEffects,
  stageTimes,
  standingInStages,
} from '../../db/queries/process-map.ts';
import { periodBefore, rounded, shareOf } from '../../domain/metrics.ts';
import { type Stage, stages } from '../../domain/order.ts';
import { cycleIds, cycles as cycleMeanings, effectFormula, findBottleneck, loyaltyIds } from '../../domain/process.ts';
import { type Route, staff } from '../contract.ts';
import { period, periodQuery, readPeriod, reportRoutes, spanOf } from '../report-routes.ts';
import { currency, isoDate, isoInstant, minor, orderStatus, pageOf, paging, sku, stage, toPage } from '../schemas.ts';

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
};

const optionally = (value: number | null) => (value === null ? null : rounded(value));

/** The end of a period that is over: what stood somewhere is told as of then. Undefined: it goes on to today, and what stands there now is. */
const pastEnd = ({ untilAt }: Span, at: string): string | undefined => (untilAt <= at ? untilAt : undefined);

const standing = z.array(z.strictObject({ currency, orders: z.int(), amountMinor: minor }));
const stageTime = {
  orders: z.int().meta({ description: 'That left it in the period, with how long they had been there.' }),
  medianHours: optionalHours,
  p90Hours: optionalHours,
  slowestFromHours: optionalHours.meta({ description: 'Of the slowest 5 %.' }),
  workHours: hours.meta({ description: 'Of all these orders together: somebody worked on them.' }),
  queueHours: hours.meta({ description: 'They waited for us.' }),
  customerHours: hours.meta({ description: 'They waited for the customer.' }),
};
const stageOnMap = z
  .strictObject({
    stage,
    standing: standing.meta({
      description: 'What stands there now, or stood there at the end of a period that is over, with tax.',
    }),
    ...stageTime,
    slowest: z
      .array(z.strictObject({ orderId: z.string(), hours }))
      .meta({ description: `The slowest 5 %, at most ${slowestMaximum}; all of them: GET /v1/process-map/{stage}/orders.` }),
    before: z.strictObject({ standing, ...stageTime }).meta({ description: 'Of the period before, and at its end.' }),
  })
  .meta({ id: 'StageOnMap' });

const cycleTime = { count: z.int(), medianHours: optionalHours, p90Hours: optionalHours };
const loyalty = {
  customers: z.int().meta({ description: 'With an order in the period.' }),
  returning: z.int().meta({ description: 'Of these: had ordered before it.' }),
  returningPercent: z.number().nullable(),
  customersBefore: z.int().meta({ description: 'With an order in the period before.' }),
  lost: z.int().meta({ description: 'Of these: without one in this period.' }),
  lostPercent: z.number().nullable(),
};

const inStage = z
  .strictObject({ orderId: z.string(), customerId: z.string(), currency, amountMinor: minor, status: orderStatus, hours })
  .meta({ id: 'OrderInStage' });

export const processMapRoutes: Route[] = [
  ...reportRoutes({
    path: '/v1/process-map',
    summary:
      'The stages with what stands in them, how long orders took that left them, whose time it was, and the bottleneck, each beside the period before',
    roles: staff,
    query: z.strictObject(periodQuery),
    response: z
      .strictObject({
        from: isoDate,
        to: isoDate,
        before: period,
        bottleneck: stage.nullable().meta({ description: 'The longest mean time of an order in our own hands: work and queue.' }),
        bottleneckBefore: stage.nullable().meta({ description: 'Of the period before.' }),
        stages: z.array(stageOnMap),
      })
      .meta({ id: 'ProcessMap' }),
    read: async ({ database, at, query }) => {
      const { from, to, before, timeZone } = await readPeriod(database, at, query);
      const [span, spanBefore] = [spanOf({ from, to }, timeZone), spanOf(before, timeZone)];
      const [times, timesBefore, stands, stood] = await Promise.all([
        stageTimes(database, span),
        stageTimes(database, spanBefore),
        standingInStages(database, pastEnd(span, at)),
        standingInStages(database, spanBefore.untilAt),
      ]);
      const timeOf = (of: Stage, all: readonly StageTimes[]) => {
        const time = all.find((one) => one.stage === of) ?? noTime;
        return {
          orders: time.orders,
          medianHours: optionally(time.medianHours),
          p90Hours: optionally(time.p90Hours),
          slowestFromHours: optionally(time.slowestFromHours),
          workHours: rounded(time.workHours),
          queueHours: rounded(time.queueHours),
          customerHours: rounded(time.customerHours),
        };
      };
      const standingIn = (of: Stage, all: typeof stands) =>
        all.filter((row) => row.stage === of).map(({ stage: __, ...row }) => row);
      return {
        from,
        to,
        before,
        bottleneck: findBottleneck(times),
        bottleneckBefore: findBottleneck(timesBefore),
        stages: stages
          .filter((of) => of !== 'done')
          .map((of) => ({
            stage: of,
            standing: standingIn(of, stands),
            ...timeOf(of, times),
            slowest: (times.find((one) => one.stage === of)?.slowest ?? []).map((row) => ({ ...row, hours: rounded(row.hours) })),
            before: { standing: standingIn(of, stood), ...timeOf(of, timesBefore) },
          })),
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
      'ordersBefore',
      'medianHoursBefore',
      'p90HoursBefore',
      'workHoursBefore',
      'queueHoursBefore',
      'customerHoursBefore',
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
        row.before.orders,
        row.before.medianHours,
        row.before.p90Hours,
        row.before.workHours,
        row.before.queueHours,
        row.before.customerHours,
      ]),
  }),
  ...reportRoutes({
    path: '/v1/process-map/{stage}/orders',
    summary:
      'The orders of a stage, the longest there first: those that stand in it, now or at the end of a period that is over, or those that left it in the period',
    roles: staff,
    params: z.strictObject({ stage }),
    query: z.strictObject({
      show: z.enum(['standing', 'left']).default('left'),
      sku: sku.optional().meta({ description: 'Only orders that contain it.' }),
      ...periodQuery,
      ...paging,
    }),
    response: pageOf(inStage),
    read: async ({ database, at, params, query }) => {
      const { from, to, timeZone } = await readPeriod(database, at, query);
      const of = { stage: params.stage, sku: query.sku };
      const span = spanOf({ from, to }, timeZone);
      const rows =
        query.show === 'standing'
          ? await ordersStanding(database, of, pastEnd(span, at) ?? at, query)
          : await ordersThatLeft(database, of, span, query);
      const page = toPage(rows, query.limit, (row) => placeOf(row.hours, row.orderId));
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
      before: period,
      formula: z.string().meta({ description: 'In words.' }),
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
            before: z.strictObject({
              orders: z.int(),
              correlation: z.number().nullable(),
              differenceHours: z.number().nullable(),
            }),
          })
          .meta({ id: 'StageEffect' }),
      ),
    }),
    read: async ({ database, at, query }) => {
      const { from, to, before, timeZone } = await readPeriod(database, at, query);
      const [effects, earlier] = await Promise.all([
        stageEffects(database, spanOf({ from, to }, timeZone)),
        stageEffects(database, spanOf(before, timeZone)),
      ]);
      const compared = (row: StageEffect | undefined) => {
        const { laterMedianHoursOfSlow: slow = null, laterMedianHoursOfQuick: quick = null, correlation = null } = row ?? {};
        return {
          orders: row?.orders ?? 0,
          correlation: optionally(correlation),
          differenceHours: slow === null || quick === null ? null : rounded(slow - quick),
        };
      };
      const items = stages
        .flatMap((of) => effects.filter((row) => row.stage === of))
        .map((row) => ({
          stage: row.stage,
          ...compared(row),
          laterMedianHoursOfSlow: optionally(row.laterMedianHoursOfSlow),
          laterMedianHoursOfQuick: optionally(row.laterMedianHoursOfQuick),
          before: compared(earlier.find((one) => one.stage === row.stage)),
        }));
      return { from, to, before, formula: effectFormula, items };
    },
    columns: [
      'stage',
      'orders',
      'correlation',
      'laterMedianHoursOfSlow',
      'laterMedianHoursOfQuick',
      'differenceHours',
      'correlationBefore',
      'differenceHoursBefore',
    ],
    rows: ({ items }) =>
      items.map((row) => [
        row.stage,
        row.orders,
        row.correlation,
        row.laterMedianHoursOfSlow,
        row.laterMedianHoursOfQuick,
        row.differenceHours,
        row.before.correlation,
        row.before.differenceHours,
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
          z.strictObject({
            id: z.enum(cycleIds),
            name: z.string(),
            formula: z.string().meta({ description: 'In words.' }),
            ...cycleTime,
            before: z.strictObject(cycleTime),
          }),
        ),
        customers: z.strictObject({ ...loyalty, before: z.strictObject(loyalty) }),
      })
      .meta({ id: 'Cycles' }),
    read: async ({ database, at, query }) => {
      const { from, to, before, timeZone } = await readPeriod(database, at, query);
      const span = spanOf({ from, to }, timeZone);
      const spanBefore = spanOf(before, timeZone);
      const [cycles, earlier, customers, customersBefore] = await Promise.all([
        cycleTimes(database, span),
        cycleTimes(database, spanBefore),
        customerLoyalty(database, span, spanBefore),
        customerLoyalty(database, spanBefore, spanOf(periodBefore(before), timeZone)),
      ]);
      const took = ({ count, medianHours, p90Hours }: CycleTime) => ({
        count,
        medianHours: optionally(medianHours),
        p90Hours: optionally(p90Hours),
      });
      const withShares = (facts: CustomerLoyalty) => ({
        ...facts,
        returningPercent: optionally(shareOf(facts.returning, facts.customers)),
        lostPercent: optionally(shareOf(facts.lost, facts.customersBefore)),
      });
      return {
        from,
        to,
        before,
        cycles: cycles.map((row, index) => ({
          id: row.id,
          ...cycleMeanings[row.id],
          ...took(row),
          before: took(earlier[index]!),
        })),
        customers: { ...withShares(customers), before: withShares(customersBefore) },
      };
    },
    columns: ['id', 'count', 'medianHours', 'p90Hours', 'countBefore', 'medianHoursBefore', 'formula'],
    rows: ({ cycles, customers }) => [
      ...cycles.map((row) => [
        row.id,
        row.count,
        row.medianHours,
        row.p90Hours,
        row.before.count,
        row.before.medianHours,
        row.formula,
      ]),
      ...loyaltyIds.map((of) => {
        const count = of === 'lost-customers' ? 'lost' : 'returning';
        return [of, customers[count], null, null, customers.before[count], null, cycleMeanings[of].formula];
      }),
    ],
  }),
  ...reportRoutes({
    path: '/v1/reports/cycles/{cycle}/records',
    summary: 'What is counted of a cycle, the longest first: quotes, customers, disputes or returns',
    roles: staff,
    params: z.strictObject({ cycle: z.enum([...cycleIds, ...loyaltyIds]) }),
    query: z.strictObject({ ...periodQuery, ...paging }),
    response: pageOf(
      z
        .strictObject({
          id: z.string(),
          customerId: z.string(),
          orderId: z.string().nullable(),
          beganAt: isoInstant,
          endedAt: isoInstant,
          hours: z.number().meta({ description: 'Of customers: since the order before, or since their last one.' }),
        })
        .meta({ id: 'CycleRecord' }),
    ),
    read: async ({ database, at, params, query }) => {
      const { from, to, before, timeZone } = await readPeriod(database, at, query);
      const spans = { span: spanOf({ from, to }, timeZone), before: spanOf(before, timeZone) };
      const rows = await cycleRecords(database, params.cycle, spans, query);
      const page = toPage(rows, query.limit, (row) => placeOf(row.hours, row.id));
      return { ...page, items: page.items.map((row) => ({ ...row, hours: rounded(row.hours) })) };
    },
    columns: ['id', 'customerId', 'orderId', 'beganAt', 'endedAt', 'hours'],
    rows: ({ items }) => items.map((row) => [row.id, row.customerId, row.orderId, row.beganAt, row.endedAt, row.hours]),
  }),
];
