import { Group, Text, TextInput } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { DayField } from '../../form/fields.tsx';
import { LedgerTabs } from '../../parts/ledger-tabs.tsx';
import { useSession } from '../../session/session.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { type Column, DataTable, type FilterEntry } from '../../table/data-table.tsx';

type Rate = Schema<'ExchangeRate'>;

const filters: FilterEntry[] = [
  { id: 'currency', label: 'Currency', type: 'text' },
  { id: 'validFrom', label: 'From', type: 'date' },
  { id: 'validTo', label: 'To', type: 'date' },
];
const columns: Column<Rate>[] = [
  { id: 'currency', header: 'Currency', width: '7rem', phone: true, cell: ({ currency }) => currency },
  { id: 'validOn', header: 'Valid from', width: '8rem', phone: true, cell: ({ validOn }) => <Day on={validOn} /> },
  {
    id: 'rate',
    header: 'Rate',
    width: '10rem',
    align: 'right',
    phone: true,
    cell: ({ rate }) => <span className="digits">{rate}</span>,
  },
  { id: 'source', header: 'Source', width: 'minmax(7rem, 1fr)', cell: ({ source }) => source },
  {
    id: 'saved',
    header: 'Saved',
    width: 'minmax(9rem, 1fr)',
    cell: ({ actor, at }) => (
      <>
        {actor}, <Moment at={at} />
      </>
    ),
  },
];

export default function ExchangeRatesPage() {
  const { me } = useSession();
  return (
    <DataTable
      name="exchange-rates"
      title="Exchange rates"
      above={me.roles.some((role) => role !== 'sales') && <LedgerTabs />}
      actions={me.roles.some((role) => role === 'finance' || role === 'admin') && <SaveRate />}
      columns={columns}
      filters={filters}
      queryKey={['exchange-rates']}
      read={(wanted, after) => ask(api.GET('/v1/exchange-rates', { params: { query: { ...wanted, limit: 100, ...after } } }))}
      idOf={({ id }) => String(id)}
      empty={
        <Text>
          There are no rates yet, and none are needed while all documents are in the company’s currency. An order in another one
          is refused until finance has saved what that currency is worth.
        </Text>
      }
    />
  );
}

function SaveRate() {
  return (
    <CommandButton
      label="Save a rate"
      title="Save an exchange rate"
      submit="Save the rate"
      variant="filled"
      send={async (form, key) => {
        const { saved } = await ask(
          api.POST('/v1/exchange-rates', {
            params: { header: { 'Idempotency-Key': key } },
            body: {
              source: form('source'),
              rates: [
                { currency: form('currency').toUpperCase(), validOn: form('validOn'), rate: form('rate').replace(',', '.') },
              ],
            },
          }),
        );
        return saved === 1 ? 'The rate counts from now on.' : 'This rate stood there already.';
      }}
      changes={[['exchange-rates']]}
    >
      {(faultAt) => (
        <>
          <Text>Of a day the newest rate on or before it counts. What is booked stays as it is.</Text>
          <Group grow align="flex-start">
            <TextInput
              name="currency"
              label="Currency"
              placeholder="JPY"
              maxLength={3}
              required
              error={faultAt('/rates/0/currency')}
            />
            <DayField name="validOn" label="Valid from" required error={faultAt('/rates/0/validOn')} />
          </Group>
          <TextInput
            name="rate"
            label="Rate"
            description="Units of the company’s currency for one unit of the other: 0.0062 euros for a yen."
            inputMode="decimal"
            required
            error={faultAt('/rates/0/rate')}
          />
          <TextInput name="source" label="Source" placeholder="ECB" required maxLength={100} error={faultAt('/source')} />
        </>
      )}
    </CommandButton>
  );
}
