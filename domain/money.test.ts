import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allocateMinor,
  applyRate,
  applyRateProRata,
  currencyExponent,
  formatMoney,
  isCurrency,
  multiplyMinor,
  shareMinor,
  sumMinor,
  toMinor,
} from './money.ts';

const largest = Number.MAX_SAFE_INTEGER;
const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe('I2: amounts are safe integers in minor units', () => {
  test.each([
    [600_000, 600_000],
    ['600000', 600_000],
    ['-15', -15],
    ['9007199254740991', largest],
    [-0, 0],
    ['-0', 0],
  ])('%j is read', (value, expected) => {
    expect(toMinor(value)).toBe(expected);
  });

  test.each([
    0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    largest + 1,
    '9007199254740993',
    '12.00',
    '1e3',
    ' 1',
    '',
    null,
    undefined,
    1n,
    [1],
  ])('%o is refused, not rounded', (value) => {
    expect(() => toMinor(value)).toThrow(RangeError);
  });

  test('a sum or product beyond safe integers throws instead of rounding silently', () => {
    expect(() => sumMinor([largest, 1])).toThrow(RangeError);
    expect(sumMinor([largest, 1, -1])).toBe(largest);
    expect(sumMinor([])).toBe(0);
    expect(() => multiplyMinor(largest, 2)).toThrow(RangeError);
    expect(() => multiplyMinor(100, 1.5)).toThrow(RangeError);
    expect(multiplyMinor(50_000, 10)).toBe(500_000);
  });
});

describe('O2: currencies are those of ISO 4217', () => {
  test.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['MGA', 2],
  ])('%s has %i decimals', (currency, exponent) => {
    expect(currencyExponent(currency)).toBe(exponent);
  });

  test.each(['XXY', 'eur', '', 'default', 'constructor'])('%j is no currency', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => currencyExponent(code)).toThrow(RangeError);
  });

  test.each([
    [600_000, 'EUR', '6,000.00 EUR'],
    [-123_456_789, 'JPY', '-123,456,789 JPY'],
    [1_234_567, 'KWD', '1,234.567 KWD'],
    [12_345_678_901, 'CLF', '1,234,567.8901 CLF'],
    [5, 'EUR', '0.05 EUR'],
    [-5, 'EUR', '-0.05 EUR'],
    [100, 'JPY', '100 JPY'],
  ])('%i %s is written %s', (amountMinor, currency, text) => {
    expect(formatMoney({ currency, amountMinor })).toBe(text);
  });
});

describe('I2: rounding is by named policy', () => {
  test.each([
    [25, '0.1', 2, 3],
    [35, '0.1', 4, 4],
    [-25, '0.1', -2, -3],
    [-35, '0.1', -4, -4],
    [26, '0.1', 3, 3],
    [-24, '0.1', -2, -2],
    [500_000, '0.20', 100_000, 100_000],
    [0, '0.19', 0, 0],
    [1, '0', 0, 0],
    [999, '1.055', 1054, 1054],
  ])('%i × %s is %i half-even and %i half-up', (amountMinor, rate, halfEven, halfUp) => {
    expect(applyRate(amountMinor, rate, 'half-even')).toBe(halfEven);
    expect(applyRate(amountMinor, rate, 'half-up')).toBe(halfUp);
  });

  test('a rounded quotient is never more than half away, and a credit mirrors its debit', () => {
    fc.assert(
      fc.property(
        amount,
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom('half-even', 'half-up'),
        (amountMinor, whole, rounding) => {
          const rounded = applyRateProRata(amountMinor, '1', 1, whole, rounding);
          expect(Math.abs(rounded * whole - amountMinor) * 2).toBeLessThanOrEqual(whole);
          expect(applyRateProRata(-amountMinor, '1', 1, whole, rounding) + rounded).toBe(0);
        },
      ),
    );
  });

  test.each(['', '20%', '-0.2', '.2', '1e-2', '0,2', 'NaN'])('%j is no rate', (rate) => {
    expect(() => applyRate(100, rate, 'half-even')).toThrow(RangeError);
  });

  test('a share of nothing is refused', () => {
    expect(() => shareMinor(100, 0, 0)).toThrow(RangeError);
    expect(shareMinor(100, 3, 3)).toBe(100);
    expect(shareMinor(100, 1, 3)).toBe(33);
  });
});

describe('I2: allocation adds up to the whole', () => {
  test('units left after rounding go to the largest weights', () => {
    expect(allocateMinor(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocateMinor(100, [1, 5, 0])).toEqual([16, 84, 0]);
    expect(allocateMinor(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
  });

  test('any total, any weights', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(amount, weights, (totalMinor, parts) => {
        fc.pre(parts.some((weight) => weight > 0));
        const shares = allocateMinor(totalMinor, parts);
        expect(sumMinor(shares)).toBe(totalMinor);
        const whole = sumMinor(parts);
        for (const [index, share] of shares.entries()) {
          expect(Math.abs(share - (totalMinor * parts[index]!) / whole)).toBeLessThanOrEqual(1.001);
          if (parts[index] === 0) expect(share).toBe(0);
        }
      }),
    );
  });

  test.each([[[]], [[0, 0]], [[1, -1]], [[0.5, 0.5]]])('weights %j are refused', (weights) => {
    expect(() => allocateMinor(100, weights)).toThrow(RangeError);
  });
});
