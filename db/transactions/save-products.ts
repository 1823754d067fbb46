import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';

export interface SaveProductInput {
  sku: string;
  name: string;
  taxCategory: string;
  taxRate: string;
  weightGrams: number;
  makeToOrder: boolean;
  leadDays: number;
  prices: { currency: string; unitPriceMinor: number }[];
  actor: Actor;
  at: string;
}

/**
 * Takes a product in or changes it, with its prices; a currency that is not named keeps its price. Orders keep the price
 * they were accepted at.
 */
export async function saveProduct(tx: Transaction, input: SaveProductInput): Promise<{ created: boolean }> {
  const { sku, actor, at } = input;
  const { rows } = await tx.query<{ version: number }>(
    `INSERT INTO products (sku, name, tax_category, tax_rate, weight_grams, at, make_to_order, lead_days)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (sku) DO UPDATE SET name = excluded.name, tax_category = excluded.tax_category, tax_rate = excluded.tax_rate,
       weight_grams = excluded.weight_grams, make_to_order = excluded.make_to_order, lead_days = excluded.lead_days, version = products.version + 1, at = excluded.at
     RETURNING version`,
    [sku, input.name, input.taxCategory, input.taxRate, input.weightGrams, at, input.makeToOrder, input.leadDays],
  );
  const before = await tx.query<{ currency: string; unitPriceMinor: number }>(
    'SELECT currency, unit_price_minor AS "unitPriceMinor" FROM prices WHERE sku = $1 ORDER BY currency',
    [sku],
  );
  await tx.query(
    `INSERT INTO prices (sku, currency, unit_price_minor) SELECT $1, * FROM unnest($2::text[], $3::bigint[])
     ON CONFLICT (sku, currency) DO UPDATE SET unit_price_minor = excluded.unit_price_minor`,
    [sku, input.prices.map((price) => price.currency), input.prices.map((price) => price.unitPriceMinor)],
  );
  const created = rows[0]!.version === 1;
  const { actor: _actor, at: _at, ...after } = input;
  await record(tx, {
    at,
    actor,
    action: created ? 'product-created' : 'product-changed',
    summary: `${sku}: ${input.name}`,
    before: created ? undefined : { prices: before.rows },
    after,
  });
  return { created };
}
