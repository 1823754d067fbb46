import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '../api/client.ts';

/**
 * A `Select` of what a customer may buy, found by SKU or name as somebody writes, and what is known of the one that is
 * chosen.
 */
export function useProductField(customerId: string, sku: string, pick: (sku: string) => void) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const offer = useQuery({
    queryKey: ['offer', customerId, asked],
    queryFn: () =>
      ask(
        api.GET('/v1/customers/{id}/offer', {
          params: { path: { id: customerId }, query: { limit: 20, ...(asked !== '' && { q: asked.slice(0, 100) }) } },
        }),
      ),
    enabled: customerId !== '',
    placeholderData: keepPreviousData,
  });
  const items = offer.data?.items ?? [];
  const product = items.find((item) => item.sku === sku);
  const data = items.map((item) => ({ value: item.sku, label: `${item.sku} · ${item.name}` }));
  return {
    product,
    field: {
      placeholder: customerId === '' ? 'Choose the customer first' : 'SKU or name',
      disabled: customerId === '',
      searchable: true,
      // The one that was chosen stays a choice, whatever is typed.
      data: sku === '' || product ? data : [...data, { value: sku, label: sku }],
      // What was found by its name does not hold what was written.
      filter: ({ options }: { options: unknown[] }) => options as typeof data,
      value: sku === '' ? null : sku,
      onChange: (value: string | null) => pick(value ?? ''),
      onSearchChange: (value: string) => setText(value.split(' · ')[0] ?? ''),
      nothingFoundMessage: 'No product begins like that.',
    },
  };
}

/** What a unit costs on a line of so many; undefined: not for sale. */
export const unitPriceOf = (product: Schema<'OfferedProduct'>, quantity: number): number | undefined =>
  product.prices
    .filter(({ minimumQuantity }) => minimumQuantity <= quantity)
    .sort((a, b) => b.minimumQuantity - a.minimumQuantity)[0]?.unitPriceMinor;
