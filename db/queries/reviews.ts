import type { AgeingBucket } from '../../domain/ageing.ts';
import type { Ages, LossOf91Plus, RollRate } from '../../domain/bad-debt.ts';
import type { IsoDate, IsoInstant } from '../../domain/time.ts';
import type { Queryable } from '../client.ts';
import { instantInJson } from './instants.ts';
import { filter, type Page } from './page.ts';

export interface ReviewedCurrency {
  currency: string;
  buckets: Ages;
  rollRates: RollRate[];
  /** Absent in reviews from before it was read from the books. */
  lossOf91Plus?: LossOf91Plus;
  lossRates: Record<AgeingBucket, string>;
  /** What of today's buckets stands in the next one a month on. */
  forecast: Record<Exclude<AgeingBucket, 'current'>, number>;
  /** What is expected to be lost of all that is owed. */
  requiredMinor: number;
  /** The part of it that rests on rates set by hand. */
  specificMinor: number;
  /** The allowance of that day as the books had it when the review was made. */
  allowanceMinor: number;
}

export interface Review {
  id: string;
  asOf: IsoDate;
  policyVersion: number;
  currencies: ReviewedCurrency[];
  previousId: string | null;
  accountCount: number;
  status: 'open' | 'proposed' | 'approved';
  actor: string;
  at: IsoInstant;
  proposedBy: string | null;
  proposedAt: IsoInstant | null;
  approvedBy: string | null;
  approvedAt: IsoInstant | null;
  trueUp: Record<string, number> | null;
}

const select = `SELECT id, as_of AS "asOf", policy_version AS "policyVersion", currencies, previous_id AS "previousId",
    (SELECT count(*) FROM review_accounts a WHERE a.review_id = r.id) AS "accountCount", status, actor, at,
    proposed_by AS "proposedBy", proposed_at AS "proposedAt", approved_by AS "approvedBy", approved_at AS "approvedAt", true_up AS "trueUp"
  FROM reviews r`;

/** Newest first. */
export async function listReviews(db: Queryable, page: Page): Promise<Review[]> {
  const { where, limit, values } = filter({ 'id < ?': page.after }, page.limit);
  return (await db.query<Review>(`${select} ${where} ORDER BY id DESC ${limit}`, values)).rows;
}

export async function readReview(db: Queryable, id: string): Promise<Review | undefined> {
  return (await db.query<Review>(`${select} WHERE id = $1`, [id])).rows[0];
}

export interface ReviewAccount {
  customerId: string;
  name: string;
  currency: string;
  buckets: Ages;
  overdueMinor: number;
  provisionMinor: number;
  specificMinor: number;
  overdueChangeMinor: number | null;
  provisionChangeMinor: number | null;
  nextStep: { owner: string; on: IsoDate; text: string; by: string; at: IsoInstant } | null;
}

/** By customer. */
export async function listReviewAccounts(db: Queryable, reviewId: string, page: Page): Promise<ReviewAccount[]> {
  const { where, limit, values } = filter(
    { 'review_id = ?': reviewId, "customer_id || ' ' || a.currency > ?": page.after },
    page.limit,
  );
  const { rows } = await db.query<ReviewAccount>(
    `SELECT customer_id AS "customerId", c.name, a.currency, buckets, overdue_minor AS "overdueMinor", provision_minor AS "provisionMinor",
       specific_minor AS "specificMinor", overdue_change_minor AS "overdueChangeMinor", provision_change_minor AS "provisionChangeMinor",
       CASE WHEN next_step_on IS NOT NULL THEN jsonb_build_object('owner', next_step_owner, 'on', next_step_on, 'text', next_step,
         'by', next_step_by, 'at', ${instantInJson('next_step_at')}) END AS "nextStep"
     FROM review_accounts a JOIN customers c ON c.id = a.customer_id ${where} ORDER BY customer_id || ' ' || a.currency ${limit}`,
    values,
  );
  return rows;
}

export interface SpecificProvision {
  id: string;
  customerId: string;
  invoiceId: string | null;
  rate: string;
  reason: string;
  actor: string;
  at: IsoInstant;
  endedBy: string | null;
  endedAt: IsoInstant | null;
}

const provisionColumns = `id, customer_id AS "customerId", invoice_id AS "invoiceId", rate, reason, actor, at, ended_by AS "endedBy",
  ended_at AS "endedAt"`;

/** In the order in which they were set. */
export async function listSpecificProvisions(
  db: Queryable,
  wanted: { customerId?: string | undefined },
  page: Page,
): Promise<SpecificProvision[]> {
  const { where, limit, values } = filter({ 'customer_id = ?': wanted.customerId, 'id > ?': page.after }, page.limit);
  const { rows } = await db.query<SpecificProvision>(
    `SELECT ${provisionColumns} FROM specific_provisions ${where} ORDER BY id ${limit}`,
    values,
  );
  return rows;
}

export async function readSpecificProvision(db: Queryable, id: string): Promise<SpecificProvision | undefined> {
  return (await db.query<SpecificProvision>(`SELECT ${provisionColumns} FROM specific_provisions WHERE id = $1`, [id])).rows[0];
}
