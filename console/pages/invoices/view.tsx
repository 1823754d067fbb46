import { Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { InvoiceTabs } from '../../parts/invoice-tabs.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';
import { useFilters } from '../../table/filters.ts';

type Invoice = Schema<'InvoiceSummary'>;

const filters: Filter[] = [
  {
    id: 'status',
    label: 'Status',
    choices: [
      { value: 'open', label: 'Open' },
      { value: 'settled', label: 'Settled' },
    ],
  },
  { id: 'overdue', label: 'Overdue', choices: [{ value: 'true', label: 'Overdue' }] },
  { id: 'disputed', label: 'Disputed', choices: [{ value: 'true', label: 'Disputed' }] },
  { id: 'customerId', label: 'Customer number', type: 'text' },
];

const columns: Column<Invoice>[] = [
  {
    id: 'id',
    header: 'Invoice',
    width: 'minmax(11rem, 1.2fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/invoices/${id}`} />,
  },
  { id: 'customerId', header: 'Customer', width: 'minmax(8rem, 1fr)', cell: ({ customerId }) => customerId },
  {
    id: 'status',
    header: 'Status',
    width: '8rem',
    phone: true,
    cell: ({ status, overdueSince, disputedMinor }) => (
      <Status of={disputedMinor > 0 ? 'disputed' : overdueSince !== null && status === 'open' ? 'overdue' : status} />
    ),
  },
  {
    id: 'gross',
    sort: 'grossMinor',
    header: 'Amount',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    cell: ({ grossMinor, currency }) => <Money minor={grossMinor} currency={currency} />,
  },
  {
    id: 'open',
    header: 'Open',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    phone: true,
    cell: ({ openMinor, currency }) => <Money minor={openMinor} currency={currency} />,
  },
  { id: 'dueOn', sort: 'dueOn', header: 'Due', width: '7rem', cell: ({ dueOn }) => <Day on={dueOn} /> },
  { id: 'level', header: 'Dunning', width: '6rem', cell: ({ dunningLevel }) => dunningLevel > 0 && `Level ${dunningLevel}` },
  { id: 'issuedOn', header: 'Issued', width: '7rem', hiddenAtFirst: true, cell: ({ issuedOn }) => <Day on={issuedOn} /> },
  {
    id: 'disputed',
    header: 'Disputed',
    width: '8rem',
    align: 'right',
    hiddenAtFirst: true,
    cell: ({ disputedMinor, currency }) => <Money minor={disputedMinor} currency={currency} />,
  },
  { id: 'kind', header: 'Kind', width: '8rem', hiddenAtFirst: true, cell: ({ kind }) => inWords(kind) },
  { id: 'orderId', header: 'Order', width: '9rem', hiddenAtFirst: true, cell: ({ orderId }) => orderId ?? '' },
];

export default function InvoicesPage() {
  const [search] = useFilters();
  const wanted = Object.fromEntries(
    ['status', 'overdue', 'disputed', 'customerId', 'sort'].flatMap((id) => (search[id] === undefined ? [] : [[id, search[id]]])),
  );
  return (
    <DataTable
      name="invoices"
      title="Invoices"
      above={<InvoiceTabs />}
      columns={columns}
      filters={filters}
      queryKey={['invoices']}
      csv={`/v1/invoices.csv?${new URLSearchParams(wanted)}`}
      read={({ status, overdue, disputed, customerId, sort }, after) =>
        ask(
          api.GET('/v1/invoices', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(customerId !== undefined && { customerId }),
                // An address that somebody wrote by hand may say anything: the API answers what is wrong with it.
                ...(sort !== undefined && { sort: sort as '-grossMinor' }),
                ...(status !== undefined && { status: status as Invoice['status'] }),
                ...(overdue !== undefined && { overdue: overdue as 'true' }),
                ...(disputed !== undefined && { disputed: disputed as 'true' }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={({ id }) => `/invoices/${id}`}
      empty={
        <Text>
          There are no invoices yet. Each follows by itself when a shipment leaves, from what was shipped; unpaid items of the
          system before this one come in by <code>POST /v1/opening-items</code>.
        </Text>
      }
    />
  );
}
