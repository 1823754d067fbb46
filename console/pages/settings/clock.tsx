import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { FastForward } from '../../parts/fast-forward.tsx';
import { Panel } from '../../show/panel.tsx';

const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });

export function Clock() {
  const clock = useQuery({ queryKey: ['clock'], queryFn: () => ask(api.GET('/v1/local/clock')) });
  const days = clock.data && Math.round(clock.data.offsetMs / 86_400_000);
  return (
    <Panel title="Company clock" actions={<FastForward changes={[]} />}>
      <Group gap="xs">
        <Text>
          {clock.data && full.format(new Date(clock.data.at))}
          {days !== undefined && days !== 0 && (
            <span className="faint">
              {' '}
              · {Math.abs(days)} days {days > 0 ? 'ahead of' : 'behind'} the clock on the wall
            </span>
          )}
        </Text>
      </Group>
      <Text c="dimmed" mt="xs">
        This is a local stack: its clock moves forward, and every open order, reminder and letter with it, as if the days had
        passed.
      </Text>
    </Panel>
  );
}
