import type { ShipmentStatus } from '../../domain/order.ts';
import { only, type Transaction } from '../client.ts';
import { lockOrder } from '../statements/orders.ts';

export interface TakenOverShipment {
  shipmentId: string;
  status: ShipmentStatus;
  /** Of one that has left. */
  booking: { carrier: string; trackingNumber: string } | null;
  /**
   * Under which number the carrier is asked for it now: that of the refusal that stands, or the one after the last refusal, which answers
   * with its booking when there is one. Absent in histories from before it was told: the first.
   */
  attempt?: number;
}

/**
 * What a workflow must know that takes an order over from an earlier run of it (X8): its shipments that were not cancelled, and a round of
 * release that it goes on after. That round is used up here, because waits are not kept as steps: the letters, tasks and hints of the
 * lost run's waits bear its name. Under the order's lock: what the earlier run had under way has been committed and is among the
 * shipments, or comes after it and finds its round used up. Run twice, it uses up one round more.
 */
export async function takeOverOrder(
  tx: Transaction,
  { orderId, at }: { orderId: string; at: string },
): Promise<{ shipments: TakenOverShipment[]; round: number }> {
  await lockOrder(tx, orderId);
  const { rows: shipments } = await tx.query<TakenOverShipment>(
    `SELECT id AS "shipmentId", status, CASE WHEN shipped_at IS NOT NULL
       THEN jsonb_build_object('carrier', carrier, 'trackingNumber', tracking_number) END AS booking,
       (SELECT coalesce(max(split_part(t.step, ':', 3)::int), 0) FROM steps t
        WHERE t.subject = $1 AND starts_with(t.step, 'hold-shipment:' || shipments.id || ':'))
         + CASE WHEN carrier_refusal IS NULL THEN 1 ELSE 0 END AS attempt
     FROM shipments WHERE order_id = $1 AND status <> 'cancelled' ORDER BY id`,
    [orderId],
  );
  const { round } = only(
    await tx.query<{ round: number }>(
      `INSERT INTO steps (subject, step, outcome, at)
       SELECT $1, 'release:' || last.round + 1 || '.0', '{"outcome": "taken-over"}', $2
       FROM (SELECT coalesce(max(split_part(split_part(step, ':', 2), '.', 1)::int), 0) AS round FROM steps
             WHERE subject = $1 AND step LIKE 'release:%') AS last
       RETURNING split_part(split_part(step, ':', 2), '.', 1)::int AS round`,
      [orderId, at],
    ),
  );
  return { shipments, round };
}
