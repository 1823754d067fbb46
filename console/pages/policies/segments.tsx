import { NativeSelect, Text, TextInput } from '@mantine/core';
import { api, ask } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { CommandButton } from '../../form/command-button.tsx';
import type { Role } from '../../page.ts';
import { useMay, useSession } from '../../session/session.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Moment } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { More } from '../../table/more.tsx';

/** Those whom the contract lets read segments. */
const readers: readonly Role[] = ['sales', 'credit', 'receivables', 'finance', 'admin'];

/** By which dunning policy the customers of a segment are collected; a customer’s own, and an invoice’s, go before it (P4). */
export function Segments({ policies }: { policies: readonly string[] }) {
  const { me } = useSession();
  const maySave = useMay('PUT /v1/segments/{segment}/dunning-policy');
  const mayRead = me.roles.some((role) => readers.includes(role));
  const { query, items } = usePages(
    ['segments'],
    (after) => ask(api.GET('/v1/segments', { params: { query: { limit: 100, ...after } } })),
    { enabled: mayRead },
  );
  if (!mayRead) return null;
  if (!query.isSuccess) return <Unanswered query={query} height={120} />;
  const codes = policies.flatMap((name) => (name.startsWith('dunning:') ? [name.slice('dunning:'.length)] : []));
  return (
    <Panel title="Segments" actions={maySave && <Assign codes={codes} />}>
      <Text mb="xs" c="dimmed">
        Of an invoice its own policy counts, then its customer’s, then its segment’s, then the company’s. It is fixed when the
        invoice is issued.
      </Text>
      <Records
        rows={items}
        keyOf={({ segment }) => segment}
        empty="No segment has a policy of its own: all are collected by the company’s."
        columns={[
          { header: 'Segment', cell: ({ segment }) => segment },
          { header: 'Dunning policy', cell: ({ dunningPolicy }) => dunningPolicy ?? 'the company’s own' },
          {
            header: 'Since',
            cell: ({ actor, at }) => (
              <>
                {actor}, <Moment at={at} />
              </>
            ),
          },
          {
            header: 'What to do',
            align: 'right',
            cell: ({ segment, dunningPolicy }) =>
              maySave && <Assign codes={codes} segment={segment} {...(dunningPolicy !== null && { policy: dunningPolicy })} />,
          },
        ]}
      />
      <More of={query}>More segments</More>
    </Panel>
  );
}

function Assign({ codes, segment, policy }: { codes: readonly string[]; segment?: string; policy?: string }) {
  return (
    <CommandButton
      label={segment ? 'Change' : 'Assign to a segment'}
      title={segment ? `How ${segment} is collected` : 'Assign a dunning policy to a segment'}
      submit="Collect invoices from now on so"
      changes={[['segments']]}
      send={async (form) => {
        const assigned = await ask(
          api.PUT('/v1/segments/{segment}/dunning-policy', {
            params: { path: { segment: segment ?? form('segment').toUpperCase() } },
            body: { dunningPolicy: form('dunningPolicy') === '' ? null : form('dunningPolicy') },
          }),
        );
        return `Invoices of ${assigned.segment} are collected by ${assigned.dunningPolicy ?? 'the company’s own policy'} from now on.`;
      }}
    >
      {(faultAt) => (
        <>
          {!segment && <TextInput name="segment" label="Segment" required maxLength={40} error={faultAt('/path/segment')} />}
          <PolicyChoice codes={codes} policy={policy} error={faultAt('/dunningPolicy')} />
        </>
      )}
    </CommandButton>
  );
}

function PolicyChoice({
  codes,
  policy = '',
  error,
}: {
  codes: readonly string[];
  policy?: string | undefined;
  error: string | undefined;
}) {
  return (
    <NativeSelect
      name="dunningPolicy"
      label="Dunning policy"
      description={codes.length === 0 ? 'The company has no named policy yet.' : undefined}
      data={[{ value: '', label: 'The company’s own' }, ...codes]}
      defaultValue={policy}
      error={error}
    />
  );
}
