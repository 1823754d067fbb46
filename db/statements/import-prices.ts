import type { Transaction } from '../client.ts';
import { recordAll } from './audit.ts';
import { column, type ImportLine, type ImportRun, lockFor, upsert } from './upsert.ts';

export interface PriceValues {
  sku: string;
  /** Absent: the product's own price. */
  priceListId?: string | undefined;
  minimumQuantity?: number | undefined;
  /** May be left out for a list, which has one. */
  currency?: string | undefined;
  /** Null takes the price off its list. */
  unitPriceMinor: number | null;
}

interface BasePrice {
  sku: string;
  currency: string;
  unitPriceMinor: number;
}

interface ListedPrice {
  priceListId: string;
  sku: string;
  minimumQuantity: number;
  unitPriceMinor: number | null;
}

type ListValues = PriceValues & { priceListId: string };

/** Prices of products themselves, and of price lists that exist; a list is made by its own route. */
export async function importPrices(tx: Transaction, run: ImportRun, lines: ImportLine<PriceValues>[]): Promise<void> {
  const skus = [...new Set(lines.map(({ values }) => values.sku))];
  // Locked before the prices, as everything that changes a product's prices does.
  const products = await tx.query<{ sku: string }>(`SELECT sku FROM products WHERE sku = ANY ($1) ORDER BY sku ${lockFor(run)}`, [
    skus,
  ]);
  const known = new Set(products.rows.map(({ sku }) => sku));
  const usable = lines.filter(({ line, values: { sku } }) => {
    if (!known.has(sku)) run.faults.push({ line, field: 'sku', code: 'unknown-sku', detail: `There is no product ${sku}.` });
    return known.has(sku);
  });
  await importBasePrices(
    tx,
    run,
    usable.filter(({ values }) => values.priceListId === undefined),
  );
  await importListPrices(
    tx,
    run,
    usable.filter((line): line is ImportLine<ListValues> => line.values.priceListId !== undefined),
  );
}

async function importBasePrices(tx: Transaction, run: ImportRun, lines: ImportLine<PriceValues>[]): Promise<void> {
  const keyOf = ({ sku, currency }: PriceValues | BasePrice) => `${sku} ${currency}`;
  await upsert<PriceValues, BasePrice>(run, lines, {
    keyOf,
    keyField: 'sku',
    async read(values) {
      const { rows } = await tx.query<BasePrice>(
        `SELECT sku, currency, unit_price_minor AS "unitPriceMinor" FROM prices WHERE sku = ANY ($1)`,
        [values.map(({ sku }) => sku)],
      );
      return new Map(rows.map((row) => [keyOf(row), row]));
    },
    merge(_before, { sku, currency, unitPriceMinor, minimumQuantity }) {
      const faults = [];
      if (currency === undefined) {
        faults.push({ field: 'currency', code: 'required', detail: 'The price of a product needs its currency.' });
      }
      if (minimumQuantity !== undefined && minimumQuantity !== 1) {
        faults.push({ field: 'minimumQuantity', code: 'needs-price-list', detail: 'Quantity breaks stand on price lists.' });
      }
      if (unitPriceMinor === null) {
        faults.push({ field: 'unitPriceMinor', code: 'required', detail: 'Only a price on a price list can be taken off.' });
      }
      return currency === undefined || unitPriceMinor === null || faults.length > 0 ? faults : { sku, currency, unitPriceMinor };
    },
    async write(rows) {
      await tx.query(
        `WITH priced AS (
           INSERT INTO prices (sku, currency, unit_price_minor) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
           ON CONFLICT (sku, currency) DO UPDATE SET unit_price_minor = excluded.unit_price_minor)
         UPDATE products SET version = version + 1, at = $4 WHERE sku = ANY ($1)`,
        [
          column(rows, ({ sku }) => sku),
          column(rows, ({ currency }) => currency),
          column(rows, ({ unitPriceMinor }) => unitPriceMinor),
          run.at,
        ],
      );
      await recordAll(
        tx,
        { ...run, reason: run.importId },
        rows.map(({ before, after }) => ({
          action: 'price-changed',
          summary: `${after.sku}: price in ${after.currency}`,
          before,
          after,
        })),
      );
    },
  });
}

async function importListPrices(tx: Transaction, run: ImportRun, lines: ImportLine<ListValues>[]): Promise<void> {
  const { rows: lists } = await tx.query<{ id: string; currency: string; customerId: string | null }>(
    `SELECT id, currency, customer_id AS "customerId" FROM price_lists WHERE id = ANY ($1) ORDER BY id ${lockFor(run)}`,
    [[...new Set(lines.map(({ values }) => values.priceListId))]],
  );
  const listsById = new Map(lists.map((list) => [list.id, list]));
  const keyOf = (price: ListValues | ListedPrice) => `${price.priceListId} ${price.sku} ${price.minimumQuantity ?? 1}`;
  await upsert<ListValues, ListedPrice>(run, lines, {
    keyOf,
    keyField: 'sku',
    async read(values) {
      const { rows } = await tx.query<ListedPrice>(
        `SELECT p.price_list_id AS "priceListId", p.sku, p.minimum_quantity AS "minimumQuantity", p.unit_price_minor AS "unitPriceMinor"
         FROM list_prices p JOIN unnest($1::text[], $2::text[], $3::int[]) AS named (price_list_id, sku, minimum_quantity)
           USING (price_list_id, sku, minimum_quantity)`,
        [
          values.map(({ priceListId }) => priceListId),
          values.map(({ sku }) => sku),
          values.map(({ minimumQuantity }) => minimumQuantity ?? 1),
        ],
      );
      return new Map(rows.map((row) => [keyOf(row), row]));
    },
    merge(_before, { priceListId, sku, minimumQuantity, currency, unitPriceMinor }) {
      const list = listsById.get(priceListId);
      if (!list) {
        return [{ field: 'priceListId', code: 'unknown-price-list', detail: `There is no price list ${priceListId}.` }];
      }
      if (currency !== undefined && currency !== list.currency) {
        return [{ field: 'currency', code: 'price-list-currency', detail: `${priceListId} is kept in ${list.currency}.` }];
      }
      return { priceListId, sku, minimumQuantity: minimumQuantity ?? 1, unitPriceMinor };
    },
    async write(rows) {
      await tx.query(
        `INSERT INTO list_prices (price_list_id, sku, minimum_quantity, unit_price_minor)
         SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::bigint[])
         ON CONFLICT (price_list_id, sku, minimum_quantity) DO UPDATE SET unit_price_minor = excluded.unit_price_minor`,
        [
          column(rows, ({ priceListId }) => priceListId),
          column(rows, ({ sku }) => sku),
          column(rows, ({ minimumQuantity }) => minimumQuantity),
          column(rows, ({ unitPriceMinor }) => unitPriceMinor),
        ],
      );
      await tx.query('UPDATE price_lists SET version = version + 1, at = $2 WHERE id = ANY ($1)', [
        [...new Set(column(rows, ({ priceListId }) => priceListId))],
        run.at,
      ]);
      await recordAll(
        tx,
        { ...run, reason: run.importId },
        rows.map(({ before, after }) => ({
          action: 'price-changed',
          summary: `${after.sku}: price on list ${after.priceListId} from ${after.minimumQuantity} on`,
          customerId: listsById.get(after.priceListId)?.customerId ?? undefined,
          before,
          after,
        })),
      );
    },
  });
}
