import { Stack, Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { useReport, useReportInterval } from '../../api/use-report.ts';
import { bucketName, buckets, OpenItems } from '../../parts/open-on-day.tsx';
import { ReportTabs } from '../../parts/report-tabs.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, useToday } from '../../show/moment.tsx';
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

/** The last day of the month before that of a day. */
const endOfMonthBefore = (day: string) =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, 0)).toISOString().slice(0, 10);

/** What all customers owed on a day. */
const useTotals = (day: { asOf?: string; asKnownOn?: string }) =>
  useReport(['ageing', 'totals', day], () => ask(api.GET('/v1/receivables/ageing', { params: { query: { ...day, limit: 1 } } })));

/** What each customer owed on a day by how long it was overdue, down to the items. */
export default function ReceivablesAgeingPage() {
  const [{ asOf, knownOn, customerId }] = useFilters();
  const today = useToday();
  const on = asOf ?? today;
  const day = { ...(asOf && { asOf }), ...(knownOn && { asKnownOn: knownOn }) };
  const query = { ...day, ...(customerId && { customerId }) };
  const refetchInterval = useReportInterval();
  const totals = useTotals(day);
  const dayBefore = { ...day, asOf: endOfMonthBefore(on) };
  const before = useTotals(dayBefore);
  const amount = (minor: number, currency: string) => <Money minor={minor} currency={currency} />;
  /** Below a figure of all customers: what it was when the month before ended. */
  const was = ({ currency }: Total, of: (total: Total) => number) => {
    const then = before.data?.currencies.find((total) => total.currency === currency);
    return (
      before.data && (
        <div className="faint">
          <Money minor={then ? of(then) : 0} currency={currency} />
        </div>
      )
    );
  };
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
          <>
            <OpenItems minor={row.buckets[bucket]} currency={row.currency} on={on} bucket={bucket} knownOn={knownOn} />
            {was(row, (total) => total.buckets[bucket])}
          </>
        ),
      }),
    ),
    {
      header: 'Owed',
      align: 'right',
      cell: (row) => (
        <>
          <OpenItems minor={row.totalMinor} currency={row.currency} on={on} knownOn={knownOn} />
          {was(row, (total) => total.totalMinor)}
        </>
      ),
    },
    {
      header: 'Disputed',
      align: 'right',
      cell: (row) => (
        <>
          {amount(row.disputedMinor, row.currency)}
          {was(row, (total) => total.disputedMinor)}
        </>
      ),
    },
    {
      header: 'Unapplied',
      align: 'right',
      cell: (row) => (
        <>
          {amount(row.unappliedMinor, row.currency)}
          {was(row, (total) => total.unappliedMinor)}
        </>
      ),
    },
  ];
  return (
    <DataTable
      name="receivables-ageing"
      title="Ageing by customer"
      above={
        <Stack gap="xs">
          <ReportTabs />
          <Text size="sm" c="dimmed">
            What is open of each item, by the days from its due day to <Day on={on} />; of an item in instalments, by those of
            each. Below the figures of all customers stands what they were on <Day on={dayBefore.asOf} />.
          </Text>
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
