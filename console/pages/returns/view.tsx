import { Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { returnStatuses } from '../../parts/return-statuses.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';

type Return = Schema<'Return'>;

const filters: Filter[] = [
  { id: 'status', label: 'Status', choices: returnStatuses },
  { id: 'customerId', label: 'Customer', type: 'text' },
  { id: 'orderId', label: 'Order', type: 'text' },
];

const units = ({ lines }: Return) => lines.reduce((sum, { quantity }) => sum + quantity, 0);

const columns: Column<Return>[] = [
  {
    id: 'id',
    header: 'Return',
    width: 'minmax(9rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/returns/${id}`} />,
  },
  { id: 'status', header: 'Status', width: '7rem', phone: true, cell: ({ status }) => <Status of={status} /> },
  { id: 'customerId', header: 'Customer', width: 'minmax(8rem, 1.2fr)', phone: true, cell: ({ customerId }) => customerId },
  {
    id: 'orderId',
    header: 'Order',
    width: 'minmax(8rem, 1fr)',
    cell: ({ orderId }) => <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
  { id: 'units', header: 'Units', width: '5rem', align: 'right', cell: units },
  {
    id: 'reasons',
    header: 'Why',
    width: 'minmax(9rem, 1.5fr)',
    cell: ({ lines }) => [...new Set(lines.map(({ reason }) => inWords(reason)))].join(', '),
  },
  { id: 'requestedAt', header: 'Requested', width: '8rem', cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
  {
    id: 'creditNoteId',
    header: 'Credit note',
    width: 'minmax(8rem, 1fr)',
    cell: ({ creditNoteId }) => creditNoteId && <Identifier id={creditNoteId} />,
  },
  { id: 'warehouseId', header: 'Warehouse', width: '8rem', hiddenAtFirst: true, cell: ({ warehouseId }) => warehouseId },
];

export default function ReturnsPage() {
  return (
    <DataTable
      name="returns"
      title="Returns"
      columns={columns}
      filters={filters}
      queryKey={['returns']}
      read={({ status, customerId, orderId }, after) =>
        ask(
          api.GET('/v1/returns', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(status !== undefined && { status: status as Return['status'] }),
                ...(customerId !== undefined && { customerId }),
                ...(orderId !== undefined && { orderId }),
              },
            },
          }),
        )
      }
      idOf={({ id }) => id}
      addressOf={({ id }) => `/returns/${id}`}
      empty={
        <Text>
          Nothing has come back yet. A customer asks to return goods in the portal, or sales does so for them; a parcel that the
          carrier sends back opens its return by itself. Sales approves, the warehouse counts and inspects, and the credit note
          follows.
        </Text>
      }
    />
  );
}
