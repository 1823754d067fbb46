import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStockFeed } from '../../api/stock-feed.ts';
import { addCustomer, addProduct, addStock } from '../company.ts';
import { eventually } from '../suite.ts';
import { startWorld, type World } from '../world.ts';
import { type Api, startApi } from './client.ts';

/* Live stock: two who listen, changes that commit late, and what ends a stream. */
let world: World;
let api: Api;
beforeAll(async () => {
  world = await startWorld();
  await addCustomer(world.database, 'BUYER', {});
  for (const sku of ['APPLE', 'PEAR']) {
    await addProduct(world.database, sku, 10_000);
    await addStock(world, sku, 10, 4_000);
  }
  await addStock(world, 'APPLE', 5, 4_000, 'WH-SOUTH');
  api = await startApi({ ...world, client: undefined });
});
afterAll(async () => {
  await api?.stop();
  await world?.drop();
});

interface Heard {
  event: string;
  items: { sku: string; warehouseId: string; onHand: number; reserved: number; available: number }[];
  complete?: boolean;
}

/** Somebody who listens, and what has been heard so far. */
async function listen(to: Api, query = '', as = 'warehouse') {
  const leaving = new AbortController();
  const response = await fetch(`${to.url}/v1/stock/events${query}`, {
    headers: { Authorization: `Bearer ${to.keys[as] ?? as}` },
    signal: leaving.signal,
  });
  if (response.status !== 200) throw new Error(`${response.status}`);
  const heard: Heard[] = [];
  let beats = 0;
  const read = async () => {
    let text = '';
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      text += piece;
      const events = text.split('\n\n');
      text = events.pop()!;
      for (const event of events) {
        const name = /^event:(.*)$/m.exec(event)?.[1]?.trim();
        if (name) heard.push({ event: name, ...JSON.parse(/^data:(.*)$/m.exec(event)![1]!) });
        else beats += 1;
      }
    }
    return 'ended' as const;
  };
  const reading = read().catch(() => 'broken' as const);
  await eventually(async () => heard.some(({ complete }) => complete));
  return {
    response,
    heard,
    ended: reading,
    leave: () => leaving.abort(),
    beats: () => beats,
    /** What it must believe by now. */
    believes: (): Record<string, number> =>
      Object.fromEntries(heard.flatMap(({ items }) => items.map((item) => [`${item.sku} ${item.warehouseId}`, item.onHand]))),
  };
}

const reserve = 'UPDATE stock SET reserved = reserved + 1 WHERE sku = $1 AND warehouse_id = $2';

describe('live stock', () => {
  it('F1: two who listen get the stock as it is and then every change of what they asked for', async () => {
    const all = await listen(api);
    const pears = await listen(api, '?sku=PEAR&warehouseId=WH-NORTH', 'sales');
    expect(all.response.headers.get('content-type')).toContain('text/event-stream');
    expect(all.heard).toEqual([
      {
        event: 'snapshot',
        complete: true,
        items: [
          { sku: 'APPLE', warehouseId: 'WH-NORTH', onHand: 10, reserved: 0, available: 10 },
          { sku: 'APPLE', warehouseId: 'WH-SOUTH', onHand: 5, reserved: 0, available: 5 },
          { sku: 'PEAR', warehouseId: 'WH-NORTH', onHand: 10, reserved: 0, available: 10 },
        ],
      },
    ]);
    await addStock(world, 'APPLE', 1, 4_000, 'WH-SOUTH');
    await world.database.query(reserve, ['PEAR', 'WH-NORTH']);
    const pear = { sku: 'PEAR', warehouseId: 'WH-NORTH', onHand: 10, reserved: 1, available: 9 };
    await eventually(async () => expect(pears.heard.slice(1)).toEqual([{ event: 'change', items: [pear] }]) ?? true);
    const toldAll = () => all.heard.slice(1).flatMap(({ items }) => items);
    await eventually(async () => expect(toldAll()).toHaveLength(2) ?? true);
    expect(toldAll()).toEqual(
      expect.arrayContaining([pear, { sku: 'APPLE', warehouseId: 'WH-SOUTH', onHand: 6, reserved: 0, available: 6 }]),
    );
    // What is new on the shelves is a change too.
    await addStock(world, 'PEAR', 3, 4_000, 'WH-SOUTH');
    await eventually(async () => all.believes()['PEAR WH-SOUTH'] === 3);
    expect(pears.heard).toHaveLength(2);
    all.leave();
    pears.leave();
  });

  it('F1: a change that commits long after younger ones is not lost', async () => {
    const follower = await listen(api, '?sku=APPLE');
    await world.database.transaction(async (old) => {
      await old.query('UPDATE stock SET on_hand = 99 WHERE sku = $1 AND warehouse_id = $2', ['APPLE', 'WH-NORTH']);
      for (let onHand = 20; onHand < 23; onHand += 1) {
        await world.database.query("UPDATE stock SET on_hand = $1 WHERE sku = 'APPLE' AND warehouse_id = 'WH-SOUTH'", [onHand]);
        await eventually(async () => follower.believes()['APPLE WH-SOUTH'] === onHand);
      }
    });
    await eventually(async () => follower.believes()['APPLE WH-NORTH'] === 99);
    // A row that is read again because an old transaction is open is told once.
    expect(follower.heard.slice(1).flatMap(({ items }) => items)).toHaveLength(4);
    follower.leave();
  });

  it('F1: whoever listens while fifty transactions write ends with what is in the books', async () => {
    const followers = await Promise.all([listen(api), listen(api), listen(api, '?sku=PEAR')]);
    await Promise.all(Array.from({ length: 50 }, (_, index) => addStock(world, index % 2 ? 'APPLE' : 'PEAR', 1, 4_000)));
    const late = await listen(api);
    const { rows } = await world.database.query<{ place: string; onHand: number }>(
      `SELECT sku || ' ' || warehouse_id AS place, on_hand AS "onHand" FROM stock`,
    );
    const books = Object.fromEntries(rows.map(({ place, onHand }) => [place, onHand]));
    const pears = Object.fromEntries(Object.entries(books).filter(([place]) => place.startsWith('PEAR')));
    for (const [follower, expected] of [...followers.slice(0, 2), late]
      .map((each) => [each, books] as const)
      .concat([[followers[2]!, pears]])) {
      await eventually(async () => expect(follower.believes()).toEqual(expected) ?? true);
      follower.leave();
    }
  });

  it('F1: a customer’s key sees quantities and no cost; a filter that is none is refused', async () => {
    const { body } = await api.post('/v1/api-keys', 'admin', { name: 'buyer', roles: ['customer'], customerId: 'BUYER' });
    const buyer = await listen(api, '?sku=PEAR', body.key);
    expect(JSON.stringify(buyer.heard)).not.toContain('value');
    buyer.leave();
    expect((await api.get('/v1/stock/events?sku=no%20sku', 'warehouse')).status).toBe(400);
    expect((await api.get('/v1/stock/events?shelf=1', 'warehouse')).status).toBe(400);
    expect((await api.ask('HEAD', '/v1/stock/events', { as: 'warehouse' })).status).toBe(200);
  });
});

describe('a stream', () => {
  it('F1: has a heartbeat, a place among so many, and an end', async () => {
    const { database } = world;
    const logger = pino({ level: 'silent' });
    const limits = { pollMs: 20, heartbeatMs: 50, streamsMaximum: 3, streamsPerKeyMaximum: 2 };
    const stockFeed = createStockFeed({ database, logger, ...limits });
    const small = await startApi({ ...world, client: undefined }, { stockFeed });
    const [first, second, other] = [await listen(small), await listen(small), await listen(small, '', 'sales')];
    await eventually(async () => first.beats() >= 2);
    for (const as of ['warehouse', 'finance']) {
      const refused = await small.get('/v1/stock/events', as);
      expect(refused).toMatchObject({ status: 503, body: { type: '/problems/too-many-streams' } });
      expect(refused.headers.get('retry-after')).toBe('1');
    }
    // Whoever leaves makes room, and nothing is read for nobody.
    second.leave();
    const third = await eventually(() => listen(small).catch(() => undefined), 5);
    const startedAt = performance.now();
    await small.stop();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(await Promise.all([first, third, other].map(({ ended }) => ended))).toEqual(['ended', 'ended', 'ended']);
  });

  it('F1: ends when its time is over, and keeps its place no longer', async () => {
    const { database } = world;
    const stockFeed = createStockFeed({ database, logger: pino({ level: 'silent' }), lifetimeMs: 100, streamsMaximum: 1 });
    const brief = await startApi({ ...world, client: undefined }, { stockFeed });
    expect(await (await listen(brief)).ended).toBe('ended');
    expect(await (await listen(brief)).ended).toBe('ended');
    await brief.stop();
  });

  it('F1: goes on after an outage of the database, with what has changed meanwhile', async () => {
    let isAway = false;
    const flaky: World['database'] = {
      ...world.database,
      query: (text, values) => (isAway ? Promise.reject(new Error('away')) : world.database.query(text, values)),
    };
    const stockFeed = createStockFeed({ database: flaky, logger: pino({ level: 'silent' }), pollMs: 10 });
    const shaken = await startApi({ ...world, client: undefined }, { stockFeed });
    const follower = await listen(shaken, '?sku=PEAR');
    isAway = true;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await world.database.query("UPDATE stock SET on_hand = 777 WHERE sku = 'PEAR' AND warehouse_id = 'WH-NORTH'");
    isAway = false;
    await eventually(async () => follower.believes()['PEAR WH-NORTH'] === 777);
    await shaken.stop();
  });
});
