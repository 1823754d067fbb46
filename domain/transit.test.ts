import { describe, expect, it, test } from 'vitest';
import { claimStatuses, claimTransitions, mayClaim, transitCause, willNotArrive } from './transit.ts';

describe('S3: what may be decided about goods on their way', () => {
  test.each([
    ['lost', false, 'lost', undefined],
    ['lost', true, 'lost', undefined],
    ['returned', false, undefined, 'returned-to-sender'],
    ['returned', true, undefined, 'returned-to-sender'],
    ['delivered', false, undefined, undefined],
    ['delivered', true, 'damaged', 'damaged'],
    ['in-transit', false, undefined, undefined],
    ['damaged', true, 'damaged', 'damaged'],
  ] as const)('%s, damaged %s: credit as %s, take back as %s', (status, damaged, credit, takeBack) => {
    expect(transitCause({ status, damaged }, 'credit')).toBe(credit);
    expect(transitCause({ status, damaged }, 'take-back')).toBe(takeBack);
  });

  it('S3: nothing, before the carrier has reported anything', () => {
    expect(transitCause(undefined, 'credit')).toBeUndefined();
    expect(transitCause(undefined, 'take-back')).toBeUndefined();
  });
});

test.each([
  [undefined, false],
  [{ status: 'in-transit', damaged: false }, false],
  [{ status: 'exception', damaged: false }, false],
  [{ status: 'lost', damaged: false }, true],
  [{ status: 'returned', damaged: false }, true],
  [{ status: 'damaged', damaged: true }, true],
  [{ status: 'in-transit', damaged: true }, true],
  [{ status: 'delivered', damaged: true }, false],
] as const)('S3, I1: %o: what is still ours may be sent again: %s', (state, expected) => {
  expect(willNotArrive(state)).toBe(expected);
});

it('S3: a claim is accepted before it is paid, and ends once', () => {
  const ends = claimStatuses.filter((status) =>
    Object.values(claimTransitions).every(({ from }) => !(from as readonly string[]).includes(status)),
  );
  expect(ends).toEqual(['paid', 'rejected', 'withdrawn']);
  expect(mayClaim('filed', 'pay')).toBe(false);
  expect(mayClaim('accepted', 'reject')).toBe(false);
});
