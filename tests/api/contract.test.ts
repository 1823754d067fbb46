import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, staff } from '../../api/contract.ts';
import { routes } from '../../api/routes/index.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import { createDelivery } from '../../outbox/deliver.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, type Asking, startApi } from './client.ts';

let suite: Suite;
let api: Api;
/** A customer's key each. */
let ada: string;
let bob: string;

const address = { name: 'Goods In', street: '1 Dock Road', city: 'Hamburg', postalCode: '20457', country: 'DE' };
const company = {
  legalName: 'Throughline Supplies GmbH',
  taxId: 'DE123456789',
  address,
  email: 'billing@supplies.example',
  bankIban: 'DE89370400440532013000',
  bankBic: 'COBADEFFXXX',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
};
const customerDetails = (name: string) => ({
  name,
  email: `${name.toLowerCase()}@customer.example`,
  billingAddress: address,
  currency: 'EUR',
  terms: { kind: 'net', days: 30 },
});

beforeAll(async () => {
  suite = await startSuite();
  // Every route is asked twice without a valid key, all within a minute.
  api = await startApi(suite, { strangersPerMinute: 10_000 });
  expect((await api.put('/v1/company', 'admin', company)).status).toBe(201);
  expect((await api.put('/v1/warehouses/WH-NORTH', 'warehouse', { name: 'North', address })).status).toBe(201);
  for (const sku of ['DESK', 'CHAIR', 'LAMP']) {
    const product = { name: sku, taxRate: '0.20', weightGrams: 500, prices: [{ currency: 'EUR', unitPriceMinor: 10_000 }] };
    expect((await api.put(`/v1/products/${sku}`, 'sales', product)).status).toBe(201);
  }
  const lines = ['DESK', 'CHAIR'].map((sku) => ({ sku, quantity: 1_000, unitCostMinor: 4_000 }));
  expect((await api.post('/v1/goods-receipts', 'warehouse', { reference: 'DN-1', warehouseId: 'WH-NORTH', lines })).status).toBe(
    201,
  );
  ada = await customer('CUST-ADA', 4_000_000);
  bob = await customer('CUST-BOB');
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

/** A customer, approved up to the limit when there is one, and its key. */
async function customer(id: string, limitMinor?: number): Promise<string> {
  expect((await api.put(`/v1/customers/${id}`, 'sales', customerDetails(id))).status).toBe(201);
  if (limitMinor !== undefined) {
    expect((await api.put(`/v1/customers/${id}/credit-limit`, 'credit', { limitMinor, reason: 'known for years' })).status).toBe(
      200,
    );
  }
  const made = await api.post('/v1/api-keys', 'admin', { name: `${id} buyer`, roles: ['customer'], customerId: id });
  expect(made.status).toBe(201);
  return made.body.key;
}

const orderOf = (customerId: string, rest: object = {}) => ({
  customerId,
  currency: 'EUR',
  lines: [{ sku: 'DESK', quantity: 2 }],
  ...rest,
});

/** How many rows each table holds: a refusal leaves all of them as they were, but for the audit log. */
async function footprint(): Promise<Record<string, number>> {
  const { rows: tables } = await suite.database.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'migrations'",
  );
  const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM ${name}`).join(' UNION ALL ');
  const { rows } = await suite.database.query<{ name: string; rows: number }>(counts);
  return Object.fromEntries(rows.map((row) => [row.name, row.rows]));
}

async function statusOf(orderId: string): Promise<string> {
  return (await api.get(`/v1/orders/${orderId}`, 'sales')).body.status;
}

async function place(customerId: string, rest: object = {}): Promise<string> {
  const placed = await api.post('/v1/orders', 'sales', orderOf(customerId, rest));
  expect(placed.status).toBe(201);
  return placed.body.id;
}

const until = (orderId: string, status: string) => eventually(async () => (await statusOf(orderId)) === status);

describe('who may do what', () => {
  it('X3: of a customer’s people everybody reads, and nothing is changed without a right that was given for it', () => {
    const changed = routes.filter(({ method, roles }) => method !== 'get' && roles.includes('customer'));
    expect(changed.map(({ path }) => path)).toEqual(['/v1/me/sessions/{id}/end']);
    const money =
      /^\/v1\/(invoices|credit-notes|payments|card-payments|disputes|promises|cheques|documentation-clocks)\b|statement|account/;
    const open = routes.filter(({ path, roles }) => money.test(path) && roles.includes('payer'));
    expect(open.length).toBeGreaterThan(20);
    for (const { path, roles } of open)
      expect([path, roles.includes('buyer'), roles.includes('customer')]).toEqual([path, false, false]);
  });

  // What a carrier signs is in tests/api/shipping.test.ts, what a link opens in tests/api/invoice-delivery.test.ts.
  const askable = routes
    .filter((route) => !route.signedBy && !route.openTo)
    .map((route) => ({ route, title: `${route.method.toUpperCase()} ${route.path}` }));
  const pathOf = (path: string) => path.replaceAll(/\{\w+\}/g, 'NOBODY');

  it.each(askable)('X3: $title needs a valid key', async ({ route }) => {
    for (const as of [undefined, `tl_local-admin_${'0'.repeat(64)}`]) {
      const answered = await api.ask(route.method.toUpperCase(), pathOf(route.path), as ? { as } : {});
      expect(answered).toMatchObject({ status: 401, body: { type: '/problems/unauthenticated' } });
      expect(answered.headers.get('www-authenticate')).toContain('Bearer');
    }
  });

  it.each(askable)('X3: $title is for its roles only', async ({ route }) => {
    expect(route.roles.length).toBeGreaterThan(0);
    // No key looks after a customer's people: those who do are in tests/api/sign-in.test.ts.
    const askers = [[ada, ['customer', 'buyer', 'payer']], ...staff.map((role) => [role, [role]])] as [string, Role[]][];
    const may = ([, own]: [string, Role[]]) => own.some((role) => route.roles.includes(role));
    for (const [as] of askers.filter((asker) => !may(asker))) {
      expect(await api.ask(route.method.toUpperCase(), pathOf(route.path), { as })).toMatchObject({ status: 403 });
    }
    for (const [as] of askers.filter(may)) {
      const answered = await api.ask(route.method.toUpperCase(), pathOf(route.path), { as, headers: { 'X-Request-Id': 'mine' } });
      // Forbidden here can only come from the record: nobody is turned away at the door.
      if (answered.status === 403) expect(answered.body.detail).not.toContain('one of the roles');
      expect(answered.status).not.toBe(500);
      expect(answered.headers.get('x-request-id')).toBe('mine');
      expect(answered.headers.get('x-powered-by')).toBeNull();
    }
  });

  it('X3: a customer’s key sees its own records only; those of others do not exist for it', async () => {
    const mine = await place('CUST-ADA');
    const theirs = await place('CUST-BOB');
    expect((await api.get(`/v1/orders/${mine}`, ada)).status).toBe(200);
    for (const path of [
      `/v1/orders/${theirs}`,
      `/v1/orders/${theirs}/timeline`,
      `/v1/orders/${theirs}/live`,
      '/v1/customers/CUST-BOB',
      '/v1/customers/CUST-BOB/account',
      '/v1/customers/CUST-BOB/timeline',
      '/v1/orders?customerId=CUST-BOB',
      '/v1/invoices?customerId=CUST-BOB',
      '/v1/payments?customerId=CUST-BOB',
      '/v1/notices?customerId=CUST-BOB',
    ]) {
      expect([path, (await api.get(path, ada)).status]).toEqual([path, 404]);
    }
    expect((await api.post(`/v1/orders/${theirs}/cancel`, ada, { reason: 'not mine' })).status).toBe(404);
    expect((await api.post(`/v1/orders/${theirs}/amend`, ada, { revision: 1, reason: 'not mine' })).status).toBe(404);
    const listed = await api.get('/v1/orders?limit=200', ada);
    expect(new Set(listed.body.items.map((order: { customerId: string }) => order.customerId))).toEqual(new Set(['CUST-ADA']));
    const customers = await api.get('/v1/customers', ada);
    expect(customers.body.items.map((row: { id: string }) => row.id)).toEqual(['CUST-ADA']);
    const unknown = await api.post('/v1/orders', ada, orderOf('CUST-NOBODY'));
    const foreign = await api.post('/v1/orders', ada, orderOf('CUST-BOB'));
    expect(foreign.status).toBe(422);
    expect(foreign.body.errors[0].code).toBe(unknown.body.errors[0].code);
  });

  it('X3: a revoked or expired key is refused, and a customer’s key cannot have another role', async () => {
    const made = await api.post('/v1/api-keys', 'admin', { name: 'passing', roles: ['sales'] });
    await api.post(`/v1/api-keys/${made.body.id}/revoke`, 'admin');
    expect((await api.get('/v1/orders', made.body.key)).status).toBe(401);
    const expired = await api.post('/v1/api-keys', 'admin', {
      name: 'gone',
      roles: ['sales'],
      expiresAt: '2026-01-01T00:00:00Z',
    });
    expect((await api.get('/v1/orders', expired.body.key)).status).toBe(401);
    const both = { name: 'both', roles: ['customer', 'admin'], customerId: 'CUST-ADA' };
    expect((await api.post('/v1/api-keys', 'admin', both)).status).toBe(400);
    expect(JSON.stringify((await api.get('/v1/api-keys', 'admin')).body)).not.toContain(made.body.key);
  });

  it('X3: the actor of the key stands in the audit trail', async () => {
    const orderId = await place('CUST-ADA');
    const timeline = await api.get(`/v1/orders/${orderId}/timeline`, 'sales');
    expect(timeline.body.items[0]).toMatchObject({ action: 'order-received', actor: 'sales', actorVerified: true });
  });
});

/** Waits until what earlier tests set going in the background has come to rest. */
async function settle(): Promise<void> {
  let before = '';
  await eventually(async () => {
    const { rows } = await suite.database.query('SELECT count(*)::int AS pending FROM outbox WHERE delivered_at IS NULL');
    const now = JSON.stringify([await footprint(), rows, (await suite.database.query('SELECT status FROM notices')).rows]);
    const still = rows[0].pending === 0 && now === before;
    before = now;
    if (!still) await new Promise((resolve) => setTimeout(resolve, 500));
    return still;
  }, 60);
}

describe('bad input', () => {
  beforeAll(settle);
  const good = orderOf('CUST-ADA');
  const line = good.lines[0]!;
  const payment = {
    customerId: 'CUST-ADA',
    method: 'bank-transfer',
    currency: 'EUR',
    amountMinor: 100,
    valueOn: '2026-01-31',
  };
  const order = (rest: object) => ({ path: '/v1/orders', body: { ...good, ...rest } });
  const withLine = (rest: object) => order({ lines: [{ ...line, ...rest }] });
  const pay = (rest: object) => ({ path: '/v1/payments', body: { ...payment, ...rest } });
  interface Bad extends Asking {
    what: string;
    method?: string;
    path: string;
    status: number;
    /** The problem's type. */
    type: string;
    /** Where the faults are. */
    at?: string[];
    audited?: boolean;
  }
  const bad: Bad[] = [
    { what: 'malformed JSON', path: '/v1/orders', raw: '{"customerId": ', status: 400, type: 'malformed-json' },
    { what: 'a bare word', path: '/v1/orders', raw: 'hello', status: 400, type: 'malformed-json' },
    { what: 'no body', path: '/v1/orders', status: 400, type: 'invalid-request', at: [''] },
    { what: 'an array for an object', path: '/v1/orders', raw: '[]', status: 400, type: 'invalid-request', at: [''] },
    {
      what: 'bytes that are not UTF-8',
      path: '/v1/orders',
      raw: Uint8Array.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]),
      status: 400,
      type: 'malformed-json',
    },
    {
      what: 'another content type',
      path: '/v1/orders',
      raw: 'a=b',
      headers: { 'Content-Type': 'text/plain' },
      status: 415,
      type: 'unsupported-media-type',
    },
    {
      what: 'a strange charset',
      path: '/v1/orders',
      raw: '{}',
      headers: { 'Content-Type': 'application/json; charset=klingon' },
      status: 415,
      type: 'unsupported-media-type',
    },
    {
      what: 'a body that is too large',
      ...order({ externalReference: 'x'.repeat(300_000) }),
      status: 413,
      type: 'body-too-large',
    },
    {
      what: '10,000 lines',
      ...order({ lines: Array.from({ length: 10_000 }, () => ({ sku: 'A', quantity: 1 })) }),
      status: 400,
      type: 'invalid-request',
      at: ['/lines'],
    },
    {
      what: '501 lines',
      ...order({ lines: Array.from({ length: 501 }, () => line) }),
      status: 400,
      type: 'invalid-request',
      at: ['/lines'],
    },
    { what: 'no lines', ...order({ lines: [] }), status: 400, type: 'invalid-request', at: ['/lines'] },
    {
      what: 'unknown fields',
      ...order({ discount: 5, 'a/b~': 1 }),
      status: 400,
      type: 'invalid-request',
      at: ['/discount', '/a~1b~0'],
    },
    {
      what: 'a field of a prototype',
      path: '/v1/orders',
      raw: `{"__proto__": {"x": 1}, ${JSON.stringify(good).slice(1)}`,
      status: 400,
      type: 'invalid-request',
    },
    {
      what: 'wrong types',
      ...order({ customerId: 5, currency: null, lines: 'DESK' }),
      status: 400,
      type: 'invalid-request',
      at: ['/customerId', '/currency', '/lines'],
    },
    {
      what: 'a missing field',
      ...withLine({ quantity: undefined }),
      status: 400,
      type: 'invalid-request',
      at: ['/lines/0/quantity'],
    },
    {
      what: 'a negative quantity',
      ...withLine({ quantity: -1 }),
      status: 400,
      type: 'invalid-request',
      at: ['/lines/0/quantity'],
    },
    { what: 'a quantity of zero', ...withLine({ quantity: 0 }), status: 400, type: 'invalid-request', at: ['/lines/0/quantity'] },
    {
      what: 'a fractional quantity',
      ...withLine({ quantity: 1.5 }),
      status: 400,
      type: 'invalid-request',
      at: ['/lines/0/quantity'],
    },
    {
      what: 'a quantity as text',
      ...withLine({ quantity: '1' }),
      status: 400,
      type: 'invalid-request',
      at: ['/lines/0/quantity'],
    },
    {
      what: 'a number beyond all numbers',
      path: '/v1/orders',
      raw: JSON.stringify(good).replace('"quantity":2', '"quantity":1e999'),
      status: 400,
      type: 'invalid-request',
      at: ['/lines/0/quantity'],
    },
    {
      what: 'an amount beyond the safe integers',
      path: '/v1/payments',
      raw: JSON.stringify(payment).replace('"amountMinor":100', '"amountMinor":9007199254740993'),
      status: 400,
      type: 'invalid-request',
      at: ['/amountMinor'],
    },
    {
      what: 'a NUL character',
      ...order({ externalReference: 'a\u0000b' }),
      status: 400,
      type: 'invalid-request',
      at: ['/externalReference'],
    },
    {
      what: 'half a surrogate pair',
      ...order({ externalReference: 'a\ud800b' }),
      status: 400,
      type: 'invalid-request',
      at: ['/externalReference'],
    },
    {
      what: 'a date that does not exist',
      ...order({ requestedOn: '2027-02-29' }),
      status: 400,
      type: 'invalid-request',
      at: ['/requestedOn'],
    },
    {
      what: 'a date beyond the calendar',
      ...order({ requestedOn: '9999-12-31' }),
      status: 400,
      type: 'invalid-request',
      at: ['/requestedOn'],
    },
    {
      what: 'a currency that does not exist',
      ...order({ currency: 'EUX' }),
      status: 400,
      type: 'invalid-request',
      at: ['/currency'],
    },
    { what: 'no Idempotency-Key', ...order({}), headers: { 'Idempotency-Key': '' }, status: 400, type: 'invalid-request' },
    {
      what: 'an endless Idempotency-Key',
      ...order({}),
      headers: { 'Idempotency-Key': 'k'.repeat(201) },
      status: 400,
      type: 'invalid-request',
    },
    {
      what: 'a date in the past',
      ...order({ requestedOn: '2020-01-01' }),
      status: 422,
      type: 'invalid-order',
      at: ['/requestedOn'],
      audited: true,
    },
    {
      what: 'an unknown customer',
      ...order({ customerId: 'CUST-NOBODY' }),
      status: 422,
      type: 'invalid-order',
      at: ['/customerId'],
      audited: true,
    },
    {
      what: 'an unknown SKU',
      ...withLine({ sku: 'SOFA' }),
      status: 422,
      type: 'invalid-order',
      at: ['/lines/0/sku'],
      audited: true,
    },
    {
      what: 'another currency than the customer’s',
      ...order({ currency: 'USD' }),
      status: 422,
      type: 'invalid-order',
      at: ['/currency', '/lines/0/sku'],
      audited: true,
    },
    {
      what: 'goods that are not there',
      ...withLine({ sku: 'LAMP' }),
      status: 422,
      type: 'invalid-order',
      at: ['/lines/0/quantity'],
      audited: true,
    },
    {
      what: 'another price than expected',
      ...withLine({ expectedUnitPriceMinor: 1 }),
      status: 422,
      type: 'invalid-order',
      at: ['/lines/0/expectedUnitPriceMinor'],
      audited: true,
    },
    { what: 'a payment of zero', ...pay({ amountMinor: 0 }), status: 400, type: 'invalid-request', at: ['/amountMinor'] },
    { what: 'a negative payment', ...pay({ amountMinor: -5 }), status: 400, type: 'invalid-request', at: ['/amountMinor'] },
    {
      what: 'a payment on an unknown invoice',
      ...pay({ invoiceIds: ['INV-2020-000009'] }),
      status: 422,
      type: 'invalid-payment',
      at: ['/invoiceIds/0'],
      audited: true,
    },
    {
      what: 'a payment in another currency',
      ...pay({ currency: 'USD' }),
      status: 422,
      type: 'invalid-payment',
      at: ['/currency'],
      audited: true,
    },
    {
      what: 'a payment from the future',
      ...pay({ valueOn: '2150-01-01' }),
      status: 422,
      type: 'invalid-payment',
      at: ['/valueOn'],
      audited: true,
    },
    {
      what: 'a payment of an unknown customer',
      ...pay({ customerId: 'CUST-NOBODY' }),
      status: 422,
      type: 'unknown-customer',
      audited: true,
    },
    {
      what: 'goods in an unknown warehouse',
      path: '/v1/goods-receipts',
      body: { reference: 'DN-2', warehouseId: 'WH-X', lines: [{ sku: 'SOFA', quantity: 1, unitCostMinor: 1 }] },
      status: 422,
      type: 'invalid-goods-receipt',
      at: ['/warehouseId', '/lines/0/sku'],
    },
    {
      what: 'goods worth more than can be counted',
      path: '/v1/goods-receipts',
      body: {
        reference: 'DN-2',
        warehouseId: 'WH-NORTH',
        lines: [{ sku: 'DESK', quantity: 1_000_000, unitCostMinor: 90_000_000_000_000 }],
      },
      status: 422,
      type: 'invalid-goods-receipt',
      at: ['/lines/0'],
    },
    {
      what: 'an opening item that is due before its date',
      path: '/v1/opening-items',
      body: {
        customerId: 'CUST-ADA',
        currency: 'EUR',
        amountMinor: 5,
        issuedOn: '2026-02-01',
        dueOn: '2026-01-01',
        reference: 'OLD',
      },
      status: 422,
      type: 'invalid-opening-item',
      at: ['/dueOn'],
      audited: true,
    },
    {
      what: 'a decision on an unknown order',
      path: '/v1/orders/ORD-1/credit-decision',
      body: { decision: 'approve', reason: 'why not' },
      status: 404,
      type: 'unknown-order',
    },
    { what: 'a pick of an unknown shipment', path: '/v1/shipments/SHP-1/pick', body: {}, status: 404, type: 'unknown-shipment' },
    { what: 'an unknown task', path: '/v1/tasks/TSK-1/claim', status: 404, type: 'unknown-task' },
    {
      what: 'a cursor of somebody’s own making',
      method: 'GET',
      path: '/v1/orders?after=%21&limit=0&colour=red',
      status: 400,
      type: 'invalid-request',
      at: ['/query/limit', '/query/after', '/query/colour'],
    },
    {
      what: 'a NUL in a cursor',
      method: 'GET',
      path: `/v1/orders?after=${Buffer.from('a\0').toString('base64url')}`,
      status: 400,
      type: 'invalid-request',
      at: ['/query/after'],
    },
    {
      what: 'a cursor of another list',
      method: 'GET',
      path: `/v1/ledger/entries?after=${Buffer.from('ORD-1').toString('base64url')}`,
      status: 400,
      type: 'invalid-request',
    },
    {
      what: 'a parameter given twice',
      method: 'GET',
      path: '/v1/orders?limit=1&limit=2',
      status: 400,
      type: 'invalid-request',
      at: ['/query/limit'],
    },
    { what: 'a NUL in the path', method: 'GET', path: '/v1/orders/%00', status: 400, type: 'invalid-request', at: ['/path/id'] },
    { what: 'broken percent-encoding', method: 'GET', path: '/v1/orders/%E0%A4%A', status: 400, type: 'invalid-request' },
    { what: 'an unknown route', method: 'GET', path: '/v1/nothing', status: 404, type: 'unknown-route' },
    { what: 'another method', method: 'DELETE', path: '/v1/orders', status: 405, type: 'method-not-allowed' },
    {
      what: 'a company in no time zone',
      method: 'PUT',
      path: '/v1/company',
      body: { ...company, timeZone: 'Mars/Olympus', bankIban: 'nope' },
      status: 400,
      type: 'invalid-request',
      at: ['/bankIban', '/timeZone'],
    },
    {
      what: 'a customer with an id of its own style',
      method: 'PUT',
      path: '/v1/customers/b%20b',
      body: customerDetails('x'),
      status: 400,
      type: 'invalid-request',
      at: ['/path/id'],
    },
    {
      what: 'a customer whose currency changes',
      method: 'PUT',
      path: '/v1/customers/CUST-ADA',
      body: { ...customerDetails('x'), currency: 'USD' },
      status: 409,
      type: 'customer-currency',
    },
    {
      what: 'a clock that goes back',
      path: '/v1/local/clock/advance',
      body: { to: '2020-01-01T00:00:00Z' },
      status: 422,
      type: 'clock-goes-forward',
    },
    {
      what: 'a clock told twice',
      path: '/v1/local/clock/advance',
      body: { to: '2150-01-01T00:00:00Z', days: 1 },
      status: 400,
      type: 'invalid-request',
    },
  ];

  it.each(bad)(
    'O2: $what gets a precise $status and leaves no trace',
    async ({ method = 'POST', path, status, type, at, audited, ...asking }) => {
      const before = await footprint();
      const answered = await api.ask(method, path, { as: 'admin', ...asking });
      expect(answered).toMatchObject({ status, body: { type: `/problems/${type}`, status } });
      if (at) expect([...new Set((answered.body.errors ?? []).map((fault: { path: string }) => fault.path))]).toEqual(at);
      expect(JSON.stringify(answered.body)).not.toMatch(/node_modules|\.ts:|at async/);
      const after = await footprint();
      expect({ ...after, audit_log: 0 }).toEqual({ ...before, audit_log: 0 });
      expect(after.audit_log! - before.audit_log!).toBe(audited ? 1 : 0);
    },
  );

  it('O2: every fault is told at once', async () => {
    const lines = [
      { sku: 'SOFA', quantity: 1 },
      { sku: 'LAMP', quantity: 3 },
      { sku: 'DESK', quantity: 1, expectedUnitPriceMinor: 5 },
    ];
    const answered = await api.post('/v1/orders', 'sales', orderOf('CUST-ADA', { requestedOn: '2020-01-01', lines }));
    expect(answered.body.errors.map((fault: { path: string; code: string }) => [fault.path, fault.code])).toEqual([
      ['/requestedOn', 'past-date'],
      ['/lines/0/sku', 'unknown-sku'],
      ['/lines/1/quantity', 'out-of-stock'],
      ['/lines/2/expectedUnitPriceMinor', 'price-changed'],
    ]);
  });

  it('I1, O2: a customer names no terms of delivery but its own; sales may agree on others', async () => {
    const ddp = orderOf('CUST-ADA', { deliveryTerms: 'DDP' });
    expect(await api.post('/v1/orders', ada, ddp)).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/deliveryTerms', code: 'delivery-terms' }] },
    });
    const agree = (terms: string | null) =>
      suite.database.query("UPDATE customers SET delivery_terms = $1 WHERE id = 'CUST-ADA'", [terms]);
    await agree('DDP');
    expect((await api.post('/v1/orders', ada, ddp)).status).toBe(201);
    await agree(null);
    expect((await api.post('/v1/orders', 'sales', ddp)).status).toBe(201);
  });

  it('O2: an order that asks for more money than can be counted is refused', async () => {
    const prices = [{ currency: 'EUR', unitPriceMinor: 90_000_000_000_000 }];
    await api.put('/v1/products/PALACE', 'sales', { name: 'Palace', taxRate: '0', prices });
    const answered = await api.post('/v1/orders', 'sales', orderOf('CUST-ADA', { lines: [{ sku: 'PALACE', quantity: 200 }] }));
    expect(answered.status).toBe(422);
    expect(answered.body.errors.map((fault: { code: string }) => fault.code)).toContain('amount');
  });

  it('C3: an amount that would take an account beyond what can be counted is refused', async () => {
    await customer('CUST-RICH');
    const owe = (minor: number) =>
      suite.database.query("UPDATE credit_accounts SET open_receivables_minor = $1 WHERE customer_id = 'CUST-RICH'", [minor]);
    await owe(Number.MAX_SAFE_INTEGER - 10);
    const item = { customerId: 'CUST-RICH', currency: 'EUR', issuedOn: '2026-01-01', dueOn: '2099-01-01', reference: 'A' };
    // Orders of the tests before may be on their way still.
    const before = await eventually(async () => {
      const first = await footprint();
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(await footprint()).toEqual(first);
      return first;
    });
    expect(await api.post('/v1/opening-items', 'finance', { ...item, amountMinor: 11 })).toMatchObject({
      status: 422,
      body: { type: '/problems/amount-out-of-range' },
    });
    expect(await footprint()).toEqual(before);
    await owe(0);
  });
});

describe('the same request again', () => {
  it('O3: the same key with the same content gets the same answer, another body 422', async () => {
    for (const [path, body, other] of [
      ['/v1/orders', orderOf('CUST-ADA'), orderOf('CUST-ADA', { lines: [{ sku: 'DESK', quantity: 3 }] })],
      [
        '/v1/payments',
        { customerId: 'CUST-BOB', method: 'cheque', currency: 'EUR', amountMinor: 500, valueOn: '2026-01-31' },
        { customerId: 'CUST-BOB', method: 'cheque', currency: 'EUR', amountMinor: 501, valueOn: '2026-01-31' },
      ],
    ] as const) {
      const key = { 'Idempotency-Key': randomUUID() };
      const first = await api.post(path, 'admin', body, key);
      expect(first.status).toBe(201);
      const before = await footprint();
      const reordered = Object.fromEntries(Object.entries(body).reverse());
      const again = await api.post(path, 'admin', reordered, key);
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      expect(await api.post(path, 'admin', other, key)).toMatchObject({
        status: 422,
        body: { type: '/problems/idempotency-key-reused' },
      });
      expect({ ...(await footprint()), audit_log: 0 }).toMatchObject({ orders: before.orders, payments: before.payments });
      // Another sender's key is another key.
      expect((await api.post(path, path === '/v1/orders' ? 'sales' : 'finance', other, key)).status).toBe(201);
    }
  });

  it('O3: fifty twins at once are one order and one payment', async () => {
    const before = await footprint();
    const key = { 'Idempotency-Key': randomUUID() };
    const twins = await Promise.all(Array.from({ length: 50 }, () => api.post('/v1/orders', 'sales', orderOf('CUST-ADA'), key)));
    expect(new Set(twins.map((twin) => `${twin.status} ${twin.body.id}`)).size).toBe(1);
    expect(twins[0]!.status).toBe(201);
    const paid = { customerId: 'CUST-BOB', method: 'card', currency: 'EUR', amountMinor: 700, valueOn: '2026-01-31' };
    const payments = await Promise.all(Array.from({ length: 50 }, () => api.post('/v1/payments', 'finance', paid, key)));
    expect(new Set(payments.map((payment) => `${payment.status} ${payment.body.paymentId}`)).size).toBe(1);
    const after = await footprint();
    expect([after.orders! - before.orders!, after.payments! - before.payments!]).toEqual([1, 1]);
  });

  it('O3: a key that is still in flight answers 409 and may be sent again', async () => {
    const key = randomUUID();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = () => {};
    const inFlight = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const holding = suite.database.transaction(async (tx) => {
      await tx.query(
        "INSERT INTO idempotency_keys (principal, key, fingerprint, response_status, response_body) VALUES ('local-sales', $1, 'f', 201, 'null')",
        [key],
      );
      begun();
      await held;
      throw new Error('never mind');
    });
    await inFlight;
    const waiting = await api.post('/v1/orders', 'sales', orderOf('CUST-ADA'), { 'Idempotency-Key': key });
    expect(waiting).toMatchObject({ status: 409, body: { type: '/problems/in-flight' } });
    expect(waiting.headers.get('retry-after')).toBe('1');
    release();
    await holding.catch(() => {});
    expect((await api.post('/v1/orders', 'sales', orderOf('CUST-ADA'), { 'Idempotency-Key': key })).status).toBe(201);
  });

  it('O3: the customer’s own number is taken once; other content under it gets a link to the order', async () => {
    const first = await api.post('/v1/orders', 'sales', orderOf('CUST-ADA', { externalReference: 'PO-1' }));
    const other = await api.post(
      '/v1/orders',
      'sales',
      orderOf('CUST-ADA', { externalReference: 'PO-1', lines: [{ sku: 'CHAIR', quantity: 1 }] }),
    );
    expect(other).toMatchObject({
      status: 409,
      body: { type: '/problems/order-already-exists', order: `/v1/orders/${first.body.id}` },
    });
  });

  it('P1: the bank’s own reference is taken once', async () => {
    const paid = {
      customerId: 'CUST-BOB',
      method: 'bank-transfer',
      currency: 'EUR',
      amountMinor: 900,
      valueOn: '2026-01-31',
      externalReference: 'BANK-1',
    };
    const first = await api.post('/v1/payments', 'finance', paid);
    expect(first.status).toBe(201);
    expect(await api.post('/v1/payments', 'finance', paid)).toMatchObject({
      status: 409,
      body: { paymentId: first.body.paymentId },
    });
  });
});

describe('orders and decisions', () => {
  it('O5: an order from intake to cash through the API alone; what its workflow says is what the list says', async () => {
    const placed = await api.post('/v1/orders', ada, orderOf('CUST-ADA', { externalReference: 'LIFE-1' }), { Prefer: 'wait=10' });
    expect(placed.status).toBe(201);
    expect(placed.headers.get('preference-applied')).toBe('wait=10');
    expect(placed.body.status).not.toBe('received');
    const { id } = placed.body;
    expect(placed.headers.get('location')).toBe(`/v1/orders/${id}`);
    await until(id, 'in-fulfilment');
    const [shipment] = (await api.get(`/v1/orders/${id}`, ada)).body.shipments;
    const work = await api.get(`/v1/shipments/${shipment.id}`, 'warehouse');
    expect(work.body.lines).toEqual([
      { lineNumber: 1, sku: 'DESK', description: 'DESK', quantity: 2, pickedQuantity: null, weightGrams: 500 },
    ]);

    expect((await api.post(`/v1/shipments/${shipment.id}/delivery`, 'shipping')).body.type).toBe('/problems/shipment-state');
    const wrong = { short: [{ lineNumber: 9, pickedQuantity: 0 }] };
    expect((await api.post(`/v1/shipments/${shipment.id}/pick`, 'warehouse', wrong)).status).toBe(422);
    const key = { 'Idempotency-Key': randomUUID() };
    const picked = await api.post(`/v1/shipments/${shipment.id}/pick`, 'warehouse', {}, key);
    expect(picked).toMatchObject({ status: 200, body: { shipmentId: shipment.id, status: 'packing' } });
    expect((await api.post(`/v1/shipments/${shipment.id}/pick`, 'warehouse', {}, key)).body).toEqual(picked.body);
    expect((await api.post(`/v1/shipments/${shipment.id}/pick`, 'warehouse', { packed: true }, key)).status).toBe(422);
    expect((await api.post(`/v1/shipments/${shipment.id}/pick`, 'warehouse', {})).body.type).toBe('/problems/shipment-state');
    expect((await api.post(`/v1/shipments/${shipment.id}/pack`, 'warehouse')).body.status).toBe('packed');
    await until(id, 'invoiced');

    const live = await api.get(`/v1/orders/${id}/live`, ada);
    const order = (await api.get(`/v1/orders/${id}`, ada)).body;
    expect(live.body).toMatchObject({
      orderId: id,
      status: order.status,
      stage: order.stage,
      shipments: order.shipments.map((row: { id: string; status: string }) => ({ shipmentId: row.id, status: row.status })),
      openInvoices: order.invoices.map((row: { id: string }) => row.id),
    });
    const [invoice] = order.invoices;
    expect(invoice).toMatchObject({ grossMinor: 24_000, openMinor: 24_000, status: 'open' });
    const pdf = await api.get(`/v1/invoices/${invoice.id}/pdf`, ada);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.body.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await api.get(`/v1/invoices/${invoice.id}`, bob)).status).toBe(404);
    expect((await api.get(`/v1/invoices/${invoice.id}/pdf`, bob)).status).toBe(404);

    const delivered = await api.post(`/v1/shipments/${shipment.id}/delivery`, 'shipping', {});
    expect(delivered.body.status).toBe('delivered');
    expect((await api.post(`/v1/shipments/${shipment.id}/delivery`, 'shipping')).body).toEqual(delivered.body);

    const money = {
      customerId: 'CUST-ADA',
      method: 'bank-transfer',
      currency: 'EUR',
      amountMinor: 25_000,
      valueOn: order.placedAt.slice(0, 10),
    };
    const foreign = await api.post('/v1/payments', 'receivables', { ...money, customerId: 'CUST-BOB', invoiceIds: [invoice.id] });
    expect(foreign).toMatchObject({ status: 422, body: { errors: [{ path: '/invoiceIds/0', code: 'unknown-invoice' }] } });
    const received = await api.post('/v1/payments', 'receivables', {
      ...money,
      remittanceText: `for ${invoice.paymentReference}`,
    });
    expect(received.body).toMatchObject({
      applications: [{ invoiceId: invoice.id, amountMinor: 24_000, openMinor: 0 }],
      unappliedMinor: 1_000,
    });
    await until(id, 'closed');
    expect((await api.post(`/v1/orders/${id}/cancel`, ada, { reason: 'too late' })).body.type).toBe('/problems/order-state');
    expect((await api.post(`/v1/orders/${id}/credit-decision`, 'credit', { decision: 'approve', reason: 'late' })).status).toBe(
      409,
    );

    const actions = (await api.get(`/v1/orders/${id}/timeline`, 'sales')).body.items.map(
      (entry: { action: string }) => entry.action,
    );
    expect(actions).toEqual(
      expect.arrayContaining(['order-received', 'credit-held', 'picked', 'packed', 'delivered', 'settled', 'closed']),
    );
    const account = (await api.get('/v1/customers/CUST-ADA/account', ada)).body;
    expect(account).toMatchObject({ standing: 'approved', unappliedCashMinor: 1_000, onHold: false });
    expect((await api.get('/v1/notices?customerId=CUST-ADA', ada)).body.items.length).toBeGreaterThan(0);
  });

  it('A3, A4: the trial balance balances, and the ageing comes to the receivables account', async () => {
    const balance = (await api.get('/v1/ledger/trial-balance', 'finance')).body;
    for (const { debitMinor, creditMinor } of balance.currencies) expect(debitMinor).toBe(creditMinor);
    const ageing = (await api.get('/v1/receivables/ageing', 'finance')).body;
    const [euro] = balance.currencies;
    const receivables = euro.accounts.find((row: { account: string }) => row.account === 'accounts-receivable');
    const unapplied = euro.accounts.find((row: { account: string }) => row.account === 'unapplied-cash');
    expect(ageing.currencies[0].totalMinor).toBe(receivables?.debitMinor ?? 0);
    expect(ageing.currencies[0].unappliedMinor).toBe(unapplied.creditMinor);
    const before = await api.get('/v1/ledger/trial-balance?asOf=2000-01-01', 'finance');
    const nothing = { currency: 'EUR', accounts: [], debitMinor: 0, creditMinor: 0 };
    expect(before.body).toEqual({ asOf: '2000-01-01', asKnownAt: null, functional: nothing, currencies: [] });
  });

  it('C2: of two people who decide at once, one is heard and the other is told', async () => {
    await customer('CUST-NEW');
    const id = await place('CUST-NEW');
    await until(id, 'credit-review');
    const decide = (as: string) =>
      api.post(`/v1/orders/${id}/credit-decision`, as, { decision: 'approve', limitMinor: 500_000, reason: 'sound' });
    const answers = await Promise.all([decide('credit'), decide('admin'), decide('credit-2')]);
    expect(answers.map((answered) => answered.status).sort((one, other) => one - other)).toEqual([200, 409, 409]);
    await until(id, 'in-fulfilment');
  });

  it('C2: a review is claimed by one person and completed with the decision; others and other roles are refused', async () => {
    await customer('CUST-REVIEW');
    const id = await place('CUST-REVIEW');
    await until(id, 'credit-review');
    const [task] = (await api.get(`/v1/tasks?orderId=${id}&status=open`, 'credit')).body.items;
    const claims = await Promise.all(['credit', 'credit-2'].map((as) => api.post(`/v1/tasks/${task.id}/claim`, as)));
    expect(claims.map((claim) => claim.status).sort((one, other) => one - other)).toEqual([200, 409]);
    const owner = claims[0]!.status === 200 ? 'credit' : 'credit-2';
    const other = owner === 'credit' ? 'credit-2' : 'credit';
    const complete = (as: string, body: object) => api.post(`/v1/tasks/${task.id}/complete`, as, body);
    expect((await complete(other, { decision: 'deny', reason: 'no' })).body.type).toBe('/problems/task-claimed');
    expect((await complete('warehouse', { decision: 'deny', reason: 'no' })).status).toBe(403);
    expect((await complete(owner, { note: 'looks fine' })).body).toMatchObject({
      status: 422,
      errors: [{ path: '/decision' }, { path: '/reason' }, { path: '/note' }],
    });
    expect((await complete(owner, { decision: 'deny', reason: 'no references' })).body).toEqual({ outcome: 'denied' });
    await until(id, 'declined');
    expect((await complete(owner, { decision: 'deny', reason: 'again' })).body.type).toBe('/problems/task-state');
    expect((await api.get(`/v1/tasks/${task.id}`, 'credit')).body.status).toBe('completed');
  });

  it('C2, C4: above the policy’s amount two different people must agree, on an order and on a limit', async () => {
    await customer('CUST-LARGE');
    const id = await place('CUST-LARGE');
    await until(id, 'credit-review');
    const [task] = (await api.get(`/v1/tasks?orderId=${id}`, 'credit')).body.items;
    const decision = { decision: 'approve', limitMinor: 9_000_000, reason: 'a large one' };
    expect((await api.post(`/v1/tasks/${task.id}/complete`, 'credit', decision)).status).toBe(202);
    expect((await api.post(`/v1/tasks/${task.id}/complete`, 'credit', decision)).body.type).toBe('/problems/four-eyes');
    expect((await api.post(`/v1/tasks/${task.id}/complete`, 'credit-2', decision)).status).toBe(200);
    await until(id, 'in-fulfilment');

    const limit = { limitMinor: 6_000_000, reason: 'growing' };
    expect((await api.put('/v1/customers/CUST-LARGE/credit-limit', 'finance', limit)).status).toBe(202);
    expect((await api.put('/v1/customers/CUST-LARGE/credit-limit', 'finance', limit)).body.type).toBe('/problems/four-eyes');
    expect((await api.put('/v1/customers/CUST-LARGE/credit-limit', 'credit', { ...limit, limitMinor: 7_000_000 })).status).toBe(
      202,
    );
    expect((await api.put('/v1/customers/CUST-LARGE/credit-limit', 'finance', limit)).status).toBe(202);
    expect((await api.put('/v1/customers/CUST-LARGE/credit-limit', 'finance-2', limit)).body).toMatchObject({
      outcome: 'changed',
      limitMinor: 6_000_000,
    });
  });

  it('C4: credit is frozen and thawed to what it was', async () => {
    await customer('CUST-ICE', 100_000);
    const freeze = (verb: string) => api.post(`/v1/customers/CUST-ICE/${verb}`, 'credit', { reason: 'rumours' });
    expect((await freeze('unfreeze')).status).toBe(409);
    expect((await freeze('freeze')).body).toMatchObject({ standing: 'frozen', limitMinor: 100_000 });
    expect((await freeze('freeze')).body.type).toBe('/problems/credit-standing');
    expect((await freeze('unfreeze')).body).toMatchObject({ standing: 'approved', limitMinor: 100_000 });
    const limit = { limitMinor: 50_000, reason: 'less is enough' };
    await freeze('freeze');
    expect((await api.put('/v1/customers/CUST-ICE/credit-limit', 'credit', limit)).body.standing).toBe('frozen');
  });

  it('C3: a higher limit wakes the orders that wait for room', async () => {
    await customer('CUST-ROOM', 1_000);
    const id = await place('CUST-ROOM');
    await until(id, 'over-limit');
    await api.put('/v1/customers/CUST-ROOM/credit-limit', 'credit', { limitMinor: 100_000, reason: 'grown' });
    await until(id, 'in-fulfilment');
  });

  it('O1, O3: a mail becomes an order, is readable as it came, and a second one of it changes nothing', async () => {
    const lines = ['From: ada@customer.example', 'Message-ID: <ada-1@customer.example>', 'Subject: Order', '', '1 x CHAIR', ''];
    const send = (raw: string) =>
      api.ask('POST', '/v1/order-documents', { as: 'sales', raw, headers: { 'Content-Type': 'message/rfc822' } });
    const { rows } = await suite.database.query("SELECT email FROM customers WHERE id = 'CUST-ADA'");
    const mail = lines.join('\r\n').replace('ada@customer.example', rows[0].email);
    const first = await send(mail);
    expect(first).toMatchObject({ status: 201, body: { status: 'ordered', isNew: true, faults: [] } });
    expect((await send(mail)).body).toMatchObject({ orderId: first.body.orderId, isNew: false });
    const parked = await send(mail.replace('ada-1', 'ada-2').replace('CHAIR', 'GHOST'));
    expect(parked.body).toMatchObject({ status: 'parked', faults: [{ line: 1, field: 'sku', code: 'unknown-sku' }] });
    const { body } = await api.get('/v1/order-documents?status=parked', 'sales');
    expect(body.items[0]).toMatchObject({ id: parked.body.documentId, customerId: 'CUST-ADA' });
    expect((await api.get(`/v1/order-documents/${first.body.documentId}/original`, 'sales')).status).toBe(200);
    expect((await api.get('/v1/order-documents/NONE/original', 'sales')).status).toBe(404);
    expect((await api.get('/v1/order-documents', 'warehouse')).status).toBe(403);
  });

  it('O1: a mail with faults is read with its text and lines, and settled by the order that was entered for it, or a reason', async () => {
    const { rows } = await suite.database.query("SELECT email FROM customers WHERE id = 'CUST-ADA'");
    const take = async (name: string) => {
      const raw = [
        `From: ${rows[0].email}`,
        `Message-ID: <${name}@x>`,
        'Subject: Order',
        '',
        'Reference: PO-9',
        '2 x GHOST',
        '1 x CHAIR',
        '',
      ].join('\r\n');
      const asked = { as: 'sales', raw, headers: { 'Content-Type': 'message/rfc822' } };
      const { documentId } = (await api.ask('POST', '/v1/order-documents', asked)).body;
      const { items } = (await api.get('/v1/tasks?kind=order-document&status=open&limit=200', 'sales')).body;
      const task = items.find(({ details }: { details: { documentId: string } }) => details.documentId === documentId);
      return { documentId, taskId: task.id, actions: task.actions };
    };
    const { documentId, taskId, actions } = await take('ghost-1');
    // A note alone would leave the document where it is.
    expect(actions).toEqual(['claim']);
    expect((await api.post(`/v1/tasks/${taskId}/complete`, 'sales', { note: 'done' })).body.type).toBe('/problems/task-decides');
    const path = `/v1/order-documents/${documentId}`;
    const { body: read } = await api.get(path, 'sales');
    expect(read).toMatchObject({
      status: 'parked',
      customerId: 'CUST-ADA',
      actions: ['enter', 'discard'],
      faults: [{ line: 2, field: 'sku' }],
      order: {
        externalReference: 'PO-9',
        lines: [
          { line: 2, sku: 'GHOST', quantity: 2 },
          { line: 3, sku: 'CHAIR', quantity: 1 },
        ],
      },
    });
    expect(read.source.split('\n')[1].trim()).toBe('2 x GHOST');
    const mine = await place('CUST-ADA');
    const theirs = await place('CUST-BOB');
    const enter = (orderId: string) => api.post(`${path}/enter`, 'sales', { orderId });
    for (const orderId of [theirs, 'ORD-0']) {
      expect(await enter(orderId)).toMatchObject({ status: 422, body: { errors: [{ path: '/orderId' }] } });
    }
    expect((await enter(mine)).body).toMatchObject({ status: 'entered', orderId: mine, decidedBy: 'sales', actions: [] });
    expect((await enter(mine)).body).toMatchObject({ type: '/problems/document-state' });
    expect((await api.get(`/v1/tasks/${taskId}`, 'sales')).body).toMatchObject({ status: 'completed', completedBy: 'sales' });
    expect((await api.get(`/v1/order-documents?orderId=${mine}`, 'sales')).body.items).toMatchObject([{ id: documentId }]);

    const second = await take('ghost-2');
    const discard = () => api.post(`/v1/order-documents/${second.documentId}/discard`, 'sales', { reason: 'a test of theirs' });
    expect((await discard()).body).toMatchObject({ status: 'discarded', decisionReason: 'a test of theirs', orderId: null });
    expect((await discard()).status).toBe(409);
    expect((await api.get(`/v1/tasks/${second.taskId}`, 'sales')).body.status).toBe('completed');
    expect((await api.post(`/v1/order-documents/NONE/discard`, 'sales', { reason: 'x' })).status).toBe(404);
  });

  it('O5: each role is told what changed for its work within a day', async () => {
    const changes = async (as: string) => (await api.get('/v1/changes', as)).body;
    const kindsOf = async (as: string) => (await changes(as)).items.map(({ kind }: { kind: string }) => kind);
    await place('CUST-ADA');
    const paid = { customerId: 'CUST-BOB', method: 'bank-transfer', currency: 'EUR', amountMinor: 1_234, valueOn: '2026-01-05' };
    const before = (await changes('receivables')).items.find(({ kind }: { kind: string }) => kind === 'payment-received');
    expect((await api.post('/v1/payments', 'receivables', paid)).status).toBe(201);
    const after = (await changes('receivables')).items.find(({ kind }: { kind: string }) => kind === 'payment-received');
    expect(after.count).toBe((before?.count ?? 0) + 1);
    expect(after.amounts).toEqual([{ currency: 'EUR', amountMinor: (before?.amounts[0]?.amountMinor ?? 0) + 1_234 }]);
    expect(await kindsOf('sales')).toContain('order-received');
    expect(await kindsOf('sales')).not.toContain('payment-received');
    expect((await api.get('/v1/changes', ada)).status).toBe(403);
  });

  it('O4: amended by the customer itself; every fault comes back with its path, and a stale revision is told', async () => {
    const id = await place('CUST-ADA');
    await until(id, 'in-fulfilment');
    const amend = (body: object) => api.post(`/v1/orders/${id}/amend`, ada, { revision: 1, reason: 'changed my mind', ...body });
    const malformed = await amend({
      lines: [{ quantity: 1 }, { lineNumber: 1, quantity: 1.5 }],
      requestedOn: '2027-02-30',
      extra: 1,
    });
    expect(malformed).toMatchObject({ status: 400, body: { type: '/problems/invalid-request' } });
    const wrong = await amend({
      lines: [
        { lineNumber: 9, quantity: 1 },
        { sku: 'NO-SUCH', quantity: 1 },
      ],
    });
    expect(wrong).toMatchObject({
      status: 422,
      body: { type: '/problems/invalid-amendment', errors: [{ path: '/lines/0/lineNumber' }, { path: '/lines/1/sku' }] },
    });
    expect(await amend({ lines: [{ lineNumber: 1, quantity: 1 }] })).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await amend({ lines: [{ lineNumber: 1, quantity: 2 }] })).toMatchObject({
      status: 409,
      body: { type: '/problems/order-changed' },
    });
  });

  it('O4: cancelled once, by the customer itself', async () => {
    const id = await place('CUST-ADA');
    await until(id, 'in-fulfilment');
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await api.post(`/v1/orders/${id}/cancel`, ada, { reason: 'changed my mind' }, key);
    expect(first).toMatchObject({ status: 200, body: { status: 'cancelled', cancelledUnits: 2 } });
    expect((await api.post(`/v1/orders/${id}/cancel`, ada, { reason: 'changed my mind' }, key)).body).toEqual(first.body);
    const before = await footprint();
    expect((await api.post(`/v1/orders/${id}/cancel`, ada, { reason: 'again' })).status).toBe(409);
    expect((await footprint()).idempotency_keys).toBe(before.idempotency_keys);
  });

  it('C6, P3: a customer on hold is refused with the amount and the invoices, and only the audit row stays', async () => {
    await customer('CUST-LATE', 100_000);
    const item = {
      customerId: 'CUST-LATE',
      currency: 'EUR',
      amountMinor: 12_345,
      issuedOn: '2026-01-01',
      dueOn: '2026-01-31',
      reference: 'OLD-9',
    };
    const { body } = await api.post('/v1/opening-items', 'receivables', item);
    await eventually(async () => (await api.get('/v1/customers/CUST-LATE/account', 'credit')).body.onHoldSince);
    await settle();
    const before = await footprint();
    expect(await api.post('/v1/orders', 'sales', orderOf('CUST-LATE'))).toMatchObject({
      status: 422,
      body: {
        type: '/problems/customer-on-hold',
        currency: 'EUR',
        amountDueMinor: 12_345,
        invoices: [{ invoiceId: body.invoiceId }],
      },
    });
    const after = await footprint();
    expect(after).toEqual({ ...before, audit_log: before.audit_log! + 1 });
    const overdue = await api.get('/v1/invoices?customerId=CUST-LATE&overdue=true', 'receivables');
    expect(overdue.body.items).toHaveLength(1);

    const [contact] = (await api.get('/v1/tasks?kind=overdue-contact&status=open', 'receivables')).body.items;
    const done = await api.post(`/v1/tasks/${contact.id}/complete`, 'receivables', {
      note: 'will pay on Friday',
      result: 'promised',
    });
    expect(done.body).toEqual({ id: contact.id, status: 'completed' });
    expect((await api.post(`/v1/tasks/${contact.id}/complete`, 'receivables', { note: 'again' })).status).toBe(409);
  });
});

describe('lists', () => {
  it('O5: pages follow each other without gaps or repeats', async () => {
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await api.get(`/v1/orders?limit=7${next ? `&after=${next}` : ''}`, 'sales');
      seen.push(...page.body.items.map((order: { id: string }) => order.id));
      next = page.body.next;
    }
    const { rows } = await suite.database.query<{ id: string }>('SELECT id FROM orders ORDER BY id DESC');
    expect(seen).toEqual(rows.map((row) => row.id));
    for (const path of [
      '/v1/notices',
      '/v1/stock',
      '/v1/ledger/entries',
      '/v1/customers/CUST-ADA/timeline',
      '/v1/tasks',
      '/v1/products',
    ]) {
      const first = await api.get(`${path}?limit=1`, 'admin');
      const second = await api.get(`${path}?limit=1&after=${first.body.next}`, 'admin');
      expect([path, second.status, second.body.items.length]).toEqual([path, 200, 1]);
      expect(second.body.items[0]).not.toEqual(first.body.items[0]);
    }
  });
});

describe('when something is away or busy', () => {
  it('X1: orders are accepted while Temporal is down; decisions ask to come again', async () => {
    const connection = Connection.lazy({ address: '127.0.0.1:1' });
    const client = new Client({ connection, namespace: 'nowhere' });
    const delivery = createDelivery({ database: suite.database, client: () => Promise.reject(new Error('away')) });
    const cut = await startApi(suite, { client, delivery });
    const placed = await cut.post('/v1/orders', 'sales', orderOf('CUST-BOB'));
    expect(placed.status).toBe(201);
    const cancelled = await cut.post(`/v1/orders/${placed.body.id}/cancel`, 'sales', { reason: 'no' });
    expect(cancelled).toMatchObject({ status: 503, body: { type: '/problems/unavailable' } });
    expect(Number(cancelled.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await cut.ask('GET', '/readyz')).body).toEqual({ status: 'ready', postgres: 'up', temporal: 'down' });
    await cut.stop();
    await delivery.stop();
    await connection.close();
    // Whoever has a connection starts what this one could not.
    await eventually(async () => (await statusOf(placed.body.id)) !== 'received');
  });

  it('X1: without its database the API says so, and that it is worth asking again', async () => {
    const database = openDatabase({ url: 'postgresql://nobody:nothing@127.0.0.1:1/none' });
    const cut = await startApi(suite, { database });
    expect((await cut.ask('GET', '/healthz')).status).toBe(200);
    expect(await cut.ask('GET', '/readyz')).toMatchObject({ status: 503, body: { postgres: 'down' } });
    const placed = await cut.post('/v1/orders', 'sales', orderOf('CUST-BOB'));
    expect(placed).toMatchObject({ status: 503, body: { type: '/problems/unavailable' } });
    expect(placed.headers.get('retry-after')).toBe('2');
    await cut.stop();
    await database.close();
  });

  it('X1: a bug of ours says nothing about itself outside, and everything but the request in the log', async () => {
    const logged: string[] = [];
    const broken: Database = {
      ...suite.database,
      query: (text, values) => {
        if (text.includes('FROM products')) throw new TypeError('a wrong turn');
        return suite.database.query(text, values);
      },
    };
    const logger = pino({ level: 'error' }, { write: (line: string) => logged.push(line) });
    const cut = await startApi(suite, { database: broken, logger });
    const answered = await cut.ask('GET', '/v1/products?after=c2VjcmV0', { as: 'sales' });
    expect(answered).toMatchObject({ status: 500, body: { type: '/problems/internal-error' } });
    expect(JSON.stringify(answered.body)).not.toContain('wrong turn');
    expect(logged.join()).toContain('a wrong turn');
    expect(logged.join()).toContain(answered.headers.get('x-request-id'));
    expect(logged.join()).not.toMatch(/tl_local|c2VjcmV0/);
    await cut.stop();
  });

  it('X3: a client that runs away is stopped by its key, and others go on', async () => {
    const narrow = await startApi(suite, { requestsPerMinute: 2 });
    const statuses = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await narrow.get('/v1/company', 'sales')).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await narrow.get('/v1/company', 'credit')).headers.get('ratelimit')).toBeTruthy();
    await narrow.stop();
  });

  it('X7: while the clock is being moved commands ask to come again, and reading goes on', async () => {
    await suite.database.query("UPDATE company_clock SET advancing_to = '2030-01-01Z'");
    try {
      for (const [path, body] of [
        ['/v1/orders', orderOf('CUST-ADA')],
        ['/v1/payments', { customerId: 'CUST-ADA', method: 'card', currency: 'EUR', amountMinor: 5, valueOn: '2026-01-01' }],
      ] as const) {
        const answered = await api.post(path, 'admin', body);
        expect(answered).toMatchObject({ status: 503, body: { type: '/problems/clock-is-moving' } });
        expect(answered.headers.get('retry-after')).toBe('1');
      }
      expect((await api.get('/v1/orders', 'admin')).status).toBe(200);
      expect((await api.get('/v1/local/clock', 'admin')).body.advancing).toBe(true);
    } finally {
      await suite.database.query('UPDATE company_clock SET advancing_to = NULL');
    }
  });

  it('X7: only a local stack has a clock that moves', async () => {
    const remote = await startApi(suite, { local: false });
    expect((await remote.post('/v1/local/clock/advance', 'admin', { days: 1 })).status).toBe(501);
    expect((await remote.get('/v1/local/clock', 'admin')).status).toBe(501);
    await remote.stop();
  });

  it('X7: the clock moves by days, and its next orders with it', async () => {
    const before = (await api.get('/v1/local/clock', 'admin')).body;
    const moved = await api.post('/v1/local/clock/advance', 'admin', { days: 1 });
    expect(moved.status).toBe(200);
    expect(Date.parse(moved.body.at) - Date.parse(before.at)).toBeGreaterThanOrEqual(86_400_000);
  });
});

describe('the document', () => {
  it('O1: every route is in the OpenAPI document with its roles, and the page loads nothing from elsewhere', async () => {
    const document = (await api.ask('GET', '/openapi.json')).body;
    expect(document.openapi).toBe('3.1.0');
    for (const route of routes)
      expect(document.paths[route.path]?.[route.method]?.description).toContain(
        route.signedBy ? 'Signed' : route.openTo ? 'the link' : route.roles[0],
      );
    expect(Object.values(document.paths).flatMap((path) => Object.keys(path as object))).toHaveLength(routes.length);
    const ids = Object.values(document.paths).flatMap((path) => Object.values(path as Record<string, { operationId: string }>));
    expect(new Set(ids.map(({ operationId }) => operationId)).size).toBe(routes.length);
    const page = await fetch(`${api.url}/docs`);
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
    expect(await page.text()).not.toMatch(/https?:\/\//);
    for (const script of ['/docs/scalar.js', '/docs/start.js']) expect((await fetch(api.url + script)).status).toBe(200);
  });
});
