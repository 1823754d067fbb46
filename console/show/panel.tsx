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

/** A short table, which scrolls sideways on its own where the page is narrow. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
    <section className="wide" tabIndex={0} aria-label={label}>
      <table className="rows">{children}</table>
    </section>
  );
}
