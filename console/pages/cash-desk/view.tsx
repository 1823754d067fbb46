import { Group, Select, Stack, Tabs, Text, TextInput, Title } from '@mantine/core';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCurrencyOfForm } from '../../api/company-currency.ts';
import { choicesOf } from '../../form/choices.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { CustomerField } from '../../form/customer-field.tsx';
import type { Fields } from '../../form/entries.ts';
import type { FaultAt } from '../../form/faults.ts';
import { AmountField, DayField, NoteField } from '../../form/fields.tsx';
import { minorOf } from '../../show/money.tsx';
import { useFilters } from '../../table/filters.ts';
import { BankAccounts } from './bank-accounts.tsx';
import { BankLines } from './bank-lines.tsx';
import { CardDisputes } from './card-disputes.tsx';
import { Cheques } from './cheques.tsx';
import { Payments, UnappliedCash } from './payments.tsx';
import { Refunds } from './refunds.tsx';
import { Statements } from './statements.tsx';
import { Undocumented } from './undocumented.tsx';

const tabs = [
  { value: 'lines', label: 'Bank lines', view: <BankLines /> },
  { value: 'statements', label: 'Statements', view: <Statements /> },
  { value: 'undocumented', label: 'Undocumented', view: <Undocumented /> },
  { value: 'payments', label: 'Payments', view: <Payments /> },
  { value: 'unapplied', label: 'Unapplied cash', view: <UnappliedCash /> },
  { value: 'refunds', label: 'Refunds', view: <Refunds /> },
  { value: 'cheques', label: 'Cheques', view: <Cheques /> },
  { value: 'card-disputes', label: 'Card disputes', view: <CardDisputes /> },
  { value: 'accounts', label: 'Bank accounts', view: <BankAccounts /> },
];

/** Where money finds what it pays: what came by itself, and what a person decides. */
export default function CashDeskPage() {
  const [filters, setFilters] = useFilters();
  const { tab = 'lines' } = filters;
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="wrap">
        <Title order={1}>Cash desk</Title>
        <Group gap="xs">
          <RecordPayment />
          <TakeCheque />
        </Group>
      </Group>
      <Tabs
        value={tabs.some(({ value }) => value === tab) ? tab : 'lines'}
        onChange={(value) =>
          setFilters({ ...Object.fromEntries(Object.keys(filters).map((id) => [id, undefined])), tab: value ?? undefined })
        }
        keepMounted={false}
      >
        {/* More than a phone is wide: they scroll, and the page does not. */}
        <Tabs.List mb="sm">
          {tabs.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ value, view }) => (
          <Tabs.Panel key={value} value={value}>
            {view}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

const changes = [['payments'], ['cheques'], ['invoices'], ['account'], ['bank-lines']];

/** Numbers of invoices, as people write them one after another. */
const namedIn = (text: string) => [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))];

const namesOf = (form: Fields) => ({
  invoiceIds: namedIn(form('invoices')),
  ...(form('remittance') !== '' && { remittanceText: form('remittance') }),
});

function PaymentFields({
  currency,
  setCurrency,
  faultAt,
}: {
  currency: string;
  setCurrency: (is: string) => void;
  faultAt: FaultAt;
}) {
  return (
    <>
      <CustomerField name="customer" label="Customer" required error={faultAt('/customerId')} />
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <AmountField name="amount" label="Amount" currency={currency} required error={faultAt('/amountMinor')} />
        <TextInput
          name="currency"
          label="Currency"
          w={100}
          required
          maxLength={3}
          value={currency}
          onChange={({ currentTarget }) => setCurrency(currentTarget.value.toUpperCase())}
          error={faultAt('/currency')}
        />
      </Group>
      <TextInput
        name="invoices"
        label="Invoices that it names"
        description="Numbers with spaces between. What no invoice takes waits as unapplied cash."
        error={faultAt('/invoiceIds', 'within')}
      />
      <NoteField name="remittance" label="Remittance text" required={false} error={faultAt('/remittanceText')} />
    </>
  );
}

/** Half-written currencies have no digits that an amount could be shown with. */
const known = (currency: string) => (/^[A-Z]{3}$/.test(currency) ? currency : 'EUR');

function RecordPayment() {
  const [currency, setCurrency] = useCurrencyOfForm();
  return (
    <CommandButton
      label="Record a payment"
      submit="Book the payment"
      changes={changes}
      send={async (form, key) => {
        const { paymentId, applications, unappliedMinor } = await ask(
          api.POST('/v1/payments', {
            params: { header: { 'Idempotency-Key': key } },
            body: {
              customerId: form('customer'),
              method: form('method') as Schema<'NewPayment'>['method'],
              currency,
              amountMinor: minorOf(form('amount'), known(currency)),
              valueOn: form('valueOn'),
              ...namesOf(form),
              ...(form('reference') !== '' && { externalReference: form('reference') }),
            },
          }),
        );
        const paid = applications.map(({ invoiceId }) => invoiceId).join(', ');
        return `${paymentId}${paid === '' ? '' : ` paid on ${paid}`}${unappliedMinor > 0 ? '; the rest waits unapplied' : ''}.`;
      }}
    >
      {(faultAt) => (
        <>
          <PaymentFields currency={currency} setCurrency={setCurrency} faultAt={faultAt} />
          <DayField name="valueOn" label="Value date" required error={faultAt('/valueOn')} />
          <Select
            name="method"
            label="Method"
            required
            allowDeselect={false}
            defaultValue="bank-transfer"
            data={choicesOf<Schema<'NewPayment'>['method']>({
              'bank-transfer': true,
              card: true,
              cheque: true,
              'direct-entry': true,
            })}
          />
          <TextInput name="reference" label="The bank’s own reference" error={faultAt('/externalReference')} />
        </>
      )}
    </CommandButton>
  );
}

function TakeCheque() {
  const [currency, setCurrency] = useCurrencyOfForm();
  return (
    <CommandButton
      label="Take in a cheque"
      submit="Take the cheque in"
      changes={changes}
      send={async (form, key) => {
        const { id, countsFrom } = await ask(
          api.POST('/v1/cheques', {
            params: { header: { 'Idempotency-Key': key } },
            body: {
              customerId: form('customer'),
              number: form('number'),
              bank: form('bank'),
              currency,
              amountMinor: minorOf(form('amount'), known(currency)),
              receivedOn: form('receivedOn'),
              ...namesOf(form),
            },
          }),
        );
        return `${id} was taken in; it counts as money from its ${countsFrom}.`;
      }}
    >
      {(faultAt) => (
        <>
          <Text size="sm">It is money from its deposit or its clearing, as the policy says.</Text>
          <PaymentFields currency={currency} setCurrency={setCurrency} faultAt={faultAt} />
          <TextInput name="number" label="Number of the cheque" required error={faultAt('/number')} />
          <TextInput name="bank" label="Bank that it is drawn on" required error={faultAt('/bank')} />
          <DayField name="receivedOn" label="Received on" required error={faultAt('/receivedOn')} />
        </>
      )}
    </CommandButton>
  );
}
