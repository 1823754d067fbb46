import { createHash } from 'node:crypto';
import { parse } from 'csv-parse';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { bai2Reader } from '../domain/bai2.ts';
import {
  type BankFormat,
  cleanText,
  type FileAccount,
  type FileProblem,
  malformed,
  type StatementHead,
  type StatementReader,
} from '../domain/bank-file.ts';
import { type BankLine, type DateFormat, readDate, readDecimal } from '../domain/bank-line.ts';
import { Refusal } from '../domain/failures.ts';
import { isCurrency } from '../domain/money.ts';
import { mt940Reader } from '../domain/mt940.ts';

/*
 * Reads bank statements of any length in bounded memory, line by line (P2): CAMT.053 as XML, MT940 and BAI2 as text, and CSV by the
 * mapping of the account. A line that cannot be read is a fault of that line; a file that cannot be read as a whole is refused as a whole.
 */

/** What one line of the file says, or why it cannot be read. */
export type ReadLine = { number: number; line: BankLine } | { number: number; fault: FileProblem };

/** How the CSV of an account is read. Columns are named as in the file's first line. */
export interface CsvMapping {
  delimiter: ',' | ';' | '\t';
  encoding: 'utf-8' | 'windows-1252';
  dateFormat: DateFormat;
  decimalMark: '.' | ',';
  columns: {
    valueOn: string;
    bookedOn?: string | undefined;
    /** Signed; else `credit` and `debit`. */
    amount?: string | undefined;
    credit?: string | undefined;
    debit?: string | undefined;
    currency?: string | undefined;
    bankReference?: string | undefined;
    payerName?: string | undefined;
    payerIban?: string | undefined;
    /** Joined by a space. */
    remittance: string[];
    type?: string | undefined;
  };
  /** Values of the type column that mean a bounced payment, and the bank's own fee. */
  bounceTypes: string[];
  feeTypes: string[];
}

type Pieces = AsyncIterable<Uint8Array>;

export const statementLinesMaximum = 200_000;
/** Characters of one entry, and of all that stands outside of entries. */
const entryMaximum = 100_000;
const frameMaximum = 200_000;

/** Every line of the file, each in the account's currency or with its fault; at the end, what the statement says of itself. */
export async function* readStatement(
  format: BankFormat,
  pieces: Pieces,
  account: FileAccount & { csvMapping: CsvMapping | null },
): AsyncGenerator<ReadLine, StatementHead> {
  const { currency, csvMapping } = account;
  if (format === 'csv' && csvMapping === null) {
    throw new Refusal(422, 'no-csv-mapping', 'The bank account does not say how its CSV is read: save its csvMapping first.');
  }
  const lines = readFormat(format, pieces, account);
  for (;;) {
    const { done, value } = await lines.next();
    if (done) return value;
    if ('line' in value && value.line.currency !== currency) {
      const detail = `${value.line.currency} on an account that is kept in ${currency}.`;
      yield { number: value.number, fault: { field: 'currency', code: 'currency', detail } };
    } else yield value;
  }
}

function readFormat(
  format: BankFormat,
  pieces: Pieces,
  account: FileAccount & { csvMapping: CsvMapping | null },
): AsyncGenerator<ReadLine, StatementHead> {
  switch (format) {
    case 'camt.053':
      return readCamt(pieces);
    case 'mt940':
      return readText(mt940Reader(account), pieces);
    case 'bai2':
      return readText(bai2Reader(account), pieces);
    case 'csv':
      return readCsv(pieces, account.csvMapping!, account.currency);
  }
}

async function* decode(pieces: Pieces, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const piece of pieces) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw malformed(`The file is not ${encoding}.`);
    throw error;
  }
}

// ── CAMT.053 ──────────────────────────────────────────────────────────────────────────────────────────────

const xml = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
});
const versions = ['02', '04', '08'];

/** Elements that may stand there once or often, as lists. */
const list = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const many = <Item extends z.ZodType>(item: Item) => z.preprocess(list, z.array(item));
/** An element that is nothing but its text; one without any is like one that is missing. */
const text = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());
const date = z.object({ Dt: text, DtTm: text }).optional();
const amount = z.object({ '#text': z.string(), '@Ccy': z.string() });
const party = z.object({ Nm: text, Pty: z.object({ Nm: text }).optional() }).optional();
const accountId = z.object({ Id: z.object({ IBAN: text }) }).optional();
const empty = <Shape extends z.ZodType>(shape: Shape) => z.preprocess((value) => (value === '' ? undefined : value), shape);

const details = empty(
  z
    .object({
      Refs: empty(z.object({ AcctSvcrRef: text, EndToEndId: text, TxId: text }).optional()),
      Amt: amount.optional(),
      AmtDtls: empty(z.object({ TxAmt: z.object({ Amt: amount }).optional() }).optional()),
      RltdPties: empty(z.object({ Dbtr: party, DbtrAcct: accountId }).optional()),
      RmtInf: empty(
        z
          .object({
            Ustrd: many(z.string()),
            Strd: many(z.object({ CdtrRefInf: empty(z.object({ Ref: text }).optional()) }).or(z.literal(''))),
          })
          .optional(),
      ),
      RtrInf: z.unknown().optional(),
    })
    .optional(),
);
const entrySchema = z.object({
  Ntry: z.object({
    Amt: amount,
    CdtDbtInd: z.enum(['CRDT', 'DBIT']),
    RvslInd: text,
    // A code of its own since version 04.
    Sts: z.union([z.string(), z.object({ Cd: z.string() })]).optional(),
    BookgDt: date,
    ValDt: date,
    AcctSvcrRef: text,
    BkTxCd: z.unknown().optional(),
    NtryDtls: many(empty(z.object({ TxDtls: many(details) }).optional())),
    AddtlNtryInf: text,
  }),
});
type Entry = z.output<typeof entrySchema>['Ntry'];
type Details = NonNullable<z.output<typeof details>>;

const frameSchema = z.object({
  Document: z.object({
    BkToCstmrStmt: z.object({
      Stmt: z.object({
        Id: z.string().min(1).max(100),
        Acct: z.object({ Id: z.object({ IBAN: text }), Ccy: text }),
        Bal: many(
          z.object({
            Tp: z.object({ CdOrPrtry: z.object({ Cd: text }) }),
            Amt: amount,
            CdtDbtInd: z.enum(['CRDT', 'DBIT']),
          }),
        ),
      }),
    }),
  }),
});

const opening = /<!(?:--)?|<((?:[\w.-]{1,40}:)?Ntry)(?=[\s>])/;
/** Longer than whatever `opening` has to see to know what it has found. */
const openingLength = 64;

/**
 * Reads entry by entry; what stands outside of entries is read as a document of its own, so that together all of the file is known
 * to be well-formed. Nothing in a bank's file needs a document type, so one that has one is refused.
 */
async function* readCamt(pieces: Pieces): AsyncGenerator<ReadLine, StatementHead> {
  let frame = '';
  let rest = '';
  let number = 0;
  const keep = (outside: string) => {
    frame += outside;
    if (frame.length > frameMaximum) throw malformed('More stands outside of the entries than a statement has to say.');
  };
  for await (const piece of decode(pieces, 'utf-8')) {
    rest += piece;
    for (;;) {
      const found = opening.exec(rest);
      // What begins so near the end is looked at again with the next piece.
      const unsure = rest.length - (found?.index ?? 0) < openingLength;
      if (!found || unsure) {
        const sure = Math.max(0, Math.min(found?.index ?? rest.length, rest.length - openingLength));
        keep(rest.slice(0, sure));
        rest = rest.slice(sure);
        break;
      }
      keep(rest.slice(0, found.index));
      rest = rest.slice(found.index);
      const [mark, tag] = found;
      if (tag === undefined && mark !== '<!--') throw malformed('Document types and CDATA have no place in a bank statement.');
      const end = tag === undefined ? '-->' : `</${tag}>`;
      const endsAt = rest.indexOf(end);
      if (endsAt > entryMaximum || (endsAt < 0 && rest.length > entryMaximum)) {
        throw malformed(`What begins after line ${number} is too long, or is never closed.`);
      }
      if (endsAt < 0) break;
      if (tag !== undefined) {
        for (const line of readEntry(rest.slice(0, endsAt + end.length))) {
          number += 1;
          if (number > statementLinesMaximum) throw tooManyLines();
          yield { number, ...line };
        }
      }
      rest = rest.slice(endsAt + end.length);
    }
  }
  if (opening.test(rest)) throw malformed(`What begins after line ${number} is never closed.`);
  keep(rest);
  return readFrame(frame);
}

const tooManyLines = () =>
  new Refusal(422, 'too-many-lines', `More than ${statementLinesMaximum} lines; send them in several files.`);

function readFrame(frame: string): StatementHead {
  const encoding = /^\uFEFF?\s*<\?xml[^>]*encoding=["']([^"']*)["']/.exec(frame)?.[1] ?? 'utf-8';
  if (encoding.toLowerCase() !== 'utf-8') throw malformed('The file says that it is not UTF-8.');
  const parsed = frameSchema.safeParse(readXml(frame));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw malformed(`The file is not one CAMT.053 statement of one account: ${issue!.path.join('/')}: ${issue!.message}`);
  }
  const version = /<[^>]*\sxmlns(?::\w+)?=["']urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(\d\d)["']/.exec(frame)?.[1];
  if (version === undefined || !versions.includes(version)) {
    throw malformed(`Only camt.053.001 in the versions ${versions.join(', ')} is read, not ${version ?? 'what this is'}.`);
  }
  const { Id, Acct, Bal } = parsed.data.Document.BkToCstmrStmt.Stmt;
  const balance = (...codes: string[]) => {
    const found = Bal.find(({ Tp }) => codes.includes(Tp.CdOrPrtry.Cd ?? ''));
    if (!found) return null;
    const minor = isCurrency(found.Amt['@Ccy']) ? readDecimal(found.Amt['#text'], found.Amt['@Ccy'], '.') : undefined;
    if (minor === undefined) throw malformed(`The balance ${found.Amt['#text']} ${found.Amt['@Ccy']} is no amount.`);
    return found.CdtDbtInd === 'DBIT' ? -minor : minor;
  };
  return {
    reference: Id,
    iban: Acct.Id.IBAN ?? null,
    currency: Bal[0]?.Amt['@Ccy'] ?? Acct.Ccy ?? null,
    openingMinor: balance('OPBD', 'PRCD'),
    closingMinor: balance('CLBD'),
  };
}

function readXml(document: string): unknown {
  const valid = XMLValidator.validate(document);
  if (valid !== true) throw malformed(`The XML is broken: ${valid.err.msg}`);
  return xml.parse(document);
}

type Unnumbered = { line: BankLine } | { fault: FileProblem };

/** One entry is one line, but for a batch whose payments add up to it: each of these is a line. */
function readEntry(document: string): Unnumbered[] {
  const valid = XMLValidator.validate(document);
  if (valid !== true) throw malformed(`The XML of an entry is broken: ${valid.err.msg}`);
  const parsed = entrySchema.safeParse(xml.parse(document));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return [problem(issue!.path.join('/'), 'malformed', issue!.message)];
  }
  const entry = parsed.data.Ntry;
  const status = typeof entry.Sts === 'object' ? entry.Sts.Cd : entry.Sts;
  // What is only expected is no money yet.
  if (status !== undefined && status !== 'BOOK') return [problem('Ntry/Sts', 'not-booked', `The entry is ${status}, not BOOK.`)];
  const currency = entry.Amt['@Ccy'];
  const amountMinor = isCurrency(currency) ? readDecimal(entry.Amt['#text'], currency, '.') : undefined;
  if (amountMinor === undefined || amountMinor <= 0) {
    return [problem('Ntry/Amt', 'amount', `${entry.Amt['#text']} ${currency} is no amount above zero.`)];
  }
  const valueOn = dayOf(entry.ValDt) ?? dayOf(entry.BookgDt);
  if (valueOn === undefined) return [problem('Ntry/ValDt', 'date', 'There is neither a value date nor a booking date.')];
  const shared = { currency, valueOn, bookedOn: dayOf(entry.BookgDt) ?? valueOn };
  const payments = entry.NtryDtls.flatMap((inner) => inner?.TxDtls ?? []).filter((one) => one !== undefined);
  const parts = payments.map((payment) => {
    const part = payment.Amt ?? payment.AmtDtls?.TxAmt?.Amt;
    return part?.['@Ccy'] === currency ? (readDecimal(part['#text'], currency, '.') ?? 0) : 0;
  });
  const isBatch =
    payments.length > 1 && parts.every((part) => part > 0) && parts.reduce((sum, part) => sum + part, 0) === amountMinor;
  if (!isBatch)
    return [
      {
        line: toLine(entry, payments[0], {
          ...shared,
          amountMinor,
          bankReference: entry.AcctSvcrRef ?? payments[0]?.Refs?.AcctSvcrRef ?? null,
        }),
      },
    ];
  return payments.map((payment, index) => {
    const own = payment.Refs?.AcctSvcrRef ?? entry.AcctSvcrRef;
    return {
      line: toLine(entry, payment, {
        ...shared,
        amountMinor: parts[index]!,
        bankReference: own === undefined ? null : `${own}/${index + 1}`,
      }),
    };
  });
}

const problem = (field: string, code: string, detail: string): { fault: FileProblem } => ({ fault: { field, code, detail } });

function dayOf(of: z.output<typeof date>): string | undefined {
  return readDate((of?.Dt ?? of?.DtTm ?? '').slice(0, 10), 'YYYY-MM-DD');
}

function toLine(
  entry: Entry,
  payment: Details | undefined,
  known: Pick<BankLine, 'currency' | 'amountMinor' | 'valueOn' | 'bookedOn' | 'bankReference'>,
): BankLine {
  const direction = entry.CdtDbtInd === 'CRDT' ? 'credit' : 'debit';
  const code = JSON.stringify(entry.BkTxCd ?? '');
  const isBounce = payment?.RtrInf !== undefined || entry.RvslInd === 'true';
  // The families and sub-families of ISO 20022 for what the bank charges.
  const isFee = /"(CHRG|FEES|COMM)"/.test(code);
  const endToEndId = payment?.Refs?.EndToEndId;
  const remittance = payment?.RmtInf;
  return {
    ...known,
    bankReference: cleanText(known.bankReference ?? undefined),
    direction,
    kind: direction === 'credit' ? 'receipt' : isBounce ? 'bounce' : isFee ? 'fee' : 'other',
    endToEndId: cleanText(endToEndId === 'NOTPROVIDED' ? undefined : endToEndId),
    structuredReference: cleanText(remittance?.Strd.flatMap((one) => (one === '' ? [] : (one.CdtrRefInf?.Ref ?? [])))[0]),
    remittanceText: cleanText(remittance?.Ustrd.join(' ') || entry.AddtlNtryInf),
    payerName: cleanText(payment?.RltdPties?.Dbtr?.Nm ?? payment?.RltdPties?.Dbtr?.Pty?.Nm),
    payerIban: cleanText(payment?.RltdPties?.DbtrAcct?.Id.IBAN),
  };
}

// ── MT940 and BAI2 ────────────────────────────────────────────────────────────────────────────────────────

const textLineMaximum = 10_000;

async function* readText(reader: StatementReader, pieces: Pieces): AsyncGenerator<ReadLine, StatementHead> {
  /** How often each thing was said: of two payments that say the same, each is one. */
  const said = new Map<string, number>();
  let number = 0;
  let at = 0;
  const numbered = (entry: ReturnType<StatementReader['take']>[number]): ReadLine => {
    number += 1;
    if (number > statementLinesMaximum) throw tooManyLines();
    if ('fault' in entry) return { number, ...entry };
    const hash = createHash('sha256').update(entry.said).digest('base64url');
    const times = (said.get(hash) ?? 0) + 1;
    said.set(hash, times);
    return { number, line: { ...entry.line, fingerprint: `${hash}:${times}` } };
  };
  for await (const text of textLines(pieces)) {
    at += 1;
    for (const entry of reader.take(text, at)) yield numbered(entry);
  }
  const { entries, head } = reader.end();
  for (const entry of entries) yield numbered(entry);
  return head;
}

/** The lines of a file, whole, each decoded for itself: what a bank writes may be UTF-8 or, as of old, Windows-1252. */
async function* textLines(pieces: Pieces): AsyncGenerator<string> {
  // In Latin-1 a byte is a character, so that no character is cut with its line.
  let rest = '';
  let number = 0;
  for await (const piece of pieces) {
    rest += Buffer.from(piece).toString('latin1');
    // A carriage return at the end may be half of what ends a line.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    for (const line of lines) {
      number += 1;
      if (line.length > textLineMaximum) throw malformed(`Line ${number} is too long.`);
      yield decodeLine(line);
    }
    if (rest.length > textLineMaximum) throw malformed(`Line ${number + 1} is too long.`);
  }
  if (rest !== '') yield decodeLine(rest.replace(/\r$/, ''));
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');

function decodeLine(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1');
  try {
    return utf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

// ── CSV ───────────────────────────────────────────────────────────────────────────────────────────────────

async function* readCsv(pieces: Pieces, mapping: CsvMapping, currency: string): AsyncGenerator<ReadLine, StatementHead> {
  const { columns } = mapping;
  const parser = parse({
    delimiter: mapping.delimiter,
    bom: true,
    relaxColumnCount: true,
    skipEmptyLines: true,
    maxRecordSize: entryMaximum,
  });
  // What stops the reading stops the parser too, and what breaks the parser is thrown where its records are read.
  const feed = (async () => {
    try {
      for await (const piece of decode(pieces, mapping.encoding)) {
        if (parser.destroyed) return;
        if (!parser.write(piece)) await new Promise((resolve) => parser.once('drain', resolve).once('close', resolve));
      }
      parser.end();
    } catch (error) {
      parser.destroy(error as Error);
    }
  })();
  let names: string[] | undefined;
  let number = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      if (names === undefined) {
        names = cells.map((cell) => cell.trim());
        mustHaveColumns(names, columns);
        continue;
      }
      number += 1;
      if (number > statementLinesMaximum) throw tooManyLines();
      yield { number, ...readCells(names, cells, mapping, currency) };
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('CSV_'))
      throw malformed(`After line ${number}: ${(error as Error).message}`);
    throw error;
  } finally {
    parser.destroy();
    await feed;
  }
  if (names === undefined) throw new Refusal(400, 'empty-file', 'There is nothing in the file.');
  return { reference: null, iban: null, currency: null, openingMinor: null, closingMinor: null };
}

function mustHaveColumns(names: string[], columns: CsvMapping['columns']): void {
  const wanted = Object.values(columns)
    .flat()
    .filter((name) => name !== undefined);
  const faults = wanted
    .filter((name) => !names.includes(name))
    .map((name) => ({ path: `/1/${name}`, code: 'required', detail: 'The mapping of the account names this column.' }));
  if (faults.length > 0)
    throw new Refusal(422, 'invalid-header', 'The first line of the file lacks columns of the mapping.', { faults });
}

function readCells(names: string[], cells: string[], mapping: CsvMapping, accountCurrency: string): Unnumbered {
  const { columns, dateFormat, decimalMark, bounceTypes, feeTypes } = mapping;
  if (cells.length !== names.length)
    return problem('', 'columns', `The line has ${cells.length} cells, the header ${names.length}.`);
  const at = (name: string | undefined): string => (name === undefined ? '' : cells[names.indexOf(name)]!.trim());
  const currency = at(columns.currency) || accountCurrency;
  if (!isCurrency(currency)) return problem(columns.currency!, 'currency', `${currency.slice(0, 20)} is no currency.`);
  const debit = at(columns.debit);
  const written = columns.amount ? at(columns.amount) : at(columns.credit) || debit;
  const amountMinor = readDecimal(written, currency, decimalMark);
  if (amountMinor === undefined || amountMinor === 0) {
    return problem(columns.amount ?? columns.credit ?? '', 'amount', `${written.slice(0, 40)} is no amount in ${currency}.`);
  }
  const isDebit = columns.amount ? amountMinor < 0 : !at(columns.credit);
  const valueOn = readDate(at(columns.valueOn), dateFormat);
  const bookedOn = columns.bookedOn ? readDate(at(columns.bookedOn), dateFormat) : valueOn;
  if (valueOn === undefined || bookedOn === undefined) {
    return problem(valueOn === undefined ? columns.valueOn : columns.bookedOn!, 'date', `There is no day here as ${dateFormat}.`);
  }
  const type = at(columns.type);
  const debitKind = bounceTypes.includes(type) ? 'bounce' : feeTypes.includes(type) ? 'fee' : 'other';
  return {
    line: {
      direction: isDebit ? 'debit' : 'credit',
      kind: isDebit ? debitKind : 'receipt',
      currency,
      amountMinor: Math.abs(amountMinor),
      bookedOn,
      valueOn,
      bankReference: cleanText(at(columns.bankReference).slice(0, 200)),
      endToEndId: null,
      structuredReference: null,
      remittanceText: cleanText(columns.remittance.map(at).join(' ')),
      payerName: cleanText(at(columns.payerName)),
      payerIban: cleanText(at(columns.payerIban).replaceAll(' ', '').toUpperCase()),
    },
  };
}
