import { Group, Select, Text, TextInput } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { choicesOf } from '../../form/choices.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { AmountField, DayField, NoteField } from '../../form/fields.tsx';
import { majorOf, minorOf } from '../../show/money.tsx';

type Account = Schema<'CustomerAccount'>;
type Contact = Schema<'NewCollectionContact'>;

export const changesOf = (customerId: string) => [
  ['account', customerId],
  ['contacts', customerId],
  ['promises', customerId],
  ['worklist'],
  ['write-offs'],
  ['letter', customerId],
  ['invoice'],
];

const kinds = choicesOf<Contact['kind']>({ call: true, mail: true, visit: true });
const outcomes = choicesOf<Contact['outcome']>({
  reached: true,
  'not-reached': true,
  'will-pay': true,
  'has-paid': true,
  disputes: true,
  'cannot-pay': true,
  refuses: true,
});

export function LogContact({ account: { customerId } }: { account: Account }) {
  return (
    <CommandButton
      label="Log a contact"
      title={`Log a contact with ${customerId}`}
      submit="Log it"
      variant="filled"
      changes={changesOf(customerId)}
      send={async (form, key) => {
        const { contactId, finishedTasks } = await ask(
          api.POST('/v1/customers/{id}/contacts', {
            params: { path: { id: customerId }, header: { 'Idempotency-Key': key } },
            body: {
              kind: form('kind') as Contact['kind'],
              outcome: form('outcome') as Contact['outcome'],
              note: form('note'),
              invoiceIds: [],
              ...(form('person') !== '' && { person: form('person') }),
              ...(form('nextStepOn') !== '' && { nextStepOn: form('nextStepOn') }),
              ...(form('nextStep') !== '' && { nextStep: form('nextStep') }),
            },
          }),
        );
        const done = finishedTasks.length;
        return `${contactId} was logged${done === 0 ? '' : done === 1 ? ', and its task is done' : `, and ${done} tasks are done`}.`;
      }}
    >
      {(faultAt) => (
        <>
          <Group gap="xs" grow>
            <Select name="kind" label="How" required allowDeselect={false} defaultValue="call" data={kinds} />
            <Select
              name="outcome"
              label="Outcome"
              required
              allowDeselect={false}
              defaultValue="reached"
              data={outcomes}
              error={faultAt('/outcome')}
            />
          </Group>
          <TextInput name="person" label="Who was spoken to" error={faultAt('/person')} />
          <NoteField name="note" label="What was said" error={faultAt('/note')} />
          <Group gap="xs" grow align="flex-start">
            <DayField name="nextStepOn" label="Next step on" error={faultAt('/nextStepOn')} />
            <TextInput name="nextStep" label="Next step" error={faultAt('/nextStep')} />
          </Group>
        </>
      )}
    </CommandButton>
  );
}

export function TakePromise({ account: { customerId, currency, overdueMinor } }: { account: Account }) {
  return (
    <CommandButton
      label="Take a promise"
      title={`${customerId} promises to pay`}
      submit="Take the promise: letters wait for it"
      changes={changesOf(customerId)}
      send={async (form, key) => {
        const { id, receiptsUntil } = await ask(
          api.POST('/v1/customers/{id}/promises', {
            params: { path: { id: customerId }, header: { 'Idempotency-Key': key } },
            body: {
              amountMinor: minorOf(form('amount'), currency),
              currency,
              promisedOn: form('promisedOn'),
              invoiceIds: [],
              ...(form('note') !== '' && { note: form('note') }),
            },
          }),
        );
        return `${id} counts money until ${receiptsUntil}.`;
      }}
    >
      {(faultAt) => (
        <>
          <Text size="sm">It is for all that is due by its day and not promised already. The hold stays.</Text>
          <AmountField
            name="amount"
            label="Amount"
            currency={currency}
            required
            {...(overdueMinor > 0 && { defaultValue: majorOf(overdueMinor, currency) })}
            error={faultAt('/amountMinor')}
          />
          <DayField name="promisedOn" label="By" required error={faultAt('/promisedOn')} />
          <NoteField name="note" label="Note" required={false} error={faultAt('/note')} />
        </>
      )}
    </CommandButton>
  );
}
