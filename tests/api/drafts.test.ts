import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer, addProduct, addStock, setUpCompany } from '../company.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* A DESK costs 100.00 EUR. It is the 10th of March, in Berlin. */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'DESK', 10_000);
  await addStock(suite, 'DESK', 1_000, 4_000);
  await addCustomer(suite.database, 'CUST-ADA', { limitMinor: 100_000_000 });
  await suite.setClock('2026-03-10T12:00:00Z');
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const details = (quantity = 2, rest: object = {}) => ({
  order: { customerId: 'CUST-ADA', channel: 'phone', currency: 'EUR', lines: [{ sku: 'DESK', quantity }] },
  validUntil: '2026-03-31',
  ...rest,
});
async function draft(body: object = details()): Promise<string> {
  const made = await api.post('/v1/drafts', 'sales', body);
  expect(made.status).toBe(201);
  return made.body.id;
}
const place = (id: string) => api.post(`/v1/drafts/${id}/place`, 'sales');
const orderCount = async () => (await suite.database.query('SELECT count(*)::int AS n FROM orders')).rows[0].n;

describe('drafts', () => {
  it('O1: a draft is changed, and becomes one order that runs, however often and by however many it is placed', async () => {
    const id = await draft();
    const before = await orderCount();
    expect((await api.put(`/v1/drafts/${id}`, 'sales', details(3, { note: 'for spring' }))).body).toMatchObject({
      version: 2,
      note: 'for spring',
      orderId: null,
    });
    const answers = await Promise.all([place(id), place(id), place(id)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const [first] = answers;
    for (const { body } of answers) expect(body).toEqual(first!.body);
    expect(first!.body).toMatchObject({ channel: 'phone', netMinor: 30_000, status: 'received' });
    expect(await orderCount()).toBe(before + 1);
    expect((await api.get(`/v1/drafts/${id}`, 'sales')).body.orderId).toBe(first!.body.id);
    await eventually(async () => (await api.get(`/v1/orders/${first!.body.id}`, 'sales')).body.status === 'in-fulfilment');
    expect(await api.put(`/v1/drafts/${id}`, 'sales', details())).toMatchObject({
      status: 409,
      body: { type: '/problems/draft-placed' },
    });
    const timeline = (await api.get(`/v1/orders/${first!.body.id}/timeline`, 'sales')).body.items;
    expect(timeline.map((entry: { action: string }) => entry.action)).toContain('draft-placed');
  });

  it('O2: what intake refuses is refused with every fault, and the draft stays as it was', async () => {
    const id = await draft(details(5_000));
    const refused = await place(id);
    expect(refused).toMatchObject({ status: 422, body: { type: '/problems/invalid-order', errors: [{ code: 'out-of-stock' }] } });
    expect((await api.get(`/v1/drafts/${id}`, 'sales')).body).toMatchObject({ orderId: null, version: 1 });
    await api.put(`/v1/drafts/${id}`, 'sales', details(1));
    expect((await place(id)).status).toBe(201);
  });

  it('O1: a draft may be placed through its last day in the company’s time zone, and is renewed by changing it', async () => {
    const onTime = await draft(details(1, { validUntil: '2026-03-10' }));
    const late = await draft(details(1, { validUntil: '2026-03-10' }));
    await suite.setClock('2026-03-10T22:59:00Z');
    expect((await place(onTime)).status).toBe(201);
    await suite.setClock('2026-03-10T23:01:00Z');
    expect(await place(late)).toMatchObject({ status: 409, body: { type: '/problems/draft-expired' } });
    expect((await place(onTime)).status).toBe(201);
    const past = await api.put(`/v1/drafts/${late}`, 'sales', details(1, { validUntil: '2026-03-10' }));
    expect(past.body.errors).toMatchObject([{ path: '/validUntil', code: 'past-date' }]);
    await api.put(`/v1/drafts/${late}`, 'sales', details(1));
    expect((await place(late)).status).toBe(201);
  });

  it('O1: a draft that cannot be is refused with every fault', async () => {
    const nobody = { ...details().order, customerId: 'CUST-NOBODY' };
    const refused = await api.post('/v1/drafts', 'sales', { order: nobody, validUntil: '2020-01-01' });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((fault: { path: string }) => fault.path)).toEqual(['/order/customerId', '/validUntil']);
    expect((await place('DRF-1')).status).toBe(404);
    expect((await api.get('/v1/drafts?customerId=CUST-NOBODY', 'sales')).body.items).toEqual([]);
    expect((await api.get('/v1/drafts?customerId=CUST-ADA&limit=1', 'sales')).body.next).not.toBeNull();
  });
});
