import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import type { paths } from '../../contract.ts';
import { choicesOf } from '../../form/choices.ts';
import { useSession } from '../../session/session.tsx';
import { Panel } from '../../show/panel.tsx';
import { FilterField } from '../../table/filter-field.tsx';

type Kind = NonNullable<paths['/v1/exports/documents.zip']['get']['parameters']['query']['kind']>;

const kinds = choicesOf<Kind>({
  invoices: true,
  'credit-notes': true,
  statements: true,
  'order-documents': 'Originals of orders',
  labels: true,
});

/** The documents of a period as one archive, for the auditor and the tax adviser. */
export function DocumentExport() {
  const { me } = useSession();
  const [from, setFrom] = useState<string>();
  const [to, setTo] = useState<string>();
  const [kind, setKind] = useState('');
  if (!me.roles.some((role) => role === 'finance' || role === 'admin')) return null;
  const href =
    from && to ? `/v1/exports/documents.zip?${new URLSearchParams({ from, to, ...(kind !== '' && { kind }) })}` : undefined;
  return (
    <Panel title="Documents of a period">
      <Text c="dimmed" mb="xs">
        One archive with PDF and XML, and a list of what is in it.
      </Text>
      <Group gap="xs">
        <FilterField label="From" type="date" value={from} onChange={setFrom} />
        <FilterField label="To" type="date" value={to} onChange={setTo} />
        <NativeSelect
          size="xs"
          aria-label="Kind"
          data={[{ value: '', label: 'All documents' }, ...kinds]}
          value={kind}
          onChange={(event) => setKind(event.target.value)}
        />
        {href ? (
          <Button component="a" href={href} download variant="default" size="compact-sm">
            Export documents
          </Button>
        ) : (
          <Button disabled size="compact-sm">
            Export documents
          </Button>
        )}
      </Group>
    </Panel>
  );
}
