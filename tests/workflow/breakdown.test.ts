import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amendOrder, cancelOrder } from '../../workflows/messages.ts';
import { type Api, startApi } from '../api/client.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  ask,
  becomes,
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
import { type Suite, startSuite, tester } from '../suite.ts';

/* An order of two lines, the first of them picked short; then its rows are bent by the owner of the database, one at a time. */
let suite: Suite;
let api: Api;
let owner: pg.Client;
let invoiceId: string;
let shipmentId: string;
let orderId: string;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  api = await startApi(suite);
  await addCustomer(suite.database, 'BUYER', { limitMinor: 10_000_000, backOrderAllowed: true });
  for (const sku of ['UNIT', 'EXTRA']) {
    await addProduct(suite.database, sku, 10_000);
    await addStock(suite, sku, 100, 4_000);
  }
  orderId = await order(suite, 'BUYER', [
    { sku: 'UNIT', quantity: 10 },
    { sku: 'EXTRA', quantity: 3 },
  ]);
  [shipmentId] = (await shipmentsInWork(suite, orderId)) as [string];
  await pickAndPack(suite, orderId, shipmentId, [{ lineNumber: 1, pickedQuantity: 8 }]);
  invoiceId = (await invoiced(suite, orderId))[0]!.id;
  owner = new pg.Client({ connectionString: suite.databaseUrl });
  await owner.connect();
  await owner.query('SET session_replication_role = replica');
});
afterAll(async () => {
  await owner?.end();
  await api?.stop();
  await suite?.stop();
});

const breakdown = async (id = invoiceId) => (await api.get(`/v1/invoices/${id}/breakdown`, 'receivables')).body;
const line = (table: string, key: string, number: number) => ({ table, where: `${key} = $1 AND line_number = ${number}` });
const orderLine = (number: number) => line('order_lines', 'order_id', number);
const shipmentLine = (number: number) => line('shipment_lines', 'shipment_id', number);
const invoiceLine = (number: number) => line('invoice_lines', 'invoice_id', number);
const invoiceRow = { table: 'invoices', where: 'id = $1' };
const moved = { table: 'stock_movements', where: "event_id = $1 || ':goods-issue' AND sku = 'EXTRA'" };

const faults: [what: string, rows: { table: string; where: string }, column: string, bent: string, first: string][] = [
  ['order: another quantity', orderLine(2), 'quantity', '7', 'order /lines/2/quantity'],
  ['order: another product', orderLine(1), 'sku', "'EXTRA'", 'order /lines/1/sku'],
  ['order: another price than the product’s', orderLine(1), 'unit_price_minor', '9000', 'order /lines/1/unitPriceMinor'],
  ['order: another tax rate than the product’s', orderLine(2), 'tax_rate', "'0.19'", 'order /lines/2/taxRate'],
  ['order: another tax category', orderLine(2), 'tax_category', "'Z'", 'order /lines/2/taxCategory'],
  ['order: other terms', { table: 'orders', where: 'id = $1' }, 'terms', `jsonb_set(terms, '{days}', '14')`, 'order /terms'],
  [
    'approval: less than it comes to',
    { table: 'credit_holds', where: 'order_id = $1' },
    'approved_minor',
    'approved_minor / 2',
    'approval /approvedMinor',
  ],
  ['pick: another product', shipmentLine(2), 'sku', "'UNIT'", 'pick /lines/2/sku'],
  ['pick: more than was ordered', shipmentLine(2), 'quantity', '5', 'pick /lines/2/quantity'],
  ['ship: less than was picked', moved, 'quantity', '2', 'ship /lines/2/quantity'],
  ['ship: other goods', moved, 'sku', "'STRAY'", 'ship /lines/2/quantity'],
  ['invoice: another quantity', invoiceLine(1), 'quantity', '10', 'invoice /lines/1/quantity'],
  ['invoice: another product', invoiceLine(1), 'sku', "'EXTRA'", 'invoice /lines/1/sku'],
  ['invoice: another price', invoiceLine(1), 'unit_price_minor', '12000', 'invoice /lines/1/unitPriceMinor'],
  ['invoice: another tax category', invoiceLine(2), 'tax_category', "'Z'", 'invoice /lines/2/taxCategory'],
  ['invoice: another tax rate', invoiceLine(2), 'tax_rate', "'0.19'", 'invoice /lines/2/taxRate'],
  ['invoice: a line that does not multiply', invoiceLine(2), 'net_minor', 'net_minor + 1', 'invoice /lines/2/netMinor'],
  ['invoice: a total that does not add up', invoiceRow, 'gross_minor', 'gross_minor + 1', 'invoice /grossMinor'],
  ['invoice: another due date', invoiceRow, 'due_on', "'2027-03-15'", 'invoice /dueOn'],
  ['invoice: other terms', invoiceRow, 'facts', `jsonb_set(facts, '{terms,days}', '14')`, 'invoice /terms'],
  ['invoice: another address', invoiceRow, 'facts', `jsonb_set(facts, '{shipTo,city}', '"Bremen"')`, 'invoice /shipTo'],
];

describe('breakdown', () => {
  it('A2: a part pick, the rest of it cancelled and a return are no alarm; the breakdown is for receivables', async () => {
    const { provenance, ...clean } = await breakdown();
    expect(clean).toEqual({ invoiceId, findings: [], suggestion: null, revisedInvoiceId: null });
    expect(provenance.find(({ field }: { field: string }) => field === '/lines/1/quantity')).toMatchObject({
      value: 8,
      source: { event: 'pick', reference: shipmentId, actor: tester.name },
      transform: 'of 10 that were ordered, 10 were planned and 8 picked',
    });
    await ask(suite, orderId, cancelOrder, { reason: 'enough', actor: tester });
    const goods = { shipmentId, lines: [{ lineNumber: 2, quantity: 1, reason: 'damaged' }] };
    expect((await api.post('/v1/returns', 'sales', goods)).status).toBe(201);
    expect((await breakdown()).findings).toEqual([]);
    expect((await api.get(`/v1/invoices/${invoiceId}/breakdown`, 'sales')).status).toBe(403);
    expect((await api.get('/v1/invoices/INV-2027-999999/breakdown', 'finance')).status).toBe(404);
    await checkInvariants(suite.database);
  });

  it.each(faults)('A2: %s is blamed on its hop', async (_what, { table, where }, column, bent, first) => {
    const id =
      { orders: orderId, credit_holds: orderId, order_lines: orderId, shipment_lines: shipmentId, stock_movements: shipmentId }[
        table
      ] ?? invoiceId;
    const before = await owner.query(`SELECT ${column}::text AS value FROM ${table} WHERE ${where}`, [id]);
    expect(before.rows).toHaveLength(1);
    const changed = await owner.query(`UPDATE ${table} SET ${column} = ${bent} WHERE ${where} RETURNING ctid`, [id]);
    const { findings } = await breakdown();
    await owner.query(`UPDATE ${table} SET ${column} = $1 WHERE ctid = $2`, [before.rows[0].value, changed.rows[0].ctid]);
    expect(`${findings[0]?.hop} ${findings[0]?.field}`).toBe(first);
    expect(findings[0]).toMatchObject({ actor: expect.any(String), at: expect.any(String) });
    expect((await breakdown()).findings).toEqual([]);
  });

  it('A2, I4: what is suggested is what the re-issue takes', async () => {
    const { orderId: other, ...sold } = await sell();
    const agreedAt = async (price: number) => {
      await owner.query('UPDATE order_lines SET unit_price_minor = $2 WHERE order_id = $1', [other, price]);
      await owner.query("UPDATE price_versions SET unit_price_minor = $1 WHERE sku = 'EXTRA'", [price]);
    };
    await agreedAt(9_000);
    const { suggestion } = await breakdown(sold.invoiceId);
    expect(suggestion).toEqual({ reason: 'price-error', lines: [{ lineNumber: 1, unitPriceMinor: 9_000 }] });
    const made = await api.post(`/v1/invoices/${sold.invoiceId}/credit-and-reissue`, 'receivables', suggestion);
    expect(made).toMatchObject({ status: 201, body: { creditedMinor: 24_000, revisedMinor: 21_600 } });
    // What took its place is held against the correction; what it has replaced is corrected no more.
    const { revisedInvoiceId } = made.body;
    expect(await breakdown(sold.invoiceId)).toMatchObject({ suggestion: null, revisedInvoiceId });
    expect((await breakdown(revisedInvoiceId)).findings).toEqual([]);
    await owner.query('UPDATE invoice_lines SET unit_price_minor = 8000, net_minor = 16000 WHERE invoice_id = $1', [
      revisedInvoiceId,
    ]);
    const { findings, suggestion: again } = await breakdown(revisedInvoiceId);
    expect(findings[0]).toMatchObject({
      hop: 'invoice',
      field: '/lines/1/unitPriceMinor',
      expected: 9_000,
      actor: 'receivables',
    });
    expect(again).toMatchObject({ reason: 'price-error', lines: [{ lineNumber: 1, unitPriceMinor: 9_000 }] });
    await agreedAt(10_000);
  });

  it('A2: a product’s price and tax are asked as they were when it was ordered, or amended, and not of an order that is older', async () => {
    const product = { name: 'EXTRA product', taxRate: '0.07', prices: [{ currency: 'EUR', unitPriceMinor: 11_500 }] };
    const { orderId: before, invoiceId: billed } = await sell();
    expect((await api.put('/v1/products/EXTRA', 'sales', product)).status).toBe(200);
    expect((await breakdown(billed)).findings).toEqual([]);
    const after = await sell();
    const { findings, provenance } = await breakdown(after.invoiceId);
    expect(findings).toEqual([]);
    const sourceOf = (field: string) => provenance.find((one: { field: string }) => one.field === field);
    expect(sourceOf('/lines/1/unitPriceMinor')).toMatchObject({
      value: 11_500,
      source: { event: 'master-data', reference: 'EXTRA version 2' },
    });
    expect(sourceOf('/lines/1/taxRate')).toMatchObject({ source: { reference: 'EXTRA version 2' } });

    // Long after the change, what stood before it is no excuse.
    const later = async (hours: number) =>
      owner.query(`UPDATE orders SET placed_at = placed_at + interval '${hours} hours' WHERE id = $1`, [after.orderId]);
    await later(3);
    await owner.query("UPDATE order_lines SET unit_price_minor = 10000, tax_rate = '0.20' WHERE order_id = $1", [after.orderId]);
    const found = (await breakdown(after.invoiceId)).findings;
    expect(found.slice(0, 2)).toMatchObject([
      { hop: 'order', field: '/lines/1/unitPriceMinor', expected: 11_500, found: 10_000, actor: tester.name },
      { hop: 'order', field: '/lines/1/taxRate', expected: 0.07, found: 0.2 },
    ]);
    // What is older than the versions is not blamed on them.
    await owner.query("UPDATE orders SET placed_at = placed_at - interval '10 days' WHERE id = $1", [before]);
    await owner.query('UPDATE order_lines SET unit_price_minor = 10000 WHERE order_id = $1', [before]);
    expect((await breakdown(billed)).findings.map(({ field }: { field: string }) => field)).not.toContain(
      '/lines/1/unitPriceMinor',
    );
    const back = { ...product, taxRate: '0.20', prices: [{ currency: 'EUR', unitPriceMinor: 10_000 }] };
    expect((await api.put('/v1/products/EXTRA', 'sales', back)).status).toBe(200);
  });

  it('A1, A2, A5: one page for review and dispute, to which the task of the dispute leads', async () => {
    const { orderId: sold, invoiceId: billed } = await sell();
    await pay(suite, 'BUYER', 4_000, billed);
    const raised = await api.post(`/v1/invoices/${billed}/disputes`, 'receivables', {
      reason: 'price-error',
      note: 'too dear',
      lines: [{ lineNumber: 1, quantity: 1 }],
    });
    const { body: task } = await api.get(`/v1/tasks/${raised.body.taskId}`, 'receivables');
    const page = await api.get(task.details.reviewPath, 'receivables');
    expect(page).toMatchObject({
      status: 200,
      body: {
        invoice: { id: billed, disputedMinor: 12_000 },
        order: { id: sold },
        creditDecisions: [],
        shipment: { orderId: sold, lines: [{ lineNumber: 1, quantity: 2, pickedQuantity: 2 }] },
        payments: [{ amountMinor: 4_000, applications: [{ invoiceId: billed, amountMinor: 4_000 }] }],
        creditNotes: [],
        disputes: [{ id: raised.body.disputeId, status: 'open' }],
        account: { customerId: 'BUYER', standing: 'approved' },
        breakdown: { findings: [], suggestion: null },
      },
    });
    expect((await api.get(task.details.reviewPath, 'sales')).status).toBe(403);
    expect((await api.get('/v1/invoices/INV-2027-999999/review', 'finance')).status).toBe(404);
    // An item that bills no goods is reviewed too.
    const old = await openingItem(suite, 'BUYER', 500, '2027-01-01', '2027-06-01');
    const bare = await api.get(`/v1/invoices/${old}/review`, 'finance');
    expect(bare).toMatchObject({ status: 200, body: { order: null, shipment: null, breakdown: null } });
  });

  it('A2: no alarm on an order that was amended twice, from a list and for a customer that changed afterwards', async () => {
    const list = { name: 'For all', currency: 'EUR', prices: [{ sku: 'EXTRA', minimumQuantity: 1, unitPriceMinor: 7_000 }] };
    expect((await api.put('/v1/price-lists/ALL', 'sales', list)).status).toBe(201);
    await suite.setClock(instant('2027-03-01', '12:00:00'));
    const amended = await order(suite, 'BUYER', [
      { sku: 'EXTRA', quantity: 2 },
      { sku: 'UNIT', quantity: 1 },
    ]);
    await shipmentsInWork(suite, amended);
    const change = (revision: number, quantity: number, rest = {}) =>
      ask(suite, amended, amendOrder, {
        revision,
        lines: [{ lineNumber: 1, quantity }],
        reason: 'changed',
        actor: tester,
        ...rest,
      });
    await change(1, 5);
    await change(2, 4, { shipTo: { ...address, city: 'Bremen' } });
    const [shipment] = await shipmentsInWork(suite, amended);
    await pickAndPack(suite, amended, shipment!);
    const { id } = (await invoiced(suite, amended))[0]!;
    const clean = await breakdown(id);
    expect(clean.findings).toEqual([]);
    const source = (field: string) => clean.provenance.find((one: { field: string }) => one.field === field).source;
    expect(source('/shipTo')).toMatchObject({ event: 'order-amended', reference: `${amended} revision 3` });
    expect(source('/lines/1/unitPriceMinor')).toMatchObject({ event: 'price-list', reference: 'ALL' });
    expect(source('/buyer/taxId')).toMatchObject({ event: 'master-data', reference: 'BUYER version 1' });

    // The master data of then, not of now.
    const { body: buyer } = await api.get('/v1/customers/BUYER', 'sales');
    const { id: _, version: _version, creditProfile: _profile, ...details } = buyer;
    const known = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null));
    const moved = { ...known, name: 'Moved GmbH', taxId: 'DE999', terms: { kind: 'net', days: 60 } };
    expect((await api.put('/v1/customers/BUYER', 'sales', moved)).status).toBe(200);
    expect((await breakdown(id)).findings).toEqual([]);

    const bend = async (statement: string) => {
      await owner.query('BEGIN');
      await owner.query(statement);
      await owner.query('COMMIT');
      return (await breakdown(id)).findings.map(({ hop, field }: { hop: string; field: string }) => `${hop} ${field}`);
    };
    expect(
      await bend(`UPDATE order_lines SET cancelled_quantity = 0, quantity = 6 WHERE order_id = '${amended}' AND line_number = 1`),
    ).toEqual(['order /lines/1/quantity', 'approval /approvedMinor']);
    expect(await bend(`UPDATE order_lines SET cancelled_quantity = 2 WHERE order_id = '${amended}' AND line_number = 1`)).toEqual(
      [],
    );
    expect(await bend(`UPDATE list_prices SET unit_price_minor = 6900 WHERE price_list_id = 'ALL'`)).toEqual([
      'order /lines/1/unitPriceMinor',
    ]);
    expect(await bend(`UPDATE list_prices SET unit_price_minor = 7000 WHERE price_list_id = 'ALL'`)).toEqual([]);
    expect(await bend(`UPDATE invoices SET facts = jsonb_set(facts, '{buyer,taxId}', '"DE1"') WHERE id = '${id}'`)).toEqual([
      'invoice /buyer/taxId',
    ]);
  });

  it('A2: no alarm on an order that was paid in advance and amended before its money came', async () => {
    const prepaid = await order(suite, 'BUYER', [{ sku: 'UNIT', quantity: 3 }], { prepayment: true });
    await becomes(suite, prepaid, 'awaiting-prepayment');
    await ask(suite, prepaid, amendOrder, {
      revision: 1,
      lines: [{ lineNumber: 1, quantity: 2 }],
      reason: 'less',
      actor: tester,
    });
    const { rows } = await suite.database.query<{ number: string; amountMinor: number }>(
      'SELECT number, amount_minor AS "amountMinor" FROM prepayments WHERE order_id = $1',
      [prepaid],
    );
    await pay(suite, 'BUYER', rows[0]!.amountMinor, rows[0]!.number);
    const [shipment] = await shipmentsInWork(suite, prepaid);
    await pickAndPack(suite, prepaid, shipment!);
    const { id } = (await invoiced(suite, prepaid))[0]!;
    const clean = await breakdown(id);
    expect(clean.findings).toEqual([]);
    const terms = clean.provenance.find(({ field }: { field: string }) => field === '/terms');
    expect(terms.source).toMatchObject({ event: 'approval', reference: rows[0]!.number });
    await owner.query(
      'UPDATE prepayments SET amount_minor = amount_minor - 1, received_minor = received_minor - 1 WHERE order_id = $1',
      [prepaid],
    );
    expect((await breakdown(id)).findings).toMatchObject([
      { hop: 'approval', field: '/approvedMinor', found: rows[0]!.amountMinor - 1 },
    ]);
  });
});

async function sell() {
  const sold = await order(suite, 'BUYER', [{ sku: 'EXTRA', quantity: 2 }]);
  const [shipment] = await shipmentsInWork(suite, sold);
  await pickAndPack(suite, sold, shipment!);
  return { orderId: sold, invoiceId: (await invoiced(suite, sold))[0]!.id };
}
