import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Problem } from '../api/client.ts';
import type { NextPage } from '../api/use-pages.ts';

/** Below a list of `usePages`: reads on, in words of its own, and says when no more came; nothing once the list has ended. */
export function More({ of, children }: { of: NextPage; children: ReactNode }) {
  if (!of.hasNextPage) return null;
  return (
    <div>
      <Anchor component="button" type="button" onClick={() => of.isFetchingNextPage || void of.fetchNextPage()}>
        {children}
      </Anchor>
      <Text span size="xs" c="dimmed" role="status">
        {of.isFetchingNextPage
          ? ' Reading more…'
          : of.isFetchNextPageError && ` No more came: ${of.error instanceof Problem ? of.error.title : String(of.error)}.`}
      </Text>
    </div>
  );
}
