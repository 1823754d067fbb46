import type { CorrectionReason, LineCorrection } from '../../domain/correction.ts';
import type { DisputeStatus } from '../../domain/dispute.ts';
import type { Queryable } from '../client.ts';
import { readCompany } from '../statements/company.ts';
import type { AsOf } from './ledger.ts';
import { filter, type Page } from './page.ts';

export interface Dispute {
  id: string;
  invoiceId: string;
  customerId: string;
  /** Null: its invoice bills several, or no goods. */
  orderId: string | null;
  status: DisputeStatus;
  reason: CorrectionReason;
  note: string;
  currency: string;
  disputedMinor: number;
  claims: LineCorrection[];
  owner: string | null;
  raisedBy: string;
  at: string;
  dueAt: string;
  resolution: string | null;
  resolvedBy: string | null;
  resolvedAt: string | null;
  creditNoteIds: string[];
  /** Its correction is proposed, and somebody else must agree. */
  awaitsSecondPerson: boolean;
}

/** Newest first. */
export async function listDisputes(
  db: Queryable,
  wanted: {
    id?: string | undefined;
    customerId?: string | undefined;
    invoiceId?: string | undefined;
    status?: string | undefined;
  },
  page: Page,
): Promise<Dispute[]> {
  const { where, limit, values } = filter(
    {
      'id = ?': wanted.id,
      'customer_id = ?': wanted.customerId,
      'invoice_id = ?': wanted.invoiceId,
      'status = ?': wanted.status,
      'id < ?': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<Dispute>(
    `SELECT id, invoice_id AS "invoiceId", customer_id AS "customerId", order_id AS "orderId", status, reason, note, currency,
       disputed_minor AS "disputedMinor", raised_by AS "raisedBy", at, due_at AS "dueAt", resolution, resolved_by AS "resolvedBy",
       resolved_at AS "resolvedAt",
       (SELECT owner FROM tasks WHERE key = disputes.id || ':dispute') AS owner,
       (SELECT jsonb_agg(claim ORDER BY line_number) FROM dispute_lines WHERE dispute_id = disputes.id) AS claims,
       ARRAY(SELECT credit_note_id FROM corrections WHERE dispute_id = disputes.id AND status = 'issued') AS "creditNoteIds",
       EXISTS (SELECT FROM corrections WHERE dispute_id = disputes.id AND status = 'proposed') AS "awaitsSecondPerson"
     FROM disputes ${where} ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}

/** What a customer disputed at the end of a date, as it was known at an instant: a part of what was open, never beside it. */
export async function disputedOn(
  db: Queryable,
  { asOf, knownAt }: AsOf,
): Promise<{ customerId: string; currency: string; disputedMinor: number }[]> {
  const { timeZone } = await readCompany(db);
  const { rows } = await db.query<{ customerId: string; currency: string; disputedMinor: number }>(
    `SELECT customer_id AS "customerId", currency, sum(disputed_minor)::bigint AS "disputedMinor" FROM disputes
     WHERE at <= coalesce($3::timestamptz, 'infinity') AND (at AT TIME ZONE $2)::date <= $1
       AND (resolved_at IS NULL OR resolved_at > coalesce($3::timestamptz, 'infinity') OR (resolved_at AT TIME ZONE $2)::date > $1)
     GROUP BY customer_id, currency`,
    [asOf, timeZone, knownAt],
  );
  return rows;
}
