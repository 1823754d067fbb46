import { Button, Modal, NumberInput, Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { entriesOf, type Fields, fieldsOf } from '../../form/entries.ts';
import { majorOf, minorOf } from '../../show/money.tsx';

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
  const [open, setOpen] = useState<Action>();
  const path = { path: { id: order.id } };
  const withKey = (key: string) => ({ params: { ...path, header: { 'Idempotency-Key': key } } });
  const reasonOf = (form: Fields) => form('reason');

  const sends: Record<Action, Send> = {
    amend: async (form, key) => {
      const lines = order.lines.flatMap(({ lineNumber, quantity, cancelledQuantity }) => {
        const wanted = Number(form(`line ${lineNumber}`));
        return wanted === quantity - cancelledQuantity ? [] : [{ lineNumber, quantity: wanted }];
      });
      const requestedOn = form('requestedOn');
      const { revision } = await ask(
        api.POST('/v1/orders/{id}/amend', {
          ...withKey(key),
          body: {
            revision: order.revision,
            reason: reasonOf(form),
            ...(lines.length > 0 && { lines }),
            ...(requestedOn !== '' && requestedOn !== order.requestedOn && { requestedOn }),
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

  const command = useCommand({
    // The form is sent as pairs, so that the same entries are the same request.
    send: ({ action, entries }: { action: Action; entries: [string, string][] }, key) => sends[action](fieldsOf(entries), key),
    said: (text) => text,
    changes: [['order', order.id], ['orders'], ['account', order.customerId]],
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    command.mutate({ action: open!, entries: entriesOf(event.currentTarget) }, { onSuccess: () => setOpen(undefined) });
  };

  return (
    <>
      {actions.map((action) => (
        <Button
          key={action}
          size="compact-sm"
          variant={action === 'decide-credit' || action === 'choose-shortage' ? 'filled' : 'default'}
          onClick={() => setOpen(action)}
        >
          {labels[action]}
        </Button>
      ))}
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open && `${labels[open]}: ${order.id}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <form onSubmit={onSubmit}>
          <Stack gap="sm">
            {open && forms[open](order)}
            <Button type="submit" loading={command.isPending} color={open === 'cancel' ? 'red.9' : 'indigo'}>
              {open && labels[open]}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

const reason = <Textarea name="reason" label="Reason" required maxLength={1_000} autosize minRows={2} />;

const forms: Record<Action, (order: Order) => ReactNode> = {
  amend: ({ lines, requestedOn }) => (
    <>
      {lines.map(({ lineNumber, sku, quantity, cancelledQuantity }) => (
        <NumberInput
          key={lineNumber}
          name={`line ${lineNumber}`}
          label={`Units of ${sku}`}
          description="0 takes the line off."
          defaultValue={quantity - cancelledQuantity}
          min={0}
          max={1_000_000}
          allowDecimal={false}
        />
      ))}
      <TextInput type="date" name="requestedOn" label="Requested on" defaultValue={requestedOn ?? ''} />
      {reason}
    </>
  ),
  cancel: () => (
    <>
      <Text>Every unit that has not been shipped is cancelled, and its credit and stock are given back.</Text>
      {reason}
    </>
  ),
  'decide-credit': ({ grossMinor, currency }) => (
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
      <TextInput
        name="limit"
        label={`New limit in ${currency}`}
        description="With a release: the most that it may go beyond the limit."
        inputMode="decimal"
        pattern="\d{1,12}([.,]\d{1,3})?"
      />
      {reason}
    </>
  ),
  prepay: () => (
    <>
      <Text>The order takes none of the credit limit and goes on when its money has come.</Text>
      {reason}
    </>
  ),
  'give-card': () => (
    <TextInput name="token" label="Token of the card" description="From the payment gateway; never a card number." required />
  ),
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
