import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { WriteOffs } from '../../parts/write-offs.tsx';
import { NotRead } from '../../shell/broken-page.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { inWords } from '../../show/status.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';

type Case = Schema<'CollectionsWorklist'>['items'][number];

const filters: Filter[] = [{ id: 'customerId', label: 'Customer number', type: 'text' }];
// As many as are ranked at all: the list has no second page.
const ranked = 1_000;

const columns: Column<Case>[] = [
  {
    id: 'customer',
    header: 'Customer',
    width: 'minmax(9rem, 1fr)',
    phone: true,
    cell: ({ customerId, name }) => (
      <Link to={`/collections/${customerId}`} className="plain">
        {name}
      </Link>
    ),
  },
  {
    id: 'overdue',
    header: 'Overdue',
    width: '7.5rem',
    align: 'right',
    phone: true,
    cell: ({ overdueMinor, currency }) => <Money minor={overdueMinor} currency={currency} />,
  },
  {
    id: 'expected',
    header: 'A contact brings',
    width: '7.5rem',
    align: 'right',
    phone: true,
    cell: ({ expectedRecoveryMinor, currency }) => (
      <b>
        <Money minor={expectedRecoveryMinor} currency={currency} />
      </b>
    ),
  },
  {
    id: 'days',
    header: 'Oldest',
    width: '4.5rem',
    align: 'right',
    cell: ({ oldestDaysOverdue }) => <span className="digits">{oldestDaysOverdue} days</span>,
  },
  {
    id: 'reasons',
    header: 'Why',
    width: 'minmax(16rem, 3fr)',
    cell: ({ reasons }) => <span title={reasons.join('\n')}>{reasons.join(' · ')}</span>,
  },
  {
    id: 'lastContact',
    header: 'Last contact',
    width: 'minmax(6rem, 1fr)',
    cell: ({ lastContact }) =>
      lastContact ? (
        <>
          <Day on={lastContact.on} /> <span className="faint">{inWords(lastContact.outcome).toLowerCase()}</span>
        </>
      ) : (
        <span className="faint">never</span>
      ),
  },
  {
    id: 'nextStep',
    header: 'Next step',
    width: 'minmax(5rem, 1fr)',
    cell: ({ nextStep }) =>
      nextStep && (
        <>
          <Day on={nextStep.on} /> <span className="faint">{nextStep.text}</span>
        </>
      ),
  },
  { id: 'name', header: 'Name', width: 'minmax(9rem, 1fr)', hiddenAtFirst: true, cell: ({ name }) => name },
  {
    id: 'late',
    header: 'Pays late',
    width: '6rem',
    align: 'right',
    hiddenAtFirst: true,
    cell: ({ lateChance }) => (lateChance === null ? '' : `${Math.round(lateChance * 100)} %`),
  },
];

type Counted = Pick<Schema<'CollectionsWorklist'>, 'rankedCount' | 'overdueCount'>;

export default function CollectionsPage() {
  const [counted, setCounted] = useState<Counted>();
  return (
    <Stack gap="md">
      <DataTable
        name="collections"
        title="Collections"
        columns={columns}
        filters={filters}
        above={counted && <Ranked {...counted} />}
        queryKey={['worklist']}
        read={async ({ customerId }) => {
          const wanted = customerId === undefined ? {} : { customerId: customerId.toUpperCase() };
          const { items, rankedCount, overdueCount } = await ask(
            api.GET('/v1/collections/worklist', { params: { query: { limit: ranked, ...wanted } } }),
          );
          setCounted({ rankedCount, overdueCount });
          return { items, next: null };
        }}
        idOf={({ customerId, currency }) => `${customerId} ${currency}`}
        addressOf={({ customerId }) => `/collections/${customerId}`}
        empty={
          <Text>
            Nobody owes anything that is overdue. Customers come here by themselves the day after a due date, those first where a
            contact today is expected to bring in most.
          </Text>
        }
      />
      <WaitingWriteOffs />
    </Stack>
  );
}

/** Says so where more customers owe than are ranked. */
function Ranked({ rankedCount, overdueCount }: Counted) {
  if (overdueCount <= rankedCount || overdueCount <= ranked) return null;
  return (
    <Text size="sm" className="notice">
      {overdueCount.toLocaleString('en')} customers have something overdue. The {rankedCount.toLocaleString('en')} who owe most
      are ranked here; another one is found by its number.
    </Text>
  );
}

function WaitingWriteOffs() {
  const waiting = useQuery({
    queryKey: ['write-offs', 'proposed'],
    queryFn: () => ask(api.GET('/v1/write-offs', { params: { query: { status: 'proposed', limit: 100 } } })),
  });
  if (!waiting.data) return <NotRead query={waiting} title="Write-offs to decide" />;
  if (waiting.data.items.length === 0) return null;
  return (
    <Panel title="Write-offs to decide">
      <WriteOffs items={waiting.data.items} changes={[['write-offs'], ['worklist'], ['invoices'], ['invoice'], ['account']]} />
      {waiting.data.next !== null && (
        <Text size="xs" c="dimmed">
          The {waiting.data.items.length} that wait longest; others come here as these are decided.
        </Text>
      )}
    </Panel>
  );
}
