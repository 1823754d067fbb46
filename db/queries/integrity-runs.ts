import type { IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import type { BrokenInvariant } from './invariants.ts';
import { filter, type Page } from './page.ts';

export interface KeptIntegrityRun {
  id: string;
  at: IsoInstant;
  checkedCount: number;
  brokenCount: number;
  broken: BrokenInvariant[];
}

/** Newest first. */
export async function listIntegrityRuns(db: Queryable, page: Page): Promise<KeptIntegrityRun[]> {
  const { where, limit, values } = filter({ 'id < ?': page.after }, page.limit);
  const { rows } = await db.query<KeptIntegrityRun>(
    `SELECT id, at, checked_count AS "checkedCount", broken_count AS "brokenCount", broken FROM integrity_runs ${where}
     ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}
