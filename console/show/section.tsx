import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A panel that is a small table: its rows are all there, and it scrolls sideways by itself. */
export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className="panel">
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2}>{title}</Title>
        {actions}
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
      <section className="wide" tabIndex={0} aria-label={title}>
        <table className="rows">{children}</table>
      </section>
    </div>
  );
}
