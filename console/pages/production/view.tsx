import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { ReasonField } from '../../form/reason-field.tsx';
import { useCompanyCurrency } from '../../show/company-currency.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { minorOf } from '../../show/money.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { useWarehouses } from '../../show/warehouses.ts';
import { type Column, DataTable, type FilterChoice } from '../../table/data-table.tsx';

type Request = Schema<'ProductionRequest'>;

const statuses: Request['status'][] = ['requested', 'started', 'finished', 'cancelled'];
const filters: FilterChoice[] = [
  { id: 'status', label: 'Status', choices: statuses.map((value) => ({ value, label: inWords(value) })) },
  { id: 'orderId', label: 'Order' },
];

const columns: Column<Request>[] = [
  { id: 'id', header: 'Request', width: 'minmax(8rem, 1fr)', cell: ({ id }) => <Identifier id={id} /> },
  {
    id: 'orderId',
    header: 'Order',
    width: 'minmax(8rem, 1fr)',
    cell: ({ orderId }) => <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
  { id: 'sku', header: 'Product', width: 'minmax(7rem, 1fr)', phone: true, cell: ({ sku }) => sku },
  { id: 'quantity', header: 'Units', width: '4rem', align: 'right', cell: ({ quantity }) => quantity.toLocaleString('en') },
  { id: 'status', header: 'Status', width: '7rem', phone: true, cell: ({ status }) => <Status of={status} /> },
  {
    id: 'dueOn',
    header: 'Due',
    width: '8rem',
    phone: true,
    cell: ({ dueOn, missesRequestedDate }) => (
      <span className={missesRequestedDate ? 'warns' : undefined}>
        <Day on={dueOn} />
      </span>
    ),
  },
  {
    id: 'slipped',
    header: 'Slipped from',
    width: '8rem',
    cell: ({ firstDueOn, dueOn }) => firstDueOn !== dueOn && <Day on={firstDueOn} />,
  },
  {
    id: 'requestedOn',
    header: 'Customer wants it',
    width: '9rem',
    cell: ({ requestedOn, missesRequestedDate }) =>
      requestedOn ? (
        <>
          <Day on={requestedOn} /> {missesRequestedDate && <span className="warns">late</span>}
        </>
      ) : (
        <span className="faint">any day</span>
      ),
  },
  { id: 'changedAt', header: 'Changed', width: '7rem', hiddenAtFirst: true, cell: ({ changedAt }) => <Moment at={changedAt} /> },
  { id: 'actions', header: '', width: '17rem', cell: (request) => <ProductionActions request={request} /> },
];

export default function ProductionPage() {
  return (
    <DataTable
      name="production"
      title="Production requests"
      columns={columns}
      filters={filters}
      queryKey={['production']}
      read={({ status, orderId }, after) =>
        ask(
          api.GET('/v1/production-requests', {
            params: {
              query: {
                limit: 100,
                ...(after !== undefined && { after }),
                ...(status !== undefined && { status: status as Request['status'] }),
                ...(orderId !== undefined && { orderId }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      empty={
        <Text>
          Nothing is made to order yet. When a product that is made to order is sold and not in stock, what is missing is
          requested from production here, due after its lead time in business days.
        </Text>
      }
    />
  );
}

function ProductionActions({ request: { id, orderId, sku, quantity, dueOn, actions } }: { request: Request }) {
  const warehouses = useWarehouses();
  const currency = useCompanyCurrency();
  const params = (key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });
  const changes = [['production'], ['order', orderId], ['stock'], ['shipments']];
  return (
    <Group gap={6} wrap="nowrap">
      {actions.includes('start') && (
        <CommandButton
          label="Begin"
          changes={changes}
          send={async (_, key) => {
            await ask(api.POST('/v1/production-requests/{id}/start', params(key)));
            return `${id} is being made.`;
          }}
        />
      )}
      {actions.includes('slip') && (
        <CommandButton
          label="Slip"
          title={`${id} is ready on another day`}
          submit="Name this day and tell the customer"
          changes={changes}
          send={async (form, key) => {
            const { dueOn: day } = await ask(
              api.POST('/v1/production-requests/{id}/slip', {
                ...params(key),
                body: { dueOn: form('dueOn'), reason: form('reason') },
              }),
            );
            return `${id} is due on ${day} now.`;
          }}
          fields={(faults) => (
            <>
              <TextInput type="date" name="dueOn" label="Ready on" defaultValue={dueOn} required error={faults('/dueOn')} />
              <ReasonField error={faults('/reason')} />
            </>
          )}
        />
      )}
      {actions.includes('finish') && currency && (
        <CommandButton
          label="Finish"
          title={`${quantity} × ${sku} are made`}
          submit={`Receive ${quantity.toLocaleString('en')} × ${sku}`}
          changes={changes}
          send={async (form, key) => {
            await ask(
              api.POST('/v1/production-requests/{id}/finish', {
                ...params(key),
                body: { warehouseId: form('warehouseId'), unitCostMinor: minorOf(form('cost'), currency) },
              }),
            );
            return `${quantity} × ${sku} were received, and go to ${orderId} first.`;
          }}
          fields={(faults) => (
            <>
              <NativeSelect name="warehouseId" label="Into warehouse" data={warehouses} error={faults('/warehouseId')} />
              <TextInput
                name="cost"
                label={`Cost of a unit, ${currency}`}
                required
                inputMode="decimal"
                pattern="\d{1,12}([.,]\d{1,3})?"
                error={faults('/unitCostMinor')}
              />
            </>
          )}
        />
      )}
      {actions.includes('cancel') && (
        <CommandButton
          label="Cancel"
          title={`${id} will not be made`}
          submit="It will not be made"
          danger
          changes={changes}
          send={async (form, key) => {
            await ask(api.POST('/v1/production-requests/{id}/cancel', { ...params(key), body: { reason: form('reason') } }));
            return `${id} was cancelled.`;
          }}
          fields={(faults) => <ReasonField error={faults('/reason')} />}
        />
      )}
    </Group>
  );
}
