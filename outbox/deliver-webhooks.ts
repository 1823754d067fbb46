import { Webhook } from 'standardwebhooks';
import type { Database, Transaction } from '../db/client.ts';
import { record, system } from '../db/statements/audit.ts';
import { readClock } from '../db/statements/company.ts';
import { openTask } from '../db/statements/tasks.ts';
import { afterAttempt, isSuccess, type WebhookEvent, webhookBody, whySwitchedOff } from '../domain/webhook.ts';
import type { WebhookReceiverPort } from '../ports/webhook-receiver.ts';

/** Delivers the events that endpoints are owed (X4), each at least once and always under the same webhook-id. */
export interface WebhookDelivery {
  /** Takes what is due and begins to send it, without waiting for the answers; gives how much that was. */
  deliverDue(): Promise<number>;
  /** Resolves when something that was under way has ended: there may be room for more. */
  nextEnd(): Promise<void>;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

export interface WebhookDeliveryOptions {
  database: Database;
  receiver: WebhookReceiverPort;
  /** Where receivers reach the API; absent: links are paths. */
  publicUrl?: string | undefined;
}

interface DueDelivery extends WebhookEvent {
  deliveryId: string;
  endpointId: string;
  url: string;
  /** The newest first; two while one replaces the other. */
  secrets: string[];
  attempt: number;
  /** Without those before it was last sent again by a person. */
  tries: number;
}

/** To one endpoint at once, so that one that is slow keeps no place of another. */
const callsPerEndpoint = 4;
/** Longer than a call may take: what has no outcome by then was under way in a process that died, and is sent again. */
const leaseSeconds = 30;
const problemLengthMaximum = 500;

export function createWebhookDelivery({ database, receiver, publicUrl }: WebhookDeliveryOptions): WebhookDelivery {
  const underWay = new Map<Promise<void>, string>();

  async function deliverDue(): Promise<number> {
    const busy = [...underWay.values()];
    const { rows } = await database.query<DueDelivery>(
      `WITH due AS (
         SELECT d.id FROM webhook_endpoints w CROSS JOIN LATERAL (
           SELECT id FROM webhook_deliveries
           WHERE endpoint_id = w.id AND status = 'pending' AND due_at <= clock_timestamp()
           ORDER BY due_at LIMIT $1 - (SELECT count(*) FROM unnest($2::text[]) AS b (id) WHERE b.id = w.id)
           FOR UPDATE SKIP LOCKED) d
         WHERE w.status = 'enabled'),
       claimed AS (
         UPDATE webhook_deliveries d SET attempts = attempts + 1, due_at = clock_timestamp() + $3 * interval '1 s'
         FROM due WHERE d.id = due.id RETURNING d.id, d.event_id, d.endpoint_id, d.attempts, d.attempts_before)
       SELECT c.id AS "deliveryId", c.endpoint_id AS "endpointId", w.url,
         array_remove(ARRAY[w.secret, CASE WHEN w.previous_until > clock_timestamp() THEN w.previous_secret END], NULL) AS secrets,
         c.attempts AS attempt, c.attempts - c.attempts_before AS tries, e.id, e.type, e.customer_id AS "customerId",
         e.record_id AS "recordId", e.sequence, e.data, e.at
       FROM claimed c JOIN webhook_endpoints w ON w.id = c.endpoint_id JOIN webhook_events e ON e.id = c.event_id`,
      [callsPerEndpoint, busy, leaseSeconds],
    );
    for (const due of rows) {
      // An outcome that could not be kept is an outage of PostgreSQL: the lease ends, and it is sent again.
      const call = deliver(due)
        .catch(() => {})
        .finally(() => underWay.delete(call));
      underWay.set(call, due.endpointId);
    }
    return rows.length;
  }

  async function deliver(due: DueDelivery): Promise<void> {
    const startedAt = new Date();
    const body = webhookBody(due, publicUrl);
    let outcome: Outcome;
    try {
      const { statusCode, answer } = await receiver.post({ url: due.url, headers: headersOf(due, body, startedAt), body });
      outcome = { statusCode, answer, problem: isSuccess(statusCode) ? null : `answered ${statusCode}` };
    } catch (error) {
      outcome = { statusCode: null, answer: null, problem: (error as Error).message.slice(0, problemLengthMaximum) };
    }
    const durationMs = Date.now() - startedAt.getTime();
    await database.transaction((tx) => keepOutcome(tx, due, outcome, { startedAt: startedAt.toISOString(), durationMs }));
  }

  return {
    deliverDue,
    nextEnd: () => (underWay.size === 0 ? new Promise(() => {}) : Promise.race(underWay.keys())),
    async stop() {
      await Promise.all(underWay.keys());
    },
  };
}

/** As Standard Webhooks has it: the id is the event's at every attempt, the time is that of the attempt. */
function headersOf({ id, secrets }: DueDelivery, body: string, at: Date): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'Throughline-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}

interface Outcome {
  statusCode: number | null;
  answer: string | null;
  problem: string | null;
}

/** What came of an attempt, and what follows: another one, none, or an endpoint that is switched off. Locks the endpoint first. */
async function keepOutcome(
  tx: Transaction,
  { deliveryId, endpointId, url, attempt, tries }: DueDelivery,
  outcome: Outcome,
  { startedAt, durationMs }: { startedAt: string; durationMs: number },
): Promise<void> {
  const after = afterAttempt(tries, outcome, Math.random());
  const { rows } = await tx.query<{ failingSince: string | null }>(
    isSuccess(outcome.statusCode)
      ? `UPDATE webhook_endpoints SET failing_since = NULL
         WHERE id = $1 AND failing_since < $2 AND status = 'enabled' RETURNING failing_since AS "failingSince"`
      : `UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, $2)
         WHERE id = $1 AND status = 'enabled' RETURNING failing_since AS "failingSince"`,
    [endpointId, startedAt],
  );
  await tx.query(
    `WITH kept AS (
       INSERT INTO webhook_attempts (delivery_id, number, at, duration_ms, status_code, problem, answer)
       VALUES ($1, $2, $3, $4, $5, $6, $7))
     UPDATE webhook_deliveries SET status = $8, due_at = clock_timestamp() + $9 * interval '1 s',
       delivered_at = CASE WHEN $8 = 'delivered' THEN clock_timestamp() END
     WHERE id = $1 AND attempts = $2`,
    [
      deliveryId,
      attempt,
      startedAt,
      durationMs,
      outcome.statusCode,
      outcome.problem,
      outcome.answer,
      after.status,
      after.status === 'pending' ? after.retryInSeconds : 0,
    ],
  );
  const failingSince = rows[0]?.failingSince;
  const why = failingSince && whySwitchedOff(failingSince, outcome, startedAt);
  if (why) await switchOff(tx, { endpointId, url, why, failingSince });
}

/** Nobody sends to it any more until a person has looked; what it is owed waits. */
async function switchOff(
  tx: Transaction,
  { endpointId, url, why, failingSince }: { endpointId: string; url: string; why: string; failingSince: string },
): Promise<void> {
  const { at } = await readClock(tx);
  await tx.query("UPDATE webhook_endpoints SET status = 'disabled', status_reason = $2 WHERE id = $1", [endpointId, why]);
  await openTask(tx, {
    key: `${endpointId}:disabled:${failingSince}`,
    kind: 'webhook-endpoint-disabled',
    role: 'admin',
    title: `${endpointId} gets no more webhooks: ${why}`,
    details: { endpointId, host: new URL(url).host, failingSince },
    at,
  });
  await record(tx, {
    at,
    actor: system,
    action: 'webhook-endpoint-disabled',
    summary: `${endpointId} was switched off: ${why}`,
    after: { endpointId, status: 'disabled' },
  });
}
