import { Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Money } from '../../show/money.tsx';
import { inDays, periodFilters } from '../../show/period-fields.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { type Column, DataTable, type FilterChoice, type FilterEntry } from '../../table/data-table.tsx';
import { useFilters } from '../../table/filters.ts';

type Row = Schema<'OrderInStage'>;

const filters: (FilterChoice | FilterEntry)[] = [
  {
    id: 'show',
    label: 'Left it in the period',
    choices: [
      { value: 'standing', label: 'Stand there, or stood at the end of days that are past' },
      { value: 'left', label: 'Left it in the period' },
    ],
  },
  { id: 'sku', label: 'Product', type: 'text' },
  ...periodFilters,
];
const columns: Column<Row>[] = [
  {
    id: 'order',
    header: 'Order',
    width: 'minmax(9.5rem, 1fr)',
    phone: true,
    cell: ({ orderId }) => <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
  { id: 'customer', header: 'Customer', width: 'minmax(8rem, 1fr)', cell: ({ customerId }) => customerId },
  { id: 'status', header: 'Status', width: 'minmax(9rem, 1fr)', cell: ({ status }) => <Status of={status} /> },
  {
    id: 'hours',
    header: 'Time there',
    width: '8rem',
    align: 'right',
    phone: true,
    cell: ({ hours }) => <span className="digits">{inDays(hours)}</span>,
  },
  {
    id: 'amount',
    header: 'Amount',
    width: '9rem',
    align: 'right',
    phone: true,
    cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
  },
];

export default function ProcessStagePage() {
  const stage = (useParams({ strict: false }).stage ?? '') as 'order';
  const [search] = useFilters();
  const wanted = Object.fromEntries(filters.flatMap(({ id }) => (search[id] === undefined ? [] : [[id, search[id]]])));
  return (
    <DataTable
      name="stage"
      title={`${inWords(stage)}: the longest there first`}
      above={
        <Link to="/process" search={{ ...(search.from && { from: search.from }), ...(search.to && { to: search.to }) } as never}>
          To the process map
        </Link>
      }
      columns={columns}
      filters={filters}
      queryKey={['process-map', stage, 'orders']}
      read={(chosen, after) =>
        ask(
          api.GET('/v1/process-map/{stage}/orders', {
            params: { path: { stage }, query: { ...chosen, limit: 100, ...after } as never },
          }),
        )
      }
      idOf={({ orderId }) => orderId}
      addressOf={({ orderId }) => `/orders/${orderId}`}
      csv={`/v1/process-map/${encodeURIComponent(stage)}/orders.csv?${new URLSearchParams(wanted)}`}
      empty={
        <Text>No order is here for these days: those that left the stage, and those that stand in it, are one filter apart.</Text>
      }
    />
  );
}
