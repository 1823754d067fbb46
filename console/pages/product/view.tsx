import { Grid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import { useLive } from '../../api/use-live.ts';
import { SaveProduct } from '../../parts/save-product.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Money, percentText } from '../../show/money.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows, right } from '../../show/rows.tsx';

export default function ProductPage() {
  const sku = useParams({ strict: false }).sku ?? '';
  const product = useQuery({
    queryKey: ['products', sku],
    queryFn: () => ask(api.GET('/v1/products/{sku}', { params: { path: { sku } } })),
  });
  const stock = useQuery({
    queryKey: ['stock', sku],
    queryFn: () => ask(api.GET('/v1/stock', { params: { query: { sku, limit: 100 } } })),
  });
  useLive(`/v1/stock/events?${new URLSearchParams({ sku })}`, [['stock', sku]], product.isSuccess);
  if (!product.data) return <Unanswered query={product} height={240} />;
  const { name, prices, taxCategory, taxRate, weightGrams, makeToOrder, leadDays, version } = product.data;
  return (
    <Stack gap="md">
      <PageHead title={name} about={<Identifier id={sku} />}>
        <SaveProduct product={product.data} />
      </PageHead>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Panel title="Stock">
            {!stock.data ? (
              <Unanswered query={stock} height={90} />
            ) : stock.data.items.length === 0 ? (
              <Text>Nothing of it lies in any warehouse.</Text>
            ) : (
              <Rows label="Stock" headings={['Warehouse', right('On hand'), right('Reserved'), right('Available')]}>
                {stock.data.items.map(({ warehouseId, onHand, reserved, available }) => (
                  <tr key={warehouseId}>
                    <td>
                      <Link to={`/stock/${encodeURIComponent(sku)}/${encodeURIComponent(warehouseId)}`}>{warehouseId}</Link>
                    </td>
                    <td data-align="right">{onHand.toLocaleString('en')}</td>
                    <td data-align="right">{reserved.toLocaleString('en')}</td>
                    <td data-align="right">
                      <b className={available <= 0 ? 'warns' : undefined}>{available.toLocaleString('en')}</b>
                    </td>
                  </tr>
                ))}
              </Rows>
            )}
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Panel title="Facts">
            <dl className="facts">
              <dt>List price</dt>
              <dd>
                {prices.length === 0 && <span className="warns">none: it cannot be sold but by a price list</span>}
                {prices.map(({ currency, unitPriceMinor }) => (
                  <div key={currency}>
                    <Money minor={unitPriceMinor} currency={currency} />
                  </div>
                ))}
              </dd>
              <dt>Tax</dt>
              <dd>
                {percentText(taxRate)} (category {taxCategory})
              </dd>
              <dt>Weight</dt>
              <dd>{weightGrams / 1_000} kg</dd>
              <dt>Made</dt>
              <dd>{makeToOrder ? `to order, in ${leadDays} business days` : 'for stock'}</dd>
              <dt>Version</dt>
              <dd>{version}</dd>
            </dl>
          </Panel>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
