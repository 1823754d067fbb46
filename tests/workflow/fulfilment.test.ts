import { WorkflowUpdateFailedError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forwardWorkflow } from '../../clock/forward.ts';
import { readStandingFacts } from '../../db/queries/order-standing.ts';
import { readClock } from '../../db/statements/company.ts';
import { changeFreeze } from '../../db/transactions/change-credit.ts';
import { correctStock } from '../../db/transactions/correct-stock.ts';
import { savePolicy } from '../../db/transactions/save-policy.ts';
import { Refusal } from '../../domain/failures.ts';
import type { ShortageChoice } from '../../domain/fulfilment.ts';
import { standingOf } from '../../domain/order-standing.ts';
import { createCarrierSimulator } from '../../ports/adapters/carrier-simulator.ts';
import { amendOrder, cancelOrder, chooseShortage, confirmPack, confirmPick, type PickRequest } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  ask,
  becomes,
  exposure,
  invoiced,
  invoicesOf,
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

/*
 * Stock, warehouse and carrier in the real engine. Every test has a product of its own at 100.00 without tax, so that the
 * stock of one is no business of another.
 */
const requests: string[] = [];
const carrier = createCarrierSimulator({ onRequest: (kind, key) => requests.push(`${kind} ${key}`) });
/** While it is set, the carrier takes requests and does not answer. */
let carrierSilence: Promise<void> | undefined;

let suite: Suite;
beforeAll(async () => {
  suite = await startSuite({
    dependencies: {
      carrier: {
        rates: (parcel) => carrier.rates(parcel),
        async book(request) {
          const booking = await carrier.book(request);
          await carrierSilence;
          return booking;
        },
        void: (trackingNumber) => carrier.void(trackingNumber),
      },
    },
  });
  await setUpCompany(suite.database);
  await suite.database.query("INSERT INTO warehouses (id, name, address) VALUES ('WH-WEST', 'WH-WEST', $1)", [
    JSON.stringify(address),
  ]);
  await addCustomer(suite.database, 'WHOLE', { limitMinor: 10_000_000 });
  await addCustomer(suite.database, 'PARTS', { limitMinor: 10_000_000, backOrderAllowed: true });
});
afterAll(() => suite?.stop());

async function product(sku: string, stock: Record<string, number> = {}): Promise<string> {
  await addProduct(suite.database, sku, 10_000, '0');
  for (const [warehouseId, quantity] of Object.entries(stock)) await addStock(suite, sku, quantity, 4_000, warehouseId);
  return sku;
}

async function stockOf(sku: string) {
  const { rows } = await suite.database.query<{ onHand: number; reserved: number }>(
    'SELECT on_hand AS "onHand", reserved FROM stock WHERE sku = $1 ORDER BY warehouse_id',
    [sku],
  );
  return rows;
}

async function reservedFor(orderId: string): Promise<number> {
  const { rows } = await suite.database.query<{ reserved: number }>(
    "SELECT coalesce(sum(quantity), 0)::int AS reserved FROM reservations WHERE order_id = $1 AND status = 'reserved'",
    [orderId],
  );
  return rows[0]!.reserved;
}

async function shortageTasks(orderId: string): Promise<string[]> {
  const { rows } = await suite.database.query<{ title: string }>(
    "SELECT title FROM tasks WHERE order_id = $1 AND kind = 'shortage' AND role = 'warehouse' ORDER BY id",
    [orderId],
  );
  return rows.map((row) => row.title);
}

const cancel = (orderId: string) => ask(suite, orderId, cancelOrder, { reason: 'changed its mind', actor: tester });
const pick = (orderId: string, shipmentId: string, rest: Partial<PickRequest> = {}) =>
  ask(suite, orderId, confirmPick, { shipmentId, short: [], packed: true, actor: tester, ...rest });
const choose = (orderId: string, choice: ShortageChoice) => ask(suite, orderId, chooseShortage, { choice, actor: tester });
async function choiceDueAt(orderId: string): Promise<string> {
  const { rows } = await suite.database.query<{ at: string }>('SELECT choice_due_at AS at FROM orders WHERE id = $1', [orderId]);
  return rows[0]!.at;
}
const ended = (orderId: string) => suite.client.workflow.getHandle(orderId).result();
const mailAbout = (orderId: string, words: RegExp) =>
  eventually(async () =>
    suite.mails.find((mail) => mail.subject.includes(orderId) && words.test(`${mail.subject} ${mail.text}`)),
  );

/** What a customer's orders must give back to the cent and the unit: every bucket of the account, every row of stock. */
async function books(customerId: string, sku: string) {
  const { rows } = await suite.database.query(
    `SELECT open_receivables_minor, shipped_not_invoiced_minor, approved_not_shipped_minor, unapplied_cash_minor
     FROM credit_accounts WHERE customer_id = $1`,
    [customerId],
  );
  return { account: rows[0], stock: await stockOf(sku) };
}

describe('reservation', () => {
  it('F1: two lines of one SKU are one demand, at intake and at the reservation', async () => {
    const sku = await product('TWIN', { 'WH-NORTH': 5 });
    const twice = [
      { sku, quantity: 3 },
      { sku, quantity: 3 },
    ];
    const refusal = await order(suite, 'WHOLE', twice).catch((error: Refusal) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).faults.map((fault) => fault.path)).toEqual(['/lines/0/quantity', '/lines/1/quantity']);

    const orderId = await order(suite, 'PARTS', twice);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    expect(await stockOf(sku)).toEqual([{ onHand: 5, reserved: 5 }]);
    await pickAndPack(suite, orderId, shipmentId!);
    expect(await invoiced(suite, orderId)).toMatchObject([{ grossMinor: 50_000 }]);
    await becomes(suite, orderId, 'back-ordered');
    await cancel(orderId);
    expect(await stockOf(sku)).toEqual([{ onHand: 0, reserved: 0 }]);
  });

  it('F3, I1, P1: what lies in two warehouses is two shipments and two invoices, paid in one sum', async () => {
    const sku = await product('SPLIT', { 'WH-NORTH': 3, 'WH-SOUTH': 2 });
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 5 }]);
    const shipmentIds = await shipmentsInWork(suite, orderId, 2);
    for (const shipmentId of shipmentIds) await pickAndPack(suite, orderId, shipmentId);
    const invoices = await invoiced(suite, orderId, 2);
    expect(invoices.map((invoice) => invoice.grossMinor).sort((a, b) => a - b)).toEqual([20_000, 30_000]);
    await becomes(suite, orderId, 'invoiced');
    await pay(suite, 'WHOLE', 50_000, invoices.map((invoice) => invoice.id).join(', '));
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
  });

  it('F2: stock that fails at the release is flagged, the customer told and asked; cancelled, nothing is billed', async () => {
    const sku = await product('LAST', { 'WH-NORTH': 1 });
    const before = await exposure(suite.database, 'WHOLE');
    const orderIds = await Promise.all([1, 2].map(() => order(suite, 'WHOLE', [{ sku, quantity: 1 }])));
    const [loser, winner] = await eventually(async () => {
      const statuses = await Promise.all(orderIds.map((orderId) => orderStatus(suite.database, orderId)));
      const lost = statuses.indexOf('awaiting-choice');
      return lost >= 0 && statuses.includes('in-fulfilment') && [orderIds[lost]!, orderIds[1 - lost]!];
    });
    expect(await shortageTasks(loser!)).toEqual([`${loser} wants 1 × LAST, which is not there: recount`]);
    await mailAbout(loser!, /please choose.*1 × LAST.*nothing has been billed/s);
    expect(await choose(loser!, 'ship-part')).toMatchObject({ refused: { type: 'out-of-stock' } });
    expect(await choose(loser!, 'cancel')).toMatchObject({ orderStatus: 'cancelled' });
    expect(await invoicesOf(suite.database, loser!)).toEqual([]);
    expect(await exposure(suite.database, 'WHOLE')).toBe(before + 10_000);
    expect(await ended(loser!)).toEqual({ orderStatus: 'cancelled' });
    expect(await choose(winner!, 'wait')).toMatchObject({ refused: { type: 'order-state' } });
    await cancel(winner!);
    expect(await exposure(suite.database, 'WHOLE')).toBe(before);
  });
});

describe('the pick', () => {
  it('F2, F4: a short pick without back-order is flagged and written off; silence cancels the order before any billing', async () => {
    const sku = await product('SHORT', { 'WH-NORTH': 8 });
    const before = { exposure: await exposure(suite.database, 'WHOLE'), trial: await trialBalance(suite.database) };
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 7 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    const outcome = await pick(orderId, shipmentId!, { short: [{ lineNumber: 1, pickedQuantity: 3 }] });
    expect(outcome).toMatchObject({ shipmentStatus: 'cancelled' });
    await becomes(suite, orderId, 'awaiting-choice');
    await mailAbout(orderId, /please choose.*3 × SHORT/s);
    // Four of eight were not there; the three that were picked go back, and are nobody's until the customer has chosen.
    expect(await stockOf(sku)).toEqual([{ onHand: 4, reserved: 0 }]);
    await forwardWorkflow(suite.client, orderId, await choiceDueAt(orderId));
    expect(await ended(orderId)).toEqual({ orderStatus: 'cancelled' });
    expect(await exposure(suite.database, 'WHOLE')).toBe(before.exposure);
    expect(await invoicesOf(suite.database, orderId)).toEqual([]);
    expect(await shortageTasks(orderId)).toHaveLength(1);
    await mailAbout(orderId, /no choice in time/);
    const trial = await trialBalance(suite.database);
    expect(trial.inventory! - before.trial.inventory!).toBe(-16_000);
    expect((await timeline(suite.database, orderId)).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['pick-shortage', 'choice-offered', 'cancelled-out-of-stock']),
    );
  });

  it('F2, F3: the customer takes what is there: it is shipped and billed, the rest is given up with its credit', async () => {
    const sku = await product('PART', { 'WH-NORTH': 5 });
    const before = await exposure(suite.database, 'WHOLE');
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 5 }]);
    await pick(orderId, (await shipmentsInWork(suite, orderId))[0]!, { short: [{ lineNumber: 1, pickedQuantity: 3 }] });
    await becomes(suite, orderId, 'awaiting-choice');
    const chosen = await choose(orderId, 'ship-part');
    if ('refused' in chosen) throw new Error(chosen.refused.detail);
    // The first choice counts.
    expect(await choose(orderId, 'cancel')).toMatchObject({ refused: { type: 'order-state' } });
    expect(await exposure(suite.database, 'WHOLE')).toBe(before + 30_000);
    expect(await shipmentsInWork(suite, orderId)).toEqual(chosen.shipmentIds);
    await pickAndPack(suite, orderId, chosen.shipmentIds[0]!);
    const [invoice] = await invoiced(suite, orderId);
    expect(invoice).toMatchObject({ grossMinor: 30_000 });
    await becomes(suite, orderId, 'invoiced');
    await pay(suite, 'WHOLE', 30_000, invoice!.id);
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
  });

  it('F2: the customer waits: nothing goes out before all of it is there', async () => {
    const sku = await product('ALL', { 'WH-NORTH': 4 });
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 4 }]);
    await pick(orderId, (await shipmentsInWork(suite, orderId))[0]!, { short: [{ lineNumber: 1, pickedQuantity: 1 }] });
    await becomes(suite, orderId, 'awaiting-choice');
    expect(await choose(orderId, 'wait')).toMatchObject({ orderStatus: 'back-ordered' });
    await addStock(suite, sku, 2, 4_000);
    await addStock(suite, sku, 1, 4_000);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    expect(await invoiced(suite, orderId)).toMatchObject([{ grossMinor: 40_000 }]);
  });

  it('C6, F2: a customer who went on hold may wait or cancel, and takes nothing before it has paid', async () => {
    const sku = await product('HELD', { 'WH-NORTH': 2 });
    await addCustomer(suite.database, 'LAPSED', { limitMinor: 1_000_000 });
    const orderId = await order(suite, 'LAPSED', [{ sku, quantity: 2 }]);
    await pick(orderId, (await shipmentsInWork(suite, orderId))[0]!, { short: [{ lineNumber: 1, pickedQuantity: 1 }] });
    await becomes(suite, orderId, 'awaiting-choice');
    await openingItem(suite, 'LAPSED', 5_000, '2020-01-01', '2020-02-01');
    expect(await choose(orderId, 'ship-part')).toMatchObject({ refused: { type: 'customer-on-hold' } });
    expect(await choose(orderId, 'wait')).toMatchObject({ orderStatus: 'back-ordered' });
  });

  it('F2, P3 (regression): an order whose goods came while its customer was on hold goes on when the money comes, unasked', async () => {
    const sku = await product('LATE', { 'WH-NORTH': 2 });
    await addCustomer(suite.database, 'OWES', { limitMinor: 1_000_000 });
    const orderId = await order(suite, 'OWES', [{ sku, quantity: 2 }]);
    await pick(orderId, (await shipmentsInWork(suite, orderId))[0]!, { short: [{ lineNumber: 1, pickedQuantity: 1 }] });
    await becomes(suite, orderId, 'awaiting-choice');
    const item = await openingItem(suite, 'OWES', 5_000, '2020-01-01', '2020-02-01');
    await addStock(suite, sku, 1, 4_000);
    expect(await choose(orderId, 'ship-part')).toMatchObject({ refused: { type: 'customer-on-hold' } });
    await pay(suite, 'OWES', 5_000, item);
    await becomes(suite, orderId, 'in-fulfilment');
    expect(await reservedFor(orderId)).toBe(2);
  });

  it('F2, F3: what a short order gives back goes to those who wait for it', async () => {
    const [missing, wanted] = [await product('GAP', { 'WH-NORTH': 1 }), await product('WANTED', { 'WH-NORTH': 5 })];
    const lines = [
      { sku: missing, quantity: 1 },
      { sku: wanted, quantity: 5 },
    ];
    const first = await order(suite, 'WHOLE', lines);
    const [shipmentId] = await shipmentsInWork(suite, first);
    const second = await order(suite, 'PARTS', [{ sku: wanted, quantity: 5 }]);
    await becomes(suite, second, 'back-ordered');
    await pick(first, shipmentId!, { short: [{ lineNumber: 1, pickedQuantity: 0 }] });
    await becomes(suite, first, 'awaiting-choice');
    await shipmentsInWork(suite, second);
  });

  it('F2: what else there is of the goods is taken instead, and nobody is asked', async () => {
    const sku = await product('SPARE', { 'WH-NORTH': 2, 'WH-SOUTH': 2 });
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 2 }]);
    await pick(orderId, (await shipmentsInWork(suite, orderId))[0]!, { short: [{ lineNumber: 1, pickedQuantity: 0 }] });
    await pickAndPack(suite, orderId, (await shipmentsInWork(suite, orderId))[0]!);
    expect(await invoiced(suite, orderId)).toMatchObject([{ grossMinor: 20_000 }]);
    expect(suite.mails.filter(({ subject }) => subject.includes(orderId) && /choose/.test(subject))).toEqual([]);
  });

  it('F2: found again before the customer has chosen, the order goes on by itself', async () => {
    const sku = await product('FOUND', { 'WH-NORTH': 2 });
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 2 }]);
    await pick(orderId, (await shipmentsInWork(suite, orderId))[0]!, { short: [{ lineNumber: 1, pickedQuantity: 1 }] });
    await becomes(suite, orderId, 'awaiting-choice');
    await addStock(suite, sku, 1, 4_000);
    await pickAndPack(suite, orderId, (await shipmentsInWork(suite, orderId))[0]!);
    await becomes(suite, orderId, 'invoiced');
  });

  it('O4, F4: a shipment that an amendment released is packed before the order has come to it, and goes out once', async () => {
    const sku = await product('EAGER', { 'WH-NORTH': 3, 'WH-SOUTH': 3 });
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 5 }]);
    const [north, south] = await shipmentsInWork(suite, orderId, 2);
    let answer = () => {};
    carrierSilence = new Promise((resolve) => {
      answer = resolve;
    });
    await pickAndPack(suite, orderId, north!);
    await eventually(async () => requests.includes(`book ${north}`));
    const change = { revision: 1, lines: [{ lineNumber: 1, quantity: 4 }], reason: 'one less', actor: tester };
    expect(await ask(suite, orderId, amendOrder, change)).toMatchObject({ cancelledShipments: [south] });
    const [instead] = await shipmentsInWork(suite, orderId, 1);
    await pickAndPack(suite, orderId, instead!);
    carrierSilence = undefined;
    answer();
    const invoices = await invoiced(suite, orderId, 2);
    expect(invoices.map(({ grossMinor }) => grossMinor)).toEqual([30_000, 10_000]);
    await becomes(suite, orderId, 'invoiced');
    await checkInvariants(suite.database);
  });

  it('F3, F4, I1: a short pick with back-order ships and bills what was there and owes the rest', async () => {
    const sku = await product('OWED', { 'WH-NORTH': 5 });
    const before = await exposure(suite.database, 'PARTS');
    const orderId = await order(suite, 'PARTS', [{ sku, quantity: 5 }]);
    const [first] = await shipmentsInWork(suite, orderId);
    expect(await pick(orderId, first!, { short: [{ lineNumber: 1, pickedQuantity: 3 }] })).toMatchObject({
      shipmentStatus: 'packed',
    });
    expect(await invoiced(suite, orderId)).toMatchObject([{ grossMinor: 30_000 }]);
    await becomes(suite, orderId, 'back-ordered');
    expect(await stockOf(sku)).toEqual([{ onHand: 0, reserved: 0 }]);
    expect(await shortageTasks(orderId)).toHaveLength(1);
    expect(await exposure(suite.database, 'PARTS')).toBe(before + 50_000);

    // Found again, not found again, and bought again.
    await addStock(suite, sku, 2, 4_000);
    const [second] = await shipmentsInWork(suite, orderId);
    expect(await pick(orderId, second!, { short: [{ lineNumber: 1, pickedQuantity: 0 }] })).toMatchObject({
      shipmentStatus: 'cancelled',
    });
    await becomes(suite, orderId, 'back-ordered');
    await addStock(suite, sku, 9, 4_000);
    const [third] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, third!);
    const invoices = await invoiced(suite, orderId, 2);
    expect(invoices.map((invoice) => invoice.grossMinor)).toEqual([30_000, 20_000]);
    await becomes(suite, orderId, 'invoiced');
    expect(await stockOf(sku)).toEqual([{ onHand: 7, reserved: 0 }]);
    await pay(suite, 'PARTS', 50_000, invoices.map((invoice) => invoice.paymentReference).join(' '));
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    expect(await exposure(suite.database, 'PARTS')).toBe(before);
  });

  it('F2: a shortage after a part has left cancels every other shipment; the shipped part is billed and the order closes', async () => {
    const sku = await product('THREE', { 'WH-NORTH': 3, 'WH-SOUTH': 2, 'WH-WEST': 1 });
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 6 }]);
    const [north, south] = await shipmentsInWork(suite, orderId, 3);
    await pickAndPack(suite, orderId, north!);
    const [invoice] = await invoiced(suite, orderId);
    await pick(orderId, south!, { short: [{ lineNumber: 1, pickedQuantity: 1 }] });
    await becomes(suite, orderId, 'awaiting-choice');
    await choose(orderId, 'cancel');
    await becomes(suite, orderId, 'invoiced');
    expect(await stockOf(sku)).toEqual([
      { onHand: 0, reserved: 0 },
      { onHand: 1, reserved: 0 },
      { onHand: 1, reserved: 0 },
    ]);
    await pay(suite, 'WHOLE', 30_000, invoice!.id);
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
  });

  it('F4: an unknown shipment or line, too much, less than nothing or a line twice is refused, and the right pick still works', async () => {
    const sku = await product('CAREFUL', { 'WH-NORTH': 5 });
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 5 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    expect(await pick(orderId, 'SHP-0')).toMatchObject({ refused: { status: 404, type: 'unknown-shipment' } });
    const wrong = [
      [{ lineNumber: 2, pickedQuantity: 1 }],
      [{ lineNumber: 1, pickedQuantity: 6 }],
      [{ lineNumber: 1, pickedQuantity: -1 }],
      [{ lineNumber: 9, pickedQuantity: -1 }],
      [{ lineNumber: 1, pickedQuantity: 2.5 }],
      [
        { lineNumber: 1, pickedQuantity: 2 },
        { lineNumber: 1, pickedQuantity: 3 },
      ],
    ];
    for (const short of wrong) {
      expect(await pick(orderId, shipmentId!, { short }), JSON.stringify(short)).toMatchObject({
        refused: { status: 422, type: 'pick-quantity' },
      });
    }
    await expect(ask(suite, orderId, confirmPack, { shipmentId: shipmentId!, actor: tester })).rejects.toThrow(
      WorkflowUpdateFailedError,
    );
    expect(await stockOf(sku)).toEqual([{ onHand: 5, reserved: 5 }]);

    // Picked and packed by two messages, each sent by two people at once: each happens once.
    const picks = await Promise.allSettled([1, 2].map(() => pick(orderId, shipmentId!, { packed: false })));
    expect(picks.map((settled) => settled.status).sort()).toEqual(['fulfilled', 'rejected']);
    const packs = await Promise.allSettled(
      [1, 2].map(() => ask(suite, orderId, confirmPack, { shipmentId: shipmentId!, actor: tester })),
    );
    expect(packs.map((settled) => settled.status).sort()).toEqual(['fulfilled', 'rejected']);
    await invoiced(suite, orderId);
    const actions = (await timeline(suite.database, orderId)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'picked')).toHaveLength(1);
    expect(actions.filter((action) => action === 'packed')).toHaveLength(1);
    expect(requests.filter((request) => request === `book ${shipmentId}`)).toHaveLength(1);
    await expect(pick(orderId, shipmentId!)).rejects.toThrow(WorkflowUpdateFailedError);
  });

  it('F4: the same message again, under the same id, is answered with the first outcome', async () => {
    const sku = await product('AGAIN', { 'WH-NORTH': 1 });
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 1 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    const handle = suite.client.workflow.getHandle(orderId);
    const send = () =>
      handle.executeUpdate(confirmPick, {
        args: [{ shipmentId: shipmentId!, short: [], packed: true, actor: tester }],
        updateId: 'scanner-7',
      });
    const outcomes = await Promise.all([send(), send()]);
    await invoiced(suite, orderId);
    outcomes.push(await send());
    for (const outcome of outcomes) expect(outcome).toMatchObject({ shipmentStatus: 'packed' });
    expect(await stockOf(sku)).toEqual([{ onHand: 0, reserved: 0 }]);
  });
});

describe('back-orders', () => {
  it('F3: arriving goods go to the oldest promise first, whoever asks first', async () => {
    const sku = await product('QUEUE');
    const third = await order(suite, 'PARTS', [{ sku, quantity: 2 }], { requestedOn: '2099-02-01' });
    const second = await order(suite, 'PARTS', [{ sku, quantity: 4 }], { requestedOn: '2099-01-01' });
    // As soon as it can be is today.
    const first = await order(suite, 'PARTS', [{ sku, quantity: 4 }]);
    for (const orderId of [first, second, third]) await becomes(suite, orderId, 'back-ordered');
    const reserved = () => Promise.all([first, second, third].map(reservedFor));
    await addStock(suite, sku, 5, 4_000);
    await shipmentsInWork(suite, second);
    await shipmentsInWork(suite, first);
    expect(await reserved()).toEqual([4, 1, 0]);
    expect(await orderStatus(suite.database, third)).toBe('back-ordered');

    // What a cancelled order gives back goes to those who wait: three of it to the second, after the one that is being picked for it.
    await cancel(first);
    await shipmentsInWork(suite, third);
    expect(await reserved()).toEqual([0, 1, 1]);
    await cancel(second);
    await cancel(third);
    expect(await stockOf(sku)).toEqual([{ onHand: 5, reserved: 0 }]);
  });

  it('C4, F3: a back-order of a frozen customer leaves the line, is told of, and goes on once the freeze is lifted', async () => {
    const sku = await product('FROZEN', { 'WH-NORTH': 2 });
    await addCustomer(suite.database, 'ICY', { limitMinor: 10_000_000, backOrderAllowed: true });
    const orderId = await order(suite, 'ICY', [{ sku, quantity: 4 }]);
    const [first] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, first!);
    await becomes(suite, orderId, 'back-ordered');
    const behind = await order(suite, 'PARTS', [{ sku, quantity: 2 }]);
    await becomes(suite, behind, 'back-ordered');
    const freeze = async (frozen: boolean) => {
      const { at } = await readClock(suite.database);
      const asked = { customerId: 'ICY', frozen, reason: 'rumours', actor: tester, at };
      await suite.database.transaction((tx) => changeFreeze(tx, asked));
    };
    await freeze(true);
    await becomes(suite, orderId, 'waiting-for-payment');
    expect(standingOf((await readStandingFacts(suite.database, orderId))!)).toMatchObject({
      reason: 'the credit is frozen',
      movedBy: [{ role: 'credit' }],
    });
    await addStock(suite, sku, 2, 4_000);
    await shipmentsInWork(suite, behind);
    await addStock(suite, sku, 2, 4_000);
    await eventually(async () => suite.mails.some(({ subject }) => subject === `Order ${orderId} waits`));
    expect(await orderStatus(suite.database, orderId)).toBe('waiting-for-payment');
    await freeze(false);
    await shipmentsInWork(suite, orderId);
  });

  it('P3, F3 (regression): a back-order whose customer goes overdue leaves the line, and comes back once it has paid', async () => {
    const sku = await product('OVERDUE');
    await addCustomer(suite.database, 'TARDY', { limitMinor: 10_000_000, backOrderAllowed: true });
    const orderId = await order(suite, 'TARDY', [{ sku, quantity: 2 }]);
    await becomes(suite, orderId, 'back-ordered');
    const behind = await order(suite, 'PARTS', [{ sku, quantity: 2 }]);
    await becomes(suite, behind, 'back-ordered');
    const item = await openingItem(suite, 'TARDY', 5_000, '2020-01-01', '2020-02-01');
    await becomes(suite, orderId, 'waiting-for-payment');
    await addStock(suite, sku, 2, 4_000);
    await shipmentsInWork(suite, behind);
    await addStock(suite, sku, 2, 4_000);
    await pay(suite, 'TARDY', 5_000, item);
    await shipmentsInWork(suite, orderId);
  });

  it('O5, C6, F3 (regression): the second hold and the second delay of an order are told like the first, each once', async () => {
    const sku = await product('TWICE');
    await addCustomer(suite.database, 'LATE-TWICE', { limitMinor: 10_000_000, backOrderAllowed: true });
    const orderId = await order(suite, 'LATE-TWICE', [{ sku, quantity: 2 }]);
    await becomes(suite, orderId, 'back-ordered');
    const told = async (kind: string) =>
      (await suite.database.query('SELECT FROM notices WHERE order_id = $1 AND kind = $2', [orderId, kind])).rowCount;
    for (const turn of [1, 2]) {
      const item = await openingItem(suite, 'LATE-TWICE', 5_000, '2020-01-01', '2020-02-01');
      await becomes(suite, orderId, 'waiting-for-payment');
      expect(await told('account-on-hold')).toBe(turn);
      await pay(suite, 'LATE-TWICE', 5_000, item);
      await becomes(suite, orderId, 'back-ordered');
      // Nothing has come or gone since it was told of: the delay is the same.
      expect(await told('delayed')).toBe(1);
    }
    await addStock(suite, sku, 2, 4_000);
    await shipmentsInWork(suite, orderId);
    const { at } = await readClock(suite.database);
    const lost = { kind: 'loss', reference: 'THEFT-1', sku, warehouseId: 'WH-NORTH', quantity: 1, actor: tester, at } as const;
    await suite.database.transaction((tx) => correctStock(tx, lost));
    await eventually(async () => (await told('delayed')) === 2);
    await cancel(orderId);
  });

  it('F3: many back-orders at once are served in the order of their promises', async () => {
    const sku = await product('RUSH');
    const orderIds: string[] = [];
    for (let count = 0; count < 12; count += 1) orderIds.push(await order(suite, 'PARTS', [{ sku, quantity: 1 }]));
    for (const orderId of orderIds) await becomes(suite, orderId, 'back-ordered');
    await addStock(suite, sku, 6, 4_000);
    await eventually(async () => (await stockOf(sku))[0]!.reserved === 6);
    expect(await Promise.all(orderIds.map(reservedFor))).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
    for (const orderId of orderIds.toReversed()) await cancel(orderId);
    expect(await stockOf(sku)).toEqual([{ onHand: 6, reserved: 0 }]);
  });

  it('F3, O4: cancelling the open units after a partial shipment leaves the shipped part billed', async () => {
    const sku = await product('REST', { 'WH-NORTH': 3 });
    const before = await exposure(suite.database, 'PARTS');
    const orderId = await order(suite, 'PARTS', [{ sku, quantity: 5 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const [invoice] = await invoiced(suite, orderId);
    await becomes(suite, orderId, 'back-ordered');
    expect(await exposure(suite.database, 'PARTS')).toBe(before + 50_000);
    expect(await cancel(orderId)).toMatchObject({ cancelledUnits: 2, orderStatus: 'invoiced' });
    expect(await exposure(suite.database, 'PARTS')).toBe(before + 30_000);
    await mailAbout(orderId, /partly cancelled/);
    await addStock(suite, sku, 5, 4_000);
    expect(await invoicesOf(suite.database, orderId)).toMatchObject([{ grossMinor: 30_000, openMinor: 30_000 }]);
    await pay(suite, 'PARTS', 30_000, invoice!.id);
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    expect(await stockOf(sku)).toEqual([{ onHand: 5, reserved: 0 }]);
  });
});

interface CancelledAt {
  stage: string;
  customerId?: string;
  quantity?: number;
  stocked?: number;
  /** Units that the pick did not find: they stay lost. */
  short?: number;
  reach?: (orderId: string) => Promise<unknown>;
}

const stages: CancelledAt[] = [
  { stage: 'just received' },
  { stage: 'picking', reach: (orderId) => shipmentsInWork(suite, orderId) },
  {
    stage: 'packing',
    reach: async (orderId) => pick(orderId, (await shipmentsInWork(suite, orderId))[0]!, { packed: false }),
  },
  {
    stage: 'picked in part and packing',
    customerId: 'PARTS',
    short: 1,
    reach: async (orderId) => {
      const [shipmentId] = await shipmentsInWork(suite, orderId);
      return pick(orderId, shipmentId!, { packed: false, short: [{ lineNumber: 1, pickedQuantity: 2 }] });
    },
  },
  {
    stage: 'waiting for stock',
    customerId: 'PARTS',
    stocked: 0,
    reach: (orderId) => becomes(suite, orderId, 'back-ordered'),
  },
  { stage: 'over the limit', quantity: 2_000, stocked: 2_000, reach: (orderId) => becomes(suite, orderId, 'over-limit') },
];

describe('cancelling before anything has left', () => {
  it.each(stages)('O4: $stage: stock and credit are restored exactly', async (given) => {
    const { stage, customerId = 'WHOLE', quantity = 3, stocked = 3, short = 0, reach } = given;
    const sku = await product(`CANCEL-${stage.toUpperCase().replaceAll(' ', '-')}`, stocked ? { 'WH-NORTH': stocked } : {});
    const before = await books(customerId, sku);
    const orderId = await order(suite, customerId, [{ sku, quantity }]);
    await eventually(async () => (await suite.client.workflow.getHandle(orderId).describe()).historyLength > 0);
    await reach?.(orderId);
    const carrierRequests = requests.length;
    expect(await cancel(orderId)).toMatchObject({ orderStatus: 'cancelled', cancelledUnits: quantity });
    expect(await ended(orderId)).toEqual({ orderStatus: 'cancelled' });
    const stock = before.stock.map((row) => ({ ...row, onHand: row.onHand - short }));
    expect(await books(customerId, sku)).toEqual({ ...before, stock });
    expect(await invoicesOf(suite.database, orderId)).toEqual([]);
    expect(requests).toHaveLength(carrierRequests);
    await mailAbout(orderId, /cancelled/);
  });

  it('O4: packed, while the carrier is being booked: the booking is given back too', async () => {
    const sku = await product('CANCEL-BOOKING', { 'WH-NORTH': 3 });
    const before = await books('WHOLE', sku);
    let answer = () => {};
    carrierSilence = new Promise((resolve) => {
      answer = resolve;
    });
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 3 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    await eventually(async () => requests.includes(`book ${shipmentId}`));
    expect(await cancel(orderId)).toMatchObject({ orderStatus: 'cancelled' });
    carrierSilence = undefined;
    answer();
    expect(await ended(orderId)).toEqual({ orderStatus: 'cancelled' });
    expect(await books('WHOLE', sku)).toEqual(before);
    const booking = await carrier.book({
      key: shipmentId!,
      service: 'standard',
      shipFrom: address,
      shipTo: address,
      weightGrams: 0,
    });
    expect(requests).toContain(`void ${'trackingNumber' in booking && booking.trackingNumber}`);
    expect(await invoicesOf(suite.database, orderId)).toEqual([]);
  });

  it('O4: after shipment a cancellation is refused, and changes nothing', async () => {
    const sku = await product('CANCEL-LATE', { 'WH-NORTH': 1 });
    const orderId = await order(suite, 'WHOLE', [{ sku, quantity: 1 }]);
    const [shipmentId] = await shipmentsInWork(suite, orderId);
    await pickAndPack(suite, orderId, shipmentId!);
    const [invoice] = await invoiced(suite, orderId);
    expect(await cancel(orderId)).toMatchObject({ refused: { status: 409, type: 'order-state' } });
    await pay(suite, 'WHOLE', 10_000, invoice!.id);
    expect(await ended(orderId)).toEqual({ orderStatus: 'closed' });
    await expect(cancel(orderId)).rejects.toThrow();
    expect(await orderStatus(suite.database, orderId)).toBe('closed');
    expect(suite.mails.some((mail) => mail.subject.includes(orderId) && mail.subject.includes('cancelled'))).toBe(false);
    await checkInvariants(suite.database);
  });
});

describe('allocation', () => {
  it('F3: the policy in force says whether the fewest shipments or the nearest warehouses serve; amending asks it again', async () => {
    const far = { ...address, postalCode: '80331', city: 'Munich' };
    await suite.database.query("UPDATE warehouses SET address = $1 WHERE id = 'WH-WEST'", [JSON.stringify(far)]);
    const sku = await product('SPREAD', { 'WH-SOUTH': 2, 'WH-WEST': 10 });
    const servedBy = async (lines: Parameters<typeof order>[2], count: number) => {
      const orderId = await order(suite, 'WHOLE', lines);
      await shipmentsInWork(suite, orderId, count);
      const { rows } = await suite.database.query<{ warehouseId: string }>(
        'SELECT warehouse_id AS "warehouseId" FROM shipments WHERE order_id = $1 AND status <> $2 ORDER BY 1',
        [orderId, 'cancelled'],
      );
      return { orderId, served: rows.map(({ warehouseId }) => warehouseId) };
    };
    expect((await servedBy([{ sku, quantity: 3 }], 1)).served).toEqual(['WH-WEST']);
    const policy = { name: 'fulfilment' as const, choiceBusinessDays: 2 };
    const at = await suite.now();
    await suite.database.transaction((tx) => savePolicy(tx, { policy: { ...policy, allocation: 'nearest' }, actor: tester, at }));
    try {
      const { orderId, served } = await servedBy([{ sku, quantity: 3 }], 2);
      expect(served).toEqual(['WH-SOUTH', 'WH-WEST']);
      await ask(suite, orderId, amendOrder, { revision: 1, shipTo: far, reason: 'moved', actor: tester });
      await shipmentsInWork(suite, orderId, 1);
      const { rows } = await suite.database.query(
        "SELECT warehouse_id AS warehouse FROM shipments WHERE order_id = $1 AND status <> 'cancelled'",
        [orderId],
      );
      expect(rows).toEqual([{ warehouse: 'WH-WEST' }]);
    } finally {
      await suite.database.transaction((tx) => savePolicy(tx, { policy, actor: tester, at }));
    }
    await checkInvariants(suite.database);
  });
});
