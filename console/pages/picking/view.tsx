import { Group, Select, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ScanBarcode } from 'lucide-react';
import type { FormEvent } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useWarehouses } from '../../api/warehouses.ts';
import { entriesOf, fieldsOf } from '../../form/entries.ts';
import { NoAnswer } from '../../shell/broken-page.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Status } from '../../show/status.tsx';
import { useFilters } from '../../table/filters.ts';

type Pickup = Schema<'ShippingPlan'>['pickups'][number];

const inWork = ({ shipments }: Pickup) => shipments.filter(({ status }) => status === 'picking' || status === 'packing');

/** What the warehouse has to do, in the order in which carriers come for it. */
export default function PickingPage() {
  const [{ warehouseId }, setFilters] = useFilters();
  const navigate = useNavigate();
  const warehouses = useWarehouses();
  const plan = useQuery({
    queryKey: ['shipments', 'plan', warehouseId],
    queryFn: () => ask(api.GET('/v1/shipping/plan', { params: { query: warehouseId ? { warehouseId } : {} } })),
    refetchInterval: 15_000,
  });
  const onScan = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const id = fieldsOf(entriesOf(event.currentTarget))('code').toUpperCase();
    if (id !== '') void navigate({ to: `/picking/${encodeURIComponent(id)}` });
  };
  if (plan.isError && !plan.data) return <NoAnswer error={plan.error} again={() => void plan.refetch()} />;
  const pickups = plan.data?.pickups.filter((pickup) => inWork(pickup).length > 0) ?? [];
  return (
    <Stack gap="md" maw={900}>
      <Title order={1}>Pick and pack</Title>
      <Group gap="sm" align="flex-end">
        <form onSubmit={onScan} style={{ flex: '1 1 16rem' }}>
          <TextInput
            name="code"
            size="md"
            label="Scan a work order"
            placeholder="SHP-…"
            autoComplete="off"
            data-autofocus
            leftSection={<ScanBarcode size={18} aria-hidden />}
          />
        </form>
        <Select
          size="md"
          label="Warehouse"
          placeholder="All"
          data={warehouses}
          value={warehouseId ?? null}
          onChange={(value) => setFilters({ warehouseId: value ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': 'All warehouses', tabIndex: -1 }}
        />
      </Group>
      {plan.isPending && <Skeleton height={200} role="status" aria-label="Loading" />}
      {plan.data && pickups.length === 0 && (
        <div className="panel">
          <Text>
            There is nothing to pick or pack. As soon as an order is approved and its stock is there, its shipment stands here,
            under the pickup that it has to be ready for.
          </Text>
        </div>
      )}
      {pickups.map((pickup) => (
        <PickupWork key={JSON.stringify([pickup.carrier, pickup.warehouseId, pickup.pickupOn])} pickup={pickup} />
      ))}
      {plan.data?.truncated && <Text c="dimmed">There is more than is shown: choose a warehouse.</Text>}
    </Stack>
  );
}

function PickupWork({ pickup }: { pickup: Pickup }) {
  const { carrier, warehouseId, pickupOn, cutOffAt, cutOffMissed } = pickup;
  const name = carrier && pickupOn ? `${carrier} in ${warehouseId}` : `Without a pickup, ${warehouseId}`;
  return (
    <section aria-label={`${name} ${pickupOn ?? ''}`}>
      <Title order={2} mb={6}>
        {name}
        {pickupOn && (
          <>
            , <Day on={pickupOn} />
          </>
        )}
        {cutOffAt && (
          <Text span ml="xs" className={cutOffMissed ? 'warns' : undefined}>
            {cutOffMissed ? 'cut-off missed ' : 'cut-off '}
            <Moment at={cutOffAt} />
          </Text>
        )}
      </Title>
      <ul className="work">
        {inWork(pickup).map(({ id, customerId, status, missesPromise, promisedOn }) => (
          <li key={id}>
            <Link to={`/picking/${id}`}>
              <b className="digits">{id}</b>
              <span>{customerId}</span>
              <span>{missesPromise && promisedOn && <span className="warns">late for its promise</span>}</span>
              <Status of={status} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
