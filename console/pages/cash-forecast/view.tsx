import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useReport } from '../../api/use-report.ts';
import { ReportTabs } from '../../parts/report-tabs.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { CsvLink } from '../../show/csv-link.tsx';
import { Day } from '../../show/moment.tsx';
import { Money, majorOf } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Plot } from '../../show/plot.tsx';
import { DigitsCell, MoneyCell, Rows, right } from '../../show/rows.tsx';
import { FilterField } from '../../table/filter-field.tsx';
import { useFilters } from '../../table/filters.ts';

type OfCurrency = Schema<'CashForecast'>['currencies'][number];

export default function CashForecastPage() {
  const [{ asOf }, setFilters] = useFilters();
  const query = { ...(asOf && { asOf }) };
  const forecast = useReport(['cash-forecast', query], () => ask(api.GET('/v1/reports/cash-forecast', { params: { query } })));
  const { data } = forecast;
  return (
    <Stack gap="md">
      <Title order={1}>Cash forecast</Title>
      <ReportTabs />
      <Group gap="xs">
        <FilterField label="As of" type="date" value={asOf} onChange={(day) => setFilters({ asOf: day })} />
        <CsvLink href={`/v1/reports/cash-forecast.csv?${new URLSearchParams(query)}`} ml="auto" />
      </Group>
      {!data ? (
        <Unanswered query={forecast} height={320} />
      ) : (
        <>
          <Text c="dimmed">
            What {asOf ? 'was' : 'is'} open and undisputed, promised, or ordered and not invoiced yet, by when each customer{' '}
            {asOf ? 'had' : 'has'} paid so far; from <Day on={data.asOf} />
            {asOf && ', as it would have been told at the end of that day, beside what then came in'}.
          </Text>
          {data.currencies.length === 0 && (
            <div className="panel">
              <Text>
                Nothing is open and no order is on its way, so no cash is expected. Open invoices and orders stand here by the
                week in which they are likely to be paid.
              </Text>
            </div>
          )}
          {data.currencies.map((one) => (
            <Weeks key={one.currency} of={one} asOf={asOf} />
          ))}
        </>
      )}
    </Stack>
  );
}

const layers = [
  ['itemsMinor', 'Open items'],
  ['promisesMinor', 'Promised'],
  ['ordersMinor', 'Not invoiced yet'],
] as const;

function Weeks({ of, asOf }: { of: OfCurrency; asOf: string | undefined }) {
  const { currency, weeks, later, openMinor, cashMinor, ordersMinor, laterMinor, disputedMinor, company } = of;
  const major = (minor: number) => Number(majorOf(minor, currency));
  const search = { currency, ...(asOf && { asOf }) };
  const isAnyOver = weeks.some(({ receivedMinor }) => receivedMinor !== null);
  return (
    <>
      <Panel title={`Expected in ${asOf ? 'these' : 'the next'} 13 weeks, ${currency}`}>
        <Plot
          label={`Cash expected in each of ${asOf ? 'these' : 'the next'} 13 weeks in ${currency}`}
          kind="bar"
          stacked
          unit={currency}
          categories={weeks.map(({ from }) => from)}
          series={layers.map(([key, name]) => ({ name, values: weeks.map((one) => major(one[key])) }))}
        />
        <Plot
          label={`Between what and what the cash of each week is in eight cases of ten, in ${currency}`}
          kind="line"
          unit={currency}
          categories={weeks.map(({ from }) => from)}
          series={[
            { name: 'Expected', values: weeks.map(({ expectedMinor }) => major(expectedMinor)) },
            { name: 'Middle (P50)', values: weeks.map(({ p50Minor }) => major(p50Minor)) },
          ]}
          band={{ name: 'P10 to P90', values: weeks.map(({ p10Minor, p90Minor }) => [major(p10Minor), major(p90Minor)]) }}
        />
        <dl className="facts">
          {(
            [
              ['Open and undisputed', openMinor],
              ['Cash that is here already', cashMinor],
              ['Orders not invoiced yet', ordersMinor],
              ['Disputed, not expected', disputedMinor],
            ] as const
          ).map(([name, minor]) => (
            <Fact key={name} name={name} minor={minor} currency={currency} />
          ))}
        </dl>
        <Text size="xs" c="dimmed" my="xs">
          All customers together paid {company.meanDaysLate.toFixed(1)} days late on average, give or take{' '}
          {company.deviationDays.toFixed(1)}, over {company.items} items. Less than P10, and more than P90, comes in one week of
          ten.
        </Text>
        {isAnyOver && (
          <Plot
            label={`What was expected of the weeks that are over, and what came in, in ${currency}`}
            kind="bar"
            unit={currency}
            categories={weeks.map(({ from }) => from)}
            series={[
              { name: 'Expected', values: weeks.map(({ expectedMinor }) => major(expectedMinor)) },
              {
                name: 'Came in for it',
                values: weeks.map(({ ofForecastMinor }) => (ofForecastMinor === null ? null : major(ofForecastMinor))),
              },
              {
                name: 'Came in in all',
                values: weeks.map(({ receivedMinor }) => (receivedMinor === null ? null : major(receivedMinor))),
              },
            ]}
          />
        )}
        <Rows
          label={`Weeks, ${currency}`}
          headings={[
            'Week',
            ...layers.map(([, name]) => right(name)),
            right('Expected'),
            right('P10'),
            right('P50'),
            right('P90'),
            ...(isAnyOver ? [right('Came in for it'), right('Came in in all')] : []),
          ]}
        >
          {weeks.map((one, index) => (
            <tr key={one.from}>
              <th scope="row">
                <Link to={`/reports/cash/${index + 1}`} search={search as never}>
                  <Day on={one.from} /> to <Day on={one.to} />
                </Link>
              </th>
              {layers.map(([key]) => (
                <MoneyCell key={key} minor={one[key]} currency={currency} />
              ))}
              <MoneyCell minor={one.expectedMinor} currency={currency} />
              <MoneyCell minor={one.p10Minor} currency={currency} />
              <MoneyCell minor={one.p50Minor} currency={currency} />
              <MoneyCell minor={one.p90Minor} currency={currency} />
              {isAnyOver && (
                <>
                  <MoneyCell minor={one.ofForecastMinor} currency={currency} />
                  <td data-align="right">
                    {one.receivedMinor !== null && (
                      <Link
                        to="/reports/documents/receipts"
                        search={{ currency, unit: 'minor', from: one.from, to: one.to } as never}
                      >
                        <Money minor={one.receivedMinor} currency={currency} />
                      </Link>
                    )}
                  </td>
                </>
              )}
            </tr>
          ))}
          <tr>
            <th scope="row">
              <Link to={`/reports/cash/${weeks.length + 1}`} search={search as never}>
                Later
              </Link>
            </th>
            {layers.map(([key]) => (
              <MoneyCell key={key} minor={later[key]} currency={currency} />
            ))}
            <MoneyCell minor={laterMinor} currency={currency} />
          </tr>
        </Rows>
      </Panel>
      <Kept currency={currency} />
    </>
  );
}

function Fact({ name, minor, currency }: { name: string; minor: number; currency: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <Money minor={minor} currency={currency} />
      </dd>
    </>
  );
}

/** Of the forecasts that were kept: what the weeks that are over were expected to bring, and what came. */
function Kept({ currency }: { currency: string }) {
  const kept = useQuery({
    queryKey: ['cash-forecasts', currency],
    queryFn: () => ask(api.GET('/v1/reports/cash-forecasts', { params: { query: { currency } } })),
  });
  if (!kept.data) return <Unanswered query={kept} height={90} title={`Forecast against what came in, ${currency}`} />;
  const { items } = kept.data;
  const oldestFirst = [...items].reverse();
  const major = (minor: number) => Number(majorOf(minor, currency));
  return (
    <Panel title={`Forecast against what came in, ${currency}`}>
      {items.length === 0 ? (
        <Text c="dimmed">One forecast is kept every week. Once a week of it is over, what came in stands beside it here.</Text>
      ) : (
        <>
          <Plot
            label={`What kept forecasts expected by now and what came in, in ${currency}`}
            kind="bar"
            unit={currency}
            categories={oldestFirst.map(({ asOf }) => asOf)}
            series={[
              { name: 'Expected by now', values: oldestFirst.map(({ expectedByNowMinor }) => major(expectedByNowMinor)) },
              { name: 'Came in', values: oldestFirst.map(({ cameInByNowMinor }) => major(cameInByNowMinor)) },
            ]}
          />
          <Rows
            label={`Forecasts that were kept, ${currency}`}
            headings={['Forecast of', right('Expected by now'), right('Came in'), right('Error')]}
          >
            {items.map(({ asOf, expectedByNowMinor, cameInByNowMinor, errorPercent }) => (
              <tr key={asOf}>
                <th scope="row">
                  <Link to="/reports/cash" search={{ asOf } as never}>
                    <Day on={asOf} />
                  </Link>
                </th>
                <MoneyCell minor={expectedByNowMinor} currency={currency} />
                <MoneyCell minor={cameInByNowMinor} currency={currency} />
                <DigitsCell>{errorPercent === null ? '–' : `${errorPercent.toFixed(1)} %`}</DigitsCell>
              </tr>
            ))}
          </Rows>
        </>
      )}
    </Panel>
  );
}
