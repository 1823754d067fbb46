import type { CreditStanding } from '../../domain/credit.ts';
import type { Queryable } from '../client.ts';
import { filter, type Page } from './page.ts';

export interface CreditChange {
  id: number;
  at: string;
  kind: 'application' | 'review' | 'limit-change' | 'freeze' | 'one-off-release';
  outcome: string;
  orderId: string | null;
  applicationId: string | null;
  limitMinor: number | null;
  /** The account as the decision found it; null where it was not kept. */
  before: { standing: CreditStanding; limitMinor: number | null; expiresAt: string | null } | null;
  /** Of a one-off release. */
  expiresAt: string | null;
  policyVersion: number;
  actor: string;
  actorVerified: boolean;
  reason: string | null;
}

/** Every decision about a customer's credit, or about it for one order, newest first: who, when, why, under which policy, and what stood before (C4). */
export async function creditHistory(
  db: Queryable,
  wanted: { customerId: string; orderId?: string | undefined },
  page: Page,
): Promise<CreditChange[]> {
  const { where, limit, values } = filter(
    { 'customer_id = ?': wanted.customerId, 'order_id = ?': wanted.orderId, 'id < ?::bigint': page.after },
    page.limit,
  );
  const { rows } = await db.query<CreditChange>(
    `SELECT id, at, kind, outcome, order_id AS "orderId", application_id AS "applicationId", limit_minor AS "limitMinor",
       CASE WHEN facts ? 'account' THEN jsonb_build_object('standing', facts -> 'account' -> 'standing',
         'limitMinor', facts -> 'account' -> 'limitMinor', 'expiresAt', facts -> 'account' -> 'expiresAt') END AS before,
       decision ->> 'expiresAt' AS "expiresAt", policy_version AS "policyVersion", actor, actor_verified AS "actorVerified", reason
     FROM credit_decisions ${where} ORDER BY id DESC ${limit}`,
    values,
  );
  return rows;
}
