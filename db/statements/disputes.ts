import type { LineCorrection } from '../../domain/correction.ts';
import type { DisputeStatus } from '../../domain/dispute.ts';
import { Refusal } from '../../domain/failures.ts';
import { formatMoney } from '../../domain/money.ts';
import { localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { type Actor, record } from './audit.ts';
import { readCompany } from './company.ts';
import { type LockedInvoice, lockBilled } from './corrections.ts';
import { judgeHold, overdueItems, putOnHold, saveBuckets } from './credit.ts';
import { resumeDunning } from './dunning.ts';
import { tell } from './notices.ts';
import { finishTasks } from './tasks.ts';

/* Disputes change under the lock of their invoice's order. */

export interface DisputeRow {
  id: string;
  invoiceId: string;
  status: DisputeStatus;
  reason: string;
  disputedMinor: number;
  claims: LineCorrection[];
}

/** Locks a live dispute with all that its end may change. With a customer, only if it is theirs. */
export async function lockDispute(
  tx: Transaction,
  disputeId: string,
  customerId?: string,
): Promise<{ dispute: DisputeRow; locked: LockedInvoice }> {
  const read = () =>
    tx.query<DisputeRow>(
      `SELECT id, invoice_id AS "invoiceId", status, reason, disputed_minor AS "disputedMinor",
         (SELECT jsonb_agg(claim ORDER BY line_number) FROM dispute_lines WHERE dispute_id = d.id) AS claims
       FROM disputes d WHERE id = $1 AND ($2::text IS NULL OR customer_id = $2)`,
      [disputeId, customerId],
    );
  const { rows } = await read();
  if (!rows[0]) throw new Refusal(404, 'unknown-dispute', `There is no dispute ${disputeId}.`);
  const locked = await lockBilled(tx, rows[0].invoiceId);
  const dispute = only(await read());
  if (dispute.status !== 'open') throw new Refusal(409, 'dispute-state', `${disputeId} is ${dispute.status} already.`);
  return { dispute, locked };
}

/**
 * Ends a dispute, in the transaction of what ended it. What is still open is asked for again: its dunning resumes at the level it
 * had, with what was skipped caught up, the hold counts it, and whoever holds the receivable is told (A5).
 */
export async function endDispute(
  tx: Transaction,
  { dispute, locked }: { dispute: DisputeRow; locked: LockedInvoice },
  end: { status: Exclude<DisputeStatus, 'open'>; resolution: string; actor: Actor; at: string },
): Promise<{ disputeId: string; status: Exclude<DisputeStatus, 'open'>; onHold: boolean }> {
  const { status, resolution, actor, at } = end;
  const { id: disputeId, disputedMinor } = dispute;
  const { id: invoiceId, customerId, orderId, shipmentId, currency } = locked.billed;
  const { account } = locked.receivables;
  await tx.query(
    `WITH ended AS (
       UPDATE disputes SET status = $2, resolution = $3, resolved_by = $4, resolved_at = $5 WHERE id = $1),
     lines AS (UPDATE dispute_lines SET live = false WHERE dispute_id = $1)
     UPDATE invoices SET disputed_minor = disputed_minor - $6 WHERE id = $7`,
    [disputeId, status, resolution, actor.name, at, disputedMinor, invoiceId],
  );
  const done = { status: 'completed', by: actor.name, outcome: { decision: status, reason: resolution }, at } as const;
  await finishTasks(tx, { keys: [`${disputeId}:dispute`] }, done);
  // What was proposed for it is proposed no more.
  const proposed = await tx.query<{ id: string }>(
    `UPDATE corrections SET status = 'refused', decided_by = $2, decided_at = $3 WHERE dispute_id = $1 AND status = 'proposed' RETURNING id`,
    [disputeId, actor.name, at],
  );
  for (const { id } of proposed.rows) await finishTasks(tx, { keys: [`${id}:approval`] }, { ...done, status: 'cancelled' });

  const { timeZone } = await readCompany(tx);
  await resumeDunning(tx, invoiceId, { cause: disputeId, timeZone, at });
  const overdue = await overdueItems(tx, customerId, localDate(at, timeZone));
  const { overdueMinor, isAboveMinimum, policyVersion, policyRate } = await judgeHold(
    tx,
    currency,
    overdue,
    localDate(at, timeZone),
  );
  if (account.onHoldSince === null && isAboveMinimum) {
    await putOnHold(tx, account, at);
    await saveBuckets(tx, account);
    await record(tx, {
      at,
      actor,
      action: 'put-on-hold',
      summary: `${formatMoney({ currency, amountMinor: overdueMinor })} is overdue and disputed no more: the account is on hold`,
      policyVersion,
      customerId,
      ...(policyRate && { after: { policyRate } }),
    });
  }
  await record(tx, {
    at,
    actor,
    action: `dispute-${status}`,
    summary: `${disputeId}: ${formatMoney({ currency, amountMinor: disputedMinor })} ${status}`,
    reason: resolution,
    customerId,
    orderId,
    shipmentId,
    invoiceId,
    before: { status: 'open' },
    after: { disputeId, status },
  });
  await tellOfDispute(tx, locked, { disputeId, disputeStatus: status, disputedMinor, reason: resolution }, at);
  return { disputeId, status, onHold: account.onHoldSince !== null };
}

/** Ends a dispute with the correction that was issued for it. */
export async function upholdDispute(
  tx: Transaction,
  disputeId: string,
  {
    creditedMinor,
    kind,
    note,
    actor,
    at,
  }: { creditedMinor: number; kind: string; note?: string | undefined; actor: Actor; at: string },
) {
  const held = await lockDispute(tx, disputeId);
  // A revised invoice says itself what is owed instead.
  const status = kind === 'credit' && creditedMinor < held.dispute.disputedMinor ? 'partly-upheld' : 'upheld';
  return endDispute(tx, held, { status, resolution: note ?? held.dispute.reason, actor, at });
}

export async function tellOfDispute(
  tx: Transaction,
  { billed: { id: invoiceId, customerId, orderId, currency } }: LockedInvoice,
  facts: { disputeId: string; disputeStatus: DisputeStatus; disputedMinor: number; reason?: string; dueAt?: string },
  at: string,
): Promise<void> {
  await tell(tx, {
    key: `${facts.disputeId}:${facts.disputeStatus}`,
    kind: 'dispute',
    customerId,
    orderId,
    invoiceId,
    facts: { ...facts, invoiceId, currency },
    at,
  });
}
