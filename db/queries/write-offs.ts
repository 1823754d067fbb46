import type { IsoDate, IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export const writeOffStatuses = ['proposed', 'approved', 'rejected', 'ended'] as const;

export interface WriteOff {
  id: string;
  customerId: string;
  invoiceId: string;
  currency: string;
  /** What is to be given up: all that was open as it was proposed, or a part. */
  proposedMinor: number;
  fourEyes: boolean;
  status: (typeof writeOffStatuses)[number];
  reason: string;
  proposedBy: string;
  proposedAt: IsoInstant;
  decidedBy: string | null;
  decidedAt: IsoInstant | null;
  decisionReason: string | null;
  /** Null until it is approved. */
  writtenOffMinor: number | null;
  writtenOffOn: IsoDate | null;
  recoveries: {
    paymentId: string | null;
    creditNoteId: string | null;
    amountMinor: number;
    reversedMinor: number;
    valueOn: IsoDate;
  }[];
}

const select = `SELECT id, customer_id AS "customerId", w.invoice_id AS "invoiceId", currency, proposed_minor AS "proposedMinor",
    four_eyes AS "fourEyes", status, reason, proposed_by AS "proposedBy", proposed_at AS "proposedAt", decided_by AS "decidedBy",
    decided_at AS "decidedAt", decision_reason AS "decisionReason", a.amount_minor AS "writtenOffMinor", a.value_on AS "writtenOffOn",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('paymentId', r.payment_id, 'creditNoteId', r.credit_note_id, 'amountMinor', r.amount_minor, 'reversedMinor', r.reversed_minor, 'valueOn', r.value_on)
       ORDER BY r.value_on, r.payment_id, r.credit_note_id), '[]') FROM write_off_recoveries r WHERE r.write_off_id = w.id) AS recoveries
  FROM write_offs w LEFT JOIN write_off_applications a ON a.write_off_id = w.id`;

/** In the order of their proposal. */
export async function listWriteOffs(
  db: Queryable,
  wanted: { customerId?: string | undefined; invoiceId?: string | undefined; status?: string | undefined },
  page: Page,
): Promise<WriteOff[]> {
  const { where, limit, values } = filter(
    {
      'customer_id = ?': wanted.customerId,
      'w.invoice_id = ?': wanted.invoiceId,
      'status = ?': wanted.status,
      'id > ?': page.after,
    },
    page.limit,
  );
  return (await db.query<WriteOff>(`${select} ${where} ORDER BY id ${limit}`, values)).rows;
}

export async function readWriteOff(db: Queryable, id: string): Promise<WriteOff | undefined> {
  return (await db.query<WriteOff>(`${select} WHERE id = $1`, [id])).rows[0];
}
