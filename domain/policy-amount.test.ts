import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cashPolicyIn, defaultCashPolicy } from './cash-matching.ts';
import { creditPolicyIn, decideApplication, defaultCreditPolicy } from './credit.ts';
import { whatItWouldTake } from './credit-advice.ts';
import { decideDunning, defaultDunningPolicy, dunningPolicyIn } from './dunning.ts';
import { convertBackMinor, convertMinor } from './money.ts';
import { type PolicyRate, policyAmount, policyRateInWords } from './policy-amount.ts';

const inYen = (rate: string | null): PolicyRate => ({ companyCurrency: 'EUR', currency: 'JPY', rate, on: '2027-03-10' });
const yen = inYen('0.0075');

describe('amounts of policies are in the company’s currency', () => {
  test('C2: 1,000.00 EUR are 133,334 JPY to be reached and 133,333 not to be exceeded at 0.0075, and 300.000 KWD at 3.3333…', () => {
    expect(policyAmount(100_000, yen, 'at-least')).toBe(133_334);
    expect(policyAmount(100_000, yen, 'at-most')).toBe(133_333);
    const dinars = { ...yen, currency: 'KWD', rate: '3.333333333333' };
    expect(policyAmount(100_000, dinars, 'at-least')).toBe(300_001);
    expect(policyAmount(100_000, undefined, 'at-least')).toBe(100_000);
    // More than an amount can be is reached by none.
    expect(policyAmount(Number.MAX_SAFE_INTEGER, inYen('0.000001'), 'at-least')).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('C2: what reaches an amount is what, converted exactly, is not below it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), fc.integer({ min: 1, max: 999_999 }), (amountMinor, millionths) => {
        const rate = `0.${String(millionths).padStart(6, '0')}`;
        const least = convertBackMinor({ currency: 'EUR', amountMinor }, 'JPY', rate, 'at-least');
        expect(convertMinor({ currency: 'JPY', amountMinor: least }, 'EUR', rate, 'half-up')).toBeGreaterThanOrEqual(amountMinor);
        expect(convertMinor({ currency: 'JPY', amountMinor: least - 1 }, 'EUR', rate, 'half-up')).toBeLessThanOrEqual(
          amountMinor,
        );
        const most = convertBackMinor({ currency: 'EUR', amountMinor }, 'JPY', rate, 'at-most');
        expect(least - most).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('C2: without a rate every amount is on its safe side, and the words say why', () => {
    expect(policyAmount(100_000, inYen(null), 'at-least')).toBe(0);
    expect(policyAmount(100_000, inYen(null), 'at-most')).toBe(0);
    expect(policyRateInWords(inYen(null))).toBe(': there is no exchange rate of JPY on or before 2027-03-10');
    expect(policyRateInWords(yen)).toBe(', at 0.0075 EUR for a JPY');
    expect(policyRateInWords(undefined)).toBe('');
  });

  const established = {
    customerId: 'KYOTO',
    orderGrossMinor: 1_300_000,
    currency: 'JPY',
    yearsTrading: 8,
    // 2,000,000.00 EUR.
    annualTurnoverMinor: 266_666_667,
    tradeReferences: 3,
    externalRating: null,
    writeOffWithinMonths: null,
    maxDaysOverdue: 0,
    paidInvoices: 0,
    onTimeShare: null,
    frozen: false,
    previousDecision: 'none' as const,
  };

  test('C2: turnover earns its points, and a score its limit, at the rate of the day', () => {
    const facts = { ...established, policyRate: yen };
    expect(decideApplication(defaultCreditPolicy, facts)).toMatchObject({ outcome: 'approve', score: 73, limitMinor: 1_333_333 });
    const more = { ...facts, orderGrossMinor: 1_333_334 };
    expect(decideApplication(defaultCreditPolicy, more)).toMatchObject({
      outcome: 'review',
      reasons: expect.arrayContaining(['the order of 1,333,334 JPY exceeds the limit 1,333,333 JPY, at 0.0075 EUR for a JPY']),
    });
    expect(whatItWouldTake(defaultCreditPolicy, more)).toContainEqual(
      expect.objectContaining({ changes: ['an order of at most 1,333,333 JPY'] }),
    );
    expect(creditPolicyIn(defaultCreditPolicy, yen).fourEyesFromMinor).toBe(6_666_667);
  });

  test('C2: an application in a currency without a rate goes to a person, its turnover not known', () => {
    const decision = decideApplication(defaultCreditPolicy, {
      ...established,
      yearsTrading: 20,
      externalRating: 'A',
      policyRate: inYen(null),
    });
    expect(decision.outcome).toBe('review');
    expect(decision.reasons[0]).toContain('there is no exchange rate of JPY on or before 2027-03-10');
    expect(decision.points.find(({ factor }) => factor === 'annual turnover')!.points).toBe(5);
  });

  test('P2: a shortage inside the tolerance is measured in the currency of its line', () => {
    expect(cashPolicyIn(defaultCashPolicy, yen)).toMatchObject({ toleranceMinor: 133, bankChargesMaximumMinor: 6_666 });
    expect(cashPolicyIn(defaultCashPolicy, inYen(null))).toMatchObject({ toleranceMinor: 0, bankChargesMaximumMinor: 0 });
  });

  test('P4: what is worth a letter is worth it in any currency', () => {
    const policy = dunningPolicyIn({ ...defaultDunningPolicy, minimumMinor: 1_000 }, yen);
    const item = { invoiceId: 'i', level: 0, daysOverdue: 20, lastNoticeOn: null, blocked: null };
    const reasons = [1_333, 1_334].map(
      (openMinor) => decideDunning({ policy, items: [{ ...item, openMinor }], on: '2027-03-10' }).skipped[0]?.reason,
    );
    expect(reasons).toEqual(['below-minimum', undefined]);
  });
});
