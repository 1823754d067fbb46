import type { Transaction } from '../client.ts';

/**
 * After stock was taken, reserved or received: opens a task for each place where no more is available than its reorder point, once
 * until it ends, and ends those of places that have more again. The caller has the stock rows locked, so nobody else is deciding.
 */
export async function watchReorderPoints(tx: Transaction, skus: string[], at: string): Promise<void> {
  await tx.query(
    `WITH watched AS (
       SELECT sku, warehouse_id, point, p.quantity, on_hand - reserved AS available
       FROM reorder_points p JOIN stock USING (sku, warehouse_id) WHERE sku = ANY ($1)),
     ended AS (
       UPDATE tasks t SET status = 'completed', completed_by = 'system', completed_at = $2,
         outcome = jsonb_build_object('available', w.available)
       FROM watched w WHERE t.kind = 'reorder' AND t.status IN ('open', 'claimed') AND t.details ->> 'sku' = w.sku
         AND t.details ->> 'warehouseId' = w.warehouse_id AND (w.point IS NULL OR w.available > w.point))
     INSERT INTO tasks (key, kind, role, title, details, at)
     SELECT format('reorder:%s:%s:%s', sku, warehouse_id, 1 + earlier.count), 'reorder', 'warehouse',
       format('Order %s × %s for %s: %s available, the reorder point is %s', quantity, sku, warehouse_id, available, point),
       jsonb_build_object('sku', sku, 'warehouseId', warehouse_id, 'quantity', quantity, 'available', available, 'point', point), $2
     FROM watched w, LATERAL (
       SELECT count(*) AS count, count(*) FILTER (WHERE status IN ('open', 'claimed')) AS open FROM tasks t
       WHERE t.kind = 'reorder' AND t.details ->> 'sku' = w.sku AND t.details ->> 'warehouseId' = w.warehouse_id) earlier
     WHERE available <= point AND earlier.open = 0
     ON CONFLICT (key) DO NOTHING`,
    [skus, at],
  );
}
