import { type BadDebtPolicy, defaultBadDebtPolicy } from '../../domain/bad-debt.ts';
import type { CarrierTargets } from '../../domain/carrier-performance.ts';
import type { CashPolicy } from '../../domain/cash-matching.ts';
import { type CollectionsPolicy, defaultCollectionsPolicy } from '../../domain/collections.ts';
import { type CorrectionPolicy, defaultCorrectionPolicy } from '../../domain/correction.ts';
import { type CreditPolicy, defaultCreditPolicy } from '../../domain/credit.ts';
import { type DocumentationPolicy, defaultDocumentationPolicy } from '../../domain/documentation.ts';
import { type CompanyDunningPolicy, type DunningPolicy, defaultDunningPolicy } from '../../domain/dunning.ts';
import { defaultFulfilmentPolicy, type FulfilmentPolicy } from '../../domain/fulfilment.ts';
import type { InvoicingPolicy } from '../../domain/invoice.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';

/** A policy before it has its number. */
export type PolicyDraft =
  | Omit<BadDebtPolicy, 'version'>
  | Omit<CollectionsPolicy, 'version'>
  | Omit<CreditPolicy, 'version'>
  | Omit<CompanyDunningPolicy, 'version'>
  | Omit<DunningPolicy, 'version'>
  | Omit<FulfilmentPolicy, 'version'>
  | Omit<CashPolicy, 'version'>
  | Omit<InvoicingPolicy, 'version'>
  | Omit<CorrectionPolicy, 'version'>
  | Omit<DocumentationPolicy, 'version'>
  | ({ name: 'carrier-targets' } & CarrierTargets);

/** What a company begins with. */
export const defaultPolicies = [
  defaultCreditPolicy,
  defaultDunningPolicy,
  defaultFulfilmentPolicy,
  defaultCollectionsPolicy,
  defaultBadDebtPolicy,
  defaultCorrectionPolicy,
  defaultDocumentationPolicy,
];

/**
 * Brings the next version of a policy into force. Earlier versions stay, because decisions name them, and open invoices
 * keep the plan that they were issued with. Two people at once: the second meets the unique version and is refused.
 */
export async function savePolicy(
  tx: Transaction,
  {
    policy,
    reason,
    approvedBy,
    actor,
    at,
  }: {
    policy: PolicyDraft;
    reason?: string | undefined;
    /** The second person, where it takes two. */
    approvedBy?: string;
    actor: Actor;
    at: string;
  },
): Promise<{ name: string; version: number }> {
  const { name } = policy;
  const { rows } = await tx.query<{ version: number }>(
    'SELECT coalesce(max(version), 0) + 1 AS version FROM policies WHERE name = $1',
    [name],
  );
  const version = rows[0]!.version;
  const body = { ...policy, version };
  await tx.query('INSERT INTO policies (name, version, body, at, actor, approved_by) VALUES ($1, $2, $3, $4, $5, $6)', [
    name,
    version,
    // Policies are only ever added to, so why one was saved is part of its version.
    JSON.stringify(reason === undefined ? body : { ...body, reason }),
    at,
    actor.name,
    approvedBy,
  ]);
  await record(tx, {
    at,
    actor,
    action: 'policy-changed',
    summary: `The ${name} policy is version ${version} now`,
    reason,
    policyVersion: `${name} v${version}`,
    after: body,
  });
  return { name, version };
}
