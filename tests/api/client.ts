import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { type AppOptions, createApp } from '../../api/app.ts';
import { createOrderFeed } from '../../api/order-feed.ts';
import { routes } from '../../api/routes/index.ts';
import { problem } from '../../api/schemas.ts';
import { createStockFeed } from '../../api/stock-feed.ts';
import { ensureLocalKeys } from '../../db/local-keys.ts';
import type { Suite } from '../suite.ts';

export interface Answered {
  status: number;
  /** Held against the contract's own schema by now. */
  body: ReturnType<typeof JSON.parse>;
  headers: Headers;
}

export interface Asking {
  /** The name of a key: 'finance'. Absent: no key at all. */
  as?: string;
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

/** What the API serves: a suite, or books without an engine. */
type Served = Pick<Suite, 'database' | 'databaseUrl' | 'delivery'> & { client: Suite['client'] | undefined };

/** The API on a port of its own, and a client that holds every answer against the contract. */
export async function startApi(suite: Served, options: Partial<AppOptions> = {}) {
  const keys = await ensureLocalKeys(suite.databaseUrl, 'tests');
  const { database, client, delivery } = suite;
  const logger = pino({ level: 'error' });
  const { stockFeed = createStockFeed({ database, logger, pollMs: 20 }) } = options;
  const orderFeed = createOrderFeed({ database, logger, pollMs: 20 });
  const app = createApp({ database, client, delivery, stockFeed, orderFeed, local: true, logger, ...options });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function ask(method: string, path: string, { as, body, raw, headers = {} }: Asking = {}): Promise<Answered> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(as ? { Authorization: `Bearer ${keys[as] ?? as}` } : {}),
        ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    });
    const type = response.headers.get('content-type') ?? '';
    // Events do not end: who asks for them like this wants the head alone.
    if (type.includes('event-stream')) await response.body?.cancel();
    const answered = {
      status: response.status,
      body: type.includes('json')
        ? await response.json()
        : response.bodyUsed
          ? undefined
          : Buffer.from(await response.arrayBuffer()),
      headers: response.headers,
    };
    mustKeepContract(method, path, answered);
    return answered;
  }

  return {
    url,
    keys,
    ask,
    get: (path: string, as: string) => ask('GET', path, { as }),
    post: (path: string, as: string, body?: unknown, headers: Record<string, string> = {}) =>
      ask('POST', path, { as, body, headers }),
    put: (path: string, as: string, body: unknown) => ask('PUT', path, { as, body }),
    async stop() {
      stockFeed.stop();
      orderFeed.stop();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
export type Api = Awaited<ReturnType<typeof startApi>>;

/** What is answered is what the OpenAPI document says: every test is a test of it. */
function mustKeepContract(method: string, path: string, { status, body, headers }: Answered): void {
  const type = headers.get('content-type') ?? '';
  if (status >= 400 && path !== '/readyz') {
    if (!type.startsWith('application/problem+json')) throw new Error(`${method} ${path}: ${status} is no problem but ${type}`);
    problem.parse(body);
    return;
  }
  const plain = path.split('?')[0]!;
  const route = routes.find((candidate) => candidate.method === method.toLowerCase() && patternOf(candidate.path).test(plain));
  if (!route || route.contentType) return;
  const schema = route.responses[status];
  if (!schema) throw new Error(`${method} ${path}: ${status} is not in the contract`);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Error(`${method} ${path}: ${JSON.stringify(parsed.error.issues)}\n${JSON.stringify(body)}`);
}

const patternOf = (path: string) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
