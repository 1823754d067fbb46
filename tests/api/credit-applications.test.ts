import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultCreditPolicy } from '../../domain/credit.ts';
import { addCustomer, addProduct, addStock, becomes, instant, order, orderStatus, setUpCompany } from '../company.ts';
import { eventually, type Suite, startSuite } from '../suite.ts';
import { type Answered, type Api, startApi } from './client.ts';

/*
 * Credit applications. One UNIT costs 1,000.00 without tax. A company that has traded for eight years scores 53 and goes to a
 * person; with three good references and its turnover it scores 73, is approved, and is granted up to 10,000.00.
 */
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

const reference = {
  company: 'Timber AG',
  contact: { name: 'Eva' },
  annualVolumeMinor: 5_000_000,
  yearsKnown: 6,
  averageDaysLate: 2,
};
const financials = {
  year: 2026,
  currency: 'EUR',
  revenueMinor: 200_000_000,
  equityMinor: 60_000_000,
  totalAssetsMinor: 120_000_000,
  currentAssetsMinor: 50_000_000,
  currentLiabilitiesMinor: 20_000_000,
  netIncomeMinor: 12_000_000,
};
const asking = (requestedLimitMinor = 800_000, rest: object = {}) => ({
  requestedLimitMinor,
  currency: 'EUR',
  references: [reference, reference, reference],
  financials,
  ...rest,
});
const pdf = Buffer.from('%PDF-1.7 accounts');

const pathOf = (customerId: string, id = '') => `/v1/customers/${customerId}/credit-applications${id && `/${id}`}`;
const newKey = async (customerId: string): Promise<string> =>
  (await api.post('/v1/api-keys', 'admin', { name: `${customerId} buyer`, roles: ['customer'], customerId })).body.key;
const begin = async (customerId: string, as: string, body: object = asking()): Promise<string> => {
  const begun = await api.post(pathOf(customerId), as, body);
  expect(begun).toMatchObject({ status: 201, body: { status: 'draft', outcome: null } });
  return begun.body.id;
};
const submit = (customerId: string, id: string, as: string) => api.post(`${pathOf(customerId, id)}/submit`, as);
const verify = (customerId: string, id: string, as = 'credit') =>
  api.post(`${pathOf(customerId, id)}/verify`, as, { reason: 'called them all' });
const apply = async (customerId: string, body: object = asking()): Promise<Answered> =>
  submit(customerId, await begin(customerId, 'sales', body), 'sales');
const upload = (path: string, as: string, raw: Uint8Array<ArrayBuffer>, type = 'application/pdf', key: string = randomUUID()) =>
  api.ask('POST', `${path}/documents?name=accounts.pdf`, {
    as,
    raw,
    headers: { 'Content-Type': type, 'Idempotency-Key': key },
  });
const accountOf = async (customerId: string) => (await api.get(`/v1/customers/${customerId}/account`, 'credit')).body;
const applicationOf = async (customerId: string, id: string) => (await api.get(pathOf(customerId, id), 'credit')).body;
const openTaskOf = async (customerId: string) => {
  const { items } = (await api.get('/v1/tasks?kind=credit-application&limit=200', 'credit')).body;
  return items.find(
    (task: { customerId: string; status: string }) => task.customerId === customerId && ['open', 'claimed'].includes(task.status),
  );
};
const addEight = (customerId: string) =>
  addCustomer(suite.database, customerId, { creditProfile: { yearsTrading: 8 }, backOrderAllowed: true });

describe('an application as a fact of its own', () => {
  it('C2: is filed with references, accounts and documents by the customer itself, and what is wrong comes back by field', async () => {
    await addEight('FILES');
    await addEight('OTHER');
    const [own, stranger] = [await newKey('FILES'), await newKey('OTHER')];
    const wrong = asking(0, { currency: 'XXQ', references: [{ ...reference, yearsKnown: -1 }] });
    expect((await api.post(pathOf('FILES'), own, wrong)).body.errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['/requestedLimitMinor', '/currency', '/references/0/yearsKnown']),
    );
    const late = await api.post(pathOf('FILES'), own, asking(1, { currency: 'USD', financials: { ...financials, year: 2028 } }));
    expect(late).toMatchObject({ status: 422, body: { errors: [{ path: '/currency' }, { path: '/financials/year' }] } });
    expect((await api.post(pathOf('NOBODY'), 'sales', asking())).status).toBe(404);
    expect((await api.post(pathOf('FILES'), stranger, asking())).status).toBe(404);
    expect((await api.post(pathOf('FILES'), 'warehouse', asking())).status).toBe(403);

    const key = { 'Idempotency-Key': 'file-once' };
    const first = await api.post(pathOf('FILES'), own, asking(), key);
    expect((await api.post(pathOf('FILES'), own, asking(), key)).body).toEqual(first.body);
    // A new draft takes the place of the one before.
    const id = await begin('FILES', own);
    const path = pathOf('FILES', id);
    expect((await api.get(pathOf('FILES'), own)).body.items).toMatchObject([
      { id, status: 'draft' },
      { id: first.body.id, status: 'withdrawn', statusReason: 'a newer one was begun' },
    ]);
    expect((await api.put(path, own, asking(900_000))).body).toMatchObject({ requestedLimitMinor: 900_000, version: 2 });

    const added = await upload(path, own, pdf);
    expect(added).toMatchObject({
      status: 201,
      body: { name: 'accounts.pdf', contentType: 'application/pdf', sizeBytes: pdf.length },
    });
    expect((await upload(path, own, pdf)).body).toEqual(added.body);
    const page = Buffer.from('<html>');
    expect(await upload(path, own, page)).toMatchObject({ status: 422, body: { type: '/problems/invalid-document' } });
    expect((await upload(path, own, page, 'text/html')).status).toBe(415);
    expect((await upload(path, own, Buffer.alloc(0))).status).toBe(422);
    expect((await upload(path, own, Buffer.alloc(6 * 1_024 * 1_024, '%PDF-'))).status).toBe(413);
    expect((await upload(path, stranger, pdf)).status).toBe(404);
    expect((await api.get(path, own)).body.documents).toEqual([added.body]);
    const file = `${path}/documents/${added.body.id}`;
    for (const as of [own, 'credit']) expect((await api.get(file, as)).body).toEqual(pdf);
    expect((await api.get(file, 'credit')).headers.get('content-disposition')).toContain('attachment');
    expect((await api.get(file, 'sales')).status).toBe(403);
    expect((await api.get(file, stranger)).status).toBe(404);
    expect((await api.get(`${pathOf('OTHER', id)}/documents/${added.body.id}`, stranger)).status).toBe(404);
  });

  it('C1, C2: its own word earns nothing before credit has verified it; then the policy approves, and orders wake', async () => {
    await addEight('TRUSTED');
    const own = await newKey('TRUSTED');
    const older = await order(suite, 'TRUSTED', [{ sku: 'UNIT', quantity: 5 }]);
    await becomes(suite, older, 'credit-review');
    const newer = await order(suite, 'TRUSTED', [{ sku: 'UNIT', quantity: 5 }]);
    await becomes(suite, newer, 'credit-review');

    const id = await begin('TRUSTED', own);
    const submitted = await submit('TRUSTED', id, own);
    expect(submitted).toMatchObject({ status: 200, body: { status: 'submitted', outcome: null, decisions: [] } });
    expect((await submit('TRUSTED', id, own)).status).toBe(409);
    expect((await api.put(pathOf('TRUSTED', id), own, asking())).status).toBe(409);
    const [decision] = (await applicationOf('TRUSTED', id)).decisions;
    expect(decision).toMatchObject({
      outcome: 'review',
      policyVersion: 1,
      facts: { applicationId: id, applicationVerified: false, tradeReferences: 0, referenceYearsKnown: 6, currentRatio: 2.5 },
      decision: { score: 53 },
    });
    expect((await openTaskOf('TRUSTED')).details.applicationId).toBe(id);
    expect((await accountOf('TRUSTED')).standing).toBe('none');

    expect((await verify('TRUSTED', id, own)).status).toBe(403);
    const verified = await verify('TRUSTED', id);
    expect(verified.body).toMatchObject({
      status: 'decided',
      outcome: 'approve',
      limitMinor: 800_000,
      verifiedBy: expect.any(String),
    });
    expect(verified.body.decisions[1]).toMatchObject({ outcome: 'approve', limitMinor: 800_000, decision: { score: 73 } });
    expect(await accountOf('TRUSTED')).toMatchObject({ standing: 'approved', limitMinor: 800_000 });
    expect(await openTaskOf('TRUSTED')).toBeUndefined();
    // There is room for one of the two: for the one that has waited longer.
    await becomes(suite, older, 'in-fulfilment');
    await becomes(suite, newer, 'over-limit');
    const { items } = (await api.get('/v1/customers/TRUSTED/credit/history', 'credit')).body;
    expect(items[0]).toMatchObject({ kind: 'application', applicationId: id, before: { standing: 'none', limitMinor: null } });
    await eventually(async () =>
      suite.mails.some(({ subject }) => subject === `Your credit application ${id}: a limit of 8,000.00 EUR`),
    );
    expect((await verify('TRUSTED', id)).status).toBe(409);
  });

  it('C2: the facts of the latest application count for the next order', async () => {
    await addEight('ORDERS');
    const { body } = await apply('ORDERS', asking(2_000_000));
    expect(body).toMatchObject({ status: 'submitted' });
    // Its limit is beyond the score, so that stays with a person; the order is not.
    expect((await verify('ORDERS', body.id)).body).toMatchObject({ status: 'submitted' });
    const placed = await order(suite, 'ORDERS', [{ sku: 'UNIT', quantity: 5 }]);
    await becomes(suite, placed, 'in-fulfilment');
    expect(await orderStatus(suite.database, placed)).toBe('in-fulfilment');
    expect((await openTaskOf('ORDERS')).details.decision.reasons[0]).toContain('the requested limit of 20,000.00 EUR exceeds');
  });

  it('C2, C4: one that is denied ends there, a newer one replaces one that waits, and an approval in force outlives a denial', async () => {
    await addCustomer(suite.database, 'WEAK', { creditProfile: { yearsTrading: 0, externalRating: 'D' } });
    const denied = await apply('WEAK', { requestedLimitMinor: 100_000, currency: 'EUR' });
    expect(denied.body).toMatchObject({ status: 'decided', outcome: 'deny', limitMinor: null });
    expect(await accountOf('WEAK')).toMatchObject({ standing: 'denied' });
    await eventually(async () => suite.mails.some(({ subject }) => subject === `Your credit application ${denied.body.id}`));
    await suite.database.query("UPDATE customers SET credit_profile = '{}' WHERE id = 'WEAK'");
    const waits = await apply('WEAK', { requestedLimitMinor: 100_000, currency: 'EUR' });
    const task = await openTaskOf('WEAK');
    const newer = await apply('WEAK', { requestedLimitMinor: 90_000, currency: 'EUR' });
    expect(await applicationOf('WEAK', waits.body.id)).toMatchObject({
      status: 'withdrawn',
      statusReason: `${newer.body.id} took its place`,
    });
    expect((await api.get(`/v1/tasks/${task.id}`, 'credit')).body.status).toBe('cancelled');
    const withdrawn = await api.post(`${pathOf('WEAK', newer.body.id)}/withdraw`, 'sales', { reason: 'goes elsewhere' });
    expect(withdrawn.body).toMatchObject({ status: 'withdrawn', statusReason: 'goes elsewhere' });
    expect(await openTaskOf('WEAK')).toBeUndefined();

    await addCustomer(suite.database, 'KNOWN', { limitMinor: 300_000, creditProfile: { yearsTrading: 0, externalRating: 'D' } });
    expect((await apply('KNOWN', { requestedLimitMinor: 900_000, currency: 'EUR' })).body).toMatchObject({ outcome: 'deny' });
    expect(await accountOf('KNOWN')).toMatchObject({ standing: 'approved', limitMinor: 300_000 });
    await suite.database.query("UPDATE credit_accounts SET expires_at = '2027-03-01Z' WHERE customer_id = 'KNOWN'");
    await suite.database.query(`UPDATE customers SET credit_profile =
      '{"yearsTrading": 8, "annualTurnoverMinor": 200000000, "tradeReferences": 3}' WHERE id = 'KNOWN'`);
    const renewed = await apply('KNOWN', { requestedLimitMinor: 300_000, currency: 'EUR' });
    expect(renewed.body).toMatchObject({ outcome: 'approve', limitMinor: 300_000 });
    expect(renewed.body.decisions[0].facts).toMatchObject({ previousDecision: 'expired', account: { limitMinor: 300_000 } });
    expect((await accountOf('KNOWN')).expiresAt).toBe(instant('2028-02-29', '23:00:00'));
  });

  it('C2: nobody verifies figures that they have written, whoever filed and submitted them', async () => {
    await addEight('EDITED');
    const id = await begin('EDITED', 'sales');
    expect((await api.put(pathOf('EDITED', id), 'credit', asking(700_000))).status).toBe(200);
    expect((await api.put(pathOf('EDITED', id), 'sales', asking(800_000))).status).toBe(200);
    await submit('EDITED', id, 'sales');
    const offered = (as: string) => api.get(pathOf('EDITED', id), as).then(({ body }) => body.actions);
    expect(await Promise.all(['sales', 'credit', 'credit-2'].map(offered))).toEqual([[], [], ['verify']]);
    expect(await verify('EDITED', id, 'credit')).toMatchObject({ status: 409, body: { type: '/problems/four-eyes' } });
    expect((await verify('EDITED', id, 'credit-2')).body).toMatchObject({ status: 'decided' });
  });

  it('C2: a person decides by the task, two of them from the policy’s amount up, and it escalates by itself', async () => {
    await addEight('REVIEW');
    const { id } = (await apply('REVIEW', asking(6_000_000))).body;
    const task = await openTaskOf('REVIEW');
    const path = `/v1/tasks/${task.id}`;
    expect(task).toMatchObject({ role: 'credit', dueAt: expect.any(String), escalatedAt: null });
    expect((await api.post(`${path}/claim`, 'sales')).status).toBe(403);
    expect((await api.post(`${path}/claim`, 'credit')).body).toMatchObject({ status: 'claimed' });
    expect((await api.post(`${path}/complete`, 'credit', { note: 'done' })).body).toMatchObject({
      type: '/problems/invalid-outcome',
    });
    const approve = { decision: 'approve', reason: 'a solid firm' };
    expect((await api.post(`${path}/complete`, 'credit-2', approve)).status).toBe(409);
    expect(await api.post(`${path}/complete`, 'credit', approve)).toMatchObject({
      status: 202,
      body: { outcome: 'second-approval-needed' },
    });
    expect(await api.post(`${path}/complete`, 'credit', approve)).toMatchObject({
      status: 409,
      body: { type: '/problems/four-eyes' },
    });
    await api.post(`${path}/claim`, 'credit-2');
    await suite.advanceTo(instant('2027-03-05', '09:00:00'));
    // Whoever had taken it on did not come to it: it is nobody's now.
    expect((await api.get(path, 'finance')).body).toMatchObject({
      role: 'finance',
      status: 'open',
      owner: null,
      escalatedAt: expect.any(String),
    });
    expect((await api.post(`${path}/complete`, 'credit-2', approve)).status).toBe(403);
    expect((await api.post(`${path}/complete`, 'finance', approve)).body).toEqual({ outcome: 'approved' });
    expect(await accountOf('REVIEW')).toMatchObject({ standing: 'approved', limitMinor: 6_000_000 });
    expect(await applicationOf('REVIEW', id)).toMatchObject({ status: 'decided', outcome: 'approve', limitMinor: 6_000_000 });
    expect((await api.post(`${path}/complete`, 'finance', approve)).status).toBe(409);
  });

  it('C2: credit asks the customer what is missing, who answers once; a question that came to nothing takes no answer', async () => {
    await addEight('ASKED');
    await addEight('OTHERS');
    const [own, stranger] = [await newKey('ASKED'), await newKey('OTHERS')];
    await apply('ASKED');
    const task = await openTaskOf('ASKED');
    const ask = (as: string, body: object, key: string = randomUUID()) =>
      api.post(`/v1/tasks/${task.id}/questions`, as, body, { 'Idempotency-Key': key });
    expect(task.actions).toEqual(['claim', 'ask-customer', 'decide-credit']);
    expect((await ask('sales', { question: 'Why?' })).status).toBe(403);
    expect((await ask('credit', { question: '' })).body.errors).toMatchObject([{ path: '/question' }]);
    const body = { question: 'May we have the accounts of 2025?' };
    const [first, again] = await Promise.all([ask('credit', body, 'ask-once'), ask('credit', body, 'ask-once')]);
    const asked = first.status === 201 ? first : again;
    expect(asked.body).toMatchObject({
      ...body,
      customerId: 'ASKED',
      taskId: task.id,
      askedBy: 'credit',
      status: 'open',
      answer: null,
    });
    const path = '/v1/customers/ASKED/credit-questions';
    expect((await api.get(path, own)).body.items).toEqual([asked.body]);
    expect((await api.get(path, stranger)).status).toBe(404);
    const mail = await eventually(async () => {
      const { body: letters } = await api.get('/v1/notices?customerId=ASKED&limit=50', 'credit');
      return letters.items.find(
        (one: { kind: string; status: string }) => one.kind === 'credit-question' && one.status === 'sent',
      );
    });
    expect(mail.key).toBe(`${asked.body.id}:asked`);
    expect((await openTaskOf('ASKED')).details).toMatchObject({ question: 'asked' });

    const answer = (as: string, words: string, id = asked.body.id) => api.post(`${path}/${id}/answer`, as, { answer: words });
    expect((await answer(stranger, 'not mine')).status).toBe(404);
    expect((await answer(own, 'x'.repeat(1_001))).body.errors).toMatchObject([{ path: '/answer' }]);
    expect((await answer(own, 'They come', 'CRQ-1')).status).toBe(404);
    const twice = await Promise.all([answer(own, 'They come on Monday'), answer(own, 'They do not come')]);
    expect(new Set(twice.map(({ status }) => status))).toEqual(new Set([200, 409]));
    const kept = (await api.get(path, 'sales')).body.items;
    expect(kept).toMatchObject([{ status: 'answered', answeredBy: expect.any(String) }]);
    expect((await openTaskOf('ASKED')).details).toMatchObject({ question: 'answered' });

    // Of two questions one is answered: the decision still waits for the other.
    const [other, late] = [
      await ask('credit', { question: 'And those of 2023?' }),
      await ask('credit', { question: 'And 2024?' }),
    ];
    expect((await answer(own, 'Here', other.body.id)).body).toMatchObject({ status: 'answered' });
    expect((await openTaskOf('ASKED')).details).toMatchObject({ question: 'asked' });
    await api.post(`/v1/tasks/${task.id}/complete`, 'credit', { decision: 'deny', reason: 'not without accounts' });
    expect((await api.get(path, own)).body.items).toMatchObject([
      { id: late.body.id, status: 'pointless' },
      { status: 'answered' },
      { status: 'answered' },
    ]);
    expect(await answer(own, 'Here', late.body.id)).toMatchObject({ status: 409, body: { type: '/problems/question-state' } });
    expect((await ask('credit', body)).status).toBe(409);
  });

  it('C4: a freeze outlives an approval, by application or by order, and what was granted meanwhile counts once it is lifted', async () => {
    await addEight('FROSTY');
    await api.post('/v1/customers/FROSTY/freeze', 'finance', { reason: 'suspected fraud' });
    await apply('FROSTY');
    const yes = { decision: 'approve', reason: 'a solid firm' };
    const task = await openTaskOf('FROSTY');
    await api.post(`/v1/tasks/${task.id}/claim`, 'credit');
    expect((await api.post(`/v1/tasks/${task.id}/complete`, 'credit', yes)).body).toEqual({ outcome: 'approved' });
    expect(await accountOf('FROSTY')).toMatchObject({ standing: 'frozen', limitMinor: 800_000 });

    const orderId = await order(suite, 'FROSTY', [{ sku: 'UNIT', quantity: 1 }]);
    await becomes(suite, orderId, 'credit-review');
    expect(await api.post(`/v1/orders/${orderId}/credit-decision`, 'credit', { ...yes, limitMinor: 200_000 })).toMatchObject({
      status: 409,
      body: { type: '/problems/credit-frozen' },
    });
    expect(await accountOf('FROSTY')).toMatchObject({ standing: 'frozen', limitMinor: 800_000 });
    expect((await api.post('/v1/customers/FROSTY/unfreeze', 'finance', { reason: 'cleared' })).body).toMatchObject({
      standing: 'approved',
      limitMinor: 800_000,
    });
    await becomes(suite, orderId, 'in-fulfilment');

    const other = await addEight('FROSTED').then(() => order(suite, 'FROSTED', [{ sku: 'UNIT', quantity: 1 }]));
    await becomes(suite, other, 'credit-review');
    await api.post('/v1/customers/FROSTED/freeze', 'finance', { reason: 'suspected fraud' });
    await api.post(`/v1/orders/${other}/credit-decision`, 'credit', { decision: 'deny', reason: 'no' });
    expect(await accountOf('FROSTED')).toMatchObject({ standing: 'frozen' });
  });

  it('C2: a new version of the policy weighs references and accounts, and decisions name it', async () => {
    const { name: _name, version: _version, ...policy } = defaultCreditPolicy;
    const bands = (from: number) => ({
      unknown: 0,
      bands: [
        { from, points: 4 },
        { from: 0, points: 0 },
      ],
    });
    const late = {
      unknown: 0,
      bands: [
        { from: 10, points: 0 },
        { from: 0, points: 4 },
      ],
    };
    const application = {
      financialsWithinYears: 2,
      referenceYearsKnown: bands(5),
      referenceDaysLate: late,
      currentRatio: bands(1.5),
      equityRatio: bands(0.3),
      netMargin: bands(0.05),
    };
    const pointsTable = { ...policy.pointsTable, application };
    expect((await api.post('/v1/policies/credit', 'finance', { ...policy, pointsTable })).body).toMatchObject({ version: 2 });
    await addEight('WEIGHED');
    const { body } = await apply('WEIGHED', asking(2_500_000));
    expect(body.decisions[0]).toMatchObject({ outcome: 'review', policyVersion: 2, decision: { score: 53 } });
    // 73 as before, and four points for each of five measures.
    const { body: verified } = await verify('WEIGHED', body.id);
    expect(verified).toMatchObject({ outcome: 'approve', limitMinor: 2_500_000 });
    expect(verified.decisions[1].decision).toMatchObject({ score: 93, policyVersion: 2 });
    expect(verified.decisions[1].decision.points.at(-1).reason).toBe('net margin: 6 % (4 of 4 points)');
  });
});
