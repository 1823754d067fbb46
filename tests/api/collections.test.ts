import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCreditAccount } from '../../db/queries/customers.ts';
import { customerFacts } from '../../db/queries/risk.ts';
import { readApplicationFacts } from '../../db/statements/credit-facts.ts';
import { reversePayment } from '../../db/transactions/reverse-payment.ts';
import { receivableWorkflowId } from '../../domain/ids.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  instant,
  invoiced,
  openingItem,
  order,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  trialBalance,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Answered, type Api, startApi } from './client.ts';

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
    // Each is offered what it may do: the proposer takes it back, another one decides, everybody else reads.
    const offered = async (as: string) => (await api.get('/v1/hold-overrides?customerId=HELD', as)).body.items[0].actions;
    expect([await offered('finance'), await offered('finance-2'), await offered('sales')]).toEqual([
      ['refuse'],
      ['approve', 'refuse'],
      [],
    ]);
    const toAccount = async (as: string) => (await api.get('/v1/customers/HELD/credit/assessment', as)).body.actions;
    expect(await toAccount('finance')).not.toContain('propose-hold-override');
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
    expect(await offered('finance')).toEqual(['end']);
    expect([await toAccount('finance'), await toAccount('credit')]).toEqual([
      ['set-limit', 'freeze', 'propose-hold-override'],
      ['set-limit', 'freeze'],
    ]);
    expect(await openTasks('hold-override')).toEqual([]);

    expect(await account('HELD')).toMatchObject({
      onHold: false,
      overdueMinor: 50_000,
      holdOverride: { id: proposed.id, throughOn: '2027-03-12' },
    });
    const passing = (await place('HELD')).body.id;
    await becomes(suite, passing, 'in-fulfilment');
    // Midnight after the 12th in Berlin: nothing has to run for it to end.
    await suite.advanceTo(instant('2027-03-12', '22:59:00'));
    expect((await place('HELD')).status).toBe(201);
    await suite.advanceTo(instant('2027-03-12', '23:01:00'));
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
    const newest = await api.get('/v1/hold-overrides?customerId=WAITS&sort=newest&limit=1', 'sales');
    expect(newest.body.items).toMatchObject([{ id: second, actions: [] }]);
    const before = await api.get(`/v1/hold-overrides?customerId=WAITS&sort=newest&after=${newest.body.next}`, 'sales');
    expect(before.body).toMatchObject({ items: [{ id: first }], next: null });
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
    await suite.advanceTo(instant('2027-03-31', '09:00:00'));
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
    expect((await worklist()).overdueCount).toBeGreaterThanOrEqual(rankedCount);
    // One is found by its number, however far down it stands; all that are ranked come at once to who asks for them.
    expect(await worklist('?customerId=SMALL')).toMatchObject({
      rankedCount: 1,
      overdueCount: 1,
      items: [{ customerId: 'SMALL' }],
    });
    expect((await worklist('?limit=1000')).items).toHaveLength(rankedCount);
    expect(await worklist('?customerId=NOBODY')).toMatchObject({ overdueCount: 0, items: [] });
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
    await suite.advanceTo(instant('2027-04-02', '09:00:00'));
    expect((await worklist()).items[0]).toMatchObject({
      customerId: 'BIG',
      lastContact: { on: '2027-03-31', outcome: 'will-pay' },
    });

    const { items: listed } = (await api.get('/v1/customers/BIG/contacts?limit=1', 'sales')).body;
    expect(listed).toMatchObject([
      { id: logged.body.contactId, person: null, nextStep: 'look for the money', actor: 'receivables' },
    ]);
    expect((await timelineOf('BIG')).map(({ action }) => action)).toContain('contacted');
    // What we think of a customer is not for its own key, on no page of any length.
    const curious = { name: 'big', roles: ['customer'], customerId: 'BIG' };
    const { key: own } = (await api.post('/v1/api-keys', 'admin', curious)).body;
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: Answered = await api.get(`/v1/customers/BIG/timeline?limit=1${next ? `&after=${next}` : ''}`, own);
      expect(page.body.items).toHaveLength(1);
      seen.push(page.body.items[0].action);
      next = page.body.next;
    }
    expect(seen).toContain('opening-item');
    expect(seen).not.toContain('contacted');
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

describe('a write-off', () => {
  const give = (invoiceId: string, as = 'receivables', headers = {}) =>
    api.post(`/v1/invoices/${invoiceId}/write-off`, as, { reason: 'insolvent' }, headers);
  const decide = (id: string, decision: string, as: string) =>
    api.post(`/v1/write-offs/${id}/${decision}`, as, { reason: 'no estate' });
  const invoice = async (id: string) => (await api.get(`/v1/invoices/${id}`, 'finance')).body;
  const entries = async (invoiceId: string, kind: string) =>
    (await api.get(`/v1/ledger/entries?invoiceId=${invoiceId}&kind=${kind}`, 'finance')).body.items;
  const allowance = async () => (await trialBalance(suite.database))['bad-debt-allowance'] ?? 0;

  it('P6, A3, X3: proposed by one and approved by another, it ends dunning, order and workflow, and freezes the credit', async () => {
    await suite.advanceTo(instant('2027-04-02', '10:00:00'));
    await addCustomer(suite.database, 'BROKE', { limitMinor: 10_000_000, netDays: 3 });
    const orderId = await order(suite, 'BROKE', [{ sku: 'UNIT', quantity: 3 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const invoiceId = (await invoiced(suite, orderId))[0]!.id;
    await pay(suite, 'BROKE', 5_000, invoiceId);
    await suite.advanceTo(instant('2027-04-08', '10:00:00'));
    await eventually(async () => (await invoice(invoiceId)).overdueSince !== null);
    expect(await account('BROKE')).toMatchObject({ onHold: true, openReceivablesMinor: 25_000 });

    expect((await give(invoiceId, 'sales')).status).toBe(403);
    expect((await give('INV-2027-999999')).status).toBe(404);
    const key = { 'Idempotency-Key': 'give-up' };
    const { body: proposed } = await give(invoiceId, 'finance', key);
    expect(proposed).toMatchObject({ status: 'proposed', proposedMinor: 25_000, fourEyes: true, writtenOffMinor: null });
    expect((await give(invoiceId, 'finance', key)).body).toEqual(proposed);
    expect((await give(invoiceId)).body).toMatchObject({ type: '/problems/proposed-already' });
    const offered = async (as: string) => (await api.get('/v1/write-offs?customerId=BROKE', as)).body.items[0].actions;
    expect(await Promise.all(['finance', 'admin', 'receivables'].map(offered))).toEqual([['refuse'], ['approve', 'refuse'], []]);
    expect(await openTasks('write-off')).toMatchObject([{ role: 'finance', details: { writeOffId: proposed.id } }]);
    expect((await decide(proposed.id, 'approve', 'receivables')).status).toBe(403);
    expect((await decide(proposed.id, 'approve', 'finance')).body).toMatchObject({ type: '/problems/four-eyes' });
    // A part payment meanwhile, in time: what is given up is what is open by then.
    await pay(suite, 'BROKE', 1_000, invoiceId, '2027-04-05');
    const answers = await Promise.all(['finance-2', 'admin'].map((as) => decide(proposed.id, 'approve', as)));
    expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([200, 409]);
    expect((await api.get(`/v1/write-offs/${proposed.id}`, 'finance')).body).toMatchObject({
      status: 'approved',
      writtenOffMinor: 24_000,
      writtenOffOn: '2027-04-08',
      recoveries: [],
    });
    expect(await openTasks('write-off')).toEqual([]);
    expect(await allowance()).toBe(24_000);
    await becomes(suite, orderId, 'closed');
    expect(await invoice(invoiceId)).toMatchObject({
      status: 'settled',
      openMinor: 0,
      nextStepAt: null,
      writeOffs: [{ writeOffId: proposed.id, amountMinor: 24_000, recoveredMinor: 0, valueOn: '2027-04-08' }],
    });
    expect((await openTasks('overdue-contact')).filter((task: { customerId: string }) => task.customerId === 'BROKE')).toEqual(
      [],
    );
    expect(await account('BROKE')).toMatchObject({
      standing: 'frozen',
      onHold: false,
      onHoldSince: null,
      openReceivablesMinor: 0,
    });
    expect((await timelineOf('BROKE')).find(({ action }) => action === 'credit-frozen')?.reason).toMatch(proposed.id);
    // Nobody asks for interest on it.
    expect((await api.get('/v1/invoices?customerId=BROKE', 'finance')).body.items).toHaveLength(1);
    await eventually(async () => (await suite.client.workflow.getHandle(orderId).describe()).status.name === 'COMPLETED');
    expect((await give(invoiceId)).body).toMatchObject({ type: '/problems/nothing-open' });
    await checkInvariants(suite.database);
  });

  it('P6, C1, C5: it is no payment: credit and risk count it as one that came to a bad end', async () => {
    const { rows } = await suite.database.query<{ id: string }>(`SELECT id FROM invoices WHERE customer_id = 'BROKE'`);
    const facts = (await customerFacts(suite.database, ['BROKE'])).get('BROKE')?.payments;
    expect(facts).toMatchObject([{ invoiceId: rows[0]!.id, dueOn: '2027-04-05', settledOn: '2027-04-08' }]);
    const row = (await readCreditAccount(suite.database, 'BROKE'))!;
    expect(await readApplicationFacts(suite.database, row, 0, '2027-07-07')).toMatchObject({
      paidInvoices: 1,
      onTimeShare: 0,
      writeOffWithinMonths: 2,
    });
  });

  it('P6, P1, P5: what is paid of it after all is owed again and paid, once, without interest; more than that waits', async () => {
    await suite.advanceTo(instant('2027-05-03', '10:00:00'));
    const [{ id: invoiceId }] = (await api.get('/v1/invoices?customerId=BROKE', 'finance')).body.items;
    const before = await trialBalance(suite.database);
    // Money that names nothing recovers nothing; applied to the item by hand it does.
    const { paymentId } = await pay(suite, 'BROKE', 4_000, 'no reference');
    expect(await allowance()).toBe(24_000);
    const applied = await api.post(`/v1/payments/${paymentId}/apply`, 'finance', { invoiceIds: [invoiceId] });
    expect(applied).toMatchObject({ status: 200, body: { unappliedMinor: 0, applications: [{ invoiceId, openMinor: 0 }] } });
    expect(await allowance()).toBe(20_000);
    const last = await pay(suite, 'BROKE', 25_000, invoiceId);
    expect(last).toMatchObject({ unappliedMinor: 5_000, interestNotes: [], applications: [{ amountMinor: 20_000 }] });
    expect(await allowance()).toBe(0);
    expect((await pay(suite, 'BROKE', 1_000, invoiceId)).unappliedMinor).toBe(1_000);

    const after = await trialBalance(suite.database);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed.sort()).toEqual(['bank', 'unapplied-cash']);
    expect(after.bank! - before.bank!).toBe(30_000);
    expect(await entries(invoiceId, 'reinstatement')).toHaveLength(2);
    expect(await invoice(invoiceId)).toMatchObject({ status: 'settled', writeOffs: [{ recoveredMinor: 24_000 }] });
    const [{ recoveries }] = (await api.get(`/v1/write-offs?invoiceId=${invoiceId}`, 'finance')).body.items;
    expect(recoveries).toMatchObject([{ amountMinor: 4_000 }, { amountMinor: 20_000 }]);
    await checkInvariants(suite.database);
  });

  it('P6, I4: goods that come back of a written-off invoice are no credit of who has not paid for them', async () => {
    await addCustomer(suite.database, 'RETURNS', { limitMinor: 10_000_000, netDays: 3 });
    const orderId = await order(suite, 'RETURNS', [{ sku: 'UNIT', quantity: 2 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const invoiceId = (await invoiced(suite, orderId))[0]!.id;
    await pay(suite, 'RETURNS', 15_000, invoiceId);
    const { body: proposed } = await give(invoiceId, 'finance');
    expect((await decide(proposed.id, 'approve', 'finance-2')).body).toMatchObject({ writtenOffMinor: 5_000 });
    await becomes(suite, orderId, 'closed');
    const lines = [{ lineNumber: 1, quantity: 1, reason: 'damaged' }];
    const { returnId } = (await api.post('/v1/returns', 'sales', { shipmentId, lines })).body;
    await api.post(`/v1/returns/${returnId}/approve`, 'sales');
    await api.post(`/v1/returns/${returnId}/receive`, 'warehouse', { lines: [{ lineNumber: 1, quantity: 1 }] });
    const inspected = { lines: [{ lineNumber: 1, restockedQuantity: 1, scrappedQuantity: 0 }] };
    const credited = await api.post(`/v1/returns/${returnId}/inspect`, 'warehouse', inspected);
    expect(credited.body).toMatchObject({ grossMinor: 10_000, appliedMinor: 5_000, unappliedMinor: 5_000 });
    expect((await api.get(`/v1/write-offs/${proposed.id}`, 'finance')).body.recoveries).toMatchObject([
      { paymentId: null, creditNoteId: credited.body.creditNoteId, amountMinor: 5_000 },
    ]);
    expect(await allowance()).toBe(0);
    await checkInvariants(suite.database);
  });

  it('P6, X3: below the policy’s amount one person is enough, and a higher one takes two people itself; a proposal may be taken back, and a freeze is the policy’s to want', async () => {
    const policy = { holdOverrideDaysMaximum: 30, writeOffFourEyesFromMinor: 1_000, freezeOnWriteOff: false };
    expect((await api.post('/v1/policies/collections', 'receivables', policy)).status).toBe(403);
    // So far each write-off took two people: one alone does not put that off.
    const looser = await api.post('/v1/policies/collections?reason=cents', 'finance', policy);
    expect(looser).toMatchObject({ status: 202, body: { name: 'collections', loosens: ['writeOffFourEyesFromMinor'] } });
    const proposal = async (as: string) => (await api.get('/v1/policies', as)).body.proposals;
    expect(await proposal('finance')).toMatchObject([
      { proposedBy: 'finance', basedOn: 1, reason: 'cents', actions: ['refuse'] },
    ]);
    expect((await proposal('finance-2'))[0].actions).toEqual(['approve', 'refuse']);
    const second = (decision: string, as: string, id = looser.body.proposalId) =>
      api.post(`/v1/policies/proposals/${id}/${decision}`, as, { reason: 'agreed' });
    expect((await second('approve', 'finance')).body.type).toBe('/problems/four-eyes');
    expect((await second('approve', 'receivables')).status).toBe(403);
    expect((await second('approve', 'finance-2')).body).toMatchObject({ name: 'collections', version: 2 });
    expect((await second('approve', 'finance-2')).body.type).toBe('/problems/proposal-state');
    const [inForce] = (await api.get('/v1/policies', 'finance')).body.items.filter(
      ({ name }: { name: string }) => name === 'collections',
    );
    expect(inForce).toMatchObject({ version: 2, actor: 'finance', approvedBy: 'finance-2', body: policy });
    // One that was made from an older version is out of date; taking it back ends its task.
    const old = (await api.post('/v1/policies/collections', 'finance', { ...policy, writeOffFourEyesFromMinor: 2_000 })).body;
    const stricter = { ...policy, writeOffFourEyesFromMinor: 999 };
    expect((await api.post('/v1/policies/collections', 'finance', stricter)).body).toMatchObject({ version: 3 });
    expect((await second('approve', 'finance-2', old.proposalId)).body.type).toBe('/problems/policy-has-changed');
    expect((await second('reject', 'finance', old.proposalId)).status).toBe(200);
    const tasks = (await api.get('/v1/tasks?kind=policy-approval', 'finance')).body.items;
    expect(tasks.map(({ status }: { status: string }) => status)).toEqual(['completed', 'completed']);
    await api
      .post('/v1/policies/collections', 'finance', policy)
      .then(({ body }) => second('approve', 'finance-2', body.proposalId));
    await addCustomer(suite.database, 'CENTS', { limitMinor: 1_000 });
    const [few, more] = [
      await openingItem(suite, 'CENTS', 999, '2027-04-01', '2027-05-01'),
      await openingItem(suite, 'CENTS', 1_000, '2027-04-01', '2027-06-01'),
    ];
    expect((await give(few)).body).toMatchObject({
      status: 'approved',
      fourEyes: false,
      decidedBy: 'receivables',
      writtenOffMinor: 999,
    });
    expect(await account('CENTS')).toMatchObject({ standing: 'approved', onHold: false });
    const { body: proposed } = await give(more, 'finance');
    expect(proposed.status).toBe('proposed');
    expect((await decide(proposed.id, 'reject', 'finance')).body).toMatchObject({ status: 'rejected' });
    expect((await decide(proposed.id, 'approve', 'finance-2')).status).toBe(409);
    // It was given up before it was due, and still it was not paid in time.
    const { body: again } = await give(more, 'finance');
    expect((await decide(again.id, 'approve', 'finance-2')).status).toBe(200);
    expect((await customerFacts(suite.database, ['CENTS'])).get('CENTS')?.payments).toMatchObject([
      { invoiceId: more, settledOn: '2027-06-02' },
      { invoiceId: few, settledOn: '2027-05-03' },
    ]);
    await eventually(async () => {
      const handle = suite.client.workflow.getHandle(receivableWorkflowId(more));
      return (await handle.describe()).status.name === 'COMPLETED';
    });
    await checkInvariants(suite.database);
  });

  it('P6, X1: a proposal ends by itself, with its task, when its item is settled otherwise', async () => {
    await addCustomer(suite.database, 'PAYS', { limitMinor: 10_000_000 });
    const item = await openingItem(suite, 'PAYS', 50_000, '2027-05-01', '2027-08-01');
    const { body: proposed } = await give(item, 'finance');
    const taskId = (await openTasks('write-off')).find((one: { invoiceId: string }) => one.invoiceId === item).id;
    await pay(suite, 'PAYS', 20_000, item);
    expect((await api.get(`/v1/write-offs/${proposed.id}`, 'finance')).body.status).toBe('proposed');
    const { paymentId } = await pay(suite, 'PAYS', 30_000, item);
    expect((await api.get(`/v1/write-offs/${proposed.id}`, 'finance')).body).toMatchObject({
      status: 'ended',
      decidedBy: 'system',
      decisionReason: `${item} is settled by ${paymentId}`,
    });
    expect((await api.get(`/v1/tasks/${taskId}`, 'finance')).body).toMatchObject({
      status: 'cancelled',
      outcome: { settledBy: paymentId },
    });
    expect((await decide(proposed.id, 'approve', 'finance-2')).body).toMatchObject({ type: '/problems/proposal-state' });
    expect((await timelineOf('PAYS')).map(({ action }) => action)).toContain('write-off-ended');
  });

  it('P6, X3, P5: a part is given up, small ones count together, and the rest is collected and recovers it', async () => {
    const part = (amountMinor: number, as = 'finance') =>
      api.post(`/v1/invoices/${item}/write-off`, as, { amountMinor, reason: 'half of the goods were spoilt' });
    await addCustomer(suite.database, 'PARTS', { limitMinor: 10_000_000 });
    const item = await openingItem(suite, 'PARTS', 30_000, '2027-02-01', '2027-03-01');
    await eventually(async () => (await invoice(item)).overdueSince !== null);
    const before = await allowance();
    expect((await part(30_001)).body).toMatchObject({ status: 422, errors: [{ path: '/amountMinor', code: 'more-than-open' }] });
    expect((await part(0)).status).toBe(400);
    const { body: proposed } = await part(10_000);
    expect(proposed).toMatchObject({ status: 'proposed', proposedMinor: 10_000, fourEyes: true });
    expect((await decide(proposed.id, 'approve', 'finance')).body).toMatchObject({ type: '/problems/four-eyes' });
    expect((await decide(proposed.id, 'approve', 'finance-2')).body).toMatchObject({
      status: 'approved',
      writtenOffMinor: 10_000,
    });
    expect(await invoice(item)).toMatchObject({ status: 'open', openMinor: 20_000, nextStepAt: expect.any(String) });
    expect(await account('PARTS')).toMatchObject({ onHold: true, openReceivablesMinor: 20_000 });
    expect((await openTasks('overdue-contact')).map(({ invoiceId }: { invoiceId: string }) => invoiceId)).toContain(item);

    expect((await part(600)).body).toMatchObject({ status: 'approved', fourEyes: false });
    const { body: second } = await part(600);
    expect(second).toMatchObject({ status: 'proposed', fourEyes: true });
    expect((await decide(second.id, 'reject', 'finance')).status).toBe(200);
    expect((await allowance()) - before).toBe(10_600);
    await checkInvariants(suite.database);

    // The rest first; what comes beyond it was given up too early. Interest is for the rest alone.
    const paid = await pay(suite, 'PARTS', 20_000, item);
    expect(paid).toMatchObject({ unappliedMinor: 0, applications: [{ invoiceId: item, amountMinor: 20_000, openMinor: 0 }] });
    expect((await allowance()) - before).toBe(10_000);
    const { facts } = await invoice(paid.interestNotes[0]!);
    expect(facts.segments.map(({ principalMinor }: { principalMinor: number }) => principalMinor)).toEqual([19_400]);
    expect(await pay(suite, 'PARTS', 10_500, item)).toMatchObject({ unappliedMinor: 500, interestNotes: [] });
    expect(await allowance()).toBe(before);
    expect((await invoice(item)).writeOffs).toMatchObject([{ recoveredMinor: 10_000 }, { recoveredMinor: 600 }]);
    expect((await customerFacts(suite.database, ['PARTS'])).get('PARTS')?.payments).toHaveLength(1);
    await checkInvariants(suite.database);
  });

  it('P2, P6: a payment that had recovered a write-off bounces, in part and whole, or was not theirs: it is written off again', async () => {
    const [item] = (await api.get('/v1/invoices?customerId=PARTS', 'finance')).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'opening-item',
    );
    const [before, bank] = [await allowance(), (await trialBalance(suite.database)).bank!];
    const payments = await suite.database.query<{ id: string }>(
      "SELECT id FROM payments WHERE customer_id = 'PARTS' ORDER BY id",
      [],
    );
    const recovering = payments.rows.at(-1)!.id;
    const bounce = (amountMinor?: number) =>
      api.post(`/v1/payments/${recovering}/bounce`, 'finance', { reason: 'no funds', amountMinor });
    // 5.00 of it waits, and goes first.
    expect((await bounce(4_500)).body).toMatchObject({
      unappliedMinor: 500,
      items: [{ invoiceId: item.id, amountMinor: 4_000, givenUpMinor: 4_000, openMinor: 0 }],
    });
    expect((await allowance()) - before).toBe(4_000);
    expect((await bounce()).body).toMatchObject({ items: [{ amountMinor: 6_000, givenUpMinor: 6_000, openMinor: 0 }] });
    expect((await trialBalance(suite.database)).bank! - bank).toBe(-10_500);
    expect((await allowance()) - before).toBe(10_000);
    expect(await invoice(item.id)).toMatchObject({
      status: 'settled',
      openMinor: 0,
      nextStepAt: null,
      writeOffs: [{ recoveredMinor: 600 }, { recoveredMinor: 0 }],
    });
    const [{ recoveries }] = (await api.get(`/v1/write-offs?invoiceId=${item.id}`, 'finance')).body.items;
    expect(recoveries).toMatchObject([
      { amountMinor: 600, reversedMinor: 0 },
      { amountMinor: 9_400, reversedMinor: 9_400 },
    ]);
    expect((await timelineOf('PARTS')).map(({ action }) => action)).toContain('written-off-again');
    await checkInvariants(suite.database);

    // Money recovers it again; a match that was not theirs takes that back on its own day.
    const { paymentId } = await pay(suite, 'PARTS', 10_000, item.id);
    expect(await allowance()).toBe(before);
    const at = await suite.now();
    const undone = await suite.database.transaction((tx) =>
      reversePayment(tx, {
        paymentId,
        kind: 'undo',
        reason: 'another customer’s',
        actor: { name: 'cash', verified: true },
        at,
        offsetMs: 0,
      }),
    );
    expect(undone.items).toMatchObject([{ givenUpMinor: 10_000, openMinor: 0 }]);
    expect((await allowance()) - before).toBe(10_000);
    await checkInvariants(suite.database);
  });

  it('P5, P6: the rest of an item is given up after a late payment: interest is for what was paid, whichever comes last', async () => {
    await addCustomer(suite.database, 'LAST', { limitMinor: 10_000_000 });
    const notesOf = async () =>
      (await api.get('/v1/invoices?customerId=LAST', 'finance')).body.items.filter(
        ({ kind }: { kind: string }) => kind === 'interest-note',
      );
    const item = await openingItem(suite, 'LAST', 1_000_000, '2027-02-01', '2027-03-04');
    await pay(suite, 'LAST', 990_000, item);
    expect(await notesOf()).toEqual([]);
    const { body: proposed } = await give(item, 'finance');
    expect((await decide(proposed.id, 'approve', 'finance-2')).body).toMatchObject({ writtenOffMinor: 10_000 });
    const [note, ...more] = await notesOf();
    // 9,900.00 × 11 % × 60/365.
    expect(note).toMatchObject({ grossMinor: 17_901 });
    expect(more).toEqual([]);
    const { facts } = await invoice(note.id);
    expect(facts.segments).toMatchObject([{ from: '2027-03-05', to: '2027-05-03', days: 60, principalMinor: 990_000 }]);
    // What comes of it after all bears none, and what recovered it may bounce.
    const late = await pay(suite, 'LAST', 10_000, item);
    expect(late.interestNotes).toEqual([]);
    await api.post(`/v1/payments/${late.paymentId}/bounce`, 'finance', { reason: 'no funds' });
    expect(await notesOf()).toHaveLength(1);
    await checkInvariants(suite.database);
  });
});
