import { Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { AddressFields, addressIn } from '../../form/address-fields.tsx';
import { CommandButton } from '../../form/command-button.tsx';
import type { FaultAt } from '../../form/faults.ts';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Panel } from '../../show/panel.tsx';

type Company = Schema<'Company'>;

/** The seller, as its documents print it. */
export function CompanyPanel() {
  const company = useQuery({ queryKey: ['company'], queryFn: () => ask(api.GET('/v1/company')) });
  if (!company.isSuccess) return <Unanswered query={company} height={160} />;
  const { data } = company;
  const { address } = data;
  const facts = [
    ['Name', data.legalName],
    ['Address', `${address.name}, ${address.street}, ${address.postalCode} ${address.city}, ${address.country}`],
    ['Email', data.email],
    ['Tax id', data.taxId],
    ['Registration number', data.registrationNumber],
    ['Bank', `${data.bankIban}, ${data.bankBic}`],
    ['Books', `in ${data.currency}, days of ${data.timeZone}`],
    ['Electronic address', data.electronicAddress && `${data.electronicAddress.scheme}:${data.electronicAddress.id}`],
    ['Contact', [data.contactName, data.contactPhone].filter(Boolean).join(', ')],
    ['GS1 company prefix', data.gs1CompanyPrefix],
  ] as const;
  return (
    <Panel title="Company" actions={<SaveCompany company={data} />}>
      <dl className="facts">
        {facts.map(([term, value]) => value && [<dt key={term}>{term}</dt>, <dd key={`${term} is`}>{value}</dd>])}
      </dl>
    </Panel>
  );
}

function SaveCompany({ company }: { company: Company }) {
  return (
    <CommandButton
      label="Change"
      title="Change what the company’s documents print"
      submit="Save the company"
      wide
      changes={[['company']]}
      send={async (form) => {
        const orNull = (name: string) => (form(name) === '' ? null : form(name));
        const saved = await ask(
          api.PUT('/v1/company', {
            body: {
              legalName: form('legalName'),
              taxId: form('taxId'),
              address: addressIn(form, '/address'),
              email: form('email'),
              bankIban: form('bankIban').replaceAll(' ', ''),
              bankBic: form('bankBic'),
              currency: form('currency').toUpperCase(),
              timeZone: form('timeZone'),
              gs1CompanyPrefix: form('gs1CompanyPrefix'),
              registrationNumber: orNull('registrationNumber'),
              electronicAddress:
                form('electronicId') === ''
                  ? null
                  : {
                      scheme: form('electronicScheme') as NonNullable<Company['electronicAddress']>['scheme'],
                      id: form('electronicId'),
                    },
              contactName: orNull('contactName'),
              contactPhone: orNull('contactPhone'),
            },
          }),
        );
        return `${saved.legalName}: documents print it so from now on.`;
      }}
    >
      {(faultAt) => <CompanyFields company={company} faultAt={faultAt} />}
    </CommandButton>
  );
}

function CompanyFields({ company, faultAt }: { company: Company; faultAt: FaultAt }) {
  const field = (name: Exclude<keyof Company, 'address' | 'electronicAddress'>, label: string, description?: string) => (
    <TextInput
      name={name}
      label={label}
      {...(description && { description })}
      required={company[name] !== null && name !== 'registrationNumber' && name !== 'contactName' && name !== 'contactPhone'}
      maxLength={200}
      defaultValue={company[name] ?? ''}
      error={faultAt(`/${name}`)}
    />
  );
  return (
    <>
      <Group grow align="flex-start">
        {field('legalName', 'Legal name')}
        {field('email', 'Email')}
      </Group>
      <AddressFields path="/address" defaultValue={company.address} faultAt={faultAt} />
      <Group grow align="flex-start">
        {field('taxId', 'Tax id')}
        {field('registrationNumber', 'Registration number')}
      </Group>
      <Group grow align="flex-start">
        {field('bankIban', 'IBAN on invoices')}
        {field('bankBic', 'BIC')}
      </Group>
      <Group grow align="flex-start">
        {field('currency', 'Currency of the books', 'Stays once something was booked.')}
        {field('timeZone', 'Time zone', 'Stays once something was booked.')}
        {field('gs1CompanyPrefix', 'GS1 company prefix', 'SSCCs on labels begin with it.')}
      </Group>
      <Group grow align="flex-start">
        {field('contactName', 'Contact', 'Whom customers ask about a document.')}
        {field('contactPhone', 'Phone of the contact', 'E-invoices within Germany need both.')}
      </Group>
      <Group grow align="flex-start">
        <TextInput
          name="electronicScheme"
          label="Peppol scheme"
          maxLength={4}
          defaultValue={company.electronicAddress?.scheme ?? ''}
          error={faultAt('/electronicAddress/scheme')}
        />
        <TextInput
          name="electronicId"
          label="Peppol id"
          maxLength={50}
          defaultValue={company.electronicAddress?.id ?? ''}
          error={faultAt('/electronicAddress/id')}
        />
      </Group>
    </>
  );
}
