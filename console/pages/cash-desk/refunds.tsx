import { Text } from '@mantine/core';
import { api, ask } from '../../api/client.ts';
import { Decision } from '../../form/decision.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money, majorOf } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Status } from '../../show/status.tsx';
import { PagedRecords } from '../../table/paged-records.tsx';

const changes = [['refunds'], ['payments'], ['account']];

/** Money that goes back; a second person decides. */
export function Refunds() {
  return (
    <Panel title="Refunds">
      <PagedRecords
        queryKey={['refunds', 'all']}
        read={(after) =>
          ask(api.GET('/v1/refunds', { params: { query: { limit: 100, ...(after !== undefined && { after }) } } }))
        }
        keyOf={({ id }) => id}
        empty="Nobody has asked for a refund. Ask for one under Unapplied cash; it stands here until a second person decides."
        columns={[
          { header: 'Refund', cell: ({ id }) => <Identifier id={id} /> },
          { header: 'Customer', cell: ({ customerId }) => <Identifier id={customerId} to={`/customers/${customerId}`} /> },
          {
            header: 'Of',
            cell: ({ paymentId, creditNoteId }) =>
              paymentId === null ? creditNoteId : <Identifier id={paymentId} to={`/payments/${paymentId}`} />,
          },
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
