import type { BadDebtPolicy } from '../../domain/bad-debt.ts';
import type { CarrierTargets } from '../../domain/carrier-performance.ts';
import type { CollectionsPolicy } from '../../domain/collections.ts';
import type { CorrectionPolicy } from '../../domain/correction.ts';
import type { CreditPolicy } from '../../domain/credit.ts';
import type { DunningPolicy } from '../../domain/dunning.ts';
import type { FulfilmentPolicy } from '../../domain/fulfilment.ts';
import type { Queryable } from '../client.ts';

export interface PolicyVersion {
  name:
    | 'bad-debt'
    | 'collections'
    | 'credit'
    | DunningPolicy['name']
    | 'fulfilment'
    | 'invoicing'
    | 'corrections'
    | 'documentation'
    | 'carrier-targets';
  version: number;
  body: BadDebtPolicy | CollectionsPolicy | CreditPolicy | DunningPolicy | FulfilmentPolicy | CorrectionPolicy | CarrierTargets;
  at: string;
  actor: string;
  reason: string | null;
}

/** Every version of every policy, the one in force first. */
export async function listPolicies(db: Queryable): Promise<PolicyVersion[]> {
  const { rows } = await db.query<PolicyVersion>(
    `SELECT name, version, body - 'reason' AS body, at, actor, body ->> 'reason' AS reason FROM policies ORDER BY name, version DESC`,
  );
  return rows;
}

/** One version of a policy, as it was saved. */
export async function readPolicyVersion<Policy>(db: Queryable, name: string, version: number): Promise<Policy | undefined> {
  const { rows } = await db.query<{ body: Policy }>('SELECT body FROM policies WHERE name = $1 AND version = $2', [
    name,
    version,
  ]);
  return rows[0]?.body;
}
