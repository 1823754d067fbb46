import {
  ActivityExecutionAlreadyStartedError,
  type Client,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type WorkflowStartOptions,
} from '@temporalio/client';
import type { Database, Transaction } from '../db/client.ts';
import { system } from '../db/statements/audit.ts';
import { readClock } from '../db/statements/company.ts';
import type { Again, OutboxMessage, OutboxRow } from '../db/statements/outbox.ts';
import { finishTasks, openTask } from '../db/statements/tasks.ts';
import type { OrderWorkflowInput } from '../db/transactions/place-order.ts';
import { receivableWorkflowId, taskQueue } from '../domain/ids.ts';
import { formatMoney } from '../domain/money.ts';
import { isFinal, type OrderStatus } from '../domain/order.ts';
import * as attributes from '../workflows/search-attributes.ts';

/** Delivers what committed transactions owe: workflow starts, signals and notices, each row at least once, by key. */
export interface Delivery {
  /** Starts delivering in the background, without an answer: the caller's transaction has committed. */
  deliverSoon(): void;
  /** Delivers up to `limit` rows now; gives how many were claimed. */
  deliverPending(limit?: number): Promise<number>;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

/** A row that could not be delivered, without what it carries. */
export interface DeliveryProblem {
  outboxId: number;
  key: string;
  attempts: number;
  problem: string;
}

export interface DeliveryOptions {
  database: Database;
  /** Absent while Temporal cannot be reached: rows wait. */
  client: () => Promise<Client>;
  /** Rows under way at once, so that a burst of new orders cannot starve the live ones. */
  concurrency?: number;
  /** Told of a row's first failure and of every tenth after it, so that an outage does not drown the log. */
  onProblem?: (problem: DeliveryProblem) => void;
}

/** How every order's workflow is started, by whoever comes first. */
export function orderStartOptions(input: OrderWorkflowInput, again?: Again) {
  return {
    taskQueue,
    workflowId: input.orderId,
    ...startPolicies(again),
    args: [input],
    memo: { clockOffsetMs: input.clockOffsetMs },
    staticSummary: `${input.customerId}, ${formatMoney({ currency: input.currency, amountMinor: input.grossMinor })}`,
    typedSearchAttributes: [
      { key: attributes.customerId, value: input.customerId },
      { key: attributes.channel, value: input.channel },
      { key: attributes.amountMinor, value: input.grossMinor },
    ],
  } as const satisfies WorkflowStartOptions;
}

/** USE_EXISTING alone would start a second run of what has closed; to start it again is a person's decision. */
const startPolicies = (again: Again | undefined) =>
  ({
    workflowIdConflictPolicy: again?.replace ? 'TERMINATE_EXISTING' : 'USE_EXISTING',
    workflowIdReusePolicy: again ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
  }) as const;

interface ReceivableInput {
  invoice: { invoiceId: string; customerId: string; grossMinor: number; currency: string; dueOn: string };
  clockOffsetMs: number;
}

function receivableStartOptions(input: ReceivableInput, round?: number, again?: Again) {
  const { invoice } = input;
  return {
    taskQueue,
    workflowId: receivableWorkflowId(invoice.invoiceId, round),
    ...startPolicies(again),
    args: [input],
    memo: { clockOffsetMs: input.clockOffsetMs },
    staticSummary: `${invoice.invoiceId} of ${invoice.customerId}, ${formatMoney({ currency: invoice.currency, amountMinor: invoice.grossMinor })}, due ${invoice.dueOn}`,
    typedSearchAttributes: [
      { key: attributes.customerId, value: invoice.customerId },
      { key: attributes.stage, value: 'receivables' },
      { key: attributes.amountMinor, value: invoice.grossMinor },
      { key: attributes.dueDate, value: new Date(`${invoice.dueOn}T00:00:00Z`) },
    ],
  } as const satisfies WorkflowStartOptions;
}

const invalidArgument = 3;
const deadlineExceeded = 4;
const unimplemented = 12;
const unavailable = 14;
const leaseSeconds = 30;
/** Shorter than the lease: a call that has not answered by then is tried again by whoever comes next. */
const callWithinMs = 10_000;
/** About eight minutes. */
const attemptsBeforeTask = 20;
const problemLengthMaximum = 500;

export function createDelivery({ database, client, concurrency = 8, onProblem }: DeliveryOptions): Delivery {
  let background: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function deliver(row: OutboxRow): Promise<void> {
    const message = row.payload;
    try {
      const temporal = await client();
      await temporal.withDeadline(Date.now() + callWithinMs, () => send(database, temporal, message));
      await noteDelivered(database, row);
    } catch (problem) {
      const { code, reason } = explain(problem);
      const { id: outboxId, key, attempts } = row;
      if (attempts === 1 || attempts % 10 === 0) onProblem?.({ outboxId, key, attempts, problem: reason });
      if (code === invalidArgument) {
        await park(database, row, reason);
        return;
      }
      if (attempts >= attemptsBeforeTask) {
        const isOutage = code === unavailable || code === deadlineExceeded;
        await database.transaction((tx) => (isOutage ? reportOutage(tx, reason) : reportRow(tx, row, reason)));
      }
      // Anything else is taken for an outage: the row comes up again, later each time, for as long as it takes.
      await database.query(
        `UPDATE outbox SET last_problem = $2,
           claimed_until = clock_timestamp() + least(30, 0.25 * 2 ^ least(attempts, 10)) * interval '1 s' WHERE id = $1`,
        [row.id, reason.slice(0, problemLengthMaximum)],
      );
    }
  }

  async function deliverPending(limit = concurrency): Promise<number> {
    // The lease is committed before anything is called: no transaction stays open over a call.
    const { rows } = await database.query<OutboxRow>(
      `UPDATE outbox SET claimed_until = clock_timestamp() + $2 * interval '1 s', attempts = attempts + 1
       WHERE id IN (
         SELECT id FROM outbox o
         WHERE delivered_at IS NULL AND parked_reason IS NULL AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
           AND kind <> ALL (ARRAY(SELECT kind FROM outbox_pauses WHERE paused))
           AND NOT EXISTS (SELECT 1 FROM outbox earlier WHERE earlier.subject = o.subject AND earlier.id < o.id
                             AND earlier.delivered_at IS NULL AND earlier.parked_reason IS NULL)
         ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, key, kind, subject, payload, attempts`,
      [limit, leaseSeconds],
    );
    await Promise.all(rows.map(deliver));
    return rows.length;
  }

  async function runInBackground(): Promise<void> {
    do {
      again = false;
      while (!stopped && (await deliverPending()) > 0);
    } while (again && !stopped);
  }

  return {
    deliverPending,
    deliverSoon() {
      if (stopped) return;
      again = true;
      // What fails here is found again by the worker's dispatcher.
      background ??= runInBackground()
        .catch(() => {})
        .finally(() => {
          background = undefined;
        });
    },
    async stop() {
      stopped = true;
      await background;
    },
  };
}

async function send(database: Database, client: Client, message: OutboxMessage): Promise<void> {
  switch (message.kind) {
    case 'start-order': {
      // An order that was cancelled before its workflow began needs none. One that is started again may have a card to let go.
      if (!message.again) {
        const { rows } = await database.query<{ status: OrderStatus }>('SELECT status FROM orders WHERE id = $1', [
          message.orderId,
        ]);
        if (rows[0] && isFinal(rows[0].status)) return;
      }
      return start(client, 'orderWorkflow', orderStartOptions(message.input as OrderWorkflowInput, message.again));
    }
    case 'start-receivable':
      return start(
        client,
        'receivableWorkflow',
        receivableStartOptions(message.input as ReceivableInput, message.round, message.again),
      );
    case 'start-bank-statement': {
      const { statementId, clockOffsetMs } = message;
      return start(client, 'bankStatementWorkflow', {
        taskQueue,
        workflowId: statementId,
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [{ statementId, clockOffsetMs }],
        memo: { clockOffsetMs },
      });
    }
    case 'signal': {
      const { signal, ...ids } = message.hint;
      try {
        await client.workflow.getHandle(message.workflowId).signal(signal, ids);
      } catch (error) {
        // A closed workflow needs no hint: it asked PostgreSQL before it closed, in the transaction that closed it.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
      return;
    }
    case 'notice':
      return startAlone(client, 'sendNotice', 'noticeWorkflow', `notice:${message.key}`, { key: message.key });
    case 'edi': {
      const { documentId, round } = message;
      return startAlone(client, 'sendEdiDocument', 'ediDocumentWorkflow', `edi:${documentId}:${round}`, { documentId, round });
    }
    case 'card-payment':
      return start(client, 'cardPaymentWorkflow', {
        taskQueue,
        workflowId: `card:${message.cardPaymentId}`,
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [{ cardPaymentId: message.cardPaymentId }],
      });
    case 'card-work':
      return start(client, 'cardWorkflow', {
        taskQueue,
        workflowId: `card:${message.work}:${message.id}`,
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [{ work: message.work, id: message.id }],
      });
  }
}

async function start(client: Client, workflow: string, options: WorkflowStartOptions): Promise<void> {
  try {
    await client.workflow.start(workflow, options);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** A mail is one activity; where the server cannot run an activity by itself, a workflow of that one activity. */
async function startAlone(client: Client, activity: string, workflow: string, id: string, input: object): Promise<void> {
  try {
    await client.activity.start(activity, {
      id,
      taskQueue,
      args: [input],
      startToCloseTimeout: '60s',
      heartbeatTimeout: '5s',
      retry: { initialInterval: '1s', maximumInterval: '1m' },
      idReusePolicy: 'REJECT_DUPLICATE',
      summary: id,
    });
  } catch (error) {
    if (error instanceof ActivityExecutionAlreadyStartedError) return;
    if (explain(error).code !== unimplemented) throw error;
    await start(client, workflow, { taskQueue, workflowId: id, workflowIdReusePolicy: 'REJECT_DUPLICATE', args: [input] });
  }
}

/** Whoever was told that it could not be delivered has nothing to do any more. */
async function noteDelivered(database: Database, { id, attempts }: OutboxRow): Promise<void> {
  const note = 'UPDATE outbox SET delivered_at = clock_timestamp() WHERE id = $1';
  if (attempts === 1) {
    await database.query(note, [id]);
    return;
  }
  await database.transaction(async (tx) => {
    await tx.query(note, [id]);
    const { at } = await readClock(tx);
    const outcome = { reason: 'it was delivered' };
    await finishTasks(tx, { keys: [`outbox:${id}`] }, { status: 'completed', by: system.name, outcome, at });
  });
}

/** A message that Temporal will never take waits for a person instead of blocking those behind it. */
async function park(database: Database, row: OutboxRow, reason: string): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('UPDATE outbox SET parked_reason = $2 WHERE id = $1', [row.id, reason]);
    await reportRow(tx, row, reason);
  });
}

async function reportRow(tx: Transaction, row: OutboxRow, reason: string): Promise<void> {
  await openTask(tx, {
    key: `outbox:${row.id}`,
    kind: 'parked-message',
    role: 'admin',
    title: `${row.key} cannot be delivered: ${reason}`,
    details: { outboxId: row.id, payload: row.payload },
    at: (await readClock(tx)).at,
  });
}

/** An outage holds up every row alike: one task a day stands for them all. */
async function reportOutage(tx: Transaction, reason: string): Promise<void> {
  const { at } = await readClock(tx);
  await openTask(tx, {
    key: `outbox:outage:${at.slice(0, 10)}`,
    kind: 'parked-message',
    role: 'admin',
    title: `Temporal cannot be reached, and messages wait: ${reason}`,
    at,
  });
}

/** What the server said: the client wraps it. */
function explain(problem: unknown): { code?: number; reason: string } {
  const said = [problem, (problem as { cause?: unknown }).cause].find(isGrpcServiceError);
  return said ? { code: said.code, reason: said.details } : { reason: String(problem) };
}
