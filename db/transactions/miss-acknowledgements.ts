import type { IsoInstant } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { openTask } from '../statements/tasks.ts';

const perRunMaximum = 200;

/** Documents that a partner should have acknowledged by now, by its own time: each becomes a task, once. */
export async function missAcknowledgements(
  tx: Transaction,
  { at }: { at: IsoInstant },
): Promise<{ missed: number; more: boolean }> {
  const { rows } = await tx.query<{
    id: string;
    customerId: string;
    type: string;
    about: string;
    orderId: string | undefined;
    controlNumber: number;
    sentAt: string | null;
  }>(
    `UPDATE edi_documents SET missed_at = $1 WHERE id IN (
       SELECT id FROM edi_documents WHERE status IN ('waiting', 'sent') AND acknowledge_by < $1 AND missed_at IS NULL
       ORDER BY acknowledge_by LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING id, customer_id AS "customerId", type, about, order_id AS "orderId", control_number AS "controlNumber", sent_at AS "sentAt"`,
    [at, perRunMaximum],
  );
  for (const { id, customerId, type, about, orderId, controlNumber, sentAt } of rows) {
    await openTask(tx, {
      key: `${id}:unanswered`,
      kind: 'edi-document',
      role: 'sales',
      title: `${customerId} has not ${sentAt ? 'acknowledged' : 'picked up'} our ${type} of ${about}`,
      details: { documentId: id, controlNumber, sentAt },
      customerId,
      orderId,
      at,
    });
  }
  return { missed: rows.length, more: rows.length === perRunMaximum };
}
