import { Button, CloseButton, Group, NumberInput, Radio, Select, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, type ReactNode, useState } from 'react';
import { api, ask, type Schema } from '../api/client.ts';
import { AddressFields, addressesOf, addressIn, addressText } from '../form/address-fields.tsx';
import { CardField } from '../form/card-field.tsx';
import { choicesOf } from '../form/choices.ts';
import { CommandButton } from '../form/command-button.tsx';
import type { Fields } from '../form/entries.ts';
import type { FaultAt } from '../form/faults.ts';
import { AmountField, DayField, NoteField } from '../form/fields.tsx';
import { majorOf, minorOf, moneyText } from '../show/money.tsx';
import { unitPriceOf, useProductField } from './product-field.ts';

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
  // Which field each line of the last amendment came from: faults name lines by their place in what was sent.
  const [sentLines, setSentLines] = useState<readonly string[]>([]);
  const queries = useQueryClient();
  const path = { path: { id: order.id } };
  const withKey = (key: string) => ({ params: { ...path, header: { 'Idempotency-Key': key } } });
  const reasonOf = (form: Fields) => form('reason');

  const sends: Record<Action, Send> = {
    amend: async (form, key) => {
      // Held against what the form began with, and not the order as it is by now: a colleague's amendment is not taken back
      // unseen.
      const changed = (name: string) => (form(name) === form(`${name} before`) ? '' : form(name));
      const lines = [
        ...order.lines.flatMap(({ lineNumber }) => {
          const field = `line ${lineNumber}`;
          const wanted = changed(field);
          return wanted === '' ? [] : [{ field, change: { lineNumber, quantity: Number(wanted) } }];
        }),
        ...form('added')
          .split(' ')
          .flatMap((number) => {
            const field = `added ${number}`;
            const [sku, price] = [form(`${field} sku`), form(`${field} price`)];
            if (sku === '') return [];
            const expected = price !== '' && { expectedUnitPriceMinor: Number(price) };
            return [{ field, change: { sku, quantity: Number(form(`${field} units`)), ...expected } }];
          }),
      ];
      setSentLines(lines.map(({ field }) => field));
      const requestedOn = changed('requestedOn');
      const asked = ask(
        api.POST('/v1/orders/{id}/amend', {
          ...withKey(key),
          body: {
            revision: Number(form('revision')),
            reason: reasonOf(form),
            ...(lines.length > 0 && { lines: lines.map(({ change }) => change) }),
            ...(requestedOn !== '' && { requestedOn }),
            ...(form('moves') !== '' && { shipTo: addressIn(form) }),
          },
        }),
      );
      // It may be refused for a price that is another by now: that one is to be seen.
      const { revision } = await asked.finally(() => void queries.invalidateQueries({ queryKey: ['offer'] }));
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
      {(faultAt) =>
        action === 'amend' ? (
          <Amendment
            order={order}
            faultAt={faultAt}
            lineFault={(field) =>
              sentLines.includes(field) ? faultAt(`/lines/${sentLines.indexOf(field)}`, 'within') : undefined
            }
          />
        ) : (
          forms[action](order, faultAt)
        )
      }
    </CommandButton>
  ));
}

const forms: Record<Exclude<Action, 'amend'>, (order: Order, faultAt: FaultAt) => ReactNode> = {
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
        data={choicesOf<Schema<'CreditDecision'>['decision']>({
          approve: 'Approve, with a new limit',
          release: 'Release this order alone',
          prepay: 'Ask for payment in advance',
          deny: 'Deny: the order ends',
        })}
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

interface AmendmentProps {
  order: Order;
  faultAt: FaultAt;
  /** What is wrong with the line that a field has sent. */
  lineFault: (field: string) => string | undefined;
}

/** The order as it was when the dialog opened, with its revision, whatever the page behind it learns meanwhile. */
function Amendment({ order, faultAt, lineFault }: AmendmentProps) {
  const [{ revision, lines, requestedOn }] = useState(order);
  const [added, setAdded] = useState<readonly number[]>([]);
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
            error={lineFault(`line ${line.lineNumber}`)}
          />
        </Fragment>
      ))}
      <input type="hidden" name="added" value={added.join(' ')} />
      {added.map((number) => (
        <AddedGoods
          key={number}
          field={`added ${number}`}
          order={order}
          fault={lineFault(`added ${number}`)}
          takeOff={() => setAdded(added.filter((one) => one !== number))}
        />
      ))}
      <Group>
        <Button variant="default" size="compact-sm" onClick={() => setAdded([...added, 1 + Math.max(0, ...added)])}>
          Add goods
        </Button>
      </Group>
      {faultAt('/lines') && <Text className="refused">{faultAt('/lines')}</Text>}
      <input type="hidden" name="requestedOn before" value={requestedOn ?? ''} />
      <DayField name="requestedOn" label="Requested on" defaultValue={requestedOn ?? ''} error={faultAt('/requestedOn')} />
      <OtherAddress order={order} faultAt={faultAt} />
      <NoteField error={faultAt('/reason')} />
    </>
  );
}

interface AddedGoodsProps {
  field: string;
  order: Order;
  fault: string | undefined;
  takeOff: () => void;
}

/** Goods that are new to the order, at the price that is shown: another one by now is refused. */
function AddedGoods({ field, order: { customerId, currency }, fault, takeOff }: AddedGoodsProps) {
  const [sku, setSku] = useState('');
  const [units, setUnits] = useState(1);
  const { field: select, product } = useProductField(customerId, sku, setSku);
  const price = product && product.currency === currency ? unitPriceOf(product, units) : undefined;
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <input type="hidden" name={`${field} sku`} value={sku} />
      <input type="hidden" name={`${field} price`} value={price ?? ''} />
      <Select
        {...select}
        label="Goods"
        required
        style={{ flex: 1 }}
        error={fault}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        description={price === undefined ? undefined : `${moneyText(price, currency)} each`}
      />
      <NumberInput
        w={92}
        name={`${field} units`}
        label="Units"
        required
        value={units}
        onChange={(value) => setUnits(Number(value))}
        min={1}
        max={1_000_000}
        allowDecimal={false}
      />
      <CloseButton mt={22} aria-label={`Take ${sku === '' ? 'these goods' : sku} off`} onClick={takeOff} />
    </Group>
  );
}

const kept = 'kept';
const another = 'another';

/**
 * Where the order goes from now on: as before, to an address of the customer, or anywhere. What is chosen can be written
 * over.
 */
function OtherAddress({ order, faultAt }: { order: Order; faultAt: FaultAt }) {
  const [chosen, setChosen] = useState(kept);
  const customer = useQuery({
    queryKey: ['customer', order.customerId],
    queryFn: () => ask(api.GET('/v1/customers/{id}', { params: { path: { id: order.customerId } } })),
  });
  const addresses = customer.data ? addressesOf(customer.data) : [];
  return (
    <>
      <input type="hidden" name="moves" value={chosen === kept ? '' : chosen} />
      <Select
        label="Ship to"
        allowDeselect={false}
        value={chosen}
        onChange={(value) => setChosen(value ?? kept)}
        data={[
          { value: kept, label: `As before: ${addressText(order.shipTo)}` },
          ...addresses.map((address, index) => ({ value: String(index), label: addressText(address) })),
          { value: another, label: 'Another address' },
        ]}
        error={faultAt('/shipTo')}
      />
      {chosen !== kept && <AddressFields key={chosen} defaultValue={addresses[Number(chosen)]} faultAt={faultAt} />}
    </>
  );
}
