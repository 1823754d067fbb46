import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClock } from '../../db/statements/company.ts';
import { receivePayment } from '../../db/transactions/receive-payment.ts';
import { savePolicy } from '../../db/transactions/save-policy.ts';
import { takeReceivableStep } from '../../db/transactions/take-receivable-step.ts';
import { defaultDunningPolicy, planDunning } from '../../domain/dunning.ts';
import { Refusal } from '../../domain/failures.ts';
import { receivableWorkflowId } from '../../domain/ids.ts';
import { liveOrder } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  announced,
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
 * From invoice to cash on the company clock, in one world: it begins on Monday 1 March 2027 and each test carries it on. A UNIT
 * costs 100.00 without tax; terms are net 30, so what is invoiced on 1 March is due on 31 March.
 */
let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'UNIT', 10_000, '0');
  await addStock(suite, 'UNIT', 1_000, 4_000);
  for (const id of ['LATE', 'WARNED', 'OVERPAID', 'SLOW', 'OLD', 'QUOTES', 'STRANGER', 'LAST-MINUTE']) {
    await addCustomer(suite.database, id, { limitMinor: 1_000_000 });
  }
});
afterAll(() => suite?.stop());

interface Billed {
  orderId: string;
  invoiceId: string;
  paymentReference: string;
}

async function bill(customerId: string, quantity: number): Promise<Billed> {
  const orderId = await order(suite, customerId, [{ sku: 'UNIT', quantity }]);
  const [shipmentId] = await shipmentsInWork(suite, orderId);
  await pickAndPack(suite, orderId, shipmentId!);
  const [invoice] = await invoiced(suite, orderId);
  return { orderId, invoiceId: invoice!.id, paymentReference: invoice!.paymentReference };
}

async function item(invoiceId: string) {
  const { rows } = await suite.database.query<{
    openMinor: number;
    dunningLevel: number;
    lastNoticeOn: string | null;
    overdueSince: string | null;
    inCollections: boolean;
  }>(
    `SELECT open_minor AS "openMinor", dunning_level AS "dunningLevel", last_notice_on AS "lastNoticeOn",
       overdue_since AS "overdueSince", collections_since IS NOT NULL AS "inCollections" FROM invoices WHERE id = $1`,
    [invoiceId],
  );
  return rows[0]!;
}

/** The customer's dunning letters: local date, level, and what each item owes. */
async function letters(customerId: string) {
  const { rows } = await suite.database.query<{ on: string; level: number; owed: Record<string, number>; status: string }>(
    `SELECT (at AT TIME ZONE 'Europe/Berlin')::date AS on, (facts -> 'level')::int AS level, status,
       (SELECT jsonb_object_agg(i ->> 'invoiceId', i -> 'openMinor') FROM jsonb_array_elements(facts -> 'items') i) AS owed
     FROM notices WHERE customer_id = $1 AND kind = 'dunning' ORDER BY at`,
    [customerId],
  );
  return rows;
}

async function noticesAbout(invoiceId: string, kind: string) {
  const { rows } = await suite.database.query<{ on: string; status: string }>(
    `SELECT (at AT TIME ZONE 'Europe/Berlin')::date AS on, status FROM notices WHERE invoice_id = $1 AND kind = $2 ORDER BY at`,
    [invoiceId, kind],
  );
  return rows;
}

async function tasksAbout(invoiceId: string) {
  const { rows } = await suite.database.query<{ kind: string; on: string; dueAt: string; status: string }>(
    `SELECT kind, (at AT TIME ZONE 'Europe/Berlin')::date AS on, due_at AS "dueAt", status FROM tasks WHERE invoice_id = $1 ORDER BY id`,
    [invoiceId],
  );
  return rows;
}

async function onHold(customerId: string): Promise<boolean> {
  const { rows } = await suite.database.query<{ held: boolean }>(
    'SELECT on_hold_since IS NOT NULL AS held FROM credit_accounts WHERE customer_id = $1',
    [customerId],
  );
  return rows[0]!.held;
}

async function payNaming(customerId: string, amountMinor: number, invoiceIds: string[]) {
  const { at, offsetMs } = await readClock(suite.database);
  const received = await suite.database.transaction((tx) =>
    receivePayment(tx, {
      customerId,
      method: 'cheque',
      currency: 'EUR',
      amountMinor,
      valueOn: at.slice(0, 10),
      invoiceIds,
      actor: tester,
      at,
      offsetMs,
    }),
  );
  suite.delivery.deliverSoon();
  return received;
}

/** The workflow's own answer and the projection in PostgreSQL say the same. */
async function liveAgrees(orderId: string): Promise<void> {
  await eventually(async () => {
    const { status, stage, shipments, openInvoices } = await suite.client.workflow.getHandle(orderId).query(liveOrder);
    const { rows } = await suite.database.query(
      `SELECT status, stage,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('shipmentId', id, 'status', status) ORDER BY id), '[]')
          FROM shipments WHERE order_id = o.id) AS shipments,
         (SELECT coalesce(jsonb_agg(id ORDER BY id), '[]') FROM invoices WHERE order_id = o.id AND open_minor > 0) AS "openInvoices"
       FROM orders o WHERE id = $1`,
      [orderId],
    );
    expect({ status, stage, shipments, openInvoices }).toEqual(rows[0]);
    return true;
  });
}

async function found(query: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const workflow of suite.client.workflow.list({ query })) ids.push(workflow.workflowId);
  return ids.sort();
}

const ended = (workflowId: string) => suite.client.workflow.getHandle(workflowId).result();
const running = async (workflowId: string) => (await suite.client.workflow.getHandle(workflowId).describe()).status.name;

const late: { a: Billed; b: Billed } = {} as never;
let warned: Billed;
let overpaid: Billed;
let slow: Billed;
let old: string;

describe('1 March: invoices and money', () => {
  it('X8: operators find orders by customer, status, amount and due date, and the live answer equals the projection', async () => {
    const orderId = await order(suite, 'LATE', [{ sku: 'UNIT', quantity: 10 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await liveAgrees(orderId);
    await eventually(async () => (await found("CustomerId = 'LATE' AND OrderStatus = 'in-fulfilment'")).includes(orderId));
    await pickAndPack(suite, orderId, shipmentId!);
    const [invoice] = await invoiced(suite, orderId);
    await liveAgrees(orderId);
    late.a = { orderId, invoiceId: invoice!.id, paymentReference: invoice!.paymentReference };
    late.b = await bill('LATE', 5);
    await eventually(
      async () => (await found("CustomerId = 'LATE' AND OrderStatus = 'invoiced' AND Stage = 'receivables'")).length === 2,
    );
    expect(await found("CustomerId = 'LATE' AND AmountMinor > 50000")).toEqual([orderId]);
    expect(await found("CustomerId = 'LATE' AND DueDate = '2027-03-31T00:00:00Z' AND Channel = 'api'")).toHaveLength(2);
    const description = await suite.client.workflow.getHandle(orderId).describe();
    expect(await description.staticSummary()).toBe('LATE, 1,000.00 EUR');
  });

  it('P1: a payment finds its invoices by RF reference, by number in free text, and several by one sum', async () => {
    const [one, two, three, four] = [
      await bill('QUOTES', 1),
      await bill('QUOTES', 2),
      await bill('QUOTES', 3),
      await bill('QUOTES', 4),
    ];
    const spaced = one!.paymentReference.toLowerCase().replaceAll(/(.{4})/g, '$1 ');
    expect(await pay(suite, 'QUOTES', 10_000, spaced)).toMatchObject({
      applications: [{ invoiceId: one!.invoiceId, amountMinor: 10_000, openMinor: 0 }],
      unappliedMinor: 0,
    });
    const text = `thank you for ${two!.invoiceId.toLowerCase()}!`;
    expect(await pay(suite, 'QUOTES', 5_000, text)).toMatchObject({
      applications: [{ invoiceId: two!.invoiceId, amountMinor: 5_000, openMinor: 15_000 }],
    });
    const sum = await pay(suite, 'QUOTES', 85_000, `${two!.paymentReference} ${three!.invoiceId}/${four!.invoiceId}`);
    expect(sum.applications.map((application) => application.openMinor)).toEqual([0, 0, 0]);
    expect(sum.unappliedMinor).toBe(0);
    for (const { orderId } of [one!, two!, three!, four!]) expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    expect(await exposure(suite.database, 'QUOTES')).toBe(0);
  });

  it("P1: another customer's invoice is refused when named and left alone when quoted; the money is kept", async () => {
    const foreign = late.b.invoiceId;
    const refusal = await payNaming('STRANGER', 50_000, [foreign]).catch((error: Refusal) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).faults).toMatchObject([{ path: '/invoiceIds/0', code: 'unknown-invoice' }]);
    expect((await payNaming('STRANGER', 50_000, ['INV-2027-999999']).catch((error: Refusal) => error)) as Refusal).toMatchObject({
      faults: [{ code: 'unknown-invoice' }],
    });
    expect(await exposure(suite.database, 'STRANGER')).toBe(0);
    expect(await pay(suite, 'STRANGER', 50_000, `${foreign} ${late.b.paymentReference}`)).toMatchObject({
      applications: [],
      unappliedMinor: 50_000,
    });
    expect((await item(foreign)).openMinor).toBe(50_000);
    expect(await exposure(suite.database, 'STRANGER')).toBe(-50_000);
  });

  it('P1 (regression): an overpayment is never refused; the rest waits as unapplied cash', async () => {
    const first = await bill('OVERPAID', 10);
    expect(await pay(suite, 'OVERPAID', 150_000, first.invoiceId)).toMatchObject({
      applications: [{ invoiceId: first.invoiceId, openMinor: 0 }],
      unappliedMinor: 50_000,
    });
    expect(await ended(first.orderId)).toEqual({ orderStatus: 'closed' });
    expect(await exposure(suite.database, 'OVERPAID')).toBe(-50_000);
    expect(await trialBalance(suite.database)).toMatchObject({ 'unapplied-cash': -100_000 });
    // And again, for what is settled already.
    expect(await pay(suite, 'OVERPAID', 1, first.invoiceId)).toMatchObject({ applications: [], unappliedMinor: 1 });
    overpaid = await bill('OVERPAID', 4);
  });

  it('A1, P3: an opening item has a workflow of its own', async () => {
    old = await openingItem(suite, 'OLD', 300_000, '2027-02-20', '2027-03-22');
    warned = await bill('WARNED', 7);
    slow = await bill('SLOW', 45);
    await eventually(async () => (await running(receivableWorkflowId(old))) === 'RUNNING');
    await eventually(async () => (await found("CustomerId = 'OLD' AND Stage = 'receivables'")).length === 1);
    expect(await exposure(suite.database, 'OLD')).toBe(300_000);
  });
});

describe('15 March: before the due date', () => {
  it('A1: on day 14 the customer is reminded once and a review task opens; money on account keeps the reminder back', async () => {
    await suite.advanceTo(instant('2027-03-14', '22:30:00'));
    expect(await noticesAbout(late.a.invoiceId, 'reminder')).toEqual([]);
    await suite.advanceTo(instant('2027-03-15', '12:00:00'));
    for (const { invoiceId } of [late.a, late.b, warned, slow]) {
      await eventually(async () => {
        expect(await noticesAbout(invoiceId, 'reminder')).toEqual([{ on: '2027-03-15', status: 'sent' }]);
        return true;
      });
      expect(await tasksAbout(invoiceId)).toEqual([
        { kind: 'invoice-review', on: '2027-03-15', dueAt: '2027-03-15T16:00:00.000Z', status: 'open' },
      ]);
    }
    await eventually(async () => {
      expect(await noticesAbout(overpaid.invoiceId, 'reminder')).toEqual([{ on: '2027-03-15', status: 'suppressed' }]);
      return true;
    });
    expect(suite.mails.filter((mail) => mail.subject.startsWith(`Reminder: invoice ${late.a.invoiceId}`))).toHaveLength(1);
    expect(suite.mails.filter((mail) => mail.subject.startsWith(`Reminder: invoice ${overpaid.invoiceId}`))).toHaveLength(0);

    await pay(suite, 'WARNED', 70_000, warned.paymentReference);
    expect(await ended(warned.orderId)).toEqual({ orderStatus: 'closed' });
    expect(await tasksAbout(warned.invoiceId)).toMatchObject([{ kind: 'invoice-review', status: 'completed' }]);
  });
});

describe('1 April: overdue', () => {
  it('P3: at local midnight after the due date the account is flagged and on hold, and a contact task opens for that day', async () => {
    await suite.advanceTo(instant('2027-03-31', '21:59:00'));
    expect(await item(late.a.invoiceId)).toMatchObject({ overdueSince: null });
    expect(await onHold('LATE')).toBe(false);
    await suite.advanceTo(instant('2027-03-31', '22:01:00'));
    for (const { invoiceId } of [late.a, late.b]) {
      expect((await item(invoiceId)).overdueSince).toMatch(/^2027-03-31T22:00:0/);
      expect((await tasksAbout(invoiceId)).at(-1)).toEqual({
        kind: 'overdue-contact',
        on: '2027-04-01',
        dueAt: '2027-04-01T15:00:00.000Z',
        status: 'open',
      });
    }
    expect(await onHold('LATE')).toBe(true);
    expect(await letters('LATE')).toEqual([]);
    const refusal = await order(suite, 'LATE', [{ sku: 'UNIT', quantity: 1 }]).catch((error: Refusal) => error);
    expect(refusal).toMatchObject({ type: 'customer-on-hold', extra: { amountDueMinor: 150_000 } });
    await liveAgrees(late.a.orderId);
    await eventually(async () => (await found("CustomerId = 'LATE' AND Stage = 'collections'")).length === 2);
    // The opening item was due on 22 March: its workflow has dunned it meanwhile.
    expect(await letters('OLD')).toEqual([{ on: '2027-03-23', level: 1, status: 'sent', owed: { [old]: 300_000 } }]);
    expect(await onHold('OLD')).toBe(true);
  });

  it('P4: one letter a day and customer, at level 1, over every item that is due; none where cash on account covers it', async () => {
    await suite.advanceTo(instant('2027-04-01', '12:00:00'));
    const owed = { [late.a.invoiceId]: 100_000, [late.b.invoiceId]: 50_000 };
    expect(await letters('LATE')).toEqual([{ on: '2027-04-01', level: 1, status: 'sent', owed }]);
    expect(suite.mails.filter((mail) => mail.to === 'late@customer.example' && /overdue/.test(mail.subject))).toHaveLength(1);
    expect(await item(late.b.invoiceId)).toMatchObject({ dunningLevel: 1, lastNoticeOn: '2027-04-01' });
    expect(await letters('WARNED')).toEqual([]);
    expect(await letters('OVERPAID')).toEqual([]);
    expect(await item(overpaid.invoiceId)).toMatchObject({ dunningLevel: 0, lastNoticeOn: null });
  });

  it('P4: a letter that was owed is not sent when the money came before it went out', async () => {
    const invoiceId = await openingItem(suite, 'LAST-MINUTE', 10_000, '2027-03-01', '2027-03-31');
    const { at, offsetMs } = await readClock(suite.database);
    const terms = { invoiceId, issuedOn: '2027-03-01', dueOn: '2027-03-31', termsDays: 30, timeZone: 'Europe/Berlin' };
    const step = planDunning({ policy: defaultDunningPolicy, ...terms }).steps.find(({ level }) => level === 1)!;
    await suite.database.transaction(async (tx) => {
      await takeReceivableStep(tx, { invoiceId, step, at });
      await receivePayment(tx, {
        customerId: 'LAST-MINUTE',
        method: 'bank-transfer',
        currency: 'EUR',
        amountMinor: 10_000,
        valueOn: '2027-04-01',
        invoiceIds: [invoiceId],
        actor: tester,
        at,
        offsetMs,
      });
    });
    await eventually(async () => {
      expect(await letters('LAST-MINUTE')).toMatchObject([{ status: 'suppressed' }]);
      return true;
    });
    await ended(receivableWorkflowId(invoiceId));
    expect(suite.mails.filter((mail) => mail.to === 'last-minute@customer.example' && /overdue/.test(mail.subject))).toEqual([]);
  });
});

describe('April: letters and part payments', () => {
  it('P4, X6 (regression): a part payment and a new policy reset nothing: level 2 comes on its day, over what is left', async () => {
    await suite.advanceTo(instant('2027-04-10'));
    expect(await pay(suite, 'LATE', 40_000, late.a.invoiceId)).toMatchObject({ onHold: true, interestNotes: [] });
    expect(await item(late.a.invoiceId)).toMatchObject({ openMinor: 60_000, dunningLevel: 1, lastNoticeOn: '2027-04-01' });
    expect(await onHold('LATE')).toBe(true);
    const { version: _, ...policy } = defaultDunningPolicy;
    const levels = [1, 2, 3].map((level) => ({ level, daysOverdue: 60 + level, final: level === 3 }));
    await suite.database.transaction((tx) =>
      savePolicy(tx, { policy: { ...policy, levels, intervalDays: 60 }, actor: tester, at: '2027-04-10T12:00:00Z' }),
    );

    await suite.advanceTo(instant('2027-04-14', '21:00:00'));
    expect(await letters('LATE')).toHaveLength(1);
    await suite.advanceTo(instant('2027-04-15', '12:00:00'));
    const owed = { [late.a.invoiceId]: 60_000, [late.b.invoiceId]: 50_000 };
    expect((await letters('LATE')).slice(1)).toEqual([{ on: '2027-04-15', level: 2, status: 'sent', owed }]);
    // The opening item, due on 22 March, had its own days.
    expect((await letters('OLD')).map(({ on, level }) => ({ on, level }))).toEqual([
      { on: '2027-03-23', level: 1 },
      { on: '2027-04-06', level: 2 },
    ]);
    await liveAgrees(late.a.orderId);
  });

  it('P1, P3, X4: the opening item is paid: its workflow ends and the hold lifts by itself', async () => {
    await pay(suite, 'OLD', 300_000, old);
    expect(await ended(receivableWorkflowId(old))).toBeUndefined();
    expect(await onHold('OLD')).toBe(false);
    expect(await tasksAbout(old)).toMatchObject([
      { kind: 'invoice-review', on: '2027-03-06', status: 'completed' },
      { kind: 'overdue-contact', on: '2027-03-23', status: 'completed' },
    ]);
    const next = await order(suite, 'OLD', [{ sku: 'UNIT', quantity: 1 }]);
    await becomes(suite, next, 'in-fulfilment');
    expect(await announced(suite.database, 'OLD')).toEqual([
      `invoice.overdue ${old} 1`,
      'account.on-hold OLD 1',
      expect.stringMatching(/^debit-note.issued INT-/),
      expect.stringMatching(/^account.released OLD 2/),
      expect.stringMatching(/^payment.received PAY-/),
      `order.accepted ${next} 1`,
    ]);
  });
});

describe('30 April: late settlement', () => {
  let note: string;

  it('P5 (regression): interest on a late settlement is an item of its own that paying the principal does not erase', async () => {
    await suite.advanceTo(instant('2027-04-30'));
    const paid = await pay(suite, 'SLOW', 450_000, slow.paymentReference, '2027-04-30');
    expect(paid).toMatchObject({ onHold: false, unappliedMinor: 0 });
    expect(paid.interestNotes).toHaveLength(1);
    note = paid.interestNotes[0]!;
    expect(await ended(slow.orderId)).toEqual({ orderStatus: 'closed' });
    // 4,500.00 × 11 % × 30/365
    expect(await item(note)).toMatchObject({ openMinor: 4_068 });
    expect(await exposure(suite.database, 'SLOW')).toBe(4_068);
    // The same money again: kept on account, and the note stays.
    expect(await pay(suite, 'SLOW', 1_000, slow.paymentReference)).toMatchObject({ applications: [], interestNotes: [] });
    expect(await item(note)).toMatchObject({ openMinor: 4_068 });
    await eventually(async () => (await running(receivableWorkflowId(note))) === 'RUNNING');
    await eventually(async () => suite.mails.some((mail) => mail.subject === `Interest note ${note}: 40.68 EUR`));
  });

  it('P4: the third letter is the final one, and day 45 hands over to collections, which closes nothing', async () => {
    await suite.advanceTo(instant('2027-05-15'));
    expect((await letters('LATE')).map(({ on, level }) => ({ on, level }))).toEqual([
      { on: '2027-04-01', level: 1 },
      { on: '2027-04-15', level: 2 },
      { on: '2027-04-30', level: 3 },
    ]);
    expect(suite.mails.filter((mail) => mail.subject.startsWith('Final letter before collections: 1,100.00 EUR'))).toHaveLength(
      1,
    );
    for (const { invoiceId, orderId } of [late.a, late.b]) {
      expect(await item(invoiceId)).toMatchObject({ dunningLevel: 3, inCollections: true });
      expect((await tasksAbout(invoiceId)).at(-1)).toMatchObject({ kind: 'collections', on: '2027-05-15', status: 'open' });
      expect(await orderStatus(suite.database, orderId)).toBe('invoiced');
      expect(await running(orderId)).toBe('RUNNING');
    }
  });

  it('P1, P3 (regression): one sum settles everything: orders close, tasks end, interest is noted, the hold lifts', async () => {
    const paid = await payNaming('LATE', 110_000, [late.b.invoiceId, late.a.invoiceId]);
    expect(paid).toMatchObject({ onHold: false, unappliedMinor: 0 });
    expect(paid.interestNotes).toHaveLength(2);
    for (const { orderId, invoiceId } of [late.a, late.b]) {
      expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
      expect((await tasksAbout(invoiceId)).filter((task) => task.status === 'open')).toEqual([]);
      expect(await invoicesOf(suite.database, orderId)).toMatchObject([{ status: 'settled', openMinor: 0 }]);
    }
    expect(await onHold('LATE')).toBe(false);
    await becomes(suite, await order(suite, 'LATE', [{ sku: 'UNIT', quantity: 1 }]), 'in-fulfilment');
  });

  it('P3, P5: an interest note goes overdue from its own due date, bears no interest, and its payment ends its workflow', async () => {
    await suite.advanceTo(instant('2027-05-30'));
    expect(await onHold('SLOW')).toBe(false);
    await suite.advanceTo(instant('2027-05-31'));
    expect(await onHold('SLOW')).toBe(true);
    const paid = await pay(suite, 'SLOW', 4_068, note);
    expect(paid).toMatchObject({ interestNotes: [], onHold: false });
    await ended(receivableWorkflowId(note));
    await checkInvariants(suite.database);
  });
});
