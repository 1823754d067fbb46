import { WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amendOrder as amendInDatabase } from '../../db/transactions/amend-order.ts';
import { cancelOrder as cancelInDatabase } from '../../db/transactions/cancel-order.ts';
import { changeLimit } from '../../db/transactions/change-credit.ts';
import { decideCredit as decideInDatabase } from '../../db/transactions/decide-credit.ts';
import { placeOrder } from '../../db/transactions/place-order.ts';
import { claimTask } from '../../db/transactions/work-on-task.ts';
import { isRefused, Refusal } from '../../domain/failures.ts';
import { orderStartOptions } from '../../outbox/deliver.ts';
import {
  type CreditDecisionRequest,
  cancelOrder,
  creditDecision,
  decideCredit,
  receivableChanged,
} from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  ask,
  becomes,
  exposure,
  instant,
  openingItem,
  order,
  orderStatus,
  pay,
  setUpCompany,
  timeline,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';

/*
 * Credit in the real engine. One UNIT costs 1,000.00 without tax, so an order of three is 3,000.00. The clock stands on a
 * Tuesday morning until the last tests move it.
 */
const good = { yearsTrading: 8, annualTurnoverMinor: 200_000_000, tradeReferences: 3 };
const weak = { yearsTrading: 0, externalRating: 'D' };
const anna = { name: 'anna', verified: true };
const bert = { name: 'bert', verified: true };

let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-02', '09:00:00'));
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'UNIT', 100_000, '0');
  await addProduct(suite.database, 'RARE', 100_000, '0');
  await addStock(suite, 'UNIT', 1_000, 50_000);
});
afterAll(() => suite?.stop());

const units = (quantity: number) => [{ sku: 'UNIT', quantity }];
const decide = (orderId: string, decision: Partial<CreditDecisionRequest> = {}) =>
  ask(suite, orderId, decideCredit, { decision: 'approve', reason: 'looked at', actor: anna, ...decision });
const cancel = (orderId: string) => ask(suite, orderId, cancelOrder, { reason: 'changed its mind', actor: tester });
const ended = (orderId: string) => suite.client.workflow.getHandle(orderId).result();

async function inReview(customerId: string, quantity = 1): Promise<string> {
  await addCustomer(suite.database, customerId);
  const orderId = await order(suite, customerId, units(quantity));
  await becomes(suite, orderId, 'credit-review');
  return orderId;
}

async function account(customerId: string) {
  const { rows } = await suite.database.query<{ standing: string; limitMinor: number | null }>(
    'SELECT standing, limit_minor AS "limitMinor" FROM credit_accounts WHERE customer_id = $1',
    [customerId],
  );
  return rows[0]!;
}

async function tasks(orderId: string) {
  const { rows } = await suite.database.query<{
    id: string;
    kind: string;
    role: string;
    status: string;
    owner: string | null;
    dueAt: string;
    escalatedAt: string | null;
    completedBy: string | null;
  }>(
    `SELECT id, kind, role, status, owner, due_at AS "dueAt", escalated_at AS "escalatedAt", completed_by AS "completedBy"
     FROM tasks WHERE order_id = $1 ORDER BY id`,
    [orderId],
  );
  return rows;
}

const actions = async (orderId: string) => (await timeline(suite.database, orderId)).map(({ action }) => action);
const mailAbout = (orderId: string, words: RegExp) =>
  eventually(async () =>
    suite.mails.find((mail) => mail.subject.includes(orderId) && words.test(`${mail.subject} ${mail.text}`)),
  );

describe('a customer applies for credit', () => {
  it('C1, C2: a first-time buyer with a good profile is approved by the written policy', async () => {
    await addCustomer(suite.database, 'GOOD', { creditProfile: good });
    const orderId = await order(suite, 'GOOD', units(3));
    await becomes(suite, orderId, 'in-fulfilment');
    expect(await account('GOOD')).toEqual({ standing: 'approved', limitMinor: 1_000_000 });
    expect(await exposure(suite.database, 'GOOD')).toBe(300_000);
    expect(await tasks(orderId)).toEqual([]);
    expect(await timeline(suite.database, orderId)).toContainEqual(
      expect.objectContaining({ action: 'credit-approved', actor: 'system', policyVersion: 'credit v1' }),
    );
    await cancel(orderId);
  });

  it('C1: a weak applicant is declined, told why and offered prepayment; its next order is treated as new', async () => {
    await addCustomer(suite.database, 'WEAK', { creditProfile: weak });
    const declined = await order(suite, 'WEAK', units(1));
    await becomes(suite, declined, 'declined');
    expect(await ended(declined)).toEqual({ orderStatus: 'declined' });
    expect(await account('WEAK')).toMatchObject({ standing: 'denied' });
    expect(await exposure(suite.database, 'WEAK')).toBe(0);
    const mail = await mailAbout(declined, /payment in advance/);
    // The factors go outside, the score and its points do not.
    expect(mail.text).toContain('external rating: D');
    expect(mail.text).not.toMatch(/score|points/);
    expect(mail.to).toBe('weak@customer.example');

    await suite.database.query('UPDATE customers SET credit_profile = $1 WHERE id = $2', [JSON.stringify(good), 'WEAK']);
    const next = await order(suite, 'WEAK', units(1));
    await becomes(suite, next, 'in-fulfilment');
    expect(await account('WEAK')).toEqual({ standing: 'approved', limitMinor: 1_000_000 });
    await cancel(next);
  });

  it('C1, C4: an expired approval applies again', async () => {
    await addCustomer(suite.database, 'EXPIRED', { limitMinor: 100_000, creditProfile: good });
    await suite.database.query("UPDATE credit_accounts SET expires_at = '2027-03-02T00:00Z' WHERE customer_id = 'EXPIRED'");
    const orderId = await order(suite, 'EXPIRED', units(3));
    await becomes(suite, orderId, 'in-fulfilment');
    const { rows } = await suite.database.query(
      "SELECT kind, outcome, facts ->> 'previousDecision' AS previous FROM credit_decisions WHERE order_id = $1",
      [orderId],
    );
    expect(rows).toEqual([{ kind: 'application', outcome: 'approve', previous: 'expired' }]);
    await cancel(orderId);
  });
});

describe('a person decides', () => {
  it('C2: the order waits with a task, its owner and its due time, and goes on once approved', async () => {
    const orderId = await inReview('REVIEW', 2);
    const [task] = await tasks(orderId);
    expect(task).toMatchObject({ kind: 'credit-review', role: 'credit', status: 'open', owner: null });
    expect(task!.dueAt.slice(0, 15)).toBe('2027-03-03T09:0');
    const claim = { taskId: task!.id, actor: anna, roles: ['credit'], at: await suite.now() };
    await suite.database.transaction((tx) => claimTask(tx, claim));
    expect(await tasks(orderId)).toMatchObject([{ status: 'claimed', owner: 'anna' }]);
    expect(await exposure(suite.database, 'REVIEW')).toBe(0);

    expect(await decide(orderId, { limitMinor: 500_000 })).toMatchObject({ outcome: 'approved' });
    await becomes(suite, orderId, 'in-fulfilment');
    expect(await account('REVIEW')).toEqual({ standing: 'approved', limitMinor: 500_000 });
    expect(await exposure(suite.database, 'REVIEW')).toBe(200_000);
    expect(await tasks(orderId)).toMatchObject([{ status: 'completed', completedBy: 'anna' }]);
    expect(await timeline(suite.database, orderId)).toContainEqual(
      expect.objectContaining({ action: 'credit-approved', actor: 'anna', verified: true, policyVersion: 'credit v1' }),
    );

    // A decision about an order that waits for none changes nothing, and stands on the timeline.
    const late = await decide(orderId, { decision: 'deny' });
    expect(late).toMatchObject({ refused: { status: 409, type: 'order-state' } });
    expect((await actions(orderId)).at(-1)).toBe('credit-decision-ignored');
    expect(await orderStatus(suite.database, orderId)).toBe('in-fulfilment');
    await cancel(orderId);
    await ended(orderId);
    await expect(decide(orderId)).rejects.toThrow();
  });

  it('C2: denied by a person, the order ends, the customer hears the reason, and the standing is denied', async () => {
    const orderId = await inReview('DENIED');
    expect(await decide(orderId, { decision: 'deny', reason: 'no accounts filed' })).toMatchObject({ outcome: 'denied' });
    expect(await ended(orderId)).toEqual({ orderStatus: 'declined' });
    expect(await account('DENIED')).toMatchObject({ standing: 'denied' });
    await mailAbout(orderId, /no accounts filed/);
  });

  it('C2: a plain signal from the Temporal UI decides too, and its actor is recorded as unverified', async () => {
    const orderId = await inReview('SIGNAL');
    await suite.client.workflow
      .getHandle(orderId)
      .signal(creditDecision, { decision: 'approve', limitMinor: 500_000, by: 'anna', reason: 'called them' });
    await becomes(suite, orderId, 'in-fulfilment');
    expect(await timeline(suite.database, orderId)).toContainEqual(
      expect.objectContaining({ action: 'credit-approved', actor: 'temporal:anna', verified: false }),
    );
    await cancel(orderId);
  });

  it('C2: malformed, repeated and late signals change nothing and stand on the timeline', async () => {
    const orderId = await inReview('NOISE');
    const handle = suite.client.workflow.getHandle(orderId);
    const malformed = [
      undefined,
      null,
      'approve',
      [],
      {},
      { decision: 'maybe' },
      { decision: 'release' },
      { decision: 'approve', limitMinor: -1 },
      { decision: 'approve', limitMinor: 1.5 },
      { decision: 'approve', limitMinor: '500000' },
      { decision: 'approve', by: 'an\u0000na' },
      { decision: 'approve', reason: 'x'.repeat(10_000) },
      { decision: 'approve', by: { name: 'anna' } },
    ];
    for (const message of malformed) await handle.signal(creditDecision, message);
    await handle.signal('receivableChanged');
    await handle.signal(receivableChanged, { invoiceId: 'INV-2027-999999' });
    await handle.signal('no-such-signal', { decision: 'approve' });
    await eventually(async () => (await actions(orderId)).filter((a) => a === 'message-ignored').length === malformed.length);
    expect(await orderStatus(suite.database, orderId)).toBe('credit-review');
    expect(await account('NOISE')).toMatchObject({ standing: 'none' });

    const approval = { decision: 'approve', limitMinor: 200_000, by: 'anna' };
    await handle.signal(creditDecision, approval);
    await handle.signal(creditDecision, { ...approval, limitMinor: 900_000 });
    await becomes(suite, orderId, 'in-fulfilment');
    await handle.signal(creditDecision, { decision: 'deny', by: 'bert' });
    await eventually(async () => (await actions(orderId)).filter((a) => a === 'credit-decision-ignored').length === 2);
    expect(await account('NOISE')).toEqual({ standing: 'approved', limitMinor: 200_000 });
    expect(await orderStatus(suite.database, orderId)).toBe('in-fulfilment');
    // Nothing of it still runs: the order can end.
    await cancel(orderId);
    expect(await ended(orderId)).toEqual({ orderStatus: 'cancelled' });
  });

  it('C2, X3: above the policy amount a second, different, verified person must agree', async () => {
    const orderId = await inReview('FOUR-EYES', 60);
    const big = { limitMinor: 6_000_000 };
    const handle = suite.client.workflow.getHandle(orderId);
    await handle.signal(creditDecision, { decision: 'approve', ...big, by: 'carl' });
    await eventually(async () => (await actions(orderId)).includes('credit-decision-ignored'));
    expect(await decide(orderId, big)).toMatchObject({ outcome: 'second-approval-needed' });
    expect(await decide(orderId, big)).toMatchObject({ refused: { status: 409, type: 'four-eyes' } });
    await handle.signal(creditDecision, { decision: 'approve', ...big, by: 'bert' });
    await eventually(async () => (await actions(orderId)).filter((a) => a === 'credit-decision-ignored').length === 3);
    expect(await orderStatus(suite.database, orderId)).toBe('credit-review');
    expect(await tasks(orderId)).toMatchObject([{ status: 'open' }]);

    // Another amount is another proposal.
    expect(await decide(orderId, { limitMinor: 7_000_000, actor: bert })).toMatchObject({ outcome: 'second-approval-needed' });
    expect(await decide(orderId, { ...big, actor: bert })).toMatchObject({ outcome: 'approved' });
    await becomes(suite, orderId, 'in-fulfilment');
    expect(await account('FOUR-EYES')).toEqual({ standing: 'approved', limitMinor: 6_000_000 });
    await cancel(orderId);
  });

  it('C2: of two people who decide at once, the first to commit wins and the other is refused', async () => {
    for (let round = 1; round <= 6; round += 1) {
      const orderId = await inReview(`TWO-${round}`);
      // The second may come to a workflow that has closed.
      const late = () => ({ refused: { status: 409 } });
      const [approval, denial] = await Promise.all([
        decide(orderId, { actor: anna }).catch(late),
        decide(orderId, { decision: 'deny', actor: bert }).catch(late),
      ]);
      expect(
        [approval, denial].filter((outcome) => isRefused(outcome)),
        `round ${round}`,
      ).toHaveLength(1);
      await becomes(suite, orderId, isRefused(denial) ? 'in-fulfilment' : 'declined');
      expect(await account(`TWO-${round}`)).toMatchObject({ standing: isRefused(denial) ? 'approved' : 'denied' });
      if (isRefused(denial)) await cancel(orderId);
    }
  });

  it('O4: cancelled while in review, the order ends and its task goes away', async () => {
    const orderId = await inReview('CANCEL-REVIEW');
    expect(await cancel(orderId)).toMatchObject({ cancelledUnits: 1, orderStatus: 'cancelled' });
    expect(await ended(orderId)).toEqual({ orderStatus: 'cancelled' });
    expect(await tasks(orderId)).toMatchObject([{ status: 'cancelled' }]);
    await mailAbout(orderId, /cancelled/);
  });

  it('O4: an order that is cancelled before its workflow starts never gets one', async () => {
    await addCustomer(suite.database, 'EARLY', { limitMinor: 1_000_000 });
    const placed = await suite.database.transaction(async (tx) => {
      const { order: taken } = await placeOrder(tx, {
        request: { customerId: 'EARLY', channel: 'api', currency: 'EUR', lines: units(1) },
        actor: 'tester',
        principal: 'tester',
        idempotencyKey: 'early',
        fingerprint: 'early',
      });
      await cancelInDatabase(tx, { orderId: taken.id, eventId: 'early', reason: 'typo', actor: tester, at: taken.placedAt });
      return taken;
    });
    await eventually(async () => {
      const { rows } = await suite.database.query('SELECT 1 FROM outbox WHERE key = $1 AND delivered_at IS NOT NULL', [
        `start:${placed.id}`,
      ]);
      return rows.length === 1;
    });
    await expect(suite.client.workflow.getHandle(placed.id).describe()).rejects.toThrow(WorkflowNotFoundError);
    expect(await orderStatus(suite.database, placed.id)).toBe('cancelled');

    // Cancelled by the message that starts the workflow: one run, which ends at once.
    const { order: second, start } = await suite.database.transaction((tx) =>
      placeOrder(tx, {
        request: { customerId: 'EARLY', channel: 'api', currency: 'EUR', lines: units(1) },
        actor: 'tester',
        principal: 'tester',
        idempotencyKey: 'early-2',
        fingerprint: 'early-2',
      }),
    );
    await suite.client.workflow.executeUpdateWithStart(cancelOrder, {
      startWorkflowOperation: new WithStartWorkflowOperation('orderWorkflow', orderStartOptions(start!)),
      args: [{ reason: 'typo', actor: tester }],
    });
    expect(await ended(second.id)).toEqual({ orderStatus: 'cancelled' });
    expect(await exposure(suite.database, 'EARLY')).toBe(0);
  });
});

describe('an approved customer without room', () => {
  it('C1, C3: waits over the limit and goes on by itself when room appears: a payment, a limit, a cancellation', async () => {
    await addCustomer(suite.database, 'FULL', { limitMinor: 1_000_000 });
    const first = await order(suite, 'FULL', units(8));
    await becomes(suite, first, 'in-fulfilment');
    const second = await order(suite, 'FULL', units(3));
    await becomes(suite, second, 'over-limit');
    expect(await tasks(second)).toMatchObject([{ kind: 'over-limit', role: 'credit', status: 'open' }]);

    // 8,000 + 3,000 − 1,000 on account = the limit: equality passes.
    await pay(suite, 'FULL', 99_999, 'on account');
    await eventually(async () => (await timesAsked(second)) >= 2);
    expect(await orderStatus(suite.database, second)).toBe('over-limit');
    await pay(suite, 'FULL', 1, 'on account');
    await becomes(suite, second, 'in-fulfilment');
    expect(await exposure(suite.database, 'FULL')).toBe(1_000_000);
    expect(await tasks(second)).toMatchObject([{ status: 'completed' }]);

    const third = await order(suite, 'FULL', units(2));
    await becomes(suite, third, 'over-limit');
    const at = await suite.now();
    await suite.database.transaction((tx) =>
      changeLimit(tx, { customerId: 'FULL', limitMinor: 1_200_000, reason: 'grown', actor: anna, at }),
    );
    suite.delivery.deliverSoon();
    await becomes(suite, third, 'in-fulfilment');

    const fourth = await order(suite, 'FULL', units(1));
    await becomes(suite, fourth, 'over-limit');
    await cancel(first);
    await becomes(suite, fourth, 'in-fulfilment');
    expect(await exposure(suite.database, 'FULL')).toBe(500_000);
    for (const orderId of [second, third, fourth]) await cancel(orderId);
    expect(await exposure(suite.database, 'FULL')).toBe(-100_000);
  });

  it('C1: a one-off release lets this order pass up to its amount; too small a one leaves a task', async () => {
    await addCustomer(suite.database, 'RELEASE', { limitMinor: 500_000 });
    const orderId = await order(suite, 'RELEASE', units(7));
    await becomes(suite, orderId, 'over-limit');
    expect(await decide(orderId, { decision: 'release', limitMinor: 199_999 })).toMatchObject({ outcome: 'approved' });
    await eventually(async () => (await tasks(orderId)).length === 2);
    expect(await orderStatus(suite.database, orderId)).toBe('over-limit');
    expect(await tasks(orderId)).toMatchObject([{ status: 'completed' }, { kind: 'over-limit', status: 'open' }]);

    expect(await decide(orderId, { decision: 'release' })).toMatchObject({ outcome: 'approved' });
    await becomes(suite, orderId, 'in-fulfilment');
    expect(await account('RELEASE')).toEqual({ standing: 'approved', limitMinor: 500_000 });
    const { rows } = await suite.database.query(
      `SELECT actor, limit_minor AS "limitMinor", (decision ->> 'expiresAt') > $2 AS expires
       FROM credit_decisions WHERE order_id = $1 AND kind = 'one-off-release' ORDER BY id DESC LIMIT 1`,
      [orderId, await suite.now()],
    );
    expect(rows).toEqual([{ actor: 'anna', limitMinor: 200_000, expires: true }]);

    const review = await inReview('RELEASE-NONE');
    expect(await decide(review, { decision: 'release' })).toMatchObject({ refused: { type: 'order-state' } });
    for (const open of [orderId, review]) await cancel(open);
  });

  it('C4: room that a person has given is for the order as it was: one that grows before it is taken stands in line again', async () => {
    await addCustomer(suite.database, 'GROWS', { limitMinor: 200_000 });
    const orderId = await order(suite, 'GROWS', units(3));
    await becomes(suite, orderId, 'over-limit');
    const at = await suite.now();
    const said = { orderId, actor: anna, reason: 'looked at', at };
    const hasRoom = async () =>
      (await suite.database.query<{ given: boolean }>('SELECT room_decided AS given FROM orders WHERE id = $1', [orderId]))
        .rows[0]!.given;
    // In the database alone: its workflow has not heard of it yet.
    const amendTo = (quantity: number, revision: number) =>
      suite.database.transaction((tx) =>
        amendInDatabase(tx, { ...said, eventId: `to-${quantity}`, revision, lines: [{ lineNumber: 1, quantity }] }),
      );
    await suite.database.transaction((tx) => decideInDatabase(tx, { ...said, eventId: 'room', decision: 'approve' }));
    expect(await amendTo(2, 1)).toMatchObject({ revision: 2 });
    expect(await hasRoom()).toBe(true);
    expect(await amendTo(4, 2)).toMatchObject({ revision: 3 });
    expect(await hasRoom()).toBe(false);
    await cancel(orderId);
  });

  it('C1, C3: limit 0 is no credit; approved without an amount raises it by what the order needs; refused, the standing stays', async () => {
    await addCustomer(suite.database, 'ZERO', { limitMinor: 0 });
    const refused = await order(suite, 'ZERO', units(1));
    await becomes(suite, refused, 'over-limit');
    expect(await decide(refused, { decision: 'deny', reason: 'cash only' })).toMatchObject({ outcome: 'denied' });
    expect(await ended(refused)).toEqual({ orderStatus: 'declined' });
    expect(await account('ZERO')).toEqual({ standing: 'approved', limitMinor: 0 });

    const first = await order(suite, 'ZERO', units(2));
    await becomes(suite, first, 'over-limit');
    expect(await decide(first)).toMatchObject({ outcome: 'approved' });
    await becomes(suite, first, 'in-fulfilment');
    const second = await order(suite, 'ZERO', units(3));
    await becomes(suite, second, 'over-limit');
    expect(await decide(second)).toMatchObject({ outcome: 'approved' });
    await becomes(suite, second, 'in-fulfilment');
    expect(await account('ZERO')).toEqual({ standing: 'approved', limitMinor: 500_000 });
    for (const open of [first, second]) await cancel(open);
  });
});

describe('time goes by', () => {
  it('C2: a task that waits past its time goes up to finance once; hints meanwhile do not put it off', async () => {
    const review = await inReview('SLOW-REVIEW');
    await addCustomer(suite.database, 'SLOW-LIMIT', { limitMinor: 100_000 });
    const over = await order(suite, 'SLOW-LIMIT', units(5));
    await becomes(suite, over, 'over-limit');
    const [task] = await tasks(over);
    expect(task!.dueAt.slice(0, 15)).toBe('2027-03-03T09:0');

    await suite.advanceTo(instant('2027-03-02', '20:00:00'));
    await pay(suite, 'SLOW-LIMIT', 1_000, 'on account');
    await eventually(async () => (await timesAsked(over)) >= 2);
    expect((await tasks(over))[0]).toMatchObject({ dueAt: task!.dueAt, escalatedAt: null });
    expect(await tasks(over)).toHaveLength(1);

    await suite.advanceTo(instant('2027-03-03', '12:00:00'));
    for (const orderId of [review, over]) {
      expect(await tasks(orderId)).toMatchObject([{ status: 'open', role: 'finance' }]);
      expect((await tasks(orderId))[0]!.escalatedAt!.slice(0, 15)).toBe('2027-03-03T09:0');
      expect((await actions(orderId)).filter((action) => action === 'task-escalated')).toHaveLength(1);
    }
    expect(await decide(review)).toMatchObject({ outcome: 'approved' });
    await becomes(suite, review, 'in-fulfilment');
    for (const orderId of [review, over]) await cancel(orderId);
  });

  it('C6, P3: accepted orders of a customer who went overdue wait for the payment and go on by themselves after it', async () => {
    await addCustomer(suite.database, 'HELD', { limitMinor: 1_000_000, backOrderAllowed: true });
    await addCustomer(suite.database, 'HELD-REVIEW');
    const items = [
      await openingItem(suite, 'HELD', 70_000, '2027-02-01', '2027-03-03'),
      await openingItem(suite, 'HELD-REVIEW', 70_000, '2027-02-01', '2027-03-03'),
    ];
    const waiting = await order(suite, 'HELD', [{ sku: 'RARE', quantity: 2 }]);
    await becomes(suite, waiting, 'back-ordered');
    const applicant = await order(suite, 'HELD-REVIEW', units(1));
    await becomes(suite, applicant, 'credit-review');

    await suite.advanceTo(instant('2027-03-04', '12:00:00'));
    const refusal = await order(suite, 'HELD', units(1)).catch((error: Refusal) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({
      status: 422,
      type: 'customer-on-hold',
      extra: { currency: 'EUR', amountDueMinor: 70_000, invoices: [{ invoiceId: items[0], openMinor: 70_000 }] },
    });

    // Goods arrive, but nothing is released to a customer on hold; a part payment does not lift the hold.
    await addStock(suite, 'RARE', 5, 50_000);
    await becomes(suite, waiting, 'waiting-for-payment');
    await mailAbout(waiting, /waits for payment of 700\.00 EUR/);
    await pay(suite, 'HELD', 69_999, items[0]!);
    await pay(suite, 'HELD-REVIEW', 1, items[1]!);
    await becomes(suite, applicant, 'waiting-for-payment');
    expect(await decide(applicant)).toMatchObject({ refused: { type: 'order-state' } });
    expect(await orderStatus(suite.database, waiting)).toBe('waiting-for-payment');

    const paid = await pay(suite, 'HELD', 1, items[0]!);
    expect(paid).toMatchObject({ onHold: false });
    await becomes(suite, waiting, 'in-fulfilment');
    // The applicant is judged anew, and can be decided.
    await pay(suite, 'HELD-REVIEW', 69_999, items[1]!);
    await becomes(suite, applicant, 'credit-review');
    expect(await decide(applicant)).toMatchObject({ outcome: 'approved' });
    await becomes(suite, applicant, 'in-fulfilment');
    expect((await actions(waiting)).filter((action) => action === 'order-waits-for-payment')).toHaveLength(1);
    await checkInvariants(suite.database);
  });

  it('C2 (regression): public holidays are no business days of a review', async () => {
    // Maundy Thursday: Good Friday, the weekend and Easter Monday are no days to decide on.
    await suite.advanceTo(instant('2027-03-25', '12:00:00'));
    const review = await inReview('EASTER');
    expect(await tasks(review)).toMatchObject([{ kind: 'credit-review', dueAt: expect.stringMatching(/^2027-03-30/) }]);
    await addCustomer(suite.database, 'EASTER-LIMIT', { limitMinor: 100_000 });
    const over = await order(suite, 'EASTER-LIMIT', units(5));
    await becomes(suite, over, 'over-limit');
    expect(await tasks(over)).toMatchObject([{ kind: 'over-limit', dueAt: expect.stringMatching(/^2027-03-30/) }]);
    for (const orderId of [review, over]) await cancel(orderId);
  });
});

/** How often the order has asked for its credit: each ask is a marker in its history. */
async function timesAsked(orderId: string): Promise<number> {
  const { events } = await suite.client.workflow.getHandle(orderId).fetchHistory();
  const markers = events!.map((event) => event.markerRecordedEventAttributes?.details?.data?.payloads?.[0]?.data);
  return markers.filter((data) => data && Buffer.from(data).toString().includes('"holdCredit"')).length;
}
