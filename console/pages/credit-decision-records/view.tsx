import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { knownOnFilter, periodFilters, usePeriod } from '../../show/period-fields.tsx';
import { inWords } from '../../show/status.tsx';
import { type Column, DataTable, type FilterEntry } from '../../table/data-table.tsx';
import { useFilters } from '../../table/filters.ts';

type Row = Schema<'CreditDecisionRecord'>;

const filters: FilterEntry[] = [...periodFilters, knownOnFilter];

/** The decisions of a kind and outcome, each with what was sold on it and lost. */
export default function CreditDecisionRecordsPage() {
  const period = usePeriod();
  const [{ currency = '', kind = '', outcome = '' }] = useFilters();
  const query = { currency, kind, outcome, ...period };
  const columns: Column<Row>[] = [
    {
      id: 'customer',
      header: 'Customer',
      width: 'minmax(9rem, 1fr)',
      phone: true,
      cell: ({ customerId }) => <Identifier id={customerId} to={`/customers/${customerId}`} />,
    },
    {
      id: 'order',
      header: 'Order',
      width: 'minmax(8rem, 1fr)',
      cell: ({ orderId }) => orderId && <Identifier id={orderId} to={`/orders/${orderId}`} />,
    },
    { id: 'at', header: 'Decided', width: '9rem', cell: ({ at }) => <Moment at={at} /> },
    { id: 'actor', header: 'By', width: 'minmax(7rem, 1fr)', cell: ({ actor }) => actor },
    {
      id: 'invoiced',
      header: 'Invoiced since',
      width: '9rem',
      align: 'right',
      phone: true,
      cell: (row) => (
        <Link to="/invoices" search={{ customerId: row.customerId } as never}>
          <Money minor={row.invoicedMinor} currency={currency} />
        </Link>
      ),
    },
    {
      id: 'lost',
      header: 'Lost of it',
      width: '9rem',
      align: 'right',
      phone: true,
      cell: ({ lostMinor }) => <Money minor={lostMinor} currency={currency} />,
    },
  ];
  return (
    <DataTable
      name="credit-decision-records"
      title={`${inWords(kind)}: ${inWords(outcome).toLowerCase()}`}
      above={
        <Link to="/reports/credit-decisions" search={period as never}>
          To the credit decisions
        </Link>
      }
      columns={columns}
      filters={filters}
      queryKey={['credit-decisions', 'records', query]}
      read={(_, after) =>
        ask(api.GET('/v1/reports/credit-decisions/records', { params: { query: { ...query, limit: 100, ...after } } }))
      }
      idOf={({ id }) => String(id)}
      addressOf={({ customerId }) => `/customers/${customerId}`}
      csv={`/v1/reports/credit-decisions/records.csv?${new URLSearchParams(query)}`}
      empty={<Text>Nobody decided so in this period.</Text>}
    />
  );
}
