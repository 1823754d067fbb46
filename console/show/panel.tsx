import { Group, Title } from '@mantine/core';
import { createContext, type ReactNode, useContext, useId } from 'react';

const HeadingId = createContext<string | undefined>(undefined);

/** The heading of the panel that something stands in, for what is named by it. */
export const usePanelHeadingId = () => useContext(HeadingId);

/** A part of a page with its heading, which names it to who cannot see it; beside it what can be done there. */
export function Panel({ title, actions, children }: { title: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2} id={id}>
          {title}
        </Title>
        {actions}
      </Group>
      <HeadingId value={id}>{children}</HeadingId>
    </section>
  );
}
