import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useReport } from '../../api/use-report.ts';
import { PeriodReport } from '../../parts/period-report.tsx';
import { ReportTabs } from '../../parts/report-tabs.tsx';
import { Money, majorOf } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { usePeriod } from '../../show/period-fields.tsx';
import { Plot } from '../../show/plot.tsx';
import { digits, Records, type RecordsColumn } from '../../show/records.tsx';
import { useFilters } from '../../table/filters.ts';

type Row = Schema<'CollectorEffect'>;

const columnsOf = (period: object): RecordsColumn<Row>[] => [
  {
    header: 'Collector',
    cell: ({ actor, currency }) => (
      <Link to={`/reports/collectors/${encodeURIComponent(actor)}`} search={{ ...period, currency } as never}>
        {actor}
      </Link>
    ),
  },
  digits('Contacts', ({ contacts }) => contacts),
  digits('Before', ({ before }) => before.contacts),
  digits('Reached', ({ reached }) => reached),
  digits('Will pay', ({ promised }) => promised),
  digits('Customers', ({ customers }) => customers),
  {
    header: 'Received after',
    align: 'right',
    cell: ({ receivedMinor, currency }) => <Money minor={receivedMinor} currency={currency} />,
  },
  {
    header: 'A contact',
    align: 'right',
    cell: ({ receivedMinor, contacts, currency }) =>
      contacts > 0 && <Money minor={Math.round(receivedMinor / contacts)} currency={currency} />,
  },
  {
    header: 'Received before',
    align: 'right',
    cell: ({ before, currency }) => <Money minor={before.receivedMinor} currency={currency} />,
  },
];

/** The contacts of each collector, and the receipts that followed them. */
export default function CollectorsPage() {
  const query = usePeriod();
  const [{ from, to, knownOn }] = useFilters();
  const columns = columnsOf({ ...(from && { from }), ...(to && { to }), ...(knownOn && { knownOn }) });
  const collectors = useReport(['collectors', query], () => ask(api.GET('/v1/reports/collectors', { params: { query } })));
  return (
    <PeriodReport
      title="Collectors"
      tabs={<ReportTabs />}
      csv={`/v1/reports/collectors.csv?${new URLSearchParams(query)}`}
      report={collectors}
      known
      tells="The contacts of each collector, with what customers paid within 14 days"
    >
      {({ items }) =>
        items.length === 0 ? (
          <div className="panel">
            <Text>
              Nobody was called, written to or visited in this period. Contacts that are logged on a call sheet stand here.
            </Text>
          </div>
        ) : (
          [...new Set(items.map(({ currency }) => currency))].map((currency) => {
            const own = items.filter((row) => row.currency === currency);
            return (
              <Panel key={currency} title={`What followed contacts, ${currency}`}>
                <Text size="xs" c="dimmed">
                  Formula: receipts within 14 days after a contact, each put down to the last contact before it. That it came
                  after a contact does not say that it came because of it.
                </Text>
                <Plot
                  label={`Receipts that followed the contacts of each collector in ${currency}`}
                  kind="bar"
                  unit={currency}
                  categories={own.map(({ actor }) => actor)}
                  series={[
                    { name: 'Received after', values: own.map(({ receivedMinor }) => Number(majorOf(receivedMinor, currency))) },
                    { name: 'Before', values: own.map(({ before }) => Number(majorOf(before.receivedMinor, currency))) },
                  ]}
                />
                <Records columns={columns} rows={own} keyOf={({ actor }) => actor} empty="" />
              </Panel>
            );
          })
        )
      }
    </PeriodReport>
  );
}
