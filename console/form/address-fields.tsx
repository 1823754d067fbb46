import { TextInput } from '@mantine/core';
import type { Schema } from '../api/client.ts';
import type { Fields } from './entries.ts';
import type { FaultAt } from './faults.ts';

type Address = Schema<'Address'>;

const fields = [
  ['name', 'Name'],
  ['street', 'Street'],
  ['postalCode', 'Postal code'],
  ['city', 'City'],
  ['country', 'Country, two letters'],
] as const;

/** Where goods go, as somebody writes it. */
export function AddressFields({ defaultValue, faultAt }: { defaultValue?: Address | undefined; faultAt: FaultAt }) {
  return fields.map(([field, label]) => (
    <TextInput
      key={field}
      name={`/shipTo/${field}`}
      label={label}
      required
      maxLength={200}
      defaultValue={defaultValue?.[field]}
      error={faultAt(`/shipTo/${field}`)}
    />
  ));
}

/** What was written into `AddressFields`. */
export function addressIn(form: Fields): Address {
  const field = (name: (typeof fields)[number][0]) => form(`/shipTo/${name}`);
  return {
    name: field('name'),
    street: field('street'),
    postalCode: field('postalCode'),
    city: field('city'),
    country: field('country').toUpperCase(),
  };
}

/** Where a customer's orders may go, the usual place first. */
export const addressesOf = ({ shipToAddresses, billingAddress }: Schema<'Customer'>): Address[] =>
  shipToAddresses.length > 0 ? shipToAddresses : [billingAddress];

export const addressText = ({ name, street, city }: Address): string => `${name}, ${street}, ${city}`;
