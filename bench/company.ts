import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '../db/client.ts';
import { receiveGoods } from '../db/transactions/receive-goods.ts';
import { defaultPolicies } from '../db/transactions/save-policy.ts';
import { fromMillis } from '../domain/time.ts';

export const customers = Array.from({ length: 200 }, (_, index) => `BENCH-${1001 + index}`);
export const products = Array.from({ length: 50 }, (_, index) => `ITEM-${101 + index}`);
const address = { name: 'Goods In', street: '1 Dock Road', city: 'Hamburg', postalCode: '20457', country: 'DE' };

/** A company whose customers are all approved and whose shelves never empty: what is measured is the way through. */
export async function setUpCompany(databaseUrl: string): Promise<void> {
  const database = openDatabase({ url: databaseUrl, maxConnections: 2 });
  await database.query(
    `INSERT INTO company (legal_name, tax_id, address, email, bank_iban, bank_bic, currency, time_zone)
     VALUES ('Throughline Supplies GmbH', 'DE123456789', $1, 'billing@supplies.example', 'DE89370400440532013000', 'COBADEFFXXX', 'EUR', 'Europe/Berlin')
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(address)],
  );
  for (const policy of defaultPolicies) {
    await database.query(
      "INSERT INTO policies (name, version, body, at, actor) VALUES ($1, 1, $2, now(), 'bench') ON CONFLICT DO NOTHING",
      [policy.name, JSON.stringify(policy)],
    );
  }
  await database.query("INSERT INTO warehouses (id, name, address) VALUES ('WH-NORTH', 'North', $1)", [JSON.stringify(address)]);
  await database.query(
    `INSERT INTO customers (id, name, email, billing_address, currency, terms, at)
     SELECT id, 'Customer ' || id, lower(id) || '@customer.example', $2, 'EUR', '{"kind": "net", "days": 30}', now() FROM unnest($1::text[]) AS id`,
    [customers, JSON.stringify(address)],
  );
  await database.query(
    `INSERT INTO credit_accounts (customer_id, currency, standing, limit_minor, expires_at)
     SELECT id, 'EUR', 'approved', 1000000000000, '2099-01-01Z' FROM unnest($1::text[]) AS id`,
    [customers],
  );
  await database.query(
    "INSERT INTO products (sku, name, tax_rate, weight_grams, at) SELECT sku, 'Product ' || sku, '0.20', 500, now() FROM unnest($1::text[]) AS sku",
    [products],
  );
  await database.query(
    "INSERT INTO prices (sku, currency, unit_price_minor) SELECT sku, 'EUR', 1999 FROM unnest($1::text[]) AS sku",
    [products],
  );
  await fillShelves(database);
  await database.close();
}

async function fillShelves(database: Database): Promise<void> {
  await database.transaction((tx) =>
    receiveGoods(tx, {
      reference: randomUUID(),
      warehouseId: 'WH-NORTH',
      lines: products.map((sku) => ({ sku, quantity: 10_000_000, unitCostMinor: 1200 })),
      actor: { name: 'bench', verified: true },
      at: fromMillis(Date.now()),
    }),
  );
}

/** Two lines of two different goods. */
export function orderRequest(index: number) {
  return {
    customerId: customers[index % customers.length]!,
    channel: 'api' as const,
    currency: 'EUR',
    lines: [
      { sku: products[(index * 7) % products.length]!, quantity: 1 + (index % 3) },
      { sku: products[(index * 7 + 3) % products.length]!, quantity: 1 },
    ],
  };
}
