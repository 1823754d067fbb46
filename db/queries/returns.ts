import type { CorrectionReason } from '../../domain/correction.ts';
import type { InvoiceTax } from '../../domain/invoice.ts';
import type { ReturnCause, ReturnLineReason, ReturnStatus } from '../../domain/return.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import type { InvoiceLine } from './invoices.ts';
import { filter, type Page } from './page.ts';

export interface ReturnedGoods {
  id: string;
  customerId: string;
  orderId: string;
  shipmentId: string;
  invoiceId: string;
  warehouseId: string;
  status: ReturnStatus;
  cause: ReturnCause;
  statusReason: string | null;
  note: string | null;
  requestedBy: string;
  requestedAt: string;
  changedAt: string;
  creditNoteId: string | null;
  lines: {
    lineNumber: number;
    sku: string;
    quantity: number;
    reason: ReturnLineReason;
    receivedQuantity: number | null;
    restockedQuantity: number | null;
    scrappedQuantity: number | null;
    lostQuantity: number;
  }[];
}

const returnColumns = `id, customer_id AS "customerId", order_id AS "orderId", shipment_id AS "shipmentId", invoice_id AS "invoiceId",
  warehouse_id AS "warehouseId", status, cause, status_reason AS "statusReason", note, requested_by AS "requestedBy",
  requested_at AS "requestedAt", changed_at AS "changedAt",
  (SELECT n.id FROM credit_notes n WHERE n.return_id = returns.id) AS "creditNoteId",
  (SELECT jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'quantity', quantity, 'reason', reason,
     'receivedQuantity', received_quantity, 'restockedQuantity', restocked_quantity, 'scrappedQuantity', scrapped_quantity, 'lostQuantity', lost_quantity)
     ORDER BY line_number) FROM return_lines WHERE return_id = returns.id) AS lines`;

/** Newest first. */
export async function listReturns(
  db: Queryable,
  wanted: { customerId?: string | undefined; orderId?: string | undefined; status?: string | undefined },
  page: Page,
): Promise<ReturnedGoods[]> {
  const { where, limit, values } = filter(
    { 'customer_id = ?': wanted.customerId, 'order_id = ?': wanted.orderId, 'status = ?': wanted.status, 'id < ?': page.after },
    page.limit,
  );
  return (await db.query<ReturnedGoods>(`SELECT ${returnColumns} FROM returns ${where} ORDER BY id DESC ${limit}`, values)).rows;
}

export async function readReturn(db: Queryable, id: string, customerId?: string): Promise<ReturnedGoods | undefined> {
  const { rows } = await db.query<ReturnedGoods>(
    `SELECT ${returnColumns} FROM returns WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [id, customerId],
  );
  return rows[0];
}

export interface CreditNote {
  id: string;
  returnId: string | null;
  invoiceId: string;
  customerId: string;
  /** Null: its invoice bills several, or no goods. */
  orderId: string | null;
  reason: 'return' | CorrectionReason;
  note: string | null;
  currency: string;
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  unappliedMinor: number;
  issuedOn: IsoDate;
  taxes: InvoiceTax[];
  lines: InvoiceLine[];
  applications: { invoiceId: string; amountMinor: number; valueOn: IsoDate }[];
}

const creditNoteColumns = `id, return_id AS "returnId", invoice_id AS "invoiceId", customer_id AS "customerId", order_id AS "orderId",
  reason, note, currency, net_minor AS "netMinor", tax_minor AS "taxMinor", gross_minor AS "grossMinor",
  unapplied_minor AS "unappliedMinor", issued_on AS "issuedOn", taxes,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'description', description,
     'quantity', quantity, 'unitPriceMinor', unit_price_minor, 'taxCategory', tax_category, 'taxRate', tax_rate,
     'netMinor', net_minor) ORDER BY line_number), '[]') FROM credit_note_lines WHERE credit_note_id = credit_notes.id) AS lines,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('invoiceId', invoice_id, 'amountMinor', amount_minor, 'valueOn', value_on)
     ORDER BY value_on, invoice_id), '[]') FROM credit_note_applications WHERE credit_note_id = credit_notes.id) AS applications`;

/** Newest first. */
export async function listCreditNotes(
  db: Queryable,
  wanted: { customerId?: string | undefined; invoiceId?: string | undefined; unapplied?: 'true' | undefined },
  page: Page,
): Promise<CreditNote[]> {
  const { where, limit, values } = filter(
    {
      'customer_id = ?': wanted.customerId,
      'invoice_id = ?': wanted.invoiceId,
      'unapplied_minor > 0 AND ?::boolean': wanted.unapplied,
      'id < ?': page.after,
    },
    page.limit,
  );
  return (await db.query<CreditNote>(`SELECT ${creditNoteColumns} FROM credit_notes ${where} ORDER BY id DESC ${limit}`, values))
    .rows;
}

export async function readCreditNote(db: Queryable, id: string, customerId?: string): Promise<CreditNote | undefined> {
  const { rows } = await db.query<CreditNote>(
    `SELECT ${creditNoteColumns} FROM credit_notes WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [id, customerId],
  );
  return rows[0];
}
