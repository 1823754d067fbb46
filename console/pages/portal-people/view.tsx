import { Stack, Title } from '@mantine/core';
import { CustomerPeople } from '../../parts/customer-people.tsx';
import { useCustomerId } from '../../session/customer.ts';

/** Who acts for a customer, looked after by its own administrator. */
export default function PortalPeoplePage() {
  return (
    <Stack gap="md">
      <Title order={1}>Colleagues</Title>
      <CustomerPeople customerId={useCustomerId()} />
    </Stack>
  );
}
