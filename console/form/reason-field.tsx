import { Textarea } from '@mantine/core';

/** Why somebody does it, as it will stand in the audit trail. */
export function ReasonField({
  error,
  label = 'Reason',
  optional,
}: {
  error?: string | undefined;
  label?: string;
  optional?: true;
}) {
  return <Textarea name="reason" label={label} required={!optional} maxLength={1_000} autosize minRows={2} error={error} />;
}
