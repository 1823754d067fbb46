import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { AmountField } from '../../form/fields.tsx';
import { ImportLink } from '../../parts/import-link.tsx';
import { headOf, SavePriceList } from '../../parts/save-price-list.tsx';
import { useMay } from '../../session/session.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Money, majorOf, minorOf } from '../../show/money.tsx';
import { type Column, DataTable } from '../../table/data-table.tsx';

type PriceList = Schema<'PriceList'>;
interface Price {
  sku: string;
  minimumQuantity: number;
  unitPriceMinor: number;
}

const columns = (list: PriceList, maySave: boolean): Column<Price>[] => [
  {
    id: 'sku',
    header: 'Product',
    width: 'minmax(9rem, 1fr)',
    phone: true,
    cell: ({ sku }) => <Identifier id={sku} to={`/products/${encodeURIComponent(sku)}`} />,
  },
  {
    id: 'minimumQuantity',
    header: 'From units',
    width: '8rem',
    align: 'right',
    phone: true,
    cell: ({ minimumQuantity }) => minimumQuantity.toLocaleString('en'),
  },
  {
    id: 'price',
    header: 'Price of a unit',
    width: 'minmax(9rem, 1fr)',
    align: 'right',
    phone: true,
    cell: ({ unitPriceMinor }) => <Money minor={unitPriceMinor} currency={list.currency} />,
  },
  ...(maySave
    ? [
        {
          id: 'change',
          header: 'Change',
          width: '11rem',
          align: 'right' as const,
          cell: (price: Price) => (
            <Group gap={6} wrap="nowrap" justify="flex-end">
              <SavePrice list={list} price={price} />
              <TakeOff list={list} price={price} />
            </Group>
          ),
        },
      ]
    : []),
];

export default function PriceListPage() {
  const id = useParams({ strict: false }).id ?? '';
  const list = useQuery({
    queryKey: ['price-lists', id],
    queryFn: () => ask(api.GET('/v1/price-lists/{id}', { params: { path: { id } } })),
  });
  const maySave = useMay('PUT /v1/price-lists/{id}');
  if (!list.data) return <Unanswered query={list} height={240} />;
  return (
    <Stack gap="xs">
      <DataTable
        name="price-list"
        title={list.data.name}
        columns={columns(list.data, maySave)}
        queryKey={['price-lists', id, 'prices']}
        read={(_, after) =>
          ask(api.GET('/v1/price-lists/{id}/prices', { params: { path: { id }, query: { limit: 100, ...after } } }))
        }
        idOf={({ sku, minimumQuantity }) => `${sku} ${minimumQuantity}`}
        addressOf={({ sku }) => `/products/${encodeURIComponent(sku)}`}
        actions={
          <>
            <ImportLink kind="prices" />
            <SavePriceList list={list.data} />
            {maySave && <SavePrice list={list.data} />}
          </>
        }
        empty={<Text>No price stands on this list yet: whoever it is for pays the next list’s, or the product’s own.</Text>}
      />
      <Text c="dimmed">{scopeOf(list.data)}</Text>
    </Stack>
  );
}

/** Writes one price, which counts beside all the others of the list. */
function SavePrice({ list, price }: { list: PriceList; price?: Price }) {
  const { id, currency } = list;
  return (
    <CommandButton
      label={price ? 'Change' : 'Write a price'}
      title={price ? `Price of ${price.sku} from ${price.minimumQuantity} on` : `Write a price on ${id}`}
      submit="Save the price"
      {...(!price && { variant: 'filled' })}
      changes={[['price-lists', id]]}
      send={async (form) => {
        const sku = price?.sku ?? form('sku').toUpperCase();
        const minimumQuantity = price?.minimumQuantity ?? Number(form('minimumQuantity'));
        await put(list, { sku, minimumQuantity, unitPriceMinor: minorOf(form('price'), currency) });
        return `${sku} costs ${form('price')} ${currency} on ${id}, from ${minimumQuantity} on.`;
      }}
    >
      {(faultAt) => (
        <>
          {!price && (
            <Group grow align="flex-start">
              <TextInput name="sku" label="Product (SKU)" required maxLength={40} error={faultAt('/prices/0/sku')} />
              <TextInput
                name="minimumQuantity"
                label="From units"
                type="number"
                min={1}
                required
                defaultValue="1"
                error={faultAt('/prices/0/minimumQuantity')}
              />
            </Group>
          )}
          <AmountField
            name="price"
            label="Price of a unit"
            currency={currency}
            required
            defaultValue={price ? majorOf(price.unitPriceMinor, currency) : ''}
            error={faultAt('/prices/0/unitPriceMinor')}
          />
        </>
      )}
    </CommandButton>
  );
}

function TakeOff({ list, price: { sku, minimumQuantity } }: { list: PriceList; price: Price }) {
  return (
    <CommandButton
      label="Take off"
      title={`Take ${sku} from ${minimumQuantity} on off the list`}
      submit="Take the price off"
      danger
      changes={[['price-lists', list.id]]}
      send={async () => {
        await put(list, { sku, minimumQuantity, unitPriceMinor: null });
        return `${sku} from ${minimumQuantity} on is off ${list.id}.`;
      }}
    >
      <Text size="sm">Whoever the list is for pays the price of fewer units then, the next list’s or the product’s own.</Text>
    </CommandButton>
  );
}

const put = (list: PriceList, price: Omit<Price, 'unitPriceMinor'> & { unitPriceMinor: number | null }) =>
  ask(api.PUT('/v1/price-lists/{id}', { params: { path: { id: list.id } }, body: { ...headOf(list), prices: [price] } }));

function scopeOf({ id, customerId, segment, validFrom, validUntil, version }: PriceList): string {
  const whom = customerId ?? (segment === null ? 'everyone' : `the segment ${segment}`);
  const days = [validFrom && `from ${validFrom}`, validUntil && `until ${validUntil}`].filter(Boolean).join(' ');
  return `${id}, version ${version}: for ${whom}, ${days || 'without an end'}.`;
}
