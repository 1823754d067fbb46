import { addDays, dayOfWeek, fromMillis, type IsoInstant, instantAt, localDate, plusSeconds, toMillis } from './time.ts';

/** Work that comes round by the company clock, without a person and without an order. */
export const databaseJobs = [
  'missed-pickups',
  'credit-reviews',
  'dispute-escalations',
  'dunning-pauses',
  'documentation-clocks',
  'approval-renewals',
  'unbilled-shipments',
  'invoice-runs',
  'risk-scores',
  'carrier-audit',
  'simulated-tracking',
  'card-holds',
  'simulated-gateway',
  'integrity',
  'audit-seals',
  'statements',
  'overdue-review',
  'cash-forecast',
  'kept-months',
  'edi-acknowledgements',
  'manifests',
] as const;
/** Work on the books alone: whoever has the database can run it. */
export type DatabaseJob = (typeof databaseJobs)[number];
export const jobNames = [...databaseJobs, 'orders-mailbox', 'workflow-check'] as const;
export type JobName = (typeof jobNames)[number];

/** Wall times are the company's. Weekday 1 is Monday; a month is its first day. */
export type Rhythm =
  | { every: 'minute' }
  | { every: 'day'; at: string }
  | { every: 'week'; weekday: number; at: string }
  | { every: 'month'; at: string };

/** How often what a policy says the rhythm of comes round; what it does not say is by default. */
export interface PolicyRhythms {
  auditEvery?: 'day' | 'week' | undefined;
  reviewEvery?: 'month' | 'week' | undefined;
}

/** When each job is due. How often carriers are audited is written beside their targets, and accounts reviewed in the bad-debt policy. */
export function rhythmOf(name: JobName, { auditEvery = 'week', reviewEvery = 'month' }: PolicyRhythms = {}): Rhythm {
  switch (name) {
    case 'missed-pickups':
    case 'credit-reviews':
    case 'unbilled-shipments':
    case 'dispute-escalations':
    case 'dunning-pauses':
    case 'documentation-clocks':
    case 'orders-mailbox':
    case 'audit-seals':
    case 'simulated-tracking':
    case 'simulated-gateway':
    case 'edi-acknowledgements':
    case 'manifests':
      return { every: 'minute' };
    case 'card-holds':
      return { every: 'day', at: '02:00' };
    case 'approval-renewals':
      return { every: 'day', at: '05:00' };
    case 'invoice-runs':
      return { every: 'day', at: '02:00' };
    case 'risk-scores':
      return { every: 'day', at: '04:00' };
    case 'kept-months':
      return { every: 'day', at: '01:00' };
    case 'integrity':
      return { every: 'day', at: '03:00' };
    case 'workflow-check':
      return { every: 'day', at: '03:30' };
    case 'statements':
      return { every: 'month', at: '07:00' };
    case 'overdue-review':
      return reviewEvery === 'week' ? { every: 'week', weekday: 1, at: '07:30' } : { every: 'month', at: '07:30' };
    case 'cash-forecast':
      return { every: 'week', weekday: 1, at: '05:30' };
    case 'carrier-audit':
      return auditEvery === 'day' ? { every: 'day', at: '06:00' } : { every: 'week', weekday: 1, at: '06:00' };
  }
}

/** The last instant, up to and with `at`, at which the job was due. */
export function lastDue(rhythm: Rhythm, at: IsoInstant, timeZone: string): IsoInstant {
  if (rhythm.every === 'minute') return wholeMinute(at);
  let date = localDate(at, timeZone);
  for (;;) {
    const due = instantAt(date, rhythm.at, timeZone);
    if (isItsDay(rhythm, date) && toMillis(due) <= toMillis(at)) return due;
    date = addDays(date, -1);
  }
}

/** The first instant after `after` at which the job is due. */
export function nextDue(rhythm: Rhythm, after: IsoInstant, timeZone: string): IsoInstant {
  if (rhythm.every === 'minute') return plusSeconds(wholeMinute(after), 60);
  let date = localDate(after, timeZone);
  for (;;) {
    const due = instantAt(date, rhythm.at, timeZone);
    if (isItsDay(rhythm, date) && toMillis(due) > toMillis(after)) return due;
    date = addDays(date, 1);
  }
}

/**
 * What a job has to run for now, if anything. One that missed its time makes up for it once, with the latest; an audit and
 * a statement are about their period, so they make up for each, oldest first.
 */
export function dueNow(
  name: JobName,
  rhythm: Rhythm,
  { ranFor, at, timeZone }: { ranFor: IsoInstant | null; at: IsoInstant; timeZone: string },
): IsoInstant | undefined {
  const latest = lastDue(rhythm, at, timeZone);
  if (ranFor === null) return latest;
  if (toMillis(latest) <= toMillis(ranFor)) return undefined;
  return name === 'carrier-audit' || name === 'statements' ? nextDue(rhythm, ranFor, timeZone) : latest;
}

/** The whole days before the audit: seven of them, or one. */
export function auditedDays(rhythm: Rhythm, dueAt: IsoInstant, timeZone: string): { from: string; to: string } {
  const today = localDate(dueAt, timeZone);
  return { from: addDays(today, rhythm.every === 'week' ? -7 : -1), to: addDays(today, -1) };
}

/** The month before the one in which it is due. */
export function statementMonth(dueAt: IsoInstant, timeZone: string): { from: string; to: string } {
  const to = addDays(`${localDate(dueAt, timeZone).slice(0, 8)}01`, -1);
  return { from: `${to.slice(0, 8)}01`, to };
}

function isItsDay(rhythm: Rhythm, date: string): boolean {
  if (rhythm.every === 'month') return date.endsWith('-01');
  return rhythm.every !== 'week' || dayOfWeek(date) === rhythm.weekday;
}

const minuteMs = 60_000;
const wholeMinute = (at: IsoInstant): IsoInstant => fromMillis(Math.floor(toMillis(at) / minuteMs) * minuteMs);
