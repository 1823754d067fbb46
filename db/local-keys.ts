import { createHmac } from 'node:crypto';
import pg from 'pg';
import { hashKey } from './transactions/create-api-key.ts';

/** Names are people in the audit trail. Where four eyes are needed, the local company has a second person. */
const localPeople: Record<string, string> = {
  admin: 'admin',
  sales: 'sales',
  credit: 'credit',
  'credit-2': 'credit',
  warehouse: 'warehouse',
  shipping: 'shipping',
  receivables: 'receivables',
  finance: 'finance',
  'finance-2': 'finance',
};

/**
 * The keys of the local stack, by name: the same at every start, because they are derived from the secret in the stack's
 * data directory. Call it only for a stack on this machine; anywhere else an administrator makes keys through the API.
 */
export async function ensureLocalKeys(databaseUrl: string, secret: string): Promise<Record<string, string>> {
  const keys = Object.keys(localPeople).map((name) => {
    const key = `tl_local-${name}_${createHmac('sha256', secret).update(name).digest('hex')}`;
    return { id: `local-${name}`, name, key };
  });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const { id, name, key } of keys) {
      await client.query(
        `INSERT INTO api_keys (id, key_hash, name, roles) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET key_hash = excluded.key_hash`,
        [id, hashKey(key), name, [localPeople[name]]],
      );
    }
  } finally {
    await client.end();
  }
  return Object.fromEntries(keys.map(({ name, key }) => [name, key]));
}
