import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { faultsAt } from '../../form/faults.ts';
import { Panel } from '../../show/panel.tsx';
import { Rows, right } from '../../show/rows.tsx';
import type { useDraft } from './draft.ts';
import { NotSent } from './not-sent.tsx';

type WorkOrder = Schema<'WorkOrder'>;

const gramsOf = (kilograms: string) => Math.round(Number(kilograms.trim().replace(',', '.')) * 1_000);

/** Into how many cartons it goes and what each weighs; closing them gives each its SSCC and the shipment its carrier. */
export function Packing({ work, kept }: { work: WorkOrder; kept: ReturnType<typeof useDraft> }) {
  const { draft, change, keyFor, forget } = kept;
  const goodsGrams = work.lines.reduce((sum, line) => sum + line.weightGrams * (line.pickedQuantity ?? line.quantity), 0);
  const cartons = draft.cartons ?? [goodsGrams > 0 ? String(goodsGrams / 1_000) : ''];
  const weights = cartons.map(gramsOf);
  const totalGrams = weights.reduce((sum, grams) => sum + grams, 0);
  const isWeighed = weights.every((grams) => Number.isSafeInteger(grams) && grams > 0);
  const body = { cartons: weights.map((weightGrams) => ({ weightGrams })) };
  const close = useCommand({
    send: ({ of, key }: { of: typeof body; key: string }) =>
      ask(
        api.POST('/v1/shipments/{id}/pack', {
          params: { path: { id: work.id }, header: { 'Idempotency-Key': key } },
          body: of,
        }),
      ),
    said: ({ pickup }) =>
      pickup
        ? `Packed: it goes with ${pickup.carrier} on ${pickup.on}${pickup.missesPromise ? ', later than promised' : ''}.`
        : 'Packed.',
    changes: [['shipments']],
  });
  const faultAt = faultsAt(close.error);
  return (
    <Stack gap="md">
      <Panel title="Goods">
        <Rows label="Goods" headings={['Product', right('Picked')]}>
          {work.lines.map(({ lineNumber, description, sku, quantity, pickedQuantity }) => (
            <tr key={lineNumber}>
              <td>
                {description} <span className="faint">{sku}</span>
              </td>
              <td data-align="right">
                {pickedQuantity ?? quantity}
                {pickedQuantity !== null && pickedQuantity < quantity && ` of ${quantity}`}
              </td>
            </tr>
          ))}
        </Rows>
      </Panel>
      <Panel title="Cartons">
        <Stack gap="sm">
          {cartons.map((weight, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a carton is its place until it has its SSCC.
            <Group key={index} align="flex-end" gap="sm" wrap="nowrap">
              <TextInput
                size="lg"
                label={`Weight of carton ${index + 1}, kg`}
                inputMode="decimal"
                autoComplete="off"
                value={weight}
                onChange={({ currentTarget }) =>
                  change({ cartons: cartons.map((other, place) => (place === index ? currentTarget.value : other)) })
                }
                error={faultAt(`/cartons/${index}/weightGrams`)}
              />
              <ActionIcon
                variant="default"
                size={50}
                aria-label={`Take carton ${index + 1} away`}
                disabled={cartons.length === 1}
                onClick={() => change({ cartons: cartons.filter((_, place) => place !== index) })}
              >
                <X size={20} aria-hidden />
              </ActionIcon>
            </Group>
          ))}
          <Group>
            <Button
              size="md"
              variant="default"
              disabled={cartons.length >= 50}
              onClick={() => change({ cartons: [...cartons, ''] })}
            >
              Another carton
            </Button>
          </Group>
        </Stack>
      </Panel>
      <NotSent error={close.error} />
      <div className="pick-bar">
        {!isWeighed && <Text>Every carton needs its weight: the carrier books by it.</Text>}
        <Button
          size="lg"
          disabled={!isWeighed}
          loading={close.isPending}
          onClick={() => close.mutate({ of: body, key: keyFor(body) }, { onSuccess: forget })}
        >
          {close.isError ? 'Send again: ' : ''}
          Close {cartons.length} {cartons.length === 1 ? 'carton' : 'cartons'}
          {isWeighed && `, ${(totalGrams / 1_000).toLocaleString('en')} kg`}
        </Button>
      </div>
    </Stack>
  );
}
