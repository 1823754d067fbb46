import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { CustomerField } from '../../form/customer-field.tsx';
import type { Fields } from '../../form/entries.ts';
import type { FaultAt } from '../../form/faults.ts';
import { DayField } from '../../form/fields.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows, right } from '../../show/rows.tsx';
import { ShownOnce } from '../../show/shown-once.tsx';
import { Status } from '../../show/status.tsx';
import { WallTime } from '../../show/wall-time.tsx';

type Endpoint = Schema<'WebhookEndpoint'>;
type EventType = Schema<'NewWebhookEndpoint'>['eventTypes'][number];
type EventTypes = readonly { type: EventType; means: string }[];
type Secret = { title: string; value: string };

const changes = [['webhook-endpoints'], ['webhook-deliveries']];
const keyed = (id: string, key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });

/** Who is told of events, and how well that goes. */
export function Endpoints() {
  const [secret, setSecret] = useState<Secret>();
  const endpoints = useQuery({ queryKey: ['webhook-endpoints'], queryFn: () => ask(api.GET('/v1/webhook-endpoints')) });
  const types = endpoints.data?.eventTypes ?? [];
  return (
    <Panel title="Endpoints" actions={endpoints.data && <AddEndpoint types={types} tell={setSecret} />}>
      {!endpoints.isSuccess ? (
        <Unanswered query={endpoints} height={120} />
      ) : endpoints.data.items.length === 0 ? (
        <Text c="dimmed">
          No system of yours is told of anything. Add the address of one: orders, shipments, invoices and money reach it as they
          happen, signed with a secret that you get once.
        </Text>
      ) : (
        <Rows headings={['Address', 'Hears of', 'Status', right('Waiting'), { text: 'Change', unseen: true }]}>
          {endpoints.data.items.map((endpoint) => (
            <tr key={endpoint.id}>
              <td>
                {endpoint.url}
                <div className="faint">
                  <Identifier id={endpoint.id} /> {endpoint.description}
                </div>
              </td>
              <td>
                {heard(endpoint.eventTypes, types)}
                {endpoint.customerId && <span className="faint"> of {endpoint.customerId}</span>}
              </td>
              <td>
                <Status of={endpoint.status} />
                <div className="faint">
                  {endpoint.statusReason ??
                    (endpoint.failingSince && (
                      <>
                        fails since <WallTime at={endpoint.failingSince} />
                      </>
                    ))}
                </div>
              </td>
              <td data-align="right">{endpoint.waiting}</td>
              <td>
                <Group gap={6} wrap="nowrap">
                  <ChangeEndpoint endpoint={endpoint} types={types} />
                  {endpoint.status === 'enabled' && <TestEndpoint endpoint={endpoint} />}
                  <SendAgain endpoint={endpoint} />
                  <NewSecret endpoint={endpoint} tell={setSecret} />
                  <RemoveEndpoint endpoint={endpoint} />
                </Group>
              </td>
            </tr>
          ))}
        </Rows>
      )}
      <ShownOnce secret={secret} close={() => setSecret(undefined)} />
    </Panel>
  );
}

/** A few by name; the rest stands in the form. */
function heard(eventTypes: readonly string[], { length }: EventTypes): string {
  if (eventTypes.length === length) return 'everything';
  return eventTypes.length > 3 ? `${eventTypes.length} of ${length} events` : eventTypes.join(', ');
}

function SettingsFields({ faultAt, types, given }: { faultAt: FaultAt; types: EventTypes; given?: Endpoint }) {
  return (
    <>
      <TextInput
        name="url"
        type="url"
        label="Address"
        description="https, and reachable from the public internet."
        placeholder="https://erp.example/hooks"
        defaultValue={given?.url ?? ''}
        required
        maxLength={500}
        error={faultAt('/url')}
      />
      <TextInput
        name="description"
        label="What it is"
        defaultValue={given?.description ?? ''}
        maxLength={200}
        error={faultAt('/description')}
      />
      <CustomerField
        name="customerId"
        label="Customer"
        description="Empty: events of every customer."
        defaultValue={given?.customerId ?? ''}
        error={faultAt('/customerId')}
      />
      <Checkbox.Group
        label="Hears of"
        defaultValue={given?.eventTypes ?? types.map(({ type }) => type)}
        error={faultAt('/eventTypes')}
      >
        <Stack gap={6} mt={4}>
          {types.map(({ type, means }) => (
            <Checkbox key={type} name={`type ${type}`} value={type} label={type} description={means} size="xs" />
          ))}
        </Stack>
      </Checkbox.Group>
    </>
  );
}

function settingsOf(form: Fields, types: EventTypes) {
  const [description, customerId] = [form('description'), form('customerId')];
  return {
    url: form('url'),
    eventTypes: types.flatMap(({ type }) => (form(`type ${type}`) === '' ? [] : [type])),
    ...(description !== '' && { description }),
    ...(customerId !== '' && { customerId }),
  };
}

function AddEndpoint({ types, tell }: { types: EventTypes; tell: (secret: Secret) => void }) {
  return (
    <CommandButton
      label="Add an endpoint"
      title="Add an endpoint"
      submit="Add the endpoint and show its secret"
      variant="filled"
      wide
      send={async (form) => {
        const made = await ask(api.POST('/v1/webhook-endpoints', { body: settingsOf(form, types) }));
        tell({ title: `Secret of ${made.id}`, value: made.secret });
        return `${made.id} hears of what happens from now on.`;
      }}
      changes={changes}
    >
      {(faultAt) => <SettingsFields faultAt={faultAt} types={types} />}
    </CommandButton>
  );
}

function ChangeEndpoint({ endpoint, types }: { endpoint: Endpoint; types: EventTypes }) {
  const { id, status, waiting } = endpoint;
  return (
    <CommandButton
      label="Change"
      title={`Change ${id}`}
      submit={`Save ${id}`}
      wide
      send={async (form) => {
        const body = { ...settingsOf(form, types), enabled: form('enabled') !== '' };
        const saved = await ask(api.PUT('/v1/webhook-endpoints/{id}', { params: { path: { id } }, body }));
        return saved.status === 'enabled' ? `${id} is saved.` : `${id} is told nothing until it is switched on.`;
      }}
      changes={changes}
    >
      {(faultAt) => (
        <>
          <SettingsFields faultAt={faultAt} types={types} given={endpoint} />
          <Checkbox
            name="enabled"
            label="Switched on"
            description={status === 'disabled' && waiting > 0 ? `It gets the ${waiting} events that have waited.` : undefined}
            defaultChecked={status === 'enabled'}
          />
        </>
      )}
    </CommandButton>
  );
}

function TestEndpoint({ endpoint: { id } }: { endpoint: Endpoint }) {
  return (
    <CommandButton
      label="Test"
      title={`Test ${id}`}
      submit="Send a test event"
      send={async (_form, key) => {
        const { eventId } = await ask(api.POST('/v1/webhook-endpoints/{id}/test', { params: keyed(id, key) }));
        return `${eventId} is on its way; its attempts stand in the list.`;
      }}
      changes={changes}
    >
      <Text>An endpoint.test that says nothing but that it is one, signed like every other event.</Text>
    </CommandButton>
  );
}

function SendAgain({ endpoint: { id } }: { endpoint: Endpoint }) {
  return (
    <CommandButton
      label="Send again"
      title={`Send ${id} again what happened`}
      submit="Send it again"
      send={async (form, key) => {
        const { replayed } = await ask(
          api.POST('/v1/webhook-endpoints/{id}/replay', {
            params: keyed(id, key),
            body: {
              from: `${form('from')}T00:00:00Z`,
              until: `${form('until')}T00:00:00Z`,
              onlyGivenUp: form('all') === '',
            },
          }),
        );
        return `${replayed} events are on their way.`;
      }}
      changes={changes}
    >
      {(faultAt) => (
        <>
          <Text>Each goes out under the id that it had, so that a receiver who keeps ids does nothing twice.</Text>
          <DayField name="from" label="From" required error={faultAt('/from')} />
          <DayField name="until" label="Until, without that day" required error={faultAt('/until')} />
          <Checkbox name="all" label="Also what it has taken already" />
        </>
      )}
    </CommandButton>
  );
}

function NewSecret({ endpoint: { id }, tell }: { endpoint: Endpoint; tell: (secret: Secret) => void }) {
  return (
    <CommandButton
      label="New secret"
      title={`New secret for ${id}`}
      submit="Make another secret and show it"
      send={async () => {
        const { secret } = await ask(api.POST('/v1/webhook-endpoints/{id}/secret', { params: { path: { id } } }));
        tell({ title: `Secret of ${id}`, value: secret });
        return `${id} is signed with another secret, and for a day with both.`;
      }}
      changes={changes}
    >
      <Text>For a day each event carries two signatures, one with each secret. Let the receiver change over in that time.</Text>
    </CommandButton>
  );
}

function RemoveEndpoint({ endpoint: { id, url } }: { endpoint: Endpoint }) {
  return (
    <CommandButton
      label="Remove"
      title={`Remove ${id}`}
      submit={`Remove ${id} for good`}
      danger
      send={async (_form, key) => {
        await ask(api.POST('/v1/webhook-endpoints/{id}/remove', { params: keyed(id, key) }));
        return `${id} is told nothing any more.`;
      }}
      changes={changes}
    >
      <Text>{url} is told nothing any more, and what still waits for it is given up. To pause it, switch it off instead.</Text>
    </CommandButton>
  );
}
