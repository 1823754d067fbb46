import { Button, Checkbox, Group, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { entriesOf, type Fields, fieldsOf } from '../../form/entries.ts';
import { faultsAt } from '../../form/faults.ts';
import { useCustomerId } from '../../session/customer.ts';
import { majorOf, minorOf } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';

type Details = Schema<'CreditApplicationDetails'>;
type Financials = NonNullable<Schema<'Financials'>>;

const amountsOfAccounts = [
  ['revenueMinor', 'Revenue'],
  ['netIncomeMinor', 'Net income'],
  ['equityMinor', 'Equity'],
  ['totalAssetsMinor', 'Total assets'],
  ['currentAssetsMinor', 'Current assets'],
  ['currentLiabilitiesMinor', 'Current liabilities'],
] as const satisfies readonly (readonly [keyof Financials, string])[];

interface ApplicationFormProps {
  currency: string;
  /** The draft that is gone on with; absent: a new one. */
  application?: Schema<'CreditApplication'>;
  saved?: () => void;
}

/** What an application states. Its fields are named by their paths in what is sent, where their faults come back to. */
export function ApplicationForm({ currency, application, saved }: ApplicationFormProps) {
  const id = useCustomerId();
  const [references, setReferences] = useState(() =>
    Array.from({ length: Math.max(1, application?.references.length ?? 1) }, (_, key) => key),
  );
  const [withAccounts, setWithAccounts] = useState(application?.financials !== null && application !== undefined);
  const save = useCommand({
    send: ({ body }: { body: Details }, key) => {
      const header = { 'Idempotency-Key': key };
      return application
        ? ask(
            api.PUT('/v1/customers/{id}/credit-applications/{applicationId}', {
              params: { path: { id, applicationId: application.id } },
              body,
            }),
          )
        : ask(api.POST('/v1/customers/{id}/credit-applications', { params: { path: { id }, header }, body }));
    },
    said: () => 'Saved as a draft. Nobody reads it before you apply.',
    changes: [['credit-applications'], ['credit-application']],
  });
  const faultAt = faultsAt(save.error);
  const field = (path: string, label: string, value: string | number | undefined, rest: object = {}) => (
    <TextInput name={path} label={label} defaultValue={value ?? ''} error={faultAt(path)} required maxLength={200} {...rest} />
  );
  const amount = (path: string, label: string, minor: number | undefined) =>
    field(path, `${label} in ${currency}`, minor === undefined ? '' : majorOf(minor, currency), { inputMode: 'decimal' });

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = detailsOf(fieldsOf(entriesOf(event.currentTarget)), currency, references.length, withAccounts);
    save.mutate({ body }, { onSuccess: () => saved?.() });
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <Panel title="What you ask for">
          <Stack gap="sm">
            {amount('/requestedLimitMinor', 'Credit limit', application?.requestedLimitMinor)}
            <Textarea
              name="/note"
              label="Note"
              defaultValue={application?.note ?? ''}
              maxLength={2_000}
              autosize
              minRows={2}
              error={faultAt('/note')}
            />
          </Stack>
        </Panel>
        {references.map((key, index) => {
          const given = application?.references[key];
          const at = `/references/${index}`;
          return (
            <Panel
              key={key}
              title={`Trade reference ${index + 1}`}
              actions={
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-sm"
                  onClick={() => setReferences(references.filter((one) => one !== key))}
                  aria-label={`Take off trade reference ${index + 1}`}
                >
                  Take off
                </Button>
              }
            >
              <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
                {field(`${at}/company`, 'Company', given?.company)}
                {field(`${at}/contact/name`, 'Contact', given?.contact.name)}
                {field(`${at}/contact/email`, 'Email of the contact', given?.contact.email, { required: false, type: 'email' })}
                {field(`${at}/contact/phone`, 'Phone of the contact', given?.contact.phone, { required: false, maxLength: 40 })}
                {amount(`${at}/annualVolumeMinor`, 'Bought there in a year', given?.annualVolumeMinor)}
                {field(`${at}/yearsKnown`, 'Years known', given?.yearsKnown, { type: 'number' })}
                {field(`${at}/averageDaysLate`, 'Days late on average', given?.averageDaysLate ?? 0, {
                  type: 'number',
                  description: 'Below 0: early.',
                })}
              </SimpleGrid>
            </Panel>
          );
        })}
        <Group gap="md">
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => setReferences([...references, Math.max(-1, ...references) + 1])}
          >
            Add a trade reference
          </Button>
          <Checkbox
            label="With a year’s accounts"
            checked={withAccounts}
            onChange={(event) => setWithAccounts(event.currentTarget.checked)}
          />
        </Group>
        {withAccounts && (
          <Panel title="Accounts">
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
              {field('/financials/year', 'Year', application?.financials?.year, { type: 'number' })}
              {amountsOfAccounts.map(([name, label]) => (
                <div key={name}>{amount(`/financials/${name}`, label, application?.financials?.[name])}</div>
              ))}
            </SimpleGrid>
          </Panel>
        )}
        <Button type="submit" variant={application ? 'default' : 'filled'} loading={save.isPending}>
          Save the draft
        </Button>
      </Stack>
    </form>
  );
}

function detailsOf(form: Fields, currency: string, count: number, withAccounts: boolean): Details {
  const minor = (path: string) => minorOf(form(path), currency);
  const optional = (name: string, path: string) => (form(path) === '' ? {} : { [name]: form(path) });
  return {
    requestedLimitMinor: minor('/requestedLimitMinor'),
    currency,
    ...optional('note', '/note'),
    references: Array.from({ length: count }, (_, index) => {
      const at = `/references/${index}`;
      return {
        company: form(`${at}/company`),
        contact: {
          name: form(`${at}/contact/name`),
          ...optional('email', `${at}/contact/email`),
          ...optional('phone', `${at}/contact/phone`),
        },
        annualVolumeMinor: minor(`${at}/annualVolumeMinor`),
        yearsKnown: Number(form(`${at}/yearsKnown`)),
        averageDaysLate: Number(form(`${at}/averageDaysLate`)),
      };
    }),
    ...(withAccounts && {
      financials: {
        year: Number(form('/financials/year')),
        currency,
        ...(Object.fromEntries(amountsOfAccounts.map(([name]) => [name, minor(`/financials/${name}`)])) as Record<
          (typeof amountsOfAccounts)[number][0],
          number
        >),
      },
    }),
  };
}
