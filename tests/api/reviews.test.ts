import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { savePolicy } from '../../db/transactions/save-policy.ts';
import { defaultBadDebtPolicy } from '../../domain/bad-debt.ts';
import { defaultDunningPolicy } from '../../domain/dunning.ts';
import { addCustomer, openingItem, pay, setUpCompany, trialBalance } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { createSuiteDatabase, type Suite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/*
 * The review of overdue accounts. Nothing here needs a workflow to move. CARL makes a little history in the summer of 2026; the reviews
 * begin on 31 March 2027.
 */
let database: Database;
let drop: () => Promise<void>;
let api: Api;
let books: Pick<Suite, 'database' | 'databaseUrl' | 'delivery'>;
let overdueItem: string;
beforeAll(async () => {
  const created = await createSuiteDatabase();
  drop = created.drop;
  database = openDatabase({ url: created.url, role: 'throughline_api', maxConnections: 12 });
  books = {
    database,
    databaseUrl: created.url,
    delivery: { deliverSoon() {}, deliverPending: async () => 0, stop: async () => {} },
  };
  await setClock('2026-08-10T09:00:00Z');
  await setUpCompany(database);
  // Notes of interest would be items of their own, and cloud the figures.
  const policy = { ...defaultDunningPolicy, collectInterest: false };
  await database.transaction((tx) => savePolicy(tx, { policy, actor: tester, at: '2026-08-10T09:00:00Z' }));
  api = await startApi({ ...books, client: undefined });
  for (const id of ['ADA', 'BOB', 'CARL']) await addCustomer(database, id, { limitMinor: 0 });
  const carls = await openingItem(books, 'CARL', 10_000, '2026-08-01', '2026-08-20');
  await setClock('2026-09-10T09:00:00Z');
  await pay(books, 'CARL', 6_000, carls);
  await setClock('2026-10-05T09:00:00Z');
  await pay(books, 'CARL', 4_000, carls);
  await setClock('2027-03-31T09:00:00Z');
  await openingItem(books, 'ADA', 100_000, '2027-03-01', '2027-04-30');
  overdueItem = await openingItem(books, 'ADA', 20_000, '2027-01-01', '2027-02-20');
  await openingItem(books, 'BOB', 5_000, '2026-11-01', '2026-12-01');
});
afterAll(async () => {
  await api?.stop();
  await database?.close();
  await drop?.();
});

const setClock = (at: string) => database.query('UPDATE company_clock SET offset_ms = $1', [Date.parse(at) - Date.now()]);
const review = async (body: object = {}) => (await api.post('/v1/reviews', 'finance', body)).body;
const act = (id: string, verb: string, as: string) => api.post(`/v1/reviews/${id}/${verb}`, as);
const accountsOf = async (id: string) => (await api.get(`/v1/reviews/${id}/accounts`, 'receivables')).body.items;
const openReviews = async () => (await api.get('/v1/tasks?kind=overdue-review&status=open', 'finance')).body.items;
const allowance = async () => (await trialBalance(database))['bad-debt-allowance'] ?? 0;

let first: string;

describe('the review of overdue accounts', () => {
  it('P7: buckets, rates, forecast and what is expected to be lost; each account has its part and a next step', async () => {
    expect((await api.post('/v1/reviews', 'receivables', {})).status).toBe(403);
    expect((await api.post('/v1/reviews', 'finance', { asOf: '2027-04-01' })).body.errors).toMatchObject([{ path: '/asOf' }]);
    const key = { 'Idempotency-Key': 'month-end' };
    const { body } = await api.post('/v1/reviews', 'finance', {}, key);
    expect((await api.post('/v1/reviews', 'finance', {}, key)).body).toEqual(body);
    first = body.id;
    expect(body).toMatchObject({ asOf: '2027-03-31', status: 'open', accountCount: 2, previousId: null, trueUp: null });
    expect(body.currencies).toMatchObject([
      {
        currency: 'EUR',
        buckets: { current: 100_000, '1-30': 0, '31-60': 20_000, '61-90': 0, '91+': 5_000 },
        lossRates: { current: '0.006', '1-30': '0.06', '31-60': '0.15', '61-90': '0.3', '91+': '0.5' },
        forecast: { '1-30': 10_000, '31-60': 0, '61-90': 10_000, '91+': 0 },
        // 600 + 3,000 + 2,500.
        requiredMinor: 6_100,
        allowanceMinor: 0,
      },
    ]);
    expect(body.currencies[0].rollRates[1]).toEqual({ bucket: '1-30', rate: '0.4', months: 1, source: 'policy' });
    expect(await accountsOf(first)).toMatchObject([
      { customerId: 'ADA', overdueMinor: 20_000, provisionMinor: 3_600, overdueChangeMinor: null, nextStep: null },
      { customerId: 'BOB', overdueMinor: 5_000, provisionMinor: 2_500 },
    ]);
    expect(await openReviews()).toMatchObject([{ details: { reviewId: first, accounts: 2 } }]);

    const step = (customerId: string, rest: object = {}) =>
      api.put(`/v1/reviews/${first}/accounts/${customerId}/next-step`, 'finance', {
        owner: 'Ms Weber',
        on: '2027-04-07',
        text: '=call the owner',
        ...rest,
      });
    expect((await step('ADA')).status).toBe(200);
    expect((await step('ADA', { on: '2027-03-30' })).body.errors).toMatchObject([{ path: '/on' }]);
    expect((await step('CARL')).status).toBe(404);
    expect((await accountsOf(first))[0].nextStep).toMatchObject({ owner: 'Ms Weber', on: '2027-04-07', by: 'finance' });
    const csv = (await api.get(`/v1/reviews/${first}/accounts.csv`, 'finance')).body.toString();
    expect(csv.split('\r\n')).toEqual([
      expect.stringMatching(/^customerId,name,currency,current minor,/),
      "ADA,Customer ADA,EUR,100000,0,20000,0,0,20000,3600,0,,,Ms Weber,2027-04-07,'=call the owner",
      'BOB,Customer BOB,EUR,0,0,0,0,5000,5000,2500,0,,,,,',
      '',
    ]);
    expect(await allowance()).toBe(0);
  });

  it('P7, X3, A3: the allowance is brought there once, when a second person agrees', async () => {
    expect((await act(first, 'approve', 'finance-2')).status).toBe(409);
    expect((await act(first, 'propose', 'finance')).body).toMatchObject({ status: 'proposed', proposedBy: 'finance' });
    expect((await act(first, 'withdraw', 'finance-2')).body).toMatchObject({ status: 'open', proposedBy: null });
    await act(first, 'propose', 'finance');
    const offered = async (as: string) => (await api.get(`/v1/reviews/${first}`, as)).body.actions;
    const others = ['finance', 'finance-2', 'receivables'];
    expect(await Promise.all(others.map(offered))).toEqual([['withdraw'], ['withdraw', 'approve'], []]);
    expect((await act(first, 'propose', 'finance-2')).status).toBe(409);
    expect((await act(first, 'approve', 'finance')).body).toMatchObject({ type: '/problems/four-eyes' });
    const answers = await Promise.all(['finance-2', 'admin'].map((as) => act(first, 'approve', as)));
    expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 200)!.body).toMatchObject({ status: 'approved', trueUp: { EUR: 6_100 } });
    expect(await trialBalance(database)).toMatchObject({ impairment: 6_100, 'bad-debt-allowance': -6_100 });
    expect(await openReviews()).toEqual([]);
    await checkInvariants(database);
  });

  it('P7: the next one says what has changed and books the difference alone; a rate set by hand counts in place of the matrix', async () => {
    await setClock('2027-04-05T09:00:00Z');
    await pay(books, 'BOB', 5_000, 'no reference');
    const [{ id: paymentId }] = (await api.get('/v1/payments?customerId=BOB', 'finance')).body.items;
    const [{ id: bobs }] = (await api.get('/v1/invoices?customerId=BOB', 'finance')).body.items;
    await api.post(`/v1/payments/${paymentId}/apply`, 'finance', { invoiceIds: [bobs] });
    const set = (body: object, as = 'finance') =>
      api.post('/v1/specific-provisions', as, { customerId: 'ADA', rate: '0.5', reason: 'in administration', ...body });
    expect((await set({}, 'receivables')).status).toBe(403);
    expect((await set({ invoiceId: bobs })).body.errors).toMatchObject([{ path: '/invoiceId' }]);
    expect((await set({ rate: '1.5' })).status).toBe(400);
    await set({ invoiceId: overdueItem, rate: '0.9' });
    const { body: provision } = await set({ invoiceId: overdueItem });
    const listed = (await api.get('/v1/specific-provisions?customerId=ADA', 'receivables')).body.items;
    expect(listed).toMatchObject([
      { rate: '0.9', endedBy: 'finance' },
      { id: provision.id, rate: '0.5', endedBy: null },
    ]);

    const second = await review();
    expect(second.previousId).toBe(first);
    // 600 by the matrix, and half of 20,000.
    expect(second.currencies).toMatchObject([{ requiredMinor: 10_600, specificMinor: 10_000, allowanceMinor: 6_100 }]);
    expect(await accountsOf(second.id)).toMatchObject([
      { customerId: 'ADA', provisionMinor: 10_600, overdueChangeMinor: 0, provisionChangeMinor: 7_000 },
      { customerId: 'BOB', provisionMinor: 0, overdueChangeMinor: -5_000, provisionChangeMinor: -2_500 },
    ]);
    const end = () => api.post(`/v1/specific-provisions/${provision.id}/end`, 'finance', { reason: 'it has paid' });
    expect((await end()).body).toMatchObject({ endedBy: 'finance' });
    expect((await end()).status).toBe(409);

    // By itself on the first of the month, about the month before.
    const { body: ran } = await api.post('/v1/jobs/overdue-review/run', 'finance');
    expect(ran.result).toMatchObject({ asOf: '2027-03-31' });
    await act(second.id, 'propose', 'finance');
    expect((await act(second.id, 'approve', 'finance-2')).body.trueUp).toEqual({ EUR: 4_500 });
    expect(await allowance()).toBe(-10_600);
    await act(ran.result.reviewId, 'propose', 'finance');
    expect((await act(ran.result.reviewId, 'approve', 'finance-2')).body).toMatchObject({ type: '/problems/superseded' });
    await checkInvariants(database);
  });

  it('P7: roll rates are the company’s own where it has a history, and the policy says how often and what is to come', async () => {
    const policy = {
      reviewEvery: 'week',
      fallbackRollRates: { current: '0.2', '1-30': '0.4', '31-60': '0.5', '61-90': '0.6' },
      historyMonthsMinimum: 1,
      lossOf91Plus: '0.5',
      forwardLookingFactor: '1.1',
    };
    expect((await api.post('/v1/policies/bad-debt', 'sales', policy)).status).toBe(403);
    expect((await api.post('/v1/policies/bad-debt', 'finance', { ...policy, forwardLookingFactor: '-1' })).status).toBe(400);
    expect((await api.post('/v1/policies/bad-debt', 'finance', policy)).body).toEqual({ name: 'bad-debt', version: 2 });
    const { currencies, policyVersion } = await review();
    expect(policyVersion).toBe(2);
    expect(currencies[0].rollRates).toEqual([
      { bucket: 'current', rate: '0.2', months: 0, source: 'policy' },
      // 4,000 of the 10,000 of August were still open at the end of September, and nothing of them at the end of October.
      { bucket: '1-30', rate: '0.4', months: 1, source: 'own' },
      { bucket: '31-60', rate: '0', months: 1, source: 'own' },
      { bucket: '61-90', rate: '0.6', months: 0, source: 'policy' },
    ]);
    expect(currencies[0].lossRates).toEqual({ current: '0', '1-30': '0', '31-60': '0', '61-90': '0.33', '91+': '0.55' });
    const { items } = (await api.get('/v1/jobs', 'finance')).body;
    expect(items.find(({ name }: { name: string }) => name === 'overdue-review')).toMatchObject({
      every: 'week',
      nextDueAt: '2027-04-05T05:30:00.000Z',
    });
    const page = (await api.get('/v1/reviews?limit=2', 'receivables')).body;
    expect(page).toMatchObject({ items: [{ policyVersion: 2 }, { asOf: '2027-03-31' }], next: expect.any(String) });
    expect((await api.get('/v1/reviews/REV-1', 'finance')).status).toBe(404);
  });

  it('X6: another policy provides otherwise for the same accounts, and keeps to rates set by hand; the own one provides the same', async () => {
    const ask = async (body: object) =>
      (await api.post('/v1/policies/bad-debt/what-if?from=2027-03-01&to=2027-04-05', 'finance', body)).body;
    // Each version differs in nothing from what was reviewed by it.
    const versionsOf = async (version: number) => {
      const { summary, items } = await ask({ version });
      expect(summary.decisions).toBeGreaterThan(4);
      return [...new Set(items.map((one: { policyVersion: number }) => one.policyVersion))];
    };
    expect([await versionsOf(1), await versionsOf(2)]).toEqual([[2], [1]]);
    const { name: _name, version: _version, ...policy } = defaultBadDebtPolicy;
    const { summary, items } = await ask({ policy: { ...policy, forwardLookingFactor: '2' } });
    expect(items.find((one: { id: string; customerId: string }) => one.id === first && one.customerId === 'ADA')).toMatchObject({
      amountMinor: 120_000,
      before: { outcome: 'provided', valueMinor: 3_600 },
      after: { valueMinor: 7_200, reasons: ['current: 1.20 % is lost', '31-60: 30.00 % is lost'] },
    });
    // 10,000 of the second review rest on a rate set by hand.
    const later = items.find((one: { before: { valueMinor: number } }) => one.before.valueMinor === 10_600);
    expect(later).toMatchObject({ customerId: 'ADA', after: { valueMinor: 11_200 } });
    expect(summary.changes).toHaveLength(1);
  });

  it('P7, P6: the loss of 91+ is the company’s own, from its write-offs and what came of them, and shown with its counts', async () => {
    await addCustomer(database, 'DORA', { limitMinor: 0 });
    await setClock('2027-05-03T09:00:00Z');
    const [paid, lost] = [
      await openingItem(books, 'DORA', 10_000, '2026-12-01', '2027-01-10'),
      await openingItem(books, 'DORA', 30_000, '2026-12-01', '2027-01-10'),
      await openingItem(books, 'DORA', 7_000, '2026-12-01', '2027-01-10'),
    ];
    await setClock('2027-05-04T09:00:00Z');
    await pay(books, 'DORA', 10_000, paid);
    const { body: proposed } = await api.post(`/v1/invoices/${lost}/write-off`, 'finance', { reason: 'insolvent' });
    await api.post(`/v1/write-offs/${proposed.id}/approve`, 'finance-2', { reason: 'no estate' });
    const few = await review();
    // With the 5,000 of BOB, which came to their end before.
    const history = { items: 3, reachedMinor: 45_000 };
    expect(few.currencies[0].lossOf91Plus).toEqual({ ...history, lostMinor: 30_000, rate: '0.5', source: 'policy' });

    const policy = {
      reviewEvery: 'month',
      fallbackRollRates: { current: '0.2', '1-30': '0.4', '31-60': '0.5', '61-90': '0.6' },
      historyMonthsMinimum: 12,
      lossOf91Plus: '0.5',
      lossHistoryItemsMinimum: 3,
      forwardLookingFactor: '1',
    };
    await api.post('/v1/policies/bad-debt', 'finance', policy);
    await pay(books, 'DORA', 6_000, lost);
    const own = await review();
    expect(own.currencies[0].lossOf91Plus).toEqual({ ...history, lostMinor: 24_000, rate: '0.533333', source: 'own' });
    expect(own.currencies[0].lossRates['91+']).toBe('0.533333');
    expect((await accountsOf(own.id)).find(({ customerId }: { customerId: string }) => customerId === 'DORA')).toMatchObject({
      overdueMinor: 7_000,
      provisionMinor: 3_733,
    });
    // As of the day before, nothing of hers had ended.
    expect((await review({ asOf: '2027-05-03' })).currencies[0].lossOf91Plus).toMatchObject({ items: 1, source: 'policy' });
    await checkInvariants(database);
  });
});
