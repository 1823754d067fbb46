import { Refusal } from '../../domain/failures.ts';
import {
  auditedDays,
  type DatabaseJob,
  databaseJobs,
  dueNow,
  lastDue,
  type Rhythm,
  rhythmOf,
  statementMonth,
} from '../../domain/jobs.ts';
import { addDays, type IsoInstant, localDate, toMillis } from '../../domain/time.ts';
import type { Database, Transaction } from '../client.ts';
import { listJobs, readRhythms } from '../queries/jobs.ts';
import { type Actor, record, system } from '../statements/audit.ts';
import { findCompanyTimeZone, readCompany } from '../statements/company.ts';
import { noteJobDone, noteJobFailed } from '../statements/jobs.ts';
import { auditCarriers } from './audit-carriers.ts';
import { checkIntegrity } from './check-integrity.ts';
import { closeManifests } from './close-manifests.ts';
import { escalateDisputes } from './dispute-invoice.ts';
import { endDunningPauses } from './end-dunning-pauses.ts';
import { escalateReviews } from './escalate-reviews.ts';
import { flagUnbilledShipments } from './flag-unbilled-shipments.ts';
import { keepCashForecast } from './keep-cash-forecast.ts';
import { keepMonths } from './keep-months.ts';
import { matchLineThatHasCome } from './match-bank-line.ts';
import { missAcknowledgements } from './miss-acknowledgements.ts';
import { renewCardHolds } from './pay-order-by-card.ts';
import { renewApprovals } from './renew-approvals.ts';
import { replanPickups } from './replan-pickups.ts';
import { reportSimulatedGateway } from './report-simulated-gateway.ts';
import { reportSimulatedTracking } from './report-simulated-tracking.ts';
import { reviewOverdue } from './review-overdue.ts';
import { recomputeRisk } from './risk.ts';
import { runNextCustomer } from './run-invoices.ts';
import { sealAudit } from './seal-audit.ts';
import { sendStatements } from './send-statements.ts';
import { watchClocks } from './watch-clocks.ts';

export interface JobRun {
  name: DatabaseJob;
  dueAt: IsoInstant;
  result: object;
  /** True when the job is still due: one transaction could not take it all, or it catches up on an earlier round. */
  more: boolean;
}

/** As many transactions as one look gives one job; what is left is done at the next. */
const runsPerLookMaximum = 20;
/** The run of invoices takes one customer in each. */
const customersPerLookMaximum = 200;

/**
 * Runs a job for the instant at which it was due, in one transaction with the note that it ran, so that it runs for it once
 * however many ask. By hand it runs whether it is due or not. Undefined: it is not due, or is being run elsewhere.
 */
export async function runJob(
  tx: Transaction,
  { name, at, byHand }: { name: DatabaseJob; at: IsoInstant; byHand?: Actor },
): Promise<JobRun | undefined> {
  const [{ timeZone }, rhythms] = await Promise.all([readCompany(tx), readRhythms(tx)]);
  const rhythm = rhythmOf(name, rhythms);
  const { rows } = await tx.query<{ ranFor: IsoInstant | null }>(
    'SELECT ran_for AS "ranFor" FROM jobs WHERE name = $1 FOR UPDATE SKIP LOCKED',
    [name],
  );
  if (!rows[0]) {
    if (byHand) throw new Refusal(409, 'job-is-running', `The job ${name} is being run right now; look at GET /v1/jobs.`);
    return undefined;
  }
  const due = dueNow(name, rhythm, { ranFor: rows[0].ranFor, at, timeZone });
  if (due === undefined && !byHand) return undefined;
  const dueAt = due ?? lastDue(rhythm, at, timeZone);
  const { more, result } = await work(tx, { name, rhythm, dueAt, timeZone, actor: byHand ?? system, at });
  if (!more) await noteJobDone(tx, { name, dueAt, result, at });
  if (byHand) {
    await record(tx, {
      at,
      actor: byHand,
      action: 'job-run',
      summary: `The job ${name} was run by hand`,
      after: { job: name, dueAt, result },
    });
  }
  return { name, dueAt, result, more: more || dueNow(name, rhythm, { ranFor: dueAt, at, timeZone }) !== undefined };
}

/**
 * Runs every job that is due. One that fails is noted, with a task, and does not hold up the others; it stays due. Safe to
 * run twice and at the same time. Before there is a company there is nothing to do.
 */
export async function runDueJobs(
  database: Database,
  { at }: { at: IsoInstant },
): Promise<{ ran: DatabaseJob[]; failed: DatabaseJob[] }> {
  const ran: DatabaseJob[] = [];
  const failed: DatabaseJob[] = [];
  const timeZone = await findCompanyTimeZone(database);
  if (timeZone === undefined) return { ran, failed };
  const jobs = await listJobs(database, { at, timeZone });
  const due = new Set<string>(jobs.filter(({ nextDueAt }) => toMillis(nextDueAt) <= toMillis(at)).map(({ name }) => name));
  for (const name of databaseJobs.filter((job) => due.has(job))) {
    try {
      for (let runs = 0; runs < (name === 'invoice-runs' ? customersPerLookMaximum : runsPerLookMaximum); runs += 1) {
        const run = await database.transaction((tx) => runJob(tx, { name, at }));
        if (!run) break;
        ran.push(name);
        if (!run.more) break;
      }
    } catch (error) {
      failed.push(name);
      // When it was PostgreSQL that went away, this throws too, and whoever asked for the jobs asks again.
      await database.transaction((tx) => noteJobFailed(tx, { name, problem: (error as Error).message, at }));
    }
  }
  return { ran, failed };
}

interface Work {
  name: DatabaseJob;
  rhythm: Rhythm;
  dueAt: IsoInstant;
  timeZone: string;
  actor: Actor;
  at: IsoInstant;
}

async function work(
  tx: Transaction,
  { name, rhythm, dueAt, timeZone, actor, at }: Work,
): Promise<Pick<JobRun, 'result' | 'more'>> {
  switch (name) {
    case 'missed-pickups': {
      const { missed, planned, more } = await replanPickups(tx, { actor, at });
      return { result: { missed: missed.length, planned: planned.length }, more };
    }
    case 'credit-reviews': {
      const { escalated, more } = await escalateReviews(tx, { at });
      return { result: { escalated }, more };
    }
    case 'dispute-escalations':
      return escalateDisputes(tx, { at });
    case 'dunning-pauses':
      return endDunningPauses(tx, { at });
    case 'documentation-clocks': {
      if (await matchLineThatHasCome(tx, { at })) return { result: {}, more: true };
      const { escalated, lapsed, more } = await watchClocks(tx, { at });
      return { result: { escalated, lapsed }, more };
    }
    case 'approval-renewals': {
      const { flagged, more } = await renewApprovals(tx, { at });
      return { result: { flagged }, more };
    }
    case 'unbilled-shipments': {
      const { flagged, more } = await flagUnbilledShipments(tx, { at });
      return { result: { flagged }, more };
    }
    case 'invoice-runs': {
      const { invoiced, failed, more } = await runNextCustomer(tx, { dueAt, actor, at });
      return { result: { invoiced, failed }, more };
    }
    case 'risk-scores':
      return { result: await recomputeRisk(tx, { at }), more: false };
    case 'simulated-tracking': {
      const { planned, reported, more } = await reportSimulatedTracking(tx, { at });
      return { result: { planned, reported }, more };
    }
    case 'card-holds': {
      const { renewed, more } = await renewCardHolds(tx, { at });
      return { result: { renewed }, more };
    }
    case 'simulated-gateway': {
      const { planned, reported, more } = await reportSimulatedGateway(tx, { at });
      return { result: { planned, reported }, more };
    }
    case 'integrity': {
      const { runId, checked, broken } = await checkIntegrity(tx, { at });
      return { result: { runId, checked, broken: broken.map(({ id }) => id) }, more: false };
    }
    case 'statements': {
      const { sent, skipped, more } = await sendStatements(tx, { ...statementMonth(dueAt, timeZone), at });
      return { result: { sent, skipped }, more };
    }
    case 'overdue-review': {
      const asOf = addDays(localDate(dueAt, timeZone), -1);
      const { id, accounts } = await reviewOverdue(tx, { asOf, actor, at });
      return { result: { reviewId: id, asOf, accounts }, more: false };
    }
    case 'cash-forecast':
      return { result: await keepCashForecast(tx, { at }), more: false };
    case 'kept-months':
      return keepMonths(tx, { today: localDate(at, timeZone) });
    case 'edi-acknowledgements': {
      const { missed, more } = await missAcknowledgements(tx, { at });
      return { result: { missed }, more };
    }
    case 'manifests': {
      const { closed, more } = await closeManifests(tx, { at });
      return { result: { closed }, more };
    }
    case 'audit-seals':
      return sealAudit(tx, at);
    case 'carrier-audit': {
      const { id, from, to, lanes } = await auditCarriers(tx, { ...auditedDays(rhythm, dueAt, timeZone), actor, at });
      const breaches = lanes.reduce((total, lane) => total + lane.breaches.length, 0);
      return { result: { auditId: id, from, to, lanes: lanes.length, breaches }, more: false };
    }
  }
}
