import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offerProducts } from '../../db/queries/order-prices.ts';
import { amendOrder } from '../../db/transactions/amend-order.ts';
import { cancelOrder } from '../../db/transactions/cancel-order.ts';
import { changeFreeze } from '../../db/transactions/change-credit.ts';
import { changeProduction, type ProductionChange } from '../../db/transactions/change-production.ts';
import { chooseShortage } from '../../db/transactions/choose-shortage.ts';
import { confirmPick } from '../../db/transactions/confirm-pick.ts';
import { holdCredit } from '../../db/transactions/hold-credit.ts';
import { issueGoods } from '../../db/transactions/issue-goods.ts';
import { placeOrder } from '../../db/transactions/place-order.ts';
import { releaseOrder } from '../../db/transactions/release-order.ts';
import { addCustomer, addProduct, addStock } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { tester } from '../suite.ts';
import { place, startWorld, type World } from '../world.ts';

/*
 * Goods that are made for an order, step by step: which order asks for stock first is chosen here, and not by the engine's speed.
 */
const at = '2027-03-02T09:00:00.000Z';
const because = { reason: 'changed its mind', actor: tester, at };
let world: World;
let goods = 0;
let steps = 0;
beforeAll(async () => {
  world = await startWorld();
  await addCustomer(world.database, 'WHOLE', { limitMinor: 1_000_000_000 });
  await addCustomer(world.database, 'PARTS', { limitMinor: 1_000_000_000, backOrderAllowed: true });
});
afterAll(() => world?.drop());

async function madeToOrder(): Promise<string> {
  goods += 1;
  const sku = `GATE-${goods}`;
  await addProduct(world.database, sku, 10_000, '0');
  await world.database.query('UPDATE products SET make_to_order = true, lead_days = 10 WHERE sku = $1', [sku]);
  return sku;
}
async function release(orderId: string) {
  steps += 1;
  const attempt = `1.${steps}`;
  return world.database.transaction((tx) => releaseOrder(tx, { orderId, attempt, at }));
}
/** An order that has been approved and has asked for its goods once. */
async function order(customerId: string, sku: string, quantity: number): Promise<string> {
  const [orderId] = await place(world, 1, () => ({ customerId, lines: [{ sku, quantity }] }));
  await world.database.transaction((tx) => holdCredit(tx, { orderId: orderId!, attempt: 1, at }));
  await release(orderId!);
  return orderId!;
}
async function requests(orderId: string) {
  const { rows } = await world.database.query<{ id: string; quantity: number; status: string }>(
    'SELECT id, quantity, status FROM production_requests WHERE order_id = $1 ORDER BY id',
    [orderId],
  );
  return rows;
}
async function statusOf(orderId: string) {
  const { rows } = await world.database.query<{ status: string }>('SELECT status FROM orders WHERE id = $1', [orderId]);
  return rows[0]!.status;
}
const made = async (orderId: string) => (await requests(orderId)).map(({ quantity, status }) => [quantity, status]);
async function say(orderId: string, change: ProductionChange, nth = 0) {
  const { id } = (await requests(orderId))[nth]!;
  await world.database.transaction((tx) => changeProduction(tx, { id, change, actor: tester, at }));
}
const finish = (orderId: string, nth = 0, warehouseId = 'WH-SOUTH') =>
  say(orderId, { command: 'finish', warehouseId, unitCostMinor: 4_000 }, nth);
async function amend(orderId: string, quantity: number) {
  steps += 1;
  const eventId = String(steps);
  const { rows } = await world.database.query<{ revision: number }>('SELECT revision FROM orders WHERE id = $1', [orderId]);
  const change = { orderId, eventId, revision: rows[0]!.revision, lines: [{ lineNumber: 1, quantity }], ...because };
  return world.database.transaction((tx) => amendOrder(tx, change));
}
async function ship(orderId: string, shipmentIds: string[]) {
  for (const shipmentId of shipmentIds) {
    const pick = { orderId, shipmentId, eventId: shipmentId, short: [], packed: true, actor: tester, at };
    await world.database.transaction((tx) => confirmPick(tx, pick));
    const goodsIssue = { orderId, shipmentId, carrier: 'made', trackingNumber: shipmentId, at };
    await world.database.transaction((tx) => issueGoods(tx, goodsIssue));
  }
}
async function shipmentsOf(outcome: Awaited<ReturnType<typeof release>>): Promise<string[]> {
  expect(outcome).toMatchObject({ outcome: 'released' });
  return outcome.outcome === 'released' ? outcome.shipmentIds : [];
}
const waits = { outcome: 'wait', for: 'stock' };
async function told(orderId: string): Promise<string[]> {
  const { rows } = await world.database.query<{ key: string }>('SELECT key FROM notices WHERE order_id = $1 ORDER BY key', [
    orderId,
  ]);
  return rows.map(({ key }) => key);
}
async function actions(orderId: string): Promise<string[]> {
  const { rows } = await world.database.query<{ action: string }>(
    "SELECT action FROM audit_log WHERE order_id = $1 AND action LIKE 'production-%' ORDER BY sequence",
    [orderId],
  );
  return rows.map(({ action }) => action);
}

describe('goods that are made go to their own order first', () => {
  it.each(['WHOLE', 'PARTS'])('F5: however long another of %s has waited, and whoever asks first', async (customerId) => {
    const sku = await madeToOrder();
    const older = await order(customerId, sku, 2);
    const own = await order('WHOLE', sku, 2);
    await finish(own);
    expect(await release(older)).toEqual(waits);
    expect(await order('PARTS', sku, 1).then(made)).toEqual([[1, 'requested']]);
    await ship(own, await shipmentsOf(await release(own)));
    await finish(older);
    expect(await release(older)).toMatchObject({ outcome: 'released' });
    await checkInvariants(world.database);
  });

  it('F5: what its order does not want any more is anybody’s', async () => {
    const sku = await madeToOrder();
    const older = await order('PARTS', sku, 2);
    const own = await order('WHOLE', sku, 3);
    await finish(own);
    expect(await amend(own, 2)).toMatchObject({ revision: 2 });
    // One of three: and the one that it got is made for it no more than it is wanted.
    await shipmentsOf(await release(older));
    await ship(own, await shipmentsOf(await release(own)));
    await world.database.transaction((tx) => cancelOrder(tx, { orderId: older, eventId: 'c', ...because }));
    await checkInvariants(world.database);
  });

  it('F5: made goods that are gone keep nothing from another order, whose own are there', async () => {
    const sku = await madeToOrder();
    const first = await order('PARTS', sku, 10);
    await finish(first);
    const [shipmentId] = await shipmentsOf(await release(first));
    const short = [{ lineNumber: 1, pickedQuantity: 0 }];
    const pick = { orderId: first, shipmentId: shipmentId!, eventId: 'gone', short, packed: true, actor: tester, at };
    await world.database.transaction((tx) => confirmPick(tx, pick));
    const second = await order('WHOLE', sku, 10);
    await finish(second);
    expect(await release(first)).toEqual(waits);
    await ship(second, await shipmentsOf(await release(second)));
    expect(await made(second)).toEqual([[10, 'finished']]);
    await world.database.transaction((tx) => cancelOrder(tx, { orderId: first, eventId: 'c', ...because }));
    await checkInvariants(world.database);
  });

  it('F5: goods whose product stops being made to order are waited for, made, and their own order’s', async () => {
    const sku = await madeToOrder();
    const own = await order('WHOLE', sku, 3);
    await world.database.query('UPDATE products SET make_to_order = false WHERE sku = $1', [sku]);
    // No choice to make: they are under way. Fewer may be wanted; more will not come.
    expect(await release(own)).toMatchObject({ outcome: 'wait', for: 'stock' });
    expect(await statusOf(own)).toBe('back-ordered');
    expect(await amend(own, 4)).toMatchObject({ refused: { type: 'out-of-stock' } });
    expect(await amend(own, 2)).toMatchObject({ revision: 2 });
    expect(await made(own)).toEqual([[2, 'requested']]);
    await finish(own);
    const other = await order('PARTS', sku, 2);
    expect(await made(other)).toEqual([]);
    await ship(own, await shipmentsOf(await release(own)));
    await world.database.transaction((tx) => cancelOrder(tx, { orderId: other, eventId: 'c', ...because }));
    await checkInvariants(world.database);
  });

  it('F5: public holidays of the company are no days of making', async () => {
    const sku = await madeToOrder();
    const [orderId] = await place(world, 1, () => ({ customerId: 'PARTS', lines: [{ sku, quantity: 1 }] }));
    const beforeEaster = '2027-03-24T09:00:00.000Z';
    await world.database.transaction((tx) => holdCredit(tx, { orderId: orderId!, attempt: 1, at: beforeEaster }));
    await world.database.transaction((tx) => releaseOrder(tx, { orderId: orderId!, attempt: '1.1', at: beforeEaster }));
    const { rows } = await world.database.query('SELECT due_on AS "dueOn" FROM production_requests WHERE order_id = $1', [
      orderId,
    ]);
    // Ten business days would be 7 April; Good Friday and Easter Monday lie between.
    expect(rows).toEqual([{ dueOn: '2027-04-09' }]);
    await world.database.transaction((tx) => cancelOrder(tx, { orderId: orderId!, eventId: 'c', ...because }));
  });

  it('F5: a line that was made for in two parts keeps the part that it is still owed, and no more', async () => {
    const sku = await madeToOrder();
    const own = await order('PARTS', sku, 3);
    expect(await amend(own, 5)).toMatchObject({ revision: 2 });
    expect(await made(own)).toEqual([
      [3, 'requested'],
      [2, 'requested'],
    ]);
    await finish(own);
    await ship(own, await shipmentsOf(await release(own)));
    await finish(own, 1, 'WH-NORTH');
    await addStock(world, sku, 2, 4_000, 'WH-SOUTH');
    const other = await order('WHOLE', sku, 2);
    // Two in the north are kept; the two in the south are nobody's.
    expect(await made(other)).toEqual([]);
    await shipmentsOf(await release(own));
    await checkInvariants(world.database);
  });
});

describe('the oldest promise is first', () => {
  async function shared(quantity: number): Promise<string> {
    goods += 1;
    await addProduct(world.database, `SHARED-${goods}`, 10_000, '0');
    if (quantity > 0) await addStock(world, `SHARED-${goods}`, quantity, 4_000);
    return `SHARED-${goods}`;
  }
  const promise = (orderId: string, on: string) =>
    world.database.query('UPDATE orders SET requested_on = $2, promised_on = $2 WHERE id = $1', [orderId, on]);
  const cancel = (orderId: string) =>
    world.database.transaction((tx) => cancelOrder(tx, { orderId, eventId: 'end', ...because }));
  async function end(...orderIds: string[]) {
    for (const orderId of orderIds) await cancel(orderId);
    await checkInvariants(world.database);
  }
  const first = async (orderId: string) =>
    (await world.database.query<{ id: string }>('SELECT id FROM shipments WHERE order_id = $1 ORDER BY sequence', [orderId]))
      .rows[0]!.id;
  const reserved = async (sku: string) =>
    (await world.database.query<{ units: number }>('SELECT sum(reserved)::int AS units FROM stock WHERE sku = $1', [sku]))
      .rows[0]!.units;
  const woken = async (orderId: string, cause: string) =>
    (await world.database.query('SELECT FROM outbox WHERE subject = $1 AND key LIKE $2', [orderId, `%${cause}%`])).rows.length;

  it('F3: the rest of an order with a part in the warehouse comes before a later promise, new, raised or waiting', async () => {
    const sku = await shared(5);
    const older = await order('PARTS', sku, 10);
    await promise(older, '2020-03-05');
    const newer = await order('PARTS', sku, 5);
    await promise(newer, '2027-09-30');
    await addStock(world, sku, 5, 4_000);
    expect(await release(newer)).toEqual(waits);
    expect(await statusOf(await order('PARTS', sku, 1))).toBe('back-ordered');
    const raised = await order('PARTS', await shared(1), 1);
    const change = { orderId: raised, eventId: 'more', revision: 1, lines: [{ sku, quantity: 2 }], ...because };
    expect(await world.database.transaction((tx) => amendOrder(tx, change))).toMatchObject({ revision: 2 });
    expect(await reserved(sku)).toBe(5);
    // Another date is another place in the line, and those who come before it now hear of it.
    await world.database.transaction((tx) =>
      amendOrder(tx, { orderId: older, eventId: 'later', revision: 1, requestedOn: '2027-12-01', ...because }),
    );
    expect(await woken(newer, `${older}:amend:2`)).toBe(1);
    await shipmentsOf(await release(newer));
    await end(older, newer, raised);
  });
  it('F3, O4 (regression): an order without a date is promised for its day, and an earlier day that is asked for later overtakes nobody', async () => {
    const sku = await shared(0);
    const undated = await order('PARTS', sku, 2);
    const [dated, last] = [await order('PARTS', sku, 2), await order('PARTS', sku, 2)];
    await promise(dated, '2027-03-05');
    await promise(last, '2027-09-30');
    await world.database.transaction((tx) =>
      amendOrder(tx, { orderId: last, eventId: 'sooner', revision: 1, requestedOn: '2027-03-02', ...because }),
    );
    const { rows } = await world.database.query('SELECT requested_on, promised_on FROM orders WHERE id = $1', [last]);
    expect(rows).toEqual([{ requested_on: '2027-03-02', promised_on: '2027-09-30' }]);
    for (const next of [undated, dated, last]) {
      await addStock(world, sku, 2, 4_000);
      for (const other of [last, dated, undated].filter((one) => one !== next)) {
        if ((await statusOf(other)) === 'back-ordered') expect(await release(other)).toEqual(waits);
      }
      await shipmentsOf(await release(next));
    }
    await end(undated, dated, last);
  });

  it('F2, F3: what lies there for an order that waits for all of it is not for a newer one, until it waits no more', async () => {
    const sku = await shared(10);
    const whole = await order('WHOLE', sku, 10);
    const short = [{ lineNumber: 1, pickedQuantity: 6 }];
    const pick = { orderId: whole, shipmentId: await first(whole), eventId: 'short', short, packed: true, actor: tester, at };
    await world.database.transaction((tx) => confirmPick(tx, pick));
    // While its customer chooses it stands in no line.
    expect(await release(whole)).toMatchObject({ outcome: 'wait', for: 'choice' });
    const quick = await order('PARTS', sku, 1);
    expect(await statusOf(quick)).toBe('in-fulfilment');
    await world.database.transaction((tx) =>
      chooseShortage(tx, { orderId: whole, eventId: 'wait', choice: 'wait', actor: tester, at }),
    );
    const newest = await order('PARTS', sku, 6);
    expect(await statusOf(newest)).toBe('back-ordered');
    await addStock(world, sku, 2, 4_000);
    expect(await release(newest)).toEqual(waits);
    expect(await release(whole)).toEqual(waits);
    await cancel(whole);
    expect(await woken(newest, `${whole}:cancel`)).toBe(1);
    await shipmentsOf(await release(newest));
    await end(quick, newest);
  });

  it('F2, F3: what a short shipment gives back goes to an older promise that waits for it', async () => {
    const sku = await shared(6);
    const whole = await order('WHOLE', sku, 6);
    // As it does after such a choice.
    await world.database.query('UPDATE orders SET waits_for_all = true WHERE id = $1', [whole]);
    const older = await order('PARTS', sku, 4);
    await promise(older, '2020-05-01');
    const short = [{ lineNumber: 1, pickedQuantity: 3 }];
    const pick = { orderId: whole, shipmentId: await first(whole), eventId: 'short', short, packed: true, actor: tester, at };
    await world.database.transaction((tx) => confirmPick(tx, pick));
    await checkInvariants(world.database);
    expect(await release(whole)).toEqual(waits);
    expect(await woken(older, `${whole}:release`)).toBe(1);
    await shipmentsOf(await release(older));
    expect(await reserved(sku)).toBe(3);
    await end(older, whole);
  });

  it('C4, F3: a held order has no place in the line, those behind it hear of that, and it comes back to its old one', async () => {
    await addCustomer(world.database, 'ICY', { limitMinor: 1_000_000_000, backOrderAllowed: true });
    const freeze = (frozen: boolean) =>
      world.database.transaction((tx) => changeFreeze(tx, { customerId: 'ICY', frozen, ...because }));
    const sku = await shared(2);
    const older = await order('ICY', sku, 4);
    const newer = await order('PARTS', sku, 2);
    await addStock(world, sku, 2, 4_000);
    expect(await release(newer)).toEqual(waits);
    await freeze(true);
    await ship(older, [await first(older)]);
    expect(await release(older)).toEqual({ outcome: 'wait', for: 'credit' });
    expect(await woken(newer, `${older}:release`)).toBe(1);
    await shipmentsOf(await release(newer));
    const newest = await order('PARTS', sku, 1);
    await freeze(false);
    expect(await release(older)).toEqual(waits);
    await addStock(world, sku, 2, 4_000);
    expect(await release(newest)).toEqual(waits);
    await shipmentsOf(await release(older));
    await end(older, newer, newest);
  });

  it('O2, F3: what lies there and is owed to others is not sold to whom it would have to be there, unless its promise is older', async () => {
    const sku = await shared(4);
    const older = await order('PARTS', sku, 6);
    await promise(older, '2027-05-01');
    await addStock(world, sku, 3, 4_000);
    const offered = async () => {
      const asked = { customerId: 'WHOLE', currency: 'EUR', skus: [sku], today: '2027-03-02' };
      return (await offerProducts(world.database, asked))[0]!.available;
    };
    // Who orders without a date is promised it for today, and comes before the one that was promised a day to come.
    expect(await offered()).toBe(3);
    await promise(older, '2020-05-01');
    expect(await offered()).toBe(1);
    const wants = (requestedOn?: string) =>
      world.database.transaction((tx) => {
        steps += 1;
        return placeOrder(tx, {
          request: { customerId: 'WHOLE', channel: 'api', currency: 'EUR', lines: [{ sku, quantity: 2 }], requestedOn },
          actor: 'tester',
          principal: 'tester',
          idempotencyKey: `line-${steps}`,
          fingerprint: '',
        });
      });
    for (const on of [undefined, '2027-05-01']) {
      if (on) await promise(older, on);
      await expect(wants(on)).rejects.toMatchObject({
        faults: [{ path: '/lines/0/quantity', code: 'out-of-stock', detail: `2 × ${sku} wanted, 1 available.` }],
      });
    }
    const { order: sooner } = await wants('2027-04-30');
    await world.database.transaction((tx) => holdCredit(tx, { orderId: sooner.id, attempt: 1, at }));
    await shipmentsOf(await release(sooner.id));
    expect(await offered()).toBe(1);
    await end(older, sooner.id);
    expect(await offered()).toBe(7);
  });
});

describe('what is made follows what is wanted', () => {
  it('F5, O4: fewer units shrink or end what is being made, more are made besides, and each leaves its row', async () => {
    const sku = await madeToOrder();
    const orderId = await order('WHOLE', sku, 5);
    await say(orderId, { command: 'start' });
    await amend(orderId, 3);
    expect(await made(orderId)).toEqual([[3, 'started']]);
    await amend(orderId, 7);
    expect(await made(orderId)).toEqual([
      [3, 'started'],
      [4, 'requested'],
    ]);
    await amend(orderId, 2);
    expect(await made(orderId)).toEqual([
      [2, 'started'],
      [4, 'cancelled'],
    ]);
    await amend(orderId, 3);
    expect((await made(orderId)).at(-1)).toEqual([1, 'requested']);
    expect(await release(orderId)).toEqual(waits);
    expect(await made(orderId)).toHaveLength(3);
    await world.database.transaction((tx) => cancelOrder(tx, { orderId, eventId: 'c', ...because }));
    expect((await made(orderId)).every(([, status]) => status === 'cancelled')).toBe(true);
    expect(await actions(orderId)).toEqual([
      'production-requested',
      'production-started',
      'production-reduced',
      'production-requested',
      'production-withdrawn',
      'production-reduced',
      'production-requested',
      'production-withdrawn',
      'production-withdrawn',
    ]);
  });

  it('F5, O4: more units of an order in the warehouse are reserved, and what is missing is made, at once', async () => {
    const sku = await madeToOrder();
    await addStock(world, sku, 4, 4_000);
    const orderId = await order('PARTS', sku, 2);
    expect(await made(orderId)).toEqual([]);
    const { newShipments } = (await amend(orderId, 3)) as { newShipments: string[] };
    const [shipmentId] = newShipments;
    const pick = { orderId, shipmentId: shipmentId!, eventId: 'p', short: [], packed: false, actor: tester, at };
    await world.database.transaction((tx) => confirmPick(tx, pick));
    expect(await amend(orderId, 7)).toMatchObject({ cancelledShipments: [], newShipments: [expect.any(String)] });
    expect(await made(orderId)).toEqual([[3, 'requested']]);
    await amend(orderId, 5);
    expect(await made(orderId)).toEqual([[1, 'requested']]);
    await checkInvariants(world.database);
  });

  it('F5: nobody is told of goods that their order does not wait for any more', async () => {
    const sku = await madeToOrder();
    const orderId = await order('PARTS', sku, 2);
    await addStock(world, sku, 2, 4_000);
    await ship(orderId, await shipmentsOf(await release(orderId)));
    const before = await told(orderId);
    await say(orderId, { command: 'slip', dueOn: '2027-06-01', reason: 'no steel' });
    await say(orderId, { command: 'cancel', reason: 'no steel' });
    expect(await told(orderId)).toEqual(before);
    const { rows } = await world.database.query("SELECT 1 FROM tasks WHERE order_id = $1 AND kind = 'shortage'", [orderId]);
    expect(rows).toEqual([]);
  });
});
