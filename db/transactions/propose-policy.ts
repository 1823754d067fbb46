import { Refusal } from '../../domain/failures.ts';
import { loosensFourEyes } from '../../domain/four-eyes.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { mayDecide } from '../statements/four-eyes.ts';
import { finishTasks, openTask } from '../statements/tasks.ts';
import { type PolicyDraft, savePolicy } from './save-policy.ts';

interface By {
  actor: Actor;
  at: string;
}

/**
 * Brings the next version of a policy into force, or proposes it to a second person when it would let one person do what took two (X3):
 * whoever is bound by four eyes must not be able to put them off alone.
 */
export async function saveOrProposePolicy(
  tx: Transaction,
  { policy, reason, actor, at }: By & { policy: PolicyDraft; reason?: string | undefined },
): Promise<{ name: string; version: number } | { name: string; proposalId: string; loosens: string[] }> {
  const { name } = policy;
  const { rows } = await tx.query<{ version: number; body: Record<string, unknown> }>(
    'SELECT version, body FROM policies WHERE name = $1 ORDER BY version DESC LIMIT 1',
    [name],
  );
  const inForce = rows[0];
  const loosens = inForce ? loosensFourEyes(name, inForce.body, { ...policy }) : [];
  if (!inForce || loosens.length === 0) return savePolicy(tx, { policy, reason, actor, at });
  const { rows: proposed } = await tx.query<{ id: string }>(
    `INSERT INTO policy_proposals (name, based_on, body, loosens, reason, proposed_by, proposed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [name, inForce.version, JSON.stringify(policy), loosens, reason, actor.name, at],
  );
  const proposalId = proposed[0]!.id;
  await record(tx, {
    at,
    actor,
    action: 'policy-proposed',
    summary: `${proposalId}: another ${name} policy is proposed, looser in ${loosens.join(', ')}; a second person must agree`,
    reason,
    policyVersion: `${name} v${inForce.version}`,
    after: { ...policy },
  });
  await openTask(tx, {
    key: `${proposalId}:decision`,
    kind: 'policy-approval',
    role: 'finance',
    title: `Decide whether the ${name} policy that ${actor.name} proposes comes into force: it is looser in ${loosens.join(', ')}`,
    details: { proposalId, name, loosens, reason, proposedBy: actor.name },
    at,
  });
  return { name, proposalId, loosens };
}

/** Brings a proposed version into force, by another person than who proposed it, or turns it down; who proposed it may take it back. */
export async function decidePolicyProposal(
  tx: Transaction,
  { id, decision, reason, actor, at }: By & { id: string; decision: 'approve' | 'reject'; reason: string },
): Promise<{ id: string; name: string; version: number | null }> {
  const { rows } = await tx.query<{
    id: string;
    name: string;
    basedOn: number;
    body: PolicyDraft;
    reason: string | null;
    status: string;
    proposedBy: string;
    inForce: number;
  }>(
    `SELECT id, name, based_on AS "basedOn", body, reason, status, proposed_by AS "proposedBy",
       (SELECT max(version) FROM policies p WHERE p.name = policy_proposals.name) AS "inForce"
     FROM policy_proposals WHERE id = $1 FOR UPDATE`,
    [id],
  );
  const [proposal] = rows;
  if (!proposal) throw new Refusal(404, 'unknown-policy-proposal', `There is no proposed policy ${id}.`);
  mayDecide(proposal, decision, actor);
  const { name, basedOn, inForce, body, proposedBy } = proposal;
  if (decision === 'approve' && inForce !== basedOn) {
    const detail = `${id} was made from version ${basedOn} of the ${name} policy, and version ${inForce} is in force: propose it anew.`;
    throw new Refusal(409, 'policy-has-changed', detail);
  }
  const saved =
    decision === 'approve'
      ? await savePolicy(tx, {
          policy: body,
          reason: proposal.reason ?? undefined,
          approvedBy: actor.name,
          actor: { name: proposedBy, verified: true },
          at,
        })
      : undefined;
  await tx.query('UPDATE policy_proposals SET status = $2, decided_by = $3, decided_at = $4 WHERE id = $1', [
    id,
    decision === 'approve' ? 'approved' : 'rejected',
    actor.name,
    at,
  ]);
  await record(tx, {
    at,
    actor,
    action: decision === 'approve' ? 'policy-approved' : 'policy-rejected',
    summary: `${id}, the ${name} policy that ${proposedBy} proposed, is ${saved ? `version ${saved.version} now` : 'turned down'}`,
    reason,
    policyVersion: `${name} v${saved?.version ?? inForce}`,
    after: { id },
  });
  await finishTasks(tx, { keys: [`${id}:decision`] }, { status: 'completed', by: actor.name, outcome: { decision, reason }, at });
  return { id, name, version: saved?.version ?? null };
}
