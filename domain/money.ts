/**
 * Money is a currency and a whole number of its minor units (cents, yen, fils), never a fraction. Every function throws
 * RangeError on an amount that is not a safe integer, so a wrong amount stops where it arises.
 */
import { allocate, calculator, type Dinero, dinero, halfAwayFromZero, halfEven, toDecimal } from 'dinero.js/bigint';
import * as iso4217 from 'dinero.js/currencies';

/** An ISO 4217 code: 'EUR'. */
export type Currency = string;

export interface Money {
  currency: Currency;
  amountMinor: number;
}

/** A tie goes to the even neighbour, or away from zero (commercial rounding, so a credit note mirrors its invoice). */
export type Rounding = 'half-even' | 'half-up';

/** Decimals by code, of every ISO 4217 currency. The console has them in its contract. */
export const currencyExponents: ReadonlyMap<string, number> = new Map(
  // ISO 4217 gives the ariary and the ouguiya (fifths) two decimals; dinero.js models them as base 5.
  Object.values(iso4217).map(({ code, base, exponent }) => [code, base === 10 ? exponent : 2]),
);

/** The amount as a safe integer: from a number, or from the text in which PostgreSQL gives bigint and sum(). */
export function toMinor(value: unknown): number {
  const amount = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) {
    throw new RangeError(`not an amount in minor units: ${String(value)}`);
  }
  return amount + 0; // -0 becomes 0
}

export function isCurrency(code: string): boolean {
  return currencyExponents.has(code);
}

/** Decimals of the currency by ISO 4217: EUR 2, JPY 0, KWD 3. RangeError for an unknown code. */
export function currencyExponent(currency: Currency): number {
  const exponent = currencyExponents.get(currency);
  if (exponent === undefined) throw new RangeError(`not an ISO 4217 currency: ${currency}`);
  return exponent;
}

export function sumMinor(amounts: readonly number[]): number {
  return fromBigInt(amounts.reduce((sum, amountMinor) => sum + toBigInt(amountMinor), 0n));
}

/** Unit price × whole quantity; exact. */
export function multiplyMinor(amountMinor: number, quantity: number): number {
  return fromBigInt(toBigInt(amountMinor) * toBigInt(quantity));
}

/** amount × rate, the rate a decimal string ('0.20' is 20 %). RangeError for any other text. */
export function applyRate(amountMinor: number, rate: string, rounding: Rounding): number {
  return applyRateProRata(amountMinor, rate, 1, 1, rounding);
}

/** amount × rate × part ÷ whole, rounded once: a year's rate for 10 of 365 days. */
export function applyRateProRata(amountMinor: number, rate: string, part: number, whole: number, rounding: Rounding): number {
  const { numerator, denominator } = fraction(rate);
  if (whole <= 0) throw new RangeError(`a share of ${whole} parts`);
  const divide = rounding === 'half-even' ? halfEven : halfAwayFromZero;
  const product = toBigInt(amountMinor) * numerator * toBigInt(part);
  return fromBigInt(divide(product, denominator * toBigInt(whole), calculator));
}

/** An amount in another currency, at a rate in whole units: '0.0062' euros for a yen. Rounded once, to the decimals that currency has. */
export function convertMinor(money: Money, to: Currency, rate: string, rounding: Rounding): number {
  const { numerator, denominator } = fraction(rate);
  const divide = rounding === 'half-even' ? halfEven : halfAwayFromZero;
  const product = toBigInt(money.amountMinor) * numerator * 10n ** BigInt(currencyExponent(to));
  return fromBigInt(divide(product, denominator * 10n ** BigInt(currencyExponent(money.currency)), calculator));
}

/**
 * What of another currency comes to an amount, at a rate of that currency in whole units: the least that reaches it ('at-least'), or the
 * most that does not exceed it ('at-most'). RangeError for what is more than an amount can be.
 */
export function convertBackMinor(money: Money, from: Currency, rate: string, bound: 'at-least' | 'at-most'): number {
  const { numerator, denominator } = fraction(rate);
  const dividend = toBigInt(money.amountMinor) * denominator * 10n ** BigInt(currencyExponent(from));
  const divisor = numerator * 10n ** BigInt(currencyExponent(money.currency));
  const quotient = dividend / divisor;
  return fromBigInt(bound === 'at-least' && dividend % divisor > 0n ? quotient + 1n : quotient);
}

/** The share part ÷ whole of a total, half-even; part = whole gives the total itself. */
export function shareMinor(totalMinor: number, part: number, whole: number): number {
  return applyRateProRata(totalMinor, '1', part, whole, 'half-even');
}

/**
 * Splits a total by non-negative whole weights so that the parts add up to it exactly; units that remain after rounding
 * down go one each to the largest weights. RangeError when no weight is above zero.
 */
export function allocateMinor(totalMinor: number, weights: readonly number[]): number[] {
  if (!weights.some((weight) => weight > 0) || weights.some((weight) => weight < 0)) {
    throw new RangeError(`cannot allocate by the weights ${weights.join(', ')}`);
  }
  return allocate(inMinorUnits(totalMinor, 0), weights.map(toBigInt)).map((part) => fromBigInt(part.toJSON().amount));
}

/** '6000.00', '-1234': for machines, with the decimals that the currency has. */
export function decimalMoney({ currency, amountMinor }: Money): string {
  return toDecimal(inMinorUnits(amountMinor, currencyExponent(currency)));
}

/** '19' of '0.19': a rate as documents print it. */
export const percentOf = (rate: string): string => String(Number((Number(rate) * 100).toFixed(4)));

/** '6,000.00 EUR', '-1,234 JPY': for people, the same in every locale. */
export function formatMoney({ currency, amountMinor }: Money): string {
  const decimal = decimalMoney({ currency, amountMinor: Math.abs(amountMinor) });
  return `${amountMinor < 0 ? '-' : ''}${decimal.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')} ${currency}`;
}

function fraction(rate: string): { numerator: bigint; denominator: bigint } {
  const [, whole, decimals = ''] = /^(\d{1,9})(?:\.(\d{1,12}))?$/.exec(rate) ?? [];
  if (whole === undefined) throw new RangeError(`not a decimal rate: ${rate}`);
  return { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) };
}

function inMinorUnits(amountMinor: number, exponent: number): Dinero<bigint> {
  return dinero({ amount: toBigInt(amountMinor), currency: { code: '', base: 10n, exponent: BigInt(exponent) } });
}

function toBigInt(value: number): bigint {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`);
  return BigInt(value);
}

function fromBigInt(value: bigint): number {
  return toMinor(Number(value));
}
