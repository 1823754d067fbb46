import { describe, expect, it } from 'vitest';
import {
  type CardDisputeStatus,
  cardDisputeStatuses,
  contradicts,
  type DisputeInBooks,
  statusAfter,
  stepsOfDispute,
  subjectOfGatewayEvent,
} from './card-dispute.ts';

const nothing: DisputeInBooks = { takenBack: false, paidAgain: false, feeBooked: false };

/** Books what each status asks for, as a transaction does. */
function tell(said: CardDisputeStatus[]) {
  let books = nothing;
  let status: CardDisputeStatus | undefined;
  const steps: string[] = [];
  for (const each of said) {
    status = statusAfter(status, each);
    for (const step of stepsOfDispute(status, books)) {
      steps.push(step);
      books = {
        takenBack: books.takenBack || step === 'take-back',
        paidAgain: books.paidAgain || step === 'pay-again',
        feeBooked: books.feeBooked || step === 'book-fee',
      };
    }
  }
  return { status, steps, standing: !books.takenBack || books.paidAgain };
}

describe('disputes of card payments', () => {
  it('P1: opened takes the money back, won pays it again once, lost keeps it away and books the fee once', () => {
    expect(tell(['open', 'open'])).toEqual({ status: 'open', steps: ['take-back'], standing: false });
    expect(tell(['open', 'won', 'won'])).toEqual({ status: 'won', steps: ['take-back', 'pay-again'], standing: true });
    expect(tell(['open', 'lost', 'lost'])).toEqual({ status: 'lost', steps: ['take-back', 'book-fee'], standing: false });
    expect(tell(['lost'])).toEqual({ status: 'lost', steps: ['take-back', 'book-fee'], standing: false });
  });

  it('P1: a bank that only asks moves no money; of a dispute that was over when it was heard of, nothing is moved twice', () => {
    expect(tell(['inquiry', 'withdrawn'])).toEqual({ status: 'withdrawn', steps: [], standing: true });
    expect(tell(['inquiry', 'open', 'lost']).steps).toEqual(['take-back', 'book-fee']);
    expect(tell(['won', 'open'])).toEqual({ status: 'won', steps: [], standing: true });
  });

  it('P1, X1: whatever comes late, twice or in disorder, money stands just when the last word is not against us', () => {
    for (const end of ['won', 'lost'] as const) {
      for (const first of cardDisputeStatuses.filter((status) => status === 'open' || status === 'inquiry')) {
        for (const said of [
          [first, end],
          [end, first],
          [first, end, first, end, end],
        ]) {
          expect([said, tell(said).standing, tell(said).status]).toEqual([said, end === 'won', end]);
        }
      }
    }
  });

  it('P1: an appeal that is won brings the money once; a loss after the money came is for a person', () => {
    expect(tell(['open', 'lost', 'won'])).toEqual({
      status: 'won',
      steps: ['take-back', 'book-fee', 'pay-again'],
      standing: true,
    });
    const won = { takenBack: true, paidAgain: true, feeBooked: false };
    expect(contradicts('lost', won)).toBe(true);
    expect(cardDisputeStatuses.filter((status) => contradicts(status, won))).toEqual(['lost']);
    expect(contradicts('lost', { ...won, paidAgain: false })).toBe(false);
  });

  it('X4: messages are sorted by type, and those that nothing follows from are none of ours', () => {
    expect(subjectOfGatewayEvent('charge.dispute.created')).toBe('dispute');
    expect(subjectOfGatewayEvent('charge.dispute.funds_withdrawn')).toBe('dispute');
    expect(subjectOfGatewayEvent('refund.failed')).toBe('refund');
    expect(subjectOfGatewayEvent('charge.refund.updated')).toBe('refund');
    expect(subjectOfGatewayEvent('payment_intent.canceled')).toBe('authorisation');
    for (const type of ['charge.refunded', 'payment_intent.succeeded', 'payout.paid', 'x.charge.dispute.created', '']) {
      expect(subjectOfGatewayEvent(type)).toBeUndefined();
    }
  });
});
