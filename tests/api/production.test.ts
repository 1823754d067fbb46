import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localDate } from '../../domain/time.ts';
import { cancelOrder } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  ask,
  becomes,
  order,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  timeline,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addCustomer(suite.database, 'WHOLE', { limitMinor: 100_000_000 });
  await addCustomer(suite.database, 'PARTS', { limitMinor: 100_000_000, backOrderAllowed: true });
  await addProduct(suite.database, 'SCREW', 100);
  await addStock(suite, 'SCREW', 1_000, 10);
  const details = { name: 'Gate', taxRate: '0', prices: [{ currency: 'EUR', unitPriceMinor: 50_000 }] };
  const gate = await api.put('/v1/products/GATE', 'sales', { ...details, makeToOrder: true, leadDays: 10 });
  expect(gate).toMatchObject({ status: 201, body: { makeToOrder: true, leadDays: 10 } });
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const requestsOf = (orderId: string, count = 1) =>
  eventually(async () => {
    const { body } = await api.get(`/v1/production-requests?orderId=${orderId}`, 'warehouse');
    return body.items.length === count && body.items;
  });
const say = (id: string, command: string, body?: unknown, as = 'warehouse') =>
  api.post(`/v1/production-requests/${id}/${command}`, as, body);
const finish = (id: string) => say(id, 'finish', { warehouseId: 'WH-SOUTH', unitCostMinor: 20_000 });
const mails = (orderId: string, words: RegExp) =>
  suite.mails.filter((mail) => mail.subject.includes(orderId) && words.test(mail.text));

describe('make to order', () => {
  it('F5: an order is not limited by stock, waits for production, is told of a new date once, and is shipped whole', async () => {
    const requestedOn = localDate(await suite.now(), 'Europe/Berlin');
    const lines = [
      { sku: 'GATE', quantity: 3 },
      { sku: 'SCREW', quantity: 10 },
    ];
    const orderId = await order(suite, 'WHOLE', lines, { requestedOn });
    await becomes(suite, orderId, 'back-ordered');
    const [request] = await requestsOf(orderId);
    expect(request).toMatchObject({ sku: 'GATE', quantity: 3, status: 'requested', requestedOn, missesRequestedDate: true });
    const shown = await api.get(`/v1/orders/${orderId}`, 'sales');
    expect(shown.body.statusReason).toBe(`3 × GATE in production, due on ${request.dueOn}`);
    await eventually(async () => mails(orderId, /are made for you/).length === 1);

    expect((await say(request.id, 'start', undefined, 'sales')).status).toBe(403);
    expect((await say(request.id, 'start')).body).toMatchObject({ status: 'started' });
    expect(await say(request.id, 'start')).toMatchObject({ status: 409 });
    const slip = { dueOn: '2098-05-04', reason: 'no steel' };
    expect((await say(request.id, 'slip', { ...slip, dueOn: '2020-01-01' })).body.errors).toMatchObject([{ path: '/dueOn' }]);
    for (let twice = 0; twice < 2; twice += 1) {
      expect((await say(request.id, 'slip', slip)).body).toMatchObject({ dueOn: '2098-05-04', firstDueOn: request.dueOn });
    }
    await eventually(async () => mails(orderId, /will be ready on 2098-05-04, not/).length === 1);
    const slipped = await api.get(`/v1/orders/${orderId}`, 'sales');
    expect(slipped.body.statusReason).toBe('3 × GATE in production, due on 2098-05-04');

    const nowhere = await say(request.id, 'finish', { warehouseId: 'WH-NOWHERE', unitCostMinor: 1 });
    expect(nowhere).toMatchObject({ status: 422, body: { errors: [{ path: '/warehouseId' }] } });
    expect((await finish(request.id)).body).toMatchObject({ status: 'finished', warehouseId: 'WH-SOUTH' });
    expect((await finish(request.id)).status).toBe(409);
    expect((await say('PRD-1', 'start')).status).toBe(404);
    for (const shipmentId of await shipmentsInWork(suite, orderId, 2)) await pickAndPack(suite, orderId, shipmentId);
    await becomes(suite, orderId, 'invoiced');
    expect(mails(orderId, /2098/)).toHaveLength(1);
    expect((await timeline(suite.database, orderId)).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['production-requested', 'production-started', 'production-slipped', 'production-finished']),
    );
    await checkInvariants(suite.database);
  });

  it('F5: what is made for an order lets it go on, though another has waited longer', async () => {
    const first = await order(suite, 'PARTS', [{ sku: 'GATE', quantity: 2 }], { requestedOn: '2098-01-02' });
    await requestsOf(first);
    const second = await order(
      suite,
      'WHOLE',
      [
        { sku: 'GATE', quantity: 2 },
        { sku: 'SCREW', quantity: 1 },
      ],
      { requestedOn: '2098-01-09' },
    );
    const [request] = await requestsOf(second);
    await finish(request.id);
    await shipmentsInWork(suite, second, 2);
    await becomes(suite, first, 'back-ordered');
    // Kept for nobody any more, it is anybody's.
    await ask(suite, second, cancelOrder, { reason: 'changed its mind', actor: tester });
    await shipmentsInWork(suite, first);
    await ask(suite, first, cancelOrder, { reason: 'changed its mind', actor: tester });
    expect(await requestsOf(first)).toMatchObject([{ status: 'cancelled' }]);
    await checkInvariants(suite.database);
    await api.post('/v1/stock/counts', 'warehouse', { reference: 'CLEAR', sku: 'GATE', warehouseId: 'WH-SOUTH', quantity: 0 });
  });

  it('F5, F2: what will not be made is a shortage: the customer chooses, or waits', async () => {
    const whole = await order(suite, 'WHOLE', [{ sku: 'GATE', quantity: 1 }]);
    const [request] = await requestsOf(whole);
    await say(request.id, 'cancel', { reason: 'the press is broken' });
    await becomes(suite, whole, 'awaiting-choice');
    const parts = await order(suite, 'PARTS', [
      { sku: 'GATE', quantity: 1 },
      { sku: 'SCREW', quantity: 5 },
    ]);
    // What is there goes out; the rest waits for production.
    const [shipmentId] = await shipmentsInWork(suite, parts);
    await pickAndPack(suite, parts, shipmentId!);
    await becomes(suite, parts, 'back-ordered');
    const [other] = await requestsOf(parts);
    await say(other.id, 'cancel', { reason: 'the press is broken' });
    await eventually(async () => mails(parts, /1 × GATE/).length === 2);
    await requestsOf(parts);
    await addStock(suite, 'GATE', 1, 20_000);
    // One that arrives after all ends the choice of one, or the wait of the other.
    await eventually(
      async () =>
        (await suite.database.query("SELECT 1 FROM shipments WHERE order_id = ANY ($1) AND status = 'picking'", [[whole, parts]]))
          .rows.length === 1,
    );
    await checkInvariants(suite.database);
  });
});
