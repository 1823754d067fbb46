import type { Transaction } from '../client.ts';
import { recordAll } from './audit.ts';
import { column, type ImportLine, type ImportRun, lockFor, missing, upsert } from './upsert.ts';

export interface ProductValues {
  sku: string;
  name?: string | undefined;
  taxCategory?: string | undefined;
  taxRate?: string | undefined;
  weightGrams?: number | undefined;
}

interface StoredProduct {
  sku: string;
  name: string;
  taxCategory: string;
  taxRate: string;
  weightGrams: number;
}

export async function importProducts(tx: Transaction, run: ImportRun, lines: ImportLine<ProductValues>[]): Promise<void> {
  await upsert<ProductValues, StoredProduct>(run, lines, {
    keyOf: (values) => values.sku,
    keyField: 'sku',
    async read(values) {
      const { rows } = await tx.query<StoredProduct>(
        `SELECT sku, name, tax_category AS "taxCategory", tax_rate AS "taxRate", weight_grams AS "weightGrams" FROM products
         WHERE sku = ANY ($1) ORDER BY sku ${lockFor(run)}`,
        [values.map(({ sku }) => sku)],
      );
      return new Map(rows.map((row) => [row.sku, row]));
    },
    merge(before, values) {
      const { sku } = values;
      const name = values.name ?? before?.name;
      const taxRate = values.taxRate ?? before?.taxRate;
      if (name === undefined || taxRate === undefined) return missing({ ...values, name, taxRate }, ['name', 'taxRate']);
      const taxCategory = values.taxCategory ?? before?.taxCategory ?? 'S';
      return { sku, name, taxCategory, taxRate, weightGrams: values.weightGrams ?? before?.weightGrams ?? 0 };
    },
    async write(rows) {
      await tx.query(
        `INSERT INTO products (sku, name, tax_category, tax_rate, weight_grams, at)
         SELECT p.*, $6::timestamptz FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[]) AS p
         ON CONFLICT (sku) DO UPDATE SET name = excluded.name, tax_category = excluded.tax_category, tax_rate = excluded.tax_rate,
           weight_grams = excluded.weight_grams, version = products.version + 1, at = excluded.at`,
        [
          column(rows, ({ sku }) => sku),
          column(rows, ({ name }) => name),
          column(rows, ({ taxCategory }) => taxCategory),
          column(rows, ({ taxRate }) => taxRate),
          column(rows, ({ weightGrams }) => weightGrams),
          run.at,
        ],
      );
      await recordAll(
        tx,
        { ...run, reason: run.importId },
        rows.map(({ before, after }) => ({
          action: before ? 'product-changed' : 'product-created',
          summary: `${after.sku}: ${after.name}`,
          before,
          after,
        })),
      );
    },
  });
}
