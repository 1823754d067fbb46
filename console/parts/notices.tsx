import { api, ask } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { useReach } from '../session/reach.ts';
import { Unanswered } from '../shell/broken-page.tsx';
import { Identifier } from '../show/identifier.tsx';
import { Moment } from '../show/moment.tsx';
import { Panel } from '../show/panel.tsx';
import { Records } from '../show/records.tsx';
import { inWords, Status } from '../show/status.tsx';
import { More } from '../table/more.tsx';

/**
 * What a customer was told, of all or of one order: when, to which address, and whether the mail came back (O5). The newest
 * first.
 */
export function Notices({ of }: { of: { customerId: string } | { orderId: string } }) {
  const reach = useReach();
  const { query, items } = usePages(
    ['orderId' in of ? 'order' : 'customer', 'orderId' in of ? of.orderId : of.customerId, 'notices'],
    (after) => ask(api.GET('/v1/notices', { params: { query: { ...of, sort: 'newest', limit: 20, ...after } } })),
  );
  if (!query.data) return <Unanswered query={query} height={60} title="What the customer was told" />;
  return (
    <Panel title="What the customer was told">
      <Records
        rows={items}
        keyOf={({ key }) => key}
        empty="Nothing yet. Each turn of an order, each invoice and each letter is a mail, and stands here."
        columns={[
          { header: 'When', cell: ({ at }) => <Moment at={at} /> },
          { header: 'What', cell: ({ kind }) => inWords(kind) },
          {
            header: 'About',
            cell: ({ orderId, invoiceId }) =>
              invoiceId !== null ? (
                <Identifier id={invoiceId} to={reach(`/invoices/${invoiceId}`)} />
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
      <More of={query}>What was told before</More>
    </Panel>
  );
}
