import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CreditApplicationFacts,
  type CreditRouteInput,
  decideApplication,
  defaultCreditPolicy,
  exposureMinor,
  hasRoom,
  hasRoomAfterOlder,
  routeCredit,
} from './credit.ts';

const unknownCompany: CreditApplicationFacts = {
  customerId: 'C-1',
  orderGrossMinor: 600_000,
  currency: 'EUR',
  yearsTrading: null,
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
const established: CreditApplicationFacts = {
  ...unknownCompany,
  yearsTrading: 8,
  annualTurnoverMinor: 200_000_000,
  tradeReferences: 3,
};
const best: CreditApplicationFacts = {
  ...established,
  yearsTrading: 20,
  annualTurnoverMinor: 900_000_000,
  externalRating: 'A',
  paidInvoices: 40,
  onTimeShare: 1,
};
const weak: CreditApplicationFacts = { ...unknownCompany, yearsTrading: 0, externalRating: 'D' };

const decide = (facts: CreditApplicationFacts) => decideApplication(defaultCreditPolicy, facts);

describe('C2: clear applications are decided by the written policy, the rest go to a person', () => {
  test('an established first-time buyer with good references and turnover is approved, without any rating or history', () => {
    const decision = decide(established);
    expect(decision).toMatchObject({ outcome: 'approve', score: 73, limitMinor: 1_000_000, policyVersion: 1 });
    expect(decision.reasons[0]).toBe('score 73 reaches 70');
  });

  test('an unknown company goes to a person', () => {
    expect(decide(unknownCompany)).toMatchObject({ outcome: 'review', score: 46, limitMinor: null });
    expect(decide({ ...unknownCompany, yearsTrading: 0 })).toMatchObject({ outcome: 'review', score: 40 });
  });

  test('the worst rating in the first year is denied, even with good references', () => {
    expect(decide(weak)).toMatchObject({ outcome: 'deny', score: 15, limitMinor: null });
    expect(decide({ ...weak, annualTurnoverMinor: 200_000_000, tradeReferences: 3 })).toMatchObject({ outcome: 'deny' });
  });

  test('the best company has 100 points and the highest limit', () => {
    expect(decide(best)).toMatchObject({ outcome: 'approve', score: 100, limitMinor: 5_000_000 });
  });

  test('an order at the limit from the score is approved, one cent above is reviewed', () => {
    expect(decide({ ...established, orderGrossMinor: 1_000_000 }).outcome).toBe('approve');
    const above = decide({ ...established, orderGrossMinor: 1_000_001 });
    expect(above.outcome).toBe('review');
    expect(above.reasons[0]).toBe('the order of 10,000.01 EUR exceeds the limit 10,000.00 EUR');
  });

  test.each([
    [69, 'review'],
    [70, 'approve'],
    [40, 'review'],
    [39, 'deny'],
  ])('score %i: %s', (score, outcome) => {
    const at = (points: number) => ({ unknown: points, bands: [{ from: 0, points }] });
    const policy = {
      ...defaultCreditPolicy,
      pointsTable: {
        yearsTrading: at(score),
        annualTurnoverMinor: at(0),
        tradeReferences: at(0),
        externalRating: { unknown: 0, A: 0, B: 0, C: 0, D: 0 },
        onTimeShare: { ...at(0), minimumPaidInvoices: 3 },
        maxDaysOverdue: at(0),
      },
    };
    expect(decideApplication(policy, unknownCompany)).toMatchObject({ outcome, score });
  });

  test.each([
    [23, 'review'],
    [24, 'approve'],
    [null, 'approve'],
  ] as const)('a write-off %s months ago: %s', (writeOffWithinMonths, outcome) => {
    expect(decide({ ...best, writeOffWithinMonths }).outcome).toBe(outcome);
  });

  test.each([
    [60, 'approve'],
    [61, 'deny'],
  ])('an item %i days overdue: %s', (maxDaysOverdue, outcome) => {
    const decision = decide({ ...best, maxDaysOverdue });
    expect(decision.outcome).toBe(outcome);
    expect(decision.limitMinor === null).toBe(outcome === 'deny');
  });

  test('frozen goes to a person, always, whatever else is true', () => {
    expect(decide({ ...best, frozen: true })).toMatchObject({ outcome: 'review', reasons: ['the credit is frozen'] });
    expect(decide({ ...weak, maxDaysOverdue: 90, frozen: true }).outcome).toBe('review');
    expect(decide({ ...best, previousDecision: 'frozen' }).outcome).toBe('review');
  });

  test('C1: a denied or expired customer is treated as new', () => {
    expect(decide({ ...established, previousDecision: 'denied' })).toEqual(decide(established));
    expect(decide({ ...weak, previousDecision: 'expired' })).toEqual(decide(weak));
  });

  test('C5: an on-time share counts once there are three paid invoices', () => {
    expect(decide({ ...established, paidInvoices: 2, onTimeShare: 0 }).score).toBe(73);
    expect(decide({ ...established, paidInvoices: 3, onTimeShare: 0 }).score).toBe(61);
    expect(decide({ ...established, paidInvoices: 3, onTimeShare: 0.95 }).score).toBe(86);
  });

  test('the points are explained and add up to the score', () => {
    const decision = decide(established);
    expect(decision.points).toContainEqual({
      factor: 'annual turnover',
      value: '2,000,000.00 EUR',
      points: 13,
      reason: 'annual turnover: 2,000,000.00 EUR (13 of 15 points)',
    });
    expect(decision.points.reduce((sum, { points }) => sum + points, 0)).toBe(decision.score);
    expect(decide(weak).reasons).toEqual([
      'score 15 is below 40',
      'external rating: D (-15 of 20 points)',
      'years trading: 0 (0 of 15 points)',
      'invoices paid on time: not known (12 of 25 points)',
    ]);
  });

  test('a score stays within 0 and 100, and better facts never lower it', () => {
    const facts = fc.record({
      yearsTrading: fc.option(fc.integer({ min: 0, max: 100 })),
      annualTurnoverMinor: fc.option(fc.nat()),
      tradeReferences: fc.nat({ max: 5 }),
      externalRating: fc.constantFrom('A', 'B', 'C', 'D', null),
      maxDaysOverdue: fc.nat({ max: 100 }),
      paidInvoices: fc.nat({ max: 10 }),
      onTimeShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    });
    fc.assert(
      fc.property(facts, (known) => {
        const { score } = decide({ ...unknownCompany, ...known });
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(decide({ ...unknownCompany, ...known, externalRating: 'A' }).score).toBeGreaterThanOrEqual(score);
        expect(decide({ ...unknownCompany, ...known, yearsTrading: 100 }).score).toBeGreaterThanOrEqual(score);
        expect(decide({ ...unknownCompany, ...known, maxDaysOverdue: 0 }).score).toBeGreaterThanOrEqual(score);
      }),
    );
  });

  test('X6: the policy is plain data', () => {
    expect(JSON.parse(JSON.stringify(defaultCreditPolicy))).toEqual(defaultCreditPolicy);
  });
});

describe('C3: exposure and room', () => {
  const none = {
    openReceivablesMinor: 0,
    shippedNotInvoicedMinor: 0,
    approvedNotShippedMinor: 0,
    unappliedCashMinor: 0,
    openCreditNotesMinor: 0,
  };

  test('exposure is receivables, shipped and approved, less unapplied cash and credit notes', () => {
    expect(
      exposureMinor({
        openReceivablesMinor: 10_000,
        shippedNotInvoicedMinor: 2_000,
        approvedNotShippedMinor: 300,
        unappliedCashMinor: 40,
        openCreditNotesMinor: 5,
      }),
    ).toBe(12_255);
    expect(exposureMinor({ ...none, unappliedCashMinor: 40 })).toBe(-40);
  });

  test('golden run: opening item 3,000.00 and order 6,000.00 make 9,000.00, shipping part of it moves nothing in the sum', () => {
    const approved = { ...none, openReceivablesMinor: 300_000, approvedNotShippedMinor: 600_000 };
    const shipped = { ...approved, shippedNotInvoicedMinor: 360_000, approvedNotShippedMinor: 240_000 };
    expect([exposureMinor(approved), exposureMinor(shipped)]).toEqual([900_000, 900_000]);
  });

  test('C3: equality passes', () => {
    expect(hasRoom(1_000_000, 900_000, 100_000)).toBe(true);
    expect(hasRoom(1_000_000, 900_000, 100_001)).toBe(false);
    expect(hasRoom(0, 0, 1)).toBe(false);
    expect(hasRoom(100, -50, 150)).toBe(true);
  });
});

describe('C1: the route of an order on credit', () => {
  const approved: CreditRouteInput = {
    standing: 'approved',
    limitMinor: 1_000_000,
    expiresAt: '2027-03-01T00:00:00Z',
    exposureMinor: 900_000,
    orderGrossMinor: 100_000,
    overdueMinor: 0,
    holdMinimumMinor: 0,
    at: '2026-03-01T09:00:00Z',
    releaseMinor: 0,
    olderGrossMinor: [],
  };
  const route = (change: Partial<CreditRouteInput>) => routeCredit({ ...approved, ...change }).route;

  test('an approval with room goes straight through', () => {
    expect(routeCredit(approved)).toEqual({ route: 'approved', why: 'within the credit limit' });
  });

  test.each(['none', 'denied', 'frozen'] as const)('%s applies', (standing) => {
    expect(route({ standing })).toBe('apply');
  });

  test('C4: an approval ends at the instant it expires', () => {
    expect(route({ at: '2027-02-28T23:59:59.999Z' })).toBe('approved');
    expect(route({ at: '2027-03-01T01:00:00+01:00' })).toBe('apply');
    expect(route({ expiresAt: null, at: '2099-01-01T00:00:00Z' })).toBe('approved');
  });

  test('C3: a limit of null was never assessed, a limit of 0 is no credit', () => {
    expect(route({ limitMinor: null })).toBe('apply');
    expect(route({ limitMinor: 0, exposureMinor: 0 })).toBe('over-limit');
  });

  test('C1: one cent too much is over the limit; a one-off release carries it, to the cent', () => {
    expect(route({ orderGrossMinor: 100_001 })).toBe('over-limit');
    expect(route({ orderGrossMinor: 100_002, releaseMinor: 1 })).toBe('over-limit');
    expect(routeCredit({ ...approved, orderGrossMinor: 100_001, releaseMinor: 1 })).toEqual({
      route: 'approved',
      why: 'within the credit limit and a one-off release',
    });
  });

  test('C4: of orders that wait for the same room the older ones come first, as far as they fit', () => {
    const room = { limitMinor: 1_000, exposureMinor: 400 };
    expect(hasRoomAfterOlder({ ...room, olderGrossMinor: [], orderGrossMinor: 600 })).toBe(true);
    expect(hasRoomAfterOlder({ ...room, olderGrossMinor: [500], orderGrossMinor: 101 })).toBe(false);
    expect(hasRoomAfterOlder({ ...room, olderGrossMinor: [500], orderGrossMinor: 100 })).toBe(true);
    // One that is too large stands in nobody's way.
    expect(hasRoomAfterOlder({ ...room, olderGrossMinor: [601, 300, 301], orderGrossMinor: 300 })).toBe(true);
    expect(routeCredit({ ...approved, olderGrossMinor: [1] })).toEqual({
      route: 'over-limit',
      why: 'older orders wait for the same room',
    });
  });

  test('C6: a hold comes before everything, above the minimum', () => {
    expect(route({ overdueMinor: 1 })).toBe('on-hold');
    expect(route({ overdueMinor: 1, standing: 'none', releaseMinor: 1_000_000 })).toBe('on-hold');
    expect(route({ overdueMinor: 500, holdMinimumMinor: 500 })).toBe('approved');
    expect(route({ overdueMinor: 501, holdMinimumMinor: 500 })).toBe('on-hold');
  });
});
