import { Grid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { PaymentCommands } from '../../parts/payment-commands.tsx';
import { refundColumns } from '../../parts/refund-columns.tsx';
import { useReach } from '../../session/reach.ts';
import { useSession } from '../../session/session.tsx';
import { NotRead, Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { inWords, Status } from '../../show/status.tsx';

type Payment = Schema<'PaymentToActOn'>;

/** Money that came in: from whom and how, what it paid, what waits of it, and what went or was taken back. */
export default function PaymentPage() {
  const id = useParams({ strict: false }).id ?? '';
  const { me } = useSession();
  // Bank lines and refunds are for these roles alone.
  const isOfCash = me.roles.some((role) => role === 'receivables' || role === 'finance' || role === 'admin');
  const payment = useQuery({
    queryKey: ['payments', 'one', id],
    queryFn: () => ask(api.GET('/v1/payments/{id}', { params: { path: { id } } })),
  });
  if (!payment.isSuccess) return <Unanswered query={payment} height={320} />;
  const { data } = payment;
  return (
    <Stack gap="md">
      <PageHead
        title={<Identifier id={id} />}
        status={<Status of={standingOf(data)} />}
        about={
          <>
            <Money minor={data.amountMinor} currency={data.currency} /> from {data.customerId}, valued <Day on={data.valueOn} />
          </>
        }
      >
        <PaymentCommands payment={data} />
      </PageHead>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <Paid payment={data} />
            <Reversals payment={data} />
            {isOfCash && <Refunds payment={data} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Facts payment={data} isOfCash={isOfCash} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

const standingOf = ({ amountMinor, reversedMinor, unappliedMinor }: Payment): string =>
  reversedMinor > 0 && reversedMinor >= amountMinor ? 'taken-back' : unappliedMinor > 0 ? 'unapplied' : 'applied';

function Paid({ payment: { applications, deposits, unappliedMinor, currency } }: { payment: Payment }) {
  const reach = useReach();
  const rows = [
    ...applications.map(({ invoiceId, amountMinor }) => ({
      id: invoiceId,
      to: `/invoices/${invoiceId}`,
      amountMinor,
      how: 'paid',
    })),
    ...deposits.map(({ orderId, heldMinor }) => ({
      id: orderId,
      to: `/orders/${orderId}`,
      amountMinor: heldMinor,
      how: 'held until it is invoiced',
    })),
  ];
  return (
    <Panel title="What it paid">
      <Records
        rows={rows}
        keyOf={({ id }) => id}
        empty="Nothing yet."
        columns={[
          { header: 'Document', cell: ({ id, to }) => <Identifier id={id} to={reach(to)} /> },
          { header: 'How', cell: ({ how }) => how },
          {
            header: 'Amount',
            align: 'right',
            cell: ({ amountMinor }) => <Money minor={amountMinor} currency={currency} />,
          },
        ]}
      />
      {unappliedMinor > 0 && (
        <Text size="sm" mt="xs">
          <Money minor={unappliedMinor} currency={currency} /> pays nothing yet. Apply it to what is open, or give it back.
        </Text>
      )}
    </Panel>
  );
}

function Reversals({ payment: { id, reversals, currency } }: { payment: Payment }) {
  if (reversals.length === 0) return null;
  return (
    <Panel title="Taken back">
      <Records
        rows={reversals.map((reversal, index) => ({ ...reversal, key: `${id} ${index}` }))}
        keyOf={({ key }) => key}
        empty=""
        columns={[
          { header: 'How', cell: ({ kind }) => inWords(kind) },
          { header: 'On', cell: ({ on }) => <Day on={on} /> },
          { header: 'Why', cell: ({ reason }) => <span style={{ overflowWrap: 'anywhere' }}>{reason}</span> },
          {
            header: 'Amount',
            align: 'right',
            cell: ({ amountMinor }) => <Money minor={amountMinor} currency={currency} />,
          },
        ]}
      />
    </Panel>
  );
}

function Refunds({ payment: { id } }: { payment: Payment }) {
  const refunds = useQuery({
    queryKey: ['refunds', 'of', id],
    queryFn: () => ask(api.GET('/v1/refunds', { params: { query: { paymentId: id, limit: 50 } } })),
  });
  if (!refunds.data) return <NotRead query={refunds} title="Refunds" />;
  if (refunds.data.items.length === 0) return null;
  return (
    <Panel title="Refunds" actions={<Link to="/cash?tab=refunds">Decide refunds</Link>}>
      <Records
        rows={refunds.data.items}
        keyOf={({ id: refundId }) => refundId}
        empty=""
        columns={[refundColumns.refund, refundColumns.status, refundColumns.why, refundColumns.amount]}
      />
    </Panel>
  );
}

function Facts({ payment, isOfCash }: { payment: Payment; isOfCash: boolean }) {
  const { id, customerId, method, currency, amountMinor, unappliedMinor, reversedMinor, externalReference, remittanceText } =
    payment;
  const { actor, at, chequeId } = payment;
  const line = useQuery({
    queryKey: ['bank-lines', 'of', id],
    queryFn: () => ask(api.GET('/v1/bank-lines', { params: { query: { paymentId: id, limit: 1 } } })),
    enabled: isOfCash,
  });
  const found = line.data?.items[0];
  return (
    <Panel title="Facts">
      <dl className="facts">
        <dt>Customer</dt>
        <dd>
          <Identifier id={customerId} to={`/customers/${customerId}`} />
        </dd>
        <dt>Came</dt>
        <dd>
          <Money minor={amountMinor} currency={currency} />
        </dd>
        <dt>Unapplied</dt>
        <dd>
          <Money minor={unappliedMinor} currency={currency} />
        </dd>
        {reversedMinor > 0 && (
          <>
            <dt>Taken back</dt>
            <dd>
              <Money minor={reversedMinor} currency={currency} />
            </dd>
          </>
        )}
        <dt>Method</dt>
        <dd>{inWords(method)}</dd>
        {found && (
          <>
            <dt>Bank line</dt>
            <dd>
              <Identifier id={found.id} to={`/cash?show=${found.status === 'matched' ? 'matched' : 'decide'}&line=${found.id}`} />
            </dd>
          </>
        )}
        {chequeId !== null && (
          <>
            <dt>Cheque</dt>
            <dd>
              <Identifier id={chequeId} {...(isOfCash && { to: '/cash?tab=cheques' })} />
            </dd>
          </>
        )}
        <dt>Reference</dt>
        <dd>{externalReference ?? 'none'}</dd>
        <dt>Text</dt>
        <dd>{remittanceText ?? 'none'}</dd>
        <dt>Booked</dt>
        <dd>
          <Moment at={at} /> by {actor}
        </dd>
      </dl>
    </Panel>
  );
}
