import { finalOrderStatuses } from '../../domain/order.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { mayBeHeld } from '../statements/order-cards.ts';
import { enqueue, isStarting, type OutboxMessage } from '../statements/outbox.ts';
import type { OrderWorkflowInput } from './place-order.ts';

interface Restart {
  workflowIds: readonly string[];
  /** True: one that runs is ended for the new one; false: it is left as it is. */
  replace: boolean;
  actor: Actor;
  reason: string;
  at: string;
  /** Of the company clock now: the new run lives by it, whatever the lost one had been moved to. */
  offsetMs: number;
}

interface OrderStart extends Omit<OrderWorkflowInput, 'clockOffsetMs' | 'paysByCard' | 'takesOver'> {
  paysByCard: boolean;
  restarts: number;
}
interface ItemStart {
  workflowId: string;
  round: number;
  invoice: { invoiceId: string; customerId: string; grossMinor: number; currency: string; dueOn: string; plan: object };
  restarts: number;
}

// Those of an earlier restart too: its key would be taken.
const restarts = "(SELECT count(*)::int FROM outbox b WHERE b.subject = w.id AND b.payload ? 'again') AS restarts";

/**
 * Starts the workflows of open orders and items again, each where PostgreSQL has it (X8): after Temporal's database was lost or is older,
 * or for one that cannot go on. Gives the ids of those that it will start; what has ended is left out, and so is what is being started
 * already. Safe to repeat: every step of theirs has its effect once.
 */
export async function restartWorkflows(tx: Transaction, restart: Restart): Promise<string[]> {
  const { workflowIds, replace, actor, reason, at, offsetMs } = restart;
  const { rows: orders } = await tx.query<OrderStart>(
    `UPDATE orders o SET clock_offset_ms = $3 FROM unnest($1::text[]) AS w (id)
     WHERE o.id = w.id AND NOT ${isStarting('w.id')}
       AND (o.status <> ALL ($2) OR EXISTS (SELECT FROM card_authorisations WHERE order_id = o.id AND ${mayBeHeld}))
     RETURNING o.id AS "orderId", o.customer_id AS "customerId", o.channel, o.currency, o.gross_minor AS "grossMinor",
       o.pays_by_card AS "paysByCard", ${restarts}`,
    [workflowIds, finalOrderStatuses, offsetMs],
  );
  const { rows: items } = await tx.query<ItemStart>(
    `SELECT i.holder_workflow_id AS "workflowId", i.collection_round AS round, jsonb_build_object('invoiceId', i.id,
         'customerId', i.customer_id, 'grossMinor', i.gross_minor, 'currency', i.currency, 'dueOn', i.due_on, 'plan', i.plan) AS invoice,
       ${restarts}
     FROM unnest($1::text[]) AS w (id) JOIN invoices i ON i.holder_workflow_id = w.id
     WHERE w.id LIKE 'receivable:%' AND i.open_minor > 0 AND NOT ${isStarting('w.id')}`,
    [workflowIds],
  );
  const messages: OutboxMessage[] = [
    ...orders.map(
      ({ restarts, paysByCard, ...start }) =>
        ({
          kind: 'start-order',
          orderId: start.orderId,
          input: { ...start, ...(paysByCard ? { paysByCard } : {}), clockOffsetMs: offsetMs, takesOver: restarts + 1 },
          again: { number: restarts + 1, replace },
        }) as const,
    ),
    ...items.map(
      ({ invoice, round, restarts }) =>
        ({
          kind: 'start-receivable',
          invoiceId: invoice.invoiceId,
          ...(round > 1 ? { round } : {}),
          input: { invoice, clockOffsetMs: offsetMs, takesOver: true },
          again: { number: restarts + 1, replace },
        }) as const,
    ),
  ];
  await enqueue(tx, ...messages);
  const summary = replace
    ? 'Its workflow was ended and is started again where it stands'
    : 'Its workflow is started again where it stands';
  const told = { at, actor, action: 'workflow-restarted', summary, reason };
  for (const { orderId, customerId } of orders) await record(tx, { ...told, orderId, customerId });
  for (const { invoice } of items) await record(tx, { ...told, invoiceId: invoice.invoiceId, customerId: invoice.customerId });
  return [...orders.map(({ orderId }) => orderId), ...items.map(({ workflowId }) => workflowId)].sort();
}

/**
 * Makes those messages due again that Temporal has taken and whose work is not done: mails, EDI documents, bank statements, cards. One
 * that it still works on, or has ended, is not begun a second time; a card's hold that is renewed already asks for nothing. Gives how many they are.
 */
export async function deliverUnfinishedAgain(tx: Transaction): Promise<number> {
  const { rowCount } = await tx.query(
    `UPDATE outbox SET delivered_at = NULL, claimed_until = NULL WHERE delivered_at IS NOT NULL AND key = ANY (ARRAY(
       SELECT 'notice:' || key FROM notices WHERE status = 'queued'
       UNION ALL SELECT 'start:' || id FROM bank_statements WHERE status <> 'done'
       UNION ALL SELECT 'card:' || id FROM card_payments WHERE status = 'requested'
       UNION ALL SELECT 'card:event:' || id FROM gateway_events WHERE status = 'received'
       UNION ALL SELECT 'card:refund:' || id FROM refunds WHERE status = 'approved' AND gateway_id IS NOT NULL AND gateway_refund_id IS NULL
       UNION ALL SELECT 'card:renewal:' || a.key FROM card_authorisations a JOIN orders o ON o.id = a.order_id
         WHERE a.invoice_id IS NULL AND a.status IN ('held', 'expired', 'releasing') AND o.status <> ALL ($1)
       -- One that is written waits for its mail, where it is not picked up.
       UNION ALL SELECT 'edi:' || d.id || ':' || d.round FROM edi_documents d JOIN trading_partners p USING (customer_id)
         WHERE d.status = 'queued' OR d.status = 'waiting' AND p.mail_to IS NOT NULL))`,
    [finalOrderStatuses],
  );
  return rowCount ?? 0;
}
