import { type ProductionStatus, productionDueOn, unitsToMake } from '../../domain/production.ts';
import type { Shortage } from '../../domain/stock.ts';
import type { Transaction } from '../client.ts';
import { record, system } from './audit.ts';
import { tell } from './notices.ts';
import type { OrderRow } from './orders.ts';
import type { StockRow } from './stock.ts';

/** Those of the goods that are made to order, with the business days that it takes. */
export async function readMadeToOrder(tx: Transaction, skus: string[]): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ sku: string; leadDays: number }>(
    'SELECT sku, lead_days AS "leadDays" FROM products WHERE sku = ANY ($1) AND make_to_order',
    [skus],
  );
  return new Map(rows.map(({ sku, leadDays }) => [sku, leadDays]));
}

/**
 * Takes what was made for other orders off these rows: it goes to those first, for as long as they are owed it and it is not reserved
 * for them. The rows are locked, and as good as new to plan with.
 */
export async function withoutOthersGoods<Row extends Pick<StockRow, 'sku' | 'warehouseId' | 'onHand' | 'reserved'>>(
  tx: Transaction,
  orderId: string,
  stock: Row[],
): Promise<Row[]> {
  const { rows } = await tx.query<{ sku: string; warehouseId: string; quantity: number }>(
    `SELECT sku, warehouse_id AS "warehouseId", sum(quantity)::int AS quantity FROM (
       SELECT p.sku, p.warehouse_id, greatest(0, least(p.quantity, l.quantity - l.shipped_quantity - l.cancelled_quantity - coalesce((
           SELECT sum(r.quantity) FROM reservations r
           WHERE r.order_id = p.order_id AND r.line_number = p.line_number AND r.status = 'reserved'), 0))) AS quantity
       FROM production_requests p JOIN order_lines l USING (order_id, line_number)
       WHERE p.status = 'finished' AND p.sku = ANY ($2) AND p.order_id <> $1) kept
     GROUP BY sku, warehouse_id`,
    [orderId, [...new Set(stock.map(({ sku }) => sku))]],
  );
  const kept = new Map(rows.map(({ sku, warehouseId, quantity }) => [`${sku} ${warehouseId}`, quantity]));
  return stock.map((row) => ({
    ...row,
    onHand: Math.max(row.reserved, row.onHand - (kept.get(`${row.sku} ${row.warehouseId}`) ?? 0)),
  }));
}

/**
 * Orders what is missing of goods that are made to order from production, once per unit (F5). Gives the shortages that are not made, and
 * until when the others are. The order's row is locked.
 */
export async function requestProduction(
  tx: Transaction,
  order: OrderRow,
  shortages: Shortage[],
  madeToOrder: Map<string, number>,
  { timeZone, at }: { timeZone: string; at: string },
): Promise<{ otherwise: Shortage[]; inProduction: string }> {
  const { rows: requests } = await tx.query<{ lineNumber: number; quantity: number; status: ProductionStatus; dueOn: string }>(
    'SELECT line_number AS "lineNumber", quantity, status, due_on AS "dueOn" FROM production_requests WHERE order_id = $1',
    [order.id],
  );
  const plan = unitsToMake(
    shortages.filter(({ sku }) => madeToOrder.has(sku)),
    requests,
  );
  const dueDates = requests.filter(({ status }) => status === 'requested' || status === 'started').map(({ dueOn }) => dueOn);
  for (const { lineNumber, sku, missing } of plan.toMake) {
    const dueOn = productionDueOn({ at, leadDays: madeToOrder.get(sku)!, timeZone });
    dueDates.push(dueOn);
    const { rows } = await tx.query<{ id: string; requestedOn: string | null }>(
      `INSERT INTO production_requests (order_id, line_number, sku, quantity, requested_on, first_due_on, due_on, at, changed_at)
       SELECT $1, $2, $3, $4, requested_on, $5, $5, $6, $6 FROM orders WHERE id = $1 RETURNING id`,
      [order.id, lineNumber, sku, missing, dueOn, at],
    );
    const { id } = rows[0]!;
    await record(tx, {
      at,
      actor: system,
      action: 'production-requested',
      summary: `${id}: ${missing} × ${sku} are made for the order, due on ${dueOn}`,
      customerId: order.customerId,
      orderId: order.id,
      after: { id, sku, quantity: missing, dueOn },
    });
    await tellProduction(tx, order, { key: `${id}:requested`, sku, quantity: missing, dueOn, slipped: false, at });
  }
  const latest = dueDates.sort().at(-1);
  const made = plan.inProduction.map(({ missing, sku }) => `${missing} × ${sku}`).join(', ');
  return {
    otherwise: shortages.filter(
      ({ sku, lineNumber }) => !madeToOrder.has(sku) || plan.otherwise.some((line) => line.lineNumber === lineNumber),
    ),
    inProduction: made && `${made} in production, due on ${latest}`,
  };
}

/** Tells the customer until when goods are made for their order, or that it takes until another day. */
export async function tellProduction(
  tx: Transaction,
  order: { id: string; customerId: string },
  said: { key: string; sku: string; quantity: number; dueOn: string; slipped: boolean; at: string },
): Promise<void> {
  const { key, at, ...facts } = said;
  await tell(tx, {
    key,
    kind: 'production',
    customerId: order.customerId,
    orderId: order.id,
    facts: { orderId: order.id, ...facts },
    at,
  });
}

/** Cancels what is being made for lines of the order that are owed nothing more. */
export async function endProduction(tx: Transaction, orderId: string, at: string): Promise<void> {
  await tx.query(
    `UPDATE production_requests p SET status = 'cancelled', changed_at = $2 FROM order_lines l
     WHERE p.order_id = $1 AND p.status IN ('requested', 'started') AND l.order_id = p.order_id AND l.line_number = p.line_number
       AND l.quantity - l.shipped_quantity - l.cancelled_quantity <= 0`,
    [orderId, at],
  );
}
