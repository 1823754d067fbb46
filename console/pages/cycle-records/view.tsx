import { Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { inDays, periodFilters, usePeriod } from '../../show/period-fields.tsx';
import { inWords } from '../../show/status.tsx';
import { type Column, DataTable } from '../../table/data-table.tsx';

type Row = Schema<'CycleRecord'>;

// A quote has no page of its own: its order tells of it.
const placeOf: Record<string, (row: Row) => string> = {
  'sales-cycle': ({ orderId }) => `/orders/${orderId}`,
  'dispute-resolution': ({ id }) => `/disputes/${id}`,
  'return-resolution': ({ id }) => `/returns/${id}`,
};

/** What is counted of a cycle, the longest first. */
export default function CycleRecordsPage() {
  const cycle = (useParams({ strict: false }).cycle ?? '') as 'onboarding';
  const query = usePeriod();
  const addressOf = placeOf[cycle] ?? (({ customerId }: Row) => `/customers/${customerId}`);
  const columns: Column<Row>[] = [
    {
      id: 'id',
      header: 'Record',
      width: 'minmax(9rem, 1fr)',
      phone: true,
      cell: (row) => <Identifier id={row.id} to={addressOf(row)} />,
    },
    { id: 'customer', header: 'Customer', width: 'minmax(8rem, 1fr)', cell: ({ customerId }) => customerId },
    {
      id: 'order',
      header: 'Order',
      width: 'minmax(8rem, 1fr)',
      cell: ({ orderId }) => orderId && <Identifier id={orderId} to={`/orders/${orderId}`} />,
    },
    { id: 'began', header: 'Began', width: '9rem', cell: ({ beganAt }) => <Moment at={beganAt} /> },
    { id: 'ended', header: 'Ended', width: '9rem', phone: true, cell: ({ endedAt }) => <Moment at={endedAt} /> },
    {
      id: 'hours',
      header: 'Time',
      width: '8rem',
      align: 'right',
      phone: true,
      cell: ({ hours }) => <span className="digits">{inDays(hours)}</span>,
    },
  ];
  return (
    <DataTable
      name="cycle-records"
      title={`${inWords(cycle)}: the longest first`}
      above={<Link to="/process/cycles">To the cycles</Link>}
      columns={columns}
      filters={periodFilters}
      queryKey={['cycles', cycle, 'records', query]}
      read={(_, after) =>
        ask(
          api.GET('/v1/reports/cycles/{cycle}/records', {
            params: { path: { cycle }, query: { ...query, limit: 100, ...after } },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={addressOf}
      csv={`/v1/reports/cycles/${encodeURIComponent(cycle)}/records.csv?${new URLSearchParams(query)}`}
      empty={<Text>Nothing of this kind ended in the last thirty days.</Text>}
    />
  );
}
