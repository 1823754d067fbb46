import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface HoldOff {
  id: string;
  invoiceId: string;
  customerId: string;
  untilOn: string;
  reason: string;
  actor: string;
  at: string;
  endedBy: string | null;
  endReason: string | null;
  endedAt: string | null;
}

/** Newest first. */
export async function listHoldOffs(
  db: Queryable,
  wanted: { id?: string; invoiceId?: string | undefined; customerId?: string | undefined },
  page: Page,
): Promise<HoldOff[]> {
  const { where, limit, values } = filter(
    {
      'id = ?': wanted.id,
      'invoice_id = ?': wanted.invoiceId,
      'customer_id = ?': wanted.customerId,
      'id < ?': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<HoldOff>(
    `SELECT id, invoice_id AS "invoiceId", customer_id AS "customerId", until_on AS "untilOn", reason, actor, at,
       ended_by AS "endedBy", end_reason AS "endReason", ended_at AS "endedAt"
     FROM hold_offs ${where} ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}
