import { createHash, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { forwardWorkflow } from '../../clock/forward.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import type { Actor } from '../../db/statements/audit.ts';
import { addDays } from '../../domain/time.ts';
import type { Message } from '../../stack/mailbox.ts';
import { cancelOrder, confirmPick, decideCredit } from '../../workflows/messages.ts';
import {
  addCustomer,
  addProduct,
  address,
  addStock,
  instant,
  invoicesOf,
  openShipments,
  order,
  orderStatus,
  pay,
  setUpCompany,
  trialBalance,
} from '../company.ts';
import { checkInvariants } from '../invariants.ts';
import { dataConverter } from '../payloads.ts';
import { replayEverything } from '../replay/everything.ts';
import { createSuiteDatabase, eventually, takeNamespace } from '../suite.ts';
import type { Failpoint } from './failpoints.ts';
import { startWorkerProcesses, type WorkerProcesses } from './worker-processes.ts';

/*
 * The worker is a process of its own, and SIGKILL ends it in the middle of orders. Every order below has one instant of its
 * life at which it kills the worker that all of them share, so each kill strikes the others at whatever they are doing.
 */
interface Ids {
  customerId: string;
  orderId: string;
  shipmentId: string;
  invoiceId: string;
}

interface Kill {
  name: string;
  /** Armed just before the order goes into this part of its life. */
  part: 'intake' | 'shipping' | 'receivable' | 'payment' | 'cancellation' | 'decision';
  at: string;
  about: (ids: Ids) => string;
  when: Failpoint['when'];
  /** Where on its plan the order is carried to before it is paid. */
  dueDays?: number;
  /** The customer has no credit yet: finance decides, as soon as the order waits for it. */
  reviewed?: true;
}

const step = 'INSERT INTO steps';
const ofShipment =
  (name: string) =>
  ({ orderId, shipmentId }: Ids) =>
    `"${orderId}","${name}:${shipmentId}`;

const kills: Kill[] = [
  {
    name: 'the workflow is started, and the outbox does not know',
    part: 'intake',
    at: 'workflow.start',
    about: (ids) => ids.customerId,
    when: 'after',
  },
  {
    name: 'credit is held, before COMMIT',
    part: 'intake',
    at: 'INSERT INTO credit_holds',
    about: (ids) => ids.customerId,
    when: 'before-commit',
  },
  {
    name: 'credit is held, after COMMIT',
    part: 'intake',
    at: 'INSERT INTO credit_holds',
    about: (ids) => ids.customerId,
    when: 'after-commit',
  },
  {
    name: 'stock is reserved, before the answer',
    part: 'intake',
    at: 'INSERT INTO reservations',
    about: (ids) => ids.customerId,
    when: 'before-answer',
  },
  { name: 'the warehouse confirms, after COMMIT', part: 'shipping', at: step, about: ofShipment('pick'), when: 'after-commit' },
  {
    name: 'the carrier is called, before it hears',
    part: 'shipping',
    at: 'carrier.book',
    about: (ids) => ids.shipmentId,
    when: 'before',
  },
  {
    name: 'the carrier has booked, and nobody knows',
    part: 'shipping',
    at: 'carrier.book',
    about: (ids) => ids.shipmentId,
    when: 'after',
  },
  {
    name: 'goods are issued, before COMMIT',
    part: 'shipping',
    at: step,
    about: ofShipment('goods-issue'),
    when: 'before-commit',
  },
  {
    name: 'the invoice has its number, before COMMIT',
    part: 'shipping',
    at: step,
    about: ofShipment('invoice'),
    when: 'before-commit',
  },
  {
    name: 'the invoice is issued, before the answer',
    part: 'shipping',
    at: step,
    about: ofShipment('invoice'),
    when: 'before-answer',
  },
  {
    name: 'the mail server said ok, and nobody knows',
    part: 'shipping',
    at: "UPDATE notices SET status = 'sent'",
    about: (ids) => `${ids.shipmentId}:shipped`,
    when: 'before',
  },
  {
    name: 'the reminder falls due, before COMMIT',
    part: 'receivable',
    at: step,
    about: (ids) => `"${ids.invoiceId}","reminder"`,
    when: 'before-commit',
    dueDays: -10,
  },
  {
    name: 'the account goes on hold, after COMMIT',
    part: 'receivable',
    at: step,
    about: (ids) => `"${ids.invoiceId}","overdue"`,
    when: 'after-commit',
    dueDays: 2,
  },
  {
    name: 'the workflow heard of the payment, and the outbox does not know',
    part: 'payment',
    at: 'workflow.signal',
    about: (ids) => ids.orderId,
    when: 'after',
  },
  {
    name: 'the order closes, after COMMIT',
    part: 'payment',
    at: 'UPDATE orders SET status',
    about: (ids) => `"${ids.orderId}","closed"`,
    when: 'after-commit',
  },
  {
    name: 'a person approves the credit, after COMMIT',
    part: 'decision',
    at: step,
    about: (ids) => `"${ids.orderId}","decide:`,
    when: 'after-commit',
    reviewed: true,
  },
  {
    name: 'the order waits for finance, after COMMIT, and is decided before the next worker asks',
    part: 'intake',
    at: 'INSERT INTO tasks',
    about: (ids) => ids.customerId,
    when: 'after-commit',
    reviewed: true,
  },
  {
    name: 'the first step outlasts its task, before COMMIT, and is decided before the next worker asks',
    part: 'intake',
    at: 'INSERT INTO tasks',
    about: (ids) => ids.customerId,
    when: 'stalled',
    reviewed: true,
  },
  {
    name: 'the order is cancelled in the warehouse, after COMMIT',
    part: 'cancellation',
    at: step,
    about: (ids) => `"${ids.orderId}","cancel:`,
    when: 'after-commit',
  },
];

const run = randomUUID().slice(0, 6).toUpperCase();
const analyst: Actor = { name: 'analyst', verified: true };
const warehouse: Actor = { name: 'warehouse', verified: true };
const unitPriceMinor = 50_000;
const unitCostMinor = 30_000;
const received = 100;
const quantity = 2;
const grossMinor = 120_000;
// Far more than it takes, for machines that are busy with something else.
const recoverySeconds = 300;
const lookMilliseconds = 250;

let database: Database;
let client: Client;
let connection: Connection;
let workers: WorkerProcesses;
let carrierServer: Server;
let drop: () => Promise<void>;
/** Every booking the carrier made, by key: it answers a repeated key with the first one. */
const bookings = new Map<string, string[]>();
const world = { delivery: { deliverSoon() {}, deliverPending: async () => 0, stop: async () => {} } };

beforeAll(async () => {
  const suiteDatabase = await createSuiteDatabase();
  drop = suiteDatabase.drop;
  database = openDatabase({ url: suiteDatabase.url, role: 'throughline_api', maxConnections: 20 });
  connection = await Connection.connect({ address: inject('temporalAddress') });
  const namespace = await takeNamespace();
  client = new Client({ connection, namespace, dataConverter });
  carrierServer = createServer((request, response) => {
    void text(request).then((body) => {
      const { key } = JSON.parse(body) as { key: string };
      const trackingNumber = `PS${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
      if (request.url === '/book') bookings.set(key, [...(bookings.get(key) ?? []), trackingNumber]);
      response.end(JSON.stringify({ carrier: 'Parcel Simulator', trackingNumber }));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => carrierServer.once('listening', resolve));

  await setUpCompany(database);
  await addProduct(database, 'CHAIR', unitPriceMinor);
  await addStock({ database, ...world }, 'CHAIR', received, unitCostMinor);
  workers = await startWorkerProcesses(
    {
      DATABASE_URL: suiteDatabase.url,
      SMTP_URL: inject('smtpUrl'),
      CARRIER_URL: `http://127.0.0.1:${(carrierServer.address() as AddressInfo).port}`,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: namespace,
    },
    // What the dead worker had claimed would come back when its lease has run out; the test does not wait that long.
    async () => {
      await database.query('UPDATE outbox SET claimed_until = NULL WHERE delivered_at IS NULL');
    },
  );
});
afterAll(async () => {
  workers?.stop();
  carrierServer?.close();
  await database?.close();
  await connection?.close();
  await drop?.();
});

/** `eventually`, patiently: many orders wait at once, and looking costs time that the workers need. */
const patiently = <Found>(look: () => Promise<Found | undefined | false>): Promise<Found> =>
  eventually(async () => {
    const found = await look();
    if (found === undefined || found === false) await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
    return found;
  }, recoverySeconds);

/** The same message until it is answered, as a caller with an Idempotency-Key repeats it. */
function message<Result>(send: (updateId: string) => Promise<Result>): Promise<Result> {
  const updateId = randomUUID();
  return patiently(async () => (await send(updateId)) ?? undefined) as Promise<Result>;
}

/** Leads one order through its life, with its kill armed, and gives what became of it. */
async function live(kill: Kill, number: number): Promise<Ids & { status: string }> {
  const ids: Ids = { customerId: `KILL-${run}-${number}`, orderId: '', shipmentId: '', invoiceId: '' };
  const arm = async (part: Kill['part']) => {
    if (kill.part === part) await workers.arm({ name: kill.name, at: kill.at, about: kill.about(ids), when: kill.when });
  };
  const become = async (status: string) => {
    await patiently(async () => (await orderStatus(database, ids.orderId)) === status);
    return { ...ids, status };
  };

  await addCustomer(database, ids.customerId, kill.reviewed ? {} : { limitMinor: 1_000_000 });
  await arm('intake');
  const shipTo = { ...address, name: `Goods in of ${ids.customerId}` };
  ids.orderId = await order({ database, ...world }, ids.customerId, [{ sku: 'CHAIR', quantity }], { shipTo });
  const workflow = client.workflow.getHandle(ids.orderId);

  if (kill.reviewed) {
    if (kill.when === 'stalled') await patiently(async () => workers.hasStruck(kill.name));
    else await become('credit-review');
    await arm('decision');
    const decision = { decision: 'approve' as const, limitMinor: 500_000, reason: 'known to us', actor: analyst };
    await message((updateId) => workflow.executeUpdate(decideCredit, { updateId, args: [decision] }));
  }

  const shipments = await patiently(async () => {
    const found = await openShipments(database, ids.orderId);
    return found.length > 0 && found;
  });
  expect(shipments).toHaveLength(1);
  ids.shipmentId = shipments[0]!;
  if (kill.part === 'cancellation') {
    await arm('cancellation');
    const request = { reason: 'changed their mind', actor: warehouse };
    await message((updateId) => workflow.executeUpdate(cancelOrder, { updateId, args: [request] }));
    return become('cancelled');
  }

  await arm('shipping');
  const pick = { shipmentId: ids.shipmentId, short: [], packed: true, actor: warehouse };
  await message((updateId) => workflow.executeUpdate(confirmPick, { updateId, args: [pick] }));
  await become('invoiced');
  const invoice = (await invoicesOf(database, ids.orderId))[0]!;
  ids.invoiceId = invoice.id;

  await arm('receivable');
  if (kill.dueDays !== undefined) {
    await forwardWorkflow(client, ids.orderId, instant(addDays(invoice.dueOn, kill.dueDays)));
    await patiently(async () => workers.hasStruck(kill.name));
  }
  await arm('payment');
  await pay({ database, ...world }, ids.customerId, grossMinor, `invoice ${invoice.id}`);
  return become('closed');
}

describe.concurrent('the worker is killed with SIGKILL when', () => {
  for (const [number, kill] of kills.entries()) {
    it(`X1: ${kill.name}: the order goes on to its end`, { timeout: recoverySeconds * 1000 }, async () => {
      const { orderId, status, customerId } = await live(kill, number);
      await patiently(async () => workers.hasStruck(kill.name));
      expect(await client.workflow.getHandle(orderId).result()).toEqual({ orderStatus: status });
      const { rows: accounts } = await database.query(
        `SELECT open_receivables_minor + shipped_not_invoiced_minor + approved_not_shipped_minor AS exposure,
           unapplied_cash_minor AS unapplied, on_hold_since AS hold FROM credit_accounts WHERE customer_id = $1`,
        [customerId],
      );
      expect(accounts).toEqual([{ exposure: 0, unapplied: 0, hold: null }]);
    });
  }
});

describe('after all kills', () => {
  const paid = kills.filter(({ part }) => part !== 'cancellation').length;

  it('X1: every process died where it was meant to, and nowhere else', () => {
    expect(new Set(workers.fired).size).toBe(workers.fired.length);
    // A few may fall together: two orders at their instants within the same millisecond.
    expect(workers.fired.length).toBeGreaterThanOrEqual(kills.length - 4);
    expect(workers.accidents).toEqual([]);
  });

  it('X1, A3: every invoice, posting and movement is there once, and the books balance', async () => {
    await checkInvariants(database);
    const { rows: invoices } = await database.query<{ id: string; orderId: string }>(
      'SELECT id, order_id AS "orderId" FROM invoices ORDER BY id',
    );
    expect(new Set(invoices.map(({ orderId }) => orderId)).size).toBe(paid);
    expect(invoices.map(({ id }) => Number(id.split('-').at(-1)))).toEqual(Array.from({ length: paid }, (_, index) => index + 1));
    const { rows: entries } = await database.query(
      'SELECT kind, count(*)::int AS count, count(DISTINCT order_id)::int AS orders FROM journal_entries GROUP BY kind ORDER BY kind',
    );
    expect(entries).toEqual([
      { kind: 'goods-issue', count: paid, orders: paid },
      { kind: 'goods-received', count: 1, orders: 0 },
      { kind: 'invoice', count: paid, orders: paid },
      { kind: 'receipt', count: paid, orders: 0 },
    ]);
    const netMinor = quantity * unitPriceMinor;
    expect(await trialBalance(database)).toEqual({
      bank: paid * grossMinor,
      inventory: (received - paid * quantity) * unitCostMinor,
      'cost-of-goods-sold': paid * quantity * unitCostMinor,
      revenue: -paid * netMinor,
      'tax-payable': -paid * (grossMinor - netMinor),
      'goods-received-clearing': -received * unitCostMinor,
    });
    const { rows: stock } = await database.query("SELECT on_hand, reserved FROM stock WHERE warehouse_id = 'WH-NORTH'");
    expect(stock).toEqual([{ on_hand: received - paid * quantity, reserved: 0 }]);
    // The timeline tells every turn of an order's life once, and of each task there is one.
    const { rows: twice } = await database.query(
      `SELECT order_id, action, count(*)::int FROM audit_log WHERE order_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1
       UNION ALL SELECT order_id, kind, count(*)::int FROM tasks WHERE order_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1`,
    );
    expect(twice).toEqual([]);
  });

  it('X1: the carrier booked each shipment under one key', async () => {
    const { rows: shipped } = await database.query<{ id: string; trackingNumber: string }>(
      `SELECT id, tracking_number AS "trackingNumber" FROM shipments WHERE status = 'shipped' ORDER BY id`,
    );
    expect(shipped).toHaveLength(paid);
    expect([...bookings.keys()].sort()).toEqual(shipped.map(({ id }) => id));
    for (const { id, trackingNumber } of shipped) expect(new Set(bookings.get(id))).toEqual(new Set([trackingNumber]));
    // The one that was booked without our knowing was asked for again, under the same key.
    expect([...bookings.values()].some((requests) => requests.length > 1)).toBe(true);
  });

  it('X1: each mail went out under one Message-ID', async () => {
    const unsent = () =>
      database.query(
        `SELECT key FROM notices WHERE status = 'queued' UNION ALL SELECT key FROM outbox WHERE delivered_at IS NULL`,
      );
    await patiently(async () => (await unsent()).rows.length === 0);
    const { rows: notices } = await database.query<{ messageId: string; recipient: string; status: string }>(
      'SELECT message_id AS "messageId", recipient, status FROM notices',
    );
    const sent = notices.filter(({ status }) => status === 'sent');
    expect(sent.length).toBeGreaterThanOrEqual(3 * paid);
    const answer = await fetch(`${inject('mailboxUrl')}/messages`);
    const { messages } = (await answer.json()) as { messages: Message[] };
    const ours = messages.filter(({ to }) => to.some((recipient) => recipient.startsWith(`kill-${run.toLowerCase()}-`)));
    const name = ({ messageId, recipient }: { messageId: string; recipient: string }) => `${messageId} ${recipient}`;
    const delivered = ours.map(({ messageId, to }) => name({ messageId, recipient: to[0]! }));
    expect(new Set(delivered).size).toBe(delivered.length);
    expect(delivered).toEqual(expect.arrayContaining(sent.map(name)));
    // A reminder that had gone out when its worker died may be kept back at the second try: the money came in between.
    expect(notices.map(name)).toEqual(expect.arrayContaining(delivered));
    expect(ours.some(({ deliveries }) => deliveries > 1)).toBe(true);
  });

  it('X1: whatever the orders lived through replays', async () => {
    expect(await replayEverything(client)).toBe(kills.length);
  });

  it('X1: every order has one workflow with one run', async () => {
    const { rows: orders } = await database.query<{ id: string }>('SELECT id FROM orders');
    for (const { id } of orders) {
      const { firstExecutionRunId, runId } = await client.workflow
        .getHandle(id)
        .describe()
        .then(({ raw, runId }) => ({ runId, firstExecutionRunId: raw.workflowExecutionInfo?.firstRunId }));
      expect(firstExecutionRunId).toBe(runId);
    }
    expect(orders).toHaveLength(kills.length);
  });
});
