import { z } from 'zod';
import {
  collectorEffects,
  contactCountsDays,
  creditDecisionOutcomes,
  listContactEffects,
  listCreditDecisions,
  listDocuments,
  readMeasureFacts,
  readMonthEnds,
} from '../../db/queries/reports.ts';
import { readCompany, readPolicy } from '../../db/statements/company.ts';
import { ageingBuckets } from '../../domain/ageing.ts';
import { rolledOn, rollingBuckets, rollRatesFrom } from '../../domain/bad-debt.ts';
import { Refusal } from '../../domain/failures.ts';
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
import { currency, customerId, isoDate, isoInstant, minor, pageOf, paging, text, toPage } from '../schemas.ts';

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

const decisionFigures = {
  decisions: z.int(),
  customers: z.int(),
  invoicedMinor: minor.meta({ description: 'To these customers after the decision and before the next one on them.' }),
  lostMinor: minor.meta({ description: 'Of these invoices: written off, less what was paid after all.' }),
  lossPercent: figure,
};
const contactFigures = {
  contacts: z.int(),
  reached: z.int(),
  promised: z.int(),
  customers: z.int(),
  receivedMinor: minor.meta({
    description: `Within ${contactCountsDays} days; a receipt is put down to the last contact before it.`,
  }),
};
const asKnownAt = isoInstant.nullable().meta({ description: 'Later records are left out.' });

/** The rows of a period, each with what it was in the one before; what there was only then stands with `nothing` now. */
function besideBefore<Figures extends object, Row extends Figures>(
  nothing: Figures,
  now: readonly Row[],
  before: readonly Row[],
  keyOf: (row: Row) => string,
): (Row & { before: Figures })[] {
  const figures = Object.keys(nothing) as (keyof Figures)[];
  const only = (row: Figures | undefined) => Object.fromEntries(figures.map((id) => [id, (row ?? nothing)[id]])) as Figures;
  const gone = before.filter((row) => !now.some((one) => keyOf(one) === keyOf(row))).map((row) => ({ ...row, ...nothing }));
  return [...now, ...gone]
    .toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
    .map((row) => ({ ...row, before: only(before.find((one) => keyOf(one) === keyOf(row))) }));
}

export const measureRoutes: Route[] = [
  ...reportRoutes({
    path: '/v1/reports/measures',
    summary: 'DSO and the other measures of a period, each with its formula, the parts of it and the period before, per currency',
    roles: reporters,
    query: z.strictObject({
      ...periodQuery,
      ...knownAtQuery,
      measures: z
        .string()
        .max(1_000)
        .transform((ids) => ids.split(','))
        .pipe(z.array(z.enum(measureIds)))
        .optional()
        .meta({
          type: 'string',
          description: 'Only these, with commas between them; the others are not computed. Absent: all.',
          example: 'dso,best-possible-dso',
        }),
    }),
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
      const wanted = measureIds.filter((id) => query.measures?.includes(id) ?? true);
      const [now, then] = await Promise.all([
        readMeasureFacts(database, { from, to, ...known }, wanted),
        readMeasureFacts(database, { ...before, ...known }, wanted),
      ]);
      const currencies = [...now].map(([code, facts]) => {
        const own = measure(facts);
        const earlier = then.get(code);
        const ownBefore = earlier && measure(earlier);
        return {
          currency: code,
          measures: wanted.map((id) => ({
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
    query: z.strictObject({
      currency,
      ...periodQuery,
      ...knownAtQuery,
      customerId: customerId.optional(),
      bucket: z.enum(ageingBuckets).optional().meta({ description: 'Of `receivables`: as many days overdue on the last day.' }),
      ...paging,
    }),
    response: pageOf(
      z
        .strictObject({
          kind: z.enum(['invoice', 'journal-entry', 'order', 'payment']),
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
      const { currency: of, customerId: ofCustomer, bucket } = query;
      if (bucket !== undefined && params.part !== 'receivables') {
        const faults = [{ path: '/query/bucket', code: 'no-ages', detail: 'Only `receivables` are told apart by their age.' }];
        throw new Refusal(400, 'invalid-request', 'These documents have no age.', { faults });
      }
      const { from, to, timeZone } = await readPeriod(database, at, query);
      const wanted = { from, to, timeZone, knownAt: knownAtOf(query, timeZone), currency: of, customerId: ofCustomer, bucket };
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
    summary:
      'Credit decisions of a period by kind and outcome, with what was sold on them since and what of that was lost, beside the period before',
    roles: [...reporters, 'credit'],
    query: z.strictObject({ ...periodQuery, ...knownAtQuery }),
    response: z.strictObject({
      from: isoDate,
      to: isoDate,
      before: period,
      asKnownAt,
      items: z.array(
        z
          .strictObject({
            currency,
            kind: z.string(),
            outcome: z.string(),
            ...decisionFigures,
            before: z.strictObject(decisionFigures).meta({
              description: 'Of the period before, with all that came of it since: it has had longer to be lost.',
            }),
          })
          .meta({ id: 'CreditDecisionOutcome' }),
      ),
    }),
    read: async ({ database, at, query }) => {
      const { from, to, before, timeZone } = await readPeriod(database, at, query);
      const known = { timeZone, knownAt: knownAtOf(query, timeZone) };
      const outcomesOf = async (days: z.output<typeof period>) =>
        (await creditDecisionOutcomes(database, { ...days, ...known })).map((row) => ({
          ...row,
          lossPercent: optionally(shareOf(row.lostMinor, row.invoicedMinor)),
        }));
      const [now, then] = await Promise.all([outcomesOf({ from, to }), outcomesOf(before)]);
      const nothing = { decisions: 0, customers: 0, invoicedMinor: 0, lostMinor: 0, lossPercent: null as number | null };
      const items = besideBefore(nothing, now, then, (row) => `${row.currency} ${row.kind} ${row.outcome}`);
      return { from, to, before, asKnownAt: known.knownAt ?? null, items };
    },
    columns: [
      'currency',
      'kind',
      'outcome',
      'decisions',
      'customers',
      'invoiced minor',
      'lost minor',
      'lossPercent',
      'decisionsBefore',
      'invoiced minor before',
      'lost minor before',
      'lossPercentBefore',
    ],
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
        row.before.decisions,
        row.before.invoicedMinor,
        row.before.lostMinor,
        row.before.lossPercent,
      ]),
  }),
  ...reportRoutes({
    path: '/v1/reports/credit-decisions/records',
    summary: 'The credit decisions of a kind and outcome, each with what was sold on it and lost: they come to what is reported',
    roles: [...reporters, 'credit'],
    query: z.strictObject({ currency, kind: text(60), outcome: text(60), ...periodQuery, ...knownAtQuery, ...paging }),
    response: pageOf(
      z
        .strictObject({
          id: z.int(),
          customerId: z.string(),
          orderId: z.string().nullable(),
          at: isoInstant,
          actor: z.string(),
          invoicedMinor: minor,
          lostMinor: minor,
        })
        .meta({ id: 'CreditDecisionRecord' }),
    ),
    read: async ({ database, at, query }) => {
      const { from, to, timeZone } = await readPeriod(database, at, query);
      const { currency: of, kind, outcome } = query;
      const wanted = { from, to, timeZone, knownAt: knownAtOf(query, timeZone), currency: of, kind, outcome };
      return toPage(await listCreditDecisions(database, wanted, query), query.limit, ({ id }) => String(id));
    },
    columns: ['id', 'customerId', 'orderId', 'at', 'actor', 'invoiced minor', 'lost minor'],
    rows: ({ items }) =>
      items.map((row) => [row.id, row.customerId, row.orderId, row.at, row.actor, row.invoicedMinor, row.lostMinor]),
  }),
  ...reportRoutes({
    path: '/v1/reports/collectors',
    summary: 'The contacts of each collector in a period, and the receipts that followed them, beside the period before',
    roles: reporters,
    query: z.strictObject({ ...periodQuery, ...knownAtQuery }),
    response: z.strictObject({
      from: isoDate,
      to: isoDate,
      before: period,
      asKnownAt,
      items: z.array(
        z
          .strictObject({ actor: z.string(), currency, ...contactFigures, before: z.strictObject(contactFigures) })
          .meta({ id: 'CollectorEffect' }),
      ),
    }),
    read: async ({ database, at, query }) => {
      const { from, to, before, timeZone } = await readPeriod(database, at, query);
      const known = { timeZone, knownAt: knownAtOf(query, timeZone) };
      const [now, then] = await Promise.all([
        collectorEffects(database, { from, to, ...known }),
        collectorEffects(database, { ...before, ...known }),
      ]);
      const nothing = { contacts: 0, reached: 0, promised: 0, customers: 0, receivedMinor: 0 };
      const items = besideBefore(nothing, now, then, (row) => `${row.actor} ${row.currency}`);
      return { from, to, before, asKnownAt: known.knownAt ?? null, items };
    },
    columns: [
      'actor',
      'currency',
      'contacts',
      'reached',
      'promised',
      'customers',
      'received minor',
      'contactsBefore',
      'received minor before',
    ],
    rows: ({ items }) =>
      items.map((row) => [
        row.actor,
        row.currency,
        row.contacts,
        row.reached,
        row.promised,
        row.customers,
        row.receivedMinor,
        row.before.contacts,
        row.before.receivedMinor,
      ]),
  }),
  ...reportRoutes({
    path: '/v1/reports/collectors/contacts',
    summary: 'The contacts of a collector in a period, each with the receipts that followed it: they come to what is reported',
    roles: reporters,
    query: z.strictObject({ currency, actor: text(100), ...periodQuery, ...knownAtQuery, ...paging }),
    response: pageOf(
      z
        .strictObject({
          id: z.string(),
          customerId: z.string(),
          contactOn: isoDate,
          kind: z.string(),
          outcome: z.string(),
          receivedMinor: minor,
        })
        .meta({ id: 'ContactEffect' }),
    ),
    read: async ({ database, at, query }) => {
      const { from, to, timeZone } = await readPeriod(database, at, query);
      const wanted = { from, to, timeZone, knownAt: knownAtOf(query, timeZone), currency: query.currency, actor: query.actor };
      return toPage(await listContactEffects(database, wanted, query), query.limit, ({ id }) => id);
    },
    columns: ['id', 'customerId', 'contactOn', 'kind', 'outcome', 'received minor'],
    rows: ({ items }) => items.map((row) => [row.id, row.customerId, row.contactOn, row.kind, row.outcome, row.receivedMinor]),
  }),
];
