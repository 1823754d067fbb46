import { Text } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { api, ask, type Schema } from '../api/client.ts';
import { CommandButton } from '../form/command-button.tsx';
import { AmountField, DayField, NoteField } from '../form/fields.tsx';
import { majorOf, minorOf } from '../show/money.tsx';

interface ItemCommandProps {
  item: Pick<Schema<'InvoiceSummary'>, 'id' | 'openMinor' | 'currency'>;
  changes: readonly QueryKey[];
}

export function HoldOff({ item: { id }, changes }: ItemCommandProps) {
  return (
    <CommandButton
      label="Hold off"
      title={`Send no letters about ${id} for a while`}
      submit="Hold letters back until that day"
      changes={changes}
      send={async (form, key) => {
        const held = await ask(
          api.POST('/v1/invoices/{id}/hold-offs', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { untilOn: form('untilOn'), reason: form('reason') },
          }),
        );
        return `No letters about ${id} until ${held.untilOn}.`;
      }}
    >
      {(faultAt) => (
        <>
          <DayField name="untilOn" label="Until" required error={faultAt('/untilOn')} />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}

export function ProposeWriteOff({ item: { id, openMinor, currency }, changes }: ItemCommandProps) {
  return (
    <CommandButton
      label="Write off"
      title={`Propose to write ${id} off`}
      submit="Propose the write-off"
      danger
      changes={changes}
      send={async (form, key) => {
        const amount = form('amount');
        const proposed = await ask(
          api.POST('/v1/invoices/{id}/write-off', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { reason: form('reason'), ...(amount !== '' && { amountMinor: minorOf(amount, currency) }) },
          }),
        );
        return proposed.status === 'proposed'
          ? `${proposed.id} waits for a second person.`
          : `${proposed.id}: it is written off.`;
      }}
    >
      {(faultAt) => (
        <>
          <Text size="sm">
            {majorOf(openMinor, currency)} {currency} is open. What is given up is a loss of the company; the rest is collected
            on.
          </Text>
          <AmountField
            name="amount"
            label="Amount"
            description="Empty: all that is open."
            currency={currency}
            error={faultAt('/amountMinor')}
          />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
