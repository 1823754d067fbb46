import { Refusal } from '../../domain/failures.ts';
import type { Queryable, Transaction } from '../client.ts';

/** Who sent a request, under which key, and a hash of what it asked for. */
export interface RequestKey {
  principal: string;
  key: string;
  fingerprint: string;
}

export interface KeptAnswer {
  status: number;
  body: unknown;
}

// A key that is claimed but not answered yet; HTTP has no such status.
const unanswered = 0;
// The fingerprint of a key whose claim was given back: the API may not delete rows.
const released = '';

/**
 * Claims the key, or gives the answer that was kept under it. A twin in flight waits here on the unique index until the
 * first has committed; the lock time-out turns a long wait into "still in flight".
 */
export async function claimKey(tx: Transaction, { principal, key, fingerprint }: RequestKey): Promise<KeptAnswer | undefined> {
  const claimed = await tx.query(
    `INSERT INTO idempotency_keys AS k (principal, key, fingerprint, response_status, response_body)
     VALUES ($1, $2, $3, $4, 'null')
     ON CONFLICT (principal, key) DO UPDATE SET fingerprint = excluded.fingerprint WHERE k.fingerprint = $5 RETURNING 1`,
    [principal, key, fingerprint, unanswered, released],
  );
  if (claimed.rows.length > 0) return undefined;
  const { rows } = await tx.query<KeptAnswer & { fingerprint: string }>(
    `SELECT fingerprint, response_status AS status, response_body AS body FROM idempotency_keys WHERE principal = $1 AND key = $2`,
    [principal, key],
  );
  const kept = rows[0]!;
  if (kept.fingerprint !== fingerprint) {
    throw new Refusal(422, 'idempotency-key-reused', 'This Idempotency-Key was used for a different request.');
  }
  return kept.status === unanswered ? undefined : { status: kept.status, body: kept.body };
}

export async function keepAnswer(db: Queryable, { principal, key }: RequestKey, answer: KeptAnswer): Promise<void> {
  await db.query('UPDATE idempotency_keys SET response_status = $3, response_body = $4 WHERE principal = $1 AND key = $2', [
    principal,
    key,
    answer.status,
    JSON.stringify(answer.body),
  ]);
}

/** Gives a claim back after a refusal, so that a corrected request may use the key. An answer that was kept stays. */
export async function releaseKey(db: Queryable, { principal, key, fingerprint }: RequestKey): Promise<void> {
  await db.query(
    `UPDATE idempotency_keys SET fingerprint = $5
     WHERE principal = $1 AND key = $2 AND fingerprint = $3 AND response_status = $4`,
    [principal, key, fingerprint, unanswered, released],
  );
}

/**
 * Does the work once per key and keeps its answer in the same transaction; the same request again gets it again (O3). A
 * refusal rolls the key back with the work, so that a corrected request may use it.
 */
export async function answerOnce<Answer extends KeptAnswer>(
  tx: Transaction,
  requestKey: RequestKey,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const kept = await claimKey(tx, requestKey);
  if (kept) return kept as Answer;
  const answer = await work();
  await keepAnswer(tx, requestKey, answer);
  return answer;
}
