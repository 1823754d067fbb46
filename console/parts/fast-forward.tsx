import { Button, Menu } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { FastForward as Icon } from 'lucide-react';
import { api, ask } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';

const leaps = [
  { days: 1, label: 'One day' },
  { days: 14, label: 'Two weeks' },
  { days: 31, label: 'A month' },
];

/** On a local stack: moves the company clock, and every open order with it. */
export function FastForward({ changes }: { changes: readonly QueryKey[] }) {
  const advance = useCommand({
    send: (days: number) => ask(api.POST('/v1/local/clock/advance', { body: { days } })),
    said: ({ workflows }) => `The clock was moved, and ${workflows} open workflows with it.`,
    changes: [...changes, ['clock']],
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="compact-sm" loading={advance.isPending} leftSection={<Icon size={14} aria-hidden />}>
          Fast-forward
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Moves the company clock: for every open order</Menu.Label>
        {leaps.map(({ days, label }) => (
          <Menu.Item key={days} onClick={() => advance.mutate(days)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
