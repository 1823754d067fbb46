import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openByDueDate, postingTotals } from '../../db/queries/ledger.ts';
import { readClock } from '../../db/statements/company.ts';
import { inspectReturn } from '../../db/transactions/credit-return.ts';
import { addDays } from '../../domain/time.ts';
import { type Api, startApi } from '../api/client.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  exposure,
  instant,
  invoiced,
  invoicesOf,
  order,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  timeline,
  trialBalance,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';

/*
 * Goods that come back, in the real engine and through the API. Every test has a product of its own, at 100.00 and 20 % tax, that
 * cost 40.00; invoices are due in 30 days.
 */
let suite: Suite;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  api = await startApi(suite);
});
afterEach(async () => {
  await checkInvariants(suite.database);
  // The ageing of every date is the receivables account of that date (A3).
  const tomorrow = addDays((await suite.now()).slice(0, 10), 1);
  const open = (await openByDueDate(suite.database, tomorrow)).reduce((total, row) => total + row.openMinor, 0);
  const receivables = (await postingTotals(suite.database, tomorrow))
    .filter((row) => row.account === 'accounts-receivable')
    .reduce((total, row) => total + (row.side === 'debit' ? row.amountMinor : -row.amountMinor), 0);
  expect(open).toBe(receivables);
});
afterAll(async () => {
  await api?.stop();
  await suite?.stop();
});

async function sell(customerId: string, sku: string, quantity: number, stock = quantity) {
  await addProduct(suite.database, sku, 10_000).catch(() => {});
  if (stock > 0) await addStock(suite, sku, stock, 4_000);
  const orderId = await order(suite, customerId, [{ sku, quantity }]);
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  const [invoice] = await invoiced(suite, orderId);
  return { orderId, shipmentId: shipmentId!, invoice: invoice! };
}

const line = (quantity: number, reason = 'damaged', lineNumber = 1) => ({ lineNumber, quantity, reason });

async function requestReturn(shipmentId: string, quantity: number): Promise<string> {
  const requested = await api.post('/v1/returns', 'sales', { shipmentId, lines: [line(quantity)] });
  expect(requested).toMatchObject({ status: 201, body: { status: 'requested' } });
  return requested.body.returnId;
}

/** Requested, approved and received: what is left is the inspection. */
async function bringBack(shipmentId: string, quantity: number): Promise<string> {
  const returnId = await requestReturn(shipmentId, quantity);
  expect(await api.post(`/v1/returns/${returnId}/approve`, 'sales')).toMatchObject({ status: 200, body: { status: 'approved' } });
  const counted = await api.post(`/v1/returns/${returnId}/receive`, 'warehouse', { lines: [{ lineNumber: 1, quantity }] });
  expect(counted).toMatchObject({ status: 200, body: { returnId, status: 'received' } });
  return returnId;
}

const inspect = (returnId: string, restockedQuantity: number, scrappedQuantity = 0) =>
  api.post(`/v1/returns/${returnId}/inspect`, 'warehouse', { lines: [{ lineNumber: 1, restockedQuantity, scrappedQuantity }] });

async function sendBack(shipmentId: string, restocked: number, scrapped = 0) {
  const credited = await inspect(await bringBack(shipmentId, restocked + scrapped), restocked, scrapped);
  expect(credited.status).toBe(200);
  return credited.body;
}

async function stockOf(sku: string) {
  const { rows } = await suite.database.query(
    'SELECT on_hand AS "onHand", value_minor AS "valueMinor" FROM stock WHERE sku = $1',
    [sku],
  );
  return rows[0];
}

/** What has changed in the trial balance since then. */
async function booked(since: Record<string, number>): Promise<Record<string, number>> {
  const now = await trialBalance(suite.database);
  const changes = [...new Set([...Object.keys(since), ...Object.keys(now)])].map(
    (account) => [account, (now[account] ?? 0) - (since[account] ?? 0)] as const,
  );
  return Object.fromEntries(changes.filter(([, minor]) => minor !== 0));
}

describe('the whole story', () => {
  it('O4, I4: part of an order comes back, then the rest; each is credited to the cent, and the order closes', async () => {
    await addCustomer(suite.database, 'STORY', { limitMinor: 1_000_000 });
    const { orderId, shipmentId, invoice } = await sell('STORY', 'STORY-1', 10);
    expect(invoice).toMatchObject({ grossMinor: 120_000, openMinor: 120_000 });
    const before = await trialBalance(suite.database);

    const first = await sendBack(shipmentId, 3, 1);
    expect(first).toMatchObject({ grossMinor: 48_000, appliedMinor: 48_000, unappliedMinor: 0, currency: 'EUR' });
    expect(first.creditNoteId).toMatch(/^CN-2027-\d{6}$/);
    expect(await invoicesOf(suite.database, orderId)).toMatchObject([{ openMinor: 72_000, status: 'open' }]);
    // The scrapped unit stays cost of goods sold.
    expect(await booked(before)).toEqual({
      returns: 40_000,
      'tax-payable': 8_000,
      'accounts-receivable': -48_000,
      inventory: 12_000,
      'cost-of-goods-sold': -12_000,
    });
    expect(await stockOf('STORY-1')).toEqual({ onHand: 3, valueMinor: 12_000 });
    expect(await exposure(suite.database, 'STORY')).toBe(72_000);

    const pdf = await api.get(`/v1/credit-notes/${first.creditNoteId}/pdf`, 'finance');
    expect(pdf.body.subarray(0, 5).toString()).toBe('%PDF-');
    await eventually(async () => suite.mails.find((mail) => mail.subject.includes(`Return ${first.returnId}`)));
    const mail = await eventually(async () => suite.mails.find(({ subject }) => subject.includes(first.creditNoteId)));
    expect(mail).toMatchObject({
      subject: `Credit note ${first.creditNoteId}: 480.00 EUR`,
      attachments: [{ filename: `${first.creditNoteId}.pdf`, content: pdf.body }],
    });

    const second = await sendBack(shipmentId, 6);
    expect(second).toMatchObject({ grossMinor: 72_000, appliedMinor: 72_000, unappliedMinor: 0 });
    await becomes(suite, orderId, 'closed');
    expect(await suite.client.workflow.getHandle(orderId).result()).toEqual({ orderStatus: 'closed' });
    expect(await exposure(suite.database, 'STORY')).toBe(0);
    expect((await timeline(suite.database, orderId)).map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'return-requested',
        'return-approved',
        'return-received',
        'return-inspected',
        'credit-note-issued',
        'settled',
        'closed',
      ]),
    );
    expect((await api.get(`/v1/invoices/${invoice.id}`, 'finance')).body.credits).toMatchObject([
      { creditNoteId: first.creditNoteId, amountMinor: 48_000 },
      { creditNoteId: second.creditNoteId, amountMinor: 72_000 },
    ]);
    // Nothing of it was ever paid: it says nothing of how the customer pays.
    const { rows } = await suite.database.query('SELECT 1 FROM settlements WHERE invoice_id = $1 AND NOT corrects', [invoice.id]);
    expect(rows).toEqual([]);
  });

  it('O4, C3: goods that come back after payment leave a credit balance, which pays a later invoice', async () => {
    await addCustomer(suite.database, 'PAID', { limitMinor: 1_000_000 });
    const { orderId, shipmentId, invoice } = await sell('PAID', 'PAID-1', 5);
    await pay(suite, 'PAID', 60_000, invoice.id);
    await becomes(suite, orderId, 'closed');
    const before = await trialBalance(suite.database);
    const credited = await sendBack(shipmentId, 2);
    expect(credited).toMatchObject({ grossMinor: 24_000, appliedMinor: 0, unappliedMinor: 24_000 });
    expect(await booked(before)).toEqual({
      returns: 20_000,
      'tax-payable': 4_000,
      'customer-credits': -24_000,
      inventory: 8_000,
      'cost-of-goods-sold': -8_000,
    });
    expect(await exposure(suite.database, 'PAID')).toBe(-24_000);
    expect((await api.get('/v1/customers/PAID/account', 'credit')).body).toMatchObject({
      openCreditNotesMinor: 24_000,
      exposureMinor: -24_000,
      availableMinor: 1_024_000,
    });

    const later = await sell('PAID', 'PAID-2', 1);
    const path = `/v1/credit-notes/${credited.creditNoteId}/apply`;
    expect(await api.post(path, 'finance', { invoiceIds: [invoice.id] })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/invoiceIds/0', code: 'not-open' }] },
    });
    const applied = await api.post(path, 'finance', { invoiceIds: [later.invoice.id] }, { 'Idempotency-Key': 'apply-1' });
    expect(applied).toMatchObject({
      status: 200,
      body: { applications: [{ amountMinor: 12_000, openMinor: 0 }], unappliedMinor: 12_000, interestNotes: [] },
    });
    expect((await api.post(path, 'finance', { invoiceIds: [later.invoice.id] }, { 'Idempotency-Key': 'apply-1' })).body).toEqual(
      applied.body,
    );
    await becomes(suite, later.orderId, 'closed');
    expect(await exposure(suite.database, 'PAID')).toBe(-12_000);
    const last = await sell('PAID', 'PAID-3', 2);
    expect((await api.post(path, 'finance', { invoiceIds: [last.invoice.id] })).body).toMatchObject({
      applications: [{ amountMinor: 12_000, openMinor: 12_000 }],
      unappliedMinor: 0,
    });
    expect(await api.post(path, 'finance', { invoiceIds: [last.invoice.id] })).toMatchObject({
      status: 409,
      body: { type: '/problems/nothing-unapplied' },
    });
    expect((await api.get('/v1/credit-notes?customerId=PAID', 'finance')).body.items).toHaveLength(1);
  });

  it('O4: what was paid in part is settled first, and only the rest is a credit balance', async () => {
    await addCustomer(suite.database, 'SPLIT', { limitMinor: 1_000_000 });
    const { orderId, shipmentId, invoice } = await sell('SPLIT', 'SPLIT-1', 3);
    await pay(suite, 'SPLIT', 30_000, invoice.id);
    expect(await sendBack(shipmentId, 1)).toMatchObject({ grossMinor: 12_000, appliedMinor: 6_000, unappliedMinor: 6_000 });
    await becomes(suite, orderId, 'closed');
  });

  it('O4, C1: goods that were paid in advance, on two lines of one SKU, come back as a credit balance', async () => {
    await addCustomer(suite.database, 'AHEAD');
    await addProduct(suite.database, 'AHEAD-1', 3_333, '0.07');
    // Seven cost 100.00 together: no share of it is whole.
    await addStock(suite, 'AHEAD-1', 6, 1_428);
    await addStock(suite, 'AHEAD-1', 1, 1_432);
    const lines = [4, 3].map((quantity) => ({ sku: 'AHEAD-1', quantity }));
    const orderId = await order(suite, 'AHEAD', lines, { prepayment: true });
    await becomes(suite, orderId, 'awaiting-prepayment');
    const { rows } = await suite.database.query<{ number: string }>('SELECT number FROM prepayments WHERE order_id = $1', [
      orderId,
    ]);
    await pay(suite, 'AHEAD', 24_964, rows[0]!.number);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    await becomes(suite, orderId, 'closed');
    const before = await trialBalance(suite.database);
    const notes = [];
    for (const [index, quantity] of [1, 3, 3].entries()) {
      const lineNumber = index === 2 ? 2 : 1;
      const asked = { shipmentId, lines: [line(quantity, 'wrong-item', lineNumber)] };
      const { returnId } = (await api.post('/v1/returns', 'sales', asked)).body;
      await api.post(`/v1/returns/${returnId}/approve`, 'sales');
      await api.post(`/v1/returns/${returnId}/receive`, 'warehouse', { lines: [{ lineNumber, quantity }] });
      const inspected = { lines: [{ lineNumber, restockedQuantity: quantity, scrappedQuantity: 0 }] };
      notes.push((await api.post(`/v1/returns/${returnId}/inspect`, 'warehouse', inspected)).body.unappliedMinor);
    }
    // 35.66 + 106.99 + 106.99: each rounded as its own document, together the 249.64 of the invoice.
    expect(notes).toEqual([3_566, 10_699, 10_699]);
    expect(await exposure(suite.database, 'AHEAD')).toBe(-24_964);
    expect(await stockOf('AHEAD-1')).toEqual({ onHand: 7, valueMinor: 10_000 });
    expect(await booked(before)).toMatchObject({
      returns: 23_331,
      'tax-payable': 1_633,
      'customer-credits': -24_964,
      inventory: 10_000,
    });
  });
});

describe('what follows', () => {
  it('O4, C1: regression: a credit note does not release the balance', async () => {
    await addCustomer(suite.database, 'REGRESSION', { limitMinor: 120_000 });
    const { orderId, shipmentId } = await sell('REGRESSION', 'REG-1', 10, 15);
    const waiting = await order(suite, 'REGRESSION', [{ sku: 'REG-1', quantity: 5 }]);
    await becomes(suite, waiting, 'over-limit');
    await sendBack(shipmentId, 5);
    await becomes(suite, waiting, 'in-fulfilment');
    expect(await exposure(suite.database, 'REGRESSION')).toBe(120_000);
    await sendBack(shipmentId, 0, 5);
    await becomes(suite, orderId, 'closed');
  });

  it('O4, F3: restocked goods wake the back-order that waits for them', async () => {
    await addCustomer(suite.database, 'GIVER', { limitMinor: 1_000_000 });
    await addCustomer(suite.database, 'TAKER', { limitMinor: 1_000_000, backOrderAllowed: true });
    const { shipmentId } = await sell('GIVER', 'RARE', 4);
    const waiting = await order(suite, 'TAKER', [{ sku: 'RARE', quantity: 3 }]);
    await becomes(suite, waiting, 'back-ordered');
    expect(await sendBack(shipmentId, 0, 1)).toMatchObject({ wokenOrders: 0 });
    expect(await sendBack(shipmentId, 3)).toMatchObject({ wokenOrders: 1 });
    await becomes(suite, waiting, 'in-fulfilment');
  });
});

describe('once', () => {
  it('O4, X1: two inspections at once, and a payment beside them, credit once', async () => {
    await addCustomer(suite.database, 'RACE', { limitMinor: 1_000_000 });
    const { orderId, shipmentId, invoice } = await sell('RACE', 'RACE-1', 5);
    const before = await trialBalance(suite.database);
    const returnId = await bringBack(shipmentId, 2);
    const [payment, ...inspections] = await Promise.all([
      pay(suite, 'RACE', 60_000, invoice.id),
      ...[1, 2, 3].map(() => inspect(returnId, 2)),
    ]);
    expect(inspections.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
    const credited = inspections.find(({ status }) => status === 200)!.body;
    // Whoever came first: 840.00 was for an invoice of 600.00.
    expect(credited.unappliedMinor + payment.unappliedMinor).toBe(24_000);
    expect(await exposure(suite.database, 'RACE')).toBe(-24_000);
    await becomes(suite, orderId, 'closed');
    const changes = await booked(before);
    expect(changes.returns).toBe(20_000);
    expect(changes.inventory).toBe(8_000);
    expect(await stockOf('RACE-1')).toEqual({ onHand: 2, valueMinor: 8_000 });
  });

  it('O4, X1: returns of one shipment that are requested, and inspected, at once share its units and its tax', async () => {
    await addCustomer(suite.database, 'TWINS', { limitMinor: 1_000_000 });
    const { orderId, shipmentId } = await sell('TWINS', 'TWINS-1', 4);
    const wanted = { shipmentId, lines: [line(2)] };
    const asked = await Promise.all([1, 2, 3].map(() => api.post('/v1/returns', 'sales', wanted)));
    expect(asked.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 201, 422]);
    const returnIds: string[] = asked.flatMap(({ status, body }) => (status === 201 ? [body.returnId] : []));
    for (const returnId of returnIds) {
      await api.post(`/v1/returns/${returnId}/approve`, 'sales');
      await api.post(`/v1/returns/${returnId}/receive`, 'warehouse', { lines: [{ lineNumber: 1, quantity: 2 }] });
    }
    const credited = await Promise.all(returnIds.map((returnId) => inspect(returnId, 2)));
    expect(credited.map(({ body }) => body.appliedMinor)).toEqual([24_000, 24_000]);
    await becomes(suite, orderId, 'closed');
    expect(await stockOf('TWINS-1')).toEqual({ onHand: 4, valueMinor: 16_000 });
  });

  it('O3, O4: the same keys twice do everything once', async () => {
    await addCustomer(suite.database, 'REPEAT', { limitMinor: 1_000_000 });
    const { shipmentId } = await sell('REPEAT', 'REPEAT-1', 2);
    const twice = async (path: string, as: string, body?: unknown) => {
      const [one, other] = await Promise.all(
        [1, 2].map(() => api.post(path, as, body, { 'Idempotency-Key': path.replaceAll('/', '.') })),
      );
      expect(one!.body).toEqual(other!.body);
      return one!.body;
    };
    const { returnId } = await twice('/v1/returns', 'sales', { shipmentId, lines: [line(2)] });
    await twice(`/v1/returns/${returnId}/approve`, 'sales');
    await twice(`/v1/returns/${returnId}/receive`, 'warehouse', { lines: [{ lineNumber: 1, quantity: 2 }] });
    const lines = [{ lineNumber: 1, restockedQuantity: 1, scrappedQuantity: 1 }];
    expect(await twice(`/v1/returns/${returnId}/inspect`, 'warehouse', { lines })).toMatchObject({ grossMinor: 24_000 });
    const { rows } = await suite.database.query('SELECT 1 FROM credit_notes WHERE return_id = $1', [returnId]);
    expect(rows).toHaveLength(1);
  });

  it('I4: a credit note that fails takes no number', async () => {
    await addCustomer(suite.database, 'GAPLESS', { limitMinor: 1_000_000 });
    const { shipmentId } = await sell('GAPLESS', 'GAPLESS-1', 1);
    const returnId = await bringBack(shipmentId, 1);
    const lines = [{ lineNumber: 1, restockedQuantity: 1, scrappedQuantity: 0 }];
    const { at, offsetMs } = await readClock(suite.database);
    const failing = suite.database.transaction(async (tx) => {
      await inspectReturn(tx, { returnId, lines, actor: tester, at, offsetMs });
      throw new Error('the process dies here');
    });
    await expect(failing).rejects.toThrow('dies here');
    await checkInvariants(suite.database);
    expect((await inspect(returnId, 1)).status).toBe(200);
  });
});

describe('bad input', () => {
  it('O4: over-returns and nonsense are refused with their paths, and nothing is half-done', async () => {
    await addCustomer(suite.database, 'BAD', { limitMinor: 1_000_000 });
    const { shipmentId, orderId } = await sell('BAD', 'BAD-1', 3);
    const ask = async (body: unknown) => {
      const { status, body: answered } = await api.post('/v1/returns', 'sales', body);
      return [status, ...(answered.errors ?? []).map((one: { path: string }) => one.path)];
    };
    expect(await ask({ shipmentId, lines: [line(4)] })).toEqual([422, '/lines/0/quantity']);
    expect(await ask({ shipmentId, lines: [line(1, 'damaged', 2)] })).toEqual([422, '/lines/0/lineNumber']);
    expect(await ask({ shipmentId, lines: [] })).toEqual([400, '/lines']);
    expect(await ask({ shipmentId, lines: [line(1), line(1)] })).toEqual([400, '/lines']);
    expect(await ask({ shipmentId, lines: [line(0, 'no reason')] })).toEqual([400, '/lines/0/quantity', '/lines/0/reason']);
    expect(await ask({ shipmentId: 'SHP-NONE', lines: [line(1)] })).toEqual([404]);
    expect(await api.post('/v1/returns', 'sales', { shipmentId, lines: [line(1)] }, { 'Idempotency-Key': '' })).toMatchObject({
      status: 400,
    });

    const returnId = await requestReturn(shipmentId, 2);
    expect(await ask({ shipmentId, lines: [line(2)] })).toEqual([422, '/lines/0/quantity']);
    const receive = (quantity: number) =>
      api.post(`/v1/returns/${returnId}/receive`, 'warehouse', { lines: [{ lineNumber: 1, quantity }] });
    expect(await receive(1)).toMatchObject({ status: 409, body: { type: '/problems/return-state' } });
    expect((await api.post(`/v1/returns/${returnId}/approve`, 'sales')).status).toBe(200);
    expect((await api.post(`/v1/returns/${returnId}/approve`, 'sales')).status).toBe(409);
    expect(await receive(3)).toMatchObject({ status: 422, body: { errors: [{ path: '/lines/0/quantity' }] } });
    expect(await receive(0)).toMatchObject({ status: 422, body: { errors: [{ code: 'nothing-received' }] } });
    expect((await inspect(returnId, 2)).status).toBe(409);
    expect((await receive(1)).status).toBe(200);
    expect(await inspect(returnId, 2)).toMatchObject({ status: 422, body: { errors: [{ path: '/lines/0', code: 'units' }] } });
    expect((await api.post(`/v1/returns/${returnId}/cancel`, 'sales', { reason: 'too late' })).status).toBe(409);
    expect((await inspect(returnId, 1)).body).toMatchObject({ grossMinor: 12_000 });
    // One of two came: the other may come another time, and one that was refused or cancelled too.
    const refused = await requestReturn(shipmentId, 2);
    expect((await api.post(`/v1/returns/${refused}/refuse`, 'sales', { reason: 'worn' })).status).toBe(200);
    await eventually(async () => suite.mails.some(({ subject, text }) => subject.includes(refused) && text.includes('worn')));
    const cancelled = await requestReturn(shipmentId, 2);
    expect((await api.post(`/v1/returns/${cancelled}/cancel`, 'sales', { reason: 'kept' })).status).toBe(200);
    expect(await sendBack(shipmentId, 2)).toMatchObject({ grossMinor: 24_000 });
    await becomes(suite, orderId, 'closed');
    for (const path of ['/v1/returns/RMA-NONE', '/v1/credit-notes/CN-NONE', '/v1/credit-notes/CN-NONE/pdf']) {
      expect((await api.get(path, 'sales')).status).toBe(404);
    }
    expect((await api.post('/v1/returns/RMA-NONE/approve', 'sales')).status).toBe(404);
    expect((await api.post('/v1/credit-notes/CN-NONE/apply', 'finance', { invoiceIds: ['X'] })).status).toBe(404);
  });

  it('O4: what has not left cannot come back', async () => {
    await addCustomer(suite.database, 'EARLY', { limitMinor: 1_000_000 });
    await addProduct(suite.database, 'EARLY-1', 10_000);
    await addStock(suite, 'EARLY-1', 1, 4_000);
    const orderId = await order(suite, 'EARLY', [{ sku: 'EARLY-1', quantity: 1 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    expect(await api.post('/v1/returns', 'sales', { shipmentId, lines: [line(1)] })).toMatchObject({
      status: 409,
      body: { type: '/problems/not-shipped' },
    });
  });

  it('X3, O4: a customer returns its own goods; those of others do not exist for it', async () => {
    await addCustomer(suite.database, 'MINE', { limitMinor: 1_000_000 });
    await addCustomer(suite.database, 'THEIRS', { limitMinor: 1_000_000 });
    const keys = await Promise.all(
      ['MINE', 'THEIRS'].map(async (customerId) => {
        const made = await api.post('/v1/api-keys', 'admin', { name: 'buyer', roles: ['customer'], customerId });
        return made.body.key as string;
      }),
    );
    const [mine, theirs] = keys as [string, string];
    const { shipmentId, orderId } = await sell('MINE', 'MINE-1', 2);
    const body = { shipmentId, lines: [line(1, 'not-needed')], note: 'unopened' };
    expect((await api.post('/v1/returns', theirs, body)).status).toBe(404);
    const { returnId } = (await api.post('/v1/returns', mine, body)).body;
    expect((await api.get(`/v1/returns/${returnId}`, mine)).body).toMatchObject({
      orderId,
      note: 'unopened',
      status: 'requested',
    });
    expect((await api.get(`/v1/returns?orderId=${orderId}`, mine)).body.items).toHaveLength(1);
    expect((await api.get(`/v1/returns/${returnId}`, theirs)).status).toBe(404);
    expect((await api.get('/v1/returns', theirs)).body.items).toEqual([]);
    expect((await api.get('/v1/returns?customerId=MINE', theirs)).status).toBe(404);
    expect((await api.post(`/v1/returns/${returnId}/cancel`, theirs, { reason: 'not mine' })).status).toBe(404);
    expect((await api.post(`/v1/returns/${returnId}/approve`, mine)).status).toBe(403);
    expect((await api.post(`/v1/returns/${returnId}/cancel`, mine, { reason: 'kept' })).body.status).toBe('cancelled');
  });
});

describe('an overdue invoice', () => {
  it('O4, P3, P5: its credit note lifts the hold, and interest is for what was really owed', async () => {
    await addCustomer(suite.database, 'LATE', { limitMinor: 1_000_000 });
    const kept = await sell('LATE', 'LATE-1', 10);
    const gone = await sell('LATE', 'LATE-2', 1);
    expect(kept.invoice.dueOn).toBe('2027-03-31');
    await suite.advanceTo(instant('2027-04-10'));
    const account = async () => (await api.get('/v1/customers/LATE/account', 'credit')).body;
    expect(await account()).toMatchObject({ onHold: true, overdueMinor: 132_000 });
    await sendBack(kept.shipmentId, 4);
    expect(await account()).toMatchObject({ onHold: true, overdueMinor: 84_000 });
    // 720.00 of 1,200.00 was owed: ten days of it at 11 % a year, as if the rest had never been billed.
    const { interestNotes } = await pay(suite, 'LATE', 72_000, kept.invoice.id);
    const notes = await suite.database.query('SELECT gross_minor AS "grossMinor" FROM invoices WHERE id = ANY ($1)', [
      interestNotes,
    ]);
    expect(notes.rows).toEqual([{ grossMinor: 217 }]);
    expect(await sendBack(gone.shipmentId, 1)).toMatchObject({ appliedMinor: 12_000, onHold: false });
    const { rows } = await suite.database.query("SELECT on_hold_since AS since FROM credit_accounts WHERE customer_id = 'LATE'");
    expect(rows).toEqual([{ since: null }]);
    expect(await account()).toMatchObject({ onHold: false, openReceivablesMinor: 217 });
    await becomes(suite, gone.orderId, 'closed');
    const interest = await suite.database.query(
      "SELECT 1 FROM invoices WHERE kind = 'interest-note' AND corrects_invoice_id = $1",
      [gone.invoice.id],
    );
    expect(interest.rows).toEqual([]);
  });
});
