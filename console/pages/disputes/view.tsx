import { Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';

type Dispute = Schema<'Dispute'>;

const filters: Filter[] = [
  {
    id: 'status',
    label: 'Status',
    choices: choicesOf<Dispute['status']>({ open: true, upheld: true, 'partly-upheld': true, rejected: true, withdrawn: true }),
  },
  { id: 'customerId', label: 'Customer number', type: 'text' },
];

const columns: Column<Dispute>[] = [
  {
    id: 'id',
    header: 'Dispute',
    width: 'minmax(9rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/disputes/${id}`} />,
  },
  { id: 'customerId', header: 'Customer', width: 'minmax(8rem, 1fr)', cell: ({ customerId }) => customerId },
  {
    id: 'invoiceId',
    header: 'Invoice',
    width: 'minmax(10rem, 1fr)',
    cell: ({ invoiceId }) => <Identifier id={invoiceId} to={`/invoices/${invoiceId}`} />,
  },
  { id: 'status', header: 'Status', width: '8rem', phone: true, cell: ({ status }) => <Status of={status} /> },
  {
    id: 'why',
    header: 'Why',
    width: 'minmax(12rem, 2fr)',
    cell: ({ reason, note }) => (
      <span title={note}>
        {inWords(reason)} <span className="faint">{note}</span>
      </span>
    ),
  },
  {
    id: 'disputed',
    header: 'Disputed',
    width: '8.5rem',
    align: 'right',
    phone: true,
    cell: ({ disputedMinor, currency }) => <Money minor={disputedMinor} currency={currency} />,
  },
  {
    id: 'dueAt',
    header: 'Answer by',
    width: '8rem',
    cell: ({ dueAt, status }) => status === 'open' && <Moment at={dueAt} />,
  },
  { id: 'owner', header: 'With', width: '7rem', cell: ({ owner }) => owner ?? <span className="faint">nobody</span> },
  { id: 'at', header: 'Raised', width: '8rem', hiddenAtFirst: true, cell: ({ at }) => <Moment at={at} /> },
];

export default function DisputesPage() {
  return (
    <DataTable
      name="disputes"
      title="Disputes"
      columns={columns}
      filters={filters}
      queryKey={['disputes', 'list']}
      read={({ status, customerId }, after) =>
        ask(
          api.GET('/v1/disputes', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(customerId !== undefined && { customerId }),
                ...(status !== undefined && { status: status as Dispute['status'] }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={({ id }) => `/disputes/${id}`}
      empty={
        <Text>
          Nothing is disputed. A customer raises a dispute in the portal, or somebody of receivables at an invoice; what is
          disputed is not asked for until it is answered here.
        </Text>
      }
    />
  );
}
