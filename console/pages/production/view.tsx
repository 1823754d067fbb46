import { Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Status } from '../../show/status.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';

type Request = Schema<'ProductionRequest'>;

const filters: Filter[] = [
  {
    id: 'status',
    label: 'Status',
    choices: choicesOf<Request['status']>({ requested: true, started: true, finished: true, cancelled: true }),
  },
  { id: 'orderId', label: 'Order', type: 'text' },
];

const columns: Column<Request>[] = [
  {
    id: 'id',
    header: 'Request',
    width: 'minmax(8rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/production/${id}`} />,
  },
  {
    id: 'orderId',
    header: 'Order',
    width: 'minmax(8rem, 1fr)',
    cell: ({ orderId }) => <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
  { id: 'sku', header: 'Product', width: 'minmax(7rem, 1fr)', cell: ({ sku }) => sku },
  { id: 'quantity', header: 'Units', width: '4rem', align: 'right', cell: ({ quantity }) => quantity.toLocaleString('en') },
  { id: 'status', header: 'Status', width: '7rem', phone: true, cell: ({ status }) => <Status of={status} /> },
  {
    id: 'dueOn',
    header: 'Due',
    width: '8rem',
    phone: true,
    cell: ({ dueOn, missesRequestedDate }) => (
      <span className={missesRequestedDate ? 'warns' : undefined}>
        <Day on={dueOn} />
      </span>
    ),
  },
  {
    id: 'slipped',
    header: 'Slipped from',
    width: '8rem',
    cell: ({ firstDueOn, dueOn }) => firstDueOn !== dueOn && <Day on={firstDueOn} />,
  },
  {
    id: 'requestedOn',
    header: 'Customer wants it',
    width: '9rem',
    cell: ({ requestedOn, missesRequestedDate }) =>
      requestedOn ? (
        <>
          <Day on={requestedOn} /> {missesRequestedDate && <span className="warns">late</span>}
        </>
      ) : (
        <span className="faint">any day</span>
      ),
  },
  { id: 'changedAt', header: 'Changed', width: '7rem', hiddenAtFirst: true, cell: ({ changedAt }) => <Moment at={changedAt} /> },
];

export default function ProductionPage() {
  return (
    <DataTable
      name="production"
      title="Production requests"
      columns={columns}
      filters={filters}
      queryKey={['production']}
      read={({ status, orderId }, after) =>
        ask(
          api.GET('/v1/production-requests', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(status !== undefined && { status: status as Request['status'] }),
                ...(orderId !== undefined && { orderId }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={({ id }) => `/production/${id}`}
      empty={
        <Text>
          Nothing is made to order yet. When a product that is made to order is sold and not in stock, what is missing is
          requested from production here, due after its lead time in business days.
        </Text>
      }
    />
  );
}
