import { Anchor, Grid, Stack, Text, Title } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { WeekAhead } from '../../parts/next-actions.tsx';
import { useSession } from '../../session/session.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { type Task, TaskList } from './tasks.tsx';

type OrderStatus = Schema<'OrderSummary'>['status'];

const waiting: OrderStatus[] = [
  'credit-review',
  'over-limit',
  'waiting-for-payment',
  'awaiting-prepayment',
  'awaiting-card',
  'awaiting-choice',
  'back-ordered',
];
const dayMs = 86_400_000;
const listed = 50;

/** What needs this person, what is at risk, and what is new: where a day begins. */
export default function HomePage() {
  const { me } = useSession();
  const roles = me.roles.filter((role) => role !== 'customer');
  const mine = useTasks(['mine', me.id], { owner: me.id });
  // An administrator may take any task on.
  const ofRoles = useTasks(['roles', ...roles], me.roles.includes('admin') ? {} : { status: 'open' }, roles);
  const withOthers = useTasks(['with-others', ...roles], { status: 'claimed' }, roles);
  const othersTasks = (withOthers.data ?? []).filter(({ owner }) => owner !== me.id);
  // Who looks after the whole: an operator, a leader of finance.
  const leads = me.roles.some((role) => role === 'admin' || role === 'finance');
  const unclaimed = (ofRoles.data ?? []).filter(({ status }) => status === 'open');
  return (
    <Stack gap="md">
      <Title order={1}>Home</Title>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <TaskList
              title="Yours"
              tasks={mine.data}
              more={(mine.data?.length ?? 0) >= listed}
              empty="You have claimed nothing. What you claim below stands here until it is done, and nobody else works on it."
            />
            <TaskList
              title={me.roles.includes('admin') ? 'Unclaimed' : `Unclaimed, for ${roles.join(' and ')}`}
              tasks={ofRoles.data && unclaimed}
              more={unclaimed.length >= listed}
              empty="Nothing waits to be taken on. Whatever the company cannot decide by its policies comes here, what is due first on top."
            />
            {othersTasks.length > 0 && (
              <TaskList title="With others" tasks={othersTasks} more={(withOthers.data?.length ?? 0) >= listed} empty="" />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <WaitingOrders />
            <OnHold />
            <Deadlines />
            {leads && <WeekAhead />}
            <SinceYesterday />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

type TaskQuery = { owner?: string; status?: 'open' | 'claimed' };

/** What is due first; of several roles each is asked for, because a list is of one. */
function useTasks(key: readonly string[], wanted: TaskQuery, roles: readonly Schema<'Me'>['roles'][number][] = []) {
  const { me } = useSession();
  const each = roles.length === 0 || me.roles.includes('admin') ? [undefined] : roles;
  return useQuery({
    queryKey: ['tasks', ...key],
    queryFn: async (): Promise<Task[]> => {
      const lists = await Promise.all(
        each.map((role) =>
          ask(
            api.GET('/v1/tasks', {
              params: { query: { unfinished: 'true', sort: 'due', limit: listed, ...wanted, ...(role && { role }) } },
            }),
          ),
        ),
      );
      const all = lists.flatMap(({ items }) => items);
      return lists.length === 1 ? all : all.sort((a, b) => ((a.dueAt ?? '~') < (b.dueAt ?? '~') ? -1 : 1));
    },
    refetchInterval: 30_000,
  });
}

function WaitingOrders() {
  const lists = useQueries({
    queries: waiting.map((status) => ({
      queryKey: ['orders', 'waiting', status],
      queryFn: () => ask(api.GET('/v1/orders', { params: { query: { status, limit: 200 } } })),
      refetchInterval: 60_000,
    })),
  });
  const rows = waiting.flatMap((status, index) => {
    const data = lists[index]?.data;
    return data && data.items.length > 0 ? [{ status, ...data }] : [];
  });
  return (
    <Panel title="Orders that wait">
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {lists.some(({ isPending }) => isPending) ? 'Looking…' : 'No order waits for anybody.'}
        </Text>
      ) : (
        <dl className="facts">
          {rows.map(({ status, items, next }) => {
            const currencies = new Set(items.map(({ currency }) => currency));
            return [
              <dt key={status}>
                <Link to="/orders" search={{ status }} className="plain">
                  <Status of={status} />
                </Link>
              </dt>,
              <dd key={`${status} amount`} style={{ textAlign: 'right' }}>
                {items.length}
                {next && '+'}
                {currencies.size === 1 && !next && (
                  <>
                    {' · '}
                    <Money
                      minor={items.reduce((sum, { grossMinor }) => sum + grossMinor, 0)}
                      currency={items[0]?.currency ?? 'EUR'}
                    />
                  </>
                )}
              </dd>,
            ];
          })}
        </dl>
      )}
    </Panel>
  );
}

function OnHold() {
  const held = useQuery({
    queryKey: ['accounts', 'on hold'],
    queryFn: () => ask(api.GET('/v1/credit/accounts', { params: { query: { onHold: 'true', limit: 6 } } })),
  });
  const items = held.data?.items ?? [];
  return (
    <Panel title="Customers on hold">
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody is on hold. A customer comes here when more is overdue than the dunning policy lets pass.
        </Text>
      ) : (
        <Stack gap={4}>
          {items.map(({ customerId, name, onHoldSince, openReceivablesMinor, currency }) => (
            <div key={customerId} className="pair">
              <span>
                <Link to="/customers/$id" params={{ id: customerId }}>
                  {name}
                </Link>{' '}
                <span className="faint">{onHoldSince && <Moment at={onHoldSince} />}</span>
              </span>
              <Money minor={openReceivablesMinor} currency={currency} />
            </div>
          ))}
          {held.data?.next && (
            <Anchor component={Link} to="/customers?onHold=true">
              All customers on hold
            </Anchor>
          )}
        </Stack>
      )}
    </Panel>
  );
}

/** Whose deadlines pass: everybody's, because a waiting colleague is a waiting customer. */
function Deadlines() {
  const { offsetMs } = useSession();
  const due = useQuery({
    queryKey: ['tasks', 'deadlines'],
    queryFn: () => ask(api.GET('/v1/tasks', { params: { query: { unfinished: 'true', sort: 'due', limit: 200 } } })),
    refetchInterval: 60_000,
  });
  const nowMs = Date.now() + offsetMs;
  const byRole = new Map<string, { late: number; soon: number }>();
  for (const { role, dueAt } of due.data?.items ?? []) {
    const awayMs = dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt) - nowMs;
    if (awayMs > dayMs) continue;
    const counts = byRole.get(role) ?? { late: 0, soon: 0 };
    byRole.set(role, awayMs < 0 ? { ...counts, late: counts.late + 1 } : { ...counts, soon: counts.soon + 1 });
  }
  return (
    <Panel title="Deadlines">
      {byRole.size === 0 ? (
        <Text size="sm" c="dimmed">
          No deadline passes within a day.
        </Text>
      ) : (
        <dl className="facts">
          {[...byRole].map(([role, { late, soon }]) => [
            <dt key={role}>{inWords(role)}</dt>,
            <dd key={`${role} due`} style={{ textAlign: 'right' }}>
              {late > 0 && <span className="late">{late} overdue</span>}
              {late > 0 && soon > 0 && ' · '}
              {soon > 0 && `${soon} within a day`}
            </dd>,
          ])}
        </dl>
      )}
    </Panel>
  );
}

function SinceYesterday() {
  const { offsetMs } = useSession();
  const newest = useQuery({
    queryKey: ['orders', 'newest'],
    queryFn: () => ask(api.GET('/v1/orders', { params: { query: { limit: 200 } } })),
  });
  const since = Date.now() + offsetMs - dayMs;
  const fresh = (newest.data?.items ?? []).filter(({ placedAt }) => Date.parse(placedAt) >= since);
  const statuses = [...new Set(fresh.map(({ status }) => status))];
  return (
    <Panel title="New since yesterday">
      {fresh.length === 0 ? (
        <Text size="sm" c="dimmed">
          No order has come in within a day.
        </Text>
      ) : (
        <>
          <Text size="sm" mb={4}>
            {fresh.length}
            {fresh.length === 200 && '+'} {fresh.length === 1 ? 'order' : 'orders'} within a day, and where they are now:
          </Text>
          <dl className="facts">
            {statuses.map((status) => [
              <dt key={status}>
                <Link to="/orders" search={{ status }} className="plain">
                  <Status of={status} />
                </Link>
              </dt>,
              <dd key={`${status} count`} style={{ textAlign: 'right' }} className="digits">
                {fresh.filter((order) => order.status === status).length}
              </dd>,
            ])}
          </dl>
        </>
      )}
    </Panel>
  );
}
