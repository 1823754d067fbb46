import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowClientInterceptor } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { type Duration, msToTs } from '@temporalio/common/lib/time';
import type { WorkerOptions } from '@temporalio/worker';
import { NativeConnection } from '@temporalio/worker';
import pg from 'pg';
import { inject } from 'vitest';
import type { Dependencies } from '../activities/index.ts';
import { advanceClock } from '../clock/advance.ts';
import { type Database, openDatabase } from '../db/client.ts';
import type { Actor } from '../db/statements/audit.ts';
import { fromMillis, type IsoInstant } from '../domain/time.ts';
import type { Delivery } from '../outbox/deliver.ts';
import { createCarrierSimulator } from '../ports/adapters/carrier-simulator.ts';
import type { Email } from '../ports/email.ts';
import { prepareNamespace } from '../stack/temporal/namespace.ts';
import { readTemporalSettings } from '../stack/temporal/settings.ts';
import { createWorker, type ThroughlineWorker } from '../workers/worker.ts';
import { dataConverter } from './payloads.ts';
import { replayEverything } from './replay/everything.ts';
import { installRuntime } from './runtime.ts';

export const tester: Actor = { name: 'tester', verified: true };

/** A test file's own world: a copy of the template database and a namespace, on the run's servers. */
export interface Suite {
  database: Database;
  databaseUrl: string;
  client: Client;
  delivery: Delivery;
  /** Every mail sent, in order. */
  mails: Email[];
  /** Every request that reached the carrier. */
  carrierRequests: { kind: 'book' | 'void'; key: string; service: string | undefined }[];
  worker: ThroughlineWorker;
  /** The company's time. */
  now(): Promise<IsoInstant>;
  setClock(at: IsoInstant): Promise<void>;
  advanceTo(at: IsoInstant): Promise<void>;
  stop(): Promise<void>;
}

/** A database of its own: with the newest schema, or without any. */
export async function createSuiteDatabase(
  template = inject('templateDatabase'),
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `suite_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const adminUrl = inject('adminDatabaseUrl');
  const run = async (statement: string) => {
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    await admin.query(statement);
    await admin.end();
  };
  // The other strategy writes every page to the log first, which takes eight times as long.
  await run(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) };
}

let nextNamespace: Promise<string> | undefined;

/** A namespace of its own. All parts of the server know a new one after two seconds, so the one for the next suite is made ahead. */
export function takeNamespace(): Promise<string> {
  const taken = nextNamespace ?? makeNamespace();
  nextNamespace = makeNamespace();
  // Whoever takes it hears of what went wrong; after the last suite nobody does.
  nextNamespace.catch(() => {});
  return taken;
}

async function makeNamespace(): Promise<string> {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  const namespace = `suite-${randomUUID().slice(0, 8)}`;
  await prepareNamespace(connection, { ...readTemporalSettings(), namespace });
  await connection.close();
  return namespace;
}

export async function startSuite(
  options: {
    dependencies?: Partial<Dependencies>;
    /** The worker's database as a test wants it: slow, for example. */
    database?: (real: Database) => Database;
    worker?: Partial<WorkerOptions>;
    /** Absent: everything is encrypted. */
    dataConverter?: DataConverter;
    workerless?: boolean;
    /** Absent: the server's own, ten seconds. */
    workflowTaskTimeout?: Duration;
  } = {},
): Promise<Suite> {
  installRuntime();
  const { url: databaseUrl, drop } = await createSuiteDatabase();
  const database = openDatabase({ url: databaseUrl, role: 'throughline_worker', maxConnections: 12 });
  const address = inject('temporalAddress');
  const namespace = await takeNamespace();
  const connection = await Connection.connect({ address });
  const converter = options.dataConverter ?? dataConverter;
  const client = new Client({
    connection,
    namespace,
    dataConverter: converter,
    interceptors: { workflow: [withTaskTimeout(options.workflowTaskTimeout)] },
  });
  const nativeConnection = await NativeConnection.connect({ address });

  const mails: Email[] = [];
  const carrierRequests: Suite['carrierRequests'] = [];
  const dependencies: Dependencies = {
    database: options.database?.(database) ?? database,
    carrier: createCarrierSimulator({ onRequest: (kind, key, service) => carrierRequests.push({ kind, key, service }) }),
    email: {
      async send(email) {
        mails.push(email);
      },
    },
    ...options.dependencies,
  };
  const worker = await createWorker(dependencies, nativeConnection, client, {
    namespace,
    dataConverter: converter,
    ...options.worker,
  });
  const running = options.workerless ? undefined : worker.run();
  // The API's rights, for what tests do in its place.
  const apiDatabase = openDatabase({ url: databaseUrl, role: 'throughline_api', maxConnections: 12 });
  const { delivery } = worker;

  return {
    database: apiDatabase,
    databaseUrl,
    client,
    delivery,
    mails,
    carrierRequests,
    worker,
    async now() {
      const { rows } = await apiDatabase.query<{ offsetMs: number }>('SELECT offset_ms AS "offsetMs" FROM company_clock');
      return fromMillis(Date.now() + rows[0]!.offsetMs);
    },
    async setClock(at) {
      await apiDatabase.query('UPDATE company_clock SET offset_ms = $1', [Date.parse(at) - Date.now()]);
    },
    async advanceTo(at) {
      await advanceClock({ database: apiDatabase, client, delivery, to: at });
    },
    async stop() {
      worker.shutdown();
      await running;
      // By hand, after a change to workflow code: whatever a test has lived through must replay.
      if (process.env.REPLAY_EVERYTHING) console.log(`replayed ${await replayEverything(client)} histories`);
      await database.close();
      await apiDatabase.close();
      await nativeConnection.close();
      await connection.close();
      await drop();
    },
  };
}

/** A client's orders with workflow tasks of another length: a dead worker is noticed sooner, a slow step makes more of them. */
export function withTaskTimeout(timeout: Duration | undefined): WorkflowClientInterceptor {
  if (timeout === undefined) return {};
  const workflowTaskTimeout = msToTs(timeout);
  return { startWithDetails: (input, next) => next({ ...input, options: { ...input.options, workflowTaskTimeout } }) };
}

/** Waits until `look` gives something that is not undefined or false; fails after `seconds` with what it last saw. */
export async function eventually<Found>(look: () => Promise<Found | undefined | false>, seconds = 15): Promise<Found> {
  const deadline = Date.now() + seconds * 1000;
  let problem: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found as Found;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    if (Date.now() > deadline) throw problem ?? new Error(`not within ${seconds} s: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
