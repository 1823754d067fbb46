import { openToCustomers } from '../../domain/customer-timeline.ts';
import type { OrderStatus, Stage } from '../../domain/order.ts';
import type { StandingFacts } from '../../domain/order-standing.ts';
import type { Queryable } from '../client.ts';
import { instantInJson } from './instants.ts';

/** What is known of where the order stands, read in one statement; undefined when there is none, or it is another customer's. */
export async function readStandingFacts(db: Queryable, id: string, customerId?: string): Promise<StandingFacts | undefined> {
  const { rows } = await db.query<StandingFacts>(
    `SELECT o.status, o.status_reason AS "statusReason",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('status', s.status)), '[]') FROM shipments s WHERE s.order_id = o.id) AS shipments,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('status', i.status, 'overdue', i.overdue_since IS NOT NULL AND i.status = 'open')), '[]')
        FROM invoices i WHERE i.id IN (SELECT b.invoice_id FROM billings b WHERE b.order_id = o.id)) AS invoices,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'role', t.role, 'owner', t.owner, 'dueAt',
          ${instantInJson('t.due_at')})), '[]')
        FROM tasks t WHERE t.order_id = o.id AND t.status IN ('open', 'claimed')) AS tasks,
       NOT o.pays_by_card AND NOT EXISTS (SELECT FROM credit_holds h WHERE h.order_id = o.id) AS "mayPrepay",
       CASE o.status WHEN 'awaiting-prepayment' THEN (SELECT due_at FROM prepayments p WHERE p.order_id = o.id)
                     WHEN 'awaiting-card' THEN (SELECT due_at FROM order_cards c WHERE c.order_id = o.id)
                     WHEN 'awaiting-choice' THEN o.choice_due_at END AS "deadlineAt",
       EXISTS (SELECT FROM credit_accounts a WHERE a.customer_id = o.customer_id AND a.standing = 'frozen') AS "creditFrozen"
     FROM orders o WHERE o.id = $1 AND ($2::text IS NULL OR o.customer_id = $2)`,
    [id, customerId],
  );
  return rows[0];
}

export interface OrderMark {
  orderId: string;
  status: OrderStatus;
  stage: Stage;
  /** The last row of its timeline, and the last that its customer reads. */
  sequence: number;
  openSequence: number;
}

/** How far the stories of these orders have been told. */
export async function readOrderMarks(db: Queryable, orderIds: readonly string[]): Promise<OrderMark[]> {
  if (orderIds.length === 0) return [];
  const { rows } = await db.query<OrderMark>(
    `SELECT o.id AS "orderId", o.status, o.stage, coalesce(max(a.sequence), 0) AS sequence,
       coalesce(max(a.sequence) FILTER (WHERE a.action LIKE ANY ($2::text[])), 0) AS "openSequence"
     FROM orders o LEFT JOIN audit_log a ON a.order_id = o.id WHERE o.id = ANY ($1) GROUP BY o.id`,
    [orderIds, openToCustomers],
  );
  return rows;
}
