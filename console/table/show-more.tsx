import { Button, Group, Text } from '@mantine/core';
import { Problem } from '../api/client.ts';
import type { NextPage } from '../api/use-pages.ts';

interface ShowMoreProps {
  of: NextPage;
  /** How many stand there, in words: 'The first 100'. */
  shown: string;
}

/** Below a list that has not all been read: that there is more of it, and the button that reads on, also after no answer came. */
export function ShowMore({ of, shown }: ShowMoreProps) {
  if (!of.hasNextPage) return null;
  return (
    <Group gap="sm" mt="xs">
      <Text size="xs" c="dimmed" role="status">
        {shown}
        {of.isFetchNextPageError
          ? `, and no more came: ${of.error instanceof Problem ? of.error.title : String(of.error)}.`
          : '; there are more.'}
      </Text>
      <Button size="compact-sm" variant="default" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        Show more
      </Button>
    </Group>
  );
}
