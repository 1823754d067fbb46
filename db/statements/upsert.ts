import { isDeepStrictEqual } from 'node:util';
import type { Actor } from './audit.ts';

/** One thing wrong with one line of a file. */
export interface LineFault {
  line: number;
  field: string;
  code: string;
  detail: string;
}

/** One line of a file, well-formed in itself. What it does not mention is absent from its values. */
export interface ImportLine<Values> {
  line: number;
  values: Values;
}

/** What became of the lines so far; faults are added as they are found. */
export interface ImportRun {
  importId: string;
  /** Everything is checked and nothing is written. */
  dryRun: boolean;
  created: number;
  changed: number;
  unchanged: number;
  faults: LineFault[];
  actor: Actor;
  at: string;
}

export interface Written<Stored> {
  before: Stored | undefined;
  after: Stored;
}

interface Upsert<Values, Stored> {
  keyOf(values: Values): string;
  /** The fields that make the key, for the fault of a line that repeats one. */
  keyField: string;
  /** What there is of these keys; locked, unless it is a dry run. */
  read(values: Values[]): Promise<Map<string, Stored>>;
  /** What the record is to be, or why it cannot be. */
  merge(before: Stored | undefined, values: Values): Stored | Omit<LineFault, 'line'>[];
  write(rows: Written<Stored>[]): Promise<void>;
}

const chunkSize = 2_000;

/** Lines in chunks, sorted by key: two imports at once lock their records in the same order. */
export function* chunksByKey<Values>(lines: ImportLine<Values>[], keyOf: (values: Values) => string) {
  const sorted = lines.map((line) => ({ ...line, key: keyOf(line.values) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  for (let start = 0; start < sorted.length; start += chunkSize) yield sorted.slice(start, start + chunkSize);
}

/** The lines whose key no earlier line has; the others are faults. Which of two is meant is not for us to guess. */
export function withoutRepeats<Values>(
  run: ImportRun,
  lines: ImportLine<Values>[],
  keyOf: (values: Values) => string,
  keyField: string,
): ImportLine<Values>[] {
  const firstLines = new Map<string, number>();
  return lines.filter(({ line, values }) => {
    const key = keyOf(values);
    const first = firstLines.get(key);
    if (first === undefined) firstLines.set(key, line);
    else run.faults.push({ line, field: keyField, code: 'repeated', detail: `Line ${first} is about the same.` });
    return first === undefined;
  });
}

/** Takes lines in as new or changed records. A line that says what is known already changes nothing, so a file can come twice. */
export async function upsert<Values, Stored>(
  run: ImportRun,
  lines: ImportLine<Values>[],
  { keyOf, keyField, read, merge, write }: Upsert<Values, Stored>,
): Promise<void> {
  for (const chunk of chunksByKey(withoutRepeats(run, lines, keyOf, keyField), keyOf)) {
    const known = await read(chunk.map(({ values }) => values));
    const rows: Written<Stored>[] = [];
    for (const { line, values, key } of chunk) {
      const before = known.get(key);
      const after = merge(before, values);
      if (Array.isArray(after)) run.faults.push(...after.map((fault) => ({ line, ...fault })));
      else if (before === undefined) run.created += 1;
      else if (isDeepStrictEqual(before, after)) run.unchanged += 1;
      else run.changed += 1;
      if (!Array.isArray(after) && !isDeepStrictEqual(before, after)) rows.push({ before, after });
    }
    if (rows.length > 0 && !run.dryRun) await write(rows);
  }
}

/** A fault for each of the fields that a new record cannot do without. */
export function missing<Values extends object>(values: Values, fields: (keyof Values & string)[]): Omit<LineFault, 'line'>[] {
  return fields
    .filter((field) => values[field] === undefined)
    .map((field) => ({ field, code: 'required', detail: 'A new record needs it.' }));
}

/** The lock of rows that are about to be changed. */
export const lockFor = ({ dryRun }: ImportRun): string => (dryRun ? '' : 'FOR NO KEY UPDATE');

/** The columns of rows, for unnest. */
export const column = <Row, Value>(rows: Written<Row>[], read: (after: Row) => Value): Value[] =>
  rows.map(({ after }) => read(after));
