import { PasswordInput } from '@mantine/core';
import { askSignIn } from '../api/client.ts';
import type { Fields } from '../form/entries.ts';

/** What is asked of whoever chooses another password; `sendOwnPassword` sends it. */
export function OwnPasswordFields() {
  return (
    <>
      <PasswordInput name="current" label="Password until now" autoComplete="current-password" required />
      <NewPasswordField label="New password" />
    </>
  );
}

/** A password that somebody chooses for themselves. */
export function NewPasswordField({ label, error }: { label: string; error?: string | undefined }) {
  return (
    <PasswordInput
      name="password"
      label={label}
      description="12 characters at least; a sentence is easier to keep in mind than signs are."
      autoComplete="new-password"
      minLength={12}
      maxLength={128}
      required
      {...(error && { error })}
    />
  );
}

/** Every other session ends with the old password. */
export async function sendOwnPassword(form: Fields): Promise<string> {
  await askSignIn('/change-password', {
    currentPassword: form('current'),
    newPassword: form('password'),
    revokeOtherSessions: true,
  });
  return 'Your password is changed, and you are signed out everywhere else.';
}
