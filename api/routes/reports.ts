import { z } from 'zod';
import {
  collectorEffects,
  contactCountsDays,
  creditDecisionOutcomes,
  listDocuments,
  readMeasureFacts,
  readMonthEnds,
} from '../../db/queries/reports.ts';
import { readCompany, readPolicy } from '../../db/statements/company.ts';
import { ageingBuckets } from '../../domain/ageing.ts';
import { rolledOn, rollingBuckets, rollRatesFrom } from '../../domain/bad-debt.ts';
import {
  averageDaysDelinquent,
  bestPossibleDso,
  countbackDso,
  daysSalesOutstanding,
  documentParts,
  measure,
  measureIds,
  measures,
  rounded,
  shareOf,
} from '../../domain/metrics.ts';
import type { Route } from '../contract.ts';
import { dayUpToToday, knownAtOf, knownAtQuery, period, periodQuery, readPeriod, reportRoutes } from '../report-routes.ts';
import { currency, isoDate, isoInstant, minor, pageOf, paging, toPage } from '../schemas.ts';

const reporters = ['finance', 'receivables', 'admin'] as const;
const figure = z.number().nullable();
const part = z
  .strictObject({
    name: z.string(),
    value: z.number(),
    unit: z.enum(['minor', 'days', 'hours', 'documents']),
    documents: z.enum(documentParts).optional().meta({ description: 'Its documents: GET /v1/reports/documents/{part}.' }),
  })
  .meta({ id: 'MeasurePart' });
const measured = z
  .strictObject({
    id: z.enum(measureIds),
    name: z.string(),
    unit: z.enum(['days', 'hours', 'percent']),
    formula: z.string().meta({ description: 'In words.' }),
    value: figure.meta({ description: 'To a hundredth. Null: there is nothing to divide by.' }),
    parts: z.array(part),
    before: z
      .strictObject({ value: figure, parts: z.array(part) })
      .meta({ description: 'Of the period before, of the same length.' }),
  })
  .meta({ id: 'Measure' });
const optionally = (value: number | null) => (value === null ? null : rounded(value));

export const measureRoutes: Route[] = [
  ...reportRoutes({
    path: '/v1/reports/measures',
    summary: 'DSO and the other measures of a period, each with its formula, the parts of it and the period before, per currency',
    roles: reporters,
    query: z.strictObject({ ...periodQuery, ...knownAtQuery }),
    response: z
      .strictObject({
        from: isoDate,
        to: isoDate,
        before: period,
        asKnownAt: isoInstant
          .nullable()
          .meta({ description: 'What the books record, and what orders and shipments were known for by then.' }),
        currencies: z.array(z.strictObject({ currency, measures: z.array(measured) })),
      })
      .meta({ id: 'Measures' }),
    read: async ({ database, at, query }) => {
      const { from, to, before, timeZone } = await readPeriod(database, at, query);
      const known = { timeZone, knownAt: knownAtOf(query, timeZone) };
      const [now, then] = await Promise.all([
        readMeasureFacts(database, { from, to, ...known }),
        readMeasureFacts(database, { ...before, ...known }),
      ]);
      const currencies = [...now].map(([code, facts]) => {
        const own = measure(facts);
        const earlier = then.get(code);
        const ownBefore = earlier && measure(earlier);
        return {
          currency: code,
          measures: measureIds.map((id) => ({
            id,
            ...measures[id],
            value: optionally(own[id].value),
            parts: own[id].parts,
            before: { value: optionally(ownBefore?.[id].value ?? null), parts: ownBefore?.[id].parts ?? [] },
          })),
        };
      });
      return { from, to, before, asKnownAt: known.knownAt ?? null, currencies };
    },
    columns: ['from', 'to', 'currency', 'measure', 'name', 'unit', 'value', 'valueBefore', 'formula', 'parts'],
    rows: ({ from, to, currencies }) =>
      currencies.flatMap(({ currency: code, measures: all }) =>
        all.map(({ id, name, unit, value, before, formula, parts }) => {
          const inWords = parts.map((one) => `${one.name}: ${one.value}`).join('; ');
          return [from, to, code, id, name, unit, value, before.value, formula, inWords];
        }),
      ),
  }),
  ...reportRoutes({
    path: '/v1/reports/documents/{part}',
    summary: 'The documents behind a part of a measure: they come to its value',
    roles: reporters,
    params: z.strictObject({ part: z.enum(documentParts) }),
    query: z.strictObject({ currency, ...periodQuery, ...knownAtQuery, ...paging }),
    response: pageOf(
      z
        .strictObject({
          kind: z.enum(['invoice', 'journal-entry', 'order']),
          id: z.string(),
          customerId: z.string().nullable(),
          invoiceId: z.string().nullable(),
          orderId: z.string().nullable(),
          on: isoDate.meta({ description: 'The day by which it is counted; of what is open, the day on which it is due.' }),
          value: z.number().meta({ description: 'Minor units, days, hours, or for a share nothing.' }),
          met: z.boolean().meta({ description: 'Whether it counts above the line of a share.' }),
        })
        .meta({ id: 'ReportedDocument' }),
    ),
    read: async ({ database, at, params, query }) => {
      const { from, to, timeZone } = await readPeriod(database, at, query);
      const wanted = { from, to, timeZone, knownAt: knownAtOf(query, timeZone), currency: query.currency };
      const { items, next } = toPage(await listDocuments(database, params.part, wanted, query), query.limit, (row) => row.key);
      const shown = items.map((item) => {
        const { key: _, value, ...row } = item;
        return { ...row, value: rounded(value) };
      });
      return { items: shown, next };
    },
    columns: ['kind', 'id', 'customerId', 'invoiceId', 'orderId', 'on', 'value', 'met'],
    rows: ({ items }) =>
      items.map((row) => [row.kind, row.id, row.customerId, row.invoiceId, row.orderId, row.on, row.value, row.met]),
  }),
  ...reportRoutes({
    path: '/v1/reports/month-ends',
    summary: 'DSO and ageing at each month end, and how much of each bucket rolled on into the next one, per currency',
    roles: reporters,
    query: z.strictObject({
      asOf: isoDate.optional().meta({ description: 'Up to this day. Absent: today.' }),
      months: z.coerce.number().int().min(1).max(36).default(13),
      ...knownAtQuery,
    }),
    response: z
      .strictObject({
        asOf: isoDate,
        currencies: z.array(
          z.strictObject({
            currency,
            monthEnds: z.array(
              z.strictObject({
                on: isoDate,
                receivablesMinor: minor,
                buckets: z.strictObject(Object.fromEntries(ageingBuckets.map((bucket) => [bucket, minor]))),
                salesMinor: minor.meta({ description: 'Credit sales of the month, less credit notes.' }),
                dso: figure.meta({ description: 'Receivables ÷ sales of the month × days of the month.' }),
                bestPossibleDso: figure,
                averageDaysDelinquent: figure,
                countbackDso: figure,
                rolledOn: z.strictObject(Object.fromEntries(rollingBuckets.map((bucket) => [bucket, figure]))).meta({
                  description: 'Of what stood in each bucket a month before, the percentage that stands in the next one now.',
                }),
              }),
            ),
            rollRates: z
              .array(
                z.strictObject({
                  bucket: z.enum(rollingBuckets),
                  rate: z.string(),
                  months: z.int(),
                  source: z.enum(['own', 'policy']),
                }),
              )
              .meta({
                description: 'The share that stood in the next bucket a month later; the bad-debt policy’s while months are few.',
              }),
          }),
        ),
      })
      .meta({ id: 'MonthEnds' }),
    read: async ({ database, at, query }) => {
      const asOf = await dayUpToToday(database, at, query.asOf, '/query/asOf');
      const { timeZone } = await readCompany(database);
      const [found, policy] = await Promise.all([
        readMonthEnds(database, asOf, query.months, knownAtOf(query, timeZone)),
        readPolicy(database, 'bad-debt'),
      ]);
      const currencies = [...found].map(([code, ends]) => ({
        currency: code,
        monthEnds: ends.map((end, index) => {
          const dso = daysSalesOutstanding(end);
          const best = bestPossibleDso({ ...end, currentMinor: end.ages.current });
          return {
            on: end.day,
            receivablesMinor: end.receivablesMinor,
            buckets: end.ages,
            salesMinor: end.salesMinor,
            dso: optionally(dso),
            bestPossibleDso: optionally(best),
            averageDaysDelinquent: optionally(averageDaysDelinquent(dso, best)),
            countbackDso: optionally(countbackDso(end.receivablesMinor, end.months)),
            rolledOn: Object.fromEntries(
              rollingBuckets.map((bucket) => [bucket, optionally(rolledOn(bucket, ends[index - 1]?.ages, end.ages))]),
            ),
          };
        }),
        rollRates: rollRatesFrom(
          ends.map(({ ages }) => ages),
          policy,
        ),
      }));
      return { asOf, currencies };
    },
    columns: [
      'currency',
      'on',
      'receivables minor',
      ...ageingBuckets.map((bucket) => `${bucket} minor`),
      'sales minor',
      'dso',
      'bestPossibleDso',
      'averageDaysDelinquent',
      'countbackDso',
      ...rollingBuckets.map((bucket) => `${bucket} rolled on percent`),
    ],
    rows: ({ currencies }) =>
      currencies.flatMap(({ currency: code, monthEnds: ends }) =>
        ends.map((end) => [
          code,
          end.on,
          end.receivablesMinor,
          ...ageingBuckets.map((bucket) => end.buckets[bucket]),
          end.salesMinor,
          end.dso,
          end.bestPossibleDso,
          end.averageDaysDelinquent,
          end.countbackDso,
          ...rollingBuckets.map((bucket) => end.rolledOn[bucket]),
        ]),
      ),
  }),
  ...reportRoutes({
    path: '/v1/reports/credit-decisions',
    summary: 'Credit decisions of a period by kind and outcome, with what was sold on them since and what of that was lost',
    roles: [...reporters, 'credit'],
    query: z.strictObject(periodQuery),
    response: z.strictObject({
      from: isoDate,
      to: isoDate,
      items: z.array(
        z
          .strictObject({
            currency,
            kind: z.string(),
            outcome: z.string(),
            decisions: z.int(),
            customers: z.int(),
            invoicedMinor: minor.meta({ description: 'To these customers after the decision and before the next one on them.' }),
            lostMinor: minor.meta({ description: 'Of these invoices: written off, less what was paid after all.' }),
            lossPercent: figure,
          })
          .meta({ id: 'CreditDecisionOutcome' }),
      ),
    }),
    read: async ({ database, at, query }) => {
      const { from, to, timeZone } = await readPeriod(database, at, query);
      const rows = await creditDecisionOutcomes(database, { from, to, timeZone });
      return {
        from,
        to,
        items: rows.map((row) => ({ ...row, lossPercent: optionally(shareOf(row.lostMinor, row.invoicedMinor)) })),
      };
    },
    columns: ['currency', 'kind', 'outcome', 'decisions', 'customers', 'invoiced minor', 'lost minor', 'lossPercent'],
    rows: ({ items }) =>
      items.map((row) => [
        row.currency,
        row.kind,
        row.outcome,
        row.decisions,
        row.customers,
        row.invoicedMinor,
        row.lostMinor,
        row.lossPercent,
      ]),
  }),
  ...reportRoutes({
    path: '/v1/reports/collectors',
    summary: 'The contacts of each collector in a period, and the receipts that followed them',
    roles: reporters,
    query: z.strictObject(periodQuery),
    response: z.strictObject({
      from: isoDate,
      to: isoDate,
      items: z.array(
        z
          .strictObject({
            actor: z.string(),
            currency,
            contacts: z.int(),
            reached: z.int(),
            promised: z.int(),
            customers: z.int(),
            receivedMinor: minor.meta({
              description: `Within ${contactCountsDays} days; a receipt is put down to the last contact before it.`,
            }),
          })
          .meta({ id: 'CollectorEffect' }),
      ),
    }),
    read: async ({ database, at, query }) => {
      const { from, to } = await readPeriod(database, at, query);
      return { from, to, items: await collectorEffects(database, { from, to }) };
    },
    columns: ['actor', 'currency', 'contacts', 'reached', 'promised', 'customers', 'received minor'],
    rows: ({ items }) =>
      items.map((row) => [row.actor, row.currency, row.contacts, row.reached, row.promised, row.customers, row.receivedMinor]),
  }),
];
