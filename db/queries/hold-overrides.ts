import type { IsoDate, IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export const holdOverrideStatuses = ['proposed', 'approved', 'rejected', 'ended'] as const;

export interface HoldOverride {
  id: string;
  customerId: string;
  currency: string;
  /** What was overdue as it was proposed. */
  overdueMinor: number;
  throughOn: IsoDate;
  status: (typeof holdOverrideStatuses)[number];
  reason: string;
  proposedBy: string;
  proposedAt: IsoInstant;
  decidedBy: string | null;
  decidedAt: IsoInstant | null;
  decisionReason: string | null;
  endedBy: string | null;
  endedAt: IsoInstant | null;
}

const columns = `id, customer_id AS "customerId", currency, overdue_minor AS "overdueMinor", through_on AS "throughOn", status, reason,
  proposed_by AS "proposedBy", proposed_at AS "proposedAt", decided_by AS "decidedBy", decided_at AS "decidedAt",
  decision_reason AS "decisionReason", ended_by AS "endedBy", ended_at AS "endedAt"`;

/** In the order of their proposal, or the newest first. */
export async function listHoldOverrides(
  db: Queryable,
  wanted: { customerId?: string | undefined; status?: string | undefined },
  page: Page,
  sort: 'oldest' | 'newest' = 'oldest',
): Promise<HoldOverride[]> {
  const { where, limit, values } = filter(
    { 'customer_id = ?': wanted.customerId, 'status = ?': wanted.status, [sort === 'oldest' ? 'id > ?' : 'id < ?']: page.after },
    page.limit,
  );
  const order = sort === 'oldest' ? 'id' : 'id DESC';
  return (await db.query<HoldOverride>(`SELECT ${columns} FROM hold_overrides ${where} ORDER BY ${order} ${limit}`, values)).rows;
}

export async function readHoldOverride(
  db: Queryable,
  id: string,
  lock: 'FOR UPDATE' | '' = '',
): Promise<HoldOverride | undefined> {
  return (await db.query<HoldOverride>(`SELECT ${columns} FROM hold_overrides WHERE id = $1 ${lock}`, [id])).rows[0];
}
