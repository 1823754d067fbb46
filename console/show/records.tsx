import type { ReactNode } from 'react';
import { Rows } from './rows.tsx';

export interface RecordsColumn<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  align?: 'right';
}

/** A column of counts and times. */
export const digits = <Row,>(header: string, of: (row: Row) => string | number): RecordsColumn<Row> => ({
  header,
  align: 'right',
  cell: (row) => <span className="digits">{of(row)}</span>,
});

export interface RecordsProps<Row> {
  /** Names it to who cannot see it; absent: the panel that it stands in does. */
  label?: string;
  columns: readonly RecordsColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** What will stand here, and how it comes. */
  empty: ReactNode;
}

/**
 * `Rows` of records by their columns, and what to say when there are none; lists of their own are a `DataTable`. Where they have four
 * columns or more, a phone shows each as a card of its fields.
 */
export function Records<Row>({ label, columns, rows, keyOf, empty }: RecordsProps<Row>) {
  if (rows.length === 0) return <div className="faint">{empty}</div>;
  return (
    <Rows {...(label && { label })} headings={columns.map(({ header, align }) => ({ text: header, align }))}>
      {rows.map((row) => (
        <tr key={keyOf(row)}>
          {columns.map(({ header, align, cell }) => (
            <td key={header} data-align={align} data-label={header}>
              {cell(row)}
            </td>
          ))}
        </tr>
      ))}
    </Rows>
  );
}
