import {
  type ApplicationDecision,
  approvalEnds,
  type CreditApplicationFacts,
  type CreditPolicy,
  type CreditRoute,
  decideApplication,
  reasonsForCustomer,
  routeCredit,
} from '../../domain/credit.ts';
import { whatItWouldTake } from '../../domain/credit-advice.ts';
import { formatMoney } from '../../domain/money.ts';
import { isFinal } from '../../domain/order.ts';
import { isPrepaid } from '../../domain/prepayment.ts';
import { type IsoDate, localDate } from '../../domain/time.ts';
import type { Transaction } from '../client.ts';
import { record, system } from '../statements/audit.ts';
import { readPolicy } from '../statements/company.ts';
import {
  type CreditAccountRow,
  exposureOf,
  heldFor,
  holdOn,
  lockAccount,
  moveExposure,
  type OrderHold,
  olderInLine,
  setStanding,
  wakeWaitingOrders,
} from '../statements/credit.ts';
import { keepCreditDecision, oneOffRelease } from '../statements/credit-decisions.ts';
import { readApplicationFacts } from '../statements/credit-facts.ts';
import { tell, tellAccepted, tellOnHold } from '../statements/notices.ts';
import { lockOrder, moveOrder, type OrderRow } from '../statements/orders.ts';
import { deadlineAfter } from '../statements/public-holidays.ts';
import { once } from '../statements/steps.ts';
import { finishTasks, openTask, unfinishedTask } from '../statements/tasks.ts';
import { holdPrepayment, type PrepaidOutcome } from './prepay-order.ts';

export interface HoldCreditInput {
  orderId: string;
  /** 1 for the first ask; a waiting order asks again under the next number. */
  attempt: number;
  at: string;
}

export type HoldCreditOutcome =
  | { outcome: 'held' }
  | { outcome: 'ended'; status: 'declined' | 'cancelled'; reason: string }
  | { outcome: 'wait'; for: 'review' | 'room'; taskId: string; dueAt: string }
  | { outcome: 'wait'; for: 'payment'; amountDueMinor: number }
  | PrepaidOutcome;

/** An order that asks for credit, with all that the answer is made of; it and its customer's account are locked. */
interface Ask {
  order: OrderRow;
  account: CreditAccountRow;
  policy: CreditPolicy;
  isHeld: boolean;
  hold: OrderHold | undefined;
  releaseMinor: number;
  olderGrossMinor: number[];
  today: IsoDate;
  at: string;
}

/**
 * Decides an order's credit and commits it, in one transaction under the customer's row lock (C1, C3): parallel orders
 * can never exceed the limit together, because each sees the holds of those before it. Asked again for an order that
 * holds credit already, it answers 'held' and moves nothing.
 */
export async function holdCredit(tx: Transaction, { orderId, attempt, at }: HoldCreditInput): Promise<HoldCreditOutcome> {
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `credit:${attempt}`, at, async () => {
    if (isFinal(order.status)) return ended(order);
    const ask = await lockAsk(tx, order, at);
    if (ask.isHeld) return { outcome: 'held' };
    if (isPrepaid(order.terms)) return holdPrepayment(tx, order, at);

    let { route, why } = routeOf(ask);
    if (route === 'apply') {
      const notApproved = await applyForCredit(tx, ask);
      if (notApproved) return notApproved;
      ({ route, why } = routeOf(ask));
    }
    if (route === 'on-hold') return waitForPayment(tx, ask, why);
    if (route === 'over-limit') return waitForRoom(tx, ask, why);
    return commitCredit(tx, ask, why);
  });
}

async function lockAsk(tx: Transaction, order: OrderRow, at: string): Promise<Ask> {
  const today = localDate(at, order.timeZone);
  const [account, remainingMinor, policy, releaseMinor, olderGrossMinor, hold] = await Promise.all([
    lockAccount(tx, order.customerId),
    heldFor(tx, order.id),
    readPolicy(tx, 'credit'),
    oneOffRelease(tx, order.id, at),
    // After the account's lock, as they stand here: whoever decides for the orders, and whoever books the money, waits for it.
    olderInLine(tx, order),
    holdOn(tx, order, today),
  ]);
  return { order, account, policy, isHeld: remainingMinor !== undefined, hold, releaseMinor, olderGrossMinor, today, at };
}

const routeOf = ({ order, account, hold, releaseMinor, olderGrossMinor, at }: Ask): CreditRoute =>
  routeCredit({
    standing: account.standing,
    limitMinor: account.limitMinor,
    expiresAt: account.expiresAt,
    exposureMinor: exposureOf(account),
    orderGrossMinor: order.grossMinor,
    overdueMinor: hold?.overdueMinor ?? 0,
    holdMinimumMinor: hold?.holdMinimumMinor ?? 0,
    at,
    releaseMinor,
    // An older order comes first, before a new one too, however the hints are heard (C4); what a person has decided for this one
    // stands.
    olderGrossMinor: releaseMinor > 0 || order.roomDecided ? [] : olderGrossMinor,
  });

/** Has the written policy decide the customer's application, unless a person does already; undefined: it is approved. */
async function applyForCredit(tx: Transaction, ask: Ask): Promise<HoldCreditOutcome | undefined> {
  const { order, account, policy, today, at } = ask;
  const waiting = await unfinishedTask(tx, order.id, ['credit-review']);
  if (waiting) return { outcome: 'wait', for: 'review', ...waiting };

  const facts = await readApplicationFacts(tx, account, order.grossMinor, today);
  const decision = decideApplication(policy, facts);
  const reason = decision.reasons.join('; ');
  const eventId = await keepCreditDecision(tx, {
    customerId: order.customerId,
    orderId: order.id,
    kind: 'application',
    outcome: decision.outcome,
    limitMinor: decision.limitMinor,
    policyVersion: policy.version,
    facts,
    decision,
    actor: system,
    reason,
    at,
  });
  const audit = { ...about(ask), reason, policyVersion: `credit v${policy.version}`, after: decision };
  if (decision.outcome === 'deny') {
    await setStanding(tx, account, 'denied', account.limitMinor, null);
    await record(tx, { ...audit, action: 'credit-denied', summary: 'Credit application denied by policy' });
    await declineOrder(tx, order, at, reasonsForCustomer(decision.reasons));
    return ended(order, reason);
  }
  if (decision.outcome === 'review') {
    const review = await openReview(tx, ask, { eventId, facts, decision });
    await record(tx, { ...audit, action: 'credit-review-opened', summary: 'Credit application needs a person' });
    return { outcome: 'wait', for: 'review', ...review };
  }
  await setStanding(tx, account, 'approved', decision.limitMinor, approvalEnds(at, policy, order.timeZone));
  const summary = `Credit approved by policy: limit ${money(order, decision.limitMinor ?? 0)}`;
  await record(tx, { ...audit, action: 'credit-approved', summary });
  return undefined;
}

/** Gives the application to a person; the order waits for the review, no longer for room. */
async function openReview(
  tx: Transaction,
  { order, policy, at }: Ask,
  { eventId, facts, decision }: { eventId: string; facts: CreditApplicationFacts; decision: ApplicationDecision },
): Promise<{ taskId: string; dueAt: string }> {
  const { id: orderId, customerId, grossMinor, currency } = order;
  const dueAt = await deadlineAfter(tx, at, policy.reviewBusinessDays);
  await finishTasks(
    tx,
    { orderId, kinds: ['over-limit'] },
    { status: 'cancelled', by: 'system', outcome: { found: 'no current approval' }, at },
  );
  const taskId = await openTask(tx, {
    key: `${eventId}:review`,
    kind: 'credit-review',
    role: 'credit',
    title: `Decide the credit of ${customerId} for ${orderId}, ${money(order, grossMinor)}`,
    details: { facts, decision, wouldTake: whatItWouldTake(policy, facts), orderGrossMinor: grossMinor, currency },
    customerId,
    orderId,
    dueAt,
    at,
  });
  await moveOrder(tx, order, 'send-to-credit-review', at, decision.reasons.join('; '));
  return { taskId, dueAt };
}

/** There is nothing to decide before the overdue money is there; the order is asked about again after it (C6). */
async function waitForPayment(tx: Transaction, ask: Ask, why: string): Promise<HoldCreditOutcome> {
  const { order, hold, at } = ask;
  const { overdueMinor, items: overdue } = hold!;
  await finishTasks(
    tx,
    { orderId: order.id, kinds: ['credit-review', 'over-limit'] },
    { status: 'cancelled', by: 'system', outcome: { found: 'on hold' }, at },
  );
  if (order.status !== 'waiting-for-payment') {
    await moveOrder(tx, order, 'find-on-hold', at, why);
    await tellOnHold(tx, order, overdueMinor, overdue, at);
    const summary = `Waits until ${money(order, overdueMinor)} overdue is paid`;
    await record(tx, { ...about(ask), action: 'order-waits-for-payment', summary, after: { overdue } });
  }
  return { outcome: 'wait', for: 'payment', amountDueMinor: overdueMinor };
}

/**
 * Asked again after a hint, the order keeps its task and its deadline.
 * One that was decided in vain gets another, and stands in line again.
 */
async function waitForRoom(tx: Transaction, ask: Ask, why: string): Promise<HoldCreditOutcome> {
  const { order, account, policy, at } = ask;
  const { id: orderId, customerId } = order;
  const waiting = await unfinishedTask(tx, orderId, ['over-limit']);
  if (waiting) return { outcome: 'wait', for: 'room', ...waiting };

  const dueAt = await deadlineAfter(tx, at, policy.reviewBusinessDays);
  const earlier = await tx.query("SELECT 1 FROM tasks WHERE order_id = $1 AND kind = 'over-limit'", [orderId]);
  const { limitMinor } = account;
  const taskId = await openTask(tx, {
    key: `${orderId}:over-limit:${earlier.rows.length + 1}`,
    kind: 'over-limit',
    role: 'credit',
    title: `${orderId} of ${customerId} does not fit under the limit: ${money(order, order.grossMinor)}`,
    details: { orderGrossMinor: order.grossMinor, currency: order.currency, limitMinor, exposureMinor: exposureOf(account) },
    customerId,
    orderId,
    dueAt,
    at,
  });
  if (order.roomDecided) await tx.query('UPDATE orders SET room_decided = false WHERE id = $1', [orderId]);
  if (order.status !== 'over-limit') {
    await finishTasks(
      tx,
      { orderId, kinds: ['credit-review'] },
      { status: 'completed', by: 'system', outcome: { found: 'over-limit' }, at },
    );
    await moveOrder(tx, order, 'find-over-limit', at, why);
    await record(tx, { ...about(ask), action: 'order-over-limit', summary: `No room: ${exposureInWords(ask)}` });
  }
  return { outcome: 'wait', for: 'room', taskId, dueAt };
}

/** Takes the order on, in this order and without waiting for each other's answers: the customer's other orders wait for it. */
async function commitCredit(tx: Transaction, ask: Ask, why: string): Promise<HoldCreditOutcome> {
  const { order, account, policy, at } = ask;
  const { id: orderId, customerId, grossMinor } = order;
  // Only an order that waited can have tasks to finish.
  const waited = order.status !== 'received';
  await Promise.all([
    tx.query(
      'INSERT INTO credit_holds (order_id, customer_id, approved_minor, remaining_minor, at) VALUES ($1, $2, $3, $3, $4)',
      [orderId, customerId, grossMinor, at],
    ),
    moveExposure(tx, account, {
      orderId,
      eventId: 'approve',
      from: null,
      fromMinor: 0,
      to: 'approvedNotShippedMinor',
      toMinor: grossMinor,
      at,
    }),
    waited &&
      finishTasks(
        tx,
        { orderId, kinds: ['credit-review', 'over-limit'] },
        { status: 'completed', by: 'system', outcome: { found: 'room' }, at },
      ),
    moveOrder(tx, order, 'approve-credit', at),
    tellAccepted(tx, order, at),
    record(tx, {
      ...about(ask),
      action: 'credit-held',
      summary: `Credit held: ${exposureInWords(ask)}`,
      reason: why,
      policyVersion: `credit v${policy.version}`,
    }),
  ]);
  return { outcome: 'held' };
}

const about = ({ order, at }: Ask) => ({ at, actor: system, customerId: order.customerId, orderId: order.id });

const money = (order: OrderRow, amountMinor: number): string => formatMoney({ currency: order.currency, amountMinor });

const exposureInWords = ({ order, account }: Ask): string =>
  `exposure ${money(order, exposureOf(account))} of ${money(order, account.limitMinor ?? 0)}`;

function ended(order: OrderRow, reason = ''): HoldCreditOutcome {
  return { outcome: 'ended', status: order.status === 'declined' ? 'declined' : 'cancelled', reason };
}

/** Ends an order whose credit was refused: the customer is told why, and that prepayment is welcome. */
export async function declineOrder(tx: Transaction, order: OrderRow, at: string, reason: string): Promise<void> {
  const stoodInLine = order.status === 'over-limit';
  await moveOrder(tx, order, 'decline', at, reason);
  if (stoodInLine) await wakeWaitingOrders(tx, order.customerId, `${order.id}:declined`, order.id);
  await finishTasks(
    tx,
    { orderId: order.id, kinds: ['credit-review', 'over-limit'] },
    { status: 'completed', by: 'system', outcome: { decided: 'declined' }, at },
  );
  await tell(tx, {
    key: `${order.id}:declined`,
    kind: 'order-declined',
    customerId: order.customerId,
    orderId: order.id,
    facts: { orderId: order.id, reason, grossMinor: order.grossMinor, currency: order.currency },
    at,
  });
}
