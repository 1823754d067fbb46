import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { DayField, NoteField } from '../../form/fields.tsx';
import { useAccounts } from '../../parts/accounts.ts';
import { LedgerTabs } from '../../parts/ledger-tabs.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { MoneyCell, Rows, right } from '../../show/rows.tsx';
import { inWords } from '../../show/status.tsx';

type Entry = Schema<'JournalEntryInFull'>;

export default function JournalEntryPage() {
  const id = Number(useParams({ strict: false }).id);
  const entry = useQuery({
    queryKey: ['journal-entry', id],
    queryFn: () => ask(api.GET('/v1/ledger/entries/{id}', { params: { path: { id } } })),
  });
  if (!entry.isSuccess) return <Unanswered query={entry} height={320} />;
  const { data } = entry;
  return (
    <Stack gap="md">
      <PageHead
        title={
          <>
            Entry {data.id}: {inWords(data.kind).toLowerCase()}
          </>
        }
        about={
          <>
            Booked on <Day on={data.bookedOn} />, recorded <Moment at={data.recordedAt} />
          </>
        }
      >
        {data.actions.includes('reverse') && <Reverse entry={data} />}
      </PageHead>
      <LedgerTabs />
      <Postings entry={data} />
      <Panel title="What it is about">
        <dl className="facts">
          <About term="Order" id={data.orderId} to={data.orderId && `/orders/${data.orderId}`} />
          <About term="Invoice" id={data.invoiceId} to={data.invoiceId && `/invoices/${data.invoiceId}`} />
          <About term="Payment" id={data.paymentId} />
          <About term="Customer" id={data.customerId} to={data.customerId && `/customers/${data.customerId}`} />
          <dt>Belongs to</dt>
          <dd>
            <Day on={data.effectiveOn} />
          </dd>
          <About term="Event" id={data.eventId} />
          {data.reason && (
            <>
              <dt>Reason</dt>
              <dd>{data.reason}</dd>
            </>
          )}
          <Linked term="Takes back" id={data.reversesEntryId} />
          <Linked term="Taken back by" id={data.reversedByEntryId} />
        </dl>
      </Panel>
    </Stack>
  );
}

function About({ term, id, to }: { term: string; id: string | null; to?: string | null }) {
  if (!id) return null;
  return (
    <>
      <dt>{term}</dt>
      <dd>
        <Identifier id={id} {...(to && { to })} />
      </dd>
    </>
  );
}

function Linked({ term, id }: { term: string; id: number | null }) {
  if (id === null) return null;
  return (
    <>
      <dt>{term}</dt>
      <dd>
        <Link to={`/ledger/journal/${id}`}>Entry {id}</Link>
      </dd>
    </>
  );
}

function Postings({ entry: { currency, functionalCurrency, postings } }: { entry: Entry }) {
  const { find } = useAccounts();
  // An exchange difference is an amount of the books alone, and 0 in the currency of the document.
  const both =
    currency !== functionalCurrency || postings.some(({ amountMinor, functionalMinor }) => amountMinor !== functionalMinor);
  return (
    <Panel title="Postings">
      <Rows headings={['Account', right('Debit'), right('Credit'), ...(both ? [right('In the books’ currency')] : [])]}>
        {postings.map(({ account, side, amountMinor, functionalMinor }) => (
          <tr key={`${account} ${side} ${amountMinor} ${functionalMinor}`}>
            <td>
              <span className="faint digits">{find(account)?.code}</span>{' '}
              <Link to="/ledger/journal" search={{ account } as never} className="plain">
                {find(account)?.name ?? account}
              </Link>
            </td>
            <td data-align="right">{side === 'debit' && <Money minor={amountMinor} currency={currency} />}</td>
            <td data-align="right">{side === 'credit' && <Money minor={amountMinor} currency={currency} />}</td>
            {both && <MoneyCell minor={functionalMinor} currency={functionalCurrency} />}
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Reverse({ entry: { id, bookedOn } }: { entry: Entry }) {
  return (
    <CommandButton
      label="Take back"
      title={`Take back entry ${id}`}
      submit={`Propose to take back entry ${id}`}
      send={async (form, key) => {
        const proposed = await ask(
          api.POST('/v1/ledger/entries/{id}/reverse', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { bookedOn: form('bookedOn'), reason: form('reason') },
          }),
        );
        return `${proposed.id} waits for a second person.`;
      }}
      changes={[['journal-entry', id], ['manual-journals']]}
    >
      {(faultAt) => (
        <>
          <Text>The same postings with their sides exchanged are booked when a second person of finance approves them.</Text>
          <DayField name="bookedOn" label="Book it on" defaultValue={bookedOn} required error={faultAt('/bookedOn')} />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
