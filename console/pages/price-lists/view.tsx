import { Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { ImportLink } from '../../parts/import-link.tsx';
import { SavePriceList } from '../../parts/save-price-list.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';

type PriceList = Schema<'PriceList'>;

const filters: Filter[] = [
  { id: 'customerId', label: 'Customer', type: 'text' },
  { id: 'segment', label: 'Segment', type: 'text' },
];

const columns: Column<PriceList>[] = [
  {
    id: 'id',
    header: 'Price list',
    width: 'minmax(8rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/price-lists/${encodeURIComponent(id)}`} />,
  },
  { id: 'name', header: 'Name', width: 'minmax(10rem, 2fr)', phone: true, cell: ({ name }) => name },
  {
    id: 'for',
    header: 'For',
    width: 'minmax(9rem, 1fr)',
    phone: true,
    cell: ({ customerId, segment }) => customerId ?? (segment === null ? 'everyone' : `segment ${segment}`),
  },
  { id: 'currency', header: 'Currency', width: '5rem', cell: ({ currency }) => currency },
  { id: 'from', header: 'From', width: '8rem', cell: ({ validFrom }) => validFrom && <Day on={validFrom} /> },
  { id: 'until', header: 'Until', width: '8rem', cell: ({ validUntil }) => validUntil && <Day on={validUntil} /> },
];

export default function PriceListsPage() {
  return (
    <DataTable
      name="price-lists"
      title="Price lists"
      columns={columns}
      filters={filters}
      queryKey={['price-lists']}
      read={({ customerId, segment }, after) =>
        ask(
          api.GET('/v1/price-lists', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(customerId !== undefined && { customerId }),
                ...(segment !== undefined && { segment }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={({ id }) => `/price-lists/${encodeURIComponent(id)}`}
      actions={
        <>
          <ImportLink kind="prices" />
          <SavePriceList />
        </>
      }
      empty={
        <Text>
          There is no price list yet: products are sold at their own price. A list gives a customer, a segment or everyone other
          prices, by quantity and for as long as it is valid. Add one, and write its prices or take them in from a file.
        </Text>
      }
    />
  );
}
