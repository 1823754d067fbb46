import { Group, TextInput } from '@mantine/core';
import { api, ask, type Schema } from '../api/client.ts';
import { CommandButton } from '../form/command-button.tsx';
import { CustomerField } from '../form/customer-field.tsx';
import { DayField } from '../form/fields.tsx';
import { isThere, notTaken } from '../form/not-taken.ts';
import { useMay } from '../session/session.tsx';

type PriceList = Schema<'PriceList'>;

/** The head of a list as it is sent again: what is left out of it would be gone. */
export const headOf = ({ name, currency, customerId, segment, validFrom, validUntil }: PriceList) => ({
  name,
  currency,
  ...(customerId !== null && { customerId }),
  ...(segment !== null && { segment }),
  ...(validFrom !== null && { validFrom }),
  ...(validUntil !== null && { validUntil }),
});

/** Begins a price list, or changes for whom and when it counts; its prices stay. */
export function SavePriceList({ list }: { list?: PriceList }) {
  if (!useMay('PUT /v1/price-lists/{id}')) return null;
  return (
    <CommandButton
      label={list ? 'Change' : 'Add a price list'}
      title={list ? `Change ${list.id}` : 'Add a price list'}
      submit={list ? `Save ${list.id}` : 'Add the price list'}
      {...(!list && { variant: 'filled' })}
      changes={[['price-lists']]}
      send={async (form) => {
        const id = list?.id ?? form('id').toUpperCase();
        const params = { path: { id } };
        if (!list) notTaken(await isThere(api.GET('/v1/price-lists/{id}', { params })), '/path/id', id);
        const [customerId, segment] = [form('customerId'), form('segment').toUpperCase()];
        const [validFrom, validUntil] = [form('validFrom'), form('validUntil')];
        const saved = await ask(
          api.PUT('/v1/price-lists/{id}', {
            params,
            body: {
              name: form('name'),
              currency: list?.currency ?? form('currency').toUpperCase(),
              ...(customerId !== '' && { customerId }),
              ...(segment !== '' && { segment }),
              ...(validFrom !== '' && { validFrom }),
              ...(validUntil !== '' && { validUntil }),
              prices: [],
            },
          }),
        );
        return `${saved.id} is kept as version ${saved.version}.`;
      }}
    >
      {(faultAt) => (
        <>
          <Group grow align="flex-start">
            {!list && <TextInput name="id" label="Id" required maxLength={40} error={faultAt('/path/id')} />}
            <TextInput
              name="name"
              label="Name"
              required
              maxLength={200}
              defaultValue={list?.name ?? ''}
              error={faultAt('/name')}
            />
            {!list && <TextInput name="currency" label="Currency" required maxLength={3} error={faultAt('/currency')} />}
          </Group>
          <CustomerField
            name="customerId"
            label="For the customer"
            description="Without customer and segment it is for everyone."
            defaultValue={list?.customerId ?? ''}
            error={faultAt('/customerId')}
          />
          <TextInput
            name="segment"
            label="For the segment"
            maxLength={40}
            defaultValue={list?.segment ?? ''}
            error={faultAt('/segment')}
          />
          <Group grow align="flex-start">
            <DayField name="validFrom" label="First day" defaultValue={list?.validFrom ?? ''} error={faultAt('/validFrom')} />
            <DayField name="validUntil" label="Last day" defaultValue={list?.validUntil ?? ''} error={faultAt('/validUntil')} />
          </Group>
        </>
      )}
    </CommandButton>
  );
}
