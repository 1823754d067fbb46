import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Transaction } from '../../db/client.ts';
import { openByDueDate, postingTotals } from '../../db/queries/ledger.ts';
import { readClock } from '../../db/statements/company.ts';
import { answerOnce } from '../../db/statements/idempotency.ts';
import { book } from '../../db/statements/ledger.ts';
import { applyPayment } from '../../db/transactions/apply-payment.ts';
import { addDays } from '../../domain/time.ts';
import { startApi } from '../api/client.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  becomes,
  exposure,
  instant,
  invoiced,
  invoicesOf,
  openShipments,
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

/* Cash that waits unapplied finds its way to an invoice. A UNIT costs 100.00 without tax; what is not said is due in 30 days. */
let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'UNIT', 10_000, '0');
  await addStock(suite, 'UNIT', 500, 4_000);
});
afterEach(async () => {
  await checkInvariants(suite.database);
  await ageingIsTheLedger();
});
afterAll(() => suite?.stop());

async function bill(customerId: string, quantity: number) {
  const orderId = await order(suite, customerId, [{ sku: 'UNIT', quantity }]);
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  const [invoice] = await invoiced(suite, orderId);
  return { ...invoice!, orderId };
}

async function inTransaction<Result>(
  work: (tx: Transaction, clock: { at: string; offsetMs: number }) => Promise<Result>,
): Promise<Result> {
  const { at, offsetMs } = await readClock(suite.database);
  const result = await suite.database.transaction((tx) => work(tx, { at, offsetMs }));
  suite.delivery.deliverSoon();
  return result;
}

const apply = (paymentId: string, ...invoiceIds: string[]) =>
  inTransaction((tx, clock) => applyPayment(tx, { paymentId, invoiceIds, actor: tester, ...clock }));

async function unapplied(paymentId: string): Promise<number> {
  const { rows } = await suite.database.query<{ minor: number }>('SELECT unapplied_minor AS minor FROM payments WHERE id = $1', [
    paymentId,
  ]);
  return rows[0]!.minor;
}

async function isOnHold(customerId: string): Promise<boolean> {
  const { rows } = await suite.database.query<{ held: boolean }>(
    'SELECT on_hold_since IS NOT NULL AS held FROM credit_accounts WHERE customer_id = $1',
    [customerId],
  );
  return rows[0]!.held;
}

/** A3, on every day of the story: the ageing comes to the receivables account, and nothing is paid before it is owed. */
async function ageingIsTheLedger(): Promise<void> {
  const today = (await suite.now()).slice(0, 10);
  for (let day = '2027-02-25'; day <= today; day = addDays(day, 1)) {
    const [open, totals] = await Promise.all([openByDueDate(suite.database, day), postingTotals(suite.database, day)]);
    const receivables = totals
      .filter((row) => row.account === 'accounts-receivable')
      .reduce((total, row) => total + (row.side === 'debit' ? row.amountMinor : -row.amountMinor), 0);
    expect({ day, total: open.reduce((total, row) => total + row.openMinor, 0) }).toEqual({ day, total: receivables });
    expect(
      open.filter((row) => row.openMinor < 0),
      day,
    ).toEqual([]);
  }
}

describe('1 March: money that waits', () => {
  it('P1: an overpayment pays a later invoice, the oldest due date first, and closes its order', async () => {
    await addCustomer(suite.database, 'OVER', { limitMinor: 1_000_000 });
    const first = await bill('OVER', 1);
    const paid = await pay(suite, 'OVER', 40_000, first.id);
    expect(paid.unappliedMinor).toBe(30_000);
    await becomes(suite, first.orderId, 'closed');

    await suite.advanceTo(instant('2027-03-10', '08:00:00'));
    const second = await bill('OVER', 2);
    await suite.advanceTo(instant('2027-03-12', '08:00:00'));
    const third = await bill('OVER', 3);
    const before = await exposure(suite.database, 'OVER');
    const books = await trialBalance(suite.database);
    expect(await apply(paid.paymentId, third.id, second.id)).toEqual({
      paymentId: paid.paymentId,
      applications: [
        { invoiceId: second.id, amountMinor: 20_000, openMinor: 0 },
        { invoiceId: third.id, amountMinor: 10_000, openMinor: 20_000 },
      ],
      unappliedMinor: 0,
      deposits: [],
      interestNotes: [],
      onHold: false,
    });
    await becomes(suite, second.orderId, 'closed');
    expect(await suite.client.workflow.getHandle(second.orderId).result()).toEqual({ orderStatus: 'closed' });
    expect(await orderStatus(suite.database, third.orderId)).toBe('invoiced');
    expect(await exposure(suite.database, 'OVER')).toBe(before);
    const after = await trialBalance(suite.database);
    expect(after['accounts-receivable']).toBe(books['accounts-receivable']! - 30_000);
    expect(after['unapplied-cash'] ?? 0).toBe(books['unapplied-cash']! + 30_000);
    expect(after.bank).toBe(books.bank);
    const { rows } = await suite.database.query<{ eventId: string }>(
      `SELECT event_id AS "eventId" FROM journal_entries WHERE payment_id = $1 AND kind = 'application' ORDER BY id`,
      [paid.paymentId],
    );
    expect(rows.map((row) => row.eventId)).toEqual([`${paid.paymentId}:application-1`, `${paid.paymentId}:application-2`]);
  });

  it('P3, P5: money with a mistyped reference lifts the hold once it is applied, and bears interest to its value date only', async () => {
    await addCustomer(suite.database, 'TYPO', { limitMinor: 1_000_000, netDays: 10 });
    const punctual = await bill('TYPO', 1);
    const late = await bill('TYPO', 50);
    const waiting = await order(suite, 'TYPO', [{ sku: 'UNIT', quantity: 1 }]);
    await shipmentsInWork(suite, waiting);
    const inTime = await pay(suite, 'TYPO', 10_000, 'INV-2027-99999');
    expect(inTime).toMatchObject({ applications: [], unappliedMinor: 10_000 });

    await suite.advanceTo(instant(addDays(late.dueOn, 5)));
    const tooLate = await pay(suite, 'TYPO', 500_000, 'RF00 NONSENSE');
    await suite.advanceTo(instant(addDays(late.dueOn, 20)));
    expect(await isOnHold('TYPO')).toBe(true);
    expect(await stageOf(late.orderId)).toBe('collections');

    expect(await apply(inTime.paymentId, punctual.id)).toMatchObject({ unappliedMinor: 0, interestNotes: [], onHold: true });
    const applied = await apply(tooLate.paymentId, late.id);
    expect(applied).toMatchObject({ unappliedMinor: 0, onHold: false });
    expect(await isOnHold('TYPO')).toBe(false);
    await becomes(suite, punctual.orderId, 'closed');
    await becomes(suite, late.orderId, 'closed');
    const { rows: notes } = await suite.database.query<{
      facts: { segments: { from: string; to: string; days: number }[]; seller: object; buyer: object };
    }>('SELECT facts FROM invoices WHERE id = ANY ($1)', [applied.interestNotes]);
    expect(notes.map((note) => note.facts.segments.map(({ from, to, days }) => ({ from, to, days })))).toEqual([
      [{ from: addDays(late.dueOn, 1), to: addDays(late.dueOn, 5), days: 5 }],
    ]);
    expect(notes[0]!.facts).toMatchObject({
      seller: { legalName: 'Throughline Supplies GmbH' },
      buyer: { name: 'Customer TYPO' },
    });
    const { rows: tasks } = await suite.database.query(
      "SELECT kind FROM tasks WHERE invoice_id = ANY ($1) AND status IN ('open', 'claimed')",
      [[punctual.id, late.id]],
    );
    expect(tasks).toEqual([]);
    const { rows: told } = await suite.database.query<{ action: string; actor: string }>(
      `SELECT action, actor FROM audit_log WHERE customer_id = 'TYPO' AND action IN ('payment-applied', 'hold-lifted') ORDER BY sequence`,
    );
    expect(told).toEqual([
      { action: 'payment-applied', actor: 'tester' },
      { action: 'payment-applied', actor: 'tester' },
      { action: 'hold-lifted', actor: 'system' },
    ]);
  });

  it('P3: an order that waits for payment goes on when the money that was there is applied', async () => {
    await addCustomer(suite.database, 'WAITS', { limitMinor: 1_000_000, backOrderAllowed: true, netDays: 1 });
    await addProduct(suite.database, 'SCARCE', 10_000);
    const late = await bill('WAITS', 1);
    const waiting = await order(suite, 'WAITS', [{ sku: 'SCARCE', quantity: 1 }]);
    await becomes(suite, waiting, 'back-ordered');
    const { paymentId } = await pay(suite, 'WAITS', 10_000, 'no idea');
    await suite.advanceTo(instant(addDays(late.dueOn, 2)));
    await addStock(suite, 'SCARCE', 5, 4_000);
    await becomes(suite, waiting, 'waiting-for-payment');
    expect(await openShipments(suite.database, waiting)).toEqual([]);
    expect(await apply(paymentId, late.id)).toMatchObject({ interestNotes: [], onHold: false });
    expect(await shipmentsInWork(suite, waiting)).toHaveLength(1);
  });

  it('P1: what this money cannot pay is refused, every fault with its path, and nothing changes', async () => {
    for (const id of ['MINE', 'THEIRS']) await addCustomer(suite.database, id, { limitMinor: 1_000_000 });
    const [settled, open, foreign] = [await bill('MINE', 1), await bill('MINE', 1), await bill('THEIRS', 1)];
    const { paymentId } = await pay(suite, 'MINE', 15_000, settled.id);
    await expect(apply('PAY-1', open.id)).rejects.toMatchObject({ status: 404, type: 'unknown-payment' });
    await expect(apply(paymentId, open.id, foreign.id, 'INV-2027-999999', settled.id)).rejects.toMatchObject({
      status: 422,
      faults: [
        { path: '/invoiceIds/1', code: 'unknown-invoice' },
        { path: '/invoiceIds/2', code: 'unknown-invoice' },
        { path: '/invoiceIds/3', code: 'settled-invoice' },
      ],
    });
    expect(await unapplied(paymentId)).toBe(5_000);
    expect((await invoicesOf(suite.database, foreign.orderId))[0]).toMatchObject({ openMinor: 10_000 });
    await apply(paymentId, open.id);
    await expect(apply(paymentId, open.id)).rejects.toMatchObject({ status: 409, type: 'nothing-unapplied' });
  });
});

describe('once, and never too much', () => {
  it('O3, X3: over HTTP, for those who look after money; the same key gets the same answer', async () => {
    await addCustomer(suite.database, 'HTTP', { limitMinor: 1_000_000 });
    const { paymentId } = await pay(suite, 'HTTP', 30_000, 'nothing we know');
    const invoice = await bill('HTTP', 2);
    const api = await startApi(suite);
    try {
      const path = `/v1/payments/${paymentId}/apply`;
      const body = { invoiceIds: [invoice.id] };
      expect((await api.post(path, 'sales', body)).status).toBe(403);
      for (const invoiceIds of [[], [invoice.id, invoice.id], Array.from({ length: 101 }, (_, index) => `INV-${index}`)]) {
        expect(await api.post(path, 'receivables', { invoiceIds })).toMatchObject({
          status: 400,
          body: { errors: [{ path: '/invoiceIds' }] },
        });
      }
      expect((await api.post('/v1/payments/PAY-1/apply', 'finance', body)).body.type).toBe('/problems/unknown-payment');
      const key = { 'Idempotency-Key': 'apply-over-http' };
      const applied = await api.post(path, 'receivables', body, key);
      expect(applied).toMatchObject({ status: 200, body: { unappliedMinor: 10_000, applications: [{ openMinor: 0 }] } });
      expect((await api.post(path, 'receivables', body, key)).body).toEqual(applied.body);
      expect(await api.post(path, 'receivables', body)).toMatchObject({
        status: 422,
        body: { errors: [{ path: '/invoiceIds/0', code: 'settled-invoice' }] },
      });
    } finally {
      await api.stop();
    }
  });

  it('O3: the same key twice applies once', async () => {
    await addCustomer(suite.database, 'TWICE', { limitMinor: 1_000_000 });
    const { paymentId } = await pay(suite, 'TWICE', 30_000, 'nothing we know');
    const invoice = await bill('TWICE', 5);
    const requestKey = { principal: 'KEY-1', key: 'apply-it', fingerprint: 'same' };
    const ask = () =>
      inTransaction((tx, clock) =>
        answerOnce(tx, requestKey, async () => ({
          status: 200,
          body: await applyPayment(tx, { paymentId, invoiceIds: [invoice.id], actor: tester, ...clock }),
        })),
      );
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one).toEqual(other);
    expect((await invoicesOf(suite.database, invoice.orderId))[0]).toMatchObject({ openMinor: 20_000 });
  });

  it('P1: people who apply the same money at once, while more comes in, never apply more than there is', async () => {
    await addCustomer(suite.database, 'RACE', { limitMinor: 1_000_000 });
    const money = [await pay(suite, 'RACE', 30_000, 'nothing'), await pay(suite, 'RACE', 20_000, 'we know')];
    const invoices = [await bill('RACE', 2), await bill('RACE', 2), await bill('RACE', 3)];
    const outcomes = await Promise.allSettled([
      ...invoices.flatMap(({ id }) => money.map(({ paymentId }) => apply(paymentId, id))),
      ...invoices.map(({ id }) => pay(suite, 'RACE', 5_000, id)),
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect([409, 422]).toContain(outcome.reason.status);
    }
    const open = await Promise.all(invoices.map(({ orderId }) => invoicesOf(suite.database, orderId)));
    const waiting = await Promise.all(money.map(({ paymentId }) => unapplied(paymentId)));
    const { rows } = await suite.database.query<{ unapplied: number }>(
      `SELECT sum(unapplied_minor)::bigint AS unapplied FROM payments WHERE customer_id = 'RACE'`,
    );
    // 700.00 were billed and 650.00 came in: whatever is not applied is still owed beside the 50.00 that are missing.
    expect(open.flat().reduce((total, { openMinor }) => total + openMinor, 0)).toBe(5_000 + rows[0]!.unapplied);
    expect(Math.min(...waiting)).toBeGreaterThanOrEqual(0);
  });

  it('P1: money goes to the same invoice a second time by raising what it paid there', async () => {
    await addCustomer(suite.database, 'RAISE', { limitMinor: 1_000_000 });
    const invoice = await bill('RAISE', 2);
    const { paymentId } = await pay(suite, 'RAISE', 15_000, invoice.id);
    // No command takes money back from an invoice yet: by hand, 40.00 of it waits unapplied again.
    await inTransaction(async (tx, { at }) => {
      await tx.query('UPDATE payment_applications SET amount_minor = amount_minor - 4000 WHERE payment_id = $1', [paymentId]);
      await tx.query('UPDATE payments SET unapplied_minor = 4000 WHERE id = $1', [paymentId]);
      await tx.query('UPDATE invoices SET open_minor = open_minor + 4000 WHERE id = $1', [invoice.id]);
      await tx.query(`UPDATE credit_accounts SET open_receivables_minor = open_receivables_minor + 4000,
        unapplied_cash_minor = unapplied_cash_minor + 4000 WHERE customer_id = 'RAISE'`);
      const bookedOn = at.slice(0, 10);
      const entry = {
        eventId: 'by-hand',
        kind: 'by-hand',
        bookedOn,
        currency: 'EUR',
        customerId: 'RAISE',
        invoiceId: invoice.id,
        at,
      };
      await book(tx, { ...entry, paymentId }, [
        { account: 'accounts-receivable', side: 'debit', amountMinor: 4_000 },
        { account: 'unapplied-cash', side: 'credit', amountMinor: 4_000 },
      ]);
    });
    expect(await apply(paymentId, invoice.id)).toMatchObject({
      applications: [{ amountMinor: 4_000, openMinor: 5_000 }],
      unappliedMinor: 0,
    });
    const { rows } = await suite.database.query('SELECT amount_minor AS amount FROM payment_applications WHERE payment_id = $1', [
      paymentId,
    ]);
    expect(rows).toEqual([{ amount: 15_000 }]);
  });

  it('P1: a payment that waits for the account holds the orders already, so that none is locked after it', async () => {
    await addCustomer(suite.database, 'LOCKS', { limitMinor: 1_000_000 });
    const invoice = await bill('LOCKS', 1);
    let paying: ReturnType<typeof pay> | undefined;
    await suite.database.transaction(async (tx) => {
      await tx.query("SELECT FROM credit_accounts WHERE customer_id = 'LOCKS' FOR UPDATE");
      paying = pay(suite, 'LOCKS', 10_000, invoice.id);
      await eventually(async () => {
        const free = await suite.database.query('SELECT FROM orders WHERE id = $1 FOR UPDATE SKIP LOCKED', [invoice.orderId]);
        return free.rowCount === 0;
      }, 4);
    });
    expect((await paying!).applications).toMatchObject([{ openMinor: 0 }]);
    await becomes(suite, invoice.orderId, 'closed');
  });
});

async function stageOf(orderId: string): Promise<string> {
  const { rows } = await suite.database.query<{ stage: string }>('SELECT stage FROM orders WHERE id = $1', [orderId]);
  return rows[0]!.stage;
}
