/**
 * What-if: what was decided, decided again under another policy from the facts that were kept with it. Nothing here asks a clock or the
 * books, so under the policy by which it was decided a decision comes out as it was. Requirement X6.
 */
import { ageingBuckets } from './ageing.ts';
import {
  type Ages,
  type BadDebtPolicy,
  type LossHistory,
  lossOf91PlusFrom,
  lossRatesOf,
  provisionFor,
  rollRatesFrom,
} from './bad-debt.ts';
import type { Match } from './cash-matching.ts';
import type { ApplicationDecision, CreditApplicationFacts, CreditFactorPoints } from './credit.ts';
import { grantedLimitMinor } from './credit-application.ts';
import { chargesIn, type DunningPlan, type DunningPolicy, type PlanStep, planInstalments, planTakenOver } from './dunning.ts';
import { formatMoney, sumMinor } from './money.ts';
import { daysBetween, type IsoDate, type IsoInstant, toMillis } from './time.ts';

/** What was decided, or would be. */
export interface Verdict {
  outcome: string;
  /** What it comes to, in minor units: the limit granted, the money posted, what is expected to be lost, the fees; null: nothing. */
  valueMinor: number | null;
  /** 0 to 100, where the rule counts points; else null. */
  score: number | null;
  /** In words. */
  reasons: string[];
  /** Of each factor; empty where the rule has none. */
  points: CreditFactorPoints[];
  /** What it does, each in words: what is paid, which letter goes when. */
  effects: string[];
}

/** What is decided differently is what people would have noticed; another score that leads to the same is not. */
export const differ = (before: Verdict, after: Verdict): boolean =>
  before.outcome !== after.outcome ||
  before.valueMinor !== after.valueMinor ||
  before.effects.length !== after.effects.length ||
  before.effects.some((effect, index) => effect !== after.effects[index]);

/** The limit counts where one is granted: what the score would allow somebody who goes to a person binds nobody. */
export function creditVerdict(facts: CreditApplicationFacts, decision: ApplicationDecision): Verdict {
  const { outcome, score, reasons, points } = decision;
  const valueMinor = outcome === 'approve' ? grantedLimitMinor(facts, decision) : null;
  return { outcome, valueMinor, score, reasons, points, effects: [] };
}

/** What the ladder found for a line of a bank statement, as it is kept. */
export interface KeptMatching {
  post: Match | null;
  onAccountOf: string | null;
  suggestions: readonly Match[];
}

/** 'posted' by itself, 'on account' of a payer who is known, 'suggested' to a person, or 'unmatched'. */
export function cashVerdict({ post, onAccountOf, suggestions }: KeptMatching, amountMinor: number): Verdict {
  const best = post ?? suggestions[0];
  const outcome = post ? 'posted' : onAccountOf !== null ? 'on account' : best ? 'suggested' : 'unmatched';
  return {
    outcome,
    valueMinor: post ? amountMinor : null,
    score: best?.score ?? null,
    reasons: best ? [`${best.rung}: ${best.reasons.join('; ')}`] : [],
    points: [],
    effects: [
      ...(post?.invoiceIds.map((invoiceId) => `pays ${invoiceId}`) ?? []),
      ...(post && post.shortMinor > 0 ? [`writes ${post.shortMinor} off`] : []),
      ...(!post && onAccountOf !== null ? [`waits on account of ${onAccountOf}`] : []),
    ],
  };
}

/** What a review read from the books of one currency. */
export interface ReviewFacts {
  /** The buckets at month ends, the oldest first. */
  monthEnds: Ages[];
  losses: LossHistory;
}

/** What a customer owed when it was reviewed: what the matrix was applied to, and what rates set by hand came to. */
export interface ReviewedPosition {
  currency: string;
  matrixMinor: Ages;
  specificMinor: number;
}

/** What is provided for a customer. Rates set by hand are no policy, and stay. */
export function provisionVerdict(provisionMinor: number, reasons: string[] = []): Verdict {
  return { outcome: 'provided', valueMinor: provisionMinor, score: null, reasons, points: [], effects: [] };
}

/** The provision of one customer, by the matrix that the policy makes of what the review read. */
export function provideAgain(
  policy: BadDebtPolicy,
  { monthEnds, losses }: ReviewFacts,
  { matrixMinor, specificMinor }: ReviewedPosition,
): Verdict {
  const rates = lossRatesOf(policy, rollRatesFrom(monthEnds, policy), lossOf91PlusFrom(losses, policy));
  const items = ageingBuckets.map((bucket) => ({ invoiceId: null, bucket, openMinor: matrixMinor[bucket] }));
  const provisionMinor = sumMinor([specificMinor, provisionFor(items, rates, []).provisionMinor]);
  return provisionVerdict(
    provisionMinor,
    ageingBuckets.flatMap((bucket) =>
      matrixMinor[bucket] > 0 ? [`${bucket}: ${(Number(rates[bucket]) * 100).toFixed(2)} % is lost`] : [],
    ),
  );
}

/** A debit item as it was written, as far as the steps of its collection follow from it. */
export interface PlannedItem {
  invoiceId: string;
  kind: string;
  currency: string;
  issuedOn: IsoDate;
  schedule: readonly { number: number; dueOn: IsoDate }[];
  grossMinor: number;
  /** Notes of interest and fees, which no fee is charged on. */
  isNote: boolean;
  writtenAt: IsoInstant;
  /** When nothing of it was open any more; null: it still is. */
  endedOn: IsoDate | null;
}

/** The steps that the policy plans for an item as it is written. */
export function planAgain(policy: DunningPolicy, item: PlannedItem, timeZone: string): PlanStep[] {
  const { invoiceId, issuedOn, schedule } = item;
  const input = { policy, invoiceId, issuedOn, timeZone };
  if (item.kind !== 'opening-item') return planInstalments(input, schedule).steps;
  const { dueOn } = schedule[0]!;
  return planTakenOver({ ...input, dueOn, termsDays: daysBetween(issuedOn, dueOn) }, item.writtenAt).steps;
}

/**
 * How far planned steps came before the item had ended or today: reminders, letters with their fees, the way to collections. Disputes,
 * promises and letters about several items at once are not in a plan, and so not in this either.
 */
export function dunningVerdict(
  steps: DunningPlan['steps'],
  policy: DunningPolicy,
  item: PlannedItem,
  { now, companyCurrency }: { now: IsoInstant; companyCurrency: string },
): Verdict {
  const { levels } = chargesIn(policy, item.currency, companyCurrency);
  const feeOf = (step: PlanStep) =>
    item.isNote || step.kind !== 'dunning' ? 0 : (levels.find(({ level }) => level === step.level)?.feeMinor ?? 0);
  const isSent = ({ kind, on, at }: PlanStep) =>
    toMillis(at) <= toMillis(now) &&
    (item.endedOn === null || on <= item.endedOn) &&
    (kind !== 'dunning' || item.grossMinor >= policy.minimumMinor);
  const taken = steps.filter(isSent);
  const named = ({ kind, level, instalment }: PlanStep) =>
    `${kind === 'dunning' ? `letter ${level}` : kind}${instalment === undefined ? '' : ` of instalment ${instalment}`}`;
  const furthest = taken.at(-1);
  return {
    outcome: furthest ? (furthest.kind === 'dunning' ? `letter ${furthest.level}` : furthest.kind) : 'nothing',
    valueMinor: sumMinor(taken.map(feeOf)),
    score: null,
    reasons: [],
    points: [],
    effects: taken.map((step) => {
      const feeMinor = feeOf(step);
      const fee = feeMinor > 0 ? `, with a fee of ${formatMoney({ currency: item.currency, amountMinor: feeMinor })}` : '';
      return `${named(step)} on ${step.on}${fee}`;
    }),
  };
}

/** A decision with what it would be under another policy. */
export interface Replayed {
  /** Its place among all of them. */
  key: string;
  at: IsoInstant;
  /** What was decided about: a decision, a line of a bank statement, a review, an invoice. */
  id: string;
  customerId: string | null;
  orderId: string | null;
  currency: string;
  /** What was asked for, received, owed or invoiced. */
  amountMinor: number;
  /** By which it was decided. */
  policyVersion: number;
  before: Verdict;
  after: Verdict;
}

/** What was sold to the customer between this decision and the next one, and what has become of that. */
export interface Since {
  invoicedMinor: number;
  paidMinor: number;
  lostMinor: number;
}

/** All that went one way and would have gone another. */
export interface Change {
  currency: string;
  before: string;
  after: string;
  decisions: number;
  amountMinor: number;
  beforeMinor: number;
  afterMinor: number;
  since: Since | null;
}

export interface Summary {
  decisions: number;
  differing: number;
  /** Decided the same, with another score. */
  rescored: number;
  changes: Change[];
}

export const emptySummary = (): Summary => ({ decisions: 0, differing: 0, rescored: 0, changes: [] });

/** Counts one more in. */
export function count(summary: Summary, { currency, amountMinor, before, after }: Replayed, since: Since | null): void {
  summary.decisions += 1;
  if (!differ(before, after)) {
    if (before.score !== after.score) summary.rescored += 1;
    return;
  }
  summary.differing += 1;
  const isSame = (one: Change) => one.currency === currency && one.before === before.outcome && one.after === after.outcome;
  let change = summary.changes.find(isSame);
  if (!change) {
    change = {
      currency,
      before: before.outcome,
      after: after.outcome,
      decisions: 0,
      amountMinor: 0,
      beforeMinor: 0,
      afterMinor: 0,
      since: since && { invoicedMinor: 0, paidMinor: 0, lostMinor: 0 },
    };
    summary.changes.push(change);
  }
  change.decisions += 1;
  change.amountMinor = sumMinor([change.amountMinor, amountMinor]);
  change.beforeMinor = sumMinor([change.beforeMinor, before.valueMinor ?? 0]);
  change.afterMinor = sumMinor([change.afterMinor, after.valueMinor ?? 0]);
  if (!since || !change.since) return;
  for (const part of ['invoicedMinor', 'paidMinor', 'lostMinor'] as const) {
    change.since[part] = sumMinor([change.since[part], since[part]]);
  }
}
