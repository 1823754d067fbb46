import { z } from 'zod';
import { adjustmentReasons } from '../../db/statements/import-stock.ts';
import { correctStock } from '../../db/transactions/correct-stock.ts';
import { type Route, reply, route } from '../contract.ts';
import { amountMinor, quantity, sku, text, warehouseId } from '../schemas.ts';

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
];
