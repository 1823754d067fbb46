import { formatMoney } from '../domain/money.ts';

/** How the story looks on the terminal: amounts, dates, headings, lines. */

const width = 110;
const bold = (text: string): string => (process.stdout.isTTY ? `\x1b[1m${text}\x1b[22m` : text);

export const money = (amountMinor: number, currency: string): string => formatMoney({ currency, amountMinor });

/** 'Fri 4 Dec 2026', as people in the company's time zone read it. */
export function day(at: string | number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  return parts.format(new Date(at)).replace(',', '');
}

export function time(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** A calendar date of the API, '2026-12-04', in the same words as an instant. */
export const dateInWords = (date: string): string => day(`${date}T12:00:00Z`, 'UTC');

/** The local date of an instant as the API writes it. */
export const isoDate = (at: string | number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(at));

export function heading(text: string): void {
  process.stdout.write(`\n${bold(text)}\n`);
}

/** A paragraph: later rows stand under the first, after its margin. */
export function line(text: string, margin = '  '): void {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    if (row && margin.length + row.length + 1 + word.length > width) {
      rows.push(row);
      row = '';
    }
    row = row ? `${row} ${word}` : word;
  }
  const [first, ...rest] = [...rows, row];
  process.stdout.write([margin + first, ...rest.map((text) => ' '.repeat(margin.length) + text), ''].join('\n'));
}

/** Columns of a table; those that hold amounts are aligned to the right. */
export function table(rows: string[][], rightFrom = 1): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) {
    const cells = row.map((cell, column) => (column < rightFrom ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)));
    process.stdout.write(`  ${cells.join('   ').trimEnd()}\n`);
  }
}

/** Something under way, on a terminal only; the next one, or any line after `doing('')`, takes its place. */
export function doing(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K${text}`);
}
