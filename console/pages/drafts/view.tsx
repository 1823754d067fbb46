import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';

type Draft = Schema<'Draft'>;

const filters: Filter[] = [{ id: 'customerId', label: 'Customer', type: 'text' }];
const addressOf = ({ id, orderId }: Draft) => (orderId === null ? `/order-entry?draft=${id}` : `/orders/${orderId}`);

const columns: Column<Draft>[] = [
  {
    id: 'id',
    header: 'Draft',
    width: 'minmax(8rem, 1fr)',
    phone: true,
    cell: (draft) => <Identifier id={draft.id} to={addressOf(draft)} />,
  },
  { id: 'customerId', header: 'Customer', width: 'minmax(8rem, 1.2fr)', phone: true, cell: ({ customerId }) => customerId },
  { id: 'note', header: 'Note', width: 'minmax(8rem, 2fr)', cell: ({ note }) => note },
  { id: 'lines', header: 'Lines', width: '5rem', align: 'right', cell: ({ order }) => order.lines.length },
  { id: 'validUntil', header: 'Holds until', width: '8rem', phone: true, cell: ({ validUntil }) => <Day on={validUntil} /> },
  { id: 'at', header: 'Changed', width: '8rem', cell: ({ at }) => <Moment at={at} /> },
  { id: 'changedBy', header: 'By', width: '8rem', cell: ({ changedBy }) => changedBy },
  {
    id: 'orderId',
    header: 'Order',
    width: 'minmax(8rem, 1fr)',
    cell: ({ orderId }) => orderId && <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
];

export default function DraftsPage() {
  return (
    <DataTable
      name="drafts"
      title="Drafts"
      columns={columns}
      filters={filters}
      queryKey={['drafts']}
      read={({ customerId }, after) =>
        ask(
          api.GET('/v1/drafts', {
            params: {
              query: { limit: 100, ...after, ...(customerId !== undefined && { customerId }) },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={addressOf}
      actions={<Link to="/quotes">Quotes</Link>}
      empty={
        <Text>
          Nothing is prepared. <Link to="/order-entry">Enter an order</Link> and save it as a draft: it waits here, without a
          promise of price or stock, until it is quoted or placed.
        </Text>
      }
    />
  );
}
