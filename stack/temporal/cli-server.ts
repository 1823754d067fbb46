import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { launch } from '../processes.ts';
import { prepareNamespace } from './namespace.ts';
import { type RunningTemporal, type TemporalStart, Unavailable } from './provider.ts';
import { asArguments } from './settings.ts';
import { supportsTimeSkipping } from './time-skipping.ts';

/** Runs the development server of a Temporal CLI, whichever way it came here, if it is one that can skip time. */
export async function startCliServer(executable: string, start: TemporalStart): Promise<RunningTemporal> {
  const { settings, ports, dataDirectory, logDirectory } = start;
  const address = `127.0.0.1:${ports.frontend}`;
  mkdirSync(join(dataDirectory, 'temporal'), { recursive: true });
  const server = await launch({
    name: 'Temporal development server',
    command: executable,
    arguments: [
      'server',
      'start-dev',
      '--ip=127.0.0.1',
      `--port=${ports.frontend}`,
      // Whether it sends the session along is a switch of its page: this program has none.
      ...(start.webUi ? [`--ui-port=${ports.webUi}`, `--ui-codec-endpoint=${start.webUi.codecEndpoint}`] : ['--headless']),
      `--db-filename=${join(dataDirectory, 'temporal', 'temporal.db')}`,
      ...asArguments(settings),
    ],
    log: join(logDirectory, 'temporal.log'),
  });
  try {
    const connection = await server.readyWhen(60, () => Connection.connect({ address, connectTimeout: '1s' }));
    await server.readyWhen(60, async () => {
      await prepareNamespace(connection, settings);
      return true;
    });
    const skips = await supportsTimeSkipping(connection, settings.namespace);
    await connection.close();
    if (!skips) throw new Error('it cannot skip time, which Temporal CLI 1.9 and newer can');
  } catch (error) {
    await server.stop();
    throw new Unavailable(`${executable}: ${(error as Error).message}`);
  }
  return {
    address,
    namespace: settings.namespace,
    canSkipTime: true,
    ...(start.webUi && { webUiUrl: `http://127.0.0.1:${ports.webUi}` }),
    exited: server.exited,
    stop: (signal) => server.stop(signal),
  };
}
