import { Button, Center, Stack, Text, Title } from '@mantine/core';
import type { FormEvent } from 'react';
import { useCommand } from '../api/use-command.ts';
import { entriesOf, fieldsOf } from '../form/entries.ts';
import { Refused } from '../form/refused.tsx';
import { OwnPasswordFields, sendOwnPassword } from './own-password.tsx';

/** The first thing for whoever signs in with a password that an administrator has seen; until then the API gives nothing else. */
export function OwnPasswordPage({ changed }: { changed: () => void }) {
  const command = useCommand({
    send: (entries: [string, string][]) => sendOwnPassword(fieldsOf(entries)),
    said: (text) => text,
    changes: [],
    shownInForm: true,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    command.mutate(entriesOf(event.currentTarget), { onSuccess: changed });
  };
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w={360} gap="md">
        <Title order={1}>Choose your own password</Title>
        <Text>Your password was made by an administrator, who has seen it. From now on it is yours alone.</Text>
        <form onSubmit={onSubmit}>
          <Stack gap="sm">
            <OwnPasswordFields />
            <Refused error={command.error} />
            <Button type="submit" loading={command.isPending}>
              Change the password
            </Button>
          </Stack>
        </form>
      </Stack>
    </Center>
  );
}
