import { Checkbox, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { api, ask, type Schema } from '../api/client.ts';
import { useCompanyCurrency } from '../api/company-currency.ts';
import { CommandButton } from '../form/command-button.tsx';
import { AmountField } from '../form/fields.tsx';
import { isThere, notTaken } from '../form/not-taken.ts';
import { percentOf, shareOf } from '../form/percent.ts';
import { useMay } from '../session/session.tsx';
import { majorOf, minorOf } from '../show/money.tsx';

type Product = Schema<'Product'>;

const taxCategories: { value: NonNullable<Schema<'ProductDetails'>['taxCategory']>; label: string }[] = [
  { value: 'S', label: 'S, standard or reduced rate' },
  { value: 'Z', label: 'Z, zero rated' },
  { value: 'E', label: 'E, exempt' },
  { value: 'AE', label: 'AE, reverse charge' },
  { value: 'K', label: 'K, supply within the EU' },
  { value: 'G', label: 'G, export' },
  { value: 'O', label: 'O, not subject to tax' },
];

/** Takes a product in, or changes one. */
export function SaveProduct({ product }: { product?: Product }) {
  const companyCurrency = useCompanyCurrency();
  const may = useMay('PUT /v1/products/{sku}');
  if (!may || !companyCurrency) return null;
  const known = product?.prices.map(({ currency }) => currency) ?? [];
  const currencies = known.length > 0 ? known : [companyCurrency];
  return (
    <CommandButton
      label={product ? 'Change' : 'Add a product'}
      title={product ? `Change ${product.sku}` : 'Add a product'}
      submit={product ? `Save ${product.sku}` : 'Add the product'}
      {...(!product && { variant: 'filled' })}
      wide
      changes={[['products']]}
      send={async (form) => {
        const sku = product?.sku ?? form('sku').toUpperCase();
        const params = { path: { sku } };
        if (!product) notTaken(await isThere(api.GET('/v1/products/{sku}', { params })), '/path/sku', sku);
        const other = form('currency').toUpperCase();
        const saved = await ask(
          api.PUT('/v1/products/{sku}', {
            params,
            body: {
              name: form('name'),
              taxCategory: form('taxCategory') as 'S',
              taxRate: shareOf(form('taxRate')),
              weightGrams: Number(form('weightGrams')),
              makeToOrder: form('makeToOrder') !== '',
              leadDays: Number(form('leadDays')),
              prices: [
                ...currencies.map((currency) => ({ currency, unitPriceMinor: minorOf(form(`price ${currency}`), currency) })),
                ...(other === ''
                  ? []
                  : [
                      {
                        currency: other,
                        unitPriceMinor: minorOf(form('otherPrice'), /^[A-Z]{3}$/.test(other) ? other : companyCurrency),
                      },
                    ]),
              ],
            },
          }),
        );
        return `${saved.sku} is kept as version ${saved.version}.`;
      }}
    >
      {(faultAt) => (
        <>
          <Group grow align="flex-start">
            {!product && <TextInput name="sku" label="SKU" required maxLength={40} error={faultAt('/path/sku')} />}
            <TextInput
              name="name"
              label="Name"
              required
              maxLength={200}
              defaultValue={product?.name ?? ''}
              error={faultAt('/name')}
            />
          </Group>
          <Group grow align="flex-start">
            <NativeSelect
              name="taxCategory"
              label="Tax category"
              data={taxCategories}
              defaultValue={product?.taxCategory ?? 'S'}
              error={faultAt('/taxCategory')}
            />
            <TextInput
              name="taxRate"
              label="Tax rate in %"
              inputMode="decimal"
              required
              defaultValue={product ? percentOf(product.taxRate) : ''}
              error={faultAt('/taxRate')}
            />
            <TextInput
              name="weightGrams"
              label="Weight in grams"
              type="number"
              min={0}
              required
              defaultValue={String(product?.weightGrams ?? 0)}
              error={faultAt('/weightGrams')}
            />
          </Group>
          <Group grow align="flex-end">
            <Checkbox
              name="makeToOrder"
              label="Made when it is ordered: stock does not limit what is sold"
              defaultChecked={product?.makeToOrder ?? false}
            />
            <TextInput
              name="leadDays"
              label="Business days to make it"
              type="number"
              min={0}
              max={365}
              required
              defaultValue={String(product?.leadDays ?? 0)}
              error={faultAt('/leadDays')}
            />
          </Group>
          {currencies.map((currency, index) => {
            const price = product?.prices.find((one) => one.currency === currency);
            return (
              <AmountField
                key={currency}
                name={`price ${currency}`}
                label="List price"
                currency={currency}
                required
                defaultValue={price ? majorOf(price.unitPriceMinor, currency) : ''}
                error={faultAt(`/prices/${index}/unitPriceMinor`)}
              />
            );
          })}
          <Group grow align="flex-start">
            <TextInput
              name="currency"
              label="Another currency"
              maxLength={3}
              error={faultAt('/prices') ?? faultAt(`/prices/${currencies.length}/currency`)}
            />
            <TextInput
              name="otherPrice"
              label="List price in it"
              inputMode="decimal"
              error={faultAt(`/prices/${currencies.length}/unitPriceMinor`)}
            />
          </Group>
          <Text className="faint">Orders keep the price that they were accepted at.</Text>
        </>
      )}
    </CommandButton>
  );
}
