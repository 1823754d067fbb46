import { describe, expect, it } from 'vitest';
import {
  actionsOnBankLine,
  actionsOnHoldOverride,
  actionsOnInvoice,
  actionsOnPayment,
  actionsOnReview,
  decisionsOn,
} from './offered-actions.ts';

const item = {
  kind: 'invoice' as const,
  grossMinor: 1_000,
  openMinor: 1_000,
  disputedMinor: 0,
  creditedMinor: 0,
  correctionWaits: false,
  isHeldOff: false,
  writeOffWaits: false,
};
const fay = { name: 'finance', verified: true };

describe('what is offered', () => {
  it('O5: an invoice offers what its state lets happen, and nothing that would be refused', () => {
    expect(actionsOnInvoice(item)).toEqual(['resend', 'dispute', 'credit', 'credit-and-reissue', 'hold-off', 'write-off']);
    expect(actionsOnInvoice({ ...item, openMinor: 0 })).toEqual(['resend', 'credit', 'credit-and-reissue']);
    expect(actionsOnInvoice({ ...item, openMinor: 0, creditedMinor: 1_000 })).toEqual(['resend']);
    expect(actionsOnInvoice({ ...item, disputedMinor: 1_000, correctionWaits: true, isHeldOff: true })).toEqual(['resend']);
    expect(actionsOnInvoice({ ...item, kind: 'opening-item', writeOffWaits: true })).toEqual(['dispute', 'credit', 'hold-off']);
  });

  it('P2: a bank line offers its decision while it waits, and the way back afterwards', () => {
    const line = { status: 'suggested' as const, direction: 'credit' as const, paymentId: null, suggestions: [{}] };
    expect(actionsOnBankLine(line)).toEqual(['accept', 'match', 'assign', 'ignore']);
    expect(actionsOnBankLine({ ...line, status: 'unmatched', suggestions: [], paymentId: 'PAY-1' })).toEqual(['match', 'undo']);
    expect(actionsOnBankLine({ ...line, status: 'unmatched', suggestions: [], direction: 'debit' })).toEqual(['ignore']);
    expect(actionsOnBankLine({ ...line, status: 'ignored' })).toEqual(['reopen']);
    expect(actionsOnBankLine({ ...line, status: 'matched', paymentId: 'PAY-1' })).toEqual(['undo']);
  });

  it('P1: a payment offers what waits of it, and its way back while something is left that only a person can tell of', () => {
    const payment = { amountMinor: 500, unappliedMinor: 100, reversedMinor: 0, chequeId: null, isByCard: false };
    expect(actionsOnPayment(payment)).toEqual(['apply', 'refund', 'bounce']);
    expect(actionsOnPayment({ ...payment, unappliedMinor: 0 })).toEqual(['bounce']);
    expect(actionsOnPayment({ ...payment, unappliedMinor: 0, reversedMinor: 500 })).toEqual([]);
    expect(actionsOnPayment({ ...payment, isByCard: true })).toEqual(['apply', 'refund']);
    expect(actionsOnPayment({ ...payment, chequeId: 'CHQ-1' })).toEqual(['apply', 'refund']);
  });

  it('P3: a hold override is approved by another person, and ended until its day by whoever may decide', () => {
    const override = { status: 'proposed' as const, proposedBy: 'finance', throughOn: '2027-03-12' };
    const asker = { actor: { name: 'finance-2', verified: true }, mayDecide: true, today: '2027-03-12' };
    expect(actionsOnHoldOverride(override, asker)).toEqual(['approve', 'refuse']);
    expect(actionsOnHoldOverride(override, { ...asker, actor: fay })).toEqual(['refuse']);
    expect(actionsOnHoldOverride({ ...override, status: 'approved' }, asker)).toEqual(['end']);
    expect(actionsOnHoldOverride({ ...override, status: 'approved' }, { ...asker, today: '2027-03-13' })).toEqual([]);
    expect(actionsOnHoldOverride({ ...override, status: 'approved' }, { ...asker, mayDecide: false })).toEqual([]);
    expect(actionsOnHoldOverride({ ...override, status: 'ended' }, asker)).toEqual([]);
  });

  it('X3: a proposal is approved by another, verified person, and taken back by its own where that is allowed', () => {
    const waits = { waits: true, proposedBy: 'finance' };
    const other = { actor: { name: 'finance-2', verified: true }, mayDecide: true, mayTakeBack: false };
    expect(decisionsOn(waits, other)).toEqual(['approve', 'refuse']);
    expect(decisionsOn(waits, { ...other, actor: fay })).toEqual([]);
    expect(decisionsOn(waits, { ...other, actor: fay, mayTakeBack: true })).toEqual(['refuse']);
    expect(decisionsOn(waits, { ...other, actor: { name: 'key', verified: false } })).toEqual(['refuse']);
    expect(decisionsOn({ ...waits, waits: false }, other)).toEqual([]);
    expect(decisionsOn(waits, { ...other, mayDecide: false })).toEqual([]);
    expect(actionsOnReview({ status: 'open', proposedBy: null }, other)).toEqual(['propose']);
    expect(actionsOnReview({ status: 'proposed', proposedBy: 'finance' }, other)).toEqual(['withdraw', 'approve']);
    expect(actionsOnReview({ status: 'proposed', proposedBy: 'finance' }, { ...other, actor: fay })).toEqual(['withdraw']);
    expect(actionsOnReview({ status: 'approved', proposedBy: 'finance' }, other)).toEqual([]);
  });
});
