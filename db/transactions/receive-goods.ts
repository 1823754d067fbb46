import { type Fault, Refusal } from '../../domain/failures.ts';
import { goodsReceived } from '../../domain/ledger.ts';
import { multiplyMinor } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';
import { book } from '../statements/ledger.ts';
import { watchReorderPoints } from '../statements/reorder-points.ts';
import { wakeAskingOrders, wakeBackOrders } from '../statements/shipments.ts';

export interface ReceiveGoodsInput {
  /** The delivery note's number: once per warehouse and product. */
  reference: string;
  warehouseId: string;
  lines: { sku: string; quantity: number; unitCostMinor: number }[];
  actor: Actor;
  at: string;
}

/** Books goods into a warehouse at cost and hints to back-ordered orders, oldest promise first, that stock is there. */
export async function receiveGoods(
  tx: Transaction,
  input: ReceiveGoodsInput,
): Promise<{ reference: string; warehouseId: string; wokenOrders: number }> {
  const { warehouseId, at, actor } = input;
  const skus = input.lines.map((line) => line.sku);
  const known = new Set(
    (await tx.query<{ sku: string }>('SELECT sku FROM products WHERE sku = ANY ($1)', [skus])).rows.map((row) => row.sku),
  );
  const faults: Fault[] = [];
  const warehouse = await tx.query('SELECT 1 FROM warehouses WHERE id = $1', [warehouseId]);
  if (warehouse.rows.length === 0)
    faults.push({ path: '/warehouseId', code: 'unknown-warehouse', detail: `There is no warehouse ${warehouseId}.` });
  for (const [index, line] of input.lines.entries()) {
    if (!known.has(line.sku))
      faults.push({ path: `/lines/${index}/sku`, code: 'unknown-sku', detail: `There is no product ${line.sku}.` });
    if (skus.indexOf(line.sku) !== index)
      faults.push({ path: `/lines/${index}/sku`, code: 'repeated-sku', detail: `${line.sku} stands on two lines.` });
    const valueMinor = line.quantity * line.unitCostMinor;
    if (!Number.isSafeInteger(valueMinor))
      faults.push({ path: `/lines/${index}`, code: 'amount', detail: 'The value is beyond the safe integers.' });
  }
  if (faults.length > 0) throw new Refusal(422, 'invalid-goods-receipt', 'The goods cannot be booked in.', { faults });

  const eventId = `receipt:${input.reference}:${warehouseId}`;
  const { currency, timeZone } = await readCompany(tx);
  let valueMinor = 0;
  const firstHere: string[] = [];
  for (const line of [...input.lines].sort((a, b) => (a.sku < b.sku ? -1 : 1))) {
    const lineValueMinor = multiplyMinor(line.unitCostMinor, line.quantity);
    valueMinor += lineValueMinor;
    const moved = await tx.query(
      `INSERT INTO stock_movements (event_id, sku, warehouse_id, kind, quantity, value_minor, at)
       VALUES ($1, $2, $3, 'received', $4, $5, $6) ON CONFLICT DO NOTHING RETURNING 1`,
      [eventId, line.sku, warehouseId, line.quantity, lineValueMinor, at],
    );
    if (moved.rows.length === 0) {
      throw new Refusal(409, 'goods-already-received', `${input.reference} is booked into ${warehouseId} already.`);
    }
    // PostgreSQL marks a row that it found and changed with the transaction (xmax), and not one that it inserted.
    const { rows } = await tx.query<{ isNew: boolean }>(
      `INSERT INTO stock (sku, warehouse_id, on_hand, value_minor) VALUES ($1, $2, $3, $4)
       ON CONFLICT (sku, warehouse_id) DO UPDATE
         SET on_hand = stock.on_hand + excluded.on_hand, value_minor = stock.value_minor + excluded.value_minor
       RETURNING xmax = 0 AS "isNew"`,
      [line.sku, warehouseId, line.quantity, lineValueMinor],
    );
    if (rows[0]!.isNew) firstHere.push(line.sku);
  }
  await book(
    tx,
    { eventId, kind: 'goods-received', bookedOn: localDate(at, timeZone), currency, at },
    goodsReceived({ valueMinor }),
  );
  await record(tx, {
    at,
    actor,
    action: 'goods-received',
    summary: `${input.reference}: goods received in ${warehouseId}`,
    after: { lines: input.lines },
  });
  await watchReorderPoints(tx, skus, at);
  const wokenOrders = await wakeBackOrders(tx, skus, eventId);
  await wakeAskingOrders(tx, firstHere, eventId);
  return { reference: input.reference, warehouseId, wokenOrders };
}
