import { Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { ProcessTabs } from '../../parts/process-tabs.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { inDays, PeriodFields, usePeriod } from '../../show/period-fields.tsx';
import { inWords } from '../../show/status.tsx';

type Stage = Schema<'StageOnMap'>;

export default function ProcessMapPage() {
  const query = usePeriod();
  const map = useQuery({
    queryKey: ['process-map', query],
    queryFn: () => ask(api.GET('/v1/process-map', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  const { data } = map;
  return (
    <Stack gap="md">
      <Title order={1}>Process map</Title>
      <ProcessTabs />
      <PeriodFields csv={`/v1/process-map.csv?${new URLSearchParams(query)}`} />
      {!data ? (
        <Unanswered query={map} height={260} />
      ) : (
        <>
          <Text c="dimmed">
            What stands in each stage now, or stood there at the end of days that are past, and how long orders took that left it
            from <Day on={data.from} /> to <Day on={data.to} />.
            {data.bottleneck &&
              ` The bottleneck is ${inWords(data.bottleneck).toLowerCase()}: orders are longest in our own hands there.`}
          </Text>
          <ol className="flow" aria-label="Stages">
            {data.stages.map((stage) => (
              <StageColumn key={stage.stage} of={stage} isBottleneck={stage.stage === data.bottleneck} />
            ))}
          </ol>
        </>
      )}
    </Stack>
  );
}

const owners = [
  ['workHours', 'work', 'var(--accent)'],
  ['queueHours', 'waiting for us', 'var(--warn)'],
  ['customerHours', 'waiting for the customer', 'var(--faint)'],
] as const;

function StageColumn({ of, isBottleneck }: { of: Stage; isBottleneck: boolean }) {
  const { stage, standing, orders, medianHours, p90Hours, slowestFromHours, slowest } = of;
  const count = standing.reduce((sum, one) => sum + one.orders, 0);
  const total = owners.reduce((sum, [key]) => sum + of[key], 0);
  return (
    <li className="panel" data-bottleneck={isBottleneck || undefined}>
      <h2>
        <Link to={`/process/${stage}`} className="plain">
          {inWords(stage)}
        </Link>
      </h2>
      {isBottleneck && <Text size="xs">Bottleneck</Text>}
      <Link to={`/process/${stage}`} search={{ show: 'standing' } as never} className="count digits">
        {count} {count === 1 ? 'order' : 'orders'}
      </Link>
      {standing.map(({ currency, amountMinor }) => (
        <div key={currency}>
          <Money minor={amountMinor} currency={currency} />
        </div>
      ))}
      <dl className="facts">
        <dt>Left it</dt>
        <dd className="digits">{orders}</dd>
        <dt>Median</dt>
        <dd className="digits">{inDays(medianHours)}</dd>
        <dt>9 of 10</dt>
        <dd className="digits">{inDays(p90Hours)}</dd>
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
        <div key={orderId} className="digits">
          <Link to={`/orders/${orderId}`}>{orderId}</Link> <span className="faint">{inDays(hours)}</span>
        </div>
      ))}
    </li>
  );
}
