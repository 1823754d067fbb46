import { type MadeToOrder, type ProductionStatus, productionDueOn, unitsToMake, withdrawUnits } from '../../domain/production.ts';
import type { Shortage } from '../../domain/stock.ts';
import type { Transaction } from '../client.ts';
import { record, system } from './audit.ts';
import { tell } from './notices.ts';
import type { OrderRow } from './orders.ts';
import { companyCalendar } from './public-holidays.ts';
import { lockStock, type StockRow } from './stock.ts';

/**
 * Those of an order's goods that are made to order, and those that were as it was ordered: what has been begun for it is waited for, though
 * nothing more of it will be made.
 */
export async function readMadeToOrder(tx: Transaction, orderId: string, skus: string[]): Promise<Map<string, MadeToOrder>> {
  const { rows } = await tx.query<MadeToOrder & { sku: string }>(
    `SELECT p.sku, CASE WHEN p.make_to_order THEN p.lead_days END AS "leadDays", coalesce(own.units, 0)::int AS "openUnits"
     FROM products p LEFT JOIN (
       SELECT sku, sum(quantity) AS units FROM production_requests WHERE order_id = $1 AND status IN ('requested', 'started') GROUP BY sku) own
       USING (sku)
     WHERE p.sku = ANY ($2) AND (p.make_to_order OR own.units > 0)`,
    [orderId, skus],
  );
  return new Map(rows.map(({ sku, ...made }) => [sku, made]));
}

/**
 * Locks the stock rows of these goods and gives what of them is free for this order. What was made for other orders goes to those first, for
 * as long as they are owed it and it is not reserved for them (F5); then comes what stands in line before it, in the order of the promised
 * date, placing and id (F3). As good as the rows themselves to plan with. `requestedOn`: the day that it is about to be amended to.
 */
export async function lockFreeStock(tx: Transaction, orderId: string, skus: string[], requestedOn?: string): Promise<StockRow[]> {
  const [stock, { rows }] = await Promise.all([
    lockStock(tx, skus),
    // After the lock, as it stands here. A row without a warehouse tells what is owed of the goods wherever they lie.
    tx.query<{ sku: string; warehouseId: string | null; others: number; own: number }>(
      // Of a line that was made for more than once, what comes last is what it is still owed. Goods may have been lost since they were made,
      // so what was made last has the first claim on what lies there.
      `WITH made AS (
         SELECT p.id, p.order_id, p.line_number, p.sku, p.warehouse_id, p.status, p.changed_at,
           greatest(0, least(p.quantity, l.back_ordered_quantity - coalesce(sum(p.quantity) OVER (
             PARTITION BY p.order_id, p.line_number ORDER BY p.status = 'finished', p.changed_at DESC, p.id DESC
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS quantity
         FROM order_lines l JOIN production_requests p USING (order_id, line_number)
         WHERE l.sku = ANY ($2) AND l.back_ordered_quantity > 0 AND p.status <> 'cancelled'),
       kept AS (
         SELECT order_id, line_number, sku, warehouse_id, greatest(0, least(made.quantity, s.on_hand - s.reserved - coalesce(sum(made.quantity) OVER (
             PARTITION BY sku, warehouse_id ORDER BY made.changed_at DESC, made.id DESC
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS quantity
         FROM made JOIN stock s USING (sku, warehouse_id) WHERE made.status = 'finished')
       SELECT sku, warehouse_id AS "warehouseId", coalesce(sum(quantity) FILTER (WHERE order_id <> $1), 0)::int AS others,
         coalesce(sum(quantity) FILTER (WHERE order_id = $1), 0)::int AS own
       FROM kept GROUP BY sku, warehouse_id
       UNION ALL
       SELECT b.sku, NULL, sum(greatest(0, b.quantity - coalesce((
         SELECT sum(kept.quantity) FROM kept WHERE kept.order_id = b.order_id AND kept.line_number = b.line_number), 0)))::int, 0
       FROM back_orders b, orders mine
       WHERE mine.id = $1 AND b.sku = ANY ($2)
         AND (b.promised_on, b.placed_at, b.order_id) < (greatest(mine.promised_on, $3::date), mine.placed_at, mine.id)
       GROUP BY b.sku`,
      [orderId, skus, requestedOn],
    ),
  ]);
  const find = (sku: string, warehouseId: string | null) =>
    rows.find((row) => row.sku === sku && row.warehouseId === warehouseId);
  const owed = new Map(skus.map((sku) => [sku, find(sku, null)?.others ?? 0]));
  return stock.map((row) => {
    const { others = 0, own = 0 } = find(row.sku, row.warehouseId) ?? {};
    const unkept = Math.max(0, row.onHand - row.reserved - others);
    // What was made for this order is no older promise's.
    const left = Math.min(owed.get(row.sku)!, Math.max(0, unkept - own));
    owed.set(row.sku, owed.get(row.sku)! - left);
    return { ...row, onHand: row.reserved + unkept - left };
  });
}

/**
 * Orders what is missing of goods that are made to order from production, once per unit (F5). Gives the shortages that are not made, and
 * until when the others are. The order's row is locked.
 */
export async function requestProduction(
  tx: Transaction,
  order: OrderRow,
  shortages: Shortage[],
  madeToOrder: Map<string, MadeToOrder>,
  { timeZone, at }: { timeZone: string; at: string },
): Promise<{ otherwise: Shortage[]; inProduction: string }> {
  const requests = await readRequests(tx, order.id);
  const plan = unitsToMake(
    shortages.filter(({ sku }) => madeToOrder.has(sku)),
    requests,
  );
  const dueDates = requests.filter(({ status }) => status === 'requested' || status === 'started').map(({ dueOn }) => dueOn);
  const notMadeAnyMore = plan.toMake.filter(({ sku }) => madeToOrder.get(sku)?.leadDays === null);
  const closedOn = plan.toMake.length > notMadeAnyMore.length ? (await companyCalendar(tx, at)).closedOn : undefined;
  for (const { lineNumber, sku, missing } of plan.toMake) {
    const { leadDays } = madeToOrder.get(sku)!;
    if (leadDays === null) continue;
    const dueOn = productionDueOn({ at, leadDays, timeZone, closedOn });
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
  const left = ({ lineNumber }: Shortage) => notMadeAnyMore.find((line) => line.lineNumber === lineNumber)?.missing ?? 0;
  const made = plan.inProduction
    .filter((line) => line.missing > left(line))
    .map((line) => `${line.missing - left(line)} × ${line.sku}`)
    .join(', ');
  return {
    otherwise: shortages.flatMap((line) => {
      const isOther = !madeToOrder.has(line.sku) || plan.otherwise.some(({ lineNumber }) => lineNumber === line.lineNumber);
      if (isOther) return [line];
      return left(line) > 0 ? [{ ...line, missing: left(line) }] : [];
    }),
    inProduction: made && `${made}${dueWords}${latest}`,
  };
}

const dueWords = ' in production, due on ';

/** The order waits until another day for what is made for it: why it waits says so. */
export async function keepDueInReason(tx: Transaction, orderId: string): Promise<void> {
  await tx.query(
    `UPDATE orders o SET status_reason = regexp_replace(o.status_reason, $2 || '[0-9-]+', $2 || due.latest)
     FROM (SELECT max(due_on) AS latest FROM production_requests WHERE order_id = $1 AND status IN ('requested', 'started')) due
     WHERE o.id = $1 AND due.latest IS NOT NULL`,
    [orderId, dueWords],
  );
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

/** The order's requests. Its row is locked, which guards them. */
async function readRequests(tx: Transaction, orderId: string) {
  const { rows } = await tx.query<{
    id: string;
    lineNumber: number;
    sku: string;
    quantity: number;
    status: ProductionStatus;
    withdrawn: boolean;
    dueOn: string;
  }>(
    `SELECT id, line_number AS "lineNumber", sku, quantity, status, withdrawn, due_on AS "dueOn" FROM production_requests
     WHERE order_id = $1 ORDER BY id`,
    [orderId],
  );
  return rows;
}

/** Makes less, or nothing, of what lines of the order want no more (F5): so many units of each. The order's row is locked. */
export async function withdrawProduction(
  tx: Transaction,
  order: OrderRow,
  unitsOf: (lineNumber: number) => number,
  at: string,
): Promise<void> {
  const requests = await readRequests(tx, order.id);
  for (const lineNumber of new Set(requests.map((request) => request.lineNumber))) {
    const own = requests.filter((request) => request.lineNumber === lineNumber);
    for (const { id, sku, quantity, status, left } of withdrawUnits(own, unitsOf(lineNumber))) {
      const ends = left === 0;
      // What has ended keeps its quantity: it says what was not made.
      await tx.query('UPDATE production_requests SET quantity = $2, status = $3, withdrawn = $4, changed_at = $5 WHERE id = $1', [
        id,
        ends ? quantity : left,
        ends ? 'cancelled' : status,
        ends,
        at,
      ]);
      await record(tx, {
        at,
        actor: system,
        action: ends ? 'production-withdrawn' : 'production-reduced',
        summary: ends ? `${id}: ${quantity} × ${sku} are wanted no more` : `${id}: ${left} × ${sku} instead of ${quantity}`,
        customerId: order.customerId,
        orderId: order.id,
        before: { status, quantity },
        after: { status: ends ? 'cancelled' : status, quantity: left },
      });
    }
  }
}
