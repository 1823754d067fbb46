import { Button, Grid, Group, JsonInput, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ask, Problem } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { Decision } from '../../form/decision.tsx';
import type { Fields } from '../../form/entries.ts';
import { NoteField } from '../../form/fields.tsx';
import type { Role } from '../../page.ts';
import { useSession } from '../../session/session.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Faults } from '../../shell/toasts.tsx';
import { Moment } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { Rows } from '../../show/rows.tsx';
import { inWords } from '../../show/status.tsx';
import { FilterField } from '../../table/filter-field.tsx';
import { useFilters } from '../../table/filters.ts';
import { type Difference, differences } from './differences.ts';
import { Segments } from './segments.tsx';
import { type Candidate, WhatIf, whatIfRoles } from './what-if.tsx';

const readPolicies = () => ask(api.GET('/v1/policies'));
type Version = Awaited<ReturnType<typeof readPolicies>>['items'][number];

const titles: Record<string, string> = { 'bad-debt': 'Bad debt', dunning: 'Dunning (the company’s own)' };
const titleOf = (name: string) =>
  titles[name] ?? (name.startsWith('dunning:') ? `Dunning ${name.slice('dunning:'.length)}` : inWords(name));

/** Every written policy, its versions, what changed from one to another, who saved it and why (X6). */
export default function PoliciesPage() {
  const policies = useQuery({ queryKey: ['policies'], queryFn: readPolicies });
  const [search, setSearch] = useFilters();
  if (!policies.isSuccess) return <Unanswered query={policies} height={320} />;
  const names = [...new Set(policies.data.items.map(({ name }) => name))];
  const name = search.policy ?? names[0] ?? '';
  const versions = policies.data.items.filter((version) => version.name === name);
  return (
    <Stack gap="md">
      <Title order={1}>Policies</Title>
      {names.length === 0 ? (
        <Text>There is no policy yet: the first ones come into force when the company is set up.</Text>
      ) : (
        <>
          <Select
            label="Policy"
            data={names.map((value) => ({ value, label: titleOf(value) }))}
            value={name}
            onChange={(value) => setSearch({ policy: value ?? undefined, from: undefined, to: undefined })}
            allowDeselect={false}
            maw={320}
          />
          <Proposals of={policies.data.proposals.filter((proposal) => proposal.name === name)} versions={versions} />
          {name.startsWith('dunning') && <Segments policies={names} />}
          {versions[0] ? (
            <Policy key={name} versions={versions} inForce={versions[0]} />
          ) : (
            <Text>There is no policy {name}.</Text>
          )}
        </>
      )}
    </Stack>
  );
}

/** Versions that are looser about four eyes wait for a second person. */
function Proposals({
  of,
  versions,
}: {
  of: Awaited<ReturnType<typeof readPolicies>>['proposals'];
  versions: readonly Version[];
}) {
  return of.map((proposal) => {
    const { id, name, basedOn, body, loosens, reason, proposedBy, proposedAt } = proposal;
    const from = versions.find(({ version }) => version === basedOn);
    const decided = (form: Fields, key: string) => ({
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { reason: form('reason') },
    });
    return (
      <Panel
        key={id}
        title={`Proposed: ${id}`}
        actions={
          <Decision
            of={proposal}
            changes={[['policies'], ['tasks']]}
            approve={{
              submit: `Bring version ${basedOn + 1} into force`,
              send: async (form, key) => {
                await ask(api.POST('/v1/policies/proposals/{id}/approve', decided(form, key)));
                return `The ${name} policy is version ${basedOn + 1} now.`;
              },
              children: (faultAt) => <NoteField error={faultAt('/reason')} />,
            }}
            refuse={{
              submit: 'Leave the policy as it is',
              send: async (form, key) => {
                await ask(api.POST('/v1/policies/proposals/{id}/reject', decided(form, key)));
                return `${id} was turned down.`;
              },
            }}
          />
        }
      >
        <Stack gap="sm">
          <Text>
            {proposedBy} proposed it <Moment at={proposedAt} />
            {reason && `: ${reason}`}. It lets one person do more alone ({loosens.join(', ')}), so a second one decides.
          </Text>
          {from && (
            <Differences
              of={differences(settingsOf(from), settingsOf({ body }))}
              before={`Version ${basedOn}`}
              after="Proposed"
            />
          )}
        </Stack>
      </Panel>
    );
  });
}

function Policy({ versions, inForce }: { versions: readonly Version[]; inForce: Version }) {
  const [search, setSearch] = useFilters();
  const [candidate, setCandidate] = useState<Candidate>();
  const numbered = (wanted: string | undefined, otherwise: Version) =>
    versions.find(({ version }) => String(version) === wanted) ?? otherwise;
  const to = numbered(search.to, inForce);
  const from = numbered(search.from, versions.find(({ version }) => version < to.version) ?? to);
  const changed = differences(settingsOf(from), settingsOf(to));
  const choices = versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` }));
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Stack gap="md">
          <Panel title="Versions">
            <Rows headings={['Version', 'Saved', 'By', 'Why']}>
              {versions.map(({ version, at, actor, reason, approvedBy }) => (
                <tr key={version}>
                  <td className="nowrap">
                    {version} {version === inForce.version && <span className="faint">in force</span>}
                  </td>
                  <td className="nowrap">
                    <Moment at={at} />
                  </td>
                  <td>
                    {actor}
                    {approvedBy && <div className="faint">approved by {approvedBy}</div>}
                  </td>
                  <td>{reason ?? <span className="faint">not said</span>}</td>
                </tr>
              ))}
            </Rows>
          </Panel>
          <Panel
            title="Differences"
            actions={
              <Group gap={6}>
                <Select
                  aria-label="From version"
                  size="xs"
                  w={110}
                  data={choices}
                  value={String(from.version)}
                  onChange={(value) => setSearch({ from: value ?? undefined })}
                  allowDeselect={false}
                />
                <span className="faint">to</span>
                <Select
                  aria-label="To version"
                  size="xs"
                  w={110}
                  data={choices}
                  value={String(to.version)}
                  onChange={(value) => setSearch({ to: value ?? undefined })}
                  allowDeselect={false}
                />
              </Group>
            }
          >
            {changed.length === 0 ? (
              <span className="faint">
                {versions.length === 1
                  ? 'There is one version so far. What the next one changes stands here.'
                  : 'These versions say the same.'}
              </span>
            ) : (
              <Differences of={changed} before={`Version ${from.version}`} after={`Version ${to.version}`} />
            )}
          </Panel>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <NextVersion key={inForce.version} inForce={inForce} onWhatIf={setCandidate} />
      </Grid.Col>
      {candidate && (
        <Grid.Col span={12}>
          <WhatIf name={inForce.name} candidate={candidate} />
        </Grid.Col>
      )}
    </Grid>
  );
}

interface DifferencesProps {
  of: readonly Difference[];
  /** What the two are called. */
  before: string;
  after: string;
}

const Differences = ({ of, before, after }: DifferencesProps) => (
  <Rows headings={['Where', before, after]}>
    {of.map((one) => (
      <tr key={one.path}>
        <td>
          <code>{one.path}</code>
        </td>
        <td className="gone">{one.before}</td>
        <td className="come">{one.after}</td>
      </tr>
    ))}
  </Rows>
);

/** The policy itself, without what numbers it. */
function settingsOf({ body }: Pick<Version, 'body'>): object {
  const { name: _, version: __, ...settings } = body;
  return settings;
}

/** Those whom the contract lets save: targets of carriers are for shipping. */
const savers = (name: string): readonly Role[] => (name === 'carrier-targets' ? ['shipping', 'admin'] : ['finance', 'admin']);

function NextVersion({ inForce, onWhatIf }: { inForce: Version; onWhatIf: (candidate: Candidate) => void }) {
  const { me } = useSession();
  const { name, version } = inForce;
  const [text, setText] = useState(() => JSON.stringify(settingsOf(inForce), null, 2));
  const [reason, setReason] = useState('');
  const [unreadable, setUnreadable] = useState<string>();
  const may = (allowed: readonly Role[]) => allowed.some((role) => me.roles.includes(role));
  const maySave = may(savers(name));
  const mayAsk = may(whatIfRoles(name));
  const [{ since, until }, setSearch] = useFilters();
  const save = useCommand({
    send: (policy: { body: unknown; reason: string }, key) => {
      // Every policy has an address and a shape of its own; which shape this one has, the API checks.
      const address = `/v1/policies/${name.replace('dunning:', 'dunning/')}` as '/v1/policies/credit';
      const params = { query: { reason: policy.reason }, header: { 'Idempotency-Key': key } };
      return ask(api.POST(address, { params, body: policy.body as never }));
    },
    said: (saved) =>
      'version' in saved
        ? `The ${saved.name} policy is version ${saved.version} now.`
        : `It is looser about four eyes: ${saved.proposalId} waits for a second person.`,
    changes: [['policies'], ['tasks']],
  });
  const withPolicy = (work: (policy: unknown) => void) => {
    try {
      const policy: unknown = JSON.parse(text);
      setUnreadable(undefined);
      work(policy);
    } catch (error) {
      setUnreadable(`This is no JSON: ${(error as Error).message}`);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    withPolicy((body) => save.mutate({ body, reason }));
  };
  return (
    <Panel title={maySave ? `Version ${version + 1}` : `Version ${version}, in force`}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <JsonInput
            label="The policy as JSON"
            description={maySave ? 'It begins as the version in force. Versions that were saved stay as they are.' : undefined}
            value={text}
            onChange={setText}
            readOnly={!maySave && !mayAsk}
            autosize
            minRows={8}
            maxRows={28}
            spellCheck={false}
            error={unreadable}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }}
          />
          {save.error instanceof Problem && (
            <div className="panel refused">
              <Faults problem={save.error} />
            </div>
          )}
          {mayAsk && (
            <Group gap="xs">
              <FilterField label="From" type="date" value={since} onChange={(day) => setSearch({ since: day })} />
              <FilterField label="To" type="date" value={until} onChange={(day) => setSearch({ until: day })} />
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => withPolicy((policy) => onWhatIf({ policy, from: since, to: until }))}
              >
                What would it have decided?
              </Button>
            </Group>
          )}
          {maySave && (
            <>
              <Textarea
                label="Why"
                description="For whoever asks later why it was changed."
                required
                maxLength={1_000}
                autosize
                minRows={2}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Button type="submit" loading={save.isPending} style={{ alignSelf: 'flex-start' }}>
                Bring version {version + 1} into force
              </Button>
            </>
          )}
        </Stack>
      </form>
    </Panel>
  );
}
