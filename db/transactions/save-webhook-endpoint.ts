import { Refusal } from '../../domain/failures.ts';
import { tellable, testEventType } from '../../domain/webhook.ts';
import { only, type Transaction } from '../client.ts';
import { customerExists } from '../queries/customers.ts';
import { type Actor, record } from '../statements/audit.ts';
import { finishTasks } from '../statements/tasks.ts';
import { unknownEndpoint } from '../statements/webhook-events.ts';
import { newWebhookSecret } from './renew-webhook-secret.ts';

export interface WebhookEndpointSettings {
  url: string;
  description?: string | undefined;
  eventTypes: string[];
  /** Absent: events of every customer. */
  customerId?: string | undefined;
}

interface By {
  actor: Actor;
  at: string;
}

const endpointsMaximum = 50;

/** Makes an endpoint and gives the secret that its webhooks are signed with, this once. */
export async function createWebhookEndpoint(
  tx: Transaction,
  { actor, at, ...settings }: WebhookEndpointSettings & By,
): Promise<{ id: string; secret: string }> {
  await mustBeKnown(tx, settings.customerId);
  const { count } = only(
    await tx.query<{ count: number }>("SELECT count(*) AS count FROM webhook_endpoints WHERE status <> 'removed'", []),
  );
  // Each of them is asked about at every event and at every look for what is due.
  if (count >= endpointsMaximum) {
    throw new Refusal(
      409,
      'too-many-webhook-endpoints',
      `There are ${endpointsMaximum} endpoints; remove one that is not needed.`,
    );
  }
  const secret = newWebhookSecret();
  const { id } = only(
    await tx.query<{ id: string }>(
      `INSERT INTO webhook_endpoints (url, description, event_types, customer_id, secret, at)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
      [...columnsOf(settings), secret, at],
    ),
  );
  await note(tx, { id, action: 'webhook-endpoint-created', what: 'hears of events', after: settings, actor, at });
  return { id, secret };
}

/** Changes where an endpoint is and what it hears of from now on; what it is owed goes to the new address. */
export async function changeWebhookEndpoint(
  tx: Transaction,
  { id, enabled, actor, at, ...settings }: WebhookEndpointSettings & By & { id: string; enabled: boolean },
): Promise<void> {
  const before = await lockEndpoint(tx, id);
  await mustBeKnown(tx, settings.customerId);
  // Switched on again it begins anew, with what has waited for it.
  const status = enabled ? 'enabled' : 'disabled';
  const why = enabled || before.status === status ? before.statusReason : `switched off by ${actor.name}`;
  await tx.query(
    `UPDATE webhook_endpoints SET url = $2, description = $3, event_types = $4, customer_id = $5, status = $6, status_reason = $7,
       failing_since = CASE WHEN status = $6 THEN failing_since END WHERE id = $1`,
    [id, ...columnsOf(settings), status, enabled ? null : why],
  );
  if (enabled && before.status === 'disabled') {
    await tx.query(
      `UPDATE webhook_deliveries SET due_at = $2, attempts_before = attempts WHERE endpoint_id = $1 AND status = 'pending'`,
      [id, dueAtOnce],
    );
    await endTasks(tx, id, { status: 'completed', actor, at });
  }
  const { status: _, statusReason: __, ...was } = before;
  await note(tx, {
    id,
    action: 'webhook-endpoint-changed',
    what: `is ${status}`,
    before: was,
    after: { ...settings, status },
    actor,
    at,
  });
}

/** Ends an endpoint for good; what it is still owed is given up. Ending it twice is as good as once. */
export async function removeWebhookEndpoint(tx: Transaction, { id, actor, at }: By & { id: string }): Promise<{ id: string }> {
  await lockEndpoint(tx, id);
  await tx.query("UPDATE webhook_endpoints SET status = 'removed', secret = '', previous_secret = NULL WHERE id = $1", [id]);
  await tx.query("UPDATE webhook_deliveries SET status = 'given-up' WHERE endpoint_id = $1 AND status = 'pending'", [id]);
  await endTasks(tx, id, { status: 'cancelled', actor, at });
  await note(tx, { id, action: 'webhook-endpoint-removed', what: 'was removed', actor, at });
  return { id };
}

/** Owes the endpoint, and no other, an event that says nothing but that it is a test. */
export async function testWebhookEndpoint(
  tx: Transaction,
  { id, key, actor, at }: By & { id: string; key: string },
): Promise<{ deliveryId: string; eventId: string }> {
  const { status } = await lockEndpoint(tx, id);
  if (status === 'disabled') {
    throw new Refusal(409, 'webhook-endpoint-disabled', `${id} is switched off and would not be told; switch it on first.`);
  }
  const { recordId, data } = tellable(testEventType, { endpointId: id });
  const sent = only(
    await tx.query<{ deliveryId: string; eventId: string }>(
      `WITH event AS (
         INSERT INTO webhook_events (key, type, record_id, sequence, data, at)
         SELECT $2, $3, $4, 1 + count(*), $5, $6 FROM webhook_events WHERE record_id = $4 RETURNING id)
       INSERT INTO webhook_deliveries (event_id, endpoint_id) SELECT id, $1 FROM event
       RETURNING id AS "deliveryId", event_id AS "eventId"`,
      [id, `${id}:test:${key}`, testEventType, recordId, JSON.stringify(data), at],
    ),
  );
  await note(tx, { id, action: 'webhook-endpoint-tested', what: `is sent the test ${sent.eventId}`, actor, at });
  return sent;
}

/**
 * Has deliveries sent again, whatever became of them, under the ids that they always had: one, or those of an endpoint whose events
 * are of a period, given up ones alone or all. Gives how many.
 */
export async function replayWebhooks(
  tx: Transaction,
  {
    deliveryId,
    endpointId,
    from,
    until,
    onlyGivenUp,
    actor,
    at,
  }: By & {
    deliveryId?: string;
    endpointId: string;
    from?: string;
    until?: string;
    onlyGivenUp?: boolean;
  },
): Promise<{ replayed: number }> {
  await lockEndpoint(tx, endpointId);
  const { rowCount } = await tx.query(
    `UPDATE webhook_deliveries d SET status = 'pending', due_at = $6, delivered_at = NULL, attempts_before = attempts
     FROM webhook_events e
     WHERE e.id = d.event_id AND d.endpoint_id = $1 AND ($2::text IS NULL OR d.id = $2)
       AND ($3::timestamptz IS NULL OR e.at >= $3) AND ($4::timestamptz IS NULL OR e.at < $4)
       AND (NOT $5::boolean OR d.status = 'given-up')
       -- What has not been tried since the last time is on its way already.
       AND NOT (d.status = 'pending' AND d.attempts = d.attempts_before)`,
    [endpointId, deliveryId, from, until, onlyGivenUp ?? false, dueAtOnce],
  );
  const replayed = rowCount ?? 0;
  const which = deliveryId ?? `${replayed} deliveries of ${from} to ${until}`;
  await note(tx, { id: endpointId, action: 'webhooks-replayed', what: `is sent ${which} again`, actor, at });
  return { replayed };
}

/** Deliveries are due by the clock on the wall, which is not asked here: long ago is now. */
const dueAtOnce = '1970-01-01T00:00:00Z';

const columnsOf = ({ url, description, eventTypes, customerId }: WebhookEndpointSettings) => [
  url,
  description,
  eventTypes,
  customerId,
];

async function lockEndpoint(
  tx: Transaction,
  id: string,
): Promise<WebhookEndpointSettings & { status: 'enabled' | 'disabled'; statusReason: string | null }> {
  const { rows } = await tx.query(
    `SELECT url, description, event_types AS "eventTypes", customer_id AS "customerId", status, status_reason AS "statusReason"
     FROM webhook_endpoints WHERE id = $1 AND status <> 'removed' FOR NO KEY UPDATE`,
    [id],
  );
  if (!rows[0]) throw unknownEndpoint(id);
  return rows[0];
}

async function mustBeKnown(tx: Transaction, customerId: string | undefined): Promise<void> {
  if (customerId === undefined || (await customerExists(tx, customerId))) return;
  throw new Refusal(422, 'invalid-webhook-endpoint', 'The endpoint cannot be saved.', {
    faults: [{ path: '/customerId', code: 'unknown-customer', detail: `There is no customer ${customerId}.` }],
  });
}

async function endTasks(
  tx: Transaction,
  endpointId: string,
  { status, actor, at }: By & { status: 'completed' | 'cancelled' },
): Promise<void> {
  const { rows } = await tx.query<{ key: string }>(
    `SELECT key FROM tasks WHERE kind = 'webhook-endpoint-disabled' AND status IN ('open', 'claimed') AND details ->> 'endpointId' = $1`,
    [endpointId],
  );
  const keys = rows.map(({ key }) => key);
  await finishTasks(tx, { keys }, { status, by: actor.name, outcome: { endpointId }, at });
}

/** Addresses may hold secrets of their own in their paths, so the log keeps the host alone. */
async function note(
  tx: Transaction,
  entry: By & {
    id: string;
    action: string;
    what: string;
    before?: WebhookEndpointSettings;
    after?: WebhookEndpointSettings & { status?: string };
  },
): Promise<void> {
  const { id, action, what, before, after, actor, at } = entry;
  const withHost = (settings: WebhookEndpointSettings) => ({ ...settings, url: undefined, host: new URL(settings.url).host });
  await record(tx, {
    at,
    actor,
    action,
    summary: `Webhook endpoint ${id} ${what}`,
    customerId: after?.customerId,
    before: before && withHost(before),
    after: after && withHost(after),
  });
}
