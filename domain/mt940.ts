/**
 * SWIFT MT940, the customer statement: fields ':61:' with their ':86:', between the balances ':60:' and ':62:'. Source: SWIFT Standards MT,
 * category 9, and for the parts of ':86:' the rules of Deutsche Kreditwirtschaft (DFÜ-Abkommen, annex 3) and of the Dutch banks; what
 * banks write beside these was taken from the samples of the parsers mt940 (wolph), jejik and cmxl. Requirement P2.
 */
import {
  cleanText,
  type FileAccount,
  type FileProblem,
  gapProblems,
  headFactsMaximum,
  isAccount,
  joinPieces,
  malformed,
  otherAccount,
  type ReadEntry,
  readShortDate,
  type StatementReader,
  sumProblems,
  withReference,
} from './bank-file.ts';
import { type BankLine, readDecimal } from './bank-line.ts';
import { isCurrency } from './money.ts';
import { daysBetween, type IsoDate } from './time.ts';

/** Those of MT940, and of MT942 to know one; NS is what banks add for themselves. */
const fieldStart = /^:(13D?|20|21|25P?|28C?|34F|60[FM]|61|62[FM]|64|65|86|90[CD]|NS):(.*)$/s;
const fieldMaximum = 10_000;
/** SWIFT has six, some banks a few more. */
const informationLinesMaximum = 200;

interface Field {
  tag: string;
  lines: string[];
  at: number;
  length: number;
}

/** One message: a statement, or a page of one. */
interface Page {
  at: number;
  reference: string;
  account: string | undefined;
  number: string;
  /** Undefined until it has opened; null for one of another account. */
  balance: { openingMinor: number; movedMinor: number } | null | undefined;
  isClosed: boolean;
}

/** Reads statements and their pages one after another. Those of other accounts are passed over, and named at the end. */
export function mt940Reader(account: FileAccount): StatementReader {
  const { currency } = account;
  const problems: FileProblem[] = [];
  const otherAccounts = new Set<string>();
  let references: { first: string; last: string } | undefined;
  let openingMinor: number | null = null;
  let closingMinor: number | null = null;
  let isAnyPage = false;
  let page: Page | undefined;
  let field: Field | undefined;
  /** The entry that the next :86: tells of. */
  let entry: { statement: Field; information: string[]; of: Page } | undefined;

  const tell = (...found: FileProblem[]): void => {
    if (problems.length < headFactsMaximum) problems.push(...found);
  };

  const finishEntry = (): ReadEntry[] => {
    if (!entry) return [];
    const { statement, information, of } = entry;
    entry = undefined;
    const read = readEntry(statement, information, currency);
    if (read === undefined) return [];
    if ('fault' in read) return [read];
    of.balance!.movedMinor += read.line.direction === 'credit' ? read.line.amountMinor : -read.line.amountMinor;
    // Spaces at the ends of lines come and go on the way of a file.
    const said = `${statementNumber(of.number)}|${statement.lines.join('')}|${information.join('')}`.replaceAll(/\s/g, '');
    return [{ line: read.line, said }];
  };

  const finishPage = (): void => {
    if (page && !page.isClosed) throw malformed(`The statement at line ${page.at} has no closing balance (:62F: or :62M:).`);
    page = undefined;
  };

  const open = (of: Page, { tag, lines, at }: Field): void => {
    if (of.account === undefined) throw malformed(`Line ${at}: a balance before its account (:25:).`);
    if (of.balance !== undefined) throw malformed(`Line ${at}: the statement at line ${of.at} opens twice.`);
    const balance = readBalance(lines[0]!, at);
    if (!isAccount(of.account, account) || balance.currency !== currency) {
      if (otherAccounts.size < headFactsMaximum) otherAccounts.add(`${of.account} in ${balance.currency}`);
      of.balance = null;
      return;
    }
    tell(...gapProblems({ at, field: `:${tag}:` }, currency, closingMinor, balance.amountMinor));
    openingMinor ??= balance.amountMinor;
    of.balance = { openingMinor: balance.amountMinor, movedMinor: 0 };
    const last = statementNumber(of.number) || of.reference;
    references = { first: references?.first ?? last, last };
  };

  const close = (of: Page, { tag, lines, at }: Field): void => {
    if (of.balance === undefined) throw malformed(`Line ${at}: a closing balance without an opening one (:60F: or :60M:).`);
    if (of.isClosed) throw malformed(`Line ${at}: the statement at line ${of.at} closes twice.`);
    of.isClosed = true;
    const balance = readBalance(lines[0]!, at);
    if (of.balance === null) return;
    if (balance.currency !== currency)
      throw malformed(`Line ${at}: the statement opens in ${currency} and closes in another currency.`);
    closingMinor = balance.amountMinor;
    const balances = { openingMinor: of.balance.openingMinor, closingMinor };
    tell(...sumProblems({ at, field: `:${tag}:` }, currency, balances, of.balance.movedMinor));
  };

  const finishField = (): ReadEntry[] => {
    if (!field) return [];
    const done = field;
    const { tag, lines, at } = done;
    field = undefined;
    if (tag === 'NS') return [];
    if (tag === '86') {
      entry?.information.push(...lines);
      if (entry && entry.information.length > informationLinesMaximum)
        throw malformed(`Line ${at}: too much is said of one entry.`);
      return [];
    }
    const entries = finishEntry();
    const first = lines[0]!.trim();
    if (tag === '20') {
      finishPage();
      isAnyPage = true;
      page = { at, reference: first, account: undefined, number: '', balance: undefined, isClosed: false };
    } else if (!page) throw malformed(`Line ${at}: the field :${tag}: stands before any :20:.`);
    else if (tag.startsWith('25')) page.account ??= first;
    else if (tag.startsWith('28')) page.number = first;
    else if (tag.startsWith('60')) open(page, done);
    else if (tag.startsWith('62')) close(page, done);
    else if (tag === '61') {
      if (page.balance === undefined)
        throw malformed(
          `Line ${at}: an entry before any opening balance (:60F:); what is only expected (MT942) is no statement.`,
        );
      if (page.isClosed) throw malformed(`Line ${at}: an entry after the closing balance.`);
      if (page.balance !== null) entry = { statement: done, information: [], of: page };
    }
    return entries;
  };

  return {
    take(text, at) {
      // Block 4 of a SWIFT message holds its fields; what stands around it is for the network.
      const content = text.replace(/^(?:\{1:|-\}).*\{4:/, '');
      const [, tag, rest = ''] = fieldStart.exec(content) ?? [];
      if (tag !== undefined) {
        const entries = finishField();
        field = { tag, lines: [rest], at, length: rest.length };
        return entries;
      }
      if (/^-(?:\}|XXX|\s*$)/.test(content)) {
        const entries = [...finishField(), ...finishEntry()];
        finishPage();
        return entries;
      }
      // Between messages some banks name themselves once more.
      if (field && content.trim() !== '') {
        field.length += content.length;
        if (field.length > fieldMaximum) throw malformed(`The field at line ${field.at} of the file is too long.`);
        field.lines.push(content);
      }
      return [];
    },
    end() {
      const entries = [...finishField(), ...finishEntry()];
      finishPage();
      if (!isAnyPage) throw malformed('There is no statement in the file: no field :20:.');
      if (!references) throw otherAccount([...otherAccounts], account);
      const { first, last } = references;
      const reference = (first === last ? first : `${first} to ${last}`).slice(0, 100) || null;
      const head = { reference, iban: null, currency, openingMinor, closingMinor, problems, otherAccounts: [...otherAccounts] };
      return { entries, head };
    },
  };
}

/** '12' of '00012/001': the number of a statement, whose pages share it; '' where a bank does not number its statements. */
const statementNumber = (number: string): string => number.split('/')[0]!.replace(/^0+/, '');

function readBalance(text: string, at: number): { currency: string; amountMinor: number } {
  const [, mark, currency = '', amount = ''] = /^([CD])\d{6}([A-Z]{3})(\d[\d,]*)\s*$/.exec(text) ?? [];
  const amountMinor = mark !== undefined && isCurrency(currency) ? readAmount(amount, currency) : undefined;
  if (amountMinor === undefined) throw malformed(`Line ${at}: ${text.slice(0, 40)} is no balance.`);
  return { currency, amountMinor: mark === 'D' ? -amountMinor : amountMinor };
}

/** '1234,5', '1234,' and '1234' in minor units: there are no marks between thousands. */
function readAmount(text: string, currency: string): number | undefined {
  const amount = text.replace(/^0+(?=\d)/, '').replace(/,$/, '');
  return /^\d{1,15}(?:,\d+)?$/.test(amount) ? readDecimal(amount, currency, ',') : undefined;
}

// Value date, entry date, mark, the third letter of the currency, amount, type, the two references.
const statementLine = /^(\d{6})(\d{4}| {4})?(E?R?[CD])[A-Z]? ?(\d[\d,]*)\s*(?:([A-Z][A-Z0-9 ]{3})(.*))?$/;
const noReference = /^(?:NONREF|KREF\+?|EREF\+?|NOTPROVIDED|)$/;
/** Types of SWIFT: returned items; charges and commissions. */
const returnedTypes = ['RTI'];
const feeTypes = ['CHG', 'COM'];
/** Codes of German banks: a direct debit that comes back (of old, of companies, of anybody); charges and commissions. */
const returnedCodes = ['009', '108', '109'];
const feeCodes = ['808', '809'];

/** Undefined for what moves nothing: banks write balances and news as entries of 0,00. */
function readEntry(
  statement: Field,
  information: string[],
  currency: string,
): { line: BankLine } | { fault: FileProblem } | undefined {
  const { lines, at } = statement;
  const fault = (code: string, detail: string) => ({
    fault: { field: ':61:', code, detail: `Line ${at} of the file: ${detail}` },
  });
  const found = statementLine.exec(lines[0]!);
  if (!found) return fault('malformed', `${lines[0]!.slice(0, 60)} is no entry.`);
  const [, valueDate, entryDate = '', mark, written, type = '', references = ''] = found;
  const amountMinor = readAmount(written!, currency);
  if (amountMinor === undefined) return fault('amount', `${written!.slice(0, 40)} is no amount in ${currency}.`);
  if (amountMinor === 0) return undefined;
  if (mark!.startsWith('E')) return fault('not-booked', 'the entry is only expected.');
  const valueOn = readShortDate(valueDate!);
  if (valueOn === undefined) return fault('date', `there is no day ${valueDate}.`);
  const bookedOn = entryDate.trim() === '' ? valueOn : nearest(entryDate, valueOn);
  if (bookedOn === undefined) return fault('date', `there is no day ${entryDate}.`);
  const said = readInformation(information);
  // A reversed credit takes money, a reversed debit gives it back.
  const direction = mark === 'C' || mark === 'RD' ? 'credit' : 'debit';
  const isBounce =
    mark === 'RC' || said.isReturn || returnedTypes.includes(type.slice(1)) || returnedCodes.includes(said.code ?? '');
  const isFee = feeTypes.includes(type.slice(1)) || feeCodes.includes(said.code ?? '');
  const [ownReference = '', ...bankReference] = references.trim().split('//');
  const reference = noReference.test(ownReference.trim()) ? '' : ownReference.trim();
  const kind = direction === 'credit' ? 'receipt' : isBounce ? 'bounce' : isFee ? 'fee' : 'other';
  const isFromPayer = kind === 'receipt' || kind === 'bounce';
  // Below the entry stands what more there is to say, at some banks the payer's account.
  const below = lines.slice(1).join(' ').trim();
  const text = said.text || (isIbanShaped(below) ? '' : below) || (said.title ?? '');
  return {
    line: {
      direction,
      kind,
      currency,
      amountMinor,
      bookedOn,
      valueOn,
      bankReference: cleanText(
        bankReference
          .join('//')
          .trim()
          .replace(/^NONREF$/, ''),
      ),
      endToEndId: cleanText(said.endToEndId?.replace(/^(?:NOTPROVIDED|NOT PROVIDED)$/i, '')),
      structuredReference: cleanText(said.structuredReference),
      remittanceText: cleanText(withReference(text, reference)),
      payerName: isFromPayer ? cleanText(said.name) : null,
      payerIban: isFromPayer ? ([said.iban, below].find(isIbanShaped) ?? null) : null,
    },
  };
}

/** 'MMDD' in the year in which it is nearest to the value date: 1230 for a value date of 2 January was last year. */
function nearest(entryDate: string, valueOn: IsoDate): IsoDate | undefined {
  const year = Number(valueOn.slice(0, 4));
  return [year - 1, year, year + 1]
    .flatMap((each) => readShortDate(String(each).slice(2) + entryDate) ?? [])
    .sort((left, right) => Math.abs(daysBetween(left, valueOn)) - Math.abs(daysBetween(right, valueOn)))[0];
}

interface Information {
  text: string;
  /** Of the business transaction, three digits. */
  code?: string;
  isReturn?: boolean;
  /** What the bank calls it. */
  title?: string;
  endToEndId?: string | undefined;
  structuredReference?: string | undefined;
  name?: string | undefined;
  iban?: string | undefined;
}

const lineWidth = 65;
const subfieldWidth = 27;

/** What field 86 says of an entry, in the parts of German, Polish and other banks ('?20'), of Dutch ones ('/REMI/'), or as mere text. */
function readInformation(lines: readonly string[]): Information {
  const joined = lines.join('');
  const [, code, separator] = /^(\d{3})([?~<>^|])(?=[0-7]\d)/.exec(joined) ?? [];
  if (code !== undefined) return readSubfields(code, joined.slice(3), separator!);
  const text = joinPieces(lines, lineWidth).trim();
  if (/^\/(?:TRTP|EREF|PREF|MARF|CSID|CNTP|REMI|ORDP|BENM|NAME|IBAN|RTRN)\//.test(joined)) return readSlashes(joined);
  const { iban: _, ...words } = readWords([text]);
  return words;
}

function readSubfields(code: string, content: string, separator: string): Information {
  const parts = content
    .split(new RegExp(`\\${separator}(?=[0-7]\\d)`))
    .slice(1)
    .map((part) => ({ key: part.slice(0, 2), value: part.slice(2) }));
  const of = (...keys: string[]) => parts.filter(({ key }) => keys.includes(key)).map(({ value }) => value);
  const words = readWords(parts.filter(({ key }) => /^(?:2\d|6[0-3])$/.test(key)).map(({ value }) => value));
  // The bank's own fields go before the text, which the payer writes.
  const iban = [...of('31', '38'), words.iban].map((value) => value?.replaceAll(' ', '')).find(isIbanShaped);
  return {
    code,
    title: of('00').join(''),
    ...words,
    name: of('32', '33').join('').replaceAll(/\s+/g, ' '),
    iban,
  };
}

const isIbanShaped = (value: string | undefined): value is string =>
  value !== undefined && /^[A-Z]{2}\d\d[A-Z0-9]{11,30}$/.test(value);

const wordKeys = 'EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|COAM|OAMT|IBAN|BIC|PURP|RREF|BREF|SQTP|DDAT';
const wordStart = new RegExp(`^(?:${wordKeys})\\s?\\+`);
const wordSplit = new RegExp(`(?<=\\s)(?=(?:${wordKeys})\\s?\\+)`);

/**
 * The text of a transfer by its SEPA words, each of which begins a subfield of its own or stands after a space. A reference goes on only
 * where it fills its subfield; the text, wherever another word does not begin.
 */
function readWords(pieces: readonly string[]): Pick<Information, 'text' | 'endToEndId' | 'iban'> {
  const lines: string[][] = [];
  for (const piece of pieces) {
    const [begins = '', ...others] = lines.at(-1) ?? [];
    const isOver = wordStart.test(begins) && !begins.startsWith('SVWZ') && (others.at(-1) ?? begins).length < subfieldWidth;
    if (lines.length === 0 || wordStart.test(piece) || isOver) lines.push([]);
    lines.at(-1)!.push(piece);
  }
  const parts = lines.map((line) => joinPieces(line, subfieldWidth)).flatMap((line) => line.split(wordSplit));
  const words = new Map<string, string>();
  for (const part of parts) {
    const [, key, value] = /^([A-Z]{3,4})\s?\+(.*)$/s.exec(part) ?? [];
    if (key !== undefined && wordStart.test(part) && !words.has(key)) words.set(key, value!.trim());
  }
  const plain = parts.filter((part) => !wordStart.test(part)).join(' ');
  return { text: (words.get('SVWZ') ?? plain).trim(), endToEndId: words.get('EREF'), iban: words.get('IBAN') };
}

const slashKeys = 'TRTP|EREF|PREF|MARF|CSID|CNTP|REMI|NAME|IBAN|BIC|ORDP|BENM|ISDT|RTRN|PURP|ULTD|ULTC|ADDR|ID|SVCL|BUSP';

/** '/EREF/1/ORDP//NAME/Jan/REMI/INV-1', '/CNTP/NL…/BIC/Jan///REMI/USTD//INV-1/', '/REMI/STRD/CUR/RF18…'. */
function readSlashes(text: string): Information {
  const parts = text.split(new RegExp(`/(${slashKeys})/`)).slice(1);
  const values = new Map<string, string>();
  for (let index = 0; index + 1 < parts.length; index += 2) {
    // What follows the text may be the text itself: the payer's name and account stand before it.
    if (values.has('REMI') && !['EREF', 'PREF', 'TRTP'].includes(parts[index]!)) continue;
    if (!values.has(parts[index]!)) values.set(parts[index]!, parts[index + 1]!.replace(/^\/+|\/+$/g, '').trim());
  }
  const [iban, , name] = values.get('CNTP')?.split('/') ?? [];
  const remittance = values.get('REMI') ?? '';
  const [, structuredReference] = /^STRD\/(?:CUR|ISO)\/+([^/]+)/.exec(remittance) ?? [];
  return {
    isReturn: values.has('RTRN'),
    title: values.get('TRTP') ?? '',
    text: remittance.replace(/^(?:USTD\/+|STRD\/(?:CUR|ISO)\/+)/, ''),
    endToEndId: values.get('EREF'),
    structuredReference,
    name: values.get('NAME') ?? name,
    iban: [values.get('IBAN'), iban].find(isIbanShaped),
  };
}
