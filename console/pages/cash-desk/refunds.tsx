import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { CommandDialog } from '../../form/command-dialog.tsx';
import { NoteField } from '../../form/fields.tsx';
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
        label="Refunds"
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
            cell: ({ id, status, actions, amountMinor, currency, customerId }) => (
              <Group gap={6} justify="flex-end">
                {status === 'requested' && actions.length === 0 && (
                  <span className="faint">A second person of finance decides</span>
                )}
                {actions.includes('approve') && (
                  <CommandDialog
                    label="Approve"
                    title={`Approve ${id}`}
                    submit={`Pay ${majorOf(amountMinor, currency)} ${currency} back`}
                    variant="filled"
                    changes={changes}
                    send={async (_, key) => {
                      await ask(
                        api.POST('/v1/refunds/{id}/approve', { params: { path: { id }, header: { 'Idempotency-Key': key } } }),
                      );
                      return `${id}: the money goes back to ${customerId}.`;
                    }}
                  >
                    The money leaves the company; that is not taken back here.
                  </CommandDialog>
                )}
                {actions.includes('refuse') && (
                  <CommandDialog
                    label="Refuse"
                    title={`Refuse ${id}`}
                    submit="Refuse: the money waits on"
                    changes={changes}
                    send={async (form, key) => {
                      await ask(
                        api.POST('/v1/refunds/{id}/refuse', {
                          params: { path: { id }, header: { 'Idempotency-Key': key } },
                          body: { reason: form('reason') },
                        }),
                      );
                      return `${id} was refused.`;
                    }}
                  >
                    {(errorOf) => <NoteField error={errorOf('/reason')} />}
                  </CommandDialog>
                )}
              </Group>
            ),
          },
        ]}
      />
    </Panel>
  );
}
