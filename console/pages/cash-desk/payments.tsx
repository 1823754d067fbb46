import { Group, Text } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { PaymentCommands } from '../../parts/payment-commands.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { periodFilters } from '../../show/period-fields.tsx';
import { inWords } from '../../show/status.tsx';
import { type Column, DataTable, type FilterEntry } from '../../table/data-table.tsx';

type Payment = Schema<'PaymentToActOn'>;

const filters: FilterEntry[] = [
  { id: 'customerId', label: 'Customer number', type: 'id' },
  { id: 'invoiceId', label: 'Invoice', type: 'text' },
  { id: 'orderId', label: 'Order', type: 'text' },
  ...periodFilters,
];

const columns: Column<Payment>[] = [
  {
    id: 'id',
    header: 'Payment',
    width: 'minmax(8rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/payments/${id}`} />,
  },
  {
    id: 'customerId',
    header: 'Customer',
    width: 'minmax(7rem, 1fr)',
    cell: ({ customerId }) => <Identifier id={customerId} to={`/customers/${customerId}`} />,
  },
  { id: 'valueOn', header: 'Value date', width: '6rem', cell: ({ valueOn }) => <Day on={valueOn} /> },
  {
    id: 'text',
    header: 'Text',
    width: 'minmax(8rem, 2fr)',
    cell: ({ remittanceText, method }) => remittanceText ?? inWords(method),
  },
  { id: 'method', header: 'Method', width: '8rem', hiddenAtFirst: true, cell: ({ method }) => inWords(method) },
  {
    id: 'reference',
    header: 'Reference',
    width: '8rem',
    hiddenAtFirst: true,
    cell: ({ externalReference }) => externalReference,
  },
  {
    id: 'amount',
    header: 'Came',
    width: '7rem',
    align: 'right',
    phone: true,
    cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
  },
  {
    id: 'reversed',
    header: 'Taken back',
    width: '7rem',
    align: 'right',
    hiddenAtFirst: true,
    cell: ({ reversedMinor, currency }) => <Money minor={reversedMinor} currency={currency} />,
  },
  {
    id: 'unapplied',
    header: 'Unapplied',
    width: '7rem',
    align: 'right',
    phone: true,
    cell: ({ unappliedMinor, currency }) => (
      <b>
        <Money minor={unappliedMinor} currency={currency} />
      </b>
    ),
  },
  {
    id: 'actions',
    header: 'What to do',
    width: '14rem',
    cell: (payment) => (
      <Group gap={6} wrap="nowrap">
        <PaymentCommands payment={payment} />
      </Group>
    ),
  },
];

/** Money that has come in, the newest first. */
export const Payments = () => (
  <PaymentTable
    name="payments"
    title="Payments"
    empty="No money has come in yet. A bank statement brings it, a card, a cheque, or whoever records it above."
  />
);

/** Money of a known customer that pays nothing yet. */
export const UnappliedCash = () => (
  <PaymentTable
    name="unapplied-cash"
    title="Unapplied cash"
    only={{ unapplied: 'true' }}
    empty="No money waits. What a customer pays beyond its invoices stands here until it pays others, or goes back."
  />
);

interface PaymentTableProps {
  name: string;
  title: string;
  only?: { unapplied: 'true' };
  empty: string;
}

const PaymentTable = ({ name, title, only, empty }: PaymentTableProps) => (
  <DataTable
    name={name}
    title={title}
    headingLevel={2}
    columns={columns}
    filters={filters}
    queryKey={['payments', name]}
    read={(wanted, after) => ask(api.GET('/v1/payments', { params: { query: { ...wanted, ...only, limit: 100, ...after } } }))}
    idOf={({ id }) => id}
    addressOf={({ id }) => `/payments/${id}`}
    empty={<Text>{empty}</Text>}
  />
);
