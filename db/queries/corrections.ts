import type { CorrectionReason } from '../../domain/correction.ts';
import type { Queryable } from '../client.ts';
import type { CorrectionRequest } from '../statements/corrections.ts';
import { filter, type Page } from './page.ts';

export interface Correction {
  id: string;
  invoiceId: string;
  customerId: string;
  kind: CorrectionRequest['kind'];
  reason: CorrectionReason;
  note: string | null;
  request: CorrectionRequest;
  currency: string;
  creditedMinor: number;
  revisedMinor: number | null;
  status: 'proposed' | 'issued' | 'refused';
  disputeId: string | null;
  creditNoteId: string | null;
  revisedInvoiceId: string | null;
  proposedBy: string;
  decidedBy: string | null;
  at: string;
  decidedAt: string | null;
}

/** Newest first. */
export async function listCorrections(
  db: Queryable,
  wanted: { id?: string | undefined; invoiceId?: string | undefined; status?: string | undefined },
  page: Page,
): Promise<Correction[]> {
  const { where, limit, values } = filter(
    { 'id = ?': wanted.id, 'invoice_id = ?': wanted.invoiceId, 'status = ?': wanted.status, 'id < ?': page.after },
    page.limit,
  );
  const { rows } = await db.query<Correction>(
    `SELECT id, invoice_id AS "invoiceId", customer_id AS "customerId", kind, reason, note, request, currency,
       credited_minor AS "creditedMinor", revised_minor AS "revisedMinor", status, dispute_id AS "disputeId",
       credit_note_id AS "creditNoteId", revised_invoice_id AS "revisedInvoiceId", proposed_by AS "proposedBy",
       decided_by AS "decidedBy", at, decided_at AS "decidedAt"
     FROM corrections ${where} ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}
