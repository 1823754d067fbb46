import { Text, TextInput } from '@mantine/core';
import { api, ask } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { DayField } from '../../form/fields.tsx';
import { shareOf } from '../../form/percent.ts';
import { LedgerTabs } from '../../parts/ledger-tabs.tsx';
import { useMay } from '../../session/session.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { percentText } from '../../show/money.tsx';
import { type Column, DataTable } from '../../table/data-table.tsx';

interface BaseRate {
  validFrom: string;
  annualRate: string;
  actor: string;
  at: string;
}

const columns: Column<BaseRate>[] = [
  { id: 'validFrom', header: 'Valid from', width: '9rem', phone: true, cell: ({ validFrom }) => <Day on={validFrom} /> },
  {
    id: 'annualRate',
    header: 'A year',
    width: '8rem',
    align: 'right',
    phone: true,
    cell: ({ annualRate }) => <span className="digits">{percentText(annualRate)}</span>,
  },
  {
    id: 'saved',
    header: 'Announced',
    width: 'minmax(9rem, 1fr)',
    cell: ({ actor, at }) => (
      <>
        {actor}, <Moment at={at} />
      </>
    ),
  },
];

/** What late interest with a margin is counted from, by date (P5). */
export default function BaseRatesPage() {
  const mayAnnounce = useMay('POST /v1/base-rates');
  return (
    <DataTable
      name="base-rates"
      title="Base rates"
      above={<LedgerTabs />}
      actions={mayAnnounce && <AnnounceRate />}
      columns={columns}
      queryKey={['base-rates']}
      read={(_, after) => ask(api.GET('/v1/base-rates', { params: { query: { limit: 100, ...after } } }))}
      idOf={({ validFrom }) => validFrom}
      empty={
        <Text>
          None is announced. Late interest is a fixed rate, or a margin over the base rate of each day, as the dunning policy
          says; before the first base rate the policy’s own annual rate counts.
        </Text>
      }
    />
  );
}

function AnnounceRate() {
  return (
    <CommandButton
      label="Announce a rate"
      title="Announce a base rate"
      submit="Announce the rate"
      variant="filled"
      changes={[['base-rates']]}
      send={async (form, key) => {
        const { validFrom, annualRate } = await ask(
          api.POST('/v1/base-rates', {
            params: { header: { 'Idempotency-Key': key } },
            body: { validFrom: form('validFrom'), annualRate: shareOf(form('annualRate')) },
          }),
        );
        return `${percentText(annualRate)} a year counts from ${validFrom} on.`;
      }}
    >
      {(faultAt) => (
        <>
          <Text>It counts from its day to the next rate’s. A day has one rate, which nobody takes back.</Text>
          <DayField name="validFrom" label="Valid from" required error={faultAt('/validFrom')} />
          <TextInput
            name="annualRate"
            label="Rate in % a year"
            description="Below zero with a minus: -0.88."
            required
            error={faultAt('/annualRate')}
          />
        </>
      )}
    </CommandButton>
  );
}
