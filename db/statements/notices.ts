import type { Transaction } from '../client.ts';
import { columnsOf, insertMessages } from './outbox.ts';

export type NoticeKind =
  | 'order-accepted'
  | 'order-declined'
  | 'order-amended'
  | 'prepayment-request'
  | 'card-declined'
  | 'card-not-taken'
  | 'order-cancelled'
  | 'out-of-stock'
  | 'delayed'
  | 'shortage'
  | 'production'
  | 'account-on-hold'
  | 'shipped'
  | 'delivered'
  | 'sent-again'
  | 'invoice'
  | 'reminder'
  | 'dunning'
  | 'interest-note'
  | 'fee-note'
  | 'payment-received'
  | 'payment-bounced'
  | 'return-approved'
  | 'return-refused'
  | 'credit-note'
  | 'dispute'
  | 'promise'
  | 'credit-decided'
  | 'quote'
  | 'statement';

export interface NewNotice {
  /** Once per key: 'ORD-1:declined', 'INV-2026-000001:reminder', 'dunning:CUST-1:2026-04-01'. */
  key: string;
  kind: NoticeKind;
  customerId: string;
  orderId?: string | undefined;
  invoiceId?: string | undefined;
  /** Absent: the customer's own address. */
  recipient?: string | undefined;
  /** What the letter says; amounts in minor units. */
  facts: Record<string, unknown>;
  at: string;
}

/**
 * Owes the customer one mail: stored with its Message-ID and sent by the outbox. Gives false when the key was already
 * taken: someone told the customer before.
 */
export async function tell(tx: Transaction, notice: NewNotice): Promise<boolean> {
  const told = await tx.query(
    `WITH told AS (
       INSERT INTO notices (key, kind, customer_id, order_id, invoice_id, recipient, facts, message_id, at)
       SELECT $1, $2, id, $4, $5, coalesce($13, email), $6, '<' || $7 || '@throughline.invalid>', $8 FROM customers WHERE id = $3
       ON CONFLICT (key) DO NOTHING RETURNING key)
     ${insertMessages('$9', '$10', '$11', '$12', 'told')} RETURNING id`,
    [
      notice.key,
      notice.kind,
      notice.customerId,
      notice.orderId,
      notice.invoiceId,
      JSON.stringify(notice.facts),
      notice.key.replaceAll(':', '.'),
      notice.at,
      ...columnsOf([{ kind: 'notice', key: notice.key }]),
      notice.recipient,
    ],
  );
  return told.rows.length > 0;
}

/** Tells the customer, once, that the order is accepted: its credit is held, or it is paid in advance. */
export async function tellAccepted(
  tx: Transaction,
  order: { id: string; customerId: string; grossMinor: number; currency: string },
  at: string,
): Promise<void> {
  const { id: orderId, customerId, grossMinor, currency } = order;
  await tell(tx, {
    key: `${orderId}:accepted`,
    kind: 'order-accepted',
    customerId,
    orderId,
    facts: { orderId, grossMinor, currency },
    at,
  });
}

/** Tells the customer, once per key, that units of an order follow later. */
export async function tellDelayed(
  tx: Transaction,
  delay: { key: string; orderId: string; customerId: string; missing: string; at: string },
): Promise<void> {
  const { key, orderId, customerId, missing, at } = delay;
  await tell(tx, { key, kind: 'delayed', customerId, orderId, facts: { orderId, reason: missing }, at });
}
