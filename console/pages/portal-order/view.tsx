import { Button, Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useLive } from '../../api/use-live.ts';
import { useBasket } from '../../parts/basket.ts';
import { NextActions } from '../../parts/next-actions.tsx';
import { OrderActions } from '../../parts/order-actions.tsx';
import { OrderLane } from '../../parts/order-lane.tsx';
import { OrderStory } from '../../parts/record-story.tsx';
import { useReach } from '../../session/reach.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { PricedLines } from '../../show/priced-lines.tsx';
import { MoneyCell, Rows, right } from '../../show/rows.tsx';
import { Status } from '../../show/status.tsx';

type Order = Schema<'Order'>;

/** An order as its customer sees it: where it is, what can be done about it, its parcels and papers. */
export default function PortalOrderPage() {
  const id = useParams({ strict: false }).id ?? '';
  const path = { params: { path: { id } } };
  const order = useQuery({ queryKey: ['order', id], queryFn: () => ask(api.GET('/v1/orders/{id}', path)) });
  const standing = useQuery({
    queryKey: ['order', id, 'standing'],
    queryFn: () => ask(api.GET('/v1/orders/{id}/standing', path)),
  });
  useLive(`/v1/orders/${encodeURIComponent(id)}/events`, [['order', id], ['orders']], order.isSuccess);
  const [, setBasket] = useBasket();
  const navigate = useNavigate();
  const reach = useReach();
  if (!order.isSuccess) return <Unanswered query={order} height={320} />;
  const { data } = order;
  const again = () => {
    const kept = data.lines.filter(({ quantity, cancelledQuantity }) => quantity > cancelledQuantity);
    // Of an order that was cancelled as a whole it is all that was ever on it.
    const wanted =
      kept.length > 0 ? kept.map((line) => ({ ...line, quantity: line.quantity - line.cancelledQuantity })) : data.lines;
    setBasket(wanted.map(({ sku, description, quantity }) => ({ sku, name: description, quantity })));
    void navigate({ to: '/new-order' });
  };
  return (
    <Stack gap="md">
      <PageHead
        title={<Identifier id={data.id} />}
        status={<Status of={data.status} />}
        about={
          <>
            {data.externalReference && `Your reference ${data.externalReference} · `}placed <Moment at={data.placedAt} />
          </>
        }
      >
        {standing.data && <OrderActions order={data} actions={standing.data.actions} />}
        {reach('/new-order') && (
          <Button variant="default" size="compact-sm" onClick={again}>
            Order again
          </Button>
        )}
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
            <Shipments order={data} returnable={standing.data?.returnable ?? []} />
            <Invoices order={data} />
            <NextActions of={{ order: id }} />
            <OrderStory id={id} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Delivery order={data} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Shipments({ order: { shipments }, returnable }: { order: Order; returnable: readonly string[] }) {
  const reach = useReach();
  if (shipments.length === 0) return null;
  return (
    <Panel title="Shipments">
      <Rows headings={['Shipment', 'Status', 'Tracking', 'Expected', { text: 'Actions', unseen: true }]}>
        {shipments.map(({ id, status, carrier, trackingNumber, tracking, pickup, deliveredAt }) => (
          <tr key={id}>
            <td>
              <Identifier id={id} />
            </td>
            <td data-label="Status">
              <Status of={tracking?.status ?? status} />
              {tracking && (
                <div className="faint">
                  <Moment at={tracking.since} />
                </div>
              )}
            </td>
            <td data-label="Tracking">
              {carrier} {trackingNumber && <Identifier id={trackingNumber} />}
            </td>
            <td data-label="Expected">
              {deliveredAt ? <Moment at={deliveredAt} /> : pickup && <Day on={pickup.expectedDeliveryOn} />}
            </td>
            <td data-align="right">
              {returnable.includes(id) && reach('/returns/new') && (
                <Link to="/returns/new" search={{ shipment: id }} aria-label={`Return goods of ${id}`}>
                  Return goods
                </Link>
              )}
            </td>
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Invoices({ order: { id: orderId, invoices, prepayment, currency } }: { order: Order }) {
  const reach = useReach();
  if (invoices.length === 0 && !prepayment) return null;
  return (
    <Panel title="Invoices">
      <Rows headings={['Document', 'Due', 'Status', right('Amount'), right('Open')]}>
        {prepayment && (
          <tr>
            <td>
              {prepayment.number}{' '}
              <a href={`/v1/orders/${encodeURIComponent(orderId)}/pro-forma`} aria-label={`PDF of ${prepayment.number}`}>
                PDF
              </a>
              <div className="faint">
                Pay in advance under <Identifier id={prepayment.paymentReference} />
              </div>
            </td>
            <td data-label="Due">
              <Day on={prepayment.dueOn} />
            </td>
            <td data-label="Status">
              <Status of={prepayment.status} />
            </td>
            <MoneyCell label="Amount" minor={prepayment.amountMinor} currency={currency} />
            <MoneyCell label="Open" minor={prepayment.amountMinor - prepayment.receivedMinor} currency={currency} />
          </tr>
        )}
        {invoices.map(({ id, dueOn, status, grossMinor, openMinor }) => (
          <tr key={id}>
            <td>
              <Identifier id={id} to={reach(`/invoices/${id}`)} />{' '}
              {reach(`/invoices/${id}`) && (
                <a href={`/v1/invoices/${encodeURIComponent(id)}/pdf`} aria-label={`PDF of ${id}`}>
                  PDF
                </a>
              )}
            </td>
            <td data-label="Due">
              <Day on={dueOn} />
            </td>
            <td data-label="Status">
              <Status of={status} />
            </td>
            <MoneyCell label="Amount" minor={grossMinor} currency={currency} />
            <MoneyCell label="Open" minor={openMinor} currency={currency} />
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Delivery({ order: { shipTo, requestedOn, backOrderAllowed, card } }: { order: Order }) {
  return (
    <Panel title="Delivery">
      <dl className="facts">
        <dt>Requested</dt>
        <dd>{requestedOn ? <Day on={requestedOn} /> : 'as soon as it can be'}</dd>
        <dt>Ship to</dt>
        <dd>
          {shipTo.name}
          <br />
          {shipTo.street}
          <br />
          {shipTo.postalCode} {shipTo.city}, {shipTo.country}
        </dd>
        <dt>Back-order</dt>
        <dd>{backOrderAllowed ? 'what is missing follows' : 'none'}</dd>
        {card && (
          <>
            <dt>Card</dt>
            <dd>
              {card.status} {card.declinedBecause}
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
}
