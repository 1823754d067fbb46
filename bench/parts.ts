import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { type Database, openDatabase } from '../db/client.ts';
import { ensureLocalKeys } from '../db/local-keys.ts';
import { migrate } from '../db/migrate.ts';
import { freePorts } from '../stack/ports.ts';
import { createDatabase } from '../stack/postgres.ts';
import { type Child, heapLimit, killChildren, launch } from '../stack/processes.ts';
import { startTestStack } from '../stack/testing.ts';
import { dataConverter, payloadKeys } from '../tests/payloads.ts';
import { setUpCompany } from './company.ts';
import { type CpuReading, readCpu } from './processes.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const countStatements = fileURLToPath(new URL('count-statements.js', import.meta.url));

/** Statement texts that a process sent, with how often. */
export type Statements = Map<string, number>;

export interface Part {
  readonly child: Child;
  /** What it has sent to PostgreSQL so far. */
  statements(): Promise<Statements>;
}

/** The real parts, each a process of its own, on a PostgreSQL that flushes to disk. */
export interface Parts {
  apiUrl: string;
  keys: Record<string, string>;
  database: Database;
  databaseUrl: string;
  client: Client;
  cpu(): CpuReading;
  /** Starts one more process of this checkout, with the same environment. */
  start(name: string, file: string, options?: StartOptions): Promise<Part>;
  worker: Part;
  api: Part;
  urlOf(database: string): string;
  stop(): Promise<void>;
}

interface StartOptions {
  environment?: NodeJS.ProcessEnv;
  isReady?: () => Promise<boolean>;
}

export async function startParts(): Promise<Parts> {
  const logs = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  process.once('exit', killChildren);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const stack = await startTestStack({ durable: true, progress: (text) => console.log(`  Temporal: ${text}`) });
  const databaseUrl = stack.postgresUrl('throughline');
  await migrate(databaseUrl);
  await setUpCompany(databaseUrl);
  const keys = await ensureLocalKeys(databaseUrl, 'bench');
  const [apiPort] = await freePorts(1);
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const kinds = new Map<number, string>();
  const started: Child[] = [];

  async function start(name: string, file: string, { environment, isReady }: StartOptions = {}): Promise<Part> {
    const counted = join(logs, `${name}.statements`);
    const child = await launch({
      name,
      command: process.execPath,
      arguments: [heapLimit, '--import', 'tsx', '--import', countStatements, ...profiling(name), file],
      directory: checkout,
      log: join(logs, `${name}.log`),
      environment: {
        ...process.env,
        THROUGHLINE_LOCAL: '1',
        DATABASE_URL: databaseUrl,
        PAYLOAD_KEYS: payloadKeys,
        TEMPORAL_ADDRESS: stack.temporalAddress,
        TEMPORAL_NAMESPACE: stack.namespace,
        SMTP_URL: stack.smtpUrl,
        PORT: String(apiPort),
        // One load generator stands for many clients.
        REQUESTS_PER_MINUTE: '100000000',
        BENCH_STATEMENTS: counted,
        ...environment,
      },
    });
    started.push(child);
    kinds.set(child.pid, name);
    const log = () => readFileSync(join(logs, `${name}.log`), 'utf8');
    await child.readyWhen(60, async () => (isReady ? await isReady() : /^ready$/m.test(log())) || undefined);
    return {
      child,
      async statements() {
        await rm(counted, { force: true });
        process.kill(child.pid, 'SIGUSR2');
        for (;;) {
          await sleep(20);
          try {
            return new Map(JSON.parse(readFileSync(counted, 'utf8')) as [string, number][]);
          } catch {
            // Not written yet, or not to its end.
          }
        }
      },
    };
  }

  const isReady = async () => (await fetch(`${apiUrl}/readyz`)).ok;
  const worker = await start('worker', 'workers/main.ts');
  const api = await start('api', 'api/main.ts', { isReady });
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const database = openDatabase({ url: databaseUrl, maxConnections: 8 });

  return {
    apiUrl,
    keys,
    database,
    databaseUrl,
    client: new Client({ connection, namespace: stack.namespace, dataConverter }),
    cpu: () => readCpu(kinds),
    start,
    worker,
    api,
    urlOf: stack.postgresUrl,
    async stop() {
      for (const child of started.reverse()) await child.stop();
      await database.close();
      await connection.close();
      await stack.stop();
      await rm(logs, { recursive: true, force: true });
    },
  };
}

export async function freshDatabase(parts: Parts, name: string): Promise<string> {
  await createDatabase(parts.urlOf('postgres'), name);
  return parts.urlOf(name);
}

/** BENCH_PROFILE=DIRECTORY writes the CPU profiles of each process and its threads when it ends. */
const profiling = (name: string): string[] =>
  process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${join(process.env.BENCH_PROFILE, name)}`] : [];
