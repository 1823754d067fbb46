import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface Payment {
  id: string;
  customerId: string;
  method: string;
  currency: string;
  amountMinor: number;
  unappliedMinor: number;
  valueOn: IsoDate;
  externalReference: string | null;
  remittanceText: string | null;
  actor: string;
  at: string;
  applications: { invoiceId: string; amountMinor: number }[];
  deposits: { orderId: string; heldMinor: number }[];
  /** What was taken back of it in all. */
  reversedMinor: number;
  /** The cheque that it came with and that has not bounced. */
  chequeId: string | null;
  isByCard: boolean;
  /** The oldest first. */
  reversals: { kind: 'bounce' | 'undo' | 'chargeback'; amountMinor: number; reason: string; on: IsoDate }[];
}

/** Newest first. */
export async function listPayments(
  db: Queryable,
  wanted: {
    id?: string | undefined;
    customerId?: string | undefined;
    invoiceId?: string | undefined;
    /** That of an order: what has paid its invoices, and what is held for it. */
    orderId?: string | undefined;
    unapplied?: 'true' | undefined;
    /** Value dates, the last of which counts. */
    from?: IsoDate | undefined;
    to?: IsoDate | undefined;
  },
  page: Page,
): Promise<Payment[]> {
  const { where, limit, values } = filter(
    {
      'id = ?': wanted.id,
      'customer_id = ?': wanted.customerId,
      'id IN (SELECT payment_id FROM payment_applications WHERE invoice_id = ?)': wanted.invoiceId,
      [`(id IN (SELECT a.payment_id FROM payment_applications a JOIN billings b ON b.invoice_id = a.invoice_id WHERE b.order_id = ?)
        OR id IN (SELECT payment_id FROM deposits WHERE order_id = ?))`]: wanted.orderId,
      'unapplied_minor > 0 AND ?::boolean': wanted.unapplied,
      'value_on >= ?': wanted.from,
      'value_on <= ?': wanted.to,
      'id < ?': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<Payment>(
    `SELECT id, customer_id AS "customerId", method, currency, amount_minor AS "amountMinor", unapplied_minor AS "unappliedMinor",
       value_on AS "valueOn", external_reference AS "externalReference", remittance_text AS "remittanceText", actor, at,
       reversed_minor AS "reversedMinor",
       (SELECT id FROM cheques WHERE payment_id = payments.id AND status <> 'bounced' LIMIT 1) AS "chequeId",
       EXISTS (SELECT FROM card_receipts WHERE payment_id = payments.id) AS "isByCard",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('invoiceId', invoice_id, 'amountMinor', amount_minor) ORDER BY invoice_id), '[]')
        FROM payment_applications WHERE payment_id = payments.id) AS applications,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('orderId', order_id, 'heldMinor', held_minor) ORDER BY order_id), '[]')
        FROM deposits WHERE payment_id = payments.id AND held_minor > 0) AS deposits,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'amountMinor', amount_minor, 'reason', reason, 'on', value_on)
          ORDER BY number), '[]') FROM payment_reversals WHERE payment_id = payments.id) AS reversals
     FROM payments ${where} ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}
