import { Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCompanyCurrency } from '../../api/company-currency.ts';
import { bucketName, buckets } from '../../parts/open-on-day.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { inDays, knownOnFilter, periodFilters, usePeriod } from '../../show/period-fields.tsx';
import { inWords } from '../../show/status.tsx';
import { type Column, DataTable, type FilterChoice, type FilterEntry } from '../../table/data-table.tsx';
import { useFilters } from '../../table/filters.ts';

type Row = Schema<'ReportedDocument'>;

const filters: FilterEntry[] = [
  { id: 'customerId', label: 'Customer number', type: 'text' },
  { id: 'currency', label: 'Currency', type: 'text' },
  ...periodFilters,
  knownOnFilter,
];
const ages: FilterChoice = {
  id: 'bucket',
  label: 'Days overdue',
  choices: buckets.map((value) => ({ value, label: bucketName(value) })),
};
// A payment has no page of its own: its customer's tells of it.
const addressOf: Record<Row['kind'], (row: Row) => string> = {
  'journal-entry': ({ id }) => `/ledger/journal/${id}`,
  invoice: ({ id }) => `/invoices/${id}`,
  order: ({ id }) => `/orders/${id}`,
  payment: ({ customerId }) => `/customers/${customerId}`,
};

export default function ReportDocumentsPage() {
  const part = (useParams({ strict: false }).part ?? '') as 'receivables';
  const ofBooks = useCompanyCurrency();
  const [{ currency = ofBooks, unit, customerId, bucket }] = useFilters();
  const period = usePeriod();
  if (!currency) return null;
  const columns: Column<Row>[] = [
    {
      id: 'id',
      header: 'Document',
      width: 'minmax(9rem, 1fr)',
      phone: true,
      cell: (row) => <Identifier id={row.id} to={addressOf[row.kind](row)} />,
    },
    { id: 'kind', header: 'Kind', width: '8rem', cell: ({ kind }) => inWords(kind) },
    { id: 'on', header: 'Counted by', width: '8rem', phone: true, cell: ({ on }) => <Day on={on} /> },
    { id: 'customer', header: 'Customer', width: 'minmax(8rem, 1fr)', cell: ({ customerId }) => customerId ?? '' },
    {
      id: 'invoice',
      header: 'Invoice',
      width: 'minmax(8rem, 1fr)',
      cell: ({ invoiceId }) => invoiceId && <Identifier id={invoiceId} to={`/invoices/${invoiceId}`} />,
    },
    { id: 'met', header: 'Counts', width: '7rem', cell: ({ met }) => (met ? 'yes' : 'no') },
    {
      id: 'value',
      header: 'Value',
      width: '9rem',
      align: 'right',
      phone: true,
      cell: ({ value }) =>
        unit === 'minor' ? (
          <Money minor={value} currency={currency} />
        ) : (
          <span className="digits">{unit === 'hours' ? inDays(value) : unit === 'documents' ? '' : value}</span>
        ),
    },
  ];
  const query = {
    currency,
    ...period,
    ...(customerId !== undefined && { customerId }),
    // An address that somebody wrote by hand may say anything: the API answers what is wrong with it.
    ...(bucket !== undefined && { bucket: bucket as 'current' }),
  };
  return (
    <DataTable
      name="report-documents"
      title={`Documents: ${inWords(part).toLowerCase()}`}
      above={<Link to="/reports">To the measures</Link>}
      columns={columns}
      filters={part === 'receivables' ? [ages, ...filters] : filters}
      queryKey={['report-documents', part, query]}
      read={(_, after) =>
        ask(api.GET('/v1/reports/documents/{part}', { params: { path: { part }, query: { ...query, limit: 100, ...after } } }))
      }
      idOf={({ kind, id, invoiceId, on }) => `${kind} ${id} ${invoiceId} ${on}`}
      csv={`/v1/reports/documents/${encodeURIComponent(part)}.csv?${new URLSearchParams(query)}`}
      empty={<Text>No document of this period counts here, so this part is zero.</Text>}
    />
  );
}
