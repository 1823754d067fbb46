import { ActionIcon, Button, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { useCompanyCurrency } from '../../api/company-currency.ts';
import { useWarehouses } from '../../api/warehouses.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { minorOf } from '../../show/money.tsx';

/** Books a delivery in, once per delivery note. */
export function ReceiveGoods() {
  const warehouses = useWarehouses();
  const currency = useCompanyCurrency();
  const [lines, setLines] = useState([0]);
  if (!currency) return null;
  return (
    <CommandButton
      label="Receive goods"
      submit="Book the delivery in"
      variant="filled"
      wide
      changes={[['stock'], ['reorder-points']]}
      done={() => setLines([0])}
      send={async (form, key) => {
        const { reference, wokenOrders } = await ask(
          api.POST('/v1/goods-receipts', {
            params: { header: { 'Idempotency-Key': key } },
            body: {
              reference: form('reference'),
              warehouseId: form('warehouseId'),
              lines: lines.map((line) => ({
                sku: form(`sku ${line}`),
                quantity: Number(form(`quantity ${line}`)),
                unitCostMinor: minorOf(form(`cost ${line}`), currency),
              })),
            },
          }),
        );
        return `${reference} was booked in${wokenOrders > 0 ? `; ${wokenOrders} waiting orders hear of it` : ''}.`;
      }}
    >
      {(faultAt) => (
        <>
          <Group grow align="flex-start">
            <TextInput
              name="reference"
              label="Delivery note"
              required
              maxLength={100}
              error={faultAt('/reference')}
              data-autofocus
            />
            <NativeSelect name="warehouseId" label="Warehouse" data={warehouses} error={faultAt('/warehouseId')} />
          </Group>
          <Stack gap="xs">
            {lines.map((line, index) => (
              <Group key={line} gap="xs" align="flex-start">
                <TextInput
                  name={`sku ${line}`}
                  label="Product (SKU)"
                  required
                  maxLength={40}
                  flex={2}
                  error={faultAt(`/lines/${index}/sku`) ?? faultAt(`/lines/${index}`)}
                />
                <NumberInput
                  name={`quantity ${line}`}
                  label="Units"
                  required
                  min={1}
                  max={1_000_000}
                  allowDecimal={false}
                  flex={1}
                  error={faultAt(`/lines/${index}/quantity`)}
                />
                <TextInput
                  name={`cost ${line}`}
                  label={`Cost of a unit, ${currency}`}
                  required
                  inputMode="decimal"
                  pattern="\d{1,12}([.,]\d{1,3})?"
                  flex={1}
                  error={faultAt(`/lines/${index}/unitCostMinor`)}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  mt={22}
                  aria-label={`Take line ${index + 1} off`}
                  disabled={lines.length === 1}
                  onClick={() => setLines(lines.filter((other) => other !== line))}
                >
                  <X size={15} aria-hidden />
                </ActionIcon>
              </Group>
            ))}
          </Stack>
          <Group>
            <Button variant="subtle" size="compact-sm" onClick={() => setLines([...lines, Math.max(...lines) + 1])}>
              Another line
            </Button>
          </Group>
        </>
      )}
    </CommandButton>
  );
}
