import { z } from 'zod';
import { readCustomer } from '../../db/queries/customers.ts';
import { readNextActionFacts } from '../../db/queries/next-actions.ts';
import { readOrderStart } from '../../db/queries/orders.ts';
import { readCompany } from '../../db/statements/company.ts';
import { Refusal } from '../../domain/failures.ts';
import { audiences, kindsOfOrders, type NextAction, nextActionKinds, nextActions, sortKey } from '../../domain/next-actions.ts';
import { addDays, compareDates, type IsoDate, instantAt, localDate } from '../../domain/time.ts';
import { everyone, type Principal, type Route, readersOfMoney, reply, route, seesMoney, staff } from '../contract.ts';
import { found, narrow } from '../ownership.ts';
import { customerId, id, isoDate, isoInstant, pageOf, paging, toPage } from '../schemas.ts';

const nextAction = z
  .strictObject({
    key: z.string().meta({ description: 'The same for as long as the action is the same.' }),
    at: isoInstant,
    kind: z.enum(nextActionKinds),
    what: z.string(),
    acts: z.boolean().meta({ description: 'False: nothing is done by itself; it is a day that counts.' }),
    record: z.string().meta({ description: 'The id of what it is about; of a job its name.' }),
    customerId: z.string().nullable(),
    orderId: z.string().nullable(),
    invoiceIds: z.array(z.string()),
    by: z
      .strictObject({
        kind: z.enum(['policy', 'record', 'job']),
        name: z.string(),
        version: z.int().nullable().meta({ description: 'Of a policy: the version that counts for it.' }),
        path: z.string().nullable().meta({ description: 'The line, as a JSON pointer.' }),
      })
      .nullable()
      .meta({ description: 'Where it is written that it happens then. Null for a customer.' }),
    cancelledBy: z.array(z.string()),
    delayedBy: z.array(z.string()),
    told: z.array(z.enum(audiences)),
  })
  .meta({ id: 'NextAction' });

/** So far ahead the company's own list looks at most, and so far it does unasked. */
const daysAheadMaximum = 31;
const daysAheadDefault = 7;

/** A customer reads what concerns it, in its words, without our rules, tasks and who of us is told. */
function forReader(principal: Principal, actions: readonly NextAction[]): z.input<typeof nextAction>[] {
  return actions.flatMap(({ forCustomer, told, ...action }): z.input<typeof nextAction>[] => {
    if (principal.customerId === undefined) return [{ ...action, told: [...told] }];
    if (forCustomer === null || !(seesMoney(principal) || kindsOfOrders.includes(action.kind))) return [];
    const record = action.kind === 'task-escalates' ? (action.orderId ?? principal.customerId) : action.record;
    return [
      { ...action, ...forCustomer, record, by: null, delayedBy: [], told: told.filter((audience) => audience === 'customer') },
    ];
  });
}

const page = (actions: z.input<typeof nextAction>[], { limit, after }: { limit: number; after?: string | undefined }) => {
  const rest = after === undefined ? actions : actions.filter((action) => sortKey(action) > after);
  return toPage(rest.slice(0, limit + 1), limit, sortKey);
};

export const nextActionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/orders/{id}/next-actions',
    summary:
      'What will happen to an order and its invoices if nobody does anything: when, by which line, and what would cancel it',
    roles: everyone,
    params: z.strictObject({ id }),
    query: z.strictObject(paging),
    responses: { 200: pageOf(nextAction) },
    handler: async ({ database, principal, at, params: { id }, query }) => {
      found(await readOrderStart(database, id, principal.customerId), 'order', id);
      const facts = await database.transaction((tx) => readNextActionFacts(tx, { orderId: id }, at));
      return reply(200, page(forReader(principal, nextActions(facts, { orderId: id })), query));
    },
  }),
  route({
    method: 'get',
    path: '/v1/customers/{id}/next-actions',
    summary: 'The same for all of a customer: its orders, invoices, letters, credit, promises and quotes',
    roles: readersOfMoney,
    params: z.strictObject({ id: customerId }),
    query: z.strictObject(paging),
    responses: { 200: pageOf(nextAction) },
    handler: async ({ database, principal, at, params: { id }, query }) => {
      narrow(principal, id);
      found(await readCustomer(database, id), 'customer', id);
      const facts = await database.transaction((tx) => readNextActionFacts(tx, { customerId: id }, at));
      return reply(200, page(forReader(principal, nextActions(facts, { customerId: id })), query));
    },
  }),
  route({
    method: 'get',
    path: '/v1/next-actions',
    summary: 'The same for the whole company through a day, with its jobs, and how much there is on each day',
    roles: staff,
    query: z.strictObject({
      through: isoDate.optional().meta({ description: `The last day; absent: ${daysAheadDefault} days ahead.` }),
      kind: z.enum(nextActionKinds).optional(),
      told: z.enum(audiences).optional().meta({ description: 'Only what these people are told of.' }),
      ...paging,
    }),
    responses: {
      200: z
        .strictObject({
          ...pageOf(nextAction).shape,
          days: z
            .array(z.strictObject({ on: isoDate, count: z.int() }))
            .meta({ description: 'Of all pages: the days on which something comes, in the company’s time zone.' }),
        })
        .meta({ id: 'NextActions' }),
    },
    handler: async ({ database, principal, at, query }) => {
      const { timeZone } = await readCompany(database);
      const today = localDate(at, timeZone);
      const through = throughDay(query.through, today);
      const until = instantAt(addDays(through, 1), '00:00', timeZone);
      const facts = await database.transaction((tx) => readNextActionFacts(tx, { until }, at));
      const actions = nextActions(facts, 'company').filter(
        (action) =>
          action.at < until &&
          (query.kind === undefined || action.kind === query.kind) &&
          (query.told === undefined || action.told.includes(query.told)),
      );
      const counts = new Map<IsoDate, number>();
      for (const action of actions) {
        const on = localDate(action.at, timeZone);
        counts.set(on, (counts.get(on) ?? 0) + 1);
      }
      const days = [...counts].map(([on, count]) => ({ on, count }));
      return reply(200, { ...page(forReader(principal, actions), query), days });
    },
  }),
];

function throughDay(asked: IsoDate | undefined, today: IsoDate): IsoDate {
  if (asked === undefined) return addDays(today, daysAheadDefault);
  const latest = addDays(today, daysAheadMaximum);
  if (compareDates(asked, today) >= 0 && compareDates(asked, latest) <= 0) return asked;
  const detail = `It must be from today, ${today}, on, and at most ${latest}.`;
  throw new Refusal(422, 'invalid-days', `Nothing can be said through ${asked}.`, {
    faults: [{ path: '/query/through', code: 'out-of-range', detail }],
  });
}
