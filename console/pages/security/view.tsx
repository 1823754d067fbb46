import { Stack, Title } from '@mantine/core';
import { CommandButton } from '../../form/command-button.tsx';
import { OwnPasswordFields, sendOwnPassword } from '../../session/own-password.tsx';
import { Panel } from '../../show/panel.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';

/** What somebody looks after themselves: the password, the second factor, and where they are signed in. */
export default function SecurityPage() {
  return (
    <Stack gap="md">
      <Title order={1}>Password and sign-in</Title>
      <Panel
        title="Password"
        actions={
          <CommandButton
            label="Change the password"
            submit="Change the password and end every other session"
            send={sendOwnPassword}
            changes={[['me'], ['sessions']]}
          >
            <OwnPasswordFields />
          </CommandButton>
        }
      >
        Nobody else needs it: an administrator who has to help gives you another one.
      </Panel>
      <SecondFactor />
      <Sessions />
    </Stack>
  );
}
