import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface PageHeadProps {
  /** Of a record its `Identifier`, else the name of the page. */
  title: ReactNode;
  /** Beside the title: how the record stands. */
  status?: ReactNode;
  /** Below it: whose it is and since when. */
  about?: ReactNode;
  /** What can be done about all of it. */
  children?: ReactNode;
}

/** The head of a page about one record. */
export function PageHead({ title, status, about, children }: PageHeadProps) {
  return (
    <Group justify="space-between" align="flex-start" wrap="wrap">
      <div>
        <Group gap="sm">
          <Title order={1}>{title}</Title>
          {status}
        </Group>
        {about && <Text c="dimmed">{about}</Text>}
      </div>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
