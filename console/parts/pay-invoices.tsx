import { Button, Modal, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { api, ask, type Schema } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import { CardField } from '../form/card-field.tsx';
import { entriesOf, type Fields, fieldsOf } from '../form/entries.ts';
import { faultsAt } from '../form/faults.ts';
import { AmountField, DayField } from '../form/fields.tsx';
import { useCustomerId } from '../session/customer.ts';
import { Unanswered } from '../shell/broken-page.tsx';
import { Identifier } from '../show/identifier.tsx';
import { useToday } from '../show/moment.tsx';
import { Money, majorOf, minorOf, moneyText } from '../show/money.tsx';
import { Notice } from '../show/notice.tsx';
import { DiscountOffered } from './asked.tsx';

/** `askedMinor` and `discount` may be of a part of it: of what is overdue. */
export type Payable = Pick<Schema<'AskedInvoice'>, 'id' | 'currency' | 'askedMinor' | 'discount' | 'paymentReference'>;
type Way = 'card' | 'transfer' | 'paid' | 'later';

const ways: { value: Way; label: string }[] = [
  { value: 'card', label: 'Card' },
  { value: 'transfer', label: 'Transfer' },
  { value: 'paid', label: 'Paid already' },
  { value: 'later', label: 'Pay later' },
];

/** How one invoice or many are paid: now by card, by transfer, already, or on a day that is promised. */
export function PayInvoices({ invoices, opened, close }: { invoices: readonly Payable[]; opened: boolean; close: () => void }) {
  const [way, setWay] = useState<Way>('card');
  const [first] = invoices;
  return (
    <Modal
      opened={opened && first !== undefined}
      onClose={close}
      title={invoices.length === 1 ? `Pay ${first?.id}` : `Pay ${invoices.length} invoices`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {first && (
        <Stack gap="sm">
          <SegmentedControl
            value={way}
            onChange={(chosen) => setWay(chosen as Way)}
            data={ways}
            fullWidth
            size="xs"
            aria-label="How to pay"
          />
          {invoices.map(({ id, discount, currency }) => (
            <DiscountOffered key={id} of={invoices.length > 1 ? id : undefined} discount={discount} currency={currency} />
          ))}
          {way === 'card' && <ByCard invoices={invoices} />}
          {way === 'transfer' && <ByTransfer invoices={invoices} />}
          {way === 'paid' && <PaidAlready invoices={invoices} done={close} />}
          {way === 'later' && <PayLater invoices={invoices} done={close} />}
        </Stack>
      )}
    </Modal>
  );
}

export const askedOf = (invoices: readonly Payable[]): number => invoices.reduce((sum, { askedMinor }) => sum + askedMinor, 0);
/** What they come to for who pays when their discounts are over. */
const laterOf = (invoices: readonly Payable[]): number =>
  invoices.reduce((sum, { askedMinor, discount }) => sum + askedMinor + (discount?.discountMinor ?? 0), 0);
const changedByPaying = [['invoices'], ['invoice'], ['account'], ['orders'], ['order'], ['statement']];

function ByCard({ invoices }: { invoices: readonly Payable[] }) {
  // The list is read anew once something is paid: this is about the invoices that it began with.
  const [chosen] = useState(invoices);
  const [{ id, currency }, ...others] = chosen as [Payable, ...Payable[]];
  const [amount, setAmount] = useState(majorOf(askedOf(chosen), currency));
  const [asked, setAsked] = useState<string>();
  const queries = useQueryClient();
  const pay = useCommand({
    send: ({ paymentMethod, amountMinor }: { paymentMethod: string; amountMinor: number }, key) =>
      ask(
        api.POST('/v1/invoices/{id}/card-payments', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: { paymentMethod, amountMinor, alsoInvoiceIds: others.map((other) => other.id) },
        }),
      ),
    said: () => 'The card is being charged.',
    changes: [],
  });
  const payment = useQuery({
    queryKey: ['card-payment', asked],
    queryFn: () => ask(api.GET('/v1/card-payments/{id}', { params: { path: { id: asked! } } })),
    enabled: asked !== undefined,
    refetchInterval: ({ state }) => (state.data && state.data.status !== 'requested' ? false : 500),
  });
  const status = payment.data?.status;
  useEffect(() => {
    if (status !== undefined && status !== 'requested')
      for (const queryKey of changedByPaying) void queries.invalidateQueries({ queryKey });
  }, [status, queries]);
  if (payment.data?.status === 'captured')
    return (
      <Notice tone="good" alert title={`Paid ${moneyText(payment.data.amountMinor, currency)}`}>
        Your receipt is <Identifier id={payment.data.paymentId ?? payment.data.id} />.
      </Notice>
    );
  const faultAt = faultsAt(pay.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = fieldsOf(entriesOf(event.currentTarget));
    pay.mutate(
      { paymentMethod: form('paymentMethod'), amountMinor: minorOf(amount, currency) },
      { onSuccess: (made) => setAsked(made.id) },
    );
  };
  const amountMinor = minorOf(amount, currency);
  const pays = Number.isSafeInteger(amountMinor) && amountMinor > 0 ? ` ${moneyText(amountMinor, currency)}` : '';
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        {(status === 'declined' || status === 'cancelled') && (
          <Notice tone="bad" alert title="Nothing was taken">
            {status === 'cancelled'
              ? 'Other money came first.'
              : `The card was declined${payment.data?.code ? `: ${payment.data.code.replaceAll('_', ' ')}` : ''}. Try another.`}
          </Notice>
        )}
        <CardField name="paymentMethod" error={faultAt('/paymentMethod')} />
        <TextInput
          label={`Amount in ${currency}`}
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
          inputMode="decimal"
          required
          error={faultAt('/amountMinor')}
        />
        <Button type="submit" loading={pay.isPending || status === 'requested' || (asked !== undefined && payment.isPending)}>
          Pay{pays} by card
        </Button>
      </Stack>
    </form>
  );
}

/** Where to send the money, and the reference by which it is recognised. */
export function ByTransfer({ invoices }: { invoices: readonly Payable[] }) {
  const company = useQuery({ queryKey: ['company'], queryFn: () => ask(api.GET('/v1/company')), staleTime: 600_000 });
  if (!company.data) return <Unanswered query={company} height={90} />;
  const { legalName, bankIban, bankBic } = company.data;
  return (
    <dl className="facts">
      <dt>To</dt>
      <dd>{legalName}</dd>
      <dt>IBAN</dt>
      <dd>
        <Identifier id={bankIban} />
      </dd>
      <dt>BIC</dt>
      <dd>
        <Identifier id={bankBic} />
      </dd>
      {invoices.map(({ id, paymentReference, askedMinor, currency }) => (
        <Reference key={id} id={invoices.length > 1 ? id : undefined}>
          <Identifier id={paymentReference} /> <Money minor={askedMinor} currency={currency} />
        </Reference>
      ))}
    </dl>
  );
}

const Reference = ({ id, children }: { id: string | undefined; children: ReactNode }) => (
  <>
    <dt>{id ? `Reference for ${id}` : 'Reference'}</dt>
    <dd>{children}</dd>
  </>
);

/** Tells of a payment that is on its way, so that no reminder crosses it. */
function PaidAlready({ invoices, done }: { invoices: readonly Payable[]; done: () => void }) {
  const id = useCustomerId();
  const today = useToday();
  const { currency } = invoices[0]!;
  const claim = useCommand({
    send: (entries: [string, string][], key) => {
      const form = fieldsOf(entries);
      return ask(
        api.POST('/v1/customers/{id}/payment-claims', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: { ...announced(form, currency, invoices), paidOn: form('paidOn') },
        }),
      );
    },
    said: () => 'Thank you. Reminders wait while we look for your payment.',
    changes: [['announcements'], ['account']],
  });
  const faultAt = faultsAt(claim.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        claim.mutate(entriesOf(event.currentTarget), { onSuccess: done });
      }}
    >
      <Stack gap="sm">
        <AmountField
          name="amount"
          label="Amount"
          currency={currency}
          required
          defaultValue={majorOf(askedOf(invoices), currency)}
          error={faultAt('/amountMinor')}
        />
        <DayField name="paidOn" label="Paid on" defaultValue={today} required error={faultAt('/paidOn')} />
        <TextInput
          name="reference"
          label="Your reference"
          description="As our bank will show it."
          maxLength={100}
          error={faultAt('/reference')}
        />
        <Button type="submit" loading={claim.isPending}>
          Tell that I have paid
        </Button>
      </Stack>
    </form>
  );
}

/** A promise to pay until a day; the API says which days, and that it is for all that is due by then. */
function PayLater({ invoices, done }: { invoices: readonly Payable[]; done: () => void }) {
  const id = useCustomerId();
  const { currency } = invoices[0]!;
  const promise = useCommand({
    send: (entries: [string, string][], key) => {
      const form = fieldsOf(entries);
      const { note, ...rest } = announced(form, currency, invoices);
      return ask(
        api.POST('/v1/customers/{id}/promises', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: {
            amountMinor: rest.amountMinor,
            currency,
            invoiceIds: rest.invoiceIds,
            promisedOn: form('promisedOn'),
            ...(note !== undefined && { note }),
          },
        }),
      );
    },
    said: ({ promisedOn }) => `Promised until ${promisedOn}. Reminders about it wait.`,
    changes: [['promises'], ['invoices'], ['invoice']],
  });
  const faultAt = faultsAt(promise.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        promise.mutate(entriesOf(event.currentTarget), { onSuccess: done });
      }}
    >
      <Stack gap="sm">
        <Text c="dimmed">Name the day on which you will pay. Reminders wait for it; orders on hold do not go on before.</Text>
        <AmountField
          name="amount"
          label="Amount"
          currency={currency}
          required
          defaultValue={majorOf(laterOf(invoices), currency)}
          error={faultAt('/amountMinor')}
        />
        <DayField name="promisedOn" label="I will pay on" required error={faultAt('/promisedOn')} />
        <Textarea name="note" label="Note" maxLength={2_000} autosize minRows={2} error={faultAt('/note')} />
        <Button type="submit" loading={promise.isPending}>
          Promise to pay
        </Button>
      </Stack>
    </form>
  );
}

function announced(form: Fields, currency: string, invoices: readonly Payable[]) {
  const [reference, note] = [form('reference'), form('note')];
  return {
    amountMinor: minorOf(form('amount'), currency),
    currency,
    invoiceIds: invoices.map(({ id }) => id),
    ...(reference !== '' && { reference }),
    ...(note !== '' && { note }),
  };
}
