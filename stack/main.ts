import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hashPassword } from 'better-auth/crypto';
import { simulateLocalCarrier } from '../db/local-carrier.ts';
import { simulateLocalGateway } from '../db/local-gateway.ts';
import { ensureLocalKeys } from '../db/local-keys.ts';
import { ensureLocalPeople, exampleCustomer, localPeople } from '../db/local-people.ts';
import { migrate } from '../db/migrate.ts';
import { buildConsole } from './console.ts';
import { isLock, takeLock } from './lock.ts';
import { startMailbox } from './mailbox.ts';
import { choosePorts } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { endRecordedChildren, heapLimit, keepRecordOfChildren, killChildren } from './processes.ts';
import { say, step } from './progress.ts';
import { type SeedOptions, seed } from './seed.ts';
import { supervise } from './supervise.ts';
import { isTemporalConfigured } from './temporal/existing.ts';
import { readTemporalSettings } from './temporal/settings.ts';
import { startTemporal } from './temporal/start.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const dataDirectory = resolve(checkout, process.env.THROUGHLINE_DATA ?? '.data');
const logDirectory = join(dataDirectory, 'logs');
const addressesFile = join(dataDirectory, 'addresses.txt');
const keysFile = join(dataDirectory, 'keys.txt');
const childrenFile = join(dataDirectory, 'children.json');
const companyFile = join(dataDirectory, 'company');

interface Part {
  name: string;
  stop(): Promise<void>;
}

/** In the order of their start; they are stopped in reverse. */
const parts: Part[] = [];
let stoppingSince: number | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal());

// npm runs us through a shell that keeps a SIGTERM to itself: whoever stops npm must not leave the stack behind.
const parent = process.ppid;
if (process.env.npm_lifecycle_event)
  setInterval(() => stoppingSince === undefined && process.ppid !== parent && onSignal(), 500).unref();

try {
  await boot();
} catch (error) {
  if (stoppingSince === undefined) {
    say(`\n${(error as Error).message}`);
    await shutDown(1);
  }
}

async function boot(): Promise<void> {
  const { values: flags } = parseArgs({ options: { empty: { type: 'boolean', default: false } } });
  const startedAt = Date.now();
  takeDataDirectory();
  await endRecordedChildren(childrenFile);
  keepRecordOfChildren(childrenFile);

  const { DATABASE_URL: databaseUrl, SMTP_URL: smtpUrl, PORT: port } = process.env;
  const settings = readTemporalSettings();
  const external = { postgres: databaseUrl !== undefined, temporal: isTemporalConfigured(), mail: smtpUrl !== undefined };
  const { ports, taken } = await choosePorts({ temporal: settings, api: port ? Number(port) : undefined, external });
  if (taken.length > 0)
    say(`Something already listens on port ${taken.slice(0, 3).join(', ')}…, so all ports of this start are moved together.`);

  const apiUrl = `http://127.0.0.1:${ports.api}`;

  const postgres = await step('PostgreSQL', () =>
    startPostgres({
      directory: join(dataDirectory, 'postgres'),
      port: ports.postgres,
      log: join(logDirectory, 'postgres.log'),
      database: 'throughline',
      databaseUrl,
    }),
  );
  if (!external.postgres) add('PostgreSQL', postgres);

  const webUi = { codecEndpoint: `${apiUrl}/v1/payloads`, signInUrl: `${apiUrl}/console` };
  const temporal = await step('Temporal', (progress) =>
    startTemporal({ settings, ports: ports.temporal, postgres, dataDirectory, logDirectory, webUi, progress }),
  );
  if (!external.temporal) add('Temporal', temporal);

  await step('Database migrations', () => migrate(postgres.url));
  const keys = await ensureLocalKeys(postgres.url, localSecret());

  const mailbox = smtpUrl
    ? undefined
    : await startMailbox({ smtpPort: ports.smtp, httpPort: ports.mailbox, directory: join(dataDirectory, 'mailbox') });
  if (mailbox) add('mailbox', mailbox);

  say(`The console will be at ${apiUrl}/console as soon as everything runs.`);
  const sessionSecret = derived('sessions').toString('hex');
  const environment = {
    ...process.env,
    THROUGHLINE_LOCAL: '1',
    SESSION_SECRET: sessionSecret,
    PAYLOAD_KEYS: process.env.PAYLOAD_KEYS ?? derived('payloads').toString('base64'),
    THROUGHLINE_TIME_SKIPPING: temporal.canSkipTime ? '1' : '0',
    DATABASE_URL: postgres.url,
    // A temporal.toml may hold more than an address; its readers find the rest there themselves.
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    PORT: String(ports.api),
    PUBLIC_URL: process.env.PUBLIC_URL ?? `http://127.0.0.1:${ports.api}`,
    SMTP_URL: smtpUrl ?? mailbox?.smtpUrl,
    ...(mailbox && { MAILBOX_URL: mailbox.url }),
    ...(temporal.webUiUrl && { TEMPORAL_UI_URL: temporal.webUiUrl }),
  };
  const program = (name: string, file: string) => ({
    name,
    command: process.execPath,
    arguments: [heapLimit, '--import', 'tsx', file],
    directory: checkout,
    log: join(logDirectory, `${name.toLowerCase()}.log`),
    environment,
  });
  await step('Console', () => buildConsole(logDirectory));
  const worker = await step('Worker', () =>
    supervise(program('Worker', 'workers/main.ts'), async (log) => /^ready$/m.test(log())),
  );
  add('worker', worker);
  const api = await step('API', () => supervise(program('API', 'api/main.ts'), async () => (await fetch(`${apiUrl}/readyz`)).ok));
  add('API', api);

  await seedOnce(flags.empty, { apiUrl, keys, canSkipTime: temporal.canSkipTime });
  await ensureLocalPeople(postgres.url, localPeople(sessionSecret, exampleCustomer), hashPassword);
  await simulateLocalCarrier(postgres.url, troubleShare());
  await simulateLocalGateway(postgres.url);

  const addresses = [
    ['Console', `${apiUrl}/console`],
    ['Customer portal', `${apiUrl}/portal`],
    ['API', apiUrl],
    ['API docs', `${apiUrl}/docs`],
    ['Temporal UI', temporal.webUiUrl && `${temporal.webUiUrl}/namespaces/${temporal.namespace}/workflows`],
    ['Mailbox', mailbox?.url],
    ['PostgreSQL', external.postgres ? undefined : postgres.url],
  ].filter((row): row is [string, string] => row[1] !== undefined);
  writeFileSync(keysFile, table(Object.entries(keys)), { mode: 0o600 });
  writeFileSync(addressesFile, table(addresses), { mode: 0o600 });
  say(`
Throughline is ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops it; the data stays in ${dataDirectory}.

${table(addresses)}

Keys, for the header "Authorization: Bearer KEY":

${table(Object.entries(keys))}
`);
}

/** Of how many parcels something goes wrong on their way: few enough for an ordinary day, enough to be met. */
function troubleShare(): number {
  const share = Number(process.env.THROUGHLINE_PARCEL_TROUBLE ?? 0.05);
  if (share >= 0 && share <= 1) return share;
  throw new Error('THROUGHLINE_PARCEL_TROUBLE must be a number from 0 to 1');
}

/** 32 bytes for one purpose of this machine's data. */
function derived(purpose: string): Buffer {
  return createHmac('sha256', localSecret()).update(purpose).digest();
}

/** What the local keys are derived from; it stays with the data, so that the keys stay the same. */
function localSecret(): string {
  const file = join(dataDirectory, 'local-key-secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** Two stacks on the same data would destroy it; two checkouts, or two data directories, are fine side by side. */
function takeDataDirectory(): void {
  mkdirSync(dataDirectory, { recursive: true });
  const taken = takeLock(join(dataDirectory, 'lock'));
  if (!isLock(taken)) {
    const addresses = existsSync(addressesFile) ? `at\n\n${readFileSync(addressesFile, 'utf8')}\n` : 'and not ready yet.';
    say(`Throughline is already running on ${dataDirectory} (process ${taken.pid}), ${addresses}`);
    say('Use that one, stop it first, or set THROUGHLINE_DATA to another directory.');
    process.exit(1);
  }
  process.on('exit', () => taken.release());
  rmSync(addressesFile, { force: true });

  mkdirSync(logDirectory, { recursive: true });
  // The logs of this start and of the one before are kept.
  for (const name of readdirSync(logDirectory).filter((file) => file.endsWith('.log'))) {
    renameSync(join(logDirectory, name), join(logDirectory, `${name}.previous`));
  }
}

/** The first start decides whether this data holds the example company; an interrupted attempt goes on at the next start. */
async function seedOnce(empty: boolean, company: Omit<SeedOptions, 'progress'>): Promise<void> {
  const held = existsSync(companyFile) ? readFileSync(companyFile, 'utf8') : undefined;
  if (held) {
    if (empty && held !== 'empty') say(`--empty has no effect, because ${dataDirectory} already holds the example company.`);
    return;
  }
  if (!empty) {
    try {
      await step('Example company', (progress) => seed({ ...company, progress }));
    } catch (error) {
      say(`The example company is not complete (${(error as Error).message}). The next start goes on with it.`);
      return;
    }
  }
  writeFileSync(companyFile, empty ? 'empty' : 'example');
}

function add(name: string, part: { stop(): Promise<void>; exited?: Promise<string> }): void {
  parts.push({ name, stop: () => part.stop() });
  void part.exited?.then((ending) => {
    if (stoppingSince !== undefined) return;
    say(`${name} ${ending}; its log is in ${logDirectory}. Nothing works without it, so everything is stopped.`);
    void shutDown(1);
  });
}

function onSignal(): void {
  if (stoppingSince === undefined) {
    say('\nStopping. Ctrl-C again stops at once.');
    void shutDown(0);
    // One Ctrl-C can arrive twice: from the terminal, and passed on by npm.
  } else if (Date.now() - stoppingSince > 1000) {
    killChildren();
    process.exit(130);
  }
}

async function shutDown(exitCode: number): Promise<void> {
  stoppingSince = Date.now();
  for (const part of parts.splice(0).reverse()) {
    await step(`stopped ${part.name}`, () => part.stop()).catch((error) => say((error as Error).message));
  }
  // What was only half started is not among the parts.
  killChildren();
  process.exit(exitCode);
}

function table(rows: [string, string][]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}
