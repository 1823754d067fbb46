/**
 * Credit: the written policy that decides applications, the exposure formula, and the route of an order. All amounts are
 * minor units of the limit's currency, gross of tax; those of the policy are in the company's. Requirements C1–C4.
 */
import { type Currency, formatMoney, sumMinor } from './money.ts';
import { type PolicyRate, policyAmount, policyRateInWords } from './policy-amount.ts';
import { addDays, type IsoInstant, instantAt, localDate, toMillis } from './time.ts';

export type ExternalRating = 'A' | 'B' | 'C' | 'D';

/** Points for the first band whose `from` the value reaches (bands from the highest down), or for not knowing. */
export interface PointsBands {
  unknown: number;
  bands: { from: number; points: number }[];
}

export const applicationMeasures = [
  'referenceYearsKnown',
  'referenceDaysLate',
  'currentRatio',
  'equityRatio',
  'netMargin',
] as const;
export type ApplicationMeasure = (typeof applicationMeasures)[number];

export interface ApplicationPoints extends Record<ApplicationMeasure, PointsBands> {
  /** Accounts of an older year count as not known. */
  financialsWithinYears: number;
}

/** Immutable, versioned data: an edit is a new version, and a decision names the version that took it. */
export interface CreditPolicy {
  name: 'credit';
  version: number;
  /** An approval expires after so many days. */
  approvalDays: number;
  hardRules: {
    /** A write-off within so many months keeps the application from being approved without a person. */
    noWriteOffWithinMonths: number;
    /** Anything open and overdue for longer denies. */
    denyAboveDaysOverdue: number;
  };
  pointsTable: {
    yearsTrading: PointsBands;
    annualTurnoverMinor: PointsBands;
    tradeReferences: PointsBands;
    externalRating: { unknown: number } & Record<ExternalRating, number>;
    /** The share of invoices paid on time counts once there are enough of them. */
    onTimeShare: PointsBands & { minimumPaidInvoices: number };
    maxDaysOverdue: PointsBands;
    /** What an application states of references and accounts. Absent in policies that do not weigh it. */
    application?: ApplicationPoints | undefined;
  };
  approveFromScore: number;
  denyBelowScore: number;
  /** From the highest score down. */
  limitFromScore: { fromScore: number; limitMinor: number }[];
  /** Money paid in advance may take so many days; then its order is cancelled. Absent in policies older than that: 7. */
  prepaymentDays?: number | undefined;
  /** An order whose card was declined waits so many days for another. Absent in policies older than that: 3. */
  anotherCardDays?: number | undefined;
  /** What is held on a card for so many days is held anew before it is taken. Absent in policies older than that: 6. */
  cardAuthorisationDays?: number | undefined;
  /** So many days before an approval ends somebody is asked to renew it. Absent in policies older than that: 30. */
  renewalNoticeDays?: number | undefined;
  /** A review that waits longer escalates to finance. */
  reviewBusinessDays: number;
  /** A limit or release of this amount or more, in the company's currency, needs a second person. */
  fourEyesFromMinor: number;
  /** Whether a decision signalled from the Temporal UI or CLI counts; its actor is unverified. */
  signalDecisionsAllowed: boolean;
}

/** For a policy that does not say. */
const defaultRenewalNoticeDays = 30;

/** The last end of an approval whose renewal is asked for at that instant (C4). */
export const flaggedThrough = (at: IsoInstant, policy: Pick<CreditPolicy, 'renewalNoticeDays'>, timeZone: string): IsoInstant =>
  instantAt(addDays(localDate(at, timeZone), policy.renewalNoticeDays ?? defaultRenewalNoticeDays), '00:00', timeZone);

/** When an approval that is given at that instant ends (C4). */
export const approvalEnds = (at: IsoInstant, policy: Pick<CreditPolicy, 'approvalDays'>, timeZone: string): IsoInstant =>
  instantAt(addDays(localDate(at, timeZone), policy.approvalDays), '00:00', timeZone);

/** Points add up to at most 100. Not knowing earns the middle: an unknown company goes to a person, not to a refusal. */
export const defaultCreditPolicy: CreditPolicy = {
  name: 'credit',
  version: 1,
  approvalDays: 365,
  hardRules: { noWriteOffWithinMonths: 24, denyAboveDaysOverdue: 60 },
  pointsTable: {
    yearsTrading: {
      unknown: 6,
      bands: [
        { from: 10, points: 15 },
        { from: 5, points: 13 },
        { from: 3, points: 11 },
        { from: 1, points: 6 },
        { from: 0, points: 0 },
      ],
    },
    annualTurnoverMinor: {
      unknown: 5,
      bands: [
        { from: 500_000_000, points: 15 },
        { from: 100_000_000, points: 13 },
        { from: 25_000_000, points: 10 },
        { from: 5_000_000, points: 5 },
        { from: 0, points: 0 },
      ],
    },
    tradeReferences: {
      unknown: 3,
      bands: [
        { from: 3, points: 15 },
        { from: 2, points: 13 },
        { from: 1, points: 8 },
        { from: 0, points: 3 },
      ],
    },
    externalRating: { unknown: 10, A: 20, B: 16, C: 8, D: -15 },
    onTimeShare: {
      unknown: 12,
      minimumPaidInvoices: 3,
      bands: [
        { from: 0.95, points: 25 },
        { from: 0.85, points: 20 },
        { from: 0.7, points: 12 },
        { from: 0.5, points: 5 },
        { from: 0, points: 0 },
      ],
    },
    maxDaysOverdue: {
      unknown: 10,
      bands: [
        { from: 31, points: 0 },
        { from: 1, points: 4 },
        { from: 0, points: 10 },
      ],
    },
  },
  approveFromScore: 70,
  denyBelowScore: 40,
  limitFromScore: [
    { fromScore: 90, limitMinor: 5_000_000 },
    { fromScore: 80, limitMinor: 2_500_000 },
    { fromScore: 70, limitMinor: 1_000_000 },
  ],
  prepaymentDays: 7,
  anotherCardDays: 3,
  cardAuthorisationDays: 6,
  renewalNoticeDays: 30,
  reviewBusinessDays: 1,
  fourEyesFromMinor: 5_000_000,
  signalDecisionsAllowed: true,
};

/** Everything a decision is taken from; stored with it, so that it can be taken again. Null is "not known". */
export interface CreditApplicationFacts {
  customerId: string;
  /** What is to be decided: an order's gross, or with `asksFor` the limit that an application requests. */
  orderGrossMinor: number;
  asksFor?: 'limit' | undefined;
  currency: Currency;
  /** At which the policy's amounts are weighed; absent: it is the company's currency. */
  policyRate?: PolicyRate | undefined;
  yearsTrading: number | null;
  annualTurnoverMinor: number | null;
  /** How many good references were given. */
  tradeReferences: number;
  externalRating: ExternalRating | null;
  /** Whole months since the last write-off; null when there was none. */
  writeOffWithinMonths: number | null;
  /** Of the oldest open overdue item; 0 when there is none. */
  maxDaysOverdue: number;
  paidInvoices: number;
  /** 0 to 1. */
  onTimeShare: number | null;
  frozen: boolean;
  /** For the record. Only 'frozen' weighs: a denied or expired customer is treated as new (C1). */
  previousDecision: 'none' | 'denied' | 'expired' | 'approved' | 'frozen';
  /** The latest application that was submitted; absent where there is none, and in decisions older than applications. */
  applicationId?: string | undefined;
  applicationVerified?: boolean | undefined;
  /** The mean of its trade references. */
  referenceYearsKnown?: number | null | undefined;
  /** Of its trade references, by the volume of each. */
  referenceDaysLate?: number | null | undefined;
  /** Calendar years since that of its accounts. */
  financialsAgeYears?: number | null | undefined;
  /** Current assets to current liabilities. */
  currentRatio?: number | null | undefined;
  /** Equity to total assets. */
  equityRatio?: number | null | undefined;
  /** Net income to revenue. */
  netMargin?: number | null | undefined;
}

export interface CreditFactorPoints {
  factor: string;
  value: string;
  points: number;
  reason: string;
}

export interface ApplicationDecision {
  outcome: 'approve' | 'deny' | 'review';
  /** 0 to 100. */
  score: number;
  points: CreditFactorPoints[];
  /** In words: what decided, then the factors that cost (or, approved, brought) the most. */
  reasons: string[];
  /** The limit that the score allows; null when denied or when the score allows none. */
  limitMinor: number | null;
  policyVersion: number;
}

/**
 * Decides an application. Frozen → review, always. Score below the bound, or anything overdue for too long → deny. No recent
 * write-off, score high enough, order within the limit from the score → approve. Else review.
 */
export function decideApplication(companyPolicy: CreditPolicy, facts: CreditApplicationFacts): ApplicationDecision {
  const policy = creditPolicyIn(companyPolicy, facts.policyRate);
  const factors = scoreFactors(policy, facts);
  const score = Math.min(100, Math.max(0, sumMinor(factors.map(({ points }) => points))));
  const scoreLimitMinor = policy.limitFromScore.find(({ fromScore }) => score >= fromScore)?.limitMinor ?? null;
  const { outcome, because } = judge(policy, facts, score, scoreLimitMinor);
  const ranked = [...factors].sort((a, b) => (outcome === 'approve' ? b.points - a.points : lost(b) - lost(a)));
  const telling = outcome === 'approve' ? ranked : ranked.filter((factor) => lost(factor) > 0);
  return {
    outcome,
    score,
    points: factors.map(({ factor, value, points, reason }) => ({ factor, value, points, reason })),
    reasons: [...because, ...telling.slice(0, 3).map(({ reason }) => reason)],
    limitMinor: outcome === 'deny' ? null : scoreLimitMinor,
    policyVersion: policy.version,
  };
}

/**
 * The policy with its amounts as an application's currency has them. Without a rate a turnover is not known, and no limit follows from
 * any score: a person decides.
 */
export function creditPolicyIn(policy: CreditPolicy, rate: PolicyRate | undefined): CreditPolicy {
  if (rate === undefined) return policy;
  const { annualTurnoverMinor } = policy.pointsTable;
  const bands = annualTurnoverMinor.bands.map((band) => ({ ...band, from: policyAmount(band.from, rate, 'at-least') }));
  return {
    ...policy,
    pointsTable: {
      ...policy.pointsTable,
      annualTurnoverMinor: {
        ...annualTurnoverMinor,
        bands: rate.rate === null ? [{ from: 0, points: annualTurnoverMinor.unknown }] : bands,
      },
    },
    limitFromScore: policy.limitFromScore.map((one) => ({ ...one, limitMinor: policyAmount(one.limitMinor, rate, 'at-most') })),
    fourEyesFromMinor: policyAmount(policy.fourEyesFromMinor, rate, 'at-least'),
  };
}

function judge(
  policy: CreditPolicy,
  facts: CreditApplicationFacts,
  score: number,
  scoreLimitMinor: number | null,
): { outcome: ApplicationDecision['outcome']; because: string[] } {
  const { noWriteOffWithinMonths, denyAboveDaysOverdue } = policy.hardRules;
  if (facts.frozen || facts.previousDecision === 'frozen') return { outcome: 'review', because: ['the credit is frozen'] };

  const denials: string[] = [];
  if (facts.maxDaysOverdue > denyAboveDaysOverdue) {
    denials.push(`an item is ${facts.maxDaysOverdue} days overdue, more than ${denyAboveDaysOverdue}`);
  }
  if (score < policy.denyBelowScore) denials.push(`score ${score} is below ${policy.denyBelowScore}`);
  if (denials.length > 0) return { outcome: 'deny', because: denials };

  const doubts: string[] = [];
  if (facts.writeOffWithinMonths !== null && facts.writeOffWithinMonths < noWriteOffWithinMonths) {
    doubts.push(`a write-off ${facts.writeOffWithinMonths} months ago, within ${noWriteOffWithinMonths}`);
  }
  if (score < policy.approveFromScore) doubts.push(`score ${score} is below ${policy.approveFromScore}`);
  else if (scoreLimitMinor === null || facts.orderGrossMinor > scoreLimitMinor) {
    const asked = facts.asksFor === 'limit' ? 'the requested limit' : 'the order';
    doubts.push(
      `${asked} of ${money(facts, facts.orderGrossMinor)} exceeds the limit ${money(facts, scoreLimitMinor ?? 0)}${policyRateInWords(facts.policyRate)}`,
    );
  }
  if (doubts.length > 0) return { outcome: 'review', because: doubts };
  return { outcome: 'approve', because: [`score ${score} reaches ${policy.approveFromScore}`] };
}

type Factor = CreditFactorPoints & { maximum: number };

function scoreFactors({ pointsTable }: CreditPolicy, facts: CreditApplicationFacts): Factor[] {
  const { onTimeShare, externalRating } = pointsTable;
  const turnoverMinor = facts.annualTurnoverMinor;
  const share = facts.paidInvoices < onTimeShare.minimumPaidInvoices ? null : facts.onTimeShare;
  const rated = facts.externalRating;
  return [
    banded('years trading', facts.yearsTrading, pointsTable.yearsTrading, (years) => `${years}`),
    banded('annual turnover', turnoverMinor, pointsTable.annualTurnoverMinor, (amountMinor) => money(facts, amountMinor)),
    banded('good trade references', facts.tradeReferences, pointsTable.tradeReferences, (references) => `${references}`),
    factor('external rating', rated, externalRating[rated ?? 'unknown'], Math.max(...Object.values(externalRating))),
    banded('invoices paid on time', share, onTimeShare, (ratio) => `${Math.round(ratio * 100)} % of ${facts.paidInvoices}`),
    banded('days overdue now', facts.maxDaysOverdue, pointsTable.maxDaysOverdue, (days) => `${days}`),
    ...(pointsTable.application ? applicationFactors(pointsTable.application, facts) : []),
  ];
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const oneDecimal = (value: number) => `${Math.round(value * 10) / 10}`;
const measures: Record<ApplicationMeasure, { name: string; inWords(value: number): string; ofAccounts?: true }> = {
  referenceYearsKnown: { name: 'years known to its references', inWords: oneDecimal },
  referenceDaysLate: { name: 'days late with its references', inWords: (days) => `${Math.round(days)}` },
  currentRatio: { name: 'current ratio', inWords: oneDecimal, ofAccounts: true },
  equityRatio: { name: 'equity ratio', inWords: percent, ofAccounts: true },
  netMargin: { name: 'net margin', inWords: percent, ofAccounts: true },
};

/** What an applicant says of itself can cost it points, and earns it none before a person of credit has verified it (C1). */
function applicationFactors(table: ApplicationPoints, facts: CreditApplicationFacts): Factor[] {
  const tooOld = (facts.financialsAgeYears ?? 0) > table.financialsWithinYears;
  return applicationMeasures.map((measure) => {
    const { name, inWords, ofAccounts } = measures[measure];
    const value = ofAccounts && tooOld ? null : (facts[measure] ?? null);
    // A loss is below every band, and never better than the worst of them.
    const scored = banded(name, value, table[measure], inWords, Math.min(0, table[measure].bands.at(-1)?.points ?? 0));
    if (value === null || facts.applicationVerified || scored.points <= table[measure].unknown) return scored;
    return factor(name, `${inWords(value)}, not verified`, table[measure].unknown, scored.maximum);
  });
}

function banded(
  name: string,
  value: number | null,
  table: PointsBands,
  inWords: (value: number) => string,
  pointsBelow = 0,
): Factor {
  const maximum = Math.max(table.unknown, ...table.bands.map(({ points }) => points));
  if (value === null) return factor(name, null, table.unknown, maximum);
  return factor(name, inWords(value), table.bands.find(({ from }) => value >= from)?.points ?? pointsBelow, maximum);
}

function factor(name: string, value: string | null, points: number, maximum: number): Factor {
  const words = value ?? 'not known';
  return { factor: name, value: words, points, maximum, reason: `${name}: ${words} (${points} of ${maximum} points)` };
}

function lost({ maximum, points }: Factor): number {
  return maximum - points;
}

function money({ currency }: CreditApplicationFacts, amountMinor: number): string {
  return formatMoney({ currency, amountMinor });
}

/** Each amount stands in exactly one bucket; a prepayment stands in none, it offsets only its own order. */
export interface ExposureBuckets {
  /** Open debit items. */
  openReceivablesMinor: number;
  shippedNotInvoicedMinor: number;
  approvedNotShippedMinor: number;
  unappliedCashMinor: number;
  openCreditNotesMinor: number;
}

/** What the customer owes or will owe us; negative when they hold more of our money than we of theirs. */
export function exposureMinor(buckets: ExposureBuckets): number {
  return sumMinor([
    buckets.openReceivablesMinor,
    buckets.shippedNotInvoicedMinor,
    buckets.approvedNotShippedMinor,
    -buckets.unappliedCashMinor,
    -buckets.openCreditNotesMinor,
  ]);
}

/** Why, in words that go outside: without the score and its points. */
export const reasonsForCustomer = (reasons: string[]): string =>
  reasons
    .filter((reason) => !reason.startsWith('score'))
    .map((reason) => reason.replace(/ \([^)]*\)/, ''))
    .join('; ');

/** Exposure + order ≤ limit; equality passes (C3). */
export function hasRoom(limitMinor: number, exposureMinor: number, orderMinor: number): boolean {
  return sumMinor([exposureMinor, orderMinor]) <= limitMinor;
}

/**
 * Whether an order that waits for room may take it: the older ones that fit, in their order, come first, however the hints
 * were heard (C4).
 */
export function hasRoomAfterOlder(input: {
  limitMinor: number;
  exposureMinor: number;
  /** Of the orders that wait for longer, oldest first. */
  olderGrossMinor: readonly number[];
  orderGrossMinor: number;
}): boolean {
  let taken = input.exposureMinor;
  for (const grossMinor of input.olderGrossMinor) {
    if (hasRoom(input.limitMinor, taken, grossMinor)) taken = sumMinor([taken, grossMinor]);
  }
  return hasRoom(input.limitMinor, taken, input.orderGrossMinor);
}

export type CreditStanding = 'none' | 'approved' | 'denied' | 'frozen';

export interface CreditRouteInput {
  /** The latest decision. */
  standing: CreditStanding;
  /** 0: no credit; null: never assessed. */
  limitMinor: number | null;
  expiresAt: IsoInstant | null;
  exposureMinor: number;
  orderGrossMinor: number;
  /** Undisputed overdue debit items. */
  overdueMinor: number;
  holdMinimumMinor: number;
  at: IsoInstant;
  /** The amount above the limit that a one-off release allows this order; 0 for none. */
  releaseMinor: number;
  /** Of the orders that wait for the same room and come first, oldest first; none where a person has decided for this one. */
  olderGrossMinor: readonly number[];
}

export interface CreditRoute {
  route: 'on-hold' | 'apply' | 'approved' | 'over-limit';
  why: string;
}

/**
 * The way of an order on credit (C1, C6). The hold comes first; then the latest decision; then room, equality passing, that no older
 * order waits for.
 */
export function routeCredit(input: CreditRouteInput): CreditRoute {
  const { standing, limitMinor, expiresAt, exposureMinor, orderGrossMinor, overdueMinor, holdMinimumMinor, releaseMinor } = input;
  const { olderGrossMinor } = input;
  if (overdueMinor > holdMinimumMinor) return { route: 'on-hold', why: 'undisputed invoices are overdue' };
  if (standing === 'none') return { route: 'apply', why: 'no credit decision yet' };
  if (standing !== 'approved') return { route: 'apply', why: `the latest credit decision is ${standing}` };
  if (expiresAt !== null && toMillis(input.at) >= toMillis(expiresAt))
    return { route: 'apply', why: 'the credit approval expired' };
  if (limitMinor === null) return { route: 'apply', why: 'the credit limit was never assessed' };
  if (hasRoomAfterOlder({ limitMinor, exposureMinor, olderGrossMinor, orderGrossMinor })) {
    return { route: 'approved', why: 'within the credit limit' };
  }
  if (releaseMinor > 0 && hasRoom(sumMinor([limitMinor, releaseMinor]), exposureMinor, orderGrossMinor)) {
    return { route: 'approved', why: 'within the credit limit and a one-off release' };
  }
  const why = hasRoom(limitMinor, exposureMinor, orderGrossMinor)
    ? 'older orders wait for the same room'
    : 'exposure and order exceed the credit limit';
  return { route: 'over-limit', why };
}
