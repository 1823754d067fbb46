import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { stringify } from 'yaml';
import { createDatabase, type RunningPostgres, withPostgres } from '../postgres.ts';
import { launch, run } from '../processes.ts';
import { buildTemporal, type TemporalPrograms } from './build.ts';
import { prepareNamespace } from './namespace.ts';
import { type RunningTemporal, type TemporalProvider, type TemporalStart, Unavailable, type WebUiOptions } from './provider.ts';
import { supportsTimeSkipping } from './time-skipping.ts';

/** The official server and Web UI, built from the module pinned in go.mod beside this file, on our PostgreSQL. */
export const builtServer: TemporalProvider = {
  name: 'built Temporal server',
  async start(start) {
    if (new URL(start.postgres.url).searchParams.has('sslmode')) {
      throw new Unavailable(
        'the built server speaks to PostgreSQL without TLS, which DATABASE_URL asks for: set TEMPORAL_ADDRESS',
      );
    }
    const programs = await buildTemporal(start.progress);
    start.progress('preparing its database');
    await Promise.all(databases.map((database) => prepareDatabase(programs, start, database)));
    start.progress('starting');
    return startServer(programs, start);
  },
};

interface TemporalDatabase {
  name: string;
  schema: string;
}

const store: TemporalDatabase = { name: 'temporal', schema: 'postgresql/v12/temporal' };
const visibility: TemporalDatabase = { name: 'temporal_visibility', schema: 'postgresql/v12/visibility' };
const databases = [store, visibility];

async function prepareDatabase(programs: TemporalPrograms, start: TemporalStart, database: TemporalDatabase): Promise<void> {
  const { postgres, logDirectory } = start;
  const { hostname, port, username, password } = credentials(postgres);
  const sqlTool = (...args: string[]) =>
    run({
      name: `temporal-sql-tool ${args[0]}`,
      command: programs.sqlTool,
      arguments: [
        '--plugin=postgres12',
        `--ep=${hostname}`,
        `--port=${port}`,
        `--user=${username}`,
        `--db=${database.name}`,
        ...args,
      ],
      // As an argument, everybody on the machine could read it in the list of processes.
      environment: { ...process.env, SQL_PASSWORD: password },
      log: join(logDirectory, 'temporal-schema.log'),
    });

  await createDatabase(postgres.url, database.name);
  const isNew = await withPostgres(postgres.urlOf(database.name), async (client) => {
    const found = await client.query<{ name: string | null }>(`SELECT to_regclass('schema_version') AS name`);
    // Members of an earlier run that was killed would be waited for: nobody else runs on this database.
    if (database === store && found.rows[0]?.name) await client.query('DELETE FROM cluster_membership');
    return !found.rows[0]?.name;
  });
  if (isNew) await sqlTool('setup-schema', '--version=0.0');
  await sqlTool('update-schema', `--schema-name=${database.schema}`);
}

async function startServer(programs: TemporalPrograms, start: TemporalStart): Promise<RunningTemporal> {
  const { settings, ports, dataDirectory, logDirectory } = start;
  const directory = join(dataDirectory, 'temporal');
  mkdirSync(join(directory, 'ui'), { recursive: true });
  const serverFile = join(directory, 'server.yaml');
  const dynamicFile = join(directory, 'dynamic.yaml');
  const dynamic = Object.entries(settings.dynamicConfiguration).map(([key, value]) => [key, [{ value }]]);
  writeFileSync(dynamicFile, stringify(Object.fromEntries(dynamic)));
  // It holds the database's password.
  writeFileSync(serverFile, stringify(serverConfiguration(start, dynamicFile)), { mode: 0o600 });

  const address = `127.0.0.1:${ports.frontend}`;
  const server = await launch({
    name: 'Temporal server',
    command: programs.server,
    arguments: ['--config-file', serverFile, '--allow-no-auth', 'start'],
    // Most of what it holds lives long: by default it would look through all of that a fifth of its time for what does not.
    environment: { GOGC: '400', ...process.env, TEMPORAL_VERSION_CHECK_DISABLED: '1' },
    log: join(logDirectory, 'temporal.log'),
  });
  const webUi = start.webUi && (await startWebUi(programs, start, start.webUi, directory, address));
  const stop = async (signal?: NodeJS.Signals) => {
    await webUi?.stop(signal);
    await server.stop(signal);
  };
  let canSkipTime: boolean;
  try {
    const connection = await server.readyWhen(60, () => Connection.connect({ address, connectTimeout: '1s' }));
    await server.readyWhen(60, async () => {
      await prepareNamespace(connection, settings);
      return true;
    });
    canSkipTime = await supportsTimeSkipping(connection, settings.namespace);
    await connection.close();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address,
    namespace: settings.namespace,
    canSkipTime,
    ...(webUi && { webUiUrl: `http://127.0.0.1:${ports.webUi}` }),
    exited: server.exited,
    stop,
  };
}

async function startWebUi(
  { uiServer }: TemporalPrograms,
  { ports, settings, logDirectory }: TemporalStart,
  { codecEndpoint, signInUrl }: WebUiOptions,
  directory: string,
  address: string,
) {
  const configuration = {
    temporalGrpcAddress: address,
    host: '127.0.0.1',
    port: ports.webUi,
    enableUi: true,
    defaultNamespace: settings.namespace,
    disableNewsFetch: true,
    codec: {
      endpoint: codecEndpoint,
      includeCredentials: true,
      defaultErrorMessage: 'Payloads are encrypted. Sign in to the console as an administrator, and load this page again.',
      defaultErrorLink: signInUrl,
    },
  };
  writeFileSync(join(directory, 'ui', 'local.yaml'), stringify(configuration));
  return launch({
    name: 'Temporal Web UI',
    command: uiServer,
    arguments: ['--root', directory, '--config', 'ui', '--env', 'local', 'start'],
    log: join(logDirectory, 'temporal-ui.log'),
  });
}

/** The server's own configuration format, as in its config/development-postgres12.yaml. */
function serverConfiguration({ postgres, ports }: TemporalStart, dynamicFile: string) {
  const { hostname, port, username, password } = credentials(postgres);
  const sql = (database: TemporalDatabase, maxConns: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName: database.name,
      connectAddr: `${hostname}:${port}`,
      connectProtocol: 'tcp',
      user: username,
      password,
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
    },
  });
  const [http, history, matching, worker, ...membership] = ports.internal;
  const service = (grpcPort: number | undefined, membershipPort: number | undefined) => ({
    rpc: { grpcPort, membershipPort, bindOnLocalHost: true },
  });
  const frontend = service(ports.frontend, membership[0]);
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'store',
      visibilityStore: 'visibility',
      // Cannot be changed once there is data. Four keep both cores busy, and each costs polling.
      numHistoryShards: 4,
      datastores: { store: sql(store, 20), visibility: sql(visibility, 10) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: { rpc: { ...frontend.rpc, httpPort: http } },
      history: service(history, membership[1]),
      matching: service(matching, membership[2]),
      worker: service(worker, membership[3]),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: `127.0.0.1:${ports.frontend}` },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } },
    namespaceDefaults: { archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } } },
    dynamicConfigClient: { filepath: dynamicFile, pollInterval: '10s' },
  };
}

function credentials(postgres: RunningPostgres) {
  const { hostname, port, username, password } = new URL(postgres.url);
  return { hostname, port: port || '5432', username: decodeURIComponent(username), password: decodeURIComponent(password) };
}
