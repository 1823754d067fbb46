import { setTimeout } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { createActivities, type Dependencies } from '../activities/index.ts';
import { taskQueue } from '../domain/ids.ts';
import { checkWorkflows } from '../outbox/check-workflows.ts';
import { createDelivery, type Delivery } from '../outbox/deliver.ts';
import { createWebhookDelivery, type WebhookDelivery } from '../outbox/deliver-webhooks.ts';
import type { WebhookReceiverPort } from '../ports/webhook-receiver.ts';
import { workflowBundle } from './bundle.ts';

export interface ThroughlineWorker {
  worker: Worker;
  delivery: Delivery;
  /** Runs until `shutdown`; drains what is under way. */
  run(): Promise<void>;
  shutdown(): void;
}

export interface WorkerDependencies extends Dependencies {
  /** Absent: webhooks wait. */
  webhookReceiver?: WebhookReceiverPort;
}

// A look that finds nothing costs a tenth of a millisecond of PostgreSQL; what people wait for is delivered by the API at once.
const dispatchIdleMs = 200;

/** One worker process: workflows, activities and the dispatchers of the outbox and of webhooks. Tests and benches build the same one. */
export async function createWorker(
  { webhookReceiver, ...dependencies }: WorkerDependencies,
  connection: NativeConnection,
  client: Client,
  options: Partial<WorkerOptions> & { namespace: string; dataConverter: DataConverter },
): Promise<ThroughlineWorker> {
  const delivery = createDelivery({
    database: dependencies.database,
    client: async () => client,
    onProblem: (problem) => Runtime.instance().logger.warn('a message is not delivered yet', { ...problem }),
  });
  const webhooks =
    webhookReceiver &&
    createWebhookDelivery({
      database: dependencies.database,
      receiver: webhookReceiver,
      publicUrl: dependencies.publicUrl,
    });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities: createActivities({
      checkWorkflows: () => checkWorkflows(dependencies.database, client),
      ...dependencies,
    }),
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
      if (claimed === 0 && !stopping) await setTimeout(dispatchIdleMs);
    }
  }

  async function dispatchWebhooks({ deliverDue, nextEnd }: WebhookDelivery): Promise<void> {
    while (!stopping) {
      const begun = await deliverDue().catch(() => 0);
      if (begun === 0 && !stopping) await Promise.race([nextEnd(), setTimeout(dispatchIdleMs)]);
    }
  }

  return {
    worker,
    delivery,
    async run() {
      const dispatchers = [dispatch(), ...(webhooks ? [dispatchWebhooks(webhooks)] : [])];
      try {
        await worker.run();
      } finally {
        stopping = true;
        await Promise.all(dispatchers);
        await Promise.all([delivery.stop(), webhooks?.stop()]);
      }
    },
    shutdown() {
      stopping = true;
      if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}
