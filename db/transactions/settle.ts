import { isFinal, mayOrder, type OrderStatus } from '../../domain/order.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { lockOrder, moveOrder } from '../statements/orders.ts';

/** Whether an invoice is settled: the answer to a hint that its balance has changed. */
export async function readReceivable(tx: Transaction, { invoiceId }: { invoiceId: string }): Promise<{ settled: boolean }> {
  const { rows } = await tx.query<{ settled: boolean }>("SELECT status = 'settled' AS settled FROM invoices WHERE id = $1", [
    invoiceId,
  ]);
  return { settled: rows[0]!.settled };
}

export type CloseOrderOutcome = { outcome: 'closed' | 'open'; orderStatus: OrderStatus };

/**
 * Closes an order whose invoices are all settled, or says that it is still open. The invoices are locked, so that a fact
 * arriving at this moment either comes before the close and keeps the order open, or sees that it is closed.
 */
export async function closeOrder(tx: Transaction, { orderId, at }: { orderId: string; at: string }): Promise<CloseOrderOutcome> {
  const order = await lockOrder(tx, orderId);
  if (isFinal(order.status)) return { outcome: 'closed', orderStatus: order.status };
  const { rows } = await tx.query<{ settled: boolean }>(
    "SELECT status = 'settled' AS settled FROM invoices WHERE order_id = $1 ORDER BY id FOR UPDATE",
    [orderId],
  );
  if (!mayOrder(order.status, 'close') || rows.some((invoice) => !invoice.settled)) {
    return { outcome: 'open', orderStatus: order.status };
  }
  await moveOrder(tx, order, 'close', at);
  await record(tx, {
    at,
    actor: system,
    action: 'closed',
    summary: 'Every invoice of the order is settled: closed',
    customerId: order.customerId,
    orderId,
  });
  return { outcome: 'closed', orderStatus: order.status };
}
