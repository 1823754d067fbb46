import type { NoticeKind, Told } from '../../domain/notices.ts';
import type { WebhookEventType } from '../../domain/webhook.ts';
import type { Transaction } from '../client.ts';
import { oweDocuments } from './edi.ts';
import { columnsOf, insertMessages } from './outbox.ts';
import { columnsOfWebhookEvents, insertWebhookEvents, type NewWebhookEvent } from './webhook-events.ts';

export type NewNotice = Told & {
  /** Once per key: 'ORD-1:declined', 'INV-2026-000001:reminder', 'dunning:CUST-1:2026-04-01'. */
  key: string;
  customerId: string;
  orderId?: string | undefined;
  invoiceId?: string | undefined;
  /** Absent: the customer's own address. */
  recipient?: string | undefined;
  at: string;
  /** Nothing has happened since the first one, so that nobody else is told. */
  isCopy?: true;
};

/** What is told to receivers of webhooks where the customer gets a letter: both are about the same turn. */
const eventTypes: Partial<Record<NoticeKind, WebhookEventType>> = {
  'order-accepted': 'order.accepted',
  'order-declined': 'order.declined',
  'order-amended': 'order.changed',
  'order-cancelled': 'order.cancelled',
  'out-of-stock': 'order.cancelled',
  delayed: 'order.delayed',
  shortage: 'order.choice-offered',
  'account-on-hold': 'order.on-hold',
  shipped: 'shipment.shipped',
  delivered: 'shipment.delivered',
  'sent-again': 'shipment.sent-again',
  'return-approved': 'return.approved',
  'return-refused': 'return.refused',
  invoice: 'invoice.issued',
  'interest-note': 'debit-note.issued',
  'fee-note': 'debit-note.issued',
  'credit-note': 'credit-note.issued',
  'payment-received': 'payment.received',
  'payment-bounced': 'payment.bounced',
};

function eventsOf(notice: NewNotice): NewWebhookEvent[] {
  const { key, customerId, facts, at, isCopy } = notice;
  const type = eventTypeOf(notice);
  return type && !isCopy ? [{ key, type, customerId, facts, at }] : [];
}

function eventTypeOf({ kind, facts }: NewNotice): WebhookEventType | undefined {
  if (kind === 'dispute') return facts.disputeStatus === 'open' ? 'dispute.opened' : 'dispute.closed';
  return eventTypes[kind];
}

/**
 * Owes the customer one mail: stored with its Message-ID and sent by the outbox, and with it the document that a trading partner gets
 * of the same event. Gives false when the key was already
 * taken: someone told the customer before.
 */
export async function tell(tx: Transaction, notice: NewNotice): Promise<boolean> {
  return (await tellAll(tx, [notice])) > 0;
}

/**
 * The same for many mails in one statement, with what webhooks tell of the same turns; gives how many of the mails nobody had owed before.
 */
export async function tellAll(tx: Transaction, notices: NewNotice[]): Promise<number> {
  if (notices.length === 0) return 0;
  const keys = notices.map(({ key }) => key);
  const told = await tx.query(
    `WITH told AS (
       INSERT INTO notices (key, kind, customer_id, order_id, invoice_id, recipient, facts, message_id, at)
       SELECT n.key, n.kind, c.id, n.order_id, n.invoice_id, coalesce(n.recipient, c.email), n.facts,
         '<' || replace(n.key, ':', '.') || '@throughline.invalid>', n.at
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::timestamptz[])
         WITH ORDINALITY AS n (key, kind, customer_id, order_id, invoice_id, recipient, facts, at, place)
         JOIN customers c ON c.id = n.customer_id ORDER BY n.place
       ON CONFLICT (key) DO NOTHING RETURNING key, kind, customer_id, order_id, invoice_id, facts, at),
     ${oweDocuments},
     ${insertWebhookEvents(13)}
     ${insertMessages('$9', '$10', '$11', '$12', "JOIN told ON m.key = 'notice:' || told.key")} RETURNING id`,
    [
      keys,
      notices.map(({ kind }) => kind),
      notices.map(({ customerId }) => customerId),
      notices.map(({ orderId }) => orderId ?? null),
      notices.map(({ invoiceId }) => invoiceId ?? null),
      notices.map(({ recipient }) => recipient ?? null),
      notices.map(({ facts }) => JSON.stringify(facts)),
      notices.map(({ at }) => at),
      ...columnsOf(keys.map((key) => ({ kind: 'notice', key }))),
      ...columnsOfWebhookEvents(notices.flatMap(eventsOf)),
    ],
  );
  return told.rows.length;
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

/** Tells the customer, once for each turn that the order takes on hold, what must be paid before it can go on (C6). */
export async function tellOnHold(
  tx: Transaction,
  order: { id: string; customerId: string; currency: string },
  amountDueMinor: number,
  invoices: { invoiceId: string; dueOn: string; openMinor: number }[],
  at: string,
): Promise<void> {
  await tell(tx, {
    key: `${order.id}:on-hold:${at}`,
    kind: 'account-on-hold',
    customerId: order.customerId,
    orderId: order.id,
    facts: { orderId: order.id, amountDueMinor, currency: order.currency, invoices },
    at,
  });
}

/** Tells the customer that this order waits, accepted though it is, because its credit is frozen (C4). */
export async function tellFrozen(tx: Transaction, order: { id: string; customerId: string }, at: string): Promise<void> {
  await tell(tx, {
    key: `${order.id}:frozen:${at}`,
    kind: 'credit-frozen',
    customerId: order.customerId,
    orderId: order.id,
    facts: { orderId: order.id },
    at,
  });
}
