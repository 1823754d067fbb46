import type { Chain, Hop } from '../../domain/breakdown.ts';
import type { PaymentTerms } from '../../domain/invoice.ts';
import type { Rounding } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Queryable } from '../client.ts';
import { readCompany } from '../statements/company.ts';
import type { Invoice } from './invoices.ts';

interface ChainRow {
  document: { sku: string; quantity: number }[];
  revision: number;
  orderLines: Chain['order']['lines'];
  terms: PaymentTerms;
  deliveryTerms: string | null;
  taxRounding: Rounding;
  placedAt: string;
  shippedAt: string | null;
  shipTo: unknown;
  shipmentLines: Chain['shipment']['lines'];
  moved: Chain['moved'];
  taken: { hop: Hop; actor: string; at: string }[];
}

/** What every hop of a billed shipment has written down, for the rule that compares them. */
export async function readChain(db: Queryable, invoice: Invoice): Promise<Chain> {
  const [{ timeZone }, found] = await Promise.all([
    readCompany(db),
    db.query<ChainRow>(
      `SELECT o.original_document -> 'lines' AS document, o.revision, o.terms, o.delivery_terms AS "deliveryTerms", o.tax_rounding AS "taxRounding",
         o.placed_at AS "placedAt", s.shipped_at AS "shippedAt",
         s.ship_to AS "shipTo",
         (SELECT jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'description', description, 'quantity', quantity,
            'unitPriceMinor', unit_price_minor, 'taxCategory', tax_category, 'taxRate', tax_rate) ORDER BY line_number)
            FROM order_lines WHERE order_id = o.id) AS "orderLines",
         (SELECT jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'planned', quantity, 'picked', picked_quantity)
            ORDER BY line_number) FROM shipment_lines WHERE shipment_id = s.id) AS "shipmentLines",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('sku', sku, 'quantity', quantity) ORDER BY sku), '[]')
            FROM stock_movements WHERE event_id = s.id || ':goods-issue') AS moved,
         (SELECT jsonb_agg(jsonb_build_object('hop', hop, 'actor', actor, 'at', at)) FROM (
            SELECT DISTINCT ON (hop) hop, actor, at FROM audit_log, LATERAL (SELECT CASE
              WHEN action IN ('order-received', 'order-amended') THEN 'order'
              WHEN action IN ('picked', 'picked-and-packed') AND shipment_id = s.id THEN 'pick'
              WHEN action = 'goods-issued' AND shipment_id = s.id THEN 'ship'
              WHEN action = 'invoiced' AND invoice_id = $3 THEN 'invoice' END AS hop) h
            WHERE order_id = o.id AND hop IS NOT NULL ORDER BY hop, sequence DESC) last) AS taken
       FROM orders o JOIN shipments s ON s.id = $2 WHERE o.id = $1`,
      [invoice.orderId, invoice.shipmentId, invoice.id],
    ),
  ]);
  const row = only(found);
  const facts = invoice.facts as Partial<
    Pick<Chain['invoice'], 'terms' | 'deliveryTerms' | 'orderedOn' | 'shippedOn' | 'shipTo'>
  >;
  return {
    document: row.revision === 1 ? row.document : null,
    order: {
      lines: row.orderLines,
      terms: row.terms,
      deliveryTerms: row.deliveryTerms,
      taxRounding: row.taxRounding,
      placedOn: localDate(row.placedAt, timeZone),
    },
    shipment: {
      lines: row.shipmentLines,
      shippedOn: row.shippedAt === null ? null : localDate(row.shippedAt, timeZone),
      shipTo: row.shipTo,
    },
    moved: row.moved,
    invoice: {
      ...invoice,
      lines: invoice.lines.map((line) => ({ ...line, sku: line.sku ?? '' })),
      terms: facts.terms ?? null,
      deliveryTerms: facts.deliveryTerms ?? null,
      orderedOn: facts.orderedOn ?? null,
      shippedOn: facts.shippedOn ?? null,
      shipTo: facts.shipTo ?? null,
    },
    taken: Object.fromEntries(row.taken.map(({ hop, actor, at }) => [hop, { actor, at }])),
  };
}
