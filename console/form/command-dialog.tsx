import { Button, Modal, Stack } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Problem } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { Faults } from '../shell/toasts.tsx';
import { entriesOf, type Fields, fieldsOf } from './entries.ts';

/** What is wrong with a field, by its path in what was sent: '/untilOn'. */
export type ErrorOf = (path: string) => string | undefined;

interface CommandDialogProps {
  label: string;
  /** Of its dialog; absent: the label. */
  title?: string;
  /** Names the consequence; absent: the label. */
  submit?: string;
  /** Sends it, and tells what came of it. */
  send: (form: Fields, key: string) => Promise<string>;
  changes: readonly QueryKey[];
  /** The fields; without them the button does it at once. */
  children?: ReactNode | ((errorOf: ErrorOf) => ReactNode);
  variant?: 'filled' | 'default';
  color?: string;
  wide?: boolean;
  onDone?: () => void;
}

/** A button that changes something, with a dialog for what has to be said first. A refusal stays there, each fault at its field. */
export function CommandDialog({ label, title, submit, send, changes, children, ...rest }: CommandDialogProps) {
  const { variant = 'default', color = 'indigo', wide, onDone } = rest;
  const [open, setOpen] = useState(false);
  const command = useCommand({
    // The form is sent as pairs, so that the same entries are the same request.
    send: (entries: [string, string][], key) => send(fieldsOf(entries), key),
    said: (text) => text,
    changes,
    shownInForm: children !== undefined,
  });
  const finish = () => {
    setOpen(false);
    onDone?.();
  };
  const begin = () => {
    command.reset();
    if (children === undefined) command.mutate([], { onSuccess: finish });
    else setOpen(true);
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // A dialog inside of another one's form is no part of that.
    event.stopPropagation();
    command.mutate(entriesOf(event.currentTarget), { onSuccess: finish });
  };
  const problem = command.error instanceof Problem ? command.error : undefined;
  const errorOf: ErrorOf = (path) =>
    problem?.faults
      .filter((fault) => fault.path === path || fault.path.startsWith(`${path}/`))
      .map(({ detail }) => detail)
      .join(' ') || undefined;
  return (
    <>
      <Button
        size="compact-sm"
        variant={variant}
        {...(variant === 'filled' && { color })}
        loading={command.isPending && !open}
        onClick={begin}
      >
        {label}
      </Button>
      {children !== undefined && (
        <Modal
          opened={open}
          onClose={() => setOpen(false)}
          title={title ?? label}
          size={wide ? 'lg' : 'md'}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <form onSubmit={onSubmit}>
            <Stack gap="sm">
              {typeof children === 'function' ? children(errorOf) : children}
              {command.isError && (
                <div role="alert" className="panel refused">
                  {problem ? <Faults problem={problem} /> : String(command.error)}
                </div>
              )}
              <Button type="submit" color={color} loading={command.isPending}>
                {submit ?? label}
              </Button>
            </Stack>
          </form>
        </Modal>
      )}
    </>
  );
}
