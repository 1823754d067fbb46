import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { type OrderDocument, readOrderDocument } from '../queries/order-documents.ts';
import { type Actor, record } from '../statements/audit.ts';
import { finishTasks } from '../statements/tasks.ts';
import { documentTaskKey } from './take-order-document.ts';

interface Decided {
  id: string;
  actor: Actor;
  at: string;
}

/** A person says which order was entered for a document that could not be taken (O1); its task is done with it. */
export async function enterDocument(tx: Transaction, { orderId, ...input }: Decided & { orderId: string }): Promise<void> {
  const document = await lockParked(tx, input.id);
  const { rows } = await tx.query<{ customerId: string }>('SELECT customer_id AS "customerId" FROM orders WHERE id = $1', [
    orderId,
  ]);
  const order = rows[0];
  if (!order || (document.customerId !== null && order.customerId !== document.customerId)) {
    const detail = order
      ? `${orderId} is of ${order.customerId}, and ${document.id} of ${document.customerId}.`
      : `There is no order ${orderId}.`;
    throw new Refusal(422, 'unknown-order', detail, { faults: [{ path: '/orderId', code: 'unknown-order', detail }] });
  }
  await settle(tx, document, { ...input, status: 'entered', orderId, customerId: order.customerId });
}

/** A person finds that a document is no order, or was settled otherwise; it stays readable. */
export async function discardDocument(tx: Transaction, { reason, ...input }: Decided & { reason: string }): Promise<void> {
  const document = await lockParked(tx, input.id);
  await settle(tx, document, { ...input, status: 'discarded', reason, customerId: document.customerId ?? undefined });
}

async function lockParked(tx: Transaction, id: string): Promise<OrderDocument> {
  const document = await readOrderDocument(tx, id, 'FOR UPDATE');
  if (!document) throw new Refusal(404, 'unknown-document', `There is no document ${id}.`);
  if (document.status !== 'parked') throw new Refusal(409, 'document-state', `${id} is ${document.status} already.`);
  return document;
}

interface Settled extends Decided {
  status: 'entered' | 'discarded';
  orderId?: string;
  customerId: string | undefined;
  reason?: string;
}

async function settle(tx: Transaction, { id }: OrderDocument, how: Settled): Promise<void> {
  const { status, orderId, customerId, reason, actor, at } = how;
  await tx.query(
    `UPDATE order_documents SET status = $2, entered_order_id = $3, decided_by = $4, decided_at = $5, decision_reason = $6
     WHERE id = $1`,
    [id, status, orderId, actor.name, at, reason],
  );
  await finishTasks(
    tx,
    { keys: [documentTaskKey(id)] },
    { status: 'completed', by: actor.name, outcome: { status, orderId, reason }, at },
  );
  await record(tx, {
    at,
    actor,
    action: `document-${status}`,
    summary: orderId ? `${id} was entered as ${orderId}` : `${id} becomes no order`,
    reason,
    customerId,
    orderId,
    after: { documentId: id },
  });
}
