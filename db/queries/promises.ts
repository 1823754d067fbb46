import type { PromiseStatus } from '../../domain/promise.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface PromiseToPay {
  id: string;
  customerId: string;
  currency: string;
  amountMinor: number;
  promisedOn: string;
  receiptsUntil: string;
  invoiceIds: string[];
  policyVersion: number;
  note: string | null;
  status: PromiseStatus;
  statusReason: string | null;
  actor: string;
  at: string;
  endedBy: string | null;
  endedAt: string | null;
}

/** Newest first. */
export async function listPromises(
  db: Queryable,
  wanted: {
    id?: string | undefined;
    customerId?: string | undefined;
    invoiceId?: string | undefined;
    status?: string | undefined;
  },
  page: Page,
): Promise<PromiseToPay[]> {
  const { where, limit, values } = filter(
    {
      'id = ?': wanted.id,
      'customer_id = ?': wanted.customerId,
      'id IN (SELECT promise_id FROM promise_items WHERE invoice_id = ?)': wanted.invoiceId,
      'status = ?': wanted.status,
      'id < ?': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<PromiseToPay>(
    `SELECT id, customer_id AS "customerId", currency, amount_minor AS "amountMinor", promised_on AS "promisedOn",
       receipts_until AS "receiptsUntil", policy_version AS "policyVersion", note, status, status_reason AS "statusReason", actor, at,
       ended_by AS "endedBy", ended_at AS "endedAt",
       ARRAY(SELECT invoice_id FROM promise_items WHERE promise_id = promises.id ORDER BY invoice_id) AS "invoiceIds"
     FROM promises ${where} ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}
