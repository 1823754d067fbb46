import { Group, TextInput } from '@mantine/core';
import type { Schema } from '../api/client.ts';
import type { Fields } from './entries.ts';
import type { FaultAt } from './faults.ts';

type Address = Schema<'Address'>;

interface AddressFieldsProps {
  /** Where it stands in what is sent, '/billingAddress'; its fields are named by it. Absent: where goods go. */
  path?: string;
  defaultValue?: Address | undefined;
  /** Where what is asked for changes as it is written. */
  onChange?: (changed: Partial<Address>) => void;
  faultAt: FaultAt;
}

/** An address, field by field, in a form that is sent as a whole. */
export function AddressFields({ path = '/shipTo', defaultValue, onChange, faultAt }: AddressFieldsProps) {
  const field = (of: keyof Address, label: string, maxLength: number) => (
    <TextInput
      name={`${path}/${of}`}
      label={label}
      required
      maxLength={maxLength}
      defaultValue={defaultValue?.[of] ?? ''}
      onChange={(event) => onChange?.({ [of]: event.currentTarget.value })}
      error={faultAt(`${path}/${of}`)}
    />
  );
  return (
    <>
      <Group grow align="flex-start">
        {field('name', 'Name', 200)}
        {field('street', 'Street', 200)}
      </Group>
      <Group grow align="flex-start">
        {field('postalCode', 'Postal code', 20)}
        {field('city', 'City', 100)}
        {field('country', 'Country, two letters', 2)}
      </Group>
    </>
  );
}

/** What stands in its fields. */
export const addressIn = (form: Fields, path = '/shipTo'): Address => ({
  name: form(`${path}/name`),
  street: form(`${path}/street`),
  postalCode: form(`${path}/postalCode`),
  city: form(`${path}/city`),
  country: form(`${path}/country`).toUpperCase(),
});

/** Where a customer's orders may go, the usual place first. */
export const addressesOf = ({ shipToAddresses, billingAddress }: Schema<'Customer'>): Address[] =>
  shipToAddresses.length > 0 ? shipToAddresses : [billingAddress];

export const addressText = ({ name, street, city }: Address): string => `${name}, ${street}, ${city}`;
