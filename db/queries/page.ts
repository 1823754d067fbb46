import { Refusal } from '../../domain/failures.ts';

/** Where a page begins and how long it is. Pages walk a key, never an offset, so none of them skips or repeats a row. */
export interface Page {
  /** The key of the last row of the page before. */
  after?: string | undefined;
  limit: number;
}

/**
 * The WHERE of the conditions whose value is given; each text holds one `?` for its value. The last value is the page's
 * limit and one row more, which tells whether there is a next page.
 */
export function filter(conditions: Record<string, unknown>, limit: number): { where: string; limit: string; values: unknown[] } {
  const given = Object.entries(conditions).filter(([, value]) => value !== undefined);
  const texts = given.map(([text], index) => text.replaceAll('?', `$${index + 1}`));
  return {
    where: texts.length > 0 ? `WHERE ${texts.join(' AND ')}` : '',
    limit: `LIMIT $${given.length + 1}`,
    values: [...given.map(([, value]) => value), limit + 1],
  };
}

/** A list's order: by a column (descending with a `-` before it) and then by id, so that what is alike has its place too. */
export interface Sorting {
  /** For ORDER BY. */
  orderBy: string;
  /** The condition that begins after the last row of the page before; its value is that row's cursor. */
  after: string;
}

/** Columns that a list can be sorted by besides its id: how the API calls them, their SQL name and type. */
export type SortColumns<Name extends string> = Record<Name, { column: string; type: 'bigint' | 'date' }>;

const isValueOf = {
  bigint: (text: string) => /^-?\d{1,16}$/.test(text),
  date: (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)),
};

/** Its cursor is the value and the id; one that somebody wrote by hand is refused when no value is in it. */
export function sortBy<Name extends string>(
  columns: SortColumns<Name>,
  sort: Name | `-${Name}` | undefined,
  cursor: string | undefined,
): Sorting {
  if (sort === undefined) return { orderBy: 'id DESC', after: 'id < ?' };
  const [descends, name] = sort.startsWith('-') ? [true, sort.slice(1) as Name] : [false, sort as Name];
  const { column, type } = columns[name];
  if (cursor !== undefined && !isValueOf[type](cursor.split(' ')[0]!)) {
    const faults = [{ path: '/query/after', code: 'unknown-cursor', detail: 'It is no `next` of this list in this order.' }];
    throw new Refusal(400, 'invalid-request', 'There is no such page.', { faults });
  }
  const direction = descends ? 'DESC' : 'ASC';
  return {
    orderBy: `${column} ${direction}, id ${direction}`,
    after: `(${column}, id) ${descends ? '<' : '>'} (split_part(?, ' ', 1)::${type}, split_part(?, ' ', 2))`,
  };
}
