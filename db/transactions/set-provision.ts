import { Refusal } from '../../domain/failures.ts';
import { only, type Transaction } from '../client.ts';
import { customerExists } from '../queries/customers.ts';
import { readSpecificProvision, type SpecificProvision } from '../queries/reviews.ts';
import { type Actor, record } from '../statements/audit.ts';
import { lockAccount } from '../statements/credit.ts';

interface SetProvisionInput {
  customerId: string;
  /** Absent: all of the customer. */
  invoiceId?: string | undefined;
  rate: string;
  reason: string;
  actor: Actor;
  at: string;
}

/** Sets a loss rate by hand for an item or for all of a customer, from the next review on (P7); it replaces the one before. */
export async function setProvision(tx: Transaction, input: SetProvisionInput): Promise<SpecificProvision> {
  const { customerId, invoiceId, rate, reason, actor, at } = input;
  if (!(await customerExists(tx, customerId))) {
    throw new Refusal(422, 'invalid-provision', 'The rate cannot be set.', {
      faults: [{ path: '/customerId', code: 'unknown-customer', detail: `There is no customer ${customerId}.` }],
    });
  }
  const known = await tx.query('SELECT 1 FROM invoices WHERE id = $1 AND customer_id = $2', [invoiceId, customerId]);
  if (invoiceId && known.rows.length === 0) {
    throw new Refusal(422, 'invalid-provision', 'The rate cannot be set.', {
      faults: [{ path: '/invoiceId', code: 'unknown-invoice', detail: `${customerId} has no invoice ${invoiceId}.` }],
    });
  }
  // Two people who set one for the same customer go one by one.
  await lockAccount(tx, customerId);
  const before = await tx.query<{ rate: string }>(
    `UPDATE specific_provisions SET ended_by = $3, ended_at = $4
     WHERE customer_id = $1 AND invoice_id IS NOT DISTINCT FROM $2 AND ended_at IS NULL RETURNING rate`,
    [customerId, invoiceId, actor.name, at],
  );
  const { id } = only(
    await tx.query<{ id: string }>(
      `INSERT INTO specific_provisions (customer_id, invoice_id, rate, reason, actor, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
      [customerId, invoiceId, rate, reason, actor.name, at],
    ),
  );
  await record(tx, {
    at,
    actor,
    action: 'provision-set',
    summary: `${id}: ${Number(rate) * 100} % of ${invoiceId ?? `all of ${customerId}`} is expected to be lost`,
    reason,
    customerId,
    invoiceId,
    before: before.rows[0],
    after: { id, rate },
  });
  return (await readSpecificProvision(tx, id))!;
}

/** Leaves the item or customer to the matrix again. */
export async function endProvision(
  tx: Transaction,
  { id, reason, actor, at }: { id: string; reason: string; actor: Actor; at: string },
): Promise<SpecificProvision> {
  const ended = await tx.query<{ customerId: string; invoiceId: string | null }>(
    `UPDATE specific_provisions SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL
     RETURNING customer_id AS "customerId", invoice_id AS "invoiceId"`,
    [id, actor.name, at],
  );
  const found = await readSpecificProvision(tx, id);
  if (!found) throw new Refusal(404, 'unknown-provision', `There is no specific provision ${id}.`);
  if (!ended.rows[0]) throw new Refusal(409, 'provision-state', `${id} has ended already.`);
  await record(tx, {
    at,
    actor,
    action: 'provision-ended',
    summary: `${id} has ended: the matrix counts again`,
    reason,
    customerId: found.customerId,
    invoiceId: found.invoiceId ?? undefined,
    after: { id },
  });
  return found;
}
