import { Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { useAccounts } from '../../parts/accounts.ts';
import { LedgerTabs } from '../../parts/ledger-tabs.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { inWords } from '../../show/status.tsx';
import { type Column, DataTable, type FilterChoice, type FilterEntry } from '../../table/data-table.tsx';
import { useFilters } from '../../table/filters.ts';

type Entry = Schema<'JournalEntry'>;

const sumOf = ({ postings }: Entry, side: 'debit' | 'credit', account?: string) =>
  postings
    .filter((posting) => posting.side === side && (account === undefined || posting.account === account))
    .reduce((sum, posting) => sum + posting.amountMinor, 0);

const documentOf = ({ invoiceId, paymentId, orderId }: Entry) =>
  invoiceId !== null ? (
    <Identifier id={invoiceId} to={`/invoices/${invoiceId}`} />
  ) : paymentId !== null ? (
    <Identifier id={paymentId} />
  ) : (
    orderId !== null && <Identifier id={orderId} to={`/orders/${orderId}`} />
  );

export default function JournalPage() {
  const [search] = useFilters();
  const { account } = search;
  const { items, find } = useAccounts();
  const filters: (FilterChoice | FilterEntry)[] = [
    {
      id: 'account',
      label: 'Account',
      choices: items.map(({ account: value, code, name }) => ({ value, label: `${code} ${name}` })),
    },
    { id: 'bookedFrom', label: 'From', type: 'date' },
    { id: 'bookedTo', label: 'To', type: 'date' },
    { id: 'asKnownAt', label: 'As known at', type: 'text' },
    { id: 'customerId', label: 'Customer', type: 'text' },
    { id: 'orderId', label: 'Order', type: 'text' },
    { id: 'invoiceId', label: 'Invoice', type: 'text' },
    { id: 'kind', label: 'Kind', type: 'text' },
  ];
  const side = (of: 'debit' | 'credit') => (row: Entry) => {
    const minor = sumOf(row, of, account);
    return minor !== 0 && <Money minor={minor} currency={row.currency} />;
  };
  // Of one account, its own side of each entry; of the whole journal, what the entry comes to, which both sides are.
  const amounts: Column<Entry>[] = account
    ? [
        { id: 'debit', header: 'Debit', width: '9rem', align: 'right', phone: true, cell: side('debit') },
        { id: 'credit', header: 'Credit', width: '9rem', align: 'right', phone: true, cell: side('credit') },
      ]
    : [{ id: 'amount', header: 'Amount', width: '9rem', align: 'right', phone: true, cell: side('debit') }];
  const columns: Column<Entry>[] = [
    {
      id: 'id',
      header: 'Entry',
      width: '6rem',
      phone: true,
      cell: ({ id }) => <Identifier id={`${id}`} to={`/ledger/journal/${id}`} />,
    },
    { id: 'bookedOn', header: 'Booked on', width: '7.5rem', cell: ({ bookedOn }) => <Day on={bookedOn} /> },
    {
      id: 'kind',
      header: 'Kind',
      width: 'minmax(8rem, 1fr)',
      phone: account === undefined || undefined,
      cell: ({ kind }) => inWords(kind),
    },
    {
      id: 'document',
      header: 'Document',
      width: 'minmax(10rem, 1.2fr)',
      cell: documentOf,
    },
    {
      id: 'customer',
      header: 'Customer',
      width: 'minmax(7rem, 1fr)',
      cell: ({ customerId }) => customerId !== null && <Identifier id={customerId} to={`/customers/${customerId}`} />,
    },
    ...amounts,
    { id: 'reason', header: 'Reason', width: 'minmax(7rem, 1fr)', hiddenAtFirst: true, cell: ({ reason }) => reason ?? '' },
    {
      id: 'recorded',
      header: 'Recorded',
      width: '8rem',
      hiddenAtFirst: true,
      cell: ({ recordedAt }) => <Moment at={recordedAt} />,
    },
  ];
  const wanted = Object.fromEntries(filters.flatMap(({ id }) => (search[id] === undefined ? [] : [[id, search[id]]])));
  const found = account === undefined ? undefined : find(account);
  return (
    <DataTable
      name="journal"
      title={found ? `${found.code} ${found.name}` : 'Journal'}
      above={<LedgerTabs />}
      columns={columns}
      filters={filters}
      queryKey={['journal']}
      read={(chosen, after) =>
        ask(api.GET('/v1/ledger/entries', { params: { query: { ...chosen, order: 'newest', limit: 100, ...after } as never } }))
      }
      idOf={({ id }) => String(id)}
      addressOf={({ id }) => `/ledger/journal/${id}`}
      csv={`/v1/exports/journal.csv?${new URLSearchParams(wanted)}`}
      empty={
        <Text>
          Nothing is booked yet. Each money event, such as a goods issue, an invoice or a payment, writes one entry here, whose
          debits equal its credits.
        </Text>
      }
    />
  );
}
