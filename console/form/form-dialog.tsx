import { Alert, Button, type MantineColor, Modal, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Problem } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { Faults } from '../shell/toasts.tsx';
import { entriesOf, type Fields, fieldsOf } from './entries.ts';

/** What is wrong with a field, by its path in the body that was sent: '/reason'. */
export type FaultAt = (path: string) => string | undefined;

interface FormDialogProps {
  /** The button that opens it. */
  label: string;
  title: string;
  /** What the last button says, with its consequence: 'Close 2027-02'. */
  submit: string;
  color?: MantineColor;
  filled?: boolean;
  size?: string;
  send: (form: Fields, key: string) => Promise<string>;
  changes: readonly (readonly unknown[])[];
  children: ReactNode | ((faultAt: FaultAt) => ReactNode);
}

/** A button with the form behind it. A refusal stays in the form, with each fault at its field and all of them above the button. */
export function FormDialog({ label, title, submit, color, filled, size, send, changes, children }: FormDialogProps) {
  const [opened, setOpened] = useState(false);
  const command = useCommand({
    // Sent as pairs, so that the same entries are the same request.
    send: (entries: [string, string][], key) => send(fieldsOf(entries), key),
    said: (text) => text,
    changes,
  });
  const problem = command.error instanceof Problem ? command.error : undefined;
  const faultAt: FaultAt = (path) => problem?.faults.find((fault) => fault.path === path)?.detail;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    command.mutate(entriesOf(event.currentTarget), { onSuccess: () => setOpened(false) });
  };
  const open = () => {
    command.reset();
    setOpened(true);
  };
  return (
    <>
      <Button size="compact-sm" variant={filled ? 'filled' : 'default'} onClick={open}>
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={title}
        size={size ?? 'md'}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <form onSubmit={onSubmit}>
          <Stack gap="sm">
            {typeof children === 'function' ? children(faultAt) : children}
            {problem && (
              <Alert variant="default" className="refused" title={problem.title}>
                <Faults problem={problem} />
              </Alert>
            )}
            <Button type="submit" loading={command.isPending} color={color ?? 'indigo'}>
              {submit}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
