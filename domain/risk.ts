/**
 * The chance that a customer's next invoice is paid late, from its payment facts: a logistic model that is fitted on the
 * company's own closed invoices, and the credit policy's kind of points while there are too few. Everything is deterministic:
 * the same facts give the same model to the last digit. Requirement C5.
 */
import { addDays, compareDates, daysBetween, type IsoDate } from './time.ts';

/** One debit item as the score sees it: when it was issued, due and finally paid; null while it is open. */
export interface PaymentFact {
  invoiceId: string;
  issuedOn: IsoDate;
  dueOn: IsoDate;
  settledOn: IsoDate | null;
}

/** What a customer said and did not hold to: a promise to pay that it broke, or a dispute that was rejected or withdrawn. */
export interface ConductFact {
  kind: 'broken-promise' | 'unfounded-dispute';
  on: IsoDate;
}

/** What is known of one customer. A dispute in which it was right says something of us, not of it. */
export interface CustomerFacts {
  payments: PaymentFact[];
  conduct: ConductFact[];
}

/** How a customer paid, as of a day. */
export interface PaymentFeatures {
  /** Invoices whose end is known: paid, or late by now. */
  invoices: number;
  /** 0 to 1. */
  onTimeShare: number;
  /** Over all of them, those in time counting as 0. */
  averageDaysLate: number;
  /** Days late of the newer half less those of the older half: above 0 it gets worse. */
  trendDays: number;
  /** Open and past due on the day. */
  overdueNow: number;
  /** Within the year before the day, as are the disputes. */
  brokenPromises: number;
  unfoundedDisputes: number;
}

const conductCountsDays = 365;

/** What the model weighs, in the order of its weights. One that was fitted before a factor was known gives it no weight. */
export const riskFactors = [
  'onTimeShare',
  'averageDaysLate',
  'trendDays',
  'overdueNow',
  'brokenPromises',
  'unfoundedDisputes',
] as const;
export type RiskFactor = (typeof riskFactors)[number];

const inWords: Record<RiskFactor, (features: PaymentFeatures) => string> = {
  onTimeShare: ({ onTimeShare, invoices }) => `${Math.round(onTimeShare * 100)} % of ${invoices} invoices paid on time`,
  averageDaysLate: ({ averageDaysLate }) => `${averageDaysLate.toFixed(1)} days late on average`,
  trendDays: ({ trendDays }) =>
    trendDays === 0 ? 'no trend' : `${Math.abs(trendDays).toFixed(1)} days ${trendDays > 0 ? 'later' : 'earlier'} than before`,
  overdueNow: ({ overdueNow }) => `${overdueNow} overdue now`,
  brokenPromises: ({ brokenPromises }) => `${brokenPromises} broken promises to pay within a year`,
  unfoundedDisputes: ({ unfoundedDisputes }) => `${unfoundedDisputes} disputes rejected or withdrawn within a year`,
};

/** Features from what was known on the day: an invoice that was paid afterwards counts as open. */
export function paymentFeatures({ payments, conduct }: CustomerFacts, asOf: IsoDate): PaymentFeatures {
  const known = payments
    .filter((fact) => compareDates(fact.issuedOn, asOf) <= 0)
    .map((fact) => ({ ...fact, settledOn: fact.settledOn && compareDates(fact.settledOn, asOf) <= 0 ? fact.settledOn : null }));
  const overdue = known.filter((fact) => fact.settledOn === null && compareDates(fact.dueOn, asOf) < 0);
  const ends = known
    .filter((fact) => fact.settledOn !== null || compareDates(fact.dueOn, asOf) < 0)
    .sort((left, right) => compareDates(left.dueOn, right.dueOn) || (left.invoiceId < right.invoiceId ? -1 : 1))
    .map((fact) => Math.max(0, daysBetween(fact.dueOn, fact.settledOn ?? asOf)));
  const conductCount = (wanted: ConductFact['kind']) =>
    conduct.filter(({ kind, on }) => kind === wanted && on <= asOf && daysBetween(on, asOf) < conductCountsDays).length;
  const half = Math.floor(ends.length / 2);
  return {
    invoices: ends.length,
    onTimeShare: ends.length === 0 ? 0 : ends.filter((days) => days === 0).length / ends.length,
    averageDaysLate: mean(ends),
    trendDays: half === 0 ? 0 : mean(ends.slice(-half)) - mean(ends.slice(0, half)),
    overdueNow: overdue.length,
    brokenPromises: conductCount('broken-promise'),
    unfoundedDisputes: conductCount('unfounded-dispute'),
  };
}

/** One closed invoice, with what was known about its customer on the day before it was issued, and how it ended. */
export interface RiskExample {
  issuedOn: IsoDate;
  features: PaymentFeatures;
  late: boolean;
}

/** What one customer's invoices teach: each that is closed, seen from the day before its issue. The first has no past. */
export function riskExamples(facts: CustomerFacts): RiskExample[] {
  return facts.payments.flatMap((fact) => {
    if (fact.settledOn === null) return [];
    const features = paymentFeatures(facts, addDays(fact.issuedOn, -1));
    return features.invoices === 0
      ? []
      : [{ issuedOn: fact.issuedOn, features, late: compareDates(fact.settledOn, fact.dueOn) > 0 }];
  });
}

export interface RiskModel {
  intercept: number;
  /** In the order of `riskFactors`, for factors that are standardised by mean and deviation. */
  weights: number[];
  means: number[];
  deviations: number[];
  examples: number;
  lateExamples: number;
}

/** With fewer closed invoices, or fewer of either end, a fit would be chance. */
export const minimumExamples = 50;
export const minimumOfEachEnd = 10;

const inverseOfRegularisation = 1;

/**
 * Fits the model by iteratively reweighted least squares on standardised factors, with the ridge of scikit-learn's
 * LogisticRegression(C=1), whose numbers it gives. Undefined while there is too little to learn from.
 */
export function fitRisk(examples: readonly RiskExample[]): RiskModel | undefined {
  const late = examples.filter((example) => example.late).length;
  if (examples.length < minimumExamples || late < minimumOfEachEnd || examples.length - late < minimumOfEachEnd) return undefined;
  const raw = examples.map(({ features }) => riskFactors.map((factor) => features[factor]));
  const means = riskFactors.map((_, column) => mean(raw.map((row) => row[column]!)));
  const deviations = riskFactors.map((_, column) => {
    const deviation = Math.sqrt(mean(raw.map((row) => (row[column]! - means[column]!) ** 2)));
    // A factor that never varies says nothing.
    return deviation < 1e-12 ? 1 : deviation;
  });
  const rows = raw.map((row) => [1, ...row.map((value, column) => (value - means[column]!) / deviations[column]!)]);
  const wanted = examples.map((example) => (example.late ? 1 : 0));
  const size = riskFactors.length + 1;
  let weights: number[] = Array.from({ length: size }, () => 0);
  for (let round = 0; round < 100; round += 1) {
    const gradient = Array.from({ length: size }, () => 0);
    const curvature = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
    for (const [index, row] of rows.entries()) {
      const chance = sigmoid(dot(weights, row));
      for (let i = 0; i < size; i += 1) {
        gradient[i]! += (wanted[index]! - chance) * row[i]!;
        for (let j = 0; j < size; j += 1) curvature[i]![j]! += chance * (1 - chance) * row[i]! * row[j]!;
      }
    }
    // The intercept is not pulled towards zero.
    for (let i = 1; i < size; i += 1) {
      gradient[i]! -= weights[i]! / inverseOfRegularisation;
      curvature[i]![i]! += 1 / inverseOfRegularisation;
    }
    const step = solve(curvature, gradient);
    weights = weights.map((weight, i) => weight + step[i]!);
    if (Math.max(...step.map(Math.abs)) < 1e-12) break;
  }
  const [intercept, ...slopes] = weights as [number, ...number[]];
  return { intercept, weights: slopes, means, deviations, examples: examples.length, lateExamples: late };
}

export interface RiskScore {
  /** The chance that the next invoice is paid late, 0 to 1. */
  lateChance: number;
  by: 'model' | 'points';
  features: PaymentFeatures;
  /** What raised (above 0) or lowered the chance, the heaviest first: log-odds of the model, or hundredths of chance by points. */
  contributions: { factor: RiskFactor; contribution: number; words: string }[];
  words: string;
}

/** Scores a customer by the model, or by points without one. A customer without any past stands in the middle. */
export function scoreRisk(model: RiskModel | null, features: PaymentFeatures): RiskScore {
  const weighed = model === null ? byPoints(features) : byModel(model, features);
  const contributions = riskFactors
    .map((factor, index) => ({ factor, contribution: weighed.contributions[index]!, words: inWords[factor](features) }))
    .sort((left, right) => Math.abs(right.contribution) - Math.abs(left.contribution));
  const { lateChance } = weighed;
  const telling = contributions.filter(({ contribution }) => Math.abs(contribution) > 0.005).slice(0, 3);
  const because = telling.map(({ words, contribution }) => `${words} (${contribution > 0 ? 'raises' : 'lowers'} it)`).join('; ');
  const known = features.invoices === 0 ? 'no invoice has come to its end yet' : because || 'nothing stands out';
  return {
    lateChance,
    by: model === null ? 'points' : 'model',
    features,
    contributions,
    words: `${Math.round(lateChance * 100)} % chance that the next invoice is paid late: ${known}.`,
  };
}

function byModel(model: RiskModel, features: PaymentFeatures): { lateChance: number; contributions: number[] } {
  // Who has no past is the average customer of the model.
  const contributions = riskFactors.map((factor, index) =>
    features.invoices === 0 || model.weights[index] === undefined
      ? 0
      : (model.weights[index] * (features[factor] - model.means[index]!)) / model.deviations[index]!,
  );
  return { lateChance: sigmoid(contributions.reduce((total, one) => total + one, model.intercept)), contributions };
}

/** Hundredths of chance around one in four, so that the sum can be checked by hand. */
function byPoints(features: PaymentFeatures): { lateChance: number; contributions: number[] } {
  const { invoices, onTimeShare, averageDaysLate, trendDays, overdueNow, brokenPromises, unfoundedDisputes } = features;
  const contributions =
    invoices === 0
      ? [0, 0, 0, 0, 0, 0]
      : [
          Math.round((0.8 - onTimeShare) * 50),
          Math.min(20, Math.round(averageDaysLate)),
          Math.max(-10, Math.min(10, Math.round(trendDays / 2))),
          Math.min(20, overdueNow * 10),
          Math.min(20, brokenPromises * 10),
          Math.min(10, unfoundedDisputes * 5),
        ];
  const points = contributions.reduce((total, one) => total + one, 25);
  return { lateChance: Math.min(95, Math.max(5, points)) / 100, contributions };
}

/** The examples to learn from, and the newest ones, three in ten, to measure on: nobody is judged by what it has seen. */
export function splitByTime(examples: readonly RiskExample[]): { earlier: RiskExample[]; later: RiskExample[] } {
  const inOrder = examples.toSorted((left, right) => compareDates(left.issuedOn, right.issuedOn));
  const cut = Math.ceil(inOrder.length * 0.7);
  return { earlier: inOrder.slice(0, cut), later: inOrder.slice(cut) };
}

export interface RiskQuality {
  examples: number;
  /** The chance that a late invoice was given a higher chance than one in time; 0.5 is a coin. Null with one end only. */
  auc: number | null;
  /** The largest distance between the ends' cumulative shares (Kolmogorov–Smirnov). */
  ks: number | null;
  /** Mean squared error of the chances (Brier). */
  brier: number;
  /** Predicted against observed, in fifths of the predicted chance. */
  calibration: { from: number; to: number; examples: number; predicted: number; observed: number }[];
}

/** How well chances foretold what came. */
export function riskQuality(outcomes: readonly { lateChance: number; late: boolean }[]): RiskQuality {
  const late = outcomes.filter((one) => one.late).map(({ lateChance }) => lateChance);
  const inTime = outcomes.filter((one) => !one.late).map(({ lateChance }) => lateChance);
  const both = late.length > 0 && inTime.length > 0;
  let ranked = 0;
  for (const high of late) for (const low of inTime) ranked += high > low ? 1 : high === low ? 0.5 : 0;
  const share = (chances: number[], upTo: number) => chances.filter((chance) => chance <= upTo).length / chances.length;
  const distances = [...new Set(outcomes.map(({ lateChance }) => lateChance))].map((at) =>
    Math.abs(share(inTime, at) - share(late, at)),
  );
  return {
    examples: outcomes.length,
    auc: both ? ranked / (late.length * inTime.length) : null,
    ks: both ? Math.max(...distances) : null,
    brier: mean(outcomes.map((one) => (one.lateChance - (one.late ? 1 : 0)) ** 2)),
    calibration: [0, 0.2, 0.4, 0.6, 0.8].flatMap((from) => {
      const to = Math.round((from + 0.2) * 10) / 10;
      const inside = outcomes.filter(({ lateChance }) => lateChance >= from && (lateChance < to || to === 1));
      if (inside.length === 0) return [];
      const predicted = mean(inside.map(({ lateChance }) => lateChance));
      return [{ from, to, examples: inside.length, predicted, observed: mean(inside.map((one) => (one.late ? 1 : 0))) }];
    }),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length;
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((total, value, index) => total + value * right[index]!, 0);
}

function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** Gaussian elimination with partial pivoting; the ridge keeps the matrix from being singular. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = column + 1; row < size; row += 1) {
      const ratio = rows[row]![column]! / rows[column]![column]!;
      for (let k = column; k <= size; k += 1) rows[row]![k]! -= ratio * rows[column]![k]!;
    }
  }
  const solution = Array.from({ length: size }, () => 0);
  for (let row = size - 1; row >= 0; row -= 1) {
    const known = solution.reduce((total, value, column) => (column > row ? total + value * rows[row]![column]! : total), 0);
    solution[row] = (rows[row]![size]! - known) / rows[row]![row]!;
  }
  return solution;
}
