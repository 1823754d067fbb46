import { Text } from '@mantine/core';
import type { Schema } from '../api/client.ts';
import { withDays } from '../show/days.ts';
import { Moment } from '../show/moment.tsx';
import { inWords } from '../show/status.tsx';

/** Where an order stands, why, until when, and whose move it is. */
export function OrderLane({ standing: { lane, means, reason, until, movedBy } }: { standing: Schema<'OrderStanding'> }) {
  const movers = [...new Set(movedBy.map(({ role, person }) => person ?? inWords(role).toLowerCase()))];
  return (
    <section className="panel" aria-label="Where it stands">
      <Lane lane={lane} label="Stages" />
      <Text mt="sm">
        {inWords(means)}
        {reason && `: ${withDays(reason)}`}
        {until && (
          <>
            {' '}
            · due <Moment at={until} />
          </>
        )}
        {movers.length > 0 && ` · next move: ${movers.join(', ')}`}
      </Text>
    </section>
  );
}

/** The stages of an order, in a line. */
export function Lane({ lane, label }: { lane: Schema<'OrderStanding'>['lane']; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and must do so by keyboard too.
    <ol className="lane" tabIndex={0} aria-label={label}>
      {lane.map(({ stage, state }) => (
        <li key={stage} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
          {inWords(stage)}
          <span>{{ done: 'done', now: 'here', ahead: '', stopped: 'ended', skipped: 'not needed' }[state]}</span>
        </li>
      ))}
    </ol>
  );
}
