import type { IsoInstant } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { openTask } from '../statements/tasks.ts';

export interface BounceInput {
  messageId: string;
  /** Whom the server could not reach; absent: the notice's own recipient. */
  recipient?: string | undefined;
  reason: string;
  at: IsoInstant;
}

/**
 * A mail of ours did not arrive and never will (I3): the customer has to hear of it in another way, and the address to be put right;
 * a person sees to both. Once per notice; 'unknown' when the mail is none of ours.
 */
export async function bounceNotice(
  tx: Transaction,
  { messageId, recipient, reason, at }: BounceInput,
): Promise<'bounced' | 'known' | 'unknown'> {
  const { rows } = await tx.query<{
    key: string;
    kind: string;
    customerId: string;
    orderId: string | undefined;
    invoiceId: string | undefined;
    recipient: string;
    status: string;
  }>(
    `SELECT key, kind, customer_id AS "customerId", order_id AS "orderId", invoice_id AS "invoiceId", recipient, status
     FROM notices WHERE message_id = $1 ORDER BY at DESC LIMIT 1 FOR UPDATE`,
    [messageId],
  );
  const notice = rows[0];
  if (!notice) return 'unknown';
  if (notice.status === 'bounced' || notice.status === 'suppressed') return 'known';
  const { key, kind, customerId, orderId, invoiceId } = notice;
  const address = recipient ?? notice.recipient;
  await tx.query("UPDATE notices SET status = 'bounced', status_reason = $2 WHERE key = $1", [key, reason]);
  await openTask(tx, {
    key: `notice:${key}`,
    kind: 'parked-message',
    role: 'receivables',
    title: `Our notice (${kind}) to ${customerId} did not reach ${address}: ${reason}`.slice(0, 300),
    details: { noticeKey: key, recipient: address, reason },
    customerId,
    orderId,
    invoiceId,
    at,
  });
  await record(tx, {
    at,
    actor: system,
    action: 'notice-bounced',
    summary: `The mail (${kind}) to ${address} did not arrive`,
    reason,
    customerId,
    orderId,
    invoiceId,
    after: { noticeKey: key, recipient: address },
  });
  return 'bounced';
}
