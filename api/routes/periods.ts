import { z } from 'zod';
import { listPeriods } from '../../db/queries/periods.ts';
import { readCompany } from '../../db/statements/company.ts';
import { changePeriod, closingBlocks } from '../../db/transactions/change-period.ts';
import { revalueOpenItems } from '../../db/transactions/revalue-open-items.ts';
import { lastDay, type PeriodAction, periodActions } from '../../domain/period.ts';
import { localDate } from '../../domain/time.ts';
import { type Route, reply, route } from '../contract.ts';
import { currency, isoDate, isoInstant, minor, reason } from '../schemas.ts';
import { booksRoles } from './ledger.ts';

const month = z
  .string()
  .regex(/^(19[7-9]\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])$/, 'Must be a month as YYYY-MM.')
  .meta({ example: '2026-03' });
const status = z.enum(['open', 'closed', 'locked']);

const change = <Body extends z.ZodType<{ reason?: string | undefined }>>(
  action: PeriodAction,
  summary: string,
  body: Body,
): Route =>
  route({
    method: 'post',
    path: `/v1/ledger/periods/{month}/${action}`,
    summary,
    roles: ['finance'],
    params: z.strictObject({ month }),
    body,
    responses: { 200: z.strictObject({ month: z.string(), status }) },
    handler: (call) =>
      call.command(async (tx) =>
        reply(
          200,
          await changePeriod(tx, { action, month: call.params.month, reason: call.body.reason, actor: call.actor, at: call.at }),
        ),
      ),
  });

export const periodRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/ledger/periods',
    summary:
      'The months of the books from the current one back: open, closed or locked, and who changed them last; ten years at most',
    roles: booksRoles,
    responses: {
      200: z.strictObject({
        items: z.array(
          z
            .strictObject({
              month: z.string(),
              startsOn: isoDate,
              endsOn: isoDate,
              status,
              actions: z.array(z.enum(periodActions)).meta({ description: 'What whoever asks can do to it.' }),
              lastChange: z
                .strictObject({ action: z.enum(periodActions), actor: z.string(), reason: z.string().nullable(), at: isoInstant })
                .nullable(),
            })
            .meta({ id: 'Period' }),
        ),
      }),
    },
    handler: async ({ database, principal, at }) => {
      const { timeZone } = await readCompany(database);
      const items = await listPeriods(database, localDate(at, timeZone));
      return reply(200, {
        items: items.map((row) => ({ ...row, actions: principal.roles.includes('finance') ? row.actions : [] })),
      });
    },
  }),
  route({
    method: 'get',
    path: '/v1/ledger/periods/{month}/checks',
    summary: 'What keeps a month from being closed: accounts against their subledgers at its end, and every invariant',
    roles: booksRoles,
    params: z.strictObject({ month }),
    responses: {
      200: z
        .strictObject({ month: z.string(), blocks: z.array(z.strictObject({ check: z.string(), detail: z.string() })) })
        .meta({ id: 'PeriodChecks' }),
    },
    handler: async ({ database, params, at }) =>
      reply(200, { month: params.month, blocks: await closingBlocks(database, lastDay(params.month), at) }),
  }),
  change(
    'close',
    'Close a month that is over, with what is before it; whatever in the books does not agree blocks it and is answered',
    z.strictObject({ reason: reason.optional() }),
  ),
  change('reopen', 'Open the newest closed month again; a locked one never opens', z.strictObject({ reason })),
  change('lock', 'Lock a closed month, and what is before it, for ever', z.strictObject({ reason: reason.optional() })),
  route({
    method: 'post',
    path: '/v1/ledger/periods/{month}/revaluation',
    summary:
      'Bring what is open in other currencies at the end of a month to the rate of its last day, and take that back the day after; again: only what has changed',
    roles: ['finance'],
    params: z.strictObject({ month }),
    body: z.strictObject({}),
    responses: {
      200: z
        .strictObject({
          month: z.string(),
          currencies: z.array(
            z.strictObject({
              currency,
              rate: z.string(),
              gainMinor: minor.meta({ description: 'In the company’s currency, as is the loss.' }),
              lossMinor: minor,
              entryId: z.int(),
              reversalEntryId: z.int(),
            }),
          ),
        })
        .meta({ id: 'Revaluation' }),
    },
    handler: (call) =>
      call.command(async (tx) =>
        reply(200, await revalueOpenItems(tx, { month: call.params.month, actor: call.actor, at: call.at })),
      ),
  }),
];
