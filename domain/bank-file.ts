/**
 * What the readers of bank statements as text (MT940, BAI2) have in common: whose account a file speaks of, in what its lines are given,
 * and how its balances lead from one to the next. Requirement P2.
 */
import { type BankLine, balanceDifferenceMinor } from './bank-line.ts';
import { Refusal } from './failures.ts';
import { formatMoney } from './money.ts';
import { endOfMonth, type IsoDate, isIsoDate } from './time.ts';

export const bankFormats = ['camt.053', 'mt940', 'bai2', 'csv'] as const;
export type BankFormat = (typeof bankFormats)[number];

/** Why something in a file cannot be read, or does not add up. */
export interface FileProblem {
  field: string;
  code: string;
  detail: string;
}

/** The account that a file is read for. */
export interface FileAccount {
  currency: string;
  iban: string | null;
  /** What the bank's files call it where they do not say its IBAN. */
  accountNumber: string | null;
}

/** What a statement says of itself; known when all of it has been read. */
export interface StatementHead {
  reference: string | null;
  iban: string | null;
  currency: string | null;
  openingMinor: number | null;
  closingMinor: number | null;
  /** Balances and control totals that the file itself contradicts, the first of them. Absent: whoever reads it compares the balances. */
  problems?: FileProblem[];
  /** Other accounts of the file, the first of them, whose lines were passed over. */
  otherAccounts?: string[];
}

/**
 * What one entry of a file says. `said` is all of it: a line that comes again says the same. The bank's reference does not tell one from
 * another in these formats, since banks write the same one ('NONREF', 'POS 1') at many.
 */
export type ReadEntry = { line: BankLine; said: string } | { fault: FileProblem };

/** Takes a file line by line. Both throw Refusal when what they see cannot be a statement. */
export interface StatementReader {
  /** `at` is the number of the line in the file, from 1; gives the entries that are whole by now. */
  take(text: string, at: number): ReadEntry[];
  /** The entries that were still open, and what the statements say of themselves. */
  end(): { entries: ReadEntry[]; head: StatementHead };
}

/** Which of the formats without a media type of their own a file is in, by how it begins; undefined: neither. */
export function recogniseText(beginning: string): 'mt940' | 'bai2' | undefined {
  if (/^\s*01,/.test(beginning)) return 'bai2';
  return /(?:^|[\r\n]|\{4:)\s*:20:/.test(beginning) ? 'mt940' : undefined;
}

/** Of a file that contradicts itself everywhere, or speaks of everybody, no more than this is kept. */
export const headFactsMaximum = 100;

export const malformed = (detail: string) => new Refusal(400, 'malformed-file', detail);

/** That a file names this account: by its IBAN, by the number it is saved with, or as German banks do, by bank code and number. */
export function isAccount(named: string, { iban, accountNumber, currency }: FileAccount): boolean {
  const withoutCurrency = (text: string) => text.trim().replace(new RegExp(`(?<=\\d)[ /]?${currency}$`, 'i'), '');
  const plain = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const numberOf = (text: string) => plain(withoutCurrency(text)).replace(/^0+/, '');
  const bare = withoutCurrency(named);
  if (iban !== null && plain(bare) === iban) return true;
  if (accountNumber !== null && bare !== '' && numberOf(named) === numberOf(accountNumber)) return true;
  const [, bankCode, number] = /^(\d{8})\/(\d{1,10})$/.exec(bare) ?? [];
  return bankCode !== undefined && iban?.startsWith('DE') === true && iban.slice(4) === bankCode + number!.padStart(10, '0');
}

/** Refused when no part of the file is of the account. */
export function otherAccount(named: readonly string[], account: FileAccount): Refusal {
  const own = [account.iban, account.accountNumber].filter((name) => name !== null).join(' or ');
  return new Refusal(
    422,
    'other-bank-account',
    `The file is of ${named.map((name) => name.slice(0, 50)).join(', ') || 'no account'}, not of ${own} in ${account.currency}. ` +
      'If the bank calls the account so, save that as its accountNumber.',
  );
}

/** 'YYMMDD' as a day of this century. Banks that count each month as 30 days write 30 February: its last day. */
export function readShortDate(text: string): IsoDate | undefined {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const date = `20${year}-${month}-${day}`;
  if (isIsoDate(date)) return date;
  return month === '02' && /^(29|30)$/.test(day!) ? endOfMonth(`20${year}-02-01`) : undefined;
}

/** Pieces of a text that was cut at a width: what fills it goes on without a space, what is shorter ended with one or as a line. */
export function joinPieces(pieces: readonly string[], widthCharacters: number): string {
  const [first = '', ...rest] = pieces;
  return rest.reduce(
    (text, piece, index) => (pieces[index]!.length < widthCharacters ? `${text.trimEnd()} ${piece.trimStart()}` : text + piece),
    first,
  );
}

const textMaximum = 2_000;

/** Without control characters and lone surrogates, which say nothing, and some of which PostgreSQL cannot store; null when nothing is left. */
export function cleanText(value: string | undefined): string | null {
  const printable = value
    ?.replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()
    .slice(0, textMaximum);
  return printable ? printable : null;
}

/** What a payer may have put into a reference instead of the text: at its end, unless the text holds it. */
export function withReference(text: string, reference: string): string {
  return reference === '' || text.includes(reference) ? text : `${text} ${reference}`.trim();
}

/** Where a statement stands in its file: the number of the line, and the field or record that says the balance. */
interface Place {
  at: number;
  field: string;
}

/** That a statement does not begin where the one before it ended. */
export function gapProblems(
  { at, field }: Place,
  currency: string,
  closedMinor: number | null,
  openingMinor: number,
): FileProblem[] {
  if (closedMinor === null || closedMinor === openingMinor) return [];
  const [opens, closed] = [openingMinor, closedMinor].map((amountMinor) => formatMoney({ currency, amountMinor }));
  const detail =
    `Line ${at} of the file: it opens with ${opens}, though the one before closed with ${closed}: ` +
    'one between them is missing, or they are not in order.';
  return [{ field, code: 'balance-mismatch', detail }];
}

/** That the lines of a statement do not lead from its opening to its closing balance, as far as both are known. */
export function sumProblems(
  place: Place | undefined,
  currency: string,
  { openingMinor, closingMinor }: { openingMinor: number | null; closingMinor: number | null },
  movedMinor: number,
): FileProblem[] {
  if (openingMinor === null || closingMinor === null) return [];
  if (balanceDifferenceMinor({ openingMinor, closingMinor }, movedMinor) === 0) return [];
  const [lines, difference] = [movedMinor, closingMinor - openingMinor].map((amountMinor) =>
    formatMoney({ currency, amountMinor }),
  );
  const detail = `${place ? `Line ${place.at} of the file: the` : 'The'} lines come to ${lines}, the balances differ by ${difference}.`;
  return [{ field: place?.field ?? 'balance', code: 'balance-mismatch', detail }];
}
