import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { api, ask } from '../../api/client.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Status } from '../../show/status.tsx';
import { Closed } from './closed.tsx';
import { useDraft } from './draft.ts';
import { Packing } from './packing.tsx';
import { Picking } from './picking.tsx';

/** One shipment on the whole screen of a tablet: pick, pack, label. */
export default function PickPage() {
  const id = useParams({ strict: false }).id ?? '';
  const path = { params: { path: { id } } };
  const work = useQuery({
    queryKey: ['shipments', id, 'work-order'],
    queryFn: () => ask(api.GET('/v1/shipments/{id}/work-order', path)),
  });
  const standing = useQuery({
    queryKey: ['shipments', id, 'standing'],
    queryFn: () => ask(api.GET('/v1/shipments/{id}/standing', path)),
  });
  const kept = useDraft(id);
  if (!work.data) return <Unanswered query={work} height={320} />;
  if (!standing.data) return <Unanswered query={standing} height={320} />;
  const { data } = work;
  const { actions } = standing.data;
  const { pickup, shipTo } = data;
  return (
    <div className="full-screen">
      <Stack gap="md" maw={960} mx="auto">
        <Group justify="space-between" align="flex-start">
          <div>
            <Button
              component={Link}
              to="/picking"
              variant="subtle"
              size="compact-md"
              ml={-10}
              leftSection={<ArrowLeft size={16} aria-hidden />}
            >
              All work
            </Button>
            <Group gap="sm">
              <Title order={1} className="digits">
                {data.id}
              </Title>
              <Status of={data.status} />
            </Group>
            <Text>
              {data.customerName} · {shipTo.city}, {shipTo.country}
              {pickup && (
                <>
                  {' '}
                  · {pickup.carrier} <Day on={pickup.on} />, cut-off <Moment at={pickup.cutOffAt} />
                </>
              )}
            </Text>
          </div>
          <Button component="a" href={`/v1/shipments/${encodeURIComponent(id)}/work-order.pdf`} variant="default" size="md">
            Print work order
          </Button>
        </Group>
        {actions.includes('pick') ? (
          <Picking work={data} kept={kept} />
        ) : actions.includes('pack') ? (
          <Packing work={data} kept={kept} />
        ) : (
          <Closed work={data} kept={kept} />
        )}
      </Stack>
    </div>
  );
}
