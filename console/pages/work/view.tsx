import { Anchor, Grid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { WeekAhead } from '../../parts/next-actions.tsx';
import { useSession } from '../../session/session.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { SinceYesterday } from './since-yesterday.tsx';
import { TaskList } from './tasks.tsx';

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
  const theirs = me.roles.includes('admin') ? {} : { role: roles.join(',') };
  const ofRoles = useTasks(['roles', ...roles], { status: 'open', ...theirs });
  const withOthers = useTasks(['with-others', ...roles], { status: 'claimed', ...theirs });
  const othersTasks = (withOthers.tasks ?? []).filter(({ owner }) => owner !== me.id);
  // Who looks after the whole: an operator, a leader of finance.
  const leads = me.roles.some((role) => role === 'admin' || role === 'finance');
  return (
    <Stack gap="md">
      <Title order={1}>Home</Title>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <TaskList
              title="Yours"
              {...mine}
              empty="You have claimed nothing. What you claim below stands here until it is done, and nobody else works on it."
            />
            <TaskList
              title={me.roles.includes('admin') ? 'Unclaimed' : `Unclaimed, for ${roles.join(' and ')}`}
              {...ofRoles}
              empty="Nothing waits to be taken on. Whatever the company cannot decide by its policies comes here, what is due first on top."
            />
            {(othersTasks.length > 0 || (withOthers.more.isError && !withOthers.tasks)) && (
              <TaskList title="With others" tasks={withOthers.tasks && othersTasks} more={withOthers.more} empty="" />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <SinceYesterday />
            <WaitingOrders />
            <OnHold />
            <Deadlines />
            {leads && <WeekAhead />}
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

type TaskQuery = { owner?: string; status?: 'open' | 'claimed'; role?: string };

/** What is due first, page by page: the API lets through what is wanted, so that nothing is hidden behind what is not. */
function useTasks(key: readonly string[], wanted: TaskQuery) {
  const { query, items } = usePages(
    ['tasks', ...key],
    (after) =>
      ask(api.GET('/v1/tasks', { params: { query: { unfinished: 'true', sort: 'due', limit: listed, ...wanted, ...after } } })),
    { refetchInterval: 30_000 },
  );
  return { tasks: query.data && items, more: query };
}

function WaitingOrders() {
  // Asked together: what some of them say alone is not what waits.
  const lists = useQuery({
    queryKey: ['orders', 'that wait'],
    queryFn: () =>
      Promise.all(
        waiting.map(async (status) => ({
          status,
          ...(await ask(api.GET('/v1/orders', { params: { query: { status, limit: 200 } } }))),
        })),
      ),
    refetchInterval: 60_000,
  });
  if (!lists.data) return <Unanswered query={lists} height={60} title="Orders that wait" />;
  const rows = lists.data.filter(({ items }) => items.length > 0);
  return (
    <Panel title="Orders that wait">
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          No order waits for anybody.
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
  if (!held.data) return <Unanswered query={held} height={60} title="Customers on hold" />;
  const { items, next } = held.data;
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
          {next && (
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
  if (!due.data) return <Unanswered query={due} height={60} title="Deadlines" />;
  const { items, next } = due.data;
  const nowMs = Date.now() + offsetMs;
  const byRole = new Map<string, { late: number; soon: number }>();
  for (const { role, dueAt } of items) {
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
              {late > 0 && (
                <span className="late">
                  {late}
                  {next && '+'} overdue
                </span>
              )}
              {late > 0 && soon > 0 && ' · '}
              {soon > 0 && `${soon} within a day`}
            </dd>,
          ])}
        </dl>
      )}
    </Panel>
  );
}
