import { assignPolicy, type DrawnFrom, type DunningPolicy, type PolicyAssignment, policyName } from '../../domain/dunning.ts';
import { type Fault, Refusal } from '../../domain/failures.ts';
import { only, type Queryable } from '../client.ts';
import { readPolicy } from './company.ts';

/** The policy, as it was then, that an item's plan was drawn up from. */
export const policyOf = (db: Queryable, { policy, policyVersion }: DrawnFrom): Promise<DunningPolicy> =>
  readPolicy(db, policyName(policy), policyVersion);

export interface AssignedPolicy {
  policy: DunningPolicy;
  assignedBy: PolicyAssignment;
}

const assignments = `(SELECT s.dunning_policy FROM segment_dunning_policies s WHERE s.segment = c.segment) AS segment,
  c.dunning_policy AS customer FROM customers c`;

/** The policy in force for what is issued to a customer now: by the order over the customer over its segment over the company's (P4). */
export async function assignedPolicy(db: Queryable, customerId: string, orderId?: string): Promise<AssignedPolicy> {
  const codes = only(
    await db.query<Parameters<typeof assignPolicy>[0]>(
      `SELECT (SELECT original_document ->> 'dunningPolicy' FROM orders WHERE id = $2) AS invoice, ${assignments} WHERE c.id = $1`,
      [customerId, orderId],
    ),
  );
  const { code, assignedBy } = assignPolicy(codes);
  return { policy: await readPolicy(db, policyName(code)), assignedBy };
}

/** The same for many customers and for items that no order names a policy for. */
export async function assignedPolicies(db: Queryable, customerIds: readonly string[]): Promise<Map<string, AssignedPolicy>> {
  const { rows } = await db.query<{ id: string; customer: string | null; segment: string | null }>(
    `SELECT c.id, ${assignments} WHERE c.id = ANY ($1)`,
    [customerIds],
  );
  const policies = new Map<string | undefined, DunningPolicy>();
  const found = new Map<string, AssignedPolicy>();
  for (const { id, customer, segment } of rows) {
    const { code, assignedBy } = assignPolicy({ invoice: null, customer, segment });
    const policy = policies.get(code) ?? (await readPolicy(db, policyName(code)));
    policies.set(code, policy);
    found.set(id, { policy, assignedBy });
  }
  return found;
}

/** Those of the codes that no policy has. */
export async function unknownPolicies(db: Queryable, codes: readonly (string | null | undefined)[]): Promise<string[]> {
  const asked = [...new Set(codes.filter((code) => typeof code === 'string'))];
  if (asked.length === 0) return [];
  const { rows } = await db.query<{ name: string }>('SELECT DISTINCT name FROM policies WHERE name = ANY ($1)', [
    asked.map(policyName),
  ]);
  return asked.filter((code) => !rows.some(({ name }) => name === policyName(code)));
}

export const unknownPolicyFault = (path: string, code: string): Fault => ({
  path,
  code: 'unknown-dunning-policy',
  detail: `There is no dunning policy ${code}.`,
});

/** Refuses a code that no policy has. */
export async function checkPolicyCode(db: Queryable, code: string | null | undefined): Promise<void> {
  const [unknown] = await unknownPolicies(db, [code]);
  if (unknown === undefined) return;
  throw new Refusal(422, 'unknown-dunning-policy', `There is no dunning policy ${unknown}.`, {
    faults: [unknownPolicyFault('/dunningPolicy', unknown)],
  });
}
