import { Group, NativeSelect, TextInput } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCompanyCurrency } from '../../api/company-currency.ts';
import { useWarehouses } from '../../api/warehouses.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { DayField, NoteField } from '../../form/fields.tsx';
import { minorOf } from '../../show/money.tsx';

type Request = Schema<'ProductionRequest'>;

/** What can be done to a request as it stands and by whoever looks at it: the API says so. */
export function ProductionActions({ request: { id, orderId, sku, quantity, dueOn, actions } }: { request: Request }) {
  const warehouses = useWarehouses();
  const currency = useCompanyCurrency();
  const params = (key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });
  const changes = [['production'], ['order', orderId], ['stock'], ['shipments']];
  return (
    <Group gap="xs">
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
        >
          {(faultAt) => (
            <>
              <DayField name="dueOn" label="Ready on" defaultValue={dueOn} required error={faultAt('/dueOn')} />
              <NoteField error={faultAt('/reason')} />
            </>
          )}
        </CommandButton>
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
        >
          {(faultAt) => (
            <>
              <NativeSelect name="warehouseId" label="Into warehouse" data={warehouses} error={faultAt('/warehouseId')} />
              <TextInput
                name="cost"
                label={`Cost of a unit, ${currency}`}
                required
                inputMode="decimal"
                pattern="\d{1,12}([.,]\d{1,3})?"
                error={faultAt('/unitCostMinor')}
              />
            </>
          )}
        </CommandButton>
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
        >
          {(faultAt) => <NoteField error={faultAt('/reason')} />}
        </CommandButton>
      )}
    </Group>
  );
}
