import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useReach } from '../../session/reach.ts';
import { useSession } from '../../session/session.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';

type Kind = Schema<'Changes'>['items'][number]['kind'];

/** Each as a line says it, and where those are that it tells of. */
const told: Record<Kind, { words: string; to: string }> = {
  'order-received': { words: 'Orders came in', to: '/orders' },
  'quote-accepted': { words: 'Quotes accepted', to: '/quotes' },
  'quote-declined': { words: 'Quotes declined', to: '/quotes' },
  'document-parked': { words: 'Order documents with faults', to: '/order-documents?status=parked' },
  cancelled: { words: 'Orders cancelled', to: '/orders?status=cancelled' },
  'credit-application-submitted': { words: 'Credit applied for', to: '/credit' },
  'credit-review-opened': { words: 'Orders to decide', to: '/credit' },
  'credit-approved': { words: 'Credit approved', to: '/reports/credit-decisions' },
  'credit-denied': { words: 'Credit denied', to: '/reports/credit-decisions' },
  'put-on-hold': { words: 'Customers put on hold', to: '/customers?onHold=true' },
  'hold-lifted': { words: 'Holds lifted', to: '/customers' },
  'released-to-warehouse': { words: 'Work that arrived', to: '/picking' },
  'goods-received': { words: 'Goods received', to: '/stock' },
  'pick-shortage': { words: 'Picked short', to: '/picking' },
  'return-received': { words: 'Returns that came back', to: '/returns' },
  packed: { words: 'Shipments packed', to: '/shipping' },
  'goods-issued': { words: 'Shipments that left', to: '/shipping' },
  'pickup-missed': { words: 'Pickups missed', to: '/shipping' },
  'shipment-undelivered': { words: 'Parcels in trouble', to: '/shipping' },
  'payment-received': { words: 'Payments came in', to: '/cash?tab=payments' },
  'payment-bounced': { words: 'Payments bounced', to: '/cash?tab=payments' },
  overdue: { words: 'Items gone overdue', to: '/collections' },
  'dispute-raised': { words: 'Disputes raised', to: '/disputes' },
  'documentation-clock-started': { words: 'Payments to find', to: '/cash?tab=undocumented' },
  'promise-broken': { words: 'Promises broken', to: '/collections' },
  'hold-override-proposed': { words: 'Hold overrides proposed', to: '/customers?onHold=true' },
  'write-off-proposed': { words: 'Write-offs proposed', to: '/collections' },
  'refund-requested': { words: 'Refunds asked for', to: '/cash?tab=refunds' },
  'period-closed': { words: 'Months closed', to: '/ledger/periods' },
  'period-reopened': { words: 'Months reopened', to: '/ledger/periods' },
  'job-failed': { words: 'Jobs failed', to: '/operations' },
  'integrity-broken': { words: 'Invariants broken', to: '/integrity' },
};

/** What changed within a day for the work of whoever looks: a line each, and none for what has not happened. */
export function SinceYesterday() {
  const { me } = useSession();
  const reach = useReach();
  const changes = useQuery({
    queryKey: ['changes'],
    queryFn: () => ask(api.GET('/v1/changes')),
    refetchInterval: 60_000,
  });
  if (!changes.data) return <Unanswered query={changes} height={160} title="Since yesterday" />;
  const { items } = changes.data;
  const readsFigures = me.roles.includes('finance');
  return (
    <Panel title="Since yesterday">
      {items.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing has changed for your work within a day.
        </Text>
      )}
      {(items.length > 0 || readsFigures) && (
        <dl className="facts">
          {items.map(({ kind, count, amounts }) => {
            const { words, to } = told[kind];
            const address = reach(to);
            return (
              <Line key={kind} term={address ? <Link to={address}>{words}</Link> : words}>
                <span className="digits">{count.toLocaleString('en')}</span>
                {amounts.map(({ currency, amountMinor }) => (
                  <div key={currency}>
                    <Money minor={amountMinor} currency={currency} />
                  </div>
                ))}
              </Line>
            );
          })}
          {readsFigures && <SalesOutstanding />}
        </dl>
      )}
    </Panel>
  );
}

function Line({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd style={{ textAlign: 'right' }}>{children}</dd>
    </>
  );
}

/** How long sales of this month so far are outstanding, beside the month before. */
function SalesOutstanding() {
  const measures = useQuery({
    queryKey: ['measures', 'home'],
    queryFn: () => ask(api.GET('/v1/reports/measures', { params: { query: { measures: 'dso' } } })),
    staleTime: 600_000,
  });
  if (!measures.data) return measures.isError && <Line term="DSO this month">could not be read</Line>;
  const { currencies } = measures.data;
  return currencies.map(({ currency, measures: [dso] }) => {
    if (!dso || dso.value === null) return null;
    return (
      <Line key={currency} term={<Link to="/reports">DSO this month{currencies.length > 1 && `, ${currency}`}</Link>}>
        <span className="digits">{dso.value} days</span>
        {dso.before.value !== null && <div className="faint digits">{dso.before.value} before</div>}
      </Line>
    );
  });
}
