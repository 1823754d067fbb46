import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { ensureLocalKeys } from '../../db/local-keys.ts';
import { migrate } from '../../db/migrate.ts';
import { createCarrierSimulator } from '../../ports/adapters/carrier-simulator.ts';
import { freePorts } from '../../stack/ports.ts';
import { startTestStack, type TestStack } from '../../stack/testing.ts';
import { createWorker, type ThroughlineWorker } from '../../workers/worker.ts';
import { addCustomer, addProduct, addStock, setUpCompany, trialBalance } from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { dataConverter, payloadKeys } from '../payloads.ts';
import { installRuntime } from '../runtime.ts';
import { eventually } from '../suite.ts';

/*
 * Servers of their own, which die by SIGKILL amid orders: the API's process, PostgreSQL's postmaster, Temporal. Orders are led by HTTP
 * alone, as their people do: each request is sent again under its key until it is answered.
 */
const atOnce = 3;
const livesEach = 2;
/** Begun in the moment of each outage, so that requests are under way. */
const struckEach = 2;
const orderCount = atOnce * livesEach + 3 * struckEach;
const unitPriceMinor = 50_000;
const unitCostMinor = 30_000;
const grossMinor = 60_000;
const received = 50;
// Far more than it takes, for machines that are busy with something else.
const patienceSeconds = 240;
const downMilliseconds = 1_000;
const underWayMilliseconds = 15;
const tryAgainMilliseconds = 150;
const answerWithinMs = 12_000;

let stack: TestStack;
let database: Database;
let connection: Connection;
let client: Client;
let worker: ThroughlineWorker;
let running: Promise<void>;
let keys: Record<string, string>;
let startApi: () => Promise<ChildProcess>;
let api: ChildProcess;
let apiUrl: string;
let today: string;
const bookings: string[] = [];
const mails: string[] = [];

beforeAll(async () => {
  installRuntime();
  // What was committed must be there after a crash.
  stack = await startTestStack({ durable: true });
  const url = stack.postgresUrl('throughline');
  await migrate(url);
  keys = await ensureLocalKeys(url, 'outages');
  database = openDatabase({ url, role: 'throughline_worker', maxConnections: 20 });
  const owner = openDatabase({ url, maxConnections: 2 });
  await setUpCompany(owner);
  await addCustomer(owner, 'STEADY', { limitMinor: 100_000_000 });
  await addProduct(owner, 'CHAIR', unitPriceMinor);
  await addStock({ database: owner, delivery: nobody }, 'CHAIR', received, unitCostMinor);
  await owner.close();
  today = new Date().toISOString().slice(0, 10);

  connection = await Connection.connect({ address: stack.temporalAddress });
  client = new Client({ connection, namespace: stack.namespace, dataConverter });
  const dependencies = {
    database,
    carrier: createCarrierSimulator({ onRequest: (kind, key) => kind === 'book' && bookings.push(key) }),
    email: { send: async ({ messageId }: { messageId: string }) => void mails.push(messageId) },
  };
  const options = { namespace: stack.namespace, dataConverter, stickyQueueScheduleToStartTimeout: '1s' } as const;
  worker = await createWorker(dependencies, await NativeConnection.connect({ address: stack.temporalAddress }), client, options);
  running = worker.run();

  const [port] = await freePorts(1);
  apiUrl = `http://127.0.0.1:${port}`;
  startApi = async () => {
    const { NODE_OPTIONS: _, VITEST: __, ...inherited } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
      env: {
        ...inherited,
        DATABASE_URL: url,
        PAYLOAD_KEYS: payloadKeys,
        TEMPORAL_ADDRESS: stack.temporalAddress,
        TEMPORAL_NAMESPACE: stack.namespace,
        PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) if (line.includes('listening')) break;
    return child;
  };
  api = await startApi();
}, patienceSeconds * 1_000);
afterAll(async () => {
  api?.kill('SIGKILL');
  worker?.shutdown();
  await running;
  await database?.close();
  await connection?.close();
  await stack?.stop();
});

const nobody = { deliverSoon() {}, deliverPending: async () => 0, stop: async () => {} };

/** The same request under the same key until it is answered with something that is not an outage. */
async function send<Body>(
  method: 'GET' | 'POST',
  path: string,
  as: string,
  body?: unknown,
  isAnswer: (answer: Body) => boolean = () => true,
): Promise<Body> {
  const key = randomUUID();
  return eventually(async () => {
    const response = await fetch(apiUrl + path, {
      method,
      headers: {
        Authorization: `Bearer ${keys[as]}`,
        'Content-Type': 'application/json',
        ...(method === 'POST' ? { 'Idempotency-Key': key } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerWithinMs),
    }).catch(() => undefined);
    const answered = response?.ok ? ((await response.json().catch(() => undefined)) as Body | undefined) : undefined;
    if (response && response.status < 500 && !response.ok && response.status !== 409) {
      expect(`${method} ${path}: ${response.status} ${await response.text()}`).toBe('no refusal');
    }
    if (answered !== undefined && isAnswer(answered)) return answered;
    await new Promise((resolve) => setTimeout(resolve, tryAgainMilliseconds));
    return undefined;
  }, patienceSeconds);
}

interface OrderBody {
  id: string;
  status: string;
  shipments: { id: string; status: string }[];
  invoices: { id: string }[];
}

let closed = 0;

/** One order from capture to cash. */
async function live(): Promise<string> {
  const lines = [{ sku: 'CHAIR', quantity: 1 }];
  const { id } = await send<{ id: string }>('POST', '/v1/orders', 'sales', {
    customerId: 'STEADY',
    channel: 'phone',
    currency: 'EUR',
    lines,
  });
  const becomes = (isSo: (order: OrderBody) => boolean) => send<OrderBody>('GET', `/v1/orders/${id}`, 'sales', undefined, isSo);
  const { shipments } = await becomes((order) => order.shipments.length > 0);
  await send('POST', `/v1/shipments/${shipments[0]!.id}/pick`, 'warehouse', { packed: true });
  const { invoices } = await becomes(({ status }) => status === 'invoiced');
  await send('POST', '/v1/payments', 'receivables', {
    customerId: 'STEADY',
    method: 'bank-transfer',
    currency: 'EUR',
    amountMinor: grossMinor,
    valueOn: today,
    invoiceIds: [invoices[0]!.id],
  });
  await becomes(({ status }) => status === 'closed');
  closed += 1;
  return id;
}

it('X1: the API, PostgreSQL and Temporal die by SIGKILL amid orders, and each order comes to its end once', {
  timeout: patienceSeconds * 2 * 1000,
}, async () => {
  const lives = Promise.all(
    Array.from({ length: atOnce }, async () => {
      const ids: string[] = [];
      for (let count = 0; count < livesEach; count += 1) ids.push(await live());
      return ids;
    }),
  );
  const struck: Promise<string>[] = [];
  const amidOrders = async () => {
    for (let count = 0; count < struckEach; count += 1) struck.push(live());
    await new Promise((resolve) => setTimeout(resolve, underWayMilliseconds));
  };
  const after = (count: number) => eventually(async () => closed >= count, patienceSeconds);
  const outages = (async () => {
    await after(1);
    await amidOrders();
    api.kill('SIGKILL');
    api = await startApi();
    await after(3);
    await amidOrders();
    await stack.crash('postgres', downMilliseconds);
    await after(5);
    await amidOrders();
    await stack.crash('temporal', downMilliseconds);
    return closed;
  })();
  const [led, closedAtLast] = [(await lives).flat(), await outages];
  const ids = [...led, ...(await Promise.all(struck))];

  expect(new Set(ids).size).toBe(orderCount);
  // The last outage struck orders too.
  expect(closedAtLast).toBeLessThan(orderCount);
  for (const id of ids) expect(await client.workflow.getHandle(id).result()).toEqual({ orderStatus: 'closed' });
  await eventually(async () => {
    const { rows } = await database.query<{ left: number }>(
      "SELECT count(*)::int AS left FROM notices WHERE status = 'queued'",
      [],
    );
    return rows[0]!.left === 0;
  }, patienceSeconds);
  await checkInvariants(database);
  const { rows: counted } = await database.query(
    `SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT count(*)::int FROM shipments) AS shipments,
       (SELECT count(*)::int FROM invoices) AS invoices, (SELECT count(*)::int FROM payments) AS payments,
       (SELECT count(*)::int FROM orders WHERE status <> 'closed') AS open`,
    [],
  );
  expect(counted).toEqual([{ orders: orderCount, shipments: orderCount, invoices: orderCount, payments: orderCount, open: 0 }]);
  expect(await trialBalance(database)).toEqual({
    bank: orderCount * grossMinor,
    inventory: (received - orderCount) * unitCostMinor,
    'cost-of-goods-sold': orderCount * unitCostMinor,
    revenue: -orderCount * unitPriceMinor,
    'tax-payable': -orderCount * (grossMinor - unitPriceMinor),
    'goods-received-clearing': -received * unitCostMinor,
  });
  const { rows: twice } = await database.query(
    'SELECT order_id, action, count(*)::int FROM audit_log WHERE order_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1',
    [],
  );
  expect(twice).toEqual([]);
  // The carrier may have been asked twice, and answers a key with its first booking; a mail may go out twice, under its one id.
  expect(new Set(bookings).size).toBe(orderCount);
  const { rows: notices } = await database.query('SELECT message_id FROM notices', []);
  expect(new Set(mails).size).toBe(notices.length);
});
