import { Text } from '@mantine/core';
import { api, ask } from '../../api/client.ts';
import { Decision } from '../../form/decision.tsx';
import { refundColumns } from '../../parts/refund-columns.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { majorOf } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { PagedRecords } from '../../table/paged-records.tsx';

const changes = [['refunds'], ['payments'], ['account']];

/** Money that goes back; a second person decides. */
export function Refunds() {
  return (
    <Panel title="Refunds">
      <PagedRecords
        name="refunds"
        queryKey={['refunds', 'all']}
        read={(after) => ask(api.GET('/v1/refunds', { params: { query: { limit: 100, ...after } } }))}
        keyOf={({ id }) => id}
        empty="Nobody has asked for a refund. Ask for one under Unapplied cash; it stands here until a second person decides."
        columns={[
          refundColumns.refund,
          { header: 'Customer', cell: ({ customerId }) => <Identifier id={customerId} to={`/customers/${customerId}`} /> },
          {
            header: 'Of',
            cell: ({ paymentId, creditNoteId }) =>
              paymentId === null ? creditNoteId : <Identifier id={paymentId} to={`/payments/${paymentId}`} />,
          },
          refundColumns.status,
          refundColumns.why,
          { header: 'To', cell: ({ iban }) => iban ?? 'the card it came from' },
          refundColumns.amount,
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
