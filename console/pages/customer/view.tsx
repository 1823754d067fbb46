import { Grid, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import type { Role } from '../../page.ts';
import { AccountActions } from '../../parts/account-actions.tsx';
import { Behaviour, CreditHistory, Scorecard, useAccount, useAssessment } from '../../parts/credit.tsx';
import { CreditBalance } from '../../parts/credit-balance.tsx';
import { CustomerPeople } from '../../parts/customer-people.tsx';
import { Exposure } from '../../parts/exposure.tsx';
import { HoldOverrides } from '../../parts/hold-overrides.tsx';
import { NextActions } from '../../parts/next-actions.tsx';
import { Notices } from '../../parts/notices.tsx';
import { SaveCustomer } from '../../parts/save-customer.tsx';
import { useReach } from '../../session/reach.ts';
import { useSession } from '../../session/session.tsx';
import { NotRead, Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { MoneyCell, Rows, right } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { Story } from '../../show/story.tsx';
import { More } from '../../table/more.tsx';

type Customer = Schema<'Customer'>;
type Account = Schema<'CustomerAccount'>;

const decidesCredit: readonly Role[] = ['credit', 'finance', 'admin'];
const handlesMoney: readonly Role[] = ['receivables', 'finance', 'admin'];
const looksAfterPeople: readonly Role[] = ['sales', 'admin'];
const readsRisk: readonly Role[] = [...decidesCredit, 'receivables'];

/** A customer on one page: how it stands, what it owes and may owe, how it pays, and what has happened. */
export default function CustomerPage() {
  const id = useParams({ strict: false }).id ?? '';
  const { me } = useSession();
  const has = (roles: readonly Role[]) => roles.some((role) => me.roles.includes(role));
  const customer = useQuery({
    queryKey: ['customer', id],
    queryFn: () => ask(api.GET('/v1/customers/{id}', { params: { path: { id } } })),
  });
  const account = useAccount(id);
  const assessment = useAssessment(id, 0, has(decidesCredit));
  if (!customer.isSuccess) return <Unanswered query={customer} height={320} />;
  const { data } = customer;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <div>
          <Group gap="sm">
            <Title order={1}>{data.name}</Title>
            {account.data && <Status of={account.data.standing} />}
            {account.data?.onHold && <Status of="on-hold" />}
          </Group>
          <Group gap="sm" c="dimmed">
            <Identifier id={id} />
            {data.segment && <span>{data.segment}</span>}
            <span>{data.currency}</span>
          </Group>
        </div>
        <Group gap="xs">{assessment.data && <AccountActions of={assessment.data} />}</Group>
      </Group>
      {account.data?.onHold && <HoldNotice account={account.data} />}
      {account.data?.holdOverride && <OverrideNotice account={account.data} />}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 1, md: 2 }}>
          <Stack gap="md">
            {account.data ? (
              <Panel title="Exposure against limit">
                <Exposure account={account.data} />
              </Panel>
            ) : (
              <Unanswered query={account} height={200} title="Exposure against limit" />
            )}
            <Ageing id={id} />
            {has(readsRisk) && <Behaviour customerId={id} />}
            <Facts customer={data} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }} order={{ base: 2, md: 1 }}>
          <Stack gap="md">
            {account.data ? <OpenItems account={account.data} /> : <Unanswered query={account} height={90} title="Open items" />}
            {account.data && account.data.openCreditNotesMinor > 0 && has(handlesMoney) && <CreditBalance customerId={id} />}
            <HoldOverrides customerId={id} />
            <NextActions of={{ customer: id }} />
            <Orders id={id} />
            <CreditHistory customerId={id} />
            {assessment.data && <Scorecard of={assessment.data} />}
            <NotRead query={assessment} title="Scorecard" />
            <Contacts id={id} />
            {has(looksAfterPeople) && <CustomerPeople customerId={id} />}
            <Notices of={{ customerId: id }} />
            <Timeline id={id} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function HoldNotice({ account: { overdueMinor, currency, onHoldSince } }: { account: Account }) {
  return (
    <Text size="sm" className="notice">
      On hold{' '}
      {onHoldSince && (
        <>
          since <Moment at={onHoldSince} />
        </>
      )}
      : <Money minor={overdueMinor} currency={currency} /> is overdue. New orders are refused and waiting ones stay until it is
      paid.
    </Text>
  );
}

function OverrideNotice({ account: { overdueMinor, currency, holdOverride } }: { account: Account }) {
  if (!holdOverride) return null;
  return (
    <Text size="sm" className="notice">
      <Money minor={overdueMinor} currency={currency} /> is overdue, but orders pass the hold until{' '}
      <Day on={holdOverride.throughOn} /> by {holdOverride.id}.
    </Text>
  );
}

function Ageing({ id }: { id: string }) {
  const statement = useQuery({
    queryKey: ['account', id, 'statement'],
    queryFn: () => ask(api.GET('/v1/customers/{id}/statement', { params: { path: { id } } })),
  });
  if (!statement.data) return <Unanswered query={statement} height={160} title="Ageing" />;
  const { ageing, currency, closingMinor } = statement.data;
  return (
    <Panel title="Ageing" actions={<a href={`/v1/customers/${encodeURIComponent(id)}/statement/pdf`}>Statement PDF</a>}>
      <dl className="facts">
        {Object.entries(ageing).map(([bucket, minor]) => [
          <dt key={bucket}>{bucket === 'current' ? 'Not due yet' : `${bucket.replace('-', '–')} days overdue`}</dt>,
          <dd key={`${bucket} amount`}>
            <Money minor={minor as number} currency={currency} />
          </dd>,
        ])}
        <dt>
          <b>Open</b>
        </dt>
        <dd>
          <Money minor={closingMinor} currency={currency} />
        </dd>
      </dl>
    </Panel>
  );
}

function Facts({ customer }: { customer: Customer }) {
  const {
    email,
    taxId,
    contacts,
    billingAddress: address,
    terms,
    deliveryTerms,
    backOrderAllowed,
    language,
    dunningPolicy,
  } = customer;
  return (
    <Panel title="Facts" actions={<SaveCustomer customer={customer} />}>
      <dl className="facts">
        <dt>Address</dt>
        <dd>
          {address.name}
          <br />
          {address.street}
          <br />
          {address.postalCode} {address.city}, {address.country}
        </dd>
        <dt>Email</dt>
        <dd>{email}</dd>
        {contacts.map(({ name, email: mail, phone, role }) => (
          <Pair key={name} term={role ?? 'Contact'}>
            {[name, mail, phone].filter((part) => part !== undefined).join(' · ')}
          </Pair>
        ))}
        {taxId && <Pair term="Tax id">{taxId}</Pair>}
        <Pair term="Terms">{terms.kind === 'net' ? `Net ${terms.days} days` : inWords(terms.kind)}</Pair>
        {deliveryTerms && <Pair term="Delivery terms">{deliveryTerms}</Pair>}
        <Pair term="Back-order">{backOrderAllowed ? 'allowed' : 'not allowed'}</Pair>
        {language && <Pair term="Language">{language}</Pair>}
        {dunningPolicy && <Pair term="Dunning policy">{dunningPolicy}</Pair>}
      </dl>
    </Panel>
  );
}

function Pair({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

function OpenItems({ account: { openItems } }: { account: Account }) {
  const reach = useReach();
  return (
    <Panel title="Open items">
      {openItems.length === 0 ? (
        <span className="faint">Nothing is open: every invoice is paid, or none has been sent yet.</span>
      ) : (
        <Rows headings={['Document', 'Issued', 'Due', right('Amount'), right('Open')]}>
          {openItems.map(({ id, issuedOn, dueOn, currency, grossMinor, openMinor, disputedMinor }) => (
            <tr key={id}>
              <td>
                <Identifier id={id} to={reach(`/invoices/${id}`)} />
                {disputedMinor > 0 && <div className="faint">disputed</div>}
              </td>
              <td className="nowrap">
                <Day on={issuedOn} />
              </td>
              <td className="nowrap">
                <Day on={dueOn} />
              </td>
              <MoneyCell minor={grossMinor} currency={currency} />
              <MoneyCell minor={openMinor} currency={currency} />
            </tr>
          ))}
        </Rows>
      )}
    </Panel>
  );
}

const ordersListed = 10;

function Orders({ id }: { id: string }) {
  const orders = useQuery({
    queryKey: ['orders', 'of', id],
    queryFn: () => ask(api.GET('/v1/orders', { params: { query: { customerId: id, limit: ordersListed } } })),
  });
  if (!orders.data) return <Unanswered query={orders} height={90} title="Orders" />;
  const { items, next } = orders.data;
  return (
    <Panel title="Orders" actions={next && <Link to={`/orders?customerId=${id}`}>All orders</Link>}>
      {items.length === 0 ? (
        <span className="faint">It has not ordered anything yet.</span>
      ) : (
        <Rows headings={['Order', 'Status', 'Placed', right('Amount')]}>
          {items.map(({ id: orderId, status, placedAt, grossMinor, currency }) => (
            <tr key={orderId}>
              <td>
                <Identifier id={orderId} to={`/orders/${orderId}`} />
              </td>
              <td>
                <Status of={status} />
              </td>
              <td className="nowrap">
                <Moment at={placedAt} />
              </td>
              <MoneyCell minor={grossMinor} currency={currency} />
            </tr>
          ))}
        </Rows>
      )}
    </Panel>
  );
}

function Contacts({ id }: { id: string }) {
  const contacts = useQuery({
    queryKey: ['customer', id, 'contacts'],
    queryFn: () => ask(api.GET('/v1/customers/{id}/contacts', { params: { path: { id }, query: { limit: 10 } } })),
  });
  if (!contacts.data) return <NotRead query={contacts} title="Contacts about what it owes" />;
  const { items } = contacts.data;
  if (items.length === 0) return null;
  return (
    <Panel title="Contacts about what it owes">
      <Rows>
        {items.map(({ id: contactId, contactOn, kind, outcome, person, note, nextStep, nextStepOn, actor }) => (
          <tr key={contactId}>
            <td className="nowrap">
              <Day on={contactOn} />
            </td>
            <td>
              {inWords(kind)}
              {person && ` with ${person}`}: {inWords(outcome).toLowerCase()}
              <div className="faint">
                {note} · {actor}
              </div>
            </td>
            <td>
              {nextStepOn && (
                <>
                  next: {nextStep} <Day on={nextStepOn} />
                </>
              )}
            </td>
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Timeline({ id }: { id: string }) {
  const { query, items } = usePages(['customer', id, 'timeline'], (after) =>
    ask(api.GET('/v1/customers/{id}/timeline', { params: { path: { id }, query: { sort: 'newest', limit: 25, ...after } } })),
  );
  if (!query.data) return <Unanswered query={query} height={160} title="Timeline" />;
  return (
    <Panel title="Timeline">
      <Story entries={items} />
      <More of={query}>What happened before</More>
    </Panel>
  );
}
