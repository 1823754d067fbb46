import { z } from 'zod';
import { type HoldOverride, holdOverrideStatuses, listHoldOverrides, readHoldOverride } from '../../db/queries/hold-overrides.ts';
import type { Actor } from '../../db/statements/audit.ts';
import { readCompany } from '../../db/statements/company.ts';
import { decideHoldOverride, endHoldOverride, proposeHoldOverride } from '../../db/transactions/override-hold.ts';
import { actionsOnHoldOverride, holdOverrideActions } from '../../domain/offered-actions.ts';
import { type IsoDate, localDate } from '../../domain/time.ts';
import { type Role, type Route, reply, route, staff } from '../contract.ts';
import { found } from '../ownership.ts';
import { currency, customerId, id, isoDate, isoInstant, minor, pageOf, paging, reason, toPage } from '../schemas.ts';

const status = z.enum(holdOverrideStatuses);
const holdOverride = z
  .strictObject({
    id: z.string(),
    customerId: z.string(),
    currency,
    overdueMinor: minor.meta({ description: 'What was overdue as it was proposed.' }),
    throughOn: isoDate.meta({ description: 'The last day on which orders pass; it ends by itself.' }),
    status,
    reason: z.string(),
    proposedBy: z.string(),
    proposedAt: isoInstant,
    decidedBy: z.string().nullable(),
    decidedAt: isoInstant.nullable(),
    decisionReason: z.string().nullable(),
    endedBy: z.string().nullable(),
    endedAt: isoInstant.nullable(),
  })
  .meta({ id: 'HoldOverride' });
const holdOverrideToDecide = holdOverride
  .extend({ actions: z.array(z.enum(holdOverrideActions)).meta({ description: 'What the asker can do with it as it stands.' }) })
  .meta({ id: 'HoldOverrideToDecide' });
export const holdOverrideRoles: readonly Role[] = ['finance', 'admin'];
const roles = holdOverrideRoles;

const offer = (row: HoldOverride, own: readonly Role[], actor: Actor, today: IsoDate) => ({
  ...row,
  actions: actionsOnHoldOverride(row, { actor, mayDecide: own.some((role) => roles.includes(role)), today }),
});
const params = z.strictObject({ id });

export const holdOverrideRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/customers/{id}/hold-overrides',
    summary: 'Propose that a customer’s orders pass its hold until a day; they do when a second person approves it',
    roles,
    idempotencyKey: 'required',
    params: z.strictObject({ id: customerId }),
    body: z.strictObject({ throughOn: isoDate, reason }).meta({ id: 'NewHoldOverride' }),
    responses: { 201: holdOverride },
    handler: ({ command, params: { id: customer }, body, actor, at }) =>
      command(async (tx) => {
        const proposed = await proposeHoldOverride(tx, { customerId: customer, ...body, actor, at });
        return reply(201, proposed, { Location: `/v1/hold-overrides/${proposed.id}` });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/hold-overrides',
    summary: 'Hold overrides, in the order of their proposal or, with `sort=newest`, the newest first',
    roles: staff,
    query: z.strictObject({
      customerId: customerId.optional(),
      status: status.optional(),
      sort: z.enum(['oldest', 'newest']).default('oldest'),
      ...paging,
    }),
    responses: { 200: pageOf(holdOverrideToDecide) },
    handler: async ({ database, query, principal, actor, at }) => {
      const today = localDate(at, (await readCompany(database)).timeZone);
      const rows = await listHoldOverrides(database, query, query, query.sort);
      const items = rows.map((row) => offer(row, principal.roles, actor, today));
      return reply(
        200,
        toPage(items, query.limit, (row) => row.id),
      );
    },
  }),
  route({
    method: 'get',
    path: '/v1/hold-overrides/{id}',
    summary: 'A hold override',
    roles: staff,
    params,
    responses: { 200: holdOverride },
    handler: async ({ database, params: wanted }) =>
      reply(200, found(await readHoldOverride(database, wanted.id), 'hold-override', wanted.id)),
  }),
  ...(['approve', 'reject'] as const).map((decision) =>
    route({
      method: 'post',
      path: `/v1/hold-overrides/{id}/${decision}`,
      summary:
        decision === 'approve'
          ? 'Approve a proposed override: never the person who proposed it'
          : 'Turn a proposed override down; who proposed it may take it back',
      roles,
      params,
      body: z.strictObject({ reason }),
      responses: { 200: holdOverride },
      handler: ({ command, params: wanted, body, actor, at }) =>
        command(async (tx) => reply(200, await decideHoldOverride(tx, { id: wanted.id, decision, ...body, actor, at }))),
    }),
  ),
  route({
    method: 'post',
    path: '/v1/hold-overrides/{id}/end',
    summary: 'End an override before its day',
    roles,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: holdOverride },
    handler: ({ command, params: wanted, body, actor, at }) =>
      command(async (tx) => reply(200, await endHoldOverride(tx, { id: wanted.id, ...body, actor, at }))),
  }),
];
