import { z } from 'zod';
import { placeOf } from '../../db/queries/process-map.ts';
import { productsMaximum, stageOfWork, timeByPerson, timeByProduct, workOfPerson, works } from '../../db/queries/stage-work.ts';
import { rounded } from '../../domain/metrics.ts';
import { stages } from '../../domain/order.ts';
import { type Route, staff } from '../contract.ts';
import { period, periodQuery, readPeriod, reportRoutes, spanOf } from '../report-routes.ts';
import { id, isoDate, isoInstant, pageOf, paging, stage, toPage } from '../schemas.ts';

const hours = z.number().min(0);
const optionalHours = hours.nullable();
const optionally = (value: number | null) => (value === null ? null : rounded(value));
const work = z.enum(works);
// Who finished what, and how quickly, is for who leads people.
const leaders = ['finance', 'admin'] as const;

export const stageWorkRoutes: Route[] = [
  ...reportRoutes({
    path: '/v1/reports/people',
    summary: 'What each person finished in a period by kind of work, and how long it took from when it was there to do',
    roles: leaders,
    query: z.strictObject(periodQuery),
    response: z.strictObject({
      from: isoDate,
      to: isoDate,
      before: period,
      items: z.array(
        z
          .strictObject({
            actor: z.string(),
            stage: stage.nullable().meta({ description: 'Of the orders that it is done in; null: it looks after none.' }),
            work,
            done: z.int(),
            medianHours: hours.meta({ description: 'From when it was there to do until it was done.' }),
            p90Hours: hours,
            inHandMedianHours: optionalHours.meta({ description: 'From when it was claimed; null: none of it was.' }),
            before: z.strictObject({ done: z.int(), medianHours: optionalHours }),
          })
          .meta({ id: 'TimeOfPerson' }),
      ),
    }),
    read: async ({ database, at, query }) => {
      const { from, to, before, timeZone } = await readPeriod(database, at, query);
      const [rows, earlier] = await Promise.all([
        timeByPerson(database, spanOf({ from, to }, timeZone)),
        timeByPerson(database, spanOf(before, timeZone)),
      ]);
      const items = [...stages, null].flatMap((of) =>
        rows
          .filter((row) => stageOfWork[row.work] === of)
          .map((row) => {
            const then = earlier.find((one) => one.actor === row.actor && one.work === row.work);
            return {
              ...row,
              stage: of,
              medianHours: rounded(row.medianHours),
              p90Hours: rounded(row.p90Hours),
              inHandMedianHours: optionally(row.inHandMedianHours),
              before: { done: then?.done ?? 0, medianHours: optionally(then?.medianHours ?? null) },
            };
          }),
      );
      return { from, to, before, items };
    },
    columns: [
      'stage',
      'work',
      'actor',
      'done',
      'medianHours',
      'p90Hours',
      'inHandMedianHours',
      'doneBefore',
      'medianHoursBefore',
    ],
    rows: ({ items }) =>
      items.map((row) => [
        row.stage,
        row.work,
        row.actor,
        row.done,
        row.medianHours,
        row.p90Hours,
        row.inHandMedianHours,
        row.before.done,
        row.before.medianHours,
      ]),
  }),
  ...reportRoutes({
    path: '/v1/reports/people/work',
    summary: 'What a person finished of a kind of work in a period, what took longest first',
    roles: leaders,
    query: z.strictObject({ actor: id, work, ...periodQuery, ...paging }),
    response: pageOf(
      z
        .strictObject({
          id: z.string().meta({ description: 'Of the task, or of the shipment that was picked or packed.' }),
          orderId: z.string().nullable(),
          customerId: z.string().nullable(),
          cameAt: isoInstant,
          takenAt: isoInstant.nullable(),
          doneAt: isoInstant,
          hours,
        })
        .meta({ id: 'FinishedWork' }),
    ),
    read: async ({ database, at, query }) => {
      const { from, to, timeZone } = await readPeriod(database, at, query);
      const rows = await workOfPerson(database, query, spanOf({ from, to }, timeZone), query);
      const page = toPage(rows, query.limit, (row) => placeOf(row.hours, row.id));
      return { ...page, items: page.items.map((row) => ({ ...row, hours: rounded(row.hours) })) };
    },
    columns: ['id', 'orderId', 'customerId', 'cameAt', 'takenAt', 'doneAt', 'hours'],
    rows: ({ items }) =>
      items.map((row) => [row.id, row.orderId, row.customerId, row.cameAt, row.takenAt, row.doneAt, row.hours]),
  }),
  ...reportRoutes({
    path: '/v1/reports/products',
    summary: 'How long orders were in a stage by the products that they contain, and whose time it was',
    roles: staff,
    query: z.strictObject({ stage: stage.exclude(['done']).default('fulfilment'), ...periodQuery }),
    response: z.strictObject({
      from: isoDate,
      to: isoDate,
      before: period,
      stage,
      items: z
        .array(
          z
            .strictObject({
              sku: z.string(),
              name: z.string(),
              orders: z
                .int()
                .meta({ description: 'That contain it and left the stage in the period; each counts with all of its products.' }),
              medianHours: hours,
              p90Hours: hours,
              workHours: hours,
              queueHours: hours,
              customerHours: hours,
              before: z.strictObject({ orders: z.int(), medianHours: optionalHours }),
            })
            .meta({ id: 'TimeOfProduct' }),
        )
        .meta({ description: `Those with the most orders first, ${productsMaximum} at most.` }),
    }),
    read: async ({ database, at, query }) => {
      const { from, to, before, timeZone } = await readPeriod(database, at, query);
      const [rows, earlier] = await Promise.all([
        timeByProduct(database, query.stage, spanOf({ from, to }, timeZone)),
        timeByProduct(database, query.stage, spanOf(before, timeZone)),
      ]);
      const items = rows.map((row) => {
        const then = earlier.find((one) => one.sku === row.sku);
        return {
          ...row,
          medianHours: rounded(row.medianHours),
          p90Hours: rounded(row.p90Hours),
          workHours: rounded(row.workHours),
          queueHours: rounded(row.queueHours),
          customerHours: rounded(row.customerHours),
          before: { orders: then?.orders ?? 0, medianHours: optionally(then?.medianHours ?? null) },
        };
      });
      return { from, to, before, stage: query.stage, items };
    },
    columns: [
      'sku',
      'name',
      'orders',
      'medianHours',
      'p90Hours',
      'workHours',
      'queueHours',
      'customerHours',
      'ordersBefore',
      'medianHoursBefore',
    ],
    rows: ({ items }) =>
      items.map((row) => [
        row.sku,
        row.name,
        row.orders,
        row.medianHours,
        row.p90Hours,
        row.workHours,
        row.queueHours,
        row.customerHours,
        row.before.orders,
        row.before.medianHours,
      ]),
  }),
];
