import { Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { useAccounts } from '../../parts/accounts.ts';
import { LedgerTabs } from '../../parts/ledger-tabs.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { MoneyCell, Rows, right } from '../../show/rows.tsx';
import { FilterField } from '../../table/filter-field.tsx';
import { useFilters } from '../../table/filters.ts';
import { DocumentExport } from './document-export.tsx';

type Balance = Schema<'TrialBalance'>['functional'];

export default function TrialBalancePage() {
  const [{ asOf, knownOn, in: kind = 'books' }, setFilters] = useFilters();
  const query = {
    ...(asOf !== undefined && { asOf }),
    ...(knownOn !== undefined && { asKnownOn: knownOn }),
  };
  const balance = useQuery({
    queryKey: ['trial-balance', query],
    queryFn: () => ask(api.GET('/v1/ledger/trial-balance', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  const { data } = balance;
  return (
    <Stack gap="md">
      <Title order={1}>Trial balance</Title>
      <LedgerTabs />
      <Group gap="xs">
        <FilterField label="As of" type="date" value={asOf} onChange={(day) => setFilters({ asOf: day })} />
        <FilterField label="As known on" type="date" value={knownOn} onChange={(day) => setFilters({ knownOn: day })} />
        <SegmentedControl
          size="xs"
          aria-label="Currency"
          value={kind}
          onChange={(value) => setFilters({ in: value === 'books' ? undefined : value })}
          data={[
            { value: 'books', label: 'In the books’ currency' },
            { value: 'documents', label: 'By currency of the documents' },
          ]}
        />
      </Group>
      {!data ? (
        <Unanswered query={balance} height={320} />
      ) : data.functional.accounts.length === 0 ? (
        <div className="panel">
          <Text>
            Nothing is booked up to <Day on={data.asOf} />. The books are written by what happens: goods received, goods issued,
            invoices, payments. The first of them stands here at once.
          </Text>
        </div>
      ) : (
        <>
          <Text c="dimmed">
            All that is booked up to <Day on={data.asOf} />
            {data.asKnownAt ? (
              <>
                , as the books knew it <Moment at={data.asKnownAt} />
              </>
            ) : (
              ', as it is known now'
            )}
            . An account leads to its entries.
          </Text>
          {(kind === 'documents' ? data.currencies : [data.functional]).map((one) => (
            <Balances key={one.currency} of={one} asOf={data.asOf} asKnownAt={data.asKnownAt} kind={kind} />
          ))}
        </>
      )}
      <DocumentExport />
    </Stack>
  );
}

function Balances({ of, asOf, asKnownAt, kind }: { of: Balance; asOf: string; asKnownAt: string | null; kind: string }) {
  const { find } = useAccounts();
  const title = kind === 'documents' ? `Documents in ${of.currency}` : `Books in ${of.currency}`;
  return (
    <Panel title={title}>
      <Rows
        headings={['Account', right('Debit'), right('Credit')]}
        foot={
          <tr className="sum">
            <th scope="row">{of.debitMinor === of.creditMinor ? 'Total, in balance' : 'Total, out of balance'}</th>
            <MoneyCell minor={of.debitMinor} currency={of.currency} />
            <MoneyCell minor={of.creditMinor} currency={of.currency} />
          </tr>
        }
      >
        {of.accounts.map(({ account, debitMinor, creditMinor }) => (
          <tr key={account}>
            <td>
              <span className="faint digits">{find(account)?.code}</span>{' '}
              <Link
                to="/ledger/journal"
                search={{ account, bookedTo: asOf, ...(asKnownAt && { asKnownAt }) } as never}
                className="plain"
              >
                {find(account)?.name ?? account}
              </Link>
            </td>
            <td data-align="right">{debitMinor !== 0 && <Money minor={debitMinor} currency={of.currency} />}</td>
            <td data-align="right">{creditMinor !== 0 && <Money minor={creditMinor} currency={of.currency} />}</td>
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}
