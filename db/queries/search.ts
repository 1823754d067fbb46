import { currencyExponent } from '../../domain/money.ts';
import type { SearchTerms } from '../../domain/search.ts';
import type { Queryable } from '../client.ts';

export interface SearchRow {
  kind: 'order' | 'invoice' | 'customer' | 'payment' | 'product' | 'shipment';
  id: string;
  orderId: string | null;
  name: string;
  status: string | null;
  currency: string | null;
  amountMinor: number | null;
}

// Every part reads by an index and stops early, so that a text that fits everything costs no more than one that fits nothing.
const each = 6;
const limit = `LIMIT ${each}`;
const own = '($6::text IS NULL OR customer_id = $6)';

/** What fits the terms, the exact first; of a customer's own only its records, and never another's name. */
export async function searchRecords(db: Queryable, terms: SearchTerms, customerId: string | undefined): Promise<SearchRow[]> {
  const words = terms.words.map((word) => `${word}:*`).join(' & ');
  const { rows } = await db.query<SearchRow & { byAmount: boolean }>(
    `(SELECT 'order' AS kind, id, id AS "orderId", customer_id AS name, status, currency, gross_minor AS "amountMinor", false AS "byAmount"
      FROM orders WHERE (id = ANY ($1) OR external_reference = ANY ($2)) AND ${own} ${limit})
     UNION ALL
     (SELECT 'invoice', id, order_id, customer_id, status, currency, gross_minor, false
      FROM invoices WHERE (id = ANY ($1) OR payment_reference = ANY ($2)) AND ${own} ${limit})
     UNION ALL
     (SELECT 'payment', id, NULL, customer_id, method, currency, amount_minor, false
      FROM payments WHERE (id = ANY ($1) OR external_reference = ANY ($2)) AND ${own} ${limit})
     UNION ALL
     (SELECT 'shipment', s.id, order_id, coalesce(tracking_number, customer_id), s.status, NULL, NULL, false
      FROM shipments s JOIN orders o ON o.id = s.order_id WHERE (s.id = ANY ($1) OR tracking_number = ANY ($2)) AND ${own} ${limit})
     UNION ALL
     (SELECT 'customer', id, NULL, name, NULL, NULL, NULL, false
      FROM customers WHERE (id LIKE $3 OR ($4 <> '' AND to_tsvector('simple', name) @@ to_tsquery('simple', $4)))
        AND ($6::text IS NULL OR id = $6) ${limit})
     UNION ALL
     (SELECT 'product', sku, NULL, name, NULL, NULL, NULL, false
      FROM products WHERE sku LIKE $3 OR ($4 <> '' AND to_tsvector('simple', name) @@ to_tsquery('simple', $4)) ${limit})
     UNION ALL
     (SELECT 'order', id, id, customer_id, status, currency, gross_minor, true
      FROM orders WHERE gross_minor = ANY ($5::bigint[]) AND ${own} ${limit})
     UNION ALL
     (SELECT 'invoice', id, order_id, customer_id, status, currency, gross_minor, true
      FROM invoices WHERE gross_minor = ANY ($5::bigint[]) AND ${own} ${limit})
     UNION ALL
     (SELECT 'payment', id, NULL, customer_id, method, currency, amount_minor, true
      FROM payments WHERE amount_minor = ANY ($5::bigint[]) AND ${own} ${limit})`,
    [
      terms.ids,
      terms.references,
      `${terms.prefix.replaceAll(/[\\%_]/g, '\\$&')}%`,
      words,
      terms.amounts.map(({ minor }) => minor),
      customerId ?? null,
    ],
  );
  const isAmount = ({ currency, amountMinor }: SearchRow) =>
    terms.amounts.some(({ digits, minor }) => minor === amountMinor && digits === currencyExponent(currency!));
  const seen = new Set<string>();
  return rows.flatMap(({ byAmount, ...row }) => {
    const name = `${row.kind} ${row.id}`;
    if ((byAmount && !isAmount(row)) || seen.has(name)) return [];
    seen.add(name);
    return [row];
  });
}
