import { Button, type ButtonProps, Modal, Stack, Text } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useCommand } from '../api/use-command.ts';
import { entriesOf, type Fields, fieldsOf } from './entries.ts';
import { faultsAt } from './faults.ts';

interface CommandButtonProps extends Pick<ButtonProps, 'variant' | 'leftSection' | 'size'> {
  /** Names what it does; an address in the words of a button is no answer to "what happens now?". */
  label: string;
  /** Heads the dialog; absent: the label. */
  title?: string;
  /** The button of the dialog, where it can name more than the one that opens it. */
  submit?: string;
  explain?: ReactNode;
  /** What is asked for; absent: one press does it. `faults` says what a refusal says about a field, by its path. */
  fields?: (faults: (path: string) => string | undefined) => ReactNode;
  /** Sends it and says what came of it. */
  send(form: Fields, key: string): Promise<string>;
  changes: readonly QueryKey[];
  danger?: true;
  wide?: true;
  done?: () => void;
}

/** A button that sends one command: at once, or from a dialog with what the command has to be told. */
export function CommandButton(props: CommandButtonProps) {
  const { label, title = label, submit = label, explain, fields, send, changes, danger, wide, done, ...look } = props;
  const [opened, setOpened] = useState(false);
  const command = useCommand({
    // Sent as pairs, so that the same entries are the same request.
    send: (entries: [string, string][], key) => send(fieldsOf(entries), key),
    said: (text) => text,
    changes,
  });
  const close = () => {
    setOpened(false);
    command.reset();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    command.mutate(entriesOf(event.currentTarget), {
      onSuccess() {
        close();
        done?.();
      },
    });
  };
  // The lighter red does not carry white letters (WCAG 1.4.3).
  const color = danger ? 'red.9' : 'indigo';
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        {...look}
        loading={!opened && command.isPending}
        onClick={() => (fields ? setOpened(true) : command.mutate([], { onSuccess: () => done?.() }))}
      >
        {label}
      </Button>
      {fields && (
        <Modal
          opened={opened}
          onClose={close}
          title={title}
          size={wide ? 'xl' : 'md'}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <form onSubmit={onSubmit}>
            <Stack gap="sm">
              {explain && <Text>{explain}</Text>}
              {fields(faultsAt(command.error))}
              <Button type="submit" loading={command.isPending} color={color}>
                {submit}
              </Button>
            </Stack>
          </form>
        </Modal>
      )}
    </>
  );
}
