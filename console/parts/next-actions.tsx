import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { useSession } from '../session/session.tsx';
import { Unanswered } from '../shell/broken-page.tsx';
import { withDays } from '../show/days.ts';
import { Day, Moment } from '../show/moment.tsx';
import { Panel } from '../show/panel.tsx';
import { More } from '../table/more.tsx';

type NextAction = Schema<'NextAction'>;

/** What will happen to an order or to all of a customer if nobody does anything; for customers in their words. */
export function NextActions({ of }: { of: { order: string } | { customer: string } }) {
  const [kind, id] = 'order' in of ? (['order', of.order] as const) : (['account', of.customer] as const);
  const { query, items } = usePages([kind, id, 'next-actions'], (after) => {
    const params = { path: { id }, query: { limit: 20, ...after } };
    return ask(
      kind === 'order'
        ? api.GET('/v1/orders/{id}/next-actions', { params })
        : api.GET('/v1/customers/{id}/next-actions', { params }),
    );
  });
  if (!query.data) return <Unanswered query={query} height={90} title="What comes next" />;
  return (
    <Panel title="What comes next">
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing happens by itself: it is somebody’s move, or all is done.
        </Text>
      ) : (
        <ActionList actions={items} />
      )}
      <More of={query}>What comes after that</More>
    </Panel>
  );
}

/** The company's week ahead: how much each day brings, and what comes first. */
export function WeekAhead() {
  const week = useQuery({
    queryKey: ['next-actions'],
    queryFn: () => ask(api.GET('/v1/next-actions', { params: { query: { limit: 5 } } })),
    refetchInterval: 60_000,
  });
  if (!week.data) return <Unanswered query={week} height={160} title="Next 7 days" />;
  return (
    <Panel title="Next 7 days">
      <dl className="facts">
        {week.data.days.map(({ on, count }) => [
          <dt key={on}>
            <Day on={on} />
          </dt>,
          <dd key={`${on} count`} style={{ textAlign: 'right' }} className="digits">
            {count}
          </dd>,
        ])}
      </dl>
      <ActionList actions={week.data.items} brief />
    </Panel>
  );
}

/** Brief: without what would cancel it, and where it is written. */
function ActionList({ actions, brief = false }: { actions: readonly NextAction[]; brief?: boolean }) {
  return (
    <ol className={brief ? 'story brief' : 'story'}>
      {actions.map((action) => (
        <li key={action.key}>
          <span className="faint">
            <Moment at={action.at} />
          </span>
          <div>
            {withDays(action.what)}
            {!brief && <Details of={action} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Details({ of: { cancelledBy, delayedBy, by, told } }: { of: NextAction }) {
  return (
    <div className="faint">
      {cancelledBy.length > 0 && <div>Cancelled by {cancelledBy.join('; ')}</div>}
      {delayedBy.length > 0 && <div>Put off by {delayedBy.join('; ')}</div>}
      <Basis by={by} />
      {by && told.length > 0 && ' · '}
      {told.length > 0 && <Told told={told} />}
    </div>
  );
}

function Told({ told }: { told: NextAction['told'] }) {
  const { place } = useSession();
  return place === 'portal' ? 'You are told' : `${told.join(', ')} told`;
}

/** The line that says so; of a policy with a link to the version that counts. */
function Basis({ by }: { by: NextAction['by'] }) {
  if (by === null) return null;
  const line = [by.name, by.path].filter(Boolean).join(' ');
  if (by.kind !== 'policy') return line;
  const version = by.version === null ? undefined : String(by.version);
  return (
    <Link to="/policies" search={{ policy: by.name, to: version }}>
      {by.name} {version && `v${version} `}
      {by.path}
    </Link>
  );
}
