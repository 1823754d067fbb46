import type { Posting } from '../../domain/ledger.ts';
import type { IsoDate, IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export const manualJournalStatuses = ['proposed', 'approved', 'rejected'] as const;

export interface ManualJournal {
  id: string;
  status: (typeof manualJournalStatuses)[number];
  bookedOn: IsoDate;
  currency: string;
  postings: Posting[];
  reason: string;
  reversesEntryId: number | null;
  entryId: number | null;
  proposedBy: string;
  proposedAt: IsoInstant;
  decidedBy: string | null;
  decidedAt: IsoInstant | null;
  decisionReason: string | null;
}

const columns = `id, status, booked_on AS "bookedOn", currency, postings, reason, reverses_entry_id AS "reversesEntryId",
  entry_id AS "entryId", proposed_by AS "proposedBy", proposed_at AS "proposedAt", decided_by AS "decidedBy",
  decided_at AS "decidedAt", decision_reason AS "decisionReason"`;

export async function listManualJournals(
  db: Queryable,
  wanted: { status?: ManualJournal['status'] | undefined },
  page: Page,
): Promise<ManualJournal[]> {
  const { where, limit, values } = filter({ 'status = ?': wanted.status, 'id > ?': page.after }, page.limit);
  return (await db.query<ManualJournal>(`SELECT ${columns} FROM manual_journals ${where} ORDER BY id ${limit}`, values)).rows;
}

/** One entry by hand; locked for whoever is about to decide on it. */
export async function readManualJournal(
  db: Queryable,
  id: string,
  lock: 'FOR UPDATE' | '' = '',
): Promise<ManualJournal | undefined> {
  return (await db.query<ManualJournal>(`SELECT ${columns} FROM manual_journals WHERE id = $1 ${lock}`, [id])).rows[0];
}
