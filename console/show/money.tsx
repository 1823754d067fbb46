import { exponents } from '../contract.ts';
import { percentOf } from '../form/percent.ts';

const decimalsOf = (currency: string): number => exponents[currency] ?? 2;

/** The amount as somebody would type it, exactly: '-12.50'. */
export function majorOf(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${minor < 0 ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`;
}

/**
 * What somebody typed, exactly, in minor units; whatever is no amount of the currency is refused by the API as no whole
 * number.
 */
export function minorOf(text: string, currency: string): number {
  const exponent = decimalsOf(currency);
  const [, sign, whole, decimals = ''] = /^(-?)(\d*)(?:[.,](\d*))?$/.exec(text.trim()) ?? [];
  // Zeros say nothing: 12345,00 yen are 12345.
  if (whole === undefined || /[^0]/.test(decimals.slice(exponent))) return Number.NaN;
  return Number(`${sign}${whole}${decimals.slice(0, exponent).padEnd(exponent, '0')}`);
}

const figures = (minor: number, currency: string): string =>
  majorOf(minor, currency).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');

/** The amount within a sentence or on a button: '12,000.00 EUR'. */
export const moneyText = (minor: number, currency: string): string => `${figures(minor, currency)} ${currency}`;

/** An amount in tabular figures, with its currency. */
export function Money({ minor, currency }: { minor: number; currency: string }) {
  return (
    <span className="amount">
      {figures(minor, currency)}
      <small>{currency}</small>
    </span>
  );
}

/** A rate as people say it: '2 %' of '0.02'. */
export const percentText = (rate: string): string => `${percentOf(rate)} %`;
