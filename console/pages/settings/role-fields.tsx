import { Checkbox, Group, TextInput } from '@mantine/core';
import type { Schema } from '../../api/client.ts';
import { type Choice, choicesOf } from '../../form/choices.ts';
import type { Fields } from '../../form/entries.ts';
import type { FaultAt } from '../../form/faults.ts';
import type { Role } from '../../page.ts';

type RoleOfKey = Schema<'NewApiKey'>['roles'][number];

/** A customer's key does all that its people may but look after them. */
const ofKeys = choicesOf<RoleOfKey>({
  sales: true,
  credit: true,
  warehouse: true,
  shipping: true,
  receivables: true,
  finance: true,
  admin: true,
  customer: true,
});
const ofPeople: readonly Choice<Role>[] = [
  ...ofKeys,
  ...choicesOf<Exclude<Role, RoleOfKey>>({ buyer: true, payer: true, 'customer-admin': true }),
];

/** Roles by tick, and the customer that goes with the role of one. */
export function RoleFields({
  faultAt,
  given = [],
  customerId,
  of,
}: {
  of: 'person' | 'key';
  faultAt: FaultAt;
  given?: readonly string[];
  customerId?: string | null;
}) {
  const fault = faultAt('/roles');
  return (
    <>
      <Checkbox.Group label="Roles" defaultValue={[...given]} {...(fault && { error: fault })}>
        <Group gap="md" mt={4}>
          {(of === 'key' ? ofKeys : ofPeople).map(({ value, label }) => (
            <Checkbox key={value} name={`role ${value}`} value={value} label={label} size="xs" />
          ))}
        </Group>
      </Checkbox.Group>
      <TextInput
        name="customerId"
        label="Customer"
        description="With the roles of customers: whose records, and no other’s, are seen."
        defaultValue={customerId ?? ''}
        error={faultAt('/customerId')}
      />
    </>
  );
}

export const rolesOfPerson = (form: Fields) => ticked(form, ofPeople);
export const rolesOfKey = (form: Fields) => ticked(form, ofKeys);

function ticked<Role extends string>(form: Fields, roles: readonly Choice<Role>[]) {
  const customerId = form('customerId');
  return {
    roles: roles.flatMap(({ value }) => (form(`role ${value}`) === '' ? [] : [value])),
    ...(customerId !== '' && { customerId }),
  };
}
