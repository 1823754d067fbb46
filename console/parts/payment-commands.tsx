import { Text } from '@mantine/core';
import { api, ask, type Schema } from '../api/client.ts';
import { CommandButton } from '../form/command-button.tsx';
import { AmountField, DayField, NoteField } from '../form/fields.tsx';
import { minorOf, moneyText } from '../show/money.tsx';
import { AskForRefund } from './ask-for-refund.tsx';
import { OpenItemChoice } from './open-items.tsx';

type Payment = Schema<'PaymentToActOn'>;

/** What is read anew once money of a payment has moved. */
const changes = [['payments'], ['refunds'], ['invoices'], ['account'], ['bank-lines']];

/** What can be done with a payment: the API says so, to who may. */
export function PaymentCommands({ payment }: { payment: Payment }) {
  const { actions } = payment;
  return (
    <>
      {actions.includes('apply') && <Apply payment={payment} />}
      {actions.includes('refund') && <AskForRefund of={payment} from="paymentId" changes={changes} />}
      {actions.includes('bounce') && <Bounce payment={payment} />}
    </>
  );
}

function Apply({ payment: { id, customerId, unappliedMinor, currency } }: { payment: Payment }) {
  return (
    <CommandButton
      label="Apply"
      title={`Pay invoices of ${customerId} with ${moneyText(unappliedMinor, currency)}`}
      submit="Pay the chosen invoices"
      variant="filled"
      changes={changes}
      send={async (form, key) => {
        const invoiceIds = form('invoices').split(' ').filter(Boolean);
        const applied = await ask(
          api.POST('/v1/payments/{id}/apply', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { invoiceIds },
          }),
        );
        return `${id} paid on ${applied.applications.map(({ invoiceId }) => invoiceId).join(', ')}.`;
      }}
    >
      {(faultAt) => <OpenItemChoice customerId={customerId} currency={currency} error={faultAt('/invoiceIds', 'within')} />}
    </CommandButton>
  );
}

function Bounce({ payment: { id, customerId, amountMinor, reversedMinor, currency, applications } }: { payment: Payment }) {
  const leftMinor = amountMinor - reversedMinor;
  return (
    <CommandButton
      label="It bounced"
      title={`The bank took ${id} back`}
      submit="Take it back: what it paid is open again"
      danger
      changes={changes}
      send={async (form, key) => {
        const [amount, fee] = [form('amount'), form('fee')];
        const taken = await ask(
          api.POST('/v1/payments/{id}/bounce', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: {
              reason: form('reason'),
              on: form('on'),
              ...(amount !== '' && { amountMinor: minorOf(amount, currency) }),
              feeMinor: fee === '' ? 0 : minorOf(fee, currency),
            },
          }),
        );
        const open = taken.items.map(({ invoiceId }) => invoiceId).join(', ');
        return `${moneyText(taken.amountMinor, currency)} of ${id} is taken back${open === '' ? '' : `: ${open} open again`}.`;
      }}
    >
      {(faultAt) => (
        <>
          <Text size="sm">
            {applications.length > 0
              ? `${applications.map(({ invoiceId }) => invoiceId).join(', ')} of ${customerId} would be owed again, due as before; letters go on from there.`
              : `What waits of it for ${customerId} would be gone.`}{' '}
            Money that was booked for the wrong customer is undone at its bank line instead.
          </Text>
          <AmountField
            name="amount"
            label="Amount"
            description={`Empty: all that is left, ${moneyText(leftMinor, currency)}.`}
            currency={currency}
            error={faultAt('/amountMinor')}
          />
          <DayField name="on" label="The bank’s day" required error={faultAt('/on')} />
          <AmountField
            name="fee"
            label="Fee of our bank"
            description="Empty: none. Booked as bank charges."
            currency={currency}
            error={faultAt('/feeMinor')}
          />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
