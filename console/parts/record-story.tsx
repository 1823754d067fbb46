import type { QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ask, type Schema } from '../api/client.ts';
import { type After, usePages } from '../api/use-pages.ts';
import { Unanswered } from '../shell/broken-page.tsx';
import { Panel } from '../show/panel.tsx';
import { Story } from '../show/story.tsx';
import { More } from '../table/more.tsx';
import { OrderAsOf } from './order-as-of.tsx';

/** Who did what to an order, when and why; the newest first. */
export function OrderStory({ id }: { id: string }) {
  return (
    <RecordStory
      queryKey={['order', id, 'timeline']}
      above={(entries) => <OrderAsOf id={id} entries={entries} />}
      read={(after) => ask(api.GET('/v1/orders/{id}/timeline', { params: { path: { id }, query: { limit: 200, ...after } } }))}
    />
  );
}

/** The same of an invoice, with who has looked at it through the link in its mail. */
export function InvoiceStory({ id }: { id: string }) {
  return (
    <RecordStory
      queryKey={['invoice', id, 'timeline']}
      read={(after) => ask(api.GET('/v1/invoices/{id}/timeline', { params: { path: { id }, query: { limit: 200, ...after } } }))}
    />
  );
}

interface RecordStoryProps {
  queryKey: QueryKey;
  /** What stands over the entries; they come oldest first. */
  above?: (entries: Schema<'TimelineEntry'>[]) => ReactNode;
  /** A page of the timeline, oldest first. */
  read: (after: After) => Promise<{ items: Schema<'TimelineEntry'>[]; next: string | null }>;
}

function RecordStory({ queryKey, above, read }: RecordStoryProps) {
  const { query, items } = usePages(queryKey, read);
  if (!query.data) return <Unanswered query={query} height={160} title="Timeline" />;
  return (
    <Panel title="Timeline">
      {above?.(items)}
      <Story entries={[...items].reverse()} />
      <More of={query}>What happened since</More>
    </Panel>
  );
}
