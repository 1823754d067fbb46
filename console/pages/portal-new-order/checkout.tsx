import { Button, CloseButton, Group, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, ask, Problem, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { AddressFields, addressesOf, addressIn, addressText } from '../../form/address-fields.tsx';
import { CardField } from '../../form/card-field.tsx';
import { entriesOf, fieldsOf, given } from '../../form/entries.ts';
import { faultsAt } from '../../form/faults.ts';
import { DayField } from '../../form/fields.tsx';
import type { Wanted } from '../../parts/basket.ts';
import { useAccount, useCustomerId } from '../../session/customer.ts';
import { NotRead } from '../../shell/broken-page.tsx';
import { Money, moneyText } from '../../show/money.tsx';
import { Notice } from '../../show/notice.tsx';
import { Panel } from '../../show/panel.tsx';

type NewOrder = Schema<'NewOrder'>;
type PaidBy = 'account' | 'advance' | 'card';

interface CheckoutProps {
  basket: readonly Wanted[];
  put: (wanted: Wanted) => void;
  setBasket: (basket: Wanted[]) => void;
}

/** The order as it will be sent: priced by the API as it is filled in, and every fault of a refusal at its field. */
export function Checkout({ basket, put, setBasket }: CheckoutProps) {
  const customerId = useCustomerId();
  const account = useAccount();
  const customer = useQuery({
    queryKey: ['customer', customerId],
    queryFn: () => ask(api.GET('/v1/customers/{id}', { params: { path: { id: customerId } } })),
  });
  const [paidBy, setPaidBy] = useState<PaidBy>('account');
  const [shipTo, setShipTo] = useState('0');
  const navigate = useNavigate();
  const currency = customer.data?.currency;
  const addresses = customer.data ? addressesOf(customer.data) : [];

  const [wanted] = useDebouncedValue(basket, 250);
  const lines = wanted.map(({ sku, quantity }) => ({ sku, quantity }));
  const price = useQuery({
    queryKey: ['order-price', lines],
    queryFn: () => ask(api.POST('/v1/order-prices', { body: { customerId, channel: 'portal', currency: currency!, lines } })),
    enabled: currency !== undefined && lines.length > 0,
    placeholderData: keepPreviousData,
  });
  const place = useCommand({
    send: ({ body }: { body: NewOrder }, key) =>
      ask(api.POST('/v1/orders', { params: { header: { 'Idempotency-Key': key } }, body })),
    said: ({ id }) => `${id} was placed.`,
    changes: [['orders'], ['account'], ['offer']],
  });
  const faultAt = faultsAt(place.error);
  const priceFaults = faultsAt(price.error);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = fieldsOf(entriesOf(event.currentTarget));
    const priced = price.data?.lines;
    const body: NewOrder = {
      customerId,
      channel: 'portal',
      currency: currency!,
      lines: basket.map(({ sku, quantity }) => {
        // What was shown is what is agreed to; another price by now is refused, and shown.
        const shown = priced?.find((line) => line.sku === sku && line.quantity === quantity)?.unitPriceMinor;
        return { sku, quantity, ...(shown !== undefined && { expectedUnitPriceMinor: shown }) };
      }),
      ...given('requestedOn', form('requestedOn')),
      ...given('externalReference', form('externalReference')),
      ...(shipTo === 'other' ? { shipTo: addressIn(form) } : addresses[Number(shipTo)] && { shipTo: addresses[Number(shipTo)]! }),
      ...(paidBy === 'advance' && { prepayment: true }),
      ...(paidBy === 'card' && { payment: { method: 'card' as const, token: form('/payment/token') } }),
    };
    place.mutate(
      { body },
      {
        onSuccess({ id }) {
          setBasket([]);
          void navigate({ to: '/orders/$id', params: { id } });
        },
      },
    );
  };

  const total = price.data && currency && basket.length > 0 ? moneyText(price.data.grossMinor, currency) : undefined;
  return (
    <Panel title="Your order">
      {basket.length === 0 ? (
        <Text c="dimmed">Add products: they stand here with your prices, and nothing is ordered before you place it.</Text>
      ) : (
        <form onSubmit={onSubmit}>
          <Stack gap="sm">
            {basket.map(({ sku, name, quantity }, index) => (
              <Group key={sku} gap="xs" align="flex-start" wrap="nowrap">
                <NumberInput
                  label={`${name} (${sku})`}
                  value={quantity}
                  min={1}
                  max={1_000_000}
                  allowDecimal={false}
                  onChange={(value) => put({ sku, name, quantity: Math.max(1, Number(value)) })}
                  error={
                    faultAt(`/lines/${index}/quantity`) ??
                    faultAt(`/lines/${index}/sku`) ??
                    faultAt(`/lines/${index}/expectedUnitPriceMinor`) ??
                    priceFaults(`/lines/${index}/sku`) ??
                    priceFaults(`/lines/${index}/quantity`)
                  }
                  style={{ flex: 1 }}
                />
                <span className="line-price">
                  {currency && <LinePrice line={price.data?.lines.find((line) => line.sku === sku)} currency={currency} />}
                </span>
                <CloseButton
                  mt={22}
                  aria-label={`Take ${sku} off`}
                  onClick={() => setBasket(basket.filter((one) => one.sku !== sku))}
                />
              </Group>
            ))}
            <DayField
              name="requestedOn"
              label="Requested on"
              description="Absent: as soon as it can be."
              error={faultAt('/requestedOn')}
            />
            <TextInput name="externalReference" label="Your reference" maxLength={100} error={faultAt('/externalReference')} />
            <Select
              label="Ship to"
              allowDeselect={false}
              value={shipTo}
              onChange={(value) => setShipTo(value ?? '0')}
              data={[
                ...addresses.map((address, index) => ({ value: String(index), label: addressText(address) })),
                { value: 'other', label: 'Another address' },
              ]}
            />
            {shipTo === 'other' && <AddressFields faultAt={faultAt} />}
            <SegmentedControl
              aria-label="How it is paid"
              size="xs"
              fullWidth
              value={paidBy}
              onChange={(value) => setPaidBy(value as PaidBy)}
              data={[
                { value: 'account', label: 'On account' },
                { value: 'advance', label: 'In advance' },
                { value: 'card', label: 'By card' },
              ]}
            />
            {paidBy === 'advance' && <Text c="dimmed">You get a pro-forma, and the goods leave when your money is there.</Text>}
            {paidBy === 'card' && <CardField name="/payment/token" error={faultAt('/payment/token')} />}
            {account.data?.onHold && paidBy === 'account' && (
              <Notice tone="bad" title="Overdue invoices come first">
                {moneyText(account.data.overdueMinor, account.data.currency)} is overdue. <Link to="/">Pay it</Link>, or pay this
                order in advance or by card.
              </Notice>
            )}
            <NotRead query={customer} />
            {price.data && currency && (
              <dl className="facts">
                <dt>Net</dt>
                <dd>
                  <Money minor={price.data.netMinor} currency={currency} />
                </dd>
                <dt>Tax</dt>
                <dd>
                  <Money minor={price.data.taxMinor} currency={currency} />
                </dd>
                <dt>Total</dt>
                <dd>
                  <Money minor={price.data.grossMinor} currency={currency} />
                </dd>
              </dl>
            )}
            {price.error instanceof Problem && price.error.faults.length === 0 && (
              <Text role="alert" className="refused" size="sm">
                {price.error.message}
              </Text>
            )}
            {place.error instanceof Problem && (
              <Text role="alert" className="refused" size="sm">
                {place.error.message}
              </Text>
            )}
            <Button type="submit" loading={place.isPending}>
              Place order{total ? ` for ${total}` : ''}
            </Button>
          </Stack>
        </form>
      )}
    </Panel>
  );
}

const LinePrice = ({ line, currency }: { line: Schema<'PricedOrder'>['lines'][number] | undefined; currency: string }) =>
  line ? <Money minor={line.netMinor} currency={currency} /> : null;
