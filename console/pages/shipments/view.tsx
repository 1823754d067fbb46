import { Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Status } from '../../show/status.tsx';
import { type Column, DataTable, type FilterEntry } from '../../table/data-table.tsx';

type Row = Schema<'ShipmentSummary'>;

const filters: FilterEntry[] = [
  { id: 'carrier', label: 'Carrier', type: 'text' },
  { id: 'warehouseId', label: 'Warehouse', type: 'text' },
  { id: 'country', label: 'Country', type: 'text' },
  { id: 'shippedFrom', label: 'Left from', type: 'date' },
  { id: 'shippedTo', label: 'Left until', type: 'date' },
];
const columns: Column<Row>[] = [
  {
    id: 'id',
    header: 'Shipment',
    width: 'minmax(9rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/shipments/${id}`} />,
  },
  {
    id: 'order',
    header: 'Order',
    width: 'minmax(9rem, 1fr)',
    cell: ({ orderId }) => <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
  { id: 'status', header: 'Status', width: '9rem', phone: true, cell: ({ status }) => <Status of={status} /> },
  { id: 'carrier', header: 'Carrier', width: 'minmax(8rem, 1fr)', cell: ({ carrier }) => carrier ?? '' },
  { id: 'warehouse', header: 'From', width: '8rem', cell: ({ warehouseId }) => warehouseId },
  { id: 'shipped', header: 'Left', width: '9rem', phone: true, cell: ({ shippedAt }) => shippedAt && <Moment at={shippedAt} /> },
  { id: 'delivered', header: 'Delivered', width: '9rem', cell: ({ deliveredAt }) => deliveredAt && <Moment at={deliveredAt} /> },
];

/** Shipments by carrier, lane and when they left: what an audit of carriers has counted. */
export default function ShipmentsPage() {
  return (
    <DataTable
      name="shipments"
      title="Shipments"
      columns={columns}
      filters={filters}
      queryKey={['shipments', 'list']}
      read={(chosen, after) => ask(api.GET('/v1/shipments', { params: { query: { ...chosen, limit: 100, ...after } } }))}
      idOf={({ id }) => id}
      addressOf={({ id }) => `/shipments/${id}`}
      empty={<Text>No shipment is like this. Each order’s shipments stand here as soon as the warehouse has them to pick.</Text>}
    />
  );
}
