import { TextInput } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import { CommandButton } from '../form/command-button.tsx';
import { AmountField, NoteField } from '../form/fields.tsx';
import { majorOf, minorOf } from '../show/money.tsx';

interface AskForRefundProps {
  /** What waits unapplied of a payment, or what a credit note has left. */
  of: { id: string; customerId: string; unappliedMinor: number; currency: string };
  from: 'paymentId' | 'creditNoteId';
  changes: readonly QueryKey[];
}

/** Asks that money goes back to its customer; a second person approves it. */
export function AskForRefund({ of: { id, customerId, unappliedMinor, currency }, from, changes }: AskForRefundProps) {
  return (
    <CommandButton
      label="Refund"
      title={`Give money of ${id} back to ${customerId}`}
      submit="Ask for the refund"
      changes={changes}
      send={async (form, key) => {
        const iban = form('iban').replaceAll(' ', '');
        const { id: refundId } = await ask(
          api.POST('/v1/refunds', {
            params: { header: { 'Idempotency-Key': key } },
            body: {
              [from]: id,
              amountMinor: minorOf(form('amount'), currency),
              reason: form('reason'),
              ...(iban !== '' && { iban }),
            },
          }),
        );
        return `${refundId} waits for a second person of finance.`;
      }}
    >
      {(faultAt) => (
        <>
          <AmountField
            name="amount"
            label="Amount"
            currency={currency}
            required
            defaultValue={majorOf(unappliedMinor, currency)}
            error={faultAt('/amountMinor')}
          />
          <TextInput
            name="iban"
            label="To the account"
            description="IBAN. Empty: back to the card that the money came from."
            error={faultAt('/iban')}
          />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
