import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClock } from '../../db/statements/company.ts';
import { applyPayment } from '../../db/transactions/apply-payment.ts';
import { invoicePdf } from '../../documents/invoice-pdf.ts';
import { isPaymentReference } from '../../domain/invoice.ts';
import { type CreditDecisionRequest, cancelOrder, decideCredit } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  ask,
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
  timeline,
  trialBalance,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';

/* Payment in advance in the real engine. One UNIT costs 1,000.00 without tax; the policy gives the money seven days. */
const anna = { name: 'anna', verified: true };

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
const decide = (orderId: string, decision: Partial<CreditDecisionRequest>) =>
  ask(suite, orderId, decideCredit, { decision: 'approve', reason: 'looked at', actor: anna, ...decision });
const cancel = (orderId: string) => ask(suite, orderId, cancelOrder, { reason: 'changed its mind', actor: tester });
const ended = (orderId: string) => suite.client.workflow.getHandle(orderId).result();
const actions = async (orderId: string) => (await timeline(suite.database, orderId)).map(({ action }) => action);
const mailAbout = (words: RegExp) =>
  eventually(async () => suite.mails.find((mail) => words.test(`${mail.subject} ${mail.text}`)));

async function askedFor(orderId: string) {
  await becomes(suite, orderId, 'awaiting-prepayment');
  const { rows } = await suite.database.query<{
    number: string;
    paymentReference: string;
    amountMinor: number;
    receivedMinor: number;
    dueOn: string;
    status: string;
  }>(
    `SELECT number, payment_reference AS "paymentReference", amount_minor AS "amountMinor", received_minor AS "receivedMinor",
       due_on AS "dueOn", status FROM prepayments WHERE order_id = $1`,
    [orderId],
  );
  return rows[0]!;
}

async function unapplied(customerId: string): Promise<number> {
  const { rows } = await suite.database.query<{ unappliedMinor: number }>(
    'SELECT unapplied_cash_minor AS "unappliedMinor" FROM credit_accounts WHERE customer_id = $1',
    [customerId],
  );
  return rows[0]!.unappliedMinor;
}

async function prepaid(customerId: string, quantity: number): Promise<string> {
  await addCustomer(suite.database, customerId);
  return order(suite, customerId, units(quantity), { prepayment: true });
}

describe('payment in advance', () => {
  it('C1, P1: asked for in the order: no credit check, a pro-forma, the money, the goods, an invoice that asks for nothing', async () => {
    const orderId = await prepaid('AHEAD', 3);
    const asked = await askedFor(orderId);
    expect(asked).toMatchObject({ amountMinor: 300_000, receivedMinor: 0, dueOn: '2027-03-09', status: 'awaited' });
    expect(asked.number).toMatch(/^PRO-2027-\d{6}$/);
    expect(isPaymentReference(asked.paymentReference)).toBe(true);
    const mail = await mailAbout(new RegExp(`${orderId}: please pay .*3,000\\.00`));
    expect(mail.text).toContain(asked.paymentReference);
    expect(mail.text).toContain('2027-03-09');
    expect(mail.attachments).toMatchObject([{ filename: `${asked.number}.pdf`, contentType: 'application/pdf' }]);
    const pdf = Buffer.from(mail.attachments[0]!.content);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    // Every copy is the same.
    expect(pdf.equals(await invoicePdf(suite.database, asked.number))).toBe(true);
    const decisions = await suite.database.query('SELECT 1 FROM credit_decisions WHERE order_id = $1', [orderId]);
    expect(decisions.rows).toEqual([]);

    // In two parts; the first does not set it off.
    const first = await pay(suite, 'AHEAD', 100_000, `for ${asked.paymentReference}`);
    expect(first).toMatchObject({ unappliedMinor: 0, deposits: [{ orderId, amountMinor: 100_000, openMinor: 200_000 }] });
    expect(await orderStatus(suite.database, orderId)).toBe('awaiting-prepayment');
    await pay(suite, 'AHEAD', 200_000, asked.number);
    await becomes(suite, orderId, 'in-fulfilment');
    expect(await trialBalance(suite.database)).toMatchObject({ bank: 300_000, 'customer-deposits': -300_000 });
    // The money offsets nothing but its own order.
    expect(await exposure(suite.database, 'AHEAD')).toBe(0);

    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const [invoice] = await invoiced(suite, orderId);
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    expect(invoice).toMatchObject({ grossMinor: 300_000, openMinor: 0, status: 'settled' });
    expect((await mailAbout(new RegExp(`Invoice ${invoice!.id}`))).text).toContain('nothing is due');
    const balance = await trialBalance(suite.database);
    expect(balance['customer-deposits']).toBeUndefined();
    expect(balance['accounts-receivable']).toBeUndefined();
    expect(balance.bank).toBe(300_000);
    expect(await exposure(suite.database, 'AHEAD')).toBe(0);
    expect(await actions(orderId)).toEqual([
      'order-received',
      'prepayment-asked-for',
      'prepayment-part-received',
      'prepayment-received',
      'prepayment-accepted',
      ...(await actions(orderId)).slice(5),
    ]);
    await checkInvariants(suite.database);
  });

  it('C1, C6: the terms of a customer are enough, on hold too; an overpayment waits as unapplied cash', async () => {
    await addCustomer(suite.database, 'HELD', { limitMinor: 1_000_000 });
    await openingItem(suite, 'HELD', 50_000, '2027-01-04', '2027-02-03');
    await expect(order(suite, 'HELD', units(1))).rejects.toMatchObject({ type: 'customer-on-hold' });
    await suite.database.query(`UPDATE customers SET terms = '{"kind": "prepayment", "days": 0}' WHERE id = 'HELD'`);
    const orderId = await order(suite, 'HELD', units(2), { channel: 'phone' });
    const asked = await askedFor(orderId);
    const exposed = await exposure(suite.database, 'HELD');
    const received = await pay(suite, 'HELD', 250_000, asked.paymentReference);
    expect(received).toMatchObject({ unappliedMinor: 50_000, deposits: [{ amountMinor: 200_000, openMinor: 0 }], onHold: true });
    await becomes(suite, orderId, 'in-fulfilment');
    expect(await exposure(suite.database, 'HELD')).toBe(exposed - 50_000);
    await cancel(orderId);
    await checkInvariants(suite.database);
  });

  it('C1: cancelled after the money came, the order gives it back as unapplied cash, which can pay another in advance', async () => {
    const first = await prepaid('CHANGED', 2);
    const { paymentId } = await pay(suite, 'CHANGED', 200_000, (await askedFor(first)).paymentReference);
    await becomes(suite, first, 'in-fulfilment');
    await cancel(first);
    expect(await ended(first)).toEqual({ orderStatus: 'cancelled' });
    expect(await unapplied('CHANGED')).toBe(200_000);
    expect((await mailAbout(new RegExp(`Order ${first} cancelled`))).text).toContain('2,000.00');

    const second = await order(suite, 'CHANGED', units(1), { prepayment: true });
    const { number } = await askedFor(second);
    const { at, offsetMs } = await readClock(suite.database);
    const applied = await suite.database.transaction((tx) =>
      applyPayment(tx, { paymentId, invoiceIds: [number], actor: tester, at, offsetMs }),
    );
    suite.delivery.deliverSoon();
    expect(applied).toMatchObject({ unappliedMinor: 100_000, deposits: [{ orderId: second, amountMinor: 100_000 }] });
    await becomes(suite, second, 'in-fulfilment');
    await checkInvariants(suite.database);
    await cancel(second);
    expect(await unapplied('CHANGED')).toBe(200_000);
    await checkInvariants(suite.database);
  });

  it('C1, F3: each part of a back-ordered prepaid order draws on the deposit; what is never shipped is given back', async () => {
    await addStock(suite, 'RARE', 2, 50_000);
    await addCustomer(suite.database, 'PARTS', { backOrderAllowed: true });
    const orderId = await order(suite, 'PARTS', [{ sku: 'RARE', quantity: 5 }], { prepayment: true });
    await pay(suite, 'PARTS', 500_000, (await askedFor(orderId)).paymentReference);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    expect(await invoiced(suite, orderId)).toMatchObject([{ grossMinor: 200_000, openMinor: 0 }]);
    await becomes(suite, orderId, 'back-ordered');
    expect(await trialBalance(suite.database)).toMatchObject({ 'customer-deposits': -300_000 });
    expect(await exposure(suite.database, 'PARTS')).toBe(0);
    await cancel(orderId);
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    expect(await unapplied('PARTS')).toBe(300_000);
    await checkInvariants(suite.database);
  });
});

describe('a cent that rounding leaves', () => {
  it('C1, P1: invoiced in parts, a prepaid order leaves no cent open, and nobody is asked for it', async () => {
    // 2.53 and 20 % tax: 0.51 on each of three invoices, 1.52 on the pro-forma of all.
    await addProduct(suite.database, 'ODD', 253);
    await addCustomer(suite.database, 'CENT', { backOrderAllowed: true });
    const orderId = await order(suite, 'CENT', [{ sku: 'ODD', quantity: 3 }], { prepayment: true });
    const asked = await askedFor(orderId);
    expect(asked.amountMinor).toBe(911);
    await pay(suite, 'CENT', 911, asked.paymentReference);
    for (const part of [1, 2, 3]) {
      await addStock(suite, 'ODD', 1, 100);
      const [shipmentId] = await shipmentsInWork(suite, orderId);
      await pickAndPack(suite, orderId, shipmentId!);
      await invoiced(suite, orderId, part);
    }
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    const invoices = await invoiced(suite, orderId, 3);
    expect(invoices.map(({ grossMinor, openMinor, status }) => [grossMinor, openMinor, status])).toEqual(
      [1, 2, 3].map(() => [304, 0, 'settled']),
    );
    expect(await trialBalance(suite.database)).toMatchObject({ 'small-differences': 1 });
    const last = invoices[2]!.id;
    const kept = await suite.database.query('SELECT invoice_id, amount_minor FROM small_differences WHERE order_id = $1', [
      orderId,
    ]);
    expect(kept.rows).toEqual([{ invoice_id: last, amount_minor: 1 }]);
    const { rows } = await suite.database.query(
      "SELECT 1 FROM audit_log WHERE invoice_id = $1 AND action = 'settled' AND summary LIKE '0.01 EUR rounded off%'",
      [last],
    );
    expect(rows).toHaveLength(1);
    expect((await mailAbout(new RegExp(`Invoice ${last}`))).text).toContain('nothing is due');
    expect(suite.mails.filter(({ subject, text }) => subject.includes('CENT') && text.includes('0.01'))).toEqual([]);
    expect(await exposure(suite.database, 'CENT')).toBe(0);
    await checkInvariants(suite.database);
  });
});

describe('the ways out of an order that credit stops', () => {
  it('C1: over the limit, it can be paid in advance: the task is done, and none of the limit is taken', async () => {
    await addCustomer(suite.database, 'FULL', { limitMinor: 100_000 });
    const orderId = await order(suite, 'FULL', units(4));
    await becomes(suite, orderId, 'over-limit');
    expect(await decide(orderId, { decision: 'prepay' })).toMatchObject({ outcome: 'prepayment-asked-for' });
    const asked = await askedFor(orderId);
    const open = await suite.database.query("SELECT 1 FROM tasks WHERE order_id = $1 AND status IN ('open', 'claimed')", [
      orderId,
    ]);
    expect(open.rows).toEqual([]);
    // Room that appears now changes nothing: it is no order on credit any more.
    await pay(suite, 'FULL', 900_000, 'on account');
    expect(await orderStatus(suite.database, orderId)).toBe('awaiting-prepayment');
    expect(await decide(orderId, { decision: 'approve', limitMinor: 500_000 })).toMatchObject({
      refused: { type: 'order-state' },
    });
    await pay(suite, 'FULL', 400_000, asked.paymentReference);
    await becomes(suite, orderId, 'in-fulfilment');
    expect(await exposure(suite.database, 'FULL')).toBe(-900_000);
    // Twice is refused, and so is an order that holds credit.
    expect(await decide(orderId, { decision: 'prepay' })).toMatchObject({ refused: { type: 'order-state' } });
    await cancel(orderId);
    await checkInvariants(suite.database);
  });

  it('C1: declined on credit, the same goods are bought in advance by an order of their own', async () => {
    await addCustomer(suite.database, 'WEAK', { creditProfile: { yearsTrading: 0, externalRating: 'D' } });
    const declined = await order(suite, 'WEAK', units(1));
    await becomes(suite, declined, 'declined');
    expect((await mailAbout(new RegExp(`${declined} cannot be supplied`))).text).toContain('payment in advance');
    const orderId = await order(suite, 'WEAK', units(1), { prepayment: true });
    await pay(suite, 'WEAK', 100_000, (await askedFor(orderId)).paymentReference);
    await becomes(suite, orderId, 'in-fulfilment');
    await cancel(orderId);
  });

  it('C1: a one-off release says until when it counts, and counts for no other order, copy or channel', async () => {
    await addCustomer(suite.database, 'ONCE', { limitMinor: 100_000 });
    const orderId = await order(suite, 'ONCE', units(2), { externalReference: 'PO-1' });
    await becomes(suite, orderId, 'over-limit');
    for (const expiresAt of ['2027-03-01T00:00:00Z', '2027-06-01T00:00:00Z']) {
      expect(await decide(orderId, { decision: 'release', expiresAt })).toMatchObject({ refused: { type: 'release-expiry' } });
    }
    const expiresAt = '2027-03-04T16:00:00.000Z';
    expect(await decide(orderId, { decision: 'release', expiresAt })).toMatchObject({ outcome: 'approved' });
    await becomes(suite, orderId, 'in-fulfilment');
    const { rows } = await suite.database.query(
      `SELECT actor, limit_minor AS "limitMinor", decision ->> 'expiresAt' AS "expiresAt" FROM credit_decisions
       WHERE order_id = $1 AND kind = 'one-off-release'`,
      [orderId],
    );
    expect(rows).toEqual([{ actor: 'anna', limitMinor: 100_000, expiresAt }]);
    // The same goods once more, by every other way in: each is asked about anew.
    for (const channel of ['api', 'portal', 'email', 'edi', 'phone', 'in-person'] as const) {
      const copy = await order(suite, 'ONCE', units(2), { channel, externalReference: `PO-1-${channel}` });
      await becomes(suite, copy, 'over-limit');
      await cancel(copy);
    }
    await cancel(orderId);
    // Cancelled, it does not come back to life with its release.
    await expect(decide(orderId, { decision: 'release' })).rejects.toThrow();
    await expect(decide(orderId, { decision: 'prepay' })).rejects.toThrow();
    const again = await order(suite, 'ONCE', units(2), { externalReference: 'PO-2' });
    await becomes(suite, again, 'over-limit');
    await cancel(again);
    await checkInvariants(suite.database);
  });

  it('C1, C4: a frozen customer’s order goes to a person through every channel, and on only when prepaid', async () => {
    await addCustomer(suite.database, 'ICE', { limitMinor: 10_000_000 });
    await suite.database.query("UPDATE credit_accounts SET standing = 'frozen' WHERE customer_id = 'ICE'");
    for (const channel of ['edi', 'phone'] as const) {
      const orderId = await order(suite, 'ICE', units(1), { channel });
      await becomes(suite, orderId, 'credit-review');
      expect(await decide(orderId, { decision: 'prepay' })).toMatchObject({ outcome: 'prepayment-asked-for' });
      await askedFor(orderId);
      await cancel(orderId);
    }
  });
});

// These move the clock.
describe('money that does not come', () => {
  it('C1, P1: at the deadline the order is cancelled and the customer told; a part that came, and what comes later, is kept', async () => {
    const paid = await prepaid('PUNCTUAL', 1);
    const late = await prepaid('LATE', 3);
    const [askedPaid, askedLate] = [await askedFor(paid), await askedFor(late)];
    await pay(suite, 'LATE', 100_000, askedLate.paymentReference);
    await suite.advanceTo(instant('2027-03-09', '20:00:00'));
    expect(await orderStatus(suite.database, late)).toBe('awaiting-prepayment');
    await pay(suite, 'PUNCTUAL', 100_000, askedPaid.paymentReference);
    await becomes(suite, paid, 'in-fulfilment');
    await suite.advanceTo(instant('2027-03-10', '08:00:00'));
    expect(await ended(late)).toEqual({ orderStatus: 'cancelled' });
    expect(await orderStatus(suite.database, paid)).toBe('in-fulfilment');
    const mail = await mailAbout(new RegExp(`Order ${late} cancelled`));
    expect(mail.text).toContain(`${askedLate.number}) had not arrived in full by 2027-03-09`);
    expect(mail.text).toContain('1,000.00 EUR that you paid in advance is kept');
    expect(await unapplied('LATE')).toBe(100_000);
    expect(await pay(suite, 'LATE', 200_000, askedLate.paymentReference)).toMatchObject({
      unappliedMinor: 200_000,
      deposits: [],
    });
    expect(await unapplied('LATE')).toBe(300_000);
    await checkInvariants(suite.database);
  });

  it('C1, X1: the deadline and the money at once, many times: the goods go out or the money is kept, never both, never neither', async () => {
    await addCustomer(suite.database, 'RACE');
    const orders = await Promise.all(Array.from({ length: 8 }, () => order(suite, 'RACE', units(1), { prepayment: true })));
    const references = await Promise.all(orders.map(async (orderId) => (await askedFor(orderId)).paymentReference));
    const clock = suite.advanceTo(instant('2027-03-18', '08:00:00'));
    await Promise.all(references.map((reference) => pay(suite, 'RACE', 100_000, reference)));
    await clock;
    const outcomes = await Promise.all(
      orders.map((orderId) =>
        eventually(async () => {
          const status = await orderStatus(suite.database, orderId);
          return (status === 'in-fulfilment' || status === 'cancelled') && status;
        }),
      ),
    );
    const cancelled = outcomes.filter((status) => status === 'cancelled').length;
    expect(await unapplied('RACE')).toBe(cancelled * 100_000);
    await checkInvariants(suite.database);
  });
});
