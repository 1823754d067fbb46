import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import type { Transaction } from '../db/client.ts';
import { readOrderStart, readStep } from '../db/queries/orders.ts';
import { claimKey, keepAnswer, releaseKey } from '../db/statements/idempotency.ts';
import { isRefused, Refusal, type Refused } from '../domain/failures.ts';
import { isFinal } from '../domain/order.ts';
import { orderStartOptions } from '../outbox/deliver.ts';
import { type LiveOrder, liveOrder } from '../workflows/messages.ts';
import type { Answer, Call } from './contract.ts';

// The server hands a message straight to a worker; where that hand-over is lost it notices after 5 s and hands it over once more.
const answerWithinMs = 8_000;
// gRPC: cancelled, deadline exceeded, and the workflow task that carried the message was lost: a hint came in as it ended the
// order, and it runs again without the message.
const unanswered = new Set([1, 4, 9]);

/** A person's message to an order, and what becomes of its outcome. */
interface Message<Outcome extends object, Argument, Given extends Answer> {
  update: UpdateDefinition<Outcome | Refused, [Argument]>;
  argument: Argument;
  /** The step that the message's transaction takes, without the update's id: 'cancel', 'pick:SHP-1'. */
  step: string;
  /** Refuses what this person may not ask for. */
  guard?: (tx: Transaction) => Promise<void>;
  toAnswer: (outcome: Exclude<Outcome, Refused>) => Given;
}

/**
 * Asks the order's workflow for a decision and waits for its answer. The workflow is started with the message if the
 * dispatcher has not come to it yet. The update's id is the caller's Idempotency-Key and what it stands for, so the same
 * message again, after a time-out too, has its effect once and gets the same answer; a corrected one is another update.
 */
export async function tellOrder<Outcome extends object, Argument, Given extends Answer>(
  call: Call<unknown, unknown, unknown>,
  orderId: string,
  message: Message<Outcome, Argument, Given>,
): Promise<Given> {
  const { database, client, principal, requestKey } = call;
  const order = await readOrderStart(database, orderId, principal.customerId);
  if (!order) throw new Refusal(404, 'unknown-order', `There is no order ${orderId}.`);

  const claims = requestKey.fingerprint !== '';
  const updateId = `${principal.keyId}:${requestKey.key}:${requestKey.fingerprint.slice(0, 12)}`;
  const ask = async (): Promise<{ kept: Given } | { outcome: Exclude<Outcome, Refused> }> => {
    const kept = await database.transaction(async (tx) => {
      const earlier = claims ? await claimKey(tx, requestKey) : undefined;
      if (earlier) return earlier;
      // Thrown in here, a refusal takes the claim back with it.
      await message.guard?.(tx);
      if (isFinal(order.status)) throw new Refusal(409, 'order-state', `Order ${orderId} is ${order.status}.`);
      return undefined;
    });
    if (kept) return { kept: kept as Given };
    const outcome = await within(client, (connected) =>
      // Only an order that nobody has looked at may lack its workflow; asking for a start too costs the server more.
      order.status === 'received'
        ? connected.workflow.executeUpdateWithStart(message.update, {
            startWorkflowOperation: new WithStartWorkflowOperation('orderWorkflow', orderStartOptions(order.start)),
            args: [message.argument],
            updateId,
          })
        : connected.workflow.getHandle(orderId).executeUpdate(message.update, { args: [message.argument], updateId }),
    );
    if (!isRefused(outcome)) return { outcome: outcome as Exclude<Outcome, Refused> };
    const { status, type, detail, faults = [] } = outcome.refused;
    throw new Refusal(status, type, detail, { faults });
  };

  const asked = await ask().catch(async (error) => {
    const refusal = refusalOf(error, orderId);
    if (!(refusal instanceof Refusal)) throw refusal;
    // It may have had its effect all the same, now or in an earlier try that got no answer; then that is what refuses it here:
    // the order has ended, the task is done.
    const outcome = await readStep<Outcome | Refused>(database, orderId, `${message.step}:${updateId}`);
    if (outcome && !isRefused(outcome)) return { outcome: outcome as Exclude<Outcome, Refused> };
    // After a 503 nobody knows whether it is still under way: the key goes on standing for it.
    if (claims && refusal.status < 500) await releaseKey(database, requestKey);
    throw refusal;
  });
  if ('kept' in asked) return asked.kept;
  const answer = message.toAnswer(asked.outcome);
  if (claims) await keepAnswer(database, requestKey, answer);
  return answer;
}

/** What the order's workflow itself says, past PostgreSQL. */
export async function askOrder(client: Client | undefined, orderId: string): Promise<LiveOrder> {
  return within(client, (connected) => connected.workflow.getHandle(orderId).query(liveOrder)).catch((error) => {
    if (error instanceof WorkflowNotFoundError) {
      throw new Refusal(409, 'workflow-not-started', `The workflow of ${orderId} has not been started yet.`);
    }
    throw error;
  });
}

async function within<Result>(client: Client | undefined, ask: (client: Client) => Promise<Result>): Promise<Result> {
  if (!client) throw new Refusal(503, 'unavailable', 'No Temporal server is connected.');
  return client.withDeadline(Date.now() + answerWithinMs, () => ask(client));
}

/** What an update that failed means: the guard's refusal, an order that has ended, or an engine that does not answer. */
function refusalOf(error: unknown, orderId: string): unknown {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return busy(orderId);
  if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof WorkflowNotFoundError) return over(orderId);
  if (error instanceof ServiceError && isGrpcServiceError(error.cause) && unanswered.has(error.cause.code)) return busy(orderId);
  if (!(error instanceof WorkflowUpdateFailedError)) return error;
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof ApplicationFailure)) continue;
    if (cause.type === 'AcceptedUpdateCompletedWorkflow') return over(orderId);
    if (cause.type !== 'Refusal') continue;
    const { status, type } = (cause.details ?? [])[0] as { status: number; type: string };
    // PostgreSQL knows the shipment, so its workflow will in a moment.
    if (type === 'unknown-shipment') return busy(orderId);
    return new Refusal(status, type, cause.message);
  }
  return error;
}

const over = (orderId: string) => new Refusal(409, 'order-state', `The workflow of ${orderId} has ended.`);

const busy = (orderId: string) =>
  new Refusal(
    503,
    'unavailable',
    `${orderId} did not answer in time. Send the same request again, with the same Idempotency-Key.`,
  );
