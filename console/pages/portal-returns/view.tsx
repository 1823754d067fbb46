import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { returnStatuses } from '../../parts/return-statuses.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Status } from '../../show/status.tsx';
import { type Column, DataTable, type FilterChoice } from '../../table/data-table.tsx';

type Return = Schema<'Return'>;

const filters: FilterChoice[] = [{ id: 'status', label: 'Status', choices: returnStatuses }];

const columns: Column<Return>[] = [
  {
    id: 'id',
    header: 'Return',
    width: 'minmax(10rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/returns/${id}`} />,
  },
  { id: 'status', header: 'Status', width: '9rem', phone: true, cell: ({ status }) => <Status of={status} /> },
  {
    id: 'units',
    header: 'Units',
    width: '6rem',
    align: 'right',
    phone: true,
    cell: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
  },
  {
    id: 'orderId',
    header: 'Order',
    width: 'minmax(9rem, 1fr)',
    cell: ({ orderId }) => <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
  { id: 'requestedAt', header: 'Requested', width: '8rem', cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
  { id: 'changedAt', header: 'Changed', width: '8rem', cell: ({ changedAt }) => <Moment at={changedAt} /> },
];

export default function PortalReturnsPage() {
  return (
    <DataTable
      name="portal-returns"
      title="Returns"
      columns={columns}
      filters={filters}
      queryKey={['returns']}
      read={({ status }, after) =>
        ask(
          api.GET('/v1/returns', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(status !== undefined && { status: status as Return['status'] }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={({ id }) => `/returns/${id}`}
      empty={
        <Text>
          Nothing was returned. Open a delivered <Link to="/orders">order</Link> and choose “Return goods” beside its shipment;
          the return then stands here until it is credited.
        </Text>
      }
    />
  );
}
