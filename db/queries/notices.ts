import type { NoticeKind } from '../../domain/notices.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface Notice {
  key: string;
  kind: NoticeKind;
  customerId: string;
  orderId: string | null;
  invoiceId: string | null;
  recipient: string;
  facts: Record<string, unknown>;
  status: 'queued' | 'sent' | 'suppressed' | 'bounced';
  statusReason: string | null;
  messageId: string;
  at: string;
  sentAt: string | null;
}

/** In the order in which they were owed; `page.after` is 'instant key', because an instant holds no space. */
export async function listNotices(
  db: Queryable,
  wanted: { customerId?: string | undefined; orderId?: string | undefined },
  page: Page,
  sort: 'oldest' | 'newest' = 'oldest',
): Promise<Notice[]> {
  const [after, direction] = sort === 'newest' ? ['<', 'DESC'] : ['>', 'ASC'];
  const { where, limit, values } = filter(
    {
      'customer_id = ?': wanted.customerId,
      'order_id = ?': wanted.orderId,
      [`(at, key) ${after} (split_part(?, ' ', 1)::timestamptz, substring(? FROM position(' ' IN ?) + 1))`]: page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<Notice>(
    `SELECT key, kind, customer_id AS "customerId", order_id AS "orderId", invoice_id AS "invoiceId", recipient, facts, status,
            status_reason AS "statusReason", message_id AS "messageId", at, sent_at AS "sentAt"
     FROM notices ${where} ORDER BY at ${direction}, key ${direction} ${limit}`,
    values,
  );
  return rows;
}
