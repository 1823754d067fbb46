import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readStatement } from '../../db/queries/statements.ts';
import { readClock } from '../../db/statements/company.ts';
import { applyPayment } from '../../db/transactions/apply-payment.ts';
import { correctInvoice } from '../../db/transactions/correct-invoice.ts';
import { raiseDispute } from '../../db/transactions/dispute-invoice.ts';
import { decideRefund, noteRefundToCard, requestRefund } from '../../db/transactions/refund-payment.ts';
import { reversePayment } from '../../db/transactions/reverse-payment.ts';
import { settle } from '../../db/transactions/settle.ts';
import type { PaymentTerms } from '../../domain/invoice.ts';
import { addDays } from '../../domain/time.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  exposure,
  instant,
  invoiced,
  openingItem,
  order,
  orderStatus,
  pay,
  pickAndPack,
  setUpCompany,
  shipmentsInWork,
  trialBalance,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';

/* Payments that the bank takes back, on the company clock, from 1 March 2027. A UNIT costs 100.00 without tax, due in 30 days. */
let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'UNIT', 10_000, '0');
  await addStock(suite, 'UNIT', 500, 4_000);
});
afterEach(() => checkInvariants(suite.database));
afterAll(() => suite?.stop());

async function customer(id: string, terms: PaymentTerms = { kind: 'net', days: 30 }): Promise<void> {
  await addCustomer(suite.database, id, { limitMinor: 10_000_000 });
  await suite.database.query('UPDATE customers SET terms = $2 WHERE id = $1', [id, JSON.stringify(terms)]);
}

async function bill(customerId: string, quantity: number) {
  const orderId = await order(suite, customerId, [{ sku: 'UNIT', quantity }]);
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  const [invoice] = await invoiced(suite, orderId);
  return { ...invoice!, orderId };
}

interface More {
  on?: string;
  feeMinor?: number;
  kind?: 'bounce' | 'undo' | 'chargeback';
  amountMinor?: number;
  invoiceIds?: string[];
}

async function bounce(paymentId: string, more: More = {}) {
  const { at, offsetMs } = await readClock(suite.database);
  const reversed = await suite.database.transaction((tx) =>
    reversePayment(tx, { paymentId, kind: 'bounce', reason: 'no funds', ...more, actor: tester, at, offsetMs }),
  );
  suite.delivery.deliverSoon();
  return reversed;
}

const second = { name: 'second', verified: true };
async function refund(paymentId: string, amountMinor: number): Promise<string> {
  const { at } = await readClock(suite.database);
  const asked = { paymentId, amountMinor, iban: 'DE89370400440532013000', reason: 'they ask for it', actor: tester, at };
  const { id: refundId } = await suite.database.transaction((tx) => requestRefund(tx, asked));
  await suite.database.transaction((tx) => decideRefund(tx, { refundId, decision: 'approve', actor: second, at }));
  return refundId;
}

/** The pro-forma of an order that waits for its money. */
async function askedFor(orderId: string): Promise<string> {
  await becomes(suite, orderId, 'awaiting-prepayment');
  const { rows } = await suite.database.query<{ number: string }>('SELECT number FROM prepayments WHERE order_id = $1', [
    orderId,
  ]);
  return rows[0]!.number;
}

const reservedUnits = async () =>
  (await suite.database.query<{ units: number }>('SELECT sum(reserved)::int AS units FROM stock')).rows[0]!.units;

async function standing(invoiceId: string) {
  const { rows } = await suite.database.query<{
    openMinor: number;
    dueOn: string;
    level: number;
    isOverdue: boolean;
    isOnHold: boolean;
    round: number;
    holder: string;
  }>(
    `SELECT i.open_minor AS "openMinor", i.due_on AS "dueOn", i.dunning_level AS level, i.overdue_since IS NOT NULL AS "isOverdue",
       a.on_hold_since IS NOT NULL AS "isOnHold", i.collection_round AS round, i.holder_workflow_id AS holder
     FROM invoices i JOIN credit_accounts a USING (customer_id) WHERE i.id = $1`,
    [invoiceId],
  );
  return rows[0]!;
}

const tasksOf = async (invoiceId: string) =>
  (
    await suite.database.query<{ key: string; status: string }>(
      "SELECT key, status FROM tasks WHERE invoice_id = $1 AND kind IN ('overdue-contact', 'collections') ORDER BY id",
      [invoiceId],
    )
  ).rows.map(({ key, status }) => `${key} ${status}`);
const workflowStatus = async (id: string) => (await suite.client.workflow.getHandle(id).describe()).status.name;
const ended = (id: string) => eventually(async () => (await workflowStatus(id)) === 'COMPLETED');

describe('a payment that bounces', () => {
  it('P2, P4: its invoice is open again, due as before, and is collected by a round of its own; its closed order stays closed', async () => {
    await customer('BOUNCER');
    const invoice = await bill('BOUNCER', 3);
    const [books, owed] = [await trialBalance(suite.database), await exposure(suite.database, 'BOUNCER')];
    const { paymentId } = await pay(suite, 'BOUNCER', 35_000, invoice.id);
    await becomes(suite, invoice.orderId, 'closed');
    await suite.advanceTo(instant('2027-03-05', '08:00:00'));

    expect(await bounce(paymentId, { feeMinor: 450 })).toEqual({
      paymentId,
      number: 1,
      kind: 'bounce',
      amountMinor: 35_000,
      items: [
        {
          invoiceId: invoice.id,
          amountMinor: 30_000,
          discountMinor: 0,
          writeOffMinor: 0,
          givenUpMinor: 0,
          openMinor: 30_000,
          dueOn: invoice.dueOn,
        },
      ],
      unappliedMinor: 5_000,
      deposits: [],
      owedAgain: null,
      feeMinor: 450,
      onHold: false,
    });
    await expect(bounce(paymentId)).rejects.toThrow(/taken back already/);
    expect(await exposure(suite.database, 'BOUNCER')).toBe(owed);
    expect(await trialBalance(suite.database)).toEqual({ ...books, bank: -450, 'bank-charges': 450 });
    expect((await readStatement(suite.database, 'BOUNCER', { from: '2027-03-01', to: '2027-03-31' }))!.lines).toMatchObject([
      { kind: 'invoice', amountMinor: 30_000 },
      { kind: 'payment', amountMinor: -30_000, documentId: paymentId },
      { on: '2027-03-05', kind: 'payment-bounced', amountMinor: 30_000, documentId: paymentId, balanceMinor: 30_000 },
    ]);
    const round = `receivable:${invoice.id}:2`;
    await eventually(async () => (await workflowStatus(round)) === 'RUNNING');
    expect(await standing(invoice.id)).toMatchObject({ dueOn: invoice.dueOn, round: 2, holder: round, isOnHold: false });
    await eventually(async () =>
      suite.mails.find(({ subject, text }) => subject === 'Your payment of 350.00 EUR was returned' && text.includes(invoice.id)),
    );

    await suite.advanceTo(instant('2027-04-01', '08:00:00'));
    expect(await tasksOf(invoice.id)).toEqual([`${invoice.id}:round-2:overdue open`]);
    expect(await standing(invoice.id)).toMatchObject({ level: 1, isOverdue: true, isOnHold: true });
    await pay(suite, 'BOUNCER', 30_000, invoice.id);
    await ended(round);
    expect(await standing(invoice.id)).toMatchObject({ openMinor: 0, isOnHold: false });
    expect(await orderStatus(suite.database, invoice.orderId)).toBe('closed');
  }, 60_000);

  it('P2, P3, P5: overdue again at once with its hold and level; what was noted of interest stands and is noted once', async () => {
    await customer('LATE');
    const invoice = await bill('LATE', 10);
    await suite.advanceTo(instant('2027-05-10', '12:00:00'));
    expect(await standing(invoice.id)).toMatchObject({ level: 1, isOnHold: true });
    const first = await pay(suite, 'LATE', 100_000, invoice.id);
    expect(first).toMatchObject({ interestNotes: [expect.stringMatching(/^INT-/)], onHold: false });
    await suite.advanceTo(instant('2027-05-12', '12:00:00'));
    expect(await bounce(first.paymentId)).toMatchObject({ onHold: true });
    expect(await standing(invoice.id)).toMatchObject({ isOverdue: true, isOnHold: true, level: 1, round: 2 });
    await eventually(async () => (await tasksOf(invoice.id)).includes(`${invoice.id}:round-2:overdue open`));
    await suite.advanceTo(instant('2027-05-20', '12:00:00'));
    expect(await standing(invoice.id)).toMatchObject({ level: 2 });
    const second = await pay(suite, 'LATE', 100_000, invoice.id);
    const { rows } = await suite.database.query<{ minor: number; days: number }>(
      `SELECT gross_minor AS minor, (SELECT sum((s ->> 'days')::int) FROM jsonb_array_elements(facts -> 'segments') s)::int AS days
       FROM invoices WHERE corrects_invoice_id = $1 ORDER BY id`,
      [invoice.id],
    );
    expect(second.interestNotes).toHaveLength(1);
    const whole = Math.round((100_000 * 0.11 * rows[1]!.days) / 365);
    expect(rows[0]!.minor + rows[1]!.minor).toBe(whole);
    expect(rows[0]!.minor).toBe(Math.round((100_000 * 0.11 * rows[0]!.days) / 365));
  }, 60_000);

  it('P5, P2: after an undone match interest is for the days on which the customer owed; what was noted beyond that is credited by a person', async () => {
    await customer('MISTAKEN');
    const due = ['2027-01-05', '2027-02-10'] as const;
    const [one, two] = [
      await openingItem(suite, 'MISTAKEN', 100_000, ...due),
      await openingItem(suite, 'MISTAKEN', 100_000, ...due),
    ];
    // Money of somebody else, by which both seemed to be paid ten days late: 1,000.00 × 11 % × 10 / 365.
    const others = [
      await pay(suite, 'MISTAKEN', 100_000, one, '2027-02-20'),
      await pay(suite, 'MISTAKEN', 100_000, two, '2027-02-20'),
    ];
    for (const { paymentId } of others) await bounce(paymentId, { kind: 'undo' });
    // The first was paid five days after that, and owed all the while; the second had been paid in time.
    expect((await pay(suite, 'MISTAKEN', 100_000, one, '2027-02-25')).interestNotes).toHaveLength(1);
    const inTime = await pay(suite, 'MISTAKEN', 100_000, two, '2027-02-10');
    expect(inTime.interestNotes).toEqual([]);
    const { rows } = await suite.database.query<{ principal: string; minor: number }>(
      `SELECT corrects_invoice_id AS principal, gross_minor AS minor FROM invoices WHERE kind = 'interest-note' AND corrects_invoice_id = ANY ($1)
       ORDER BY id`,
      [[one, two]],
    );
    expect(rows).toEqual([
      { principal: one, minor: 301 },
      { principal: two, minor: 301 },
      { principal: one, minor: 151 },
    ]);
    const { rows: asked } = await suite.database.query("SELECT role, details FROM tasks WHERE kind = 'interest-overcharged'");
    expect(asked).toMatchObject([{ role: 'receivables', details: { amountMinor: 301 } }]);
    // What is credited as an error is noted no longer: it is due anew when this money was not for the item either, and no earlier came.
    const { at, offsetMs } = await readClock(suite.database);
    const [invoiceId] = asked[0]!.details.noteIds;
    await suite.database.transaction((tx) =>
      correctInvoice(tx, { invoiceId, request: { kind: 'credit', reason: 'interest-error' }, actor: tester, at, offsetMs }),
    );
    await bounce(inTime.paymentId, { kind: 'undo' });
    const anew = await pay(suite, 'MISTAKEN', 100_000, two, '2027-02-20');
    expect(anew.interestNotes).toHaveLength(1);
    const noted = await suite.database.query('SELECT gross_minor AS minor FROM invoices WHERE id = ANY ($1)', [
      anew.interestNotes,
    ]);
    expect(noted.rows).toEqual([{ minor: 301 }]);
    // Nothing is left to be credited, though nothing of what had been noted stands.
    const { rows: tasks } = await suite.database.query("SELECT status FROM tasks WHERE kind = 'interest-overcharged'");
    expect(tasks).toEqual([{ status: 'cancelled' }]);
  }, 60_000);

  it('P2: an order that is still open hears of it, and closes when all of it is paid again, in a third round', async () => {
    await customer('TWICE');
    await suite.database.query("UPDATE customers SET back_order_allowed = true WHERE id = 'TWICE'");
    await addProduct(suite.database, 'RARE', 10_000, '0');
    await addStock(suite, 'RARE', 1, 4_000);
    const orderId = await order(suite, 'TWICE', [{ sku: 'RARE', quantity: 2 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const [first] = await invoiced(suite, orderId);
    const { paymentId } = await pay(suite, 'TWICE', 10_000, first!.id);
    await bounce(paymentId);
    const again = await pay(suite, 'TWICE', 10_000, first!.id);
    await ended(`receivable:${first!.id}:2`);
    await bounce(again.paymentId);
    await addStock(suite, 'RARE', 1, 4_000);
    const [second] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, second!);
    const both = await invoiced(suite, orderId, 2);
    await pay(suite, 'TWICE', 10_000, both.find(({ id }) => id !== first!.id)!.id);
    expect(await orderStatus(suite.database, orderId)).toBe('invoiced');
    expect(await standing(first!.id)).toMatchObject({ round: 3, openMinor: 10_000 });
    await pay(suite, 'TWICE', 10_000, first!.id);
    await becomes(suite, orderId, 'closed');
    await ended(orderId);
    await ended(`receivable:${first!.id}:3`);
  }, 60_000);

  it('I2, A4: the discount that it had earned is owed again, and instalments are open by their own due dates', async () => {
    await customer('QUICK', { kind: 'net', days: 30, discounts: [{ rate: '0.02', days: 10 }] });
    const invoice = await bill('QUICK', 5);
    const books = await trialBalance(suite.database);
    const { paymentId, applications } = await pay(suite, 'QUICK', 49_000, invoice.id);
    expect(applications).toMatchObject([{ discountMinor: 1_000, openMinor: 0 }]);
    expect((await bounce(paymentId)).items).toMatchObject([{ discountMinor: 1_000, openMinor: 50_000 }]);
    expect(await trialBalance(suite.database)).toEqual(books);
    const again = await pay(suite, 'QUICK', 49_000, invoice.id);
    expect(again.applications).toMatchObject([{ discountMinor: 1_000, openMinor: 0 }]);
    await bounce(again.paymentId, { kind: 'chargeback' });
    const { lines } = (await readStatement(suite.database, 'QUICK', { from: '2027-03-01', to: '2028-02-28' }))!;
    const told = lines.map(({ kind, documentId, amountMinor }) => `${kind} ${documentId} ${amountMinor}`);
    expect(told.toSorted()).toEqual(
      [
        `invoice ${invoice.id} 50000`,
        ...[paymentId, again.paymentId].flatMap((id) => [`payment ${id} -49000`, `early-payment-discount ${id} -1000`]),
        ...[49_000, 1_000].flatMap((minor) => [
          `payment-bounced ${paymentId} ${minor}`,
          `payment-charged-back ${again.paymentId} ${minor}`,
        ]),
      ].toSorted(),
    );
    await pay(suite, 'QUICK', 49_000, invoice.id);

    await customer('PARTS', {
      kind: 'net',
      days: 30,
      instalments: [
        { share: '0.5', days: 30 },
        { share: '0.5', days: 60 },
      ],
    });
    const parts = await bill('PARTS', 4);
    const half = await pay(suite, 'PARTS', 20_000, parts.id);
    const later = (await standing(parts.id)).dueOn;
    expect(later > parts.dueOn).toBe(true);
    await bounce(half.paymentId);
    expect(await standing(parts.id)).toMatchObject({ openMinor: 40_000, dueOn: parts.dueOn, round: 2 });
    const { rows } = await suite.database.query<{ step: string }>(
      "SELECT s ->> 'step' AS step FROM invoices, jsonb_array_elements(plan -> 'steps') s WHERE id = $1",
      [parts.id],
    );
    expect(rows.map(({ step }) => step)).toEqual(expect.arrayContaining(['round-2:overdue', 'round-2:2:overdue']));
    // The order collected the first round and waits still: it hears that all is paid, and ends.
    await pay(suite, 'PARTS', 40_000, parts.id);
    await becomes(suite, parts.orderId, 'closed');
    await ended(parts.orderId);
    await ended(`receivable:${parts.id}:2`);
  }, 60_000);

  it('P2, P4: an instalment that is overdue again stands at its level, with the interval after its last notice', async () => {
    const share = { share: '0.5', days: 30 };
    await customer('LEVELS', { kind: 'net', days: 30, instalments: [share, { ...share, days: 120 }] });
    const { id, dueOn } = await bill('LEVELS', 4);
    await suite.advanceTo(instant(addDays(dueOn, 15), '12:00:00'));
    expect(await standing(id)).toMatchObject({ level: 2, isOverdue: true });
    const { paymentId } = await pay(suite, 'LEVELS', 20_000, id);
    expect(await standing(id)).toMatchObject({ level: 0, isOverdue: false, isOnHold: false });
    await suite.advanceTo(instant(addDays(dueOn, 28), '12:00:00'));
    await bounce(paymentId);
    expect(await standing(id)).toMatchObject({ level: 2, isOverdue: true, isOnHold: true, round: 2 });
    const { rows } = await suite.database.query<{ step: string; on: string }>(
      "SELECT s ->> 'step' AS step, s ->> 'on' AS on FROM invoices, jsonb_array_elements(plan -> 'steps') s WHERE id = $1 ORDER BY s ->> 'at'",
      [id],
    );
    expect(rows.filter(({ step }) => !step.includes('2:2:') && !step.endsWith('overdue'))).toEqual([
      { step: 'round-2:dunning-3', on: addDays(dueOn, 30) },
      { step: 'round-2:collections', on: addDays(dueOn, 45) },
    ]);
    await pay(suite, 'LEVELS', 40_000, id);
  }, 60_000);

  it('P2: a day that cannot be, more than is left and a payment that there is not are refused with nothing changed', async () => {
    await customer('REFUSED');
    const { paymentId } = await pay(suite, 'REFUSED', 10_000, 'nothing');
    await expect(bounce(paymentId, { on: '2027-01-01' })).rejects.toThrow(/not between/);
    await expect(bounce(paymentId, { on: '2028-01-01' })).rejects.toThrow(/not between/);
    await expect(bounce(paymentId, { amountMinor: 10_001 })).rejects.toThrow(/Only 100.00 EUR/);
    await expect(bounce('PAY-1')).rejects.toThrow(/no payment/);
    await refund(paymentId, 4_000);
    await expect(bounce(paymentId, { kind: 'undo' })).rejects.toThrow(/as a refund/);
  });

  it('P2, P3, A3, A4: what had been refunded is owed by an item of its own, due the day that it is made, and collected', async () => {
    await customer('REFUNDED');
    const invoice = await bill('REFUNDED', 3);
    const [books, owed] = [await trialBalance(suite.database), await exposure(suite.database, 'REFUNDED')];
    const { paymentId } = await pay(suite, 'REFUNDED', 35_000, invoice.id);
    await refund(paymentId, 4_000);
    const today = (await suite.now()).slice(0, 10);
    const { items, unappliedMinor, owedAgain, onHold } = await bounce(paymentId);
    expect(items).toMatchObject([{ invoiceId: invoice.id, openMinor: 30_000, dueOn: invoice.dueOn }]);
    expect({ unappliedMinor, onHold }).toEqual({ unappliedMinor: 1_000, onHold: false });
    expect(owedAgain).toEqual({ invoiceId: expect.stringMatching(/^RTN-2027-/), amountMinor: 4_000, dueOn: today });
    const itemId = owedAgain!.invoiceId;
    expect(await exposure(suite.database, 'REFUNDED')).toBe(owed + 4_000);
    const { bank = 0, 'accounts-receivable': receivable = 0, ...others } = books;
    expect(await trialBalance(suite.database)).toEqual({
      ...others,
      bank: bank - 4_000,
      'accounts-receivable': receivable + 4_000,
    });
    const { lines, closingMinor } = (await readStatement(suite.database, 'REFUNDED', { from: today, to: today }))!;
    expect(lines).toContainEqual(
      expect.objectContaining({ kind: 'payment-bounced', documentId: paymentId, invoiceId: itemId, amountMinor: 4_000 }),
    );
    expect(closingMinor).toBe(34_000);
    await eventually(async () =>
      suite.mails.find(({ subject, text }) => subject === 'Your payment of 350.00 EUR was returned' && text.includes(itemId)),
    );
    await eventually(async () => (await workflowStatus(`receivable:${itemId}`)) === 'RUNNING');
    await suite.advanceTo(instant(addDays(today, 1), '08:00:00'));
    await eventually(async () => (await tasksOf(itemId)).includes(`${itemId}:overdue open`));
    expect(await standing(itemId)).toMatchObject({ isOverdue: true, isOnHold: true });
    // Nobody corrects or disputes it: no document of ours was wrong.
    const dispute = { reason: 'price-error', note: 'no', lines: [{ lineNumber: 1, amountMinor: 1 }], actor: tester } as const;
    const { at, offsetMs } = await readClock(suite.database);
    await expect(
      suite.database.transaction((tx) =>
        raiseDispute(tx, { invoiceId: itemId, ...dispute, lines: [...dispute.lines], at, offsetMs }),
      ),
    ).rejects.toThrow(/went back twice/);
    await pay(suite, 'REFUNDED', 34_000, `${invoice.id} ${itemId}`);
    expect(await standing(itemId)).toMatchObject({ openMinor: 0, isOnHold: false });
    await ended(`receivable:${itemId}`);
  }, 60_000);

  it('P2, P4: what a bank says late of refunded money is due now, with every letter before it is handed over', async () => {
    await customer('SAID-LATE');
    const today = (await suite.now()).slice(0, 10);
    const { paymentId } = await pay(suite, 'SAID-LATE', 9_000, 'on account', addDays(today, -60));
    await refund(paymentId, 9_000);
    const { owedAgain } = await bounce(paymentId, { on: addDays(today, -58) });
    expect(owedAgain).toMatchObject({ amountMinor: 9_000, dueOn: today });
    const { rows } = await suite.database.query<{ step: string; day: string }>(
      "SELECT s ->> 'step' AS step, s ->> 'on' AS day FROM invoices, jsonb_array_elements(plan -> 'steps') s WHERE id = $1",
      [owedAgain!.invoiceId],
    );
    expect(rows.map(({ step, day }) => `${step} ${day}`)).toEqual([
      `overdue ${addDays(today, 1)}`,
      `dunning-1 ${addDays(today, 1)}`,
      `dunning-2 ${addDays(today, 15)}`,
      `dunning-3 ${addDays(today, 30)}`,
      `collections ${addDays(today, 45)}`,
    ]);
    await pay(suite, 'SAID-LATE', 9_000, owedAgain!.invoiceId);
    await ended(`receivable:${owedAgain!.invoiceId}`);
  }, 30_000);

  it('P1, P2: a refund that fails after a chargeback waits again, unless the chargeback was for it too: then a task names what asks for it', async () => {
    await customer('FAILS');
    const failed = async (refundId: string) => {
      const { at } = await readClock(suite.database);
      await suite.database.transaction((tx) => noteRefundToCard(tx, { refundId, failureCode: 'closed_card', at }));
      const { rows } = await suite.database.query<{ status: string; unappliedMinor: number; title: string }>(
        `SELECT r.status, p.unapplied_minor AS "unappliedMinor", t.title FROM refunds r JOIN payments p ON p.id = r.payment_id
         JOIN tasks t ON t.key = r.id || ':failed' WHERE r.id = $1`,
        [refundId],
      );
      await checkInvariants(suite.database);
      return rows[0];
    };
    const beside = await pay(suite, 'FAILS', 10_000, 'on account');
    const inPeace = await refund(beside.paymentId, 4_000);
    expect(await bounce(beside.paymentId, { kind: 'chargeback', amountMinor: 3_000 })).toMatchObject({ owedAgain: null });
    expect(await failed(inPeace)).toMatchObject({ status: 'failed', unappliedMinor: 7_000 });

    const both = await pay(suite, 'FAILS', 10_000, 'on account');
    const takenToo = await refund(both.paymentId, 4_000);
    const { owedAgain } = await bounce(both.paymentId, { kind: 'chargeback' });
    expect(await failed(takenToo)).toMatchObject({
      status: 'approved',
      unappliedMinor: 0,
      title: expect.stringContaining(owedAgain!.invoiceId),
    });
  }, 30_000);

  it('P2: in parts: the newest application first, or what is named, then the rest, each once', async () => {
    await customer('IN-PARTS', { kind: 'net', days: 30, discounts: [{ rate: '0.02', days: 10 }] });
    const older = await bill('IN-PARTS', 2);
    const books = await trialBalance(suite.database);
    const { paymentId } = await pay(suite, 'IN-PARTS', 50_000, older.id);
    const newer = await bill('IN-PARTS', 1);
    const paid = await trialBalance(suite.database);
    const { at, offsetMs } = await readClock(suite.database);
    await suite.database.transaction((tx) =>
      applyPayment(tx, { paymentId, invoiceIds: [newer.id], actor: tester, at, offsetMs }),
    );
    // 196.00 paid the older one, 98.00 the newer one, 206.00 waits.
    const first = await bounce(paymentId, { amountMinor: 22_600 });
    expect(first).toMatchObject({ number: 1, unappliedMinor: 20_600, feeMinor: 0 });
    expect(first.items).toEqual([
      {
        invoiceId: newer.id,
        amountMinor: 2_000,
        discountMinor: 200,
        writeOffMinor: 0,
        givenUpMinor: 0,
        openMinor: 2_200,
        dueOn: newer.dueOn,
      },
    ]);
    expect(await standing(older.id)).toMatchObject({ openMinor: 0 });
    const second = await bounce(paymentId, { amountMinor: 10_000, invoiceIds: [older.id] });
    expect(second.items).toMatchObject([{ invoiceId: older.id, amountMinor: 10_000, discountMinor: 400, openMinor: 10_400 }]);
    // A part that is paid already is collected on, and the discount that it had earned is not taken back again.
    const third = await bounce(paymentId, { amountMinor: 1_000 });
    expect(third.items).toMatchObject([{ invoiceId: newer.id, amountMinor: 1_000, discountMinor: 0, openMinor: 3_200 }]);
    expect(await standing(newer.id)).toMatchObject({ round: 2 });
    await checkInvariants(suite.database);
    const rest = await bounce(paymentId);
    expect(rest).toMatchObject({ number: 4, amountMinor: 50_000 - 22_600 - 10_000 - 1_000 });
    await expect(bounce(paymentId)).rejects.toThrow(/taken back already/);
    expect(await standing(older.id)).toMatchObject({ openMinor: 20_000 });
    expect(await standing(newer.id)).toMatchObject({ openMinor: 10_000 });
    // As if it had never come: the newer invoice stands beside what there was.
    const now = await trialBalance(suite.database);
    expect(now).toEqual({
      ...paid,
      bank: (paid.bank ?? 0) - 50_000,
      'unapplied-cash': (paid['unapplied-cash'] ?? 0) + 30_400,
      'accounts-receivable': (books['accounts-receivable'] ?? 0) + 10_000,
      'discounts-granted': (paid['discounts-granted'] ?? 0) - 400,
    });
    const { rows } = await suite.database.query<{ subject: string }>(
      "SELECT facts ->> 'amountMinor' AS subject FROM notices WHERE customer_id = 'IN-PARTS' AND kind = 'payment-bounced' ORDER BY at, key",
    );
    expect(rows.map(({ subject }) => subject)).toEqual(['22600', '10000', '1000', '16400']);
  }, 60_000);

  it('P2, C1, F1: money that is held for an order stops it until it has come again; of goods that have left, the invoice is open', async () => {
    await customer('AHEAD');
    const orderId = await order(suite, 'AHEAD', [{ sku: 'UNIT', quantity: 2 }], { prepayment: true });
    const proForma = await askedFor(orderId);
    const { paymentId } = await pay(suite, 'AHEAD', 20_000, proForma);
    const [withdrawn] = await shipmentsInWork(suite, orderId);
    const reserved = await reservedUnits();
    // A part is enough: nothing leaves that is not paid.
    expect(await bounce(paymentId, { amountMinor: 5_000 })).toMatchObject({
      items: [],
      deposits: [{ orderId, amountMinor: 5_000 }],
    });
    await becomes(suite, orderId, 'waiting-for-payment');
    expect(await reservedUnits()).toBe(reserved - 2);
    await eventually(async () =>
      suite.mails.find(
        ({ subject, text }) => subject === `Order ${orderId} waits for payment of 50.00 EUR` && text.includes(proForma),
      ),
    );
    await checkInvariants(suite.database);
    await pay(suite, 'AHEAD', 4_000, proForma);
    expect(await orderStatus(suite.database, orderId)).toBe('waiting-for-payment');
    const rest = await pay(suite, 'AHEAD', 1_000, proForma);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    expect(shipmentId).not.toBe(withdrawn);
    await pickAndPack(suite, orderId, shipmentId!);
    const [invoice] = await invoiced(suite, orderId);
    await becomes(suite, orderId, 'closed');
    expect((await bounce(rest.paymentId)).items).toMatchObject([{ invoiceId: invoice!.id, openMinor: 1_000 }]);
    await eventually(async () => (await workflowStatus(`receivable:${invoice!.id}:2`)) === 'RUNNING');
    await pay(suite, 'AHEAD', 1_000, invoice!.id);
    await ended(`receivable:${invoice!.id}:2`);
  }, 60_000);

  it('P2, C1: an order that waits for the rest of its money waits for what was returned too, and its deadline stands', async () => {
    await customer('WAITS');
    const orderId = await order(suite, 'WAITS', [{ sku: 'UNIT', quantity: 1 }], { prepayment: true });
    const { paymentId } = await pay(suite, 'WAITS', 5_000, await askedFor(orderId));
    expect(await bounce(paymentId)).toMatchObject({ deposits: [{ orderId, amountMinor: 5_000 }] });
    expect(await orderStatus(suite.database, orderId)).toBe('awaiting-prepayment');
    const { rows } = await suite.database.query<{ dueAt: string }>(
      'SELECT due_at AS "dueAt" FROM prepayments WHERE order_id = $1',
      [orderId],
    );
    await suite.advanceTo(new Date(Date.parse(rows[0]!.dueAt) + 60_000).toISOString());
    await becomes(suite, orderId, 'cancelled');
  }, 60_000);

  it('P2, P1: bounced while a refund of it is approved and the rest pays an invoice: every cent is where it belongs', async () => {
    await customer('TORN');
    for (let run = 0; run < 4; run += 1) {
      const invoice = await bill('TORN', 1);
      const { paymentId } = await pay(suite, 'TORN', 10_000, 'on account');
      const { at, offsetMs } = await readClock(suite.database);
      const before = (await trialBalance(suite.database)).bank ?? 0;
      const [bounced, refunded] = await Promise.allSettled([
        bounce(paymentId),
        refund(paymentId, 4_000),
        suite.database.transaction((tx) =>
          applyPayment(tx, { paymentId, invoiceIds: [invoice.id], actor: tester, at, offsetMs }),
        ),
      ]);
      const { value } = bounced as PromiseFulfilledResult<Awaited<ReturnType<typeof bounce>>>;
      const isRefunded = refunded.status === 'fulfilled';
      expect(value.owedAgain?.amountMinor).toBe(isRefunded ? 4_000 : undefined);
      expect((await trialBalance(suite.database)).bank).toBe(before - 10_000 - (isRefunded ? 4_000 : 0));
      expect(await standing(invoice.id)).toMatchObject({ openMinor: 10_000 });
      await checkInvariants(suite.database);
      await pay(suite, 'TORN', 14_000, `${invoice.id} ${value.owedAgain?.invoiceId ?? ''}`);
    }
  }, 120_000);

  it('P2: bounced twice at once while more money comes in and its order closes: once, and every cent is where it belongs', async () => {
    await customer('RACE');
    for (let run = 0; run < 4; run += 1) {
      const invoice = await bill('RACE', 1);
      const { paymentId } = await pay(suite, 'RACE', 10_000, invoice.id);
      const { at } = await readClock(suite.database);
      const outcomes = await Promise.allSettled([
        bounce(paymentId),
        bounce(paymentId, { kind: 'undo' }),
        pay(suite, 'RACE', 4_000, invoice.id),
        suite.database.transaction((tx) => settle(tx, { invoiceId: invoice.id, at })),
      ]);
      expect(outcomes.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
      const { openMinor } = await standing(invoice.id);
      const { rows } = await suite.database.query<{ minor: number }>(
        "SELECT unapplied_cash_minor AS minor FROM credit_accounts WHERE customer_id = 'RACE'",
      );
      expect([6_000, 10_000]).toContain(openMinor);
      await pay(suite, 'RACE', openMinor, invoice.id);
      expect((await standing(invoice.id)).openMinor).toBe(0);
      expect(rows[0]!.minor).toBeGreaterThanOrEqual(0);
      await becomes(suite, invoice.orderId, 'closed');
      await ended(invoice.orderId);
      await checkInvariants(suite.database);
    }
  }, 120_000);

  it('P2: an item without an order is collected anew as well', async () => {
    await customer('OPENING');
    const today = (await suite.now()).slice(0, 10);
    const itemId = await openingItem(suite, 'OPENING', 5_000, today, '2027-12-31');
    const { paymentId } = await pay(suite, 'OPENING', 5_000, itemId);
    await ended(`receivable:${itemId}`);
    await bounce(paymentId);
    await eventually(async () => (await workflowStatus(`receivable:${itemId}:2`)) === 'RUNNING');
    await pay(suite, 'OPENING', 5_000, itemId);
    await ended(`receivable:${itemId}:2`);
  }, 30_000);
});
