import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Mailbox, startMailbox } from './mailbox.ts';
import { freePorts } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { deleteAfterCrash } from './processes.ts';
import { builtServer } from './temporal/built-server.ts';
import { readTemporalSettings } from './temporal/settings.ts';

export interface TestStack {
  /** The address of a database on the throwaway server; it does not have to exist yet. */
  postgresUrl(database: string): string;
  /** A database from which others can be created and dropped. */
  adminDatabaseUrl: string;
  temporalAddress: string;
  namespace: string;
  smtpUrl: string;
  mailbox: Mailbox;
  /** Ends one of the servers by SIGKILL, in the middle of what it does, and starts it again on the same data and port. */
  crash(server: 'postgres' | 'temporal', downMilliseconds: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The real PostgreSQL, Temporal server and mailbox on free ports in a throwaway directory, for tests and benches.
 * Nothing outlives the process that started it, even if it is killed.
 */
export async function startTestStack({ durable = false, progress = (_text: string): void => {} } = {}): Promise<TestStack> {
  const directory = mkdtempSync(join(tmpdir(), 'throughline-test-'));
  // PostgreSQL may have to run as another user, who must be able to come this far.
  await chmod(directory, 0o711);
  deleteAfterCrash(directory);
  const [postgresPort, frontend, webUi, smtpPort, httpPort, ...internal] = (await freePorts(13)) as [
    number,
    number,
    number,
    number,
    number,
    ...number[],
  ];

  const mailbox = await startMailbox({ smtpPort, httpPort, directory: join(directory, 'mailbox') });
  const servers = {
    postgres: () =>
      startPostgres({
        directory: join(directory, 'postgres'),
        port: postgresPort,
        log: join(directory, 'logs', 'postgres.log'),
        database: 'throughline',
        durable,
      }),
    temporal: () =>
      builtServer.start({
        settings: readTemporalSettings(),
        ports: { frontend, webUi, internal },
        postgres,
        dataDirectory: directory,
        logDirectory: join(directory, 'logs'),
        progress,
      }),
  };
  let postgres = await servers.postgres();
  let temporal = await servers.temporal().catch(async (error) => {
    await postgres.stop();
    throw error;
  });

  return {
    postgresUrl: postgres.urlOf,
    adminDatabaseUrl: postgres.urlOf('postgres'),
    temporalAddress: temporal.address,
    namespace: temporal.namespace,
    smtpUrl: mailbox.smtpUrl,
    mailbox,
    async crash(server, downMilliseconds) {
      await (server === 'postgres' ? postgres : temporal).stop('SIGKILL');
      await sleep(downMilliseconds);
      if (server === 'postgres') postgres = await servers.postgres();
      else temporal = await servers.temporal();
    },
    async stop() {
      await mailbox.stop();
      // Nobody will look at this data again, so nothing is lost by not letting the servers tidy up.
      await temporal.stop('SIGKILL');
      await postgres.stop('SIGQUIT');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
