import { addDays, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type PickupOfCarrier, readManifest } from '../queries/manifest.ts';
import { record, system } from '../statements/audit.ts';
import { readCompany } from '../statements/company.ts';

/** In one transaction; what is left is closed by the next run. */
const manifestsMaximum = 20;
/** A pickup with nothing on it so long after its cut-off gets nothing more: what was packed too late goes with the next one. */
const daysBack = 7;

/**
 * Keeps the manifest of every pickup whose cut-off has passed, as it is now: one for each carrier, warehouse and day, and never another.
 * What is handed over for that pickup later is named as an addition, and changes nothing that a driver may have signed (S2).
 */
export async function closeManifests(tx: Transaction, { at }: { at: string }): Promise<{ closed: number; more: boolean }> {
  const { timeZone } = await readCompany(tx);
  const { rows } = await tx.query<PickupOfCarrier>(
    `SELECT DISTINCT s.pickup_carrier AS carrier, s.warehouse_id AS "warehouseId", s.pickup_on AS "pickupOn" FROM shipments s
     WHERE s.pickup_cut_off_at < $1 AND s.pickup_cut_off_at >= $2::date AND s.shipped_at IS NOT NULL AND s.carrier = s.pickup_carrier
       -- A cut-off that was moved since is that of the shipments that came after.
       AND NOT EXISTS (SELECT FROM shipments l WHERE l.pickup_carrier = s.pickup_carrier AND l.warehouse_id = s.warehouse_id
         AND l.pickup_on = s.pickup_on AND l.pickup_cut_off_at >= $1)
       AND NOT EXISTS (SELECT FROM manifests m
         WHERE m.carrier = s.pickup_carrier AND m.warehouse_id = s.warehouse_id AND m.pickup_on = s.pickup_on)
     ORDER BY 3, 2, 1 LIMIT $3`,
    [at, addDays(localDate(at, timeZone), -daysBack), manifestsMaximum],
  );
  for (const pickup of rows) {
    const { carrier, warehouseId, pickupOn } = pickup;
    const { shipments, cartons, truncated } = await readManifest(tx, pickup);
    const kept = await tx.query(
      `INSERT INTO manifests (carrier, warehouse_id, pickup_on, shipments, truncated, closed_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING RETURNING number`,
      [carrier, warehouseId, pickupOn, JSON.stringify(shipments), truncated, at],
    );
    if (kept.rows.length === 0) continue;
    await record(tx, {
      at,
      actor: system,
      action: 'manifest-closed',
      summary: `The manifest of ${carrier} in ${warehouseId} on ${pickupOn} is closed: ${shipments.length} shipments, ${cartons} cartons`,
      after: { ...pickup, shipments: shipments.length, cartons },
    });
  }
  return { closed: rows.length, more: rows.length === manifestsMaximum };
}
