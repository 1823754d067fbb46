import { Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { AddressFields, addressIn } from '../../form/address-fields.tsx';
import { CommandButton } from '../../form/command-button.tsx';
import { notTaken } from '../../form/not-taken.ts';
import { ShippingTabs } from '../../parts/shipping-tabs.tsx';
import { useMay } from '../../session/session.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { exceptionText, SaveCalendar, weekdayNames } from './save-calendar.tsx';

type Warehouse = Schema<'Warehouse'>;
type Calendar = Schema<'PickupCalendar'>;

/** Where goods lie, and when which carrier collects them there (S1). */
export default function WarehousesPage() {
  const warehouses = useQuery({ queryKey: ['warehouses'], queryFn: () => ask(api.GET('/v1/warehouses')) });
  const calendars = useQuery({
    queryKey: ['pickup-calendars'],
    queryFn: () => ask(api.GET('/v1/shipping/pickup-calendars')),
  });
  const maySave = useMay('PUT /v1/warehouses/{id}');
  if (!warehouses.isSuccess) return <Unanswered query={warehouses} height={320} />;
  if (!calendars.isSuccess) return <Unanswered query={calendars} height={320} />;
  const { items } = warehouses.data;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>Warehouses and pickups</Title>
        {maySave && <SaveWarehouse known={items} />}
      </Group>
      <ShippingTabs />
      {items.length === 0 && (
        <div className="panel">
          <Text>There is no warehouse yet. Add one: goods are received into it, and carriers collect from it.</Text>
        </div>
      )}
      {items.map((warehouse) => (
        <WarehousePanel
          key={warehouse.id}
          warehouse={warehouse}
          calendars={calendars.data.items.filter(({ warehouseId }) => warehouseId === warehouse.id)}
          maySave={maySave}
        />
      ))}
    </Stack>
  );
}

function WarehousePanel({
  warehouse,
  calendars,
  maySave,
}: {
  warehouse: Warehouse;
  calendars: readonly Calendar[];
  maySave: boolean;
}) {
  const { id, name, address } = warehouse;
  const maySaveCalendar = useMay('PUT /v1/warehouses/{warehouseId}/pickup-calendars/{carrier}');
  return (
    <Panel
      title={name === id ? id : `${id} · ${name}`}
      actions={
        <Group gap={6}>
          {maySaveCalendar && <SaveCalendar warehouseId={id} known={calendars} />}
          {maySave && <SaveWarehouse warehouse={warehouse} />}
        </Group>
      }
    >
      <Text mb="xs">
        {address.name}, {address.street}, {address.postalCode} {address.city}, {address.country}
      </Text>
      <Records
        label={`Pickups at ${id}`}
        rows={calendars}
        keyOf={({ carrier }) => carrier}
        empty="No carrier collects here yet: its shipments are packed and planned with no pickup."
        columns={[
          { header: 'Carrier', cell: ({ carrier }) => carrier },
          {
            header: 'Collects on',
            cell: ({ weekdays }) =>
              weekdays.length === 7
                ? 'every day'
                : [...weekdays]
                    .sort((a, b) => a - b)
                    .map((day) => weekdayNames[day - 1]!.slice(0, 3))
                    .join(', '),
          },
          {
            header: 'Cut-off',
            cell: ({ cutOff, timeZone }) => (
              <>
                <span className="digits">{cutOff}</span> <span className="faint">{timeZone}</span>
              </>
            ),
          },
          { header: 'Working days to deliver', align: 'right', cell: ({ transitDays }) => transitDays },
          {
            header: 'Public holidays',
            cell: ({ holidayCountry, holidayRegion }) =>
              holidayCountry === null ? 'work on' : [holidayCountry, holidayRegion].filter(Boolean).join('-'),
          },
          {
            header: 'Other days',
            cell: ({ exceptions }) =>
              [...exceptions]
                .sort((a, b) => a.on.localeCompare(b.on))
                .map((exception) => <div key={exception.on}>{exceptionText(exception)}</div>),
          },
          {
            header: 'What to do',
            align: 'right',
            cell: (calendar) => maySaveCalendar && <SaveCalendar warehouseId={id} calendar={calendar} />,
          },
        ]}
      />
    </Panel>
  );
}

function SaveWarehouse({ warehouse, known = [] }: { warehouse?: Warehouse; known?: readonly Warehouse[] }) {
  return (
    <CommandButton
      label={warehouse ? 'Change' : 'Add a warehouse'}
      title={warehouse ? `Change ${warehouse.id}` : 'Add a warehouse'}
      submit={warehouse ? `Save ${warehouse.id}` : 'Add the warehouse'}
      {...(!warehouse && { variant: 'filled' })}
      wide
      changes={[['warehouses']]}
      send={async (form) => {
        const id = warehouse?.id ?? form('id').toUpperCase();
        if (!warehouse)
          notTaken(
            known.some((one) => one.id === id),
            '/path/id',
            id,
          );
        await ask(
          api.PUT('/v1/warehouses/{id}', {
            params: { path: { id } },
            body: { name: form('name'), address: addressIn(form, '/address') },
          }),
        );
        return `${id} is kept.`;
      }}
    >
      {(faultAt) => (
        <>
          <Group grow align="flex-start">
            {!warehouse && <TextInput name="id" label="Id" required maxLength={40} error={faultAt('/path/id')} />}
            <TextInput
              name="name"
              label="What it is called"
              required
              maxLength={200}
              defaultValue={warehouse?.name ?? ''}
              error={faultAt('/name')}
            />
          </Group>
          <AddressFields path="/address" defaultValue={warehouse?.address} faultAt={faultAt} />
        </>
      )}
    </CommandButton>
  );
}
