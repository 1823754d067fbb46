import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface TimelineEntry {
  sequence: number;
  at: string;
  actor: string;
  actorVerified: boolean;
  action: string;
  summary: string;
  reason: string | null;
  policyVersion: string | null;
  customerId: string | null;
  orderId: string | null;
  shipmentId: string | null;
  invoiceId: string | null;
  before: unknown;
  after: unknown;
}

export const timelineColumns = `sequence, at, actor, actor_verified AS "actorVerified", action, summary, reason,
  policy_version AS "policyVersion", customer_id AS "customerId", order_id AS "orderId", shipment_id AS "shipmentId",
  invoice_id AS "invoiceId", before, after`;

/**
 * Who did what, when and why, in the order in which it was written; `at` may differ where a clock was moved. For a customer only what is
 * open to it, sorted out before the page is cut, so that no page tells by its length what was left out.
 */
export async function readTimeline(
  db: Queryable,
  subject: { orderId?: string; invoiceId?: string; customerId?: string },
  page: Page,
  open?: readonly string[],
  sort: 'oldest' | 'newest' = 'oldest',
): Promise<TimelineEntry[]> {
  const { where, limit, values } = filter(
    {
      'order_id = ?': subject.orderId,
      'invoice_id = ?': subject.invoiceId,
      'customer_id = ?': subject.customerId,
      [`sequence ${sort === 'oldest' ? '>' : '<'} ?::bigint`]: page.after,
      'action LIKE ANY (?::text[])': open,
    },
    page.limit,
  );
  const { rows } = await db.query<TimelineEntry>(
    `SELECT ${timelineColumns} FROM audit_log ${where} ORDER BY sequence ${sort === 'oldest' ? 'ASC' : 'DESC'} ${limit}`,
    values,
  );
  return rows;
}
