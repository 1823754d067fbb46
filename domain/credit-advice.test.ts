import { describe, expect, it } from 'vitest';
import { type CreditApplicationFacts, decideApplication, defaultCreditPolicy } from './credit.ts';
import { whatItWouldTake } from './credit-advice.ts';

const solid: CreditApplicationFacts = {
  customerId: 'C-1',
  orderGrossMinor: 600_000,
  currency: 'EUR',
  yearsTrading: 8,
  annualTurnoverMinor: 200_000_000,
  tradeReferences: 3,
  externalRating: null,
  writeOffWithinMonths: null,
  maxDaysOverdue: 0,
  paidInvoices: 0,
  onTimeShare: null,
  frozen: false,
  previousDecision: 'none',
};
const advice = (facts: Partial<CreditApplicationFacts>) => whatItWouldTake(defaultCreditPolicy, { ...solid, ...facts });

describe('what it would take', () => {
  it('C2: nothing for who is approved', () => {
    expect(advice({})).toEqual([]);
  });

  it('C2: one change where one is enough, and the least of its kind', () => {
    const ways = advice({ tradeReferences: 0 });
    // One reference would bring 66 points, an external rating of B 67: neither reaches the 70 that it takes.
    expect(ways).toEqual([
      { changes: ['2 good trade references'], score: 71, limitMinor: 1_000_000 },
      { changes: ['an external rating of A'], score: 71, limitMinor: 1_000_000 },
      { changes: ['95 % of 3 invoices paid on time'], score: 74, limitMinor: 1_000_000 },
    ]);
  });

  it('C2: an order too large for the score is approved when it is smaller, or the score higher', () => {
    const ways = advice({ orderGrossMinor: 1_500_000 });
    expect(ways).toContainEqual(expect.objectContaining({ changes: ['an order of at most 10,000.00 EUR'] }));
  });

  it('C2: what overdue items deny, paying them approves; a freeze is for a person to lift', () => {
    expect(advice({ maxDaysOverdue: 90 })).toContainEqual(expect.objectContaining({ changes: ['everything overdue paid'] }));
    expect(advice({ frozen: true })).toMatchObject([{ changes: ['the freeze lifted by a person'] }]);
  });

  it('C2: an unknown company is told of several changes together, and the policy keeps every word of it', () => {
    const unknown = { yearsTrading: null, annualTurnoverMinor: null, tradeReferences: 0 };
    const ways = advice(unknown);
    expect(ways.length).toBeGreaterThan(0);
    expect(new Set(ways.map(({ changes }) => changes.length)).size).toBe(1);
    for (const { score } of ways) expect(score).toBeGreaterThanOrEqual(defaultCreditPolicy.approveFromScore);
    expect(decideApplication(defaultCreditPolicy, { ...solid, ...unknown }).outcome).not.toBe('approve');
  });
});
