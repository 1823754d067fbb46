import { NumberInput, Radio, Select, Stack, Text } from '@mantine/core';
import { Fragment, type ReactNode, useState } from 'react';
import { api, ask, type Schema } from '../api/client.ts';
import { CardField } from '../form/card-field.tsx';
import { CommandButton } from '../form/command-button.tsx';
import type { Fields } from '../form/entries.ts';
import type { FaultAt } from '../form/faults.ts';
import { AmountField, DayField, NoteField } from '../form/fields.tsx';
import { majorOf, minorOf } from '../show/money.tsx';

type Order = Schema<'Order'>;
type Action = Schema<'OrderStanding'>['actions'][number];

const labels: Record<Action, string> = {
  amend: 'Amend',
  cancel: 'Cancel order',
  'decide-credit': 'Decide credit',
  prepay: 'Pay in advance',
  'give-card': 'Another card',
  'choose-shortage': 'Choose',
};

type Send = (form: Fields, key: string) => Promise<string>;

/** What can be done to the order as it stands and by whoever looks at it: the API says so, in `actions`. */
export function OrderActions({ order, actions }: { order: Order; actions: readonly Action[] }) {
  const path = { path: { id: order.id } };
  const withKey = (key: string) => ({ params: { ...path, header: { 'Idempotency-Key': key } } });
  const reasonOf = (form: Fields) => form('reason');

  const sends: Record<Action, Send> = {
    amend: async (form, key) => {
      // Held against what the form began with, and not the order as it is by now: a colleague's amendment is not taken back unseen.
      const changed = (name: string) => (form(name) === form(`${name} before`) ? '' : form(name));
      const lines = order.lines.flatMap(({ lineNumber }) => {
        const wanted = changed(`line ${lineNumber}`);
        return wanted === '' ? [] : [{ lineNumber, quantity: Number(wanted) }];
      });
      const requestedOn = changed('requestedOn');
      const { revision } = await ask(
        api.POST('/v1/orders/{id}/amend', {
          ...withKey(key),
          body: {
            revision: Number(form('revision')),
            reason: reasonOf(form),
            ...(lines.length > 0 && { lines }),
            ...(requestedOn !== '' && { requestedOn }),
          },
        }),
      );
      return `${order.id} was amended: revision ${revision}.`;
    },
    cancel: async (form, key) => {
      const { cancelledUnits } = await ask(
        api.POST('/v1/orders/{id}/cancel', { ...withKey(key), body: { reason: reasonOf(form) } }),
      );
      return `${cancelledUnits} units were cancelled.`;
    },
    'decide-credit': async (form, key) => {
      const limit = form('limit');
      const { outcome } = await ask(
        api.POST('/v1/orders/{id}/credit-decision', {
          ...withKey(key),
          body: {
            decision: form('decision') as Schema<'CreditDecision'>['decision'],
            reason: reasonOf(form),
            ...(limit !== '' && { limitMinor: minorOf(limit, order.currency) }),
          },
        }),
      );
      return `Decided: ${outcome.replaceAll('-', ' ')}.`;
    },
    prepay: async (form, key) => {
      await ask(api.POST('/v1/orders/{id}/prepay', { ...withKey(key), body: { reason: reasonOf(form) } }));
      return 'A pro-forma is on its way.';
    },
    'give-card': async (form, key) => {
      await ask(api.POST('/v1/orders/{id}/card', { ...withKey(key), body: { token: form('token') } }));
      return 'The card is being tried.';
    },
    'choose-shortage': async (form, key) => {
      const choice = form('choice') as Schema<'ShortageChoice'>['choice'];
      const { status } = await ask(api.POST('/v1/orders/{id}/shortage-choice', { ...withKey(key), body: { choice } }));
      return `The order is ${status.replaceAll('-', ' ')} now.`;
    },
  };

  return actions.map((action) => (
    <CommandButton
      key={action}
      label={labels[action]}
      title={`${labels[action]}: ${order.id}`}
      variant={action === 'decide-credit' || action === 'choose-shortage' ? 'filled' : 'default'}
      danger={action === 'cancel'}
      changes={[['order', order.id], ['orders'], ['account', order.customerId]]}
      send={sends[action]}
    >
      {(faultAt) => forms[action](order, faultAt)}
    </CommandButton>
  ));
}

const forms: Record<Action, (order: Order, faultAt: FaultAt) => ReactNode> = {
  amend: (order, faultAt) => <Amendment order={order} faultAt={faultAt} />,
  cancel: (_, faultAt) => (
    <>
      <Text>Every unit that has not been shipped is cancelled, and its credit and stock are given back.</Text>
      <NoteField error={faultAt('/reason')} />
    </>
  ),
  'decide-credit': ({ grossMinor, currency }, faultAt) => (
    <>
      <Text>The order comes to {`${majorOf(grossMinor, currency)} ${currency}`}.</Text>
      <Select
        name="decision"
        label="Decision"
        required
        allowDeselect={false}
        defaultValue="approve"
        data={[
          { value: 'approve', label: 'Approve, with a new limit' },
          { value: 'release', label: 'Release this order alone' },
          { value: 'prepay', label: 'Ask for payment in advance' },
          { value: 'deny', label: 'Deny: the order ends' },
        ]}
      />
      <AmountField
        label="New limit"
        currency={currency}
        name="limit"
        description="With a release: the most that it may go beyond the limit."
        error={faultAt('/limitMinor')}
      />
      <NoteField error={faultAt('/reason')} />
    </>
  ),
  prepay: (_, faultAt) => (
    <>
      <Text>The order takes none of the credit limit and goes on when its money has come.</Text>
      <NoteField error={faultAt('/reason')} />
    </>
  ),
  'give-card': (_, faultAt) => <CardField name="token" error={faultAt('/token')} />,
  'choose-shortage': () => (
    <Radio.Group name="choice" label="Stock has failed this order" defaultValue="wait" required>
      <Stack gap="xs" mt="xs">
        <Radio value="wait" label="Wait for all of it" />
        <Radio value="ship-part" label="Ship what is there and cancel the rest" />
        <Radio value="cancel" label="Cancel the order" />
      </Stack>
    </Radio.Group>
  ),
};

/** The order as it was when the dialog opened, with its revision, whatever the page behind it learns meanwhile. */
function Amendment({ order, faultAt }: { order: Order; faultAt: FaultAt }) {
  const [{ revision, lines, requestedOn }] = useState(order);
  const wanted = (line: Order['lines'][number]) => line.quantity - line.cancelledQuantity;
  return (
    <>
      <input type="hidden" name="revision" value={revision} />
      {lines.map((line) => (
        <Fragment key={line.lineNumber}>
          <input type="hidden" name={`line ${line.lineNumber} before`} value={wanted(line)} />
          <NumberInput
            name={`line ${line.lineNumber}`}
            label={`Units of ${line.sku}`}
            description="0 takes the line off."
            required
            defaultValue={wanted(line)}
            min={0}
            max={1_000_000}
            allowDecimal={false}
          />
        </Fragment>
      ))}
      <input type="hidden" name="requestedOn before" value={requestedOn ?? ''} />
      <DayField name="requestedOn" label="Requested on" defaultValue={requestedOn ?? ''} error={faultAt('/requestedOn')} />
      <NoteField error={faultAt('/reason')} />
    </>
  );
}
