import { readFile } from 'node:fs/promises';
import { openDatabase } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { placeOrder } from '../db/transactions/place-order.ts';
import { withPostgres } from '../stack/postgres.ts';
import { customers, orderRequest, products, setUpCompany } from './company.ts';
import type { NaiveOrder } from './naive/activities.ts';
import { type NaiveSql, naiveTaskQueue } from './naive/task-queue.ts';
import { freshDatabase, type Part, type Parts } from './parts.ts';
import { createWatch } from './watch.ts';

/** One way of taking an order through its life, from outside: each step returns when the outside can see its effect. */
export interface Program {
  name: string;
  /** Whose statements and CPU time are its own. */
  processes: Part[];
  /** Gives the order's id once it is accepted. */
  place(index: number, run: string): Promise<string>;
  /** The one message of the warehouse; returns when the order is invoiced. */
  fulfil(orderId: string): Promise<void>;
  /** The payment; returns when the order is closed. */
  pay(orderId: string): Promise<void>;
  workflowId(orderId: string): string;
  stop(): Promise<void>;
}

/** Ours: through the API, as a sales system, a warehouse and a bank would. */
export function ours(parts: Parts): Program {
  interface Seen {
    id: string;
    status: string;
    shipmentId: string | null;
    invoiceId: string | null;
    grossMinor: number;
    customerId: string;
  }
  const watch = createWatch<Seen>(async (ids) => {
    const { rows } = await parts.database.query<Seen>(
      `SELECT o.id, o.status, o.gross_minor AS "grossMinor", o.customer_id AS "customerId",
         (SELECT id FROM shipments WHERE order_id = o.id AND status = 'picking') AS "shipmentId",
         (SELECT id FROM invoices WHERE order_id = o.id) AS "invoiceId" FROM orders o WHERE id = ANY ($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  });
  const post = async <Body>(key: string, path: string, body: unknown, idempotencyKey: string): Promise<Body> => {
    const response = await fetch(`${parts.apiUrl}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${parts.keys[key]}`,
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Body;
  };
  return {
    name: 'Throughline',
    processes: [parts.worker, parts.api],
    async place(index, run) {
      const { id } = await post<{ id: string }>('sales', '/v1/orders', orderRequest(index), `${run}-${index}`);
      return id;
    },
    async fulfil(orderId) {
      const { shipmentId } = await watch(orderId, (seen) => seen.shipmentId !== null);
      await post('warehouse', `/v1/shipments/${shipmentId}/pick`, { packed: true }, `pick-${shipmentId}`);
      await watch(orderId, (seen) => seen.status === 'invoiced');
    },
    async pay(orderId) {
      const { customerId, grossMinor, invoiceId } = await watch(orderId, (seen) => seen.invoiceId !== null);
      await post(
        'finance',
        '/v1/payments',
        {
          customerId,
          method: 'bank-transfer',
          currency: 'EUR',
          amountMinor: grossMinor,
          valueOn: new Date().toISOString().slice(0, 10),
          invoiceIds: [invoiceId],
        },
        `pay-${orderId}`,
      );
      await watch(orderId, (seen) => seen.status === 'closed');
    },
    workflowId: (orderId) => orderId,
    stop: async () => {},
  };
}

/**
 * The naive program of the same story: no API, no outbox, no mail; its client starts and signals directly. Its steps send
 * a handful of statements of their own, without audit, ledger rules or idempotency keys; or they send our transactions.
 */
export async function naive(parts: Parts, sql: NaiveSql): Promise<Program> {
  const name = `naive, ${sql === 'ours' ? 'our' : 'its own'} SQL`;
  const url = await freshDatabase(parts, `naive_${sql}`);
  if (sql === 'ours') {
    await migrate(url);
    await setUpCompany(url);
  } else {
    await setUpNaive(url);
  }
  const worker = await parts.start(name, 'bench/naive/worker.ts', { environment: { DATABASE_URL: url, NAIVE_SQL: sql } });
  const database = openDatabase({ url, maxConnections: 8 });
  const watch = createWatch<string>(async (ids) => {
    const { rows } = await database.query<{ id: string; status: string }>('SELECT id, status FROM orders WHERE id = ANY ($1)', [
      ids,
    ]);
    return new Map(rows.map((row) => [row.id, row.status]));
  });
  const { workflow } = parts.client;
  const workflowId = (orderId: string) => `naive ${sql} ${orderId}`;
  const placed = async (index: number, run: string): Promise<NaiveOrder> => {
    const request = orderRequest(index);
    const { customerId, lines } = request;
    if (sql === 'own') return { orderId: `${run}-${index}`, customerId, lines, grossMinor: 4798 };
    const key = { principal: 'bench', idempotencyKey: `${run}-${index}`, fingerprint: '' };
    const { order } = await placeOrder(database, { request, actor: 'bench', ...key });
    return { orderId: order.id, customerId, lines, grossMinor: order.grossMinor };
  };
  return {
    name,
    processes: [worker],
    async place(index, run) {
      const order = await placed(index, run);
      const args = [order];
      await workflow.start('naiveOrder', { taskQueue: naiveTaskQueue(sql), workflowId: workflowId(order.orderId), args });
      return order.orderId;
    },
    async fulfil(orderId) {
      await watch(orderId, (status) => status === 'reserved' || status === 'in-fulfilment');
      await workflow.getHandle(workflowId(orderId)).signal('packed');
      await watch(orderId, (status) => status === 'invoiced');
    },
    async pay(orderId) {
      await workflow.getHandle(workflowId(orderId)).signal('paid');
      await watch(orderId, (status) => status === 'closed');
    },
    workflowId,
    stop: () => database.close(),
  };
}

async function setUpNaive(url: string): Promise<void> {
  await withPostgres(url, async (client) => {
    await client.query(await readFile(new URL('naive/schema.sql', import.meta.url), 'utf8'));
    await client.query('INSERT INTO customers (id, limit_minor) SELECT id, 1000000000000 FROM unnest($1::text[]) AS id', [
      customers,
    ]);
    await client.query('INSERT INTO stock (sku, on_hand) SELECT sku, 10000000 FROM unnest($1::text[]) AS sku', [products]);
  });
}
