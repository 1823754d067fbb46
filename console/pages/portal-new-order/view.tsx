import { Button, Grid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useLive } from '../../api/use-live.ts';
import { usePages } from '../../api/use-pages.ts';
import { useBasket, type Wanted } from '../../parts/basket.ts';
import { useCustomerId } from '../../session/customer.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Money } from '../../show/money.tsx';
import { useFilters } from '../../table/filters.ts';
import { More } from '../../table/more.tsx';
import { Checkout } from './checkout.tsx';

type Product = Schema<'OfferedProduct'>;

/** Products with what there is of them and what they cost this customer, and the order that is made of them. */
export default function NewOrderPage() {
  const [basket, setBasket] = useBasket();
  const put = (wanted: Wanted) =>
    setBasket((before) => {
      const there = before.some(({ sku }) => sku === wanted.sku);
      return there ? before.map((one) => (one.sku === wanted.sku ? wanted : one)) : [...before, wanted];
    });
  return (
    <Stack gap="md">
      <Title order={1}>Place an order</Title>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Products basket={basket} put={put} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Checkout basket={basket} put={put} setBasket={setBasket} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Products({ basket, put }: { basket: readonly Wanted[]; put: (wanted: Wanted) => void }) {
  const id = useCustomerId();
  const [filters, setFilters] = useFilters();
  const [text, setText] = useState(filters.q ?? '');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const { query, items } = usePages(
    ['offer', asked],
    (after) =>
      ask(
        api.GET('/v1/customers/{id}/offer', {
          params: { path: { id }, query: { limit: 30, ...(asked !== '' && { q: asked }), ...after } },
        }),
      ),
    { placeholderData: keepPreviousData },
  );
  useLive('/v1/stock/events', [['offer']], true);
  return (
    <Stack gap="sm">
      <TextInput
        label="Find products"
        placeholder="SKU or name"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setFilters({ q: event.currentTarget.value.trim() });
        }}
      />
      {!query.data && <Unanswered query={query} height={240} />}
      {query.isSuccess && items.length === 0 && (
        <div className="panel">
          <Text>
            {asked === ''
              ? 'There are no products yet. What you can buy stands here with your own prices and what is available.'
              : 'No product has this in its SKU or name.'}
          </Text>
        </div>
      )}
      {items.length > 0 && (
        <div className="panel">
          <ul className="plain-list products" aria-label="Products">
            {items.map((product) => (
              <ProductLine key={product.sku} product={product} basket={basket} put={put} />
            ))}
          </ul>
          <More of={query}>More products</More>
        </div>
      )}
    </Stack>
  );
}

function ProductLine({
  product: { sku, name, available, makeToOrder, prices, currency },
  basket,
  put,
}: {
  product: Product;
  basket: readonly Wanted[];
  put: (wanted: Wanted) => void;
}) {
  const inBasket = basket.find((one) => one.sku === sku)?.quantity ?? 0;
  return (
    <li>
      <span>
        {name} <span className="faint">{sku}</span>
        <span className="status" data-tone={makeToOrder || available > 0 ? 'good' : 'warn'} style={{ display: 'flex' }}>
          {makeToOrder ? 'Made to order' : available > 0 ? `${available.toLocaleString('en')} available` : 'None available'}
        </span>
      </span>
      <span>
        {prices.length === 0 && <span className="faint">Not for sale in {currency}</span>}
        {prices.map(({ minimumQuantity, unitPriceMinor }) => (
          <div key={minimumQuantity} style={{ textAlign: 'right' }}>
            {minimumQuantity > 1 && <span className="faint">from {minimumQuantity}: </span>}
            <Money minor={unitPriceMinor} currency={currency} />
          </div>
        ))}
      </span>
      <Button
        variant="default"
        size="compact-sm"
        disabled={prices.length === 0}
        onClick={() => put({ sku, name, quantity: inBasket + 1 })}
        aria-label={`${inBasket > 0 ? `Add (${inBasket})` : 'Add'} ${sku}`}
      >
        {inBasket > 0 ? `Add (${inBasket})` : 'Add'}
      </Button>
    </li>
  );
}
