import { Badge, Button, Grid, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useLive } from '../../api/use-live.ts';
import { Exposure } from '../../parts/exposure.tsx';
import { FastForward } from '../../parts/fast-forward.tsx';
import { NextActions } from '../../parts/next-actions.tsx';
import { Notices } from '../../parts/notices.tsx';
import { OrderActions } from '../../parts/order-actions.tsx';
import { OrderLane } from '../../parts/order-lane.tsx';
import { OrderStory } from '../../parts/record-story.tsx';
import { useReach } from '../../session/reach.ts';
import { useSession } from '../../session/session.tsx';
import { NotRead, Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { PricedLines } from '../../show/priced-lines.tsx';
import { MoneyCell, Rows, right } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';

type Order = Schema<'Order'>;

const paymentsListed = 50;

export default function OrderPage() {
  const id = useParams({ strict: false }).id ?? '';
  const { me } = useSession();
  const path = { params: { path: { id } } };
  const order = useQuery({ queryKey: ['order', id], queryFn: () => ask(api.GET('/v1/orders/{id}', path)) });
  const standing = useQuery({
    queryKey: ['order', id, 'standing'],
    queryFn: () => ask(api.GET('/v1/orders/{id}/standing', path)),
  });
  const live = useLive(`/v1/orders/${encodeURIComponent(id)}/events`, [['order', id], ['orders']], order.isSuccess);
  if (!order.isSuccess) return <Unanswered query={order} height={320} />;
  const { data } = order;
  return (
    <Stack gap="md">
      <PageHead
        title={<Identifier id={data.id} />}
        status={
          <>
            <Status of={data.status} />
            {live && (
              <Badge variant="outline" color="gray" size="sm" tt="none">
                live
              </Badge>
            )}
          </>
        }
        about={
          <>
            <Link to={`/customers/${data.customerId}`}>{data.customerName}</Link> · placed <Moment at={data.placedAt} /> by{' '}
            {data.placedBy}
          </>
        }
      >
        {standing.data && <OrderActions order={data} actions={standing.data.actions} />}
        {me.temporalUi && (
          <Button
            component="a"
            href={`${me.temporalUi}/${encodeURIComponent(data.id)}`}
            target="_blank"
            rel="noreferrer"
            variant="default"
            size="compact-sm"
            rightSection={<ExternalLink size={13} aria-hidden />}
          >
            Temporal
          </Button>
        )}
        {me.local && me.roles.includes('admin') && <FastForward changes={[['order', id], ['orders'], ['account']]} />}
      </PageHead>
      {standing.data ? (
        <OrderLane standing={standing.data} />
      ) : (
        <Unanswered query={standing} height={90} title="Where it stands and what can be done" />
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <Panel title="Lines">
              <PricedLines of={data} />
            </Panel>
            <Shipments order={data} />
            <Invoices order={data} />
            <NextActions of={{ order: id }} />
            <Notices of={{ orderId: id }} />
            <OrderStory id={id} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <Facts order={data} />
            <CustomerExposure customerId={data.customerId} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Shipments({ order: { shipments } }: { order: Order }) {
  if (shipments.length === 0) return null;
  return (
    <Panel title="Shipments">
      <Rows headings={['Shipment', 'Status', 'Warehouse', 'Parcel']}>
        {shipments.map(({ id, status, warehouseId, carrier, trackingNumber }) => (
          <tr key={id}>
            <td>
              <Identifier id={id} to={`/shipments/${id}`} />
            </td>
            <td data-label="Status">
              <Status of={status} />
            </td>
            <td data-label="Warehouse">{warehouseId}</td>
            <td data-label="Parcel">
              {carrier} {trackingNumber && <Identifier id={trackingNumber} />}
            </td>
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Invoices({ order: { id: orderId, currency: ordered, invoices, prepayment } }: { order: Order }) {
  const reach = useReach();
  const payments = useQuery({
    queryKey: ['payments', 'of order', orderId],
    queryFn: () => ask(api.GET('/v1/payments', { params: { query: { orderId, limit: paymentsListed } } })),
    enabled: invoices.length > 0 || prepayment !== null,
  });
  if (invoices.length === 0 && !prepayment) return null;
  const own = new Set(invoices.map(({ id }) => id));
  return (
    <Panel title="Invoices and payments">
      <Rows headings={['Document', 'Due', 'Status', right('Amount'), right('Settled'), right('Open')]}>
        {prepayment && (
          <tr>
            <td>
              {prepayment.number}{' '}
              <a href={`/v1/orders/${encodeURIComponent(orderId)}/pro-forma`} className="nowrap">
                PDF
              </a>
              <div className="faint">Pro-forma, paid in advance</div>
            </td>
            <td data-label="Due">
              <Day on={prepayment.dueOn} />
            </td>
            <td data-label="Status">
              <Status of={prepayment.status} />
            </td>
            <MoneyCell label="Amount" minor={prepayment.amountMinor} currency={ordered} />
            <MoneyCell label="Settled" minor={prepayment.receivedMinor} currency={ordered} />
            <MoneyCell label="Open" minor={Math.max(0, prepayment.amountMinor - prepayment.receivedMinor)} currency={ordered} />
          </tr>
        )}
        {invoices.map(({ id, dueOn, status, currency, grossMinor, openMinor }) => (
          <tr key={id}>
            <td>
              <Identifier id={id} to={reach(`/invoices/${id}`)} /> <a href={`/v1/invoices/${encodeURIComponent(id)}/pdf`}>PDF</a>
            </td>
            <td data-label="Due">
              <Day on={dueOn} />
            </td>
            <td data-label="Status">
              <Status of={status} />
            </td>
            <MoneyCell label="Amount" minor={grossMinor} currency={currency} />
            <MoneyCell label="Settled" minor={grossMinor - openMinor} currency={currency} />
            <MoneyCell label="Open" minor={openMinor} currency={currency} />
          </tr>
        ))}
      </Rows>
      <NotRead query={payments} />
      {payments.data && payments.data.items.length > 0 && (
        <Rows label="Payments" headings={['Payment', 'Value date', 'How', right('Of this order'), right('Came in all')]}>
          {payments.data.items.map(({ id, valueOn, method, currency, amountMinor, applications, deposits }) => (
            <tr key={id}>
              <td>
                <Identifier id={id} to={`/payments/${id}`} />
              </td>
              <td data-label="Value date">
                <Day on={valueOn} />
              </td>
              <td data-label="How">{inWords(method)}</td>
              <MoneyCell
                label="Of this order"
                minor={
                  applications.reduce((sum, { invoiceId, amountMinor: part }) => sum + (own.has(invoiceId) ? part : 0), 0) +
                  deposits.reduce((sum, { orderId: of, heldMinor }) => sum + (of === orderId ? heldMinor : 0), 0)
                }
                currency={currency}
              />
              <MoneyCell label="Came in all" minor={amountMinor} currency={currency} />
            </tr>
          ))}
        </Rows>
      )}
      {payments.data?.next && <span className="faint">The newest {paymentsListed} payments; each invoice lists its own.</span>}
    </Panel>
  );
}

function Facts({ order }: { order: Order }) {
  const { place } = useSession();
  const { shipTo, prepayment, card } = order;
  return (
    <section className="panel" aria-label="Facts">
      <Title order={2} mb="xs">
        Facts
      </Title>
      <dl className="facts">
        <dt>Customer</dt>
        <dd>
          <Identifier id={order.customerId} {...(place === 'console' && { to: `/customers/${order.customerId}` })} />
        </dd>
        <dt>Reference</dt>
        <dd>{order.externalReference ?? 'none'}</dd>
        <dt>Channel</dt>
        <dd>{inWords(order.channel)}</dd>
        <dt>Requested</dt>
        <dd>{order.requestedOn ? <Day on={order.requestedOn} /> : 'as soon as it can be'}</dd>
        <dt>Ship to</dt>
        <dd>
          {shipTo.name}
          <br />
          {shipTo.street}
          <br />
          {shipTo.postalCode} {shipTo.city}, {shipTo.country}
        </dd>
        <dt>Back-order</dt>
        <dd>{order.backOrderAllowed ? 'allowed' : 'not allowed'}</dd>
        <dt>Revision</dt>
        <dd>{order.revision}</dd>
        {prepayment && (
          <>
            <dt>In advance</dt>
            <dd>
              <Money minor={prepayment.receivedMinor} currency={order.currency} /> of{' '}
              <Money minor={prepayment.amountMinor} currency={order.currency} /> by <Day on={prepayment.dueOn} />{' '}
              <a href={`/v1/orders/${encodeURIComponent(order.id)}/pro-forma`}>Pro-forma</a>
            </dd>
          </>
        )}
        {card && (
          <>
            <dt>Card</dt>
            <dd>
              {card.status} {card.declinedBecause}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function CustomerExposure({ customerId }: { customerId: string }) {
  const account = useQuery({
    queryKey: ['account', customerId],
    queryFn: () => ask(api.GET('/v1/customers/{id}/account', { params: { path: { id: customerId } } })),
  });
  if (!account.data) return <Unanswered query={account} height={160} title={`Exposure of ${customerId}`} />;
  const { currency, overdueMinor, onHoldSince } = account.data;
  return (
    <section className="panel" aria-label="Exposure">
      <Title order={2} mb="xs">
        Exposure of {customerId}
      </Title>
      <Exposure account={account.data} />
      <dl className="facts">
        <dt>Overdue</dt>
        <dd>
          <Money minor={overdueMinor} currency={currency} />
        </dd>
        {onHoldSince && (
          <>
            <dt>On hold</dt>
            <dd>
              since <Moment at={onHoldSince} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
