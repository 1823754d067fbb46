import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmPick } from '../../db/transactions/confirm-pick.ts';
import { holdCredit } from '../../db/transactions/hold-credit.ts';
import { issueGoods } from '../../db/transactions/issue-goods.ts';
import { issueInvoice } from '../../db/transactions/issue-invoice.ts';
import { releaseOrder } from '../../db/transactions/release-order.ts';
import { addCustomer, addProduct, addStock } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { tester } from '../suite.ts';
import { place, startWorld, type World } from '../world.ts';
import { type Api, startApi } from './client.ts';

/* What carriers and warehouses may send, changed at random: it is taken whole, parked, or refused without a trace. */
let world: World;
let api: Api;
beforeAll(async () => {
  world = await startWorld();
  await addCustomer(world.database, 'BUYER', { limitMinor: 100_000_000 });
  for (const sku of ['DESK', 'LAMP']) {
    await addProduct(world.database, sku, 10_000);
    await addStock(world, sku, 50, 4_000);
  }
  api = await startApi({ ...world, client: undefined });
});
afterAll(async () => {
  await api?.stop();
  await world?.drop();
});

async function footprint(...tables: string[]): Promise<string> {
  const sums = await Promise.all(
    [...tables, 'orders', 'audit_log', 'tasks', 'outbox', 'idempotency_keys'].map((table) =>
      world.database.query(`SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS sum FROM ${table} t`),
    ),
  );
  return JSON.stringify(sums.map(({ rows }) => rows));
}

/** Some bytes of the sample cut out or put in; those that mean something to a parser more often than others. */
const bytesOf = (sample: Buffer): fc.Arbitrary<Buffer> => {
  const byte = fc.oneof(fc.constantFrom(...Buffer.from('{}[]",:;\\\n\r\'=\0-e')), fc.nat({ max: 255 }));
  const change = fc.tuple(fc.nat(), fc.nat({ max: 4 }), byte);
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) =>
    changes.reduce((bytes, [at, cut, put]) => {
      const where = bytes.length === 0 ? 0 : at % bytes.length;
      return Buffer.concat([bytes.subarray(0, where), Buffer.from([put]), bytes.subarray(where + cut)]);
    }, sample),
  );
};

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom<unknown>(
    '\u0000',
    'a\u0000b',
    'a\ud800b',
    '',
    ' ',
    'x'.repeat(3_000),
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '2026-02-30T00:00:00Z',
    '2026-03-01T10:00:00+14:00',
    -1,
    0.5,
    2 ** 31,
    Number.MAX_SAFE_INTEGER,
    1e308,
    null,
    [],
    {},
  ),
);

/** The sample with some of its values replaced, wherever in it they stand, or its fields gone or joined by strange ones. */
function valuesOf(sample: unknown): fc.Arbitrary<Buffer> {
  const change = fc.record({ at: fc.nat(), to: odd, how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add') });
  return fc.array(change, { minLength: 1, maxLength: 2 }).map((changes) => {
    const copy = structuredClone(sample);
    for (const { at, to: shared, how } of changes) {
      const to = structuredClone(shared);
      const places: [Record<string, unknown>, string][] = [];
      const visit = (node: unknown) => {
        if (typeof node !== 'object' || node === null) return;
        for (const [key, value] of Object.entries(node)) {
          places.push([node as Record<string, unknown>, key]);
          visit(value);
        }
      };
      visit(copy);
      const found = places[at % Math.max(1, places.length)];
      if (!found) continue;
      const [node, key] = found;
      if (how === 'replace') node[key] = to;
      else if (how === 'remove' && !Array.isArray(node)) delete node[key];
      else if (!Array.isArray(node))
        Object.defineProperty(node, '__proto__', { value: to, enumerable: true, configurable: true, writable: true });
    }
    return Buffer.from(JSON.stringify(copy));
  });
}

describe('a carrier’s webhook', () => {
  const carrier = 'Fuzzed Parcels';
  const path = `/v1/webhooks/carriers/${encodeURIComponent(carrier)}`;
  const tables = ['tracking_events', 'shipments', 'returns'];
  let secret: string;
  const at = '2026-03-01T08:00:00.000Z';
  beforeAll(async () => {
    secret = (await api.post(`/v1/shipping/carriers/${encodeURIComponent(carrier)}/webhook-secret`, 'admin')).body.secret;
    const { database } = world;
    const [orderId] = (await place(world, 1, () => ({ customerId: 'BUYER', lines: [{ sku: 'DESK', quantity: 1 }] }))) as [string];
    await database.transaction((tx) => holdCredit(tx, { orderId, attempt: 1, at }));
    const released = await database.transaction((tx) => releaseOrder(tx, { orderId, attempt: '1.1', at }));
    const shipmentId = released.outcome === 'released' ? released.shipmentIds[0]! : '';
    const pick = { orderId, shipmentId, eventId: 'pick', short: [], packed: true, actor: tester, at };
    await database.transaction((tx) => confirmPick(tx, pick));
    await database.transaction((tx) => issueGoods(tx, { orderId, shipmentId, carrier, trackingNumber: 'TRACK-1', at }));
    await database.transaction((tx) => issueInvoice(tx, { orderId, shipmentId, at }));
  });

  const event = (eventId: string, trackingNumber: string, kind: string) => ({
    eventId,
    trackingNumber,
    kind,
    occurredAt: '2026-03-01T10:00:00Z',
    place: 'Hamburg',
    note: 'left at the door',
  });
  const sample = {
    events: [event('E-1', 'TRACK-1', 'in-transit'), event('E-2', 'TRACK-1', 'delivered'), event('E-3', 'NOBODY', 'lost')],
  };

  async function deliver(body: Buffer) {
    const messageId = randomUUID();
    const now = new Date();
    return api.ask('POST', path, {
      raw: Uint8Array.from(body),
      headers: {
        'webhook-id': messageId,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret).sign(messageId, now, body),
      },
    });
  }

  it.each([
    ['bytes', bytesOf(Buffer.from(JSON.stringify(sample)))],
    ['values', valuesOf(sample)],
  ])(
    'S3, X4: signed messages whose %s are changed at random are taken whole, parked or refused without a trace',
    async (_, bodies) => {
      const answers: Record<number, number> = {};
      await fc.assert(
        fc.asyncProperty(bodies, async (body) => {
          const before = await footprint(...tables);
          const count = async () =>
            (await world.database.query<{ count: number }>('SELECT count(*)::int AS count FROM tracking_events')).rows[0]!.count;
          const stored = await count();
          const answered = await deliver(body);
          answers[answered.status] = (answers[answered.status] ?? 0) + 1;
          if (answered.status === 200) {
            const { received, known, parked } = answered.body;
            expect(received + known).toBe(JSON.parse(body.toString()).events.length);
            expect(parked).toBeLessThanOrEqual(received);
            expect((await count()) - stored).toBe(received);
          } else {
            expect([answered.status, answered.body.type]).not.toEqual([401, expect.anything()]);
            expect(answered.status).toBeGreaterThanOrEqual(400);
            expect(answered.status).toBeLessThan(500);
            expect(await footprint(...tables)).toBe(before);
          }
        }),
        // Whole and cut: chance alone may miss one of the ends.
        { numRuns: 120, examples: [[Buffer.from(JSON.stringify(sample))], [Buffer.from(JSON.stringify(sample).slice(0, -1))]] },
      );
      // Both ends were met, or nothing was proven.
      expect(answers[200]).toBeGreaterThan(0);
      expect(answers[400]).toBeGreaterThan(0);
      await checkInvariants(world.database);
    },
  );
});

describe('a file of stock', () => {
  const tables = ['stock', 'stock_movements', 'journal_entries', 'imports', 'documents'];
  const csv = Buffer.from(
    'kind,reference,sku,warehouseId,quantity,unitCostMinor\r\nreceived,N-1,DESK,WH-NORTH,5,4000\r\n' +
      'opening,O-1,LAMP,WH-SOUTH,7,"3000"\r\ncounted,C-1,DESK,WH-NORTH,40,\r\ncounted,C-2,LAMP,WH-NORTH,60,4000\r\n',
  );
  const lines = ['received', 'opening', 'counted'].map((kind, index) => ({
    kind,
    reference: `J-${index}`,
    sku: index === 1 ? 'LAMP' : 'DESK',
    warehouseId: 'WH-SOUTH',
    quantity: 3 + index,
    unitCostMinor: 4_000,
  }));

  it.each([
    ['CSV', 'text/csv', bytesOf(csv)],
    ['JSON', 'application/json', valuesOf(lines)],
  ])('X9, F1: %s changed at random is booked line by line or refused without a trace', async (_, contentType, files) => {
    const answers: Record<number, number> = {};
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(files, async (file) => {
        runs += 1;
        // References of its own, so that every run has something to book.
        const raw = Uint8Array.from(Buffer.from(file.toString('latin1').replaceAll(/([NOCJ])-(\d)/g, `$1${runs}-$2`), 'latin1'));
        const before = await footprint(...tables);
        const sent = await api.ask('POST', '/v1/imports/stock', {
          as: 'warehouse',
          raw,
          headers: { 'Content-Type': contentType },
        });
        answers[sent.status] = (answers[sent.status] ?? 0) + 1;
        if (sent.status === 201) {
          const { lineCount, createdCount, changedCount, unchangedCount, rejectedCount, faults } = sent.body;
          expect(createdCount + changedCount + unchangedCount + rejectedCount).toBe(lineCount);
          expect(new Set(faults.map((fault: { line: number }) => fault.line)).size).toBe(rejectedCount);
          return;
        }
        expect(sent.status).toBeGreaterThanOrEqual(400);
        expect(sent.status).toBeLessThan(500);
        expect(await footprint(...tables)).toBe(before);
      }),
      { numRuns: 80 },
    );
    expect(answers[201]).toBeGreaterThan(0);
    // What lies there, what it is worth and what the ledger says of it agree after all of them.
    await checkInvariants(world.database);
  });
});
