import { Button, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { withDays } from '../../show/days.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { periodFilters } from '../../show/period-fields.tsx';
import { plainly } from '../../show/plainly.ts';
import { Rows } from '../../show/rows.tsx';
import { inWords } from '../../show/status.tsx';
import { type Column, DataTable, type FilterEntry } from '../../table/data-table.tsx';

type Entry = Schema<'TimelineEntry'>;

const filters: FilterEntry[] = [
  { id: 'actor', label: 'Person', type: 'text' },
  { id: 'action', label: 'Action', type: 'text' },
  { id: 'customerId', label: 'Customer', type: 'text' },
  { id: 'orderId', label: 'Order', type: 'text' },
  { id: 'invoiceId', label: 'Invoice', type: 'text' },
  ...periodFilters,
];

export default function AuditPage() {
  const [open, setOpen] = useState<Entry>();
  const columns: Column<Entry>[] = [
    { id: 'at', header: 'When', width: '8rem', phone: true, cell: ({ at }) => <Moment at={at} /> },
    {
      id: 'actor',
      header: 'Who',
      width: 'minmax(7rem, 0.8fr)',
      phone: true,
      cell: ({ actor, actorVerified }) => (actorVerified ? actor : `${actor} (unverified)`),
    },
    {
      id: 'summary',
      header: 'What',
      width: 'minmax(14rem, 3fr)',
      phone: true,
      cell: (entry) => (
        <Button
          variant="transparent"
          color="gray"
          size="compact-sm"
          px={0}
          className="cell-button"
          onClick={() => setOpen(entry)}
        >
          {withDays(entry.summary)}
        </Button>
      ),
    },
    { id: 'reason', header: 'Why', width: 'minmax(8rem, 1fr)', cell: ({ reason }) => reason ?? '' },
    {
      id: 'subject',
      header: 'About',
      width: 'minmax(10rem, 1fr)',
      cell: ({ orderId, invoiceId, customerId }) =>
        orderId ? (
          <Identifier id={orderId} to={`/orders/${orderId}`} />
        ) : invoiceId ? (
          <Identifier id={invoiceId} to={`/invoices/${invoiceId}`} />
        ) : (
          customerId && <Identifier id={customerId} to={`/customers/${customerId}`} />
        ),
    },
    { id: 'action', header: 'Action', width: 'minmax(9rem, 1fr)', hiddenAtFirst: true, cell: ({ action }) => inWords(action) },
    { id: 'policy', header: 'Policy', width: '8rem', hiddenAtFirst: true, cell: ({ policyVersion }) => policyVersion ?? '' },
  ];
  return (
    <>
      <DataTable
        name="audit"
        title="Audit log"
        columns={columns}
        filters={filters}
        queryKey={['audit']}
        read={(wanted, after) => ask(api.GET('/v1/audit', { params: { query: { ...wanted, limit: 100, ...after } } }))}
        idOf={({ sequence }) => String(sequence)}
        empty={
          <Text>Nothing has been changed yet. Every change, by a person or by the system, writes one row here for good.</Text>
        }
      />
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open?.summary}
        size="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {open && <Details entry={open} />}
      </Modal>
    </>
  );
}

function Details({ entry }: { entry: Entry }) {
  const before = fieldsOf(entry.before);
  const after = fieldsOf(entry.after);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <Stack gap="sm">
      <dl className="facts">
        <dt>When</dt>
        <dd>
          <Moment at={entry.at} />
        </dd>
        <dt>Who</dt>
        <dd>{entry.actor}</dd>
        <dt>Action</dt>
        <dd>{inWords(entry.action)}</dd>
        {entry.reason && (
          <>
            <dt>Why</dt>
            <dd>{entry.reason}</dd>
          </>
        )}
        {entry.policyVersion && (
          <>
            <dt>Policy</dt>
            <dd>{entry.policyVersion}</dd>
          </>
        )}
        <dt>Number</dt>
        <dd className="digits">{entry.sequence}</dd>
      </dl>
      {names.length > 0 && (
        <Rows label="What changed" headings={['Field', 'Before', 'After']}>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="value">{plainly(before[name])}</td>
              <td className="value">{plainly(after[name])}</td>
            </tr>
          ))}
        </Rows>
      )}
    </Stack>
  );
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : value === null || value === undefined
      ? {}
      : { value };
