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
