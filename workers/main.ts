import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { openDatabase } from '../db/client.ts';
import { readClock } from '../db/statements/company.ts';
import { createDataConverter } from '../payloads/codec.ts';
import { createCarrierSimulator } from '../ports/adapters/carrier-simulator.ts';
import { createEasyPost } from '../ports/adapters/easypost.ts';
import { createImapMailbox } from '../ports/adapters/imap.ts';
import { noCarrier } from '../ports/adapters/no-carrier.ts';
import { createPaymentGatewaySimulator } from '../ports/adapters/payment-gateway-simulator.ts';
import { createSmtp } from '../ports/adapters/smtp.ts';
import { createStripe } from '../ports/adapters/stripe.ts';
import { createWebhookSender } from '../ports/adapters/webhook-sender.ts';
import { scheduleJobs } from './jobs-schedule.ts';
import { createWorker } from './worker.ts';

/*
 * The composition root of the worker process: the only place that builds adapters. Settings come from the environment:
 * DATABASE_URL, SMTP_URL, PAYLOAD_KEYS, ORDERS_IMAP_URL (absent: no mailbox is read), PUBLIC_URL (absent: mails carry no links), STRIPE_SECRET_KEY
 * (absent: no cards, but the simulator on a local stack), and Temporal's own TEMPORAL_* variables or temporal.toml.
 */
function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    console.error(`${name} is not set`);
    process.exit(1);
  }
  return value;
}

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });

const database = openDatabase({ url: required('DATABASE_URL'), role: 'throughline_worker', maxConnections: 30 });
const email = createSmtp(required('SMTP_URL'));
const imapUrl = process.env.ORDERS_IMAP_URL;
const ordersMailbox = imapUrl ? createImapMailbox(imapUrl) : undefined;
const isLocal = process.env.THROUGHLINE_LOCAL === '1';
// Numbers that a simulator makes up must not reach customers: only a local stack has one.
const easyPostKey = process.env.EASYPOST_API_KEY;
const carrier = easyPostKey ? createEasyPost({ apiKey: easyPostKey }) : isLocal ? createCarrierSimulator() : noCarrier;
const webhookReceiver = createWebhookSender({ localReceivers: isLocal });
// Money that a simulator takes is none: only a local stack has one.
const stripeKey = process.env.STRIPE_SECRET_KEY;
const simulated = isLocal ? createPaymentGatewaySimulator({ now: async () => (await readClock(database)).at }) : undefined;
const cards = stripeKey ? createStripe({ secretKey: stripeKey }) : simulated;

const temporal = loadClientConnectConfig();
const namespace = temporal.namespace ?? 'throughline';
const dataConverter = createDataConverter(required('PAYLOAD_KEYS'));
const connection = await NativeConnection.connect(temporal.connectionOptions);
const client = new Client({ connection: await Connection.connect(temporal.connectionOptions), namespace, dataConverter });

const publicUrl = process.env.PUBLIC_URL?.replace(/\/+$/, '') || undefined;

const worker = await createWorker(
  { database, carrier, email, cards, publicUrl, ordersMailbox, webhookReceiver },
  connection,
  client,
  {
    namespace,
    dataConverter,
  },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => worker.shutdown());

// An engine without schedules must not keep orders from being worked on.
await scheduleJobs(client).catch((error: Error) => console.error(`no schedule for the jobs: ${error.message}`));
const running = worker.run();
console.log('ready');
await running;
email.close();
await database.close();
await connection.close();
await client.connection.close();
