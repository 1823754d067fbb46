import { z } from 'zod';
import type { Queryable } from '../../db/client.ts';
import { listHoldOffs } from '../../db/queries/hold-offs.ts';
import { cancelHoldOff, holdOff } from '../../db/transactions/hold-off.ts';
import { type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import { customerId, id, isoDate, isoInstant, pageOf, paging, reason, toPage } from '../schemas.ts';

export const heldOff = z
  .strictObject({
    id: z.string(),
    invoiceId: z.string(),
    customerId: z.string(),
    untilOn: isoDate.meta({ description: 'The first day on which letters go out again.' }),
    reason: z.string(),
    actor: z.string(),
    at: isoInstant,
    endedBy: z.string().nullable(),
    endReason: z.string().nullable(),
    endedAt: isoInstant.nullable(),
  })
  .meta({ id: 'HoldOff' });

const params = z.strictObject({ id });
const deciders = ['receivables', 'finance', 'admin'] as const;

const show = async (db: Queryable, holdOffId: string) =>
  found((await listHoldOffs(db, { id: holdOffId }, { limit: 1 }))[0], 'hold-off', holdOffId);

export const holdOffRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/invoices/{id}/hold-offs',
    summary: 'Send no letters about an invoice until a day; the hold does not wait',
    roles: deciders,
    idempotencyKey: 'required',
    params,
    body: z.strictObject({ untilOn: isoDate, reason }).meta({ id: 'NewHoldOff' }),
    responses: { 201: heldOff },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, body, actor, at } = call;
        const begun = await holdOff(tx, { invoiceId: params.id, ...body, actor, at });
        return reply(201, await show(tx, begun.id));
      }),
  }),
  route({
    method: 'get',
    path: '/v1/hold-offs',
    summary: 'Which invoices are or were held off, newest first',
    roles: ['sales', 'credit', ...deciders],
    query: z.strictObject({ invoiceId: id.optional(), customerId: customerId.optional(), ...paging }),
    responses: { 200: pageOf(heldOff) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listHoldOffs(database, query, query), query.limit, (row) => row.id),
      ),
  }),
  route({
    method: 'post',
    path: '/v1/hold-offs/{id}/end',
    summary: 'End a hold-off before its day',
    roles: deciders,
    params,
    body: z.strictObject({ reason }),
    responses: { 200: heldOff },
    handler: (call) =>
      call.command(async (tx) => {
        const { params, body, actor, at } = call;
        await cancelHoldOff(tx, { holdOffId: params.id, ...body, actor, at });
        return reply(200, await show(tx, params.id));
      }),
  }),
];
