import type { Buyer, Chain, Hop } from '../../domain/breakdown.ts';
import { instalmentsOf } from '../../domain/instalments.ts';
import { documentTotals, type PaymentTerms } from '../../domain/invoice.ts';
import type { Rounding } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Queryable } from '../client.ts';
import { readCompany } from '../statements/company.ts';
import type { Invoice } from './invoices.ts';

interface ChainRow {
  document: Chain['document'];
  amendments: Chain['amendments'];
  orderLines: Chain['order']['lines'];
  terms: PaymentTerms;
  deliveryTerms: string | null;
  taxRounding: Rounding;
  placedBy: string;
  placedAt: string;
  customerTerms: Chain['order']['customerTerms'];
  buyer: Chain['buyer'];
  approval: Chain['approval'];
  shippedAt: string | null;
  shipTo: unknown;
  shipmentLines: Chain['shipment']['lines'];
  moved: Chain['moved'];
  correction: Chain['correction'];
  taken: { hop: Hop | 'delivery'; actor: string; at: string }[];
}

const linesAsJson = `coalesce(jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'description', description,
  'quantity', quantity, 'unitPriceMinor', unit_price_minor, 'taxCategory', tax_category, 'taxRate', tax_rate, 'netMinor', net_minor)
  ORDER BY line_number), '[]')`;

/**
 * The customer's master data as it was when a row of the audit log was written: as the first change after it found it. Of an order
 * that was placed while the customer was being changed, it is the one that was written down first.
 */
const masterDataAt = (auditRow: string, fields: string) => `(
  SELECT jsonb_build_object('version', c.version - changes.later, 'fields', (
      SELECT ${fields} FROM (SELECT coalesce(changes.found, jsonb_build_object('name', c.name, 'taxId', c.tax_id,
        'billingAddress', c.billing_address, 'terms', c.terms)) AS m) was))
  FROM customers c, LATERAL (
    SELECT count(*)::int AS later, (array_agg(before ORDER BY sequence))[1] AS found FROM audit_log
    WHERE customer_id = c.id AND action = 'customer-changed' AND sequence > (${auditRow})) changes
  WHERE c.id = o.customer_id)`;

/**
 * A version of the line's product that was in force when the line was agreed: while the order was placed, or amended later. The one that
 * says what the line says when there is one, else that of the placing; null for an order that is older than the versions. A change
 * of the hour before, which its order may not have seen, is no alarm, as it is none of a price list.
 */
const wasInForce = (table: string, own: string, says: string, value: string): string => `(
  SELECT ${value} FROM (
    SELECT v.*, coalesce(lead(v.at) OVER (ORDER BY v.id), 'infinity') AS until, min(v.at) OVER () AS known FROM ${table} v
    WHERE v.sku = l.sku AND ${own}) v
  WHERE v.known <= o.placed_at AND v.until > o.placed_at - interval '1 hour' AND v.at <= coalesce(
    (SELECT max(a.at) FROM audit_log a WHERE a.order_id = o.id AND a.action = 'amended'), o.placed_at)
  ORDER BY ${says} DESC, v.at <= o.placed_at DESC, v.id DESC LIMIT 1)`;

// A price list that was saved less than an hour before the order was placed, or after it, is no witness: the order may have seen it
// as it was before, since an import of prices is only seen when all of it is there.
const priceSource = `CASE
  WHEN q.id IS NOT NULL AND l.line_number <= jsonb_array_length(o.original_document -> 'lines') AND EXISTS (
    SELECT FROM jsonb_array_elements(q.lines) x WHERE (x ->> 'lineNumber')::int = l.line_number
      AND x ->> 'priceListId' IS NOT DISTINCT FROM l.price_list_id AND (x ->> 'minimumQuantity')::int IS NOT DISTINCT FROM l.price_minimum_quantity)
    THEN jsonb_build_object('from', 'quote',
    'id', q.id, 'minimumQuantity', NULL, 'unitPriceMinor', (SELECT x -> 'unitPriceMinor' FROM jsonb_array_elements(q.lines) x
      WHERE (x ->> 'lineNumber')::int = l.line_number))
  WHEN l.price_list_id IS NOT NULL THEN jsonb_build_object('from', 'price-list', 'id', l.price_list_id,
    'minimumQuantity', l.price_minimum_quantity,
    'unitPriceMinor', CASE WHEN pl.at <= o.placed_at - interval '1 hour' THEN lp.unit_price_minor END)
  ELSE jsonb_build_object('from', 'product', 'id', l.sku, 'minimumQuantity', NULL, 'unitPriceMinor', ${wasInForce(
    'price_versions',
    'v.currency = o.currency',
    'v.unit_price_minor = l.unit_price_minor',
    'to_jsonb(v.unit_price_minor)',
  )}) END`;

const productThen = wasInForce(
  'product_versions',
  'true',
  'v.tax_category = l.tax_category AND v.tax_rate::numeric = l.tax_rate::numeric',
  "jsonb_build_object('version', v.version, 'taxCategory', v.tax_category, 'taxRate', v.tax_rate)",
);

const readHops = `
  SELECT jsonb_build_object('lines', o.original_document -> 'lines', 'shipTo', o.original_document -> 'shipTo') AS document,
    o.terms, o.delivery_terms AS "deliveryTerms", o.tax_rounding AS "taxRounding",
    o.placed_by AS "placedBy", o.placed_at AS "placedAt", s.shipped_at AS "shippedAt", s.ship_to AS "shipTo",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('revision', coalesce((after -> 'revision')::int, substring(summary FROM 'revision (\\d+)')::int),
       'lines', after -> 'lines', 'shipTo', after -> 'shipTo', 'beforeRelease', at <= s.released_at, 'actor', actor, 'at', at)
       ORDER BY sequence), '[]') FROM audit_log WHERE order_id = o.id AND action = 'amended') AS amendments,
    (SELECT jsonb_agg(jsonb_build_object('lineNumber', l.line_number, 'sku', l.sku, 'description', l.description, 'quantity', l.quantity,
       'cancelledQuantity', l.cancelled_quantity, 'unitPriceMinor', l.unit_price_minor, 'taxCategory', l.tax_category, 'taxRate', l.tax_rate,
       'price', ${priceSource}, 'product', ${productThen}) ORDER BY l.line_number)
       FROM order_lines l LEFT JOIN price_lists pl ON pl.id = l.price_list_id
         LEFT JOIN list_prices lp ON lp.price_list_id = l.price_list_id AND lp.sku = l.sku AND lp.minimum_quantity = l.price_minimum_quantity
       WHERE l.order_id = o.id) AS "orderLines",
    ${masterDataAt("SELECT min(sequence) FROM audit_log WHERE order_id = o.id AND action = 'order-received'", "m -> 'terms'")} AS "customerTerms",
    ${masterDataAt("SELECT min(sequence) FROM audit_log WHERE invoice_id = $3 AND action IN ('invoiced', 'invoice-revised')", "jsonb_build_object('name', m -> 'name', 'taxId', m -> 'taxId', 'billingAddress', m -> 'billingAddress')")} AS buyer,
    jsonb_build_object('proFormaNumber', p.number, 'amountMinor', CASE WHEN o.terms ->> 'kind' = 'prepayment' THEN p.amount_minor
      ELSE (SELECT approved_minor FROM credit_holds WHERE order_id = o.id) END) AS approval,
    (SELECT jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'planned', quantity, 'picked', picked_quantity)
       ORDER BY line_number) FROM shipment_lines WHERE shipment_id = s.id) AS "shipmentLines",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('sku', sku, 'quantity', quantity) ORDER BY sku), '[]')
       FROM stock_movements WHERE event_id = s.id || ':goods-issue') AS moved,
    (SELECT jsonb_build_object('id', c.id, 'correctsInvoiceId', c.invoice_id, 'lines', coalesce(c.request -> 'lines', '[]'),
       'charged', (SELECT ${linesAsJson} FROM invoice_lines WHERE invoice_id = c.invoice_id),
       'credited', (SELECT coalesce(jsonb_agg(jsonb_build_object('lineNumber', l.line_number, 'units', l.credited_units,
            'netMinor', l.net_minor)), '[]')
          FROM credited_lines l WHERE l.invoice_id = c.invoice_id AND l.credit_note_id <> c.credit_note_id))
       FROM corrections c WHERE c.revised_invoice_id = $3) AS correction,
    (SELECT jsonb_agg(jsonb_build_object('hop', hop, 'actor', actor, 'at', at)) FROM (
       SELECT DISTINCT ON (hop) hop, actor, at FROM audit_log, LATERAL (SELECT CASE
         WHEN action IN ('order-received', 'amended') THEN 'order'
         WHEN action IN ('credit-held', 'prepayment-accepted') THEN 'approval'
         WHEN action IN ('picked', 'picked-and-packed') AND shipment_id = s.id THEN 'pick'
         WHEN action = 'goods-issued' AND shipment_id = s.id THEN 'ship'
         WHEN action = 'delivered' AND shipment_id = s.id THEN 'delivery'
         WHEN action IN ('invoiced', 'invoice-revised') AND invoice_id = $3 THEN 'invoice' END AS hop) h
       WHERE order_id = o.id AND hop IS NOT NULL ORDER BY hop, sequence DESC) last) AS taken
  FROM orders o JOIN shipments s ON s.id = $2 LEFT JOIN prepayments p ON p.order_id = o.id
    LEFT JOIN quotes q ON q.order_id = o.id WHERE o.id = $1`;

/** The chain of one shipment that an invoice bills, and by which numbers the invoice has the lines that the chain has by the order's. */
export interface BilledChain {
  chain: Chain;
  invoiceLineOf(orderLineNumber: number): number | undefined;
}

/**
 * The chain of every shipment that an invoice bills, in the order of its lines. Of a consolidated invoice each is told as if its
 * shipment had an invoice of its own, with the lines that come from it.
 */
export async function readChains(db: Queryable, invoice: Invoice): Promise<BilledChain[]> {
  if (invoice.shipmentId !== null) return [{ chain: await readChain(db, invoice), invoiceLineOf: (lineNumber) => lineNumber }];
  const chains: BilledChain[] = [];
  const { rows } = await db.query<{ orderId: string; shipmentId: string; taxRounding: Rounding }>(
    `SELECT c.order_id AS "orderId", c.shipment_id AS "shipmentId", o.tax_rounding AS "taxRounding"
     FROM consolidated_shipments c JOIN orders o ON o.id = c.order_id WHERE c.invoice_id = $1 ORDER BY 1, 2`,
    [invoice.id],
  );
  const facts = invoice.facts as { terms: PaymentTerms; shipments: { shipmentId: string }[] };
  for (const { orderId, shipmentId, taxRounding } of rows) {
    const own = invoice.lines.filter(({ origin }) => origin?.shipmentId === shipmentId);
    const orderLineOf = (lineNumber: number) => own.find((line) => line.lineNumber === lineNumber)?.origin?.orderLineNumber;
    const totals = documentTotals(
      own.map((line) => ({ ...line, sku: line.sku ?? '', lineNumber: line.origin!.orderLineNumber })),
      taxRounding,
    );
    const schedule = instalmentsOf(facts.terms, invoice.issuedOn, totals.grossMinor);
    const chain = await readChain(db, {
      ...invoice,
      ...totals,
      lines: totals.lines.map((line) => ({ ...line, origin: null })),
      orderId,
      shipmentId,
      instalments: invoice.instalments.map((part, index) => ({ ...part, amountMinor: schedule[index]?.amountMinor ?? 0 })),
      facts: { ...facts, ...facts.shipments.find((shipment) => shipment.shipmentId === shipmentId) },
    });
    const renumbered = <Line extends { lineNumber: number }>(lines: Line[]): Line[] =>
      lines.flatMap((line) => {
        const lineNumber = orderLineOf(line.lineNumber);
        return lineNumber === undefined ? [] : [{ ...line, lineNumber }];
      });
    const { correction } = chain;
    chains.push({
      chain: {
        ...chain,
        correction: correction && {
          ...correction,
          charged: renumbered(correction.charged),
          credited: renumbered(correction.credited),
          lines: renumbered(correction.lines),
        },
      },
      invoiceLineOf: (number) => own.find(({ origin }) => origin?.orderLineNumber === number)?.lineNumber,
    });
  }
  return chains;
}

/** What every hop of a billed shipment has written down, for the rules that compare them and name their sources. */
async function readChain(db: Queryable, invoice: Invoice): Promise<Chain> {
  const [{ timeZone }, found] = await Promise.all([
    readCompany(db),
    db.query<ChainRow>(readHops, [invoice.orderId, invoice.shipmentId, invoice.id]),
  ]);
  const row = only(found);
  const facts = invoice.facts as Partial<
    Pick<
      Chain['invoice'],
      'terms' | 'deliveryTerms' | 'orderedOn' | 'shippedOn' | 'shipTo' | 'carrier' | 'trackingNumber' | 'seller' | 'prepaidMinor'
    > & { buyer: Buyer }
  >;
  const { terms, deliveryTerms, taxRounding, customerTerms, placedAt } = row;
  return {
    document: row.document,
    amendments: row.amendments,
    order: {
      id: invoice.orderId ?? '',
      lines: row.orderLines,
      terms,
      customerTerms,
      deliveryTerms,
      taxRounding,
      placedOn: localDate(placedAt, timeZone),
      placed: { actor: row.placedBy, at: placedAt },
    },
    approval: row.approval,
    shipment: {
      id: invoice.shipmentId ?? '',
      lines: row.shipmentLines,
      shippedOn: row.shippedAt === null ? null : localDate(row.shippedAt, timeZone),
      shipTo: row.shipTo,
    },
    moved: row.moved,
    correction: row.correction,
    buyer: row.buyer,
    invoice: {
      ...invoice,
      lines: invoice.lines.map((line) => ({ ...line, sku: line.sku ?? '' })),
      terms: facts.terms ?? null,
      deliveryTerms: facts.deliveryTerms ?? null,
      orderedOn: facts.orderedOn ?? null,
      shippedOn: facts.shippedOn ?? null,
      shipTo: facts.shipTo ?? null,
      carrier: facts.carrier ?? null,
      trackingNumber: facts.trackingNumber ?? null,
      buyer: facts.buyer ?? null,
      seller: facts.seller ?? null,
      prepaidMinor: facts.prepaidMinor ?? 0,
    },
    taken: Object.fromEntries(row.taken.map(({ hop, actor, at }) => [hop, { actor, at }])),
  };
}

/** The revised invoice that took this one's place. */
export async function revisedBy(db: Queryable, invoiceId: string): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>("SELECT id FROM invoices WHERE corrects_invoice_id = $1 AND kind = 'invoice'", [
    invoiceId,
  ]);
  return rows[0]?.id ?? null;
}
