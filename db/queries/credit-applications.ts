import type { ApplicationStatus, Financials, TradeReference } from '../../domain/credit-application.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface CreditApplication {
  id: string;
  customerId: string;
  status: ApplicationStatus;
  statusReason: string | null;
  requestedLimitMinor: number;
  currency: string;
  references: TradeReference[];
  financials: Financials | null;
  note: string | null;
  version: number;
  createdBy: string;
  /** Everybody who has written in it. */
  editedBy: string[];
  createdAt: string;
  submittedBy: string | null;
  submittedAt: string | null;
  verifiedBy: string | null;
  verifiedAt: string | null;
  outcome: 'approve' | 'deny' | null;
  limitMinor: number | null;
  decidedAt: string | null;
}

export const applicationColumns = `id, customer_id AS "customerId", status, status_reason AS "statusReason",
  requested_limit_minor AS "requestedLimitMinor", currency, trade_references AS "references", financials, note, version,
  created_by AS "createdBy", edited_by AS "editedBy", created_at AS "createdAt", submitted_by AS "submittedBy", submitted_at AS "submittedAt",
  verified_by AS "verifiedBy", verified_at AS "verifiedAt", outcome, limit_minor AS "limitMinor", decided_at AS "decidedAt"`;

export async function readApplication(db: Queryable, customerId: string, id: string): Promise<CreditApplication | undefined> {
  const { rows } = await db.query<CreditApplication>(
    `SELECT ${applicationColumns} FROM credit_applications WHERE customer_id = $1 AND id = $2`,
    [customerId, id],
  );
  return rows[0];
}

/** Newest first. */
export async function listApplications(db: Queryable, customerId: string, page: Page): Promise<CreditApplication[]> {
  const { where, limit, values } = filter({ 'customer_id = ?': customerId, 'id < ?': page.after }, page.limit);
  const { rows } = await db.query<CreditApplication>(
    `SELECT ${applicationColumns} FROM credit_applications ${where} ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}

export interface ApplicationDocument {
  id: string;
  name: string;
  contentType: string;
  sizeBytes: number;
  uploadedBy: string;
  at: string;
}

export const applicationDocumentColumns = `id, name, content_type AS "contentType", size_bytes AS "sizeBytes",
  uploaded_by AS "uploadedBy", at`;

export async function applicationDocuments(db: Queryable, applicationId: string): Promise<ApplicationDocument[]> {
  const { rows } = await db.query<ApplicationDocument>(
    `SELECT ${applicationDocumentColumns} FROM credit_application_documents WHERE application_id = $1 ORDER BY id`,
    [applicationId],
  );
  return rows;
}

/** The file as it was uploaded, when it belongs to this application of this customer. */
export async function readApplicationDocument(
  db: Queryable,
  { customerId, applicationId, documentId }: { customerId: string; applicationId: string; documentId: string },
): Promise<{ content: Buffer; name: string } | undefined> {
  const { rows } = await db.query<{ content: Buffer; name: string }>(
    `SELECT d.content, a.name FROM credit_application_documents a JOIN credit_applications c ON c.id = a.application_id
       JOIN documents d ON d.id = a.id
     WHERE c.customer_id = $1 AND c.id = $2 AND a.id = $3`,
    [customerId, applicationId, documentId],
  );
  return rows[0];
}

export interface ApplicationDecisionRow {
  at: string;
  kind: string;
  outcome: string;
  limitMinor: number | null;
  policyVersion: number;
  facts: unknown;
  decision: unknown;
  actor: string;
  reason: string | null;
}

/** What was decided about the application, with facts, points and reasons, oldest first. */
export async function applicationDecisions(db: Queryable, applicationId: string): Promise<ApplicationDecisionRow[]> {
  const { rows } = await db.query<ApplicationDecisionRow>(
    `SELECT at, kind, outcome, limit_minor AS "limitMinor", policy_version AS "policyVersion", facts, decision, actor, reason
     FROM credit_decisions WHERE application_id = $1 ORDER BY id LIMIT 200`,
    [applicationId],
  );
  return rows;
}
