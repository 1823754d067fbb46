import type { Transaction } from '../client.ts';

/** Who acts. An unverified actor came in past the API: through the Temporal UI or CLI. */
export interface Actor {
  name: string;
  verified: boolean;
}

export const system: Actor = { name: 'system', verified: true };

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
