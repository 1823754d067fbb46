import { Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useReport } from '../../api/use-report.ts';
import { bucketName, buckets, OpenItems } from '../../parts/open-on-day.tsx';
import { ReportTabs } from '../../parts/report-tabs.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { CsvLink } from '../../show/csv-link.tsx';
import { Day } from '../../show/moment.tsx';
import { Money, majorOf } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Plot } from '../../show/plot.tsx';
import { DigitsCell, Rows, right } from '../../show/rows.tsx';
import { FilterField } from '../../table/filter-field.tsx';
import { useFilters } from '../../table/filters.ts';

type OfCurrency = Schema<'MonthEnds'>['currencies'][number];

const days = (value: number | null) => (value === null ? '–' : value.toFixed(1));

export default function MonthEndsPage() {
  const [{ asOf, knownOn }, setFilters] = useFilters();
  const query = { ...(asOf && { asOf }), ...(knownOn && { asKnownOn: knownOn }) };
  const ends = useReport(['month-ends', query], () => ask(api.GET('/v1/reports/month-ends', { params: { query } })));
  const { data } = ends;
  return (
    <Stack gap="md">
      <Title order={1}>DSO and ageing</Title>
      <ReportTabs />
      <Group gap="xs">
        <FilterField label="As of" type="date" value={asOf} onChange={(day) => setFilters({ asOf: day })} />
        <FilterField label="As known on" type="date" value={knownOn} onChange={(day) => setFilters({ knownOn: day })} />
        <CsvLink href={`/v1/reports/month-ends.csv?${new URLSearchParams(query)}`} ml="auto" />
      </Group>
      {!data ? (
        <Unanswered query={ends} height={320} />
      ) : data.currencies.length === 0 ? (
        <div className="panel">
          <Text>Nobody has owed anything yet. With the first invoice, DSO and ageing stand here for each month end.</Text>
        </div>
      ) : (
        data.currencies.map((one) => <Currency key={one.currency} of={one} knownOn={knownOn} />)
      )}
    </Stack>
  );
}

interface CurrencyProps {
  of: OfCurrency;
  knownOn: string | undefined;
}

function Currency({ of: { currency, monthEnds: asked, rollRates }, knownOn }: CurrencyProps) {
  // A year in which nothing was sold yet would only press the others to the edge.
  const first = asked.findIndex(({ salesMinor, receivablesMinor }) => salesMinor !== 0 || receivablesMinor !== 0);
  const monthEnds = asked.slice(Math.max(0, first));
  const categories = monthEnds.map(({ on }) => on);
  return (
    <>
      <Panel title={`Days sales outstanding, ${currency}`}>
        <Text size="xs" c="dimmed">
          Receivables ÷ credit sales of the month × its days; best possible: if nothing were overdue.
        </Text>
        <Plot
          label={`DSO and best possible DSO by month end in ${currency}`}
          kind="line"
          unit="days"
          categories={categories}
          series={[
            { name: 'DSO', values: monthEnds.map(({ dso }) => dso) },
            { name: 'Best possible', values: monthEnds.map(({ bestPossibleDso }) => bestPossibleDso) },
          ]}
        />
      </Panel>
      <Panel title={`Ageing, ${currency}`}>
        <Plot
          label={`Receivables by days overdue at each month end in ${currency}`}
          kind="bar"
          stacked
          unit={currency}
          categories={categories}
          series={buckets.map((bucket) => ({
            name: bucketName(bucket),
            values: monthEnds.map(({ buckets: amounts }) => Number(majorOf(amounts[bucket], currency))),
          }))}
        />
        <Text size="xs" c="dimmed" my="xs">
          An amount leads to the items, or the entries, that it comes to.
        </Text>
        <Rows
          headings={['Month end', ...['DSO', 'Best possible', 'Sales', 'Receivables', ...buckets.map(bucketName)].map(right)]}
        >
          {[...monthEnds].reverse().map(({ on, dso, bestPossibleDso, salesMinor, receivablesMinor, buckets: amounts }) => (
            <tr key={on}>
              <th scope="row">
                <Day on={on} />
              </th>
              <DigitsCell>{days(dso)}</DigitsCell>
              <DigitsCell>{days(bestPossibleDso)}</DigitsCell>
              <td data-align="right">
                <Link
                  to="/reports/documents/sales"
                  search={{ currency, unit: 'minor', from: `${on.slice(0, 8)}01`, to: on, ...(knownOn && { knownOn }) } as never}
                >
                  <Money minor={salesMinor} currency={currency} />
                </Link>
              </td>
              <td data-align="right">
                <OpenItems minor={receivablesMinor} currency={currency} on={on} knownOn={knownOn} />
              </td>
              {buckets.map((bucket) => (
                <td key={bucket} data-align="right">
                  <OpenItems minor={amounts[bucket]} currency={currency} on={on} bucket={bucket} knownOn={knownOn} />
                </td>
              ))}
            </tr>
          ))}
        </Rows>
      </Panel>
      <Panel title={`Roll rates, ${currency}`}>
        <Text size="xs" c="dimmed">
          The share of a bucket that stood in the next one a month later: month by month, and of all months together.
        </Text>
        <Plot
          label={`Roll rates by month end in ${currency}`}
          kind="line"
          unit="%"
          categories={categories}
          series={rollRates.map(({ bucket }) => ({
            name: bucketName(bucket),
            values: monthEnds.map(({ rolledOn }) => rolledOn[bucket as keyof typeof rolledOn]),
          }))}
        />
        <Rows>
          {rollRates.map(({ bucket, rate, months, source }) => (
            <tr key={bucket}>
              <th scope="row">{bucketName(bucket)}</th>
              <DigitsCell>{(Number(rate) * 100).toFixed(1)} %</DigitsCell>
              <td className="faint">
                {source === 'own' ? `of ${months} months` : 'by the bad-debt policy, while months are few'}
              </td>
            </tr>
          ))}
        </Rows>
      </Panel>
    </>
  );
}
