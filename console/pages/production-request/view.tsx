import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { Status } from '../../show/status.tsx';
import { ProductionActions } from './actions.tsx';

export default function ProductionRequestPage() {
  const id = useParams({ strict: false }).id ?? '';
  const found = useQuery({
    queryKey: ['production', id],
    queryFn: () => ask(api.GET('/v1/production-requests/{id}', { params: { path: { id } } })),
  });
  if (!found.data) return <Unanswered query={found} height={240} />;
  const { sku, quantity, status, orderId, dueOn, firstDueOn, requestedOn, missesRequestedDate, warehouseId, at, changedAt } =
    found.data;
  return (
    <Stack gap="md" maw={760}>
      <PageHead
        title={<Identifier id={id} />}
        status={<Status of={status} />}
        about={
          <>
            {quantity.toLocaleString('en')} × {sku} for <Link to={`/orders/${orderId}`}>{orderId}</Link>
          </>
        }
      >
        <ProductionActions request={found.data} />
      </PageHead>
      <Panel title="Dates">
        <dl className="facts">
          <dt>Due</dt>
          <dd>
            <Day on={dueOn} /> {missesRequestedDate && <span className="warns">later than the customer wants it</span>}
          </dd>
          {firstDueOn !== dueOn && (
            <>
              <dt>Due at first</dt>
              <dd>
                <Day on={firstDueOn} />
              </dd>
            </>
          )}
          <dt>The customer wants it</dt>
          <dd>{requestedOn ? <Day on={requestedOn} /> : 'as soon as it can be'}</dd>
          <dt>Requested</dt>
          <dd>
            <Moment at={at} />
          </dd>
          <dt>Changed</dt>
          <dd>
            <Moment at={changedAt} />
          </dd>
          {warehouseId && (
            <>
              <dt>Received in</dt>
              <dd>{warehouseId}</dd>
            </>
          )}
        </dl>
      </Panel>
    </Stack>
  );
}
