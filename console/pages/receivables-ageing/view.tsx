import { Stack, Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { useReport, useReportInterval } from '../../api/use-report.ts';
import { bucketName, buckets, OpenItems } from '../../parts/open-on-day.tsx';
import { ReportTabs } from '../../parts/report-tabs.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { useToday } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { knownOnFilter } from '../../show/period-fields.tsx';
import { Records, type RecordsColumn } from '../../show/records.tsx';
import { type Column, DataTable, type FilterEntry } from '../../table/data-table.tsx';
import { useFilters } from '../../table/filters.ts';

type Row = Schema<'Ageing'>['items'][number];
type Total = Schema<'Ageing'>['currencies'][number];

const filters: FilterEntry[] = [
  { id: 'asOf', label: 'As of', type: 'date' },
  knownOnFilter,
  { id: 'customerId', label: 'Customer number', type: 'text' },
];

/** What each customer owed on a day by how long it was overdue, down to the items. */
export default function ReceivablesAgeingPage() {
  const [{ asOf, knownOn, customerId }] = useFilters();
  const today = useToday();
  const on = asOf ?? today;
  const day = { ...(asOf && { asOf }), ...(knownOn && { asKnownOn: knownOn }) };
  const query = { ...day, ...(customerId && { customerId }) };
  const refetchInterval = useReportInterval();
  const totals = useReport(['ageing', 'totals', day], () =>
    ask(api.GET('/v1/receivables/ageing', { params: { query: { ...day, limit: 1 } } })),
  );
  const amount = (minor: number, currency: string) => <Money minor={minor} currency={currency} />;
  const columns: Column<Row>[] = [
    {
      id: 'customer',
      header: 'Customer',
      width: 'minmax(9rem, 1.2fr)',
      phone: true,
      cell: (row) => <Identifier id={row.customerId} to={`/customers/${row.customerId}`} />,
    },
    ...buckets.map(
      (bucket): Column<Row> => ({
        id: bucket,
        header: bucketName(bucket),
        width: 'minmax(6.5rem, 1fr)',
        align: 'right',
        cell: (row) => (
          <OpenItems
            minor={row.buckets[bucket]}
            currency={row.currency}
            on={on}
            customerId={row.customerId}
            bucket={bucket}
            knownOn={knownOn}
          />
        ),
      }),
    ),
    {
      id: 'total',
      header: 'Owed',
      width: 'minmax(7rem, 1fr)',
      align: 'right',
      phone: true,
      cell: (row) => (
        <OpenItems minor={row.totalMinor} currency={row.currency} on={on} customerId={row.customerId} knownOn={knownOn} />
      ),
    },
    {
      id: 'disputed',
      header: 'Disputed',
      width: '7rem',
      align: 'right',
      cell: ({ disputedMinor, currency }) => amount(disputedMinor, currency),
    },
    {
      id: 'unapplied',
      header: 'Unapplied',
      width: '7rem',
      align: 'right',
      cell: ({ unappliedMinor, currency }) => amount(unappliedMinor, currency),
    },
    {
      id: 'credit',
      header: 'Credit',
      width: '8rem',
      align: 'right',
      hiddenAtFirst: true,
      cell: ({ creditBalanceMinor, currency }) => amount(creditBalanceMinor, currency),
    },
  ];
  const totalColumns: RecordsColumn<Total>[] = [
    { header: 'All customers', cell: ({ currency }) => currency },
    ...buckets.map(
      (bucket): RecordsColumn<Total> => ({
        header: bucketName(bucket),
        align: 'right',
        cell: (row) => (
          <OpenItems minor={row.buckets[bucket]} currency={row.currency} on={on} bucket={bucket} knownOn={knownOn} />
        ),
      }),
    ),
    {
      header: 'Owed',
      align: 'right',
      cell: (row) => <OpenItems minor={row.totalMinor} currency={row.currency} on={on} knownOn={knownOn} />,
    },
    { header: 'Disputed', align: 'right', cell: ({ disputedMinor, currency }) => amount(disputedMinor, currency) },
    { header: 'Unapplied', align: 'right', cell: ({ unappliedMinor, currency }) => amount(unappliedMinor, currency) },
  ];
  return (
    <DataTable
      name="receivables-ageing"
      title="Ageing by customer"
      above={
        <Stack gap="xs">
          <ReportTabs />
          {!totals.data && <Unanswered query={totals} height={60} title="All customers" />}
          {totals.data && totals.data.currencies.length > 0 && (
            <Records
              label="All customers"
              columns={totalColumns}
              rows={totals.data.currencies}
              keyOf={({ currency }) => currency}
              empty=""
            />
          )}
        </Stack>
      }
      columns={columns}
      filters={filters}
      queryKey={['ageing', query]}
      refetchInterval={refetchInterval}
      read={(_, after) => ask(api.GET('/v1/receivables/ageing', { params: { query: { ...query, limit: 100, ...after } } }))}
      idOf={(row) => `${row.customerId} ${row.currency}`}
      addressOf={(row) => `/customers/${row.customerId}`}
      csv={`/v1/receivables/ageing.csv?${new URLSearchParams(query)}`}
      empty={<Text>Nobody owed anything on this day, and nobody’s money waited for an item.</Text>}
    />
  );
}
