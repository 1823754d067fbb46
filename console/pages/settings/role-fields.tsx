import { Checkbox, Group, TextInput } from '@mantine/core';
import type { Fields } from '../../form/entries.ts';
import type { FaultAt } from '../../form/faults.ts';
import type { Role } from '../../page.ts';
import { inWords } from '../../show/status.tsx';

const roles: Role[] = ['sales', 'credit', 'warehouse', 'shipping', 'receivables', 'finance', 'admin', 'customer'];

/** Roles by tick, and the customer that goes with the role of one. */
export function RoleFields({
  faultAt,
  given = [],
  customerId,
}: {
  faultAt: FaultAt;
  given?: readonly string[];
  customerId?: string | null;
}) {
  const fault = faultAt('/roles');
  return (
    <>
      <Checkbox.Group label="Roles" defaultValue={[...given]} {...(fault && { error: fault })}>
        <Group gap="md" mt={4}>
          {roles.map((role) => (
            <Checkbox key={role} name={`role ${role}`} value={role} label={inWords(role)} size="xs" />
          ))}
        </Group>
      </Checkbox.Group>
      <TextInput
        name="customerId"
        label="Customer"
        description="With the role customer alone: whose records, and no other’s, are seen."
        defaultValue={customerId ?? ''}
        error={faultAt('/customerId')}
      />
    </>
  );
}

export function rolesOf(form: Fields) {
  const customerId = form('customerId');
  return { roles: roles.filter((role) => form(`role ${role}`) !== ''), ...(customerId !== '' && { customerId }) };
}
