import { nearestFirst } from '../../domain/fulfilment.ts';
import { sumMinor } from '../../domain/money.ts';
import { stockCost } from '../../domain/stock.ts';
import type { Transaction } from '../client.ts';
import type { Address } from './orders.ts';

export interface StockRow {
  sku: string;
  warehouseId: string;
  onHand: number;
  reserved: number;
  valueMinor: number;
}

/** Locks the stock rows of the given goods in one fixed order, so that two orders never wait for each other in a circle. */
export async function lockStock(tx: Transaction, skus: string[], warehouseId?: string): Promise<StockRow[]> {
  const found = await tx.query<StockRow>(
    `SELECT sku, warehouse_id AS "warehouseId", on_hand AS "onHand", reserved, value_minor AS "valueMinor" FROM stock
     WHERE sku = ANY ($1) AND ($2::text IS NULL OR warehouse_id = $2) ORDER BY sku, warehouse_id FOR UPDATE`,
    [skus, warehouseId],
  );
  return found.rows;
}

/** The order in which warehouses serve goods for this address; undefined where the policy asks for the fewest shipments. */
export async function warehouseOrder(tx: Transaction, shipTo: Address): Promise<string[] | undefined> {
  const { rows } = await tx.query<{ id: string; address: Address }>(
    `SELECT id, address FROM warehouses WHERE 'nearest' =
       (SELECT body ->> 'allocation' FROM policies WHERE name = 'fulfilment' ORDER BY version DESC LIMIT 1)`,
    [],
  );
  return rows.length > 0 ? nearestFirst(shipTo, rows) : undefined;
}

/**
 * Takes reserved units out of stock for good (shipped, or lost) at moving-average cost, and gives what they cost together.
 * The rows are locked by the caller and kept in step. Each row of stock is named once.
 */
export async function takeReserved(
  tx: Transaction,
  stock: StockRow[],
  taken: { sku: string; warehouseId: string; quantity: number }[],
  movement: { eventId: string; kind: 'shipped' | 'lost'; orderId: string; reason?: string; at: string },
): Promise<number> {
  const moved = taken
    .filter(({ quantity }) => quantity > 0)
    .map(({ sku, warehouseId, quantity }) => {
      const row = stock.find((candidate) => candidate.sku === sku && candidate.warehouseId === warehouseId);
      if (!row) throw new Error(`there is no stock row of ${sku} in ${warehouseId}`);
      const cost = stockCost({ onHand: row.onHand, valueMinor: row.valueMinor, quantity });
      row.onHand -= quantity;
      row.reserved -= quantity;
      row.valueMinor -= cost;
      return { sku, warehouseId, quantity, costMinor: cost };
    });
  await tx.query(
    `WITH goods AS (
       SELECT * FROM unnest($2::text[], $3::text[], $4::int[], $5::bigint[]) AS g (sku, warehouse_id, quantity, value_minor)),
     moved AS (
       INSERT INTO stock_movements (event_id, sku, warehouse_id, kind, quantity, value_minor, order_id, reason, at)
       SELECT $1, sku, warehouse_id, $6, quantity, value_minor, $7, $8, $9 FROM goods)
     UPDATE stock SET on_hand = on_hand - g.quantity, reserved = reserved - g.quantity, value_minor = stock.value_minor - g.value_minor
     FROM goods g WHERE stock.sku = g.sku AND stock.warehouse_id = g.warehouse_id`,
    [
      movement.eventId,
      moved.map(({ sku }) => sku),
      moved.map(({ warehouseId }) => warehouseId),
      moved.map(({ quantity }) => quantity),
      moved.map(({ costMinor }) => costMinor),
      movement.kind,
      movement.orderId,
      movement.reason,
      movement.at,
    ],
  );
  return sumMinor(moved.map(({ costMinor }) => costMinor));
}

export interface RestockedGoods {
  sku: string;
  quantity: number;
  /** What they cost when they left, which is what they are worth again. */
  costMinor: number;
}

/** Puts goods that came back on the shelf again. The rows are locked by the caller. */
export async function restock(
  tx: Transaction,
  restocked: RestockedGoods[],
  movement: { eventId: string; warehouseId: string; orderId: string; at: string },
): Promise<void> {
  await tx.query(
    `WITH goods AS (
       SELECT * FROM unnest($2::text[], $3::int[], $4::bigint[]) AS g (sku, quantity, value_minor)),
     moved AS (
       INSERT INTO stock_movements (event_id, sku, warehouse_id, kind, quantity, value_minor, order_id, at)
       SELECT $1, sku, $5, 'returned', quantity, value_minor, $6, $7 FROM goods)
     UPDATE stock SET on_hand = on_hand + g.quantity, value_minor = stock.value_minor + g.value_minor
     FROM goods g WHERE stock.sku = g.sku AND stock.warehouse_id = $5`,
    [
      movement.eventId,
      restocked.map(({ sku }) => sku),
      restocked.map(({ quantity }) => quantity),
      restocked.map(({ costMinor }) => costMinor),
      movement.warehouseId,
      movement.orderId,
      movement.at,
    ],
  );
}
