import type { Queryable } from '../client.ts';
import type { StockLevel } from './products.ts';

export type LiveStockLevel = Omit<StockLevel, 'valueMinor'>;

/**
 * The stock rows that were written since the mark, or all of them, and the mark for the next time. The mark is the oldest transaction
 * that was still open: whatever commits later has it or a younger one on its rows, so that no change is missed and some come twice.
 */
export async function readStockChanges(
  db: Queryable,
  since: string | undefined,
): Promise<{ mark: string; levels: LiveStockLevel[] }> {
  // The rows and the mark come from one statement, and so from one snapshot. Row versions know 32 bits of a transaction's number,
  // whose order only their age tells.
  const { rows } = await db.query<{ mark: string } & (LiveStockLevel | { sku: null })>(
    `SELECT mark, sku, warehouse_id AS "warehouseId", on_hand AS "onHand", reserved, on_hand - reserved AS available
     FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS mark) now
     LEFT JOIN stock s ON $1::text IS NULL OR age(s.xmin) <= age($1::xid8::xid)`,
    [since ?? null],
  );
  const levels = rows.flatMap((row) => {
    if (row.sku === null) return [];
    const { sku, warehouseId, onHand, reserved, available } = row;
    return [{ sku, warehouseId, onHand, reserved, available }];
  });
  return { mark: rows[0]!.mark, levels };
}
