import { createHash } from 'node:crypto';
import type { Queryable } from '../db/client.ts';
import { findValidKey } from '../db/queries/api-keys.ts';
import type { Principal, Role } from './contract.ts';

// A revoked key works for so long at most; the database is asked once in that time.
const trustedForMs = 5_000;
const knownMaximum = 10_000;

/** Gives who holds the key of an Authorization header, or undefined. Only hashes are kept, here as in the database. */
export function createAuthenticate(database: Queryable): (authorization: string | undefined) => Promise<Principal | undefined> {
  const known = new Map<string, { principal: Principal; untilMs: number }>();
  return async (authorization) => {
    const key = /^Bearer (tl_[\w-]{1,250})$/i.exec(authorization ?? '')?.[1];
    if (!key) return undefined;
    const hash = createHash('sha256').update(key).digest();
    const name = hash.toString('base64');
    const cached = known.get(name);
    if (cached && cached.untilMs > Date.now()) return cached.principal;
    known.delete(name);
    const found = await findValidKey(database, hash);
    if (!found) return undefined;
    const principal: Principal = {
      keyId: found.id,
      actor: { name: found.name, verified: true },
      // A customer's program does what its people do, and looks after none of them.
      roles: found.customerId === null ? (found.roles as Role[]) : ['customer', 'buyer', 'payer'],
      customerId: found.customerId ?? undefined,
    };
    if (known.size >= knownMaximum) known.clear();
    known.set(name, { principal, untilMs: Date.now() + trustedForMs });
    return principal;
  };
}
