import { describe, expect, it } from 'vitest';
import { majorOf, minorOf, moneyText } from './money.tsx';

describe('I2: amounts have the decimals of ISO 4217, which are not those that a browser knows', () => {
  it.each([
    ['EUR', 1_234_500, '12,345.00 EUR', '12345.00'],
    ['HUF', 1_234_500, '12,345.00 HUF', '12345.00'],
    ['JPY', 12_345, '12,345 JPY', '12345'],
    ['KWD', 12_345_000, '12,345.000 KWD', '12345.000'],
  ])('I2: 12,345 %s is shown and typed as it is', (currency, minor, shown, typed) => {
    expect(moneyText(minor, currency)).toBe(shown);
    expect(majorOf(minor, currency)).toBe(typed);
    for (const text of [typed, '12345', '12345,00', ' 12345.0 ']) expect(minorOf(text, currency)).toBe(minor);
  });

  it('I2: parts of a unit, below zero, below one, and the most that an amount can be', () => {
    expect(['EUR', 'HUF', 'KWD', 'JPY'].map((currency) => moneyText(-5, currency))).toEqual([
      '-0.05 EUR',
      '-0.05 HUF',
      '-0.005 KWD',
      '-5 JPY',
    ]);
    expect(moneyText(Number.MAX_SAFE_INTEGER, 'KWD')).toBe('9,007,199,254,740.991 KWD');
    expect(['EUR', 'HUF', 'KWD'].map((currency) => minorOf('-,5', currency))).toEqual([-50, -50, -500]);
    expect(minorOf('1,234', 'KWD')).toBe(1_234);
  });

  it.each(['12,345.00', '1,234', '1e3', '0x10', 'ten', '12.345.00'])('I2: %s euros are refused, and not guessed', (text) => {
    expect(minorOf(text, 'EUR')).toBeNaN();
  });

  it('I2: a part of a yen is refused', () => {
    expect(minorOf('5.5', 'JPY')).toBeNaN();
  });
});
