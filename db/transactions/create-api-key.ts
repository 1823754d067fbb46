import { createHash, randomBytes } from 'node:crypto';
import { type Fault, Refusal } from '../../domain/failures.ts';
import type { Transaction } from '../client.ts';
import { customerExists } from '../queries/customers.ts';
import { type Actor, isReservedName, record } from '../statements/audit.ts';

export interface CreateApiKeyInput {
  /** Who acts with it: the actor in the audit trail. Two keys of one name are one person. */
  name: string;
  roles: string[];
  customerId?: string | undefined;
  expiresAt?: string | undefined;
  actor: Actor;
  at: string;
}

/** Only the hash is stored: the key itself is 256 random bits, so a plain SHA-256 cannot be searched. */
export const hashKey = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Makes a key and gives it in the clear, this once. */
export async function createApiKey(tx: Transaction, input: CreateApiKeyInput): Promise<{ id: string; key: string }> {
  const faults: Fault[] = [];
  const person = await tx.query('SELECT 1 FROM users WHERE id = lower($1)', [input.name]);
  if (isReservedName(input.name) || person.rows.length > 0) {
    const detail = `Audit rows name somebody else ${input.name}: what a key does is told apart from that.`;
    faults.push({ path: '/name', code: 'taken', detail });
  }
  if (input.customerId && !(await customerExists(tx, input.customerId))) {
    faults.push({ path: '/customerId', code: 'unknown-customer', detail: `There is no customer ${input.customerId}.` });
  }
  if (faults.length > 0) throw new Refusal(422, 'invalid-api-key', 'The key cannot be made.', { faults });
  const id = randomBytes(6).toString('hex');
  const key = `tl_${id}_${randomBytes(32).toString('hex')}`;
  await tx.query('INSERT INTO api_keys (id, key_hash, name, roles, customer_id, expires_at) VALUES ($1, $2, $3, $4, $5, $6)', [
    id,
    hashKey(key),
    input.name,
    input.roles,
    input.customerId,
    input.expiresAt,
  ]);
  await record(tx, {
    at: input.at,
    actor: input.actor,
    action: 'api-key-created',
    summary: `API key ${id} for ${input.name}: ${input.roles.join(', ')}`,
    customerId: input.customerId,
    after: { id, name: input.name, roles: input.roles, expiresAt: input.expiresAt },
  });
  return { id, key };
}

/** Ends a key; ending it twice is as good as once. */
export async function revokeApiKey(tx: Transaction, input: { id: string; actor: Actor; at: string }): Promise<{ id: string }> {
  const found = await tx.query('SELECT revoked_at IS NOT NULL AS revoked FROM api_keys WHERE id = $1 FOR UPDATE', [input.id]);
  if (!found.rows[0]) throw new Refusal(404, 'unknown-api-key', `There is no API key ${input.id}.`);
  if (found.rows[0].revoked) return { id: input.id };
  await tx.query('UPDATE api_keys SET revoked_at = clock_timestamp() WHERE id = $1', [input.id]);
  await record(tx, { at: input.at, actor: input.actor, action: 'api-key-revoked', summary: `API key ${input.id} was revoked` });
  return { id: input.id };
}
