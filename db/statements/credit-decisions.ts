import type { Transaction } from '../client.ts';
import type { Actor } from './audit.ts';

export interface NewCreditDecision {
  customerId: string;
  /** What was decided about: this order, else this application, else the customer's account. */
  orderId?: string;
  applicationId?: string;
  kind: 'application' | 'review' | 'limit-change' | 'freeze' | 'one-off-release';
  outcome: string;
  limitMinor: number | null;
  policyVersion: number;
  /** What it was taken from, so that what-if can take it again. */
  facts: unknown;
  /** The rule's whole answer; absent: a person's, who says the outcome alone. */
  decision?: unknown;
  /** Of the message that brought it. Absent: it is numbered among its kind, under the lock of the credit account. */
  eventId?: string;
  actor: Actor;
  reason: string;
  at: string;
}

/** Keeps a credit decision with its facts, policy version and actor (C2), and gives its event id. Decisions are never changed. */
export async function keepCreditDecision(tx: Transaction, given: NewCreditDecision): Promise<string> {
  const { customerId, orderId, applicationId, kind, outcome, actor } = given;
  const [column, subject] = orderId
    ? ['order_id', orderId]
    : applicationId
      ? ['application_id', applicationId]
      : ['customer_id', customerId];
  const { rows } = await tx.query<{ eventId: string }>(
    `INSERT INTO credit_decisions (event_id, customer_id, order_id, application_id, kind, outcome, limit_minor, policy_version,
                                   facts, decision, actor, actor_verified, reason, at)
     SELECT coalesce($1, $2 || ':' || $6 || ':' || 1 +
         (SELECT count(*) FROM credit_decisions WHERE ${column} = $2 AND kind = $6)),
       $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
     RETURNING event_id AS "eventId"`,
    [
      given.eventId,
      subject,
      customerId,
      orderId,
      applicationId,
      kind,
      outcome,
      given.limitMinor,
      given.policyVersion,
      JSON.stringify(given.facts),
      JSON.stringify(given.decision ?? { outcome }),
      actor.name,
      actor.verified,
      given.reason,
      given.at,
    ],
  );
  return rows[0]!.eventId;
}

/** What a one-off release allows this order beyond the limit; an expired one allows nothing. */
export async function oneOffRelease(tx: Transaction, orderId: string, at: string): Promise<number> {
  const found = await tx.query<{ limitMinor: number }>(
    `SELECT limit_minor AS "limitMinor" FROM credit_decisions
     WHERE order_id = $1 AND kind = 'one-off-release' AND (decision ->> 'expiresAt')::timestamptz > $2 ORDER BY id DESC LIMIT 1`,
    [orderId, at],
  );
  return found.rows[0]?.limitMinor ?? 0;
}
