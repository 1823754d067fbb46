import { Anchor, Text } from '@mantine/core';
import type { Schema } from '../../api/client.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Notice } from '../../show/notice.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows } from '../../show/rows.tsx';
import { Status } from '../../show/status.tsx';
import { WallTime } from '../../show/wall-time.tsx';
import { useHealth } from './health.ts';
import { StartAgain } from './start-again.tsx';

/** Whether the engine and its workers are there, and which workflows cannot go on. */
export function Temporal() {
  const health = useHealth();
  return (
    <Panel
      title="Temporal"
      actions={
        health.data?.temporal.ui && (
          <Anchor href={health.data.temporal.ui} target="_blank" rel="noreferrer">
            Open its pages
          </Anchor>
        )
      }
    >
      {health.data ? <Standing of={health.data.temporal} /> : <Unanswered query={health} height={120} />}
    </Panel>
  );
}

function Standing({ of: { reachable, problem, workers, schedule, stuck } }: { of: Schema<'OperationsHealth'>['temporal'] }) {
  if (!reachable)
    return (
      <Notice tone="bad" title="Temporal does not answer">
        Orders are accepted and wait in the outbox; decisions are refused until it is back. {problem}
      </Notice>
    );
  return (
    <>
      <dl className="facts">
        <dt>Server</dt>
        <dd>
          <Status of="up" />
        </dd>
        <dt>Workers</dt>
        <dd>
          {workers.length === 0 ? (
            <Status of="missing" />
          ) : (
            workers.map(({ identity, lastSeenAt }) => (
              <div key={identity}>
                {identity}{' '}
                {lastSeenAt && (
                  <span className="faint">
                    asked for work <WallTime at={lastSeenAt} />
                  </span>
                )}
              </div>
            ))
          )}
        </dd>
        <dt>Schedule of the jobs</dt>
        <dd>
          <Status of={schedule === null ? 'missing' : schedule.paused ? 'paused' : 'active'} />{' '}
          {schedule?.lastAt && (
            <span className="faint">
              last <WallTime at={schedule.lastAt} />
            </span>
          )}
        </dd>
      </dl>
      {stuck === null ? (
        <Text c="dimmed">This server does not say which workflows cannot go on.</Text>
      ) : stuck.length === 0 ? (
        <Text c="dimmed">No workflow is stuck.</Text>
      ) : (
        <Rows label="Workflows that cannot go on" headings={['Workflow', 'What it reports', { text: 'Repair', unseen: true }]}>
          {stuck.map(({ workflowId, problems }) => (
            <tr key={workflowId}>
              <td>
                <Identifier id={workflowId} />
              </td>
              <td className="value">{problems.join(', ')}</td>
              <td>
                <StartAgain workflowId={workflowId} />
              </td>
            </tr>
          ))}
        </Rows>
      )}
    </>
  );
}
