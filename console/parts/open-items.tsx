import { Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, Problem, type Schema } from '../api/client.ts';
import { choicesOf } from '../form/choices.ts';
import type { FaultAt } from '../form/faults.ts';
import { Unanswered } from '../shell/broken-page.tsx';
import { Day } from '../show/moment.tsx';
import { Money } from '../show/money.tsx';

type Deduction = NonNullable<Schema<'BankLineItem'>['deduction']>['code'];

const deductions = choicesOf<Deduction>({
  'small-difference': 'Small difference (written off)',
  'bank-charges': 'Bank charges (written off)',
  price: true,
  quantity: true,
  damage: true,
  discount: true,
  freight: true,
  other: true,
});

function useOpenItems(customerId: string, currency: string) {
  const account = useQuery({
    queryKey: ['account', customerId],
    queryFn: () => ask(api.GET('/v1/customers/{id}/account', { params: { path: { id: customerId } } })),
    enabled: customerId !== '',
    retry: false,
  });
  return { account, items: account.data?.openItems.filter((item) => item.currency === currency) ?? [] };
}

/** Ticks among the open items of a customer; they go into the form's field `invoices`. */
export function OpenItemChoice({
  customerId,
  currency,
  error,
}: {
  customerId: string;
  currency: string;
  error?: string | undefined;
}) {
  const { account, items } = useOpenItems(customerId, currency);
  const [chosen, setChosen] = useState<string[]>([]);
  if (!account.data) return <Unanswered query={account} height={60} title="Open items" />;
  if (items.length === 0)
    return (
      <Text>
        {customerId} has nothing open in {currency}: the money waits, or goes back.
      </Text>
    );
  return (
    <>
      <Checkbox.Group label="Open items, the oldest first" value={chosen} onChange={setChosen} error={error}>
        <Stack gap={6} mt={4}>
          {items.map(({ id, dueOn, openMinor }) => (
            <Checkbox
              key={id}
              value={id}
              label={
                <>
                  {id} · <Money minor={openMinor} currency={currency} /> · due <Day on={dueOn} />
                </>
              }
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <input type="hidden" name="invoices" value={chosen.join(' ')} />
    </>
  );
}

/** For each open item how much of the money it takes, and what was deducted from it. */
export function OpenItemAmounts({ customerId, currency, faultAt }: { customerId: string; currency: string; faultAt: FaultAt }) {
  const { account, items } = useOpenItems(customerId, currency);
  const [chosen, setChosen] = useState<string[]>([]);
  if (customerId === '') return <Text className="faint">Say who has paid, and what is open of it stands here.</Text>;
  if (account.error instanceof Problem && account.error.status === 404)
    return <Text className="faint">There is no customer {customerId}.</Text>;
  if (!account.data) return <Unanswered query={account} height={60} title="Open items" />;
  if (items.length === 0)
    return (
      <Text>
        {customerId} has nothing open in {currency}.
      </Text>
    );
  return (
    <>
      {items.map(({ id, dueOn, openMinor }) => {
        const isChosen = chosen.includes(id);
        return (
          <div key={id} className="panel">
            <Checkbox
              checked={isChosen}
              onChange={() => setChosen(isChosen ? chosen.filter((one) => one !== id) : [...chosen, id])}
              label={
                <>
                  {id} · <Money minor={openMinor} currency={currency} /> · due <Day on={dueOn} />
                </>
              }
            />
            {isChosen && (
              <Group gap="xs" mt={6} align="flex-end" wrap="wrap">
                <TextInput
                  w={130}
                  size="xs"
                  name={`amount of ${id}`}
                  label={`Takes, in ${currency}`}
                  description="Empty: all it asks for"
                  inputMode="decimal"
                  pattern="\d{1,12}([.,]\d{1,3})?"
                />
                <TextInput
                  w={130}
                  size="xs"
                  name={`deducted of ${id}`}
                  label={`Deducted, in ${currency}`}
                  inputMode="decimal"
                  pattern="\d{1,12}([.,]\d{1,3})?"
                />
                <NativeSelect size="xs" name={`why of ${id}`} label="Deducted for" data={deductions} />
              </Group>
            )}
          </div>
        );
      })}
      <input type="hidden" name="items" value={chosen.join(' ')} />
      {faultAt('/items', 'within') && <Text className="refused">{faultAt('/items', 'within')}</Text>}
    </>
  );
}
