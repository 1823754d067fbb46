import { TextInput } from '@mantine/core';

interface FilterFieldProps {
  label: string;
  /** An id is written in capitals, however it is typed. */
  type: 'text' | 'id' | 'date';
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A filter that is typed; it goes into the address with Enter, or when the field is left. */
export function FilterField({ label, type, value = '', onChange }: FilterFieldProps) {
  const take = (entered: string) => {
    const wanted = type === 'id' ? entered.toUpperCase() : entered;
    if (wanted !== value) onChange(wanted === '' ? undefined : wanted);
  };
  return (
    <TextInput
      // Another address fills it anew.
      key={value}
      type={type === 'date' ? 'date' : 'text'}
      aria-label={label}
      placeholder={label}
      // A date field shows no placeholder, so its name stands before it.
      leftSection={type === 'date' && <span className="field-name">{label}</span>}
      leftSectionWidth={type === 'date' ? `calc(${label.length}ch + 1.1rem)` : undefined}
      defaultValue={value}
      size="xs"
      w={type === 'date' ? `calc(${label.length}ch + 9.5rem)` : 160}
      onBlur={(event) => take(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(event.currentTarget.value.trim());
      }}
    />
  );
}
