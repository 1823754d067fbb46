import { describe, expect, it } from 'vitest';
import { type CreditApplicationFacts, type CreditPolicy, decideApplication, defaultCreditPolicy } from './credit.ts';
import { whatItWouldTake } from './credit-advice.ts';
import {
  documentTypeOf,
  type Financials,
  grantedLimitMinor,
  type StatedApplication,
  type TradeReference,
  withApplication,
} from './credit-application.ts';

const onFile: CreditApplicationFacts = {
  customerId: 'C-1',
  orderGrossMinor: 600_000,
  currency: 'EUR',
  yearsTrading: 8,
  annualTurnoverMinor: null,
  tradeReferences: 0,
  externalRating: null,
  writeOffWithinMonths: null,
  maxDaysOverdue: 0,
  paidInvoices: 0,
  onTimeShare: null,
  frozen: false,
  previousDecision: 'none',
};
const reference = (rest: Partial<TradeReference> = {}): TradeReference => ({
  company: 'Timber AG',
  contact: { name: 'Eva' },
  annualVolumeMinor: 10_000_000,
  yearsKnown: 6,
  averageDaysLate: 2,
  ...rest,
});
const accounts: Financials = {
  year: 2025,
  currency: 'EUR',
  revenueMinor: 200_000_000,
  equityMinor: 60_000_000,
  totalAssetsMinor: 120_000_000,
  currentAssetsMinor: 50_000_000,
  currentLiabilitiesMinor: 20_000_000,
  netIncomeMinor: 12_000_000,
};
const application = (rest: Partial<StatedApplication> = {}): StatedApplication => ({
  id: 'CRA-1',
  verified: true,
  references: [reference(), reference({ yearsKnown: 10, averageDaysLate: 8 }), reference({ yearsKnown: 2, averageDaysLate: 5 })],
  financials: accounts,
  ...rest,
});
const withIt = (rest: Partial<StatedApplication> = {}) => withApplication(onFile, application(rest), '2026-05-01');

/** A version that weighs applications: the same bounds, with ten points each for five measures. */
const bands = (...pairs: [from: number, points: number][]) => pairs.map(([from, points]) => ({ from, points }));
const weighing: CreditPolicy = {
  ...defaultCreditPolicy,
  version: 2,
  pointsTable: {
    ...defaultCreditPolicy.pointsTable,
    application: {
      financialsWithinYears: 2,
      referenceYearsKnown: { unknown: 2, bands: bands([5, 10], [2, 5], [0, 0]) },
      referenceDaysLate: { unknown: 2, bands: bands([30, -10], [10, 4], [0, 10]) },
      currentRatio: { unknown: 2, bands: bands([1.5, 10], [1, 5], [0, -5]) },
      equityRatio: { unknown: 2, bands: bands([0.3, 10], [0.1, 5], [0, 0]) },
      netMargin: { unknown: 2, bands: bands([0.05, 10], [0, 4]) },
    },
  },
};

describe('the facts of an application', () => {
  it('C2: references and accounts become counted measures', () => {
    expect(withIt()).toMatchObject({
      applicationId: 'CRA-1',
      applicationVerified: true,
      tradeReferences: 3,
      annualTurnoverMinor: 200_000_000,
      referenceYearsKnown: 6,
      referenceDaysLate: 5,
      currentRatio: 2.5,
      equityRatio: 0.5,
      netMargin: 0.06,
      financialsAgeYears: 1,
    });
  });

  it('C2: whom it buys more from weighs more, and only good references are counted', () => {
    const facts = withIt({
      references: [reference({ annualVolumeMinor: 30_000_000, averageDaysLate: 0 }), reference({ averageDaysLate: 40 })],
    });
    expect(facts).toMatchObject({ referenceDaysLate: 10, tradeReferences: 1 });
    const unsized = [
      reference({ annualVolumeMinor: 0, averageDaysLate: 4 }),
      reference({ annualVolumeMinor: 0, averageDaysLate: 8 }),
    ];
    expect(withIt({ references: unsized }).referenceDaysLate).toBe(6);
    expect(withIt({ references: [reference({ averageDaysLate: -3 })] }).referenceDaysLate).toBe(0);
  });

  it('C2: what is not stated, or cannot be divided, is not known; no short-term debt is beyond every band', () => {
    expect(withIt({ references: [], financials: null })).toMatchObject({
      tradeReferences: 0,
      annualTurnoverMinor: null,
      referenceYearsKnown: null,
      referenceDaysLate: null,
      currentRatio: null,
    });
    const empty = { ...accounts, revenueMinor: 0, totalAssetsMinor: 0, currentAssetsMinor: 0, currentLiabilitiesMinor: 0 };
    expect(withIt({ financials: empty })).toMatchObject({ currentRatio: null, equityRatio: null, netMargin: null });
    expect(withIt({ financials: { ...accounts, currentLiabilitiesMinor: 0 } }).currentRatio).toBe(99);
    expect(withIt({ financials: { ...accounts, currency: 'USD' } })).toMatchObject({
      annualTurnoverMinor: null,
      currentRatio: 2.5,
    });
  });

  it('C1: an applicant’s own word replaces nothing that is on file', () => {
    expect(withIt({ verified: false })).toMatchObject({
      tradeReferences: 0,
      annualTurnoverMinor: null,
      applicationVerified: false,
    });
    expect(withApplication(onFile, undefined, '2026-05-01')).toBe(onFile);
  });
});

describe('the documents of an application', () => {
  it.each([
    ['%PDF-1.7', 'application/pdf'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['<html>', undefined],
    ['', undefined],
  ])('C2: %j is %s', (bytes, type) => {
    expect(documentTypeOf(Buffer.from(bytes, 'latin1'))).toBe(type);
  });
});

describe('an application in the scorecard', () => {
  const pointsOf = (facts: CreditApplicationFacts, factor: string) =>
    decideApplication(weighing, facts).points.find((entry) => entry.factor === factor);

  it('C2: a policy that does not weigh applications decides as before', () => {
    const unverified = decideApplication(defaultCreditPolicy, withIt({ verified: false }));
    expect(unverified).toEqual(decideApplication(defaultCreditPolicy, onFile));
    expect(unverified.points).toHaveLength(6);
  });

  it('C2: one that does gives points for every measure, in words, and not knowing earns what its table says', () => {
    const decision = decideApplication(weighing, withIt());
    expect(decision).toMatchObject({ outcome: 'approve', score: 100, policyVersion: 2 });
    expect(decision.points.slice(6)).toEqual([
      expect.objectContaining({ factor: 'years known to its references', value: '6', points: 10 }),
      expect.objectContaining({ factor: 'days late with its references', value: '5', points: 10 }),
      expect.objectContaining({ factor: 'current ratio', value: '2.5', points: 10 }),
      expect.objectContaining({ factor: 'equity ratio', value: '50 %', points: 10 }),
      expect.objectContaining({ factor: 'net margin', value: '6 %', reason: 'net margin: 6 % (10 of 10 points)' }),
    ]);
    expect(
      decideApplication(weighing, onFile)
        .points.slice(6)
        .map(({ points }) => points),
    ).toEqual([2, 2, 2, 2, 2]);
  });

  it('C1: what is not verified costs points and earns none', () => {
    const good = withIt({ verified: false });
    expect(pointsOf(good, 'equity ratio')).toMatchObject({ value: '50 %, not verified', points: 2 });
    const bad = withIt({ verified: false, references: [reference({ averageDaysLate: 45 })] });
    expect(pointsOf(bad, 'days late with its references')).toMatchObject({ value: '45', points: -10 });
  });

  it('C2: accounts that are too old are not known; losses and debts earn nothing', () => {
    const old = withIt({ financials: { ...accounts, year: 2023 } });
    expect(pointsOf(old, 'current ratio')).toMatchObject({ value: 'not known', points: 2 });
    const losing = withIt({ financials: { ...accounts, netIncomeMinor: -6_000_000, equityMinor: -1 } });
    expect(pointsOf(losing, 'net margin')).toMatchObject({ value: '-3 %', points: 0 });
    expect(pointsOf(losing, 'equity ratio')).toMatchObject({ points: 0 });
  });

  it('C2: a requested limit is held against the score as an order is, and an approval grants no more than was asked for', () => {
    const facts = { ...withIt(), asksFor: 'limit' as const, orderGrossMinor: 6_000_000 };
    const decision = decideApplication(weighing, facts);
    expect(decision.outcome).toBe('review');
    expect(decision.reasons[0]).toBe('the requested limit of 60,000.00 EUR exceeds the limit 50,000.00 EUR');
    expect(whatItWouldTake(weighing, facts)[0]!.changes).toEqual(['a limit of at most 50,000.00 EUR']);
    const granted = (requestedMinor: number, limitMinor: number | null, asked: object = { asksFor: 'limit' }) =>
      grantedLimitMinor({ orderGrossMinor: requestedMinor, ...asked }, { limitMinor });
    expect([granted(800_000, 1_000_000), granted(1_200_000, 1_000_000), granted(800_000, null)]).toEqual([
      800_000,
      1_000_000,
      null,
    ]);
    // An order asks for no limit: it gets what the score allows.
    expect(granted(800_000, 1_000_000, {})).toBe(1_000_000);
  });

  it('C2: what it would take names the word of credit where that is enough', () => {
    const ways = whatItWouldTake(weighing, withIt({ verified: false }));
    expect(ways).toContainEqual(expect.objectContaining({ changes: ['its statements verified by credit'] }));
  });
});
