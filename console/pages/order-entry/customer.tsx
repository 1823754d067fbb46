import { Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { moneyText } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';

/** A choice among the customers that this person may see, found by name or id. */
export function CustomerChoice({
  id,
  fault,
  change,
}: {
  id: string;
  fault: string | undefined;
  change: (id: string | undefined) => void;
}) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const found = useQuery({
    queryKey: ['accounts', 'named', asked],
    queryFn: () =>
      ask(api.GET('/v1/credit/accounts', { params: { query: { limit: 20, ...(asked !== '' && { q: asked.slice(0, 100) }) } } })),
    placeholderData: keepPreviousData,
  });
  const items = (found.data?.items ?? []).map(({ customerId, name }) => ({
    value: customerId,
    label: `${name} (${customerId})`,
  }));
  // The one that was chosen stays a choice, whatever is typed.
  const data = id === '' || items.some(({ value }) => value === id) ? items : [...items, { value: id, label: id }];
  return (
    <Select
      label="Customer"
      placeholder="A name or an id"
      required
      searchable
      data={data}
      filter={({ options }) => options}
      value={id === '' ? null : id}
      onChange={(value) => change(value ?? undefined)}
      onSearchChange={(value) => setText(value.replace(/ \([A-Z0-9-]+\)$/, ''))}
      nothingFoundMessage="Nobody is called that."
      error={fault}
    />
  );
}

/** How the customer stands: what becomes of an order that is placed now. */
export function Standing({ account }: { account: Schema<'CustomerAccount'> }) {
  const { currency, standing, availableMinor, onHold, overdueMinor } = account;
  return (
    <Panel title="Credit">
      <Text size="sm" className={onHold ? 'notice' : undefined}>
        {onHold
          ? `On hold: ${moneyText(overdueMinor, currency)} is overdue. It can order when that is paid, or in advance.`
          : standing === 'approved'
            ? `Approved, with room for ${moneyText(Math.max(0, availableMinor), currency)}. An order beyond it waits for a person.`
            : standing === 'frozen'
              ? 'Frozen: the order waits for a person of credit.'
              : 'Not approved: the credit policy decides with the order.'}
      </Text>
    </Panel>
  );
}
