import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import pino from 'pino';
import { finishAdvance } from '../clock/advance.ts';
import { openDatabase } from '../db/client.ts';
import { createDelivery, type DeliveryProblem } from '../outbox/deliver.ts';
import { createApp } from './app.ts';
import { createStockFeed } from './stock-feed.ts';

const { DATABASE_URL: databaseUrl, PORT = '3000', HOST = '127.0.0.1', THROUGHLINE_LOCAL, LOG_LEVEL = 'info' } = process.env;
if (!databaseUrl) throw new Error('DATABASE_URL is not set');

const logger = pino({ level: LOG_LEVEL });
const database = openDatabase({ url: databaseUrl, role: 'throughline_api' });

// Connects at the first message, and again whenever it must: orders are accepted while Temporal is down.
const { connectionOptions, namespace = 'throughline' } = loadClientConnectConfig();
const connection = Connection.lazy(connectionOptions as ConnectionOptions);
const client = new Client({ connection, namespace });
const onProblem = (problem: DeliveryProblem) => logger.warn(problem, 'a message is not delivered yet');
const delivery = createDelivery({ database, client: async () => client, onProblem });

// A server that cannot skip time leaves the clock where it is.
const local = THROUGHLINE_LOCAL === '1' && process.env.THROUGHLINE_TIME_SKIPPING !== '0';
const requestsPerMinute = Number(process.env.REQUESTS_PER_MINUTE ?? 600_000);
const stockFeed = createStockFeed({ database, logger });
// While one secret replaces another, both are good.
const gatewaySecrets = (process.env.STRIPE_WEBHOOK_SECRETS ?? '').split(',').filter((secret) => secret !== '');
if (gatewaySecrets.length > 2) throw new Error('STRIPE_WEBHOOK_SECRETS holds more than two secrets');
const app = createApp({ database, client, delivery, stockFeed, local, logger, requestsPerMinute, gatewaySecrets });
const server = app.listen(Number(PORT), HOST);
await once(server, 'listening');
logger.info(`listening on http://${HOST}:${PORT}`);
if (local) {
  finishAdvance({ database, client, delivery }).catch((error) => logger.warn({ error: String(error) }, 'the clock stands still'));
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
  const closed = new Promise((resolve) => {
    server.close(resolve);
    server.closeIdleConnections();
  });
  await Promise.race([closed, setTimeout(10_000)]);
  // What is not delivered now stays in the outbox.
  await Promise.race([delivery.stop(), setTimeout(5_000)]);
  await database.close();
  await connection.close();
  process.exit(0);
}
