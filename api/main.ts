import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import pino from 'pino';
import { finishAdvance } from '../clock/advance.ts';
import { openDatabase } from '../db/client.ts';
import { exampleCustomer, localPeople } from '../db/local-people.ts';
import { createDelivery, type DeliveryProblem } from '../outbox/deliver.ts';
import { createDataConverter } from '../payloads/codec.ts';
import { createApp } from './app.ts';
import { createOrderFeed } from './order-feed.ts';
import { createSignIn } from './sign-in.ts';
import { createStockFeed } from './stock-feed.ts';

const { DATABASE_URL: databaseUrl, PAYLOAD_KEYS: payloadKeys, THROUGHLINE_LOCAL } = process.env;
const { PORT = '3000', HOST = '127.0.0.1', LOG_LEVEL = 'info' } = process.env;
if (!databaseUrl) throw new Error('DATABASE_URL is not set');
if (!payloadKeys) throw new Error('PAYLOAD_KEYS is not set');

const logger = pino({ level: LOG_LEVEL });
const database = openDatabase({ url: databaseUrl, role: 'throughline_api' });

// Connects at the first message, and again whenever it must: orders are accepted while Temporal is down.
const { connectionOptions, namespace = 'throughline' } = loadClientConnectConfig();
const connection = Connection.lazy(connectionOptions as ConnectionOptions);
const client = new Client({ connection, namespace, dataConverter: createDataConverter(payloadKeys) });
const onProblem = (problem: DeliveryProblem) => logger.warn(problem, 'a message is not delivered yet');
const delivery = createDelivery({ database, client: async () => client, onProblem });

// A server that cannot skip time leaves the clock where it is.
const local = THROUGHLINE_LOCAL === '1' && process.env.THROUGHLINE_TIME_SKIPPING !== '0';
const requestsPerMinute = Number(process.env.REQUESTS_PER_MINUTE ?? 600_000);
const stockFeed = createStockFeed({ database, logger });
const gatewaySecrets = secretsOf('STRIPE_WEBHOOK_SECRETS');
const easyPostSecrets = secretsOf('EASYPOST_WEBHOOK_SECRETS');
const orderFeed = createOrderFeed({ database, logger });
const people = openPeople();
const temporalUi = process.env.TEMPORAL_UI_URL && `${process.env.TEMPORAL_UI_URL}/namespaces/${namespace}/workflows`;
const app = createApp({
  database,
  client,
  delivery,
  stockFeed,
  orderFeed,
  local,
  logger,
  requestsPerMinute,
  gatewaySecrets,
  easyPostSecrets,
  temporalUi,
  mailbox: local ? process.env.MAILBOX_URL : undefined,
  ...(people && { signIn: people.signIn }),
});
const server = app.listen(Number(PORT), HOST);
await once(server, 'listening');
logger.info(`listening on http://${HOST}:${PORT}`);
if (local) {
  finishAdvance({ database, client, delivery }).catch((error) => logger.warn({ error: String(error) }, 'the clock stands still'));
}

/** Sign-in of people, where there is a secret to sign their sessions with. */
function openPeople() {
  const { SESSION_SECRET: secret, PUBLIC_URL: publicUrl } = process.env;
  if (!secret) return undefined;
  const sessions = openDatabase({ url: databaseUrl!, role: 'throughline_api', maxConnections: 5, instantsAreDates: true });
  const { OIDC_DISCOVERY_URL: discoveryUrl, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = process.env;
  const oidc =
    discoveryUrl && clientId && clientSecret
      ? { discoveryUrl, clientId, clientSecret, name: process.env.OIDC_NAME ?? 'your company' }
      : undefined;
  const onThisMachine = THROUGHLINE_LOCAL === '1' ? localPeople(secret, exampleCustomer) : undefined;
  const signIn = createSignIn({ pool: sessions.pool, database, secret, publicUrl, oidc, localPeople: onThisMachine, logger });
  return { signIn, close: () => sessions.close() };
}

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void stop();
  });
}

/** Lets requests and deliveries under way come to their end, within limits, and takes no new ones. */
async function stop(): Promise<void> {
  stockFeed.stop();
  orderFeed.stop();
  const closed = new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
  });
  await Promise.race([closed, setTimeout(10_000)]);
  // What is not delivered now stays in the outbox.
  await Promise.race([delivery.stop(), setTimeout(5_000)]);
  await people?.close();
  await database.close();
  await connection.close();
  process.exit(0);
}

/** While one secret replaces another, both are good. */
function secretsOf(setting: string): string[] {
  const secrets = (process.env[setting] ?? '').split(',').filter((secret) => secret !== '');
  if (secrets.length > 2) throw new Error(`${setting} holds more than two secrets`);
  return secrets;
}
