import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import type { OrderRequest } from '../statements/order-intake.ts';
import { filter, type Page } from './page.ts';

export interface Draft {
  id: string;
  customerId: string;
  order: OrderRequest;
  note: string | null;
  validUntil: IsoDate;
  /** The order that it became; null while it is a draft. */
  orderId: string | null;
  version: number;
  changedBy: string;
  at: string;
}

export const draftColumns = `id, customer_id AS "customerId", request AS "order", note, valid_until AS "validUntil", order_id AS "orderId", version,
  changed_by AS "changedBy", at`;

export async function readDraft(db: Queryable, id: string): Promise<Draft | undefined> {
  return (await db.query<Draft>(`SELECT ${draftColumns} FROM drafts WHERE id = $1`, [id])).rows[0];
}

/** Newest first. */
export async function listDrafts(db: Queryable, wanted: { customerId?: string | undefined }, page: Page): Promise<Draft[]> {
  const { where, limit, values } = filter({ 'customer_id = ?': wanted.customerId, 'id < ?': page.after }, page.limit);
  return (await db.query<Draft>(`SELECT ${draftColumns} FROM drafts ${where} ORDER BY id DESC ${limit}`, values)).rows;
}
