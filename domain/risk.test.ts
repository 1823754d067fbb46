import { describe, expect, it } from 'vitest';
import {
  fitRisk,
  type PaymentFact,
  paymentFeatures,
  type RiskExample,
  riskExamples,
  riskQuality,
  scoreRisk,
  splitByTime,
} from './risk.ts';

const nothingSaid = { brokenPromises: 0, unfoundedDisputes: 0 };
const paid = (payments: PaymentFact[]) => ({ payments, conduct: [] });

/** The recipe of the reference below, in whole numbers, so that Python comes to the same sixty examples. */
const examples: RiskExample[] = Array.from({ length: 60 }, (_, i) => {
  const onTimeShare = ((i * 7) % 11) / 10;
  const averageDaysLate = (i * 13) % 17;
  const trendDays = ((i * 5) % 9) - 4;
  const features = { invoices: 5, onTimeShare, averageDaysLate, trendDays, overdueNow: i % 3, ...nothingSaid };
  const late = (1 - onTimeShare) * 10 + averageDaysLate + trendDays + ((i * 29) % 23) > 20;
  return { issuedOn: `2026-01-${String((i % 28) + 1).padStart(2, '0')}`, features, late };
});

const fact = (invoiceId: string, issuedOn: string, dueOn: string, settledOn: string | null): PaymentFact => ({
  invoiceId,
  issuedOn,
  dueOn,
  settledOn,
});

describe('features', () => {
  const facts = [
    fact('INV-1', '2026-01-01', '2026-01-31', '2026-01-31'),
    fact('INV-2', '2026-02-01', '2026-03-03', '2026-03-13'),
    fact('INV-3', '2026-03-01', '2026-03-31', '2026-04-20'),
    fact('INV-4', '2026-04-01', '2026-05-01', null),
  ];

  it('C5: are read from facts as of a day, and what came later is not known yet', () => {
    expect(paymentFeatures(paid(facts), '2026-05-11')).toEqual({
      invoices: 4,
      onTimeShare: 0.25,
      averageDaysLate: (0 + 10 + 20 + 10) / 4,
      trendDays: 15 - 5,
      overdueNow: 1,
      ...nothingSaid,
    });
    // Half way: one paid in time, one five days late and open, the third not due.
    expect(paymentFeatures(paid(facts), '2026-03-08')).toEqual({
      invoices: 2,
      onTimeShare: 0.5,
      averageDaysLate: 2.5,
      trendDays: 5,
      overdueNow: 1,
      ...nothingSaid,
    });
    expect(paymentFeatures(paid([]), '2026-03-08')).toMatchObject({ invoices: 0, averageDaysLate: 0 });
  });

  it('C5: broken promises and unfounded disputes count for a year, and not before they were known', () => {
    const conduct = [
      { kind: 'broken-promise', on: '2025-05-11' },
      { kind: 'broken-promise', on: '2025-05-12' },
      { kind: 'broken-promise', on: '2026-05-11' },
      { kind: 'broken-promise', on: '2026-05-12' },
      { kind: 'unfounded-dispute', on: '2026-01-01' },
    ] as const;
    expect(paymentFeatures({ payments: facts, conduct: [...conduct] }, '2026-05-11')).toMatchObject({
      brokenPromises: 2,
      unfoundedDisputes: 1,
    });
  });

  it('C5: each closed invoice is an example with what was known before it; the first has no past, an open one no end', () => {
    expect(riskExamples(paid(facts)).map(({ issuedOn, late, features }) => [issuedOn, late, features.invoices])).toEqual([
      ['2026-02-01', true, 1],
      ['2026-03-01', true, 1],
    ]);
  });
});

describe('the model', () => {
  /*
   * scikit-learn 1.9.1, on the same sixty examples: Z = (X - X.mean(0)) / X.std(0); LogisticRegression(C=1,
   * solver='newton-cholesky', tol=1e-12, max_iter=1000).fit(Z, y); predict_proba(Z)[:3, 1]; roc_auc_score(y, p);
   * max(tpr - fpr) of roc_curve(y, p, drop_intermediate=False); brier_score_loss(y, p).
   */
  const reference = {
    intercept: 0.590574201355,
    weights: [-0.52503160005, 1.27790893836, 0.406467557422, -0.156731823499],
    firstChances: [0.26148967552, 0.855741496579, 0.641111986497],
    auc: 0.8333333333333333,
    ks: 0.5833333333333334,
    brier: 0.1603964121887605,
  };

  it('C5: the fit, its chances, AUC, KS and Brier score are those of scikit-learn', () => {
    const model = fitRisk(examples)!;
    expect(model).toMatchObject({ examples: 60, lateExamples: 36 });
    expect(model.intercept).toBeCloseTo(reference.intercept, 9);
    for (const [index, weight] of reference.weights.entries()) expect(model.weights[index]).toBeCloseTo(weight, 9);
    const outcomes = examples.map(({ features, late }) => ({ lateChance: scoreRisk(model, features).lateChance, late }));
    for (const [index, chance] of reference.firstChances.entries()) expect(outcomes[index]!.lateChance).toBeCloseTo(chance, 9);
    const quality = riskQuality(outcomes);
    expect(quality.auc).toBeCloseTo(reference.auc, 12);
    expect(quality.ks).toBeCloseTo(reference.ks, 12);
    expect(quality.brier).toBeCloseTo(reference.brier, 9);
    expect(quality.calibration.reduce((total, fifth) => total + fifth.examples, 0)).toBe(60);
    expect(fitRisk(examples)).toEqual(model);
  });

  it('C5: too little history, or one end only, gives no model', () => {
    expect(fitRisk(examples.slice(0, 49))).toBeUndefined();
    expect(fitRisk(examples.map((example) => ({ ...example, late: true })))).toBeUndefined();
  });

  it('C5: a factor that never varies does no harm', () => {
    const flat = examples.map((example) => ({ ...example, features: { ...example.features, overdueNow: 0 } }));
    expect(fitRisk(flat)!.weights[3]).toBe(0);
  });

  it('C5: quality is null where there is nothing to compare, and a coin is a coin', () => {
    expect(riskQuality([{ lateChance: 0.3, late: true }])).toMatchObject({ auc: null, ks: null });
    expect(
      riskQuality([
        { lateChance: 0.5, late: true },
        { lateChance: 0.5, late: false },
      ]),
    ).toMatchObject({ auc: 0.5, ks: 0 });
  });

  it('C5: the newest three in ten are kept for measuring', () => {
    const { earlier, later } = splitByTime(examples);
    expect([earlier.length, later.length]).toEqual([42, 18]);
    expect(later.every(({ issuedOn }) => issuedOn >= earlier.at(-1)!.issuedOn)).toBe(true);
  });
});

describe('the explanation', () => {
  const features = { invoices: 4, onTimeShare: 0.25, averageDaysLate: 10, trendDays: 10, overdueNow: 1, ...nothingSaid };

  it('C5: by points it can be added up by hand, and says so in words', () => {
    const score = scoreRisk(null, features);
    // 25 + (0.8 − 0.25) × 50 + 10 + 10 / 2 + 10
    expect(score).toMatchObject({ lateChance: (25 + 28 + 10 + 5 + 10) / 100, by: 'points' });
    expect(score.contributions.reduce((total, { contribution }) => total + contribution, 25)).toBe(78);
    expect(score.words).toBe(
      '78 % chance that the next invoice is paid late: 25 % of 4 invoices paid on time (raises it); 10.0 days late on average (raises it); 1 overdue now (raises it).',
    );
  });

  it('C5: broken promises and unfounded disputes raise the points, up to a limit, and are named', () => {
    const chance = (brokenPromises: number, unfoundedDisputes: number) =>
      scoreRisk(null, { ...features, onTimeShare: 1, averageDaysLate: 0, trendDays: 0, brokenPromises, unfoundedDisputes });
    expect([chance(0, 0), chance(1, 0), chance(1, 1), chance(9, 9)].map(({ lateChance }) => lateChance)).toEqual([
      0.25, 0.35, 0.4, 0.55,
    ]);
    expect(chance(9, 0).words).toContain('9 broken promises to pay within a year (raises it)');
  });

  it('C5: a model from before these facts scores as it did, and one that has seen them weighs them', () => {
    const { weights, means, deviations, ...rest } = fitRisk(examples)!;
    expect(weights.slice(4)).toEqual([0, 0]);
    const earlier = { ...rest, weights: weights.slice(0, 4), means: means.slice(0, 4), deviations: deviations.slice(0, 4) };
    const said = { ...features, brokenPromises: 3, unfoundedDisputes: 1 };
    expect(scoreRisk(earlier, said).lateChance).toBe(scoreRisk(earlier, features).lateChance);
    const seen = examples.map((example) => ({
      ...example,
      features: { ...example.features, brokenPromises: example.late ? 1 : 0 },
    }));
    const model = fitRisk(seen)!;
    expect(scoreRisk(model, said).lateChance).toBeGreaterThan(scoreRisk(model, features).lateChance);
  });

  it('C5: by the model the contributions add up to its log-odds', () => {
    const model = fitRisk(examples)!;
    const { lateChance, contributions, by } = scoreRisk(model, features);
    const logOdds = contributions.reduce((total, { contribution }) => total + contribution, model.intercept);
    expect(lateChance).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 12);
    expect(by).toBe('model');
  });

  it('C5: without a past a customer is the average one', () => {
    const none = paymentFeatures(paid([]), '2026-01-01');
    expect(scoreRisk(null, none)).toMatchObject({
      lateChance: 0.25,
      words: expect.stringContaining('no invoice has come to its end'),
    });
    const model = fitRisk(examples)!;
    expect(scoreRisk(model, none).lateChance).toBeCloseTo(1 / (1 + Math.exp(-model.intercept)), 12);
  });
});
