import type { Queryable } from '../client.ts';

export interface CardPayment {
  id: string;
  customerId: string;
  currency: string;
  amountMinor: number;
  invoiceIds: string[];
  status: 'requested' | 'captured' | 'declined' | 'cancelled';
  /** Why it was declined or cancelled. */
  code: string | null;
  paymentId: string | null;
  at: string;
  endedAt: string | null;
}

export const cardPaymentColumns = `id, customer_id AS "customerId", currency, amount_minor AS "amountMinor",
  invoice_ids AS "invoiceIds", status, code, payment_id AS "paymentId", at, ended_at AS "endedAt"`;

export async function readCardPayment(db: Queryable, id: string, customerId?: string): Promise<CardPayment | undefined> {
  const { rows } = await db.query<CardPayment>(
    `SELECT ${cardPaymentColumns} FROM card_payments WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [id, customerId],
  );
  return rows[0];
}
