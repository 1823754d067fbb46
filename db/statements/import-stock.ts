import { countGain, countLoss, goodsReceived, openingStock } from '../../domain/ledger.ts';
import { sumMinor } from '../../domain/money.ts';
import { countStock } from '../../domain/stock.ts';
import { localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { readCompany } from './company.ts';
import { book } from './ledger.ts';
import { watchReorderPoints } from './reorder-points.ts';
import { wakeAskingOrders, wakeBackOrders } from './shipments.ts';
import type { StockRow } from './stock.ts';
import { type ImportLine, type ImportRun, type LineFault, withoutRepeats } from './upsert.ts';
import { lockPickingOrders, readPicking, withdrawReservations } from './withdrawals.ts';

export interface StockValues {
  /** 'opening', 'received' and 'found' add to the books, 'damage' and 'loss' take from them, 'counted' says what lies there. */
  kind: 'opening' | 'received' | 'counted' | AdjustmentReason;
  /** The delivery note, count sheet or report: once per product and warehouse. */
  reference: string;
  sku: string;
  warehouseId: string;
  quantity: number;
  unitCostMinor?: number | undefined;
}

/** Why stock is adjusted without a count. */
export const adjustmentReasons = ['damage', 'loss', 'found'] as const;
export type AdjustmentReason = (typeof adjustmentReasons)[number];

interface Movement {
  eventId: string;
  values: StockValues;
  kind: 'received' | 'found' | 'lost';
  quantity: number;
  valueMinor: number;
  reason: string | null;
}

// A receipt carries the same event as the goods receipt of that delivery note, so that it is booked by one of the two.
const eventIdOf = ({ kind, reference, warehouseId }: StockValues): string =>
  `${kind === 'received' ? 'receipt' : isAdjustment(kind) ? 'adjusted' : kind}:${reference}:${warehouseId}`;
const isAdjustment = (kind: StockValues['kind']): kind is AdjustmentReason =>
  (adjustmentReasons as readonly string[]).includes(kind);
const keyOf = (values: StockValues): string => `${eventIdOf(values)} ${values.sku}`;
const placeOf = ({ sku, warehouseId }: { sku: string; warehouseId: string }): string => `${sku} ${warehouseId}`;
const reasonOf = ({ kind, quantity }: StockValues): string | null =>
  kind === 'received' ? null : kind === 'opening' ? 'opening stock' : kind === 'counted' ? `counted ${quantity}` : kind;
const onHandMaximum = 2_147_483_647;

/**
 * Books goods counts, receipts, adjustments and opening stock, line by line in the order given. A line that was booked before
 * changes nothing; the same reference with another quantity is a fault. Stock that cannot keep what is reserved takes
 * reservations back (F1); gives the shipments that were cancelled for it.
 */
export async function importStock(tx: Transaction, run: ImportRun, all: ImportLine<StockValues>[]): Promise<string[]> {
  const lines = withoutRepeats(run, all, keyOf, 'reference');
  const known = await withKnownPlaces(tx, run, lines);
  const doubtful = await belowReserved(tx, known);
  const lockedOrders = run.dryRun ? [] : await lockPickingOrders(tx, doubtful);
  const { stock, firstHere } = await lockPlaces(tx, run, known, lockedOrders);
  const pickedAt = await readPicked(tx, stock, doubtful);
  const booked = await bookedBefore(tx, lines);
  const lowest = new Map<string, number>();
  const movements: Movement[] = [];
  for (const { line, values } of lines) {
    const row = stock.get(placeOf(values));
    if (!row) continue;
    const earlier = booked.get(keyOf(values));
    if (earlier) {
      // A count's reason says how many were counted, where its quantity says by how many that was off.
      const isSame = earlier.reason === reasonOf(values) && (values.kind === 'counted' || earlier.quantity === values.quantity);
      if (isSame) run.unchanged += 1;
      else {
        const detail = `${values.reference} was booked in ${values.warehouseId} with another quantity.`;
        run.faults.push({ line, field: 'reference', code: 'already-booked', detail });
      }
      continue;
    }
    const moved = move(row, values, pickedAt.get(placeOf(values)) ?? row.reserved);
    if ('code' in moved) {
      run.faults.push({ line, ...moved });
      continue;
    }
    row.onHand += moved.kind === 'lost' ? -moved.quantity : moved.quantity;
    row.valueMinor += moved.kind === 'lost' ? -moved.valueMinor : moved.valueMinor;
    lowest.set(placeOf(values), Math.min(row.onHand, lowest.get(placeOf(values)) ?? row.onHand));
    movements.push({ eventId: eventIdOf(values), values, reason: reasonOf(values), ...moved });
    run.created += 1;
  }
  if (movements.length === 0 || run.dryRun) return [];
  const shortfalls = [...lowest]
    .map(([place, left]) => ({ ...stock.get(place)!, left }))
    .filter(({ reserved, left }) => left < reserved)
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const why = { cause: run.importId, actor: run.actor, at: run.at };
  const withdrawn = await withdrawReservations(tx, shortfalls, lockedOrders, why);
  await write(tx, run, movements, stock, firstHere);
  return withdrawn;
}

/** The places of which a line says that less lies there than is reserved; not locked, so it says where to look only. */
async function belowReserved(tx: Transaction, lines: ImportLine<StockValues>[]): Promise<StockRow[]> {
  const lowering = lines.map(({ values }) => values).filter(({ kind }) => ['counted', 'damage', 'loss'].includes(kind));
  if (lowering.length === 0) return [];
  const { rows } = await tx.query<StockRow>(
    `SELECT sku, warehouse_id AS "warehouseId", on_hand AS "onHand", reserved, value_minor AS "valueMinor" FROM stock
     WHERE reserved > 0 AND (sku, warehouse_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
    [lowering.map(({ sku }) => sku), lowering.map(({ warehouseId }) => warehouseId)],
  );
  return rows.filter((row) =>
    lowering.some(
      (values) =>
        placeOf(values) === placeOf(row) &&
        (values.kind === 'counted' ? values.quantity : row.onHand - values.quantity) < row.reserved,
    ),
  );
}

/** How many reserved units of these places have left their shelf for the packing table: those cannot be taken back. */
async function readPicked(tx: Transaction, stock: Map<string, StockRow>, places: StockRow[]): Promise<Map<string, number>> {
  const picked = new Map(places.map((place) => [placeOf(place), stock.get(placeOf(place))!.reserved]));
  for (const row of await readPicking(tx, places)) picked.set(placeOf(row), picked.get(placeOf(row))! - row.quantity);
  return picked;
}

async function withKnownPlaces(
  tx: Transaction,
  run: ImportRun,
  lines: ImportLine<StockValues>[],
): Promise<ImportLine<StockValues>[]> {
  const { rows: products } = await tx.query<{ sku: string }>('SELECT sku FROM products WHERE sku = ANY ($1)', [
    [...new Set(lines.map(({ values }) => values.sku))],
  ]);
  const { rows: warehouses } = await tx.query<{ id: string }>('SELECT id FROM warehouses WHERE id = ANY ($1)', [
    [...new Set(lines.map(({ values }) => values.warehouseId))],
  ]);
  const skus = new Set(products.map(({ sku }) => sku));
  const ids = new Set(warehouses.map(({ id }) => id));
  return lines.filter(({ line, values: { sku, warehouseId } }) => {
    if (!skus.has(sku)) run.faults.push({ line, field: 'sku', code: 'unknown-sku', detail: `There is no product ${sku}.` });
    if (!ids.has(warehouseId)) {
      run.faults.push({ line, field: 'warehouseId', code: 'unknown-warehouse', detail: `There is no warehouse ${warehouseId}.` });
    }
    return skus.has(sku) && ids.has(warehouseId);
  });
}

/**
 * The stock rows of the lines, and those that these orders hold reservations on, in the one order in which stock is locked; a place
 * that has none yet gets one, and its goods are `firstHere`.
 */
async function lockPlaces(
  tx: Transaction,
  { dryRun }: ImportRun,
  lines: ImportLine<StockValues>[],
  lockedOrders: string[],
): Promise<{ stock: Map<string, StockRow>; firstHere: string[] }> {
  const places = new Map(lines.map(({ values }) => [placeOf(values), values]));
  const columns = [[...places.values()].map(({ sku }) => sku), [...places.values()].map(({ warehouseId }) => warehouseId)];
  const firstHere: string[] = [];
  if (!dryRun) {
    const inserted = await tx.query<{ sku: string }>(
      `INSERT INTO stock (sku, warehouse_id) SELECT * FROM unnest($1::text[], $2::text[]) AS p (sku, warehouse_id)
       ORDER BY sku, warehouse_id ON CONFLICT DO NOTHING RETURNING sku`,
      columns,
    );
    firstHere.push(...inserted.rows.map(({ sku }) => sku));
  }
  const held = await tx.query<{ sku: string; warehouseId: string }>(
    `SELECT DISTINCT sku, warehouse_id AS "warehouseId" FROM reservations
     WHERE status = 'reserved' AND shipment_id = ANY (ARRAY(SELECT id FROM shipments WHERE order_id = ANY ($1)))`,
    [lockedOrders],
  );
  const wanted = [...places.values(), ...held.rows];
  // By lists, not by pairs out of a subquery: of those, a row that somebody changed while this one waited for it would be missing.
  const { rows } = await tx.query<StockRow>(
    `SELECT sku, warehouse_id AS "warehouseId", on_hand AS "onHand", reserved, value_minor AS "valueMinor" FROM stock
     WHERE sku = ANY ($1) AND warehouse_id = ANY ($2) ORDER BY sku, warehouse_id ${dryRun ? '' : 'FOR UPDATE'}`,
    [[...new Set(wanted.map(({ sku }) => sku))], [...new Set(wanted.map(({ warehouseId }) => warehouseId))]],
  );
  const empty = { onHand: 0, reserved: 0, valueMinor: 0 };
  const stock = new Map([...places].map(([place, { sku, warehouseId }]) => [place, { sku, warehouseId, ...empty }]));
  for (const row of rows) stock.set(placeOf(row), row);
  const found = new Set(rows.map(placeOf));
  if (!dryRun && wanted.some((place) => !found.has(placeOf(place))))
    throw new Error('a row of stock was not found under its lock');
  return { stock, firstHere };
}

/** Which lines an earlier file or goods receipt has booked; read under the lock of their stock rows. */
async function bookedBefore(
  tx: Transaction,
  lines: ImportLine<StockValues>[],
): Promise<Map<string, { quantity: number; reason: string | null }>> {
  const { rows } = await tx.query<{ eventId: string; sku: string; quantity: number; reason: string | null }>(
    `SELECT m.event_id AS "eventId", m.sku, m.quantity, m.reason
     FROM stock_movements m JOIN unnest($1::text[], $2::text[], $3::text[]) AS l (event_id, sku, warehouse_id)
       USING (event_id, sku, warehouse_id)`,
    [
      lines.map(({ values }) => eventIdOf(values)),
      lines.map(({ values }) => values.sku),
      lines.map(({ values }) => values.warehouseId),
    ],
  );
  return new Map(rows.map((row) => [`${row.eventId} ${row.sku}`, row]));
}

function move(
  row: StockRow,
  values: StockValues,
  pickedQuantity: number,
): Pick<Movement, 'kind' | 'quantity' | 'valueMinor'> | Omit<LineFault, 'line'> {
  const { kind, quantity, unitCostMinor } = values;
  if (kind === 'counted' || isAdjustment(kind)) {
    const left = kind === 'counted' ? quantity : row.onHand + (kind === 'found' ? quantity : -quantity);
    if (left < 0) return { field: 'quantity', code: 'on-hand', detail: `The books have ${row.onHand} of them.` };
    if (left < Math.min(pickedQuantity, row.reserved)) {
      const detail = `${pickedQuantity} of them are picked for shipments: count them too, or cancel those, and then count.`;
      return { field: 'quantity', code: 'picked', detail };
    }
    const counted = countStock({ ...row, counted: left, unitCostMinor });
    if (counted && !fits(row, counted)) return tooMuch;
    return counted ?? { field: 'unitCostMinor', code: 'required', detail: 'Goods found on an empty shelf need a cost.' };
  }
  if (unitCostMinor === undefined) return { field: 'unitCostMinor', code: 'required', detail: 'It is missing.' };
  const received = { kind: 'received' as const, quantity, valueMinor: quantity * unitCostMinor };
  return fits(row, received) ? received : tooMuch;
}

const tooMuch = { field: 'quantity', code: 'amount', detail: 'Quantity or value would go beyond what can be counted exactly.' };
const fits = (row: StockRow, moved: { kind: Movement['kind']; quantity: number; valueMinor: number }): boolean =>
  moved.kind === 'lost' ||
  (row.onHand + moved.quantity <= onHandMaximum && Number.isSafeInteger(row.valueMinor + moved.valueMinor));

async function write(
  tx: Transaction,
  run: ImportRun,
  movements: Movement[],
  stock: Map<string, StockRow>,
  firstHere: string[],
): Promise<void> {
  const { importId, at } = run;
  await tx.query(
    `INSERT INTO stock_movements (event_id, sku, warehouse_id, kind, quantity, value_minor, reason, at)
     SELECT m.*, $8::timestamptz
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::text[]) AS m`,
    [
      movements.map(({ eventId }) => eventId),
      movements.map(({ values }) => values.sku),
      movements.map(({ values }) => values.warehouseId),
      movements.map(({ kind }) => kind),
      movements.map(({ quantity }) => quantity),
      movements.map(({ valueMinor }) => valueMinor),
      movements.map(({ reason }) => reason),
      at,
    ],
  );
  const touched = [...new Map(movements.map(({ values }) => [placeOf(values), stock.get(placeOf(values))!])).values()];
  await tx.query(
    `UPDATE stock SET on_hand = t.on_hand, value_minor = t.value_minor
     FROM unnest($1::text[], $2::text[], $3::int[], $4::bigint[]) AS t (sku, warehouse_id, on_hand, value_minor)
     WHERE stock.sku = t.sku AND stock.warehouse_id = t.warehouse_id`,
    [
      touched.map(({ sku }) => sku),
      touched.map(({ warehouseId }) => warehouseId),
      touched.map(({ onHand }) => onHand),
      touched.map(({ valueMinor }) => valueMinor),
    ],
  );

  const { currency, timeZone } = await readCompany(tx);
  const sumOf = (chosen: (movement: Movement) => boolean) => ({
    valueMinor: sumMinor(movements.filter(chosen).map(({ valueMinor }) => valueMinor)),
  });
  const entries = [
    ['opening-stock', openingStock(sumOf(({ values }) => values.kind === 'opening'))],
    ['goods-received', goodsReceived(sumOf(({ values }) => values.kind === 'received'))],
    ['count-gain', countGain(sumOf(({ kind }) => kind === 'found'))],
    ['count-loss', countLoss(sumOf(({ kind }) => kind === 'lost'))],
  ] as const;
  for (const [kind, postings] of entries) {
    await book(tx, { eventId: `${importId}:${kind}`, kind, bookedOn: localDate(at, timeZone), currency, at }, [...postings]);
  }
  await watchReorderPoints(tx, [...new Set(movements.map(({ values }) => values.sku))], at);
  const more = movements.filter(({ kind, quantity }) => kind !== 'lost' && quantity > 0).map(({ values }) => values.sku);
  await wakeBackOrders(tx, [...new Set(more)], importId);
  await wakeAskingOrders(
    tx,
    firstHere.filter((sku) => more.includes(sku)),
    importId,
  );
}
