import { describe, expect, it } from 'vitest';
import {
  anotherCardDue,
  type CardAuthorisation,
  declineInWords,
  stepForRest,
  stepToAccept,
  stepToRenew,
  stepToTake,
} from './order-card.ts';

const one = (rest: Partial<CardAuthorisation>): CardAuthorisation => ({
  key: 'ORD-1:card:1',
  amountMinor: 10_000,
  status: 'held',
  invoiceId: null,
  heldAt: '2027-03-01T10:00:00.000Z',
  code: null,
  ...rest,
});
const invoice = { invoiceId: 'INV-1', openMinor: 4_000, at: '2027-03-02T10:00:00.000Z', validDays: 6 };
const taking = (authorisations: CardAuthorisation[], rest: Partial<typeof invoice> = {}) =>
  stepToTake(authorisations, { ...invoice, ...rest });

describe('orders paid by card', () => {
  it('P1: the gross is held at acceptance, once; an unknown outcome is asked for again, and what is too little gives way', () => {
    expect(stepToAccept([], 10_000)).toEqual({ next: 'hold', amountMinor: 10_000 });
    expect(stepToAccept([one({ status: 'requested' })], 10_000)).toEqual({ next: 'ask-again', key: 'ORD-1:card:1' });
    expect(stepToAccept([one({})], 10_000)).toEqual({ next: 'nothing' });
    expect(stepToAccept([one({})], 10_001)).toEqual({ next: 'release', key: 'ORD-1:card:1' });
    expect(stepToAccept([one({ status: 'releasing' })], 10_001)).toEqual({ next: 'release', key: 'ORD-1:card:1' });
    expect(stepToAccept([one({ status: 'declined' })], 10_000)).toEqual({ next: 'hold', amountMinor: 10_000 });
  });

  it('P1: an invoice takes what is held, once, and asks again when the answer was lost', () => {
    expect(taking([one({})])).toEqual({ next: 'capture', key: 'ORD-1:card:1' });
    expect(taking([one({ status: 'capturing', invoiceId: 'INV-1' })], { openMinor: 0 })).toMatchObject({ next: 'capture' });
    expect(taking([one({ status: 'captured', invoiceId: 'INV-1' })])).toEqual({ next: 'nothing' });
    // That of another shipment has been used.
    expect(taking([one({ status: 'captured', invoiceId: 'INV-0' })])).toEqual({ next: 'hold', amountMinor: 4_000 });
    expect(taking([one({ status: 'requested', invoiceId: 'INV-1' })])).toMatchObject({ next: 'ask-again' });
    // Other money came first.
    expect(taking([one({ invoiceId: 'INV-1' })], { openMinor: 0 })).toMatchObject({ next: 'release' });
    expect(taking([one({})], { openMinor: 0 })).toEqual({ next: 'nothing' });
  });

  it('P1: what is held for too long, or too little, gives way to a new authorisation before it is taken', () => {
    expect(taking([one({})], { at: '2027-03-07T09:59:59.999Z' })).toMatchObject({ next: 'capture' });
    expect(taking([one({})], { at: '2027-03-07T10:00:00.000Z' })).toMatchObject({ next: 'release' });
    expect(taking([one({})], { openMinor: 10_001 })).toMatchObject({ next: 'release' });
    expect(taking([one({ status: 'released' })])).toEqual({ next: 'hold', amountMinor: 4_000 });
  });

  it('P1: a no, or a second authorisation that has lapsed, is the end of it', () => {
    const lapsed = one({ status: 'expired', invoiceId: 'INV-1' });
    expect(taking([lapsed])).toMatchObject({ next: 'hold' });
    expect(taking([lapsed, lapsed])).toEqual({ next: 'give-up', code: 'authorisation-expired' });
    expect(taking([one({ status: 'declined', invoiceId: 'INV-1', code: 'expired_card' })])).toEqual({
      next: 'give-up',
      code: 'expired_card',
    });
  });

  it('P1: what is left to invoice is held anew, and let go when nothing is left', () => {
    const taken = one({ status: 'captured', invoiceId: 'INV-1' });
    expect(stepForRest([taken], 6_000)).toEqual({ next: 'hold', amountMinor: 6_000 });
    expect(stepForRest([taken, one({})], 6_000)).toEqual({ next: 'nothing' });
    expect(stepForRest([taken, one({})], 0)).toMatchObject({ next: 'release' });
    expect(stepForRest([taken, one({ status: 'declined' })], 6_000)).toEqual({ next: 'nothing' });
    // An invoice has come, and nobody has taken it yet: what is held is for it.
    expect(stepForRest([one({})], 0, 4_000)).toEqual({ next: 'nothing' });
    // Whether it was held is not known: asked first, let go then.
    expect(stepForRest([one({ status: 'requested' })], 0)).toMatchObject({ next: 'ask-again' });
    expect(stepForRest([one({ status: 'requested', invoiceId: 'INV-1' })], 0)).toEqual({ next: 'nothing' });
  });

  it('P1: what is held too long is held anew first and let go then; after a no it stays, and a person is told', () => {
    const old = one({ key: 'old' });
    const renewing = (newer: CardAuthorisation[], first = old, restMinor = 6_000) =>
      stepToRenew([first, ...newer], 'old', restMinor);
    expect(renewing([])).toEqual({ next: 'hold', amountMinor: 6_000 });
    expect(renewing([one({ key: 'new', status: 'requested', heldAt: null })])).toEqual({ next: 'ask-again', key: 'new' });
    expect(renewing([one({ key: 'new' })])).toEqual({ next: 'release', key: 'old' });
    expect(renewing([one({ key: 'new' })], one({ key: 'old', status: 'releasing' }))).toEqual({ next: 'release', key: 'old' });
    expect(renewing([one({ key: 'new' })], one({ key: 'old', status: 'released' }))).toEqual({ next: 'nothing' });
    expect(renewing([one({ key: 'new', status: 'declined', code: 'expired_card' })])).toEqual({
      next: 'give-up',
      code: 'expired_card',
    });
    expect(renewing([], one({ key: 'old', status: 'expired' }))).toMatchObject({ next: 'hold' });
    // Its order has taken it meanwhile, or nothing is to be invoiced any more.
    for (const status of ['capturing', 'captured'] as const)
      expect(renewing([], one({ key: 'old', status }))).toMatchObject({ next: 'nothing' });
    expect(renewing([], old, 0)).toEqual({ next: 'nothing' });
  });

  it('P1: another card may come until the end of the last day, and a thief learns nothing from the reason', () => {
    expect(anotherCardDue('2027-03-01T23:30:00.000Z', 3, 'Europe/Berlin')).toBe('2027-03-05T23:00:00.000Z');
    expect(declineInWords('stolen_card')).toBe(declineInWords('lost_card'));
    expect(declineInWords('something-new')).toContain('declined');
  });
});
