import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

export interface CsvRecord {
  /** Where the record begins in the file, from 1. */
  line: number;
  cells: string[];
}

export interface CsvContent {
  header: CsvRecord | undefined;
  records: CsvRecord[];
  /** Where the quotes are broken. Nothing can be read from there on: what looks like a line may be the inside of a cell. */
  brokenAt: { line: number; detail: string } | undefined;
}

/**
 * Reads RFC 4180, with commas or semicolons, with or without a byte order mark; blank lines are passed over. It reads at most
 * `recordsMaximum` records and one more, which tells that there were too many.
 */
export function readCsv(text: string, recordsMaximum: number): CsvContent {
  // One kind of line end, or a file that mixes them would be miscounted.
  const normalized = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const firstLine = /^\n*([^\n]*)/.exec(normalized)?.[1] ?? '';
  const delimiter = firstLine.split(';').length > firstLine.split(',').length ? ';' : ',';
  const read: CsvRecord[] = [];
  // The parser counts the line in which a record ends.
  let lastLine = 0;
  let brokenAt: CsvContent['brokenAt'];
  try {
    parse(normalized, {
      delimiter,
      recordDelimiter: '\n',
      relaxColumnCount: true,
      maxRecordSize: 100_000,
      onRecord(cells: string[], { lines }) {
        const line = lastLine + 1;
        lastLine = lines;
        const isBlank = cells.length === 1 && cells[0] === '';
        // The header, the records, and one too many.
        if (!isBlank && read.length < recordsMaximum + 2) read.push({ line, cells });
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const detail =
      error.code === 'CSV_MAX_RECORD_SIZE'
        ? 'The record is too long; perhaps a quote is missing.'
        : 'A cell that begins with a quote ends with one, and quotes inside it are doubled. Nothing is read from here on.';
    brokenAt = { line: lastLine + 1, detail };
  }
  const [header, ...records] = read;
  return { header, records, brokenAt };
}

// What a spreadsheet would take for a formula, with the apostrophe that guards it or without.
const formula = /^'*[=+\-@\t\r]/;

/** Cells that a spreadsheet would calculate are guarded by an apostrophe; `unguard` takes it off again. */
export const guard = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);
export const unguard = (cell: string): string => (cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell);

/** Rows as RFC 4180, with guarded cells; null and undefined are empty cells. */
export function writeCsv(rows: readonly (string | number | boolean | null | undefined)[][]): string {
  return stringify([...rows], { record_delimiter: 'windows', quoted_match: /[\r\n]/, cast: { string: guard, boolean: String } });
}
