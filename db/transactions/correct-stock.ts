import { Refusal } from '../../domain/failures.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { type AdjustmentReason, importStock } from '../statements/import-stock.ts';
import type { ImportRun } from '../statements/upsert.ts';

export interface CorrectStockInput {
  kind: 'counted' | AdjustmentReason;
  /** The count sheet or report: once per product and warehouse. */
  reference: string;
  sku: string;
  warehouseId: string;
  quantity: number;
  /** For what is found on an empty shelf. */
  unitCostMinor?: number | undefined;
  note?: string | undefined;
  actor: Actor;
  at: string;
}

export interface CorrectedStock {
  reference: string;
  sku: string;
  warehouseId: string;
  onHand: number;
  reserved: number;
  available: number;
  /** Shipments that lost their reservation: they must not be picked. */
  cancelledShipments: string[];
}

/** A count, damage, loss or find at one place (F1): booked as a gain or loss, once, by the same rules as a file of counts. */
export async function correctStock(tx: Transaction, input: CorrectStockInput): Promise<CorrectedStock> {
  const { kind, reference, sku, warehouseId, quantity, unitCostMinor, note, actor, at } = input;
  const counts = { created: 0, changed: 0, unchanged: 0, faults: [] };
  const importId = `${kind === 'counted' ? kind : 'adjusted'}:${reference}:${warehouseId}:${sku}`;
  const run: ImportRun = { ...counts, importId, dryRun: false, actor, at };
  const values = { kind, reference, sku, warehouseId, quantity, unitCostMinor };
  const cancelledShipments = await importStock(tx, run, [{ line: 1, values }]);
  if (run.unchanged > 0 || run.faults.some(({ code }) => code === 'already-booked')) {
    throw new Refusal(409, 'already-booked', `${reference} is booked for ${sku} in ${warehouseId} already.`);
  }
  if (run.faults.length > 0) {
    throw new Refusal(422, 'invalid-stock-correction', 'The stock cannot be corrected.', {
      faults: run.faults.map(({ field, code, detail }) => ({ path: `/${field}`, code, detail })),
    });
  }
  const level = only(
    await tx.query<{ onHand: number; reserved: number; available: number }>(
      `SELECT on_hand AS "onHand", reserved, on_hand - reserved AS available FROM stock WHERE sku = $1 AND warehouse_id = $2`,
      [sku, warehouseId],
    ),
  );
  await record(tx, {
    at,
    actor,
    action: kind === 'counted' ? 'stock-counted' : 'stock-adjusted',
    summary: `${reference}: ${kind} ${quantity} × ${sku} in ${warehouseId}`,
    reason: note,
    after: { kind, quantity, ...level, cancelledShipments },
  });
  return { reference, sku, warehouseId, ...level, cancelledShipments };
}
