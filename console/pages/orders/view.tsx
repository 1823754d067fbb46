import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { orderStages } from '../../parts/order-stages.ts';
import { useReach } from '../../session/reach.ts';
import { useSession } from '../../session/session.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';
import { type Filters, useFilters } from '../../table/filters.ts';

type Order = Schema<'OrderSummary'>;

const filters: Filter[] = [
  {
    id: 'status',
    label: 'Status',
    choices: choicesOf<Order['status']>({
      received: true,
      'credit-review': true,
      'over-limit': true,
      'waiting-for-payment': true,
      'awaiting-prepayment': true,
      'awaiting-card': true,
      approved: true,
      'back-ordered': true,
      'awaiting-choice': true,
      'in-fulfilment': true,
      shipped: true,
      invoiced: true,
      closed: true,
      declined: true,
      cancelled: true,
    }),
  },
  {
    id: 'stage',
    label: 'Stage',
    choices: orderStages,
  },
];
const ofCustomer: Filter = { id: 'customerId', label: 'Customer id', type: 'text' };

const columns: Column<Order>[] = [
  {
    id: 'id',
    header: 'Order',
    width: 'minmax(9.5rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/orders/${id}`} />,
  },
  { id: 'customer', header: 'Customer', width: 'minmax(8rem, 1.2fr)', cell: ({ customerName }) => customerName },
  { id: 'customerId', header: 'Customer id', width: '8rem', hiddenAtFirst: true, cell: ({ customerId }) => customerId },
  { id: 'status', header: 'Status', width: 'minmax(9rem, 1.2fr)', phone: true, cell: ({ status }) => <Status of={status} /> },
  {
    id: 'gross',
    sort: 'grossMinor',
    header: 'Amount',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    phone: true,
    cell: ({ grossMinor, currency }) => <Money minor={grossMinor} currency={currency} />,
  },
  { id: 'placedAt', header: 'Placed', width: '8rem', cell: ({ placedAt }) => <Moment at={placedAt} /> },
  { id: 'channel', header: 'Channel', width: '6rem', cell: ({ channel }) => inWords(channel) },
  {
    id: 'externalReference',
    header: 'Reference',
    width: 'minmax(7rem, 1fr)',
    cell: ({ externalReference }) => externalReference ?? '',
  },
  { id: 'stage', header: 'Stage', width: '7rem', hiddenAtFirst: true, cell: ({ stage }) => inWords(stage) },
  { id: 'changedAt', header: 'Changed', width: '8rem', hiddenAtFirst: true, cell: ({ changedAt }) => <Moment at={changedAt} /> },
  { id: 'placedBy', header: 'Placed by', width: '8rem', hiddenAtFirst: true, cell: ({ placedBy }) => placedBy },
];

/**
 * What the list and its CSV both ask for. An address that somebody wrote by hand may say anything: the API answers what is
 * wrong with it.
 */
const asked = ({ status, stage, customerId, sort }: Filters) => ({
  ...(sort !== undefined && { sort: sort as '-grossMinor' }),
  ...(status !== undefined && { status: status as Order['status'] }),
  ...(stage !== undefined && { stage: stage as Order['stage'] }),
  ...(customerId !== undefined && { customerId: customerId.toUpperCase() }),
});

export default function OrdersPage() {
  const [search] = useFilters();
  const { place } = useSession();
  const reach = useReach();
  const mayBuy = reach('/new-order') !== undefined;
  return (
    <DataTable
      name="orders"
      title="Orders"
      columns={
        place === 'portal' ? columns.filter(({ id }) => id !== 'customer' && id !== 'customerId' && id !== 'placedBy') : columns
      }
      filters={place === 'portal' ? filters : [...filters, ofCustomer]}
      queryKey={['orders']}
      csv={`/v1/orders.csv?${new URLSearchParams(asked(search))}`}
      read={(filters, after) => ask(api.GET('/v1/orders', { params: { query: { ...asked(filters), limit: 100, ...after } } }))}
      idOf={({ id }) => id}
      addressOf={({ id }) => `/orders/${id}`}
      actions={
        mayBuy && (
          <Button component={Link} to="/new-order" size="compact-sm">
            Place an order
          </Button>
        )
      }
      empty={
        place === 'portal' ? (
          <Text>
            You have not ordered yet. Every order then stands here with where it is.{' '}
            {mayBuy && <Link to="/new-order">Place an order</Link>}
          </Text>
        ) : (
          <Text>
            There are no orders yet. They come in by <code>POST /v1/orders</code>, by mail, by phone or through the portal; each
            of them then has a page with its whole story. <a href="/docs">How to send one</a>.
          </Text>
        )
      }
    />
  );
}
