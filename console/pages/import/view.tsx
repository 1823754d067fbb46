import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import { ImportOutcome } from '../../parts/import-outcome.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { inWords } from '../../show/status.tsx';

export default function ImportPage() {
  const id = useParams({ strict: false }).id ?? '';
  const found = useQuery({
    queryKey: ['imports', id],
    queryFn: () => ask(api.GET('/v1/imports/{id}', { params: { path: { id } } })),
  });
  if (!found.data) return <Unanswered query={found} height={240} />;
  const { kind, actor, at } = found.data;
  return (
    <Stack gap="md" maw={900}>
      <PageHead
        title={<Identifier id={id} />}
        about={
          <>
            {inWords(kind)} · by {actor} <Moment at={at} /> · <Link to="/imports">all imports</Link>
          </>
        }
      >
        <Button component="a" href={`/v1/imports/${encodeURIComponent(id)}/file`} variant="default" size="compact-sm">
          The file as it was sent
        </Button>
      </PageHead>
      <Panel title="Outcome">
        <ImportOutcome result={found.data} dry={false} />
      </Panel>
    </Stack>
  );
}
