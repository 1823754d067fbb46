import type { Transaction } from '../client.ts';
import type { Actor } from '../statements/audit.ts';
import { lockOrder } from '../statements/orders.ts';
import { planShipment, withdrawnPickups } from '../statements/pickups.ts';

/** As many as one transaction takes on; who asks again goes on with the rest. */
const shipmentsMaximum = 200;

/**
 * Moves every shipment that is still in the warehouse and has missed its cut-off, or whose pickup the calendar has no more, to the
 * next pickup, and plans those that have none yet because their carrier's calendar came later. Asked again at the same time, it
 * finds nothing to do (S1).
 */
export async function replanPickups(
  tx: Transaction,
  { actor, at }: { actor: Actor; at: string },
): Promise<{ missed: string[]; planned: string[]; more: boolean }> {
  const withdrawn = await withdrawnPickups(tx, at);
  const { rows } = await tx.query<{ id: string; orderId: string }>(
    `SELECT s.id, s.order_id AS "orderId" FROM shipments s
     WHERE s.status IN ('picking', 'packing', 'packed')
       AND (s.pickup_cut_off_at < $1 OR (s.pickup_cut_off_at IS NULL
            AND EXISTS (SELECT FROM pickup_calendars c WHERE c.warehouse_id = s.warehouse_id))
         OR (s.warehouse_id, s.pickup_carrier, s.pickup_cut_off_at) IN (SELECT * FROM unnest($3::text[], $4::text[], $5::timestamptz[])))
     ORDER BY s.order_id, s.id LIMIT $2`,
    [
      at,
      shipmentsMaximum,
      withdrawn.map(({ warehouseId }) => warehouseId),
      withdrawn.map(({ carrier }) => carrier),
      withdrawn.map(({ cutOffAt }) => cutOffAt),
    ],
  );
  const missed: string[] = [];
  const planned: string[] = [];
  for (const { id, orderId } of rows) {
    await lockOrder(tx, orderId);
    // Under the lock: it may have left, or been cancelled, meanwhile.
    const still = await tx.query("SELECT 1 FROM shipments WHERE id = $1 AND status IN ('picking', 'packing', 'packed')", [id]);
    if (still.rows.length === 0) continue;
    const plan = await planShipment(tx, { shipmentId: id, actor, at });
    if (plan) (plan.instead ? missed : planned).push(id);
  }
  // Asking again helps only when each of them could be planned: what nobody collects would fill the next transaction too.
  return { missed, planned, more: missed.length + planned.length === shipmentsMaximum };
}
