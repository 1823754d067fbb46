import { randomBytes } from 'node:crypto';
import type { Queryable, Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { unknownEndpoint } from '../statements/webhook-events.ts';

/** A secret for the signatures of Standard Webhooks, in or out: 256 random bits. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Makes the secret that a carrier signs with and gives it, this once. The one before is good for a day more. */
export async function renewWebhookSecret(
  tx: Transaction,
  { carrier, actor, at }: { carrier: string; actor: Actor; at: string },
): Promise<{ carrier: string; secret: string }> {
  const secret = newWebhookSecret();
  await tx.query(
    `INSERT INTO carrier_webhooks (carrier, secret, at) VALUES ($1, $2, $3)
     ON CONFLICT (carrier) DO UPDATE SET secret = excluded.secret, previous_secret = carrier_webhooks.secret,
       previous_until = clock_timestamp() + interval '1 day', at = excluded.at`,
    [carrier, secret, at],
  );
  await record(tx, { at, actor, action: 'webhook-secret-renewed', summary: `${carrier} signs its webhooks with a new secret` });
  return { carrier, secret };
}

/** Makes another secret for an endpoint and gives it, this once. For a day more its webhooks are signed with the one before, too. */
export async function rotateEndpointSecret(
  tx: Transaction,
  { endpointId, actor, at }: { endpointId: string; actor: Actor; at: string },
): Promise<{ id: string; secret: string }> {
  const secret = newWebhookSecret();
  const { rows } = await tx.query(
    `UPDATE webhook_endpoints SET secret = $2, previous_secret = secret, previous_until = clock_timestamp() + interval '1 day'
     WHERE id = $1 AND status <> 'removed' RETURNING 1`,
    [endpointId, secret],
  );
  if (!rows[0]) throw unknownEndpoint(endpointId);
  await record(tx, {
    at,
    actor,
    action: 'webhook-secret-renewed',
    summary: `The webhooks of ${endpointId} are signed with a new secret`,
    after: { endpointId },
  });
  return { id: endpointId, secret };
}

/** The secrets that a carrier may sign with now; none when it has no webhook. They end by wall time, as API keys do. */
export async function webhookSecrets(db: Queryable, carrier: string): Promise<string[]> {
  const { rows } = await db.query<{ secret: string; previous: string | null }>(
    `SELECT secret, CASE WHEN previous_until > clock_timestamp() THEN previous_secret END AS previous
     FROM carrier_webhooks WHERE carrier = $1`,
    [carrier],
  );
  return rows.flatMap(({ secret, previous }) => (previous === null ? [secret] : [secret, previous]));
}
