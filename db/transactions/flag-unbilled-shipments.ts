import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { controlPassedAt } from '../statements/control.ts';
import { openTask } from '../statements/tasks.ts';
import { isUnbilled } from '../statements/unbilled.ts';

/** In one transaction; what is left is flagged by the next run. */
const batchMaximum = 200;

/**
 * Opens one task for each shipment whose control passed more than an hour ago and which nobody has invoiced (I1): goods that have
 * left, under D-terms goods that have arrived. What is billed with others has a period and its run to wait for. Run again it finds only
 * new ones.
 */
export async function flagUnbilledShipments(
  tx: Transaction,
  { at }: { at: string },
): Promise<{ flagged: number; more: boolean }> {
  const { rows } = await tx.query<{ shipmentId: string; orderId: string; customerId: string; passedAt: string }>(
    `SELECT s.id AS "shipmentId", o.id AS "orderId", o.customer_id AS "customerId", passed.at AS "passedAt"
     FROM orders o JOIN shipments s ON s.order_id = o.id
       CROSS JOIN LATERAL (SELECT ${controlPassedAt('o', 's')} AS at) passed
     WHERE ${isUnbilled('o', 's')} AND passed.at <= $1::timestamptz - invoiced_within(o.invoicing, o.terms, o.pays_by_card)
       AND NOT EXISTS (SELECT FROM tasks t WHERE t.key = s.id || ':unbilled')
     ORDER BY passed.at, s.id LIMIT $2`,
    [at, batchMaximum],
  );
  for (const { shipmentId, orderId, customerId, passedAt } of rows) {
    await openTask(tx, {
      key: `${shipmentId}:unbilled`,
      kind: 'unbilled-shipment',
      role: 'receivables',
      title: `${shipmentId} of ${orderId} should have been invoiced since ${passedAt}: find what holds its invoice up`,
      details: { shipmentId, passedAt },
      customerId,
      orderId,
      at,
    });
    await record(tx, {
      at,
      actor: system,
      action: 'shipment-unbilled',
      summary: `${shipmentId} is not invoiced, long after it could have been`,
      customerId,
      orderId,
      shipmentId,
      after: { passedAt },
    });
  }
  return { flagged: rows.length, more: rows.length === batchMaximum };
}
