import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeLimit } from '../../db/transactions/change-credit.ts';
import { addCustomer, addProduct, address, addStock, becomes, instant, order, setUpCompany } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* Credit as people see it through the API. One UNIT costs 1,000.00 without tax. */
const anna = { name: 'anna', verified: true };
const good = { yearsTrading: 8, annualTurnoverMinor: 200_000_000, tradeReferences: 3 };

let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-02', '09:00:00'));
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'UNIT', 100_000, '0');
  await addStock(suite, 'UNIT', 1_000, 50_000);
  api = await startApi(suite);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const details = (id: string) => ({
  name: id,
  email: 'buyer@customer.example',
  billingAddress: address,
  currency: 'EUR',
  terms: { kind: 'net', days: 30 },
});
const units = (quantity: number) => [{ sku: 'UNIT', quantity }];
const place = async (customerId: string, quantity: number, rest: object = {}, as = 'sales') =>
  api.post('/v1/orders', as, { customerId, currency: 'EUR', lines: units(quantity), ...rest });

describe('facts that automatic approvals are decided from', () => {
  it('C1: are not for those who sell to state; what they do not mention stays as it was', async () => {
    const put = (as: string, rest: object) => api.put('/v1/customers/PROFILE', as, { ...details('PROFILE'), ...rest });
    const refused = await put('sales', { creditProfile: good });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ type: '/problems/credit-profile', errors: [{ path: '/creditProfile' }] });
    expect((await api.get('/v1/customers/PROFILE', 'sales')).status).toBe(404);

    expect((await put('sales', {})).body).toMatchObject({ creditProfile: {} });
    expect((await put('finance', { creditProfile: good })).body).toMatchObject({ creditProfile: good });
    expect((await put('sales', {})).body).toMatchObject({ creditProfile: good });
    // The same facts sent back are no change.
    expect((await put('sales', { creditProfile: { ...good } })).status).toBe(200);
    expect((await put('sales', { creditProfile: { ...good, externalRating: 'A' } })).status).toBe(403);
    expect((await put('sales', { creditProfile: {} })).status).toBe(403);
  });
});

describe('payment in advance by the API', () => {
  it('C1: whoever orders may turn a waiting order into one that is paid in advance, and reads what to pay', async () => {
    await addCustomer(suite.database, 'WAITS', { limitMinor: 100_000 });
    const key = (await api.post('/v1/api-keys', 'admin', { name: 'buyer', roles: ['customer'], customerId: 'WAITS' })).body.key;
    const stranger = (await api.post('/v1/api-keys', 'admin', { name: 'other', roles: ['customer'], customerId: 'PROFILE' })).body
      .key;
    const { id } = (await place('WAITS', 2)).body;
    await becomes(suite, id, 'over-limit');
    expect((await api.get(`/v1/orders/${id}`, key)).body).toMatchObject({ prepayment: null, terms: { kind: 'net' } });
    expect((await api.get(`/v1/orders/${id}/pro-forma`, key)).status).toBe(404);
    const request = { reason: 'we need it now' };
    expect((await api.post(`/v1/orders/${id}/prepay`, stranger, request)).status).toBe(404);
    expect((await api.post(`/v1/orders/${id}/prepay`, 'warehouse', request)).status).toBe(403);
    const keyed = { 'Idempotency-Key': 'prepay-once' };
    for (const _ of ['first', 'again']) {
      const answered = await api.post(`/v1/orders/${id}/prepay`, key, request, keyed);
      expect(answered).toMatchObject({ status: 200, body: { outcome: 'prepayment-asked-for' } });
    }
    expect((await api.post(`/v1/orders/${id}/prepay`, key, request)).status).toBe(409);
    const { prepayment } = (await api.get(`/v1/orders/${id}`, key)).body;
    expect(prepayment).toMatchObject({ amountMinor: 200_000, receivedMinor: 0, dueOn: '2027-03-09', status: 'awaited' });
    expect((await api.get(`/v1/orders/${id}/pro-forma`, key)).body.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await api.get(`/v1/orders/${id}/pro-forma`, stranger)).status).toBe(404);

    const payment = {
      customerId: 'WAITS',
      method: 'bank-transfer',
      currency: 'EUR',
      amountMinor: 200_000,
      valueOn: '2027-03-02',
    };
    const strangers = await api.post('/v1/payments', 'finance', {
      ...payment,
      customerId: 'PROFILE',
      invoiceIds: [prepayment.number],
    });
    expect(strangers).toMatchObject({ status: 422, body: { errors: [{ path: '/invoiceIds/0', code: 'unknown-invoice' }] } });
    const paid = await api.post('/v1/payments', 'finance', { ...payment, invoiceIds: [prepayment.number] });
    expect(paid.body).toMatchObject({ unappliedMinor: 0, deposits: [{ orderId: id, amountMinor: 200_000, openMinor: 0 }] });
    await becomes(suite, id, 'in-fulfilment');
    const [kept] = (await api.get('/v1/payments?customerId=WAITS', 'finance')).body.items;
    expect(kept).toMatchObject({ applications: [], deposits: [{ orderId: id, heldMinor: 200_000 }] });
    expect((await api.post(`/v1/orders/${id}/prepay`, key, request)).status).toBe(409);
  });

  it('C1: a task that stops an order is done by having it prepaid, or released until a day', async () => {
    await addCustomer(suite.database, 'TASKS', { limitMinor: 100_000 });
    const orders = [(await place('TASKS', 2)).body.id, (await place('TASKS', 3)).body.id];
    for (const id of orders) await becomes(suite, id, 'over-limit');
    const taskOf = async (orderId: string) => (await api.get(`/v1/tasks?orderId=${orderId}`, 'credit')).body.items[0].id;
    const [first, second] = [await taskOf(orders[0]), await taskOf(orders[1])];
    expect((await api.post(`/v1/tasks/${first}/claim`, 'credit')).body).toMatchObject({ status: 'claimed' });
    expect((await api.post(`/v1/tasks/${first}/complete`, 'credit-2', { decision: 'prepay', reason: 'x' })).status).toBe(409);
    expect((await api.post(`/v1/tasks/${first}/complete`, 'credit', { decision: 'prepay', reason: 'agreed' })).body).toEqual({
      outcome: 'prepayment-asked-for',
    });
    const release = { decision: 'release', reason: 'a good customer' };
    const late = await api.post(`/v1/tasks/${second}/complete`, 'credit', { ...release, expiresAt: '2027-01-01T00:00:00Z' });
    expect(late).toMatchObject({ status: 422, body: { type: '/problems/release-expiry' } });
    const soon = '2027-03-03T16:00:00.000Z';
    expect((await api.post(`/v1/tasks/${second}/complete`, 'credit', { ...release, expiresAt: soon })).status).toBe(200);
    await becomes(suite, orders[1], 'in-fulfilment');

    const { items } = (await api.get('/v1/customers/TASKS/credit/history', 'sales')).body;
    expect(items).toMatchObject([
      { kind: 'one-off-release', outcome: 'release', orderId: orders[1], expiresAt: soon, reason: 'a good customer' },
      {
        kind: 'review',
        outcome: 'prepay',
        orderId: orders[0],
        reason: 'agreed',
        before: { standing: 'approved', limitMinor: 100_000 },
      },
    ]);
  });
});

describe('what the policy says', () => {
  it('C2: a customer is assessed point by point, with what it would take, in words that the task repeats', async () => {
    await api.put('/v1/customers/ASSESSED', 'finance', {
      ...details('ASSESSED'),
      creditProfile: { ...good, tradeReferences: 0 },
    });
    const path = '/v1/customers/ASSESSED/credit/assessment';
    const { body } = await api.get(`${path}?orderGrossMinor=100000`, 'credit');
    expect(body).toMatchObject({ outcome: 'review', policyVersion: 1, score: 61 });
    expect(body.points.reduce((total: number, { points }: { points: number }) => total + points, 0)).toBe(body.score);
    expect(body.wouldTake).toContainEqual({
      changes: ['2 good trade references'],
      score: expect.any(Number),
      limitMinor: 1_000_000,
    });
    const { id } = (await place('ASSESSED', 1)).body;
    await becomes(suite, id, 'credit-review');
    const [task] = (await api.get(`/v1/tasks?orderId=${id}`, 'credit')).body.items;
    expect(task.details.wouldTake).toEqual(body.wouldTake);
    // What it would take is what it takes.
    await suite.database.query('UPDATE customers SET credit_profile = $1 WHERE id = $2', [
      JSON.stringify({ ...good, tradeReferences: 2 }),
      'ASSESSED',
    ]);
    expect((await api.get(path, 'credit')).body).toMatchObject({ outcome: 'approve', wouldTake: [] });
    expect((await api.get(path, 'sales')).status).toBe(403);
    expect((await api.get(`${path}?orderGrossMinor=-1`, 'credit')).status).toBe(400);
    expect((await api.get('/v1/customers/NOBODY/credit/assessment', 'credit')).status).toBe(404);
  });
});

describe('approvals over time', () => {
  it('C4: every change is read back, newest first, with who, when, why and what stood before', async () => {
    await addCustomer(suite.database, 'HISTORY');
    for (const limitMinor of [100_000, 50_000]) {
      await api.put('/v1/customers/HISTORY/credit-limit', 'credit', { limitMinor, reason: `to ${limitMinor}` });
    }
    await api.post('/v1/customers/HISTORY/freeze', 'finance', { reason: 'rumours' });
    await api.post('/v1/customers/HISTORY/unfreeze', 'finance', { reason: 'only rumours' });
    const path = '/v1/customers/HISTORY/credit/history';
    const { items } = (await api.get(path, 'sales')).body;
    expect(items).toMatchObject([
      { kind: 'freeze', outcome: 'thawed', reason: 'only rumours', before: { standing: 'frozen' } },
      { kind: 'freeze', outcome: 'frozen', reason: 'rumours', before: { standing: 'approved', limitMinor: 50_000 } },
      { kind: 'limit-change', outcome: 'changed', limitMinor: 50_000, reason: 'to 50000', before: { limitMinor: 100_000 } },
      {
        kind: 'limit-change',
        limitMinor: 100_000,
        reason: 'to 100000',
        before: { standing: 'none', limitMinor: null },
        policyVersion: 1,
      },
    ]);
    const first = (await api.get(`${path}?limit=3`, 'sales')).body;
    const rest = (await api.get(`${path}?limit=3&after=${first.next}`, 'sales')).body;
    expect([...first.items, ...rest.items]).toEqual(items);
    expect((await api.get('/v1/customers/NOBODY/credit/history', 'sales')).status).toBe(404);
  });

  it('C4: an approval that ends soon is flagged once, with one task, which a limit set again finishes', async () => {
    for (const [id, expiresAt] of [
      ['SOON', '2027-03-20T00:00Z'],
      ['OVER', '2027-02-01T00:00Z'],
      ['LATER', '2027-05-01T00:00Z'],
    ]) {
      await addCustomer(suite.database, id!, { limitMinor: 100_000 });
      await suite.database.query('UPDATE credit_accounts SET expires_at = $2 WHERE customer_id = $1', [id, expiresAt]);
    }
    const run = async (): Promise<number> => (await api.post('/v1/credit/renewals', 'credit')).body.flagged;
    const flagged = await Promise.all([run(), run(), run()]);
    expect(flagged.toSorted((a, b) => a - b)).toEqual([0, 0, 2]);
    const tasks = async () => (await api.get('/v1/tasks?kind=credit-renewal', 'credit')).body.items;
    expect(await tasks()).toMatchObject([
      { customerId: 'OVER', role: 'credit', status: 'open' },
      { customerId: 'SOON', status: 'open', title: expect.stringContaining('2027-03-20') },
    ]);
    await api.put('/v1/customers/SOON/credit-limit', 'credit', { limitMinor: 100_000, reason: 'as before' });
    expect(await tasks()).toMatchObject([{ status: 'open' }, { customerId: 'SOON', status: 'completed' }]);
    expect((await api.get('/v1/customers/SOON/account', 'credit')).body.expiresAt).toBe('2028-02-29T23:00:00.000Z');
    expect((await api.post('/v1/credit/renewals', 'credit')).body).toEqual({ flagged: 0, more: false });
  });

  it('C4: room that appears goes to the oldest order that fits, however the hints are heard', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const customerId = `QUEUE-${round}`;
      await addCustomer(suite.database, customerId, { limitMinor: 0 });
      const waiting: string[] = [];
      for (const quantity of [9, 3, 3, 1]) {
        const id = await order(suite, customerId, units(quantity));
        await becomes(suite, id, 'over-limit');
        waiting.push(id);
      }
      const at = await suite.now();
      // Room for 3 + 1: the first is too large, the third came after the second.
      await suite.database.transaction((tx) =>
        changeLimit(tx, { customerId, limitMinor: 400_000, reason: 'grown', actor: anna, at }),
      );
      const [, second, third, fourth] = waiting as [string, string, string, string];
      suite.delivery.deliverSoon();
      await becomes(suite, second, 'in-fulfilment');
      await becomes(suite, fourth, 'in-fulfilment');
      await becomes(suite, third, 'over-limit');
    }
    await eventually(async () => checkInvariants(suite.database).then(() => true));
  });
});
