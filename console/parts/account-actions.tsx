import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, ask, type Schema } from '../api/client.ts';
import { CommandButton } from '../form/command-button.tsx';
import { NoteField } from '../form/fields.tsx';
import { minorOf, moneyText } from '../show/money.tsx';
import { ProposeHoldOverride } from './hold-overrides.tsx';

/** What can be done to a customer's credit account: the API says so, to who may decide credit. */
export function AccountActions({ of }: { of: Schema<'CreditAssessment'> }) {
  const { customerId, actions } = of;
  const changes = [['account', customerId], ['accounts'], ['customer', customerId], ['tasks']];
  const path = { id: customerId };
  return (
    <>
      {actions.includes('propose-hold-override') && <ProposeHoldOverride customerId={customerId} />}
      {actions.includes('set-limit') && <SetLimit of={of} changes={changes} />}
      {actions.includes('freeze') && (
        <CommandButton
          label="Freeze"
          title={`Freeze the credit of ${customerId}`}
          submit={`Freeze credit of ${customerId}`}
          danger
          changes={changes}
          send={async (form, key) => {
            const header = { 'Idempotency-Key': key };
            await ask(api.POST('/v1/customers/{id}/freeze', { params: { path, header }, body: { reason: form('reason') } }));
            return `The credit of ${customerId} is frozen.`;
          }}
        >
          {(faultAt) => (
            <>
              <Text size="sm">Its next orders go to a person. Orders that are approved already go on.</Text>
              <NoteField error={faultAt('/reason')} />
            </>
          )}
        </CommandButton>
      )}
      {actions.includes('unfreeze') && (
        <CommandButton
          label="Unfreeze"
          title={`Lift the freeze of ${customerId}`}
          submit={`Lift the freeze of ${customerId}`}
          changes={changes}
          send={async (form, key) => {
            const header = { 'Idempotency-Key': key };
            await ask(api.POST('/v1/customers/{id}/unfreeze', { params: { path, header }, body: { reason: form('reason') } }));
            return `The freeze of ${customerId} is lifted.`;
          }}
        >
          {(faultAt) => <NoteField error={faultAt('/reason')} />}
        </CommandButton>
      )}
    </>
  );
}

function SetLimit({ of, changes }: { of: Schema<'CreditAssessment'>; changes: string[][] }) {
  const { customerId, currency, fourEyesFromMinor } = of;
  const [limit, setLimit] = useState('');
  const limitMinor = limit === '' ? Number.NaN : minorOf(limit, currency);
  return (
    <CommandButton
      label="Set limit"
      title={`Credit limit of ${customerId}`}
      submit={Number.isFinite(limitMinor) ? `Set limit to ${moneyText(limitMinor, currency)}` : 'Set limit'}
      changes={changes}
      send={async (form) => {
        const { outcome } = await ask(
          api.PUT('/v1/customers/{id}/credit-limit', {
            params: { path: { id: customerId } },
            body: { limitMinor: minorOf(form('limit'), currency), reason: form('reason') },
          }),
        );
        return outcome === 'changed'
          ? `The limit of ${customerId} is ${moneyText(minorOf(form('limit'), currency), currency)} now.`
          : 'Proposed: it counts when a second, different person sets the same limit.';
      }}
    >
      {(faultAt) => (
        <>
          <TextInput
            name="limit"
            label={`Limit in ${currency}`}
            description={`From ${moneyText(fourEyesFromMinor, currency)} on two people must set the same.`}
            inputMode="decimal"
            required
            value={limit}
            onChange={(event) => setLimit(event.currentTarget.value)}
            error={faultAt('/limitMinor')}
          />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
