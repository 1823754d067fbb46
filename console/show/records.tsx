import type { ReactNode } from 'react';

export interface RecordsColumn<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  align?: 'right';
}

interface RecordsProps<Row> {
  /** To who cannot see it. */
  label: string;
  columns: readonly RecordsColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** What will stand here, and how it comes. */
  empty: ReactNode;
}

/** A few records of a page; lists of their own are a `DataTable`. */
export function Records<Row>({ label, columns, rows, keyOf, empty }: RecordsProps<Row>) {
  if (rows.length === 0) return <div className="faint">{empty}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
    <section className="wide" tabIndex={0} aria-label={`Table: ${label}`}>
      <table className="rows">
        <thead>
          <tr>
            {columns.map(({ header, align }) => (
              <th key={header} scope="col" data-align={align}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ header, align, cell }) => (
                <td key={header} data-align={align}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
