import { Button, Center, Loader, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { api, ask } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { entriesOf, fieldsOf } from '../form/entries.ts';
import { faultsAt } from '../form/faults.ts';
import { Refused } from '../form/refused.tsx';
import { NewPasswordField } from '../session/own-password.tsx';
import { NoAnswer } from '../shell/broken-page.tsx';

/** What the link of an invitation opens: one password to choose, once. It stands outside of sessions and of the portal. */
export default function Invitation({ token }: { token: string }) {
  const path = { params: { path: { token } } };
  const invited = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => ask(api.GET('/v1/public/invitations/{token}', path)),
    // It opens nothing once it was used, which is no reason to take the form away.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const choose = useCommand({
    send: (password: string) => ask(api.POST('/v1/public/invitations/{token}', { ...path, body: { password } })),
    said: () => 'Your password is chosen.',
    changes: [],
    shownInForm: true,
  });
  if (invited.isPending)
    return (
      <Center h="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  if (invited.isError)
    return (
      <main>
        <NoAnswer error={invited.error} again={() => void invited.refetch()} />
      </main>
    );
  const { name, email } = invited.data;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    choose.mutate(fieldsOf(entriesOf(event.currentTarget))('password'));
  };
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={360} gap="md">
        <Text fw={650}>Throughline for customers</Text>
        <Title order={1}>Welcome, {name}</Title>
        {choose.isSuccess ? (
          <>
            <Text role="status">Your password is chosen. Sign in with {email}.</Text>
            <Button component="a" href="/portal">
              Sign in
            </Button>
          </>
        ) : (
          <form onSubmit={onSubmit}>
            <Stack gap="sm">
              <TextInput type="email" label="Email" value={email} readOnly autoComplete="username" />
              <NewPasswordField label="Password" error={faultsAt(choose.error)('/password')} />
              <Refused error={choose.error} />
              <Button type="submit" loading={choose.isPending}>
                Choose this password
              </Button>
            </Stack>
          </form>
        )}
      </Stack>
    </Center>
  );
}
