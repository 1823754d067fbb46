import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleGs1CompanyPrefix, gs1CheckDigit, ssccOf } from './sscc.ts';

const prefixes = fc.stringMatching(/^\d{7,12}$/);

describe('SSCC', () => {
  it.each([
    // GS1 General Specifications, 7.9.1: an SSCC and a GTIN-13 of its examples.
    ['37610425002123456', '9'],
    ['629104150021', '3'],
    ['10614141123456789', '7'],
  ])('S2: the check digit of %s is %s', (digits, check) => {
    expect(gs1CheckDigit(digits)).toBe(check);
  });

  it('S2: extension digit, company prefix, serial, check digit', () => {
    expect(ssccOf('9521234', 1)).toBe(`0${'9521234'}${'000000001'}${gs1CheckDigit('09521234000000001')}`);
    expect(ssccOf('9521234', 3_000_000_001).slice(0, 17)).toBe('39521234000000001');
  });

  it('S2: is always 18 digits whose weighted sum ends in 0, and no two serials share one', () => {
    fc.assert(
      fc.property(prefixes, fc.nat(99_999), fc.nat(99_999), (prefix, one, other) => {
        const sscc = ssccOf(prefix, one);
        expect(sscc).toMatch(/^\d{18}$/);
        expect(sscc.slice(1, 1 + prefix.length)).toBe(prefix);
        const sum = Array.from(sscc).reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
        expect(sum % 10).toBe(0);
        expect(ssccOf(prefix, other) === sscc).toBe(one === other);
      }),
    );
  });

  it('S2: a prefix that has run out of numbers says so', () => {
    expect(() => ssccOf('123456789012', 99_999)).not.toThrow();
    expect(() => ssccOf('123456789012', 100_000)).toThrow(RangeError);
    expect(() => ssccOf('12', 1)).toThrow(RangeError);
    expect(() => ssccOf(exampleGs1CompanyPrefix, -1)).toThrow(RangeError);
  });
});
