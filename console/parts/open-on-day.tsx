import { Link } from '@tanstack/react-router';
import { Money } from '../show/money.tsx';

export const bucketName = (bucket: string) => (bucket === 'current' ? 'Not overdue' : `${bucket.replaceAll('-', '–')} days`);

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
