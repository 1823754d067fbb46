import { Button, Checkbox, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { choicesOf } from '../../form/choices.ts';
import { entriesOf, type Fields, fieldsOf } from '../../form/entries.ts';
import { faultsAt } from '../../form/faults.ts';
import { reasonsFor } from '../../parts/line-claims.tsx';
import { minorOf } from '../../show/money.tsx';

type NewDispute = Schema<'NewDispute'>;
type Invoice = Schema<'Invoice'>;
type Claim = 'quantity' | 'unitPriceMinor' | 'amountMinor';

const reasons = choicesOf<Exclude<NewDispute['reason'], 'goodwill'>>({
  'price-error': 'Another price was agreed',
  'quantity-error': 'Another quantity was delivered',
  'not-delivered': 'The goods never arrived',
  damaged: 'The goods arrived damaged',
  'wrong-item': 'Goods that were not ordered',
  'tax-error': 'The tax is wrong',
  'address-error': 'Name, address or tax id is wrong',
  'terms-error': 'Other terms of payment were agreed',
  'interest-error': 'Interest for days on which nothing was owed',
  duplicate: 'It was billed twice',
});

const claims: { value: Claim; label: string }[] = [
  { value: 'quantity', label: 'So many units too many' },
  { value: 'unitPriceMinor', label: 'The price that was agreed' },
  { value: 'amountMinor', label: 'So much too much, without tax' },
];

/** Says line by line what is right; what is disputed is not asked for until it is answered. */
export function DisputeForm({ invoice, opened, close }: { invoice: Invoice; opened: boolean; close: () => void }) {
  const { id, lines, currency } = invoice;
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [claimed, setClaimed] = useState<Readonly<Record<number, Claim>>>({});
  const claimOf = (lineNumber: number): Claim => claimed[lineNumber] ?? 'quantity';
  const raise = useCommand({
    send: ({ body }: { body: NewDispute }, key) =>
      ask(api.POST('/v1/invoices/{id}/disputes', { params: { path: { id }, header: { 'Idempotency-Key': key } }, body })),
    said: () => 'Disputed. It is not asked for until it is answered.',
    changes: [['disputes'], ['invoice'], ['invoices'], ['account']],
  });
  const faultAt = faultsAt(raise.error);
  const right = (lineNumber: number, form: Fields) => {
    const claim = claimOf(lineNumber);
    const text = form(`right ${lineNumber}`);
    return { lineNumber, [claim]: claim === 'quantity' ? Number(text) : minorOf(text, currency) };
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = fieldsOf(entriesOf(event.currentTarget));
    const reason = form('reason') as NewDispute['reason'];
    const of = chosen.map((lineNumber) => right(lineNumber, form));
    raise.mutate({ body: { reason, note: form('note'), ...(of.length > 0 && { lines: of }) } }, { onSuccess: close });
  };
  return (
    <Modal opened={opened} onClose={close} title={`Dispute ${id}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <Select
            name="reason"
            label="What is wrong"
            data={reasonsFor(invoice.kind, reasons)}
            required
            allowDeselect={false}
            defaultValue="price-error"
            error={faultAt('/reason')}
          />
          <Text size="sm">Which lines? With none, nothing of the invoice is owed.</Text>
          {lines.map(({ lineNumber, description, quantity }) => {
            const index = chosen.indexOf(lineNumber);
            const claim = claimOf(lineNumber);
            return (
              <Stack key={lineNumber} gap={6}>
                <Checkbox
                  label={`${quantity} × ${description}`}
                  checked={index >= 0}
                  onChange={() => setChosen(index >= 0 ? chosen.filter((one) => one !== lineNumber) : [...chosen, lineNumber])}
                />
                {index >= 0 && (
                  <Stack gap={6} pl={28}>
                    <Select
                      aria-label={`What is right about ${description}`}
                      data={claims}
                      value={claim}
                      allowDeselect={false}
                      onChange={(value) => setClaimed({ ...claimed, [lineNumber]: value as Claim })}
                    />
                    <TextInput
                      name={`right ${lineNumber}`}
                      label={
                        claim === 'quantity'
                          ? 'Units too many'
                          : claim === 'unitPriceMinor'
                            ? `Price in ${currency}`
                            : `Amount in ${currency}`
                      }
                      inputMode="decimal"
                      required
                      error={
                        faultAt(`/lines/${index}/${claim}`) ?? faultAt(`/lines/${index}`) ?? faultAt(`/lines/${index}/lineNumber`)
                      }
                    />
                  </Stack>
                )}
              </Stack>
            );
          })}
          <Textarea name="note" label="What happened" required maxLength={2_000} autosize minRows={2} error={faultAt('/note')} />
          <Button type="submit" loading={raise.isPending}>
            Dispute {chosen.length === 0 ? 'all of it' : chosen.length === 1 ? 'one line' : `${chosen.length} lines`}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
