/** What a searched text may mean. */
export interface SearchTerms {
  /** Whole numbers of records, with the prefixes that people leave out. */
  ids: string[];
  /** Somebody else's number, as it was typed and without its spaces. */
  references: string[];
  /** Beginnings of words of a name. */
  words: string[];
  /** The beginning of a customer's id or a SKU. */
  prefix: string;
  /** The amount in minor units, by the number of decimals of a currency. */
  amounts: { digits: number; minor: number }[];
}

const prefixes = ['ORD-', 'SHP-', 'PAY-'];

/** Reads what somebody typed into the search: a number, a reference, a name, an amount (1,250.00 or 1250,00). */
export function readSearchText(text: string): SearchTerms {
  const trimmed = text.trim();
  const upper = trimmed.toUpperCase();
  const compact = trimmed.replaceAll(/\s+/g, '');
  const isNumber = /^\d{1,15}$/.test(compact);
  return {
    ids: [...new Set([upper, ...(isNumber ? prefixes.map((prefix) => prefix + compact) : [])])],
    references: [...new Set([trimmed, compact, compact.toUpperCase()])],
    words: trimmed
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '')
      .slice(0, 6),
    prefix: upper,
    amounts: amountsOf(compact),
  };
}

function amountsOf(text: string): SearchTerms['amounts'] {
  const [, grouped, decimals = ''] = /^(\d{1,3}(?:[,.’']?\d{3})*|\d+)(?:[.,](\d{1,3}))?$/.exec(text) ?? [];
  if (grouped === undefined) return [];
  const whole = grouped.replaceAll(/\D/g, '');
  return [0, 2, 3].flatMap((digits) => {
    const minor = Number(whole + decimals.padEnd(digits, '0'));
    return decimals.length <= digits && Number.isSafeInteger(minor) && minor > 0 ? [{ digits, minor }] : [];
  });
}
