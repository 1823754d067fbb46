import { type Refused, refuse } from '../../domain/failures.ts';
import { formatMoney } from '../../domain/money.ts';
import { addBusinessDays, addDays, instantAt, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { exposureOf, lockAccount, wakeWaitingOrders } from '../statements/credit.ts';
import { lockOrder } from '../statements/orders.ts';
import { once } from '../statements/steps.ts';
import { finishTasks, unfinishedTask } from '../statements/tasks.ts';
import { declineOrder, setStanding } from './hold-credit.ts';
import { giveTaskBack } from './work-on-task.ts';

export interface DecideCreditInput {
  orderId: string;
  /** Once per decision: the update's id, or the signal's count in the workflow. */
  eventId: string;
  decision: 'approve' | 'deny' | 'release';
  /** The new limit with 'approve'; the most this one order may go beyond the limit with 'release'. */
  limitMinor?: number | undefined;
  reason: string;
  actor: Actor;
  at: string;
}

export type DecideCreditOutcome = { outcome: 'approved' | 'denied' | 'second-approval-needed' } | Refused;

/**
 * Writes a person's credit decision (C2). Above the policy's amount a second, different, verified person must agree;
 * a decision that came past the API never counts as that second pair of eyes. The order itself asks for its hold again.
 */
export async function decideCredit(tx: Transaction, input: DecideCreditInput): Promise<DecideCreditOutcome> {
  const { orderId, decision, actor, at, reason } = input;
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `decide:${input.eventId}`, at, async (): Promise<DecideCreditOutcome> => {
    const policy = await readPolicy(tx, 'credit');
    const base = { at, actor, reason, policyVersion: `credit v${policy.version}`, customerId: order.customerId, orderId };
    const ignore = async (type: string, detail: string): Promise<DecideCreditOutcome> => {
      await record(tx, { ...base, action: 'credit-decision-ignored', summary: `A credit decision changed nothing: ${detail}` });
      return refuse(409, type, detail);
    };
    // The first decision finishes the task, though the order moves only when its workflow asks again: the second is late.
    const task = await unfinishedTask(tx, orderId, ['credit-review', 'over-limit']);
    if (!task) {
      return ignore('order-state', `${orderId} is ${order.status} and waits for no credit decision.`);
    }
    if (decision === 'release' && order.status !== 'over-limit') {
      return ignore(
        'order-state',
        `${orderId} is ${order.status}: only an approved customer's order can go over the limit once.`,
      );
    }
    if (!actor.verified && !policy.signalDecisionsAllowed) {
      return ignore('unverified-actor', 'The credit policy takes no decisions from outside the API.');
    }
    const account = await lockAccount(tx, order.customerId);
    const decide = (outcome: string, kind: string, decidedMinor: number | null, extra: Record<string, unknown> = {}) =>
      tx.query(
        `INSERT INTO credit_decisions (event_id, customer_id, order_id, kind, outcome, limit_minor, policy_version, facts, decision,
                                       actor, actor_verified, reason, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          `${orderId}:decision:${input.eventId}`,
          order.customerId,
          orderId,
          kind,
          outcome,
          decidedMinor,
          policy.version,
          JSON.stringify({ account, orderGrossMinor: order.grossMinor }),
          JSON.stringify({ outcome, ...extra }),
          actor.name,
          actor.verified,
          reason,
          at,
        ],
      );

    if (decision === 'deny') {
      await decide('deny', 'review', null);
      await record(tx, { ...base, action: 'credit-denied', summary: 'Credit denied by a person' });
      // Refusing one order for want of room is no verdict on an approved customer.
      if (order.status === 'credit-review') await setStanding(tx, account, 'denied', account.limitMinor, null);
      await declineOrder(tx, order, at, reason);
      return { outcome: 'denied' };
    }

    // Without an amount: just what this order needs.
    const neededMinor = exposureOf(account) + order.grossMinor;
    const limitMinor =
      input.limitMinor ?? Math.max(0, decision === 'release' ? neededMinor - (account.limitMinor ?? 0) : neededMinor);
    if (limitMinor >= policy.fourEyesFromMinor) {
      if (!actor.verified) return ignore('four-eyes', 'Above this amount two verified people must agree.');
      const kind = decision === 'release' ? 'one-off-release' : 'review';
      const earlier = await tx.query<{ actor: string }>(
        `SELECT actor FROM credit_decisions
         WHERE order_id = $1 AND outcome = $2 AND limit_minor = $3 ORDER BY id DESC LIMIT 1`,
        [orderId, `propose-${kind}`, limitMinor],
      );
      const first = earlier.rows[0];
      if (!first) {
        await decide(`propose-${kind}`, 'review', limitMinor);
        // Its owner has done what one person may: somebody else must be able to take it on.
        await giveTaskBack(tx, task);
        await record(tx, {
          ...base,
          action: 'credit-proposed',
          summary: `Proposed ${money(order.currency, limitMinor)}; a second person must agree`,
        });
        return { outcome: 'second-approval-needed' };
      }
      if (first.actor === actor.name) {
        return ignore('four-eyes', 'Above this amount a second, different person must agree.');
      }
    }

    const { timeZone } = await readCompany(tx);
    const money_ = money(order.currency, limitMinor);
    if (decision === 'release') {
      await decide('release', 'one-off-release', limitMinor, { expiresAt: addBusinessDays(at, 5, timeZone) });
      await record(tx, { ...base, action: 'credit-released', summary: `One-off release of up to ${money_} beyond the limit` });
    } else {
      const expiresAt = instantAt(addDays(localDate(at, timeZone), policy.approvalDays), '00:00', timeZone);
      await decide('approve', 'review', limitMinor);
      await setStanding(tx, account, 'approved', limitMinor, expiresAt);
      await record(tx, { ...base, action: 'credit-approved', summary: `Credit approved by a person: limit ${money_}` });
      await wakeWaitingOrders(tx, order.customerId, `${orderId}:decision:${input.eventId}`, orderId);
    }
    await finishTasks(
      tx,
      { orderId, kinds: ['credit-review', 'over-limit'] },
      { status: 'completed', by: actor.name, outcome: { decision, limitMinor, reason }, at },
    );
    return { outcome: 'approved' };
  });
}

const money = (currency: string, amountMinor: number): string => formatMoney({ currency, amountMinor });
