import { Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { DayField } from '../../form/fields.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows } from '../../show/rows.tsx';
import { ShownOnce } from '../../show/shown-once.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { RoleFields, rolesOfKey } from './role-fields.tsx';

const changes = [['api-keys']];

export function ApiKeys() {
  const [secret, setSecret] = useState<{ title: string; value: string }>();
  const keys = useQuery({ queryKey: ['api-keys'], queryFn: () => ask(api.GET('/v1/api-keys')) });
  const add = (
    <CommandButton
      label="Make a key"
      title="Make an API key"
      submit="Make the key and show it"
      variant="filled"
      send={async (form) => {
        const name = form('name');
        const expiresOn = form('expiresOn');
        const { key } = await ask(
          api.POST('/v1/api-keys', {
            body: { name, ...rolesOfKey(form), ...(expiresOn !== '' && { expiresAt: `${expiresOn}T00:00:00Z` }) },
          }),
        );
        setSecret({ title: `Key of ${name}`, value: key });
        return `The key of ${name} works from now on.`;
      }}
      changes={changes}
    >
      {(faultAt) => (
        <>
          <TextInput
            name="name"
            label="Name"
            description="The program that acts with it; the name in every audit row."
            required
            maxLength={100}
            error={faultAt('/name')}
          />
          <RoleFields of="key" faultAt={faultAt} />
          <DayField name="expiresOn" label="Ends on" description="Empty: when it is revoked." error={faultAt('/expiresAt')} />
        </>
      )}
    </CommandButton>
  );
  return (
    <Panel title="API keys" actions={add}>
      {!keys.isSuccess ? (
        <Unanswered query={keys} height={160} />
      ) : keys.data.items.length === 0 ? (
        <Text c="dimmed">There are no keys. A program of yours needs one to place orders or read the books.</Text>
      ) : (
        <Rows label="API keys" headings={['Name', 'Roles', 'Key', 'Status', { text: 'Change', unseen: true }]}>
          {keys.data.items.map(({ id, name, roles, customerId, expiresAt, revokedAt }) => (
            <tr key={id}>
              <td>{name}</td>
              <td>
                {roles.map(inWords).join(', ')}
                {customerId && <span className="faint"> of {customerId}</span>}
              </td>
              <td>
                <Identifier id={id} />
              </td>
              <td>
                <Status of={revokedAt ? 'revoked' : 'active'} />
                {revokedAt ? (
                  <>
                    {' '}
                    <Moment at={revokedAt} />
                  </>
                ) : (
                  expiresAt && (
                    <span className="faint">
                      {' '}
                      until <Moment at={expiresAt} />
                    </span>
                  )
                )}
              </td>
              <td>{!revokedAt && <Revoke id={id} name={name} />}</td>
            </tr>
          ))}
        </Rows>
      )}
      <ShownOnce secret={secret} close={() => setSecret(undefined)} />
    </Panel>
  );
}

function Revoke({ id, name }: { id: string; name: string }) {
  return (
    <CommandButton
      label="Revoke"
      title={`Revoke the key of ${name}`}
      submit={`Revoke the key of ${name} for good`}
      danger
      send={async (_form, key) => {
        await ask(api.POST('/v1/api-keys/{id}/revoke', { params: { path: { id }, header: { 'Idempotency-Key': key } } }));
        return `The key of ${name} ends within seconds.`;
      }}
      changes={changes}
    >
      <Text>Whatever program holds it is refused within seconds. It cannot be given back; another key can be made.</Text>
    </CommandButton>
  );
}
