import { createInterface } from 'node:readline';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime } from '@temporalio/worker';
import { openDatabase } from '../../db/client.ts';
import { createSmtp } from '../../ports/adapters/smtp.ts';
import type { CarrierBooking, CarrierPort } from '../../ports/carrier.ts';
import { createWorker } from '../../workers/worker.ts';
import { dataConverter } from '../payloads.ts';
import { createFailpoints, type Failpoint } from './failpoints.ts';

/*
 * The worker as a process of its own that a test can kill: workers/main.ts with failpoints between it and the world, and
 * with time-outs that let the next one take over soon. It waits for its first line on standard input, so that one can
 * stand by; each line is the list of failpoints that are armed from then on, and is answered.
 */
const { DATABASE_URL, SMTP_URL, CARRIER_URL, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = process.env as Record<string, string>;

const failpoints = createFailpoints();
await new Promise<void>((resolve) => {
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const { version, armed } = JSON.parse(line) as { version: number; armed: Failpoint[] };
      failpoints.arm(armed);
      console.log(`armed ${version}`);
      resolve();
    })
    // The test has gone.
    .on('close', () => process.exit());
});

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } },
  shutdownSignals: [],
});
const database = failpoints.database(openDatabase({ url: DATABASE_URL!, role: 'throughline_worker', maxConnections: 10 }));

/** The carrier lives in the test, so that it remembers its bookings while workers come and go. */
const carrier: CarrierPort = {
  rates: async () => [],
  async book(request) {
    const response = await fetch(`${CARRIER_URL}/book`, { method: 'POST', body: JSON.stringify(request) });
    if (!response.ok) throw new Error(`the carrier answered ${response.status}`);
    return (await response.json()) as CarrierBooking;
  },
  async void(trackingNumber) {
    await fetch(`${CARRIER_URL}/void`, { method: 'POST', body: JSON.stringify({ trackingNumber }) });
  },
};

const namespace = TEMPORAL_NAMESPACE!;
const client = new Client({
  connection: await Connection.connect({ address: TEMPORAL_ADDRESS! }),
  namespace,
  dataConverter,
  interceptors: {
    workflow: [
      {
        startWithDetails: (input, next) =>
          failpoints.around('workflow.start', input.options.args, () =>
            next({ ...input, options: { ...input.options, workflowTaskTimeout: msToTs('2s') } }),
          ),
        signal: (input, next) =>
          failpoints.around('workflow.signal', [input.workflowExecution.workflowId, input.signalName], () => next(input)),
      },
    ],
  },
});
const { run } = await createWorker(
  { database, carrier: failpoints.carrier(carrier), email: createSmtp(SMTP_URL!) },
  await NativeConnection.connect({ address: TEMPORAL_ADDRESS! }),
  client,
  { namespace, dataConverter, stickyQueueScheduleToStartTimeout: '1s' },
);
await run();
