import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface PriceList {
  id: string;
  name: string;
  currency: string;
  customerId: string | null;
  segment: string | null;
  validFrom: IsoDate | null;
  validUntil: IsoDate | null;
  version: number;
}

export interface ListedPrice {
  sku: string;
  minimumQuantity: number;
  unitPriceMinor: number;
}

const columns = `id, name, currency, customer_id AS "customerId", segment, valid_from AS "validFrom", valid_until AS "validUntil", version`;

export async function listPriceLists(
  db: Queryable,
  wanted: { customerId?: string | undefined; segment?: string | undefined },
  page: Page,
): Promise<PriceList[]> {
  const { where, limit, values } = filter(
    { 'customer_id = ?': wanted.customerId, 'segment = ?': wanted.segment, 'id > ?': page.after },
    page.limit,
  );
  return (await db.query<PriceList>(`SELECT ${columns} FROM price_lists ${where} ORDER BY id ${limit}`, values)).rows;
}

export async function readPriceList(db: Queryable, id: string): Promise<PriceList | undefined> {
  return (await db.query<PriceList>(`SELECT ${columns} FROM price_lists WHERE id = $1`, [id])).rows[0];
}

/** What stands on a list, by product and quantity break; `page.after` is 'SKU minimumQuantity'. */
export async function listPricesOf(db: Queryable, priceListId: string, page: Page): Promise<ListedPrice[]> {
  const { rows } = await db.query<ListedPrice>(
    `SELECT sku, minimum_quantity AS "minimumQuantity", unit_price_minor AS "unitPriceMinor" FROM list_prices
     WHERE price_list_id = $1 AND unit_price_minor IS NOT NULL
       AND ($2::text IS NULL OR (sku, minimum_quantity) > (split_part($2, ' ', 1), split_part($2, ' ', 2)::int))
     ORDER BY sku, minimum_quantity LIMIT $3`,
    [priceListId, page.after, page.limit + 1],
  );
  return rows;
}

export interface PriceRow {
  sku: string;
  priceListId: string | null;
  minimumQuantity: number | null;
  currency: string;
  unitPriceMinor: number;
}

/** The products' own prices; `page.after` is 'SKU currency'. */
export async function listBasePrices(db: Queryable, page: Page): Promise<PriceRow[]> {
  const { rows } = await db.query<PriceRow>(
    `SELECT sku, NULL AS "priceListId", NULL AS "minimumQuantity", currency, unit_price_minor AS "unitPriceMinor" FROM prices
     WHERE $1::text IS NULL OR (sku, currency) > (split_part($1, ' ', 1), split_part($1, ' ', 2))
     ORDER BY sku, currency LIMIT $2`,
    [page.after, page.limit + 1],
  );
  return rows;
}

/** What stands on all the lists; `page.after` is 'list SKU minimumQuantity'. */
export async function listAllListPrices(db: Queryable, page: Page): Promise<PriceRow[]> {
  const { rows } = await db.query<PriceRow>(
    `SELECT p.sku, p.price_list_id AS "priceListId", p.minimum_quantity AS "minimumQuantity", l.currency,
            p.unit_price_minor AS "unitPriceMinor"
     FROM list_prices p JOIN price_lists l ON l.id = p.price_list_id
     WHERE p.unit_price_minor IS NOT NULL AND ($1::text IS NULL OR (p.price_list_id, p.sku, p.minimum_quantity) >
       (split_part($1, ' ', 1), split_part($1, ' ', 2), split_part($1, ' ', 3)::int))
     ORDER BY p.price_list_id, p.sku, p.minimum_quantity LIMIT $2`,
    [page.after, page.limit + 1],
  );
  return rows;
}
