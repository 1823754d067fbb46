import type { Client } from '@temporalio/client';
import type { Database } from '../db/client.ts';
import { openWorkflows } from '../db/queries/operations.ts';
import { readClock, readCompany } from '../db/statements/company.ts';
import { runDueJobs, runJob } from '../db/transactions/run-job.ts';
import { Refusal } from '../domain/failures.ts';
import { taskQueue } from '../domain/ids.ts';
import { type IsoInstant, instantAt, localDate, plusSeconds, toMillis } from '../domain/time.ts';
import type { Delivery } from '../outbox/deliver.ts';
import { forwardWorkflow, isQuiet } from './forward.ts';

export interface AdvanceClockInput {
  database: Database;
  client: Client;
  delivery: Delivery;
  to: IsoInstant;
  /** Told after each step: where the clock stands, and how many workflows went along. */
  progress?: (at: IsoInstant, workflows: number) => void;
}

const settleSeconds = 30;
/** So long what is due may take before those that may be behind are moved along. */
const behindSeconds = 5;
const forwardsAtOnce = 10;
/** Taken by whoever moves the clock. */
export const clockLock = 748_202;

/**
 * Moves the company clock, and every open order and receivable with it, forward to an instant in the real engine (X7).
 * It goes from one day with something due to the next and ends each at the end of that local day, so that things happen in
 * the order of their dates. One advance at a time; commands are refused meanwhile. Local stacks only.
 */
export async function advanceClock({ database, client, delivery, to, progress }: AdvanceClockInput): Promise<{
  at: IsoInstant;
  offsetMs: number;
  workflows: number;
}> {
  const { timeZone } = await readCompany(database);
  const lock = await database.pool.connect();
  try {
    const { rows } = await lock.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [clockLock]);
    if (!rows[0]!.taken) throw new Refusal(409, 'clock-is-moving', 'The company clock is being moved already.');
    try {
      const started = await readClock(database);
      if (toMillis(to) < toMillis(started.at)) {
        throw new Refusal(422, 'clock-goes-forward', `The company clock stands at ${started.at} and only moves forward.`);
      }
      await refuseWithoutWorker(client);
      await database.query('UPDATE company_clock SET advancing_to = $1', [to]);
      // A parcel that has just left has something to report on the way.
      await database.transaction((tx) => runJob(tx, { name: 'simulated-tracking', at: started.at }));
      await database.transaction((tx) => runJob(tx, { name: 'simulated-gateway', at: started.at }));
      let workflows = 0;
      for (;;) {
        await settle(database, client, delivery, (await readClock(database)).at);
        const { at } = await readClock(database);
        if (toMillis(at) >= toMillis(to)) break;
        const stop = await nextStop(database, at, to, timeZone);
        const open = await openWorkflows(database);
        workflows = Math.max(workflows, open.length);
        await forwardAll(client, open, stop);
        await settle(database, client, delivery, stop);
        // Real time went by meanwhile; the offset is set so that the company's now is the stop, not the sum of the steps.
        await database.query('UPDATE company_clock SET offset_ms = $1', [toMillis(stop) - Date.now()]);
        // What comes round by the clock goes along with it; what the jobs owe is delivered by the next settling.
        await runDueJobs(database, { at: stop });
        progress?.(stop, open.length);
      }
      const { at, offsetMs } = await readClock(database);
      return { at, offsetMs, workflows };
    } finally {
      // Only who holds the lock may say that the clock stands still again.
      await database.query('UPDATE company_clock SET advancing_to = NULL').catch(() => {});
      await lock.query('SELECT pg_advisory_unlock($1)', [clockLock]).catch(() => {});
    }
  } finally {
    lock.release();
  }
}

/**
 * Brings an advance to its end that a crash interrupted: some workflows have been moved already, and commands are refused
 * until the clock has followed them.
 */
export async function finishAdvance(services: Omit<AdvanceClockInput, 'to' | 'progress'>): Promise<void> {
  const { rows } = await services.database.query<{ to: IsoInstant | null }>('SELECT advancing_to AS "to" FROM company_clock');
  if (rows[0]?.to) await advanceClock({ ...services, to: rows[0].to });
}

/** The end of the next local day on which something is due, or the target when that comes first. */
async function nextStop(database: Database, at: IsoInstant, to: IsoInstant, timeZone: string): Promise<IsoInstant> {
  const { rows } = await database.query<{ dueAt: IsoInstant | null; pauseDueAt: IsoInstant | null }>(
    `SELECT least(
       (SELECT min(next_step_at) FROM invoices WHERE open_minor > 0 AND next_step_at > $1),
       (SELECT min(due_at) FROM prepayments WHERE status = 'awaited' AND due_at > $1),
       (SELECT min(due_at) FROM order_cards WHERE status = 'declined' AND due_at > $1),
       (SELECT min(due_at) FROM simulated_reports WHERE reported_at IS NULL AND due_at > $1),
       (SELECT min(due_at) FROM simulated_gateway_events WHERE reported_at IS NULL AND due_at > $1),
       (SELECT min(due_at) FROM tasks WHERE status IN ('open', 'claimed') AND due_at > $1)) AS "dueAt",
       least(
         (SELECT min(due_at) FROM promises WHERE status = 'open' AND due_at > $1),
         (SELECT min(due_at) FROM hold_offs WHERE ended_at IS NULL AND due_at > $1)) AS "pauseDueAt"`,
    [at],
  );
  const { dueAt, pauseDueAt } = rows[0]!;
  const stop = endOfDueDay(dueAt, { at, to, timeZone });
  // What keeps letters back ends at midnight, and letters of that very day follow: its end would be too late for them.
  return pauseDueAt !== null && toMillis(pauseDueAt) < toMillis(stop) ? pauseDueAt : stop;
}

function endOfDueDay(
  dueAt: IsoInstant | null,
  { at, to, timeZone }: { at: IsoInstant; to: IsoInstant; timeZone: string },
): IsoInstant {
  if (!dueAt) return to;
  const endOfDay = plusSeconds(instantAt(localDate(dueAt, timeZone), '23:59', timeZone), 0);
  if (toMillis(endOfDay) <= toMillis(at)) return toMillis(dueAt) < toMillis(to) ? dueAt : to;
  return toMillis(endOfDay) < toMillis(to) ? endOfDay : to;
}

/** Moves these workflows to an instant, some at once. */
async function forwardAll(client: Client, workflowIds: readonly string[], to: IsoInstant): Promise<void> {
  const waiting = [...workflowIds];
  await Promise.all(
    Array.from({ length: forwardsAtOnce }, async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await forwardWorkflow(client, id, to);
    }),
  );
}

/** Waits until the outbox is empty, every workflow is quiet, and everything due by then has been done. */
async function settle(database: Database, client: Client, delivery: Delivery, at: IsoInstant): Promise<void> {
  const deadlineMs = Date.now() + settleSeconds * 1000;
  let movedMs = Date.now();
  for (;;) {
    await delivery.deliverPending(50);
    const { rows } = await database.query<{ outbox: number; steps: number; escalations: number }>(
      `SELECT (SELECT count(*)::int FROM outbox WHERE delivered_at IS NULL AND parked_reason IS NULL) AS outbox,
         (SELECT count(*)::int FROM invoices WHERE open_minor > 0 AND next_step_at <= $1)
           + (SELECT count(*)::int FROM prepayments WHERE status = 'awaited' AND due_at <= $1)
           + (SELECT count(*)::int FROM gateway_events WHERE status = 'received' AND EXISTS (SELECT FROM gateway_simulations))
           + (SELECT count(*)::int FROM order_cards c JOIN orders o ON o.id = c.order_id
              WHERE c.status = 'declined' AND c.due_at <= $1 AND o.status = 'awaiting-card') AS steps,
         (SELECT count(*)::int FROM tasks WHERE status IN ('open', 'claimed') AND kind IN ('credit-review', 'over-limit')
            AND due_at <= $1 AND escalated_at IS NULL) AS escalations`,
      [at],
    );
    const { outbox, steps, escalations } = rows[0]!;
    if (outbox === 0 && steps === 0 && escalations === 0) {
      const open = await openWorkflows(database);
      const quiet = await Promise.all(open.map((id) => isQuiet(client, id)));
      if (quiet.every(Boolean)) return;
    }
    // A workflow that began while the others were moved began by the time from before, and is behind them.
    if (steps > 0 && Date.now() > movedMs + behindSeconds * 1000) {
      await forwardAll(client, await openWorkflows(database), at);
      movedMs = Date.now();
    }
    if (Date.now() > deadlineMs) {
      throw new Refusal(
        503,
        'clock-stuck',
        `The clock stopped at ${at}: ${outbox} messages, ${steps} receivable steps and ${escalations} escalations are still due. Is the worker running?`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Without a worker time would run past work that nobody does. */
async function refuseWithoutWorker(client: Client): Promise<void> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  });
  if ((pollers ?? []).length === 0)
    throw new Refusal(503, 'no-worker', 'No worker is running: start it before moving the clock.');
}
