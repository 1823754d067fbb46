/**
 * BAI2, the balance report of North American banks: a file (01) of groups (02), each with the accounts (03) of one bank and day, their
 * transactions (16), and trailers that count and add up what went before (49, 98, 99); 88 continues any record. Source: Cash Management
 * Balance Reporting Specifications Version 2, Bank Administration Institute; what banks write beside it was taken from the samples of
 * moov-io/bai2 and of banks' guides. Requirement P2.
 */
import {
  cleanText,
  type FileAccount,
  type FileProblem,
  gapProblems,
  headFactsMaximum,
  isAccount,
  malformed,
  otherAccount,
  type ReadEntry,
  readShortDate,
  type StatementReader,
  sumProblems,
  withReference,
} from './bank-file.ts';
import type { BankLine } from './bank-line.ts';
import type { IsoDate } from './time.ts';

interface PhysicalRecords {
  code: string;
  at: number;
  /** What each physical record of it holds after its code, without the delimiter at its end, and whether it was full. */
  pieces: { text: string; isFull: boolean }[];
  length: number;
}

/** What a trailer must say: the sum of the amounts, how many parts there are, how many physical records. */
interface Totals {
  amount: bigint;
  parts: number;
  records: number;
}

interface Group extends Totals {
  status: string;
  asOf: IsoDate;
  currency: string;
}

interface Account extends Totals {
  at: number;
  number: string;
  isOurs: boolean;
  openingMinor: number | null;
  closingMinor: number | null;
  movedMinor: number;
}

const recordMaximum = 100_000;
const openingLedger = '010';
const closingLedger = '015';
const update = '1';
/** Transactions that tell something and move nothing. */
const nonMonetary = '890';
/** Totals, which have their place in record 03. */
const totalTypes = ['100', '400'];
/** Credits that are taken back, items and direct debits that come back, deposits that are reversed. */
const bounceTypes = ['423', '552', '555', '557', '558', '566', '694'];
/** Commissions, fees for overdrafts, for items that came back and for the account, and others. */
const feeTypes = ['524', '564', '567', '661', '698'];

/** Reads a file, or several behind each other. Accounts that are not ours are counted and passed over, and named at the end. */
export function bai2Reader(ours: FileAccount): StatementReader {
  const problems: FileProblem[] = [];
  const otherAccounts = new Set<string>();
  let reference: string | null = null;
  let isOursFound = false;
  let openingMinor: number | null = null;
  let closed: { minor: number; asOf: IsoDate } | undefined;
  let record: PhysicalRecords | undefined;
  let file: (Totals & { lengthCharacters: number }) | undefined;
  let group: Group | undefined;
  let account: Account | undefined;

  const tell = (...found: FileProblem[]): void => {
    if (problems.length < headFactsMaximum) problems.push(...found);
  };
  const wrong = (field: string, code: string, at: number, detail: string): void => {
    tell({ field, code, detail: `Line ${at} of the file: ${detail}` });
  };

  /** What a trailer says of the part that it ends, against what was counted of it. */
  const check = (of: Totals, { code, at, pieces }: PhysicalRecords, partsName?: string): void => {
    const { next } = fieldsOf(pieces);
    const compare = (name: string, counted: bigint) => {
      const said = next() ?? '';
      if (readInteger(said) === counted) return;
      wrong(
        code,
        'control-total',
        at,
        `${name} ${said.slice(0, 40) || 'missing'} by the trailer, ${counted} by what stands before it.`,
      );
    };
    compare('control total', of.amount);
    if (partsName !== undefined) compare(partsName, BigInt(of.parts));
    compare('number of records', BigInt(of.records));
  };

  const readers: { [code: string]: (record: PhysicalRecords) => ReadEntry[] } = {
    '01': ({ at, pieces }) => {
      if (file) throw malformed(`Line ${at}: a file begins in a file.`);
      const [sender, , createdOn, , fileId, length, , version] = fieldsOf(pieces).all();
      if (version !== '2') throw malformed(`Line ${at}: only version 2 of BAI is read, not ${version?.slice(0, 10) ?? 'this'}.`);
      file = { amount: 0n, parts: 0, records: 0, lengthCharacters: Number(length) || Number.POSITIVE_INFINITY };
      reference ??= `${sender} ${createdOn} ${fileId}`.slice(0, 100);
      return [];
    },
    '02': ({ at, pieces }) => {
      if (!file || group) throw malformed(`Line ${at}: a group begins outside of a file, or in a group.`);
      const [, , status = '', asOfDate = '', , currency] = fieldsOf(pieces).all();
      const asOf = readShortDate(asOfDate);
      if (asOf === undefined) throw malformed(`Line ${at}: there is no day ${asOfDate.slice(0, 20)}.`);
      group = { status, asOf, currency: currency || 'USD', amount: 0n, parts: 0, records: 0 };
      return [];
    },
    '03': ({ at, pieces }) => {
      if (!group || account) throw malformed(`Line ${at}: an account begins outside of a group, or in an account.`);
      const { next } = fieldsOf(pieces);
      const number = next() ?? '';
      const currency = next() || group.currency;
      const isOurs = isAccount(number, ours) && currency === ours.currency;
      if (isOurs) isOursFound = true;
      else if (otherAccounts.size < headFactsMaximum) otherAccounts.add(`${number} in ${currency}`);
      account = { at, number, isOurs, openingMinor: null, closingMinor: null, movedMinor: 0, amount: 0n, parts: 0, records: 0 };
      for (let type = next(); type !== undefined; type = next()) {
        const written = next();
        next();
        readFunds(next);
        if (!written) continue;
        const amount = readInteger(written);
        if (amount === undefined) wrong('03', 'amount', at, `${written.slice(0, 40)} is no amount.`);
        account.amount += amount ?? 0n;
        if (type === openingLedger) account.openingMinor = amount === undefined ? null : Number(amount);
        if (type === closingLedger) account.closingMinor = amount === undefined ? null : Number(amount);
      }
      return [];
    },
    '16': ({ at, pieces }) => {
      if (!group || !account) throw malformed(`Line ${at}: a transaction outside of an account.`);
      const read = readTransaction(at, pieces, group, ours.currency);
      account.amount += read.amount;
      if (!account.isOurs || !read.entry) return [];
      const { entry } = read;
      if ('line' in entry)
        account.movedMinor += entry.line.direction === 'credit' ? entry.line.amountMinor : -entry.line.amountMinor;
      return [entry];
    },
    '49': (trailer) => {
      if (!group || !account) throw malformed(`Line ${trailer.at}: the end of an account that has not begun.`);
      check(account, trailer);
      if (account.isOurs && group.status === update) balance(account, group.asOf, trailer.at);
      group.amount += account.amount;
      group.parts += 1;
      account = undefined;
      return [];
    },
    '98': (trailer) => {
      if (!file || !group || account)
        throw malformed(`Line ${trailer.at}: the end of a group that has not begun, or in an account.`);
      check(group, trailer, 'accounts');
      file.amount += group.amount;
      file.parts += 1;
      group = undefined;
      return [];
    },
    '99': (trailer) => {
      if (!file || group) throw malformed(`Line ${trailer.at}: the end of a file that has not begun, or in a group.`);
      check(file, trailer, 'groups');
      file = undefined;
      return [];
    },
  };

  /** Ledger balances, where the bank reports them. The next day's must go on from this day's; the same day may be told again. */
  const balance = (of: Account, asOf: IsoDate, at: number): void => {
    const { currency } = ours;
    if (of.openingMinor !== null) {
      if (closed && asOf > closed.asOf)
        tell(...gapProblems({ at: of.at, field: '010' }, currency, closed.minor, of.openingMinor));
      openingMinor ??= of.openingMinor;
    }
    if (of.closingMinor === null) return;
    closed = { minor: of.closingMinor, asOf };
    tell(...sumProblems({ at, field: '015' }, currency, of, of.movedMinor));
  };

  const finishRecord = (): ReadEntry[] => {
    if (!record) return [];
    const done = record;
    record = undefined;
    const isHeader = ['01', '02', '03'].includes(done.code);
    // Each part counts its header and its trailer: the header stands in it once it has begun, the trailer as long as it has not ended.
    const entries = isHeader ? readers[done.code]!(done) : [];
    for (const part of [file, group, account]) if (part) part.records += done.pieces.length;
    return isHeader ? entries : readers[done.code]!(done);
  };

  return {
    take(text, at) {
      if (text.trim() === '') return [];
      const [, code, content = ''] = /^\s*(01|02|03|16|49|88|98|99)(?:,(.*))?$/s.exec(text) ?? [];
      if (code === undefined) throw malformed(`Line ${at} begins with no record code of BAI2.`);
      const isFull = text.length >= (file?.lengthCharacters ?? Number.POSITIVE_INFINITY);
      const piece = { text: content.trimEnd().replace(/\/$/, ''), isFull };
      if (code === '88') {
        if (!record) throw malformed(`Line ${at} continues nothing.`);
        record.length += content.length;
        if (record.length > recordMaximum) throw malformed(`The record at line ${record.at} of the file is too long.`);
        record.pieces.push(piece);
        return [];
      }
      const entries = finishRecord();
      if (!file && code !== '01') throw malformed(`Line ${at}: a record outside of a file.`);
      record = { code, at, pieces: [piece], length: content.length };
      return entries;
    },
    end() {
      const entries = finishRecord();
      if (reference === null) throw malformed('There is no BAI2 file header (01).');
      if (file) throw malformed('The file breaks off: it has no trailer (99).');
      if (!isOursFound) throw otherAccount([...otherAccounts], ours);
      const { currency } = ours;
      const closingMinor = closed?.minor ?? null;
      const head = { reference, iban: null, currency, openingMinor, closingMinor, problems, otherAccounts: [...otherAccounts] };
      return { entries, head };
    },
  };
}

/** An amount that a safe integer holds, in minor units: the currency says how many of its digits are decimals. */
function readInteger(text: string): bigint | undefined {
  return /^[+-]?\d{1,30}$/.test(text) && Number.isSafeInteger(Number(text)) ? BigInt(text.replace('+', '')) : undefined;
}

/** The fields of a record one after another; a field never goes on in another piece, but text does, to the end. */
function fieldsOf(pieces: PhysicalRecords['pieces']) {
  let piece = 0;
  let from = 0;
  const next = (): string | undefined => {
    const text = pieces[piece]?.text;
    if (text === undefined) return undefined;
    const comma = text.indexOf(',', from);
    const field = text.slice(from, comma < 0 ? undefined : comma).trim();
    if (comma < 0) {
      piece += 1;
      from = 0;
    } else from = comma + 1;
    return field;
  };
  return {
    next,
    all: (): string[] => {
      const found: string[] = [];
      for (let field = next(); field !== undefined; field = next()) found.push(field);
      return found;
    },
    /** What is left as one text: where a physical record was full, its words may have been cut. */
    rest: (): string =>
      pieces
        .slice(piece)
        .map(({ text, isFull }, index) => (index === 0 ? text.slice(from) : text) + (isFull ? '' : ' '))
        .join(''),
  };
}

/** Reads past a funds type: when how much of an amount can be spent. Gives the day of one that is value dated; undefined: there is no such type. */
function readFunds(next: () => string | undefined): { valueDate?: string } | undefined {
  const type = next()?.toUpperCase() ?? '';
  if (/^[012Z]?$/.test(type)) return {};
  if (type === 'V') {
    const valueDate = next() ?? '';
    next();
    return valueDate === '' ? {} : { valueDate };
  }
  if (type !== 'S' && type !== 'D') return undefined;
  const count = type === 'S' ? 3 : 2 * Number(next());
  for (let index = 0; index < count; index += 1) if (next() === undefined) return undefined;
  return Number.isInteger(count) ? {} : undefined;
}

/** 1xx to 3xx are credits, 4xx to 6xx debits, and of those that banks define for themselves 92x to 95x and 96x to 99x. */
function directionOf(type: string): 'credit' | 'debit' | undefined {
  if (totalTypes.includes(type)) return undefined;
  if (/^[123]\d\d$|^9[2-5]\d$/.test(type)) return 'credit';
  return /^[456]\d\d$|^9[6-9]\d$/.test(type) ? 'debit' : undefined;
}

/** A transaction: what it adds to the control total, and unless it moves nothing, its entry. */
function readTransaction(
  at: number,
  pieces: PhysicalRecords['pieces'],
  { status, asOf }: Group,
  currency: string,
): { amount: bigint; entry?: ReadEntry } {
  const { next, rest } = fieldsOf(pieces);
  const type = next() ?? '';
  const written = next() ?? '';
  const amount = readInteger(written) ?? 0n;
  const fault = (field: string, code: string, detail: string) => ({
    amount,
    entry: { fault: { field, code, detail: `Line ${at} of the file: ${detail}` } },
  });
  if (type === nonMonetary || written === '') return { amount: 0n };
  if (readInteger(written) === undefined || amount < 0n)
    return fault('16/amount', 'amount', `${written.slice(0, 40)} is no amount.`);
  if (amount === 0n) return { amount };
  if (status !== update)
    return fault(
      '02/status',
      'group-status',
      `its group is a deletion, correction or test (${status.slice(0, 10)}), not an update.`,
    );
  const direction = directionOf(type);
  if (direction === undefined) return fault('16/type', 'type-code', `${type.slice(0, 20)} is no type of a transaction.`);
  const funds = readFunds(next);
  if (funds === undefined) return fault('16/funds', 'funds-type', 'its funds type cannot be read.');
  const valueDate = funds.valueDate === undefined ? asOf : readShortDate(funds.valueDate);
  if (valueDate === undefined) return fault('16/funds', 'date', `there is no day ${funds.valueDate!.slice(0, 20)}.`);
  const bankReference = notZeros(next());
  const customerReference = notZeros(next());
  const text = rest().trim();
  const kind =
    direction === 'credit' ? 'receipt' : bounceTypes.includes(type) ? 'bounce' : feeTypes.includes(type) ? 'fee' : 'other';
  const line: BankLine = {
    direction,
    kind,
    currency,
    amountMinor: Number(amount),
    bookedOn: asOf,
    // A value date before the day of the report counts as that day.
    valueOn: valueDate < asOf ? asOf : valueDate,
    bankReference: cleanText(bankReference),
    endToEndId: null,
    structuredReference: null,
    remittanceText: cleanText(withReference(text, customerReference)),
    payerName: null,
    payerIban: null,
  };
  const said = [asOf, type, String(amount), bankReference, customerReference, text].join('|').replaceAll(/\s/g, '');
  return { amount, entry: { line, said } };
}

const notZeros = (reference: string | undefined): string => (reference === undefined || /^0*$/.test(reference) ? '' : reference);
