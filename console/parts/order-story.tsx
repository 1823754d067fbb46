import { Anchor } from '@mantine/core';
import { api, ask } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { Panel } from '../show/panel.tsx';
import { Story } from '../show/story.tsx';

/** Who did what to an order, when and why; the newest first. */
export function OrderStory({ id }: { id: string }) {
  const { items, more } = usePages(['order', id, 'timeline'], (after) =>
    ask(api.GET('/v1/orders/{id}/timeline', { params: { path: { id }, query: { limit: 200, ...after } } })),
  );
  return (
    <Panel title="Timeline">
      <Story entries={[...items].reverse()} />
      {more && (
        <Anchor component="button" type="button" onClick={more}>
          What happened since
        </Anchor>
      )}
    </Panel>
  );
}
