import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { PeriodReport } from '../../parts/period-report.tsx';
import { ReportTabs } from '../../parts/report-tabs.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { usePeriod } from '../../show/period-fields.tsx';
import { Plot } from '../../show/plot.tsx';
import { digits, Records, type RecordsColumn } from '../../show/records.tsx';
import { inWords } from '../../show/status.tsx';

type Row = Schema<'CreditDecisionOutcome'>;

const nameOf = ({ kind, outcome }: Row) => `${inWords(kind)}: ${inWords(outcome).toLowerCase()}`;
const columns: RecordsColumn<Row>[] = [
  { header: 'Decision', cell: nameOf },
  digits('Decisions', ({ decisions }) => decisions),
  digits('Customers', ({ customers }) => customers),
  {
    header: 'Invoiced since',
    align: 'right',
    cell: ({ invoicedMinor, currency }) => <Money minor={invoicedMinor} currency={currency} />,
  },
  { header: 'Lost of it', align: 'right', cell: ({ lostMinor, currency }) => <Money minor={lostMinor} currency={currency} /> },
  digits('Loss', ({ lossPercent }) => (lossPercent === null ? '–' : `${lossPercent.toFixed(2)} %`)),
];

/** What became of what was sold on the credit decisions of a period. */
export default function CreditDecisionsPage() {
  const query = usePeriod();
  const decisions = useQuery({
    queryKey: ['credit-decisions', query],
    queryFn: () => ask(api.GET('/v1/reports/credit-decisions', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  return (
    <PeriodReport
      title="Credit decisions and losses"
      tabs={<ReportTabs />}
      csv={`/v1/reports/credit-decisions.csv?${new URLSearchParams(query)}`}
      report={decisions}
      tells="What was sold on the decisions of these days, and what of that was lost by now"
    >
      {({ items }) =>
        items.length === 0 ? (
          <div className="panel">
            <Text>
              Nobody decided about credit in this period. Choose days that are long past: losses come months after a sale.
            </Text>
          </div>
        ) : (
          [...new Set(items.map(({ currency }) => currency))].map((currency) => {
            const own = items.filter((row) => row.currency === currency);
            return (
              <Panel key={currency} title={`Losses by decision, ${currency}`}>
                <Text size="xs" c="dimmed">
                  Formula: written off and never paid after all ÷ invoiced × 100, of the invoices to these customers after the
                  decision and before the next one on them.
                </Text>
                <Plot
                  label={`Share lost of what was sold on credit decisions in ${currency}`}
                  kind="bar"
                  unit="%"
                  categories={own.map(nameOf)}
                  series={[{ name: 'Lost', values: own.map(({ lossPercent }) => lossPercent) }]}
                />
                <Records columns={columns} rows={own} keyOf={({ kind, outcome }) => `${kind} ${outcome}`} empty="" />
              </Panel>
            );
          })
        )
      }
    </PeriodReport>
  );
}
