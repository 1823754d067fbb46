import type { IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';
import { type TimelineEntry, timelineColumns } from './timeline.ts';

export interface WantedAudit {
  actor?: string | undefined;
  action?: string | undefined;
  customerId?: string | undefined;
  orderId?: string | undefined;
  invoiceId?: string | undefined;
  fromAt?: IsoInstant | undefined;
  untilAt?: IsoInstant | undefined;
}

/** The audit log, what was written last first. */
export async function listAudit(db: Queryable, wanted: WantedAudit, page: Page): Promise<TimelineEntry[]> {
  const { where, limit, values } = filter(
    {
      'actor = ?': wanted.actor,
      'action = ?': wanted.action,
      'customer_id = ?': wanted.customerId,
      'order_id = ?': wanted.orderId,
      'invoice_id = ?': wanted.invoiceId,
      'at >= ?': wanted.fromAt,
      'at < ?': wanted.untilAt,
      'sequence < ?::bigint': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<TimelineEntry>(
    `SELECT ${timelineColumns} FROM audit_log ${where} ORDER BY sequence DESC ${limit}`,
    values,
  );
  return rows;
}
