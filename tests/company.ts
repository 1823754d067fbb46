import { createHash, randomUUID } from 'node:crypto';
import type { UpdateDefinition } from '@temporalio/common';
import type { Database } from '../db/client.ts';
import { readClock } from '../db/statements/company.ts';
import type { OrderRequest } from '../db/statements/order-intake.ts';
import { takeOverOpenItem } from '../db/transactions/open-item.ts';
import { placeOrder } from '../db/transactions/place-order.ts';
import { receiveGoods } from '../db/transactions/receive-goods.ts';
import { type ReceivedPayment, receivePayment } from '../db/transactions/receive-payment.ts';
import { defaultPolicies } from '../db/transactions/save-policy.ts';
import { fromMillis } from '../domain/time.ts';
import { webhookEventTypes } from '../domain/webhook.ts';
import { confirmPick } from '../workflows/messages.ts';
import { eventually, type Suite, tester } from './suite.ts';

export const address = { name: 'Goods In', street: '1 Dock Road', city: 'Hamburg', postalCode: '20457', country: 'DE' };

/** The smallest company that can trade: settings, policies, two warehouses. */
export async function setUpCompany(database: Database): Promise<void> {
  await database.query(
    `INSERT INTO company (legal_name, tax_id, address, email, bank_iban, bank_bic, currency, time_zone)
     VALUES ('Throughline Supplies GmbH', 'DE123456789', $1, 'billing@supplies.example', 'DE89370400440532013000', 'COBADEFFXXX', 'EUR', 'Europe/Berlin')`,
    [JSON.stringify(address)],
  );
  for (const policy of defaultPolicies) {
    await database.query("INSERT INTO policies (name, version, body, at, actor) VALUES ($1, 1, $2, '2026-01-01Z', 'tester')", [
      policy.name,
      JSON.stringify(policy),
    ]);
  }
  for (const id of ['WH-NORTH', 'WH-SOUTH']) {
    await database.query('INSERT INTO warehouses (id, name, address) VALUES ($1, $1, $2)', [id, JSON.stringify(address)]);
  }
  // Wants to hear of everything, so that every test makes every event that it has reason to; nobody delivers them.
  await database.query(
    `INSERT INTO webhook_endpoints (id, url, event_types, secret, at) VALUES ('EARS', 'https://ears.example', $1, 'whsec_', '2026-01-01Z')`,
    [webhookEventTypes],
  );
}

export async function addCustomer(
  database: Database,
  id: string,
  options: {
    limitMinor?: number | null;
    backOrderAllowed?: boolean;
    netDays?: number;
    creditProfile?: object;
    currency?: string;
  } = {},
): Promise<void> {
  await database.query(
    `INSERT INTO customers (id, name, email, billing_address, currency, terms, back_order_allowed, credit_profile, at)
     VALUES ($1, $2, $3, $4, $8, $5, $6, $7, now())`,
    [
      id,
      `Customer ${id}`,
      `${id.toLowerCase()}@customer.example`,
      JSON.stringify(address),
      JSON.stringify({ kind: 'net', days: options.netDays ?? 30 }),
      options.backOrderAllowed ?? false,
      JSON.stringify(options.creditProfile ?? {}),
      options.currency ?? 'EUR',
    ],
  );
  if (options.limitMinor !== undefined) {
    await database.query(
      `INSERT INTO credit_accounts (customer_id, currency, standing, limit_minor, expires_at)
       VALUES ($1, $3, 'approved', $2, '2099-01-01Z')`,
      [id, options.limitMinor, options.currency ?? 'EUR'],
    );
  }
}

export async function addProduct(database: Database, sku: string, unitPriceMinor: number, taxRate = '0.20'): Promise<void> {
  await database.query(
    "INSERT INTO products (sku, name, tax_rate, weight_grams, at) VALUES ($1, $1 || ' product', $2, 500, now())",
    [sku, taxRate],
  );
  await database.query("INSERT INTO prices (sku, currency, unit_price_minor) VALUES ($1, 'EUR', $2)", [sku, unitPriceMinor]);
}

export async function addStock(
  suite: Pick<Suite, 'database' | 'delivery'>,
  sku: string,
  quantity: number,
  unitCostMinor: number,
  warehouseId = 'WH-NORTH',
): Promise<void> {
  const { at } = await readClock(suite.database);
  await suite.database.transaction((tx) =>
    receiveGoods(tx, { reference: randomUUID(), warehouseId, lines: [{ sku, quantity, unitCostMinor }], actor: tester, at }),
  );
  suite.delivery.deliverSoon();
}

export async function order(
  suite: Pick<Suite, 'database' | 'delivery'>,
  customerId: string,
  lines: OrderRequest['lines'],
  rest: Partial<OrderRequest> = {},
): Promise<string> {
  const request: OrderRequest = { customerId, channel: 'api', currency: 'EUR', lines, ...rest };
  const placed = await suite.database.transaction((tx) =>
    placeOrder(tx, {
      request,
      actor: tester.name,
      principal: tester.name,
      idempotencyKey: randomUUID(),
      fingerprint: createHash('sha256').update(JSON.stringify(request)).digest('hex'),
    }),
  );
  suite.delivery.deliverSoon();
  return placed.order.id;
}

export async function orderStatus(database: Database, orderId: string): Promise<string> {
  const { rows } = await database.query<{ status: string }>('SELECT status FROM orders WHERE id = $1', [orderId]);
  return rows[0]!.status;
}

export async function openShipments(database: Database, orderId: string): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    "SELECT id FROM shipments WHERE order_id = $1 AND status IN ('picking', 'packing') ORDER BY id",
    [orderId],
  );
  return rows.map((row) => row.id);
}

/** Waits until the order has come to the status. */
export function becomes(suite: Pick<Suite, 'database'>, orderId: string, status: string): Promise<true> {
  return eventually(async () => {
    const found = await orderStatus(suite.database, orderId);
    if (found !== status) throw new Error(`${orderId} is ${found}, not ${status}`);
    return true;
  });
}

/** Waits until the warehouse has so many shipments of the order to work on, and gives their ids. */
export function shipmentsInWork(suite: Pick<Suite, 'database'>, orderId: string, count = 1): Promise<string[]> {
  return eventually(async () => {
    const found = await openShipments(suite.database, orderId);
    return found.length === count && found;
  });
}

/** Waits until the order has so many invoices. */
export function invoiced(suite: Pick<Suite, 'database'>, orderId: string, count = 1) {
  return eventually(async () => {
    const found = await invoicesOf(suite.database, orderId);
    return found.length === count && found;
  });
}

/** What stands on the order's timeline, in order. */
export async function timeline(database: Database, orderId: string) {
  const { rows } = await database.query<{
    action: string;
    actor: string;
    verified: boolean;
    summary: string;
    policyVersion: string | null;
  }>(
    `SELECT action, actor, actor_verified AS verified, summary, policy_version AS "policyVersion" FROM audit_log
     WHERE order_id = $1 ORDER BY sequence`,
    [orderId],
  );
  return rows;
}

/**
 * Sends an update to the order's workflow and waits for its answer. When a hint reaches an order in the task that ends it, the
 * server drops the answer of an update in that task though its transaction has committed: like the API, it is read there.
 */
export async function ask<Outcome, Argument>(
  suite: Pick<Suite, 'client' | 'database'>,
  orderId: string,
  update: UpdateDefinition<Outcome, [Argument]>,
  argument: Argument,
): Promise<Outcome> {
  const updateId = randomUUID();
  try {
    return await suite.client.workflow.getHandle(orderId).executeUpdate(update, { updateId, args: [argument] });
  } catch (error) {
    if ((error as { cause?: { code?: number } }).cause?.code !== 9) throw error;
    const { rows } = await suite.database.query<{ outcome: Outcome }>(
      "SELECT outcome FROM steps WHERE subject = $1 AND step LIKE '%:' || $2",
      [orderId, updateId],
    );
    if (!rows[0]) throw error;
    return rows[0].outcome;
  }
}

/** A debit item from the system before this one. */
export async function openingItem(
  suite: Pick<Suite, 'database' | 'delivery'>,
  customerId: string,
  amountMinor: number,
  issuedOn: string,
  dueOn: string,
  currency = 'EUR',
): Promise<string> {
  const { at, offsetMs } = await readClock(suite.database);
  const { invoiceId } = await suite.database.transaction((tx) =>
    takeOverOpenItem(tx, {
      customerId,
      currency,
      amountMinor,
      issuedOn,
      dueOn,
      reference: 'OLD',
      actor: tester,
      at,
      offsetMs,
    }),
  );
  suite.delivery.deliverSoon();
  return invoiceId;
}

/** The warehouse's one message: picked (short where it says so) and packed. */
export async function pickAndPack(
  suite: Suite,
  orderId: string,
  shipmentId: string,
  short: { lineNumber: number; pickedQuantity: number }[] = [],
) {
  return ask(suite, orderId, confirmPick, { shipmentId, short, packed: true, actor: tester });
}

export async function invoicesOf(database: Database, orderId: string) {
  const { rows } = await database.query<{
    id: string;
    grossMinor: number;
    openMinor: number;
    dueOn: string;
    issuedOn: string;
    paymentReference: string;
    status: string;
    dunningLevel: number;
  }>(
    `SELECT id, gross_minor AS "grossMinor", open_minor AS "openMinor", due_on AS "dueOn", issued_on AS "issuedOn",
       payment_reference AS "paymentReference", status, dunning_level AS "dunningLevel"
     FROM invoices WHERE id = ANY (ARRAY(SELECT invoice_id FROM billings WHERE order_id = $1)) ORDER BY id`,
    [orderId],
  );
  return rows;
}

export async function pay(
  suite: Pick<Suite, 'database' | 'delivery'>,
  customerId: string,
  amountMinor: number,
  remittanceText: string,
  valueOn?: string,
): Promise<ReceivedPayment> {
  const clock = await readClock(suite.database);
  const received = await suite.database.transaction((tx) =>
    receivePayment(tx, {
      customerId,
      method: 'bank-transfer',
      currency: 'EUR',
      amountMinor,
      valueOn: valueOn ?? clock.at.slice(0, 10),
      invoiceIds: [],
      remittanceText,
      actor: tester,
      at: clock.at,
      offsetMs: clock.offsetMs,
    }),
  );
  suite.delivery.deliverSoon();
  return received;
}

/** What receivers of webhooks are told, in order: type, record and how many of its events came before it. */
export async function announced(database: Database, customerId: string): Promise<string[]> {
  const { rows } = await database.query<{ told: string }>(
    `SELECT format('%s %s %s', type, record_id, sequence) AS told FROM webhook_events WHERE customer_id = $1 ORDER BY id`,
    [customerId],
  );
  return rows.map(({ told }) => told);
}

/** Debit and credit of every account that is not zero, each on its net side. */
export async function trialBalance(database: Database): Promise<Record<string, number>> {
  const { rows } = await database.query<{ account: string; netMinor: number }>(
    `SELECT account, sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END)::bigint AS "netMinor"
     FROM postings GROUP BY account`,
  );
  return Object.fromEntries(rows.filter((row) => row.netMinor !== 0).map((row) => [row.account, row.netMinor]));
}

export async function exposure(database: Database, customerId: string): Promise<number> {
  const { rows } = await database.query<{ exposure: number }>(
    `SELECT open_receivables_minor + shipped_not_invoiced_minor + approved_not_shipped_minor - unapplied_cash_minor
       - open_credit_notes_minor AS exposure
     FROM credit_accounts WHERE customer_id = $1`,
    [customerId],
  );
  return rows[0]?.exposure ?? 0;
}

export const instant = (date: string, time = '12:00:00') => fromMillis(Date.parse(`${date}T${time}Z`));
