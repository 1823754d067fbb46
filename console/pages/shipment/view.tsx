import { Button, Grid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { NotRead, Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows, right } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { ShipmentActions } from './actions.tsx';

type WorkOrder = Schema<'WorkOrder'>;

export default function ShipmentPage() {
  const id = useParams({ strict: false }).id ?? '';
  const path = { params: { path: { id } } };
  const shipment = useQuery({
    queryKey: ['shipments', id, 'work-order'],
    queryFn: () => ask(api.GET('/v1/shipments/{id}', path)),
    refetchInterval: 15_000,
  });
  const standing = useQuery({
    queryKey: ['shipments', id, 'standing'],
    queryFn: () => ask(api.GET('/v1/shipments/{id}/standing', path)),
    refetchInterval: 15_000,
  });
  if (!shipment.data) return <Unanswered query={shipment} height={320} />;
  const { data } = shipment;
  const isPacked = data.cartons.length > 0;
  const address = `/v1/shipments/${encodeURIComponent(id)}`;
  return (
    <Stack gap="md">
      <PageHead
        title={<Identifier id={data.id} />}
        status={<Status of={data.status} />}
        about={
          <>
            <Link to={`/orders/${data.orderId}`}>{data.orderId}</Link> · {data.customerName} · from {data.warehouseId}
          </>
        }
      >
        <Button component="a" href={`${address}/${isPacked ? 'label' : 'work-order'}.pdf`} variant="default" size="compact-sm">
          {isPacked ? 'Print labels' : 'Print work order'}
        </Button>
        {standing.data && <ShipmentActions shipment={data} actions={standing.data.actions} />}
      </PageHead>
      <NotRead query={standing} title="What can be done" />
      {data.carrierRefusal && (
        <section className="panel refused" aria-label="Refused by the carrier">
          <b>The carrier refuses it:</b> {data.carrierRefusal.reason} It waits here until the carrier is asked again.
        </section>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <Goods shipment={data} />
            <Tracking id={id} />
            <Claims id={id} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Facts shipment={data} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Goods({ shipment: { lines, cartons } }: { shipment: WorkOrder }) {
  return (
    <Panel title="Goods">
      <Rows label="Goods" headings={['Product', right('Ordered'), right('Picked')]}>
        {lines.map(({ lineNumber, description, sku, quantity, pickedQuantity }) => (
          <tr key={lineNumber}>
            <td>
              {description} <span className="faint">{sku}</span>
            </td>
            <td data-align="right">{quantity}</td>
            <td data-align="right">{pickedQuantity ?? '–'}</td>
          </tr>
        ))}
      </Rows>
      {cartons.length > 0 && (
        <Rows label="Cartons" headings={['Carton', 'SSCC', right('Weight')]}>
          {cartons.map(({ number, sscc, weightGrams }) => (
            <tr key={sscc}>
              <td>{number}</td>
              <td>
                <Identifier id={sscc} />
              </td>
              <td data-align="right">{(weightGrams / 1_000).toLocaleString('en')} kg</td>
            </tr>
          ))}
        </Rows>
      )}
    </Panel>
  );
}

function Tracking({ id }: { id: string }) {
  const tracking = useQuery({
    queryKey: ['shipments', id, 'tracking'],
    queryFn: () => ask(api.GET('/v1/tracking-events', { params: { query: { shipmentId: id, limit: 200 } } })),
    refetchInterval: 15_000,
  });
  if (!tracking.data) return <Unanswered query={tracking} height={90} title="Tracking" />;
  const events = tracking.data.items.toSorted((left, right) => (left.occurredAt < right.occurredAt ? 1 : -1));
  return (
    <Panel title="Tracking">
      {events.length === 0 && <Text>The carrier has reported nothing yet.</Text>}
      <ol className="story">
        {events.map(({ sequence, kind, occurredAt, place, note }) => (
          <li key={sequence}>
            <span className="faint">
              <Moment at={occurredAt} />
            </span>
            <div>
              <Status of={kind} />
              <div className="faint">{[place, note].filter(Boolean).join(' · ')}</div>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Claims({ id }: { id: string }) {
  const claims = useQuery({
    queryKey: ['carrier-claims', { shipmentId: id }],
    queryFn: () => ask(api.GET('/v1/carrier-claims', { params: { query: { shipmentId: id, limit: 1 } } })),
  });
  if (!claims.data) return <NotRead query={claims} title="Claim on the carrier" />;
  const [claim] = claims.data.items;
  if (!claim) return null;
  return (
    <Panel title="Claim on the carrier">
      <Link to="/carrier-claims" search={{ shipmentId: id }}>
        {claim.id}
      </Link>
      : {inWords(claim.status).toLowerCase()}
    </Panel>
  );
}

function Facts({ shipment }: { shipment: WorkOrder }) {
  const { shipTo, pickup, carrier, trackingNumber, requestedOn, tracking } = shipment;
  const moments = [
    ['Released', shipment.releasedAt],
    ['Picked', shipment.pickedAt],
    ['Packed', shipment.packedAt],
    ['Shipped', shipment.shippedAt],
    ['Delivered', shipment.deliveredAt],
    ['Cancelled', shipment.cancelledAt],
  ] as const;
  return (
    <Panel title="Facts">
      <dl className="facts">
        <dt>Ship to</dt>
        <dd>
          {shipTo.name}
          <br />
          {shipTo.street}
          <br />
          {shipTo.postalCode} {shipTo.city}, {shipTo.country}
        </dd>
        <dt>Promised</dt>
        <dd>{requestedOn ? <Day on={requestedOn} /> : 'no date'}</dd>
        {pickup && (
          <>
            <dt>Pickup</dt>
            <dd>
              {pickup.carrier}, <Day on={pickup.on} />
              <br />
              cut-off <Moment at={pickup.cutOffAt} />
              {pickup.missedPickups > 0 && <div className="warns">{pickup.missedPickups} missed before</div>}
            </dd>
            <dt>Expected</dt>
            <dd>
              <Day on={pickup.expectedDeliveryOn} />
              {requestedOn && pickup.expectedDeliveryOn > requestedOn && <span className="warns"> later than promised</span>}
            </dd>
          </>
        )}
        {carrier && (
          <>
            <dt>Carrier</dt>
            <dd>
              {carrier} {trackingNumber && <Identifier id={trackingNumber} />}
            </dd>
          </>
        )}
        {tracking && (
          <>
            <dt>Where it is</dt>
            <dd>
              {inWords(tracking.status)}
              {tracking.damaged && ', damaged'}
            </dd>
          </>
        )}
        {moments.map(
          ([name, at]) =>
            at && (
              <div key={name} style={{ display: 'contents' }}>
                <dt>{name}</dt>
                <dd>
                  <Moment at={at} />
                </dd>
              </div>
            ),
        )}
      </dl>
    </Panel>
  );
}
