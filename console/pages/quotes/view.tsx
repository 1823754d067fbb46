import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Status } from '../../show/status.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';

type Quote = Schema<'Quote'>;

const filters: Filter[] = [
  {
    id: 'status',
    label: 'Status',
    choices: choicesOf<Quote['status']>({ sent: true, accepted: true, declined: true, expired: true }),
  },
  { id: 'customerId', label: 'Customer', type: 'text' },
];

const columns: Column<Quote>[] = [
  {
    id: 'id',
    header: 'Quote',
    width: 'minmax(8rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/quotes/${id}`} />,
  },
  { id: 'customerId', header: 'Customer', width: 'minmax(8rem, 1.2fr)', phone: true, cell: ({ customerId }) => customerId },
  {
    id: 'amount',
    header: 'Amount',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    phone: true,
    cell: ({ grossMinor, currency }) => <Money minor={grossMinor} currency={currency} />,
  },
  { id: 'status', header: 'Status', width: '7rem', cell: ({ status }) => <Status of={status} /> },
  { id: 'validUntil', header: 'Valid through', width: '8rem', cell: ({ validUntil }) => <Day on={validUntil} /> },
  { id: 'sentAt', header: 'Sent', width: '8rem', cell: ({ sentAt }) => <Moment at={sentAt} /> },
  { id: 'sentBy', header: 'Sent by', width: '8rem', hiddenAtFirst: true, cell: ({ sentBy }) => sentBy },
  {
    id: 'orderId',
    header: 'Order',
    width: 'minmax(8rem, 1fr)',
    cell: ({ orderId }) => orderId && <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
];

export default function QuotesPage() {
  return (
    <DataTable
      name="quotes"
      title="Quotes"
      columns={columns}
      filters={filters}
      queryKey={['quotes']}
      read={({ status, customerId }, after) =>
        ask(
          api.GET('/v1/quotes', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(status !== undefined && { status: status as Quote['status'] }),
                ...(customerId !== undefined && { customerId }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={({ id }) => `/quotes/${id}`}
      actions={<Link to="/drafts">Drafts</Link>}
      empty={
        <Text>
          Nothing was offered yet. <Link to="/order-entry">Enter an order</Link> and mail it as a quote: its prices hold through
          its last day, and accepting it places the order.
        </Text>
      }
    />
  );
}
