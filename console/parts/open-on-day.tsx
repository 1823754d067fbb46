import { Link } from '@tanstack/react-router';
import type { Schema } from '../api/client.ts';
import { Money } from '../show/money.tsx';

type Bucket = keyof Schema<'Ageing'>['items'][number]['buckets'];

const names: Record<Bucket, string> = {
  current: 'Not overdue',
  '1-30': '1–30 days',
  '31-60': '31–60 days',
  '61-90': '61–90 days',
  '91+': '91+ days',
};

/** The buckets of every ageing, by how long something is overdue. */
export const buckets = Object.keys(names) as Bucket[];
export const bucketName = (bucket: Bucket) => names[bucket];

interface OpenItemsProps {
  minor: number;
  currency: string;
  /** The day that they were open on. */
  on: string;
  customerId?: string;
  bucket?: string;
  /** The day by whose end they were known. */
  knownOn?: string | undefined;
}

/** What was open on a day, which leads to the items that it comes to. */
export function OpenItems({ minor, currency, on, customerId, bucket, knownOn }: OpenItemsProps) {
  const amount = <Money minor={minor} currency={currency} />;
  if (minor === 0) return amount;
  const search = { currency, unit: 'minor', to: on, ...(customerId && { customerId }), ...(bucket && { bucket }) };
  return (
    <Link to="/reports/documents/receivables" search={{ ...search, ...(knownOn && { knownOn }) } as never}>
      {amount}
    </Link>
  );
}
