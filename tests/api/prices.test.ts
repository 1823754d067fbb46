import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { placeOrder } from '../../db/transactions/place-order.ts';
import { addCustomer, addProduct, addStock, setUpCompany } from '../company.ts';
import { type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* A DESK costs 100.00 EUR, unless a list says otherwise. The company is in Berlin. */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'DESK', 10_000);
  await addProduct(suite.database, 'CHAIR', 5_000);
  await addStock(suite, 'DESK', 10_000, 4_000);
  await addStock(suite, 'CHAIR', 10_000, 2_000);
  await suite.setClock('2026-03-10T12:00:00Z');
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

async function customer(segment?: string): Promise<string> {
  const id = `CUST-${randomUUID().slice(0, 8).toUpperCase()}`;
  await addCustomer(suite.database, id);
  await suite.database.query('UPDATE customers SET segment = $2 WHERE id = $1', [id, segment]);
  return id;
}

async function list(id: string, prices: [number, number | null][], rest: object = {}): Promise<void> {
  const body = {
    name: id,
    currency: 'EUR',
    prices: prices.map(([minimumQuantity, unitPriceMinor]) => ({ sku: 'DESK', minimumQuantity, unitPriceMinor })),
    ...rest,
  };
  const saved = await api.put(`/v1/price-lists/${id}`, 'sales', body);
  expect([200, 201]).toContain(saved.status);
}

const orderOf = (customerId: string, quantity: number, rest: object = {}) => ({
  customerId,
  currency: 'EUR',
  lines: [{ sku: 'DESK', quantity, ...rest }],
});

async function priced(customerId: string, quantity = 1): Promise<{ unitPriceMinor: number; priceListId: string | null }> {
  const placed = await api.post('/v1/orders', 'sales', orderOf(customerId, quantity));
  expect(placed.status).toBe(201);
  const { unitPriceMinor, priceListId } = placed.body.lines[0];
  return { unitPriceMinor, priceListId };
}

describe('orders are priced by the lists', () => {
  it('O1: a customer’s list goes before its segment’s, and its breaks and days count; the line keeps price and source', async () => {
    const ada = await customer('TRADE');
    const stranger = await customer();
    await list('TRADE-2026', [[1, 9_000]], { segment: 'TRADE' });
    expect(await priced(ada)).toEqual({ unitPriceMinor: 9_000, priceListId: 'TRADE-2026' });
    expect(await priced(stranger)).toEqual({ unitPriceMinor: 10_000, priceListId: null });

    await list(
      'ADA',
      [
        [10, 8_000],
        [100, 7_000],
      ],
      { customerId: ada, validUntil: '2026-03-10' },
    );
    expect(await priced(ada, 9)).toEqual({ unitPriceMinor: 9_000, priceListId: 'TRADE-2026' });
    const placed = await api.post('/v1/orders', 'sales', orderOf(ada, 150));
    expect(placed.body).toMatchObject({ netMinor: 150 * 7_000 });
    const kept = { unitPriceMinor: 7_000, priceListId: 'ADA', priceMinimumQuantity: 100, netMinor: 150 * 7_000 };

    await list('ADA', [[100, 6_000]], { customerId: ada, validUntil: '2026-03-10' });
    expect((await api.get(`/v1/orders/${placed.body.id}`, 'sales')).body.lines[0]).toMatchObject(kept);
    expect(await priced(ada, 150)).toEqual({ unitPriceMinor: 6_000, priceListId: 'ADA' });
    expect(await priced(ada, 50)).toEqual({ unitPriceMinor: 8_000, priceListId: 'ADA' });
    await list('ADA', [[100, null]], { customerId: ada, validUntil: '2026-03-10' });
    expect(await priced(ada, 150)).toEqual({ unitPriceMinor: 8_000, priceListId: 'ADA' });
  });

  it('O1: a list ends with its last day in the company’s time zone, not in UTC', async () => {
    const bob = await customer();
    await list('BOB', [[1, 8_500]], { customerId: bob, validFrom: '2026-03-10', validUntil: '2026-03-10' });
    for (const [at, unitPriceMinor] of [
      ['2026-03-09T22:30:00Z', 10_000],
      ['2026-03-09T23:30:00Z', 8_500],
      ['2026-03-10T22:30:00Z', 8_500],
      ['2026-03-10T23:30:00Z', 10_000],
    ] as const) {
      await suite.setClock(at);
      expect([at, (await priced(bob)).unitPriceMinor]).toEqual([at, unitPriceMinor]);
    }
    await suite.setClock('2026-03-10T12:00:00Z');
  });

  it('O2: a stated price that is not the customer’s price refuses the order, and the list price is what it is told', async () => {
    const cyd = await customer();
    await list('CYD', [[1, 8_800]], { customerId: cyd });
    const refused = await api.post('/v1/orders', 'sales', orderOf(cyd, 1, { expectedUnitPriceMinor: 10_000 }));
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/lines/0/expectedUnitPriceMinor', code: 'price-changed' }] },
    });
    expect(refused.body.errors[0].detail).toContain('88.00 EUR');
    expect((await api.post('/v1/orders', 'sales', orderOf(cyd, 1, { expectedUnitPriceMinor: 8_800 }))).status).toBe(201);
  });

  it('O1: a list in another currency prices nothing, and a list price is enough where the product has none', async () => {
    const dot = await customer();
    await list('DOT-USD', [[1, 1]], { customerId: dot, currency: 'USD' });
    expect((await priced(dot)).unitPriceMinor).toBe(10_000);
    await suite.database.query("INSERT INTO products (sku, name, tax_rate, at) VALUES ('BARE', 'Bare', '0', now())");
    await addStock(suite, 'BARE', 10, 1);
    const lines = [{ sku: 'BARE', quantity: 1 }];
    const bare = { customerId: dot, currency: 'EUR', lines };
    expect((await api.post('/v1/orders', 'sales', bare)).body.errors[0].code).toBe('no-price');
    await list('DOT', [], { customerId: dot, prices: [{ sku: 'BARE', unitPriceMinor: 77 }] });
    expect((await api.post('/v1/orders', 'sales', bare)).body.lines[0]).toMatchObject({ unitPriceMinor: 77, priceListId: 'DOT' });
  });

  it('O1: intake stays one statement that reads and one that writes', async () => {
    const eve = await customer();
    await list('EVE', [[1, 8_100]], { customerId: eve });
    const statements: string[] = [];
    const counted = openDatabase({
      url: suite.databaseUrl,
      role: 'throughline_api',
      onStatement: (text) => statements.push(text),
    });
    const request = { ...orderOf(eve, 1), channel: 'api' as const };
    const input = { request, actor: 'tester', principal: 'tester', idempotencyKey: randomUUID(), fingerprint: 'f' };
    const { order } = await placeOrder(counted, input);
    await counted.close();
    expect(order.lines[0]).toMatchObject({ unitPriceMinor: 8_100, priceListId: 'EVE' });
    expect(statements).toHaveLength(2);
  });
});

describe('what a buyer reads before ordering', () => {
  it('O1: a customer reads its own prices with their breaks and what an order comes to; another’s are not there', async () => {
    const [gus, stranger] = [await customer(), await customer()];
    const key = (await api.post('/v1/api-keys', 'admin', { name: 'gus', roles: ['customer'], customerId: gus })).body.key;
    // The break at 5 costs what one unit does, and so is none.
    await list(
      'GUS',
      [
        [1, 9_000],
        [5, 9_000],
        [10, 8_000],
      ],
      { customerId: gus },
    );
    const offer = async (query = '') => (await api.get(`/v1/customers/${gus}/offer${query}`, key)).body;
    expect((await offer('?q=des')).items).toEqual([
      {
        sku: 'DESK',
        name: 'DESK product',
        currency: 'EUR',
        available: expect.any(Number),
        makeToOrder: false,
        prices: [
          { minimumQuantity: 1, unitPriceMinor: 9_000 },
          { minimumQuantity: 10, unitPriceMinor: 8_000 },
        ],
      },
    ]);
    expect((await offer('?q=product')).items).toHaveLength(2);
    const first = await offer('?limit=1');
    const second = await offer(`?limit=1&after=${first.next}`);
    expect(second.items[0].sku > first.items[0].sku).toBe(true);
    expect((await offer('?q=%25')).items).toEqual([]);
    expect((await api.get(`/v1/customers/${stranger}/offer`, key)).status).toBe(404);
    expect((await api.get(`/v1/customers/${gus}/offer`, 'warehouse')).status).toBe(403);

    const price = (body: object) => api.post('/v1/order-prices', key, body);
    // More than there are: that is for the moment when it is placed.
    expect(await price(orderOf(gus, 20_000))).toMatchObject({
      status: 200,
      body: { netMinor: 160_000_000, taxMinor: 32_000_000, grossMinor: 192_000_000, lines: [{ unitPriceMinor: 8_000 }] },
    });
    const lines = [
      { sku: 'NO-SUCH', quantity: 1 },
      { sku: 'DESK', quantity: 1, expectedUnitPriceMinor: 1 },
    ];
    const refused = await price({ ...orderOf(gus, 1), requestedOn: '2026-03-09', lines });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      '/requestedOn',
      '/lines/0/sku',
      '/lines/1/expectedUnitPriceMinor',
    ]);
    expect((await price(orderOf(stranger, 1))).status).toBe(404);
  });
});

describe('keeping price lists', () => {
  it('O1: what is saved is read again, page by page, and stands in the audit log', async () => {
    const fay = await customer();
    const prices = [1, 10, 100].flatMap((minimumQuantity) =>
      ['DESK', 'CHAIR'].map((sku) => ({ sku, minimumQuantity, unitPriceMinor: 1_000 - minimumQuantity })),
    );
    await list('FAY', [], { customerId: fay, validFrom: '2026-01-01', prices });
    expect((await api.get('/v1/price-lists/FAY', 'warehouse')).body).toEqual({
      id: 'FAY',
      name: 'FAY',
      currency: 'EUR',
      customerId: fay,
      segment: null,
      validFrom: '2026-01-01',
      validUntil: null,
      version: 1,
    });
    const read: unknown[] = [];
    let next = '';
    do {
      const page = (await api.get(`/v1/price-lists/FAY/prices?limit=4${next}`, 'sales')).body;
      read.push(...page.items);
      next = page.next ? `&after=${page.next}` : '';
    } while (next !== '');
    expect(read).toHaveLength(6);
    expect(new Set(read.map((row) => JSON.stringify(row))).size).toBe(6);
    expect((await api.get(`/v1/price-lists?customerId=${fay}`, 'sales')).body.items).toHaveLength(1);
    const timeline = await api.get(`/v1/customers/${fay}/timeline`, 'sales');
    expect(timeline.body.items.at(-1)).toMatchObject({ action: 'price-list-created', actor: 'sales' });
  });

  it('O1: a list that cannot be is refused with every fault, and nothing of it is kept', async () => {
    const body = {
      name: 'Bad',
      currency: 'EUR',
      customerId: 'CUST-NOBODY',
      prices: [
        { sku: 'NO-SUCH', unitPriceMinor: 1 },
        { sku: 'DESK', unitPriceMinor: 1 },
      ],
    };
    const refused = await api.put('/v1/price-lists/BAD', 'sales', body);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((fault: { path: string }) => fault.path)).toEqual(['/customerId', '/prices/0/sku']);
    expect((await api.get('/v1/price-lists/BAD', 'sales')).status).toBe(404);
    const both = await api.put('/v1/price-lists/BAD', 'sales', {
      ...body,
      segment: 'TRADE',
      validFrom: '2026-02-01',
      validUntil: '2026-01-01',
    });
    expect(both.body.errors.map((fault: { path: string }) => fault.path)).toEqual(['/segment', '/validUntil']);
    await list('EUROS', [[1, 1]]);
    expect((await api.put('/v1/price-lists/EUROS', 'sales', { name: 'x', currency: 'USD' })).status).toBe(409);
    expect((await api.get('/v1/price-lists/EUROS/prices?after=bm9uc2Vuc2U', 'sales')).status).toBe(400);
    await list('EUROS', [[1, null]]);
  });
});
