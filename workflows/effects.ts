import { ActivityFailure, ApplicationFailure, patched, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities, DatabaseSteps } from '../activities/index.ts';

/*
 * Retries and time-outs by kind of effect, in this one place. A refusal is never retried; an outage is, for as long as
 * it lasts.
 */
const nonRetryableErrorTypes = ['Refusal'];

type Steps = Record<string, (input: Subjects) => Promise<unknown>>;

/** What a step is about, for the operator who reads the history. */
interface Subjects {
  shipmentId?: string;
  invoiceId?: string;
  taskId?: string;
  step?: { step: string };
}

/** Short, idempotent transactions run inside the workflow task: one marker each instead of a task of their own. */
const local = proxyLocalActivities<Steps>({
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '20s',
  retry: { maximumAttempts: 3, initialInterval: '300ms', backoffCoefficient: 3, nonRetryableErrorTypes },
});

/** The same steps when PostgreSQL is away for longer: a normal activity waits outside the workflow task. */
const remote = proxyActivities<Steps>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s', nonRetryableErrorTypes },
});

/** A database step: local first, and after three failed tries the same step as a normal activity. */
export const database = new Proxy({} as DatabaseSteps, {
  get: (_, name: string) => (input: Subjects) =>
    inTurn(async () => {
      const summary = [input.shipmentId, input.invoiceId, input.step?.step, input.taskId].filter(Boolean).join(' ') || name;
      try {
        return await local[name]!.executeWithOptions({ summary }, [input]);
      } catch (error) {
        if (isRefusal(error)) throw error;
        // Older orders took the failure of a local activity for an answer, and failed with it; so do their replays.
        if (!(error instanceof ActivityFailure) && !patched('steps-outlast-outages')) throw error;
        return remote[name]!.executeWithOptions({ summary }, [input]);
      }
    }),
});

// Of this workflow alone: the sandbox gives each workflow its own copy of this module.
let lastStep: Promise<unknown> = Promise.resolve();

/**
 * One step of a workflow at a time, in the order in which they were asked for. Of two local activities that run side by side in one
 * workflow task, a replay hears at once, where the first run heard of one after the other: what follows them would come in
 * another order, and the order would be stuck (tests/replay: two warehouses).
 */
function inTurn<Outcome>(step: () => Promise<Outcome>): Promise<Outcome> {
  const turn = lastStep.then(step);
  lastStep = turn.catch(() => {});
  return turn;
}

/** Those outside may be away for as long as they like. */
const untilTheyAnswer = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;

/** Carriers: slow, limited, and failing in their own ways. */
export const carriers = proxyActivities<Pick<Activities, 'bookCarrier' | 'voidCarrierBooking'>>({
  startToCloseTimeout: '30s',
  heartbeatTimeout: '5s',
  retry: untilTheyAnswer,
});

/** The card gateway: several requests may follow one another in one activity. */
export const card = proxyActivities<
  Pick<
    Activities,
    'authoriseCard' | 'takeFromCard' | 'holdRestOnCard' | 'chargeCard' | 'askAboutGatewayEvent' | 'refundToCard' | 'renewCardHold'
  >
>({ startToCloseTimeout: '2m', heartbeatTimeout: '5s', retry: untilTheyAnswer });

/** What leaves the house; the outbox starts it with the same limits where the server runs an activity by itself. */
export const dispatch = proxyActivities<Pick<Activities, 'sendNotice' | 'sendEdiDocument'>>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '5s',
  retry: untilTheyAnswer,
});

/** Bank statements: the heartbeat says that it is alive; whoever takes over goes on from the line that the database says. */
export const bankStatement = proxyActivities<Pick<Activities, 'importBankStatement' | 'matchBankStatement'>>({
  startToCloseTimeout: '6h',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** Looks at what is due. Few attempts: the schedule comes again in a minute, and a job that failed is still due then. */
export const look = proxyActivities<Pick<Activities, 'runDueJobs' | 'pollOrdersMailbox'>>({
  startToCloseTimeout: '4m',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '10s', maximumAttempts: 2 },
});

/** A local activity fails with the cause itself, a normal one with an ActivityFailure around it. */
function isRefusal(error: unknown): boolean {
  const failure = error instanceof ActivityFailure ? error.cause : error;
  return failure instanceof ApplicationFailure && failure.type === 'Refusal';
}
