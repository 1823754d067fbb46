import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer, addProduct, addStock, becomes, setUpCompany } from '../company.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* A DESK costs 100.00 EUR when it is quoted, and 120.00 later; tax is 20 %. It is the 10th of March, in Berlin. */
let suite: Suite;
let api: Api;
let own: string;
let stranger: string;
beforeAll(async () => {
  suite = await startSuite();
  api = await startApi(suite);
  await suite.setClock('2026-03-10T12:00:00Z');
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'DESK', 10_000);
  await addStock(suite, 'DESK', 1_000, 4_000);
  for (const id of ['CUST-ADA', 'CUST-BOB']) await addCustomer(suite.database, id, { limitMinor: 100_000_000 });
  [own, stranger] = [await newKey('CUST-ADA'), await newKey('CUST-BOB')];
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const newKey = async (customerId: string): Promise<string> =>
  (await api.post('/v1/api-keys', 'admin', { name: `${customerId} buyer`, roles: ['customer'], customerId })).body.key;
const details = (quantity = 2, rest: object = {}) => ({
  order: { customerId: 'CUST-ADA', channel: 'phone', currency: 'EUR', lines: [{ sku: 'DESK', quantity }] },
  validUntil: '2026-03-31',
  ...rest,
});
const draft = async (body: object = details()): Promise<string> => (await api.post('/v1/drafts', 'sales', body)).body.id;
const send = (draftId: string) => api.post(`/v1/drafts/${draftId}/quote`, 'sales');
const quoted = async (body: object = details()): Promise<string> => (await send(await draft(body))).body.id;
const accept = (id: string, as = own) => api.post(`/v1/quotes/${id}/accept`, as);
const decline = (id: string, as = own) => api.post(`/v1/quotes/${id}/decline`, as, { reason: 'too dear' });
const price = (unitPriceMinor: number) =>
  suite.database.query("UPDATE prices SET unit_price_minor = $1 WHERE sku = 'DESK'", [unitPriceMinor]);

describe('quotes', () => {
  it('O1: a draft is offered by mail at prices that hold, and becomes one order at them, however often it is accepted', async () => {
    const draftId = await draft();
    const sent = await send(draftId);
    expect(sent).toMatchObject({
      status: 201,
      body: { draftId, status: 'sent', netMinor: 20_000, taxMinor: 4_000, grossMinor: 24_000, validUntil: '2026-03-31' },
    });
    const { id } = sent.body;
    expect((await send(draftId)).body).toEqual(sent.body);
    const subject = `Quote ${id}: 240.00 EUR, valid until 2026-03-31`;
    const mail = await eventually(async () => suite.mails.find((letter) => letter.subject === subject));
    expect(mail.text).toContain('2 × DESK product at 100.00 EUR: 200.00 EUR');
    expect(mail.text).toContain('200.00 EUR and 40.00 EUR of tax, 240.00 EUR in all');

    await price(12_000);
    await suite.setClock('2026-03-12T08:00:00Z');
    const answers = await Promise.all([accept(id), accept(id, 'sales'), accept(id)]);
    await price(10_000);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    for (const { body } of answers) expect(body).toEqual(answers[0]!.body);
    const order = answers[0]!.body;
    expect(order).toMatchObject({ netMinor: 20_000, grossMinor: 24_000, lines: [{ unitPriceMinor: 10_000 }] });
    await becomes(suite, order.id, 'in-fulfilment');
    expect((await accept(id)).body).toEqual(order);
    expect((await api.post(`/v1/drafts/${draftId}/place`, 'sales')).body).toEqual(order);
    expect(await send(draftId)).toMatchObject({ status: 409, body: { type: '/problems/draft-placed' } });
    expect(await decline(id)).toMatchObject({ status: 409, body: { type: '/problems/quote-accepted' } });

    // What the sales cycle is measured by.
    const { sentAt, acceptedAt, ...kept } = (await api.get(`/v1/quotes/${id}`, 'sales')).body;
    expect(kept).toMatchObject({ status: 'accepted', orderId: order.id });
    expect([sentAt.slice(0, 10), acceptedAt.slice(0, 10)]).toEqual(['2026-03-10', '2026-03-12']);
    expect((await api.get(`/v1/orders/${order.id}/timeline`, own)).body.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'quote-accepted' })]),
    );
    await suite.setClock('2026-03-10T12:00:00Z');
  });

  it('O1: while a quote is open its draft stands as it is; declined, it may be changed and offered again', async () => {
    const draftId = await draft();
    const { id } = (await send(draftId)).body;
    const inTheWay = { status: 409, body: { type: '/problems/draft-quoted', quoteId: id } };
    expect(await api.put(`/v1/drafts/${draftId}`, 'sales', details(3))).toMatchObject(inTheWay);
    expect(await api.post(`/v1/drafts/${draftId}/place`, 'sales')).toMatchObject(inTheWay);
    expect((await decline(id)).body).toMatchObject({
      status: 'declined',
      statusReason: 'too dear',
      declinedAt: expect.any(String),
    });
    expect((await decline(id)).status).toBe(200);
    expect(await accept(id)).toMatchObject({ status: 409, body: { type: '/problems/quote-declined' } });
    expect((await api.put(`/v1/drafts/${draftId}`, 'sales', details(3))).status).toBe(200);
    const again = await send(draftId);
    expect(again.body).toMatchObject({ status: 'sent', netMinor: 30_000 });
    expect((await api.get(`/v1/quotes?draftId=${draftId}`, own)).body.items).toMatchObject([
      { id: again.body.id, status: 'sent' },
      { id, status: 'declined' },
    ]);
    expect((await accept(again.body.id)).status).toBe(201);
  });

  it('O1: a quote holds through its last day, and afterwards is expired with the reason', async () => {
    const draftId = await draft(details(1, { validUntil: '2026-03-10' }));
    const { id } = (await send(draftId)).body;
    const other = await quoted(details(1, { validUntil: '2026-03-10' }));
    await suite.setClock('2026-03-10T22:59:00Z');
    expect((await accept(other)).status).toBe(201);
    await suite.setClock('2026-03-10T23:01:00Z');
    const expired = await accept(id);
    expect(expired).toMatchObject({ status: 409, body: { type: '/problems/quote-expired' } });
    expect(expired.body.detail).toContain('2026-03-10');
    expect((await accept(other)).status).toBe(201);
    expect((await api.get(`/v1/quotes/${id}`, own)).body.status).toBe('expired');
    expect((await api.get('/v1/quotes?status=expired', own)).body.items).toMatchObject([{ id }]);
    expect((await api.get(`/v1/quotes?status=sent&draftId=${draftId}`, 'sales')).body.items).toEqual([]);
    expect(await send(draftId)).toMatchObject({ status: 409, body: { type: '/problems/draft-expired' } });
    expect((await api.put(`/v1/drafts/${draftId}`, 'sales', details(1))).status).toBe(200);
    await price(11_000);
    expect((await send(draftId)).body).toMatchObject({ status: 'sent', netMinor: 11_000, validUntil: '2026-03-31' });
    await price(10_000);
    expect((await api.get(`/v1/quotes?status=expired&draftId=${draftId}`, 'sales')).body.items).toMatchObject([{ id }]);
  });

  it('O1: a quote whose taxes have changed is refused with both amounts, and holds once they are as they were', async () => {
    const id = await quoted();
    const tax = (rate: string) => suite.database.query("UPDATE products SET tax_rate = $1 WHERE sku = 'DESK'", [rate]);
    await tax('0.25');
    expect(await accept(id)).toMatchObject({
      status: 409,
      body: { type: '/problems/quote-changed', quotedGrossMinor: 24_000, grossMinor: 25_000, currency: 'EUR' },
    });
    expect((await api.get(`/v1/quotes/${id}`, own)).body).toMatchObject({ status: 'sent', orderId: null });
    await tax('0.20');
    expect((await accept(id)).body).toMatchObject({ grossMinor: 24_000 });
  });

  it('O1, X3: a quote is its customer’s own; what cannot be priced is refused with every fault, and stock only when it is accepted', async () => {
    const id = await quoted();
    for (const answered of [
      await api.get(`/v1/quotes/${id}`, stranger),
      await accept(id, stranger),
      await decline(id, stranger),
      await accept('QUO-1'),
      await send('DRF-1'),
      await api.get('/v1/quotes?customerId=CUST-ADA', stranger),
    ]) {
      expect(answered.status).toBe(404);
    }
    expect((await api.get('/v1/quotes', stranger)).body.items).toEqual([]);
    expect((await accept(id, 'warehouse')).status).toBe(403);
    expect((await api.post('/v1/drafts/DRF-1/quote', own)).status).toBe(403);

    const { order } = details();
    const unpriced = await send(await draft(details(1, { order: { ...order, lines: [{ sku: 'NOTHING', quantity: 1 }] } })));
    expect(unpriced).toMatchObject({ status: 422, body: { errors: [{ path: '/order/lines/0/sku', code: 'unknown-sku' }] } });

    const large = await quoted(details(5_000));
    expect(await accept(large)).toMatchObject({ status: 422, body: { errors: [{ code: 'out-of-stock' }] } });
    expect((await api.get(`/v1/quotes/${large}`, own)).body).toMatchObject({ status: 'sent', orderId: null });
  });
});
