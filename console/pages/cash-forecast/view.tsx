import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { ReportTabs } from '../../parts/report-tabs.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Day } from '../../show/moment.tsx';
import { Money, majorOf } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Plot } from '../../show/plot.tsx';
import { MoneyCell, Rows, right } from '../../show/rows.tsx';

type OfCurrency = Schema<'CashForecast'>['currencies'][number];

export default function CashForecastPage() {
  const forecast = useQuery({
    queryKey: ['cash-forecast'],
    queryFn: () => ask(api.GET('/v1/reports/cash-forecast')),
  });
  return (
    <Stack gap="md">
      <Title order={1}>Cash forecast</Title>
      <ReportTabs />
      {!forecast.isSuccess ? (
        <Unanswered query={forecast} height={320} />
      ) : (
        <>
          <Group justify="space-between">
            <Text c="dimmed">
              What is open and undisputed, promised, or ordered and not invoiced yet, by when each customer has paid so far; from{' '}
              <Day on={forecast.data.asOf} />.
            </Text>
            <Button component="a" href="/v1/reports/cash-forecast.csv" download variant="default" size="compact-sm">
              Export CSV
            </Button>
          </Group>
          {forecast.data.currencies.length === 0 && (
            <div className="panel">
              <Text>
                Nothing is open and no order is on its way, so no cash is expected. Open invoices and orders stand here by the
                week in which they are likely to be paid.
              </Text>
            </div>
          )}
          {forecast.data.currencies.map((one) => (
            <Weeks key={one.currency} of={one} />
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

function Weeks({ of }: { of: OfCurrency }) {
  const { currency, weeks, later, openMinor, cashMinor, ordersMinor, laterMinor, disputedMinor, company } = of;
  const major = (minor: number) => Number(majorOf(minor, currency));
  return (
    <>
      <Panel title={`Expected in the next 13 weeks, ${currency}`}>
        <Plot
          label={`Cash expected in each of the next 13 weeks in ${currency}`}
          kind="bar"
          stacked
          unit={currency}
          categories={weeks.map(({ from }) => from)}
          series={layers.map(([key, name]) => ({ name, values: weeks.map((one) => major(one[key])) }))}
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
          {company.deviationDays.toFixed(1)}, over {company.items} items.
        </Text>
        <Rows label={`Weeks, ${currency}`} headings={['Week', ...layers.map(([, name]) => right(name)), right('Expected')]}>
          {weeks.map((one) => (
            <tr key={one.from}>
              <th scope="row">
                <Day on={one.from} /> to <Day on={one.to} />
              </th>
              {layers.map(([key]) => (
                <MoneyCell key={key} minor={one[key]} currency={currency} />
              ))}
              <MoneyCell minor={one.expectedMinor} currency={currency} />
            </tr>
          ))}
          <tr>
            <th scope="row">Later</th>
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
  const items = kept.data?.items ?? [];
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
                  <Day on={asOf} />
                </th>
                <MoneyCell minor={expectedByNowMinor} currency={currency} />
                <MoneyCell minor={cameInByNowMinor} currency={currency} />
                <td data-align="right" className="digits">
                  {errorPercent === null ? '–' : `${errorPercent.toFixed(1)} %`}
                </td>
              </tr>
            ))}
          </Rows>
        </>
      )}
    </Panel>
  );
}
