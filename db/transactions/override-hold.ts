import { holdOverrideFaults } from '../../domain/collections.ts';
import { Refusal } from '../../domain/failures.ts';
import { formatMoney } from '../../domain/money.ts';
import { endOfBusinessDay, type IsoDate, localDate } from '../../domain/time.ts';
import { only, type Transaction } from '../client.ts';
import { customerExists } from '../queries/customers.ts';
import { type HoldOverride, readHoldOverride } from '../queries/hold-overrides.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { lockAccount, overdueItems, wakeWaitingOrders } from '../statements/credit.ts';
import { mayDecide } from '../statements/four-eyes.ts';
import { finishTasks, openTask } from '../statements/tasks.ts';

interface Decided {
  id: string;
  reason?: string | undefined;
  actor: Actor;
  at: string;
}

/** Proposes that a customer's orders pass its hold through a day; nothing passes before a second person agrees (P3, C6). */
export async function proposeHoldOverride(
  tx: Transaction,
  {
    customerId,
    throughOn,
    reason,
    actor,
    at,
  }: { customerId: string; throughOn: IsoDate; reason: string; actor: Actor; at: string },
): Promise<HoldOverride> {
  if (!(await customerExists(tx, customerId))) {
    throw new Refusal(404, 'unknown-customer', `There is no customer ${customerId}.`);
  }
  // Two proposals at once go one by one, and the second is told of the first.
  const { currency } = await lockAccount(tx, customerId);
  const [policy, { timeZone }] = await Promise.all([readPolicy(tx, 'collections'), readCompany(tx)]);
  const today = localDate(at, timeZone);
  const faults = holdOverrideFaults(policy, throughOn, today);
  if (faults.length > 0) throw new Refusal(422, 'invalid-override', 'The hold cannot be lifted for that long.', { faults });
  const { rows } = await tx.query<{ id: string }>(
    "SELECT id FROM hold_overrides WHERE customer_id = $1 AND status = 'proposed'",
    [customerId],
  );
  if (rows[0]) throw new Refusal(409, 'proposed-already', `${rows[0].id} waits for a second person already.`);
  const overdueMinor = (await overdueItems(tx, customerId, today)).reduce((total, item) => total + item.openMinor, 0);
  if (overdueMinor === 0) throw new Refusal(409, 'not-on-hold', `Nothing of ${customerId} is overdue.`);
  const { id } = only(
    await tx.query<{ id: string }>(
      `INSERT INTO hold_overrides (customer_id, currency, overdue_minor, through_on, reason, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [customerId, currency, overdueMinor, throughOn, reason, actor.name, at],
    ),
  );
  const money = formatMoney({ currency, amountMinor: overdueMinor });
  await openTask(tx, {
    key: `${id}:decision`,
    kind: 'hold-override',
    role: 'finance',
    title: `Decide whether orders of ${customerId} pass until ${throughOn} though ${money} is overdue`,
    details: { holdOverrideId: id, overdueMinor, currency, throughOn, reason, proposedBy: actor.name },
    customerId,
    dueAt: endOfBusinessDay(at, timeZone),
    at,
  });
  await record(tx, {
    at,
    actor,
    action: 'hold-override-proposed',
    summary: `${id}: the hold (${money} overdue) is to be lifted through ${throughOn}; a second person must agree`,
    reason,
    policyVersion: `collections v${policy.version}`,
    customerId,
    after: { id, throughOn, overdueMinor },
  });
  return (await readHoldOverride(tx, id))!;
}

/** Lets the customer's orders pass its hold, or turns the proposal down. Orders that wait for payment are asked about again. */
export async function decideHoldOverride(
  tx: Transaction,
  { id, decision, reason, actor, at }: Decided & { decision: 'approve' | 'reject' },
): Promise<HoldOverride> {
  const { customerId, throughOn, ...proposal } = await lockOverride(tx, id);
  mayDecide(proposal, decision, actor);
  const { timeZone } = await readCompany(tx);
  if (decision === 'approve' && throughOn < localDate(at, timeZone)) {
    throw new Refusal(409, 'override-expired', `${id} would have lasted through ${throughOn}: propose another one.`);
  }
  const status = decision === 'approve' ? 'approved' : 'rejected';
  await tx.query('UPDATE hold_overrides SET status = $2, decided_by = $3, decided_at = $4, decision_reason = $5 WHERE id = $1', [
    id,
    status,
    actor.name,
    at,
    reason,
  ]);
  await finishTasks(tx, { keys: [`${id}:decision`] }, { status: 'completed', by: actor.name, outcome: { decision }, at });
  await record(tx, {
    at,
    actor,
    action: `hold-override-${status}`,
    summary:
      decision === 'approve'
        ? `${id}, proposed by ${proposal.proposedBy}: orders pass the hold through ${throughOn}`
        : `${id}, proposed by ${proposal.proposedBy}, is rejected`,
    reason,
    customerId,
    after: { id, throughOn },
  });
  if (decision === 'approve') await wakeWaitingOrders(tx, customerId, `${id}:approved`);
  return (await readHoldOverride(tx, id))!;
}

/** Ends an override before its day: whatever is on hold by its own is held again. What has been released meanwhile goes on. */
export async function endHoldOverride(tx: Transaction, { id, reason, actor, at }: Decided): Promise<HoldOverride> {
  const { customerId, status } = await lockOverride(tx, id);
  if (status !== 'approved') throw new Refusal(409, 'proposal-state', `${id} is ${status}: there is nothing to end.`);
  await tx.query("UPDATE hold_overrides SET status = 'ended', ended_by = $2, ended_at = $3 WHERE id = $1", [id, actor.name, at]);
  await record(tx, {
    at,
    actor,
    action: 'hold-override-ended',
    summary: `${id}: the hold counts again`,
    reason,
    customerId,
    after: { id },
  });
  return (await readHoldOverride(tx, id))!;
}

/** Under the credit account, where orders are asked whether they pass. */
async function lockOverride(tx: Transaction, id: string): Promise<HoldOverride> {
  const found = await readHoldOverride(tx, id);
  if (!found) throw new Refusal(404, 'unknown-hold-override', `There is no hold override ${id}.`);
  await lockAccount(tx, found.customerId);
  return (await readHoldOverride(tx, id, 'FOR UPDATE'))!;
}
