import { Group, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** A part of a page with its heading, which names it to who cannot see it; beside it what can be done there. */
export function Panel({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2} id={id}>
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </section>
  );
}
