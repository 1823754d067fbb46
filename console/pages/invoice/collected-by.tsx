import { Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { useMay } from '../../session/session.tsx';
import { changesOf, type Review } from './actions.tsx';

const because: Record<NonNullable<Schema<'DunningPlan'>['assignedBy']>, string> = {
  invoice: 'assigned to this invoice',
  customer: 'as its customer is',
  segment: 'as its customer’s segment is',
  company: 'as nothing else is assigned',
};

const ownName = 'the company’s own dunning policy';

/** By which policy the invoice is collected and why, and another one while it is open (P4). */
export function CollectedBy({ invoice, plan }: { invoice: Review['invoice']; plan: Schema<'DunningPlan'> }) {
  const may = useMay('PUT /v1/invoices/{id}/dunning-policy');
  const { policy, policyVersion, assignedBy } = plan;
  return (
    <Group mb="xs" gap="xs">
      <span>
        Collected by {policy === null ? ownName : `dunning policy ${policy}`}, version {policyVersion}
        {assignedBy !== null && `, ${because[assignedBy]}`}.
      </span>
      {may && invoice.status === 'open' && <ChangePolicy invoice={invoice} policy={policy} />}
    </Group>
  );
}

function ChangePolicy({ invoice, policy }: { invoice: Review['invoice']; policy: string | null }) {
  const { id } = invoice;
  return (
    <CommandButton
      label="Collect by another policy"
      title={`Collect ${id} by another policy`}
      submit="Plan its letters anew from here on"
      changes={changesOf(invoice)}
      send={async (form) => {
        const planned = await ask(
          api.PUT('/v1/invoices/{id}/dunning-policy', {
            params: { path: { id } },
            body: { dunningPolicy: form('dunningPolicy') === '' ? null : form('dunningPolicy'), reason: form('reason') },
          }),
        );
        return `${id} is collected by ${planned.policy ?? ownName} from here on.`;
      }}
    >
      {(faultAt) => (
        <>
          <PolicyField policy={policy} error={faultAt('/dunningPolicy')} />
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}

/** Read when somebody asks for another one. */
function PolicyField({ policy, error }: { policy: string | null; error: string | undefined }) {
  const policies = useQuery({
    queryKey: ['policies', 'dunning'],
    queryFn: () => ask(api.GET('/v1/policies/dunning', { params: { query: { limit: 100 } } })),
  });
  const codes = policies.data?.items.flatMap(({ code }) => (code === null ? [] : [code])) ?? [];
  // What it has stays chosen while the others are not known: it would be sent as the company's own.
  const known = policy === null || codes.includes(policy) ? codes : [policy, ...codes];
  return (
    <NativeSelect
      key={codes.length}
      name="dunningPolicy"
      label="Dunning policy"
      data={[{ value: '', label: 'The company’s own' }, ...known]}
      defaultValue={policy ?? ''}
      error={error}
    />
  );
}
