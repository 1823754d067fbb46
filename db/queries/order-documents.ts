import type { PurchaseOrder } from '../../domain/edi/purchase-order.ts';
import type { DocumentFault } from '../../domain/order-document.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

/** 'entered': a person made an order of it. 'discarded': a person found that it is none. */
export const orderDocumentStatuses = ['ordered', 'parked', 'entered', 'discarded'] as const;
export type OrderDocumentStatus = (typeof orderDocumentStatuses)[number];

export interface OrderDocument {
  id: string;
  channel: string;
  sender: string | null;
  subject: string;
  readFrom: string;
  status: OrderDocumentStatus;
  customerId: string | null;
  /** What it became, by itself or by a person. */
  orderId: string | null;
  faults: DocumentFault[];
  at: string;
  decidedBy: string | null;
  decidedAt: string | null;
  decisionReason: string | null;
}

const columns = `id, channel, sender, subject, read_from AS "readFrom", status, customer_id AS "customerId",
  coalesce(order_id, entered_order_id) AS "orderId", faults, at, decided_by AS "decidedBy", decided_at AS "decidedAt",
  decision_reason AS "decisionReason"`;

/** Newest first. */
export async function listOrderDocuments(
  db: Queryable,
  wanted: { status?: string | undefined; orderId?: string | undefined },
  page: Page,
): Promise<OrderDocument[]> {
  const { where, limit, values } = filter(
    { 'status = ?': wanted.status, '(order_id = ? OR entered_order_id = ?)': wanted.orderId, 'id < ?': page.after },
    page.limit,
  );
  return (await db.query<OrderDocument>(`SELECT ${columns} FROM order_documents ${where} ORDER BY id DESC ${limit}`, values))
    .rows;
}

export async function readOrderDocument(
  db: Queryable,
  id: string,
  lock: 'FOR UPDATE' | '' = '',
): Promise<OrderDocument | undefined> {
  return (await db.query<OrderDocument>(`SELECT ${columns} FROM order_documents WHERE id = $1 ${lock}`, [id])).rows[0];
}

interface Original {
  original: Buffer;
  /** How a file of it is called at the end. */
  extension: 'edi' | 'eml';
  /** Of an 850 that could be read. */
  purchaseOrder: PurchaseOrder | null;
}

/** The document as it came. */
export async function readOriginal(db: Queryable, id: string): Promise<Original | undefined> {
  const { rows } = await db.query<Original>(
    `SELECT original, CASE channel WHEN 'edi' THEN 'edi' ELSE 'eml' END AS extension, purchase_order AS "purchaseOrder"
     FROM order_documents WHERE id = $1`,
    [id],
  );
  return rows[0];
}
