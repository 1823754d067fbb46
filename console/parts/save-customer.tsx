import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { api, ask, type Schema } from '../api/client.ts';
import { useCompanyCurrency } from '../api/company-currency.ts';
import { AddressFields, addressIn } from '../form/address-fields.tsx';
import { CommandButton } from '../form/command-button.tsx';
import type { Fields } from '../form/entries.ts';
import type { FaultAt } from '../form/faults.ts';
import { isThere, notTaken } from '../form/not-taken.ts';
import { percentOf, shareOf } from '../form/percent.ts';
import { useMay, useSession } from '../session/session.tsx';
import { majorOf, minorOf } from '../show/money.tsx';
import { inWords } from '../show/status.tsx';

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
 * A list whose entries are added and removed. An entry keeps the place that its fields are named by; `index` is where it stands among those
 * that are left, by which what is sent counts. The places go into the form's field `name`.
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

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="panel">
      <legend>{title}</legend>
      <Stack gap="xs">{children}</Stack>
    </fieldset>
  );
}

/** A fact that is left out when nothing was written. */
const given = <Name extends string, Text extends string>(name: Name, text: Text) =>
  (text === '' ? {} : { [name]: text }) as Partial<Record<Name, Text>>;

/** Parts and further discounts come by the API; they stay while the kind of terms does. */
function termsIn(form: Fields, before: Customer['terms'] | undefined): Details['terms'] {
  const kind = form('termsKind') as Details['terms']['kind'];
  const days = kind === 'net' ? Number(form('termsDays')) : 0;
  if (kind !== 'net') return { kind, days };
  const { endOfMonth: _, discounts = [], ...rest } = before?.kind === 'net' ? before : { kind, days };
  const rate = form('discountRate');
  const first = rate === '' ? [] : [{ rate: shareOf(rate), days: Number(form('discountDays')) }];
  const offered = [...first, ...discounts.slice(1)];
  return {
    ...rest,
    kind,
    days,
    ...(form('endOfMonth') !== '' && { endOfMonth: true }),
    ...(offered.length > 0 && { discounts: offered }),
  };
}

function TermsFields({ terms, faultAt }: { terms: Customer['terms'] | undefined; faultAt: FaultAt }) {
  const [kind, setKind] = useState<string>(terms?.kind ?? 'net');
  const more = [
    terms?.instalments && `${terms.instalments.length} instalments`,
    terms?.months !== undefined && `${terms.months} months`,
    terms?.daysAfterEndOfMonth !== undefined && `${terms.daysAfterEndOfMonth} days after the end of the month`,
    (terms?.discounts?.length ?? 0) > 1 && 'more than one discount',
  ].filter((one) => typeof one === 'string');
  return (
    <Part title="Terms of payment">
      <Group grow align="flex-start">
        <NativeSelect
          name="termsKind"
          label="Paid"
          data={[
            { value: 'net', label: 'After so many days' },
            { value: 'due-on-receipt', label: 'On receipt' },
            { value: 'prepayment', label: 'In advance' },
          ]}
          value={kind}
          onChange={({ currentTarget }) => setKind(currentTarget.value)}
          error={faultAt('/terms/kind') ?? faultAt('/terms')}
        />
        {kind === 'net' && (
          <>
            <TextInput
              name="termsDays"
              type="number"
              label="Days"
              min={0}
              max={365}
              required
              defaultValue={String(terms?.kind === 'net' ? terms.days : 30)}
              error={faultAt('/terms/days')}
            />
            <TextInput
              name="discountRate"
              label="Early-payment discount in %"
              inputMode="decimal"
              defaultValue={terms?.discounts?.[0] ? percentOf(terms.discounts[0].rate) : ''}
              error={faultAt('/terms/discounts', 'within')}
            />
            <TextInput
              name="discountDays"
              type="number"
              label="Within days"
              min={0}
              max={365}
              defaultValue={String(terms?.discounts?.[0]?.days ?? '')}
            />
          </>
        )}
      </Group>
      {kind === 'net' && (
        <Checkbox name="endOfMonth" label="Counted from the end of the month" defaultChecked={terms?.endOfMonth ?? false} />
      )}
      {kind === 'net' && more.length > 0 && <Text className="faint">Stays as it is: {more.join(', ')}.</Text>}
    </Part>
  );
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const incoterms = ['EXW', 'FCA', 'FAS', 'FOB', 'CFR', 'CIF', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP'];

function invoicingIn(form: Fields): NonNullable<Details['invoicing']> {
  const every = form('invoicing');
  if (every === 'week') return { kind: 'consolidated', every, weekday: Number(form('invoicingOn')) };
  if (every === 'month') return { kind: 'consolidated', every, day: Number(form('invoicingOn')) };
  return { kind: 'per-shipment' };
}

function InvoicingFields({ customer, faultAt }: { customer: Customer | undefined; faultAt: FaultAt }) {
  const invoicing = customer?.invoicing;
  const before = invoicing?.kind === 'consolidated' ? invoicing : undefined;
  const [every, setEvery] = useState<string>(before?.every ?? 'shipment');
  return (
    <Group grow align="flex-start">
      <NativeSelect
        name="invoicing"
        label="Invoiced"
        data={[
          { value: 'shipment', label: 'By shipment' },
          { value: 'week', label: 'Once a week' },
          { value: 'month', label: 'Once a month' },
        ]}
        value={every}
        onChange={({ currentTarget }) => setEvery(currentTarget.value)}
      />
      {every === 'week' && (
        <NativeSelect
          name="invoicingOn"
          label="On"
          data={weekdays.map((label, index) => ({ value: String(index + 1), label }))}
          defaultValue={String(before?.every === 'week' ? before.weekday : 1)}
        />
      )}
      {every === 'month' && (
        <TextInput
          name="invoicingOn"
          type="number"
          label="On the day"
          min={1}
          max={28}
          required
          defaultValue={String(before?.every === 'month' ? before.day : 1)}
          error={faultAt('/invoicing', 'within')}
        />
      )}
      <NativeSelect
        name="deliveryTerms"
        label="Terms of delivery"
        data={[{ value: '', label: 'None' }, ...incoterms]}
        defaultValue={customer?.deliveryTerms ?? ''}
        error={faultAt('/deliveryTerms')}
      />
    </Group>
  );
}

function profileIn(form: Fields, currency: string): NonNullable<Details['creditProfile']> {
  const [years, turnover, references, rating] = ['yearsTrading', 'turnover', 'tradeReferences', 'externalRating'].map(form);
  return {
    ...(years && { yearsTrading: Number(years) }),
    ...(turnover && { annualTurnoverMinor: minorOf(turnover, currency) }),
    ...(references && { tradeReferences: Number(references) }),
    ...(rating && { externalRating: rating as 'A' }),
  };
}

function ProfileFields({
  profile = {},
  currency,
  faultAt,
}: {
  profile: Customer['creditProfile'] | undefined;
  currency: string;
  faultAt: FaultAt;
}) {
  return (
    <Part title="What automatic approvals are decided from">
      <Group grow align="flex-start">
        <TextInput
          name="yearsTrading"
          type="number"
          label="Years trading"
          min={0}
          defaultValue={String(profile.yearsTrading ?? '')}
          error={faultAt('/creditProfile/yearsTrading')}
        />
        <TextInput
          name="turnover"
          label={`Annual turnover in ${currency}`}
          inputMode="decimal"
          defaultValue={profile.annualTurnoverMinor === undefined ? '' : majorOf(profile.annualTurnoverMinor, currency)}
          error={faultAt('/creditProfile/annualTurnoverMinor')}
        />
        <TextInput
          name="tradeReferences"
          type="number"
          label="Trade references"
          min={0}
          max={100}
          defaultValue={String(profile.tradeReferences ?? '')}
          error={faultAt('/creditProfile/tradeReferences')}
        />
        <NativeSelect
          name="externalRating"
          label="External rating"
          data={[{ value: '', label: 'None' }, 'A', 'B', 'C', 'D']}
          defaultValue={profile.externalRating ?? ''}
        />
      </Group>
    </Part>
  );
}
