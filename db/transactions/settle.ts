import type { DunningPlan, PlanStep } from '../../domain/dunning.ts';
import { isFinal, mayOrder, type OrderStatus } from '../../domain/order.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { lockOrder, moveOrder, readOrderStatus } from '../statements/orders.ts';

export interface SettleInput {
  invoiceId: string;
  at: string;
}

/**
 * Says whether an invoice is settled, after a hint that its balance has changed; the last one closes its order. When a dispute
 * has ended meanwhile, the steps that are still to be taken come along: they move the deadline of whoever walks the plan.
 */
export async function settle(
  tx: Transaction,
  { invoiceId, at }: SettleInput,
): Promise<{ settled: boolean; overdue: boolean; orderStatus: OrderStatus | null; steps?: PlanStep[] }> {
  const { rows } = await tx.query<{ orderId: string | null }>('SELECT order_id AS "orderId" FROM invoices WHERE id = $1', [
    invoiceId,
  ]);
  const orderId = rows[0]!.orderId;
  if (orderId) await closeOrder(tx, { orderId, at });
  const invoice = await tx.query<{ settled: boolean; overdue: boolean; plan: DunningPlan; taken: string[] }>(
    `SELECT status = 'settled' AS settled, status = 'open' AND overdue_since IS NOT NULL AS overdue, plan,
       ARRAY(SELECT step FROM steps WHERE subject = i.id) AS taken
     FROM invoices i WHERE id = $1`,
    [invoiceId],
  );
  const { settled, overdue, plan, taken } = invoice.rows[0]!;
  const steps = plan.resumedAt === undefined ? undefined : plan.steps.filter(({ step }) => !taken.includes(step));
  const orderStatus = orderId ? await readOrderStatus(tx, orderId) : null;
  return { settled, overdue, orderStatus, ...(steps && !settled ? { steps } : {}) };
}

/**
 * Closes an order whose invoices are all settled, or leaves it open. The invoices are locked, so that a fact arriving at
 * this moment either comes before the close and keeps the order open, or sees that it is closed.
 */
export async function closeOrder(
  tx: Transaction,
  { orderId, at }: { orderId: string; at: string },
): Promise<{ outcome: 'closed' | 'open' }> {
  const order = await lockOrder(tx, orderId);
  if (isFinal(order.status)) return { outcome: 'closed' };
  const { rows } = await tx.query<{ settled: boolean }>(
    `SELECT status = 'settled' AS settled FROM invoices
     WHERE id = ANY (ARRAY(SELECT invoice_id FROM billings WHERE order_id = $1)) ORDER BY id FOR UPDATE`,
    [orderId],
  );
  if (!mayOrder(order.status, 'close') || rows.some((invoice) => !invoice.settled)) return { outcome: 'open' };
  await moveOrder(tx, order, 'close', at);
  await record(tx, {
    at,
    actor: system,
    action: 'closed',
    summary: 'Every invoice of the order is settled: closed',
    customerId: order.customerId,
    orderId,
  });
  return { outcome: 'closed' };
}
