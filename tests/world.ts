import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '../db/client.ts';
import { placeOrder } from '../db/transactions/place-order.ts';
import type { Delivery } from '../outbox/deliver.ts';
import { setUpCompany } from './company.ts';
import { createSuiteDatabase } from './suite.ts';

/* A company without an engine: the transactions themselves, one after another or many at once. */

const connections = 20;

export interface World {
  database: Database;
  databaseUrl: string;
  delivery: Delivery;
  drop(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const { url, drop } = await createSuiteDatabase();
  const database = openDatabase({ url, role: 'throughline_api', maxConnections: connections });
  await setUpCompany(database);
  // Nobody delivers: there is no engine here.
  const delivery = { deliverSoon() {}, deliverPending: async () => 0, stop: async () => {} };
  return { database, databaseUrl: url, delivery, drop: () => database.close().then(drop) };
}

/** As many at once as there are connections, until all is done. */
export async function atOnce<Result>(work: readonly (() => Promise<Result>)[]): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...work.entries()];
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await next[1]();
    }),
  );
  return results;
}

/** Places so many orders at once, and gives their ids in turn. */
export async function place(
  { database }: World,
  count: number,
  request: (index: number) => { customerId: string; lines: { sku: string; quantity: number }[] },
): Promise<string[]> {
  const placed = await atOnce(
    Array.from(
      { length: count },
      (_, index) => () =>
        database.transaction((tx) =>
          placeOrder(tx, {
            request: { channel: 'api', currency: 'EUR', ...request(index) },
            actor: 'tester',
            principal: 'tester',
            idempotencyKey: randomUUID(),
            fingerprint: '',
          }),
        ),
    ),
  );
  return placed.map((each) => each.order.id);
}
