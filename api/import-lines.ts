import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import type { ImportLine, LineFault } from '../db/statements/upsert.ts';
import { electronicAddressSchemes } from '../domain/e-invoice.ts';
import { Refusal } from '../domain/failures.ts';
import { readDiscounts, readInstalments } from '../domain/invoice.ts';
import type { SentFile } from './contract.ts';
import { readCsv, unguard } from './csv.ts';
import { faultsOf } from './problem.ts';
import {
  amountMinor,
  country,
  currency,
  customerId,
  dunningPolicyCode,
  email,
  isoDate,
  language,
  positiveMinor,
  priceListId,
  quantity,
  segment,
  sku,
  taxCategory,
  taxRate,
  terms,
  text,
  warehouseId,
  weightGrams,
} from './schemas.ts';

export const linesMaximum = 10_000;

/*
 * The fields of a line, the same in a CSV file and in a JSON array. What is optional may be left out of a line: it stays as it is,
 * and a new record says what it misses. Null, which only JSON can say, empties a field.
 */
const optional = <Fields extends Record<string, z.ZodType>>(fields: Fields) => z.object(fields).partial().shape;

/** A list in one field: its text must read as what the API takes. */
const written = (read: (text: string) => unknown, schema: z.ZodType, message: string) =>
  text(400)
    .refine((value) => schema.safeParse(read(value)).success, message)
    .nullable();

export const productLine = z
  .strictObject({ sku, ...optional({ name: text(200), taxCategory, taxRate, weightGrams }) })
  .meta({ id: 'ProductLine' });

export const customerLine = z
  .strictObject({
    id: customerId,
    ...optional({
      name: text(200),
      taxId: text(40).nullable(),
      registrationNumber: text(60).nullable(),
      // A string first: what a cell of digits is read as is asked of the field's type.
      electronicAddressScheme: z.string().pipe(z.enum(electronicAddressSchemes)).nullable(),
      electronicAddressId: text(50).nullable(),
      buyerReference: text(60).nullable(),
      eInvoices: z.boolean(),
      email,
      currency,
      segment: segment.nullable(),
      language: language.nullable(),
      dunningPolicy: dunningPolicyCode.nullable(),
      backOrderAllowed: z.boolean(),
      termsKind: terms.shape.kind,
      termsDays: terms.shape.days,
      termsEndOfMonth: z.boolean(),
      termsMonths: terms.shape.months.unwrap(),
      termsDaysAfterEndOfMonth: terms.shape.daysAfterEndOfMonth.unwrap(),
      termsInstalments: written(
        readInstalments,
        terms.shape.instalments,
        "Shares and days such as '0.3/30 0.7/90', which make 1.",
      ),
      termsDiscounts: written(readDiscounts, terms.shape.discounts, "Rates and days such as '0.02/10 0.01/20'."),
      billingName: text(200),
      billingStreet: text(200),
      billingCity: text(100),
      billingPostalCode: text(20),
      billingCountry: country,
    }),
  })
  .meta({ id: 'CustomerLine' });

export const priceLine = z
  .strictObject({
    sku,
    ...optional({ priceListId, minimumQuantity: quantity, currency }),
    unitPriceMinor: amountMinor.nullable().meta({ description: 'Null takes the price off its price list.' }),
  })
  .meta({ id: 'PriceLine' });

export const stockLine = z
  .strictObject({
    kind: z.enum(['opening', 'received', 'counted']),
    reference: text(100).meta({ description: 'The delivery note or count sheet; once per product and warehouse.' }),
    sku,
    warehouseId,
    quantity: z.int().min(0).max(1_000_000),
    ...optional({ unitCostMinor: amountMinor }),
  })
  .refine((line) => line.kind === 'counted' || line.quantity > 0, { path: ['quantity'], message: 'Must be at least 1.' })
  .meta({ id: 'StockLine' });

export const openItemLine = z
  .strictObject({
    kind: z.enum(['invoice', 'credit']),
    customerId,
    reference: text(100).meta({ description: 'The number in the system before this one; once per customer.' }),
    issuedOn: isoDate,
    ...optional({ dueOn: isoDate }),
    currency,
    grossMinor: positiveMinor,
    openMinor: positiveMinor,
  })
  .meta({ id: 'OpenItemLine' });

export interface ReadLines<Values> {
  lines: ImportLine<Values>[];
  faults: LineFault[];
  lineCount: number;
}

/**
 * Reads a file line by line: those that are well-formed, and every fault of the others. A file that cannot be read as a whole
 * (no UTF-8, no header, an unknown column, too long) is refused as a whole.
 */
export function readLines<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  file: SentFile,
): ReadLines<z.output<z.ZodObject<Shape>>> {
  if (file.bytes.length === 0) throw refused(400, 'empty-file', 'There is nothing in the file.');
  if (!isUtf8(file.bytes)) throw refused(400, 'malformed-file', 'The file is not UTF-8; save it as UTF-8 and send it again.');
  const content = file.bytes.toString('utf8');
  const { rows, faults } = file.contentType === 'application/json' ? readJsonRows(content) : readCsvRows(schema, content);
  const broken = new Set(faults.map(({ line }) => line)).size;
  if (rows.length + broken > linesMaximum) {
    throw refused(422, 'too-many-lines', `More than ${linesMaximum} lines; send them in several files.`);
  }
  const lines: ImportLine<z.output<z.ZodObject<Shape>>>[] = [];
  for (const { line, sent } of rows) {
    const parsed = schema.safeParse(sent);
    if (parsed.success) lines.push({ line, values: parsed.data });
    else faults.push(...faultsOf(parsed.error, '', sent).map(({ path, ...fault }) => ({ line, field: path.slice(1), ...fault })));
  }
  return { lines, faults, lineCount: rows.length + broken };
}

const refused = (status: number, type: string, detail: string) => new Refusal(status, type, detail);

interface Rows {
  rows: { line: number; sent: unknown }[];
  faults: LineFault[];
}

function readJsonRows(content: string): Rows {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch {
    throw refused(400, 'malformed-json', 'The body is not JSON.');
  }
  if (!Array.isArray(parsed)) throw refused(400, 'invalid-request', 'Send an array with one object for each line.');
  if (parsed.length === 0) throw refused(400, 'empty-file', 'There is nothing in the file.');
  return { rows: parsed.map((sent, index) => ({ line: index + 1, sent })), faults: [] };
}

function readCsvRows(schema: z.ZodObject, content: string): Rows {
  const { header, records, brokenAt } = readCsv(content, linesMaximum);
  if (!header) throw refused(400, 'empty-file', brokenAt ? `Line 1: ${brokenAt.detail}` : 'There is nothing in the file.');
  const names = header.cells.map((cell) => cell.trim());
  checkHeader(schema, names, header.line);
  const faults: LineFault[] = brokenAt
    ? [{ line: brokenAt.line, field: '', code: 'broken-quotes', detail: brokenAt.detail }]
    : [];
  const rows: Rows['rows'] = [];
  for (const { line, cells } of records) {
    if (cells.length === names.length) rows.push({ line, sent: toObject(schema, names, cells) });
    else {
      const detail = `The line has ${cells.length} cells, the header ${names.length}.`;
      faults.push({ line, field: '', code: 'columns', detail });
    }
  }
  return { rows, faults };
}

/** A column that nobody knows is most likely a misspelt one, so that nothing of the file is taken before it is put right. */
function checkHeader(schema: z.ZodObject, names: string[], line: number): void {
  const known = Object.keys(schema.shape);
  const faults = names.flatMap((name, index) => {
    const path = `/${line}/${name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!known.includes(name)) return [{ path, code: 'unknown-field', detail: `The columns are ${known.join(', ')}.` }];
    if (names.indexOf(name) !== index) return [{ path, code: 'repeated', detail: 'The column stands there twice.' }];
    return [];
  });
  for (const name of known) {
    if (!names.includes(name) && !schema.shape[name]!.safeParse(undefined).success) {
      faults.push({ path: `/${line}/${name}`, code: 'required', detail: 'The column is missing.' });
    }
  }
  if (faults.length > 0) {
    throw new Refusal(422, 'invalid-header', 'The first line of the file does not name the columns that this import has.', {
      faults: faults.slice(0, 100),
    });
  }
}

/** An empty cell says nothing. What is a number or a yes or no by its field is read as one, where it can be. */
function toObject(schema: z.ZodObject, names: string[], cells: string[]): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  for (const [index, name] of names.entries()) {
    const cell = unguard(cells[index]!.trim());
    if (cell === '') continue;
    if (/^-?\d{1,15}$/.test(cell) && takes(schema, name, 0)) sent[name] = Number(cell);
    else if (/^(true|false)$/i.test(cell) && takes(schema, name, true)) sent[name] = cell.toLowerCase() === 'true';
    else sent[name] = cell;
  }
  return sent;
}

const kinds = new WeakMap<z.ZodType, Map<unknown, boolean>>();

/** Whether the field is one for values like the sample, whatever its limits. */
function takes(schema: z.ZodObject, name: string, sample: 0 | true): boolean {
  const field = schema.shape[name] as z.ZodType;
  const known = kinds.get(field) ?? new Map<unknown, boolean>();
  kinds.set(field, known);
  const found = known.get(sample) ?? !field.safeParse(sample).error?.issues.some((issue) => issue.code === 'invalid_type');
  known.set(sample, found);
  return found;
}
