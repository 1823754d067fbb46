import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openByDueDate } from '../../db/queries/ledger.ts';
import { readClock } from '../../db/statements/company.ts';
import type { CorrectionRequest } from '../../db/statements/corrections.ts';
import { overdueItems } from '../../db/statements/credit.ts';
import { applyCreditNote } from '../../db/transactions/apply-credit-note.ts';
import { applyPayment } from '../../db/transactions/apply-payment.ts';
import { confirmDelivery } from '../../db/transactions/confirm-delivery.ts';
import { correctInvoice } from '../../db/transactions/correct-invoice.ts';
import { reversePayment } from '../../db/transactions/reverse-payment.ts';
import { savePolicy } from '../../db/transactions/save-policy.ts';
import type { PaymentTerms } from '../../domain/invoice.ts';
import { fromMillis } from '../../domain/time.ts';
import { cancelOrder, chooseShortage, shipmentChanged } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  ask,
  becomes,
  exposure,
  instant,
  invoiced,
  invoicesOf,
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

/*
 * What terms of payment make of an invoice, on the company clock: it begins on Monday 1 March 2027 and each test carries it on. A
 * UNIT costs 100.00 and 20 % tax.
 */
let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'UNIT', 10_000);
  await addStock(suite, 'UNIT', 1_000, 4_000);
});
afterAll(() => suite?.stop());

async function customerWith(id: string, terms: PaymentTerms): Promise<void> {
  await addCustomer(suite.database, id, { limitMinor: 10_000_000 });
  await suite.database.query('UPDATE customers SET terms = $2 WHERE id = $1', [id, JSON.stringify(terms)]);
}

async function bill(customerId: string, quantity: number) {
  const orderId = await order(suite, customerId, [{ sku: 'UNIT', quantity }]);
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  const [invoice] = await invoiced(suite, orderId);
  return { orderId, ...invoice! };
}

async function standing(invoiceId: string) {
  const { rows } = await suite.database.query<{
    dueOn: string;
    level: number;
    isOverdue: boolean;
    stage: string;
    isOnHold: boolean;
  }>(
    `SELECT i.due_on AS "dueOn", i.dunning_level AS level, i.overdue_since IS NOT NULL AS "isOverdue", o.stage,
       a.on_hold_since IS NOT NULL AS "isOnHold"
     FROM invoices i JOIN orders o ON o.id = i.order_id JOIN credit_accounts a ON a.customer_id = i.customer_id WHERE i.id = $1`,
    [invoiceId],
  );
  return rows[0]!;
}

async function tasksOf(invoiceId: string): Promise<string[]> {
  const { rows } = await suite.database.query<{ said: string }>(
    `SELECT kind || ' ' || (at AT TIME ZONE 'Europe/Berlin')::date || ' ' || status AS said FROM tasks WHERE invoice_id = $1 ORDER BY id`,
    [invoiceId],
  );
  return rows.map(({ said }) => said);
}

/** The invoice's dunning letters: local date, level and what was asked for. */
async function letters(customerId: string) {
  const { rows } = await suite.database.query<{ on: string; level: number; askedMinor: number }>(
    `SELECT (at AT TIME ZONE 'Europe/Berlin')::date AS on, (facts -> 'level')::int AS level,
       (facts -> 'items' -> 0 -> 'openMinor')::int AS "askedMinor" FROM notices
     WHERE customer_id = $1 AND kind = 'dunning' ORDER BY at`,
    [customerId],
  );
  return rows;
}

describe('instalments', () => {
  // 1,200.00 in 30 % at 30 days and 70 % at 90: due 31 March and 30 May.
  const terms: PaymentTerms = {
    kind: 'net',
    days: 0,
    instalments: [
      { share: '0.3', days: 30 },
      { share: '0.7', days: 90 },
    ],
  };
  let billed: Awaited<ReturnType<typeof bill>>;

  it('I2: an invoice states its schedule, and A4: the ageing is by instalment', async () => {
    await customerWith('PARTS', terms);
    billed = await bill('PARTS', 10);
    expect(billed).toMatchObject({ grossMinor: 120_000, dueOn: '2027-03-31' });
    expect(await openByDueDate(suite.database, '2027-03-01')).toEqual([
      { currency: 'EUR', dueOn: '2027-03-31', openMinor: 36_000 },
      { currency: 'EUR', dueOn: '2027-05-30', openMinor: 84_000 },
    ]);
    const letter = await eventually(async () =>
      suite.mails.find(({ subject }) => subject === `Invoice ${billed.id}: 1,200.00 EUR, due 2027-03-31`),
    );
    expect(letter.text).toContain('payable in 2 instalments: 360.00 EUR by 2027-03-31, 840.00 EUR by 2027-05-30');
  });

  it('P3, A1: only the instalment that is past its day is overdue, reminded of and dunned for', async () => {
    await suite.advanceTo(instant('2027-04-02'));
    await eventually(async () => (await letters('PARTS')).length === 1);
    expect(await standing(billed.id)).toEqual({
      dueOn: '2027-03-31',
      level: 1,
      isOverdue: true,
      stage: 'collections',
      isOnHold: true,
    });
    expect(await overdueItems(suite.database, 'PARTS', '2027-04-02')).toEqual([
      { invoiceId: billed.id, dueOn: '2027-03-31', openMinor: 36_000 },
    ]);
    expect(await letters('PARTS')).toEqual([{ on: '2027-04-01', level: 1, askedMinor: 36_000 }]);
    expect(await tasksOf(billed.id)).toEqual(['invoice-review 2027-03-15 open', 'overdue-contact 2027-04-01 open']);
  });

  it('P3: paying what is overdue lifts the hold and begins anew; a part of it changes the amount, never the level', async () => {
    await pay(suite, 'PARTS', 10_000, billed.paymentReference, '2027-04-02');
    expect(await standing(billed.id)).toMatchObject({ level: 1, isOverdue: true, isOnHold: true });
    await pay(suite, 'PARTS', 26_000, billed.paymentReference, '2027-04-02');
    expect(await standing(billed.id)).toEqual({
      dueOn: '2027-05-30',
      level: 0,
      isOverdue: false,
      stage: 'receivables',
      isOnHold: false,
    });
    expect(await tasksOf(billed.id)).toEqual(['invoice-review 2027-03-15 open', 'overdue-contact 2027-04-01 completed']);
    await eventually(async () => {
      const found = [];
      for await (const { workflowId } of suite.client.workflow.list({ query: "CustomerId = 'PARTS' AND Stage = 'receivables'" }))
        found.push(workflowId);
      return found.length === 1;
    });
  });

  it('A1, P4: the second instalment has its own reminder and goes overdue on its own day; the paid one is left in peace', async () => {
    await suite.advanceTo(instant('2027-05-31'));
    await eventually(async () => (await letters('PARTS')).length === 2);
    expect(await standing(billed.id)).toMatchObject({ level: 1, isOverdue: true, isOnHold: true });
    expect((await letters('PARTS'))[1]).toEqual({ on: '2027-05-31', level: 1, askedMinor: 84_000 });
    expect(await tasksOf(billed.id)).toEqual([
      'invoice-review 2027-03-15 open',
      'overdue-contact 2027-04-01 completed',
      'invoice-review 2027-04-14 open',
      'overdue-contact 2027-05-31 open',
    ]);
  });

  it('P5: interest runs for each instalment from its own due date', async () => {
    const { interestNotes } = await pay(suite, 'PARTS', 84_000, billed.paymentReference, '2027-05-31');
    const { rows } = await suite.database.query<{
      facts: { segments: { from: string; principalMinor: number; days: number }[] };
    }>('SELECT facts FROM invoices WHERE id = $1', [interestNotes[0]]);
    expect(rows[0]!.facts.segments).toMatchObject([
      { from: '2027-04-01', days: 2, principalMinor: 36_000, interestMinor: 22 },
      { from: '2027-05-31', days: 1, principalMinor: 84_000, interestMinor: 25 },
    ]);
    expect(await suite.client.workflow.getHandle(billed.orderId).result()).toEqual({ orderStatus: 'closed' });
    expect(await tasksOf(billed.id)).not.toContainEqual(expect.stringContaining('open'));
    await checkInvariants(suite.database);
  });
});

describe('early-payment discount', () => {
  // 2 % within 10 days, 1 % within 20: 24.00 or 12.00 off 1,200.00 of which 200.00 are tax.
  const discounts = [
    { rate: '0.02', days: 10 },
    { rate: '0.01', days: 20 },
  ];
  const open = async (invoiceId: string) => {
    const { rows } = await suite.database.query<{ openMinor: number }>(
      'SELECT open_minor AS "openMinor" FROM invoices WHERE id = $1',
      [invoiceId],
    );
    return rows[0]!.openMinor;
  };
  const granted = async (invoiceId: string) => {
    const { rows } = await suite.database.query<{ paymentId: string; amountMinor: number; netMinor: number; taxMinor: number }>(
      `SELECT payment_id AS "paymentId", amount_minor AS "amountMinor", net_minor AS "netMinor", tax_minor AS "taxMinor"
       FROM early_payment_discounts WHERE invoice_id = $1`,
      [invoiceId],
    );
    return rows;
  };

  it('I2: an invoice offers its discounts by date and amount', async () => {
    await customerWith('EARLY', { kind: 'net', days: 30, discounts });
    const { id } = await bill('EARLY', 10);
    const letter = await eventually(async () => suite.mails.find(({ subject }) => subject.startsWith(`Invoice ${id}:`)));
    expect(letter.text).toContain('Paid in full by 2027-06-10, 1,176.00 EUR is enough.');
    expect(letter.text).toContain('Paid in full by 2027-06-20, 1,188.00 EUR is enough.');
    await pay(suite, 'EARLY', 120_000, id, '2027-05-31');
  });

  it('I2, A3: paid in full in time, revenue and tax are lessened, and the order is done', async () => {
    const { id, orderId } = await bill('EARLY', 10);
    const before = await trialBalance(suite.database);
    const received = await pay(suite, 'EARLY', 117_600, id);
    expect(received.applications).toEqual([{ invoiceId: id, amountMinor: 117_600, discountMinor: 2_400, openMinor: 0 }]);
    expect(await granted(id)).toEqual([{ paymentId: received.paymentId, amountMinor: 2_400, netMinor: 2_000, taxMinor: 400 }]);
    const after = await trialBalance(suite.database);
    const moved = (account: string) => (after[account] ?? 0) - (before[account] ?? 0);
    expect(['bank', 'accounts-receivable', 'discounts-granted', 'tax-payable'].map(moved)).toEqual([
      117_600, -120_000, 2_000, 400,
    ]);
    expect(await suite.client.workflow.getHandle(orderId).result()).toEqual({ orderStatus: 'closed' });
    await checkInvariants(suite.database);
  });

  it('I2: a cent short earns nothing; the part payment that completes it in time earns it all', async () => {
    const { id } = await bill('EARLY', 10);
    const short = await pay(suite, 'EARLY', 117_599, id);
    expect(short.applications).toEqual([{ invoiceId: id, amountMinor: 117_599, openMinor: 2_401 }]);
    expect(await pay(suite, 'EARLY', 1, id)).toMatchObject({ applications: [{ discountMinor: 2_400, openMinor: 0 }] });
  });

  it('I2: the whole amount in time leaves the discount as unapplied cash; money found late counts by its value date', async () => {
    const one = await bill('EARLY', 10);
    expect(await pay(suite, 'EARLY', 120_000, one.id)).toMatchObject({ unappliedMinor: 2_400 });
    const two = await bill('EARLY', 10);
    const { paymentId } = await pay(suite, 'EARLY', 117_600, 'who knows');
    await suite.advanceTo(instant('2027-06-18'));
    const { at, offsetMs } = await readClock(suite.database);
    const applied = await suite.database.transaction((tx) =>
      applyPayment(tx, { paymentId, invoiceIds: [two.id], actor: tester, at, offsetMs }),
    );
    expect(applied).toMatchObject({ applications: [{ discountMinor: 2_400, openMinor: 0 }], unappliedMinor: 0 });
    suite.delivery.deliverSoon();
    await checkInvariants(suite.database);
  });

  it('I2, I4: goods that were paid with a discount are credited for what was paid, in parts and revised too', async () => {
    const { at, offsetMs } = await readClock(suite.database);
    const correct = (invoiceId: string, request: CorrectionRequest) =>
      suite.database.transaction(async (tx) => {
        const issued = await correctInvoice(tx, { invoiceId, request, actor: tester, at, offsetMs });
        return issued.status === 'issued' ? issued : undefined;
      });
    const quantityError = { kind: 'credit', reason: 'quantity-error' } as const;
    const one = await bill('EARLY', 10);
    await pay(suite, 'EARLY', 117_600, one.id);
    const before = await trialBalance(suite.database);
    const some = await correct(one.id, { ...quantityError, lines: [{ lineNumber: 1, quantity: 3 }] });
    expect(some?.creditedMinor).toBe(35_280);
    expect((await correct(one.id, quantityError))?.creditedMinor).toBe(117_600 - 35_280);
    const after = await trialBalance(suite.database);
    const moved = (account: string) => (after[account] ?? 0) - (before[account] ?? 0);
    expect(['returns', 'tax-payable', 'customer-credits'].map(moved)).toEqual([98_000, 19_600, -117_600]);
    await checkInvariants(suite.database);

    // The revised invoice is paid with what was paid on the wrong one, and keeps its discount.
    const wrong = await bill('EARLY', 10);
    await pay(suite, 'EARLY', 117_600, wrong.id);
    const lines = [{ lineNumber: 1, unitPriceMinor: 9_000 }];
    const revised = await correct(wrong.id, { kind: 'credit-and-reissue', reason: 'price-error', lines });
    expect(revised).toMatchObject({ creditedMinor: 120_000, revisedMinor: 108_000 });
    expect(await open(revised!.revisedInvoiceId!)).toBe(0);
    expect((await correct(revised!.revisedInvoiceId!, quantityError))?.creditedMinor).toBe(117_600 - 12_000);
    suite.delivery.deliverSoon();
    await checkInvariants(suite.database);
  });

  it('I2, P2: of a discount, what was lost with its payment is owed again, and not what a return had left out of it', async () => {
    const { at, offsetMs } = await readClock(suite.database);
    const { id } = await bill('EARLY', 10);
    const { paymentId } = await pay(suite, 'EARLY', 117_600, id);
    const correct = (lines?: { lineNumber: number; quantity: number }[]) =>
      suite.database.transaction((tx) =>
        correctInvoice(tx, {
          invoiceId: id,
          request: { kind: 'credit', reason: 'goodwill', lines },
          actor: tester,
          at,
          offsetMs,
        }),
      );
    const half = await correct([{ lineNumber: 1, quantity: 5 }]);
    expect(half).toMatchObject({ creditedMinor: 58_800 });
    const before = await trialBalance(suite.database);
    const reversed = await suite.database.transaction((tx) =>
      reversePayment(tx, { paymentId, kind: 'bounce', reason: 'no cover', actor: tester, at, offsetMs }),
    );
    // Five units are kept, 600.00 with their tax, and 588.00 are the customer's credit balance: 1,188.00 is open.
    expect(reversed.items).toMatchObject([{ amountMinor: 117_600, discountMinor: 1_200, openMinor: 118_800 }]);
    const after = await trialBalance(suite.database);
    const moved = (account: string) => (after[account] ?? 0) - (before[account] ?? 0);
    expect(['bank', 'accounts-receivable', 'discounts-granted', 'tax-payable'].map(moved)).toEqual([
      -117_600, 118_800, -1_000, -200,
    ]);
    await checkInvariants(suite.database);
    // Without its discount each unit is 120.00.
    expect(await correct()).toMatchObject({ creditedMinor: 60_000 });
    const creditNoteId = half.status === 'issued' ? half.creditNoteId : '';
    await suite.database.transaction((tx) =>
      applyCreditNote(tx, { creditNoteId, invoiceIds: [id], actor: tester, at, offsetMs }),
    );
    expect(await open(id)).toBe(0);
    suite.delivery.deliverSoon();
    await checkInvariants(suite.database);
  });

  it('I2: a later step earns less, and after the last one the rest stays open', async () => {
    await customerWith('LATER', { kind: 'net', days: 30, discounts });
    const [one, two] = [await bill('LATER', 10), await bill('LATER', 10)];
    await suite.advanceTo(instant('2027-07-05'));
    expect(await pay(suite, 'LATER', 118_800, one.id)).toMatchObject({ applications: [{ discountMinor: 1_200, openMinor: 0 }] });
    await suite.advanceTo(instant('2027-07-09'));
    expect(await pay(suite, 'LATER', 117_600, two.id)).toMatchObject({
      applications: [{ amountMinor: 117_600, openMinor: 2_400 }],
    });
    expect(await open(two.id)).toBe(2_400);
    expect(await granted(two.id)).toEqual([]);
    expect(await openByDueDate(suite.database, '2027-07-09')).toContainEqual({
      currency: 'EUR',
      dueOn: two.dueOn,
      openMinor: 2_400,
    });
    await checkInvariants(suite.database);
  });
});

describe('terms of delivery', () => {
  const invoicesNow = async (orderId: string) => (await invoicesOf(suite.database, orderId)).length;
  async function send(orderId: string, quantity = 1) {
    const [shipmentId] = await shipmentsInWork(suite, orderId, quantity);
    await pickAndPack(suite, orderId, shipmentId!);
    await eventually(async () => (await shipmentStatus(shipmentId!)) === 'shipped');
    return shipmentId!;
  }
  async function shipmentStatus(shipmentId: string) {
    const { rows } = await suite.database.query<{ status: string }>('SELECT status FROM shipments WHERE id = $1', [shipmentId]);
    return rows[0]!.status;
  }
  async function deliver(shipmentId: string) {
    const at = await suite.now();
    await suite.database.transaction((tx) => confirmDelivery(tx, { shipmentId, actor: tester, at }));
    suite.delivery.deliverSoon();
  }
  const flagged = async () =>
    (
      await suite.database.query<{ orderId: string; status: string }>(
        `SELECT order_id AS "orderId", status FROM tasks WHERE kind = 'unbilled-shipment' ORDER BY id`,
      )
    ).rows;
  const inAdvance = async (orderId: string) =>
    (
      await suite.database.query<{ status: string; heldMinor: number; unappliedMinor: number }>(
        `SELECT p.status, d.held_minor AS "heldMinor", r.unapplied_minor AS "unappliedMinor"
         FROM prepayments p JOIN deposits d ON d.order_id = p.order_id JOIN payments r ON r.id = d.payment_id WHERE p.order_id = $1`,
        [orderId],
      )
    ).rows[0]!;
  const plain: PaymentTerms = { kind: 'net', days: 30 };
  const sent = { orderId: '', shipmentId: '' };

  it('I1, C3: under DDP goods that have left stay ours: no revenue, no invoice, and the exposure holds', async () => {
    await customerWith('ARRIVES', plain);
    const before = await trialBalance(suite.database);
    sent.orderId = await order(suite, 'ARRIVES', [{ sku: 'UNIT', quantity: 2 }], { deliveryTerms: 'DDP' });
    sent.shipmentId = await send(sent.orderId);
    await becomes(suite, sent.orderId, 'shipped');
    const after = await trialBalance(suite.database);
    expect(after['goods-in-transit']).toBe(8_000);
    expect(after.revenue).toBe(before.revenue);
    expect(await exposure(suite.database, 'ARRIVES')).toBe(24_000);
    await suite.advanceTo(fromMillis(Date.parse(await suite.now()) + 26 * 3_600_000));
    expect(await invoicesNow(sent.orderId)).toBe(0);
    expect(await flagged()).toEqual([]);
    await checkInvariants(suite.database);
  });

  it('I1, A3: the delivery passes control and brings the invoice', async () => {
    const before = await trialBalance(suite.database);
    await deliver(sent.shipmentId);
    const [invoice] = await invoiced(suite, sent.orderId);
    expect(invoice).toMatchObject({ grossMinor: 24_000, issuedOn: (await suite.now()).slice(0, 10) });
    await becomes(suite, sent.orderId, 'invoiced');
    const after = await trialBalance(suite.database);
    expect(after['goods-in-transit']).toBeUndefined();
    expect(after.revenue! - before.revenue!).toBe(-20_000);
    expect(after['unbilled-receivables']).toBe(before['unbilled-receivables']);
    await pay(suite, 'ARRIVES', 24_000, invoice!.paymentReference);
    expect(await suite.client.workflow.getHandle(sent.orderId).result()).toEqual({ orderStatus: 'closed' });
    await checkInvariants(suite.database);
  });

  it('I1, F3: what is on its way does not hold up what is still to come', async () => {
    await customerWith('TWICE', plain);
    await suite.database.query("UPDATE customers SET back_order_allowed = true, delivery_terms = 'DAP' WHERE id = 'TWICE'");
    await addProduct(suite.database, 'RARE', 10_000);
    await addStock(suite, 'RARE', 1, 4_000);
    const orderId = await order(suite, 'TWICE', [{ sku: 'RARE', quantity: 2 }]);
    const first = await send(orderId);
    await addStock(suite, 'RARE', 1, 4_000);
    const second = await send(orderId);
    await deliver(second);
    await invoiced(suite, orderId);
    await deliver(first);
    await invoiced(suite, orderId, 2);
    await becomes(suite, orderId, 'invoiced');
    await checkInvariants(suite.database);
  });

  it('I1, C6: a delivery leaves the rest of its order waiting for payment', async () => {
    await customerWith('OWES', plain);
    await suite.database.query("UPDATE customers SET back_order_allowed = true, delivery_terms = 'DAP' WHERE id = 'OWES'");
    await addProduct(suite.database, 'SCARCE', 10_000);
    await addStock(suite, 'SCARCE', 1, 4_000);
    const orderId = await order(suite, 'OWES', [{ sku: 'SCARCE', quantity: 2 }]);
    const first = await send(orderId);
    await becomes(suite, orderId, 'back-ordered');
    const overdue = await openingItem(suite, 'OWES', 5_000, '2020-01-01', '2020-02-01');
    await addStock(suite, 'SCARCE', 1, 4_000);
    await becomes(suite, orderId, 'waiting-for-payment');
    await deliver(first);
    await invoiced(suite, orderId);
    expect(await orderStatus(suite.database, orderId)).toBe('waiting-for-payment');
    await pay(suite, 'OWES', 5_000, overdue);
    await deliver(await send(orderId));
    await becomes(suite, orderId, 'invoiced');
    await checkInvariants(suite.database);
  });

  it('I1, F2: a delivery leaves its customer the choice about the rest', async () => {
    await customerWith('CHOOSES', plain);
    await suite.database.query("UPDATE customers SET delivery_terms = 'DAP' WHERE id = 'CHOOSES'");
    await addProduct(suite.database, 'SPLIT', 10_000);
    for (const warehouseId of ['WH-NORTH', 'WH-SOUTH']) await addStock(suite, 'SPLIT', 1, 4_000, warehouseId);
    const orderId = await order(suite, 'CHOOSES', [{ sku: 'SPLIT', quantity: 2 }]);
    const first = await send(orderId, 2);
    const [second] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, second!, [{ lineNumber: 1, pickedQuantity: 0 }]);
    await becomes(suite, orderId, 'awaiting-choice');
    await deliver(first);
    await invoiced(suite, orderId);
    expect(await orderStatus(suite.database, orderId)).toBe('awaiting-choice');
    expect(await ask(suite, orderId, chooseShortage, { choice: 'cancel', actor: tester })).toMatchObject({
      orderStatus: 'invoiced',
    });
    await checkInvariants(suite.database);
  });

  it('C1, I1: money paid in advance stays with goods on their way when the rest is cancelled', async () => {
    await customerWith('ADVANCE', plain);
    await suite.database.query("UPDATE customers SET back_order_allowed = true, delivery_terms = 'DAP' WHERE id = 'ADVANCE'");
    await addProduct(suite.database, 'FEW', 10_000);
    await addStock(suite, 'FEW', 1, 4_000);
    const orderId = await order(suite, 'ADVANCE', [{ sku: 'FEW', quantity: 2 }], { prepayment: true });
    await becomes(suite, orderId, 'awaiting-prepayment');
    const { rows } = await suite.database.query<{ number: string }>('SELECT number FROM prepayments WHERE order_id = $1', [
      orderId,
    ]);
    await pay(suite, 'ADVANCE', 24_000, rows[0]!.number);
    const shipmentId = await send(orderId);
    await becomes(suite, orderId, 'back-ordered');
    await ask(suite, orderId, cancelOrder, { reason: 'enough', actor: tester });
    expect(await inAdvance(orderId)).toEqual({ status: 'received', heldMinor: 24_000, unappliedMinor: 0 });
    await checkInvariants(suite.database);
    await deliver(shipmentId);
    expect(await invoiced(suite, orderId)).toMatchObject([{ grossMinor: 12_000, openMinor: 0 }]);
    expect(await inAdvance(orderId)).toEqual({ status: 'ended', heldMinor: 0, unappliedMinor: 12_000 });
    expect(await suite.client.workflow.getHandle(orderId).result()).toEqual({ orderStatus: 'closed' });
    await checkInvariants(suite.database);
  });

  it('I1: a shipment that is not invoiced an hour after its delivery is flagged, once, until it is', async () => {
    const orderId = await order(suite, 'TWICE', [{ sku: 'UNIT', quantity: 1 }]);
    const shipmentId = await send(orderId);
    // It says so when it begins to wait: from then on only a hint makes it ask.
    await eventually(async () => {
      const { searchAttributes } = await suite.client.workflow.getHandle(orderId).describe();
      return searchAttributes.OrderStatus?.[0] === 'shipped';
    });
    const at = await suite.now();
    await suite.database.transaction(async (tx) => {
      await confirmDelivery(tx, { shipmentId, actor: tester, at });
      // The hint gets lost.
      await tx.query(
        "UPDATE outbox SET delivered_at = now() WHERE key LIKE '%:delivered' AND kind = 'signal' AND delivered_at IS NULL",
      );
    });
    await suite.advanceTo(fromMillis(Date.parse(at) + 59 * 60_000));
    expect(await flagged()).toEqual([]);
    await suite.advanceTo(fromMillis(Date.parse(at) + 90 * 60_000));
    await suite.advanceTo(fromMillis(Date.parse(at) + 180 * 60_000));
    expect(await flagged()).toEqual([{ orderId, status: 'open' }]);
    await suite.client.workflow.getHandle(orderId).signal(shipmentChanged, { shipmentId });
    await invoiced(suite, orderId);
    expect(await flagged()).toEqual([{ orderId, status: 'completed' }]);
    await checkInvariants(suite.database);
  });
});

describe('rounding', () => {
  it('I2: the invoicing policy rounds the taxes of orders from then on, and an order keeps its own', async () => {
    await customerWith('EVEN', { kind: 'net', days: 30 });
    // Half a cent of tax on 0.25 at 10 %.
    await addProduct(suite.database, 'PENNY', 25, '0.10');
    await addStock(suite, 'PENNY', 10, 1);
    const before = await order(suite, 'EVEN', [{ sku: 'PENNY', quantity: 1 }]);
    const at = await suite.now();
    await suite.database.transaction((tx) =>
      savePolicy(tx, { policy: { name: 'invoicing', taxRounding: 'half-even' }, actor: tester, at }),
    );
    const after = await order(suite, 'EVEN', [{ sku: 'PENNY', quantity: 1 }]);
    for (const [orderId, grossMinor] of [
      [before, 28],
      [after, 27],
    ] as const) {
      const [shipmentId] = await shipmentsInWork(suite, orderId);
      await pickAndPack(suite, orderId, shipmentId!);
      const [invoice] = await invoiced(suite, orderId);
      expect(invoice!.grossMinor).toBe(grossMinor);
    }
    await checkInvariants(suite.database);
  });
});
