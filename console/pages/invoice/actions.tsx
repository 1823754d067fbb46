import { Text, TextInput } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import type { Fields } from '../../form/entries.ts';
import { NoteField } from '../../form/fields.tsx';
import { HoldOff, ProposeWriteOff } from '../../parts/item-commands.tsx';
import { claimsOf, LineClaims, LineRevisions, ReasonSelect, revisionsOf } from '../../parts/line-claims.tsx';

/** The breakdown is read by itself. */
export type Review = Omit<Schema<'InvoiceReview'>, 'breakdown'>;
type Suggestion = NonNullable<Schema<'Breakdown'>['suggestion']>;
type Made = Schema<'IssuedCorrection'> | Schema<'ProposedCorrection'>;

const whatWasMade = (made: Made): string =>
  made.status === 'proposed'
    ? `${made.correctionId} is proposed: a second person decides about it.`
    : `${made.creditNoteId} was issued${made.revisedInvoiceId === null ? '' : `, and ${made.revisedInvoiceId} bills it anew`}.`;

const noteOf = (form: Fields) => (form('note') === '' ? {} : { note: form('note') });
const reasonOf = (form: Fields) => form('reason') as Schema<'NewDispute'>['reason'];

/** What changes with the invoice, wherever it is shown. */
export const changesOf = ({ id, customerId }: Review['invoice']) => [
  ['invoice', id],
  ['invoices'],
  ['account', customerId],
  ['disputes'],
  ['write-offs'],
];

/** What can be done about the invoice as it stands: the API says so, in `actions`. */
export function InvoiceActions({ review: { invoice, actions } }: { review: Review }) {
  const { id } = invoice;
  const changes = changesOf(invoice);
  const with_ = (key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });
  const buttons: Record<Review['actions'][number], React.ReactNode> = {
    resend: (
      <CommandButton
        label="Send again"
        title={`Send ${id} again`}
        submit={`Mail ${id} again`}
        changes={changes}
        send={async (form, key) => {
          const to = form('to');
          const { recipient } = await ask(api.POST('/v1/invoices/{id}/resend', { ...with_(key), body: to === '' ? {} : { to } }));
          return `${id} is on its way to ${recipient}.`;
        }}
      >
        {(faultAt) => (
          <TextInput
            name="to"
            type="email"
            label="To"
            description="An address on file. Empty: the one that invoices of the customer go to."
            error={faultAt('/to')}
          />
        )}
      </CommandButton>
    ),
    dispute: (
      <CommandButton
        wide
        label="Dispute"
        title={`Dispute ${id} for the customer`}
        submit="Raise the dispute: letters about it wait"
        changes={changes}
        send={async (form, key) => {
          const lines = claimsOf(form, invoice);
          const { disputeId } = await ask(
            api.POST('/v1/invoices/{id}/disputes', {
              ...with_(key),
              body: { reason: reasonOf(form), note: form('note'), ...(lines.length > 0 && { lines }) },
            }),
          );
          return `${disputeId} is open. What is disputed is not asked for until it is answered.`;
        }}
      >
        {(faultAt) => (
          <>
            <ReasonSelect kind={invoice.kind} error={faultAt('/reason')} />
            <Text size="sm" className="faint">
              Say which lines are wrong; with none, nothing of the invoice is owed.
            </Text>
            <LineClaims invoice={invoice} faultAt={faultAt} />
            <NoteField name="note" label="What the customer says" error={faultAt('/note')} />
          </>
        )}
      </CommandButton>
    ),
    credit: (
      <CommandButton
        wide
        label="Correct"
        title={`Credit ${id}`}
        submit="Issue the credit note"
        changes={changes}
        send={async (form, key) => {
          const lines = claimsOf(form, invoice);
          const body = { reason: reasonOf(form), ...noteOf(form), ...(lines.length > 0 && { lines }) };
          return whatWasMade(await ask(api.POST('/v1/invoices/{id}/credit', { ...with_(key), body })));
        }}
      >
        {(faultAt) => (
          <>
            <ReasonSelect kind={invoice.kind} error={faultAt('/reason')} />
            <Text size="sm" className="faint">
              Say what is too much, line by line; with none, all that is left of the invoice is credited. Above the policy’s
              amount a second person agrees first.
            </Text>
            <LineClaims invoice={invoice} faultAt={faultAt} />
            <NoteField name="note" label="Note" required={false} error={faultAt('/note')} />
          </>
        )}
      </CommandButton>
    ),
    'credit-and-reissue': <Reissue invoice={invoice} />,
    'hold-off': <HoldOff item={invoice} changes={changes} />,
    'write-off': <ProposeWriteOff item={invoice} changes={changes} />,
  };
  return actions.map((action) => <span key={action}>{buttons[action]}</span>);
}

/** Credits all that is left and bills it anew; from the finder, with what it suggests in the fields already. */
export function Reissue({ invoice, suggestion }: { invoice: Review['invoice']; suggestion?: Suggestion }) {
  const { id } = invoice;
  const count = suggestion?.lines.length ?? 0;
  return (
    <CommandButton
      wide
      label={suggestion ? 'Credit and bill it anew as suggested' : 'Credit and re-issue'}
      title={`Credit ${id} and bill it anew`}
      submit={
        count > 0 ? `Credit ${id} and bill ${count === 1 ? 'one line' : `${count} lines`} anew` : `Credit ${id} and bill it anew`
      }
      variant={suggestion ? 'filled' : 'default'}
      changes={changesOf(invoice)}
      send={async (form, key) => {
        const lines = revisionsOf(form, invoice);
        return whatWasMade(
          await ask(
            api.POST('/v1/invoices/{id}/credit-and-reissue', {
              params: { path: { id }, header: { 'Idempotency-Key': key } },
              body: { reason: reasonOf(form), ...noteOf(form), ...(lines.length > 0 && { lines }) },
            }),
          ),
        );
      }}
    >
      {(faultAt) => (
        <>
          <Text size="sm">
            A credit note takes all that is left of it, and a revised invoice with today’s master data takes its place. Neither is
            taken back.
          </Text>
          <ReasonSelect kind={invoice.kind} error={faultAt('/reason')} {...(suggestion && { defaultValue: suggestion.reason })} />
          <LineRevisions invoice={invoice} faultAt={faultAt} {...(suggestion && { suggested: suggestion.lines })} />
          <NoteField name="note" label="Note" required={false} error={faultAt('/note')} />
        </>
      )}
    </CommandButton>
  );
}
