/** Orders as customers write them: a table (CSV), a JSON object, or lines of a mail. Requirement O1, O2. */
import { isIsoDate } from './time.ts';

/** What is wrong with a document: in which of its lines, counted from 1, and in which field. */
export interface DocumentFault {
  line: number | null;
  field: string;
  code: string;
  detail: string;
}

export interface DocumentLine {
  /** Where it stands in the document. */
  line: number;
  sku: string;
  quantity: number;
}

export interface ReadOrder {
  externalReference?: string;
  requestedOn?: string;
  lines: DocumentLine[];
  faults: DocumentFault[];
}

export const documentLinesMaximum = 500;

const quantityMaximum = 1_000_000;
export const skuShape = /^[A-Z0-9][A-Z0-9._-]{0,39}$/;
const columns: Record<string, 'sku' | 'quantity' | 'reference' | 'requestedOn'> = {
  sku: 'sku',
  item: 'sku',
  article: 'sku',
  quantity: 'quantity',
  qty: 'quantity',
  reference: 'reference',
  po: 'reference',
  requested: 'requestedOn',
  'requested on': 'requestedOn',
};

/**
 * A table with a header row; each further row is a line. `rows` are the fields of each row with the line of the file that it begins
 * in. Reference and date may stand in any row and must be the same in all.
 */
export function readOrderTable(rows: readonly { line: number; fields: readonly string[] }[]): ReadOrder {
  const read = emptyOrder();
  const [header, ...body] = rows;
  const names = (header?.fields ?? []).map((name) => columns[name.trim().toLowerCase()]);
  for (const field of ['sku', 'quantity'] as const) {
    const found = names.filter((name) => name === field).length;
    if (found !== 1) fault(read, header?.line ?? 1, field, 'column', `The header needs one column "${field}"; it has ${found}.`);
  }
  if (read.faults.length > 0) return read;
  for (const { line, fields } of body) {
    if (fields.every((field) => field.trim() === '')) continue;
    if (fields.length !== names.length) {
      fault(read, line, 'line', 'columns', `It has ${fields.length} fields where the header has ${names.length}.`);
      continue;
    }
    const value = (name: string) => (fields[names.indexOf(name as 'sku')] ?? '').trim();
    addLine(read, line, value('sku'), value('quantity'));
    setHead(read, line, 'externalReference', names.includes('reference') ? value('reference') : '');
    setHead(read, line, 'requestedOn', names.includes('requestedOn') ? value('requestedOn') : '');
  }
  return atLeastOneLine(read);
}

// What a mail may say besides and still be nothing but an order. In what is let pass by its shape alone, names and signatures, `wish` is looked for.
const wish =
  /(?<!\p{L})(please|cancel\w*|instead|not|don['’]?t|ignore|chang\w+|return\w*|bitte|storn\w*|nicht|statt|kein\w*|ignorier\w*|änder\w*)(?!\p{L})/iu;
const salutation =
  /^(hello|hi|hey|dear|good (morning|afternoon|evening|day)|hallo|moin|liebe[rs]?|sehr geehrte[rs]?|guten (tag|morgen|abend))((?!\p{L}).{0,60})?$/iu;
const ordering =
  /^((please|kindly) (send|deliver|ship)( us| me)?|(we|i) (would like to |want to |hereby )?order|(our|new|purchase)? ?order|bitte (liefern|senden|schicken) sie( uns| mir)?|(hiermit )?(wir|ich) bestellen?( hiermit)?|hiermit bestellen wir|(unsere )?bestellung)( the following| folgendes| folgende)?( items| articles| products| goods| artikel| waren)?( please)?[:.,]?$/iu;
const closing =
  /^((many )?thanks( a lot| in advance)?|thank you( very much| in advance)?|(best|kind|kindest|warm|many)? ?regards|best( wishes)?|yours( sincerely| faithfully| truly)?|sincerely( yours)?|cheers|(vielen |besten |herzlichen )?dank(e)?( im voraus)?|(mit )?(freundlichen?|besten?|vielen?|lieben?|herzlichen?) grü(ß|ss)en?|gru(ß|ss)|mfg|lg)[,.!]*$/iu;

/** Subjects that say that it is no new order, whatever products the mail names. */
const otherMatter =
  /(?<!\p{L})(cancel\w*|storn\w*|widerruf\w*|complaint|reklamation|return|retoure|amend\w*|änderung|quot(e|ation)|anfrage)(?!\p{L})/iu;
const answerSubject = /^\s*(re|aw|fw|fwd|wg|sv|antw)\s*(\[\d+\])?\s*:/i;
const quotation =
  /^\s*(>|-{2,}\s*(original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht)|begin forwarded message:|(on|am)\s.{5,200}\s(wrote|schrieb)\b.*:\s*$)/iu;

/**
 * Why a mail that names products in its own text is for a person to read (O1): it answers or forwards another, or its subject is another
 * matter; undefined where it may be a new order.
 */
export function noNewOrder(mail: { subject: string; text: string; isInReply: boolean }): DocumentFault | undefined {
  const { subject, text, isInReply } = mail;
  const answers = (line: number | null, because: string): DocumentFault => ({
    line,
    field: line === null ? 'mail' : 'line',
    code: 'answers-another',
    detail: `It answers or forwards another mail (${because}): what it names may have been ordered already.`,
  });
  if (isInReply) return answers(null, 'its header refers to one');
  if (answerSubject.test(subject)) return answers(null, 'its subject begins like it');
  const quoted = text.split(/\r\n|\r|\n/).findIndex((line) => quotation.test(line));
  if (quoted >= 0) return answers(quoted + 1, 'it quotes from here on');
  const other = otherMatter.exec(subject)?.[0];
  return other === undefined
    ? undefined
    : {
        line: null,
        field: 'subject',
        code: 'other-matter',
        detail: `Its subject says "${printable(other)}": it may be no order.`,
      };
}

/**
 * Lines of a mail: `Reference: PO-7`, `Requested: 2027-03-01`, and `2 x CHAIR` for each product. A line that begins with a digit or looks
 * like an item and cannot be read is a fault, because leaving it out would be half an order; so are words beyond a greeting, a closing
 * and what orders say, because they may say that it is none. A signature ends it.
 */
export function readOrderText(text: string): ReadOrder {
  const read = emptyOrder();
  let isClosed = false;
  let prose: { line: number; content: string } | undefined;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1;
    const content = raw.trim().replace(/^[-*•]\s+/, '');
    if (content === '--') break;
    const head = /^(reference|po|requested|requested on)\s*:\s*(\S.*)$/i.exec(content);
    const item = /^(\d+)\s*[x×*]\s*(\S+)$/i.exec(content);
    if (head) {
      const field = head[1]!.toLowerCase().startsWith('requested') ? 'requestedOn' : 'externalReference';
      setHead(read, line, field, head[2]!.trim());
    } else if (item) addLine(read, line, item[2]!, item[1]!);
    else if (/^\d|\d\s*[x×*]\s*\S|(^|\s)x\s*\d|[×*]\s*\d/i.test(content) && !content.startsWith('>')) {
      fault(read, line, 'line', 'unreadable', `"${content.slice(0, 60)}" is not of the form "2 x SKU".`);
    } else if (closing.test(content)) isClosed = true;
    else if (content !== '' && !ordering.test(content)) {
      const isPolite = (salutation.test(content) || (isClosed && content.length <= 80)) && !wish.test(content);
      if (!isPolite) prose ??= { line, content };
    }
  }
  if (prose && read.lines.length > 0) {
    const detail = `"${prose.content.slice(0, 60)}" says more than an order: a person reads what is meant.`;
    fault(read, prose.line, 'line', 'prose', detail);
  }
  return atLeastOneLine(read);
}

/** `{"reference": …, "requestedOn": …, "lines": [{"sku": …, "quantity": …}]}`. */
export function readOrderJson(text: string): ReadOrder {
  const read = emptyOrder();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    fault(read, null, 'document', 'json', 'It is not JSON.');
    return read;
  }
  const document = fieldsOf(value);
  const known = new Set(['reference', 'externalReference', 'requestedOn', 'lines']);
  if (!document) fault(read, null, 'document', 'json', 'It must be an object with "lines".');
  for (const name of Object.keys(document ?? {})
    .filter((name) => !known.has(name))
    .slice(0, 20)) {
    fault(read, null, name.slice(0, 60), 'unknown-field', 'There is no such field.');
  }
  setHead(read, null, 'externalReference', asText(document?.externalReference ?? document?.reference));
  setHead(read, null, 'requestedOn', asText(document?.requestedOn));
  const lines = document?.lines;
  if (document && !Array.isArray(lines)) fault(read, null, 'lines', 'json', 'It must be a list.');
  for (const [index, entry] of (Array.isArray(lines) ? lines : []).slice(0, documentLinesMaximum + 1).entries()) {
    const line = fieldsOf(entry);
    if (!line) fault(read, index + 1, 'line', 'json', 'It must be an object with "sku" and "quantity".');
    else addLine(read, index + 1, asText(line.sku), asText(line.quantity));
  }
  return atLeastOneLine(read);
}

/** What strangers wrote, without the characters that neither a database nor a reader takes. */
export const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Surrogate}]/gu, '\u{fffd}');

/** A whole number of units as people write it; undefined for anything else. */
export function unitsOf(text: string): number | undefined {
  const units = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return units >= 1 && units <= quantityMaximum ? units : undefined;
}

const emptyOrder = (): ReadOrder => ({ lines: [], faults: [] });

function fault(read: ReadOrder, line: number | null, field: string, code: string, detail: string): void {
  read.faults.push({ line, field: printable(field), code, detail: printable(detail) });
}

function addLine(read: ReadOrder, line: number, sku: string, quantity: string): void {
  if (read.lines.length === documentLinesMaximum) {
    const isFirst = !read.faults.some(({ code }) => code === 'too-many-lines');
    if (isFirst) fault(read, line, 'line', 'too-many-lines', `An order has at most ${documentLinesMaximum} lines.`);
    return;
  }
  const wanted = sku.trim().toUpperCase();
  const units = unitsOf(quantity.trim());
  const isSku = skuShape.test(wanted);
  if (!isSku) fault(read, line, 'sku', 'sku', `"${sku.slice(0, 60)}" is not a product number.`);
  if (units === undefined)
    fault(read, line, 'quantity', 'quantity', `"${quantity.slice(0, 30)}" is not a whole number of units.`);
  if (isSku && units !== undefined) read.lines.push({ line, sku: wanted, quantity: units });
}

function setHead(read: ReadOrder, line: number | null, field: 'externalReference' | 'requestedOn', value: string): void {
  if (value === '') return;
  if (field === 'requestedOn' && !(isIsoDate(value) && value >= '1970-01-01' && value < '2200-01-01')) {
    fault(read, line, field, 'date', `"${value.slice(0, 30)}" is not a date of the form 2027-03-01.`);
  } else if (/[\p{Cc}\p{Surrogate}]/u.test(value))
    fault(read, line, field, 'text', 'It holds characters that cannot be printed.');
  else if (value.length > 100) fault(read, line, field, 'length', 'It is longer than 100 characters.');
  else if (read[field] !== undefined && read[field] !== value) {
    fault(read, line, field, 'contradiction', `"${value}" here, "${read[field]}" before.`);
  } else read[field] = value;
}

function atLeastOneLine(read: ReadOrder): ReadOrder {
  if (read.lines.length === 0 && read.faults.length === 0) fault(read, null, 'lines', 'no-lines', 'No product was found in it.');
  return read;
}

const fieldsOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

const asText = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
