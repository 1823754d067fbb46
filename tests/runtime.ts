import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

let installed = false;

/** Lets Temporal's core say what is an error and nothing below. Once in a process: test files share theirs, in any order. */
export function installRuntime({ isSilent = false }: { isSilent?: boolean } = {}): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: isSilent ? new DefaultLogger('ERROR', () => {}) : new DefaultLogger('ERROR'),
    // On a busy machine, and in an outage, the core finds much worth a warning, at length.
    telemetryOptions: {
      logging: isSilent ? { filter: 'OFF', forward: {} } : { filter: makeTelemetryFilterString({ core: 'ERROR' }) },
    },
    shutdownSignals: [],
  });
}
