import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  openingItem,
  order,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  timeline,
  trialBalance,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addCustomer(suite.database, 'WHOLE', { limitMinor: 100_000_000 });
  await addCustomer(suite.database, 'PARTS', { limitMinor: 100_000_000, backOrderAllowed: true });
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const count = (reference: string, sku: string, quantity: number, warehouseId = 'WH-NORTH', rest: object = {}) =>
  api.post('/v1/stock/counts', 'warehouse', { reference, sku, warehouseId, quantity, ...rest });
const adjust = (reference: string, sku: string, reason: string, quantity: number, rest: object = {}) =>
  api.post('/v1/stock/adjustments', 'warehouse', { reference, sku, warehouseId: 'WH-NORTH', reason, quantity, ...rest });
const shrinkage = async () => (await trialBalance(suite.database)).shrinkage ?? 0;
async function tasksOf(orderId: string): Promise<{ title: string }[]> {
  return (await api.get(`/v1/tasks?orderId=${orderId}&kind=shortage`, 'warehouse')).body.items;
}

describe('counts and adjustments', () => {
  it('F1: a count below what is reserved takes the latest promise back, flags it, tells its customer and leaves the others be', async () => {
    await addProduct(suite.database, 'CHAIR', 10_000);
    await addStock(suite, 'CHAIR', 10, 4_000);
    const soon = await order(suite, 'PARTS', [{ sku: 'CHAIR', quantity: 4 }], { requestedOn: '2099-01-05' });
    const [kept] = await shipmentsInWork(suite, soon);
    const later = await order(suite, 'PARTS', [{ sku: 'CHAIR', quantity: 4 }], { requestedOn: '2099-01-09' });
    const [lost] = await shipmentsInWork(suite, later);
    const before = await shrinkage();

    const counted = await count('SHEET-1', 'CHAIR', 5, 'WH-NORTH', { note: 'water' });
    expect(counted).toMatchObject({ status: 201, body: { onHand: 5, reserved: 4, available: 1, cancelledShipments: [lost] } });
    expect((await shrinkage()) - before).toBe(20_000);
    // Released anew by its workflow: the one that is left goes out, and the rest waits.
    const [again] = await eventually(async () => {
      const found = await shipmentsInWork(suite, later);
      return found[0] !== lost && found;
    });
    expect((await timeline(suite.database, later)).map(({ action }) => action)).toContain('reservation-withdrawn');
    expect(await tasksOf(later)).toMatchObject([{ title: `Stop ${lost}: CHAIR in WH-NORTH is short` }]);
    await eventually(async () => suite.mails.find((mail) => mail.subject.includes(later) && /3 × CHAIR/.test(mail.text)));
    await pickAndPack(suite, later, again!);
    await becomes(suite, later, 'back-ordered');

    expect(await tasksOf(soon)).toEqual([]);
    await pickAndPack(suite, soon, kept!);
    await becomes(suite, soon, 'invoiced');
    await addStock(suite, 'CHAIR', 3, 4_000);
    await pickAndPack(suite, later, (await shipmentsInWork(suite, later))[0]!);
    await becomes(suite, later, 'invoiced');
    await checkInvariants(suite.database);
  });

  it('F1, F2: an order that goes out whole takes other stock; where there is none, its customer chooses', async () => {
    await addProduct(suite.database, 'STOOL', 10_000);
    await addStock(suite, 'STOOL', 5, 4_000);
    const orderId = await order(suite, 'WHOLE', [{ sku: 'STOOL', quantity: 5 }]);
    const [first] = await shipmentsInWork(suite, orderId);
    await addStock(suite, 'STOOL', 6, 4_000, 'WH-SOUTH');
    const damaged = await adjust('REPORT-1', 'STOOL', 'damage', 1);
    expect(damaged).toMatchObject({ status: 201, body: { onHand: 4, reserved: 0, cancelledShipments: [first] } });
    const [second] = await eventually(async () => {
      const found = await shipmentsInWork(suite, orderId);
      return found[0] !== first && found;
    });
    expect((await api.get(`/v1/shipments/${second}`, 'warehouse')).body).toMatchObject({ warehouseId: 'WH-SOUTH' });

    expect((await count('SHEET-2', 'STOOL', 0)).body).toMatchObject({ onHand: 0, cancelledShipments: [] });
    expect((await count('SHEET-3', 'STOOL', 4, 'WH-SOUTH')).body).toMatchObject({ cancelledShipments: [second] });
    await becomes(suite, orderId, 'awaiting-choice');
    await checkInvariants(suite.database);
  });

  it('F1, C6: a customer who has gone overdue meanwhile is not released anew, and the order waits for the payment', async () => {
    await addProduct(suite.database, 'BENCH', 10_000);
    await addCustomer(suite.database, 'LATE', { limitMinor: 100_000_000, backOrderAllowed: true });
    await addStock(suite, 'BENCH', 5, 4_000);
    const orderId = await order(suite, 'LATE', [{ sku: 'BENCH', quantity: 5 }]);
    await shipmentsInWork(suite, orderId);
    await openingItem(suite, 'LATE', 50_000, '2020-01-01', '2020-02-01');
    await count('SHEET-L', 'BENCH', 2);
    await becomes(suite, orderId, 'waiting-for-payment');
  });

  it('F1: what is picked cannot be counted away; damage, loss and finds are booked once, with their reason', async () => {
    await addProduct(suite.database, 'LAMP', 10_000);
    await addStock(suite, 'LAMP', 10, 4_000);
    const orderId = await order(suite, 'PARTS', [{ sku: 'LAMP', quantity: 4 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    const path = `/v1/shipments/${shipmentId}/pick`;
    expect((await api.post(path, 'warehouse', { packed: false })).status).toBe(200);
    const before = await shrinkage();

    const faults = (answer: { body: { errors?: unknown } }) => answer.body.errors;
    const tooFew = await count('SHEET-4', 'LAMP', 3);
    expect(tooFew.status).toBe(422);
    expect(faults(tooFew)).toMatchObject([{ path: '/quantity', code: 'picked' }]);
    expect(faults(await adjust('REPORT-2', 'LAMP', 'loss', 11))).toMatchObject([{ path: '/quantity', code: 'on-hand' }]);
    expect(faults(await adjust('REPORT-2', 'NOTHING', 'loss', 1))).toMatchObject([{ path: '/sku', code: 'unknown-sku' }]);
    expect(faults(await count('SHEET-4', 'LAMP', 1, 'WH-SOUTH'))).toMatchObject([{ path: '/unitCostMinor', code: 'required' }]);
    expect((await adjust('REPORT-2', 'LAMP', 'theft', 1)).status).toBe(400);
    expect((await api.post('/v1/stock/counts', 'sales', {})).status).toBe(403);
    expect(await shrinkage()).toBe(before);

    expect((await adjust('REPORT-2', 'LAMP', 'loss', 6)).body).toMatchObject({ onHand: 4, reserved: 4, cancelledShipments: [] });
    expect((await adjust('REPORT-3', 'LAMP', 'found', 2)).body).toMatchObject({ onHand: 6, available: 2 });
    expect(await adjust('REPORT-3', 'LAMP', 'found', 2)).toMatchObject({ status: 409, body: { type: /already-booked$/ } });
    expect((await shrinkage()) - before).toBe(16_000);
    const { rows } = await suite.database.query(
      "SELECT kind, reason, quantity FROM stock_movements WHERE sku = 'LAMP' AND reason IS NOT NULL ORDER BY event_id",
    );
    expect(rows).toEqual([
      { kind: 'lost', reason: 'loss', quantity: 6 },
      { kind: 'found', reason: 'found', quantity: 2 },
    ]);
    await checkInvariants(suite.database);
  });
});

describe('reorder points', () => {
  const openTasks = async (): Promise<{ title: string; id: string }[]> =>
    (await api.get('/v1/tasks?kind=reorder&status=open', 'warehouse')).body.items;

  it('F1: one task when available stock falls to the reorder point, which ends when there is more again', async () => {
    await addProduct(suite.database, 'GLUE', 1_000);
    await addStock(suite, 'GLUE', 10, 100);
    const path = '/v1/reorder-points/GLUE/WH-NORTH';
    const set = await api.put(path, 'warehouse', { point: 6, quantity: 50 });
    expect(set).toMatchObject({ status: 200, body: { point: 6, quantity: 50, available: 10, low: false } });
    expect(await openTasks()).toEqual([]);
    expect((await api.put('/v1/reorder-points/NOTHING/WH-NORTH', 'warehouse', { point: 6, quantity: 50 })).status).toBe(404);
    expect((await api.put(path, 'warehouse', { point: -1, quantity: 0 })).status).toBe(400);
    expect((await api.put(path, 'sales', { point: 6, quantity: 50 })).status).toBe(403);

    await shipmentsInWork(suite, await order(suite, 'PARTS', [{ sku: 'GLUE', quantity: 3 }]));
    expect(await openTasks()).toEqual([]);
    await shipmentsInWork(suite, await order(suite, 'PARTS', [{ sku: 'GLUE', quantity: 1 }]));
    const title = 'Order 50 × GLUE for WH-NORTH: 6 available, the reorder point is 6';
    expect(await openTasks()).toMatchObject([{ title }]);
    expect((await api.get('/v1/reorder-points?low=true', 'sales')).body.items).toMatchObject([{ sku: 'GLUE', low: true }]);
    expect((await api.get('/v1/reorder-points?low=false', 'sales')).body.items).toEqual([]);
    await adjust('REPORT-G', 'GLUE', 'damage', 1);
    await addStock(suite, 'GLUE', 1, 100);
    expect(await openTasks()).toHaveLength(1);
    await addStock(suite, 'GLUE', 1, 100);
    expect(await openTasks()).toEqual([]);

    // It falls again, and it is another task.
    await adjust('REPORT-H', 'GLUE', 'loss', 5);
    expect(await openTasks()).toHaveLength(1);
    expect((await api.put(path, 'warehouse', { point: null, quantity: 50 })).body).toMatchObject({ point: null, low: false });
    expect(await openTasks()).toEqual([]);
    await checkInvariants(suite.database);
  });
});
