import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../api/client.ts';
import { CommandButton } from '../form/command-button.tsx';
import { Decision } from '../form/decision.tsx';
import type { Fields } from '../form/entries.ts';
import { DayField, NoteField } from '../form/fields.tsx';
import { NotRead } from '../shell/broken-page.tsx';
import { Identifier } from '../show/identifier.tsx';
import { Day, Moment, useToday } from '../show/moment.tsx';
import { Money } from '../show/money.tsx';
import { Panel } from '../show/panel.tsx';
import { Status } from '../show/status.tsx';
import { PagedRecords } from '../table/paged-records.tsx';

type HoldOverride = Schema<'HoldOverrideToDecide'>;

const changesOf = (customerId: string) => [
  ['hold-overrides', customerId],
  ['account', customerId],
  ['accounts'],
  ['customer', customerId],
  ['orders'],
  ['tasks'],
];

/** When orders of a customer pass its hold though something is overdue: who proposed it, who agreed, and until when (P3). */
export function HoldOverrides({ customerId }: { customerId: string }) {
  const today = useToday();
  const newest = useQuery({
    queryKey: ['hold-overrides', customerId, 'newest'],
    queryFn: () => ask(api.GET('/v1/hold-overrides', { params: { query: { customerId, sort: 'newest', limit: 1 } } })),
  });
  const changes = changesOf(customerId);
  const decided = (id: string, form: Fields, key: string) => ({
    params: { path: { id }, header: { 'Idempotency-Key': key } },
    body: { reason: form('reason') },
  });
  if (!newest.data) return <NotRead query={newest} title="Hold overrides" />;
  // Most customers never need one: it is proposed at the head of the page.
  if (newest.data.items.length === 0) return null;
  return (
    <Panel title="Hold overrides">
      <PagedRecords<HoldOverride>
        name="hold-overrides"
        queryKey={['hold-overrides', customerId, 'all']}
        read={(after) =>
          ask(api.GET('/v1/hold-overrides', { params: { query: { customerId, sort: 'newest', limit: 10, ...after } } }))
        }
        keyOf={({ id }) => id}
        empty=""
        columns={[
          {
            header: 'Override',
            cell: ({ id, status, throughOn }) => (
              <>
                <Identifier id={id} /> <Status of={status === 'approved' && throughOn < today ? 'expired' : status} />
              </>
            ),
          },
          { header: 'Orders pass until', cell: ({ throughOn }) => <Day on={throughOn} /> },
          {
            header: 'Why',
            cell: ({ reason, proposedBy, proposedAt, decidedBy, decisionReason, endedBy, overdueMinor, currency }) => (
              <>
                {reason}
                <div className="faint">
                  {proposedBy}, <Moment at={proposedAt} />, with <Money minor={overdueMinor} currency={currency} /> overdue
                </div>
                {decidedBy !== null && (
                  <div className="faint">
                    {decidedBy}: {decisionReason}
                  </div>
                )}
                {endedBy !== null && <div className="faint">ended by {endedBy}</div>}
              </>
            ),
          },
          {
            header: 'Decision',
            align: 'right',
            cell: (override) => {
              const { id, throughOn, actions } = override;
              return (
                <Group gap={6} justify="flex-end">
                  <Decision
                    of={override}
                    changes={changes}
                    approve={{
                      submit: `Let orders pass until ${throughOn}`,
                      send: async (form, key) => {
                        await ask(api.POST('/v1/hold-overrides/{id}/approve', decided(id, form, key)));
                        return `Orders of ${customerId} pass its hold until ${throughOn}.`;
                      },
                      children: (faultAt) => (
                        <>
                          <Text size="sm">Orders that wait for payment go to the warehouse at once, and new ones are taken.</Text>
                          <NoteField error={faultAt('/reason')} />
                        </>
                      ),
                    }}
                    refuse={{
                      submit: 'Refuse: the hold stays',
                      send: async (form, key) => {
                        await ask(api.POST('/v1/hold-overrides/{id}/reject', decided(id, form, key)));
                        return `${id} was refused.`;
                      },
                    }}
                  />
                  {actions.includes('end') && (
                    <CommandButton
                      label="End"
                      title={`End ${id} before its day`}
                      submit="End it: the hold counts again"
                      danger
                      changes={changes}
                      send={async (form, key) => {
                        await ask(api.POST('/v1/hold-overrides/{id}/end', decided(id, form, key)));
                        return `${id} is ended: the hold of ${customerId} counts again.`;
                      }}
                    >
                      {(faultAt) => (
                        <>
                          <Text size="sm">What has gone to the warehouse meanwhile goes on.</Text>
                          <NoteField error={faultAt('/reason')} />
                        </>
                      )}
                    </CommandButton>
                  )}
                </Group>
              );
            },
          },
        ]}
      />
    </Panel>
  );
}

export function ProposeHoldOverride({ customerId }: { customerId: string }) {
  return (
    <CommandButton
      label="Let orders pass the hold"
      title={`Let orders of ${customerId} pass its hold`}
      submit="Propose it to a second person"
      changes={changesOf(customerId)}
      send={async (form, key) => {
        const { id } = await ask(
          api.POST('/v1/customers/{id}/hold-overrides', {
            params: { path: { id: customerId }, header: { 'Idempotency-Key': key } },
            body: { throughOn: form('throughOn'), reason: form('reason') },
          }),
        );
        return `${id} waits for a second person of finance.`;
      }}
    >
      {(faultAt) => (
        <>
          <Text size="sm">Nothing passes before another person of finance agrees. It ends by itself after the last day.</Text>
          <DayField name="throughOn" label="Last day on which orders pass" required error={faultAt('/throughOn')} />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
