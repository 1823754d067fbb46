import { describe, expect, it } from 'vitest';
import { type CollectionCase, defaultCollectionsPolicy, gainedByContact, holdOverrideFaults, rankCases } from './collections.ts';

describe('a hold override', () => {
  it('P3: lasts from today to the policy’s days from now, both included', () => {
    const codes = (throughOn: string) =>
      holdOverrideFaults(defaultCollectionsPolicy, throughOn, '2027-03-10').map(({ code }) => code);
    expect(codes('2027-03-09')).toEqual(['past-date']);
    expect(codes('2027-03-10')).toEqual([]);
    expect(codes('2027-04-09')).toEqual([]);
    expect(codes('2027-04-10')).toEqual(['too-long']);
  });
});

describe('the worklist', () => {
  const today = '2027-03-31';
  const one = (customerId: string, rest: Partial<CollectionCase> = {}): CollectionCase => ({
    customerId,
    currency: 'EUR',
    unitValue: 1,
    overdue: [{ invoiceId: `I-${customerId}`, dueOn: '2027-03-01', openMinor: 1_000_000 }],
    unappliedMinor: 0,
    lateChance: 0.4,
    lastContact: null,
    nextStep: null,
    ...rest,
  });
  const call = { on: '2027-03-30', kind: 'call', outcome: 'reached' } as const;

  it('P6: the worked example: 10,000.00, 30 days overdue, 40 % chance of paying late', () => {
    expect(gainedByContact({ daysOverdue: 30, lateChance: 0.4, daysSinceContact: null })).toBeCloseTo(0.6236, 4);
    expect(rankCases([one('A')], today)).toMatchObject([
      { expectedRecoveryMinor: 623_629, overdueMinor: 1_000_000, oldestDaysOverdue: 30 },
    ]);
    expect(rankCases([one('A', { lastContact: call })], today)[0]!.expectedRecoveryMinor).toBe(89_090);
    expect(rankCases([one('A')], today)[0]!.reasons).toEqual([
      '10,000.00 EUR in 1 item, the oldest 30 days overdue',
      '40 % chance of paying late',
      'no contact yet',
      'a contact is expected to bring 6,236.29 EUR that would not come by itself',
    ]);
  });

  it('P6: who pays late comes before who pays by itself, and hopeless money after fresh money', () => {
    const old = one('OLD', { overdue: [{ invoiceId: 'I', dueOn: '2024-03-01', openMinor: 1_000_000 }] });
    const ranked = rankCases([one('PUNCTUAL', { lateChance: 0.05 }), old, one('TARDY', { lateChance: 0.9 })], today);
    expect(ranked.map(({ customerId }) => customerId)).toEqual(['TARDY', 'PUNCTUAL', 'OLD']);
  });

  it('P6, A3: currencies are weighed in the company’s: 1,000,000 yen come after 9,000.00 euros, and before 5,000.00', () => {
    const owing = (customerId: string, currency: string, openMinor: number, unitValue: number | null) =>
      one(customerId, { currency, unitValue, overdue: [{ invoiceId: 'I', dueOn: '2027-03-01', openMinor }] });
    const cases = [
      owing('YEN', 'JPY', 1_000_000, 0.62),
      owing('EURO', 'EUR', 900_000, 1),
      owing('LESS', 'EUR', 500_000, 1),
      owing('NORATE', 'KWD', 1, null),
    ];
    expect(rankCases(cases, today).map(({ customerId }) => customerId)).toEqual(['NORATE', 'EURO', 'YEN', 'LESS']);
  });

  it('P6: what is agreed for later waits, what is agreed for today does not; cash that waits stands for the oldest', () => {
    const agreed = (on: string) => one('A', { lastContact: call, nextStep: { on, text: 'call again' } });
    expect(rankCases([agreed('2027-04-01')], today)[0]).toMatchObject({ expectedRecoveryMinor: 0, overdueMinor: 1_000_000 });
    expect(rankCases([agreed('2027-03-31')], today)[0]).toMatchObject({ expectedRecoveryMinor: 623_629 });
    const covered = one('A', {
      unappliedMinor: 1_000_000,
      overdue: [
        { invoiceId: 'I-1', dueOn: '2027-03-01', openMinor: 900_000 },
        { invoiceId: 'I-2', dueOn: '2027-03-16', openMinor: 150_000 },
      ],
    });
    expect(rankCases([covered], today)).toMatchObject([{ overdueMinor: 50_000, oldestDaysOverdue: 15 }]);
    expect(rankCases([one('A', { unappliedMinor: 1_000_000 })], today)).toEqual([]);
  });
});
