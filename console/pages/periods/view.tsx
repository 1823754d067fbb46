import { Group, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { LedgerTabs } from '../../parts/ledger-tabs.tsx';
import { NoAnswer, Unanswered } from '../../shell/broken-page.tsx';
import { Moment } from '../../show/moment.tsx';
import { Notice } from '../../show/notice.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';

type Period = Schema<'Period'>;

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const nameOf = ({ startsOn }: Period) => monthName.format(new Date(`${startsOn}T00:00:00Z`));

export default function PeriodsPage() {
  const periods = useQuery({ queryKey: ['periods'], queryFn: () => ask(api.GET('/v1/ledger/periods')) });
  return (
    <Stack gap="md">
      <Title order={1}>Periods</Title>
      <LedgerTabs />
      {!periods.isSuccess ? (
        <Unanswered query={periods} height={320} />
      ) : (
        <Panel title="Months of the books">
          <Text c="dimmed" mb="xs">
            Nothing is booked into a closed month: what belongs to it and comes late is booked on the first open day.
          </Text>
          <Rows headings={['Month', 'Status', 'Changed last', { text: 'What can be done', unseen: true }]}>
            {periods.data.items.map((period) => (
              <tr key={period.month}>
                <th scope="row" className="digits">
                  {nameOf(period)}
                </th>
                <td>
                  <Status of={period.status} />
                </td>
                <td>
                  {period.lastChange && (
                    <>
                      {inWords({ close: 'closed', reopen: 'opened again', lock: 'locked' }[period.lastChange.action])}{' '}
                      <Moment at={period.lastChange.at} /> by {period.lastChange.actor}
                      {period.lastChange.reason && <div className="faint">{period.lastChange.reason}</div>}
                    </>
                  )}
                </td>
                <td data-align="right">
                  <Group gap={6} justify="flex-end" wrap="nowrap">
                    {period.actions.includes('close') && <Close period={period} />}
                    {period.actions.includes('close') && <Revalue period={period} />}
                    {period.actions.includes('reopen') && <Change period={period} action="reopen" />}
                    {period.actions.includes('lock') && <Change period={period} action="lock" />}
                  </Group>
                </td>
              </tr>
            ))}
          </Rows>
        </Panel>
      )}
    </Stack>
  );
}

const changes = [['periods'], ['period-checks']];

/** The checks are read as the form opens; the close itself makes them again. */
function Close({ period }: { period: Period }) {
  const { month } = period;
  return (
    <CommandButton
      label="Close"
      title={`Close ${nameOf(period)}`}
      submit={`Close ${nameOf(period)} and what is before it`}
      send={async (form, key) => {
        const reason = form('reason');
        await ask(
          api.POST('/v1/ledger/periods/{month}/close', {
            params: { path: { month }, header: { 'Idempotency-Key': key } },
            body: { ...(reason !== '' && { reason }) },
          }),
        );
        return `${nameOf(period)} is closed.`;
      }}
      changes={changes}
    >
      <Checks month={month} />
      <NoteField label="Note" required={false} />
    </CommandButton>
  );
}

function Checks({ month }: { month: string }) {
  const checks = useQuery({
    queryKey: ['period-checks', month],
    queryFn: () => ask(api.GET('/v1/ledger/periods/{month}/checks', { params: { path: { month } } })),
    staleTime: 0,
  });
  if (checks.isError) return <NoAnswer error={checks.error} again={() => void checks.refetch()} />;
  if (checks.isPending) return <Text role="status">The books are being checked…</Text>;
  const { blocks } = checks.data;
  if (blocks.length === 0)
    return (
      <Text>
        <Status of="holds" /> Debits equal credits, the accounts agree with their subledgers, and no entry waits for a decision.
      </Text>
    );
  return (
    <Notice tone="bad" title="This keeps it from being closed">
      <List size="sm">
        {blocks.map(({ check, detail }) => (
          <List.Item key={`${check} ${detail}`}>{detail}</List.Item>
        ))}
      </List>
    </Notice>
  );
}

function Change({ period, action }: { period: Period; action: 'reopen' | 'lock' }) {
  const { month } = period;
  const name = nameOf(period);
  const locks = action === 'lock';
  return (
    <CommandButton
      label={locks ? 'Lock' : 'Reopen'}
      title={`${locks ? 'Lock' : 'Reopen'} ${name}`}
      submit={locks ? `Lock ${name} for ever` : `Reopen ${name}`}
      danger={locks}
      send={async (form, key) => {
        const params = { path: { month }, header: { 'Idempotency-Key': key } };
        const body = { reason: form('reason') };
        if (locks) await ask(api.POST('/v1/ledger/periods/{month}/lock', { params, body }));
        else await ask(api.POST('/v1/ledger/periods/{month}/reopen', { params, body }));
        return locks ? `${name} is locked.` : `${name} is open again.`;
      }}
      changes={changes}
    >
      {(faultAt) => (
        <>
          <Text>
            {locks
              ? `${name} and every month before it never open again. This cannot be undone.`
              : `What is booked from now on can fall into ${name} again, so that its balances may move.`}
          </Text>
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}

function Revalue({ period }: { period: Period }) {
  const { month } = period;
  return (
    <CommandButton
      label="Revalue"
      title={`Revalue ${nameOf(period)}`}
      submit="Book the revaluation"
      send={async (_form, key) => {
        const { currencies } = await ask(
          api.POST('/v1/ledger/periods/{month}/revaluation', {
            params: { path: { month }, header: { 'Idempotency-Key': key } },
            body: {},
          }),
        );
        return currencies.length === 0
          ? 'Nothing in another currency has changed: nothing was booked.'
          : `Booked for ${currencies.map(({ currency, rate }) => `${currency} at ${rate}`).join(', ')}.`;
      }}
      changes={[['periods'], ['trial-balance'], ['journal']]}
    >
      <Text>
        What is open in other currencies at the end of {nameOf(period)} is brought to the rate of its last day, and that is taken
        back the day after. Asked for again, only what has changed is booked.
      </Text>
    </CommandButton>
  );
}
