import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase, type Transaction } from '../../db/client.ts';
import { readEInvoice } from '../../db/queries/e-invoices.ts';
import { readClock } from '../../db/statements/company.ts';
import { confirmDelivery } from '../../db/transactions/confirm-delivery.ts';
import { holdOff } from '../../db/transactions/hold-off.ts';
import { promisePayment } from '../../db/transactions/promise-payment.ts';
import { recordTracking } from '../../db/transactions/record-tracking.ts';
import { runDueJobs } from '../../db/transactions/run-job.ts';
import { decideWriteOff, proposeWriteOff } from '../../db/transactions/write-off.ts';
import { defaultDunningPolicy } from '../../domain/dunning.ts';
import type { Invoicing } from '../../domain/invoice-run.ts';
import { addDays, dayOfWeek, fromMillis } from '../../domain/time.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  becomes,
  exposure,
  instant,
  invoiced,
  invoicesOf,
  order,
  orderStatus,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  timeline,
  trialBalance,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/*
 * Customers that are invoiced by period, on the company clock: it begins on Monday 1 March 2027 and each story carries it on. A UNIT
 * costs 100.00 and 20 % tax, a PENNY 0.25 and 10 %: half a cent of tax on each.
 */
let suite: Suite;
let owner: Database;
let api: Api;
const mondays: Invoicing = { kind: 'consolidated', every: 'week', weekday: 1 };
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  api = await startApi(suite);
  owner = openDatabase({ url: suite.databaseUrl, maxConnections: 2 });
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'UNIT', 10_000);
  await addProduct(suite.database, 'PENNY', 25, '0.10');
  await addStock(suite, 'UNIT', 1_000, 4_000);
  await addStock(suite, 'PENNY', 1_000, 1);
});
afterAll(async () => {
  await owner?.close();
  await api?.stop();
  await suite?.stop();
});

async function customer(id: string, invoicing: Invoicing = mondays): Promise<void> {
  await addCustomer(suite.database, id, { limitMinor: 100_000_000, backOrderAllowed: true });
  await suite.database.query('UPDATE customers SET invoicing = $2 WHERE id = $1', [id, JSON.stringify(invoicing)]);
}

/** An order that has left. */
async function sent(customerId: string, lines: Parameters<typeof order>[2], rest: Parameters<typeof order>[3] = {}) {
  const orderId = await order(suite, customerId, lines, rest);
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  await eventually(async () => {
    const { rows } = await suite.database.query<{ status: string }>('SELECT status FROM shipments WHERE id = $1', [shipmentId]);
    return rows[0]!.status === 'shipped';
  });
  return { orderId, shipmentId: shipmentId! };
}

async function runJobs() {
  const at = await suite.now();
  const ran = await runDueJobs(suite.database, { at });
  suite.delivery.deliverSoon();
  return ran;
}

const workflowResult = (orderId: string) => suite.client.workflow.getHandle(orderId).result();
const runsOf = (customerId: string, rest: object = {}) => api.post('/v1/invoice-runs', 'receivables', { customerId, ...rest });
const taskOf = async (kind: string) =>
  (
    await suite.database.query<{ customerId: string; status: string }>(
      'SELECT customer_id AS "customerId", status FROM tasks WHERE kind = $1 ORDER BY id',
      [kind],
    )
  ).rows;

describe('the invoicing of a customer', () => {
  const details = {
    name: 'Policy',
    email: 'policy@customer.example',
    billingAddress: address,
    currency: 'EUR',
    terms: { kind: 'net', days: 30 },
  };
  const save = (invoicing?: object) =>
    api.put('/v1/customers/POLICY', 'sales', { ...details, ...(invoicing ? { invoicing } : {}) });

  it('I1: is by shipment unless it is said otherwise, and refuses what is no period', async () => {
    expect((await save()).body.invoicing).toEqual({ kind: 'per-shipment' });
    for (const wrong of [
      { kind: 'consolidated' },
      { kind: 'consolidated', every: 'week', weekday: 8 },
      { kind: 'consolidated', every: 'month', day: 29 },
      { kind: 'consolidated', every: 'month', weekday: 1 },
      { kind: 'sometimes' },
    ]) {
      expect(await save(wrong)).toMatchObject({
        status: 400,
        body: { errors: [{ path: expect.stringMatching(/^\/invoicing/) }] },
      });
    }
    expect((await save(mondays)).body).toMatchObject({ invoicing: mondays, version: 2 });
  });

  it('I1: an order keeps the one that it was accepted under', async () => {
    await customer('KEEPS');
    const orderId = await order(suite, 'KEEPS', [{ sku: 'UNIT', quantity: 1 }]);
    await suite.database.query(`UPDATE customers SET invoicing = '{"kind": "per-shipment"}' WHERE id = 'KEEPS'`);
    expect((await api.get(`/v1/orders/${orderId}`, 'sales')).body.invoicing).toEqual(mondays);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    await becomes(suite, orderId, 'shipped');
    expect(await invoicesOf(suite.database, orderId)).toEqual([]);
  });
});

describe('a week of shipments', () => {
  const one = { orderId: '', shipmentId: '' };
  const two = { orderId: '', shipmentId: '' };
  const three = { orderId: '', shipmentId: '' };
  let invoiceId = '';
  const read = async () => (await api.get(`/v1/invoices/${invoiceId}`, 'receivables')).body;

  it('I1, C3, A3: goods that left are earned and not billed, hold their exposure, and nobody misses an invoice', async () => {
    await customer('WEEKLY');
    const before = await trialBalance(suite.database);
    Object.assign(
      one,
      await sent(
        'WEEKLY',
        [
          { sku: 'UNIT', quantity: 3 },
          { sku: 'PENNY', quantity: 1 },
        ],
        { externalReference: 'PO 1' },
      ),
    );
    Object.assign(two, await sent('WEEKLY', [{ sku: 'PENNY', quantity: 1 }]));
    for (const { orderId } of [one, two]) await becomes(suite, orderId, 'shipped');
    const after = await trialBalance(suite.database);
    expect(after['unbilled-receivables']! - (before['unbilled-receivables'] ?? 0)).toBe(30_050);
    expect(after.revenue! - (before.revenue ?? 0)).toBe(-30_050);
    expect(await exposure(suite.database, 'WEEKLY')).toBe(36_028 + 28);
    await suite.advanceTo(instant('2027-03-07', '12:00:00'));
    expect(await invoicesOf(suite.database, one.orderId)).toEqual([]);
    expect(await taskOf('unbilled-shipment')).toEqual([]);
    await checkInvariants(suite.database);
  });

  it('I1: a dry run says what would be billed and bills nothing; what is wrong with a run is said by field', async () => {
    const dry = await runsOf('WEEKLY', { through: '2027-03-07', dryRun: true });
    expect(dry).toMatchObject({
      status: 200,
      body: {
        dryRun: true,
        more: false,
        // Taxes are rounded once: 20 % of 300.00 and 10 % of 0.50.
        invoices: [
          { invoiceId: null, netMinor: 30_050, taxMinor: 6_005, grossMinor: 36_055, from: '2027-03-01', to: '2027-03-07' },
        ],
      },
    });
    expect(dry.body.invoices[0].shipmentIds).toEqual([one.shipmentId, two.shipmentId]);
    expect((await runsOf('WEEKLY')).body.invoices).toEqual([]);
    expect(await invoicesOf(suite.database, one.orderId)).toEqual([]);
    expect(await runsOf('NOBODY')).toMatchObject({ status: 422, body: { errors: [{ path: '/customerId' }] } });
    expect(await runsOf('WEEKLY', { through: '2027-03-09' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/through' }] },
    });
    expect((await api.post('/v1/invoice-runs', 'warehouse', { customerId: 'WEEKLY' })).status).toBe(403);
  });

  it('I1, I2, C3: the run of Monday bills them on one invoice, once, and mails it once; what left that day waits', async () => {
    await suite.advanceTo(instant('2027-03-08', '00:30:00'));
    Object.assign(three, await sent('WEEKLY', [{ sku: 'UNIT', quantity: 1 }]));
    await suite.advanceTo(instant('2027-03-08', '08:00:00'));
    const [invoice] = await invoiced(suite, one.orderId);
    invoiceId = invoice!.id;
    expect(invoice).toMatchObject({ grossMinor: 36_055, openMinor: 36_055, issuedOn: '2027-03-08', dueOn: '2027-04-07' });
    expect(await invoicesOf(suite.database, two.orderId)).toEqual([invoice]);
    expect(await invoicesOf(suite.database, three.orderId)).toEqual([]);
    for (const { orderId } of [one, two]) await becomes(suite, orderId, 'invoiced');
    expect(await exposure(suite.database, 'WEEKLY')).toBe(36_055 + 12_000);
    expect((await timeline(suite.database, two.orderId)).at(-1)).toMatchObject({ action: 'invoiced', actor: 'system' });
    await runJobs();
    expect((await runsOf('WEEKLY')).body.invoices).toEqual([]);
    expect(await invoicesOf(suite.database, one.orderId)).toHaveLength(1);
    const mailed = () => suite.mails.filter(({ subject }) => subject.includes(invoiceId));
    await eventually(async () => mailed().length === 1);
    expect(mailed()[0]!.text).toContain('for what we supplied from 2027-03-01 to 2027-03-07');
    await checkInvariants(suite.database);
  });

  it('I2, A2: it names for each line the order and the shipment, and every hop of each is as agreed', async () => {
    const invoice = await read();
    expect(invoice).toMatchObject({
      orderId: null,
      shipmentId: null,
      facts: { period: { from: '2027-03-01', to: '2027-03-07' } },
    });
    expect(
      invoice.lines.map((line: { lineNumber: number; sku: string; origin: object }) => [line.lineNumber, line.sku, line.origin]),
    ).toEqual([
      [1, 'UNIT', { ...one, orderLineNumber: 1 }],
      [2, 'PENNY', { ...one, orderLineNumber: 2 }],
      [3, 'PENNY', { ...two, orderLineNumber: 1 }],
    ]);
    expect(invoice.taxes).toMatchObject([
      { rate: '0.20', taxMinor: 6_000 },
      { rate: '0.10', baseMinor: 50, taxMinor: 5 },
    ]);
    const { body } = await api.get(`/v1/invoices/${invoiceId}/breakdown`, 'receivables');
    expect(body.findings).toEqual([]);
    const fields = body.provenance.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(expect.arrayContaining(['/lines/3/quantity', `/${two.shipmentId}/shippedOn`, '/grossMinor']));
    expect(new Set(fields).size).toBe(fields.length);
    expect((await api.get(`/v1/invoices/${invoiceId}/review`, 'receivables')).body).toMatchObject({
      order: null,
      shipment: null,
    });
    expect((await api.get(`/v1/invoices/${invoiceId}/pdf`, 'receivables')).status).toBe(200);
    expect(await readEInvoice(suite.database, invoiceId)).toMatchObject({
      orderId: null,
      shippedOn: null,
      period: { from: '2027-03-01', to: '2027-03-07' },
      shipTo: address,
      lines: [
        { origin: { order: 'PO 1', shipmentId: one.shipmentId, orderLineNumber: 1 } },
        { origin: { order: 'PO 1', orderLineNumber: 2 } },
        { origin: { order: two.orderId, shipmentId: two.shipmentId, orderLineNumber: 1 } },
      ],
    });
  });

  it('A2: what is wrong with a line is found on its own line of the whole', async () => {
    await owner.query("UPDATE shipment_lines SET sku = 'UNIT' WHERE shipment_id = $1", [two.shipmentId]);
    const { body } = await api.get(`/v1/invoices/${invoiceId}/breakdown`, 'receivables');
    await owner.query("UPDATE shipment_lines SET sku = 'PENNY' WHERE shipment_id = $1", [two.shipmentId]);
    expect(body.findings.map(({ field }: { field: string }) => field)).toContain('/lines/3/sku');
    expect(body.findings.filter(({ field }: { field: string }) => /^\/lines\/[12]\//.test(field))).toEqual([]);
  });

  it('A5, I4: a line of it is disputed, and the dispute upheld with a credit note by line', async () => {
    const lines = [{ lineNumber: 1, quantity: 1 }];
    const raised = await api.post(`/v1/invoices/${invoiceId}/disputes`, 'receivables', {
      reason: 'quantity-error',
      note: 'one is missing',
      lines,
    });
    expect(raised).toMatchObject({ status: 201, body: { disputedMinor: 12_000 } });
    expect((await api.get(`/v1/disputes/${raised.body.disputeId}`, 'receivables')).body.orderId).toBeNull();
    const answer = { decision: 'uphold', note: 'right' };
    const upheld = await api.post(`/v1/disputes/${raised.body.disputeId}/resolve`, 'receivables', answer);
    expect(upheld.status).toBe(200);
    expect(await read()).toMatchObject({ openMinor: 24_055, disputedMinor: 0 });
    await checkInvariants(suite.database);
  });

  it('O4, I4: a unit that stands on it comes back, named by its line of the shipment, and is credited', async () => {
    const ask = (shipmentId: string, lineNumber: number) =>
      api.post('/v1/returns', 'sales', { shipmentId, lines: [{ lineNumber, quantity: 1, reason: 'damaged' }] });
    expect(await ask(three.shipmentId, 1)).toMatchObject({ status: 409 });
    // On the invoice it is the third line, and what is the first there is of another shipment.
    expect(await ask(two.shipmentId, 3)).toMatchObject({ status: 422, body: { errors: [{ path: '/lines/0/lineNumber' }] } });
    const { body } = await ask(two.shipmentId, 1);
    const { lines: asked } = (await api.get(`/v1/returns/${body.returnId}`, 'sales')).body;
    expect(asked).toMatchObject([{ lineNumber: 3, sku: 'PENNY', quantity: 1 }]);
    await api.post(`/v1/returns/${body.returnId}/approve`, 'sales');
    await api.post(`/v1/returns/${body.returnId}/receive`, 'warehouse', { lines: [{ lineNumber: 3, quantity: 1 }] });
    const lines = [{ lineNumber: 3, restockedQuantity: 1, scrappedQuantity: 0 }];
    const credited = await api.post(`/v1/returns/${body.returnId}/inspect`, 'warehouse', { lines });
    // Of the 5 cents of tax on both, one line alone takes back half, rounded; the other gives back what is left.
    expect(credited).toMatchObject({ status: 200, body: { status: 'credited', grossMinor: 28 } });
    expect((await read()).openMinor).toBe(24_027);
    expect(await readEInvoice(suite.database, credited.body.creditNoteId)).toMatchObject({
      preceding: { invoiceId },
      lines: [{ origin: { order: two.orderId, shipmentId: two.shipmentId } }],
    });
    expect((await api.get(`/v1/credit-notes/${credited.body.creditNoteId}/pdf`, 'receivables')).status).toBe(200);
    expect((await api.get(`/v1/credit-notes/${credited.body.creditNoteId}`, 'receivables')).body.orderId).toBe(two.orderId);
    await checkInvariants(suite.database);
  });

  it('P1, O4: a part payment leaves its orders open, the rest closes all of them and ends their workflows', async () => {
    await pay(suite, 'WEEKLY', 20_000, invoiceId);
    expect(await orderStatus(suite.database, one.orderId)).toBe('invoiced');
    await pay(suite, 'WEEKLY', 4_027, invoiceId);
    for (const { orderId } of [one, two]) expect(await workflowResult(orderId)).toEqual({ orderStatus: 'closed' });
    await suite.client.workflow.getHandle(`receivable:${invoiceId}`).result();
    expect(await orderStatus(suite.database, three.orderId)).toBe('shipped');
    await checkInvariants(suite.database);
  });
});

describe('what goes on one invoice', () => {
  it('I1, I2: orders with other terms are billed apart, those paid in advance at once, and D-terms with the delivery', async () => {
    await customer('MIXED');
    const plain = await sent('MIXED', [{ sku: 'UNIT', quantity: 1 }]);
    const onItsWay = await sent('MIXED', [{ sku: 'UNIT', quantity: 2 }], { deliveryTerms: 'DAP' });
    const prepaid = await order(suite, 'MIXED', [{ sku: 'UNIT', quantity: 1 }], { prepayment: true });
    await becomes(suite, prepaid, 'awaiting-prepayment');
    const { rows } = await suite.database.query<{ number: string }>('SELECT number FROM prepayments WHERE order_id = $1', [
      prepaid,
    ]);
    await pay(suite, 'MIXED', 12_000, rows[0]!.number);
    const [shipmentId] = await shipmentsInWork(suite, prepaid);
    await pickAndPack(suite, prepaid, shipmentId!);
    expect(await invoiced(suite, prepaid)).toMatchObject([{ openMinor: 0 }]);
    await suite.database.query(
      `UPDATE customers SET terms = '{"kind": "net", "days": 10, "discounts": [{"rate": "0.02", "days": 5}]}' WHERE id = 'MIXED'`,
    );
    const early = await sent('MIXED', [{ sku: 'UNIT', quantity: 4 }]);
    const today = (await suite.now()).slice(0, 10);

    const { body } = await runsOf('MIXED', { through: today });
    expect(
      body.invoices.map(({ orderIds, grossMinor }: { orderIds: string[]; grossMinor: number }) => [orderIds, grossMinor]),
    ).toEqual([
      [[plain.orderId], 12_000],
      [[early.orderId], 48_000],
    ]);
    expect((await pay(suite, 'MIXED', 47_040, body.invoices[1].invoiceId)).applications).toMatchObject([
      { discountMinor: 960, openMinor: 0 },
    ]);
    expect(await workflowResult(early.orderId)).toEqual({ orderStatus: 'closed' });
    // One of its four units was paid with a quarter of the discount.
    const less = await api.post(`/v1/invoices/${body.invoices[1].invoiceId}/credit`, 'receivables', {
      reason: 'quantity-error',
      lines: [{ lineNumber: 1, quantity: 1 }],
    });
    expect(less).toMatchObject({ status: 201, body: { creditedMinor: 12_000 - 240 } });
    expect(await invoicesOf(suite.database, onItsWay.orderId)).toEqual([]);
    const at = await suite.now();
    await suite.database.transaction((tx) => confirmDelivery(tx, { shipmentId: onItsWay.shipmentId, actor: tester, at }));
    suite.delivery.deliverSoon();
    const delivered = await runsOf('MIXED', { through: today });
    expect(delivered.body.invoices).toMatchObject([{ orderIds: [onItsWay.orderId], deliveryTerms: 'DAP', grossMinor: 24_000 }]);
    await becomes(suite, onItsWay.orderId, 'invoiced');
    await checkInvariants(suite.database);
  });

  it('I1, P4, O5: orders that name a dunning policy are billed apart, the others by the customer’s; a revised one by that of its day', async () => {
    const { name: _name, version: _version, holdMinimumMinor: _hold, ...company } = defaultDunningPolicy;
    for (const code of ['STRICT', 'GENTLE']) {
      expect((await api.post(`/v1/policies/dunning/${code}`, 'finance', company)).status).toBe(201);
    }
    await customer('DUNNED');
    const dunnedBy = (code: string | null) =>
      suite.database.query("UPDATE customers SET dunning_policy = $1 WHERE id = 'DUNNED'", [code]);
    await dunnedBy('STRICT');
    const lines = [{ sku: 'UNIT', quantity: 1 }];
    const one = await sent('DUNNED', lines);
    const named = await sent('DUNNED', lines, { dunningPolicy: 'GENTLE' });
    const two = await sent('DUNNED', lines);
    const { body } = await runsOf('DUNNED', { through: (await suite.now()).slice(0, 10) });
    expect(body.invoices.map(({ orderIds }: { orderIds: string[] }) => orderIds)).toEqual([
      [one.orderId, two.orderId],
      [named.orderId],
    ]);
    const [byCustomer, byOrder] = body.invoices.map(({ invoiceId }: { invoiceId: string }) => invoiceId);
    const plan = async (id: string) => (await api.get(`/v1/invoices/${id}/dunning`, 'receivables')).body;
    expect(await plan(byCustomer)).toMatchObject({ policy: 'STRICT', assignedBy: 'customer' });
    expect(await plan(byOrder)).toMatchObject({ policy: 'GENTLE', assignedBy: 'invoice' });
    await suite.database.query('UPDATE invoices SET overdue_since = at WHERE id = $1', [byCustomer]);
    for (const [{ orderId }, stage] of [
      [two, 'collections'],
      [named, 'receivables'],
    ] as const) {
      const { lane } = (await api.get(`/v1/orders/${orderId}/standing`, 'sales')).body;
      expect(lane, orderId).toContainEqual({ stage, state: 'now' });
    }
    await suite.database.query('UPDATE invoices SET overdue_since = NULL WHERE id = $1', [byCustomer]);
    await dunnedBy(null);
    const anew = async (id: string) =>
      (
        await api.post(`/v1/invoices/${id}/credit-and-reissue`, 'receivables', {
          reason: 'price-error',
          lines: [{ lineNumber: 1, unitPriceMinor: 9_000 }],
        })
      ).body.revisedInvoiceId;
    expect(await plan(await anew(byCustomer))).toMatchObject({ policy: null, assignedBy: 'company' });
    expect(await plan(await anew(byOrder))).toMatchObject({ policy: 'GENTLE', assignedBy: 'invoice' });
    await checkInvariants(suite.database);
  });

  it('I1: an order that ships in parts stands on the invoice of each period', async () => {
    await customer('PARTS');
    await addProduct(suite.database, 'RARE', 10_000);
    await addStock(suite, 'RARE', 1, 4_000);
    const { orderId } = await sent('PARTS', [{ sku: 'RARE', quantity: 2 }]);
    const today = (await suite.now()).slice(0, 10);
    await runsOf('PARTS', { through: today });
    expect(await orderStatus(suite.database, orderId)).toBe('back-ordered');
    await addStock(suite, 'RARE', 1, 4_000);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    await becomes(suite, orderId, 'shipped');
    await runsOf('PARTS', { through: today });
    const invoices = await invoiced(suite, orderId, 2);
    await becomes(suite, orderId, 'invoiced');
    await pay(suite, 'PARTS', 12_000, invoices[0]!.id);
    expect(await orderStatus(suite.database, orderId)).toBe('invoiced');
    await pay(suite, 'PARTS', 12_000, invoices[1]!.id);
    expect(await workflowResult(orderId)).toEqual({ orderStatus: 'closed' });
    await checkInvariants(suite.database);
  });
});

describe('goods that are lost on their way', () => {
  it('S3, I1: are credited once they are billed, by their line, and not before', async () => {
    await customer('LOST');
    const first = await sent('LOST', [{ sku: 'UNIT', quantity: 1 }]);
    const lost = await sent('LOST', [{ sku: 'UNIT', quantity: 2 }]);
    const { rows } = await suite.database.query<{ carrier: string; trackingNumber: string }>(
      'SELECT carrier, tracking_number AS "trackingNumber" FROM shipments WHERE id = $1',
      [lost.shipmentId],
    );
    const { carrier, trackingNumber } = rows[0]!;
    const at = await suite.now();
    const event = { eventId: `${trackingNumber}-lost`, trackingNumber, kind: 'lost' as const, occurredAt: at };
    await suite.database.transaction((tx) => recordTracking(tx, { carrier, events: [event], at }));
    const credit = () =>
      api.post(`/v1/shipments/${lost.shipmentId}/resolution`, 'shipping', {
        decision: 'credit',
        lines: [{ lineNumber: 1, quantity: 2 }],
        reason: 'the carrier has lost it',
      });
    const actions = async () => (await api.get(`/v1/shipments/${lost.shipmentId}/standing`, 'shipping')).body.actions;
    expect(await actions()).not.toContain('credit');
    expect(await credit()).toMatchObject({ status: 409, body: { type: '/problems/not-invoiced' } });
    const { body } = await runsOf('LOST', { through: at.slice(0, 10) });
    expect(body.invoices).toMatchObject([{ shipmentIds: [first.shipmentId, lost.shipmentId], grossMinor: 36_000 }]);
    expect(await actions()).toContain('credit');
    expect(await credit()).toMatchObject({ status: 200 });
    const invoice = (await api.get(`/v1/invoices/${body.invoices[0].invoiceId}`, 'receivables')).body;
    expect(invoice.openMinor).toBe(12_000);
    await checkInvariants(suite.database);
  });
});

describe('a run', () => {
  it('X2: a customer that cannot be billed keeps nobody else from it, is a task, and is tried again the next day', async () => {
    await customer('BAD');
    await customer('GOOD');
    const bad = await sent('BAD', [{ sku: 'UNIT', quantity: 1 }]);
    const good = await sent('GOOD', [{ sku: 'UNIT', quantity: 1 }]);
    await owner.query(`CREATE FUNCTION plant() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.order_id = '${bad.orderId}' THEN RAISE EXCEPTION 'planted'; END IF; RETURN NEW; END $$`);
    await owner.query('CREATE TRIGGER plant BEFORE INSERT ON consolidated_shipments FOR EACH ROW EXECUTE FUNCTION plant()');
    await suite.advanceTo(instant('2027-03-15', '12:00:00'));
    await invoiced(suite, good.orderId);
    expect(await invoicesOf(suite.database, bad.orderId)).toEqual([]);
    expect(await taskOf('invoice-run-failed')).toEqual([{ customerId: 'BAD', status: 'open' }]);
    await suite.advanceTo(instant('2027-03-16', '12:00:00'));
    expect(await taskOf('invoice-run-failed')).toEqual([{ customerId: 'BAD', status: 'open' }]);
    await owner.query('DROP TRIGGER plant ON consolidated_shipments');
    await suite.advanceTo(instant('2027-03-17', '12:00:00'));
    await invoiced(suite, bad.orderId);
    expect(await taskOf('invoice-run-failed')).toEqual([{ customerId: 'BAD', status: 'completed' }]);
    await checkInvariants(suite.database);
  });

  it('X2, I1: two runs at once bill each shipment once', async () => {
    await customer('TWICE');
    const { orderId } = await sent('TWICE', [{ sku: 'UNIT', quantity: 1 }]);
    const through = (await suite.now()).slice(0, 10);
    const both = await Promise.all([runsOf('TWICE', { through }), runsOf('TWICE', { through })]);
    expect(both.flatMap(({ body }) => body.invoices)).toHaveLength(1);
    expect(await invoicesOf(suite.database, orderId)).toHaveLength(1);
    await checkInvariants(suite.database);
  });
});

describe('its receivable', () => {
  it('A1, P3, A4, P2: unpaid it takes its orders to collections and its customer on hold; a bounced payment opens it again', async () => {
    await customer('LATE');
    const [one, two] = [await sent('LATE', [{ sku: 'UNIT', quantity: 1 }]), await sent('LATE', [{ sku: 'UNIT', quantity: 1 }])];
    const { body } = await runsOf('LATE', { through: (await suite.now()).slice(0, 10) });
    const { invoiceId } = body.invoices[0];
    await becomes(suite, two.orderId, 'invoiced');
    const { dueOn } = (await invoicesOf(suite.database, one.orderId))[0]!;
    await suite.advanceTo(fromMillis(Date.parse(dueOn) + 2 * 86_400_000));
    const stages = async () =>
      (
        await suite.database.query<{ stage: string }>('SELECT stage FROM orders WHERE id = ANY ($1)', [
          [one.orderId, two.orderId],
        ])
      ).rows.map(({ stage }) => stage);
    await eventually(async () => (await stages()).every((stage) => stage === 'collections'));
    expect((await api.get('/v1/customers/LATE/account', 'credit')).body).toMatchObject({
      onHold: true,
      overdueItems: [{ invoiceId }],
    });
    const statement = await api.get('/v1/customers/LATE/statement?from=2027-03-01&to=2027-03-31', 'receivables');
    expect(JSON.stringify(statement.body)).toContain(invoiceId);
    const { paymentId } = await pay(suite, 'LATE', 24_000, invoiceId);
    for (const { orderId } of [one, two]) expect(await workflowResult(orderId)).toEqual({ orderStatus: 'closed' });
    expect(await stages()).toEqual(['done', 'done']);
    expect((await api.post(`/v1/payments/${paymentId}/bounce`, 'finance', { reason: 'no funds' })).status).toBe(200);
    expect((await api.get(`/v1/invoices/${invoiceId}`, 'receivables')).body).toMatchObject({ openMinor: 24_000, status: 'open' });
    await checkInvariants(suite.database);
  });

  it('P6, I2, P2: in instalments it is promised, held off, open again in part and given up; what is recovered closes nothing twice', async () => {
    await customer('CROSSED');
    const halves = [30, 60].map((days) => ({ share: '0.5', days }));
    const terms = { kind: 'net', days: 30, instalments: halves };
    await suite.database.query("UPDATE customers SET terms = $1 WHERE id = 'CROSSED'", [JSON.stringify(terms)]);
    const sendings = [
      await sent('CROSSED', [{ sku: 'UNIT', quantity: 1 }]),
      await sent('CROSSED', [{ sku: 'UNIT', quantity: 1 }]),
    ];
    const today = (await suite.now()).slice(0, 10);
    const { invoiceId } = (await runsOf('CROSSED', { through: today })).body.invoices[0];
    for (const { orderId } of sendings) await becomes(suite, orderId, 'invoiced');
    const { at, offsetMs } = await readClock(suite.database);
    const change = <Result>(work: (tx: Transaction) => Promise<Result>) => suite.database.transaction(work);
    const when = { actor: tester, at, offsetMs };
    const promised = {
      customerId: 'CROSSED',
      byCustomer: false,
      amountMinor: 12_000,
      currency: 'EUR',
      promisedOn: addDays(today, 2),
    };
    await change((tx) => promisePayment(tx, { ...promised, invoiceIds: [invoiceId], ...when }));
    await change((tx) => holdOff(tx, { invoiceId, untilOn: addDays(today, 5), reason: 'we look into it', ...when }));
    const read = async () => (await api.get(`/v1/invoices/${invoiceId}`, 'receivables')).body;
    const firstDueOn = (await read()).dueOn;

    const { paymentId } = await pay(suite, 'CROSSED', 12_000, invoiceId);
    expect(await read()).toMatchObject({ openMinor: 12_000, instalments: [{ openMinor: 0 }, { openMinor: 12_000 }] });
    const bounced = await api.post(`/v1/payments/${paymentId}/bounce`, 'finance', { reason: 'in part', amountMinor: 5_000 });
    expect(bounced.body).toMatchObject({ items: [{ invoiceId, amountMinor: 5_000, openMinor: 17_000, dueOn: firstDueOn }] });
    expect(await read()).toMatchObject({ dueOn: firstDueOn, instalments: [{ openMinor: 5_000 }, { openMinor: 12_000 }] });
    await checkInvariants(suite.database);

    const { id } = await change((tx) => proposeWriteOff(tx, { invoiceId, amountMinor: 17_000, reason: 'insolvent', ...when }));
    const second = { name: 'second', verified: true };
    await change((tx) => decideWriteOff(tx, { id, decision: 'approve', reason: 'agreed', ...when, actor: second }));
    suite.delivery.deliverSoon();
    for (const { orderId } of sendings) expect(await workflowResult(orderId)).toEqual({ orderStatus: 'closed' });
    // What had been paid of it is open again beside what was given up; what comes beyond that is owed again, and given up again with its receipt.
    const rest = await api.post(`/v1/payments/${paymentId}/bounce`, 'finance', { reason: 'the rest' });
    expect(rest.body).toMatchObject({ items: [{ invoiceId, amountMinor: 7_000, openMinor: 7_000 }] });
    expect(await read()).toMatchObject({ openMinor: 7_000, status: 'open' });
    await checkInvariants(suite.database);
    const recovering = await pay(suite, 'CROSSED', 20_000, invoiceId);
    expect(await read()).toMatchObject({ openMinor: 0, status: 'settled' });
    const again = await api.post(`/v1/payments/${recovering.paymentId}/bounce`, 'finance', { reason: 'no funds' });
    expect(again.body).toMatchObject({ items: [{ invoiceId, amountMinor: 20_000, givenUpMinor: 13_000, openMinor: 7_000 }] });
    expect(await read()).toMatchObject({ openMinor: 7_000, status: 'open' });
    await checkInvariants(suite.database);
  });

  it('I4: it is credited and billed anew over the same shipments, and its orders close with the revised one', async () => {
    await customer('ANEW');
    const [one, two] = [await sent('ANEW', [{ sku: 'UNIT', quantity: 2 }]), await sent('ANEW', [{ sku: 'UNIT', quantity: 1 }])];
    const { body } = await runsOf('ANEW', { through: (await suite.now()).slice(0, 10) });
    const { invoiceId } = body.invoices[0];
    await becomes(suite, two.orderId, 'invoiced');
    const anew = await api.post(`/v1/invoices/${invoiceId}/credit-and-reissue`, 'receivables', {
      reason: 'price-error',
      lines: [{ lineNumber: 2, unitPriceMinor: 9_000 }],
    });
    expect(anew).toMatchObject({ status: 201, body: { creditedMinor: 36_000, revisedMinor: 34_800 } });
    const { revisedInvoiceId } = anew.body;
    const revised = (await api.get(`/v1/invoices/${revisedInvoiceId}`, 'receivables')).body;
    expect(revised.lines).toMatchObject([{ origin: one }, { origin: two, unitPriceMinor: 9_000 }]);
    expect((await api.get(`/v1/invoices/${revisedInvoiceId}/breakdown`, 'receivables')).body.findings).toEqual([]);
    expect((await api.get(`/v1/invoices/${revisedInvoiceId}/pdf`, 'receivables')).status).toBe(200);
    await checkInvariants(suite.database);
    expect(await orderStatus(suite.database, one.orderId)).toBe('invoiced');
    await pay(suite, 'ANEW', 34_800, revisedInvoiceId);
    for (const { orderId } of [one, two]) expect(await workflowResult(orderId)).toEqual({ orderStatus: 'closed' });
    await checkInvariants(suite.database);
  });
});

describe('a customer in another currency', () => {
  it('I2, A3, I4: is billed at the rate of the run, each shipment leaves what is unbilled at its own, and the books hold', async () => {
    await addCustomer(suite.database, 'KYOTO', { limitMinor: 100_000_000, currency: 'JPY' });
    await suite.database.query(
      "INSERT INTO prices (sku, currency, unit_price_minor) VALUES ('UNIT', 'JPY', 10001), ('PENNY', 'JPY', 1)",
    );
    const today = async () => (await suite.now()).slice(0, 10);
    const first = await today();
    // The story takes three days, and the run of the week comes after it.
    const weekly: Invoicing = { kind: 'consolidated', every: 'week', weekday: dayOfWeek(addDays(first, 5)) };
    await suite.database.query("UPDATE customers SET invoicing = $1 WHERE id = 'KYOTO'", [JSON.stringify(weekly)]);
    const rate = async (validOn: string, value: string) => {
      const given = { source: 'ECB', rates: [{ currency: 'JPY', validOn, rate: value }] };
      expect((await api.post('/v1/exchange-rates', 'finance', given)).status).toBe(200);
    };
    /** What the customer's entries have left on the accounts, in cents of the books. */
    const books = async () => {
      const { rows } = await suite.database.query<{ account: string; minor: number }>(
        `SELECT p.account, sum(CASE p.side WHEN 'debit' THEN p.functional_minor ELSE -p.functional_minor END)::int AS minor
         FROM postings p JOIN journal_entries e ON e.id = p.entry_id WHERE e.customer_id = 'KYOTO' GROUP BY 1`,
      );
      return Object.fromEntries(rows.map(({ account, minor }) => [account, minor]));
    };
    const nextDay = async (value: string) => {
      await suite.advanceTo(fromMillis(Date.parse(await suite.now()) + 86_400_000));
      await rate(await today(), value);
    };

    await rate(first, '0.006');
    const yen = { currency: 'JPY' };
    const sendings = [
      await sent('KYOTO', [{ sku: 'PENNY', quantity: 1 }], yen),
      await sent('KYOTO', [{ sku: 'UNIT', quantity: 3 }], yen),
    ];
    await nextDay('0.007');
    sendings.push(await sent('KYOTO', [{ sku: 'UNIT', quantity: 1 }], yen));
    // 1 and 30,003 yen at 0.006, 10,001 yen at 0.007.
    expect(await books()).toMatchObject({ 'unbilled-receivables': 1 + 18_002 + 7_001 });
    await nextDay('0.008');
    const { body } = await runsOf('KYOTO', { through: await today() });
    expect(body.invoices).toMatchObject([{ netMinor: 40_005, taxMinor: 8_001, grossMinor: 48_006, currency: 'JPY' }]);
    const { invoiceId } = body.invoices[0];
    for (const { orderId } of sendings) await becomes(suite, orderId, 'invoiced');
    expect(await books()).toMatchObject({
      'accounts-receivable': 1 + 28_803 + 9_601,
      'unbilled-receivables': 0,
      'exchange-gains': -7_000,
    });
    await checkInvariants(suite.database);
    expect((await api.get(`/v1/invoices/${invoiceId}/pdf`, 'receivables')).status).toBe(200);

    // At the rate of the whole invoice, not at that of its first yen, which came to a cent.
    const credited = await api.post(`/v1/invoices/${invoiceId}/credit`, 'receivables', {
      reason: 'quantity-error',
      lines: [{ lineNumber: 3, quantity: 1 }],
    });
    expect(credited).toMatchObject({ status: 201, body: { creditedMinor: 12_001 } });
    const afterCredit = await books();
    expect(afterCredit).toMatchObject({ 'accounts-receivable': 28_804, returns: 8_001, 'exchange-gains': -7_000 });
    expect(afterCredit['exchange-losses']).toBeUndefined();

    await nextDay('0.0075');
    const paid = await api.post('/v1/payments', 'receivables', {
      customerId: 'KYOTO',
      method: 'bank-transfer',
      ...yen,
      amountMinor: 36_005,
      valueOn: await today(),
      invoiceIds: [invoiceId],
    });
    expect(paid).toMatchObject({ status: 201, body: { unappliedMinor: 0 } });
    for (const { orderId } of sendings) expect(await workflowResult(orderId)).toEqual({ orderStatus: 'closed' });
    expect(await books()).toMatchObject({ bank: 27_004, 'accounts-receivable': 0, 'exchange-losses': 1_800 });
    expect((await api.get('/v1/integrity', 'finance')).body).toMatchObject({ holds: true, broken: [] });
    await checkInvariants(suite.database);

    // Three entries of one invoice are one line of the statement.
    const { lines } = (await api.get(`/v1/customers/KYOTO/statement?from=${first}&to=${addDays(first, 5)}`, 'receivables')).body;
    expect(lines.map(({ kind, amountMinor }: { kind: string; amountMinor: number }) => [kind, amountMinor])).toEqual([
      ['invoice', 48_006],
      ['credit-note', -12_001],
      ['payment', -36_005],
    ]);
  });
});
