import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { api, ask, type Schema } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { CommandButton } from '../form/command-button.tsx';
import type { Fields } from '../form/entries.ts';
import type { FaultAt } from '../form/faults.ts';
import { Unanswered } from '../shell/broken-page.tsx';
import { Panel } from '../show/panel.tsx';
import { Status } from '../show/status.tsx';
import { ShowMore } from '../table/show-more.tsx';

type Colleague = Schema<'Colleague'>;
type Right = Colleague['rights'][number];

const rights: Record<Right, { label: string; short: string; description: string }> = {
  buyer: {
    label: 'May order',
    short: 'orders',
    description: 'Places, changes and cancels orders, answers quotes, sends goods back.',
  },
  payer: {
    label: 'May pay and see invoices',
    short: 'pays and sees invoices',
    description: 'Sees what is owed, pays and disputes it, and applies for credit.',
  },
  'customer-admin': {
    label: 'Looks after colleagues',
    short: 'looks after colleagues',
    description: 'Invites and changes the people on this page.',
  },
};
const everyRight = Object.keys(rights) as Right[];
const rightsIn = (form: Fields) => everyRight.filter((right) => form(`right ${right}`) !== '');

/** Who acts for a customer, and what each may do: for its own administrator, and for whoever looks after it here. */
export function CustomerPeople({ customerId }: { customerId: string }) {
  const path = { id: customerId };
  const { query, items } = usePages(['customer-people', customerId], (after) =>
    ask(api.GET('/v1/customers/{id}/people', { params: { path, query: { limit: 50, ...after } } })),
  );
  const changes = [['customer-people', customerId]];
  return (
    <Panel
      title="People"
      actions={
        <CommandButton
          label="Invite somebody"
          submit="Send the invitation"
          changes={changes}
          send={async (form, key) => {
            const { email } = await ask(
              api.POST('/v1/customers/{id}/people', {
                params: { path, header: { 'Idempotency-Key': key } },
                body: { name: form('name'), email: form('email'), rights: rightsIn(form) },
              }),
            );
            return `A link to choose a password goes to ${email}.`;
          }}
        >
          {(faultAt) => (
            <>
              <TextInput name="name" label="Name" required maxLength={100} error={faultAt('/name')} />
              <TextInput name="email" type="email" label="Email" required error={faultAt('/email')} />
              <RightFields faultAt={faultAt} given={['buyer']} />
            </>
          )}
        </CommandButton>
      }
    >
      {!query.isSuccess ? (
        <Unanswered query={query} height={120} />
      ) : items.length === 0 ? (
        <Text c="dimmed">Nobody signs in for this customer yet. Invite somebody: they choose their own password.</Text>
      ) : (
        <ul className="plain-list">
          {items.map((person) => (
            <li key={person.id} style={{ display: 'block' }}>
              <Group justify="space-between" gap="xs">
                <div>
                  {person.name} <span className="faint">{person.email}</span>
                  <div className="faint">
                    {person.rights.length === 0 ? 'sees orders' : person.rights.map((right) => rights[right].short).join(', ')}
                  </div>
                </div>
                <Group gap="xs">
                  <Status of={person.status} />
                  <ChangePerson customerId={customerId} person={person} changes={changes} />
                  {person.status !== 'disabled' && <SendLink customerId={customerId} person={person} changes={changes} />}
                </Group>
              </Group>
            </li>
          ))}
        </ul>
      )}
      <ShowMore of={query} shown={`The first ${items.length}`} />
    </Panel>
  );
}

function RightFields({ faultAt, given }: { faultAt: FaultAt; given: readonly Right[] }) {
  const fault = faultAt('/rights', 'within');
  return (
    <Checkbox.Group
      label="Rights"
      description="Everybody sees orders and shipments."
      defaultValue={[...given]}
      {...(fault && { error: fault })}
    >
      <Stack gap="xs" mt={6}>
        {everyRight.map((right) => (
          <Checkbox
            key={right}
            name={`right ${right}`}
            value={right}
            label={rights[right].label}
            description={rights[right].description}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

interface OfPerson {
  customerId: string;
  person: Colleague;
  changes: readonly string[][];
}

function ChangePerson({ customerId, person, changes }: OfPerson) {
  return (
    <CommandButton
      label="Change"
      title={`Change ${person.name}`}
      submit={`Save ${person.name}`}
      changes={changes}
      send={async (form) => {
        const { name, status } = await ask(
          api.PUT('/v1/customers/{id}/people/{personId}', {
            params: { path: { id: customerId, personId: person.id } },
            body: { name: form('name'), rights: rightsIn(form), disabled: form('disabled') !== '' },
          }),
        );
        return status === 'disabled' ? `${name} cannot sign in any more.` : `${name} is saved.`;
      }}
    >
      {(faultAt) => (
        <>
          <TextInput name="name" label="Name" defaultValue={person.name} required maxLength={100} error={faultAt('/name')} />
          <RightFields faultAt={faultAt} given={person.rights} />
          <Checkbox
            name="disabled"
            label="Disabled: cannot sign in, and every session ends now"
            defaultChecked={person.status === 'disabled'}
            error={faultAt('/disabled')}
          />
        </>
      )}
    </CommandButton>
  );
}

function SendLink({ customerId, person, changes }: OfPerson) {
  const isNew = person.status === 'invited';
  return (
    <CommandButton
      label={isNew ? 'Send again' : 'New password'}
      title={isNew ? `Invite ${person.name} again` : `A new password for ${person.name}`}
      submit={`Send a link to ${person.email}`}
      changes={changes}
      send={async (_, key) => {
        const { email } = await ask(
          api.POST('/v1/customers/{id}/people/{personId}/invitation', {
            params: { path: { id: customerId, personId: person.id }, header: { 'Idempotency-Key': key } },
          }),
        );
        return `A link to choose a password goes to ${email}.`;
      }}
    >
      <Text>
        The link lets {person.name} choose a password, once, within a week. Links from before end; what is signed in stays so
        until the new password is chosen.
      </Text>
    </CommandButton>
  );
}
