import type { SearchTerms } from '../../domain/search.ts';
import type { Queryable } from '../client.ts';
import type { Address } from '../statements/orders.ts';
import { filter, type Page } from './page.ts';

export interface Product {
  sku: string;
  name: string;
  taxCategory: string;
  taxRate: string;
  weightGrams: number;
  makeToOrder: boolean;
  leadDays: number;
  prices: { currency: string; unitPriceMinor: number }[];
  version: number;
}

const columns = `p.sku, p.name, p.tax_category AS "taxCategory", p.tax_rate AS "taxRate", p.weight_grams AS "weightGrams",
  p.make_to_order AS "makeToOrder", p.lead_days AS "leadDays", p.version,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'unitPriceMinor', unit_price_minor) ORDER BY currency), '[]')
   FROM prices WHERE prices.sku = p.sku) AS prices`;

export async function listProducts(db: Queryable, page: Page): Promise<Product[]> {
  const { where, limit, values } = filter({ 'p.sku > ?': page.after }, page.limit);
  return (await db.query<Product>(`SELECT ${columns} FROM products p ${where} ORDER BY p.sku ${limit}`, values)).rows;
}

/** Products whose SKU or a word of whose name begins like the text, by SKU. */
export async function findSkus(
  db: Queryable,
  { words, prefix }: Pick<SearchTerms, 'words' | 'prefix'>,
  page: Page,
): Promise<string[]> {
  const { rows } = await db.query<{ sku: string }>(
    `SELECT sku FROM products WHERE ($1 = '' OR sku LIKE $1 || '%' OR ($2 <> '' AND to_tsvector('simple', name) @@ to_tsquery('simple', $2)))
       AND ($3::text IS NULL OR sku > $3) ORDER BY sku LIMIT $4`,
    [prefix.replaceAll(/[\\%_]/g, '\\$&'), words.map((word) => `${word}:*`).join(' & '), page.after, page.limit + 1],
  );
  return rows.map(({ sku }) => sku);
}

export async function readProduct(db: Queryable, sku: string): Promise<Product | undefined> {
  return (await db.query<Product>(`SELECT ${columns} FROM products p WHERE p.sku = $1`, [sku])).rows[0];
}

export interface Warehouse {
  id: string;
  name: string;
  address: Address;
}

export async function listWarehouses(db: Queryable): Promise<Warehouse[]> {
  return (await db.query<Warehouse>('SELECT id, name, address FROM warehouses ORDER BY id')).rows;
}

export interface ReorderPoint {
  sku: string;
  warehouseId: string;
  point: number | null;
  quantity: number;
  available: number;
  low: boolean;
}

/** The reorder points with what is available; `wanted.low` keeps those where it is time to order, or the others. */
export async function listReorderPoints(
  db: Queryable,
  wanted: { sku?: string | undefined; warehouseId?: string | undefined; low?: boolean | undefined },
  page: Page,
): Promise<ReorderPoint[]> {
  const { where, limit, values } = filter(
    {
      'sku = ?': wanted.sku,
      '"warehouseId" = ?': wanted.warehouseId,
      'low = ?': wanted.low,
      "(sku, \"warehouseId\") > (split_part(?, ' ', 1), split_part(?, ' ', 2))": page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<ReorderPoint>(
    `SELECT * FROM (
       SELECT sku, warehouse_id AS "warehouseId", point, quantity, on_hand - reserved AS available,
              coalesce(on_hand - reserved <= point, false) AS low
       FROM reorder_points JOIN stock USING (sku, warehouse_id)) points
     ${where} ORDER BY sku, "warehouseId" ${limit}`,
    values,
  );
  return rows;
}

export interface StockLevel {
  sku: string;
  warehouseId: string;
  onHand: number;
  reserved: number;
  available: number;
  valueMinor: number;
}

/** What lies where; `page.after` is 'SKU warehouse', because neither holds a space. */
export async function listStock(
  db: Queryable,
  wanted: { sku?: string | undefined; warehouseId?: string | undefined },
  page: Page,
): Promise<StockLevel[]> {
  const { where, limit, values } = filter(
    {
      'sku = ?': wanted.sku,
      'warehouse_id = ?': wanted.warehouseId,
      "(sku, warehouse_id) > (split_part(?, ' ', 1), split_part(?, ' ', 2))": page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<StockLevel>(
    `SELECT sku, warehouse_id AS "warehouseId", on_hand AS "onHand", reserved, on_hand - reserved AS available,
            value_minor AS "valueMinor"
     FROM stock ${where} ORDER BY sku, warehouse_id ${limit}`,
    values,
  );
  return rows;
}
