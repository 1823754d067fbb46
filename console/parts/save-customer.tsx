import { Button, Checkbox, Group, SimpleGrid, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { api, ask, type Schema } from '../api/client.ts';
import { useCompanyCurrency } from '../api/company-currency.ts';
import { AddressFields, addressIn } from '../form/address-fields.tsx';
import { CommandButton } from '../form/command-button.tsx';
import { given } from '../form/entries.ts';
import { isThere, notTaken } from '../form/not-taken.ts';
import { Part } from '../form/part.tsx';
import { useMay, useSession } from '../session/session.tsx';
import { inWords } from '../show/status.tsx';
import { ProfileFields, profileIn } from './credit-profile.tsx';
import { InvoicingFields, invoicingIn, TermsFields, termsIn } from './customer-terms.tsx';

type Customer = Schema<'Customer'>;
type Details = Schema<'CustomerDetails'>;

/** Takes a customer in, or replaces what is known about it: what this form does not ask for is sent as it was. */
export function SaveCustomer({ customer, added }: { customer?: Customer; added?: (id: string) => void }) {
  const companyCurrency = useCompanyCurrency();
  const may = useMay('PUT /v1/customers/{id}');
  const { me } = useSession();
  if (!may || !companyCurrency) return null;
  const currency = customer?.currency ?? companyCurrency;
  // Who sells does not state what automatic approvals are decided from; left out, it stays as it was.
  const statesCredit = me.roles.some((role) => ['credit', 'finance', 'admin'].includes(role));
  return (
    <CommandButton
      label={customer ? 'Change' : 'Add a customer'}
      title={customer ? `Change ${customer.id}` : 'Add a customer'}
      submit={customer ? `Save ${customer.id}` : 'Add the customer'}
      {...(!customer && { variant: 'filled' })}
      wide
      changes={[['accounts'], ['customer'], ['account']]}
      send={async (form) => {
        const id = customer?.id ?? form('id').toUpperCase();
        const params = { path: { id } };
        if (!customer) notTaken(await isThere(api.GET('/v1/customers/{id}', { params })), '/path/id', id);
        const saved = await ask(
          api.PUT('/v1/customers/{id}', {
            params,
            body: {
              name: form('name'),
              email: form('email'),
              currency: customer?.currency ?? form('currency').toUpperCase(),
              ...given('segment', form('segment').toUpperCase()),
              ...given('taxId', form('taxId')),
              ...given('registrationNumber', form('registrationNumber')),
              ...given('buyerReference', form('buyerReference')),
              ...given('language', form('language').toLowerCase()),
              ...given('dunningPolicy', form('dunningPolicy').toUpperCase()),
              ...given('deliveryTerms', form('deliveryTerms') as NonNullable<Details['deliveryTerms']>),
              ...(form('electronicId') !== '' && {
                electronicAddress: {
                  scheme: form('electronicScheme') as NonNullable<Details['electronicAddress']>['scheme'],
                  id: form('electronicId'),
                },
              }),
              eInvoices: form('eInvoices') !== '',
              monthlyStatements: form('monthlyStatements') !== '',
              backOrderAllowed: form('backOrderAllowed') !== '',
              billingAddress: addressIn(form, '/billingAddress'),
              shipToAddresses: placesIn(form('shipToAddresses')).map((place) => addressIn(form, `/shipToAddresses/${place}`)),
              contacts: placesIn(form('contacts')).map((place) => ({
                name: form(`contact ${place}`),
                ...given('role', form(`role ${place}`)),
                ...given('email', form(`email ${place}`)),
                ...given('phone', form(`phone ${place}`)),
              })),
              terms: termsIn(form, customer?.terms),
              invoicing: invoicingIn(form),
              ...(statesCredit && { creditProfile: profileIn(form, currency) }),
            },
          }),
        );
        if (!customer) added?.(id);
        return `${saved.name} is kept as version ${saved.version}.`;
      }}
    >
      {(faultAt) => (
        <>
          <Group grow align="flex-start">
            {!customer && <TextInput name="id" label="Id" required maxLength={40} error={faultAt('/path/id')} />}
            <TextInput
              name="name"
              label="Name of the company"
              required
              maxLength={200}
              defaultValue={customer?.name ?? ''}
              error={faultAt('/name')}
            />
          </Group>
          <Group grow align="flex-start">
            <TextInput
              name="email"
              type="email"
              label="Email"
              required
              defaultValue={customer?.email ?? ''}
              error={faultAt('/email')}
            />
            {!customer && (
              <TextInput
                name="currency"
                label="Currency"
                required
                maxLength={3}
                defaultValue={companyCurrency}
                error={faultAt('/currency')}
              />
            )}
            <TextInput
              name="segment"
              label="Segment"
              maxLength={40}
              defaultValue={customer?.segment ?? ''}
              error={faultAt('/segment')}
            />
          </Group>
          <Part title="Billing address">
            <AddressFields path="/billingAddress" defaultValue={customer?.billingAddress} faultAt={faultAt} />
          </Part>
          <Several name="shipToAddresses" one="ship-to address" count={customer?.shipToAddresses.length ?? 0}>
            {(place, index) => (
              <AddressFields
                path={`/shipToAddresses/${place}`}
                defaultValue={customer?.shipToAddresses[place]}
                faultAt={(path) => faultAt(path.replace(`/${place}/`, `/${index}/`))}
              />
            )}
          </Several>
          <TermsFields terms={customer?.terms} faultAt={faultAt} />
          <InvoicingFields customer={customer} faultAt={faultAt} />
          <Group grow align="flex-start">
            <TextInput
              name="taxId"
              label="Tax id"
              maxLength={40}
              defaultValue={customer?.taxId ?? ''}
              error={faultAt('/taxId')}
            />
            <TextInput
              name="registrationNumber"
              label="Registration number"
              maxLength={60}
              defaultValue={customer?.registrationNumber ?? ''}
              error={faultAt('/registrationNumber')}
            />
            <TextInput
              name="buyerReference"
              label="Reference on e-invoices"
              maxLength={60}
              defaultValue={customer?.buyerReference ?? ''}
              error={faultAt('/buyerReference')}
            />
          </Group>
          <Group grow align="flex-start">
            <TextInput
              name="electronicScheme"
              label="Peppol scheme"
              description="0088 is GLN, 9930 a German VAT id."
              maxLength={4}
              defaultValue={customer?.electronicAddress?.scheme ?? ''}
              error={faultAt('/electronicAddress/scheme')}
            />
            <TextInput
              name="electronicId"
              label="Peppol id"
              description="Empty: it has no electronic address."
              maxLength={50}
              defaultValue={customer?.electronicAddress?.id ?? ''}
              error={faultAt('/electronicAddress/id')}
            />
          </Group>
          <Group grow align="flex-start">
            <TextInput
              name="language"
              label="Language of letters, two letters"
              description="Empty: the dunning policy’s."
              maxLength={2}
              defaultValue={customer?.language ?? ''}
              error={faultAt('/language')}
            />
            <TextInput
              name="dunningPolicy"
              label="Dunning policy"
              description="Empty: its segment’s, or the company’s own."
              maxLength={40}
              defaultValue={customer?.dunningPolicy ?? ''}
              error={faultAt('/dunningPolicy')}
            />
          </Group>
          <Several name="contacts" one="contact" count={customer?.contacts.length ?? 0}>
            {(place, index) => (
              <SimpleGrid cols={{ base: 2, sm: 4 }}>
                {(
                  [
                    ['contact', 'name', 'Name'],
                    ['role', 'role', 'Role'],
                    ['email', 'email', 'Email'],
                    ['phone', 'phone', 'Phone'],
                  ] as const
                ).map(([name, of, label]) => (
                  <TextInput
                    key={of}
                    name={`${name} ${place}`}
                    label={label}
                    required={of === 'name'}
                    defaultValue={customer?.contacts[place]?.[of] ?? ''}
                    error={faultAt(`/contacts/${index}/${of}`)}
                  />
                ))}
              </SimpleGrid>
            )}
          </Several>
          <Checkbox
            name="backOrderAllowed"
            label="Takes parts of an order first, the rest when it is there"
            defaultChecked={customer?.backOrderAllowed ?? false}
          />
          <Checkbox
            name="eInvoices"
            label="Gets e-invoices beside the PDF"
            defaultChecked={customer?.eInvoices ?? false}
            error={faultAt('/eInvoices')}
          />
          <Checkbox
            name="monthlyStatements"
            label="Gets a statement of account each month"
            defaultChecked={customer?.monthlyStatements ?? false}
          />
          {statesCredit && <ProfileFields profile={customer?.creditProfile} currency={currency} faultAt={faultAt} />}
        </>
      )}
    </CommandButton>
  );
}

const placesIn = (text: string): string[] => text.split(' ').filter(Boolean);

/**
 * A list whose entries are added and removed. An entry keeps the place that its fields are named by; `index` is where it
 * stands among those that are left, by which what is sent counts. The places go into the form's field `name`.
 */
function Several({
  name,
  one,
  count,
  children,
}: {
  name: string;
  one: string;
  count: number;
  children: (place: number, index: number) => ReactNode;
}) {
  const [places, setPlaces] = useState(() => Array.from({ length: count }, (_, place) => place));
  return (
    <>
      {places.map((place, index) => (
        <Part key={place} title={`${inWords(one)} ${index + 1}`}>
          {children(place, index)}
          <Group>
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              onClick={() => setPlaces(places.filter((other) => other !== place))}
            >
              Remove {one} {index + 1}
            </Button>
          </Group>
        </Part>
      ))}
      <Group>
        <Button variant="subtle" size="compact-sm" onClick={() => setPlaces([...places, Math.max(-1, ...places) + 1])}>
          Add a {one}
        </Button>
      </Group>
      <input type="hidden" name={name} value={places.join(' ')} />
    </>
  );
}
