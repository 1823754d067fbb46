import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { Decision } from '../../form/decision.tsx';
import { NoAnswer } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money, majorOf } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { Status } from '../../show/status.tsx';

const changes = [['refunds'], ['payments'], ['account']];

/** Money that goes back; a second person decides. */
export function Refunds() {
  const refunds = useQuery({
    queryKey: ['refunds'],
    queryFn: () => ask(api.GET('/v1/refunds', { params: { query: { limit: 100 } } })),
  });
  if (refunds.isError) return <NoAnswer error={refunds.error} again={() => void refunds.refetch()} />;
  return (
    <Panel title="Refunds">
      <Records
        rows={refunds.data?.items ?? []}
        keyOf={({ id }) => id}
        empty="Nobody has asked for a refund. Ask for one under Unapplied cash; it stands here until a second person decides."
        columns={[
          { header: 'Refund', cell: ({ id }) => <Identifier id={id} /> },
          { header: 'Customer', cell: ({ customerId }) => customerId },
          { header: 'Status', cell: ({ status }) => <Status of={status} /> },
          {
            header: 'Why',
            cell: ({ reason, requestedBy, requestedAt }) => (
              <>
                {reason}
                <div className="faint">
                  {requestedBy}, <Moment at={requestedAt} />
                </div>
              </>
            ),
          },
          { header: 'To', cell: ({ iban }) => iban ?? 'the card it came from' },
          {
            header: 'Amount',
            align: 'right',
            cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
          },
          {
            header: 'Decision',
            align: 'right',
            cell: (refund) => {
              const { id, amountMinor, currency, customerId } = refund;
              const params = (key: string) => ({ params: { path: { id }, header: { 'Idempotency-Key': key } } });
              return (
                <Decision
                  of={refund}
                  changes={changes}
                  approve={{
                    submit: `Pay ${majorOf(amountMinor, currency)} ${currency} back`,
                    send: async (_, key) => {
                      await ask(api.POST('/v1/refunds/{id}/approve', params(key)));
                      return `${id}: the money goes back to ${customerId}.`;
                    },
                    children: <Text size="sm">The money leaves the company; that is not taken back here.</Text>,
                  }}
                  refuse={{
                    submit: 'Refuse: the money waits on',
                    send: async (form, key) => {
                      await ask(api.POST('/v1/refunds/{id}/refuse', { ...params(key), body: { reason: form('reason') } }));
                      return `${id} was refused.`;
                    },
                  }}
                />
              );
            },
          },
        ]}
      />
    </Panel>
  );
}
