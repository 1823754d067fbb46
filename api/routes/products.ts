import { z } from 'zod';
import { listProducts, listStock, listWarehouses, readProduct } from '../../db/queries/products.ts';
import { receiveGoods } from '../../db/transactions/receive-goods.ts';
import { saveProduct } from '../../db/transactions/save-products.ts';
import { saveWarehouse } from '../../db/transactions/save-warehouse.ts';
import { everyone, type Route, reply, route, staff } from '../contract.ts';
import { found } from '../ownership.ts';
import {
  address,
  amountMinor,
  currency,
  pageOf,
  paging,
  quantity,
  sku,
  taxCategory,
  taxRate,
  text,
  toPage,
  warehouseId,
  weightGrams,
} from '../schemas.ts';

const productPrice = z.strictObject({ currency, unitPriceMinor: amountMinor });
const productFields = {
  name: text(200),
  taxCategory: taxCategory.default('S'),
  taxRate,
  weightGrams: weightGrams.default(0),
  makeToOrder: z.boolean().default(false).meta({ description: 'Made when it is ordered: stock does not limit what is sold.' }),
  leadDays: z.int().min(0).max(365).default(0).meta({ description: 'Business days that it takes to make.' }),
  prices: z
    .array(productPrice)
    .min(1)
    .max(50)
    .refine((prices) => new Set(prices.map((price) => price.currency)).size === prices.length, 'One price per currency.'),
};
const product = z
  // One that came in by file may have no price yet.
  .strictObject({ sku, ...productFields, prices: z.array(productPrice), taxCategory: z.string(), version: z.int() })
  .meta({ id: 'Product' });
const warehouse = z.strictObject({ id: warehouseId, name: text(200), address }).meta({ id: 'Warehouse' });
const stockLevel = z
  .strictObject({
    sku,
    warehouseId,
    onHand: z.int(),
    reserved: z.int(),
    available: z.int(),
    valueMinor: z.int().optional().meta({ description: 'What the units on hand cost; for staff only.' }),
  })
  .meta({ id: 'StockLevel' });
const params = z.strictObject({ sku });
const masterDataRoles = ['sales', 'finance', 'admin'] as const;
const stockRoles = ['warehouse', 'admin'] as const;

export const productRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/products',
    summary: 'Products by SKU, with prices',
    roles: everyone,
    query: z.strictObject(paging),
    responses: { 200: pageOf(product) },
    handler: async ({ database, query }) =>
      reply(
        200,
        toPage(await listProducts(database, query), query.limit, (row) => row.sku),
      ),
  }),
  route({
    method: 'get',
    path: '/v1/products/{sku}',
    summary: 'One product',
    roles: everyone,
    params,
    responses: { 200: product },
    handler: async ({ database, params }) => reply(200, found(await readProduct(database, params.sku), 'product', params.sku)),
  }),
  route({
    method: 'put',
    path: '/v1/products/{sku}',
    summary: 'Take a product in or change it; a currency that is not named keeps its price',
    roles: masterDataRoles,
    params,
    body: z.strictObject(productFields).meta({ id: 'ProductDetails' }),
    responses: { 200: product, 201: product },
    handler: (call) =>
      call.command(async (tx) => {
        const { created } = await saveProduct(tx, { ...call.params, ...call.body, actor: call.actor, at: call.at });
        return reply(created ? 201 : 200, found(await readProduct(tx, call.params.sku), 'product', call.params.sku));
      }),
  }),
  route({
    method: 'get',
    path: '/v1/warehouses',
    summary: 'The warehouses',
    roles: staff,
    responses: { 200: z.strictObject({ items: z.array(warehouse) }) },
    handler: async ({ database }) => reply(200, { items: await listWarehouses(database) }),
  }),
  route({
    method: 'put',
    path: '/v1/warehouses/{id}',
    summary: 'Take a warehouse in, or change its name and address',
    roles: stockRoles,
    params: z.strictObject({ id: warehouseId }),
    body: z.strictObject({ name: text(200), address }),
    responses: { 200: warehouse, 201: warehouse },
    handler: (call) =>
      call.command(async (tx) => {
        const details = { id: call.params.id, ...call.body };
        const { created } = await saveWarehouse(tx, { ...details, actor: call.actor, at: call.at });
        return reply(created ? 201 : 200, details);
      }),
  }),
  route({
    method: 'get',
    path: '/v1/stock',
    summary: 'What is on hand, reserved and available, by SKU and warehouse',
    roles: everyone,
    query: z.strictObject({ sku: sku.optional(), warehouseId: warehouseId.optional(), ...paging }),
    responses: { 200: pageOf(stockLevel) },
    handler: async ({ database, principal, query }) => {
      const page = toPage(await listStock(database, query, query), query.limit, (row) => `${row.sku} ${row.warehouseId}`);
      const items = page.items.map(({ valueMinor, ...level }) =>
        principal.customerId === undefined ? { ...level, valueMinor } : level,
      );
      return reply(200, { ...page, items });
    },
  }),
  route({
    method: 'get',
    path: '/v1/stock/events',
    summary:
      'Live stock as server-sent events: `snapshot`, whose last piece is `complete`, and then `change`; both carry `items` as the list has them',
    roles: everyone,
    query: z.strictObject({ sku: sku.optional(), warehouseId: warehouseId.optional() }),
    contentType: 'text/event-stream',
    responses: { 200: z.custom<AsyncIterable<string>>() },
    readsClockItself: true,
    handler: async ({ stockFeed, principal, query, gone }) =>
      reply(200, await stockFeed.open(query, principal.keyId, gone), { Connection: 'close', 'X-Accel-Buffering': 'no' }),
  }),
  route({
    method: 'post',
    path: '/v1/goods-receipts',
    summary: 'Book delivered goods in, once per delivery note; back-orders hear of it',
    roles: stockRoles,
    idempotencyKey: 'required',
    body: z
      .strictObject({
        reference: text(100),
        warehouseId,
        lines: z
          .array(z.strictObject({ sku, quantity, unitCostMinor: amountMinor }))
          .min(1)
          .max(500),
      })
      .meta({ id: 'GoodsReceipt' }),
    responses: { 201: z.strictObject({ reference: z.string(), warehouseId, wokenOrders: z.int() }) },
    handler: (call) =>
      call.command(async (tx) => reply(201, await receiveGoods(tx, { ...call.body, actor: call.actor, at: call.at }))),
  }),
];
