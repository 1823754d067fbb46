import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer, addProduct, addStock, becomes, order, setUpCompany, shipmentsInWork } from '../company.ts';
import { type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/*
 * What "send it again with the same key" promises, and whose decision a credit decision is. A UNIT costs 1,000.00; a customer
 * without a limit goes to a credit review.
 */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  api = await startApi(suite);
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'UNIT', 100_000, '0');
  await addStock(suite, 'UNIT', 1_000, 50_000);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const newKey = () => ({ 'Idempotency-Key': randomUUID() });
const approve = { decision: 'approve', limitMinor: 500_000, reason: 'sound' };
const deny = { decision: 'deny', reason: 'no references' };

async function inWarehouse(customerId: string, quantity = 2) {
  await addCustomer(suite.database, customerId, { limitMinor: 10_000_000 });
  const orderId = await order(suite, customerId, [{ sku: 'UNIT', quantity }]);
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  return { orderId, shipment: `/v1/shipments/${shipmentId}` };
}

async function inReview(customerId: string) {
  await addCustomer(suite.database, customerId);
  const orderId = await order(suite, customerId, [{ sku: 'UNIT', quantity: 1 }]);
  await becomes(suite, orderId, 'credit-review');
  const { body } = await api.get(`/v1/tasks?orderId=${orderId}`, 'credit');
  const taskId: string = body.items[0].id;
  return { orderId, taskId, decision: `/v1/orders/${orderId}/credit-decision`, task: `/v1/tasks/${taskId}` };
}

const taskStatus = async (path: string) => (await api.get(path, 'credit')).body.status;

/** As if the API had died, or run out of time, after the decision and before it kept its answer. */
async function loseAnswer(key: { 'Idempotency-Key': string }): Promise<void> {
  const { rowCount } = await suite.database.query(
    "UPDATE idempotency_keys SET response_status = 0, response_body = 'null' WHERE key = $1",
    [key['Idempotency-Key']],
  );
  expect(rowCount).toBe(1);
}

async function expectSameAgain(path: string, as: string, body: object): Promise<void> {
  const key = newKey();
  const first = await api.post(path, as, body, key);
  expect([path, first.status]).toEqual([path, 200]);
  for (const lost of [false, true, true]) {
    if (lost) await loseAnswer(key);
    const again = await api.post(path, as, body, key);
    expect([path, again.status, again.body]).toEqual([path, 200, first.body]);
  }
  // A key that was answered stands for that message and no other.
  const other = 'reason' in body ? { ...body, reason: 'another' } : {};
  expect((await api.post(path, as, other, key)).body.type).toBe('/problems/idempotency-key-reused');
}

describe('the same message again', () => {
  it('O3, O4: a cancellation whose answer was lost is answered, though the order has ended', async () => {
    const { orderId } = await inWarehouse('LOST-CANCEL');
    await expectSameAgain(`/v1/orders/${orderId}/cancel`, 'sales', { reason: 'changed its mind' });
  });

  it('O3, O4: an amendment whose answer was lost is answered, and changes the order once', async () => {
    const { orderId } = await inWarehouse('LOST-AMENDMENT');
    const body = { revision: 1, lines: [{ lineNumber: 1, quantity: 2 }], reason: 'one more' };
    await expectSameAgain(`/v1/orders/${orderId}/amend`, 'sales', body);
    const { body: order } = await api.get(`/v1/orders/${orderId}`, 'sales');
    expect(order).toMatchObject({ revision: 2, lines: [{ quantity: 2 }] });
  });

  it('O3, C2: so is a decision, on the order or on its task', async () => {
    const denied = await inReview('LOST-DENIAL');
    await expectSameAgain(denied.decision, 'credit', deny);
    const deniedByTask = await inReview('LOST-DENIAL-TASK');
    await expectSameAgain(`${deniedByTask.task}/complete`, 'credit', deny);
    const approved = await inReview('LOST-APPROVAL');
    await expectSameAgain(`${approved.task}/complete`, 'credit', approve);
  });

  it('O3, F4: so is a pick that found nothing, and a pack of goods that have left', async () => {
    const short = await inWarehouse('LOST-PICK');
    await expectSameAgain(`${short.shipment}/pick`, 'warehouse', { short: [{ lineNumber: 1, pickedQuantity: 0 }] });
    const { orderId, shipment } = await inWarehouse('LOST-PACK');
    await api.post(`${shipment}/pick`, 'warehouse', {});
    const key = newKey();
    const packed = await api.post(`${shipment}/pack`, 'warehouse', undefined, key);
    await becomes(suite, orderId, 'invoiced');
    await loseAnswer(key);
    expect((await api.post(`${shipment}/pack`, 'warehouse', undefined, key)).body).toEqual(packed.body);
  });

  it('O3: a message that never arrived is refused when the order has ended meanwhile, and gives its key back', async () => {
    const { orderId } = await inWarehouse('NO-EFFECT');
    const path = `/v1/orders/${orderId}/cancel`;
    const key = newKey();
    const cut = await startApi(suite, { client: undefined });
    expect((await cut.post(path, 'sales', { reason: 'mine' }, key)).status).toBe(503);
    await cut.stop();
    // Nobody knows yet whether it arrived.
    expect((await api.post(path, 'sales', { reason: 'other' }, key)).body.type).toBe('/problems/idempotency-key-reused');
    expect((await api.post(path, 'sales', { reason: 'by phone' })).status).toBe(200);
    for (const reason of ['mine', 'other']) {
      expect((await api.post(path, 'sales', { reason }, key)).body.type).toBe('/problems/order-state');
    }
  });
});

describe('a refused message may be corrected under its key', () => {
  it('O3, F4: after the workflow’s refusal and after the transaction’s', async () => {
    const { shipment } = await inWarehouse('CORRECTED-PICK', 3);
    const pack = newKey();
    expect((await api.post(`${shipment}/pack`, 'warehouse', undefined, pack)).body.type).toBe('/problems/shipment-state');
    const pick = newKey();
    const wrong = { short: [{ lineNumber: 9, pickedQuantity: 0 }] };
    expect((await api.post(`${shipment}/pick`, 'warehouse', wrong, pick)).body.type).toBe('/problems/pick-quantity');
    expect((await api.post(`${shipment}/pick`, 'warehouse', wrong, pick)).body.type).toBe('/problems/pick-quantity');
    const picked = await api.post(`${shipment}/pick`, 'warehouse', {}, pick);
    expect(picked).toMatchObject({ status: 200, body: { status: 'packing' } });
    expect((await api.post(`${shipment}/pick`, 'warehouse', {}, pick)).body).toEqual(picked.body);
    expect((await api.post(`${shipment}/pick`, 'warehouse', wrong, pick)).body.type).toBe('/problems/idempotency-key-reused');
    expect((await api.post(`${shipment}/pack`, 'warehouse', undefined, pack)).body.status).toBe('packed');
  });

  it('O3, C2: a decision, too', async () => {
    const { decision } = await inReview('CORRECTED-DECISION');
    const key = newKey();
    const release = { decision: 'release', reason: 'once' };
    expect((await api.post(decision, 'credit', release, key)).body.type).toBe('/problems/order-state');
    expect((await api.post(decision, 'credit', approve, key)).body).toEqual({ outcome: 'approved' });
  });
});

describe('whose decision it is', () => {
  it('C2: nobody decides past the owner of the task, on the order either', async () => {
    const { decision, task } = await inReview('OWNED');
    expect((await api.post(`${task}/claim`, 'credit')).status).toBe(200);
    expect(await api.post(decision, 'credit-2', approve)).toMatchObject({
      status: 409,
      body: { type: '/problems/task-claimed', owner: 'credit' },
    });
    expect(await taskStatus(task)).toBe('claimed');
    expect((await api.post(decision, 'credit', approve)).body).toEqual({ outcome: 'approved' });
    expect(await taskStatus(task)).toBe('completed');
  });

  it('C2: a task whose owner is not there is taken over or given back by its role, with a reason on its timeline', async () => {
    const { decision, task, orderId } = await inReview('ABSENT');
    const absent = { reason: 'on leave until Monday' };
    expect(await api.post(`${task}/release`, 'credit', absent)).toMatchObject({
      status: 409,
      body: { type: '/problems/task-state' },
    });
    await api.post(`${task}/claim`, 'credit');
    expect((await api.post(`${task}/take-over`, 'credit-2', {})).status).toBe(400);
    for (const way of ['take-over', 'release']) expect((await api.post(`${task}/${way}`, 'finance', absent)).status).toBe(403);
    expect((await api.post(`${task}/take-over`, 'credit-2', absent)).body).toMatchObject({
      status: 'claimed',
      owner: 'credit-2',
    });
    expect((await api.post(decision, 'credit', approve)).status).toBe(409);
    expect((await api.post(`${task}/release`, 'admin', absent)).body).toMatchObject({ status: 'open' });
    expect((await api.post(decision, 'credit', approve)).body).toEqual({ outcome: 'approved' });
    expect((await api.post(`${task}/release`, 'credit', absent)).status).toBe(409);
    const { rows } = await suite.database.query(
      "SELECT action, actor, reason FROM audit_log WHERE order_id = $1 AND action IN ('task-taken-over', 'task-released') ORDER BY sequence",
      [orderId],
    );
    expect(rows).toEqual([
      { action: 'task-taken-over', actor: 'credit-2', reason: absent.reason },
      { action: 'task-released', actor: 'admin', reason: absent.reason },
    ]);
  });

  it('C2: what went up to finance is no longer for the role credit, and before that it is not for finance', async () => {
    const { decision, task, taskId } = await inReview('ESCALATED');
    expect((await api.post(decision, 'finance', approve)).status).toBe(403);
    await suite.database.query("UPDATE tasks SET role = 'finance' WHERE id = $1", [taskId]);
    for (const path of [decision, `${task}/complete`]) expect((await api.post(path, 'credit', approve)).status).toBe(403);
    expect((await api.post(decision, 'finance', approve)).body).toEqual({ outcome: 'approved' });
  });

  it('C2: whoever proposes a large amount gives the task back, so that a second person can take it on', async () => {
    const { decision, task } = await inReview('LARGE');
    const large = { ...approve, limitMinor: 9_000_000 };
    await api.post(`${task}/claim`, 'credit');
    expect((await api.post(decision, 'credit', large)).status).toBe(202);
    expect(await taskStatus(task)).toBe('open');
    expect((await api.post(`${task}/claim`, 'credit-2')).status).toBe(200);
    expect((await api.post(`${task}/complete`, 'credit-2', large)).status).toBe(200);
  });
});

it('X3: a customer’s key reads that its order was declined, not why', async () => {
  const { orderId, decision } = await inReview('CURIOUS');
  const { body } = await api.post('/v1/api-keys', 'admin', { name: 'curious', roles: ['customer'], customerId: 'CURIOUS' });
  const reasons = async (as: string) => [
    (await api.get(`/v1/orders/${orderId}`, as)).body.statusReason,
    (await api.get('/v1/orders?customerId=CURIOUS', as)).body.items[0].statusReason,
  ];
  const [points] = await reasons('credit');
  expect(points).toMatch(/score/);
  expect(await reasons(body.key)).toEqual([null, null]);
  await api.post(decision, 'credit', deny);
  expect(await reasons('credit')).toEqual(['no references', 'no references']);
  expect(await reasons(body.key)).toEqual([null, null]);
  const timeline = JSON.stringify((await api.get(`/v1/orders/${orderId}/timeline`, body.key)).body);
  expect(timeline).toContain('credit-denied');
  expect(timeline).not.toMatch(/points|score|no references/);
});

it('X3: a payment and an opening item that are refused leave a note of who asked', async () => {
  await addCustomer(suite.database, 'NOTED');
  const money = { customerId: 'NOTED', currency: 'USD', amountMinor: 500 };
  const payment = { ...money, method: 'cheque', valueOn: '2026-01-31', externalReference: 'CHQ-1' };
  expect((await api.post('/v1/payments', 'receivables', payment)).status).toBe(422);
  const item = { ...money, issuedOn: '2026-01-01', dueOn: '2026-01-31', reference: 'OLD-1' };
  expect((await api.post('/v1/opening-items', 'finance', item)).status).toBe(422);
  const { items } = (await api.get('/v1/customers/NOTED/timeline', 'finance')).body;
  expect(items).toMatchObject([
    { action: 'payment-refused', actor: 'receivables', after: { type: 'invalid-payment', externalReference: 'CHQ-1' } },
    { action: 'opening-item-refused', actor: 'finance', after: { faults: [{ path: '/currency' }], externalReference: 'OLD-1' } },
  ]);
});
