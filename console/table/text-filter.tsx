import { TextInput } from '@mantine/core';

/** A filter that is typed: it takes hold with Enter, or when it is left. */
export function TextFilter({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      // Another address has another value, which the field begins with anew.
      key={value}
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      size="xs"
      w={180}
      onBlur={({ currentTarget }) => currentTarget.value.trim() !== value && onChange(currentTarget.value.trim())}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && onChange(currentTarget.value.trim())}
    />
  );
}
