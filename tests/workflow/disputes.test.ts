import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, fromMillis, localDate } from '../../domain/time.ts';
import { type Api, startApi } from '../api/client.ts';
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

/*
 * What customers refuse to pay, in the real engine, through the API and on one company clock. A unit costs 100.00 and 20 % tax; what
 * is invoiced on 1 March is due on 31 March. A dispute is answered within three business days; above 5,000.00 two people agree.
 */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  api = await startApi(suite);
  await addProduct(suite.database, 'UNIT', 10_000);
  await addStock(suite, 'UNIT', 1_000, 4_000);
  await api.post('/v1/policies/corrections', 'finance', { fourEyesFromMinor: 500_000, disputeBusinessDays: 3 });
});
afterEach(() => checkInvariants(suite.database));
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

async function sell(customerId: string, quantity: number, terms?: object) {
  await addCustomer(suite.database, customerId, { limitMinor: 10_000_000 });
  if (terms) await suite.database.query('UPDATE customers SET terms = $2 WHERE id = $1', [customerId, JSON.stringify(terms)]);
  const orderId = await order(suite, customerId, [{ sku: 'UNIT', quantity }]);
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  const [invoice] = await invoiced(suite, orderId);
  const made = await api.post('/v1/api-keys', 'admin', { name: customerId, roles: ['customer'], customerId });
  return { orderId, invoiceId: invoice!.id, key: made.body.key as string };
}

const dispute = (invoiceId: string, as: string, lines?: object[], reason = 'not-delivered') =>
  api.post(`/v1/invoices/${invoiceId}/disputes`, as, { reason, note: 'see our count', ...(lines ? { lines } : {}) });
const resolve = (disputeId: string, answer: object, as = 'receivables') =>
  api.post(`/v1/disputes/${disputeId}/resolve`, as, { note: 'looked into it', ...answer });
const invoiceOf = async (id: string) => (await api.get(`/v1/invoices/${id}`, 'receivables')).body;
const account = async (id: string) => (await api.get(`/v1/customers/${id}/account`, 'credit')).body;
const subjects = (about: string) => suite.mails.filter((mail) => mail.text.includes(about)).map(({ subject }) => subject);

async function letters(customerId: string) {
  const { rows } = await suite.database.query<{ on: string; level: number; openMinor: number }>(
    `SELECT (at AT TIME ZONE 'Europe/Berlin')::date AS on, (facts -> 'level')::int AS level,
       (facts -> 'items' -> 0 -> 'openMinor')::bigint AS "openMinor"
     FROM notices WHERE customer_id = $1 AND kind = 'dunning' AND status <> 'suppressed' ORDER BY at`,
    [customerId],
  );
  return rows;
}

describe('disputes', () => {
  it('A5: what is wrong with a dispute is told with its path; only the customer’s own invoices, one live dispute a line, no more than is open', async () => {
    const { invoiceId, key, orderId } = await sell('CAREFUL', 10);
    const stranger = await sell('STRANGER', 1);
    expect((await dispute(invoiceId, stranger.key)).status).toBe(404);
    expect((await dispute(invoiceId, 'warehouse')).status).toBe(403);
    await pay(suite, 'CAREFUL', 60_000, invoiceId);
    expect((await dispute(invoiceId, key)).body.errors).toMatchObject([{ path: '/lines', code: 'more-than-open' }]);
    expect((await dispute(invoiceId, key, [{ lineNumber: 1, quantity: 11 }])).body.errors).toMatchObject([
      { path: '/lines/0/quantity', code: 'more-than-invoiced' },
    ]);
    expect((await dispute(invoiceId, key, [{ lineNumber: 1, quantity: 1, amountMinor: 3 }])).status).toBe(400);
    // Nobody asks for interest on it: that is what notes of interest do.
    const ofInterest = { reason: 'interest-error', note: 'we owed nothing', lines: [{ lineNumber: 1, quantity: 1 }] };
    const answers = [
      await api.post(`/v1/invoices/${invoiceId}/disputes`, key, ofInterest),
      await api.post(`/v1/invoices/${invoiceId}/credit`, 'receivables', { reason: 'interest-error' }),
    ];
    const errors = [{ path: '/reason', code: 'not-an-interest-note' }];
    expect(answers).toMatchObject([
      { status: 422, body: { errors } },
      { status: 422, body: { errors } },
    ]);
    const raised = await dispute(invoiceId, key, [{ lineNumber: 1, quantity: 2 }]);
    expect(raised).toMatchObject({ status: 201, body: { status: 'open', disputedMinor: 24_000 } });
    const { disputeId, taskId } = raised.body;
    expect((await dispute(invoiceId, key, [{ lineNumber: 1, amountMinor: 1 }])).body.errors).toMatchObject([
      { path: '/lines/0/lineNumber', code: 'disputed-already' },
    ]);
    expect((await api.get(`/v1/tasks/${taskId}`, 'receivables')).body).toMatchObject({ kind: 'dispute', invoiceId, orderId });
    expect((await api.post(`/v1/tasks/${taskId}/complete`, 'receivables', { note: 'x' })).status).toBe(409);
    expect(
      (await api.post(`/v1/invoices/${invoiceId}/credit-and-reissue`, 'finance', { reason: 'price-error' })).body.type,
    ).toContain('disputed');
    await api.post(`/v1/tasks/${taskId}/claim`, 'receivables');
    const offered = (as: string) => api.get(`/v1/disputes/${disputeId}`, as).then(({ body }) => body.actions);
    expect(await Promise.all([key, 'sales', 'receivables'].map(offered))).toEqual([['withdraw'], [], ['resolve', 'withdraw']]);
    expect((await api.get(`/v1/disputes/${disputeId}`, key)).body).toMatchObject({
      owner: expect.any(String),
      claims: [{ quantity: 2 }],
    });
    expect((await api.get(`/v1/disputes/${disputeId}`, stranger.key)).status).toBe(404);
    expect((await resolve(disputeId, { decision: 'uphold' }, key)).status).toBe(403);
    expect((await api.post(`/v1/disputes/${disputeId}/withdraw`, key, { reason: 'found them' })).body.status).toBe('withdrawn');
    expect((await resolve(disputeId, { decision: 'reject' })).status).toBe(409);
    expect(await offered('receivables')).toEqual([]);
    expect(await invoiceOf(invoiceId)).toMatchObject({ disputedMinor: 0, openMinor: 60_000 });
    const { items } = (await api.get(`/v1/invoices/${invoiceId}/timeline`, key)).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['dispute-raised', 'dispute-withdrawn']),
    );
    await pay(suite, 'CAREFUL', 60_000, invoiceId);
    expect((await dispute(invoiceId, key)).body.type).toContain('nothing-open');
  });

  it('A5, I4: upheld, in part, with a revised invoice, and above the policy’s amount by a second person', async () => {
    const { invoiceId, key } = await sell('RIGHT', 10);
    const first = (await dispute(invoiceId, key, [{ lineNumber: 1, quantity: 4 }])).body.disputeId;
    const upheld = await resolve(first, { decision: 'uphold', lines: [{ lineNumber: 1, quantity: 3 }] });
    expect(upheld).toMatchObject({ status: 200, body: { status: 'partly-upheld', correction: { creditedMinor: 36_000 } } });
    expect(await invoiceOf(invoiceId)).toMatchObject({ disputedMinor: 0, openMinor: 84_000 });
    const second = (await dispute(invoiceId, key, [{ lineNumber: 1, unitPriceMinor: 9_000 }], 'price-error')).body.disputeId;
    const revised = await resolve(second, { decision: 'uphold', reissue: [{ lineNumber: 1, unitPriceMinor: 9_000 }] });
    expect(revised.body).toMatchObject({ status: 'upheld', correction: { creditedMinor: 84_000, revisedMinor: 75_600 } });

    const large = await sell('LARGE', 60);
    const third = (await dispute(large.invoiceId, large.key)).body;
    const proposed = await resolve(third.disputeId, { decision: 'uphold' });
    expect(proposed).toMatchObject({ status: 202, body: { status: 'open', correction: { status: 'proposed' } } });
    const { correctionId } = proposed.body.correction;
    expect(await invoiceOf(large.invoiceId)).toMatchObject({ disputedMinor: 720_000, openMinor: 720_000 });
    const disputed = (await api.get('/v1/invoices?disputed=true', 'receivables')).body.items;
    expect(disputed.map(({ id }: { id: string }) => id)).toEqual([large.invoiceId]);
    expect((await api.post(`/v1/corrections/${correctionId}/approve`, 'finance')).status).toBe(200);
    expect((await api.get(`/v1/disputes/${third.disputeId}`, large.key)).body).toMatchObject({
      status: 'upheld',
      creditNoteIds: [expect.any(String)],
    });
    await becomes(suite, large.orderId, 'closed');
  });

  it('A5, P3, P4, A4, C5: disputed money is neither dunned nor held against the customer, stays in the ageing, and is asked for again when rejected', async () => {
    const all = await sell('ALL', 10);
    const part = await sell('PART', 10);
    expect((await invoiceOf(all.invoiceId)).dueOn).toBe('2027-03-31');
    const { disputeId, taskId } = (await dispute(all.invoiceId, all.key)).body;
    const partly = (await dispute(part.invoiceId, part.key, [{ lineNumber: 1, quantity: 4 }])).body.disputeId;
    await eventually(async () => subjects('you dispute').length >= 2);

    await suite.advanceTo(instant('2027-04-05'));
    // Nobody has answered: finance has it by now.
    expect((await api.get(`/v1/tasks/${taskId}`, 'finance')).body).toMatchObject({
      role: 'finance',
      escalatedAt: expect.any(String),
    });
    expect(await account('ALL')).toMatchObject({ onHold: false, overdueMinor: 0, openReceivablesMinor: 120_000 });
    expect(await letters('ALL')).toEqual([]);
    const { items } = (await api.get(`/v1/tasks?orderId=${all.orderId}`, 'finance')).body;
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['dispute']);
    const ageing = async (query = '') => (await api.get(`/v1/receivables/ageing${query}`, 'finance')).body;
    expect((await ageing()).currencies).toMatchObject([{ disputedMinor: 168_000 }]);
    expect((await ageing('?customerId=PART')).items).toMatchObject([{ totalMinor: 120_000, disputedMinor: 48_000 }]);
    expect((await ageing('?asKnownAt=2027-03-01T00:00:00Z')).currencies).toEqual([]);
    // The undisputed part is asked for and held against the customer, and only that.
    expect(await account('PART')).toMatchObject({ onHold: true, overdueMinor: 72_000 });
    expect(await letters('PART')).toEqual([{ on: '2027-04-01', level: 1, openMinor: 72_000 }]);
    await pay(suite, 'PART', 72_000, part.invoiceId);
    expect(await account('PART')).toMatchObject({ onHold: false, overdueMinor: 0, openReceivablesMinor: 48_000 });
    await suite.advanceTo(instant('2027-04-20'));
    expect(await letters('PART')).toHaveLength(1);
    expect((await resolve(partly, { decision: 'uphold' })).body).toMatchObject({ status: 'upheld', onHold: false });
    await becomes(suite, part.orderId, 'closed');

    expect((await resolve(disputeId, { decision: 'reject' })).body).toMatchObject({ status: 'rejected', onHold: true });
    // It was not right about it, as the other one was: that counts when it is asked how it will pay.
    const unfounded = async (id: string) =>
      (await api.get(`/v1/customers/${id}/risk`, 'credit')).body.score.features.unfoundedDisputes;
    expect([await unfounded('ALL'), await unfounded('PART')]).toEqual([1, 0]);
    await eventually(async () => {
      const open = (await api.get(`/v1/tasks?orderId=${all.orderId}&kind=overdue-contact`, 'finance')).body.items;
      return open.length === 1;
    });
    expect(await account('ALL')).toMatchObject({ onHold: true, overdueMinor: 120_000 });
    await suite.advanceTo(instant('2027-05-06'));
    expect(await letters('ALL')).toEqual([
      { on: '2027-04-21', level: 1, openMinor: 120_000 },
      { on: '2027-04-28', level: 2, openMinor: 120_000 },
      { on: '2027-05-05', level: 3, openMinor: 120_000 },
    ]);
    await pay(suite, 'ALL', 120_000, all.invoiceId);
    await becomes(suite, all.orderId, 'closed');
  });

  it('A5, I2: of an invoice in instalments the disputed part comes off the earliest, and a revised one is due by the same terms', async () => {
    const terms = {
      kind: 'net',
      days: 0,
      instalments: [
        { share: '0.5', days: 30 },
        { share: '0.5', days: 90 },
      ],
    };
    const { invoiceId, key } = await sell('PARTS', 10, terms);
    const { rows } = await suite.database.query<{ today: string }>("SELECT to_char($1::timestamptz, 'YYYY-MM-DD') AS today", [
      await suite.now(),
    ]);
    const { disputeId } = (await dispute(invoiceId, key, [{ lineNumber: 1, quantity: 6 }])).body;
    const asked = async (id: string) =>
      (
        await suite.database.query<{ open: number[]; undisputed: number[] }>(
          `SELECT array_agg(open_minor::int ORDER BY number) AS open, array_agg(undisputed_minor::int ORDER BY number) AS undisputed
           FROM open_instalments WHERE invoice_id = $1`,
          [id],
        )
      ).rows[0];
    expect(await asked(invoiceId)).toEqual({ open: [60_000, 60_000], undisputed: [0, 48_000] });
    await suite.advanceTo(fromMillis(Date.parse(`${rows[0]!.today}T12:00:00Z`) + 40 * 86_400_000));
    expect(await account('PARTS')).toMatchObject({ onHold: false, overdueMinor: 0, openReceivablesMinor: 120_000 });
    expect(await letters('PARTS')).toEqual([]);
    const reissue = [{ lineNumber: 1, quantity: 4 }];
    const { correction } = (await resolve(disputeId, { decision: 'uphold', reissue })).body;
    expect(await asked(correction.revisedInvoiceId)).toEqual({ open: [24_000, 24_000], undisputed: [24_000, 24_000] });
    const statement = (await api.get(`/v1/customers/PARTS/statement?from=${rows[0]!.today}&to=2027-12-31`, 'finance')).body;
    expect(statement.lines).toMatchObject([
      { kind: 'invoice', documentId: invoiceId },
      { kind: 'invoice', documentId: correction.revisedInvoiceId },
      { kind: 'credit-note', documentId: correction.creditNoteId, invoiceId },
    ]);
  });
});

describe('items that bill no goods', () => {
  const credit = (invoiceId: string, body: object, as = 'receivables') => api.post(`/v1/invoices/${invoiceId}/credit`, as, body);

  it('I4, A5, A3: an opening item is disputed and credited by amount, against the opening balance', async () => {
    await addCustomer(suite.database, 'TAKEN', { limitMinor: 10_000_000 });
    const { key } = (await api.post('/v1/api-keys', 'admin', { name: 'TAKEN', roles: ['customer'], customerId: 'TAKEN' })).body;
    const today = localDate(await suite.now(), 'Europe/Berlin');
    const item = await openingItem(suite, 'TAKEN', 50_000, addDays(today, -20), addDays(today, -1));
    await eventually(async () => (await invoiceOf(item)).overdueSince !== null);
    expect(await account('TAKEN')).toMatchObject({ onHold: true });
    expect((await dispute(item, key, [{ lineNumber: 1, quantity: 1 }])).body).toMatchObject({
      status: 422,
      errors: [{ path: '/lines/0/quantity', code: 'amount-only' }],
    });
    expect((await dispute(item, key, [{ lineNumber: 2, amountMinor: 1 }])).body).toMatchObject({
      errors: [{ path: '/lines/0/lineNumber', code: 'unknown-line' }],
    });
    const raised = await dispute(item, key, [{ lineNumber: 1, amountMinor: 20_000 }], 'price-error');
    expect(raised).toMatchObject({ status: 201, body: { disputedMinor: 20_000 } });
    expect((await api.get(`/v1/disputes/${raised.body.disputeId}`, key)).body).toMatchObject({ orderId: null, status: 'open' });

    const before = await trialBalance(suite.database);
    const upheld = await resolve(raised.body.disputeId, { decision: 'uphold' });
    expect(upheld.body).toMatchObject({ status: 'upheld', correction: { creditedMinor: 20_000, revisedInvoiceId: null } });
    expect(await invoiceOf(item)).toMatchObject({ openMinor: 30_000, disputedMinor: 0 });
    const { creditNoteId } = upheld.body.correction;
    expect((await api.get(`/v1/credit-notes/${creditNoteId}`, key)).body).toMatchObject({
      orderId: null,
      grossMinor: 20_000,
      taxMinor: 0,
      lines: [{ lineNumber: 1, netMinor: 20_000, taxCategory: 'O' }],
    });
    expect((await api.get(`/v1/credit-notes/${creditNoteId}/pdf`, key)).body.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await api.get(`/v1/credit-notes/${creditNoteId}/ubl`, key)).body.type).toBe('/problems/no-e-invoice');
    expect((await api.get(`/v1/invoices/${item}/review`, 'receivables')).body).toMatchObject({
      disputes: [{ status: 'upheld' }],
    });

    // In full, once part of it is paid: what is beyond is a credit balance.
    await pay(suite, 'TAKEN', 10_000, item);
    const reissue = await api.post(`/v1/invoices/${item}/credit-and-reissue`, 'receivables', { reason: 'terms-error' });
    expect(reissue.body).toMatchObject({ status: 409, type: '/problems/not-an-invoice' });
    expect((await credit(item, { reason: 'duplicate' })).body).toMatchObject({ status: 'issued', creditedMinor: 30_000 });
    expect(await account('TAKEN')).toMatchObject({ onHold: false, openReceivablesMinor: 0, openCreditNotesMinor: 10_000 });
    expect((await credit(item, { reason: 'duplicate' })).body.errors).toMatchObject([{ code: 'nothing-left' }]);
    const after = await trialBalance(suite.database);
    const moved = (name: string) => (after[name] ?? 0) - (before[name] ?? 0);
    expect(['opening-balance', 'returns', 'accounts-receivable', 'customer-credits'].map(moved)).toEqual([
      50_000, 0, -50_000, -10_000,
    ]);
    await eventually(async () => subjects(creditNoteId).length > 0);
  });

  it('I4, A5, P5: an interest note is disputed and credited against other income', async () => {
    await addCustomer(suite.database, 'LATE', { limitMinor: 10_000_000 });
    const today = localDate(await suite.now(), 'Europe/Berlin');
    const item = await openingItem(suite, 'LATE', 1_000_000, addDays(today, -90), addDays(today, -60));
    const [note] = (await pay(suite, 'LATE', 1_000_000, item)).interestNotes;
    const { grossMinor } = await invoiceOf(note!);
    const raised = await dispute(note!, 'receivables', undefined, 'goodwill');
    expect(raised.body).toMatchObject({ disputedMinor: grossMinor });
    expect((await resolve(raised.body.disputeId, { decision: 'reject' })).body.status).toBe('rejected');
    const before = await trialBalance(suite.database);
    const some = await credit(note!, { reason: 'goodwill', lines: [{ lineNumber: 1, amountMinor: 100 }] });
    expect(some.body).toMatchObject({ creditedMinor: 100 });
    expect((await credit(note!, { reason: 'goodwill' })).body).toMatchObject({ creditedMinor: grossMinor - 100 });
    expect(await invoiceOf(note!)).toMatchObject({ status: 'settled', openMinor: 0 });
    const after = await trialBalance(suite.database);
    expect(after['other-income'] ?? 0).toBe(before['other-income']! + grossMinor);
    expect(after.returns).toBe(before.returns);
  });
});
