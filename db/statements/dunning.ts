import { planResumed, undisputedMinor } from '../../domain/dunning.ts';
import { only, type Transaction } from '../client.ts';
import { policyOf } from './dunning-policies.ts';
import { enqueue } from './outbox.ts';

/** Why letters leave an item in peace for now, by item: a promise to pay (P6), or a person's word. The account is locked. */
export async function pausedItems(tx: Transaction, invoiceIds: readonly string[]): Promise<Map<string, 'promise' | 'hold-off'>> {
  const { rows } = await tx.query<{ invoiceId: string; by: 'promise' | 'hold-off' }>(
    `SELECT invoice_id AS "invoiceId", 'hold-off' AS by FROM hold_offs WHERE invoice_id = ANY ($1) AND ended_at IS NULL
     UNION ALL SELECT invoice_id, 'promise' FROM promise_items WHERE invoice_id = ANY ($1) AND live`,
    [invoiceIds],
  );
  return new Map(rows.map(({ invoiceId, by }) => [invoiceId, by]));
}

/**
 * Goes on asking for an item after what kept letters back has ended (A5, P6): at the level it had, with what was skipped caught up, and
 * whoever walks its plan is told. An item that owes nothing, or that lost no step, is left as it is.
 */
export async function resumeDunning(
  tx: Transaction,
  invoiceId: string,
  { cause, timeZone, at }: { cause: string; timeZone: string; at: string },
): Promise<void> {
  const item = only(
    await tx.query<ResumableItem>(
      `SELECT open_minor AS "openMinor", disputed_minor AS "disputedMinor", last_notice_on AS "lastNoticeOn",
         holder_workflow_id AS "holderWorkflowId", plan,
         (SELECT jsonb_agg(jsonb_build_object('number', number, 'dueOn', due_on) ORDER BY number)
            FROM scheduled_instalments WHERE invoice_id = i.id) AS schedule,
         ARRAY(SELECT step FROM steps WHERE subject = i.id AND outcome ->> 'outcome' IN ('disputed', 'paused')) AS skipped
       FROM invoices i WHERE id = $1`,
      [invoiceId],
    ),
  );
  if (undisputedMinor(item) === 0) return;
  const policy = await policyOf(tx, item.plan);
  const plan = planResumed(item.plan, { ...item, policy, invoiceId, timeZone, cause }, at);
  if (plan === item.plan) return;
  const { rows } = await tx.query<{ taken: string }>('SELECT step AS taken FROM steps WHERE subject = $1', [invoiceId]);
  const next = plan.steps.find(({ step }) => !rows.some(({ taken }) => taken === step));
  await tx.query('UPDATE invoices SET plan = $2, next_step_at = $3 WHERE id = $1', [invoiceId, JSON.stringify(plan), next?.at]);
  await enqueue(tx, {
    kind: 'signal',
    workflowId: item.holderWorkflowId,
    hint: { signal: 'receivableChanged', invoiceId },
    // A promise that was kept by money that was taken back ends a second time.
    cause: `${cause}:${at}`,
  });
}

interface ResumableItem {
  openMinor: number;
  disputedMinor: number;
  schedule: { number: number; dueOn: string }[];
  lastNoticeOn: string | null;
  holderWorkflowId: string;
  plan: Parameters<typeof planResumed>[0];
  skipped: string[];
}
