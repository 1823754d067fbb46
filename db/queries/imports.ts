import type { Queryable } from '../client.ts';
import type { ImportKind, ImportResult } from '../transactions/import-file.ts';
import { filter, type Page } from './page.ts';

export interface ImportSummary extends Omit<ImportResult, 'faults'> {
  id: string;
  actor: string;
  at: string;
}

const columns = `id, kind, line_count AS "lineCount", created_count AS "createdCount", changed_count AS "changedCount",
  unchanged_count AS "unchangedCount", rejected_count AS "rejectedCount", fault_count AS "faultCount", actor, at`;

/** Newest first. */
export async function listImports(
  db: Queryable,
  wanted: { kind?: ImportKind | undefined },
  page: Page,
): Promise<ImportSummary[]> {
  const { where, limit, values } = filter({ 'kind = ?': wanted.kind, 'id < ?': page.after }, page.limit);
  return (await db.query<ImportSummary>(`SELECT ${columns} FROM imports ${where} ORDER BY id DESC ${limit}`, values)).rows;
}

export async function readImport(db: Queryable, id: string): Promise<(ImportSummary & Pick<ImportResult, 'faults'>) | undefined> {
  const { rows } = await db.query<ImportSummary & Pick<ImportResult, 'faults'>>(
    `SELECT ${columns}, faults FROM imports WHERE id = $1`,
    [id],
  );
  return rows[0];
}

/** The file as it was sent. */
export async function readImportedFile(db: Queryable, id: string): Promise<{ contentType: string; content: Buffer } | undefined> {
  const { rows } = await db.query<{ contentType: string; content: Buffer }>(
    `SELECT content_type AS "contentType", content FROM documents WHERE id = $1 AND EXISTS (SELECT 1 FROM imports WHERE id = $1)`,
    [id],
  );
  return rows[0];
}
