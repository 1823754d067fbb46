import { Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { knownOnFilter, periodFilters, usePeriod } from '../../show/period-fields.tsx';
import { inWords } from '../../show/status.tsx';
import { type Column, DataTable, type FilterEntry } from '../../table/data-table.tsx';
import { useFilters } from '../../table/filters.ts';

type Row = Schema<'ContactEffect'>;

const filters: FilterEntry[] = [...periodFilters, knownOnFilter];

/** The contacts of a collector, each with the receipts that followed it. */
export default function ContactEffectsPage() {
  const actor = useParams({ strict: false }).actor ?? '';
  const period = usePeriod();
  const [{ currency = '' }] = useFilters();
  const query = { actor, currency, ...period };
  const columns: Column<Row>[] = [
    { id: 'id', header: 'Contact', width: 'minmax(8rem, 1fr)', cell: ({ id }) => <Identifier id={id} /> },
    {
      id: 'customer',
      header: 'Customer',
      width: 'minmax(9rem, 1fr)',
      phone: true,
      cell: ({ customerId }) => <Identifier id={customerId} to={`/collections/${customerId}`} />,
    },
    { id: 'on', header: 'On', width: '8rem', phone: true, cell: ({ contactOn }) => <Day on={contactOn} /> },
    { id: 'kind', header: 'Kind', width: '7rem', cell: ({ kind }) => inWords(kind) },
    { id: 'outcome', header: 'Outcome', width: 'minmax(8rem, 1fr)', cell: ({ outcome }) => inWords(outcome) },
    {
      id: 'received',
      header: 'Received after',
      width: '10rem',
      align: 'right',
      phone: true,
      cell: ({ receivedMinor }) => <Money minor={receivedMinor} currency={currency} />,
    },
  ];
  return (
    <DataTable
      name="contact-effects"
      title={`Contacts of ${actor}`}
      above={
        <Link to="/reports/collectors" search={period as never}>
          To the collectors
        </Link>
      }
      columns={columns}
      filters={filters}
      queryKey={['collectors', 'contacts', query]}
      read={(_, after) =>
        ask(api.GET('/v1/reports/collectors/contacts', { params: { query: { ...query, limit: 100, ...after } } }))
      }
      idOf={({ id }) => id}
      addressOf={({ customerId }) => `/collections/${customerId}`}
      csv={`/v1/reports/collectors/contacts.csv?${new URLSearchParams(query)}`}
      empty={<Text>Nobody was called, written to or visited in this period.</Text>}
    />
  );
}
