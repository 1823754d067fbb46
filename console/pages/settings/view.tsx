import { Stack, Title } from '@mantine/core';
import { useSession } from '../../session/session.tsx';
import { ApiKeys } from './api-keys.tsx';
import { Clock } from './clock.tsx';
import { CompanyPanel } from './company.tsx';
import { People } from './people.tsx';

export default function SettingsPage() {
  const { me } = useSession();
  return (
    <Stack gap="md">
      <Title order={1}>People and keys</Title>
      <CompanyPanel />
      <People />
      <ApiKeys />
      {me.local && <Clock />}
    </Stack>
  );
}
