import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { NoAnswer } from '../../shell/broken-page.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { inWords } from '../../show/status.tsx';
import { Reissue } from './actions.tsx';

type Breakdown = Schema<'Breakdown'>;
type Hop = Breakdown['findings'][number]['hop'];

const hops: { hop: Hop; label: string }[] = [
  { hop: 'order', label: 'Order' },
  { hop: 'approval', label: 'Approval' },
  { hop: 'pick', label: 'Pick' },
  { hop: 'ship', label: 'Ship' },
  { hop: 'invoice', label: 'Invoice' },
];

/** `/lines/1/unitPriceMinor` as people say it: line 1, unit price. */
const fieldInWords = (path: string) =>
  path
    .split('/')
    .filter((part) => part !== '')
    .map((part) =>
      part === 'lines' ? 'line' : part.replace(/Minor$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    )
    .join(' ')
    .replace(/^line (\d+) /, 'line $1, ');

/** What stands in a field: an amount by its field's name, else a word, number or record. */
function Value({ of, field, currency }: { of: unknown; field: string; currency: string }) {
  if (of === null || of === undefined) return <span className="faint">nothing</span>;
  if (typeof of === 'number' && field.endsWith('Minor')) return <Money minor={of} currency={currency} />;
  if (typeof of === 'object')
    return (
      <span>
        {Object.entries(of).map(([name, part], index) => (
          <Fragment key={name}>
            {index > 0 && ', '}
            <Value of={part} field={name} currency={currency} />
          </Fragment>
        ))}
      </span>
    );
  return <span className="digits">{typeof of === 'string' ? of : JSON.stringify(of)}</span>;
}

/** Where order, approval, pick, shipment and invoice diverge first, and what puts it right (A2). */
export function Finder({ invoice, mayReissue }: { invoice: Schema<'Invoice'>; mayReissue: boolean }) {
  const { id, currency } = invoice;
  const found = useQuery({
    queryKey: ['invoice', id, 'breakdown'],
    queryFn: () => ask(api.GET('/v1/invoices/{id}/breakdown', { params: { path: { id } } })),
  });
  if (found.isError) return <NoAnswer error={found.error} again={() => void found.refetch()} />;
  if (!found.data) return <Panel title="Breakdown">Comparing…</Panel>;
  const { findings, suggestion, revisedInvoiceId, provenance } = found.data;
  const first = findings[0];
  const firstAt = hops.findIndex(({ hop }) => hop === first?.hop);
  return (
    <Panel title="Breakdown">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and must do so by keyboard too. */}
      <ol className="lane" tabIndex={0} aria-label="From the order to the invoice">
        {hops.map(({ hop, label }, index) => {
          const wrong = findings.filter((finding) => finding.hop === hop);
          const state =
            index === firstAt ? 'stopped' : wrong.length > 0 ? 'now' : firstAt >= 0 && index > firstAt ? 'ahead' : 'done';
          return (
            <li key={hop} data-state={state} aria-current={index === firstAt ? 'step' : undefined}>
              {label}
              <span>
                {index === firstAt
                  ? 'diverges first'
                  : wrong.length > 0
                    ? 'diverges too'
                    : state === 'done'
                      ? 'agrees'
                      : 'follows it'}
              </span>
            </li>
          );
        })}
      </ol>
      {first === undefined ? (
        <Text mt="sm">Order, approval, pick, shipment and invoice say the same of every field.</Text>
      ) : (
        <>
          <Text mt="sm" mb="xs">
            <b>{inWords(first.hop)}</b> is where it went wrong first
            {first.actor !== null && (
              <>
                {', by '}
                <b>{first.actor}</b>
              </>
            )}
            {first.at !== null && (
              <>
                {' '}
                <Moment at={first.at} />
              </>
            )}
            .
          </Text>
          <Records
            label="What diverges"
            rows={findings}
            keyOf={({ hop, field }) => `${hop} ${field}`}
            empty=""
            columns={[
              { header: 'Hop', cell: ({ hop }) => inWords(hop) },
              { header: 'Field', cell: ({ field }) => fieldInWords(field) },
              { header: 'Should be', cell: ({ expected, field }) => <Value of={expected} field={field} currency={currency} /> },
              { header: 'Is', cell: ({ found: is, field }) => <Value of={is} field={field} currency={currency} /> },
              {
                header: 'By',
                cell: ({ actor, at }) => (
                  <>
                    {actor ?? ''} {at && <Moment at={at} />}
                  </>
                ),
              },
            ]}
          />
        </>
      )}
      {revisedInvoiceId !== null && (
        <Text mt="sm">
          It was credited, and{' '}
          <Anchor underline="always" component={Link} to={`/invoices/${revisedInvoiceId}`}>
            {revisedInvoiceId}
          </Anchor>{' '}
          took its place.
        </Text>
      )}
      {suggestion !== null && mayReissue && (
        <div style={{ marginTop: '0.75rem' }}>
          <Reissue invoice={invoice} suggestion={suggestion} />
        </div>
      )}
      <details style={{ marginTop: '0.75rem' }}>
        <summary>Where each of {provenance.length} fields comes from</summary>
        <Records
          label="Sources"
          rows={provenance}
          keyOf={({ field }) => field}
          empty=""
          columns={[
            { header: 'Field', cell: ({ field }) => fieldInWords(field) },
            { header: 'Value', cell: ({ value, field }) => <Value of={value} field={field} currency={currency} /> },
            { header: 'Source', cell: ({ source }) => `${inWords(source.event)}: ${source.reference}` },
            { header: 'What was made of it', cell: ({ transform }) => transform },
          ]}
        />
      </details>
    </Panel>
  );
}
