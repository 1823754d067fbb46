import { Button, Modal, Stack, Text } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Problem } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { entriesOf, type Fields, fieldsOf } from './entries.ts';
import { faultsAt } from './faults.ts';

interface CommandFormProps {
  send: (form: Fields, key: string) => Promise<string>;
  changes: readonly QueryKey[];
  /** Names the consequence: 'Freeze credit of NORDWIND'. */
  submit: string;
  danger?: boolean;
  /** What is wrong at a field, by its path in what was sent. */
  children: (faultAt: ReturnType<typeof faultsAt>) => ReactNode;
  done?: () => void;
}

/** A form that is sent as one command: its faults stand at their fields, and what went well is said. */
export function CommandForm({ send, changes, submit, danger, children, done }: CommandFormProps) {
  const command = useCommand({
    // As pairs, so that the same entries are the same request.
    send: (entries: [string, string][], key) => send(fieldsOf(entries), key),
    said: (text) => text,
    changes,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    command.mutate(entriesOf(event.currentTarget), { onSuccess: () => done?.() });
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        {children(faultsAt(command.error))}
        {command.error instanceof Problem && command.error.faults.length === 0 && (
          <Text size="sm" className="late">
            {command.error.message}
          </Text>
        )}
        <Button type="submit" loading={command.isPending} color={danger ? 'red.9' : 'indigo'} style={{ alignSelf: 'flex-start' }}>
          {submit}
        </Button>
      </Stack>
    </form>
  );
}

/** A button that asks for what its command needs before it is sent. */
export function CommandButton({
  label,
  title = label,
  filled,
  ...form
}: CommandFormProps & { label: string; title?: string; filled?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-sm" variant={filled ? 'filled' : 'default'} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
        <CommandForm {...form} done={() => setOpen(false)} />
      </Modal>
    </>
  );
}
