import { z } from 'zod';
import type { Transaction } from '../../db/client.ts';
import { listProduction, type ProductionRequest, readProduction } from '../../db/queries/production.ts';
import { changeProduction, type ProductionChange } from '../../db/transactions/change-production.ts';
import { mayProduce, missesRequested, productionStatuses } from '../../domain/production.ts';
import { actionsOn } from '../actions.ts';
import { type Call, type Role, type Route, reply, route, staff } from '../contract.ts';
import { found } from '../ownership.ts';
import { amountMinor, id, isoDate, isoInstant, pageOf, paging, quantity, sku, text, toPage, warehouseId } from '../schemas.ts';

const roles = ['warehouse', 'admin'] as const;
const commands = ['start', 'slip', 'finish', 'cancel'] as const;
const rolesByCommand = { start: roles, slip: roles, finish: roles, cancel: roles };
const status = z.enum(productionStatuses);
const request = z
  .strictObject({
    id: z.string(),
    orderId: z.string(),
    lineNumber: z.int(),
    sku,
    quantity,
    status,
    requestedOn: isoDate.nullable(),
    firstDueOn: isoDate,
    dueOn: isoDate,
    missesRequestedDate: z.boolean(),
    warehouseId: warehouseId.nullable(),
    at: isoInstant,
    changedAt: isoInstant,
    actions: z.array(z.enum(commands)).meta({ description: 'What the asker can do to it as it stands.' }),
  })
  .meta({ id: 'ProductionRequest' });
const params = z.strictObject({ id });
const shown = (row: ProductionRequest, asker: readonly Role[]) => ({
  ...row,
  missesRequestedDate: missesRequested(row.dueOn, row.requestedOn),
  actions: actionsOn(rolesByCommand, asker, (command) => mayProduce(row.status, command)),
});

const change = (
  call: Pick<Call<{ id: string }, unknown, unknown>, 'command' | 'params' | 'principal' | 'actor' | 'at'>,
  wanted: ProductionChange,
) =>
  call.command(async (tx: Transaction) => {
    await changeProduction(tx, { id: call.params.id, change: wanted, actor: call.actor, at: call.at });
    const changed = found(await readProduction(tx, call.params.id), 'production request', call.params.id);
    return reply(200, shown(changed, call.principal.roles));
  });

export const productionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/production-requests',
    summary: 'What is made to order, oldest first',
    roles: staff,
    query: z.strictObject({ status: status.optional(), orderId: id.optional(), ...paging }),
    responses: { 200: pageOf(request) },
    handler: async ({ database, principal, query }) => {
      const page = toPage(await listProduction(database, query, query), query.limit, (row) => row.id);
      return reply(200, { ...page, items: page.items.map((row) => shown(row, principal.roles)) });
    },
  }),
  route({
    method: 'get',
    path: '/v1/production-requests/{id}',
    summary: 'One production request',
    roles: staff,
    params,
    responses: { 200: request },
    handler: async ({ database, principal, params }) =>
      reply(200, shown(found(await readProduction(database, params.id), 'production request', params.id), principal.roles)),
  }),
  route({
    method: 'post',
    path: '/v1/production-requests/{id}/start',
    summary: 'Production has begun',
    roles,
    params,
    responses: { 200: request },
    handler: (call) => change(call, { command: 'start' }),
  }),
  route({
    method: 'post',
    path: '/v1/production-requests/{id}/slip',
    summary: 'It will be ready on another day; the customer is told once',
    roles,
    params,
    body: z.strictObject({ dueOn: isoDate, reason: text(2_000) }).meta({ id: 'ProductionSlip' }),
    responses: { 200: request },
    handler: (call) => change(call, { command: 'slip', ...call.body }),
  }),
  route({
    method: 'post',
    path: '/v1/production-requests/{id}/finish',
    summary: 'It is made: goods are received at their cost and go to the order first',
    roles,
    params,
    body: z.strictObject({ warehouseId, unitCostMinor: amountMinor }).meta({ id: 'ProductionFinish' }),
    responses: { 200: request },
    handler: (call) => change(call, { command: 'finish', ...call.body }),
  }),
  route({
    method: 'post',
    path: '/v1/production-requests/{id}/cancel',
    summary: 'It will not be made: the customer waits for stock, or chooses',
    roles,
    params,
    body: z.strictObject({ reason: text(2_000) }).meta({ id: 'ProductionCancel' }),
    responses: { 200: request },
    handler: (call) => change(call, { command: 'cancel', ...call.body }),
  }),
];
