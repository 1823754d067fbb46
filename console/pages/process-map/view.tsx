import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useReport } from '../../api/use-report.ts';
import { PeriodReport } from '../../parts/period-report.tsx';
import { ProcessTabs } from '../../parts/process-tabs.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { inDays, usePeriod } from '../../show/period-fields.tsx';
import { Plot } from '../../show/plot.tsx';
import { digits, Records, type RecordsColumn } from '../../show/records.tsx';
import { inWords } from '../../show/status.tsx';

type Stage = Schema<'StageOnMap'>;
type Times = Pick<Stage, 'orders' | 'medianHours' | 'workHours' | 'queueHours' | 'customerHours'>;

export default function ProcessMapPage() {
  const query = usePeriod();
  const map = useReport(['process-map', query], () => ask(api.GET('/v1/process-map', { params: { query } })));
  return (
    <PeriodReport
      title="Process map"
      tabs={<ProcessTabs />}
      csv={`/v1/process-map.csv?${new URLSearchParams(query)}`}
      report={map}
      tells="What stands in each stage now, or stood there at the end of days that are past, and how long orders took that left it"
    >
      {({ stages, bottleneck, bottleneckBefore }) => (
        <>
          {bottleneck && (
            <Text c="dimmed">
              The bottleneck is {inWords(bottleneck).toLowerCase()}: orders are longest in our own hands there.{' '}
              {bottleneckBefore &&
                (bottleneckBefore === bottleneck
                  ? 'It was so in the period before, too. '
                  : `In the period before it was ${inWords(bottleneckBefore).toLowerCase()}. `)}
              <Link to="/process/effects" search={query as never}>
                What it does to later stages
              </Link>
            </Text>
          )}
          <ol className="flow" aria-label="Stages">
            {stages.map((stage) => (
              <StageColumn key={stage.stage} of={stage} isBottleneck={stage.stage === bottleneck} period={query} />
            ))}
          </ol>
          {stages.some(({ orders, before }) => orders + before.orders > 0) && <TimeByStage stages={stages} />}
        </>
      )}
    </PeriodReport>
  );
}

const owners = [
  ['workHours', 'work', 'var(--accent)'],
  ['queueHours', 'waiting for us', 'var(--warn)'],
  ['customerHours', 'waiting for the customer', 'var(--faint)'],
] as const;

/** Of one order, on average; null: none left the stage. */
const mean = (of: Times, ...keys: readonly (typeof owners)[number][0][]): number | null =>
  of.orders === 0 ? null : keys.reduce((sum, key) => sum + of[key], 0) / of.orders;
const inOurHands = (of: Times) => mean(of, 'workHours', 'queueHours');
const rounded = (hours: number | null) => (hours === null ? null : Math.round(hours * 10) / 10);

const columns: RecordsColumn<Stage>[] = [
  { header: 'Stage', cell: ({ stage }) => inWords(stage) },
  digits('Left it', ({ orders }) => orders),
  digits('Before', ({ before }) => before.orders),
  digits('Median', ({ medianHours }) => inDays(medianHours)),
  digits('Median before', ({ before }) => inDays(before.medianHours)),
  ...owners.map(([key, name]) => digits<Stage>(`Mean ${name}`, (stage) => inDays(mean(stage, key)))),
  digits('Mean in our hands', (stage) => inDays(inOurHands(stage))),
  digits('In our hands before', ({ before }) => inDays(inOurHands(before))),
];

/** How long an order is in each stage and whose time it is; the bottleneck is the highest of what is in our own hands. */
function TimeByStage({ stages }: { stages: readonly Stage[] }) {
  const categories = stages.map(({ stage }) => inWords(stage));
  return (
    <Panel title="Where the time goes">
      <Text size="xs" c="dimmed">
        Mean hours of an order that left the stage, by whose time it was
      </Text>
      <Plot
        label="Mean hours of an order in each stage, by whose time it was"
        kind="bar"
        stacked
        unit="hours"
        categories={categories}
        series={owners.map(([key, name]) => ({ name, values: stages.map((stage) => rounded(mean(stage, key))) }))}
      />
      <Text size="xs" c="dimmed">
        Formula of the bottleneck: (work + waiting for us) ÷ orders that left the stage; the highest of all stages
      </Text>
      <Plot
        label="Mean hours of an order in our own hands in each stage, beside the period before"
        kind="bar"
        unit="hours"
        categories={categories}
        series={[
          { name: 'In our own hands', values: stages.map((stage) => rounded(inOurHands(stage))) },
          { name: 'Before', values: stages.map(({ before }) => rounded(inOurHands(before))) },
        ]}
      />
      <Records columns={columns} rows={stages} keyOf={({ stage }) => stage} empty="" />
    </Panel>
  );
}

const countOf = (standing: Stage['standing']) => standing.reduce((sum, one) => sum + one.orders, 0);

/** A figure, and what it was in the period before. */
function Beside({ now, before }: { now: string | number; before: string | number }) {
  return (
    <dd className="digits">
      {now}
      <div className="faint">was {before}</div>
    </dd>
  );
}

function StageColumn({ of, isBottleneck, period }: { of: Stage; isBottleneck: boolean; period: object }) {
  const { stage, standing, orders, medianHours, p90Hours, slowestFromHours, slowest, before } = of;
  const count = countOf(standing);
  const total = owners.reduce((sum, [key]) => sum + of[key], 0);
  return (
    <li className="panel" data-bottleneck={isBottleneck || undefined}>
      <h2>
        <Link to={`/process/${stage}`} search={period as never} className="plain">
          {inWords(stage)}
        </Link>
      </h2>
      {isBottleneck && <Text size="xs">Bottleneck</Text>}
      <Link to={`/process/${stage}`} search={{ ...period, show: 'standing' } as never} className="count digits">
        {count} {count === 1 ? 'order' : 'orders'}
      </Link>
      {standing.map(({ currency, amountMinor }) => (
        <div key={currency}>
          <Money minor={amountMinor} currency={currency} />
        </div>
      ))}
      <div className="faint digits">was {countOf(before.standing)}</div>
      <dl className="facts">
        <dt>Left it</dt>
        <Beside now={orders} before={before.orders} />
        <dt>Median</dt>
        <Beside now={inDays(medianHours)} before={inDays(before.medianHours)} />
        <dt>9 of 10</dt>
        <Beside now={inDays(p90Hours)} before={inDays(before.p90Hours)} />
        <dt>Slowest 5 %</dt>
        <dd className="digits">{slowestFromHours === null ? '–' : `from ${inDays(slowestFromHours)}`}</dd>
      </dl>
      {total > 0 && (
        <>
          <div className="shares" aria-hidden>
            {owners.map(([key, , color]) => (
              <span key={key} style={{ flexGrow: of[key], background: color }} />
            ))}
          </div>
          <Text size="xs" c="dimmed">
            {owners
              .filter(([key]) => of[key] > 0)
              .map(([key, name]) => `${Math.round((of[key] / total) * 100)} % ${name}`)
              .join(', ')}
          </Text>
        </>
      )}
      {slowest.slice(0, 3).map(({ orderId, hours }) => (
        <div key={orderId} className="digits slowest">
          <Link to={`/orders/${orderId}`}>{orderId}</Link> <span className="faint">{inDays(hours)}</span>
        </div>
      ))}
    </li>
  );
}
