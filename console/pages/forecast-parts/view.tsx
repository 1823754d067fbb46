import { Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCompanyCurrency } from '../../api/company-currency.ts';
import { OpenItems } from '../../parts/open-on-day.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, useToday } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { type Column, DataTable, type FilterEntry } from '../../table/data-table.tsx';
import { useFilters } from '../../table/filters.ts';

type Row = Schema<'CashForecastPart'>;

const filters: FilterEntry[] = [{ id: 'asOf', label: 'As of', type: 'date' }];
const layers: Record<Row['layer'], string> = { items: 'Open items', promises: 'Promised', orders: 'Not invoiced yet' };

/** What is expected of a week, by customer and day, down to the items and orders. */
export default function ForecastPartsPage() {
  const week = Number(useParams({ strict: false }).week ?? 1);
  const today = useToday();
  const ofBooks = useCompanyCurrency();
  const [{ currency = ofBooks, asOf }] = useFilters();
  if (!currency) return null;
  const query = { currency, week, ...(asOf && { asOf }) };
  const columns: Column<Row>[] = [
    {
      id: 'customer',
      header: 'Customer',
      width: 'minmax(9rem, 1fr)',
      phone: true,
      cell: ({ customerId }) => <Identifier id={customerId} to={`/customers/${customerId}`} />,
    },
    { id: 'layer', header: 'From', width: 'minmax(9rem, 1fr)', cell: ({ layer }) => layers[layer] },
    { id: 'due', header: 'Due or promised', width: '9rem', phone: true, cell: ({ dueOn }) => <Day on={dueOn} /> },
    {
      id: 'amount',
      header: 'In all weeks',
      width: '10rem',
      align: 'right',
      cell: ({ layer, customerId, amountMinor }) =>
        layer === 'orders' ? (
          <Link to="/orders" search={{ customerId } as never}>
            <Money minor={amountMinor} currency={currency} />
          </Link>
        ) : (
          <OpenItems minor={amountMinor} currency={currency} on={asOf ?? today} customerId={customerId} />
        ),
    },
    {
      id: 'expected',
      header: 'In this week',
      width: '10rem',
      align: 'right',
      phone: true,
      cell: ({ expectedMinor }) => <Money minor={expectedMinor} currency={currency} />,
    },
  ];
  return (
    <DataTable
      name="forecast-parts"
      title={week > 13 ? 'Expected later' : `Expected in week ${week}`}
      above={
        <Link to="/reports/cash" search={(asOf ? { asOf } : {}) as never}>
          To the cash forecast
        </Link>
      }
      columns={columns}
      filters={filters}
      queryKey={['cash-forecast', 'parts', query]}
      read={(_, after) =>
        ask(api.GET('/v1/reports/cash-forecast/parts', { params: { query: { ...query, limit: 100, ...after } } }))
      }
      idOf={({ layer, customerId, dueOn }) => `${layer} ${customerId} ${dueOn}`}
      addressOf={({ customerId }) => `/customers/${customerId}`}
      csv={`/v1/reports/cash-forecast/parts.csv?${new URLSearchParams({ ...query, week: String(week) })}`}
      empty={<Text>Nothing is expected then.</Text>}
    />
  );
}
