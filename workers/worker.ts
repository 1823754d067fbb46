import type { Client } from '@temporalio/client';
import { type NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { createActivities, type Dependencies } from '../activities/index.ts';
import { taskQueue } from '../domain/ids.ts';
import { createDelivery, type Delivery } from '../outbox/deliver.ts';
import { workflowBundle } from './bundle.ts';

export interface ThroughlineWorker {
  worker: Worker;
  delivery: Delivery;
  /** Runs until `shutdown`; drains what is under way. */
  run(): Promise<void>;
  shutdown(): void;
}

// A look that finds nothing costs a tenth of a millisecond of PostgreSQL; what people wait for is delivered by the API at once.
const dispatchIdleMs = 200;

/** One worker process: workflows, activities and the dispatcher of the outbox. Tests and benches build the same one. */
export async function createWorker(
  dependencies: Dependencies,
  connection: NativeConnection,
  client: Client,
  options: Partial<WorkerOptions> & { namespace: string },
): Promise<ThroughlineWorker> {
  const delivery = createDelivery({
    database: dependencies.database,
    client: async () => client,
    onProblem: (problem) => Runtime.instance().logger.warn('a message is not delivered yet', { ...problem }),
  });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities: createActivities(dependencies),
    // Two cores: one thread for workflows, many tasks in flight, because they mostly wait for PostgreSQL.
    workflowThreadPoolSize: 1,
    reuseV8Context: true,
    maxConcurrentWorkflowTaskExecutions: 100,
    maxConcurrentWorkflowTaskPolls: 20,
    maxConcurrentActivityTaskPolls: 10,
    maxCachedWorkflows: 2_000,
    shutdownGraceTime: '10s',
    ...options,
  });
  let stopping = false;

  async function dispatch(): Promise<void> {
    while (!stopping) {
      const claimed = await delivery.deliverPending().catch(() => 0);
      if (claimed === 0 && !stopping) await new Promise((resolve) => setTimeout(resolve, dispatchIdleMs));
    }
  }

  return {
    worker,
    delivery,
    async run() {
      const dispatcher = dispatch();
      try {
        await worker.run();
      } finally {
        stopping = true;
        await dispatcher;
        await delivery.stop();
      }
    },
    shutdown() {
      stopping = true;
      if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}
