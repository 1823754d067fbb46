import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { ImportLink } from '../../parts/import-link.tsx';
import { SaveProduct } from '../../parts/save-product.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Money, percentText } from '../../show/money.tsx';
import { type Column, DataTable } from '../../table/data-table.tsx';

type Product = Schema<'Product'>;

const columns: Column<Product>[] = [
  {
    id: 'sku',
    header: 'SKU',
    width: 'minmax(8rem, 1fr)',
    phone: true,
    cell: ({ sku }) => <Identifier id={sku} to={`/products/${encodeURIComponent(sku)}`} />,
  },
  { id: 'name', header: 'Name', width: 'minmax(10rem, 2fr)', phone: true, cell: ({ name }) => name },
  {
    id: 'price',
    header: 'List price',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    phone: true,
    cell: ({ prices: [first, ...others] }) =>
      first ? (
        <>
          <Money minor={first.unitPriceMinor} currency={first.currency} />
          {others.length > 0 && <span className="faint"> +{others.length}</span>}
        </>
      ) : (
        <span className="warns">no price</span>
      ),
  },
  { id: 'tax', header: 'Tax', width: '5rem', align: 'right', cell: ({ taxRate }) => percentText(taxRate) },
  { id: 'weight', header: 'Weight', width: '6rem', align: 'right', cell: ({ weightGrams }) => `${weightGrams / 1_000} kg` },
  {
    id: 'made',
    header: 'Made',
    width: 'minmax(8rem, 1fr)',
    cell: ({ makeToOrder, leadDays }) => (makeToOrder ? `to order, ${leadDays} business days` : 'for stock'),
  },
];

export default function ProductsPage() {
  return (
    <DataTable
      name="products"
      title="Products"
      columns={columns}
      queryKey={['products']}
      read={(_, after) => ask(api.GET('/v1/products', { params: { query: { limit: 100, ...after } } }))}
      idOf={({ sku }) => sku}
      addressOf={({ sku }) => `/products/${encodeURIComponent(sku)}`}
      actions={
        <>
          <ImportLink kind="products" />
          <SaveProduct />
        </>
      }
      empty={
        <Text>
          There are no products yet. Add one, or take them in from a file under <Link to="/imports">Imports</Link>, with a dry run
          first.
        </Text>
      }
    />
  );
}
