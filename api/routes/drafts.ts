import { z } from 'zod';
import { listDrafts, readDraft } from '../../db/queries/drafts.ts';
import { placeDraft } from '../../db/transactions/place-draft.ts';
import { saveDraft } from '../../db/transactions/save-draft.ts';
import { type Route, reply, route } from '../contract.ts';
import { found } from '../ownership.ts';
import { customerId, id, isoDate, isoInstant, pageOf, paging, text, toPage } from '../schemas.ts';
import { orderRequest, placedOrder } from './orders.ts';

const details = z
  .strictObject({
    order: orderRequest,
    note: text(1_000).optional(),
    validUntil: isoDate.meta({ description: 'The last day on which it may be placed, in the company’s time zone.' }),
  })
  .meta({ id: 'DraftDetails' });
const draft = z
  .strictObject({
    id: z.string(),
    customerId: z.string(),
    order: orderRequest,
    note: z.string().nullable(),
    validUntil: isoDate,
    orderId: z.string().nullable().meta({ description: 'The order that it became.' }),
    version: z.int(),
    changedBy: z.string(),
    at: isoInstant,
  })
  .meta({ id: 'Draft' });
const params = z.strictObject({ id });
const salesRoles = ['sales', 'admin'] as const;

export const draftRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/drafts',
    summary: 'Prepare an order without placing it; it promises neither price nor stock until it is quoted',
    roles: salesRoles,
    idempotencyKey: 'required',
    body: details,
    responses: { 201: draft },
    handler: (call) =>
      call.command(async (tx) => {
        const saved = await saveDraft(tx, { ...call.body, actor: call.actor, at: call.at });
        const made = found(await readDraft(tx, saved.id), 'draft', saved.id);
        return reply(201, made, { Location: `/v1/drafts/${saved.id}` });
      }),
  }),
  route({
    method: 'get',
    path: '/v1/drafts',
    summary: 'Drafts, newest first',
    roles: salesRoles,
    query: z.strictObject({ customerId: customerId.optional(), ...paging }),
    responses: { 200: pageOf(draft) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listDrafts(database, query, query), query.limit, (row) => row.id),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/drafts/{id}',
    summary: 'One draft',
    roles: salesRoles,
    params,
    responses: { 200: draft },
    handler: async ({ database, params }) => reply(200, found(await readDraft(database, params.id), 'draft', params.id)),
  }),
  route({
    method: 'put',
    path: '/v1/drafts/{id}',
    summary: 'Replace what a draft says, until it is placed',
    roles: salesRoles,
    params,
    body: details,
    responses: { 200: draft },
    handler: (call) =>
      call.command(async (tx) => {
        const saved = await saveDraft(tx, { ...call.body, id: call.params.id, actor: call.actor, at: call.at });
        return reply(200, found(await readDraft(tx, saved.id), 'draft', saved.id));
      }),
  }),
  route({
    method: 'post',
    path: '/v1/drafts/{id}/place',
    summary: 'Place the order of a draft, priced and checked as of now; a draft becomes one order, however often it is placed',
    roles: salesRoles,
    params,
    responses: { 201: placedOrder },
    handler: (call) =>
      call.command(async (tx) => {
        const order = await placeDraft(tx, { id: call.params.id, actor: call.actor, at: call.at });
        return reply(201, order, { Location: `/v1/orders/${order.id}` });
      }),
  }),
];
