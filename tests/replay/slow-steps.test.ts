import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { cancelOrder, confirmPick, creditMayHaveRoom, decideCredit, receivableChanged } from '../../workflows/messages.ts';
import { addCustomer, addProduct, addStock, ask, openShipments, order, orderStatus, setUpCompany } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { mulberry32 } from '../random.ts';
import { eventually, type Suite, startSuite, tester } from '../suite.ts';
import { replayEverything } from './everything.ts';

/*
 * Steps that outlast their workflow task, and messages that come in the middle of them, at every instant: the task is
 * continued by another one, and what ran in several tasks is replayed in one. Whatever the order lived through must replay.
 */
const seed = Number(process.env.SEED ?? Date.now() % 100_000);
const random = mulberry32(seed);
const slowestMs = 3_000;
const orders = 20;

let suite: Suite;
/** PostgreSQL does not answer the worker. */
let away = false;
beforeAll(async () => {
  suite = await startSuite({
    database: slow,
    workflowTaskTimeout: '2s',
  });
  await setUpCompany(suite.database);
  await addProduct(suite.database, 'LAMP', 10_000);
  await addStock(suite, 'LAMP', 1_000, 4_000);
});
afterAll(() => suite?.stop());

function slow(real: Database): Database {
  return {
    ...real,
    async transaction(work) {
      if (away) throw new Error('connect ECONNREFUSED');
      await pause(random() ** 2 * slowestMs);
      return real.transaction(work);
    },
  };
}

describe('steps that outlast their workflow task', () => {
  it('X1, X5: orders that hear messages in the middle of them come to an end, and replay', { timeout: 180_000 }, async () => {
    console.log(`seed ${seed}`);
    await Promise.all(Array.from({ length: orders }, (_, number) => live(number)));
    await checkInvariants(suite.database);
    expect(await replayEverything(suite.client)).toBe(orders);
  });
});

describe('steps that PostgreSQL does not answer', () => {
  it('X1: are taken when it does, however often they failed: an outage fails no order and no message', {
    timeout: 60_000,
  }, async () => {
    await addCustomer(suite.database, 'PATIENT', { limitMinor: 1_000_000 });
    const orderId = await order(suite, 'PATIENT', [{ sku: 'LAMP', quantity: 1 }]);
    await eventually(async () => (await openShipments(suite.database, orderId)).length === 1, 60);
    const [shipmentId] = await openShipments(suite.database, orderId);
    away = true;
    const picked = ask(suite, orderId, confirmPick, { shipmentId: shipmentId!, short: [], packed: true, actor: tester });
    const late = await order(suite, 'PATIENT', [{ sku: 'LAMP', quantity: 1 }]);
    // Longer than the three tries inside a workflow task.
    await pause(4_000);
    away = false;
    await picked;
    await eventually(async () => (await orderStatus(suite.database, orderId)) === 'invoiced', 60);
    await eventually(async () => (await openShipments(suite.database, late)).length === 1, 60);
    await replayEverything(suite.client);
  });
});

async function live(number: number): Promise<void> {
  const customerId = `SLOW-${number}`;
  await addCustomer(suite.database, customerId, number % 2 ? { limitMinor: 1_000_000 } : {});
  const orderId = await order(suite, customerId, [{ sku: 'LAMP', quantity: 1 }]);
  const workflow = suite.client.workflow.getHandle(orderId);
  let over = false;
  const babble = async () => {
    while (!over) {
      await pause(random() * 1_000);
      // Refusals and orders that have ended are part of the noise.
      await message(orderId).catch(() => {});
    }
  };
  const noise = [babble(), babble()];
  await eventually(async () => {
    const status = await orderStatus(suite.database, orderId);
    for (const shipmentId of await openShipments(suite.database, orderId)) {
      const pick = { shipmentId, short: [], packed: true, actor: tester };
      await ask(suite, orderId, confirmPick, pick).catch(() => {});
    }
    if (status === 'invoiced' || status === 'cancelled' || status === 'denied') return true;
    throw new Error(`${orderId} is ${status}`);
  }, 120);
  over = true;
  await Promise.all(noise);
  await workflow.describe();
}

async function message(orderId: string): Promise<unknown> {
  const workflow = suite.client.workflow.getHandle(orderId);
  const kind = Math.floor(random() * 20);
  if (kind === 0) return ask(suite, orderId, cancelOrder, { reason: 'changed their mind', actor: tester });
  if (kind < 6) {
    return ask(suite, orderId, decideCredit, { decision: 'approve', limitMinor: 500_000, reason: 'known to us', actor: tester });
  }
  if (kind < 10) {
    const [shipmentId = 'SHP-1'] = await openShipments(suite.database, orderId);
    return ask(suite, orderId, confirmPick, { shipmentId, short: [], packed: true, actor: tester });
  }
  if (kind < 15) return workflow.signal(creditMayHaveRoom);
  return workflow.signal(receivableChanged, { invoiceId: 'none' });
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
