import type { ReactNode } from 'react';

export interface Heading {
  text: string;
  align?: 'right';
}

/** A short table within a page, with its headings; a long one is a `DataTable`. */
export function Rows({
  name,
  headings,
  children,
}: {
  name: string;
  headings: readonly (Heading | string)[];
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
    <section className="wide" tabIndex={0} aria-label={`${name}, as a table`}>
      <table className="rows">
        <thead>
          <tr>
            {headings.map((heading) => {
              const { text, align } = typeof heading === 'string' ? { text: heading, align: undefined } : heading;
              return (
                <th key={text} scope="col" data-align={align}>
                  {text}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
