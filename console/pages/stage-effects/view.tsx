import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import { PeriodReport } from '../../parts/period-report.tsx';
import { ProcessTabs } from '../../parts/process-tabs.tsx';
import { Panel } from '../../show/panel.tsx';
import { inDays, usePeriod } from '../../show/period-fields.tsx';
import { Plot } from '../../show/plot.tsx';
import { Rows, right } from '../../show/rows.tsx';
import { inWords } from '../../show/status.tsx';

const signed = (hours: number | null) =>
  hours === null ? '–' : `${hours > 0 ? '+' : hours < 0 ? '−' : ''}${inDays(Math.abs(hours))}`;
const coefficient = (value: number | null) => (value === null ? '–' : value.toFixed(2));

/** What a slow stage does to later ones, beside the period before. */
export default function StageEffectsPage() {
  const query = usePeriod();
  const effects = useQuery({
    queryKey: ['stage-effects', query],
    queryFn: () => ask(api.GET('/v1/reports/stage-effects', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  return (
    <PeriodReport
      title="Stage effects"
      tabs={<ProcessTabs />}
      csv={`/v1/reports/stage-effects.csv?${new URLSearchParams(query)}`}
      report={effects}
      tells="How orders that were slow in a stage fared in all later ones"
    >
      {({ formula, items }) =>
        items.length === 0 ? (
          <div className="panel">
            <Text>
              No order was closed in this period. Once some are, what was slow in one stage is held against its later ones here.
            </Text>
          </div>
        ) : (
          <Panel title="What a slow stage does to later ones">
            <Text size="xs" c="dimmed">
              Formula: {formula}. They go together; that does not say that one causes the other.
            </Text>
            <Plot
              label="Median time in later stages of orders that were slow and quick in each stage"
              kind="bar"
              unit="hours"
              categories={items.map(({ stage }) => inWords(stage))}
              series={[
                { name: 'Slow here', values: items.map(({ laterMedianHoursOfSlow }) => laterMedianHoursOfSlow) },
                { name: 'Quick here', values: items.map(({ laterMedianHoursOfQuick }) => laterMedianHoursOfQuick) },
              ]}
            />
            <Rows
              headings={[
                'Stage',
                ...['Orders', 'Correlation', 'Later, slow', 'Later, quick', 'Difference', 'Difference before'].map(right),
              ]}
            >
              {items.map((row) => (
                <tr key={row.stage}>
                  <th scope="row">
                    <Link to={`/process/${row.stage}`} search={query as never}>
                      {inWords(row.stage)}
                    </Link>
                  </th>
                  {[
                    String(row.orders),
                    coefficient(row.correlation),
                    inDays(row.laterMedianHoursOfSlow),
                    inDays(row.laterMedianHoursOfQuick),
                    signed(row.differenceHours),
                    signed(row.before.differenceHours),
                  ].map((text, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places.
                    <td key={column} data-align="right" className="digits">
                      {text}
                    </td>
                  ))}
                </tr>
              ))}
            </Rows>
          </Panel>
        )
      }
    </PeriodReport>
  );
}
