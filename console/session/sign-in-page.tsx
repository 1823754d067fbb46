import { Anchor, Button, Center, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { askSignIn, Problem } from '../api/client.ts';
import { entriesOf, fieldsOf } from '../form/entries.ts';
import type { Place } from '../page.ts';

interface SignInOptions {
  oidc: { name: string } | null;
  people: { name: string; email: string; password: string; roles: string[] }[];
}

/** Password, second factor, or the company's own provider; on a local stack one click for each role. */
export function SignInPage({ place, signedIn }: { place: Place; signedIn: () => void }) {
  const options = useQuery({ queryKey: ['sign-in-options'], queryFn: () => askSignIn<SignInOptions>('/options') });
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  async function attempt(work: () => Promise<void>) {
    setBusy(true);
    setProblem(undefined);
    await work().catch((error) => {
      setProblem(
        error instanceof Problem
          ? error
          : new Problem({ status: 0, slug: '', title: 'Signing in failed', detail: String(error) }),
      );
    });
    setBusy(false);
  }
  const enter = (email: string, password: string) =>
    attempt(async () => {
      const { twoFactorRedirect } = await askSignIn<{ twoFactorRedirect?: boolean }>('/sign-in/email', { email, password });
      if (twoFactorRedirect) setStep('code');
      else signedIn();
    });
  const prove = (code: string) =>
    attempt(async () => {
      await askSignIn(code.length === 6 ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code', { code });
      signedIn();
    });
  const toProvider = () =>
    attempt(async () => {
      const { url } = await askSignIn<{ url: string }>('/sign-in/social', { provider: 'oidc', callbackURL: location.pathname });
      location.assign(url);
    });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = fieldsOf(entriesOf(event.currentTarget));
    if (step === 'password') void enter(form('email'), form('password'));
    else void prove(form('code'));
  };

  const people = options.data?.people ?? [];
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w={360} gap="md">
        <Title order={1}>{place === 'portal' ? 'Throughline for customers' : 'Throughline'}</Title>
        {problem && (
          <div className="panel refused" role="alert">
            {problem.message}
          </div>
        )}
        <form onSubmit={onSubmit}>
          <Stack gap="sm">
            {step === 'password' ? (
              <>
                <TextInput name="email" type="email" label="Email" autoComplete="username" required />
                <PasswordInput name="password" label="Password" autoComplete="current-password" required />
              </>
            ) : (
              <TextInput
                name="code"
                label="Code"
                description="Six digits from your authenticator, or one of your backup codes."
                autoComplete="one-time-code"
                autoFocus
                required
              />
            )}
            <Button type="submit" loading={busy}>
              Sign in
            </Button>
          </Stack>
        </form>
        {step === 'code' && (
          <Anchor component="button" type="button" onClick={() => setStep('password')}>
            Back to the password
          </Anchor>
        )}
        {step === 'password' && options.data?.oidc && (
          <Button variant="default" onClick={() => void toProvider()}>
            Sign in with {options.data.oidc.name}
          </Button>
        )}
        {step === 'password' && people.length > 0 && (
          <section aria-label="People of this local stack">
            <Text size="sm" c="dimmed" mb="xs">
              This is a local stack: sign in with one click. The passwords beside work in the form above too.
            </Text>
            <table className="rows">
              <tbody>
                {people.map(({ name, email, password }) => (
                  <tr key={email}>
                    <td>
                      <Button size="compact-xs" variant="default" disabled={busy} onClick={() => void enter(email, password)}>
                        {name}
                      </Button>
                    </td>
                    <td>
                      <div>{email}</div>
                      <code>{password}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </Stack>
    </Center>
  );
}
