import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { brokenInvariants, invariants } from '../../db/queries/invariants.ts';
import { runDueJobs } from '../../db/transactions/run-job.ts';
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
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { type Suite, startSuite } from '../suite.ts';
import { type Api, startApi } from './client.ts';

/*
 * The monitor of the books, over books with a bit of everything: an order in the warehouse, one that was paid, returned in part and
 * credited, one that is paid in advance, unapplied money, an item that was written off and recovered in part.
 */
let suite: Suite;
let owner: Database;
let api: Api;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  api = await startApi(suite);
  owner = openDatabase({ url: suite.databaseUrl, maxConnections: 2 });
  const { database } = suite;
  await setUpCompany(database);
  await addCustomer(database, 'BUYER', { limitMinor: 100_000_000 });
  await addCustomer(database, 'PREPAYER', { limitMinor: 0 });
  await addProduct(database, 'DESK', 10_000);
  await addStock(suite, 'DESK', 100, 4_000);

  const returned = await order(suite, 'BUYER', [{ sku: 'DESK', quantity: 4 }]);
  const [shipmentId] = await shipmentsInWork(suite, returned);
  await pickAndPack(suite, returned, shipmentId!);
  const [invoice] = await invoiced(suite, returned);
  await pay(suite, 'BUYER', 20_000, invoice!.id);
  const { body } = await api.post('/v1/returns', 'sales', {
    shipmentId,
    lines: [{ lineNumber: 1, quantity: 3, reason: 'damaged' }],
  });
  await api.post(`/v1/returns/${body.returnId}/approve`, 'sales');
  await api.post(`/v1/returns/${body.returnId}/receive`, 'warehouse', { lines: [{ lineNumber: 1, quantity: 3 }] });
  const lines = [{ lineNumber: 1, restockedQuantity: 2, scrappedQuantity: 1 }];
  expect((await api.post(`/v1/returns/${body.returnId}/inspect`, 'warehouse', { lines })).status).toBe(200);
  await becomes(suite, returned, 'closed');

  const prepaid = await order(suite, 'PREPAYER', [{ sku: 'DESK', quantity: 1 }], { prepayment: true });
  await becomes(suite, prepaid, 'awaiting-prepayment');
  const asked = await database.query<{ number: string }>('SELECT number FROM prepayments');
  await pay(suite, 'PREPAYER', 5_000, asked.rows[0]!.number);
  await pay(suite, 'BUYER', 7_000, 'no reference');
  await openingItem(suite, 'BUYER', 9_000, '2027-02-01', '2027-03-20');
  const givenUp = await openingItem(suite, 'BUYER', 3_000, '2027-02-01', '2027-03-20');
  const writeOff = (await api.post(`/v1/invoices/${givenUp}/write-off`, 'finance', { reason: 'a dispute lost' })).body.id;
  expect((await api.post(`/v1/write-offs/${writeOff}/approve`, 'finance-2', { reason: 'agreed' })).status).toBe(200);
  await pay(suite, 'BUYER', 1_000, givenUp);
  expect((await api.post('/v1/customers/BUYER/unfreeze', 'credit', { reason: 'agreed' })).status).toBe(200);
  await shipmentsInWork(suite, await order(suite, 'BUYER', [{ sku: 'DESK', quantity: 2 }]));
  await checkInvariants(database);
});
afterAll(async () => {
  await owner?.close();
  await api?.stop();
  await suite?.stop();
});

const first = (table: string, order: string, where = 'true') =>
  `ctid = (SELECT ctid FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT 1)`;
const post = (account: string, side: string) =>
  `INSERT INTO postings (entry_id, position, account, side, amount_minor, functional_minor)
   SELECT max(entry_id), 90, '${account}', '${side}', 1, 1 FROM postings`;
/** What breaks each of them: as somebody would who gets past the application, its constraints and its triggers. */
const harm: Record<string, string> = {
  'entries-balance': `UPDATE postings SET amount_minor = amount_minor + 1 WHERE ${first('postings', 'entry_id, position')}`,
  'ledger-balances': post('revenue', 'debit'),
  'receivables-account': post('accounts-receivable', 'debit'),
  ageing: `UPDATE receivable_movements SET amount_minor = amount_minor + 1 WHERE ${first('receivable_movements', 'invoice_id')}`,
  'movements-of-items': `UPDATE receivable_movements SET currency = 'USD' WHERE ${first('receivable_movements', 'invoice_id')}`,
  'kept-items': "INSERT INTO kept_months VALUES ('2027-12-31', 1000000000, '2027-12-31')",
  'kept-due': "INSERT INTO kept_due VALUES ('2020-01-31', 'EUR', '2020-01-31', 1)",
  'kept-sales': "INSERT INTO kept_sales VALUES ('2020-01-31', '2020-01-31', 'EUR', 1)",
  'receivables-in-the-books': `UPDATE receivable_movements SET functional_minor = functional_minor - 1
    WHERE ${first('receivable_movements', 'entry_id', 'amount_minor < 0')}`,
  'carried-amounts': `UPDATE postings SET functional_minor = functional_minor + 1
    WHERE ${first('postings', 'entry_id', "account = 'unbilled-receivables' AND side = 'credit'")}`,
  'unapplied-cash-account': post('unapplied-cash', 'credit'),
  'bank-lines': `INSERT INTO bank_lines (bank_account_id, statement_id, line_number, identity, direction, kind, currency, amount_minor,
    booked_on, value_on, status, payment_id, at) SELECT 'X', 'X', n, n, 'credit', 'receipt', 'EUR', 1, '2027-03-01', '2027-03-01', 'matched',
    (SELECT min(id) FROM payments), '2027-03-01' FROM generate_series(1, 2) n`,
  refunds: 'UPDATE payments SET refunded_minor = refunded_minor + 1',
  'customer-credits-account': post('customer-credits', 'credit'),
  'customer-deposits-account': post('customer-deposits', 'debit'),
  'returns-account': post('returns', 'debit'),
  'inventory-account': post('inventory', 'credit'),
  'discounts-taken-back': `UPDATE credit_notes SET discount_taxes = '[{"baseMinor": 1, "taxMinor": 0}]'`,
  'goods-in-transit-account': post('goods-in-transit', 'debit'),
  'carrier-claims-account': post('carrier-claims', 'debit'),
  'unbilled-account': `UPDATE postings SET account = 'unbilled-receivables' WHERE ${first('postings', 'entry_id', "account = 'cost-of-goods-sold'")}`,
  'unbilled-orders': `UPDATE postings SET account = 'unbilled-receivables' WHERE ${first('postings', 'entry_id', "account = 'cost-of-goods-sold'")}`,
  'consolidated-lines': `INSERT INTO consolidated_shipments SELECT i.id, s.id, s.order_id FROM invoices i, shipments s WHERE i.shipment_id = s.id LIMIT 1`,
  exposure: "UPDATE credit_accounts SET open_receivables_minor = open_receivables_minor - 1 WHERE customer_id = 'BUYER'",
  'credit-holds': `UPDATE credit_holds SET remaining_minor = remaining_minor + 1 WHERE ${first('credit_holds', 'order_id')}`,
  'stock-bounds': "UPDATE stock SET reserved = on_hand + 1 WHERE sku = 'DESK'",
  reservations: `DELETE FROM reservations WHERE ${first('reservations', 'shipment_id', "status = 'reserved'")}`,
  'stock-movements': "UPDATE stock SET value_minor = value_minor + 1 WHERE sku = 'DESK'",
  'back-orders': `UPDATE order_lines SET back_ordered_quantity = back_ordered_quantity + 1 WHERE ${first('order_lines', 'order_id')}`,
  'line-quantities': `UPDATE order_lines SET invoiced_quantity = invoiced_quantity + 1 WHERE ${first('order_lines', 'order_id')}`,
  'payments-applied': `UPDATE payment_applications SET amount_minor = amount_minor + 1`,
  'payment-reversals': `UPDATE payments SET unapplied_minor = 0, reversed_minor = amount_minor WHERE ${first('payments', 'id')}`,
  'items-open': `UPDATE invoices SET open_minor = open_minor - 1 WHERE kind = 'opening-item'`,
  'credit-notes': 'UPDATE credit_notes SET unapplied_minor = unapplied_minor + 1',
  'credited-amounts': 'UPDATE invoices SET net_minor = 1 WHERE id IN (SELECT invoice_id FROM credit_notes)',
  'credited-lines': 'UPDATE credit_note_lines SET net_minor = net_minor + 1000000',
  'revised-invoices':
    "UPDATE invoices SET kind = 'invoice', corrects_invoice_id = (SELECT min(invoice_id) FROM credit_notes) WHERE kind = 'opening-item' AND open_minor > 0",
  'disputed-amounts': `UPDATE invoices SET disputed_minor = disputed_minor + 1 WHERE kind = 'opening-item'`,
  'returned-quantities': 'UPDATE return_lines SET received_quantity = 5',
  'restocked-quantities': 'UPDATE return_lines SET restocked_quantity = 3',
  'write-offs': 'UPDATE write_off_applications SET amount_minor = amount_minor + 1',
  'carried-accounts': `WITH entry AS (
      INSERT INTO journal_entries (event_id, kind, booked_on, effective_on, currency, at, recorded_at)
      VALUES ('x', 'revaluation', '2027-03-01', '2027-03-01', 'USD', now(), now())
      RETURNING id)
    INSERT INTO postings (entry_id, position, account, side, amount_minor, functional_minor)
    SELECT id, position, account, side, 0, 5 FROM entry,
      (VALUES (1, 'bad-debt-allowance', 'debit'), (2, 'exchange-gains', 'credit')) AS p (position, account, side)`,
  recoveries: 'UPDATE write_off_recoveries SET amount_minor = amount_minor + 1',
  prepayments: 'UPDATE prepayments SET received_minor = received_minor + 1',
  numbers: "UPDATE number_series SET last_number = last_number + 1 WHERE series = 'INV'",
  'orders-invoiced': 'DELETE FROM invoices WHERE shipment_id IS NOT NULL',
  'unbilled-shipments': "UPDATE invoices SET shipment_id = NULL WHERE kind = 'invoice'",
  outbox: `INSERT INTO outbox (key, kind, subject, payload, recorded_at) VALUES ('x', 'notice', 'x', '{}', now() - interval '16 minutes')`,
  'order-states': `UPDATE orders SET stage = 'done' WHERE ${first('orders', 'id DESC')}`,
  'cards-taken': `INSERT INTO card_authorisations (key, order_id, number, payment_method, amount_minor, status, captured_minor, payment_id, at)
    SELECT 'x', (SELECT min(id) FROM orders), 1, 'pm', 5, 'captured', 5, min(id), now() FROM payments`,
  'card-receipts': `INSERT INTO card_payments (customer_id, currency, amount_minor, invoice_ids, payment_method, status, gateway_id,
      payment_id, actor, at, ended_at)
    SELECT customer_id, currency, 5, '{}', 'pm', 'captured', 'x', id, 'x', now(), now() FROM payments ORDER BY id LIMIT 1`,
  'ended-orders': `UPDATE credit_holds SET remaining_minor = 1 WHERE order_id = (SELECT id FROM orders WHERE status = 'closed')`,
};

/** Does harm as the owner, without triggers and constraints, looks, and takes it back. */
async function brokenAfter(statement: string): Promise<string[]> {
  const undone = new Error('undone');
  let broken: string[] = [];
  await owner
    .transaction(async (tx) => {
      await tx.query("SET LOCAL session_replication_role = 'replica'");
      await tx.query('ALTER TABLE stock DROP CONSTRAINT IF EXISTS stock_check');
      for (const { name, table } of (
        await tx.query<{ name: string; table: string }>(
          `SELECT conname AS name, conrelid::regclass::text AS table FROM pg_constraint
           WHERE contype = 'c' AND conrelid::regclass::text IN ('order_lines', 'return_lines', 'invoices', 'credit_notes', 'prepayments')`,
        )
      ).rows) {
        await tx.query(`ALTER TABLE ${table} DROP CONSTRAINT "${name}"`);
      }
      const { rowCount } = await tx.query(statement);
      expect(rowCount, statement).toBeGreaterThan(0);
      // Late enough for what has to follow within the hour.
      broken = (await brokenInvariants(tx, instant('2027-03-02'))).map(({ id }) => id);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return broken;
}

describe('the monitor', () => {
  it('X2: each invariant is named by a row that breaks it, and by none before', async () => {
    expect(Object.keys(harm).sort()).toEqual(invariants.map(({ id }) => id).sort());
    expect(await brokenAfter('SELECT 1')).toEqual([]);
    for (const [id, statement] of Object.entries(harm))
      expect({ id, broken: await brokenAfter(statement) }).toEqual({ id, broken: expect.arrayContaining([id]) });
  });

  it('X2: finance and admin see the rows that break them, at once and of every run; each invariant is one task until it holds again', async () => {
    expect((await api.get('/v1/integrity', 'sales')).status).toBe(403);
    expect((await api.get('/v1/integrity', 'finance')).body).toMatchObject({ holds: true, broken: [] });
    const harmed = (change: string) =>
      owner.query(`UPDATE credit_accounts SET unapplied_cash_minor = unapplied_cash_minor ${change} WHERE customer_id = 'BUYER'`);
    await harmed('+ 1');
    expect((await api.get('/v1/integrity', 'admin')).body).toMatchObject({
      holds: false,
      broken: [{ id: 'exposure', requirement: 'C3', count: 1, rows: [{ customerId: 'BUYER' }] }],
    });
    for (const day of ['02', '03']) await runDueJobs(suite.database, { at: instant(`2027-03-${day}`) });
    const tasks = async (status: string) => (await api.get(`/v1/tasks?kind=integrity&status=${status}`, 'finance')).body.items;
    expect(await tasks('open')).toMatchObject([{ role: 'finance', details: { invariant: 'exposure', count: 1 } }]);
    await harmed('- 1');
    expect((await api.post('/v1/jobs/integrity/run', 'finance')).body).toMatchObject({ result: { broken: [] } });
    expect(await tasks('open')).toEqual([]);
    expect(await tasks('completed')).toMatchObject([{ outcome: { reason: 'it holds again' } }]);
    const { items } = (await api.get('/v1/integrity/runs', 'finance')).body;
    expect(items.map(({ brokenCount }: { brokenCount: number }) => brokenCount)).toEqual([0, 1, 1]);
    expect(items[1]).toMatchObject({ checkedCount: invariants.length, broken: [{ id: 'exposure' }] });
  });
});
