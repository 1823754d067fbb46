import { Badge, SegmentedControl, Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCompanyCurrency } from '../../api/company-currency.ts';
import { useLive } from '../../api/use-live.ts';
import type { After } from '../../api/use-pages.ts';
import { useWarehouses } from '../../api/warehouses.ts';
import { useMay } from '../../session/session.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Money } from '../../show/money.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';
import { type Filters, useFilters } from '../../table/filters.ts';
import { ReceiveGoods } from './receive-goods.tsx';

type Level = Schema<'StockLevel'>;
type ReorderPoint = Schema<'ReorderPoint'>;

const addressOf = ({ sku, warehouseId }: { sku: string; warehouseId: string }) =>
  `/stock/${encodeURIComponent(sku)}/${encodeURIComponent(warehouseId)}`;
const idOf = ({ sku, warehouseId }: { sku: string; warehouseId: string }) => `${sku} ${warehouseId}`;

const place: Column<{ sku: string; warehouseId: string }>[] = [
  {
    id: 'sku',
    header: 'Product',
    width: 'minmax(9rem, 1.5fr)',
    phone: true,
    cell: (row) => <Identifier id={row.sku} to={addressOf(row)} />,
  },
  { id: 'warehouseId', header: 'Warehouse', width: 'minmax(7rem, 1fr)', phone: true, cell: ({ warehouseId }) => warehouseId },
];

const levelColumns = (currency: string | undefined): Column<Level>[] => [
  ...place,
  { id: 'onHand', header: 'On hand', width: '7rem', align: 'right', cell: ({ onHand }) => count(onHand) },
  { id: 'reserved', header: 'Reserved', width: '7rem', align: 'right', cell: ({ reserved }) => count(reserved) },
  {
    id: 'available',
    header: 'Available',
    width: '7rem',
    align: 'right',
    phone: true,
    cell: ({ available }) => <b className={available <= 0 ? 'warns' : undefined}>{count(available)}</b>,
  },
  {
    id: 'value',
    header: 'Value',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    cell: ({ valueMinor }) => currency && valueMinor !== undefined && <Money minor={valueMinor} currency={currency} />,
  },
];

const reorderColumns: Column<ReorderPoint>[] = [
  ...place,
  { id: 'available', header: 'Available', width: '7rem', align: 'right', phone: true, cell: ({ available }) => count(available) },
  {
    id: 'point',
    header: 'Reorder at',
    width: '7rem',
    align: 'right',
    cell: ({ point }) => (point === null ? 'not watched' : count(point)),
  },
  { id: 'quantity', header: 'Order', width: '7rem', align: 'right', cell: ({ quantity }) => count(quantity) },
  { id: 'low', header: '', width: '9rem', cell: ({ low }) => low && <span className="warns">time to order</span> },
];

const count = (units: number) => <span className="digits">{units.toLocaleString('en')}</span>;

export default function StockPage() {
  const [{ show, sku, warehouseId }, setFilters] = useFilters();
  const mayReceive = useMay('POST /v1/goods-receipts');
  const currency = useCompanyCurrency();
  const warehouses = useWarehouses();
  const filter = new URLSearchParams({ ...(sku && { sku }), ...(warehouseId && { warehouseId }) });
  const live = useLive(`/v1/stock/events?${filter}`, [['stock'], ['reorder-points']], true);
  const filters: Filter[] = [
    { id: 'sku', label: 'Product (SKU)', type: 'text' },
    { id: 'warehouseId', label: 'Warehouse', choices: warehouses },
  ];
  const actions = (
    <>
      {live && (
        <Badge variant="outline" color="gray" size="sm" tt="none">
          live
        </Badge>
      )}
      <SegmentedControl
        size="xs"
        aria-label="What is shown"
        value={show === 'reorder' ? 'reorder' : 'levels'}
        onChange={(value) => setFilters({ show: value === 'reorder' ? value : undefined, low: undefined })}
        data={[
          { value: 'levels', label: 'Availability' },
          { value: 'reorder', label: 'Reorder points' },
        ]}
      />
      {mayReceive && <ReceiveGoods />}
    </>
  );
  if (show === 'reorder')
    return (
      <DataTable
        name="reorder-points"
        title="Stock"
        columns={reorderColumns}
        filters={[...filters, { id: 'low', label: 'Time to order?', choices: [{ value: 'true', label: 'Time to order' }] }]}
        queryKey={['reorder-points']}
        read={({ low, ...rest }, after) =>
          ask(
            api.GET('/v1/reorder-points', {
              params: { query: { ...queryOf(rest, after), ...(low === 'true' && { low: 'true' as const }) } },
            }),
          )
        }
        idOf={idOf}
        addressOf={addressOf}
        actions={actions}
        empty={
          <Text>
            No product is watched yet. Open a product in a warehouse and set its reorder point: when available stock falls to it,
            a task says how many to order.
          </Text>
        }
      />
    );
  return (
    <DataTable
      name="stock"
      title="Stock"
      columns={levelColumns(currency)}
      filters={filters}
      queryKey={['stock']}
      read={(wanted, after) => ask(api.GET('/v1/stock', { params: { query: queryOf(wanted, after) } }))}
      idOf={idOf}
      addressOf={addressOf}
      actions={actions}
      empty={
        <Text>
          Nothing lies in any warehouse yet. Receive goods against a delivery note, or take opening stock in from a file under
          Imports; what is on hand, reserved and available stands here then, and moves by itself.
        </Text>
      }
    />
  );
}

const queryOf = ({ sku, warehouseId }: Filters, after: After) => ({
  limit: 100,
  ...after,
  ...(sku !== undefined && { sku }),
  ...(warehouseId !== undefined && { warehouseId }),
});
