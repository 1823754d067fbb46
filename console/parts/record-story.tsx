import { Anchor } from '@mantine/core';
import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../api/client.ts';
import { Panel } from '../show/panel.tsx';
import { Story } from '../show/story.tsx';

/** A page of a timeline, oldest first; `after` is the `next` of the page before. */
const pageAfter = (after: string | undefined) => ({ limit: 200, ...(after !== undefined && { after }) });

/** Who did what to an order, when and why; the newest first. */
export function OrderStory({ id }: { id: string }) {
  return (
    <RecordStory
      queryKey={['order', id, 'timeline']}
      read={(after) => ask(api.GET('/v1/orders/{id}/timeline', { params: { path: { id }, query: pageAfter(after) } }))}
    />
  );
}

/** The same of an invoice, with who has looked at it through the link in its mail. */
export function InvoiceStory({ id }: { id: string }) {
  return (
    <RecordStory
      queryKey={['invoice', id, 'timeline']}
      read={(after) => ask(api.GET('/v1/invoices/{id}/timeline', { params: { path: { id }, query: pageAfter(after) } }))}
    />
  );
}

interface RecordStoryProps {
  queryKey: QueryKey;
  read: (after: string | undefined) => Promise<{ items: Schema<'TimelineEntry'>[]; next: string | null }>;
}

function RecordStory({ queryKey, read }: RecordStoryProps) {
  const story = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
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
