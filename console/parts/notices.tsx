import { Anchor } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import { Identifier } from '../show/identifier.tsx';
import { Moment } from '../show/moment.tsx';
import { Panel } from '../show/panel.tsx';
import { Records } from '../show/records.tsx';
import { inWords, Status } from '../show/status.tsx';

/** What a customer was told, of all or of one order: when, to which address, and whether the mail came back (O5). The newest first. */
export function Notices({ of }: { of: { customerId: string } | { orderId: string } }) {
  const told = useInfiniteQuery({
    queryKey: ['orderId' in of ? 'order' : 'customer', 'orderId' in of ? of.orderId : of.customerId, 'notices'],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/v1/notices', {
          params: { query: { ...of, sort: 'newest', limit: 20, ...(pageParam !== undefined && { after: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (!told.data) return null;
  return (
    <Panel title="What the customer was told">
      <Records
        rows={told.data.pages.flatMap(({ items }) => items)}
        keyOf={({ key }) => key}
        empty="Nothing yet. Each turn of an order, each invoice and each letter is a mail, and stands here."
        columns={[
          { header: 'When', cell: ({ sentAt, at }) => <Moment at={sentAt ?? at} /> },
          { header: 'What', cell: ({ kind }) => inWords(kind) },
          {
            header: 'About',
            cell: ({ orderId, invoiceId }) =>
              invoiceId !== null ? (
                <Identifier id={invoiceId} to={`/invoices/${invoiceId}`} />
              ) : (
                orderId !== null && !('orderId' in of) && <Identifier id={orderId} to={`/orders/${orderId}`} />
              ),
          },
          {
            header: 'Mail',
            cell: ({ recipient, messageId }) => (
              <>
                {recipient}
                <div className="faint value">{messageId}</div>
              </>
            ),
          },
          {
            header: 'Status',
            cell: ({ status, statusReason }) => (
              <>
                <Status of={status} />
                {statusReason !== null && <div className="faint">{statusReason}</div>}
              </>
            ),
          },
        ]}
      />
      {told.hasNextPage && (
        <Anchor component="button" type="button" onClick={() => void told.fetchNextPage()}>
          What was told before
        </Anchor>
      )}
    </Panel>
  );
}
