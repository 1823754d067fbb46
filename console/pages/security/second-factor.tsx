import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { drawingSVG, qrcode } from 'bwip-js/generic';
import { type FormEvent, useMemo, useState } from 'react';
import { askSignIn } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { entriesOf } from '../../form/entries.ts';
import { Refused } from '../../form/refused.tsx';
import { useSession } from '../../session/session.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Panel } from '../../show/panel.tsx';
import { ShownOnce } from '../../show/shown-once.tsx';

interface Begun {
  /** As authenticators read it: otpauth://totp/… */
  totpURI: string;
  backupCodes: string[];
}

const changes = [['me'], ['sessions']];

/**
 * A code of an authenticator beside the password (RFC 6238): it is on once a first code has shown that the authenticator has
 * it.
 */
export function SecondFactor() {
  const { me } = useSession();
  const [begun, setBegun] = useState<Begun>();
  const [codes, setCodes] = useState<string>();
  const password = <PasswordInput name="password" label="Password" autoComplete="current-password" required />;
  const actions = me.secondFactor ? (
    <CommandButton
      key="off"
      label="Turn off"
      title="Turn the second factor off"
      submit="Sign in with the password alone from now on"
      danger
      send={async (form) => {
        await askSignIn('/two-factor/disable', { password: form('password') });
        return 'The second factor is off.';
      }}
      changes={changes}
    >
      <Text>Whoever knows your password can then sign in as you. The backup codes end with it.</Text>
      {password}
    </CommandButton>
  ) : (
    !begun && (
      <CommandButton
        key="on"
        label="Turn on"
        title="Turn a second factor on"
        submit="Show the code for the authenticator"
        send={async (form) => {
          setBegun(await askSignIn<Begun>('/two-factor/enable', { password: form('password') }));
          return 'Scan the code, then confirm it.';
        }}
        changes={[]}
      >
        <Text>You need an authenticator: an app on your phone, or a password manager that knows codes.</Text>
        {password}
      </CommandButton>
    )
  );
  return (
    <Panel title="Second factor" actions={actions}>
      {me.secondFactor ? (
        <Text>
          On: at each sign-in a code of your authenticator, or one of your backup codes, is asked for after the password.
        </Text>
      ) : begun ? (
        <Confirm
          begun={begun}
          confirmed={() => {
            setCodes(begun.backupCodes.join(' '));
            setBegun(undefined);
          }}
        />
      ) : (
        <Text>Off: whoever knows your password can sign in as you.</Text>
      )}
      <ShownOnce
        secret={
          codes === undefined
            ? undefined
            : {
                title: 'Your backup codes',
                value: codes,
                said: 'Each opens your account once when the authenticator is lost. They are shown this once: keep them away from it.',
              }
        }
        close={() => setCodes(undefined)}
      />
    </Panel>
  );
}

function Confirm({ begun: { totpURI }, confirmed }: { begun: Begun; confirmed: () => void }) {
  const command = useCommand({
    async send(entries: [string, string][]) {
      await askSignIn('/two-factor/verify-totp', Object.fromEntries(entries));
      // Here and not after it: what is read anew takes this form away.
      confirmed();
    },
    said: () => 'The second factor is on.',
    changes,
    shownInForm: true,
  });
  const image = useMemo(() => {
    const svg = qrcode({ bcid: 'qrcode', text: totpURI, scale: 4, padding: 4, backgroundcolor: 'ffffff' }, drawingSVG());
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }, [totpURI]);
  const secret = new URL(totpURI).searchParams.get('secret') ?? '';
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    command.mutate(entriesOf(event.currentTarget));
  };
  return (
    <Group align="flex-start" gap="lg">
      <img src={image} width={200} height={200} alt="The code for the authenticator; the same key stands beside it as text" />
      <Stack gap="sm" flex="1 1 18rem" miw={0}>
        <Text>Scan the code with your authenticator, or type this key into it:</Text>
        <code className="secret">
          <Identifier id={secret} />
        </code>
        <form onSubmit={onSubmit}>
          <Stack gap="sm">
            <TextInput
              name="code"
              label="Code"
              description="The six digits that it shows now."
              autoComplete="one-time-code"
              inputMode="numeric"
              pattern="\d{6}"
              autoFocus
              required
            />
            <Refused error={command.error} />
            <Button type="submit" loading={command.isPending}>
              Turn it on and show the backup codes
            </Button>
          </Stack>
        </form>
      </Stack>
    </Group>
  );
}
