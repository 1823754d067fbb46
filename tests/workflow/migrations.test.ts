import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { readCustomer } from '../../db/queries/customers.ts';
import { listInvoices, readInvoice } from '../../db/queries/invoices.ts';
import { openByDueDate } from '../../db/queries/ledger.ts';
import { listOrders, readOrder } from '../../db/queries/orders.ts';
import { listPayments } from '../../db/queries/payments.ts';
import { listStock, readProduct } from '../../db/queries/products.ts';
import { listShipments, readWorkOrder } from '../../db/queries/shipments.ts';
import { listTasks } from '../../db/queries/tasks.ts';
import { readTimeline } from '../../db/queries/timeline.ts';
import { amendOrder } from '../../db/transactions/amend-order.ts';
import { confirmPick } from '../../db/transactions/confirm-pick.ts';
import { holdCredit } from '../../db/transactions/hold-credit.ts';
import { issueGoods } from '../../db/transactions/issue-goods.ts';
import { issueInvoice } from '../../db/transactions/issue-invoice.ts';
import { defaultPolicies } from '../../db/transactions/save-policy.ts';
import { addCustomer, addProduct, address } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { createSuiteDatabase, tester } from '../suite.ts';

/*
 * A company that has traded on the first schema and then gets all the others. Its rows are written by plain statements, because no
 * transaction of today knows that schema.
 */
const at = '2026-03-02T09:00:00.000Z';
let database: Database;
let drop: () => Promise<void>;
let counts: Record<string, number>;

beforeAll(async () => {
  const created = await createSuiteDatabase('template0');
  drop = created.drop;
  const owner = openDatabase({ url: created.url });
  const first = '001_spine.sql';
  await owner.query(await readFile(new URL(`../../db/migrations/${first}`, import.meta.url), 'utf8'));
  await owner.query('CREATE TABLE migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())');
  await owner.query('INSERT INTO migrations (name) VALUES ($1)', [first]);
  await trade(owner);
  counts = await countRows(owner);
  await owner.close();
  await migrate(created.url);
  database = openDatabase({ url: created.url, role: 'throughline_api' });
});
afterAll(async () => {
  await database?.close();
  await drop?.();
});

async function countRows(db: Database): Promise<Record<string, number>> {
  const { rows } = await db.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('migrations', 'policies')",
  );
  const counted = await Promise.all(
    rows.map(async ({ name }) => {
      const found = await db.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
      return [name, found.rows[0]!.count] as const;
    }),
  );
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}

/** One unit costs 100.00 without tax and is worth 40.00. An invoice paid in part, an order in the warehouse, two over the limit. */
async function trade(db: Database): Promise<void> {
  await db.query(
    `INSERT INTO company VALUES (true, 'Old GmbH', 'DE1', $1, 'billing@old.example', 'DE89370400440532013000', 'COBADEFFXXX', 'EUR', 'Europe/Berlin')`,
    [JSON.stringify(address)],
  );
  for (const policy of defaultPolicies.filter(({ name }) => name === 'credit' || name === 'dunning')) {
    await db.query("INSERT INTO policies VALUES ($1, 1, $2, '2026-01-01Z', 'system')", [policy.name, JSON.stringify(policy)]);
  }
  await db.query("INSERT INTO warehouses VALUES ('WH-NORTH', 'North', $1)", [JSON.stringify(address)]);
  await addCustomer(db, 'OLD', { limitMinor: 35_000 });
  await addProduct(db, 'BOLT', 10_000, '0');
  await db.query(`
    INSERT INTO stock VALUES ('BOLT', 'WH-NORTH', 10, 2, 40000);
    INSERT INTO stock_movements (event_id, sku, warehouse_id, kind, quantity, value_minor, at) VALUES
      ('receipt:1', 'BOLT', 'WH-NORTH', 'received', 12, 48000, '${at}'), ('SHP-A:goods-issue', 'BOLT', 'WH-NORTH', 'shipped', 2, 8000, '${at}');
    UPDATE credit_accounts SET open_receivables_minor = 5000, approved_not_shipped_minor = 20000;
    INSERT INTO orders (id, customer_id, channel, content_fingerprint, original_document, currency, net_minor, tax_minor, gross_minor,
      terms, ship_to, back_order_allowed, status, stage, clock_offset_ms, placed_by, placed_at, changed_at)
    SELECT 'ORD-' || name, 'OLD', 'api', '', '{}', 'EUR', amount, 0, amount, '{"kind": "net", "days": 30}', '${JSON.stringify(address)}',
      false, status, stage, 0, 'tester', '${at}'::timestamptz + wait * interval '1 minute', '${at}'
    FROM (VALUES ('A', 20000, 'invoiced', 'receivables', 0), ('B', 20000, 'in-fulfilment', 'fulfilment', 1),
      ('C', 10000, 'over-limit', 'credit', 2), ('D', 10000, 'over-limit', 'credit', 3)) AS o (name, amount, status, stage, wait);
    INSERT INTO order_lines (order_id, line_number, sku, description, quantity, unit_price_minor, tax_category, tax_rate, net_minor,
      shipped_quantity, invoiced_quantity)
    SELECT id, 1, 'BOLT', 'Bolt', gross_minor / 10000, 10000, 'S', '0', gross_minor, done, done
    FROM orders, LATERAL (SELECT CASE id WHEN 'ORD-A' THEN 2 ELSE 0 END AS done) d;
    INSERT INTO credit_holds VALUES ('ORD-A', 'OLD', 20000, 0, '${at}', '${at}'), ('ORD-B', 'OLD', 20000, 20000, NULL, '${at}');
    INSERT INTO credit_movements VALUES
      ('ORD-A', 'approve', NULL, 0, 'approvedNotShippedMinor', 20000, '${at}'), ('ORD-B', 'approve', NULL, 0, 'approvedNotShippedMinor', 20000, '${at}'),
      ('ORD-A', 'SHP-A:goods-issue', 'approvedNotShippedMinor', 20000, 'shippedNotInvoicedMinor', 20000, '${at}'),
      ('ORD-A', 'SHP-A:invoice', 'shippedNotInvoicedMinor', 20000, 'openReceivablesMinor', 20000, '${at}');
    INSERT INTO shipments (id, order_id, sequence, warehouse_id, status, ship_to, carrier, tracking_number, released_at, shipped_at, hold_share_minor)
      VALUES ('SHP-A', 'ORD-A', 1, 'WH-NORTH', 'shipped', '${JSON.stringify(address)}', 'SIM', 'T-1', '${at}', '${at}', 20000),
        ('SHP-B', 'ORD-B', 1, 'WH-NORTH', 'picking', '${JSON.stringify(address)}', NULL, NULL, '${at}', NULL, 0);
    INSERT INTO shipment_lines VALUES ('SHP-A', 1, 'BOLT', 2, 2), ('SHP-B', 1, 'BOLT', 2, NULL);
    INSERT INTO reservations VALUES ('SHP-A', 1, 'ORD-A', 'BOLT', 'WH-NORTH', 2, 'consumed', '${at}'),
      ('SHP-B', 1, 'ORD-B', 'BOLT', 'WH-NORTH', 2, 'reserved', '${at}');
    INSERT INTO number_series VALUES ('INV', 2026, 1);
    INSERT INTO invoices (id, kind, customer_id, order_id, shipment_id, payment_reference, currency, net_minor, tax_minor, gross_minor,
      taxes, open_minor, issued_on, due_on, dunning_policy_version, plan, holder_workflow_id, at)
      VALUES ('INV-2026-000001', 'invoice', 'OLD', 'ORD-A', 'SHP-A', 'RF1', 'EUR', 20000, 0, 20000, '[]', 5000, '2026-03-02', '2026-04-01', 1,
        '{"policyVersion": 1, "steps": []}', 'ORD-A', '${at}');
    INSERT INTO invoice_lines VALUES ('INV-2026-000001', 1, 'BOLT', 'Bolt', 2, 10000, 'S', '0', 20000);
    INSERT INTO payments (id, customer_id, method, currency, amount_minor, unapplied_minor, value_on, actor, at)
      VALUES ('PAY-1', 'OLD', 'bank-transfer', 'EUR', 15000, 0, '2026-03-02', 'tester', '${at}');
    INSERT INTO payment_applications VALUES ('PAY-1', 'INV-2026-000001', 15000, '2026-03-02', '${at}');
    INSERT INTO journal_entries (event_id, kind, booked_on, currency, customer_id, order_id, invoice_id, payment_id, at) VALUES
      ('receipt:1', 'goods-received', '2026-03-02', 'EUR', NULL, NULL, NULL, NULL, '${at}'),
      ('SHP-A:goods-issue', 'goods-issue', '2026-03-02', 'EUR', 'OLD', 'ORD-A', NULL, NULL, '${at}'),
      ('INV-2026-000001:issue', 'invoice', '2026-03-02', 'EUR', 'OLD', 'ORD-A', 'INV-2026-000001', NULL, '${at}'),
      ('PAY-1:receipt', 'receipt', '2026-03-02', 'EUR', 'OLD', NULL, NULL, 'PAY-1', '${at}');
    INSERT INTO postings VALUES (1, 1, 'inventory', 'debit', 48000), (1, 2, 'goods-received-clearing', 'credit', 48000),
      (2, 1, 'cost-of-goods-sold', 'debit', 8000), (2, 2, 'inventory', 'credit', 8000),
      (2, 3, 'unbilled-receivables', 'debit', 20000), (2, 4, 'revenue', 'credit', 20000),
      (3, 1, 'accounts-receivable', 'debit', 20000), (3, 2, 'unbilled-receivables', 'credit', 20000),
      (4, 1, 'bank', 'debit', 15000), (4, 2, 'accounts-receivable', 'credit', 15000);
    INSERT INTO tasks (key, kind, role, title, customer_id, order_id, status, at)
      SELECT 'OLD:' || kind, kind, 'credit', 'old', 'OLD', NULL, 'open', '${at}'
      FROM unnest(ARRAY['credit-review', 'invoice-review', 'overdue-contact', 'shortage', 'collections', 'parked-message']) AS kind
      UNION ALL VALUES ('ORD-C:over-limit:1', 'over-limit', 'credit', 'old', 'OLD', 'ORD-C', 'open', '${at}'::timestamptz),
        ('ORD-D:over-limit:1', 'over-limit', 'credit', 'old', 'OLD', 'ORD-D', 'completed', '${at}');
    INSERT INTO credit_decisions (event_id, customer_id, order_id, kind, outcome, limit_minor, policy_version, facts, decision, actor, actor_verified, at)
      VALUES ('ORD-D:decision:1', 'OLD', 'ORD-D', 'review', 'approve', 35000, 1, '{}', '{}', 'anna', true, '${at}');
    INSERT INTO audit_log (at, actor, action, summary, customer_id, order_id) VALUES ('${at}', 'system', 'order-received', 'old', 'OLD', 'ORD-A');
    INSERT INTO notices (key, kind, customer_id, order_id, recipient, facts, status, message_id, at)
      VALUES ('INV-2026-000001:invoice', 'invoice', 'OLD', 'ORD-A', 'old@customer.example', '{}', 'sent', '<1@old>', '${at}');
    INSERT INTO outbox (key, kind, subject, payload) VALUES ('start:ORD-B', 'start-order', 'ORD-B', '{"kind": "start-order", "orderId": "ORD-B"}');
    INSERT INTO steps VALUES ('ORD-B', 'credit:1', '{"outcome": "held"}', '${at}');
    INSERT INTO idempotency_keys (principal, key, fingerprint, response_status, response_body) VALUES ('tester', '1', '', 201, '{}');
  `);
}

describe('a company that traded on the first schema', () => {
  it('X1: loses no row to the newest one, and its books are right', async () => {
    const { rows } = await database.query<{ name: string }>(
      "SELECT conname AS name FROM pg_constraint WHERE contype IN ('c', 'f') AND NOT convalidated",
    );
    expect(rows).toEqual([]);
    expect(await countRows(database)).toMatchObject(counts);
    await checkInvariants(database);
  });

  it('X1: the queries behind the API read all of it', async () => {
    const page = { limit: 50 };
    expect(await readOrder(database, 'ORD-A')).toMatchObject({
      revision: 1,
      prepayment: null,
      lines: [{ shippedQuantity: 2 }],
      shipments: [{ id: 'SHP-A' }],
      invoices: [{ id: 'INV-2026-000001', openMinor: 5_000 }],
    });
    expect(await listOrders(database, {}, page)).toHaveLength(4);
    expect(await readInvoice(database, 'INV-2026-000001')).toMatchObject({
      applications: [{ amountMinor: 15_000 }],
      credits: [],
    });
    expect(await listInvoices(database, { overdueOn: '2026-05-01' }, page)).toHaveLength(1);
    expect(await listShipments(database, {}, page)).toHaveLength(2);
    expect(await readWorkOrder(database, 'SHP-B')).toMatchObject({ lines: [{ sku: 'BOLT', quantity: 2 }] });
    expect(await listTasks(database, {}, page)).toHaveLength(8);
    expect(await listPayments(database, { customerId: 'OLD' }, page)).toMatchObject([
      { applications: [{ amountMinor: 15_000 }] },
    ]);
    expect(await listStock(database, {}, page)).toMatchObject([{ sku: 'BOLT', onHand: 10 }]);
    expect(await readProduct(database, 'BOLT')).toMatchObject({ makeToOrder: false });
    expect(await readCustomer(database, 'OLD')).toMatchObject({ id: 'OLD' });
    expect(await openByDueDate(database, '2026-12-31')).toEqual([{ currency: 'EUR', dueOn: '2026-04-01', openMinor: 5_000 }]);
    expect(await readTimeline(database, { orderId: 'ORD-A' }, page)).not.toEqual([]);
  });

  it('X1, C4: its orders go on: a decision that had been made stands, goods are amended, picked, shipped and billed', async () => {
    const inOne = <Outcome>(work: Parameters<typeof database.transaction<Outcome>>[0]) => database.transaction(work);
    const hold = (orderId: string) => inOne((tx) => holdCredit(tx, { orderId, attempt: 2, at }));
    // The younger one has been decided for, and passes the older.
    expect(await hold('ORD-D')).toMatchObject({ outcome: 'held' });
    expect(await hold('ORD-C')).toMatchObject({ outcome: 'wait' });
    const amendment = { lines: [{ lineNumber: 1, quantity: 1 }], reason: 'less', actor: tester, at };
    const amended = await inOne((tx) => amendOrder(tx, { orderId: 'ORD-B', eventId: '1', revision: 1, ...amendment }));
    const { newShipments } = amended as { newShipments: string[] };
    const shipment = { orderId: 'ORD-B', shipmentId: newShipments[0]!, at };
    await inOne((tx) => confirmPick(tx, { ...shipment, eventId: '1', short: [], packed: true, actor: tester }));
    await inOne((tx) => issueGoods(tx, { ...shipment, carrier: 'SIM', trackingNumber: 'T-2' }));
    expect(await inOne((tx) => issueInvoice(tx, shipment))).toMatchObject({ invoiceId: 'INV-2026-000002', grossMinor: 10_000 });
    await checkInvariants(database);
  });
});
