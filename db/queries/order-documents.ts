import type { DocumentFault } from '../../domain/order-document.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface OrderDocument {
  id: string;
  channel: string;
  sender: string | null;
  subject: string;
  readFrom: string;
  status: 'ordered' | 'parked';
  customerId: string | null;
  orderId: string | null;
  faults: DocumentFault[];
  at: string;
}

const columns = `id, channel, sender, subject, read_from AS "readFrom", status, customer_id AS "customerId", order_id AS "orderId",
  faults, at`;

/** Newest first. */
export async function listOrderDocuments(
  db: Queryable,
  wanted: { status?: string | undefined; orderId?: string | undefined },
  page: Page,
): Promise<OrderDocument[]> {
  const { where, limit, values } = filter(
    { 'status = ?': wanted.status, 'order_id = ?': wanted.orderId, 'id < ?': page.after },
    page.limit,
  );
  return (await db.query<OrderDocument>(`SELECT ${columns} FROM order_documents ${where} ORDER BY id DESC ${limit}`, values))
    .rows;
}

/** The document as it came, and how a file of it is called at the end. */
export async function readOriginal(
  db: Queryable,
  id: string,
): Promise<{ original: Buffer; extension: 'edi' | 'eml' } | undefined> {
  const { rows } = await db.query<{ original: Buffer; extension: 'edi' | 'eml' }>(
    "SELECT original, CASE channel WHEN 'edi' THEN 'edi' ELSE 'eml' END AS extension FROM order_documents WHERE id = $1",
    [id],
  );
  return rows[0];
}
