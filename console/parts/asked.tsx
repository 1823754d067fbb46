import { Text } from '@mantine/core';
import type { Schema } from '../api/client.ts';
import { Day } from '../show/moment.tsx';
import { Money, percentText } from '../show/money.tsx';

type Asked = Pick<Schema<'AskedInvoice'>, 'openMinor' | 'disputedMinor' | 'askedMinor' | 'discount' | 'currency'>;

/** Among the facts of an invoice: why less than what is open is asked for today, and how much. */
export function AskedFacts({ of: { openMinor, disputedMinor, askedMinor, discount, currency } }: { of: Asked }) {
  return (
    <>
      {disputedMinor > 0 && (
        <>
          <dt>Of it disputed</dt>
          <dd>
            <Money minor={disputedMinor} currency={currency} />
          </dd>
        </>
      )}
      {discount && (
        <>
          <dt>
            {percentText(discount.rate)} off until <Day on={discount.payBy} />
          </dt>
          <dd>
            <Money minor={-discount.discountMinor} currency={currency} />
          </dd>
        </>
      )}
      {askedMinor !== openMinor && (
        <>
          <dt>To pay today</dt>
          <dd>
            <Money minor={askedMinor} currency={currency} />
          </dd>
        </>
      )}
    </>
  );
}

interface DiscountProps {
  /** Where it stands among others: the invoice that offers it. */
  of?: string | undefined;
  discount: Asked['discount'];
  currency: string;
}

/** What is saved by paying all that is asked for by a day. */
export function DiscountOffered({ of, discount, currency }: DiscountProps) {
  if (!discount) return null;
  const { rate, payBy, discountMinor } = discount;
  return (
    <Text size="sm">
      {of && `${of}: `}
      {percentText(rate)} discount, <Money minor={discountMinor} currency={currency} />, is taken off if all of it is paid by{' '}
      <Day on={payBy} />.
    </Text>
  );
}
