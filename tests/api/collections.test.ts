import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer, addProduct, addStock, becomes, instant, openingItem, setUpCompany } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/* What finance and collectors do about customers who owe, in the real engine. It is Wednesday, 10 March 2027; each test carries the day on. */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-10', '09:00:00'));
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'UNIT', 10_000, '0');
  await addStock(suite, 'UNIT', 1_000, 4_000);
  api = await startApi(suite);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const place = (customerId: string, quantity = 1, rest: object = {}) =>
  api.post('/v1/orders', 'sales', { customerId, currency: 'EUR', lines: [{ sku: 'UNIT', quantity }], ...rest });
const account = async (customerId: string) => (await api.get(`/v1/customers/${customerId}/account`, 'finance')).body;
const timelineOf = async (customerId: string): Promise<{ action: string; actor: string; reason: string | null }[]> =>
  (await api.get(`/v1/customers/${customerId}/timeline?limit=200`, 'finance')).body.items;
const openTasks = async (kind: string) => (await api.get(`/v1/tasks?kind=${kind}&status=open`, 'finance')).body.items;

describe('a hold override', () => {
  it('P3, C6, X3: orders pass the hold when a second person agrees, until a day that ends by itself', async () => {
    await addCustomer(suite.database, 'HELD', { limitMinor: 10_000_000 });
    await openingItem(suite, 'HELD', 50_000, '2027-02-01', '2027-03-01');
    expect((await place('HELD')).body).toMatchObject({ type: '/problems/customer-on-hold', amountDueMinor: 50_000 });

    const path = '/v1/customers/HELD/hold-overrides';
    const wanted = { throughOn: '2027-03-12', reason: 'the payment is on its way' };
    expect((await api.post(path, 'credit', wanted)).status).toBe(403);
    expect((await api.post(path, 'finance', { ...wanted, throughOn: '2027-03-09' })).body).toMatchObject({
      errors: [{ path: '/throughOn', code: 'past-date' }],
    });
    expect((await api.post(path, 'finance', { ...wanted, throughOn: '2027-05-01' })).body).toMatchObject({
      errors: [{ path: '/throughOn', code: 'too-long' }],
    });
    expect((await api.post('/v1/customers/NOBODY/hold-overrides', 'finance', wanted)).status).toBe(404);
    const key = { 'Idempotency-Key': 'lift-it' };
    const { body: proposed } = await api.post(path, 'finance', wanted, key);
    expect(proposed).toMatchObject({ status: 'proposed', overdueMinor: 50_000, throughOn: '2027-03-12' });
    expect((await api.post(path, 'finance', wanted, key)).body).toEqual(proposed);
    expect((await api.post(path, 'finance-2', wanted)).body).toMatchObject({ type: '/problems/proposed-already' });
    expect((await place('HELD')).status).toBe(422);

    const [task] = await openTasks('hold-override');
    expect(task).toMatchObject({ customerId: 'HELD', role: 'finance', details: { holdOverrideId: proposed.id } });
    expect((await api.post(`/v1/tasks/${task.id}/complete`, 'finance-2', { note: 'fine' })).body).toMatchObject({
      type: '/problems/task-decides',
    });
    const decide = (decision: string, as: string) =>
      api.post(`/v1/hold-overrides/${proposed.id}/${decision}`, as, { reason: 'they have always paid' });
    expect((await decide('approve', 'finance')).body).toMatchObject({ type: '/problems/four-eyes' });
    expect((await decide('approve', 'finance-2')).body).toMatchObject({ status: 'approved', decidedBy: 'finance-2' });
    expect((await decide('approve', 'admin')).status).toBe(409);
    expect(await openTasks('hold-override')).toEqual([]);

    expect(await account('HELD')).toMatchObject({
      onHold: false,
      overdueMinor: 50_000,
      holdOverride: { id: proposed.id, throughOn: '2027-03-12' },
    });
    const passing = (await place('HELD')).body.id;
    await becomes(suite, passing, 'in-fulfilment');
    // Midnight after the 12th in Berlin: nothing has to run for it to end.
    await suite.setClock(instant('2027-03-12', '22:59:00'));
    expect((await place('HELD')).status).toBe(201);
    await suite.setClock(instant('2027-03-12', '23:01:00'));
    expect((await place('HELD')).body).toMatchObject({ type: '/problems/customer-on-hold' });
    expect(await account('HELD')).toMatchObject({ onHold: true, holdOverride: null });
    const actions = (await timelineOf('HELD')).filter(({ action }) => action.startsWith('hold-override'));
    expect(actions).toMatchObject([
      { action: 'hold-override-proposed', actor: 'finance' },
      { action: 'hold-override-approved', actor: 'finance-2', reason: 'they have always paid' },
    ]);
  });

  it('P3: an order that waits for the payment goes on once the hold is lifted; ended early, the hold counts again', async () => {
    await addCustomer(suite.database, 'WAITS', { limitMinor: 0 });
    const { id } = (await place('WAITS')).body;
    await becomes(suite, id, 'over-limit');
    await openingItem(suite, 'WAITS', 20_000, '2027-02-01', '2027-03-01');
    await api.put('/v1/customers/WAITS/credit-limit', 'credit', { limitMinor: 1_000_000, reason: 'more room' });
    await becomes(suite, id, 'waiting-for-payment');
    const propose = () =>
      api.post('/v1/customers/WAITS/hold-overrides', 'finance', { throughOn: '2027-03-20', reason: 'a parcel for the fair' });
    const first = (await propose()).body.id;
    // Who proposed it may take it back.
    expect((await api.post(`/v1/hold-overrides/${first}/reject`, 'finance', { reason: 'not now' })).body.status).toBe('rejected');
    const second = (await propose()).body.id;
    expect((await api.post(`/v1/hold-overrides/${second}/approve`, 'admin', { reason: 'agreed' })).status).toBe(200);
    await becomes(suite, id, 'in-fulfilment');
    expect((await api.post(`/v1/hold-overrides/${second}/end`, 'finance', { reason: 'enough' })).body).toMatchObject({
      status: 'ended',
      endedBy: 'finance',
    });
    expect((await place('WAITS')).status).toBe(422);
    expect((await api.post(`/v1/hold-overrides/${second}/end`, 'finance', { reason: 'again' })).status).toBe(409);
    const listed = await api.get('/v1/hold-overrides?customerId=WAITS&limit=1', 'sales');
    expect(listed.body).toMatchObject({ items: [{ id: first }], next: expect.any(String) });
    await checkInvariants(suite.database);
  });
});

describe('the worklist', () => {
  const worklist = async (query = '') => (await api.get(`/v1/collections/worklist${query}`, 'receivables')).body;
  const contact = (customerId: string, body: object, as = 'receivables') =>
    api.post(`/v1/customers/${customerId}/contacts`, as, {
      kind: 'call',
      outcome: 'reached',
      note: 'spoke to Ms Weber',
      ...body,
    });
  const rankOf = async (customerId: string) =>
    (await worklist()).items.find((one: { customerId: string }) => one.customerId === customerId);

  it('P6: whom to contact first, with reasons; a logged contact finishes its task and makes room for others', async () => {
    await suite.setClock(instant('2027-03-31', '09:00:00'));
    await addCustomer(suite.database, 'BIG', { limitMinor: 0 });
    await addCustomer(suite.database, 'SMALL', { limitMinor: 0 });
    const [first, second] = [
      await openingItem(suite, 'BIG', 1_000_000, '2027-01-01', '2027-03-01'),
      await openingItem(suite, 'BIG', 100_000, '2027-01-01', '2027-03-20'),
    ];
    await openingItem(suite, 'SMALL', 500_000, '2027-01-01', '2027-03-01');
    await openingItem(suite, 'SMALL', 900_000, '2027-01-01', '2027-04-30');
    await suite.database.query(
      `INSERT INTO risk_scores (customer_id, late_chance, score, as_of, at) VALUES ('BIG', 0.4, '{}', '2027-03-31', now())`,
    );
    const tasksOf = async (customerId: string) =>
      (await openTasks('overdue-contact')).filter((task: { customerId: string }) => task.customerId === customerId);
    await eventually(async () => (await tasksOf('BIG')).length === 2 && (await tasksOf('SMALL')).length === 1);

    expect((await api.get('/v1/collections/worklist', 'sales')).status).toBe(403);
    const { items, asOf, rankedCount } = await worklist('?limit=2');
    expect(asOf).toBe('2027-03-31');
    expect(rankedCount).toBeGreaterThanOrEqual(4);
    expect(items).toMatchObject([
      { customerId: 'BIG', overdueMinor: 1_100_000, oldestDaysOverdue: 30, lateChance: 0.4, lastContact: null, nextStep: null },
      { customerId: 'SMALL', overdueMinor: 500_000, lateChance: null },
    ]);
    expect(items[0].expectedRecoveryMinor).toBeGreaterThan(623_629);
    expect(items[0].tasks).toMatchObject([{ kind: 'overdue-contact' }, { kind: 'overdue-contact' }]);

    // Nobody was reached: the task stays.
    expect((await contact('BIG', { outcome: 'not-reached' })).body.finishedTasks).toEqual([]);
    expect(await tasksOf('BIG')).toHaveLength(2);
    const key = { 'Idempotency-Key': 'one-call' };
    const body = {
      kind: 'call',
      outcome: 'will-pay',
      note: 'the rest next week',
      invoiceIds: [first],
      nextStepOn: '2027-04-02',
      nextStep: 'look for the money',
    };
    const logged = await api.post('/v1/customers/BIG/contacts', 'receivables', body, key);
    expect(logged).toMatchObject({ status: 201, body: { finishedTasks: [expect.any(String)] } });
    expect((await api.post('/v1/customers/BIG/contacts', 'receivables', body, key)).body).toEqual(logged.body);
    const done = (await api.get(`/v1/tasks/${logged.body.finishedTasks[0]}`, 'receivables')).body;
    expect(done).toMatchObject({
      invoiceId: first,
      status: 'completed',
      completedBy: 'receivables',
      outcome: { contactId: logged.body.contactId, result: 'will-pay' },
    });
    expect(await tasksOf('BIG')).toMatchObject([{ invoiceId: second }]);
    // What is agreed for the day after tomorrow is not for today.
    expect(await rankOf('BIG')).toMatchObject({ expectedRecoveryMinor: 0, nextStep: { on: '2027-04-02' } });
    expect((await worklist()).items[0].customerId).toBe('SMALL');
    await suite.setClock(instant('2027-04-02', '09:00:00'));
    expect((await worklist()).items[0]).toMatchObject({
      customerId: 'BIG',
      lastContact: { on: '2027-03-31', outcome: 'will-pay' },
    });

    const { items: listed } = (await api.get('/v1/customers/BIG/contacts?limit=1', 'sales')).body;
    expect(listed).toMatchObject([
      { id: logged.body.contactId, person: null, nextStep: 'look for the money', actor: 'receivables' },
    ]);
    expect((await timelineOf('BIG')).map(({ action }) => action)).toContain('contacted');
  });

  it('P6: what is wrong with a contact is refused as a whole', async () => {
    const refused = await contact('BIG', { invoiceIds: ['OPN-1'], nextStep: 'call again' });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: '/invoiceIds/0' }, { path: '/nextStepOn' }] } });
    expect((await contact('BIG', { nextStepOn: '2027-03-01' })).body.errors).toMatchObject([{ code: 'past-date' }]);
    expect((await contact('BIG', { outcome: 'shouted' })).status).toBe(400);
    expect((await contact('NOBODY', {})).status).toBe(404);
    expect((await contact('BIG', {}, 'warehouse')).status).toBe(403);
    expect((await api.get('/v1/customers/BIG/contacts', 'sales')).body.items).toHaveLength(2);
  });
});
