import { Text } from '@mantine/core';
import type { Schema } from '../api/client.ts';
import { Moment } from '../show/moment.tsx';
import { inWords } from '../show/status.tsx';

/** Where an order stands, why, until when, and whose move it is. */
export function OrderLane({ standing: { lane, means, reason, until, movedBy } }: { standing: Schema<'OrderStanding'> }) {
  return (
    <section className="panel" aria-label="Where it stands">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and must do so by keyboard too. */}
      <ol className="lane" tabIndex={0} aria-label="Stages">
        {lane.map(({ stage, state }) => (
          <li key={stage} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            {inWords(stage)}
            <span>{{ done: 'done', now: 'here', ahead: '', stopped: 'ended', skipped: 'not needed' }[state]}</span>
          </li>
        ))}
      </ol>
      <Text mt="sm">
        {inWords(means)}
        {reason && `: ${reason}`}
        {until && (
          <>
            {' '}
            · until <Moment at={until} />
          </>
        )}
        {movedBy.length > 0 && ` · next move: ${movedBy.map(({ role, person }) => person ?? role).join(', ')}`}
      </Text>
    </section>
  );
}
