/**
 * What it would take for the credit policy to approve: the least that has to change in the facts, in words. It asks the policy
 * itself about every change, so that it can never promise what the policy would not do. Requirement C2.
 */
import {
  type ApplicationMeasure,
  applicationMeasures,
  type CreditApplicationFacts,
  type CreditPolicy,
  creditPolicyIn,
  decideApplication,
  type ExternalRating,
} from './credit.ts';
import { formatMoney } from './money.ts';

interface Change {
  facts: Partial<CreditApplicationFacts>;
  words: string;
}

export interface WayToApproval {
  /** All of these together. */
  changes: string[];
  score: number;
  limitMinor: number | null;
}

const waysMaximum = 6;
const changesMaximum = 3;

/** The ways to an approval that change the fewest facts, each as little as possible; none when it is approved, or nothing helps. */
export function whatItWouldTake(policy: CreditPolicy, facts: CreditApplicationFacts): WayToApproval[] {
  if (decideApplication(policy, facts).outcome === 'approve') return [];
  const factors = possibleChanges(policy, facts);
  for (let count = 1; count <= changesMaximum; count += 1) {
    const ways = subsets(factors, count).flatMap((chosen) => leastWay(policy, facts, chosen) ?? []);
    if (ways.length > 0) return ways.slice(0, waysMaximum);
  }
  return [];
}

/** For these factors together, the first combination that is approved, small changes before large ones. */
function leastWay(policy: CreditPolicy, facts: CreditApplicationFacts, factors: Change[][]): WayToApproval | undefined {
  const combinations = factors
    .reduce<{ changes: Change[]; effort: number }[]>(
      (before, changes) =>
        before.flatMap((one) =>
          changes.map((change, effort) => ({ changes: [...one.changes, change], effort: one.effort + effort })),
        ),
      [{ changes: [], effort: 0 }],
    )
    .sort((left, right) => left.effort - right.effort);
  for (const { changes } of combinations) {
    const decision = decideApplication(policy, Object.assign({ ...facts }, ...changes.map((change) => change.facts)));
    if (decision.outcome !== 'approve') continue;
    return { changes: changes.map(({ words }) => words), score: decision.score, limitMinor: decision.limitMinor };
  }
  return undefined;
}

/** What could be better, by factor, the least change first. */
function possibleChanges(companyPolicy: CreditPolicy, facts: CreditApplicationFacts): Change[][] {
  const policy = creditPolicyIn(companyPolicy, facts.policyRate);
  const { pointsTable, hardRules } = policy;
  const money = (amountMinor: number) => formatMoney({ currency: facts.currency, amountMinor });
  const above = (bands: { from: number }[], value: number | null) =>
    bands
      .map(({ from }) => from)
      .filter((from) => from > (value ?? -1))
      .sort((left, right) => left - right);
  const ratings: ExternalRating[] = ['C', 'B', 'A'];
  const better = facts.externalRating === null ? ratings : ratings.filter((rating) => rating < facts.externalRating!);
  const paidInvoices = Math.max(facts.paidInvoices, pointsTable.onTimeShare.minimumPaidInvoices);
  const asked = facts.asksFor === 'limit' ? 'a limit' : 'an order';
  const limits = policy.limitFromScore
    .map(({ limitMinor }) => limitMinor)
    .filter((limitMinor) => limitMinor < facts.orderGrossMinor);
  return [
    above(pointsTable.yearsTrading.bands, facts.yearsTrading).map((yearsTrading) => ({
      facts: { yearsTrading },
      words: `${yearsTrading} years of trading`,
    })),
    above(pointsTable.annualTurnoverMinor.bands, facts.annualTurnoverMinor).map((annualTurnoverMinor) => ({
      facts: { annualTurnoverMinor },
      words: `an annual turnover of ${money(annualTurnoverMinor)}`,
    })),
    above(pointsTable.tradeReferences.bands, facts.tradeReferences).map((tradeReferences) => ({
      facts: { tradeReferences },
      words: `${tradeReferences} good trade references`,
    })),
    better.map((externalRating) => ({ facts: { externalRating }, words: `an external rating of ${externalRating}` })),
    above(pointsTable.onTimeShare.bands, facts.paidInvoices < paidInvoices ? null : facts.onTimeShare).map((onTimeShare) => ({
      facts: { onTimeShare, paidInvoices },
      words: `${Math.round(onTimeShare * 100)} % of ${paidInvoices} invoices paid on time`,
    })),
    facts.maxDaysOverdue > 0 ? [{ facts: { maxDaysOverdue: 0 }, words: 'everything overdue paid' }] : [],
    limits.map((limitMinor) => ({ facts: { orderGrossMinor: limitMinor }, words: `${asked} of at most ${money(limitMinor)}` })),
    ...applicationChanges(policy, facts),
    facts.writeOffWithinMonths !== null && facts.writeOffWithinMonths < hardRules.noWriteOffWithinMonths
      ? [{ facts: { writeOffWithinMonths: null }, words: `${hardRules.noWriteOffWithinMonths} months without a write-off` }]
      : [],
    facts.frozen || facts.previousDecision === 'frozen'
      ? [{ facts: { frozen: false, previousDecision: 'none' as const }, words: 'the freeze lifted by a person' }]
      : [],
  ].filter((changes) => changes.length > 0);
}

const statements: Record<ApplicationMeasure, (value: number) => string> = {
  referenceYearsKnown: (years) => `references that have known it for ${years} years`,
  referenceDaysLate: (days) => `references that it pays ${days} days late at most`,
  currentRatio: (ratio) => `a current ratio of ${ratio}`,
  equityRatio: (share) => `an equity ratio of ${Math.round(share * 100)} %`,
  netMargin: (share) => `a net margin of ${Math.round(share * 100)} %`,
};

/** Each measure at its best alone, and the word of credit for what is stated: every step between would multiply the ways to try. */
function applicationChanges({ pointsTable: { application } }: CreditPolicy, facts: CreditApplicationFacts): Change[][] {
  if (!application) return [];
  const measures = applicationMeasures.map((measure): Change[] => {
    const [best] = [...application[measure].bands].sort((left, right) => right.points - left.points);
    if (!best || facts[measure] === best.from) return [];
    const isOfAccounts = measure !== 'referenceYearsKnown' && measure !== 'referenceDaysLate';
    return [
      { facts: { [measure]: best.from, ...(isOfAccounts && { financialsAgeYears: 0 }) }, words: statements[measure](best.from) },
    ];
  });
  const verify = facts.applicationVerified
    ? []
    : [{ facts: { applicationVerified: true }, words: 'its statements verified by credit' }];
  return [...measures, verify];
}

function subsets<Item>(items: readonly Item[], count: number): Item[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, index) => subsets(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]));
}
