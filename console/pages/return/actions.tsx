import { Group, NumberInput, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { moneyText } from '../../show/money.tsx';

type Return = Schema<'Return'>;
type Action = Return['actions'][number];

/** What can be done to a return as it stands and by whoever looks at it: the API says so. */
export function ReturnActions({ goods }: { goods: Return }) {
  const { id, orderId, lines, actions } = goods;
  const params = (key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });
  const changes = [['returns'], ['order', orderId], ['stock'], ['credit-note']];
  const received = lines.filter(({ receivedQuantity }) => (receivedQuantity ?? 0) > 0);
  const announced = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const unitsText = `${announced} ${announced === 1 ? 'unit' : 'units'}`;

  const buttons: Record<Action, ReactNode> = {
    approve: (
      <CommandButton
        label={`Let ${unitsText} come back`}
        variant="filled"
        changes={changes}
        send={async (_, key) => {
          await ask(api.POST('/v1/returns/{id}/approve', params(key)));
          return `The customer is told that ${id} may be sent.`;
        }}
      />
    ),
    refuse: (
      <CommandButton
        label="Refuse"
        title={`Refuse ${id}`}
        submit="Refuse and tell the customer"
        danger
        changes={changes}
        send={async (form, key) => {
          await ask(api.POST('/v1/returns/{id}/refuse', { ...params(key), body: { reason: form('reason') } }));
          return `${id} was refused, and the customer told why.`;
        }}
      >
        {(faultAt) => <NoteField error={faultAt('/reason')} label="Reason, as the customer will read it" />}
      </CommandButton>
    ),
    cancel: (
      <CommandButton
        label="Cancel"
        title={`Cancel ${id}`}
        submit="The goods do not come back"
        changes={changes}
        send={async (form, key) => {
          await ask(api.POST('/v1/returns/{id}/cancel', { ...params(key), body: { reason: form('reason') } }));
          return `${id} was cancelled.`;
        }}
      >
        {(faultAt) => <NoteField error={faultAt('/reason')} />}
      </CommandButton>
    ),
    receive: (
      <CommandButton
        label="Count what came"
        title={`What came back of ${id}`}
        submit="Book the count"
        variant="filled"
        changes={changes}
        send={async (form, key) => {
          await ask(
            api.POST('/v1/returns/{id}/receive', {
              ...params(key),
              body: { lines: lines.map(({ lineNumber }) => ({ lineNumber, quantity: Number(form(`line ${lineNumber}`)) })) },
            }),
          );
          return `${id} is counted. Inspect the goods now.`;
        }}
      >
        {(faultAt) => (
          <>
            {lines.map(({ lineNumber, sku, quantity }, index) => (
              <NumberInput
                key={lineNumber}
                name={`line ${lineNumber}`}
                label={`Units of ${sku}`}
                description={`${quantity} were announced.`}
                defaultValue={quantity}
                required
                min={0}
                max={1_000_000}
                allowDecimal={false}
                error={faultAt(`/lines/${index}/quantity`) ?? faultAt(`/lines/${index}`)}
              />
            ))}
            {faultAt('/lines') && <Text className="warns">{faultAt('/lines')}</Text>}
          </>
        )}
      </CommandButton>
    ),
    inspect: (
      <CommandButton
        label="Inspect"
        title={`Inspect ${id}`}
        submit="Issue the credit note"
        variant="filled"
        changes={changes}
        send={async (form, key) => {
          const credited = await ask(
            api.POST('/v1/returns/{id}/inspect', {
              ...params(key),
              body: {
                lines: received.map(({ lineNumber }) => ({
                  lineNumber,
                  restockedQuantity: Number(form(`restock ${lineNumber}`)),
                  scrappedQuantity: Number(form(`scrap ${lineNumber}`)),
                })),
              },
            }),
          );
          return `${credited.creditNoteId} over ${moneyText(credited.grossMinor, credited.currency)} was issued.`;
        }}
      >
        {(faultAt) => (
          <>
            <Text size="sm">
              Say of every unit what becomes of it. The credit note is issued with this and cannot be taken back.
            </Text>
            {received.map(({ lineNumber, sku, receivedQuantity }, index) => (
              <Group key={lineNumber} grow align="flex-start">
                <NumberInput
                  name={`restock ${lineNumber}`}
                  label={`${sku}: back on the shelf`}
                  description={`Of ${receivedQuantity} that came.`}
                  defaultValue={receivedQuantity ?? 0}
                  required
                  min={0}
                  max={receivedQuantity ?? 0}
                  allowDecimal={false}
                  error={faultAt(`/lines/${index}`) ?? faultAt(`/lines/${index}/restockedQuantity`)}
                />
                <NumberInput
                  name={`scrap ${lineNumber}`}
                  label={`${sku}: scrapped`}
                  description="The others."
                  defaultValue={0}
                  required
                  min={0}
                  max={receivedQuantity ?? 0}
                  allowDecimal={false}
                  error={faultAt(`/lines/${index}/scrappedQuantity`)}
                />
              </Group>
            ))}
          </>
        )}
      </CommandButton>
    ),
  };
  return actions.map((action) => <span key={action}>{buttons[action]}</span>);
}
