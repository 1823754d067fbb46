import { describe, expect, it } from 'vitest';
import { drawDeposits, isPrepaid, isRounding, prepaymentDue, prepaymentTerms } from './prepayment.ts';

describe('payment in advance', () => {
  it('C1: the deadline is the end of the local day, across the change of clocks too', () => {
    // Clocks in Berlin go forward on 28 March 2027: midnight moves from 23:00 to 22:00 UTC.
    expect(prepaymentDue('2027-03-24T22:30:00Z', 7, 'Europe/Berlin')).toEqual({
      dueOn: '2027-03-31',
      dueAt: '2027-03-31T22:00:00.000Z',
    });
    // Half past eleven in the evening in UTC is the next day in Berlin.
    expect(prepaymentDue('2027-03-01T23:30:00Z', 1, 'Europe/Berlin').dueOn).toBe('2027-03-03');
  });

  it('C1: an invoice draws deposits in order, never more than is held', () => {
    const deposits = [
      { paymentId: 'PAY-1', heldMinor: 300 },
      { paymentId: 'PAY-2', heldMinor: 0 },
      { paymentId: 'PAY-3', heldMinor: 500 },
    ];
    expect(drawDeposits(deposits, 400)).toEqual([
      { paymentId: 'PAY-1', heldMinor: 300, amountMinor: 300 },
      { paymentId: 'PAY-3', heldMinor: 500, amountMinor: 100 },
    ]);
    expect(drawDeposits(deposits, 9_999).map(({ amountMinor }) => amountMinor)).toEqual([300, 500]);
    expect(drawDeposits(deposits, 0)).toEqual([]);
  });

  it('C1, P1: up to a minor unit an invoice is rounding, more is money', () => {
    expect([0, 1, 3, 4].map((openMinor) => isRounding({ openMinor, invoices: 3 }))).toEqual([false, true, true, false]);
  });

  it('C1: prepaid is a matter of the terms alone', () => {
    expect(isPrepaid(prepaymentTerms)).toBe(true);
    expect(isPrepaid({ kind: 'due-on-receipt', days: 0 })).toBe(false);
  });
});
