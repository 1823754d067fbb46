import { Button, type ButtonProps, Modal, Stack } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useCommand } from '../api/use-command.ts';
import { entriesOf, type Fields, fieldsOf } from './entries.ts';
import { type FaultAt, faultsAt } from './faults.ts';
import { Refused } from './refused.tsx';

export interface CommandButtonProps extends Pick<ButtonProps, 'variant' | 'leftSection' | 'size'> {
  /** Names what it does; an address in the words of a button is no answer to "what happens now?". */
  label: string;
  /** Heads the dialog; absent: the label. */
  title?: string;
  /** The button of the dialog, where it can name more of the consequence than the one that opens it; absent: the label. */
  submit?: string;
  /** Sends it and says what came of it. */
  send(form: Fields, key: string): Promise<string>;
  /** What is to be read anew. */
  changes: readonly QueryKey[];
  /** What is said and asked for before it is sent; absent: one press does it. */
  children?: ReactNode | ((faultAt: FaultAt) => ReactNode);
  /** Something is lost or given up by it. */
  danger?: boolean;
  /** The dialog has room for a table or for fields beside each other. */
  wide?: boolean;
  done?: () => void;
}

/**
 * The one button that sends a command: at once, or from a dialog with what has to be said first. A refusal stays in the
 * dialog, all of it above the button and each fault at its field; without a dialog it is a notice.
 */
export function CommandButton(props: CommandButtonProps) {
  const { label, title = label, submit = label, send, changes, children, danger, wide, done, ...look } = props;
  const [opened, setOpened] = useState(false);
  const asks = children !== undefined;
  const command = useCommand({
    // Sent as pairs, so that the same entries are the same request.
    send: (entries: [string, string][], key) => send(fieldsOf(entries), key),
    said: (text) => text,
    changes,
    shownInForm: asks,
  });
  const mutate = (entries: [string, string][]) =>
    command.mutate(entries, {
      onSuccess() {
        setOpened(false);
        done?.();
      },
    });
  const begin = () => {
    if (!asks) return mutate([]);
    command.reset();
    setOpened(true);
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // A dialog inside of another one's form is no part of that.
    event.stopPropagation();
    mutate(entriesOf(event.currentTarget));
  };
  // The lighter red does not carry white letters (WCAG 1.4.3).
  const color = danger ? 'red.9' : 'indigo';
  return (
    <>
      <Button size="compact-sm" variant="default" color={color} {...look} loading={!opened && command.isPending} onClick={begin}>
        {label}
      </Button>
      {asks && (
        <Modal
          opened={opened}
          onClose={() => setOpened(false)}
          title={title}
          size={wide ? 'xl' : 'md'}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <form onSubmit={onSubmit}>
            <Stack gap="sm">
              {typeof children === 'function' ? children(faultsAt(command.error)) : children}
              <Refused error={command.error} />
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
