import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder } from '../../workflows/messages.ts';
import { type Api, startApi } from '../api/client.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  ask,
  instant,
  invoiced,
  order,
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
    expect(await breakdown()).toEqual({ invoiceId, findings: [], suggestion: null });
    await ask(suite, orderId, cancelOrder, { reason: 'enough', actor: tester });
    const goods = { shipmentId, lines: [{ lineNumber: 2, quantity: 1, reason: 'damaged' }] };
    expect((await api.post('/v1/returns', 'sales', goods)).status).toBe(201);
    expect((await breakdown()).findings).toEqual([]);
    expect((await api.get(`/v1/invoices/${invoiceId}/breakdown`, 'sales')).status).toBe(403);
    expect((await api.get('/v1/invoices/INV-2027-999999/breakdown', 'finance')).status).toBe(404);
    await checkInvariants(suite.database);
  });

  it.each(faults)('A2: %s is blamed on its hop', async (_what, { table, where }, column, bent, first) => {
    const id = { order_lines: orderId, shipment_lines: shipmentId, stock_movements: shipmentId }[table] ?? invoiceId;
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
    await owner.query('UPDATE order_lines SET unit_price_minor = 9000 WHERE order_id = $1', [other]);
    const { suggestion } = await breakdown(sold.invoiceId);
    expect(suggestion).toEqual({ reason: 'price-error', lines: [{ lineNumber: 1, unitPriceMinor: 9_000 }] });
    const made = await api.post(`/v1/invoices/${sold.invoiceId}/credit-and-reissue`, 'receivables', suggestion);
    expect(made).toMatchObject({ status: 201, body: { creditedMinor: 24_000, revisedMinor: 21_600 } });
    const refused = await api.get(`/v1/invoices/${made.body.revisedInvoiceId}/breakdown`, 'receivables');
    expect(refused).toMatchObject({ status: 409, body: { correctsInvoiceId: sold.invoiceId } });
  });
});

async function sell() {
  const sold = await order(suite, 'BUYER', [{ sku: 'EXTRA', quantity: 2 }]);
  const [shipment] = await shipmentsInWork(suite, sold);
  await pickAndPack(suite, sold, shipment!);
  return { orderId: sold, invoiceId: (await invoiced(suite, sold))[0]!.id };
}
