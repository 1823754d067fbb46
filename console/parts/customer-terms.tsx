import { Checkbox, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Schema } from '../api/client.ts';
import { choicesOf } from '../form/choices.ts';
import type { Fields } from '../form/entries.ts';
import type { FaultAt } from '../form/faults.ts';
import { Part } from '../form/part.tsx';
import { percentOf, shareOf } from '../form/percent.ts';

type Customer = Schema<'Customer'>;
type Details = Schema<'CustomerDetails'>;

/** Parts and further discounts come by the API; they stay while the kind of terms does. */
export function termsIn(form: Fields, before: Customer['terms'] | undefined): Details['terms'] {
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

export function TermsFields({ terms, faultAt }: { terms: Customer['terms'] | undefined; faultAt: FaultAt }) {
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
          data={choicesOf<Details['terms']['kind']>({
            net: 'After so many days',
            'due-on-receipt': 'On receipt',
            prepayment: 'In advance',
          })}
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
const incoterms = choicesOf<NonNullable<Details['deliveryTerms']>>({
  EXW: true,
  FCA: true,
  FAS: true,
  FOB: true,
  CFR: true,
  CIF: true,
  CPT: true,
  CIP: true,
  DAP: true,
  DPU: true,
  DDP: true,
});

export function invoicingIn(form: Fields): NonNullable<Details['invoicing']> {
  const every = form('invoicing');
  if (every === 'week') return { kind: 'consolidated', every, weekday: Number(form('invoicingOn')) };
  if (every === 'month') return { kind: 'consolidated', every, day: Number(form('invoicingOn')) };
  return { kind: 'per-shipment' };
}

export function InvoicingFields({ customer, faultAt }: { customer: Customer | undefined; faultAt: FaultAt }) {
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
