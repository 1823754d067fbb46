/**
 * Lines of bank statements as banks write them: decimal amounts, dates in many orders, and by what a line that comes again is
 * known. Requirement P2.
 */
import { currencyExponent, toMinor } from './money.ts';
import { type IsoDate, isIsoDate } from './time.ts';

export interface BankLine {
  direction: 'credit' | 'debit';
  /** A bounce takes back what came in earlier; a fee is the bank's own. */
  kind: 'receipt' | 'bounce' | 'fee' | 'other';
  currency: string;
  /** Above zero: the direction says the sign. */
  amountMinor: number;
  bookedOn: IsoDate;
  valueOn: IsoDate;
  /** The bank's own, once per account. */
  bankReference: string | null;
  endToEndId: string | null;
  /** A creditor reference in a field of its own: 'RF…'. */
  structuredReference: string | null;
  remittanceText: string | null;
  payerName: string | null;
  payerIban: string | null;
  /** By what it is known where the bank's reference does not single it out: all that it says, and for how often it was said. */
  fingerprint?: string;
}

/** By what a line is known when it comes again: its fingerprint or the bank's reference, else where it stood and what it said. */
export function lineIdentity(
  line: Pick<BankLine, 'bankReference' | 'valueOn' | 'amountMinor' | 'direction' | 'fingerprint'>,
  statementReference: string,
  lineNumber: number,
): string {
  if (line.fingerprint !== undefined) return `said:${line.fingerprint}`;
  if (line.bankReference !== null) return `reference:${line.bankReference}`;
  return `line:${statementReference}:${lineNumber}:${line.valueOn}:${line.direction === 'debit' ? '-' : ''}${line.amountMinor}`;
}

/**
 * A decimal amount in minor units, exactly: '1.234,50' with a comma as its mark is 123450 cents. Undefined for anything else, also
 * for more decimals than the currency has, unless they are zeros.
 */
export function readDecimal(text: string, currency: string, decimalMark: '.' | ','): number | undefined {
  const exponent = currencyExponent(currency);
  const groupMark = decimalMark === '.' ? ',' : '.';
  const [, sign, whole, decimals = ''] =
    new RegExp(`^([+-]?)(\\d{1,15}|\\d{1,3}(?:[${groupMark}' \u00A0]\\d{3}){1,5})(?:[${decimalMark}](\\d{1,8}))?$`).exec(
      text.trim(),
    ) ?? [];
  if (whole === undefined || /[^0]/.test(decimals.slice(exponent))) return undefined;
  const digits = whole.replace(/\D/g, '') + decimals.slice(0, exponent).padEnd(exponent, '0');
  try {
    return toMinor(`${sign === '-' ? '-' : ''}${digits}`);
  } catch {
    return undefined;
  }
}

/** The orders in which banks write a date, with whatever mark between its parts. */
export const dateFormats = ['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY', 'DD.MM.YY', 'YYYYMMDD'] as const;
export type DateFormat = (typeof dateFormats)[number];

/** The day that a text names; undefined when there is no such day. */
export function readDate(text: string, format: DateFormat): IsoDate | undefined {
  const pattern = format
    .replaceAll('.', '\\.')
    .replace('YYYY', '(?<year>\\d{4})')
    .replace('YY', '(?<year>\\d{2})')
    .replace('MM', '(?<month>\\d{2})')
    .replace('DD', '(?<day>\\d{2})');
  const { year, month, day } = new RegExp(`^${pattern}$`).exec(text.trim())?.groups ?? {};
  const date = `${year?.length === 2 ? `20${year}` : year}-${month}-${day}`;
  return isIsoDate(date) && date >= '1970-01-01' && date < '2200-01-01' ? date : undefined;
}

/** What opening balance and lines say that the closing balance is short of or beyond; 0 when the statement adds up. */
export function balanceDifferenceMinor(
  { openingMinor, closingMinor }: { openingMinor: number; closingMinor: number },
  movedMinor: number,
): number {
  return closingMinor - openingMinor - movedMinor;
}
