import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClock } from '../../db/statements/company.ts';
import { startDocumentationClock } from '../../db/statements/documentation.ts';
import { announcePayment } from '../../db/transactions/announce-payment.ts';
import { takeReceivableStep } from '../../db/transactions/take-receivable-step.ts';
import { watchClocks } from '../../db/transactions/watch-clocks.ts';
import type { PlanStep } from '../../domain/dunning.ts';
import { addCustomer, instant, openingItem, pay, setUpCompany, trialBalance } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/*
 * Money that is announced or seen before it is documented, and cheques. Every customer owes 100.00 since Sunday, 21 March 2027; it is
 * Monday, 7 o'clock in Berlin, two hours before letters go out. The Friday and the Monday after are Easter's.
 */
let suite: Suite;
let api: Api;
const invoices: Record<string, string> = {};
const racers = Array.from({ length: 8 }, (_, index) => `RACER-${index}`);
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-22', '06:00:00'));
  await setUpCompany(suite.database);
  api = await startApi(suite);
  for (const id of ['HONEST', 'PROMPT', 'WORDY', 'LATE', 'EARLY', 'PAPER', 'CHEQUE', 'DRAWER', 'TOKEN', 'LINKED', ...racers]) {
    await addCustomer(suite.database, id, { limitMinor: 1_000_000 });
    invoices[id] = await openingItem(suite, id, 10_000, '2027-02-19', '2027-03-21');
  }
  // Letters are written by hand below: not before the workflows have taken the step that comes first.
  await eventually(async () => {
    const { rows } = await suite.database.query('SELECT 1 FROM invoices WHERE overdue_since IS NULL');
    return rows.length === 0;
  });
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

const keyOf = async (customerId: string): Promise<string> =>
  (await api.post('/v1/api-keys', 'admin', { name: `${customerId} buyer`, roles: ['customer'], customerId })).body.key;
const claiming = (customerId: string, rest: object = {}) => ({
  amountMinor: 10_000,
  currency: 'EUR',
  paidOn: '2027-03-20',
  invoiceIds: [invoices[customerId]],
  ...rest,
});
const claim = async (customerId: string, rest: object = {}, as = 'receivables') => {
  const claimed = await api.post(`/v1/customers/${customerId}/payment-claims`, as, claiming(customerId, rest));
  expect(claimed.status).toBe(201);
  return claimed.body;
};
const clockOf = async (id: string) => (await api.get(`/v1/documentation-clocks/${id}`, 'receivables')).body;
const letters = (customerId: string) =>
  suite.mails.filter(({ to, subject }) => to === `${customerId.toLowerCase()}@customer.example` && /overdue/.test(subject));
const notices = async (customerId: string) => {
  const { rows } = await suite.database.query<{ status: string; reason: string | null }>(
    "SELECT status, status_reason AS reason FROM notices WHERE customer_id = $1 AND kind = 'dunning' ORDER BY key",
    [customerId],
  );
  return rows;
};
const level = async (customerId: string) => {
  const { rows } = await suite.database.query<{ level: number; on: string | null }>(
    'SELECT dunning_level AS level, last_notice_on AS on FROM invoices WHERE id = $1',
    [invoices[customerId]],
  );
  return rows[0]!;
};
const tasks = async (customerId: string, kind: string) =>
  (await api.get('/v1/tasks?limit=200', 'receivables')).body.items.filter(
    (task: { customerId: string; kind: string }) => task.customerId === customerId && task.kind === kind,
  );
const letterStep = async (customerId: string): Promise<PlanStep> => {
  const { rows } = await suite.database.query<{ plan: { steps: PlanStep[] } }>('SELECT plan FROM invoices WHERE id = $1', [
    invoices[customerId],
  ]);
  return rows[0]!.plan.steps.find(({ step }) => step === 'dunning-1')!;
};
const announce = async (customerId: string) => {
  const { at } = await readClock(suite.database);
  return suite.database.transaction((tx) =>
    announcePayment(tx, {
      customerId,
      source: 'payment-claim',
      amountMinor: 10_000,
      invoiceIds: [invoices[customerId]!],
      actor: tester,
      at,
    }),
  );
};

describe('the documentation clock and letters', () => {
  it('P1: a letter and a word that come at the same moment: the letter went out, or the item is where it was', async () => {
    const { at } = await readClock(suite.database);
    await Promise.all(
      racers.flatMap((customerId, index) => {
        const write = async () => {
          const step = await letterStep(customerId);
          await suite.database.transaction((tx) => takeReceivableStep(tx, { invoiceId: invoices[customerId]!, step, at }));
          suite.delivery.deliverSoon();
        };
        return index % 2 ? [write(), announce(customerId)] : [announce(customerId), write()];
      }),
    );
    for (const customerId of racers) {
      await eventually(async () => (await notices(customerId)).every(({ status }) => status !== 'queued'));
      const sent = (await notices(customerId)).filter(({ status }) => status === 'sent').length;
      expect(await level(customerId)).toEqual({ level: sent, on: sent ? '2027-03-22' : null });
      expect(letters(customerId)).toHaveLength(sent);
    }
  });

  it('P1, P4: a letter that is written and not sent yet stays here when the customer says that it has paid', async () => {
    const { at } = await readClock(suite.database);
    const step = await letterStep('WORDY');
    // In one transaction, so that the word is there before the letter can go out.
    const clockId = await suite.database.transaction(async (tx) => {
      await takeReceivableStep(tx, { invoiceId: invoices.WORDY!, step, at });
      const { id } = await announcePayment(tx, {
        customerId: 'WORDY',
        source: 'payment-claim',
        amountMinor: 10_000,
        actor: tester,
        at,
      });
      return id;
    });
    suite.delivery.deliverSoon();
    await eventually(async () => (await notices('WORDY'))[0]?.status === 'suppressed');
    expect(await notices('WORDY')).toEqual([{ status: 'suppressed', reason: 'candidate-payment' }]);
    expect(await level('WORDY')).toEqual({ level: 0, on: null });
    // There is no such money: the letter goes out the same day after all, once, and a further word does not put it off.
    const reject = () => api.post(`/v1/documentation-clocks/${clockId}/reject`, 'receivables', { reason: 'nothing came' });
    expect(await reject()).toMatchObject({ status: 200, body: { status: 'rejected', statusReason: 'nothing came' } });
    expect((await reject()).body).toMatchObject({ type: '/problems/clock-state' });
    await eventually(async () => letters('WORDY').length === 1);
    expect(await level('WORDY')).toEqual({ level: 1, on: '2027-03-22' });
    const again = await claim('WORDY');
    expect(again.blocksUntil).toBe(again.startedAt);
  });

  it('P1, P4: money that comes and does not pay all ends the wait and not the debt: the letter that waited goes out', async () => {
    const token = await claim('TOKEN', { amountMinor: 100 });
    const linked = await claim('LINKED');
    const part = await pay(suite, 'LINKED', 4_000, invoices.LINKED!);
    expect([await notices('TOKEN'), await notices('LINKED')]).toEqual([[], []]);
    await pay(suite, 'TOKEN', 100, invoices.TOKEN!);
    const path = `/v1/documentation-clocks/${linked.id}/link`;
    expect((await api.post(path, 'receivables', { paymentId: part.paymentId })).status).toBe(200);
    expect((await clockOf(token.id)).status).toBe('documented');
    await eventually(async () => letters('TOKEN').length === 1 && letters('LINKED').length === 1);
    expect(await level('TOKEN')).toEqual({ level: 1, on: '2027-03-22' });
    expect(await level('LINKED')).toEqual({ level: 1, on: '2027-03-22' });
  });

  it('P1: a customer says that it has paid: no letter, a task after one business day, and letters again after the days of the policy', async () => {
    const own = await keyOf('HONEST');
    const { id, dueAt, blocksUntil } = await claim('HONEST', { reference: 'E2E-1' }, own);
    expect(dueAt.slice(0, 10)).toBe('2027-03-23');
    expect(blocksUntil).toBe(instant('2027-03-27', '08:00:00'));
    await suite.advanceTo(instant('2027-03-22', '12:00:00'));
    // Not even written.
    expect(await notices('HONEST')).toEqual([]);
    expect(letters('LATE')).toHaveLength(1);
    expect(await level('HONEST')).toEqual({ level: 0, on: null });
    expect(await tasks('HONEST', 'undocumented-payment')).toEqual([]);

    await suite.advanceTo(instant('2027-03-23', '12:00:00'));
    expect(await tasks('HONEST', 'undocumented-payment')).toMatchObject([{ status: 'open', details: { clockId: id } }]);
    expect(await clockOf(id)).toMatchObject({ status: 'running', escalatedAt: expect.any(String) });
    await suite.database.transaction((tx) => watchClocks(tx, { at: instant('2027-03-23', '13:00:00') }));
    expect(await tasks('HONEST', 'undocumented-payment')).toHaveLength(1);
    // What the task is about is listed with the ways on, to whoever may take them; a note alone would leave the clock running.
    const listed = async (as: string) =>
      (await api.get('/v1/documentation-clocks?customerId=HONEST&undocumented=true', as)).body.items;
    expect(await listed('receivables')).toMatchObject([{ id, actions: ['link', 'reject'] }]);
    expect(await listed('sales')).toMatchObject([{ id, actions: [] }]);
    const [{ id: taskId, actions }] = (await api.get('/v1/tasks?kind=undocumented-payment&customerId=HONEST', 'receivables')).body
      .items;
    expect(actions).toEqual(['claim']);
    expect((await api.post(`/v1/tasks/${taskId}/complete`, 'receivables', { note: 'looked' })).status).toBe(409);
  });

  it('P1: public holidays of the company’s country do not count', async () => {
    await suite.advanceTo(instant('2027-03-25', '09:00:00'));
    expect((await claim('LATE')).dueAt.slice(0, 10)).toBe('2027-03-30');
    await suite.advanceTo(instant('2027-03-26', '09:00:00'));
    const region = (holidayRegion: string | null) =>
      api.post('/v1/policies/documentation', 'finance', {
        businessDays: 1,
        holidayRegion,
        blockDays: 5,
        wordAgainAfterDays: 30,
        chequesCountFrom: 'clearing',
        chequeClearingBusinessDays: 5,
      });
    expect((await region('ATLANTIS')).body).toMatchObject({ errors: [{ path: '/holidayRegion' }] });
    expect((await region('BY')).body).toEqual({ name: 'documentation', version: 2 });
  });

  it('P1: when the days are over, the letter that waited goes out, and money that comes still ends the clock', async () => {
    await suite.advanceTo(instant('2027-03-27', '12:00:00'));
    await eventually(async () => letters('HONEST').length === 1);
    expect(await level('HONEST')).toEqual({ level: 1, on: '2027-03-27' });
    const [clock] = (await api.get('/v1/documentation-clocks?customerId=HONEST&status=lapsed', 'finance')).body.items;
    const { paymentId } = await pay(suite, 'HONEST', 10_000, invoices.HONEST!);
    expect(await clockOf(clock.id)).toMatchObject({ status: 'documented', paymentId });
    expect(await tasks('HONEST', 'undocumented-payment')).toMatchObject([{ status: 'completed' }]);
  });

  it('P1: the payment that fits ends the clock, another does not, and what is known already needs none', async () => {
    const { id } = await claim('PROMPT', { paidOn: '2027-03-26' });
    const part = await pay(suite, 'PROMPT', 4_000, invoices.PROMPT!);
    expect(await clockOf(id)).toMatchObject({ status: 'running' });
    const link = (paymentId: string) => api.post(`/v1/documentation-clocks/${id}/link`, 'receivables', { paymentId });
    expect((await link('PAY-1')).body).toMatchObject({ errors: [{ path: '/paymentId' }] });
    expect(await link(part.paymentId)).toMatchObject({ status: 200, body: { status: 'documented', paymentId: part.paymentId } });
    const { paymentId } = await pay(suite, 'EARLY', 10_000, invoices.EARLY!);
    expect(await claim('EARLY', { paidOn: '2027-03-27' })).toMatchObject({ status: 'documented', paymentId });
  });

  it('P1: a bank line of an unknown payer starts its clock once, blocks nobody and still becomes a task', async () => {
    const { at } = await readClock(suite.database);
    const start = () =>
      suite.database.transaction((tx) =>
        startDocumentationClock(tx, {
          source: 'bank-line',
          sourceId: 'LINE-1',
          customerId: null,
          currency: 'EUR',
          amountMinor: 5_000,
          paidOn: '2027-03-24',
          reference: null,
          invoiceIds: [],
          start: { on: '2027-03-24' },
          actor: tester,
          at,
        }),
      );
    const id = await start();
    expect(await start()).toBe(id);
    expect(await clockOf(id)).toMatchObject({ dueAt: instant('2027-03-25', '16:00:00') });
    await suite.database.transaction((tx) => watchClocks(tx, { at }));
    expect(await clockOf(id)).toMatchObject({ status: 'running', escalatedAt: at });
  });
});

describe('what customers may announce', () => {
  it('P1, X3: the customer’s own key for its own money; bad input is refused with every fault', async () => {
    const own = await keyOf('PAPER');
    expect((await api.post('/v1/customers/HONEST/payment-claims', own, claiming('HONEST'))).status).toBe(404);
    expect((await api.post('/v1/customers/PAPER/payment-claims', 'warehouse', claiming('PAPER'))).status).toBe(403);
    const wrong = { currency: 'USD', paidOn: '2027-05-01', invoiceIds: [invoices.HONEST] };
    const refused = await api.post('/v1/customers/PAPER/payment-claims', own, claiming('PAPER', wrong));
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      '/currency',
      '/invoiceIds/0',
      '/paidOn',
    ]);
    const { id } = (await api.get('/v1/documentation-clocks?customerId=HONEST', 'finance')).body.items[0];
    expect((await api.get(`/v1/documentation-clocks/${id}`, own)).status).toBe(404);
    expect((await api.post(`/v1/documentation-clocks/${id}/reject`, own, { reason: 'x' })).status).toBe(403);
    expect((await api.get('/v1/documentation-clocks', own)).body.items).toEqual([]);
  });

  it('P1: a remittance advice as fields or as a file starts a clock, once per key', async () => {
    const own = await keyOf('PAPER');
    const key = { 'Idempotency-Key': randomUUID() };
    const path = '/v1/customers/PAPER/remittance-advices';
    const advice = await api.post(path, own, claiming('PAPER'), key);
    expect(advice).toMatchObject({ status: 201, body: { source: 'remittance-advice', status: 'running' } });
    expect((await api.post(path, own, claiming('PAPER'), key)).body).toEqual(advice.body);
    const upload = (raw: string) =>
      api.ask('POST', `${path}/files?name=advice.pdf`, { as: own, raw, headers: { 'Content-Type': 'application/pdf' } });
    expect((await upload('not a pdf')).status).toBe(422);
    const file = await upload('%PDF-1.7 paid');
    expect(file).toMatchObject({ status: 201, body: { amountMinor: null, documentName: 'advice.pdf' } });
    const saved = await api.get(`/v1/documentation-clocks/${file.body.id}/file`, own);
    expect(saved.body.toString()).toBe('%PDF-1.7 paid');
    expect((await api.get(`/v1/documentation-clocks/${file.body.id}/file`, await keyOf('LATE'))).status).toBe(404);
  });
});

describe('cheques and direct entry', () => {
  const arrive = (customerId: string, number: string, rest: object = {}) =>
    api.post('/v1/cheques', 'receivables', {
      customerId,
      number,
      bank: 'First Bank',
      currency: 'EUR',
      amountMinor: 10_000,
      receivedOn: '2027-03-26',
      invoiceIds: [invoices[customerId]],
      ...rest,
    });
  const move = (id: string, step: string, body: object) => api.post(`/v1/cheques/${id}/${step}`, 'receivables', body);
  const clockFor = async (chequeId: string, customerId: string) =>
    (await api.get(`/v1/documentation-clocks?customerId=${customerId}`, 'finance')).body.items.find(
      ({ sourceId }: { sourceId: string }) => sourceId === chequeId,
    );

  it('P1, A3: a cheque counts from its clearing; its clock runs from its arrival and gives the bank its time', async () => {
    const before = await trialBalance(suite.database);
    const arrived = await arrive('CHEQUE', '77');
    expect(arrived).toMatchObject({ status: 201, body: { status: 'received', countsFrom: 'clearing', paymentId: null } });
    const { id } = arrived.body;
    expect((await arrive('CHEQUE', '77')).body).toMatchObject({ type: '/problems/cheque-already-received' });
    expect(await clockFor(id, 'CHEQUE')).toMatchObject({ dueAt: instant('2027-03-30', '15:00:00') });
    expect((await move(id, 'clear', { on: '2027-03-27' })).body).toMatchObject({ type: '/problems/cheque-state' });
    expect((await move(id, 'deposit', { on: '2027-03-25' })).body).toMatchObject({ errors: [{ path: '/on' }] });
    expect((await move(id, 'deposit', { on: '2027-03-27' })).body).toMatchObject({
      status: 'deposited',
      paymentId: null,
      actions: ['clear', 'bounce'],
    });
    expect(await clockFor(id, 'CHEQUE')).toMatchObject({ status: 'running', dueAt: instant('2027-04-05', '15:00:00') });
    expect(await trialBalance(suite.database)).toEqual(before);
    await suite.advanceTo(instant('2027-03-30', '12:00:00'));
    const cleared = await move(id, 'clear', { on: '2027-03-30' });
    expect(cleared.body).toMatchObject({ status: 'cleared', paymentId: expect.stringMatching(/^PAY-/) });
    expect((await move(id, 'clear', { on: '2027-03-30' })).status).toBe(409);
    expect(await clockFor(id, 'CHEQUE')).toMatchObject({ status: 'documented', paymentId: cleared.body.paymentId });
    const { rows } = await suite.database.query('SELECT open_minor AS "openMinor" FROM invoices WHERE id = $1', [
      invoices.CHEQUE,
    ]);
    expect(rows).toEqual([{ openMinor: 0 }]);
    await checkInvariants(suite.database);
  });

  it('P1: a cheque that bounces before it counted leaves no trace in the books, and a person asks for another', async () => {
    const before = await trialBalance(suite.database);
    const { id } = (await arrive('DRAWER', '1')).body;
    await move(id, 'deposit', { on: '2027-03-30' });
    const bounced = await move(id, 'bounce', { on: '2027-03-30', reason: 'no funds' });
    expect(bounced.body).toMatchObject({ status: 'bounced', bounceReason: 'no funds', paymentId: null });
    expect(await trialBalance(suite.database)).toEqual(before);
    expect(await clockFor(id, 'DRAWER')).toMatchObject({ status: 'rejected' });
    expect(await tasks('DRAWER', 'bounced-cheque')).toMatchObject([
      { status: 'open', details: { chequeId: id, paymentId: null } },
    ]);
  });

  it('P1: by another policy it counts from its deposit; when it bounces then, its receipt is taken back', async () => {
    await api.post('/v1/policies/documentation', 'finance', {
      businessDays: 1,
      holidayRegion: null,
      blockDays: 5,
      wordAgainAfterDays: 30,
      chequesCountFrom: 'deposit',
      chequeClearingBusinessDays: 5,
    });
    const { id } = (await arrive('DRAWER', '2', { receivedOn: '2027-03-30' })).body;
    const { body } = await move(id, 'deposit', { on: '2027-03-30' });
    expect(body).toMatchObject({ status: 'deposited', paymentId: expect.stringMatching(/^PAY-/) });
    expect(await clockFor(id, 'DRAWER')).toMatchObject({ status: 'documented' });
    expect((await api.post(`/v1/payments/${body.paymentId}/bounce`, 'receivables', { reason: 'no funds' })).body).toMatchObject({
      type: '/problems/paid-by-cheque',
    });
    await move(id, 'bounce', { on: '2027-03-30', reason: 'no funds' });
    const { items } = (await api.get('/v1/payments?customerId=DRAWER', 'finance')).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        id: body.paymentId,
        unappliedMinor: 0,
        reversals: [{ kind: 'bounce', amountMinor: expect.any(Number), reason: 'no funds', on: '2027-03-30' }],
      }),
    );
    expect(await tasks('DRAWER', 'bounced-cheque')).toContainEqual(
      expect.objectContaining({ details: { chequeId: id, paymentId: body.paymentId, reason: 'no funds' } }),
    );
    expect((await api.get('/v1/cheques?status=bounced', await keyOf('DRAWER'))).body.items).toHaveLength(2);
    expect((await api.get('/v1/cheques', await keyOf('PAPER'))).body.items).toEqual([]);
  });

  it('P1: money without a bank line is entered directly, and documents what was said of it', async () => {
    const { id } = (await api.get('/v1/documentation-clocks?customerId=LATE', 'finance')).body.items[0];
    const entered = await api.post('/v1/payments', 'receivables', {
      customerId: 'LATE',
      method: 'direct-entry',
      currency: 'EUR',
      amountMinor: 10_000,
      valueOn: '2027-03-30',
      invoiceIds: [invoices.LATE],
    });
    expect(entered).toMatchObject({ status: 201, body: { applications: [{ openMinor: 0 }] } });
    expect(await clockOf(id)).toMatchObject({ status: 'documented', paymentId: entered.body.paymentId });
    await checkInvariants(suite.database);
  });
});
