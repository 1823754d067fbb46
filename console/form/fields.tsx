import { Autocomplete, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client.ts';

interface FieldProps {
  name: string;
  label: string;
  description?: string;
  error?: string | undefined;
  defaultValue?: string;
  required?: boolean;
}

/** An amount as people write it, in the currency that stands in its label. */
export function AmountField({ label, currency, ...rest }: FieldProps & { currency: string }) {
  return <TextInput {...rest} label={`${label} in ${currency}`} inputMode="decimal" pattern="\d{1,12}([.,]\d{1,3})?" />;
}

export function DayField(props: FieldProps) {
  return <TextInput type="date" {...props} />;
}

export function NoteField({ name = 'reason', label = 'Reason', required = true, ...rest }: Partial<FieldProps>) {
  return <Textarea name={name} label={label} required={required} maxLength={1_000} autosize minRows={2} {...rest} />;
}

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
      onChange={(value) => {
        setText(value);
        onPick?.(value.trim());
      }}
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
