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
  /** The second person, where it took two. */
  approvedBy: string | null;
}

/** A version that waits for a second person, because it is looser about four eyes. */
export interface PolicyProposal {
  id: string;
  name: string;
  basedOn: number;
  body: object;
  loosens: string[];
  reason: string | null;
  status: 'proposed';
  proposedBy: string;
  proposedAt: string;
}

/** Those that wait, in the order in which they were proposed. */
export async function listPolicyProposals(db: Queryable): Promise<PolicyProposal[]> {
  const { rows } = await db.query<PolicyProposal>(
    `SELECT id, name, based_on AS "basedOn", body, loosens, reason, status, proposed_by AS "proposedBy", proposed_at AS "proposedAt"
     FROM policy_proposals WHERE status = 'proposed' ORDER BY proposed_at, id`,
  );
  return rows;
}

/** Every version of every policy, the one in force first. */
export async function listPolicies(db: Queryable): Promise<PolicyVersion[]> {
  const { rows } = await db.query<PolicyVersion>(
    `SELECT name, version, body - 'reason' AS body, at, actor, body ->> 'reason' AS reason, approved_by AS "approvedBy"
     FROM policies ORDER BY name, version DESC`,
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
