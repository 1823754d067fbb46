import { z } from 'zod';
import { listReorderPoints } from '../../db/queries/products.ts';
import { adjustmentReasons } from '../../db/statements/import-stock.ts';
import { correctStock } from '../../db/transactions/correct-stock.ts';
import { setReorderPoint } from '../../db/transactions/set-reorder-point.ts';
import { type Route, reply, route, staff } from '../contract.ts';
import { amountMinor, pageOf, paging, quantity, sku, text, toPage, warehouseId } from '../schemas.ts';

const stockRoles = ['warehouse', 'admin'] as const;
const corrected = z
  .strictObject({
    reference: z.string(),
    sku,
    warehouseId,
    onHand: z.int(),
    reserved: z.int(),
    available: z.int(),
    cancelledShipments: z.array(z.string()).meta({ description: 'They lost their reservation and must not be picked.' }),
  })
  .meta({ id: 'CorrectedStock' });
const place = {
  reference: text(100),
  sku,
  warehouseId,
  unitCostMinor: amountMinor.optional().meta({ description: 'What a unit cost, for goods found on an empty shelf.' }),
  note: text(2_000).optional(),
};

const reorderAt = z.int().min(0).max(1_000_000).nullable().meta({ description: 'Null: it is not watched any more.' });
const reorderPoint = z
  .strictObject({ sku, warehouseId, point: reorderAt, quantity, available: z.int(), low: z.boolean() })
  .meta({ id: 'ReorderPoint' });

export const stockRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/stock/counts',
    summary: 'Book what was counted at one place, once per count sheet; reservations that it cannot keep are taken back',
    roles: stockRoles,
    idempotencyKey: 'required',
    body: z.strictObject({ ...place, quantity: z.int().min(0).max(1_000_000) }).meta({ id: 'StockCount' }),
    responses: { 201: corrected },
    handler: ({ command, body, actor, at }) =>
      command(async (tx) => reply(201, await correctStock(tx, { kind: 'counted', ...body, actor, at }))),
  }),
  route({
    method: 'post',
    path: '/v1/stock/adjustments',
    summary: 'Book damage, loss or a find without a count, once per report',
    roles: stockRoles,
    idempotencyKey: 'required',
    body: z.strictObject({ ...place, reason: z.enum(adjustmentReasons), quantity }).meta({ id: 'StockAdjustment' }),
    responses: { 201: corrected },
    handler: ({ command, body: { reason, ...rest }, actor, at }) =>
      command(async (tx) => reply(201, await correctStock(tx, { kind: reason, ...rest, actor, at }))),
  }),
  route({
    method: 'get',
    path: '/v1/reorder-points',
    summary: 'When how much is ordered for which warehouse; with low=true, what it is time to order',
    roles: staff,
    query: z.strictObject({
      sku: sku.optional(),
      warehouseId: warehouseId.optional(),
      low: z.enum(['true', 'false']).optional(),
      ...paging,
    }),
    responses: { 200: pageOf(reorderPoint) },
    handler: async ({ database, query: { low, ...query } }) => {
      const wanted = { ...query, low: low === undefined ? undefined : low === 'true' };
      const rows = await listReorderPoints(database, wanted, query);
      return reply(
        200,
        toPage(rows, query.limit, (row) => `${row.sku} ${row.warehouseId}`),
      );
    },
  }),
  route({
    method: 'put',
    path: '/v1/reorder-points/{sku}/{warehouseId}',
    summary: 'Say at how few available units how many are ordered; a task says when it is time',
    roles: stockRoles,
    params: z.strictObject({ sku, warehouseId }),
    body: z.strictObject({ point: reorderAt, quantity }).meta({ id: 'ReorderPointDetails' }),
    responses: { 200: reorderPoint },
    handler: ({ command, params, body, actor, at }) =>
      command(async (tx) => {
        await setReorderPoint(tx, { ...params, ...body, actor, at });
        const [point] = await listReorderPoints(tx, params, { limit: 1 });
        return reply(200, point!);
      }),
  }),
];
