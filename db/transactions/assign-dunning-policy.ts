import { planReassigned, policyLabel, policyName } from '../../domain/dunning.ts';
import { Refusal } from '../../domain/failures.ts';
import { scheduleOf } from '../../domain/instalments.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { lockReceivables } from '../statements/cash-application.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { checkPolicyCode } from '../statements/dunning-policies.ts';
import { enqueue } from '../statements/outbox.ts';

/** Gives a segment its dunning policy, for invoices issued from now on; null takes it off (P4). */
export async function assignToSegment(
  tx: Transaction,
  { segment, dunningPolicy, actor, at }: { segment: string; dunningPolicy: string | null; actor: Actor; at: string },
): Promise<void> {
  await checkPolicyCode(tx, dunningPolicy);
  const { rows } = await tx.query<{ before: string | null }>(
    'SELECT dunning_policy AS before FROM segment_dunning_policies WHERE segment = $1 FOR UPDATE',
    [segment],
  );
  const before = rows[0]?.before ?? null;
  if (before === dunningPolicy) return;
  await tx.query(
    `INSERT INTO segment_dunning_policies (segment, dunning_policy, actor, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (segment) DO UPDATE SET dunning_policy = excluded.dunning_policy, actor = excluded.actor, at = excluded.at`,
    [segment, dunningPolicy, actor.name, at],
  );
  await record(tx, {
    at,
    actor,
    action: 'dunning-policy-assigned',
    summary: `Segment ${segment}: dunned by ${dunningPolicy ?? 'the company’s own policy'} from now on`,
    before: { segment, dunningPolicy: before },
    after: { segment, dunningPolicy },
  });
}

/**
 * Gives one open item the newest version of another policy, by a person's word (P4): null is the company's own. What has been done of its
 * plan stays, the rest is drawn up anew, and whoever walks it is told.
 */
export async function assignToInvoice(
  tx: Transaction,
  {
    invoiceId,
    dunningPolicy,
    reason,
    actor,
    at,
  }: { invoiceId: string; dunningPolicy: string | null; reason: string; actor: Actor; at: string },
): Promise<void> {
  const { rows } = await tx.query<{ customerId: string }>('SELECT customer_id AS "customerId" FROM invoices WHERE id = $1', [
    invoiceId,
  ]);
  if (!rows[0]) throw new Refusal(404, 'unknown-invoice', `There is no invoice ${invoiceId}.`);
  await checkPolicyCode(tx, dunningPolicy);
  const { customerId } = rows[0];
  const { items } = await lockReceivables(tx, customerId);
  const item = items.find(({ id }) => id === invoiceId);
  if (!item) throw new Refusal(409, 'nothing-open', `${invoiceId} is settled: nothing of it is asked for.`);
  const [{ timeZone }, policy] = [await readCompany(tx), await readPolicy(tx, policyName(dunningPolicy ?? undefined))];
  const { taken, changes } = only(
    await tx.query<{ taken: string[]; changes: number }>(
      `SELECT ARRAY(SELECT step FROM steps WHERE subject = $1 AND outcome ->> 'outcome' NOT IN ('disputed', 'paused')) AS taken,
         (SELECT count(*)::int FROM audit_log WHERE invoice_id = $1 AND action = 'dunning-policy-assigned') AS changes`,
      [invoiceId],
    ),
  );
  const plan = planReassigned(
    item.plan,
    {
      policy,
      assignedBy: 'invoice',
      invoiceId,
      issuedOn: item.issuedOn,
      timeZone,
      schedule: scheduleOf(item),
      taken,
      level: item.dunningLevel,
      lastNoticeOn: item.lastNoticeOn,
      cause: `policy-${changes + 1}`,
    },
    at,
  );
  const next = plan.steps.find(({ step }) => !taken.includes(step));
  await tx.query('UPDATE invoices SET plan = $2, next_step_at = $3 WHERE id = $1', [invoiceId, JSON.stringify(plan), next?.at]);
  await record(tx, {
    at,
    actor,
    action: 'dunning-policy-assigned',
    summary: `${invoiceId} is dunned by ${policyLabel(plan)} from now on, not by ${policyLabel(item.plan)}`,
    reason,
    policyVersion: policyLabel(plan),
    customerId,
    orderId: item.orderId ?? undefined,
    invoiceId,
    before: item.plan,
    after: plan,
  });
  await enqueue(tx, {
    kind: 'signal',
    workflowId: item.holderWorkflowId,
    hint: { signal: 'receivableChanged', invoiceId },
    cause: `${invoiceId}:policy-${changes + 1}`,
  });
}

/** Announces a base rate from a day on: once, because interest may have been counted by it. */
export async function announceBaseRate(
  tx: Transaction,
  { validFrom, annualRate, actor, at }: { validFrom: string; annualRate: string; actor: Actor; at: string },
): Promise<void> {
  const { rows } = await tx.query<{ annualRate: string }>(
    `INSERT INTO base_rates (valid_from, annual_rate, actor, at) VALUES ($1, $2, $3, $4) ON CONFLICT (valid_from) DO NOTHING
     RETURNING annual_rate AS "annualRate"`,
    [validFrom, annualRate, actor.name, at],
  );
  if (!rows[0]) {
    throw new Refusal(409, 'base-rate-announced', `There is a base rate from ${validFrom} already; it stays as it is.`);
  }
  await record(tx, {
    at,
    actor,
    action: 'base-rate-announced',
    summary: `The base rate is ${annualRate} from ${validFrom}`,
    after: { validFrom, annualRate },
  });
}
