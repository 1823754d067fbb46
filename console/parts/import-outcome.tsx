import { Text } from '@mantine/core';
import type { Schema } from '../api/client.ts';
import { DigitsCell, Rows, right } from '../show/rows.tsx';

const shownMaximum = 500;

/** What becomes, or became, of the lines of a file, and every fault by line and field. */
export function ImportOutcome({ result, dry }: { result: Omit<Schema<'ImportResult'>, 'id'>; dry: boolean }) {
  const { lineCount, createdCount, changedCount, unchangedCount, rejectedCount, faultCount, faults } = result;
  const figures = [
    ['Lines', lineCount],
    [dry ? 'Would be new' : 'New', createdCount],
    [dry ? 'Would change' : 'Changed', changedCount],
    ['As before', unchangedCount],
    [dry ? 'Would be left out' : 'Left out', rejectedCount],
  ] as const;
  return (
    <>
      <dl className="facts sums">
        {figures.map(([name, figure]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{figure.toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      {faults.length > 0 && (
        <>
          <Text fw={600} mt="sm">
            {faultCount.toLocaleString('en')} {faultCount === 1 ? 'fault' : 'faults'}
            {faultCount > Math.min(faults.length, shownMaximum) && `, the first ${Math.min(faults.length, shownMaximum)} of them`}
          </Text>
          <Rows label="Faults" headings={[right('Line'), 'Field', 'What is wrong']}>
            {faults.slice(0, shownMaximum).map(({ line, field, code, detail }) => (
              <tr key={`${line} ${field} ${code}`}>
                <DigitsCell>{line}</DigitsCell>
                <td>
                  <code>{field}</code>
                </td>
                <td>{detail}</td>
              </tr>
            ))}
          </Rows>
        </>
      )}
    </>
  );
}
