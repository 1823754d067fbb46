import { Checkbox, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { CommandButton } from '../../form/command-button.tsx';
import type { FaultAt } from '../../form/faults.ts';
import { NoteField } from '../../form/fields.tsx';
import { useSession } from '../../session/session.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows } from '../../show/rows.tsx';
import { ShownOnce } from '../../show/shown-once.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { More } from '../../table/more.tsx';
import { RoleFields, rolesOfPerson } from './role-fields.tsx';

type Person = Schema<'Person'>;
type Secret = { title: string; value: string };

const changes = [['people']];

export function People() {
  const { me } = useSession();
  const [secret, setSecret] = useState<Secret>();
  const { query, items } = usePages(['people'], (after) =>
    ask(api.GET('/v1/people', { params: { query: { limit: 100, ...after } } })),
  );
  return (
    <Panel title="People" actions={<AddPerson tell={setSecret} />}>
      {!query.data ? (
        <Unanswered query={query} height={160} />
      ) : items.length === 0 ? (
        <Text c="dimmed">Nobody signs in yet. Add a person: audit rows and the rule of two people then name them.</Text>
      ) : (
        <Rows label="People" headings={['Person', 'Roles', 'Second factor', 'Status', { text: 'Change', unseen: true }]}>
          {items.map((person) => (
            <tr key={person.id}>
              <td>
                {person.name} <span className="faint">{person.id}</span>
                <div className="faint">{person.email}</div>
              </td>
              <td>
                {person.roles.map(inWords).join(', ')}
                {person.customerId && <span className="faint"> of {person.customerId}</span>}
              </td>
              <td>{person.secondFactor ? 'on' : 'off'}</td>
              <td>
                <Status of={person.disabledAt ? 'disabled' : person.invited ? 'invited' : 'active'} />
                {person.passwordToChange && <div className="faint">has the password that was shown</div>}
              </td>
              <td>
                <Group gap={6} wrap="nowrap">
                  <ChangePerson person={person} />
                  <NewPassword person={person} tell={setSecret} />
                  {person.secondFactor && person.id !== me.id && <ResetSecondFactor person={person} />}
                </Group>
              </td>
            </tr>
          ))}
        </Rows>
      )}
      <More of={query}>More people</More>
      <ShownOnce secret={secret} close={() => setSecret(undefined)} />
    </Panel>
  );
}

function NameFields({ faultAt, person }: { faultAt: FaultAt; person?: Person }) {
  return (
    <>
      <TextInput name="name" label="Name" defaultValue={person?.name ?? ''} required maxLength={100} error={faultAt('/name')} />
      <TextInput name="email" type="email" label="Email" defaultValue={person?.email ?? ''} required error={faultAt('/email')} />
    </>
  );
}

function AddPerson({ tell }: { tell: (secret: Secret) => void }) {
  return (
    <CommandButton
      label="Add a person"
      title="Add a person"
      submit="Add the person and show the password"
      variant="filled"
      send={async (form) => {
        const { person, password } = await ask(
          api.POST('/v1/people', {
            body: { id: form('id'), name: form('name'), email: form('email'), ...rolesOfPerson(form) },
          }),
        );
        tell({ title: `Password of ${person.name}`, value: password });
        return `${person.name} can sign in.`;
      }}
      changes={changes}
    >
      {(faultAt) => (
        <>
          <TextInput
            name="id"
            label="Id"
            description="Who acts, in every audit row. It is never changed and never given to anybody else."
            placeholder="r.miller"
            required
            error={faultAt('/id')}
          />
          <NameFields faultAt={faultAt} />
          <RoleFields of="person" faultAt={faultAt} />
        </>
      )}
    </CommandButton>
  );
}

function ChangePerson({ person }: { person: Person }) {
  return (
    <CommandButton
      label="Change"
      title={`Change ${person.name}`}
      submit={`Save ${person.name}`}
      send={async (form) => {
        const saved = await ask(
          api.PUT('/v1/people/{id}', {
            params: { path: { id: person.id } },
            body: { name: form('name'), email: form('email'), ...rolesOfPerson(form), disabled: form('disabled') !== '' },
          }),
        );
        return saved.disabledAt ? `${saved.name} cannot sign in any more.` : `${saved.name} is saved.`;
      }}
      changes={changes}
    >
      {(faultAt) => (
        <>
          <NameFields faultAt={faultAt} person={person} />
          <RoleFields of="person" faultAt={faultAt} given={person.roles} customerId={person.customerId} />
          <Checkbox
            name="disabled"
            label="Disabled: cannot sign in, and every session ends now"
            defaultChecked={person.disabledAt !== null}
          />
        </>
      )}
    </CommandButton>
  );
}

function NewPassword({ person, tell }: { person: Person; tell: (secret: Secret) => void }) {
  return (
    <CommandButton
      label="New password"
      title={`New password for ${person.name}`}
      submit="Replace the password and show the new one"
      send={async () => {
        const { password } = await ask(api.POST('/v1/people/{id}/password', { params: { path: { id: person.id } } }));
        tell({ title: `Password of ${person.name}`, value: password });
        return `${person.name} has another password.`;
      }}
      changes={changes}
    >
      <Text>
        The old password ends at once, and {person.name} is signed out everywhere. With the new one the first thing to do is to
        choose another.
      </Text>
    </CommandButton>
  );
}

function ResetSecondFactor({ person: { id, name } }: { person: Person }) {
  return (
    <CommandButton
      label="Reset second factor"
      title={`Reset the second factor of ${name}`}
      submit={`Let ${name} sign in with the password alone`}
      danger
      send={async (form, key) => {
        await ask(
          api.POST('/v1/people/{id}/second-factor/reset', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { reason: form('reason') },
          }),
        );
        return `${name} signs in with the password alone, until a second factor is turned on again.`;
      }}
      changes={changes}
    >
      {(faultAt) => (
        <>
          <Text>For somebody who has lost it and its backup codes. {name} is signed out everywhere.</Text>
          <NoteField description="How you know that it is them; it stands in the audit log." error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
