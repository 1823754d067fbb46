import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { usePages } from '../../api/use-pages.ts';
import { NoAnswer, Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Panel } from '../../show/panel.tsx';
import { plainly } from '../../show/plainly.ts';
import { Rows, right } from '../../show/rows.tsx';
import { Status } from '../../show/status.tsx';
import { More } from '../../table/more.tsx';

type Broken = Schema<'BrokenInvariants'>;

export default function IntegrityPage() {
  const now = useQuery({ queryKey: ['integrity'], queryFn: () => ask(api.GET('/v1/integrity')), staleTime: 60_000 });
  const run = useCommand({
    send: (_: undefined, key) =>
      ask(api.POST('/v1/jobs/{name}/run', { params: { path: { name: 'integrity' }, header: { 'Idempotency-Key': key } } })),
    said: () => 'Every check was made, and what was found is kept.',
    changes: [['integrity'], ['integrity-runs']],
  });
  const { data } = now;
  return (
    <Stack gap="md">
      <Group justify="space-between" wrap="wrap">
        <Title order={1}>Integrity</Title>
        <Button size="compact-sm" loading={run.isPending} onClick={() => run.mutate(undefined)}>
          Check and keep the result
        </Button>
      </Group>
      {now.isError && !data ? (
        <NoAnswer error={now.error} again={() => void now.refetch()} />
      ) : !data ? (
        <Skeleton height={320} role="status" aria-label="The books are being checked" />
      ) : (
        <>
          <Text>
            <Status of={data.holds ? 'holds' : 'does-not-hold'} />{' '}
            {data.holds
              ? `All ${data.checked.length} checks agree with the books.`
              : `${data.broken.length} of ${data.checked.length} checks do not agree with the books.`}{' '}
            <span className="faint">
              Checked <Moment at={data.at} />
            </span>
          </Text>
          {data.broken.map((one) => (
            <BrokenCheck key={one.id} of={one} />
          ))}
          <Panel title="What is checked">
            <Rows headings={['Check', 'Result']}>
              {data.checked.map(({ id, sentence }) => (
                <tr key={id}>
                  <td>{sentence}</td>
                  <td>
                    <Status of={data.broken.some((one) => one.id === id) ? 'does-not-hold' : 'holds'} />
                  </td>
                </tr>
              ))}
            </Rows>
          </Panel>
        </>
      )}
      <Runs />
    </Stack>
  );
}

/** The rows that break it are the database's own, so that whoever mends them finds them under these names. */
function BrokenCheck({ of: { sentence, count, rows } }: { of: Broken[number] }) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <Panel title={sentence}>
      <Text c="dimmed" mb="xs">
        {count === 1
          ? 'One row breaks it.'
          : `${count} rows break it${rows.length < count ? `; the first ${rows.length}:` : ':'}`}
      </Text>
      <Rows headings={names}>
        {rows.map((row) => (
          <tr key={JSON.stringify(row)}>
            {names.map((name) => (
              <td key={name} className="digits">
                {plainly(row[name])}
              </td>
            ))}
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Runs() {
  const { query, items } = usePages(['integrity-runs'], (after) =>
    ask(api.GET('/v1/integrity/runs', { params: { query: { limit: 30, ...after } } })),
  );
  if (!query.data) return <Unanswered query={query} height={90} title="Runs that were kept" />;
  return (
    <Panel title="Runs that were kept">
      {items.length === 0 ? (
        <Text c="dimmed">None yet: the checks run every night at three, and what they find stands here.</Text>
      ) : (
        <Rows label="Runs that were kept" headings={['Run', 'When', right('Checks'), 'Result']}>
          {items.map(({ id, at, checkedCount, brokenCount, broken }) => (
            <tr key={id}>
              <td>
                <Identifier id={id} />
              </td>
              <td>
                <Moment at={at} />
              </td>
              <td data-align="right">{checkedCount}</td>
              <td>
                <Status of={brokenCount === 0 ? 'holds' : 'does-not-hold'} />
                {broken.map(({ id: check, sentence, count }) => (
                  <div key={check} className="faint">
                    {sentence} ({count})
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </Rows>
      )}
      <More of={query}>Older runs</More>
    </Panel>
  );
}
