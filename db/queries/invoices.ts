import type { DunningPlan } from '../../domain/dunning.ts';
import { type AskedToday, askedToday, type DiscountOffer } from '../../domain/early-payment.ts';
import type { InvoiceTax } from '../../domain/invoice.ts';
import { actionsOnInvoice, type InvoiceAction } from '../../domain/offered-actions.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { discountsOf } from '../statements/cash-application.ts';
import { formerReference, type InvoiceKind } from '../statements/invoices.ts';
import { filter, type Page, type SortColumns, sortBy } from './page.ts';

export interface InvoiceSummary {
  id: string;
  kind: InvoiceKind;
  customerId: string;
  orderId: string | null;
  shipmentId: string | null;
  correctsInvoiceId: string | null;
  paymentReference: string;
  formerReference: string | null;
  currency: string;
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  openMinor: number;
  disputedMinor: number;
  issuedOn: IsoDate;
  dueOn: IsoDate;
  status: 'open' | 'settled';
  overdueSince: string | null;
  dunningLevel: number;
  lastNoticeOn: IsoDate | null;
  collectionsSince: string | null;
  nextStepAt: string | null;
}

export interface InvoiceLine {
  lineNumber: number;
  sku: string | null;
  description: string;
  quantity: number;
  unitPriceMinor: number;
  taxCategory: string;
  taxRate: string;
  netMinor: number;
}

/** Which line of which shipment it bills; null where the invoice bills one shipment, under the same number. */
export interface InvoiceLineOrigin {
  orderId: string;
  shipmentId: string;
  orderLineNumber: number;
}

export interface Invoice extends InvoiceSummary {
  taxes: InvoiceTax[];
  plan: DunningPlan;
  facts: Record<string, unknown>;
  lines: (InvoiceLine & { origin: InvoiceLineOrigin | null })[];
  applications: { paymentId: string; amountMinor: number; valueOn: IsoDate }[];
  instalments: { number: number; dueOn: IsoDate; amountMinor: number; openMinor: number }[];
  credits: { creditNoteId: string; amountMinor: number; valueOn: IsoDate }[];
  writeOffs: { writeOffId: string; amountMinor: number; recoveredMinor: number; valueOn: IsoDate }[];
}

const columns = `id, kind, customer_id AS "customerId", order_id AS "orderId", shipment_id AS "shipmentId",
  corrects_invoice_id AS "correctsInvoiceId", payment_reference AS "paymentReference", ${formerReference} AS "formerReference", currency, net_minor AS "netMinor",
  tax_minor AS "taxMinor", gross_minor AS "grossMinor", open_minor AS "openMinor", disputed_minor AS "disputedMinor", issued_on AS "issuedOn", due_on AS "dueOn",
  status, overdue_since AS "overdueSince", dunning_level AS "dunningLevel", last_notice_on AS "lastNoticeOn",
  collections_since AS "collectionsSince", next_step_at AS "nextStepAt"`;

export async function invoicesOfOrder(db: Queryable, orderId: string): Promise<InvoiceSummary[]> {
  return (
    await db.query<InvoiceSummary>(
      `SELECT ${columns} FROM invoices
     WHERE id = ANY (ARRAY(SELECT invoice_id FROM billings WHERE order_id = $1)) ORDER BY id`,
      [orderId],
    )
  ).rows;
}

interface OpenItemRow extends InvoiceSummary {
  creditedMinor: number;
  correctionWaits: boolean;
  isHeldOff: boolean;
  writeOffWaits: boolean;
}

/** The customer's open debit items, oldest due date first, with what can be done with each. */
export async function openItemsOf(db: Queryable, customerId: string): Promise<(InvoiceSummary & { actions: InvoiceAction[] })[]> {
  const { rows } = await db.query<OpenItemRow>(
    `SELECT ${columns},
       (SELECT coalesce(sum(gross_minor), 0) FROM credit_notes WHERE invoice_id = i.id)::bigint AS "creditedMinor",
       EXISTS (SELECT FROM corrections WHERE invoice_id = i.id AND status = 'proposed') AS "correctionWaits",
       EXISTS (SELECT FROM hold_offs WHERE invoice_id = i.id AND ended_at IS NULL) AS "isHeldOff",
       EXISTS (SELECT FROM write_offs WHERE invoice_id = i.id AND status = 'proposed') AS "writeOffWaits"
     FROM invoices i WHERE customer_id = $1 AND open_minor > 0 ORDER BY due_on, id`,
    [customerId],
  );
  return rows.map((row) => {
    const { creditedMinor: _, correctionWaits: __, isHeldOff: ___, writeOffWaits: ____, ...item } = row;
    return { ...item, actions: actionsOnInvoice(row) };
  });
}

/** The same items with what is asked for of them on a day. */
export async function withAsked<Item extends InvoiceSummary>(
  db: Queryable,
  items: readonly Item[],
  today: IsoDate,
): Promise<(Item & AskedToday)[]> {
  const open = items.filter(({ openMinor }) => openMinor > 0).map(({ id }) => id);
  const { rows } =
    open.length === 0
      ? { rows: [] }
      : await db.query<{ id: string; openMinor: number; discounts: DiscountOffer[] }>(
          `SELECT id, open_minor AS "openMinor", facts -> 'discounts' AS discounts FROM invoices
           WHERE id = ANY ($1) AND facts -> 'discounts' IS NOT NULL`,
          [open],
        );
  const discounts = await discountsOf(db, rows, today);
  return items.map((item) => ({ ...item, ...askedToday(item, discounts.get(item.id)) }));
}

export interface InvoiceFilter {
  customerId?: string | undefined;
  status?: string | undefined;
  /** Only items that are open and were due before this date. */
  overdueOn?: IsoDate | undefined;
  disputed?: 'true' | undefined;
}

export const invoiceSorts = {
  dueOn: { column: 'due_on', type: 'date' },
  grossMinor: { column: 'gross_minor', type: 'bigint' },
} as const satisfies SortColumns<string>;
export type InvoiceSort = keyof typeof invoiceSorts | `-${keyof typeof invoiceSorts}`;

/** Newest first within each series of numbers, unless another order is asked for. */
export async function listInvoices(
  db: Queryable,
  wanted: InvoiceFilter,
  page: Page,
  sort?: InvoiceSort,
): Promise<InvoiceSummary[]> {
  const { orderBy, after } = sortBy(invoiceSorts, sort, page.after);
  const { where, limit, values } = filter(
    {
      'customer_id = ?': wanted.customerId,
      'status = ?': wanted.status,
      'open_minor > 0 AND due_on < ?': wanted.overdueOn,
      'disputed_minor > 0 AND ?::boolean': wanted.disputed,
      [after]: page.after,
    },
    page.limit,
  );
  return (await db.query<InvoiceSummary>(`SELECT ${columns} FROM invoices ${where} ORDER BY ${orderBy} ${limit}`, values)).rows;
}

export async function readInvoice(db: Queryable, id: string, customerId?: string): Promise<Invoice | undefined> {
  const { rows } = await db.query<Invoice>(
    `SELECT ${columns}, taxes, plan, facts,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'description', description,
          'quantity', quantity, 'unitPriceMinor', unit_price_minor, 'taxCategory', tax_category, 'taxRate', tax_rate,
          'netMinor', net_minor, 'origin', CASE WHEN l.shipment_id IS NOT NULL THEN jsonb_build_object('orderId',
            (SELECT order_id FROM shipments WHERE id = l.shipment_id), 'shipmentId', l.shipment_id, 'orderLineNumber', order_line_number) END)
          ORDER BY line_number), '[]') FROM invoice_lines l WHERE invoice_id = i.id) AS lines,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('paymentId', payment_id, 'amountMinor', amount_minor, 'valueOn', value_on)
          ORDER BY value_on, payment_id), '[]') FROM standing_applications p WHERE invoice_id = i.id) AS applications,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('creditNoteId', credit_note_id, 'amountMinor', amount_minor, 'valueOn', value_on)
          ORDER BY value_on, credit_note_id), '[]') FROM credit_note_applications WHERE invoice_id = i.id) AS credits,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('writeOffId', write_off_id, 'amountMinor', amount_minor, 'recoveredMinor',
          recovered_minor, 'valueOn', value_on) ORDER BY write_off_id), '[]') FROM write_off_applications WHERE invoice_id = i.id) AS "writeOffs",
       (SELECT jsonb_agg(jsonb_build_object('number', s.number, 'dueOn', s.due_on, 'amountMinor', s.amount_minor,
          'openMinor', coalesce(o.open_minor, 0)) ORDER BY s.number)
        FROM scheduled_instalments s LEFT JOIN open_instalments o USING (invoice_id, number) WHERE s.invoice_id = i.id) AS instalments
     FROM invoices i WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [id, customerId],
  );
  return rows[0];
}
