import type { Queryable } from '../client.ts';

export interface ApiKey {
  id: string;
  name: string;
  roles: string[];
  customerId: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
}

const columns = `id, name, roles, customer_id AS "customerId", expires_at AS "expiresAt", revoked_at AS "revokedAt"`;

/** The key with this hash, unless it was revoked or has expired. Keys live by wall time, not by the company's clock. */
export async function findValidKey(db: Queryable, keyHash: Buffer): Promise<ApiKey | undefined> {
  const { rows } = await db.query<ApiKey>(
    `SELECT ${columns} FROM api_keys
     WHERE key_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp())`,
    [keyHash],
  );
  return rows[0];
}

export async function listApiKeys(db: Queryable): Promise<ApiKey[]> {
  return (await db.query<ApiKey>(`SELECT ${columns} FROM api_keys ORDER BY created_at, id`)).rows;
}
