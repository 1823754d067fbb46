import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { watchReorderPoints } from '../statements/reorder-points.ts';
import { lockStock } from '../statements/stock.ts';

export interface ReorderPointInput {
  sku: string;
  warehouseId: string;
  /** At how few available units more are ordered; null: not watched any more. */
  point: number | null;
  quantity: number;
  actor: Actor;
  at: string;
}

/** Says when how much of a product is ordered for a warehouse (F1), and looks at once whether it is time. */
export async function setReorderPoint(tx: Transaction, input: ReorderPointInput): Promise<void> {
  const { sku, warehouseId, point, quantity, actor, at } = input;
  const { rows } = await tx.query<{ hasProduct: boolean; hasWarehouse: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM products WHERE sku = $1) AS "hasProduct",
            EXISTS (SELECT 1 FROM warehouses WHERE id = $2) AS "hasWarehouse"`,
    [sku, warehouseId],
  );
  if (!rows[0]!.hasProduct) throw new Refusal(404, 'unknown-product', `There is no product ${sku}.`);
  if (!rows[0]!.hasWarehouse) throw new Refusal(404, 'unknown-warehouse', `There is no warehouse ${warehouseId}.`);
  // A place that has never had any has nothing available, and is watched all the same.
  await tx.query('INSERT INTO stock (sku, warehouse_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [sku, warehouseId]);
  await lockStock(tx, [sku], warehouseId);
  await tx.query(
    `INSERT INTO reorder_points (sku, warehouse_id, point, quantity, at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (sku, warehouse_id) DO UPDATE SET point = excluded.point, quantity = excluded.quantity, at = excluded.at`,
    [sku, warehouseId, point, quantity, at],
  );
  await record(tx, {
    at,
    actor,
    action: 'reorder-point-set',
    summary: `${sku} in ${warehouseId}: ${point === null ? 'not watched any more' : `order ${quantity} at ${point} available`}`,
    after: { sku, warehouseId, point, quantity },
  });
  await watchReorderPoints(tx, [sku], at);
}
