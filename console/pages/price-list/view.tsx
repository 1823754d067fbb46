import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { ImportLink } from '../../parts/import-link.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Money } from '../../show/money.tsx';
import { type Column, DataTable } from '../../table/data-table.tsx';

type PriceList = Schema<'PriceList'>;
interface Price {
  sku: string;
  minimumQuantity: number;
  unitPriceMinor: number;
}

const columns = (currency: string): Column<Price>[] => [
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
    cell: ({ unitPriceMinor }) => <Money minor={unitPriceMinor} currency={currency} />,
  },
];

export default function PriceListPage() {
  const id = useParams({ strict: false }).id ?? '';
  const list = useQuery({
    queryKey: ['price-lists', id],
    queryFn: () => ask(api.GET('/v1/price-lists/{id}', { params: { path: { id } } })),
  });
  if (!list.data) return <Unanswered query={list} height={240} />;
  return (
    <Stack gap="xs">
      <DataTable
        name="price-list"
        title={list.data.name}
        columns={columns(list.data.currency)}
        queryKey={['price-lists', id, 'prices']}
        read={(_, after) =>
          ask(
            api.GET('/v1/price-lists/{id}/prices', {
              params: { path: { id }, query: { limit: 100, ...(after !== undefined && { after }) } },
            }),
          )
        }
        idOf={({ sku, minimumQuantity }) => `${sku} ${minimumQuantity}`}
        addressOf={({ sku }) => `/products/${encodeURIComponent(sku)}`}
        actions={<ImportLink kind="prices" />}
        empty={<Text>No price stands on this list yet: whoever it is for pays the next list’s, or the product’s own.</Text>}
      />
      <Text c="dimmed">{scopeOf(list.data)}</Text>
    </Stack>
  );
}

function scopeOf({ id, customerId, segment, validFrom, validUntil, version }: PriceList): string {
  const whom = customerId ?? (segment === null ? 'everyone' : `the segment ${segment}`);
  const days = [validFrom && `from ${validFrom}`, validUntil && `until ${validUntil}`].filter(Boolean).join(' ');
  return `${id}, version ${version}: for ${whom}, ${days || 'without an end'}.`;
}
