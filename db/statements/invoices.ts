import type { DunningPlan } from '../../domain/dunning.ts';
import type { ElectronicAddress } from '../../domain/e-invoice.ts';
import type { DiscountOffer } from '../../domain/early-payment.ts';
import type { Fault } from '../../domain/failures.ts';
import type { Instalment, ScheduledItem } from '../../domain/instalments.ts';
import { type InvoiceTotals, invoiceNumber, type PaymentTerms, paymentReference } from '../../domain/invoice.ts';
import { sumMinor } from '../../domain/money.ts';
import { type IsoDate, localDate } from '../../domain/time.ts';
import { only, type Queryable, type Transaction } from '../client.ts';
import { type Company, readCompany } from './company.ts';
import type { Address } from './orders.ts';

/** `returned-refund`: a refund of a payment that its bank took back afterwards. */
export type InvoiceKind = 'invoice' | 'opening-item' | 'interest-note' | 'fee-note' | 'returned-refund';

const seriesByKind: Record<InvoiceKind, string> = {
  invoice: 'INV',
  'opening-item': 'OPN',
  'interest-note': 'INT',
  'fee-note': 'FEE',
  'returned-refund': 'RTN',
};

/** What is charged for paying late bears neither interest nor fees itself. */
export const isNote = (kind: InvoiceKind): boolean => kind === 'interest-note' || kind === 'fee-note';

/**
 * Takes the next number of the series: gapless, because the row's lock and the number are given back together when the
 * transaction fails. Take it last, so that the lock is held only briefly.
 */
export async function nextInvoiceNumber(tx: Transaction, kind: InvoiceKind, year: number): Promise<string> {
  return nextNumber(tx, seriesByKind[kind], year);
}

/** The next so many numbers at once. */
export async function nextInvoiceNumbers(tx: Transaction, kind: InvoiceKind, year: number, count: number): Promise<string[]> {
  const series = seriesByKind[kind];
  const last = count > 0 ? await raiseSeries(tx, series, year, count) : 0;
  return Array.from({ length: count }, (_, index) => invoiceNumber(series, year, last - count + 1 + index));
}

/** The same for a document that is no debit item and has a series of its own. */
export async function nextNumber(tx: Transaction, series: string, year: number): Promise<string> {
  return invoiceNumber(series, year, await raiseSeries(tx, series, year, 1));
}

async function raiseSeries(tx: Transaction, series: string, year: number, count: number): Promise<number> {
  const { rows } = await tx.query<{ lastNumber: number }>(
    `INSERT INTO number_series (series, year, last_number) VALUES ($1, $2, $3)
     ON CONFLICT (series, year) DO UPDATE SET last_number = number_series.last_number + excluded.last_number
     RETURNING last_number AS "lastNumber"`,
    [series, year, count],
  );
  return rows[0]!.lastNumber;
}

export interface LineOrigin {
  shipmentId: string;
  orderLineNumber: number;
}

export interface NewInvoice {
  id: string;
  kind: InvoiceKind;
  customerId: string;
  orderId?: string | undefined;
  shipmentId?: string | undefined;
  correctsInvoiceId?: string | undefined;
  currency: string;
  totals: Pick<InvoiceTotals, 'netMinor' | 'taxMinor' | 'grossMinor' | 'taxes' | 'lines'>;
  /** Of a consolidated invoice, for each of its lines: the shipment's line that it bills. */
  origins?: LineOrigin[] | undefined;
  issuedOn: IsoDate;
  /** Of the first instalment. */
  dueOn: IsoDate;
  /** Absent: it is due as a whole. */
  instalments?: Instalment[] | undefined;
  plan: DunningPlan;
  holderWorkflowId: string;
  /** What the document prints beyond its lines, each with the event it came from. */
  facts: Record<string, unknown>;
  at: string;
}

export interface Parties {
  seller: Company;
  buyer: {
    name: string;
    taxId: string | null;
    billingAddress: Address;
    registrationNumber: string | null;
    electronicAddress: ElectronicAddress | null;
    buyerReference: string | null;
  };
}

/** Who bills whom, as of now, for the facts of an invoice: what is printed later is what was true when it was issued. */
export async function partiesOf(tx: Transaction, customerId: string): Promise<Parties> {
  const [seller, customer] = await Promise.all([
    readCompany(tx),
    tx.query<Parties['buyer']>(
      `SELECT name, tax_id AS "taxId", billing_address AS "billingAddress", registration_number AS "registrationNumber",
         electronic_address AS "electronicAddress", buyer_reference AS "buyerReference" FROM customers WHERE id = $1`,
      [customerId],
    ),
  ]);
  return { seller, buyer: only(customer) };
}

/** The columns of priced lines, as the statements that write lines unnest them: the eight that order, invoice and credit note share. */
export const lineColumns = (lines: InvoiceTotals['lines']): unknown[][] => [
  lines.map((line) => line.lineNumber),
  lines.map((line) => line.sku),
  lines.map((line) => line.description),
  lines.map((line) => line.quantity),
  lines.map((line) => line.unitPriceMinor),
  lines.map((line) => line.taxCategory),
  lines.map((line) => line.taxRate),
  lines.map((line) => line.netMinor),
];

/** Writes a debit item and its lines. Invoices are never edited: only what is open of them, and how far they were dunned. */
export async function insertInvoice(tx: Transaction, invoice: NewInvoice): Promise<void> {
  const { totals } = invoice;
  // Both before whatever the caller writes next: a movement asks how its item is due.
  await Promise.all([
    tx.query(
      `WITH invoice AS (
         INSERT INTO invoices (id, kind, customer_id, order_id, shipment_id, corrects_invoice_id, payment_reference, currency,
           net_minor, tax_minor, gross_minor, taxes, open_minor, status, issued_on, due_on, dunning_policy_version, plan, next_step_at,
           holder_workflow_id, facts, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $21, $13, $14, $15, $16, $17, $18, $19, $20))
       INSERT INTO invoice_lines (invoice_id, line_number, sku, description, quantity, unit_price_minor, tax_category, tax_rate, net_minor,
         shipment_id, order_line_number)
       SELECT $1, * FROM unnest($22::int[], $23::text[], $24::text[], $25::int[], $26::bigint[], $27::text[], $28::text[], $29::bigint[],
         $30::text[], $31::int[])`,
      [
        invoice.id,
        invoice.kind,
        invoice.customerId,
        invoice.orderId,
        invoice.shipmentId,
        invoice.correctsInvoiceId,
        paymentReference(invoice.id),
        invoice.currency,
        totals.netMinor,
        totals.taxMinor,
        totals.grossMinor,
        JSON.stringify(totals.taxes),
        invoice.issuedOn,
        invoice.dueOn,
        invoice.plan.policyVersion,
        JSON.stringify(invoice.plan),
        invoice.plan.steps[0]?.at,
        invoice.holderWorkflowId,
        JSON.stringify(invoice.facts),
        invoice.at,
        totals.grossMinor === 0 ? 'settled' : 'open',
        ...lineColumns(totals.lines),
        totals.lines.map((_, index) => invoice.origins?.[index]?.shipmentId),
        totals.lines.map((_, index) => invoice.origins?.[index]?.orderLineNumber),
      ],
    ),
    invoice.instalments &&
      tx.query(
        `INSERT INTO invoice_instalments (invoice_id, number, due_on, amount_minor)
       SELECT $1, * FROM unnest($2::int[], $3::date[], $4::bigint[])`,
        [
          invoice.id,
          invoice.instalments.map(({ number }) => number),
          invoice.instalments.map(({ dueOn }) => dueOn),
          invoice.instalments.map(({ amountMinor }) => amountMinor),
        ],
      ),
  ]);
}

/** The consolidated invoice that billed a shipment first. */
export async function consolidatedInvoiceOf(tx: Transaction, shipmentId: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ invoiceId: string }>(
    'SELECT invoice_id AS "invoiceId" FROM consolidated_shipments WHERE shipment_id = $1 AND NOT revises',
    [shipmentId],
  );
  return rows[0]?.invoiceId;
}

/** Of an invoice `i` and those that revise it, the one that counts now. */
export const isInForce = `NOT EXISTS (SELECT FROM invoices r WHERE r.corrects_invoice_id = i.id AND r.kind = 'invoice')`;

/** What an invoice prints of its order and shipment: the same for a revised one. */
export const deliveryFacts = (
  order: { placedAt: string; terms: PaymentTerms; deliveryTerms: string | null },
  shipment: { shippedAt: string | null; shipTo: Address; carrier: string | null; trackingNumber: string | null },
  parties: Parties,
) => ({
  orderedOn: localDate(order.placedAt, parties.seller.timeZone),
  shippedOn: shipment.shippedAt === null ? null : localDate(shipment.shippedAt, parties.seller.timeZone),
  terms: order.terms,
  ...(order.deliveryTerms ? { deliveryTerms: order.deliveryTerms } : {}),
  shipTo: shipment.shipTo,
  carrier: shipment.carrier,
  trackingNumber: shipment.trackingNumber,
  ...parties,
});

/** `dueOn` is that of the first instalment that is still open. */
export interface OpenItemRow extends ScheduledItem {
  id: string;
  kind: InvoiceKind;
  customerId: string;
  orderId: string | null;
  paymentReference: string;
  /** The number that an item which was taken over had in the system before this one. */
  formerReference: string | null;
  currency: string;
  /** By live disputes; never lowered by what is paid meanwhile. */
  disputedMinor: number;
  issuedOn: IsoDate;
  /** Early-payment discounts that its document offers. */
  discounts: DiscountOffer[] | null;
  dunningLevel: number;
  lastNoticeOn: IsoDate | null;
  overdueSince: string | null;
  /** The workflow that walks its plan now. */
  holderWorkflowId: string;
  /** How often it has begun to be collected. */
  round: number;
  plan: DunningPlan;
  /** It was written off, and is open only because money has come for it after all. */
  reinstated?: true;
}

export const formerReference = "CASE WHEN kind = 'opening-item' THEN facts ->> 'reference' END";

const openItemColumns = `id, kind, customer_id AS "customerId", order_id AS "orderId", payment_reference AS "paymentReference", currency,
  ${formerReference} AS "formerReference", gross_minor AS "grossMinor", open_minor AS "openMinor", disputed_minor AS "disputedMinor", issued_on AS "issuedOn", due_on AS "dueOn",
  dunning_level AS "dunningLevel", last_notice_on AS "lastNoticeOn", overdue_since AS "overdueSince",
  holder_workflow_id AS "holderWorkflowId", collection_round AS round, plan, facts -> 'discounts' AS discounts,
  (SELECT jsonb_agg(jsonb_build_object('number', number, 'dueOn', due_on, 'amountMinor', amount_minor) ORDER BY number)
   FROM invoice_instalments n WHERE n.invoice_id = invoices.id) AS instalments`;

/** The oldest open debit items of these customers, without a lock: for whoever only looks. */
export async function oldestOpenItems(tx: Transaction, customerIds: string[], limit: number): Promise<OpenItemRow[]> {
  const found = await tx.query<OpenItemRow>(
    `SELECT ${openItemColumns} FROM invoices WHERE customer_id = ANY ($1) AND open_minor > 0 ORDER BY due_on, id LIMIT $2`,
    [customerIds, limit],
  );
  return found.rows;
}

/** The same with what has become of the steps of their plans, and the orders that they bill: for whoever looks ahead. */
export async function openItemsToForecast(
  db: Queryable,
  customerIds: readonly string[],
  limit: number,
): Promise<(OpenItemRow & { done: { step: string; outcome: string }[]; orders: string[] })[]> {
  const found = await db.query(
    `SELECT ${openItemColumns},
       (SELECT coalesce(jsonb_agg(jsonb_build_object('step', step, 'outcome', outcome ->> 'outcome')), '[]')
        FROM steps WHERE subject = invoices.id) AS done,
       ARRAY(SELECT DISTINCT order_id FROM billings b WHERE b.invoice_id = invoices.id) AS orders
     FROM invoices WHERE customer_id = ANY ($1) AND open_minor > 0 ORDER BY due_on, id LIMIT $2`,
    [customerIds, limit],
  );
  return found.rows;
}

/**
 * Locks the customer's open debit items, oldest due date first, and with them those that are named, open or not. The credit account's
 * row is locked already.
 */
export async function lockOpenItems(tx: Transaction, customerId: string, named: string[] = []): Promise<OpenItemRow[]> {
  const found = await tx.query<OpenItemRow>(
    `SELECT ${openItemColumns}
     FROM invoices WHERE customer_id = $1 AND (open_minor > 0 OR id = ANY ($2)) ORDER BY due_on, id FOR UPDATE`,
    [customerId, named],
  );
  return found.rows;
}

/**
 * By item, the first day from which on so much of it is open in the books on every day: since it came into them, or since money that had
 * paid it was taken back.
 */
export async function openSince(
  tx: Transaction,
  parts: readonly { invoiceId: string; amountMinor: number }[],
): Promise<Map<string, IsoDate>> {
  const { rows } = await tx.query<{ invoiceId: string; bookedOn: IsoDate }>(
    `WITH parts AS (
       SELECT invoice_id, sum(amount_minor) AS amount_minor FROM unnest($1::text[], $2::bigint[]) AS p (invoice_id, amount_minor) GROUP BY 1),
     days AS (
       SELECT invoice_id, booked_on, sum(sum(amount_minor)) OVER by_day AS open_minor, lead(booked_on) OVER by_day AS next_on
       FROM receivable_movements WHERE invoice_id = ANY ($1) GROUP BY 1, 2
       WINDOW by_day AS (PARTITION BY invoice_id ORDER BY booked_on))
     SELECT invoice_id AS "invoiceId",
       greatest(min(booked_on), max(next_on) FILTER (WHERE open_minor < amount_minor)) AS "bookedOn"
     FROM parts JOIN days USING (invoice_id) GROUP BY 1`,
    [parts.map(({ invoiceId }) => invoiceId), parts.map(({ amountMinor }) => amountMinor)],
  );
  return new Map(rows.map(({ invoiceId, bookedOn }) => [invoiceId, bookedOn]));
}

/** An open item that money in full leaves nothing to decide about. */
export type PlainItem = OpenItemRow & {
  customerName: string;
  /** People have something to do about it. */
  hasTasks: boolean;
  /** From that day on it stands in the books as it is open now. */
  bookedFrom: IsoDate;
};

/**
 * Locks those of the named items that are open in full and ask for nothing but their money: no dispute, instalments, proposal to give it
 * up, cards, or customer who is billed otherwise. The accounts of their customers are locked already.
 */
export async function lockPlainItems(tx: Transaction, invoiceIds: string[]): Promise<PlainItem[]> {
  const found = await tx.query<PlainItem>(
    `SELECT ${openItemColumns},
       (SELECT name FROM customers c WHERE c.id = invoices.customer_id) AS "customerName",
       (SELECT max(booked_on) FROM receivable_movements m WHERE m.invoice_id = invoices.id) AS "bookedFrom",
       EXISTS (SELECT FROM tasks t WHERE t.invoice_id = invoices.id AND t.status IN ('open', 'claimed')) AS "hasTasks"
     FROM invoices
     WHERE id = ANY ($1) AND open_minor > 0 AND open_minor = gross_minor AND disputed_minor = 0
       AND currency = (SELECT c.currency FROM customers c WHERE c.id = invoices.customer_id)
       AND NOT EXISTS (SELECT FROM consolidated_shipments s WHERE s.invoice_id = invoices.id)
       AND NOT EXISTS (SELECT FROM invoice_instalments n WHERE n.invoice_id = invoices.id)
       AND NOT EXISTS (SELECT FROM write_offs w WHERE w.invoice_id = invoices.id AND w.status = 'proposed')
       AND NOT EXISTS (SELECT FROM card_payments p WHERE p.customer_id = invoices.customer_id AND p.status = 'requested')
       AND NOT EXISTS (SELECT FROM order_cards p WHERE p.order_id = invoices.order_id)
     ORDER BY id FOR UPDATE`,
    [invoiceIds],
  );
  return found.rows;
}

/** As open as money for it would find it: what is still open and what was given up of it. */
export interface WrittenOffItem extends OpenItemRow {
  /** What each write-off took off it and was not recovered, the oldest first. */
  writeOffs: { writeOffId: string; leftMinor: number; valueOn: IsoDate }[];
}

/** Locks the customer's items of which something was written off and not recovered. The account's row is locked already. */
export async function lockWrittenOffItems(tx: Transaction, customerId: string): Promise<WrittenOffItem[]> {
  const found = await tx.query<WrittenOffItem>(
    `SELECT ${openItemColumns},
       (SELECT jsonb_agg(jsonb_build_object('writeOffId', a.write_off_id, 'leftMinor', a.amount_minor - a.recovered_minor,
          'valueOn', a.value_on) ORDER BY a.write_off_id)
        FROM write_off_applications a WHERE a.invoice_id = invoices.id AND a.recovered_minor < a.amount_minor) AS "writeOffs"
     FROM invoices WHERE customer_id = $1
       AND id = ANY (ARRAY(SELECT a.invoice_id FROM write_offs w JOIN write_off_applications a ON a.write_off_id = w.id
                           WHERE w.customer_id = $1 AND a.recovered_minor < a.amount_minor))
     ORDER BY due_on, id FOR UPDATE`,
    [customerId],
  );
  return found.rows.map((row) => ({
    ...row,
    openMinor: sumMinor([row.openMinor, ...row.writeOffs.map(({ leftMinor }) => leftMinor)]),
  }));
}

/** What money that names an item can pay: open items and written-off ones, each once. */
export const payableItems = (items: readonly OpenItemRow[], writtenOff: readonly WrittenOffItem[]): OpenItemRow[] => [
  ...items.filter(({ id }) => !writtenOff.some((item) => item.id === id)),
  ...writtenOff,
];

/** What is wrong with the invoices and pro-formas that somebody names for a customer; a stranger's is answered like one that does not exist. */
export async function faultsOfNamed(tx: Transaction, customerId: string, invoiceIds: readonly string[]): Promise<Fault[]> {
  if (invoiceIds.length === 0) return [];
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM invoices WHERE id = ANY ($1) AND customer_id = $2
     UNION ALL SELECT number FROM prepayments WHERE number = ANY ($1) AND customer_id = $2
     UNION ALL SELECT number FROM superseded_pro_formas WHERE number = ANY ($1) AND customer_id = $2`,
    [invoiceIds, customerId],
  );
  const known = new Set(rows.map(({ id }) => id));
  return invoiceIds.flatMap((invoiceId, index) =>
    known.has(invoiceId)
      ? []
      : [{ path: `/invoiceIds/${index}`, code: 'unknown-invoice', detail: `${customerId} has no invoice ${invoiceId}.` }],
  );
}
