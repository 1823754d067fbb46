import { Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Status } from '../../show/status.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';

type OrderDocument = Schema<'OrderDocument'>;

const filters: Filter[] = [
  {
    id: 'status',
    label: 'Status',
    choices: choicesOf<OrderDocument['status']>({ parked: true, ordered: true, entered: true, discarded: true }),
  },
];

const columns: Column<OrderDocument>[] = [
  {
    id: 'id',
    header: 'Document',
    width: 'minmax(8rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/order-documents/${id}`} />,
  },
  { id: 'status', header: 'Status', width: '8rem', phone: true, cell: ({ status }) => <Status of={status} /> },
  { id: 'sender', header: 'From', width: 'minmax(9rem, 1.5fr)', cell: ({ sender }) => sender ?? 'nobody knows' },
  { id: 'subject', header: 'Subject', width: 'minmax(8rem, 1.5fr)', cell: ({ subject }) => subject },
  {
    id: 'faults',
    header: 'What is wrong',
    width: 'minmax(10rem, 2fr)',
    cell: ({ faults }) => faults.map(({ detail }) => detail).join(' · '),
  },
  {
    id: 'customerId',
    header: 'Customer',
    width: 'minmax(7rem, 1fr)',
    hiddenAtFirst: true,
    cell: ({ customerId }) => customerId ?? '',
  },
  {
    id: 'orderId',
    header: 'Order',
    width: 'minmax(8rem, 1fr)',
    cell: ({ orderId }) => orderId && <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
  { id: 'at', header: 'Came', width: '7rem', phone: true, cell: ({ at }) => <Moment at={at} /> },
];

/** Orders that came as mails and by EDI: what became of each. */
export default function OrderDocumentsPage() {
  return (
    <DataTable
      name="order-documents"
      title="Order documents"
      columns={columns}
      filters={filters}
      queryKey={['order-documents']}
      read={({ status }, after) =>
        ask(
          api.GET('/v1/order-documents', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(status !== undefined && { status: status as OrderDocument['status'] }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={({ id }) => `/order-documents/${id}`}
      empty={
        <Text>
          No order has come as a document yet. Mails to the orders’ mailbox and interchanges of trading partners become orders by
          themselves; those with faults wait here for a person.
        </Text>
      }
    />
  );
}
