import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { holdCredit } from '../../db/transactions/hold-credit.ts';
import { releaseOrder } from '../../db/transactions/release-order.ts';
import { Refusal } from '../../domain/failures.ts';
import { cancelOrder, confirmPick } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  ask,
  becomes,
  exposure,
  instant,
  invoicesOf,
  openShipments,
  order,
  orderStatus,
  pay,
  pickAndPack,
  setUpCompany,
  trialBalance,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';

/* Faults that have been seen in other order-to-cash systems, each by its name. */
let suite: Suite;
beforeAll(async () => {
  suite = await startSuite();
  await suite.setClock(instant('2027-03-01', '08:00:00'));
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'STOOL', 10_000);
  await addStock(suite, 'STOOL', 500, 4_000);
});
afterEach(() => checkInvariants(suite.database));
afterAll(() => suite?.stop());

async function shipments(orderId: string): Promise<string[]> {
  return eventually(async () => {
    const found = await openShipments(suite.database, orderId);
    return found.length > 0 && found;
  });
}

async function invoiced(orderId: string) {
  await eventually(async () => (await orderStatus(suite.database, orderId)) === 'invoiced');
  return (await invoicesOf(suite.database, orderId))[0]!;
}

describe('faults of other systems', () => {
  it('C3: exposure counts a delivery twice — here each amount is in one bucket at every step', async () => {
    await addCustomer(suite.database, 'REG-1', { limitMinor: 1_000_000 });
    const id = await order(suite, 'REG-1', [{ sku: 'STOOL', quantity: 3 }]);
    const [shipmentId] = await shipments(id);
    expect(await exposure(suite.database, 'REG-1')).toBe(36_000);
    await pickAndPack(suite, id, shipmentId!);
    await invoiced(id);
    expect(await exposure(suite.database, 'REG-1')).toBe(36_000);
    const { rows } = await suite.database.query(
      'SELECT from_bucket, from_minor, to_bucket, to_minor FROM credit_movements WHERE order_id = $1 ORDER BY at, event_id',
      [id],
    );
    expect(rows).toHaveLength(3);
  });

  it('C6: the credit block comes after picking — here a customer on hold is never released to the warehouse', async () => {
    await addCustomer(suite.database, 'REG-2', { limitMinor: 1_000_000, backOrderAllowed: true, netDays: 1 });
    await addProduct(suite.database, 'SCARCE', 10_000);
    const late = await order(suite, 'REG-2', [{ sku: 'STOOL', quantity: 1 }]);
    await pickAndPack(suite, late, (await shipments(late))[0]!);
    await invoiced(late);
    const waiting = await order(suite, 'REG-2', [{ sku: 'SCARCE', quantity: 1 }]);
    await eventually(async () => (await orderStatus(suite.database, waiting)) === 'back-ordered');
    await suite.advanceTo(instant('2027-03-05'));
    await addStock(suite, 'SCARCE', 5, 4_000);
    await eventually(async () => (await orderStatus(suite.database, waiting)) === 'waiting-for-payment');
    expect(await openShipments(suite.database, waiting)).toEqual([]);
    const [invoice] = await invoicesOf(suite.database, late);
    await pay(suite, 'REG-2', invoice!.openMinor, invoice!.paymentReference);
    expect(await shipments(waiting)).toHaveLength(1);
  });

  it('C1, C6: the block is walked around by another channel or by ordering again — here every way in is refused', async () => {
    await addCustomer(suite.database, 'REG-3', { limitMinor: 1_000_000, netDays: 1 });
    const late = await order(suite, 'REG-3', [{ sku: 'STOOL', quantity: 1 }]);
    await pickAndPack(suite, late, (await shipments(late))[0]!);
    await invoiced(late);
    const { rows } = await suite.database.query<{ due: string }>(
      "SELECT (due_on + 2)::text || 'T12:00:00.000Z' AS due FROM invoices WHERE order_id = $1",
      [late],
    );
    await suite.advanceTo(rows[0]!.due);
    for (const channel of ['api', 'portal', 'email', 'edi', 'phone', 'in-person'] as const) {
      const again = order(suite, 'REG-3', [{ sku: 'STOOL', quantity: 1 }], { channel });
      await expect(again, channel).rejects.toMatchObject({
        status: 422,
        type: 'customer-on-hold',
        extra: { amountDueMinor: 12_000 },
      });
    }
  });

  it('O2, F1: two lines of one SKU pass separately — here they are summed', async () => {
    await addCustomer(suite.database, 'REG-4', { limitMinor: 1_000_000 });
    await addProduct(suite.database, 'PAIR', 1_000);
    await addStock(suite, 'PAIR', 5, 500);
    const twice = order(suite, 'REG-4', [
      { sku: 'PAIR', quantity: 3 },
      { sku: 'PAIR', quantity: 3 },
    ]);
    await expect(twice).rejects.toBeInstanceOf(Refusal);
    await expect(twice).rejects.toMatchObject({ faults: [{ path: '/lines/0/quantity' }, { path: '/lines/1/quantity' }] });
  });

  it('P1: paid but the order stays stuck — here a payment before the workflow looks is found all the same', async () => {
    await addCustomer(suite.database, 'REG-5', { limitMinor: 1_000_000 });
    const id = await order(suite, 'REG-5', [{ sku: 'STOOL', quantity: 1 }]);
    await pickAndPack(suite, id, (await shipments(id))[0]!);
    // As soon as the invoice stands in PostgreSQL, whatever the workflow is doing.
    const [invoice] = await eventually(async () => {
      const found = await invoicesOf(suite.database, id);
      return found.length > 0 && found;
    });
    await pay(suite, 'REG-5', invoice!.openMinor, invoice!.id);
    await eventually(async () => (await orderStatus(suite.database, id)) === 'closed');
    expect(await suite.client.workflow.getHandle(id).result()).toEqual({ orderStatus: 'closed' });
  });

  it('P4: the last dunning row decides and closes the case — here it stays open in collections until it is paid', async () => {
    await addCustomer(suite.database, 'REG-6', { limitMinor: 1_000_000, netDays: 10 });
    const id = await order(suite, 'REG-6', [{ sku: 'STOOL', quantity: 1 }]);
    await pickAndPack(suite, id, (await shipments(id))[0]!);
    const { dueOn, openMinor, paymentReference } = await invoiced(id);
    const { rows } = await suite.database.query<{ at: string }>("SELECT ($1::date + 60)::text || 'T12:00:00.000Z' AS at", [
      dueOn,
    ]);
    await suite.advanceTo(rows[0]!.at);
    const [item] = await invoicesOf(suite.database, id);
    expect(item).toMatchObject({ dunningLevel: 3, status: 'open', openMinor });
    expect(await orderStatus(suite.database, id)).toBe('invoiced');
    const paid = await pay(suite, 'REG-6', openMinor, paymentReference);
    expect(paid.applications).toHaveLength(1);
    await eventually(async () => (await orderStatus(suite.database, id)) === 'closed');
  });

  it('P1: an overpayment is refused — here it waits as unapplied cash and lowers the exposure', async () => {
    await addCustomer(suite.database, 'REG-7', { limitMinor: 1_000_000 });
    const id = await order(suite, 'REG-7', [{ sku: 'STOOL', quantity: 1 }]);
    await pickAndPack(suite, id, (await shipments(id))[0]!);
    const invoice = await invoiced(id);
    const paid = await pay(suite, 'REG-7', invoice.openMinor + 500, invoice.id);
    expect(paid.unappliedMinor).toBe(500);
    expect(await exposure(suite.database, 'REG-7')).toBe(-500);
  });

  it('I1: customers are charged before shipping — here nothing is booked before goods issue, nor for what was cancelled', async () => {
    await addCustomer(suite.database, 'REG-8', { limitMinor: 1_000_000 });
    const before = await trialBalance(suite.database);
    const id = await order(suite, 'REG-8', [{ sku: 'STOOL', quantity: 2 }]);
    await shipments(id);
    expect(await trialBalance(suite.database)).toEqual(before);
    await ask(suite, id, cancelOrder, { reason: 'wrong', actor: tester });
    expect(await trialBalance(suite.database)).toEqual(before);
    expect(await invoicesOf(suite.database, id)).toEqual([]);
  });

  it('C3: a cap kept in process memory — here two processes with their own connections share one limit', async () => {
    await addCustomer(suite.database, 'REG-9', { limitMinor: 12_000 });
    const idle = { deliverSoon() {}, deliverPending: async () => 0, stop: async () => {} };
    const ids = await Promise.all(
      [1, 2].map(() => order({ database: suite.database, delivery: idle }, 'REG-9', [{ sku: 'STOOL', quantity: 1 }])),
    );
    const processes = [1, 2].map(() => openDatabase({ url: suite.databaseUrl, role: 'throughline_worker', maxConnections: 2 }));
    const at = await suite.now();
    const outcomes = await Promise.all(
      processes.map((database, index) => database.transaction((tx) => holdCredit(tx, { orderId: ids[index]!, attempt: 1, at }))),
    );
    await Promise.all(processes.map((database) => database.close()));
    expect(outcomes.map((outcome) => outcome.outcome).sort()).toEqual(['held', 'wait']);
  });

  it('F4: an async update validator hangs the caller — here a wrong message is turned down at once', async () => {
    await addCustomer(suite.database, 'REG-10', { limitMinor: 1_000_000 });
    const id = await order(suite, 'REG-10', [{ sku: 'STOOL', quantity: 1 }]);
    await shipments(id);
    const wrong = suite.client.workflow.getHandle(id).executeUpdate('confirmPick', { args: [{ shipmentId: 'SHP-0' }] });
    await expect(Promise.race([wrong, new Promise((resolve) => setTimeout(resolve, 5_000))])).rejects.toMatchObject({
      cause: { type: 'Refusal' },
    });
    expect(await ask(suite, id, confirmPick, { shipmentId: 'SHP-0', short: [], packed: true, actor: tester })).toMatchObject({
      refused: { status: 404, type: 'unknown-shipment' },
    });
  });

  it('X1: a retry key built from volatile fields acts twice — here the key is the shipment, whatever the attempt', async () => {
    await addCustomer(suite.database, 'REG-11', { limitMinor: 1_000_000 });
    const id = await order(suite, 'REG-11', [{ sku: 'STOOL', quantity: 1 }]);
    const [shipmentId] = await shipments(id);
    await pickAndPack(suite, id, shipmentId!);
    await invoiced(id);
    expect(suite.carrierRequests.filter((request) => request.key === shipmentId)).toMatchObject([
      { kind: 'book', key: shipmentId },
    ]);
  });

  it('X1: a hint between a stored answer and its rerun is lost — here a step that only waits asks again', async () => {
    await addCustomer(suite.database, 'REG-12', { limitMinor: 12_000 });
    const idle = { deliverSoon() {}, deliverPending: async () => 0, stop: async () => {} };
    const place = () => order({ database: suite.database, delivery: idle }, 'REG-12', [{ sku: 'STOOL', quantity: 1 }]);
    const [first, second] = [await place(), await place()];
    const ask = async (orderId: string, attempt: number) =>
      suite.database.transaction(async (tx) => holdCredit(tx, { orderId, attempt, at: await suite.now() }));
    expect(await ask(first, 1)).toMatchObject({ outcome: 'held' });
    const waiting = await ask(second, 1);
    expect(waiting).toMatchObject({ outcome: 'wait', for: 'room' });
    // The worker dies before it has told Temporal; the rerun of the same attempt keeps the task and opens no other.
    expect(await ask(second, 1)).toEqual(waiting);
    await suite.database.query("UPDATE credit_accounts SET limit_minor = 24000 WHERE customer_id = 'REG-12'");
    expect(await ask(second, 1)).toMatchObject({ outcome: 'held' });
    expect(await exposure(suite.database, 'REG-12')).toBe(24_000);
  });

  it('X1, F4: a pick that overtakes the release is forgotten — here the shipment goes out all the same', async () => {
    const stopped = await startSuite({ workerless: true });
    try {
      await setUpCompany(stopped.database);
      await addProduct(stopped.database, 'STOOL', 10_000);
      await addStock(stopped, 'STOOL', 5, 4_000);
      await addCustomer(stopped.database, 'REG-15', { limitMinor: 1_000_000 });
      const orderId = await order(stopped, 'REG-15', [{ sku: 'STOOL', quantity: 1 }]);
      // A worker did all this and died before Temporal knew; the warehouse has already seen the shipment.
      await stopped.database.transaction(async (tx) => holdCredit(tx, { orderId, attempt: 1, at: await stopped.now() }));
      await stopped.database.transaction(async (tx) => releaseOrder(tx, { orderId, attempt: '1.1', at: await stopped.now() }));
      const shipmentId = (await openShipments(stopped.database, orderId))[0]!;
      const pick = { shipmentId, short: [], packed: true, actor: tester };
      const workflow = stopped.client.workflow.getHandle(orderId);
      await eventually(() => workflow.describe());
      const picked = workflow.executeUpdate(confirmPick, { args: [pick] });
      const running = stopped.worker.run();
      expect(await picked).toMatchObject({ shipmentStatus: 'packed' });
      await becomes(stopped, orderId, 'invoiced');
      stopped.worker.shutdown();
      await running;
    } finally {
      await stopped.stop();
    }
  });

  it('I1: a shipment of free goods blocks its order — here it closes with nothing to collect', async () => {
    await addCustomer(suite.database, 'REG-13', { limitMinor: 1_000_000 });
    await addProduct(suite.database, 'SAMPLE', 0);
    await addStock(suite, 'SAMPLE', 5, 100);
    const id = await order(suite, 'REG-13', [{ sku: 'SAMPLE', quantity: 2 }]);
    await pickAndPack(suite, id, (await shipments(id))[0]!);
    await eventually(async () => (await orderStatus(suite.database, id)) === 'closed');
  });

  it('F4: a message without its fields stops the order — here it is turned down and the order goes on', async () => {
    await addCustomer(suite.database, 'REG-14', { limitMinor: 1_000_000 });
    const id = await order(suite, 'REG-14', [{ sku: 'STOOL', quantity: 1 }]);
    const [shipmentId] = await shipments(id);
    for (const [name, message] of [
      ['decideCredit', {}],
      ['confirmPick', { shipmentId }],
      ['confirmPick', { shipmentId, short: [{ lineNumber: 1 }], packed: true, actor: tester }],
      ['cancelOrder', { reason: 'half a pair: \ud800', actor: tester }],
    ] as const) {
      const sent = suite.client.workflow.getHandle(id).executeUpdate(name, { args: [message] });
      await expect(sent, name).rejects.toMatchObject({ cause: { type: 'Refusal' } });
    }
    await pickAndPack(suite, id, shipmentId!);
    await invoiced(id);
  });
});
