import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import type { Page } from './page.ts';

/** Documents that can be taken out together (X9), by what they are. */
export const exportedKinds = ['invoices', 'credit-notes', 'statements', 'order-documents', 'labels'] as const;
export type ExportedKind = (typeof exportedKinds)[number];

export interface ExportedDocument {
  /** Of the document, and of a statement its key: 'statement:CUST-1001:2026-02'. */
  id: string;
  /** The day of issue, or that on which it came or left. */
  on: IsoDate;
  customerId: string | null;
  orderId: string | null;
  currency: string | null;
  amountMinor: number | null;
  /** Of a statement: its days. */
  period: { from: IsoDate; to: IsoDate } | null;
}

/** The days, both of which count, and where they are days. */
export interface ExportPeriod {
  from: IsoDate;
  to: IsoDate;
  timeZone: string;
}

const day = (instant: string) => `(${instant} AT TIME ZONE $3)::date`;

/** Each gives id, on, customerId, orderId, currency, amountMinor and period. */
const sources: Record<ExportedKind, string> = {
  invoices: `SELECT id, issued_on AS "on", customer_id AS "customerId", order_id AS "orderId", currency, gross_minor::bigint AS "amountMinor",
      NULL::jsonb AS period FROM invoices WHERE kind <> 'opening-item'`,
  'credit-notes': `SELECT id, issued_on AS "on", customer_id AS "customerId", order_id AS "orderId", currency,
      gross_minor::bigint AS "amountMinor", NULL::jsonb AS period FROM credit_notes`,
  // Those that were mailed.
  statements: `SELECT key AS id, (facts ->> 'to')::date AS "on", customer_id AS "customerId", NULL AS "orderId", facts ->> 'currency' AS currency,
      (facts ->> 'closingMinor')::bigint AS "amountMinor", jsonb_build_object('from', facts ->> 'from', 'to', facts ->> 'to') AS period
    FROM notices WHERE kind = 'statement'`,
  'order-documents': `SELECT id, ${day('at')} AS "on", customer_id AS "customerId", coalesce(order_id, entered_order_id) AS "orderId",
      NULL AS currency, NULL::bigint AS "amountMinor", NULL::jsonb AS period FROM order_documents`,
  labels: `SELECT s.id, ${day('s.shipped_at')} AS "on", o.customer_id AS "customerId", s.order_id AS "orderId", NULL AS currency,
      NULL::bigint AS "amountMinor", NULL::jsonb AS period
    FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.shipped_at IS NOT NULL AND s.tracking_number IS NOT NULL`,
};

// Every source is held against all three values, of which not each needs the time zone.
const ofPeriod = (kind: ExportedKind) =>
  `SELECT * FROM (${sources[kind]}) d WHERE d."on" BETWEEN $1::date AND $2::date AND $3::text IS NOT NULL`;

/** Documents of one kind and a period, by id. */
export async function listExportedDocuments(
  db: Queryable,
  kind: ExportedKind,
  { from, to, timeZone }: ExportPeriod,
  { after, limit }: Page,
): Promise<ExportedDocument[]> {
  const { rows } = await db.query<ExportedDocument>(
    `SELECT * FROM (${ofPeriod(kind)}) d WHERE $4::text IS NULL OR id > $4 ORDER BY id LIMIT $5`,
    [from, to, timeZone, after, limit + 1],
  );
  return rows;
}

export async function countExportedDocuments(
  db: Queryable,
  kind: ExportedKind,
  { from, to, timeZone }: ExportPeriod,
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(`SELECT count(*) AS count FROM (${ofPeriod(kind)}) d`, [from, to, timeZone]);
  return rows[0]!.count;
}
