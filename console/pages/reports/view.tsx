import { Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useReport } from '../../api/use-report.ts';
import { ReportTabs } from '../../parts/report-tabs.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { inDays, PeriodFields, usePeriod } from '../../show/period-fields.tsx';
import { useFilters } from '../../table/filters.ts';

type Measure = Schema<'Measure'>;
type Part = Schema<'MeasurePart'>;

export default function MeasuresPage() {
  const query = usePeriod();
  const measures = useReport(['measures', query], () => ask(api.GET('/v1/reports/measures', { params: { query } })));
  const { data } = measures;
  return (
    <Stack gap="md">
      <Title order={1}>Reports</Title>
      <ReportTabs />
      <PeriodFields known csv={`/v1/reports/measures.csv?${new URLSearchParams(query)}`} />
      {!data ? (
        <Unanswered query={measures} height={320} />
      ) : (
        <>
          <Text c="dimmed">
            <Day on={data.from} /> to <Day on={data.to} />, beside <Day on={data.before.from} /> to <Day on={data.before.to} />. A
            part leads to its documents.
          </Text>
          {data.currencies.length === 0 && (
            <div className="panel">
              <Text>Nothing was sold, owed or paid in this period. The first invoice brings the first measures.</Text>
            </div>
          )}
          {data.currencies.map(({ currency, measures: all }) => (
            <Stack key={currency} gap="xs">
              <Title order={2}>{currency}</Title>
              <div className="measures">
                {all.map((one) => (
                  <MeasureCard key={one.id} of={one} currency={currency} />
                ))}
              </div>
            </Stack>
          ))}
        </>
      )}
    </Stack>
  );
}

function figure(value: number | null, unit: Measure['unit']): string {
  if (value === null) return 'not available';
  if (unit === 'hours') return inDays(value);
  return unit === 'days' ? `${value.toFixed(1)} days` : `${value.toFixed(1)} %`;
}

function MeasureCard({ of, currency }: { of: Measure; currency: string }) {
  const { name, unit, value, before, formula, parts } = of;
  const change = value === null || before.value === null ? undefined : value - before.value;
  return (
    <Panel title={name}>
      <div className="figure digits">{figure(value, unit)}</div>
      <Text size="xs" c="dimmed">
        before: {figure(before.value, unit)}
        {change !== undefined && Math.abs(change) >= 0.05 && ` (${change > 0 ? '+' : '−'}${figure(Math.abs(change), unit)})`}
      </Text>
      <Text size="xs" mt="xs">
        {formula}
      </Text>
      <dl className="facts" style={{ marginTop: '0.4rem' }}>
        {parts.map((part) => (
          <PartRow
            key={part.name}
            of={part}
            before={before.parts.find(({ name: other }) => other === part.name)}
            currency={currency}
          />
        ))}
      </dl>
    </Panel>
  );
}

function PartRow({ of, before, currency }: { of: Part; before: Part | undefined; currency: string }) {
  const [{ from, to, knownOn }] = useFilters();
  const search = { currency, unit: of.unit, ...(from && { from }), ...(to && { to }), ...(knownOn && { knownOn }) };
  return (
    <>
      <dt>
        {of.documents ? (
          <Link to={`/reports/documents/${of.documents}`} search={search as never}>
            {of.name}
          </Link>
        ) : (
          of.name
        )}
      </dt>
      <dd style={{ textAlign: 'right' }}>
        <Amount of={of} currency={currency} />
        {before && (
          <div className="faint">
            <Amount of={before} currency={currency} />
          </div>
        )}
      </dd>
    </>
  );
}

function Amount({ of: { value, unit }, currency }: { of: Part; currency: string }) {
  if (unit === 'minor') return <Money minor={value} currency={currency} />;
  const text = unit === 'hours' ? inDays(value) : `${value.toLocaleString('en')} ${unit}`;
  return <span className="digits">{text}</span>;
}
