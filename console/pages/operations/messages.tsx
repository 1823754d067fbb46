import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Moment } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows, right } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { WallTime } from '../../show/wall-time.tsx';
import { useHealth } from './health.ts';

type Kind = Schema<'WaitingMessage'>['kind'];

const kinds: Record<Kind, string> = {
  notice: 'Mails to customers',
  signal: 'Hints to workflows',
  'start-order': 'Starts of orders',
  'start-receivable': 'Starts of items',
  'start-bank-statement': 'Bank statements',
  edi: 'EDI documents',
  'card-payment': 'Payments by card',
  'card-work': 'Requests to the card gateway',
};
const changes = [['operations'], ['waiting-messages']];
const shown = 50;

/** What transactions owe the world and Temporal has not taken yet. */
export function Messages() {
  const health = useHealth();
  const messages = useQuery({
    queryKey: ['waiting-messages'],
    queryFn: () => ask(api.GET('/v1/operations/messages', { params: { query: { limit: shown } } })),
    refetchInterval: 10_000,
  });
  return (
    <Panel title="Messages that wait" actions={<HoldBack />}>
      <Stack gap="sm">
        {health.data?.heldBack.map(({ kind, reason, by, at }) => (
          <Group key={kind} gap="xs">
            <Status of="held-back" />
            <Text>
              {kinds[kind]}: {reason}{' '}
              <span className="faint">
                {by}, <Moment at={at} />
              </span>
            </Text>
            <LetGo kind={kind} />
          </Group>
        ))}
        {!messages.data ? (
          <Unanswered query={messages} height={80} />
        ) : messages.data.items.length === 0 ? (
          <Text c="dimmed">Everything that was owed has been delivered.</Text>
        ) : (
          <Waiting items={messages.data.items} />
        )}
        {messages.data?.next && health.data && (
          <Text c="dimmed">
            The first {shown} of {total(health.data.messages)}.
          </Text>
        )}
      </Stack>
    </Panel>
  );
}

const total = ({ waiting, failing, parked, 'held-back': heldBack }: Schema<'OperationsHealth'>['messages']): number =>
  waiting + failing + parked + heldBack;

function Waiting({ items }: { items: Schema<'WaitingMessage'>[] }) {
  return (
    <Rows headings={['Message', 'Stands', right('Attempts'), 'What keeps it', 'Written', { text: 'Repair', unseen: true }]}>
      {items.map(({ id, key, kind, state, attempts, problem, recordedAt, nextAttemptAt }) => (
        <tr key={id}>
          <td className="value">
            {key}
            <div className="faint">{kinds[kind]}</div>
          </td>
          <td>
            <Status of={state} />
          </td>
          <td data-align="right">{attempts}</td>
          <td className="value">
            {problem}
            {nextAttemptAt && (
              <div className="faint">
                again <WallTime at={nextAttemptAt} />
              </div>
            )}
          </td>
          <td>
            <WallTime at={recordedAt} />
          </td>
          <td>
            {state !== 'held-back' && (
              <CommandButton
                label="Try now"
                send={async () => {
                  await ask(api.POST('/v1/operations/messages/{id}/retry', { params: { path: { id } } }));
                  return `${key} is tried now.`;
                }}
                changes={changes}
              />
            )}
          </td>
        </tr>
      ))}
    </Rows>
  );
}

const pause = (kind: Kind, paused: boolean, reason: string) =>
  ask(api.PUT('/v1/operations/held-back/{kind}', { params: { path: { kind } }, body: { paused, reason } }));

function HoldBack() {
  return (
    <CommandButton
      label="Hold back"
      title="Hold messages back"
      submit="Hold them back"
      danger
      send={async (form) => {
        const kind = form('kind') as Kind;
        await pause(kind, true, form('reason'));
        return `${kinds[kind]} wait until they are let go.`;
      }}
      changes={changes}
    >
      {(faultAt) => (
        <>
          <Text>They are written as ever and wait, in their order, until you let them go. Nothing is lost.</Text>
          <NativeSelect
            name="kind"
            label="What"
            data={(Object.keys(kinds) as Kind[]).map((value) => ({ value, label: kinds[value] }))}
          />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}

function LetGo({ kind }: { kind: Kind }) {
  return (
    <CommandButton
      label="Let go"
      title={`Let go: ${inWords(kinds[kind])}`}
      send={async (form) => {
        await pause(kind, false, form('reason'));
        return `${kinds[kind]} go out again.`;
      }}
      changes={changes}
    >
      {(faultAt) => <NoteField error={faultAt('/reason')} />}
    </CommandButton>
  );
}
