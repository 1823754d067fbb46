import type { OrderStatus, ShipmentStatus, Stage } from '../../domain/order.ts';
import type { Queryable } from '../client.ts';
import { heldByMovements } from '../statements/credit.ts';
import { instantInJson } from './instants.ts';

/** An order as it was at an instant of the company's clock. Amounts are in minor units. */
export interface OrderAsOf {
  /** Null before it was placed. */
  status: OrderStatus | null;
  stage: Stage;
  shipments: { id: string; status: ShipmentStatus; quantity: number }[];
  /** Whole invoices: one that bills several orders stands here with all that it came to. `overdue`: some of it after its due day. */
  invoices: { id: string; issuedAt: string; currency: string; grossMinor: number; openMinor: number; overdue: boolean }[];
  /** Of the customer's credit, what was held for its goods that had not left. */
  heldMinor: number;
  currency: string;
}

/**
 * How the order stood at `at`, from what was written down as it happened: its stays, the instants of its shipments, and the movements of
 * its invoices and of its credit. Undefined when there is no such order, or it is another customer's.
 */
export async function readOrderAsOf(db: Queryable, id: string, at: string, customerId?: string): Promise<OrderAsOf | undefined> {
  const { rows } = await db.query<OrderAsOf>(
    `SELECT o.currency,
       CASE WHEN o.placed_at <= $2 THEN coalesce(stood.status, 'received') END AS status, coalesce(stood.stage, 'order') AS stage,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'quantity', s.quantity, 'status',
          CASE WHEN s.cancelled_at <= $2 THEN 'cancelled' WHEN s.delivered_at <= $2 THEN 'delivered' WHEN s.shipped_at <= $2 THEN 'shipped'
               WHEN s.packed_at <= $2 THEN 'packed' WHEN s.picked_at <= $2 THEN 'packing' ELSE 'picking' END) ORDER BY s.sequence), '[]')
        FROM (SELECT h.*, (SELECT coalesce(sum(coalesce(l.picked_quantity, l.quantity)), 0)::int FROM shipment_lines l WHERE l.shipment_id = h.id) AS quantity
              FROM shipments h WHERE h.order_id = o.id AND h.released_at <= $2) s) AS shipments,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'issuedAt', ${instantInJson('i.at')}, 'currency', i.currency, 'grossMinor', i.gross_minor,
          'openMinor', i.open_then, 'overdue', i.open_then > i.later_then) ORDER BY i.at, i.id), '[]')
        FROM (SELECT n.*, (SELECT coalesce(sum(m.amount_minor), 0)::bigint FROM receivable_movements m
                  LEFT JOIN journal_entries e ON e.id = m.entry_id WHERE m.invoice_id = n.id AND coalesce(e.at, m.recorded_at) <= $2) AS open_then,
                coalesce((SELECT sum(p.amount_minor) FILTER (WHERE p.due_on >= today.on_day) FROM invoice_instalments p WHERE p.invoice_id = n.id HAVING count(*) > 0),
                  CASE WHEN n.due_on >= today.on_day THEN n.gross_minor ELSE 0 END) AS later_then
              FROM invoices n WHERE n.at <= $2 AND n.id IN (SELECT b.invoice_id FROM billings b WHERE b.order_id = o.id)) i) AS invoices,
       (SELECT ${heldByMovements}::bigint FROM credit_movements m WHERE m.order_id = o.id AND m.at <= $2) AS "heldMinor"
     FROM orders o
       CROSS JOIN (SELECT ($2::timestamptz AT TIME ZONE time_zone)::date AS on_day FROM company) today
       LEFT JOIN LATERAL (
         SELECT o.status, o.stage, NULL::bigint AS id WHERE o.status_since <= $2
         UNION ALL SELECT s.status, s.stage, s.id FROM order_stays s WHERE s.order_id = o.id AND s.entered_at <= $2
         ORDER BY id DESC NULLS FIRST LIMIT 1) stood ON true
     WHERE o.id = $1 AND ($3::text IS NULL OR o.customer_id = $3)`,
    [id, at, customerId],
  );
  return rows[0];
}
