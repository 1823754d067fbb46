import { Button, NumberInput, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { choicesOf } from '../../form/choices.ts';
import { entriesOf, fieldsOf } from '../../form/entries.ts';
import { faultsAt } from '../../form/faults.ts';
import { NoteField } from '../../form/fields.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { useFilters } from '../../table/filters.ts';

type NewReturn = Schema<'NewReturn'>;

const reasons = choicesOf<NewReturn['lines'][number]['reason']>({
  damaged: 'Arrived damaged',
  defective: 'Does not work',
  'wrong-item': 'Not what was ordered',
  'not-as-described': 'Not as described',
  'arrived-late': 'Arrived too late',
  'ordered-by-mistake': 'Ordered by mistake',
  'not-needed': 'Not needed any more',
});

/** Asks to return goods of one shipment, which the address names. */
export default function NewReturnPage() {
  const [{ shipment: shipmentId = '' }] = useFilters();
  const navigate = useNavigate();
  const shipment = useQuery({
    queryKey: ['shipment', shipmentId],
    queryFn: () => ask(api.GET('/v1/shipments/{id}', { params: { path: { id: shipmentId } } })),
    enabled: shipmentId !== '',
  });
  const request = useCommand({
    send: ({ body }: { body: NewReturn }, key) =>
      ask(api.POST('/v1/returns', { params: { header: { 'Idempotency-Key': key } }, body })),
    said: ({ returnId }) => `${returnId} was requested. We tell you by mail.`,
    changes: [['returns'], ['order']],
  });
  if (shipmentId === '')
    return (
      <div className="panel">
        <Text>
          Goods are returned by their shipment: open the <Link to="/orders">order</Link> and choose “Return goods”.
        </Text>
      </div>
    );
  if (!shipment.isSuccess) return <Unanswered query={shipment} height={240} />;
  const { lines } = shipment.data;
  const faultAt = faultsAt(request.error);
  // Faults name lines as they were sent: those without units were not.
  const sent = request.variables?.body.lines.map(({ lineNumber }) => lineNumber) ?? [];
  const lineFault = (lineNumber: number, field: string) => {
    const index = sent.indexOf(lineNumber);
    return index < 0 ? undefined : faultAt(`/lines/${index}/${field}`);
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = fieldsOf(entriesOf(event.currentTarget));
    const wanted = lines.flatMap(({ lineNumber }) => {
      const quantity = Number(form(`quantity ${lineNumber}`));
      const reason = form(`reason ${lineNumber}`) as NewReturn['lines'][number]['reason'];
      return quantity > 0 ? [{ lineNumber, quantity, reason }] : [];
    });
    const note = form('note');
    request.mutate(
      { body: { shipmentId, lines: wanted, ...(note !== '' && { note }) } },
      { onSuccess: ({ returnId }) => void navigate({ to: '/returns/$id', params: { id: returnId } }) },
    );
  };
  return (
    <Stack gap="md" maw={560}>
      <Title order={1}>Return goods of {shipmentId}</Title>
      <form onSubmit={onSubmit}>
        <Stack gap="md">
          {lines.map(({ lineNumber, description, sku, quantity }) => (
            <div key={lineNumber} className="panel">
              <Stack gap="xs">
                <NumberInput
                  name={`quantity ${lineNumber}`}
                  label={`Units of ${description} (${sku})`}
                  description={`${quantity} were sent.`}
                  defaultValue={0}
                  min={0}
                  max={1_000_000}
                  allowDecimal={false}
                  error={lineFault(lineNumber, 'quantity') ?? lineFault(lineNumber, 'lineNumber')}
                />
                <Select
                  name={`reason ${lineNumber}`}
                  label={`Reason for ${sku}`}
                  data={reasons}
                  defaultValue="damaged"
                  allowDeselect={false}
                  error={lineFault(lineNumber, 'reason')}
                />
              </Stack>
            </div>
          ))}
          <NoteField name="note" label="Note" error={faultAt('/note')} required={false} />
          {faultAt('/lines') && (
            <Text role="alert" c="var(--bad)">
              Say of at least one line how many units come back.
            </Text>
          )}
          <Button type="submit" loading={request.isPending}>
            Request the return
          </Button>
        </Stack>
      </form>
    </Stack>
  );
}
