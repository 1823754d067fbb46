import { approvalEnds } from '../../domain/credit.ts';
import { type Refused, refuse } from '../../domain/failures.ts';
import { takesTwo } from '../../domain/four-eyes.ts';
import { formatMoney } from '../../domain/money.ts';
import { mayOrder } from '../../domain/order.ts';
import { policyRateInWords } from '../../domain/policy-amount.ts';
import { localDate, toMillis } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { type Actor, record } from '../statements/audit.ts';
import { readCompany, readPolicy } from '../statements/company.ts';
import { exposureOf, heldFor, lockAccount, setStanding, wakeWaitingOrders } from '../statements/credit.ts';
import { keepCreditDecision, type NewCreditDecision } from '../statements/credit-decisions.ts';
import { readPolicyRate } from '../statements/exchange-rates.ts';
import { lockOrder, type OrderRow } from '../statements/orders.ts';
import { deadlineAfter } from '../statements/public-holidays.ts';
import { once } from '../statements/steps.ts';
import { finishTasks, unfinishedTask } from '../statements/tasks.ts';
import { declineOrder } from './hold-credit.ts';
import { askForPrepayment } from './prepay-order.ts';
import { giveTaskBack } from './work-on-task.ts';

export interface DecideCreditInput {
  orderId: string;
  /** Once per decision: the update's id, or the signal's count in the workflow. */
  eventId: string;
  decision: 'approve' | 'deny' | 'release' | 'prepay';
  /** The new limit with 'approve'; the most this one order may go beyond the limit with 'release'. */
  limitMinor?: number | undefined;
  /** Until when a release counts; absent: five business days. */
  expiresAt?: string | undefined;
  reason: string;
  actor: Actor;
  at: string;
}

export type DecideCreditOutcome =
  | { outcome: 'approved' | 'denied' | 'second-approval-needed' | 'prepayment-asked-for' }
  | Refused;

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
    if (decision === 'prepay') return prepay(tx, order, input, policy.version);
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
    const { timeZone } = await readCompany(tx);
    const expiresAt = input.expiresAt ?? (await deadlineAfter(tx, at, 5));
    if (
      decision === 'release' &&
      (toMillis(expiresAt) <= toMillis(at) || toMillis(expiresAt) > toMillis(at) + releaseDaysMaximum * 86_400_000)
    ) {
      return refuse(422, 'release-expiry', `A one-off release expires within ${releaseDaysMaximum} days from now.`);
    }
    const account = await lockAccount(tx, order.customerId);
    const policyRate = await readPolicyRate(tx, order.currency, localDate(at, timeZone));
    const decide = (
      outcome: string,
      kind: NewCreditDecision['kind'],
      decidedMinor: number | null,
      extra: Record<string, unknown> = {},
    ) =>
      keepDecision(tx, order, input, {
        kind,
        outcome,
        limitMinor: decidedMinor,
        policyVersion: policy.version,
        facts: { account, orderGrossMinor: order.grossMinor, policyRate },
        decision: { outcome, ...extra },
      });

    if (decision === 'deny') {
      await decide('deny', 'review', null);
      await record(tx, { ...base, action: 'credit-denied', summary: 'Credit denied by a person' });
      // Refusing one order for want of room is no verdict on an approved customer.
      if (order.status === 'credit-review' && account.standing !== 'frozen') {
        await setStanding(tx, account, 'denied', account.limitMinor, null);
      }
      await declineOrder(tx, order, at, reason);
      return { outcome: 'denied' };
    }

    if (account.standing === 'frozen') {
      return ignore(
        'credit-frozen',
        `The credit of ${order.customerId} is frozen: lift the freeze, which lets its orders ask again.`,
      );
    }
    // Without an amount: just what this order needs.
    const neededMinor = exposureOf(account) + order.grossMinor;
    const limitMinor =
      input.limitMinor ?? Math.max(0, decision === 'release' ? neededMinor - (account.limitMinor ?? 0) : neededMinor);
    if (takesTwo(limitMinor, policy.fourEyesFromMinor, policyRate)) {
      if (!actor.verified) return ignore('four-eyes', 'Above this amount two verified people must agree.');
      const kind = decision === 'release' ? 'one-off-release' : 'review';
      const earlier = await tx.query<{ actor: string }>(
        `SELECT actor FROM credit_decisions
         WHERE order_id = $1 AND outcome = $2 AND limit_minor = $3 AND decision ->> 'expiresAt' IS NOT DISTINCT FROM $4
         ORDER BY id DESC LIMIT 1`,
        [orderId, `propose-${kind}`, limitMinor, input.expiresAt],
      );
      const first = earlier.rows[0];
      if (!first) {
        // The second person agrees to the amount and to the day that were proposed.
        await decide(`propose-${kind}`, 'review', limitMinor, { expiresAt: input.expiresAt });
        // Its owner has done what one person may: somebody else must be able to take it on.
        await giveTaskBack(tx, task);
        await record(tx, {
          ...base,
          action: 'credit-proposed',
          summary: `Proposed ${money(order.currency, limitMinor)}; a second person must agree${policyRateInWords(policyRate)}`,
        });
        return { outcome: 'second-approval-needed' };
      }
      if (first.actor === actor.name) {
        return ignore('four-eyes', 'Above this amount a second, different person must agree.');
      }
    }

    const money_ = money(order.currency, limitMinor);
    if (decision === 'release') {
      await decide('release', 'one-off-release', limitMinor, { expiresAt });
      await record(tx, {
        ...base,
        action: 'credit-released',
        summary: `One-off release of up to ${money_} beyond the limit, until ${expiresAt}`,
        after: { limitMinor, expiresAt },
      });
    } else {
      const approvedUntil = approvalEnds(at, policy, timeZone);
      await decide('approve', 'review', limitMinor);
      await setStanding(tx, account, 'approved', limitMinor, approvedUntil);
      await finishTasks(
        tx,
        { customerId: order.customerId, kinds: ['credit-renewal'] },
        { status: 'completed', by: actor.name, outcome: { limitMinor, reason }, at },
      );
      await tx.query('UPDATE orders SET room_decided = true WHERE id = $1', [orderId]);
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

/** An override is for this order and these days; whoever needs it longer needs another limit. */
const releaseDaysMaximum = 30;

/**
 * Turns a waiting order into one that is paid in advance, for anybody who may speak for it: no credit is granted by it, so it
 * needs neither a task nor a second person (C1).
 */
async function prepay(
  tx: Transaction,
  order: OrderRow,
  input: DecideCreditInput,
  policyVersion: number,
): Promise<DecideCreditOutcome> {
  const { reason, actor, at } = input;
  const account = await lockAccount(tx, order.customerId);
  const remainingMinor = await heldFor(tx, order.id);
  if (
    order.paysByCard ||
    !mayOrder(order.status, 'ask-for-prepayment') ||
    remainingMinor !== undefined ||
    order.grossMinor === 0
  ) {
    return refuse(409, 'order-state', `${order.id} is ${order.status}: it cannot be turned into payment in advance.`);
  }
  await keepDecision(tx, order, input, {
    kind: 'review',
    outcome: 'prepay',
    limitMinor: null,
    policyVersion,
    facts: { account, orderGrossMinor: order.grossMinor, terms: order.terms },
  });
  await record(tx, {
    at,
    actor,
    reason,
    policyVersion: `credit v${policyVersion}`,
    customerId: order.customerId,
    orderId: order.id,
    action: 'order-prepaid',
    summary: 'To be paid in advance instead of on credit',
    before: { terms: order.terms },
  });
  await askForPrepayment(tx, order, at);
  return { outcome: 'prepayment-asked-for' };
}

/** Keeps a person's decision about an order, once for the message that brought it. */
const keepDecision = (
  tx: Transaction,
  { id: orderId, customerId }: OrderRow,
  { eventId, reason, actor, at }: DecideCreditInput,
  decided: Pick<NewCreditDecision, 'kind' | 'outcome' | 'limitMinor' | 'policyVersion' | 'facts' | 'decision'>,
): Promise<string> =>
  keepCreditDecision(tx, { ...decided, customerId, orderId, eventId: `${orderId}:decision:${eventId}`, actor, reason, at });

const money = (currency: string, amountMinor: number): string => formatMoney({ currency, amountMinor });
