import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { openDatabase } from '../../db/client.ts';
import { createCarrierSimulator } from '../../ports/adapters/carrier-simulator.ts';
import { createNaiveActivities } from './activities.ts';
import { createActivitiesWithOurSql } from './our-activities.ts';
import { naiveTaskQueue } from './task-queue.ts';

/* The naive program's worker, a process of its own like ours, with the SDK's own defaults. NAIVE_SQL: 'own' or 'ours'. */
const sql = process.env.NAIVE_SQL === 'ours' ? 'ours' : 'own';
const { DATABASE_URL: url, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = process.env as Record<string, string>;
Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
const database = openDatabase({ url: url!, maxConnections: 30 });
const connection = await NativeConnection.connect({ address: address! });
const worker = await Worker.create({
  connection,
  namespace: namespace!,
  taskQueue: naiveTaskQueue(sql),
  workflowBundle: await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('workflow.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  }),
  activities: (sql === 'ours' ? createActivitiesWithOurSql : createNaiveActivities)(database, createCarrierSimulator()),
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => worker.shutdown());
console.log('ready');
await worker.run();
await database.close();
await connection.close();
