import { Group } from '@mantine/core';
import { api, ask, type Schema } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { CommandButton } from '../form/command-button.tsx';
import { Unanswered } from '../shell/broken-page.tsx';
import { Identifier } from '../show/identifier.tsx';
import { Day } from '../show/moment.tsx';
import { Money, majorOf } from '../show/money.tsx';
import { Panel } from '../show/panel.tsx';
import { Records } from '../show/records.tsx';
import { inWords } from '../show/status.tsx';
import { More } from '../table/more.tsx';
import { AskForRefund } from './ask-for-refund.tsx';
import { OpenItemChoice } from './open-items.tsx';

type CreditNote = Schema<'CreditNote'>;

/** What credit notes of a customer have left: it pays other invoices, or goes back (I4). */
export function CreditBalance({ customerId }: { customerId: string }) {
  const { query, items } = usePages(['account', customerId, 'credit-notes'], (after) =>
    ask(api.GET('/v1/credit-notes', { params: { query: { customerId, unapplied: 'true', limit: 50, ...after } } })),
  );
  if (!query.data) return <Unanswered query={query} height={60} title="Credit balance" />;
  const changes = [['account', customerId], ['invoices'], ['refunds']];
  return (
    <Panel title="Credit balance">
      <Records
        rows={items}
        keyOf={({ id }) => id}
        empty="Every credit note has paid invoices or was paid back."
        columns={[
          {
            header: 'Credit note',
            cell: ({ id }) => (
              <>
                <Identifier id={id} /> <a href={`/v1/credit-notes/${encodeURIComponent(id)}/pdf`}>PDF</a>
              </>
            ),
          },
          {
            header: 'For',
            cell: ({ invoiceId, reason }) => (
              <>
                <Identifier id={invoiceId} to={`/invoices/${invoiceId}`} />
                <div className="faint">{inWords(reason)}</div>
              </>
            ),
          },
          { header: 'Issued', cell: ({ issuedOn }) => <Day on={issuedOn} /> },
          {
            header: 'Amount',
            align: 'right',
            cell: ({ grossMinor, currency }) => <Money minor={grossMinor} currency={currency} />,
          },
          {
            header: 'Left',
            align: 'right',
            cell: ({ unappliedMinor, currency }) => (
              <b>
                <Money minor={unappliedMinor} currency={currency} />
              </b>
            ),
          },
          {
            header: 'What to do',
            align: 'right',
            cell: (note) => (
              <Group gap={6} justify="flex-end">
                <Apply note={note} changes={changes} />
                <AskForRefund of={note} from="creditNoteId" changes={changes} />
              </Group>
            ),
          },
        ]}
      />
      <More of={query}>More credit notes</More>
    </Panel>
  );
}

function Apply({ note: { id, customerId, unappliedMinor, currency }, changes }: { note: CreditNote; changes: string[][] }) {
  return (
    <CommandButton
      label="Apply"
      title={`Pay invoices with ${majorOf(unappliedMinor, currency)} ${currency} of ${id}`}
      submit="Pay the chosen invoices"
      changes={changes}
      send={async (form, key) => {
        const { applications } = await ask(
          api.POST('/v1/credit-notes/{id}/apply', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { invoiceIds: form('invoices').split(' ').filter(Boolean) },
          }),
        );
        return `${id} paid on ${applications.map(({ invoiceId }) => invoiceId).join(', ')}.`;
      }}
    >
      {(faultAt) => <OpenItemChoice customerId={customerId} currency={currency} error={faultAt('/invoiceIds', 'within')} />}
    </CommandButton>
  );
}
