import { Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { inDays, periodFilters, usePeriod } from '../../show/period-fields.tsx';
import { inWords } from '../../show/status.tsx';
import { type Column, DataTable } from '../../table/data-table.tsx';
import { useFilters } from '../../table/filters.ts';

type Row = Schema<'FinishedWork'>;

const columns: Column<Row>[] = [
  {
    id: 'id',
    header: 'Task or shipment',
    width: 'minmax(9rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} {...(id.startsWith('SHP-') && { to: `/shipments/${id}` })} />,
  },
  {
    id: 'order',
    header: 'Order',
    width: 'minmax(8rem, 1fr)',
    cell: ({ orderId }) => orderId && <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
  { id: 'customer', header: 'Customer', width: 'minmax(8rem, 1fr)', cell: ({ customerId }) => customerId ?? '' },
  { id: 'came', header: 'There since', width: '9rem', cell: ({ cameAt }) => <Moment at={cameAt} /> },
  { id: 'taken', header: 'Taken on', width: '9rem', cell: ({ takenAt }) => takenAt && <Moment at={takenAt} /> },
  { id: 'done', header: 'Done', width: '9rem', phone: true, cell: ({ doneAt }) => <Moment at={doneAt} /> },
  {
    id: 'hours',
    header: 'Time',
    width: '8rem',
    align: 'right',
    phone: true,
    cell: ({ hours }) => <span className="digits">{inDays(hours)}</span>,
  },
];

/** What a person finished of a kind of work, what took longest first. */
export default function PersonWorkPage() {
  const actor = useParams({ strict: false }).actor ?? '';
  const [{ work = 'pick' }] = useFilters();
  const query = { actor, work: work as 'pick', ...usePeriod() };
  return (
    <DataTable
      name="person-work"
      title={`${inWords(work)} by ${actor}`}
      above={<Link to="/process/people">To everybody’s work</Link>}
      columns={columns}
      filters={periodFilters}
      queryKey={['time-by-person', query]}
      read={(_, after) => ask(api.GET('/v1/reports/people/work', { params: { query: { ...query, limit: 100, ...after } } }))}
      idOf={({ id, doneAt }) => `${id} ${doneAt}`}
      csv={`/v1/reports/people/work.csv?${new URLSearchParams(query)}`}
      empty={<Text>Nothing of this was finished in the last thirty days.</Text>}
    />
  );
}
