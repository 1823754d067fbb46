/**
 * Dunning: dates computed once as data when an invoice is issued, and the decision, taken again at every letter, which items
 * rise. Calendar dates in the seller's zone. Requirements A1, P3, P4.
 */
import { defaultLetters, type Letters } from './letter.ts';
import { type PolicyRate, policyAmount } from './policy-amount.ts';
import type { PromiseTerms } from './promise.ts';
import {
  addDays,
  compareDates,
  daysBetween,
  type IsoDate,
  type IsoInstant,
  instantAt,
  localDate,
  plusSeconds,
  toMillis,
} from './time.ts';

export interface DunningLevel {
  level: number;
  /** Reached when the item is overdue for so many days. */
  daysOverdue: number;
  /** The last letter before collections. */
  final: boolean;
  /** Charged once for a letter that states this level, in the company's currency; absent: nothing. */
  feeMinor?: number | undefined;
  /** The same for items in other currencies, by their codes. */
  feeMinorIn?: Record<string, number> | undefined;
}

/** A fixed sum for the cost of recovery, once per invoice: EUR 40 between businesses by Directive 2011/7/EU. */
export interface Compensation {
  /** In the company's currency. */
  amountMinor: number;
  /** For items in other currencies, by their codes. */
  amountMinorIn?: Record<string, number> | undefined;
  /** Charged as the invoice goes overdue, or with its first letter. */
  chargedWhen: 'overdue' | 'first-letter';
}

/** What the company's own policy is called; another is 'dunning:' and its code. */
const companyPolicy = 'dunning';

/** Immutable, versioned data: an edit is a new version and touches new invoices only. */
export interface DunningPolicy {
  name: typeof companyPolicy | `dunning:${string}`;
  version: number;
  /** Terms under twice this: at half the term. */
  reminderDaysAfterInvoice: number;
  /** From level 1 up, without gaps. */
  levels: DunningLevel[];
  collectionsDaysOverdue: number;
  /** Least days between two notices for an item. */
  intervalDays: number;
  /** An item below it gets no letter. In the company's currency. */
  minimumMinor: number;
  /** Delays letters and collections; never ageing, never the hold. */
  graceDays: number;
  /** Local wall time of letters, 'HH:MM'. */
  letterTime: string;
  /** Decimal string: '0.11' is 11 % a year. With a margin: for days before the first base rate. */
  annualInterestRate: string;
  /** Over the base rate of each day. Absent: the rate above holds for good. */
  baseRateMargin?: string | undefined;
  /** Of interest and fee notes. */
  interestNoteTermsDays: number;
  collectInterest: boolean;
  compensation?: Compensation | undefined;
  /** Texts by language, ISO 639-1. Absent in versions older than languages: `defaultLetters`. */
  letters?: Letters | undefined;
}

/** The policy of all whom no other is assigned to. What concerns a customer as a whole is here alone. */
export interface CompanyDunningPolicy extends DunningPolicy {
  name: typeof companyPolicy;
  /** Undisputed overdue items above it put the customer on hold. In the company's currency. */
  holdMinimumMinor: number;
  /** Absent: `defaultPromiseTerms`. */
  promises?: PromiseTerms | undefined;
}

export const defaultDunningPolicy: CompanyDunningPolicy = {
  name: 'dunning',
  version: 1,
  reminderDaysAfterInvoice: 14,
  levels: [
    { level: 1, daysOverdue: 1, final: false },
    { level: 2, daysOverdue: 15, final: false },
    { level: 3, daysOverdue: 30, final: true },
  ],
  collectionsDaysOverdue: 45,
  intervalDays: 7,
  minimumMinor: 0,
  holdMinimumMinor: 0,
  graceDays: 0,
  letterTime: '09:00',
  annualInterestRate: '0.11',
  interestNoteTermsDays: 30,
  collectInterest: true,
  letters: defaultLetters,
};

/** From which of the four places an item's policy came. */
export type PolicyAssignment = 'invoice' | 'customer' | 'segment' | 'company';

/** By invoice over customer over segment over the company's own, whose code is none (P4). */
export function assignPolicy(codes: Record<Exclude<PolicyAssignment, 'company'>, string | null>): {
  code: string | undefined;
  assignedBy: PolicyAssignment;
} {
  for (const assignedBy of ['invoice', 'customer', 'segment'] as const) {
    const code = codes[assignedBy];
    if (code !== null) return { code, assignedBy };
  }
  return { code: undefined, assignedBy: 'company' };
}

/** Under which name the policy of that code is kept. */
export const policyName = (code: string | undefined): DunningPolicy['name'] =>
  code === undefined ? companyPolicy : `${companyPolicy}:${code}`;

/** Which policy something is or was decided by, as the audit log says it. */
export const policyLabel = ({ policy, policyVersion }: DrawnFrom): string => `${policyName(policy)} v${policyVersion}`;

export type PlanStepKind = 'reminder' | 'overdue' | 'dunning' | 'collections';

export interface PlanStep {
  /** Unique in the plan and part of idempotency keys: 'reminder', 'overdue', 'dunning-1', 'collections'. */
  step: string;
  kind: PlanStepKind;
  /** Of a dunning step. */
  level?: number;
  /** Of an item that is paid in instalments: whose step it is. Absent: the first's. */
  instalment?: number;
  /** Of an item that is collected anew: the round, from 2. */
  round?: number;
  /** The seller's local date. */
  on: IsoDate;
  at: IsoInstant;
}

/** What a plan was drawn up from. */
export interface DrawnFrom {
  /** The policy's code; absent: the company's own. */
  policy?: string;
  policyVersion: number;
  /** Absent in plans that are older than named policies. */
  assignedBy?: PolicyAssignment;
}

/** What a promise to pay or a hold-off keeps back; a reminder asks for nothing yet, and an item goes overdue all the same. */
export const isLetter = ({ kind }: Pick<PlanStep, 'kind'>): boolean => kind === 'dunning' || kind === 'collections';

export interface DunningPlan extends DrawnFrom {
  steps: PlanStep[];
  /** When a dispute, a promise or a hold-off ended whose skipped steps were caught up in this plan; absent: as it was issued. */
  resumedAt?: IsoInstant;
}

export interface DunningPlanInput {
  policy: DunningPolicy;
  assignedBy?: PolicyAssignment | undefined;
  invoiceId: string;
  issuedOn: IsoDate;
  dueOn: IsoDate;
  /** Days from invoice to due date as agreed; 0: due on receipt. */
  termsDays: number;
  timeZone: string;
  /** The level that a reopened item already has: it gets no reminder, and letters only above that level. */
  collectFromLevel?: number;
}

/**
 * The dated steps of one item, in time order. 'overdue' (flag, hold, contact task) falls exactly on local midnight after the
 * due date. The rest happens at the policy's letter time plus 0–9 minutes by invoice, so that a day's deadlines spread out.
 */
export function planDunning(input: DunningPlanInput): DunningPlan {
  const { policy, issuedOn, dueOn, timeZone, collectFromLevel } = input;
  const atLetterTime = (on: IsoDate) => letterInstant(input, on);
  const steps: PlanStep[] = [];

  const remindOn = addDays(issuedOn, reminderDays(policy, input.termsDays));
  if (collectFromLevel === undefined && compareDates(remindOn, issuedOn) > 0 && compareDates(remindOn, dueOn) < 0) {
    steps.push({ step: 'reminder', kind: 'reminder', on: remindOn, at: atLetterTime(remindOn) });
  }
  const overdueOn = addDays(dueOn, 1);
  steps.push({ step: 'overdue', kind: 'overdue', on: overdueOn, at: instantAt(overdueOn, '00:00', timeZone) });
  for (const { level, daysOverdue } of policy.levels) {
    if (level <= (collectFromLevel ?? 0)) continue;
    const on = addDays(dueOn, daysOverdue + policy.graceDays);
    steps.push({ step: `dunning-${level}`, kind: 'dunning', level, on, at: atLetterTime(on) });
  }
  const collectOn = addDays(dueOn, policy.collectionsDaysOverdue + policy.graceDays);
  steps.push({ step: 'collections', kind: 'collections', on: collectOn, at: atLetterTime(collectOn) });

  return { ...drawnFrom(input), steps: inOrder(steps) };
}

const inOrder = (steps: PlanStep[]): PlanStep[] => steps.sort((a, b) => toMillis(a.at) - toMillis(b.at));

function drawnFrom({ policy: { name, version }, assignedBy }: Pick<DunningPlanInput, 'policy' | 'assignedBy'>): DrawnFrom {
  return {
    ...(name === companyPolicy ? {} : { policy: name.slice(companyPolicy.length + 1) }),
    policyVersion: version,
    ...(assignedBy ? { assignedBy } : {}),
  };
}

/**
 * The steps of all instalments of an invoice, in time order. Each has a plan of its own, whose reminder counts from the due date of
 * the instalment before: a customer who has just paid one is not reminded of the next at once.
 */
export function planInstalments(
  input: Omit<DunningPlanInput, 'dueOn' | 'termsDays'>,
  instalments: readonly { number: number; dueOn: IsoDate }[],
): DunningPlan {
  const steps = instalments.flatMap(({ number, dueOn }, index) => {
    const from = instalments[index - 1]?.dueOn ?? input.issuedOn;
    const own = planDunning({ ...input, issuedOn: from, dueOn, termsDays: daysBetween(from, dueOn) }).steps;
    return number === 1 ? own : own.map((step) => ({ ...step, step: `${number}:${step.step}`, instalment: number }));
  });
  return { ...drawnFrom(input), steps: inOrder(steps) };
}

/**
 * The plan of an item that another system has held until now. A reminder that is past is not sent any more, and an overdue
 * item is overdue here at once. When its letters should have begun already, they are caught up from today on, or from
 * tomorrow when the letter time is past: one per interval, none before its own date, and collections after the last.
 */
export function planTakenOver(input: DunningPlanInput, at: IsoInstant, lastNoticeOn: IsoDate | null = null): DunningPlan {
  const { steps, ...from } = planDunning(input);
  const earliest = nextLetterDay(input, lastNoticeOn, at);
  const ahead = steps.filter((step) => step.kind === 'overdue' || toMillis(step.at) > toMillis(at));
  const letters = steps.filter(isLetter);
  if (letters.every(({ on }) => compareDates(on, earliest) >= 0)) return { ...from, steps: ahead };

  const caughtUp = catchUp(letters, input, earliest);
  return { ...from, steps: [...ahead.filter((step) => step.kind === 'overdue'), ...caughtUp] };
}

/** Today, or tomorrow when the letter time is past. */
function firstLetterDay(input: LetterDays, at: IsoInstant): IsoDate {
  const today = localDate(at, input.timeZone);
  return toMillis(letterInstant(input, today)) > toMillis(at) ? today : addDays(today, 1);
}

/** The same, or when the interval after the last notice is over: a letter within it would be skipped, and counted as taken. */
function nextLetterDay(input: LetterDays, lastNoticeOn: IsoDate | null, at: IsoInstant): IsoDate {
  const earliest = firstLetterDay(input, at);
  if (lastNoticeOn === null) return earliest;
  const afterInterval = addDays(lastNoticeOn, Math.max(1, input.policy.intervalDays));
  return compareDates(afterInterval, earliest) > 0 ? afterInterval : earliest;
}

/** Letters one per interval from the earliest day on, none before its own date. */
function catchUp(letters: readonly PlanStep[], input: LetterDays, earliest: IsoDate): PlanStep[] {
  let next = earliest;
  return letters.map((step) => {
    const on = compareDates(step.on, next) > 0 ? step.on : next;
    // A customer gets one letter a day, even under a policy without an interval.
    next = addDays(on, Math.max(1, input.policy.intervalDays));
    return { ...step, on, at: letterInstant(input, on) };
  });
}

/**
 * The plan of an item whose dispute (A5), promise to pay or hold-off (P6) has ended. It resumes at the level that it had: steps that were skipped meanwhile are
 * caught up as in a plan that was taken over, under names of their own, since a step is taken once; a reminder only before the
 * due date. Each instalment catches up with its own steps. Without a skipped step the plan is as it was.
 */
export function planResumed(
  plan: DunningPlan,
  item: LetterDays & {
    schedule: readonly { number: number; dueOn: IsoDate }[];
    skipped: readonly string[];
    lastNoticeOn: IsoDate | null;
    cause: string;
  },
  at: IsoInstant,
): DunningPlan {
  const isSkipped = ({ step }: PlanStep) => item.skipped.includes(step);
  if (!plan.steps.some(isSkipped)) return plan;
  const steps = item.schedule.flatMap(({ number, dueOn }) => {
    const own = plan.steps.filter((step) => (step.instalment ?? 1) === number);
    return own.some(isSkipped) ? caughtUpSteps(own, { ...item, dueOn }, at) : own;
  });
  return { ...plan, steps: inOrder(steps), resumedAt: at };
}

function caughtUpSteps(
  steps: readonly PlanStep[],
  item: LetterDays & { dueOn: IsoDate; skipped: readonly string[]; lastNoticeOn: IsoDate | null; cause: string },
  at: IsoInstant,
): PlanStep[] {
  const isSkipped = ({ step }: PlanStep) => item.skipped.includes(step);
  const today = localDate(at, item.timeZone);
  const earliest = firstLetterDay(item, at);
  const named = (step: PlanStep): PlanStep => (isSkipped(step) ? { ...step, step: `${step.step}:${item.cause}` } : step);
  const isOpen = (step: PlanStep) => isSkipped(step) || toMillis(step.at) > toMillis(at);
  const reminders = steps
    .filter((step) => step.kind === 'reminder' && isSkipped(step) && compareDates(earliest, item.dueOn) < 0)
    .map((step) => ({ ...named(step), on: earliest, at: letterInstant(item, earliest) }));
  const overdue = steps
    .filter((step) => step.kind === 'overdue' && isSkipped(step))
    .map((step) => ({ ...named(step), on: today, at }));
  const due = steps.filter((step) => isLetter(step) && isOpen(step)).map(named);
  const letters = catchUp(due, item, nextLetterDay(item, item.lastNoticeOn, at));
  const untouched = steps.filter((step) => !isSkipped(step) && !(isLetter(step) && isOpen(step)));
  return [...untouched, ...reminders, ...overdue, ...letters];
}

/** What of an open item is asked for: a disputed part stays open, and is left in peace until its dispute has ended. */
export const undisputedMinor = ({ openMinor, disputedMinor }: { openMinor: number; disputedMinor: number }): number =>
  Math.max(0, openMinor - disputedMinor);

/**
 * The plan of an item whose payment was taken back. What is past due is overdue at once; its letters go on above the level that it had
 * reached, no sooner after its last notice than any other. Every name carries the round, so that no step, task or letter of an earlier round stands for one of this.
 */
export function planReopened(
  input: Omit<DunningPlanInput, 'dueOn' | 'termsDays' | 'collectFromLevel'>,
  {
    schedule,
    open,
    round,
    level,
    lastNoticeOn,
  }: {
    schedule: readonly { number: number; dueOn: IsoDate }[];
    open: readonly number[];
    round: number;
    level: number;
    lastNoticeOn: IsoDate | null;
  },
  at: IsoInstant,
): DunningPlan {
  const today = localDate(at, input.timeZone);
  const steps = schedule.flatMap(({ number, dueOn }, index) => {
    if (!open.includes(number)) return [];
    const from = schedule[index - 1]?.dueOn ?? input.issuedOn;
    // An instalment that is still to come is collected like any other.
    const collectFromLevel = index === 0 || compareDates(dueOn, today) < 0 ? level : undefined;
    const own = planTakenOver(
      {
        ...input,
        issuedOn: from,
        dueOn,
        termsDays: daysBetween(from, dueOn),
        ...(collectFromLevel === undefined ? {} : { collectFromLevel }),
      },
      at,
      collectFromLevel === undefined ? null : lastNoticeOn,
    ).steps;
    return own.map((step) => ({
      ...step,
      step: `round-${round}:${number === 1 ? '' : `${number}:`}${step.step}`,
      ...(number === 1 ? {} : { instalment: number }),
      round,
    }));
  });
  return { ...drawnFrom(input), steps: inOrder(steps) };
}

/**
 * The plan of an item that gets another policy while it is collected (P4). What has been done stays done: letters go on above the level
 * that it has, one per interval and none before its own date; it is not overdue or handed over twice. Every new step has a name of
 * its own, because a step is taken once.
 */
export function planReassigned(
  plan: DunningPlan,
  item: Omit<DunningPlanInput, 'dueOn' | 'termsDays' | 'collectFromLevel'> & {
    schedule: readonly { number: number; dueOn: IsoDate }[];
    taken: readonly string[];
    level: number;
    lastNoticeOn: IsoDate | null;
    /** Names the change. */
    cause: string;
  },
  at: IsoInstant,
): DunningPlan {
  const today = localDate(at, item.timeZone);
  const steps = item.schedule.flatMap(({ number, dueOn }, index) => {
    const before = plan.steps.filter((step) => (step.instalment ?? 1) === number);
    const done = before.filter(({ step }) => item.taken.includes(step));
    const from = item.schedule[index - 1]?.dueOn ?? item.issuedOn;
    const isDone = (kind: PlanStepKind) => done.some((step) => step.kind === kind);
    // A level is one of what is overdue: an instalment that is still to come begins at the first.
    const level = compareDates(dueOn, today) < 0 ? item.level : 0;
    const own = planDunning({ ...item, issuedOn: from, dueOn, termsDays: daysBetween(from, dueOn) }).steps;
    const earliest = nextLetterDay(item, level > 0 ? item.lastNoticeOn : null, at);
    const letters = own.filter(
      (step) => isLetter(step) && (step.level ?? level + 1) > level && !(step.kind === 'collections' && isDone('collections')),
    );
    const rest = own.filter(
      (step) => !isLetter(step) && !isDone(step.kind) && (step.kind === 'overdue' || toMillis(step.at) > toMillis(at)),
    );
    const ahead = [...rest, ...catchUp(letters, item, earliest)].map((step) => ({
      ...step,
      step: `${number === 1 ? '' : `${number}:`}${step.step}:${item.cause}`,
      ...(number === 1 ? {} : { instalment: number }),
      ...(before[0]?.round === undefined ? {} : { round: before[0].round }),
    }));
    return [...done, ...ahead];
  });
  return { ...drawnFrom(item), steps: inOrder(steps), resumedAt: at };
}

/**
 * What is still owed of open items, given with the oldest first, when the customer's cash that waits unapplied stands for the
 * oldest of them. An item that is covered owes 0.
 */
export function owedAfterCash<Item extends { openMinor: number }>(items: readonly Item[], unappliedMinor: number): Item[] {
  let cashMinor = unappliedMinor;
  return items.map((item) => {
    const coveredMinor = Math.min(item.openMinor, cashMinor);
    cashMinor -= coveredMinor;
    return { ...item, openMinor: item.openMinor - coveredMinor };
  });
}

/** A reason for silence: what the customer or we are doing about the item, or money that may be its payment. */
export type DunningBlock = 'dispute' | 'promise' | 'hold-off' | 'candidate-payment';

export interface DunningItem {
  invoiceId: string;
  /** Of the last notice; 0 before the first. */
  level: number;
  daysOverdue: number;
  openMinor: number;
  lastNoticeOn: IsoDate | null;
  blocked: DunningBlock | null;
}

export interface DunningDecision {
  /** The highest new level, which the customer's one letter states; 0: no letter. */
  letterLevel: number;
  due: { invoiceId: string; newLevel: number }[];
  skipped: { invoiceId: string; reason: string }[];
}

/**
 * Which of a customer's items rise on that date. An item rises by one level at most, and only if it is open, long enough
 * overdue, its last notice long enough ago, its amount worth a letter, and nothing blocks it. A part payment changes the
 * amount, never the level.
 */
export function decideDunning(input: { policy: DunningPolicy; items: readonly DunningItem[]; on: IsoDate }): DunningDecision {
  const decision: DunningDecision = { letterLevel: 0, due: [], skipped: [] };
  for (const item of input.items) {
    const { invoiceId } = item;
    const reason = reasonToSkip(input.policy, item, input.on);
    if (reason !== null) {
      decision.skipped.push({ invoiceId, reason });
      continue;
    }
    decision.due.push({ invoiceId, newLevel: item.level + 1 });
    decision.letterLevel = Math.max(decision.letterLevel, item.level + 1);
  }
  return decision;
}

/** An overdue item as a letter weighs it: by what is asked for of it, under the policy that its plan was drawn up from. */
export interface WeighedItem {
  invoiceId: string;
  /** Since when the oldest of what is overdue of it was due. */
  dueOn: IsoDate;
  openMinor: number;
  dunningLevel: number;
  lastNoticeOn: IsoDate | null;
  policy: DunningPolicy;
}

/**
 * The items that a customer's letter on that day takes, each judged by its own policy (P4). With a level: as if each stood at it. One
 * that is blocked is left out, whatever its level.
 */
export function itemsOfLetter(
  items: readonly WeighedItem[],
  blocks: ReadonlyMap<string, DunningBlock>,
  { on, asLevel }: { on: IsoDate; asLevel?: number | undefined },
): { due: { invoiceId: string; level: number; final: boolean }[]; skipped: { invoiceId: string; reason: string }[] } {
  const due: { invoiceId: string; level: number; final: boolean }[] = [];
  const skipped: { invoiceId: string; reason: string }[] = [];
  for (const { invoiceId, dueOn, openMinor, dunningLevel, lastNoticeOn, policy } of items) {
    const blocked = blocks.get(invoiceId) ?? null;
    const asked = { invoiceId, level: dunningLevel, daysOverdue: daysBetween(dueOn, on), openMinor, lastNoticeOn, blocked };
    const decision = decideDunning({ policy, items: [asked], on });
    const asIf = blocked === null ? policy.levels.find((one) => one.level === asLevel)?.level : undefined;
    const level = asLevel === undefined ? decision.due[0]?.newLevel : asIf;
    if (level === undefined) skipped.push({ invoiceId, reason: blocked ?? decision.skipped[0]?.reason ?? 'no-such-level' });
    else due.push({ invoiceId, level, final: policy.levels.some((one) => one.level === level && one.final) });
  }
  return { due, skipped };
}

/**
 * What keeps overdue items out of a letter, by item: silence that was agreed, or money that may be their payment, because a clock runs
 * for it or because it is here and stands for the oldest of them.
 */
export function blockedItems(
  overdue: readonly { invoiceId: string; openMinor: number }[],
  by: { cashMinor: number; paused: ReadonlyMap<string, 'promise' | 'hold-off'>; mayBePaid: boolean },
): Map<string, 'promise' | 'hold-off' | 'candidate-payment'> {
  const blocks = new Map<string, 'promise' | 'hold-off' | 'candidate-payment'>(by.paused);
  for (const { invoiceId, openMinor } of owedAfterCash(overdue, by.cashMinor)) {
    if (by.mayBePaid || openMinor === 0) blocks.set(invoiceId, 'candidate-payment');
  }
  return blocks;
}

/** What one letter over several items states: their highest level, and whether it is the last letter for any of them. */
export function statedLevel(items: readonly { level: number; final: boolean }[]): { level: number; final: boolean } {
  return { level: Math.max(...items.map(({ level }) => level)), final: items.some(({ final }) => final) };
}

/** What makes a step of the plan be skipped while it lasts and caught up afterwards, and what makes it void. */
export function whatStops(kind: PlanStepKind): { skippedBy: DunningBlock[]; cancelledBy: string[] } {
  const cancelledBy = ['payment', 'credit-note', 'write-off'];
  if (kind === 'dunning') return { skippedBy: ['dispute', 'promise', 'hold-off', 'candidate-payment'], cancelledBy };
  if (kind === 'collections') return { skippedBy: ['dispute', 'promise', 'hold-off'], cancelledBy };
  return { skippedBy: kind === 'reminder' ? ['dispute', 'candidate-payment'] : ['dispute'], cancelledBy };
}

/** The policy with the least that is worth a letter as an item's currency has it; what it charges is stated by currency, see `chargesIn`. */
export const dunningPolicyIn = (policy: DunningPolicy, rate: PolicyRate | undefined): DunningPolicy => ({
  ...policy,
  minimumMinor: policyAmount(policy.minimumMinor, rate, 'at-least'),
});

/** What a policy charges for an item. */
export type Charges = Pick<DunningPolicy, 'levels' | 'compensation'>;

/**
 * What a policy charges for an item in that currency: what it states in it, and else nothing. Nothing is converted, because a letter names
 * the amounts that were agreed, on whatever day it is written (P5).
 */
export function chargesIn({ levels, compensation }: Charges, currency: string, companyCurrency: string): Charges {
  if (currency === companyCurrency) return { levels, compensation };
  const amountMinor = compensation?.amountMinorIn?.[currency];
  return {
    levels: levels.map((level) => ({ ...level, feeMinor: level.feeMinorIn?.[currency] })),
    compensation: compensation && amountMinor !== undefined ? { ...compensation, amountMinor } : undefined,
  };
}

/** An item of a letter, with the policy that its plan was drawn up from. */
export interface ChargedItem {
  invoiceId: string;
  /** Interest and fee notes: there is no fee on a fee. */
  isNote: boolean;
  /** That the letter raises it to. */
  level: number;
  policy: Charges;
  /** Its fixed sum has been charged. */
  isCompensated: boolean;
}

/**
 * What a letter charges (P5): one fee, the highest of its items' levels, in the name of the item that it is for; and the fixed sum of every
 * item that has none yet, also of those whose own moment passed while their money might have been on its way.
 */
export function letterCharges(items: readonly ChargedItem[]): {
  fee: { invoiceId: string; level: number; amountMinor: number } | null;
  compensations: { invoiceId: string; amountMinor: number }[];
} {
  const principals = items.filter(({ isNote }) => !isNote);
  const fees = principals.map(({ invoiceId, level, policy }) => {
    const amountMinor = policy.levels.find((one) => one.level === level)?.feeMinor ?? 0;
    return { invoiceId, level, amountMinor };
  });
  const highest = fees.reduce<(typeof fees)[number] | null>(
    (best, one) => (one.amountMinor > (best?.amountMinor ?? 0) ? one : best),
    null,
  );
  return {
    fee: highest,
    compensations: principals.flatMap(({ invoiceId, policy: { compensation }, isCompensated }) =>
      compensation && compensation.amountMinor > 0 && !isCompensated
        ? [{ invoiceId, amountMinor: compensation.amountMinor }]
        : [],
    ),
  };
}

function reasonToSkip(policy: DunningPolicy, item: DunningItem, on: IsoDate): string | null {
  const next = policy.levels.find(({ level }) => level === item.level + 1);
  if (item.openMinor <= 0) return 'paid';
  if (item.blocked !== null) return item.blocked;
  if (next === undefined) return 'highest-level';
  if (item.daysOverdue < next.daysOverdue + policy.graceDays) return 'not-due';
  if (item.lastNoticeOn !== null && daysBetween(item.lastNoticeOn, on) < policy.intervalDays) return 'interval';
  if (item.openMinor < policy.minimumMinor) return 'below-minimum';
  return null;
}

function reminderDays(policy: DunningPolicy, termsDays: number): number {
  const { reminderDaysAfterInvoice } = policy;
  return termsDays < 2 * reminderDaysAfterInvoice ? Math.floor(termsDays / 2) : reminderDaysAfterInvoice;
}

/** What the instants of an item's letters depend on. */
type LetterDays = Pick<DunningPlanInput, 'policy' | 'invoiceId' | 'timeZone'>;

function letterInstant({ policy, invoiceId, timeZone }: LetterDays, on: IsoDate): IsoInstant {
  return plusSeconds(instantAt(on, policy.letterTime, timeZone), spreadMinutes(invoiceId) * 60);
}

/** 0 to 9, always the same for an invoice (FNV-1a). */
function spreadMinutes(invoiceId: string): number {
  let hash = 0x811c9dc5;
  for (const character of invoiceId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % 10;
}
