import { Group } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { CommandButton, type CommandButtonProps } from './command-button.tsx';
import { NoteField } from './fields.tsx';

interface DecisionProps {
  /** What was proposed, as the API tells of it; `actions` are those of whoever looks at it. */
  of: { id: string; status: string; actions: readonly string[] };
  changes: readonly QueryKey[];
  approve: Pick<CommandButtonProps, 'submit' | 'send' | 'danger' | 'children'>;
  /** Its reason is in `form('reason')`. */
  refuse: Pick<CommandButtonProps, 'submit' | 'send'>;
}

/** What a second person decides about what another one has proposed. */
export function Decision({ of: { id, status, actions }, changes, approve, refuse }: DecisionProps) {
  const waits = status === 'proposed' || status === 'requested';
  return (
    <Group gap={6} justify="flex-end">
      {waits && !actions.includes('approve') && <span className="faint">Another person approves it</span>}
      {actions.includes('approve') && (
        <CommandButton label="Approve" title={`Approve ${id}`} variant="filled" changes={changes} {...approve} />
      )}
      {actions.includes('refuse') && (
        <CommandButton label="Refuse" title={`Refuse ${id}`} changes={changes} {...refuse}>
          {(faultAt) => <NoteField error={faultAt('/reason')} />}
        </CommandButton>
      )}
    </Group>
  );
}
