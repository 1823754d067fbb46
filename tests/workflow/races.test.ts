import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database, Transaction } from '../../db/client.ts';
import { amendOrder } from '../../db/transactions/amend-order.ts';
import { cancelOrder as cancelInDatabase } from '../../db/transactions/cancel-order.ts';
import { changeFreeze, changeLimit } from '../../db/transactions/change-credit.ts';
import { chooseShortage } from '../../db/transactions/choose-shortage.ts';
import { confirmPick } from '../../db/transactions/confirm-pick.ts';
import { correctStock } from '../../db/transactions/correct-stock.ts';
import { decideCredit } from '../../db/transactions/decide-credit.ts';
import { holdCredit } from '../../db/transactions/hold-credit.ts';
import { issueGoods } from '../../db/transactions/issue-goods.ts';
import { issueInvoice } from '../../db/transactions/issue-invoice.ts';
import { receiveGoods } from '../../db/transactions/receive-goods.ts';
import { releaseOrder } from '../../db/transactions/release-order.ts';
import { Refusal } from '../../domain/failures.ts';
import { cancelOrder } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  addStock,
  ask,
  exposure,
  openingItem,
  openShipments,
  order,
  pay,
  pickAndPack,
  setUpCompany,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { eventually, startSuite, tester } from '../suite.ts';
import { atOnce, place, startWorld, type World } from '../world.ts';

/*
 * Many at once against one row. The first worlds race the transactions themselves on twenty connections, without an engine
 * to slow them down; the last one sends sixty orders through the real engine.
 */
const at = '2027-03-02T09:00:00.000Z';
const because = { reason: 'changed its mind', actor: tester, at };

/** The statuses of these orders, counted. */
async function statuses(database: Database, orderIds: string[]): Promise<Record<string, number>> {
  const { rows } = await database.query<{ status: string; count: number }>(
    'SELECT status, count(*)::int AS count FROM orders WHERE id = ANY ($1) GROUP BY status',
    [orderIds],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

/** The oldest first: orders that are placed at once have their ids in another order. */
async function withStatus(database: Database, orderIds: string[], status: string): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM orders WHERE id = ANY ($1) AND status = $2 ORDER BY placed_at, id',
    [orderIds, status],
  );
  return rows.map((row) => row.id);
}

/** How often PostgreSQL had to break a circle of waits: retried without a trace elsewhere, but here none may happen. */
async function deadlocks(database: Database): Promise<number> {
  await database.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await database.query<{ deadlocks: number }>(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  return rows[0]!.deadlocks;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

describe('one credit limit', () => {
  const fits = 30;
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    await addProduct(world.database, 'UNIT', 10_000, '0');
    await addStock(world, 'UNIT', 10_000, 4_000);
    // One cent short of one order more.
    await addCustomer(world.database, 'ONE', { limitMinor: fits * 10_000 + 9_999 });
  });
  afterAll(() => world?.drop());

  it('C3: 200 parallel orders never exceed the limit and fill it exactly, round after round, with cancellations among them', async () => {
    const { database } = world;
    const orderIds = await place(world, 200, () => ({ customerId: 'ONE', lines: [{ sku: 'UNIT', quantity: 1 }] }));
    let attempt = 0;
    const highest: number[] = [];
    const hold = (orderId: string) => async () => {
      attempt += 1;
      const ask = { orderId, attempt, at };
      const { outcome } = await database.transaction((tx) => holdCredit(tx, ask));
      highest.push(await exposure(database, 'ONE'));
      return outcome;
    };
    const cancel = (orderId: string) => () =>
      database.transaction((tx) => cancelInDatabase(tx, { orderId, eventId: 'race', ...because }));

    expect((await atOnce(orderIds.map(hold))).filter((outcome) => outcome === 'held')).toHaveLength(fits);
    expect(await exposure(database, 'ONE')).toBe(fits * 10_000);
    for (let round = 1; round <= 4; round += 1) {
      const given = shuffled(await withStatus(database, orderIds, 'approved')).slice(0, 10);
      const waiting = await withStatus(database, orderIds, 'over-limit');
      // Some ask twice at once: they hold once.
      const asks = [...waiting, ...waiting.slice(0, 20)].map(hold);
      await atOnce<unknown>(shuffled([...given.map(cancel), ...asks]));
      await atOnce((await withStatus(database, orderIds, 'over-limit')).map(hold));
      expect(await exposure(database, 'ONE'), `round ${round}`).toBe(fits * 10_000);
      expect((await statuses(database, orderIds)).approved, `round ${round}`).toBe(fits);
    }
    expect(Math.max(...highest)).toBeLessThanOrEqual(fits * 10_000);
    expect(await statuses(database, orderIds)).toEqual({ approved: fits, cancelled: 40, 'over-limit': 200 - fits - 40 });
    await checkInvariants(database);
    expect(await deadlocks(database)).toBe(0);
  });

  it('C4: room goes to the oldest that fits, not to whoever is amended, was on hold or is new, however they ask', async () => {
    const { database } = world;
    await addCustomer(database, 'LINE', { limitMinor: 100_000 });
    let asks = 0;
    const hold = async (orderId: string) => {
      asks += 1;
      const attempt = asks;
      return (await database.transaction((tx) => holdCredit(tx, { orderId, attempt, at }))).outcome;
    };
    const placed = async (...quantities: number[]) => {
      const orderIds: string[] = [];
      for (const quantity of quantities) {
        const [orderId] = await place(world, 1, () => ({ customerId: 'LINE', lines: [{ sku: 'UNIT', quantity }] }));
        await hold(orderId!);
        orderIds.push(orderId!);
      }
      return orderIds;
    };
    const cancel = (orderId: string) =>
      database.transaction((tx) => cancelInDatabase(tx, { orderId, eventId: 'line', ...because }));
    const [first, older, amended, held] = (await placed(10, 6, 5, 4)) as [string, string, string, string];
    expect(await withStatus(database, [older, amended, held], 'over-limit')).toHaveLength(3);
    const lines = [{ lineNumber: 1, quantity: 6 }];
    await database.transaction((tx) => amendOrder(tx, { orderId: amended, eventId: 'line', revision: 1, lines, ...because }));
    // On hold and off again: its task is gone, and so is the status that it waited with.
    const item = await openingItem(world, 'LINE', 1_000, '2026-01-05', '2026-02-04');
    await hold(held);
    expect(await withStatus(database, [held], 'waiting-for-payment')).toEqual([held]);
    await pay(world, 'LINE', 1_000, item, '2026-02-04');
    await cancel(first);
    // Room for ten: the oldest takes six, the next six do not fit beside them, four do.
    const [young] = (await placed(5)) as [string];
    for (const orderId of [amended, young]) expect(await hold(orderId), orderId).toBe('wait');
    const all = [older, amended, held, young];
    await atOnce(shuffled(all).map((orderId) => () => hold(orderId)));
    await atOnce(shuffled(all).map((orderId) => () => hold(orderId)));
    expect(await withStatus(database, all, 'approved')).toEqual([older, held]);
    // A person who decides for one decides past the line.
    await cancel(older);
    const decide = { reason: 'looked at', actor: tester, at };
    await database.transaction((tx) =>
      decideCredit(tx, { orderId: young, eventId: 'yes', decision: 'approve', limitMinor: 100_000, ...decide }),
    );
    expect(await hold(young)).toBe('held');
    expect(await hold(amended)).toBe('wait');
    // One that is declined stands in nobody's way any more, and those behind it hear of it.
    const [next] = (await placed(2)) as [string];
    await database.transaction((tx) => decideCredit(tx, { orderId: amended, eventId: 'no', decision: 'deny', ...decide }));
    const { rows } = await database.query('SELECT 1 FROM outbox WHERE subject = $1 AND key LIKE $2', [
      next,
      `%${amended}:declined`,
    ]);
    expect(rows).toHaveLength(1);
    await checkInvariants(database);
  });

  it('C4: an order that grows takes no room that an older one waits for', async () => {
    const { database } = world;
    await addCustomer(database, 'GROWS', { limitMinor: 100_000 });
    const hold = (orderId: string, attempt: number) =>
      database.transaction(async (tx) => (await holdCredit(tx, { orderId, attempt, at })).outcome);
    const put = async (quantity: number) =>
      (await place(world, 1, () => ({ customerId: 'GROWS', lines: [{ sku: 'UNIT', quantity }] })))[0]!;
    const [first, older, younger] = [await put(5), await put(6), await put(4)];
    expect([await hold(first, 1), await hold(older, 1), await hold(younger, 1)]).toEqual(['held', 'wait', 'held']);
    await database.transaction((tx) => cancelInDatabase(tx, { orderId: first, eventId: 'grows', ...because }));
    const grow = (eventId: string, quantity: number) =>
      database.transaction((tx) =>
        amendOrder(tx, { orderId: younger, eventId, revision: 1, lines: [{ lineNumber: 1, quantity }], ...because }),
      );
    expect(await grow('grows', 6)).toMatchObject({
      refused: { type: 'over-limit', detail: expect.stringContaining('older orders') },
    });
    expect(await hold(older, 2)).toBe('held');
    await checkInvariants(database);
  });

  it('C3: 200 first orders of customers without an account open each account once', async () => {
    const { database } = world;
    const customerIds = Array.from({ length: 10 }, (_, index) => `NEW-${index}`);
    const creditProfile = { yearsTrading: 8, annualTurnoverMinor: 200_000_000, tradeReferences: 3 };
    for (const id of customerIds) await addCustomer(database, id, { creditProfile });
    const orderIds = await place(world, 200, (index) => ({
      customerId: customerIds[index % 10]!,
      lines: [{ sku: 'UNIT', quantity: 30 }],
    }));
    // 3,000.00 each against the 10,000.00 that the policy gives: three of each customer's twenty.
    await atOnce(orderIds.map((orderId) => () => database.transaction((tx) => holdCredit(tx, { orderId, attempt: 1, at }))));
    expect(await statuses(database, orderIds)).toEqual({ approved: 30, 'over-limit': 170 });
    for (const id of customerIds) expect(await exposure(database, id)).toBe(900_000);
    await checkInvariants(database);
  });
});

describe('one shelf', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    for (const sku of ['BOLT', 'NUT']) await addProduct(world.database, sku, 10_000, '0');
    for (let index = 0; index < 20; index += 1) {
      // Half of them take back-orders, so that some orders are cancelled and others wait.
      await addCustomer(world.database, `BUYER-${index}`, { limitMinor: 1_000_000_000, backOrderAllowed: index % 2 === 0 });
    }
  });
  afterAll(() => world?.drop());

  it('F1: 200 parallel orders of two goods in any order never oversell, and no deadlock happens, round after round', async () => {
    const { database } = world;
    const all: string[] = [];
    const highest: number[] = [];
    const order = (index: number) => {
      const quantity = 1 + (index % 3);
      return {
        customerId: `BUYER-${index % 20}`,
        lines: shuffled([
          { sku: 'BOLT', quantity },
          { sku: 'NUT', quantity: 4 - quantity },
          { sku: 'BOLT', quantity: 1 },
        ]),
      };
    };
    // What is owed to orders of an earlier round goes there; the orders of this one race for the rest.
    const restock = async () => {
      for (const sku of ['BOLT', 'NUT']) {
        const { rows } = await database.query<{ owed: number }>(
          'SELECT coalesce(sum(quantity), 0)::int AS owed FROM back_orders WHERE sku = $1',
          [sku],
        );
        await addStock(world, sku, 150 + rows[0]!.owed, 4_000);
      }
    };
    await restock();
    // All are taken in while nothing is owed: what the first round leaves in the line would refuse those who take no back-orders.
    const rounds = [await place(world, 200, order), await place(world, 200, order)];
    for (const [index, orderIds] of rounds.entries()) {
      const round = index + 1;
      if (round > 1) await restock();
      all.push(...orderIds);
      const release = (orderId: string, attempt: string) =>
        database.transaction((tx) => releaseOrder(tx, { orderId, attempt, at }));
      const fulfil = (orderId: string, index: number) => async () => {
        await database.transaction((tx) => holdCredit(tx, { orderId, attempt: 1, at }));
        const released = await release(orderId, `${round}.1`);
        highest.push(await mostTaken(database));
        if (released.outcome !== 'released') return;
        // A third each is cancelled, comes out short at the pick, or ships and is billed.
        if (index % 3 === 0) {
          await database.transaction((tx) => cancelInDatabase(tx, { orderId, eventId: 'race', ...because }));
          return;
        }
        for (const shipmentId of released.shipmentIds) {
          const { rows } = await database.query<{ lineNumber: number; quantity: number }>(
            'SELECT line_number AS "lineNumber", quantity FROM shipment_lines WHERE shipment_id = $1 ORDER BY line_number',
            [shipmentId],
          );
          const short = index % 3 === 1 ? [{ lineNumber: rows[0]!.lineNumber, pickedQuantity: rows[0]!.quantity - 1 }] : [];
          const pick = { orderId, shipmentId, eventId: 'race', short, packed: true, actor: tester, at };
          const picked = await database.transaction((tx) => confirmPick(tx, pick));
          if (!('shipmentStatus' in picked) || picked.shipmentStatus !== 'packed') continue;
          const goods = { orderId, shipmentId, carrier: 'race', trackingNumber: shipmentId, at };
          await database.transaction((tx) => issueGoods(tx, goods));
          await database.transaction((tx) => issueInvoice(tx, { orderId, shipmentId, at }));
        }
      };
      // Goods arrive meanwhile, for both shelves at once.
      const arrive = () =>
        database.transaction((tx) =>
          receiveGoods(tx, {
            reference: `race-${round}`,
            warehouseId: 'WH-SOUTH',
            lines: ['NUT', 'BOLT'].map((sku) => ({ sku, quantity: 20, unitCostMinor: 5_000 })),
            actor: tester,
            at,
          }),
        );
      const work: (() => Promise<unknown>)[] = orderIds.map(fulfil);
      await atOnce(work.toSpliced(100, 0, arrive));
      // Those who wait ask again, as their workflows do after a hint: nobody waits for what lies there and is not owed to others first.
      await atOnce((await withStatus(database, all, 'back-ordered')).map((orderId) => () => release(orderId, `${round}.2`)));
      expect(await idle(database), `round ${round}`).toEqual([]);
      expect(await statuses(database, orderIds), `round ${round}`).toMatchObject({
        cancelled: expect.any(Number),
        invoiced: expect.any(Number),
      });
      await checkInvariants(database);
    }
    expect(Math.max(...highest)).toBeLessThanOrEqual(0);
    expect(await deadlocks(database)).toBe(0);
  });
});

describe('one count', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    for (const sku of ['CAP', 'LID']) await addProduct(world.database, sku, 10_000, '0');
    for (let index = 0; index < 4; index += 1) {
      await addCustomer(world.database, `BUYER-${index}`, { limitMinor: 1_000_000_000, backOrderAllowed: index % 2 === 0 });
    }
  });
  afterAll(() => world?.drop());

  it('F1: counts against picks, releases and cancellations never leave more reserved than lies there', async () => {
    const { database } = world;
    for (const sku of ['CAP', 'LID']) await addStock(world, sku, 120, 4_000);
    const orderIds = await place(world, 60, (index) => ({
      customerId: `BUYER-${index % 4}`,
      lines: shuffled([
        { sku: 'CAP', quantity: 2 },
        { sku: 'LID', quantity: 2 },
      ]),
    }));
    for (const orderId of orderIds) await database.transaction((tx) => holdCredit(tx, { orderId, attempt: 1, at }));
    const release = (orderId: string, attempt: string) =>
      database.transaction((tx) => releaseOrder(tx, { orderId, attempt, at }));
    const pick = (orderId: string, shipmentId: string) =>
      database.transaction((tx) =>
        confirmPick(tx, { orderId, shipmentId, eventId: 'race', short: [], packed: true, actor: tester, at }),
      );
    const early = await atOnce(orderIds.slice(0, 50).map((orderId) => () => release(orderId, '1.1')));
    const fulfil = (orderId: string, index: number) => async () => {
      const released = early[index] ?? (await release(orderId, '1.1'));
      if (released.outcome !== 'released') return;
      if (index % 3 === 0) await database.transaction((tx) => cancelInDatabase(tx, { orderId, eventId: 'race', ...because }));
      else if (index % 3 === 1) for (const shipmentId of released.shipmentIds) await pick(orderId, shipmentId);
    };
    // Each count finds less than the one before; some find less than is on the packing table, and say so.
    const count = (sku: string, counted: number) => async () => {
      const input = { kind: 'counted', reference: `RACE-${counted}`, sku, warehouseId: 'WH-NORTH', quantity: counted } as const;
      const done = database.transaction((tx) => correctStock(tx, { ...input, actor: tester, at }));
      return done.catch((error: Refusal) => expect(error.faults[0]?.code).toBe('picked'));
    };
    const counts = [100, 90, 80, 70, 60, 50].flatMap((counted) => ['CAP', 'LID'].map((sku) => count(sku, counted)));
    await atOnce<unknown>(shuffled([...orderIds.map(fulfil), ...counts]));
    await checkInvariants(database);
    expect(await mostTaken(database)).toBeLessThanOrEqual(0);
    const { rows } = await database.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM audit_log WHERE action = 'reservation-withdrawn'",
    );
    expect(rows[0]!.count).toBeGreaterThan(0);
    expect(await deadlocks(database)).toBe(0);
  });
});

describe('everything at once', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    for (const sku of ['RED', 'BLUE']) await addProduct(world.database, sku, 10_000);
    for (let index = 0; index < 4; index += 1) {
      await addCustomer(world.database, `BUSY-${index}`, { limitMinor: 400_000, backOrderAllowed: index % 2 === 0 });
    }
  });
  afterAll(() => world?.drop());

  it('C3, F1, F2, O4, P1: orders that are amended, picked short, chosen for, cancelled, shipped and paid in any order keep the books', async () => {
    const { database } = world;
    const inOne = <Result>(work: (tx: Transaction) => Promise<Result>) => database.transaction(work);
    for (let round = 1; round <= 3; round += 1) {
      for (const sku of ['RED', 'BLUE']) await addStock(world, sku, 60, 4_000);
      // What the round before has used up of their credit leaves room for this one.
      if (round > 1) for (let index = 0; index < 4; index += 1) await pay(world, `BUSY-${index}`, 400_000, 'on account');
      const orderIds = await place(world, 60, (index) => ({
        customerId: `BUSY-${index % 4}`,
        lines: shuffled(['RED', 'BLUE'].map((sku) => ({ sku, quantity: 1 + (index % 3) }))),
      }));
      const moves: ((orderId: string, move: string) => Promise<unknown>)[] = [
        (orderId, move) => inOne((tx) => holdCredit(tx, { orderId, attempt: Number(move), at })),
        (orderId, move) => inOne((tx) => releaseOrder(tx, { orderId, attempt: `1.${move}`, at })),
        async (orderId, move) => {
          const { rows } = await database.query<{ revision: number }>('SELECT revision FROM orders WHERE id = $1', [orderId]);
          const lines = [{ lineNumber: 1 + (Number(move) % 2), quantity: Number(move) % 5 }];
          await inOne((tx) => amendOrder(tx, { orderId, eventId: move, revision: rows[0]!.revision, lines, ...because }));
        },
        (orderId, move) => ship(orderId, move),
        (_, move) => pay(world, `BUSY-${Number(move) % 4}`, 6_000, 'on account'),
        (orderId, move) => inOne((tx) => cancelInDatabase(tx, { orderId, eventId: move, ...because })),
        (orderId, move) => {
          const choice = Number(move) % 5 === 0 ? 'cancel' : Number(move) % 2 === 0 ? 'wait' : 'ship-part';
          return inOne((tx) => chooseShortage(tx, { orderId, eventId: move, choice, actor: tester, at }));
        },
        () => addStock(world, Math.random() < 0.5 ? 'RED' : 'BLUE', 3, 5_000),
        (_, move) => pay(world, `BUSY-${Number(move) % 4}`, 12_345, 'on account'),
        (_, move) => {
          const limitMinor = 300_000 + (Number(move) % 4) * 50_000;
          return inOne((tx) => changeLimit(tx, { customerId: `BUSY-${Number(move) % 4}`, limitMinor, ...because }));
        },
      ];
      let move = 0;
      const usual = [0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 4, 6, 7, 8, 9];
      const work = orderIds.flatMap((orderId) =>
        shuffled(Math.random() < 0.2 ? [...usual, 5] : usual).map((kind) => () => {
          move += 1;
          return moves[kind]!(orderId, String(move)).catch((error) => {
            // Asked for at a moment when it was not possible; everything else is a fault of ours.
            if (!(error instanceof Refusal)) throw error;
          });
        }),
      );
      await atOnce(orderIds.map((orderId) => () => inOne((tx) => holdCredit(tx, { orderId, attempt: 0, at }))));
      await atOnce(shuffled(work));
      await checkInvariants(database);
      const ended = await statuses(database, orderIds);
      expect(Object.keys(ended).length, JSON.stringify(ended)).toBeGreaterThanOrEqual(4);
      // As their workflows would: whoever came out short asks again, and keeps nothing from the next round that it cannot use.
      const inWork = await withStatus(database, orderIds, 'in-fulfilment');
      await atOnce(inWork.map((orderId) => () => inOne((tx) => releaseOrder(tx, { orderId, attempt: `2.${round}`, at }))));
    }
    expect(await deadlocks(database)).toBe(0);

    /** Whatever of it the warehouse has: picked, short by a unit now and then, and out of the door. */
    async function ship(orderId: string, move: string): Promise<void> {
      const { rows } = await database.query<{ id: string; lineNumber: number; quantity: number }>(
        `SELECT s.id, l.line_number AS "lineNumber", l.quantity FROM shipments s JOIN shipment_lines l ON l.shipment_id = s.id
         WHERE s.order_id = $1 AND s.status = 'picking' ORDER BY s.id, l.line_number`,
        [orderId],
      );
      const [line] = rows;
      if (!line) return;
      const short = Number(move) % 3 === 0 ? [{ lineNumber: line.lineNumber, pickedQuantity: line.quantity - 1 }] : [];
      await inOne((tx) =>
        confirmPick(tx, { orderId, shipmentId: line.id, eventId: move, short, packed: true, actor: tester, at }),
      );
      await inOne(async (tx) => {
        const goods = { orderId, shipmentId: line.id, carrier: 'race', trackingNumber: line.id, at };
        const { outcome } = await issueGoods(tx, goods);
        if (outcome === 'issued') await issueInvoice(tx, goods);
      });
    }
  });
});

describe('one order, two ends', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    await addProduct(world.database, 'CRATE', 10_000, '0');
    for (let index = 0; index < 5; index += 1) {
      await addCustomer(world.database, `TAKER-${index}`, { limitMinor: 1_000_000_000, backOrderAllowed: true });
    }
  });
  afterAll(() => world?.drop());

  it('O4, I1: a cancellation against the goods issue, 100 times: shipped and invoiced, or cancelled and whole, never both', async () => {
    const { database } = world;
    await addStock(world, 'CRATE', 300, 4_000);
    const orderIds = await place(world, 100, (index) => ({
      customerId: `TAKER-${index % 5}`,
      lines: [{ sku: 'CRATE', quantity: 2 }],
    }));
    const packed = await atOnce(
      orderIds.map((orderId) => async () => {
        await database.transaction((tx) => holdCredit(tx, { orderId, attempt: 1, at }));
        const released = await database.transaction((tx) => releaseOrder(tx, { orderId, attempt: '1.1', at }));
        const [shipmentId] = released.outcome === 'released' ? released.shipmentIds : [];
        const pick = { orderId, shipmentId: shipmentId!, eventId: 'race', short: [], packed: true, actor: tester, at };
        await database.transaction((tx) => confirmPick(tx, pick));
        return { orderId, shipmentId: shipmentId! };
      }),
    );
    // Both at once, each of them twice, as after a lost answer.
    const ship = (parcel: { orderId: string; shipmentId: string }) => async () => {
      const goods = { ...parcel, carrier: 'race', trackingNumber: parcel.shipmentId, at };
      const { outcome } = await database.transaction((tx) => issueGoods(tx, goods));
      if (outcome === 'issued') await database.transaction((tx) => issueInvoice(tx, goods));
      return outcome;
    };
    const cancel = (orderId: string) => () =>
      database.transaction((tx) => cancelInDatabase(tx, { orderId, eventId: 'race', ...because }));
    await atOnce<unknown>(
      packed.flatMap((parcel) =>
        shuffled([ship(parcel), ship(parcel), cancel(parcel.orderId), cancel(parcel.orderId)] as (() => Promise<unknown>)[]),
      ),
    );
    const { rows } = await database.query<{ end: string; count: number }>(
      `SELECT o.status || ': ' || s.status || ', ' || l.shipped_quantity || ' shipped, ' || l.cancelled_quantity || ' cancelled, '
                || count(i.id) || ' invoiced' AS end, count(*) OVER (PARTITION BY o.status)::int AS count
       FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN shipments s ON s.order_id = o.id
       LEFT JOIN invoices i ON i.order_id = o.id
       WHERE o.id = ANY ($1) GROUP BY o.id, o.status, s.status, l.shipped_quantity, l.cancelled_quantity`,
      [orderIds],
    );
    const ends = new Map(rows.map(({ end, count }) => [end, count]));
    expect([...ends.keys()].sort()).toEqual([
      'cancelled: cancelled, 0 shipped, 2 cancelled, 0 invoiced',
      'invoiced: shipped, 2 shipped, 0 cancelled, 1 invoiced',
    ]);
    const shipped = ends.get('invoiced: shipped, 2 shipped, 0 cancelled, 1 invoiced')!;
    const { rows: shelf } = await database.query('SELECT on_hand AS "onHand", reserved FROM stock WHERE sku = $1', ['CRATE']);
    expect(shelf).toEqual([{ onHand: 300 - 2 * shipped, reserved: 0 }]);
    const owed = await Promise.all([0, 1, 2, 3, 4].map((index) => exposure(database, `TAKER-${index}`)));
    expect(owed.reduce((sum, minor) => sum + minor, 0)).toBe(20_000 * shipped);
    await checkInvariants(database);
    expect(await deadlocks(database)).toBe(0);
  });

  it('C4: a limit that is lowered while orders wait and ask lets nobody in beyond it, and raised again the oldest', async () => {
    const { database } = world;
    await addCustomer(database, 'SQUEEZED', { limitMinor: 300_000 });
    await addStock(world, 'CRATE', 200, 4_000);
    const orderIds = await place(world, 80, () => ({ customerId: 'SQUEEZED', lines: [{ sku: 'CRATE', quantity: 1 }] }));
    let asks = 0;
    const hold = (orderId: string) => () => {
      asks += 1;
      const attempt = asks;
      return database.transaction((tx) => holdCredit(tx, { orderId, attempt, at }));
    };
    const set = (limitMinor: number) => () =>
      database.transaction((tx) => changeLimit(tx, { customerId: 'SQUEEZED', limitMinor, ...because }));
    for (const limitMinor of [100_000, 150_000, 50_000]) {
      await set(300_000)();
      const approved = await withStatus(database, orderIds, 'approved');
      const cancel = shuffled(approved)
        .slice(0, 20)
        .map((orderId) => () => database.transaction((tx) => cancelInDatabase(tx, { orderId, eventId: 'squeeze', ...because })));
      await atOnce(cancel);
      const asking: (() => Promise<unknown>)[] = shuffled(orderIds).map(hold);
      await atOnce(asking.toSpliced(5 + Math.floor(Math.random() * 30), 0, set(limitMinor)));
      // What had been approved when the limit fell stays; from then on nobody comes in who is not below it.
      const { rows } = await database.query<{ before: number }>(
        `SELECT (facts -> 'account' ->> 'approvedNotShippedMinor')::bigint AS before FROM credit_decisions
         WHERE customer_id = 'SQUEEZED' AND kind = 'limit-change' ORDER BY id DESC LIMIT 1`,
      );
      expect(await exposure(database, 'SQUEEZED'), `${limitMinor}`).toBe(Math.max(rows[0]!.before, limitMinor));
    }
    const waiting = await withStatus(database, orderIds, 'over-limit');
    const open = await exposure(database, 'SQUEEZED');
    await set(open + 40_000)();
    await atOnce(shuffled(waiting).map(hold));
    await atOnce(shuffled(waiting).map(hold));
    expect(await withStatus(database, waiting, 'approved')).toEqual(waiting.slice(0, 4));
    await checkInvariants(database);
    expect(await deadlocks(database)).toBe(0);
  });

  it('F1, F3: goods against 100 back-orders go to the oldest promises, however they come and whoever asks first', async () => {
    const { database } = world;
    await addProduct(database, 'SCARCE', 10_000, '0');
    const orderIds = await place(world, 100, (index) => ({
      customerId: `TAKER-${index % 5}`,
      lines: [{ sku: 'SCARCE', quantity: 1 }],
    }));
    // The oldest promise is not the oldest order.
    const byPromise = shuffled(orderIds);
    await database.query(
      `UPDATE orders SET promised_on = date '2027-06-01' + place::int
       FROM unnest($1::text[]) WITH ORDINALITY AS p (id, place) WHERE orders.id = p.id`,
      [byPromise],
    );
    let asks = 0;
    const release = (orderId: string) => () => {
      asks += 1;
      const attempt = `1.${asks}`;
      return database.transaction((tx) => releaseOrder(tx, { orderId, attempt, at }));
    };
    await atOnce(orderIds.map((orderId) => () => database.transaction((tx) => holdCredit(tx, { orderId, attempt: 1, at }))));
    await atOnce(orderIds.map(release));
    expect(await statuses(database, orderIds)).toEqual({ 'back-ordered': 100 });

    const arrive = (reference: string) => () =>
      database.transaction((tx) =>
        receiveGoods(tx, {
          reference,
          warehouseId: 'WH-NORTH',
          lines: [{ sku: 'SCARCE', quantity: 10, unitCostMinor: 4_000 }],
          actor: tester,
          at,
        }),
      );
    const served = async () => new Set(await withStatus(database, orderIds, 'in-fulfilment'));
    const receipts = ['R-1', 'R-2', 'R-3', 'R-4'];
    await atOnce<unknown>(shuffled([...shuffled(orderIds).map(release), ...receipts.map(arrive)]));
    expect(await mostTaken(database)).toBeLessThanOrEqual(0);
    // Whoever asked before the goods came is woken by them, in the order of the promises, and asks again.
    for (const reference of receipts) {
      const { rows } = await database.query<{ subject: string }>(
        "SELECT subject FROM outbox WHERE key LIKE '%' || $1 || '%' AND kind = 'signal' ORDER BY id",
        [`receipt:${reference}:`],
      );
      const woken = rows.map(({ subject }) => subject);
      expect(woken.length).toBeGreaterThanOrEqual(60);
      expect(woken).toEqual(byPromise.filter((orderId) => woken.includes(orderId)));
    }
    await atOnce(shuffled(orderIds).map(release));
    expect(await served()).toEqual(new Set(byPromise.slice(0, 40)));
    await arrive('R-5')();
    await atOnce(shuffled(orderIds).map(release));
    expect(await served()).toEqual(new Set(byPromise.slice(0, 50)));
    expect(await mostTaken(database)).toBeLessThanOrEqual(0);
    await checkInvariants(database);
    expect(await deadlocks(database)).toBe(0);
  });
});

describe('one line for stock', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    await addCustomer(world.database, 'PARTS', { limitMinor: 1_000_000_000, backOrderAllowed: true });
  });
  afterAll(() => world?.drop());
  let asks = 0;
  const release = (orderId: string) => () => {
    asks += 1;
    const attempt = `1.${asks}`;
    return world.database.transaction((tx) => releaseOrder(tx, { orderId, attempt, at }));
  };
  /** Orders whose credit is held. */
  async function orders(
    count: number,
    lines: () => { sku: string; quantity: number }[],
    customerId = 'PARTS',
  ): Promise<string[]> {
    const { database } = world;
    const orderIds = await place(world, count, () => ({ customerId, lines: lines() }));
    await atOnce(orderIds.map((orderId) => () => database.transaction((tx) => holdCredit(tx, { orderId, attempt: 1, at }))));
    return orderIds;
  }

  it('F3: goods against orders with a part in the warehouse, or shipped, and new ones go to the oldest promises, each unit once', async () => {
    const { database } = world;
    for (const sku of ['BASE', 'RARE']) await addProduct(database, sku, 10_000, '0');
    await addStock(world, 'BASE', 12, 4_000);
    const older = await orders(12, () => ['BASE', 'RARE'].map((sku) => ({ sku, quantity: 1 })));
    await atOnce(older.map(release));
    const newer = await orders(16, () => [{ sku: 'RARE', quantity: 1 }]);
    // One of the new orders was promised for an earlier day than the others.
    const soonest = newer.pop()!;
    await database.query("UPDATE orders SET promised_on = '2020-05-01' WHERE id = $1", [soonest]);
    await release(soonest)();
    const ship = (orderId: string) => async () => {
      const { rows } = await database.query<{ id: string }>('SELECT id FROM shipments WHERE order_id = $1', [orderId]);
      const shipmentId = rows[0]!.id;
      const pick = { orderId, shipmentId, eventId: 'rare', short: [], packed: true, actor: tester, at };
      await database.transaction((tx) => confirmPick(tx, pick));
      const goods = { orderId, shipmentId, carrier: 'race', trackingNumber: shipmentId, at };
      await database.transaction((tx) => issueGoods(tx, goods));
      await release(orderId)();
    };
    const arrive = () => addStock(world, 'RARE', 3, 4_000);
    const served = async () => {
      const { rows } = await database.query<{ id: string }>(
        "SELECT order_id AS id FROM reservations WHERE sku = 'RARE' AND quantity = 1 ORDER BY order_id",
      );
      return rows.map(({ id }) => id);
    };
    const line = [soonest, ...(await inTurn(database, older)), ...(await inTurn(database, newer))];
    const first = (count: number) => line.slice(0, count).sort();
    await atOnce<unknown>(shuffled([...older.map(ship), ...newer.map(release), arrive, arrive, arrive]));
    await atOnce(shuffled(line).map(release));
    expect(await served()).toEqual(first(9));
    await atOnce<unknown>(shuffled([...shuffled(line).map(release), arrive, arrive, arrive]));
    await atOnce(shuffled(line).map(release));
    expect(await served()).toEqual(first(18));
    expect(await mostTaken(database)).toBeLessThanOrEqual(0);
    expect(await idle(database)).toEqual([]);
    await checkInvariants(database);
    expect(await deadlocks(database)).toBe(0);
  });

  it.each(['is cancelled', 'wants less', 'is held'])(
    'F3: whoever joins the line while the order before it %s gets what that one was owed, or hears of it',
    async (how) => {
      const { database } = world;
      const sku = `LEFT-${how}`.toUpperCase().replaceAll(' ', '-');
      const customerId = `LEAVES-${sku}`;
      await addProduct(database, sku, 10_000, '0');
      await addCustomer(database, customerId, { limitMinor: 1_000_000_000, backOrderAllowed: true });
      const [leaving] = (await orders(1, () => [{ sku, quantity: 3 }], customerId)) as [string];
      await release(leaving)();
      const [joining] = (await orders(1, () => [{ sku, quantity: 1 }])) as [string];
      await addStock(world, sku, 2, 4_000);
      let joined: Promise<unknown> | undefined;
      let hasAsked = false;
      let pid = 0;
      const join = () =>
        database.transaction(async (tx) => {
          pid = (await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid;
          return releaseOrder(tx, { orderId: joining, attempt: 'joins', at });
        });
      if (how === 'is held') {
        await database.transaction((tx) => changeFreeze(tx, { customerId, frozen: true, ...because }));
      }
      await database.transaction(async (tx) => {
        if (how === 'is cancelled') await cancelInDatabase(tx, { orderId: leaving, eventId: 'left', ...because });
        else if (how === 'is held') await releaseOrder(tx, { orderId: leaving, attempt: 'held', at });
        else {
          const lines = [{ lineNumber: 1, quantity: 1 }];
          await amendOrder(tx, { orderId: leaving, eventId: 'left', revision: 1, lines, ...because });
        }
        joined = join().finally(() => {
          hasAsked = true;
        });
        await eventually(async () => {
          const { rows: waits } = await database.query('SELECT FROM pg_locks WHERE pid = $1 AND NOT granted', [pid]);
          return hasAsked || waits.length > 0;
        });
      });
      await joined;
      const { rows: heard } = await database.query("SELECT FROM outbox WHERE subject = $1 AND kind = 'signal'", [joining]);
      if (heard.length > 0) await release(joining)();
      expect(await statuses(database, [joining])).toEqual({ 'in-fulfilment': 1 });
      await checkInvariants(database);
    },
  );

  it('F3, X8 (regression): those behind an order hear that it leaves the line under an attempt that an earlier run has made', async () => {
    const { database } = world;
    const sku = 'TWICE';
    const customerId = 'RESTARTED';
    await addProduct(database, sku, 10_000, '0');
    await addCustomer(database, customerId, { limitMinor: 1_000_000_000, backOrderAllowed: true });
    const [leaving] = (await orders(1, () => [{ sku, quantity: 3 }], customerId)) as [string];
    const [behind] = (await orders(1, () => [{ sku, quantity: 1 }])) as [string];
    for (const orderId of [leaving, behind]) await release(orderId)();
    const freeze = (frozen: boolean) => database.transaction((tx) => changeFreeze(tx, { customerId, frozen, ...because }));
    for (const day of ['2027-03-03', '2027-03-04']) {
      await freeze(true);
      const again = { orderId: leaving, attempt: 'again', at: `${day}T09:00:00.000Z` };
      await database.transaction((tx) => releaseOrder(tx, again));
      await freeze(false);
      await release(leaving)();
      expect(await statuses(database, [leaving])).toEqual({ 'back-ordered': 1 });
    }
    const { rows: heard } = await database.query("SELECT FROM outbox WHERE subject = $1 AND key LIKE '%release:again%'", [
      behind,
    ]);
    expect(heard).toHaveLength(2);
  });

  it('F1, F3 (regression): what a count takes back from an order without back-orders is kept for it until it has asked again', async () => {
    const { database } = world;
    const [found, short] = ['KEPT', 'LACKING'] as const;
    for (const sku of [found, short]) {
      await addProduct(database, sku, 10_000, '0');
      await addStock(world, sku, 5, 4_000);
    }
    await addCustomer(database, 'WHOLE', { limitMinor: 1_000_000_000 });
    const [whole] = (await orders(1, () => [found, short].map((sku) => ({ sku, quantity: 5 })), 'WHOLE')) as [string];
    await release(whole)();
    await addStock(world, short, 5, 4_000, 'WH-SOUTH');
    const [behind] = (await orders(1, () => [{ sku: found, quantity: 5 }])) as [string];
    await release(behind)();
    const count = { reference: 'KEPT', sku: short, warehouseId: 'WH-NORTH', quantity: 4, actor: tester, at };
    await database.transaction((tx) => correctStock(tx, { ...count, kind: 'counted' }));
    await release(behind)();
    await release(whole)();
    expect(await withStatus(database, [whole, behind], 'in-fulfilment')).toEqual([whole]);
    const { rows } = await database.query<{ reserved: number }>(
      "SELECT sum(quantity)::int AS reserved FROM reservations WHERE order_id = $1 AND status = 'reserved'",
      [whole],
    );
    expect(rows).toEqual([{ reserved: 10 }]);
    await checkInvariants(database);
  });

  it.each(['are received', 'are counted'])(
    'F3 (regression): an order that asks while the first goods of their product %s in a warehouse hears of them',
    async (how) => {
      const { database } = world;
      const sku = `FIRST-${how}`.toUpperCase().replaceAll(' ', '-');
      await addProduct(database, sku, 10_000, '0');
      const [asking] = (await orders(1, () => [{ sku, quantity: 2 }])) as [string];
      const goods = { reference: sku, warehouseId: 'WH-NORTH', actor: tester, at };
      await database.transaction(async (tx) => {
        expect(await releaseOrder(tx, { orderId: asking, attempt: 'first', at })).toEqual({ outcome: 'wait', for: 'stock' });
        await database.transaction<unknown>((other) =>
          how === 'are received'
            ? receiveGoods(other, { ...goods, lines: [{ sku, quantity: 2, unitCostMinor: 4_000 }] })
            : correctStock(other, { ...goods, kind: 'counted', sku, quantity: 2, unitCostMinor: 4_000 }),
        );
      });
      expect(await statuses(database, [asking])).toEqual({ 'back-ordered': 1 });
      const { rows: heard } = await database.query("SELECT FROM outbox WHERE subject = $1 AND kind = 'signal'", [asking]);
      expect(heard).toHaveLength(1);
      await release(asking)();
      expect(await statuses(database, [asking])).toEqual({ 'in-fulfilment': 1 });
    },
  );
});

/** These orders as they stand in line, where they are promised for the same day. */
async function inTurn(database: Database, orderIds: string[]): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>('SELECT id FROM orders WHERE id = ANY ($1) ORDER BY placed_at, id', [
    orderIds,
  ]);
  return rows.map(({ id }) => id);
}

/** Who waits for goods that lie there, though nobody who comes before it in the line is owed them: nobody, once all have asked. */
async function idle(database: Database): Promise<{ orderId: string; sku: string }[]> {
  const { rows } = await database.query<{ orderId: string; sku: string }>(
    `SELECT b.order_id AS "orderId", b.sku FROM back_orders b JOIN orders o ON o.id = b.order_id
     WHERE o.status = 'back-ordered' AND o.back_order_allowed
       AND (SELECT sum(on_hand - reserved) FROM stock s WHERE s.sku = b.sku) > (
         SELECT coalesce(sum(quantity), 0) FROM back_orders a
         WHERE a.sku = b.sku AND (a.promised_on, a.placed_at, a.order_id) < (b.promised_on, b.placed_at, b.order_id))`,
  );
  return rows;
}

/** By how many units any shelf has promised more than it has; 0 or less when none did. */
async function mostTaken(database: Database): Promise<number> {
  const { rows } = await database.query<{ over: number }>('SELECT max(reserved - on_hand) AS over FROM stock');
  return rows[0]!.over;
}

describe('the real engine', () => {
  it('C1, C3, F1, O4: of sixty orders at once those that fit go on, the others as room, goods or a cancellation let them', async () => {
    const suite = await startSuite();
    try {
      await setUpCompany(suite.database);
      await addProduct(suite.database, 'UNIT', 10_000, '0');
      await addStock(suite, 'UNIT', 70, 4_000);
      await addCustomer(suite.database, 'CROWD', { limitMinor: 250_000, backOrderAllowed: true });
      const orderIds = await Promise.all(Array.from({ length: 60 }, () => order(suite, 'CROWD', [{ sku: 'UNIT', quantity: 1 }])));
      const settled = (expected: Record<string, number>) =>
        eventually(async () => {
          expect(await statuses(suite.database, orderIds)).toEqual(expected);
          return true;
        }, 40);
      await settled({ 'in-fulfilment': 25, 'over-limit': 35 });
      expect(await exposure(suite.database, 'CROWD')).toBe(250_000);

      const inWork = await withStatus(suite.database, orderIds, 'in-fulfilment');
      await Promise.all(
        inWork.slice(0, 8).map((orderId) => ask(suite, orderId, cancelOrder, { reason: 'changed its mind', actor: tester })),
      );
      await settled({ 'in-fulfilment': 25, 'over-limit': 27, cancelled: 8 });
      // Five orders' worth of money on account makes room for five.
      await pay(suite, 'CROWD', 50_000, 'on account');
      await settled({ 'in-fulfilment': 30, 'over-limit': 22, cancelled: 8 });
      expect(await exposure(suite.database, 'CROWD')).toBe(250_000);
      // Goods against back-orders: each that is woken goes on by itself, the oldest promises first.
      await addProduct(suite.database, 'RARE', 10_000, '0');
      await addCustomer(suite.database, 'PATIENT', { limitMinor: 10_000_000, backOrderAllowed: true });
      const day = (index: number) => `2099-03-${String(28 - index).padStart(2, '0')}`;
      const waiting = await Promise.all(
        Array.from({ length: 24 }, (_, index) =>
          order(suite, 'PATIENT', [{ sku: 'RARE', quantity: 1 }], { requestedOn: day(index) }),
        ),
      );
      const become = (expected: Record<string, number>) =>
        eventually(async () => expect(await statuses(suite.database, waiting)).toEqual(expected) ?? true, 40);
      await become({ 'back-ordered': 24 });
      await addStock(suite, 'RARE', 10, 4_000);
      await become({ 'back-ordered': 14, 'in-fulfilment': 10 });
      expect(new Set(await withStatus(suite.database, waiting, 'in-fulfilment'))).toEqual(new Set(waiting.slice(-10)));
      await addStock(suite, 'RARE', 14, 4_000);
      await become({ 'in-fulfilment': 24 });

      // The customer's change of mind against the warehouse's parcel, each a message of its own.
      await Promise.all(
        waiting.map(async (orderId) => {
          const [shipmentId] = await openShipments(suite.database, orderId);
          const change = { reason: 'changed its mind', actor: tester };
          await Promise.allSettled(
            shuffled([() => pickAndPack(suite, orderId, shipmentId!), () => ask(suite, orderId, cancelOrder, change)]).map(
              (message: () => Promise<unknown>) => message(),
            ),
          );
        }),
      );
      await eventually(async () => {
        const ends = await statuses(suite.database, waiting);
        return (ends.cancelled ?? 0) + (ends.invoiced ?? 0) === 24;
      }, 40);
      const { rows: both } = await suite.database.query(
        `SELECT o.id FROM orders o WHERE id = ANY ($1) AND (o.status = 'cancelled') IS DISTINCT FROM
           (NOT EXISTS (SELECT 1 FROM invoices i WHERE i.order_id = o.id))`,
        [waiting],
      );
      expect(both).toEqual([]);
      await checkInvariants(suite.database);
    } finally {
      await suite.stop();
    }
  });
});
