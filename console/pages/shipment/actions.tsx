import { Button, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCompanyCurrency } from '../../api/company-currency.ts';
import { AddressFields, addressIn } from '../../form/address-fields.tsx';
import { CommandButton } from '../../form/command-button.tsx';
import type { Fields } from '../../form/entries.ts';
import { NoteField } from '../../form/fields.tsx';
import { minorOf, moneyText } from '../../show/money.tsx';

type WorkOrder = Schema<'WorkOrder'>;
type Action = Schema<'ShipmentStanding'>['actions'][number];
type Decision = Schema<'ShipmentResolution'>['decision'];

/** What can be done to a shipment, as the API names it. */
export function ShipmentActions({ shipment, actions }: { shipment: WorkOrder; actions: readonly Action[] }) {
  const { id, orderId, shipTo } = shipment;
  const currency = useCompanyCurrency();
  const params = (key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });
  const changes = [['shipments'], ['order', orderId], ['orders'], ['returns'], ['carrier-claims'], ['stock']];
  const toPick = (label: string) => (
    <Button component={Link} to={`/picking/${id}`} size="compact-sm">
      {label}
    </Button>
  );
  const resolve = async (decision: Decision, form: Fields, key: string) => {
    const restocked = shipment.lines.flatMap(({ lineNumber }) => {
      const quantity = Number(form(`restocked ${lineNumber}`) || 0);
      return quantity > 0 ? [{ lineNumber, quantity }] : [];
    });
    return ask(
      api.POST('/v1/shipments/{id}/resolution', {
        ...params(key),
        body: {
          decision,
          reason: form('reason'),
          ...(decision === 'send-again' && restocked.length > 0 && { restocked }),
        },
      }),
    );
  };

  const buttons: Record<Action, ReactNode> = {
    pick: toPick('Pick'),
    pack: toPick('Pack'),
    'ask-carrier-again': (
      <CommandButton
        label="Ask the carrier again"
        variant="filled"
        changes={changes}
        send={async (form, key) => {
          const given = addressIn(form, '/shipTo');
          const isSame = (Object.keys(given) as (keyof typeof given)[]).every((name) => given[name] === shipTo[name]);
          const booking = { carrier: form('carrier'), trackingNumber: form('trackingNumber') };
          const byHand = booking.carrier !== '' || booking.trackingNumber !== '';
          await ask(
            api.POST('/v1/shipments/{id}/ask-carrier-again', {
              ...params(key),
              body: { reason: form('reason'), ...(!isSame && { shipTo: given }), ...(byHand && { booking }) },
            }),
          );
          if (byHand) return `It goes as ${booking.trackingNumber} with ${booking.carrier}.`;
          return `The carrier is asked again${isSame ? '' : ', with the corrected address'}.`;
        }}
      >
        {(faultAt) => (
          <>
            <Text size="sm">
              Correct the address if that was it, or ask for the same parcel again. If you have booked it with a carrier yourself,
              enter whose it is and its number.
            </Text>
            <AddressFields path="/shipTo" defaultValue={shipTo} faultAt={faultAt} />
            <TextInput name="carrier" label="Carrier, if booked by hand" maxLength={100} error={faultAt('/booking/carrier')} />
            <TextInput name="trackingNumber" label="Its number" maxLength={100} error={faultAt('/booking/trackingNumber')} />
            <NoteField error={faultAt('/reason')} />
          </>
        )}
      </CommandButton>
    ),
    'note-delivery': (
      <CommandButton
        label="Note the delivery"
        submit="The customer has the goods"
        changes={changes}
        send={async (_, key) => {
          await ask(api.POST('/v1/shipments/{id}/delivery', params(key)));
          return `${id} is delivered.`;
        }}
      >
        {() => (
          <>
            <Text size="sm">The customer has the goods. Do so only when the carrier does not report it by itself.</Text>
            {null}
          </>
        )}
      </CommandButton>
    ),
    credit: (
      <CommandButton
        label="Credit the goods"
        title={`Credit the goods of ${id}`}
        submit="Issue the credit note"
        danger
        changes={changes}
        send={async (form, key) => {
          const { credited } = await resolve('credit', form, key);
          return credited
            ? `${credited.creditNoteId} over ${moneyText(credited.grossMinor, credited.currency)} was issued.`
            : 'The goods are credited.';
        }}
      >
        {(faultAt) => (
          <>
            <Text size="sm">Every unit that was not returned or credited yet is credited at once, and nothing comes back.</Text>
            <NoteField error={faultAt('/reason')} />
          </>
        )}
      </CommandButton>
    ),
    'take-back': (
      <CommandButton
        label="Take the goods back"
        title={`Take the goods of ${id} back`}
        submit="Open the return"
        changes={changes}
        send={async (form, key) => `${(await resolve('take-back', form, key)).returnId} waits for the goods.`}
      >
        {(faultAt) => (
          <>
            <Text size="sm">A return is opened; the warehouse counts and inspects what arrives, and that is credited.</Text>
            <NoteField error={faultAt('/reason')} />
          </>
        )}
      </CommandButton>
    ),
    'send-again': (
      <CommandButton
        label="Send the goods again"
        title={`Send the goods of ${id} again`}
        changes={changes}
        send={async (form, key) => {
          await resolve('send-again', form, key);
          return `The goods of ${id} are sent again.`;
        }}
      >
        {(faultAt) => (
          <>
            <Text size="sm">They were still ours: their units are owed again and shipped anew within the order.</Text>
            <Stack gap="xs">
              {shipment.lines.map(({ lineNumber, sku, pickedQuantity, quantity }) => (
                <NumberInput
                  key={lineNumber}
                  name={`restocked ${lineNumber}`}
                  label={`Units of ${sku} that are back on the shelf`}
                  description={`Of ${pickedQuantity ?? quantity}; the others are booked as lost.`}
                  defaultValue={0}
                  min={0}
                  max={pickedQuantity ?? quantity}
                  allowDecimal={false}
                  error={faultAt('/restocked')}
                />
              ))}
            </Stack>
            <NoteField error={faultAt('/reason')} />
          </>
        )}
      </CommandButton>
    ),
    claim: currency && (
      <CommandButton
        label="Claim on the carrier"
        title={`Claim on the carrier for ${id}`}
        submit="File the claim"
        changes={changes}
        send={async (form, key) => {
          const reference = form('reference');
          const amountMinor = minorOf(form('amount'), currency);
          const { claimId } = await ask(
            api.POST('/v1/carrier-claims', {
              params: { header: { 'Idempotency-Key': key } },
              body: { shipmentId: id, amountMinor, ...(reference !== '' && { reference }) },
            }),
          );
          return `${claimId} over ${moneyText(amountMinor, currency)} is filed.`;
        }}
      >
        {(faultAt) => (
          <>
            <TextInput
              name="amount"
              label={`Amount, ${currency}`}
              required
              inputMode="decimal"
              pattern="\d{1,12}([.,]\d{1,3})?"
              error={faultAt('/amountMinor')}
            />
            <TextInput name="reference" label="The carrier’s number of the claim" maxLength={100} error={faultAt('/reference')} />
          </>
        )}
      </CommandButton>
    ),
  };
  return actions.map((action) => <span key={action}>{buttons[action]}</span>);
}
