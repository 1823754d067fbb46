import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.ts';
import type { FieldProps } from './fields.tsx';

/** A customer's number, found by name or number as somebody writes. */
export function CustomerField({ onPick, ...props }: FieldProps & { onPick?: (id: string) => void }) {
  const [text, setText] = useState(props.defaultValue ?? '');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const found = useQuery({
    queryKey: ['search', asked],
    queryFn: () => ask(api.GET('/v1/search', { params: { query: { q: asked } } })),
    enabled: asked.length >= 2,
    placeholderData: keepPreviousData,
  });
  const customers = found.data?.items.filter(({ kind }) => kind === 'customer') ?? [];
  const { defaultValue: _, ...rest } = props;
  return (
    <Autocomplete
      {...rest}
      value={text}
      onChange={setText}
      onOptionSubmit={(id) => onPick?.(id)}
      // Written in full, it is picked by going on; what is still being written is nobody's number.
      onBlur={() => onPick?.(text.trim())}
      data={customers.map(({ id }) => id)}
      // What was found by its name does not hold what was written.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span>
          {option.value} <span className="faint">{customers.find(({ id }) => id === option.value)?.title}</span>
        </span>
      )}
    />
  );
}
