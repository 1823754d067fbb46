import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useReport } from '../../api/use-report.ts';
import { PeriodReport } from '../../parts/period-report.tsx';
import { ReportTabs } from '../../parts/report-tabs.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { usePeriod } from '../../show/period-fields.tsx';
import { Plot } from '../../show/plot.tsx';
import { digits, Records, type RecordsColumn } from '../../show/records.tsx';
import { inWords } from '../../show/status.tsx';
import { useFilters } from '../../table/filters.ts';

type Row = Schema<'CreditDecisionOutcome'>;

const nameOf = ({ kind, outcome }: Row) => `${inWords(kind)}: ${inWords(outcome).toLowerCase()}`;
const percent = (value: number | null) => (value === null ? '–' : `${value.toFixed(2)} %`);
const columnsOf = (period: object): RecordsColumn<Row>[] => [
  {
    header: 'Decision',
    cell: (row) => (
      <Link
        to="/reports/credit-decisions/records"
        search={{ ...period, currency: row.currency, kind: row.kind, outcome: row.outcome } as never}
      >
        {nameOf(row)}
      </Link>
    ),
  },
  digits('Decisions', ({ decisions }) => decisions),
  digits('Before', ({ before }) => before.decisions),
  digits('Customers', ({ customers }) => customers),
  {
    header: 'Invoiced since',
    align: 'right',
    cell: ({ invoicedMinor, currency }) => <Money minor={invoicedMinor} currency={currency} />,
  },
  { header: 'Lost of it', align: 'right', cell: ({ lostMinor, currency }) => <Money minor={lostMinor} currency={currency} /> },
  digits('Loss', ({ lossPercent }) => percent(lossPercent)),
  {
    header: 'Lost before',
    align: 'right',
    cell: ({ before, currency }) => <Money minor={before.lostMinor} currency={currency} />,
  },
  digits('Loss before', ({ before }) => percent(before.lossPercent)),
];

/** What became of what was sold on the credit decisions of a period. */
export default function CreditDecisionsPage() {
  const query = usePeriod();
  const [{ from, to, knownOn }] = useFilters();
  const columns = columnsOf({ ...(from && { from }), ...(to && { to }), ...(knownOn && { knownOn }) });
  const decisions = useReport(['credit-decisions', query], () =>
    ask(api.GET('/v1/reports/credit-decisions', { params: { query } })),
  );
  return (
    <PeriodReport
      title="Credit decisions and losses"
      tabs={<ReportTabs />}
      csv={`/v1/reports/credit-decisions.csv?${new URLSearchParams(query)}`}
      report={decisions}
      known
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
                  decision and before the next one on them. What was decided in the period before has had longer to be lost.
                </Text>
                {own.some(({ lossPercent, before }) => (lossPercent ?? 0) + (before.lossPercent ?? 0) > 0) && (
                  <Plot
                    label={`Share lost of what was sold on credit decisions in ${currency}`}
                    kind="bar"
                    unit="%"
                    categories={own.map(nameOf)}
                    series={[
                      { name: 'Lost', values: own.map(({ lossPercent }) => lossPercent) },
                      { name: 'Before', values: own.map(({ before }) => before.lossPercent) },
                    ]}
                  />
                )}
                <Records columns={columns} rows={own} keyOf={({ kind, outcome }) => `${kind} ${outcome}`} empty="" />
              </Panel>
            );
          })
        )
      }
    </PeriodReport>
  );
}
