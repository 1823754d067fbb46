import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { NoAnswer } from '../../shell/broken-page.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { changesOf, type Review } from './actions.tsx';
import { CollectedBy } from './collected-by.tsx';

const stepNames: Record<Schema<'DunningPlan'>['steps'][number]['kind'], string> = {
  reminder: 'Reminder before it is due',
  overdue: 'Overdue: account on hold, contact task',
  dunning: 'Dunning letter',
  collections: 'To collections',
};

/** What is asked for by which step and when, what keeps letters back, and who may hold them off. */
export function DunningPlan({ invoice, holdOffs }: { invoice: Review['invoice']; holdOffs: Review['holdOffs'] }) {
  const { id, currency } = invoice;
  const plan = useQuery({
    queryKey: ['invoice', id, 'dunning'],
    queryFn: () => ask(api.GET('/v1/invoices/{id}/dunning', { params: { path: { id } } })),
  });
  const live = holdOffs.filter(({ endedAt }) => endedAt === null);
  return (
    <Panel title="Dunning plan">
      {plan.data && <CollectedBy invoice={invoice} plan={plan.data} />}
      {plan.data && plan.data.blocks.length > 0 && (
        <Text mb="xs">
          Letters about it are kept back at the moment: {plan.data.blocks.map((block) => inWords(block).toLowerCase()).join(', ')}
          .
        </Text>
      )}
      {live.map(({ id: heldId, untilOn, reason }) => (
        <Group key={heldId} mb="xs" gap="xs">
          <span>
            Held off until <Day on={untilOn} />: {reason}
          </span>
          <CommandButton
            label="End it now"
            title={`End ${heldId}`}
            submit="Let letters go out again"
            changes={changesOf(invoice)}
            send={async (form, key) => {
              await ask(
                api.POST('/v1/hold-offs/{id}/end', {
                  params: { path: { id: heldId }, header: { 'Idempotency-Key': key } },
                  body: { reason: form('reason') },
                }),
              );
              return `Letters about ${id} go out again.`;
            }}
          >
            {(faultAt) => <NoteField error={faultAt('/reason')} />}
          </CommandButton>
        </Group>
      ))}
      {plan.isError && <NoAnswer error={plan.error} again={() => void plan.refetch()} />}
      {plan.data && (
        <Records
          label="Dunning plan"
          rows={plan.data.steps}
          keyOf={({ step }) => step}
          empty="It has no steps: nothing of it was left to ask for when it was issued."
          columns={[
            { header: 'Day', cell: ({ on }) => <Day on={on} /> },
            {
              header: 'Step',
              cell: ({ kind, level, final, instalment }) => (
                <>
                  {stepNames[kind]}
                  {level !== null && `, level ${level}`}
                  {final && ', the last'}
                  {invoice.instalments.length > 1 && <span className="faint"> part {instalment}</span>}
                </>
              ),
            },
            { header: 'State', cell: ({ state }) => <Status of={state} /> },
            {
              header: 'Put off or cancelled by',
              cell: ({ blockedBy, skippedBy, cancelledBy }) =>
                [...skippedBy, ...blockedBy, ...cancelledBy].map((why) => inWords(why).toLowerCase()).join(', '),
            },
            {
              header: 'Fee',
              align: 'right',
              cell: ({ feeMinor }) => feeMinor !== null && feeMinor > 0 && <Money minor={feeMinor} currency={currency} />,
            },
          ]}
        />
      )}
    </Panel>
  );
}
