import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface Refund {
  id: string;
  /** Of one of these two. */
  paymentId: string | null;
  creditNoteId: string | null;
  customerId: string;
  currency: string;
  amountMinor: number;
  /** Null: it goes back to the card that it came from. */
  iban: string | null;
  reason: string;
  status: 'requested' | 'approved' | 'refused' | 'failed';
  /** Of one to a card that failed, in the gateway's words. */
  failureCode: string | null;
  requestedBy: string;
  requestedAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  decisionReason: string | null;
}

export const refundColumns = `id, payment_id AS "paymentId", credit_note_id AS "creditNoteId", customer_id AS "customerId", currency, amount_minor AS "amountMinor", iban,
  reason, status, failure_code AS "failureCode", requested_by AS "requestedBy", requested_at AS "requestedAt", decided_by AS "decidedBy", decided_at AS "decidedAt",
  decision_reason AS "decisionReason"`;

/** Newest first. */
export async function listRefunds(
  db: Queryable,
  wanted: { customerId?: string | undefined; paymentId?: string | undefined; status?: string | undefined },
  page: Page,
): Promise<Refund[]> {
  const { where, limit, values } = filter(
    {
      'customer_id = ?': wanted.customerId,
      'payment_id = ?': wanted.paymentId,
      'status = ?': wanted.status,
      'id < ?': page.after,
    },
    page.limit,
  );
  return (await db.query<Refund>(`SELECT ${refundColumns} FROM refunds ${where} ORDER BY id DESC ${limit}`, values)).rows;
}
