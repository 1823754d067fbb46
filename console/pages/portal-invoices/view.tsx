import { Button, Checkbox, Text } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { askedOf, PayInvoices } from '../../parts/pay-invoices.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money, moneyText, percentText } from '../../show/money.tsx';
import { Status } from '../../show/status.tsx';
import { type Column, DataTable, type FilterChoice } from '../../table/data-table.tsx';

type Invoice = Schema<'AskedInvoice'>;

const filters: FilterChoice[] = [
  {
    id: 'status',
    label: 'Status',
    choices: [
      { value: 'open', label: 'Open' },
      { value: 'settled', label: 'Paid' },
    ],
  },
  { id: 'overdue', label: 'Due', choices: [{ value: 'true', label: 'Overdue' }] },
];

/** A customer's invoices; the ones that are ticked are paid together. */
export default function PortalInvoicesPage() {
  const [ticked, setTicked] = useState<readonly Invoice[]>([]);
  const [paying, setPaying] = useState(false);
  const tick = useCallback(
    (invoice: Invoice) =>
      setTicked((before) =>
        before.some(({ id }) => id === invoice.id) ? before.filter(({ id }) => id !== invoice.id) : [...before, invoice],
      ),
    [],
  );
  const columns = useMemo(() => columnsOf(ticked, tick), [ticked, tick]);
  return (
    <>
      <DataTable
        name="portal-invoices"
        title="Invoices"
        columns={columns}
        filters={filters}
        queryKey={['invoices']}
        read={({ status, overdue }, after) =>
          ask(
            api.GET('/v1/invoices', {
              params: {
                query: {
                  limit: 100,
                  ...after,
                  ...(status !== undefined && { status: status as Invoice['status'] }),
                  ...(overdue !== undefined && { overdue: overdue as 'true' }),
                },
              },
            }),
          )
        }
        idOf={({ id }) => id}
        addressOf={({ id }) => `/invoices/${id}`}
        actions={
          ticked.length > 0 && (
            <Button size="compact-sm" onClick={() => setPaying(true)}>
              Pay {ticked.length === 1 ? ticked[0]!.id : `${ticked.length} invoices`}:{' '}
              {moneyText(askedOf(ticked), ticked[0]!.currency)}
            </Button>
          )
        }
        empty={
          <Text>There are no invoices yet. Each shipment is invoiced when it leaves; you pay, dispute and download it here.</Text>
        }
      />
      <PayInvoices
        invoices={ticked}
        opened={paying}
        close={() => {
          setPaying(false);
          setTicked([]);
        }}
      />
    </>
  );
}

const columnsOf = (ticked: readonly Invoice[], tick: (invoice: Invoice) => void): Column<Invoice>[] => [
  {
    id: 'id',
    header: 'Invoice',
    width: 'minmax(12rem, 1.3fr)',
    phone: true,
    cell: (invoice) => (
      <span className="ticked">
        <Checkbox
          size="xs"
          aria-label={`Pay ${invoice.id}`}
          disabled={invoice.askedMinor === 0}
          checked={ticked.some(({ id }) => id === invoice.id)}
          onChange={() => tick(invoice)}
        />
        <Identifier id={invoice.id} to={`/invoices/${invoice.id}`} />
        {invoice.formerReference !== null && <span className="faint">{invoice.formerReference}</span>}
      </span>
    ),
  },
  { id: 'dueOn', header: 'Due', width: '8rem', phone: true, cell: ({ dueOn }) => <Day on={dueOn} /> },
  {
    id: 'open',
    header: 'Open',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    phone: true,
    cell: ({ openMinor, currency }) => <Money minor={openMinor} currency={currency} />,
  },
  {
    id: 'asked',
    header: 'To pay today',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    cell: ({ openMinor, askedMinor, currency }) => openMinor > 0 && <Money minor={askedMinor} currency={currency} />,
  },
  {
    id: 'discount',
    header: 'Discount',
    width: 'minmax(10rem, 1fr)',
    cell: ({ discount }) =>
      discount && (
        <span>
          {percentText(discount.rate)} until <Day on={discount.payBy} />
        </span>
      ),
  },
  {
    id: 'gross',
    header: 'Amount',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    hiddenAtFirst: true,
    cell: ({ grossMinor, currency }) => <Money minor={grossMinor} currency={currency} />,
  },
  {
    id: 'status',
    header: 'Status',
    width: '7rem',
    cell: ({ status, disputedMinor }) => <Status of={disputedMinor > 0 ? 'disputed' : status} />,
  },
  { id: 'issuedOn', header: 'Issued', width: '8rem', hiddenAtFirst: true, cell: ({ issuedOn }) => <Day on={issuedOn} /> },
  {
    id: 'orderId',
    header: 'Order',
    width: 'minmax(8rem, 1fr)',
    hiddenAtFirst: true,
    cell: ({ orderId }) => orderId && <Identifier id={orderId} to={`/orders/${orderId}`} />,
  },
  {
    id: 'documents',
    header: 'Documents',
    width: '7rem',
    cell: ({ id, kind }) =>
      kind === 'opening-item' ? null : (
        <a href={`/v1/invoices/${encodeURIComponent(id)}/pdf`} aria-label={`PDF of ${id}`}>
          PDF
        </a>
      ),
  },
];
