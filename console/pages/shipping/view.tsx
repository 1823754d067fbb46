import { Button, Group, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useWarehouses } from '../../api/warehouses.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { ShippingTabs } from '../../parts/shipping-tabs.tsx';
import { useMay } from '../../session/session.tsx';
import { NoAnswer, NotRead } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Notice } from '../../show/notice.tsx';
import { Panel } from '../../show/panel.tsx';
import { digits } from '../../show/records.tsx';
import { Rows } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { useFilters } from '../../table/filters.ts';
import { PagedRecords } from '../../table/paged-records.tsx';

type Pickup = Schema<'ShippingPlan'>['pickups'][number];
type Shipment = Pickup['shipments'][number];
type ClosedManifest = Schema<'ClosedManifest'>;

/** What goes with which pickup, what will come too late, and what waits for somebody here. */
export default function ShippingPage() {
  const [{ warehouseId }, setFilters] = useFilters();
  const warehouses = useWarehouses();
  const mayReplan = useMay('POST /v1/shipping/plan');
  const plan = useQuery({
    queryKey: ['shipments', 'plan', warehouseId],
    queryFn: () => ask(api.GET('/v1/shipping/plan', { params: { query: warehouseId ? { warehouseId } : {} } })),
    refetchInterval: 30_000,
  });
  if (plan.isError && !plan.data) return <NoAnswer error={plan.error} again={() => void plan.refetch()} />;
  const { pickups, truncated } = plan.data ?? { pickups: [], truncated: false };
  const late = pickups.flatMap((pickup) => pickup.shipments.filter((one) => one.missesPromise).map((one) => ({ pickup, one })));
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>Shipping plan</Title>
        <Group gap="xs">
          <Select
            aria-label="Warehouse"
            placeholder="Warehouse"
            size="xs"
            w={180}
            data={warehouses}
            value={warehouseId ?? null}
            onChange={(value) => setFilters({ warehouseId: value ?? undefined })}
            clearable
            clearButtonProps={{ 'aria-label': 'All warehouses', tabIndex: -1 }}
          />
          {mayReplan && (
            <CommandButton
              label="Plan anew"
              changes={[['shipments']]}
              send={async (_, key) => {
                const { missed, planned } = await ask(
                  api.POST('/v1/shipping/plan', { params: { header: { 'Idempotency-Key': key } } }),
                );
                return missed.length + planned.length === 0
                  ? 'Everything is planned as well as it can be.'
                  : `${missed.length} moved to the next pickup, ${planned.length} planned for the first time.`;
              }}
            />
          )}
        </Group>
      </Group>
      <ShippingTabs />
      <Waiting attention="carrier-refused" title="Refused by the carrier" warehouseId={warehouseId} />
      <Waiting attention="exception" title="In trouble on their way" warehouseId={warehouseId} />
      {late.length > 0 && (
        <Panel title="Later than promised">
          <Rows label="Later than promised" headings={['Shipment', 'Customer', 'Promised', 'Expected', 'Why']}>
            {late.map(({ pickup, one }) => (
              <tr key={one.id}>
                <td>
                  <Identifier id={one.id} to={`/shipments/${one.id}`} />
                </td>
                <td>{one.customerId}</td>
                <td>{one.promisedOn && <Day on={one.promisedOn} />}</td>
                <td className="warns">{one.expectedDeliveryOn && <Day on={one.expectedDeliveryOn} />}</td>
                <td>{whyLate(pickup, one)}</td>
              </tr>
            ))}
          </Rows>
        </Panel>
      )}
      {plan.isPending && <Skeleton height={240} role="status" aria-label="Loading" />}
      {plan.data && pickups.length === 0 && (
        <div className="panel">
          <Text>
            Nothing waits for a carrier. Shipments stand here from their release until they are collected, under the pickup whose
            cut-off they can make.
          </Text>
        </div>
      )}
      {truncated && (
        <Notice tone="warn" title="There is more than is shown">
          Choose a warehouse.
        </Notice>
      )}
      {pickups.map((pickup) => (
        <PickupPanel key={JSON.stringify([pickup.carrier, pickup.warehouseId, pickup.pickupOn])} pickup={pickup} />
      ))}
      <Manifests warehouseId={warehouseId} />
    </Stack>
  );
}

function whyLate({ cutOffMissed }: Pickup, { missedPickups, status }: Shipment): string {
  if (cutOffMissed && status !== 'shipped') return 'the cut-off has passed and it is not packed';
  if (missedPickups > 0) return `${missedPickups} ${missedPickups === 1 ? 'pickup was' : 'pickups were'} missed`;
  return 'the carrier takes longer than that from the first pickup it could make';
}

function PickupPanel({ pickup }: { pickup: Pickup }) {
  const { carrier, warehouseId, pickupOn, cutOffAt, cutOffMissed, shipments } = pickup;
  const isCollected = carrier !== null && pickupOn !== null;
  const ready = shipments.filter(({ status }) => status === 'packed' || status === 'shipped').length;
  return (
    <Panel
      title={isCollected ? `${carrier} in ${warehouseId}` : `${warehouseId}: no carrier has a calendar`}
      actions={
        isCollected && (
          <Button component="a" href={manifestPdf({ carrier, warehouseId, pickupOn })} variant="default" size="compact-sm">
            Manifest
          </Button>
        )
      }
    >
      <Text mb="xs">
        {pickupOn && (
          <>
            <Day on={pickupOn} /> ·{' '}
          </>
        )}
        {cutOffAt && (
          <span className={cutOffMissed ? 'warns' : undefined}>
            {cutOffMissed ? 'cut-off missed ' : 'cut-off '}
            <Moment at={cutOffAt} /> ·{' '}
          </span>
        )}
        {ready} of {shipments.length} ready
      </Text>
      <Rows
        label={`${carrier ?? 'Unplanned'} ${pickupOn ?? ''}`}
        headings={['Shipment', 'Order', 'Customer', 'Status', 'Expected', '']}
      >
        {shipments.map(({ id, orderId, customerId, status, expectedDeliveryOn, missesPromise }) => (
          <tr key={id}>
            <td>
              <Identifier id={id} to={`/shipments/${id}`} />
            </td>
            <td>
              <Link to={`/orders/${orderId}`} className="plain digits">
                {orderId}
              </Link>
            </td>
            <td>{customerId}</td>
            <td>
              <Status of={status} />
            </td>
            <td>{expectedDeliveryOn && <Day on={expectedDeliveryOn} />}</td>
            <td>{missesPromise && <span className="warns">late</span>}</td>
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

const manifestPdf = (pickup: { carrier: string; warehouseId: string; pickupOn: string }) =>
  `/v1/shipping/manifest.pdf?${new URLSearchParams(pickup)}`;

/** What was collected, as it was when the cut-off had passed. */
function Manifests({ warehouseId }: { warehouseId: string | undefined }) {
  return (
    <Panel title="Manifests">
      <PagedRecords
        name="manifests"
        queryKey={['shipments', 'manifests', warehouseId]}
        read={(after) =>
          ask(
            api.GET('/v1/shipping/manifests', {
              params: { query: { limit: 20, ...after, ...(warehouseId && { warehouseId }) } },
            }),
          )
        }
        keyOf={({ carrier, warehouseId, pickupOn }) => `${carrier} ${warehouseId} ${pickupOn}`}
        columns={[
          { header: 'Pickup', cell: ({ pickupOn }) => <Day on={pickupOn} /> },
          { header: 'Carrier', cell: ({ carrier, warehouseId }) => `${carrier} in ${warehouseId}` },
          { header: 'Closed', cell: ({ closedAt }) => <Moment at={closedAt} /> },
          digits<ClosedManifest>('Shipments', ({ shipments }) => shipments),
          digits<ClosedManifest>('Cartons', ({ cartons }) => cartons),
          digits<ClosedManifest>('Added later', ({ addedLater }) => addedLater || '–'),
          {
            header: 'Document',
            cell: (row) => (
              <a href={manifestPdf(row)} aria-label={`Manifest of ${row.carrier} in ${row.warehouseId} on ${row.pickupOn}`}>
                PDF
              </a>
            ),
          },
        ]}
        empty="None yet. The manifest of a pickup is closed by itself when its cut-off has passed."
      />
    </Panel>
  );
}

/** Shipments that go no further until somebody decides. */
function Waiting({
  attention,
  title,
  warehouseId,
}: {
  attention: 'carrier-refused' | 'exception';
  title: string;
  warehouseId: string | undefined;
}) {
  const waiting = useQuery({
    queryKey: ['shipments', 'attention', attention, warehouseId],
    queryFn: () =>
      ask(api.GET('/v1/shipments', { params: { query: { attention, limit: 50, ...(warehouseId && { warehouseId }) } } })),
    refetchInterval: 30_000,
  });
  if (!waiting.data) return <NotRead query={waiting} title={title} />;
  const { items, next } = waiting.data;
  if (items.length === 0) return null;
  return (
    <Panel title={title}>
      <Rows headings={['Shipment', 'Order', 'Carrier', 'What happened', 'Since']}>
        {items.map(({ id, orderId, carrier, pickup, tracking, carrierRefusal }) => (
          <tr key={id}>
            <td>
              <Identifier id={id} to={`/shipments/${id}`} />
            </td>
            <td>
              <Link to={`/orders/${orderId}`} className="plain digits">
                {orderId}
              </Link>
            </td>
            <td>{carrier ?? pickup?.carrier}</td>
            <td className="warns">
              {attention === 'carrier-refused'
                ? carrierRefusal?.reason
                : tracking &&
                  `${inWords(tracking.status)}${tracking.damaged && tracking.status !== 'damaged' ? ', damaged' : ''}`}
            </td>
            <td>
              {attention === 'carrier-refused'
                ? carrierRefusal && <Moment at={carrierRefusal.at} />
                : tracking && <Moment at={tracking.since} />}
            </td>
          </tr>
        ))}
      </Rows>
      {next !== null && <Text c="dimmed">There are more than these.</Text>}
    </Panel>
  );
}
