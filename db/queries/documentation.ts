import type { ClockSource, ClockStatus } from '../../domain/documentation.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface DocumentationClock {
  id: string;
  source: ClockSource;
  sourceId: string | null;
  customerId: string | null;
  currency: string;
  amountMinor: number | null;
  paidOn: IsoDate;
  reference: string | null;
  invoiceIds: string[];
  note: string | null;
  documentName: string | null;
  policyVersion: number;
  startedAt: string;
  dueAt: string;
  blocksUntil: string;
  status: ClockStatus;
  statusReason: string | null;
  escalatedAt: string | null;
  paymentId: string | null;
  endedBy: string | null;
  endedAt: string | null;
  actor: string;
}

const columns = `id, source, source_id AS "sourceId", customer_id AS "customerId", currency, amount_minor AS "amountMinor",
  paid_on AS "paidOn", reference, invoice_ids AS "invoiceIds", note, document_name AS "documentName",
  policy_version AS "policyVersion", started_at AS "startedAt", due_at AS "dueAt", blocks_until AS "blocksUntil", status,
  status_reason AS "statusReason", escalated_at AS "escalatedAt", payment_id AS "paymentId", ended_by AS "endedBy",
  ended_at AS "endedAt", actor`;

export async function readClockOf(db: Queryable, id: string, customerId?: string): Promise<DocumentationClock | undefined> {
  const { rows } = await db.query<DocumentationClock>(
    `SELECT ${columns} FROM documentation_clocks WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
    [id, customerId],
  );
  return rows[0];
}

/** Newest first. */
export async function listClocks(
  db: Queryable,
  {
    customerId,
    status,
    undocumented,
  }: { customerId?: string | undefined; status?: ClockStatus | undefined; undocumented?: true },
  page: Page,
): Promise<DocumentationClock[]> {
  const { where, limit, values } = filter(
    {
      'customer_id = ?': customerId,
      'status = ?': status,
      "(status IN ('running', 'lapsed')) = ?": undocumented,
      'id < ?': page.after,
    },
    page.limit,
  );
  const { rows } = await db.query<DocumentationClock>(
    `SELECT ${columns} FROM documentation_clocks ${where} ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}

/** The file that came with it. */
export async function readAdviceFile(
  db: Queryable,
  id: string,
  customerId: string | undefined,
): Promise<{ content: Buffer; name: string } | undefined> {
  const { rows } = await db.query<{ content: Buffer; name: string }>(
    `SELECT d.content, c.document_name AS name FROM documentation_clocks c JOIN documents d ON d.id = c.id
     WHERE c.id = $1 AND ($2::text IS NULL OR c.customer_id = $2)`,
    [id, customerId],
  );
  return rows[0];
}
