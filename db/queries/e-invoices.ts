import type { EInvoice } from '../../domain/e-invoice.ts';
import type { Queryable } from '../client.ts';
import { readCompany } from '../statements/company.ts';
import type { Parties } from '../statements/invoices.ts';
import { readCustomer } from './customers.ts';

type Stored = Omit<EInvoice, 'seller' | 'buyer' | 'buyerReference'> & { customerId: string; parties: Partial<Parties> };

/**
 * An invoice or credit note with its facts, as an e-invoice. Names, addresses and accounts are those of its day; what e-invoices
 * need beyond them and was not known that day is taken from today's master data, so that a person can supply it. Undefined for
 * what is no e-invoice: opening items and interest notes.
 */
export async function readEInvoice(db: Queryable, id: string): Promise<EInvoice | undefined> {
  const { rows } = await db.query<Stored>(id.startsWith('CN-') ? creditNote : invoice, [id]);
  if (!rows[0]) return undefined;
  const { parties, customerId, ...stored } = rows[0];
  const [company, customer] = await Promise.all([readCompany(db), readCustomer(db, customerId)]);
  const seller = { ...company, ...known(parties.seller) };
  const buyer = { ...customer!, ...known(parties.buyer) };
  return {
    ...stored,
    seller: { ...seller, name: seller.legalName },
    buyer: { ...buyer, address: buyer.billingAddress },
    buyerReference: buyer.buyerReference,
  };
}

/** Without what was not known. */
const known = <Part extends object>(part: Part | undefined): Part =>
  Object.fromEntries(Object.entries(part ?? {}).filter(([, value]) => value !== null)) as Part;

/** `origin`: the invoice's line that says where this one comes from. */
const lines = (
  origin: string,
) => `jsonb_agg(jsonb_build_object('lineNumber', l.line_number, 'sku', l.sku, 'description', l.description,
  'quantity', l.quantity, 'unitPriceMinor', l.unit_price_minor, 'taxCategory', l.tax_category, 'taxRate', l.tax_rate,
  'netMinor', l.net_minor, 'origin', (
    SELECT jsonb_build_object('order', coalesce(o.external_reference, o.id), 'shipmentId', s.id, 'orderLineNumber', ${origin}.order_line_number)
    FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id = ${origin}.shipment_id)) ORDER BY l.line_number)`;

// `due_on` moves on as instalments are paid; an e-invoice says what its day said, the first of them (BT-9).
const invoice = `
  SELECT 'invoice' AS kind, i.id, i.customer_id AS "customerId", i.currency, i.issued_on AS "issuedOn", 
    coalesce((SELECT min(n.due_on) FROM invoice_instalments n WHERE n.invoice_id = i.id), i.due_on) AS "dueOn", i.order_id AS "orderId", o.external_reference AS "externalReference", i.shipment_id AS "shipmentId",
    i.facts ->> 'shippedOn' AS "shippedOn", i.facts -> 'period' AS period, i.facts -> 'shipTo' AS "shipTo", i.facts -> 'terms' AS terms, i.facts AS parties,
    coalesce((i.facts ->> 'prepaidMinor')::bigint, 0) AS "prepaidMinor",
    coalesce((i.facts ->> 'roundingMinor')::bigint, 0) AS "roundingMinor", i.taxes, i.net_minor AS "netMinor",
    i.tax_minor AS "taxMinor", i.gross_minor AS "grossMinor", i.payment_reference AS "paymentReference",
    (SELECT jsonb_build_object('invoiceId', p.id, 'issuedOn', p.issued_on) FROM invoices p WHERE p.id = i.corrects_invoice_id) AS preceding,
    coalesce((SELECT jsonb_agg(jsonb_build_object('dueOn', n.due_on, 'amountMinor', n.amount_minor) ORDER BY n.number)
      FROM invoice_instalments n WHERE n.invoice_id = i.id), '[]') AS instalments,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('rate', d.offer ->> 'rate', 'until', d.offer ->> 'payBy') ORDER BY d.number), '[]')
      FROM jsonb_array_elements(i.facts -> 'discounts') WITH ORDINALITY AS d (offer, number)) AS "earlyPayment",
    (SELECT ${lines('l')} FROM invoice_lines l WHERE l.invoice_id = i.id) AS lines
  FROM invoices i LEFT JOIN orders o ON o.id = i.order_id WHERE i.id = $1 AND i.kind = 'invoice'`;

const creditNote = `
  SELECT 'credit-note' AS kind, n.id, n.customer_id AS "customerId", n.currency, n.issued_on AS "issuedOn",
    i.order_id AS "orderId", o.external_reference AS "externalReference", i.shipment_id AS "shipmentId",
    i.facts ->> 'shippedOn' AS "shippedOn", i.facts -> 'period' AS period, i.facts -> 'shipTo' AS "shipTo", n.facts AS parties, 0 AS "prepaidMinor", n.taxes,
    n.net_minor AS "netMinor", n.tax_minor AS "taxMinor", n.gross_minor AS "grossMinor", '' AS "paymentReference",
    jsonb_build_object('invoiceId', i.id, 'issuedOn', i.issued_on) AS preceding,
    (SELECT ${lines('il')} FROM credit_note_lines l
       LEFT JOIN invoice_lines il ON il.invoice_id = n.invoice_id AND il.line_number = l.line_number WHERE l.credit_note_id = n.id) AS lines
  FROM credit_notes n JOIN invoices i ON i.id = n.invoice_id LEFT JOIN orders o ON o.id = i.order_id WHERE n.id = $1`;
