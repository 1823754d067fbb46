import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrate } from '../db/migrate.ts';
import { freePorts } from '../stack/ports.ts';
import { startPostgres } from '../stack/postgres.ts';

/** A PostgreSQL of its own with our schema, thrown away at the end; in a directory that is named it stays, and is opened again. */
export async function startBenchDatabase(kept?: string): Promise<{ url: string; stop(): Promise<void> }> {
  const directory = kept === undefined ? mkdtempSync(join(tmpdir(), 'throughline-bench-')) : resolve(kept);
  const [port] = (await freePorts(1)) as [number];
  const postgres = await startPostgres({
    directory: join(directory, 'postgres'),
    port,
    log: join(directory, 'postgres.log'),
    database: 'throughline',
    durable: false,
  });
  await migrate(postgres.url);
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      if (kept === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}
