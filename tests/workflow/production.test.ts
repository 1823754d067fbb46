import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amendOrder } from '../../db/transactions/amend-order.ts';
import { cancelOrder } from '../../db/transactions/cancel-order.ts';
import { changeProduction, type ProductionChange } from '../../db/transactions/change-production.ts';
import { confirmPick } from '../../db/transactions/confirm-pick.ts';
import { holdCredit } from '../../db/transactions/hold-credit.ts';
import { issueGoods } from '../../db/transactions/issue-goods.ts';
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
