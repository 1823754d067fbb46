import { Group, Slider, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { api, ask, type Schema } from '../api/client.ts';
import { Unanswered } from '../shell/broken-page.tsx';
import { Moment } from '../show/moment.tsx';
import { Money } from '../show/money.tsx';
import { Status } from '../show/status.tsx';
import { Lane } from './order-lane.tsx';

/** The order as it was after each thing that happened to it: a slider over the instants of its timeline, told oldest first. */
export function OrderAsOf({ id, entries }: { id: string; entries: readonly Schema<'TimelineEntry'>[] }) {
  const instants = [...new Set(entries.map(({ at }) => at))].sort();
  const [chosen, choose] = useState<string>();
  const at = chosen ?? instants.at(-1);
  // While the slider is dragged it passes over many: what it is let go at is asked for.
  const [settled, settle] = useState<string>();
  const was = useQuery({
    queryKey: ['order', id, 'as of', settled],
    queryFn: () => ask(api.GET('/v1/orders/{id}/as-of', { params: { path: { id }, query: { at: settled ?? '' } } })),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
  });
  if (instants.length < 2 || at === undefined) return null;
  return (
    <div className="as-of">
      <Group justify="space-between" gap="xs">
        <Text size="sm">As it was</Text>
        <Text size="sm" className="faint">
          {chosen === undefined ? 'move back to any of its moments' : <Moment at={at} />}
        </Text>
      </Group>
      <Slider
        size="sm"
        min={0}
        max={instants.length - 1}
        value={instants.indexOf(at)}
        label={null}
        thumbLabel="Moment of the order"
        thumbProps={{ 'aria-valuetext': at }}
        onChange={(index) => choose(instants[index])}
        onChangeEnd={(index) => settle(instants[index])}
      />
      {was.isError && <Unanswered query={was} height={60} />}
      {was.data && <Was {...was.data} />}
    </div>
  );
}

function Was({ status, lane, means, units, invoices, heldMinor, currency }: Schema<'OrderAsOf'>) {
  return (
    <>
      <Lane lane={lane} label="Stages at that moment" />
      <dl className="facts">
        <dt>Status</dt>
        <dd>
          <Status of={status} /> · {means}
        </dd>
        <dt>Units</dt>
        <dd>
          {units.released} released, {units.shipped} shipped, {units.delivered} delivered
        </dd>
        {heldMinor !== null && (
          <>
            <dt>Credit held</dt>
            <dd>
              <Money minor={heldMinor} currency={currency} />
            </dd>
          </>
        )}
        {invoices.map(({ id, issuedAt, currency: billed, grossMinor, openMinor, overdue }) => (
          <Fragment key={id}>
            <dt>{id}</dt>
            <dd>
              <Money minor={openMinor} currency={billed} /> open of <Money minor={grossMinor} currency={billed} />, issued{' '}
              <Moment at={issuedAt} />
              {overdue && ', overdue'}
            </dd>
          </Fragment>
        ))}
      </dl>
    </>
  );
}
