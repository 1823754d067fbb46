import { decideApplication, hasRoomAfterOlder, routeCredit } from '../../domain/credit.ts';
import { whatItWouldTake } from '../../domain/credit-advice.ts';
import { formatMoney } from '../../domain/money.ts';
import { isFinal } from '../../domain/order.ts';
import { isPrepaid } from '../../domain/prepayment.ts';
import { addDays, instantAt, localDate } from '../../domain/time.ts';
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
  wakeWaitingOrders,
} from '../statements/credit.ts';
import { readApplicationFacts } from '../statements/credit-facts.ts';
import { tell, tellAccepted } from '../statements/notices.ts';
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

/**
 * Decides an order's credit and commits it, in one transaction under the customer's row lock (C1, C3): parallel orders
 * can never exceed the limit together, because each sees the holds of those before it. Asked again for an order that
 * holds credit already, it answers 'held' and moves nothing.
 */
export async function holdCredit(tx: Transaction, { orderId, attempt, at }: HoldCreditInput): Promise<HoldCreditOutcome> {
  const order = await lockOrder(tx, orderId);
  return once(tx, orderId, `credit:${attempt}`, at, async () => {
    if (isFinal(order.status)) return ended(order);
    const { timeZone } = order;
    const today = localDate(at, timeZone);
    const [account, remainingMinor, policy, releaseMinor, olderGrossMinor, hold] = await Promise.all([
      lockAccount(tx, order.customerId),
      heldFor(tx, orderId),
      readPolicy(tx, 'credit'),
      oneOffRelease(tx, orderId, at),
      // After the account's lock, as they stand here: whoever decides for the orders, and whoever books the money, waits for it.
      olderInLine(tx, order),
      holdOn(tx, order, today),
    ]);
    if (remainingMinor !== undefined) return { outcome: 'held' };
    if (isPrepaid(order.terms)) return holdPrepayment(tx, order, at);

    const { overdueMinor, items: overdue, holdMinimumMinor } = hold ?? { overdueMinor: 0, items: [], holdMinimumMinor: 0 };
    const ask = () =>
      routeCredit({
        standing: account.standing,
        limitMinor: account.limitMinor,
        expiresAt: account.expiresAt,
        exposureMinor: exposureOf(account),
        orderGrossMinor: order.grossMinor,
        overdueMinor,
        holdMinimumMinor,
        at,
        releaseMinor,
      });

    let route = ask();
    if (route.route === 'apply') {
      const waiting = await unfinishedTask(tx, orderId, ['credit-review']);
      if (waiting) return { outcome: 'wait', for: 'review', ...waiting };

      const facts = await readApplicationFacts(tx, account, order.grossMinor, today);
      const decision = decideApplication(policy, facts);
      const policyVersion = `credit v${policy.version}`;
      const application = await tx.query<{ eventId: string }>(
        `INSERT INTO credit_decisions (event_id, customer_id, order_id, kind, outcome, limit_minor, policy_version, facts, decision,
                                       actor, actor_verified, reason, at)
         SELECT $2 || ':application:' || 1 + count(*), $1, $2, 'application', $3, $4, $5, $6, $7, 'system', true, $8, $9
         FROM credit_decisions WHERE order_id = $2 AND kind = 'application'
         RETURNING event_id AS "eventId"`,
        [
          order.customerId,
          orderId,
          decision.outcome,
          decision.limitMinor,
          policy.version,
          JSON.stringify(facts),
          JSON.stringify(decision),
          decision.reasons.join('; '),
          at,
        ],
      );
      const audit = {
        at,
        actor: system,
        reason: decision.reasons.join('; '),
        policyVersion,
        customerId: order.customerId,
        orderId,
        after: decision,
      };
      if (decision.outcome === 'deny') {
        await setStanding(tx, account, 'denied', account.limitMinor, null);
        await record(tx, {
          ...audit,
          action: 'credit-denied',
          summary: 'Credit application denied by policy',
        });
        await declineOrder(tx, order, at, forCustomer(decision.reasons));
        return ended(order, decision.reasons.join('; '));
      }
      if (decision.outcome === 'review') {
        const dueAt = await deadlineAfter(tx, at, policy.reviewBusinessDays);
        await finishTasks(
          tx,
          { orderId, kinds: ['over-limit'] },
          { status: 'cancelled', by: 'system', outcome: { found: 'no current approval' }, at },
        );
        const taskId = await openTask(tx, {
          key: `${application.rows[0]!.eventId}:review`,
          kind: 'credit-review',
          role: 'credit',
          title: `Decide the credit of ${order.customerId} for ${orderId}, ${money(order, order.grossMinor)}`,
          details: {
            facts,
            decision,
            wouldTake: whatItWouldTake(policy, facts),
            orderGrossMinor: order.grossMinor,
            currency: order.currency,
          },
          customerId: order.customerId,
          orderId,
          dueAt,
          at,
        });
        await moveOrder(tx, order, 'send-to-credit-review', at, decision.reasons.join('; '));
        await record(tx, {
          ...audit,
          action: 'credit-review-opened',
          summary: 'Credit application needs a person',
        });
        return { outcome: 'wait', for: 'review', taskId, dueAt };
      }
      const expiresAt = instantAt(addDays(today, policy.approvalDays), '00:00', timeZone);
      await setStanding(tx, account, 'approved', decision.limitMinor, expiresAt);
      await record(tx, {
        ...audit,
        action: 'credit-approved',
        summary: `Credit approved by policy: limit ${money(order, decision.limitMinor ?? 0)}`,
      });
      route = ask();
    }

    // An older order that waits for the same room comes first, before a new one too, however the hints are heard (C4); what a person
    // has decided for this one stands.
    const { limitMinor } = account;
    const inLine = releaseMinor === 0 && !order.roomDecided && limitMinor !== null;
    const asked = { exposureMinor: exposureOf(account), olderGrossMinor, orderGrossMinor: order.grossMinor };
    if (route.route === 'approved' && inLine && !hasRoomAfterOlder({ limitMinor, ...asked })) {
      route = { route: 'over-limit', why: 'older orders wait for the same room' };
    }

    if (route.route === 'on-hold') {
      // Nothing to decide before the money is there; the order is asked about again after it.
      await finishTasks(
        tx,
        { orderId, kinds: ['credit-review', 'over-limit'] },
        { status: 'cancelled', by: 'system', outcome: { found: 'on hold' }, at },
      );
      if (order.status !== 'waiting-for-payment') {
        await moveOrder(tx, order, 'find-on-hold', at, route.why);
        await tellOnHold(tx, order, overdueMinor, overdue, at);
        await record(tx, {
          at,
          actor: system,
          action: 'order-waits-for-payment',
          summary: `Waits until ${money(order, overdueMinor)} overdue is paid`,
          customerId: order.customerId,
          orderId,
          after: { overdue },
        });
      }
      return { outcome: 'wait', for: 'payment', amountDueMinor: overdueMinor };
    }
    if (route.route === 'over-limit') {
      // Asked again after a hint, the order keeps its task and its deadline; one that was decided in vain gets another.
      const waiting = await unfinishedTask(tx, orderId, ['over-limit']);
      if (waiting) return { outcome: 'wait', for: 'room', ...waiting };
      const dueAt = await deadlineAfter(tx, at, policy.reviewBusinessDays);
      const earlier = await tx.query("SELECT 1 FROM tasks WHERE order_id = $1 AND kind = 'over-limit'", [orderId]);
      const taskId = await openTask(tx, {
        key: `${orderId}:over-limit:${earlier.rows.length + 1}`,
        kind: 'over-limit',
        role: 'credit',
        title: `${orderId} of ${order.customerId} does not fit under the limit: ${money(order, order.grossMinor)}`,
        details: {
          orderGrossMinor: order.grossMinor,
          currency: order.currency,
          limitMinor: account.limitMinor,
          exposureMinor: exposureOf(account),
        },
        customerId: order.customerId,
        orderId,
        dueAt,
        at,
      });
      // Decided in vain: it stands in line again.
      if (order.roomDecided) await tx.query('UPDATE orders SET room_decided = false WHERE id = $1', [orderId]);
      if (order.status !== 'over-limit') {
        await finishTasks(
          tx,
          { orderId, kinds: ['credit-review'] },
          { status: 'completed', by: 'system', outcome: { found: 'over-limit' }, at },
        );
        await moveOrder(tx, order, 'find-over-limit', at, route.why);
        await record(tx, {
          at,
          actor: system,
          action: 'order-over-limit',
          summary: `No room: exposure ${money(order, exposureOf(account))} of ${money(order, account.limitMinor ?? 0)}`,
          customerId: order.customerId,
          orderId,
        });
      }
      return { outcome: 'wait', for: 'room', taskId, dueAt };
    }

    const waited = order.status !== 'received';
    // In this order and without waiting for each other's answers: the customer's other orders wait for this transaction.
    await Promise.all([
      tx.query(
        'INSERT INTO credit_holds (order_id, customer_id, approved_minor, remaining_minor, at) VALUES ($1, $2, $3, $3, $4)',
        [orderId, order.customerId, order.grossMinor, at],
      ),
      moveExposure(tx, account, {
        orderId,
        eventId: 'approve',
        from: null,
        fromMinor: 0,
        to: 'approvedNotShippedMinor',
        toMinor: order.grossMinor,
        at,
      }),
      // Only an order that waited can have tasks to finish.
      waited &&
        finishTasks(
          tx,
          { orderId, kinds: ['credit-review', 'over-limit'] },
          { status: 'completed', by: 'system', outcome: { found: 'room' }, at },
        ),
      moveOrder(tx, order, 'approve-credit', at),
      tellAccepted(tx, order, at),
      record(tx, {
        at,
        actor: system,
        action: 'credit-held',
        summary: `Credit held: exposure ${money(order, exposureOf(account))} of ${money(order, account.limitMinor ?? 0)}`,
        reason: route.why,
        policyVersion: `credit v${policy.version}`,
        customerId: order.customerId,
        orderId,
      }),
    ]);
    return { outcome: 'held' };
  });
}

const money = (order: OrderRow, amountMinor: number): string => formatMoney({ currency: order.currency, amountMinor });

/** Why, in words that go outside: without the score and its points. */
export const forCustomer = (reasons: string[]): string =>
  reasons
    .filter((reason) => !reason.startsWith('score'))
    .map((reason) => reason.replace(/ \([^)]*\)/, ''))
    .join('; ');

function ended(order: OrderRow, reason = ''): HoldCreditOutcome {
  return { outcome: 'ended', status: order.status === 'declined' ? 'declined' : 'cancelled', reason };
}

export async function setStanding(
  tx: Transaction,
  account: CreditAccountRow,
  standing: CreditAccountRow['standing'],
  limitMinor: number | null,
  expiresAt: string | null,
): Promise<void> {
  Object.assign(account, { standing, limitMinor, expiresAt });
  await tx.query(
    'UPDATE credit_accounts SET standing = $2, limit_minor = $3, expires_at = $4, version = version + 1 WHERE customer_id = $1',
    [account.customerId, standing, limitMinor, expiresAt],
  );
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

/** Tells the customer, once for each turn that the order takes on hold, what must be paid before it can go on (C6). */
export async function tellOnHold(
  tx: Transaction,
  order: OrderRow,
  amountDueMinor: number,
  invoices: { invoiceId: string; dueOn: string; openMinor: number }[],
  at: string,
): Promise<void> {
  await tell(tx, {
    key: `${order.id}:on-hold:${at}`,
    kind: 'account-on-hold',
    customerId: order.customerId,
    orderId: order.id,
    facts: { orderId: order.id, amountDueMinor, currency: order.currency, invoices },
    at,
  });
}

/** Tells the customer that this order waits, accepted though it is, because its credit is frozen (C4). */
export async function tellFrozen(tx: Transaction, order: OrderRow, at: string): Promise<void> {
  await tell(tx, {
    key: `${order.id}:frozen:${at}`,
    kind: 'credit-frozen',
    customerId: order.customerId,
    orderId: order.id,
    facts: { orderId: order.id },
    at,
  });
}

/** What the older orders come to that wait for the same room, oldest first; those on hold ask for it when they are paid for. */
export async function olderInLine(tx: Transaction, order: OrderRow): Promise<number[]> {
  const older = await tx.query<{ grossMinor: number }>(
    `SELECT gross_minor AS "grossMinor" FROM orders o
     WHERE customer_id = $1 AND status IN ('credit-review', 'over-limit', 'waiting-for-payment') AND (placed_at, id) < ($2, $3)
       AND NOT EXISTS (SELECT 1 FROM credit_holds h WHERE h.order_id = o.id)
     ORDER BY placed_at, id LIMIT 1000`,
    [order.customerId, order.placedAt, order.id],
  );
  return older.rows.map(({ grossMinor }) => grossMinor);
}

/** What a one-off release allows this order beyond the limit; an expired one allows nothing. */
async function oneOffRelease(tx: Transaction, orderId: string, at: string): Promise<number> {
  const found = await tx.query<{ limitMinor: number }>(
    `SELECT limit_minor AS "limitMinor" FROM credit_decisions
     WHERE order_id = $1 AND kind = 'one-off-release' AND (decision ->> 'expiresAt')::timestamptz > $2 ORDER BY id DESC LIMIT 1`,
    [orderId, at],
  );
  return found.rows[0]?.limitMinor ?? 0;
}
