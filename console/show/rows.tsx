import type { ReactNode } from 'react';
import { Money } from './money.tsx';
import { usePanelHeadingId } from './panel.tsx';

/** What a column is called; `unseen` where its cells say it by themselves, and only who cannot see them has to be told. */
export type Heading = string | { text: string; align?: 'right' | undefined; unseen?: true };

/** The heading of a column of amounts or counts. */
export const right = (text: string): Heading => ({ text, align: 'right' });

interface RowsProps {
  /** Names it to who cannot see it; absent: the panel that it stands in does. */
  label?: string;
  /** Absent: its rows say themselves what stands in them. */
  headings?: readonly Heading[];
  /** Table rows. Where each is a record of the same columns, `Records` writes them. */
  children: ReactNode;
  /** Rows that sum up the others. */
  foot?: ReactNode;
}

/**
 * A short table within a page, which scrolls sideways on its own where the page is narrow; a long one is a `DataTable`. Rows of four cells
 * or more that name their column (`data-label`) are cards on a phone.
 */
export function Rows({ label, headings, children, foot }: RowsProps) {
  const panelHeadingId = usePanelHeadingId();
  // A group and no region: one landmark more for every table would help nobody.
  const named = { role: 'group', ...(label ? { 'aria-label': label } : { 'aria-labelledby': panelHeadingId }) };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
    <div className="wide" tabIndex={0} {...named}>
      <table className="rows">
        {headings && (
          <thead>
            <tr>
              {headings.map((heading) => {
                const { text, align, unseen } =
                  typeof heading === 'string' ? { text: heading, align: undefined, unseen: undefined } : heading;
                return (
                  <th key={text} scope="col" data-align={align}>
                    {unseen ? <span className="unseen">{text}</span> : text}
                  </th>
                );
              })}
            </tr>
          </thead>
        )}
        <tbody>{children}</tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  );
}

/** A cell of a count or a measure. */
export const DigitsCell = ({ children }: { children: ReactNode }) => (
  <td data-align="right" className="digits">
    {children}
  </td>
);

/** A cell of an amount; null: there is none. `label` is its column's heading, which a phone shows beside it. */
export const MoneyCell = ({ minor, currency, label }: { minor: number | null; currency: string; label?: string }) => (
  <td data-align="right" data-label={label}>
    {minor === null ? null : <Money minor={minor} currency={currency} />}
  </td>
);
