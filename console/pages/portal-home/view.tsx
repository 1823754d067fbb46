import { Button, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { useCreditQuestions } from '../../parts/credit-questions.tsx';
import { askedOf, type Payable, PayInvoices } from '../../parts/pay-invoices.tsx';
import { useAccount, useCustomerId } from '../../session/customer.ts';
import { useSession } from '../../session/session.tsx';
import { NoAnswer, Unanswered } from '../../shell/broken-page.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money, moneyText } from '../../show/money.tsx';
import { Notice } from '../../show/notice.tsx';
import { Panel } from '../../show/panel.tsx';
import { Status } from '../../show/status.tsx';
import { More } from '../../table/more.tsx';

type Account = Schema<'CustomerAccount'>;

/** What a customer is asked for, what is under way, and what it owes. */
export default function PortalHomePage() {
  const { me } = useSession();
  const account = useAccount();
  const buys = me.roles.includes('buyer');
  const pays = me.roles.includes('payer');
  const waiting = usePages(['orders', 'waiting'], (after) =>
    ask(api.GET('/v1/orders', { params: { query: { waitsFor: 'customer', limit: 20, ...after } } })),
  );
  const quotes = usePages(
    ['quotes', { status: 'sent' }],
    (after) => ask(api.GET('/v1/quotes', { params: { query: { status: 'sent', limit: 20, ...after } } })),
    { enabled: buys },
  );
  const asked = useCreditQuestions(useCustomerId(), pays);
  // What is paid is no longer overdue; the receipt stays until it is closed.
  const [paying, setPaying] = useState<Payable[]>();
  if (account.isError) return <NoAnswer error={account.error} again={() => void account.refetch()} />;
  const { items: orders } = waiting;
  const { items: offers } = quotes;
  const overdue = account.data ? overdueOf(account.data) : [];
  const questions = asked.data?.items.filter(({ status }) => status === 'open') ?? [];
  const needed = [waiting.query, ...(buys ? [quotes.query] : []), ...(pays ? [account, asked] : [])];
  const missing = needed.filter(({ data }) => !data);
  const isCalm = missing.length === 0 && orders.length + offers.length + questions.length + overdue.length === 0;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>Hello, {me.name}</Title>
        {buys && (
          <Button component={Link} to="/new-order" size="compact-sm">
            Place an order
          </Button>
        )}
      </Group>
      {account.data && overdue.length > 0 && (
        <ToPay onHold={account.data.onHold} overdue={overdue} pay={() => setPaying(overdue)} />
      )}
      <PayInvoices invoices={paying ?? []} opened={paying !== undefined} close={() => setPaying(undefined)} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <Panel title="What needs you">
              {missing[0] && <Unanswered query={missing.find(({ isError }) => isError) ?? missing[0]} height={60} />}
              {isCalm && (
                <Text c="dimmed">Nothing. Quotes and questions to answer, choices to make and what is overdue stand here.</Text>
              )}
              <ul className="plain-list">
                {orders.map(({ id, status, grossMinor, currency }) => (
                  <li key={id}>
                    <Link to="/orders/$id" params={{ id }}>
                      {id}
                    </Link>
                    <Status of={status} />
                    <Money minor={grossMinor} currency={currency} />
                  </li>
                ))}
                {offers.map(({ id, grossMinor, currency, validUntil }) => (
                  <li key={id}>
                    <Link to="/quotes">{id}</Link>
                    <span>
                      Quote, until <Day on={validUntil} />
                    </span>
                    <Money minor={grossMinor} currency={currency} />
                  </li>
                ))}
                {questions.map(({ id, question }) => (
                  <li key={id}>
                    <Link to="/credit">Our question</Link>
                    <span>{question}</span>
                  </li>
                ))}
                {overdue.map(({ id, dueOn, askedMinor, currency }) => (
                  <li key={id}>
                    <Link to="/invoices/$id" params={{ id }}>
                      {id}
                    </Link>
                    <span>
                      Was due <Day on={dueOn} />
                    </span>
                    <Money minor={askedMinor} currency={currency} />
                  </li>
                ))}
              </ul>
              <Group>
                <More of={waiting.query}>More orders</More>
                <More of={quotes.query}>More quotes</More>
              </Group>
            </Panel>
            <OpenOrders />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>{account.data && <Balance account={account.data} />}</Grid.Col>
      </Grid>
    </Stack>
  );
}

/** The invoices of which something is overdue, and how much of each is. */
const overdueOf = ({ openItems, overdueItems }: Account): (Account['openItems'][number] & Payable)[] =>
  openItems.flatMap((item) => {
    const instalments = overdueItems.filter(({ invoiceId }) => invoiceId === item.id);
    if (instalments.length === 0) return [];
    const askedMinor = instalments.reduce((sum, { openMinor }) => sum + openMinor, 0);
    // A discount never outlasts the day on which the first of it was due.
    return [{ ...item, dueOn: instalments[0]!.dueOn, discount: null, askedMinor }];
  });

/** What is overdue, and whether orders wait for it; paid on the spot. */
function ToPay({ onHold, overdue, pay }: { onHold: boolean; overdue: readonly Payable[]; pay: () => void }) {
  const sum = moneyText(askedOf(overdue), overdue[0]!.currency);
  return (
    <Notice tone={onHold ? 'bad' : 'warn'} title={onHold ? 'New orders on account wait' : 'Overdue'}>
      <Group justify="space-between" gap="sm">
        <Text>
          {sum} is overdue on {overdue.length === 1 ? 'one invoice' : `${overdue.length} invoices`}.
          {onHold && ' Until it is paid we take orders only in advance or by card.'}
        </Text>
        <Button size="compact-sm" onClick={pay}>
          Pay {sum}
        </Button>
      </Group>
    </Notice>
  );
}

function OpenOrders() {
  const orders = useQuery({
    queryKey: ['orders', 'latest'],
    queryFn: () => ask(api.GET('/v1/orders', { params: { query: { limit: 20 } } })),
  });
  if (!orders.data) return <Unanswered query={orders} height={90} title="Open orders" />;
  const open = orders.data.items.filter(({ stage }) => stage !== 'done').slice(0, 8);
  return (
    <Panel title="Open orders" actions={<Link to="/orders">All orders</Link>}>
      {open.length === 0 && (
        <Text c="dimmed">None is under way. What you order stands here until it is delivered and paid. </Text>
      )}
      <ul className="plain-list">
        {open.map(({ id, status, grossMinor, currency, placedAt, externalReference }) => (
          <li key={id}>
            <span>
              <Link to="/orders/$id" params={{ id }}>
                {id}
              </Link>{' '}
              <span className="faint">
                {externalReference} <Moment at={placedAt} />
              </span>
            </span>
            <Status of={status} />
            <Money minor={grossMinor} currency={currency} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Balance({ account }: { account: Account }) {
  const { currency, openReceivablesMinor, overdueMinor, unappliedCashMinor, openCreditNotesMinor, limitMinor, availableMinor } =
    account;
  return (
    <Panel title="Balance" actions={<Link to="/account">Account</Link>}>
      <dl className="facts">
        <dt>Open</dt>
        <dd>
          <Money minor={openReceivablesMinor} currency={currency} />
        </dd>
        <dt>Overdue</dt>
        <dd>
          <Money minor={overdueMinor} currency={currency} />
        </dd>
        <dt>To your credit</dt>
        <dd>
          <Money minor={unappliedCashMinor + openCreditNotesMinor} currency={currency} />
        </dd>
        <dt>Credit limit</dt>
        <dd>
          {limitMinor === null ? <Link to="/credit">Apply for one</Link> : <Money minor={limitMinor} currency={currency} />}
        </dd>
        <dt>Room for orders</dt>
        <dd>
          <Money minor={Math.max(0, availableMinor)} currency={currency} />
        </dd>
      </dl>
    </Panel>
  );
}
