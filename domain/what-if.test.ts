import { describe, expect, it } from 'vitest';
import { defaultBadDebtPolicy } from './bad-debt.ts';
import { type CashPolicy, defaultCashPolicy, type MatchingFacts, matchLine, type Payer } from './cash-matching.ts';
import { type CreditApplicationFacts, type CreditPolicy, decideApplication, defaultCreditPolicy } from './credit.ts';
import { type DunningPolicy, defaultDunningPolicy, planDunning } from './dunning.ts';
import {
  cashVerdict,
  count,
  creditVerdict,
  differ,
  dunningVerdict,
  emptySummary,
  type PlannedItem,
  planAgain,
  provideAgain,
  type Replayed,
  type Verdict,
} from './what-if.ts';

const verdict = (rest: Partial<Verdict> = {}): Verdict => ({
  outcome: 'review',
  valueMinor: null,
  score: 60,
  reasons: [],
  points: [],
  effects: [],
  ...rest,
});

describe('what is decided differently', () => {
  it('X6: is another outcome, amount or effect; other words and another score are not', () => {
    const before = verdict({ outcome: 'approve', valueMinor: 100, effects: ['pays A'] });
    expect(differ(before, { ...before, score: 61, reasons: ['another'] })).toBe(false);
    for (const other of [{ outcome: 'review' }, { valueMinor: 99 }, { effects: ['pays B'] }, { effects: [] }]) {
      expect(differ(before, { ...before, ...other })).toBe(true);
    }
  });

  it('X6: is counted by currency and by what became what, with what was sold since', () => {
    const summary = emptySummary();
    const one = (currency: string, before: Verdict, after: Verdict): Replayed => ({
      key: '1',
      at: '2027-03-01T09:00:00.000Z',
      id: '1',
      customerId: 'ACME',
      orderId: null,
      currency,
      amountMinor: 500,
      policyVersion: 1,
      before,
      after,
    });
    const approved = verdict({ outcome: 'approve', valueMinor: 1_000, score: 75 });
    const since = { invoicedMinor: 400, paidMinor: 300, lostMinor: 100 };
    count(summary, one('EUR', verdict(), verdict()), null);
    count(summary, one('EUR', verdict(), verdict({ score: 61 })), null);
    count(summary, one('EUR', verdict(), approved), since);
    count(summary, one('EUR', verdict(), approved), since);
    count(summary, one('USD', approved, verdict()), since);
    expect(summary).toMatchObject({ decisions: 5, differing: 3, rescored: 1 });
    expect(summary.changes).toEqual([
      {
        currency: 'EUR',
        before: 'review',
        after: 'approve',
        decisions: 2,
        amountMinor: 1_000,
        beforeMinor: 0,
        afterMinor: 2_000,
        since: { invoicedMinor: 800, paidMinor: 600, lostMinor: 200 },
      },
      expect.objectContaining({ currency: 'USD', before: 'approve', after: 'review', beforeMinor: 1_000, afterMinor: 0 }),
    ]);
  });
});

describe('credit', () => {
  const facts: CreditApplicationFacts = {
    customerId: 'ACME',
    orderGrossMinor: 500_000,
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
  const again = (policy: Partial<CreditPolicy>, of = facts) =>
    creditVerdict(of, decideApplication({ ...defaultCreditPolicy, ...policy }, of));

  it('X6: a limit counts where one is granted, and no more of it than was asked for', () => {
    const before = again({});
    expect(before).toMatchObject({ outcome: 'approve', valueMinor: 1_000_000 });
    expect(differ(before, again({ version: 9 }))).toBe(false);
    const lower = [{ fromScore: 70, limitMinor: 600_000 }];
    expect(again({ limitFromScore: lower })).toMatchObject({ outcome: 'approve', valueMinor: 600_000 });
    const asks = { ...facts, asksFor: 'limit' as const };
    expect(differ(again({}, asks), again({ limitFromScore: lower }, asks))).toBe(false);
    // Whoever goes to a person is granted nothing, whatever the score would allow.
    const stricter = { approveFromScore: 95 };
    expect(again(stricter).valueMinor).toBeNull();
    expect(differ(again(stricter), again({ ...stricter, limitFromScore: lower }))).toBe(false);
  });
});

describe('bank lines', () => {
  const item = {
    customerId: 'ACME',
    invoiceId: 'INV-2027-000001',
    paymentReference: 'RF00',
    openMinor: 10_000,
    discountMinor: 0,
    issuedOn: '2027-01-01',
    dueOn: '2027-01-31',
  };
  const payer = (customerId: string, likeness: number): Payer => ({ customerId, by: 'name', likeness });
  const facts = (rest: Partial<MatchingFacts> = {}): MatchingFacts => ({
    receipt: { amountMinor: 10_000, valueOn: '2027-01-20', references: [] },
    payers: [payer('ACME', 80)],
    namedCustomerIds: [],
    items: [item],
    ...rest,
  });
  const under = (given: MatchingFacts, policy: Partial<CashPolicy> = {}) => {
    const { post = null, onAccountOf = null, suggestions } = matchLine(given, { ...defaultCashPolicy, ...policy });
    return cashVerdict({ post, onAccountOf, suggestions }, given.receipt.amountMinor);
  };

  it('X6: who was not alike enough is a payer under a policy that asks for less, and what is his counts then', () => {
    expect(under(facts())).toMatchObject({ outcome: 'unmatched', valueMinor: null, effects: [] });
    expect(under(facts(), { nameThreshold: 80 })).toMatchObject({
      outcome: 'posted',
      valueMinor: 10_000,
      effects: ['pays INV-2027-000001'],
    });
  });

  it('P2, X6: of many alike names the five likeliest of those above the threshold are weighed', () => {
    const payers = [99, 98, 97, 96, 95, 94].map((likeness, index) => payer(`P${index}`, likeness));
    const items = payers.map(({ customerId }, index) => ({ ...item, customerId, invoiceId: `INV-2027-00000${index}` }));
    const suggested = matchLine(facts({ payers, items }), defaultCashPolicy).suggestions;
    expect(suggested.map(({ customerId }) => customerId)).toEqual(['P0', 'P1', 'P2', 'P3', 'P4']);
    // What others owe, who only might be meant, says nothing about it.
    expect(matchLine(facts({ payers, items }), { ...defaultCashPolicy, nameThreshold: 99 }).post).toMatchObject({
      customerId: 'P0',
    });
  });

  it('X6: a shorter tolerance leaves a line to a person that posted with a difference', () => {
    const receipt = { amountMinor: 9_950, valueOn: '2027-01-20', references: [] };
    const known = facts({ receipt, payers: [{ customerId: 'ACME', by: 'iban', likeness: 100 }] });
    expect(under(known)).toMatchObject({ outcome: 'posted', effects: ['pays INV-2027-000001', 'writes 50 off'] });
    expect(under(known, { toleranceMinor: 10 })).toMatchObject({ outcome: 'on account', effects: ['waits on account of ACME'] });
  });
});

describe('provisions', () => {
  it('X6, P7: the matrix of another policy is applied to what was reviewed, beside what was set by hand', () => {
    const ages = { current: 100_000, '1-30': 0, '31-60': 20_000, '61-90': 0, '91+': 5_000 };
    const read = { monthEnds: [], losses: { items: 0, reachedMinor: 0, lostMinor: 0 } };
    const position = { currency: 'EUR', matrixMinor: ages, specificMinor: 700 };
    // 600 + 3,000 + 2,500, and 700.
    expect(provideAgain(defaultBadDebtPolicy, read, position).valueMinor).toBe(6_800);
    expect(provideAgain({ ...defaultBadDebtPolicy, lossOf91Plus: '1' }, read, position).valueMinor).toBe(12_900);
    // The company's own months count for a policy that is content with few of them.
    const monthEnds = [ages, { ...ages, '1-30': 50_000, '61-90': 20_000 }];
    const content = provideAgain({ ...defaultBadDebtPolicy, historyMonthsMinimum: 1 }, { ...read, monthEnds }, position);
    expect(content.reasons[0]).toMatch(/^current: 6\.00 % is lost$/);
  });
});

describe('dunning', () => {
  const item: PlannedItem = {
    invoiceId: 'INV-2027-000001',
    kind: 'invoice',
    currency: 'EUR',
    issuedOn: '2027-01-01',
    schedule: [{ number: 1, dueOn: '2027-01-31' }],
    grossMinor: 10_000,
    isNote: false,
    writtenAt: '2027-01-01T09:00:00.000Z',
    endedOn: null,
  };
  const charging: DunningPolicy = {
    ...defaultDunningPolicy,
    levels: [
      { level: 1, daysOverdue: 1, final: false, feeMinor: 500, feeMinorIn: { USD: 700 } },
      { level: 2, daysOverdue: 15, final: true, feeMinor: 1_000 },
    ],
  };
  const context = { now: '2027-02-20T12:00:00.000Z', companyCurrency: 'EUR' };
  const under = (policy: DunningPolicy, of: Partial<PlannedItem> = {}) => {
    const whole = { ...item, ...of };
    return dunningVerdict(planAgain(policy, whole, 'Europe/Berlin'), policy, whole, context);
  };

  it('X6, P4: the plan is the one that the item was written with', () => {
    const { steps } = planDunning({ policy: charging, ...item, dueOn: '2027-01-31', termsDays: 30, timeZone: 'Europe/Berlin' });
    expect(planAgain(charging, item, 'Europe/Berlin')).toEqual(steps);
  });

  it('X6, P4: letters count as far as the item was open, with the fees of its currency, and none on a fee', () => {
    expect(under(charging)).toMatchObject({
      outcome: 'letter 2',
      valueMinor: 1_500,
      effects: [
        'reminder on 2027-01-15',
        'overdue on 2027-02-01',
        'letter 1 on 2027-02-01, with a fee of 5.00 EUR',
        'letter 2 on 2027-02-15, with a fee of 10.00 EUR',
      ],
    });
    expect(under(charging, { endedOn: '2027-02-03' })).toMatchObject({ outcome: 'letter 1', valueMinor: 500 });
    expect(under(charging, { endedOn: '2027-01-10' })).toMatchObject({ outcome: 'nothing', valueMinor: 0, effects: [] });
    expect(under(charging, { currency: 'USD' }).valueMinor).toBe(700);
    expect(under(charging, { isNote: true }).valueMinor).toBe(0);
    expect(under({ ...charging, minimumMinor: 10_001 })).toMatchObject({ outcome: 'overdue', valueMinor: 0 });
    expect(under(charging, { schedule: [...item.schedule, { number: 2, dueOn: '2027-02-10' }] }).effects).toContain(
      'letter 1 of instalment 2 on 2027-02-11, with a fee of 5.00 EUR',
    );
  });
});
