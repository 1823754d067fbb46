import { Button, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import type { Role } from '../../page.ts';
import { ImportLink } from '../../parts/import-link.tsx';
import { SaveCustomer } from '../../parts/save-customer.tsx';
import { useSession } from '../../session/session.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Status } from '../../show/status.tsx';
import { type Column, DataTable, type Filter } from '../../table/data-table.tsx';

/** Those whom the contract lets export master data. */
const exporters: readonly Role[] = ['sales', 'finance', 'admin'];

type Account = Schema<'CreditAccountSummary'>;

const filters: Filter[] = [
  { id: 'q', label: 'Name or id', type: 'text' },
  {
    id: 'standing',
    label: 'Standing',
    choices: choicesOf<Account['standing']>({ approved: true, none: true, denied: true, frozen: true }),
  },
  {
    id: 'onHold',
    label: 'On hold',
    choices: [
      { value: 'true', label: 'On hold' },
      { value: 'false', label: 'Not on hold' },
    ],
  },
  { id: 'segment', label: 'Segment', type: 'text' },
];

const columns: Column<Account>[] = [
  {
    id: 'name',
    header: 'Customer',
    width: 'minmax(11rem, 2fr)',
    phone: true,
    cell: ({ name, customerId }) => (
      <Link to="/customers/$id" params={{ id: customerId }} className="plain">
        {name}
      </Link>
    ),
  },
  { id: 'customerId', header: 'Id', width: 'minmax(8rem, 1fr)', cell: ({ customerId }) => <Identifier id={customerId} /> },
  { id: 'standing', header: 'Standing', width: '7rem', phone: true, cell: ({ standing }) => <Status of={standing} /> },
  {
    id: 'onHoldSince',
    header: 'On hold',
    width: '8rem',
    cell: ({ onHoldSince }) =>
      onHoldSince && (
        <span className="late">
          <Moment at={onHoldSince} />
        </span>
      ),
  },
  {
    id: 'exposure',
    header: 'Exposure',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    phone: true,
    cell: ({ exposureMinor, currency }) => <Money minor={exposureMinor} currency={currency} />,
  },
  {
    id: 'limit',
    header: 'Limit',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    cell: ({ limitMinor, currency }) => limitMinor !== null && <Money minor={limitMinor} currency={currency} />,
  },
  { id: 'segment', header: 'Segment', width: '7rem', cell: ({ segment }) => segment },
  {
    id: 'expiresAt',
    header: 'Approval ends',
    width: '8rem',
    hiddenAtFirst: true,
    cell: ({ expiresAt }) => expiresAt && <Moment at={expiresAt} />,
  },
  {
    id: 'receivables',
    header: 'Receivables',
    width: 'minmax(8rem, 1fr)',
    align: 'right',
    hiddenAtFirst: true,
    cell: ({ openReceivablesMinor, currency }) => <Money minor={openReceivablesMinor} currency={currency} />,
  },
];

export default function CustomersPage() {
  const { me } = useSession();
  const navigate = useNavigate();
  return (
    <DataTable
      name="customers"
      title="Customers"
      columns={columns}
      filters={filters}
      queryKey={['accounts']}
      read={({ q, standing, onHold, segment }, after) =>
        ask(
          api.GET('/v1/credit/accounts', {
            params: {
              query: {
                limit: 100,
                ...after,
                ...(q !== undefined && { q }),
                ...(standing !== undefined && { standing: standing as Account['standing'] }),
                ...(onHold !== undefined && { onHold: onHold as 'true' | 'false' }),
                ...(segment !== undefined && { segment: segment.toUpperCase() }),
              },
            },
          }),
        )
      }
      idOf={({ customerId }) => customerId}
      addressOf={({ customerId }) => `/customers/${customerId}`}
      actions={
        <>
          <ImportLink kind="customers" />
          {me.roles.some((role) => exporters.includes(role)) && (
            <Button component="a" href="/v1/exports/customers.csv" download variant="default" size="compact-sm">
              Export master data
            </Button>
          )}
          <SaveCustomer added={(id) => void navigate({ to: '/customers/$id', params: { id } })} />
        </>
      }
      empty={
        <Text>
          There are no customers yet. Add one, or take them in all at once from a file under <Link to="/imports">Imports</Link>.
        </Text>
      }
    />
  );
}
