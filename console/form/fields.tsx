import { Textarea, TextInput } from '@mantine/core';

export interface FieldProps {
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

/** A calendar date. */
export function DayField(props: FieldProps) {
  return <TextInput type="date" {...props} />;
}

/** What somebody says about it, as it will stand in the audit trail; mostly the reason. */
export function NoteField({ name = 'reason', label = 'Reason', required = true, ...rest }: Partial<FieldProps>) {
  return <Textarea name={name} label={label} required={required} maxLength={1_000} autosize minRows={2} {...rest} />;
}
