import { Anchor } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import { Panel } from '../show/panel.tsx';
import { Story } from '../show/story.tsx';

/** Who did what to an order, when and why; the newest first. */
export function OrderStory({ id }: { id: string }) {
  const story = useInfiniteQuery({
    queryKey: ['order', id, 'timeline'],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/v1/orders/{id}/timeline', {
          params: { path: { id }, query: { limit: 200, ...(pageParam !== undefined && { after: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const entries = story.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel title="Timeline">
      <Story entries={[...entries].reverse()} />
      {story.hasNextPage && (
        <Anchor component="button" type="button" onClick={() => void story.fetchNextPage()}>
          What happened since
        </Anchor>
      )}
    </Panel>
  );
}
