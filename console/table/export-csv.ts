type Cell = string | number | boolean | null | undefined;

// What a spreadsheet would take for a formula, with the apostrophe that guards it or without, as in the API's own files.
const formula = /^'*[=+\-@\t\r]/;

const written = (cell: Cell): string => {
  const text = typeof cell === 'string' && formula.test(cell) ? `'${cell}` : String(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The plain fields of a record under the API's names; those of a record within it are `shipTo.city`. Lists are left out. */
function flat(record: object, within = ''): [string, Cell][] {
  return Object.entries(record).flatMap(([name, value]: [string, unknown]) => {
    if (Array.isArray(value)) return [];
    if (typeof value === 'object' && value !== null) return flat(value, `${within}${name}.`);
    return [[within + name, value as Cell]];
  });
}

/** Records as RFC 4180, a column for every field that any of them has. */
export function asCsv(records: readonly object[]): string {
  const rows = records.map((record) => new Map(flat(record)));
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return [names, ...rows.map((row) => names.map((name) => row.get(name)))]
    .map((cells) => `${cells.map(written).join(',')}\r\n`)
    .join('');
}

/** Leaves a file with the browser, as a link to it would. */
export function saveFile(name: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
