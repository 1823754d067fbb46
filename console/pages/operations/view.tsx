import { Stack, Title } from '@mantine/core';
import { AuditChain } from './audit-chain.tsx';
import { Jobs } from './jobs.tsx';
import { Messages } from './messages.tsx';
import { Temporal } from './temporal.tsx';
import { Workflows } from './workflows.tsx';

/** What operators look at first when something stands still, and what they repair it with (X8). */
export default function OperationsPage() {
  return (
    <Stack gap="md">
      <Title order={1}>Operations</Title>
      <Temporal />
      <Messages />
      <Workflows />
      <Jobs />
      <AuditChain />
    </Stack>
  );
}
