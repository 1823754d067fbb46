import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';

/** Fields of a form that belong together. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="panel">
      <legend>{title}</legend>
      <Stack gap="xs">{children}</Stack>
    </fieldset>
  );
}
