import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readStatement } from '../../db/queries/statements.ts';
import { readClock } from '../../db/statements/company.ts';
import { reversePayment } from '../../db/transactions/reverse-payment.ts';
import { settle } from '../../db/transactions/settle.ts';
import type { PaymentTerms } from '../../domain/invoice.ts';
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

async function bounce(paymentId: string, more: { on?: string; feeMinor?: number; kind?: 'bounce' | 'undo' } = {}) {
  const { at, offsetMs } = await readClock(suite.database);
  const reversed = await suite.database.transaction((tx) =>
    reversePayment(tx, { paymentId, kind: 'bounce', reason: 'no funds', ...more, actor: tester, at, offsetMs }),
  );
  suite.delivery.deliverSoon();
  return reversed;
}

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
      kind: 'bounce',
      items: [
        {
          invoiceId: invoice.id,
          amountMinor: 30_000,
          discountMinor: 0,
          writeOffMinor: 0,
          openMinor: 30_000,
          dueOn: invoice.dueOn,
        },
      ],
      unappliedMinor: 5_000,
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

  it('I2: the discount that it had earned is owed again, and instalments are open by their own due dates', async () => {
    await customer('QUICK', { kind: 'net', days: 30, discounts: [{ rate: '0.02', days: 10 }] });
    const invoice = await bill('QUICK', 5);
    const books = await trialBalance(suite.database);
    const { paymentId, applications } = await pay(suite, 'QUICK', 49_000, invoice.id);
    expect(applications).toMatchObject([{ discountMinor: 1_000, openMinor: 0 }]);
    expect((await bounce(paymentId)).items).toMatchObject([{ discountMinor: 1_000, openMinor: 50_000 }]);
    expect(await trialBalance(suite.database)).toEqual(books);
    expect((await pay(suite, 'QUICK', 49_000, invoice.id)).applications).toMatchObject([{ discountMinor: 1_000, openMinor: 0 }]);

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

  it('P2: what was refunded, what is held for an order, and a day that cannot be are refused with nothing changed', async () => {
    await customer('REFUSED');
    const { paymentId } = await pay(suite, 'REFUSED', 10_000, 'nothing');
    await expect(bounce(paymentId, { on: '2027-01-01' })).rejects.toThrow(/not between/);
    await expect(bounce(paymentId, { on: '2028-01-01' })).rejects.toThrow(/not between/);
    await suite.database.query('UPDATE payments SET refunded_minor = 4000, unapplied_minor = 6000 WHERE id = $1', [paymentId]);
    await expect(bounce(paymentId)).rejects.toThrow(/as a refund/);
    await suite.database.query('UPDATE payments SET refunded_minor = 0, unapplied_minor = 10000 WHERE id = $1', [paymentId]);
    const prepaid = await order(suite, 'REFUSED', [{ sku: 'UNIT', quantity: 1 }], { prepayment: true });
    await becomes(suite, prepaid, 'awaiting-prepayment');
    const asked = await suite.database.query<{ number: string }>('SELECT number FROM prepayments WHERE order_id = $1', [prepaid]);
    const deposit = await pay(suite, 'REFUSED', 5_000, asked.rows[0]!.number);
    await expect(bounce(deposit.paymentId)).rejects.toThrow(/held for orders/);
    await expect(bounce('PAY-1')).rejects.toThrow(/no payment/);
  });

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
