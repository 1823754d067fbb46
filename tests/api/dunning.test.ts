import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readClock } from '../../db/statements/company.ts';
import { raiseDispute } from '../../db/transactions/dispute-invoice.ts';
import { holdOff } from '../../db/transactions/hold-off.ts';
import { promisePayment } from '../../db/transactions/promise-payment.ts';
import { takeReceivableStep } from '../../db/transactions/take-receivable-step.ts';
import { type DunningPlan, defaultDunningPolicy } from '../../domain/dunning.ts';
import { defaultLetters } from '../../domain/letter.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  instant,
  invoiced,
  openingItem,
  order,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/*
 * Dunning policies by name, the words and the charges of letters, and what keeps a letter back at the moment it is sent. It is Monday,
 * 22 March 2027, 7 o'clock in Berlin; letters go out at nine.
 */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-22', '06:00:00'));
  await setUpCompany(suite.database);
  api = await startApi(suite);
  for (const [code, policy] of Object.entries({ STRICT: strict, GENTLE: gentle, FLOATING: floating })) {
    const saved = await api.post(`/v1/policies/dunning/${code}`, 'finance', policy);
    expect(saved, JSON.stringify(saved.body)).toMatchObject({ status: 201, body: { name: `dunning:${code}`, version: 1 } });
  }
});
afterEach(() => checkInvariants(suite.database));
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const { name: _name, version: _version, holdMinimumMinor: _hold, ...company } = defaultDunningPolicy;
const strict = {
  ...company,
  levels: [
    { level: 1, daysOverdue: 1, final: false, feeMinor: 500 },
    { level: 2, daysOverdue: 8, final: true, feeMinor: 1_000 },
  ],
  collectionsDaysOverdue: 12,
  interestNoteTermsDays: 3,
  compensation: { amountMinor: 4_000, chargedWhen: 'first-letter' },
};
const gentle = { ...company, levels: [{ level: 1, daysOverdue: 20, final: true }], collectionsDaysOverdue: 90 };
const floating = { ...company, baseRateMargin: '0.09', compensation: { amountMinor: 4_000, chargedWhen: 'overdue' } };

/** A customer that owes 100.00 since yesterday. */
async function owing(
  id: string,
  { currency = 'EUR', ...assigned }: { policy?: string; language?: string; segment?: string; currency?: string } = {},
  dueOn = '2027-03-21',
) {
  await addCustomer(suite.database, id, { limitMinor: 1_000_000, currency });
  await suite.database.query('UPDATE customers SET dunning_policy = $2, language = $3, segment = $4 WHERE id = $1', [
    id,
    assigned.policy,
    assigned.language,
    assigned.segment,
  ]);
  const invoiceId = await openingItem(suite, id, 10_000, '2027-01-05', dueOn, currency);
  await eventually(async () => (await invoice(invoiceId)).overdueSince !== null);
  return invoiceId;
}
const invoice = async (id: string) => (await api.get(`/v1/invoices/${id}`, 'receivables')).body;
const plan = async (id: string) => (await api.get(`/v1/invoices/${id}/dunning`, 'receivables')).body;
const mails = (customerId: string) => suite.mails.filter(({ to }) => to === `${customerId.toLowerCase()}@customer.example`);
const notesOf = async (customerId: string, kind = 'fee-note') =>
  (await api.get(`/v1/invoices?customerId=${customerId}&limit=200`, 'receivables')).body.items.filter(
    (item: { kind: string }) => item.kind === kind,
  );
const letters = async (customerId: string) => {
  const { rows } = await suite.database.query<{ status: string; reason: string | null; level: number }>(
    `SELECT status, status_reason AS reason, (facts -> 'level')::int AS level FROM notices
     WHERE customer_id = $1 AND kind = 'dunning' ORDER BY at`,
    [customerId],
  );
  return rows;
};
/** Writes the letter of a step now, with something else in the same transaction: it is there before the letter can go out. */
async function writeAnd(invoiceId: string, work: Parameters<Suite['database']['transaction']>[0] = async () => {}) {
  const { at } = await readClock(suite.database);
  const step = ((await invoice(invoiceId)).plan as DunningPlan).steps.find(({ kind }) => kind === 'dunning')!;
  await suite.database.transaction(async (tx) => {
    await takeReceivableStep(tx, { invoiceId, step, at });
    await work(tx);
  });
  suite.delivery.deliverSoon();
}
const settledLetters = (customerId: string) =>
  eventually(async () => {
    const found = await letters(customerId);
    return found.length > 0 && found.every(({ status }) => status !== 'queued') && found;
  });

describe('dunning policies by name', () => {
  it('P4: what is wrong with a policy is told with its path, down to the placeholder; only finance brings one into force', async () => {
    const { en } = defaultLetters.texts;
    const texts = { en: { ...en!, reminder: { subject: 'Pay {{total}}', text: 'x' } } };
    const wrong = await api.post('/v1/policies/dunning/WRONG', 'finance', {
      ...strict,
      letters: { defaultLanguage: 'en', texts },
    });
    expect([wrong.status, wrong.body.errors.map(({ path }: { path: string }) => path)]).toEqual([
      400,
      ['/letters/texts/en/reminder/subject'],
    ]);
    const own = await api.post('/v1/policies/dunning', 'finance', {
      ...company,
      holdMinimumMinor: 0,
      letters: { defaultLanguage: 'fr', texts },
    });
    expect(own.body.errors.map(({ path }: { path: string }) => path)).toContain('/letters/defaultLanguage');
    // A hold is of the customer as a whole: it is in the company's own policy alone.
    expect((await api.post('/v1/policies/dunning/WRONG', 'finance', { ...strict, holdMinimumMinor: 0 })).status).toBe(400);
    expect((await api.post('/v1/policies/dunning/WRONG', 'receivables', strict)).status).toBe(403);
    expect((await api.get('/v1/policies/dunning/WRONG', 'finance')).status).toBe(404);
    const { items } = (await api.get('/v1/policies/dunning', 'sales')).body;
    expect(items.map(({ code, version }: { code: string; version: number }) => [code, version])).toEqual([
      [null, 1],
      ['FLOATING', 1],
      ['GENTLE', 1],
      ['STRICT', 1],
    ]);
  });

  it('P4: by invoice over customer over segment over the company’s own, and an edit touches new invoices only', async () => {
    expect((await api.put('/v1/segments/TRADE/dunning-policy', 'finance', { dunningPolicy: 'NONE' })).status).toBe(422);
    expect((await api.put('/v1/segments/TRADE/dunning-policy', 'finance', { dunningPolicy: 'GENTLE' })).status).toBe(200);
    const own = await owing('OWN');
    const traded = await owing('TRADED', { segment: 'TRADE' });
    const both = await owing('BOTH', { segment: 'TRADE', policy: 'STRICT' });
    expect(await plan(own)).toMatchObject({ policy: null, policyVersion: 1, assignedBy: 'company' });
    expect(await plan(traded)).toMatchObject({ policy: 'GENTLE', assignedBy: 'segment' });
    expect(await plan(both)).toMatchObject({ policy: 'STRICT', assignedBy: 'customer' });

    await addProduct(suite.database, 'UNIT', 1_000);
    await addStock(suite, 'UNIT', 2, 400);
    await addCustomer(suite.database, 'ORDERED', { limitMinor: 1_000_000 });
    const lines = [{ sku: 'UNIT', quantity: 1 }];
    const { key } = (await api.post('/v1/api-keys', 'admin', { name: 'o', roles: ['customer'], customerId: 'ORDERED' })).body;
    const asked = { customerId: 'ORDERED', currency: 'EUR', lines, dunningPolicy: 'GENTLE' };
    expect((await api.post('/v1/orders', key, asked)).body.errors).toMatchObject([{ path: '/dunningPolicy' }]);
    for (const channel of ['phone', 'in-person', 'edi', 'email']) {
      const { body } = await api.post('/v1/orders', key, { ...asked, channel });
      expect(body.errors, channel).toMatchObject([{ path: '/channel', code: 'forbidden' }, { path: '/dunningPolicy' }]);
    }
    expect((await api.post('/v1/orders', 'sales', { ...asked, dunningPolicy: 'NONE' })).body.errors).toMatchObject([
      { path: '/dunningPolicy', code: 'unknown-dunning-policy' },
    ]);
    const orderId = await order(suite, 'ORDERED', lines, { dunningPolicy: 'GENTLE' });
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const [billed] = await invoiced(suite, orderId);
    expect(await plan(billed!.id)).toMatchObject({ policy: 'GENTLE', assignedBy: 'invoice' });
    expect((await api.get(`/v1/invoices/${billed!.id}`, key)).body.plan).toBeNull();
    expect((await api.get(`/v1/invoices/${billed!.id}`, 'sales')).body.plan.policy).toBe('GENTLE');

    expect((await api.post('/v1/policies/dunning/GENTLE', 'finance', { ...gentle, intervalDays: 9 })).body.version).toBe(2);
    const later = await openingItem(suite, 'TRADED', 5_000, '2027-03-01', '2027-04-30');
    expect([(await plan(traded)).policyVersion, (await plan(later)).policyVersion]).toEqual([1, 2]);
    const versions = (await api.get('/v1/policies/dunning/GENTLE', 'finance')).body.items;
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    for (const [id, amount] of Object.entries({ OWN: 10_000, TRADED: 15_000, BOTH: 10_000 })) await pay(suite, id, amount, '');
  });

  it('P4: a customer and its import name language and policy, and no policy that does not exist', async () => {
    await addCustomer(suite.database, 'FILED', {});
    const sent = (line: object) =>
      api.ask('POST', '/v1/imports/customers', { as: 'sales', raw: JSON.stringify([{ id: 'FILED', ...line }]) });
    expect((await sent({ dunningPolicy: 'NONE' })).body.faults).toMatchObject([{ line: 1, field: 'dunningPolicy' }]);
    await sent({ dunningPolicy: 'GENTLE', language: 'de' });
    const { version: _v, id: _id, creditProfile: _c, ...read } = (await api.get('/v1/customers/FILED', 'sales')).body;
    expect(read).toMatchObject({ dunningPolicy: 'GENTLE', language: 'de' });
    const details = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== null));
    expect((await api.put('/v1/customers/FILED', 'sales', { ...details, language: 'deu' })).status).toBe(400);
    expect((await api.put('/v1/customers/FILED', 'sales', { ...details, dunningPolicy: 'NONE' })).body.errors).toMatchObject([
      { path: '/dunningPolicy' },
    ]);
    const changed = await api.put('/v1/customers/FILED', 'sales', { ...details, language: 'fr', dunningPolicy: 'STRICT' });
    expect(changed.body).toMatchObject({ language: 'fr', dunningPolicy: 'STRICT' });
  });

  it('P4: receivables give an open invoice another policy: its workflow walks the new plan from the level it has', async () => {
    const id = await owing('MOVED');
    await suite.advanceTo(instant('2027-03-22', '08:30:00'));
    await eventually(async () => (await invoice(id)).dunningLevel === 1);
    const put = (as: string, dunningPolicy: string) =>
      api.put(`/v1/invoices/${id}/dunning-policy`, as, { dunningPolicy, reason: 'agreed with the buyer' });
    expect((await put('sales', 'STRICT')).status).toBe(403);
    expect((await put('receivables', 'NONE')).status).toBe(422);
    const moved = await put('receivables', 'STRICT');
    expect(moved.body).toMatchObject({ policy: 'STRICT', assignedBy: 'invoice', dunningLevel: 1 });
    const ahead = moved.body.steps.filter(({ state }: { state: string }) => state === 'planned');
    expect(ahead.map(({ step, on }: { step: string; on: string }) => [step, on])).toEqual([
      ['dunning-2:policy-1', '2027-03-29'],
      // After the last letter, though its own day is earlier.
      ['collections:policy-1', '2027-04-05'],
    ]);
    const { items } = (await api.get(`/v1/invoices/${id}/timeline`, 'receivables')).body;
    expect(items).toContainEqual(
      expect.objectContaining({ action: 'dunning-policy-assigned', policyVersion: 'dunning:STRICT v1' }),
    );
    await suite.advanceTo(instant('2027-03-29', '08:30:00'));
    await eventually(async () => (await invoice(id)).dunningLevel === 2);
    // The final letter of the strict policy, with its fee, and the fixed sum that no letter had charged.
    await eventually(async () => (await notesOf('MOVED')).length === 2);
    await pay(suite, 'MOVED', 10_000, id);
    expect((await put('receivables', 'GENTLE')).status).toBe(409);
  });
});

describe('fees, fixed sums and interest', () => {
  it('P4, P5: a letter in the customer’s language states its fee and the fixed sum; each becomes a note of its own, once', async () => {
    const id = await owing('GERMAN', { policy: 'STRICT', language: 'de' }, '2027-03-28');
    const shown = (await api.get('/v1/customers/GERMAN/letters/preview', 'receivables')).body;
    expect(shown.letter).toMatchObject({
      language: 'de',
      subject: '1. Mahnung: 100.00 EUR sind überfällig',
      fee: { invoiceId: id, level: 1, amountMinor: 500 },
      compensations: [{ invoiceId: id, amountMinor: 4_000 }],
      interestMinor: 3,
      items: [{ invoiceId: id, interestMinor: 3 }],
    });
    expect(shown.letter.html).toContain('<html lang="de">');
    expect(
      (await api.get('/v1/customers/GERMAN/letters/preview?level=2&on=2027-04-05', 'receivables')).body.letter,
    ).toMatchObject({
      subject: 'Letzte Mahnung vor dem Inkasso: 100.00 EUR',
      fee: { amountMinor: 1_000 },
    });
    expect((await api.get('/v1/customers/GERMAN/letters/preview?on=2027-03-01', 'receivables')).body.errors).toMatchObject([
      { path: '/query/on' },
    ]);
    expect((await api.get('/v1/customers/NOBODY/letters/preview', 'receivables')).status).toBe(404);

    await writeAnd(id);
    await eventually(async () => (await notesOf('GERMAN')).length === 2);
    const letter = mails('GERMAN').find(({ subject }) => subject.startsWith('1. Mahnung'))!;
    expect(letter.text).toContain(`  ${id} (OLD)  100.00 EUR  fällig am 2027-03-28, Verwendungszweck `);
    expect(letter.text).toContain('berechnen wir eine Gebühr von 5.00 EUR.');
    expect(letter.text).toContain('berechnen wir 40.00 EUR, einmal je Rechnung.');
    // What is sent is what was shown.
    expect(letter.text).toBe(shown.letter.text);
    const notes = await notesOf('GERMAN');
    expect(notes).toMatchObject([
      { id: expect.stringMatching(/^FEE-/), openMinor: 4_000, dueOn: '2027-04-01', correctsInvoiceId: id },
      { openMinor: 500 },
    ]);
    await eventually(async () => mails('GERMAN').filter(({ subject }) => subject.startsWith('Gebührenrechnung')).length === 2);
    expect(
      mails('GERMAN').find(({ text }) => text.includes('Pauschale für die Kosten der Beitreibung über 40.00 EUR')),
    ).toMatchObject({
      text: expect.stringMatching(/^Guten Tag Customer GERMAN,/),
    });

    // Paying the principal erases none of it, and interest on the principal becomes a note too (named fault of other systems).
    const paid = await pay(suite, 'GERMAN', 10_000, id, '2027-03-29');
    expect(paid.interestNotes).toHaveLength(1);
    expect((await notesOf('GERMAN')).every(({ status }: { status: string }) => status === 'open')).toBe(true);
  });

  it('P5: in another currency a letter charges what its policy states in that currency, and nothing that it does not', async () => {
    const rates = [{ currency: 'USD', validOn: '2027-03-01', rate: '0.9' }];
    expect((await api.post('/v1/exchange-rates', 'finance', { source: 'ECB', rates })).status).toBe(200);
    const saved = await api.post('/v1/policies/dunning/ABROAD', 'finance', {
      ...strict,
      levels: [{ ...strict.levels[0], feeMinorIn: { USD: 550 } }, strict.levels[1]],
      compensation: { ...strict.compensation, amountMinorIn: { EURO: 1 } },
    });
    expect(saved.body.errors).toMatchObject([{ path: expect.stringMatching(/^\/compensation\/amountMinorIn/) }]);
    const { compensation: _fixed, ...fees } = strict;
    const abroad = { ...fees, levels: [{ ...strict.levels[0], feeMinorIn: { USD: 550 } }, strict.levels[1]] };
    expect((await api.post('/v1/policies/dunning/ABROAD', 'finance', abroad)).status).toBe(201);
    const id = await owing('DOLLARS', { policy: 'ABROAD', currency: 'USD' }, '2027-03-28');
    expect((await plan(id)).steps.flatMap(({ feeMinor }: { feeMinor: number | null }) => feeMinor ?? [])).toEqual([550]);
    await writeAnd(id);
    await eventually(async () => (await notesOf('DOLLARS')).length === 1);
    expect(await notesOf('DOLLARS')).toMatchObject([{ grossMinor: 550, currency: 'USD', correctsInvoiceId: id }]);
    expect(
      mails('DOLLARS')
        .map(({ text }) => text)
        .join(),
    ).toContain('a fee of 5.50 USD.');
  });

  it('P5: notes of fees and interest count from their own due date, and are dunned without a fee on the fee', async () => {
    await suite.advanceTo(instant('2027-04-02', '10:00:00'));
    const [note] = await notesOf('GERMAN');
    await eventually(async () => (await invoice(note.id)).dunningLevel === 1);
    await eventually(async () => (await letters('GERMAN')).every(({ status }) => status === 'sent'));
    expect(await letters('GERMAN')).toHaveLength(2);
    expect(await notesOf('GERMAN')).toHaveLength(2);
    expect((await api.get('/v1/customers/GERMAN/account', 'credit')).body.onHold).toBe(true);
    const open = (await api.get('/v1/customers/GERMAN/account', 'credit')).body.openReceivablesMinor;
    await pay(suite, 'GERMAN', open, '');
    expect(await notesOf('GERMAN')).toHaveLength(2);
    expect(await notesOf('GERMAN', 'interest-note')).toHaveLength(1);
  });

  it('P5: the fixed sum is charged as an item goes overdue where its policy says so, and interest follows the base rate', async () => {
    const announce = (validFrom: string, annualRate: string, as = 'finance') =>
      api.post('/v1/base-rates', as, { validFrom, annualRate });
    expect((await announce('2027-01-01', '2,27')).status).toBe(400);
    expect((await announce('2027-01-01', '0.01', 'receivables')).status).toBe(403);
    expect((await announce('2027-01-01', '0.0127')).status).toBe(201);
    expect((await announce('2027-03-29', '0.0227')).status).toBe(201);
    expect((await announce('2027-03-29', '0.05')).status).toBe(409);
    expect((await api.get('/v1/base-rates', 'finance')).body.items).toMatchObject([
      { validFrom: '2027-03-29', annualRate: '0.0227' },
      { validFrom: '2027-01-01' },
    ]);
    const id = await owing('FLOATED', { policy: 'FLOATING' });
    await eventually(async () => (await notesOf('FLOATED')).length === 1);
    const paid = await pay(suite, 'FLOATED', 10_000, id, '2027-04-02');
    const note = await invoice(paid.interestNotes[0]!);
    // 100.00 × 10.27 % × 7/365 and × 11.27 % × 5/365.
    expect(note.facts.segments).toMatchObject([
      { from: '2027-03-22', to: '2027-03-28', annualRate: '0.1027', interestMinor: 20 },
      { from: '2027-03-29', to: '2027-04-02', annualRate: '0.1127', interestMinor: 15 },
    ]);
    expect(note.grossMinor).toBe(35);
    await pay(suite, 'FLOATED', 4_035, '');
  });
});

describe('what keeps a letter back at the moment it is sent', () => {
  const promised = (customerId: string, promisedOn: string) => async (tx: Parameters<typeof promisePayment>[0]) => {
    const { at } = await readClock(suite.database);
    const invoiceIds: string[] = [];
    const input = { customerId, byCustomer: false, amountMinor: 10_000, currency: 'EUR', promisedOn, invoiceIds };
    await promisePayment(tx, { ...input, actor: tester, at });
  };
  const state = async (id: string) => {
    const { dunningLevel, lastNoticeOn } = await invoice(id);
    return { dunningLevel, lastNoticeOn };
  };
  const before = { dunningLevel: 0, lastNoticeOn: null };

  it('P4, P6: a promise keeps a letter back that is written already, without its fee; broken, the letter is caught up', async () => {
    const id = await owing('PROMISED', { policy: 'STRICT' }, '2027-04-01');
    await writeAnd(id, promised('PROMISED', '2027-04-05'));
    expect(await settledLetters('PROMISED')).toMatchObject([{ status: 'suppressed', reason: 'promise' }]);
    expect(await state(id)).toEqual(before);
    expect(await notesOf('PROMISED')).toEqual([]);
    expect(mails('PROMISED').filter(({ subject }) => /overdue/.test(subject))).toEqual([]);
    const shown = await plan(id);
    expect(shown.blocks).toEqual(['promise']);
    expect(shown.steps.find(({ step }: { step: string }) => step === 'dunning-1')).toMatchObject({
      state: 'skipped',
      feeMinor: 500,
    });
    expect((await api.get('/v1/customers/PROMISED/letters/preview', 'receivables')).body).toMatchObject({
      letter: null,
      leftOut: [{ invoiceId: id, reason: 'promise' }],
    });
    await api.post(`/v1/promises/${await promiseOf('PROMISED')}/cancel`, 'receivables', { reason: 'cannot pay' });
    const resumed = (await plan(id)).steps.find(({ step }: { step: string }) => step.startsWith('dunning-1:'));
    expect(resumed).toMatchObject({ state: 'planned', level: 1 });
    await pay(suite, 'PROMISED', 10_000, id);
  });

  it('P4, A5: a dispute keeps a written letter back, and its step is caught up when the dispute is rejected', async () => {
    await addCustomer(suite.database, 'ARGUED', { limitMinor: 1_000_000, netDays: 1 });
    const orderId = await order(suite, 'ARGUED', [{ sku: 'UNIT', quantity: 1 }], { dunningPolicy: 'STRICT' });
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const { id } = (await invoiced(suite, orderId))[0]!;
    await suite.advanceTo(instant('2027-04-04', '06:00:00'));
    await eventually(async () => (await invoice(id)).overdueSince !== null);
    let disputeId = '';
    await writeAnd(id, async (tx) => {
      const { at, offsetMs } = await readClock(suite.database);
      const claim = { invoiceId: id, reason: 'not-delivered' as const, note: 'nothing came' };
      disputeId = (await raiseDispute(tx, { ...claim, actor: tester, at, offsetMs })).disputeId;
    });
    expect(await settledLetters('ARGUED')).toMatchObject([{ status: 'suppressed', reason: 'dispute' }]);
    expect(await state(id)).toEqual(before);
    expect((await plan(id)).blocks).toEqual(['dispute']);
    await api.post(`/v1/disputes/${disputeId}/resolve`, 'receivables', { decision: 'reject', note: 'signed for' });
    const { steps } = await plan(id);
    expect(steps).toContainEqual(expect.objectContaining({ step: `dunning-1:${disputeId}`, state: 'planned', on: '2027-04-04' }));
    expect(await notesOf('ARGUED')).toEqual([]);
    await pay(suite, 'ARGUED', 1_200, id);
  });

  it('P4, P6: an item that is held off leaves a written letter to the others, with their charges alone', async () => {
    const mine = await owing('HELD', { policy: 'STRICT' }, '2027-04-01');
    const other = await openingItem(suite, 'HELD', 7_000, '2027-01-05', '2027-04-01');
    await eventually(async () => (await invoice(other)).overdueSince !== null);
    await writeAnd(mine, async (tx) => {
      const { at } = await readClock(suite.database);
      await holdOff(tx, { invoiceId: mine, untilOn: '2027-04-20', reason: 'asked to wait', actor: tester, at });
    });
    expect(await settledLetters('HELD')).toMatchObject([{ status: 'sent', level: 1 }]);
    const letter = mails('HELD').find(({ subject }) => /overdue/.test(subject))!;
    expect(letter.subject).toBe('Payment is overdue: 70.00 EUR');
    expect(letter.text).not.toContain(mine);
    expect(await state(mine)).toEqual(before);
    expect((await state(other)).dunningLevel).toBe(1);
    await eventually(async () => (await notesOf('HELD')).length === 2);
    expect((await notesOf('HELD')).map((note: { correctsInvoiceId: string }) => note.correctsInvoiceId)).toEqual([other, other]);
    await pay(suite, 'HELD', 21_500, '');
  });

  it('P4, P6: a promise and a letter that race: it went out with its fee, or the item is where it was and owes none', async () => {
    const racers = ['RACE-1', 'RACE-2', 'RACE-3', 'RACE-4'];
    const ids = new Map<string, string>();
    for (const id of racers) ids.set(id, await owing(id, { policy: 'STRICT' }, '2027-04-01'));
    await Promise.all(
      racers.flatMap((id, index) => {
        const promise = () => suite.database.transaction(promised(id, '2027-04-05'));
        return index % 2 ? [writeAnd(ids.get(id)!), promise()] : [promise(), writeAnd(ids.get(id)!)];
      }),
    );
    for (const id of racers) {
      const written = await eventually(async () => {
        const found = await letters(id);
        return found.every(({ status }) => status !== 'queued') && found;
      });
      const sent = written.filter(({ status }) => status === 'sent').length;
      await eventually(async () => (await notesOf(id)).length === sent * 2);
      expect((await state(ids.get(id)!)).dunningLevel).toBe(sent);
      await pay(suite, id, 10_000 + sent * 4_500, '');
    }
  });

  const promiseOf = async (customerId: string): Promise<string> =>
    (await api.get(`/v1/promises?customerId=${customerId}`, 'receivables')).body.items[0].id;
});

describe('faults of other systems', () => {
  it('P4 (regression): a part payment neither resets the level nor drops the plan, and the last letter closes nothing', async () => {
    const id = await owing('PARTLY', { policy: 'STRICT' }, '2027-04-02');
    await writeAnd(id);
    await settledLetters('PARTLY');
    await pay(suite, 'PARTLY', 6_000, id);
    expect(await invoice(id)).toMatchObject({ openMinor: 4_000, dunningLevel: 1, status: 'open' });
    const steps = (await plan(id)).steps.filter(({ state }: { state: string }) => state === 'planned');
    expect(steps.map(({ step }: { step: string }) => step)).toEqual(['dunning-2', 'collections']);
    await suite.advanceTo(instant('2027-04-20', '10:00:00'));
    await eventually(async () => (await invoice(id)).collectionsSince !== null);
    expect(mails('PARTLY').map(({ subject }) => subject)).toContainEqual(
      expect.stringMatching(/^Final letter before collections/),
    );
    // Handed over after the last letter: still owed, on hold, and paid by whatever comes.
    expect(await invoice(id)).toMatchObject({ status: 'open', openMinor: 4_000, dunningLevel: 2 });
    expect((await api.get('/v1/customers/PARTLY/account', 'credit')).body.onHold).toBe(true);
    const fees = await notesOf('PARTLY');
    expect(fees.map(({ grossMinor }: { grossMinor: number }) => grossMinor).sort((a: number, b: number) => a - b)).toEqual([
      500, 1_000, 4_000,
    ]);
    const paid = await pay(suite, 'PARTLY', 4_000, id);
    // Interest on each balance for its days, though the principal is paid.
    expect(paid.interestNotes).toHaveLength(1);
  });

  it('X6: another policy would have sent other letters on other days, at other fees; the one that planned them would not', async () => {
    await addCustomer(suite.database, 'PLANNED', { limitMinor: 1_000_000 });
    await suite.database.query("UPDATE customers SET dunning_policy = 'STRICT' WHERE id = 'PLANNED'");
    const id = await openingItem(suite, 'PLANNED', 10_000, '2027-04-01', '2027-04-21');
    const ask = async (body: object, code = 'STRICT') =>
      (await api.post(`/v1/policies/dunning/${code}/what-if?from=2027-03-01&limit=200`, 'receivables', body)).body;
    for (const code of ['STRICT', 'GENTLE', 'FLOATING']) {
      const { summary, items } = await ask({ version: 1 }, code);
      expect([code, items]).toEqual([code, []]);
      expect(summary).toMatchObject({ differing: 0 });
    }
    expect((await ask({ version: 1 })).summary.decisions).toBeGreaterThan(5);
    const own = await api.post('/v1/policies/dunning/what-if?from=2027-03-01', 'receivables', { version: 1 });
    expect(own.body).toMatchObject({ summary: { differing: 0 }, items: [] });

    await suite.advanceTo(instant('2027-05-04', '10:00:00'));
    await eventually(async () => (await invoice(id)).collectionsSince !== null);
    const [, second] = strict.levels;
    const milder = {
      ...strict,
      levels: [
        { level: 1, daysOverdue: 10, final: false, feeMinor: 300 },
        { ...second, daysOverdue: 25 },
      ],
    };
    const { items } = await ask({ policy: { ...milder, collectionsDaysOverdue: 60 } });
    expect(items.find((one: { id: string }) => one.id === id)).toMatchObject({
      customerId: 'PLANNED',
      before: { outcome: 'collections', valueMinor: 1_500 },
      after: { outcome: 'letter 1', valueMinor: 300 },
    });
    const { before, after } = items.find((one: { id: string }) => one.id === id);
    expect(before.effects.slice(-2)).toEqual(['letter 2 on 2027-04-29, with a fee of 10.00 EUR', 'collections on 2027-05-03']);
    expect(after.effects.at(-1)).toBe('letter 1 on 2027-05-01, with a fee of 3.00 EUR');
  });
});
