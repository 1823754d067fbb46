import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { PeriodReport } from '../../parts/period-report.tsx';
import { ProcessTabs } from '../../parts/process-tabs.tsx';
import { Panel } from '../../show/panel.tsx';
import { inDays, usePeriod } from '../../show/period-fields.tsx';
import { digits, Records, type RecordsColumn } from '../../show/records.tsx';
import { inWords } from '../../show/status.tsx';

type Row = Schema<'TimeOfPerson'>;

/** Who finished what in each stage, and how long it took from when it was there to do. */
export default function PeopleTimePage() {
  const query = usePeriod();
  const people = useQuery({
    queryKey: ['time-by-person', query],
    queryFn: () => ask(api.GET('/v1/reports/people', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  const columns: RecordsColumn<Row>[] = [
    {
      header: 'Person',
      cell: ({ actor, work }) => (
        <Link to={`/process/people/${encodeURIComponent(actor)}`} search={{ work, ...query } as never}>
          {actor}
        </Link>
      ),
    },
    { header: 'Work', cell: ({ work }) => inWords(work) },
    digits('Done', ({ done }) => done),
    digits('Median', ({ medianHours }) => inDays(medianHours)),
    digits('9 of 10', ({ p90Hours }) => inDays(p90Hours)),
    digits('In hand', ({ inHandMedianHours }) => inDays(inHandMedianHours)),
    digits('Done before', ({ before }) => before.done),
    digits('Median before', ({ before }) => inDays(before.medianHours)),
  ];
  return (
    <PeriodReport
      title="Time by person"
      tabs={<ProcessTabs />}
      csv={`/v1/reports/people.csv?${new URLSearchParams(query)}`}
      report={people}
      tells="What people finished"
    >
      {({ items }) => (
        <>
          <Text size="xs" c="dimmed">
            Formula: median time from when a task was opened, or a shipment was released or picked, until it was done; in hand:
            from when the task was claimed. Long waits are the queue’s as often as the person’s.
          </Text>
          {[...new Set(items.map(({ stage }) => stage))].map((stage) => (
            <Panel key={stage ?? 'none'} title={stage === null ? 'Of no stage' : inWords(stage)}>
              <Records
                columns={columns}
                rows={items.filter((row) => row.stage === stage)}
                keyOf={({ actor, work }) => `${actor} ${work}`}
                empty=""
              />
            </Panel>
          ))}
          {items.length === 0 && (
            <div className="panel">
              <Text>Nobody finished a task or a pick in this period. Each stands here with who did it.</Text>
            </div>
          )}
        </>
      )}
    </PeriodReport>
  );
}
