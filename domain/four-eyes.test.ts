import { describe, expect, it } from 'vitest';
import { defaultCreditPolicy } from './credit.ts';
import { loosensFourEyes, takesTwo } from './four-eyes.ts';

const strict = { ...defaultCreditPolicy, signalDecisionsAllowed: false };

describe('policies that say when two people decide', () => {
  it('X3: from the policy’s amount on, taken to the currency of what is decided, and always where nobody knows the rate', () => {
    const rate = { companyCurrency: 'EUR', currency: 'USD', rate: '0.8', on: '2026-03-01' };
    expect([9_999, 10_000].map((amountMinor) => takesTwo(amountMinor, 10_000, undefined))).toEqual([false, true]);
    expect([12_499, 12_500].map((amountMinor) => takesTwo(amountMinor, 10_000, rate))).toEqual([false, true]);
    expect(takesTwo(1, 10_000, { ...rate, rate: null })).toBe(true);
  });

  it('X3: a higher amount, and decisions by who is not known, need two people themselves', () => {
    expect(loosensFourEyes('credit', strict, { ...strict, fourEyesFromMinor: strict.fourEyesFromMinor + 1 })).toEqual([
      'fourEyesFromMinor',
    ]);
    expect(loosensFourEyes('credit', strict, { ...strict, signalDecisionsAllowed: true })).toEqual(['signalDecisionsAllowed']);
    expect(loosensFourEyes('collections', { writeOffFourEyesFromMinor: 0 }, { writeOffFourEyesFromMinor: 1 })).toEqual([
      'writeOffFourEyesFromMinor',
    ]);
  });

  it('X3: the same, a lower amount, and what has nothing to do with four eyes come into force at once', () => {
    expect(loosensFourEyes('credit', strict, strict)).toEqual([]);
    expect(loosensFourEyes('credit', strict, { ...strict, fourEyesFromMinor: 0, approvalDays: 1 })).toEqual([]);
    expect(loosensFourEyes('credit', { ...strict, signalDecisionsAllowed: true }, strict)).toEqual([]);
    expect(loosensFourEyes('dunning', { fourEyesFromMinor: 0 }, { fourEyesFromMinor: 1 })).toEqual([]);
  });
});
