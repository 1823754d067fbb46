import { Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import type { OutboxMessage } from '../statements/outbox.ts';

interface Doing {
  actor: Actor;
  at: string;
}

/** Has a message that is parked, or waits for its next attempt, tried now (X8). */
export async function retryMessage(tx: Transaction, { id, actor, at }: { id: string } & Doing): Promise<{ key: string }> {
  const { rows } = await tx.query<{ key: string; delivered: boolean; problem: string | null }>(
    `SELECT key, delivered_at IS NOT NULL AS delivered, coalesce(parked_reason, last_problem) AS problem
     FROM outbox WHERE id = $1 FOR UPDATE`,
    [id],
  );
  const [message] = rows;
  if (!message) throw new Refusal(404, 'unknown-message', `There is no message ${id}.`);
  const { key, delivered, problem } = message;
  if (delivered) throw new Refusal(409, 'message-delivered', `${key} has been delivered.`);
  await tx.query('UPDATE outbox SET parked_reason = NULL, claimed_until = NULL WHERE id = $1', [id]);
  await record(tx, {
    at,
    actor,
    action: 'message-retried',
    summary: `${key} is delivered again`,
    after: { outboxId: Number(id), key, problem },
  });
  return { key };
}

/** Holds messages of a kind back, or lets them go again: what is written meanwhile waits, and nothing is lost (X8). */
export async function pauseMessages(
  tx: Transaction,
  { kind, paused, reason, actor, at }: { kind: OutboxMessage['kind']; paused: boolean; reason: string } & Doing,
): Promise<void> {
  const { rows } = await tx.query(
    `INSERT INTO outbox_pauses (kind, paused, reason, by, at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (kind) DO UPDATE SET paused = excluded.paused, reason = excluded.reason, by = excluded.by, at = excluded.at
     WHERE outbox_pauses.paused <> excluded.paused RETURNING kind`,
    [kind, paused, reason, actor.name, at],
  );
  // It is so already.
  if (rows.length === 0) return;
  await record(tx, {
    at,
    actor,
    action: paused ? 'messages-held-back' : 'messages-released',
    summary: paused ? `Messages of the kind ${kind} are held back` : `Messages of the kind ${kind} go out again`,
    reason,
    after: { kind, paused },
  });
}
