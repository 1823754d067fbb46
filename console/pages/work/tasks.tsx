import { Button, Group, Text, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import type { NextPage } from '../../api/use-pages.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { useReach } from '../../session/reach.ts';
import { useSession } from '../../session/session.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { withDays } from '../../show/days.ts';
import { Moment } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { inWords } from '../../show/status.tsx';
import { ShowMore } from '../../table/show-more.tsx';
import { addressesOf } from './task-addresses.ts';

export type Task = Schema<'Task'>;

const changes = [['tasks']];

/** Tasks with what the API lets this person do with each. */
export function TaskList({
  title,
  tasks,
  more,
  empty,
}: {
  title: string;
  tasks: readonly Task[] | undefined;
  /** What is due after them, and why none came. */
  more: NextPage & ComponentProps<typeof Unanswered>['query'];
  empty: string;
}) {
  return (
    <Panel
      title={title}
      actions={tasks && tasks.length > 0 && <span className="faint">{`${tasks.length}${more.hasNextPage ? '+' : ''}`}</span>}
    >
      {!tasks ? (
        <Unanswered query={more} height={90} />
      ) : tasks.length === 0 ? (
        <Text c="dimmed">{empty}</Text>
      ) : (
        <>
          <ul className="tasks">
            {tasks.map((task) => (
              <TaskLine key={task.id} task={task} />
            ))}
          </ul>
          <ShowMore of={more} shown={`The first ${tasks.length.toLocaleString('en')} by what is due`} />
        </>
      )}
    </Panel>
  );
}

function TaskLine({ task }: { task: Task }) {
  const { offsetMs } = useSession();
  const reach = useReach();
  const { id, title, kind, actions, dueAt, escalatedAt } = task;
  const address = addressesOf(task).find((candidate) => reach(candidate) !== undefined);
  const isLate = dueAt !== null && Date.parse(dueAt) < Date.now() + offsetMs;
  const claim = useCommand({
    send: (_: undefined, key) => ask(api.POST('/v1/tasks/{id}/claim', withKey(id, key))),
    said: () => `${id} is yours.`,
    changes,
  });
  return (
    <li>
      <div className="task-title">
        {address ? (
          <Link to={address} className="plain">
            {withDays(title)}
          </Link>
        ) : (
          withDays(title)
        )}
        <div className="faint">
          {inWords(kind)}
          {dueAt && (
            <>
              {' · '}
              <span className={isLate ? 'late' : undefined}>
                {isLate ? 'overdue since ' : 'due '}
                <Moment at={dueAt} />
              </span>
            </>
          )}
          {escalatedAt && (
            <>
              {' · '}went up <Moment at={escalatedAt} />
            </>
          )}
        </div>
      </div>
      <Group gap={6} wrap="nowrap">
        {actions.includes('claim') && (
          <Button
            size="compact-sm"
            variant="default"
            loading={claim.isPending}
            onClick={() => claim.mutate(undefined)}
            aria-label={`Claim ${id}`}
          >
            Claim
          </Button>
        )}
        <ChangeOfHands task={task} />
        {actions.includes('decide-credit') && (
          <Button size="compact-sm" variant="default" component={Link} to={`/credit/${id}`} aria-label={`Decide ${id}`}>
            Decide
          </Button>
        )}
        {actions.includes('complete') && (
          <CommandButton
            label="Complete"
            title={title}
            submit={`Complete ${id}`}
            changes={changes}
            send={async (form, key) => {
              const result = form('result');
              const body = { note: form('note'), ...(result !== '' && { result }) };
              await ask(api.POST('/v1/tasks/{id}/complete', { ...withKey(id, key), body }));
              return `${id} is done.`;
            }}
          >
            {(faultAt) => (
              <>
                <Textarea
                  name="note"
                  label="What was done or found out"
                  required
                  maxLength={2_000}
                  autosize
                  minRows={2}
                  error={faultAt('/note')}
                />
                <TextInput
                  name="result"
                  label="Result"
                  description="In a few words, for the timeline. May be left out."
                  maxLength={200}
                  error={faultAt('/result')}
                />
              </>
            )}
          </CommandButton>
        )}
      </Group>
    </li>
  );
}

/** Takes a task over from whoever has it, or gives it back, so that none waits for somebody who is not there. */
export function ChangeOfHands({ task: { id, title, owner, actions } }: { task: Task }) {
  const { me } = useSession();
  const way = (path: '/v1/tasks/{id}/take-over' | '/v1/tasks/{id}/release', label: string, said: string) => (
    <CommandButton
      label={label}
      title={title}
      submit={`${label} ${id}`}
      changes={changes}
      send={async (form, key) => {
        await ask(api.POST(path, { ...withKey(id, key), body: { reason: form('reason') } }));
        return said;
      }}
    >
      {(faultAt) => (
        <>
          {owner !== me.id && <Text size="sm">{`${owner} has taken it on.`}</Text>}
          <NoteField label="Why" error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
  return (
    <>
      {actions.includes('take-over') && way('/v1/tasks/{id}/take-over', 'Take over', `${id} is yours.`)}
      {actions.includes('release') && way('/v1/tasks/{id}/release', 'Give back', `${id} is open again.`)}
    </>
  );
}

const withKey = (id: string, key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });
