import type { Transaction } from '../client.ts';

/** Who acts. An unverified actor came in past the API: through the Temporal UI or CLI. */
export interface Actor {
  name: string;
  verified: boolean;
}

export const system: Actor = { name: 'system', verified: true };

/** Whether audit rows name one of our own programs or a machine that we talk to so: no person and no key is given such a name. */
export const isReservedName = (name: string): boolean => reservedNames.test(name);
export const reservedNames = /^(system|temporal|gateway|link-holder)$|^(carrier|temporal):/i;

export interface AuditEntry {
  at: string;
  actor: Actor;
  /** What happened, as the field calls it: 'credit-approved', 'goods-issued'. */
  action: string;
  /** One sentence for the timeline. */
  summary: string;
  reason?: string | undefined;
  /** Name and version of the policy that decided: 'credit v1'. */
  policyVersion?: string | undefined;
  customerId?: string | undefined;
  orderId?: string | undefined;
  shipmentId?: string | undefined;
  invoiceId?: string | undefined;
  before?: unknown;
  after?: unknown;
}

/** Writes one row of the audit log, in the transaction of the change it tells of. */
export async function record(tx: Transaction, entry: AuditEntry): Promise<void> {
  await tx.query(
    `INSERT INTO audit_log (at, actor, actor_verified, action, summary, reason, policy_version,
                            customer_id, order_id, shipment_id, invoice_id, before, after)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      entry.at,
      entry.actor.name,
      entry.actor.verified,
      entry.action,
      entry.summary,
      entry.reason,
      entry.policyVersion,
      entry.customerId,
      entry.orderId,
      entry.shipmentId,
      entry.invoiceId,
      entry.before === undefined ? null : JSON.stringify(entry.before),
      entry.after === undefined ? null : JSON.stringify(entry.after),
    ],
  );
}

/** Writes a row for each of many changes that came together, in their order and in one statement. */
export async function recordAll(
  tx: Transaction,
  shared: Pick<AuditEntry, 'at' | 'actor' | 'reason'>,
  entries: Pick<AuditEntry, 'action' | 'summary' | 'customerId' | 'orderId' | 'invoiceId' | 'before' | 'after'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await tx.query(
    `INSERT INTO audit_log (at, actor, actor_verified, reason, action, summary, customer_id, before, after, order_id, invoice_id)
     SELECT $1, $2, $3, $4, * FROM unnest($5::text[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[], $10::text[], $11::text[])`,
    [
      shared.at,
      shared.actor.name,
      shared.actor.verified,
      shared.reason,
      entries.map((entry) => entry.action),
      entries.map((entry) => entry.summary),
      entries.map((entry) => entry.customerId ?? null),
      entries.map((entry) => (entry.before === undefined ? null : JSON.stringify(entry.before))),
      entries.map((entry) => (entry.after === undefined ? null : JSON.stringify(entry.after))),
      entries.map((entry) => entry.orderId ?? null),
      entries.map((entry) => entry.invoiceId ?? null),
    ],
  );
}
