import type { Schema } from '../api/client.ts';
import { Moment } from '../show/moment.tsx';
import { Money } from '../show/money.tsx';

type Account = Pick<
  Schema<'CreditAccountSummary'>,
  | 'currency'
  | 'limitMinor'
  | 'expiresAt'
  | 'exposureMinor'
  | 'openReceivablesMinor'
  | 'shippedNotInvoicedMinor'
  | 'approvedNotShippedMinor'
  | 'unappliedCashMinor'
  | 'openCreditNotesMinor'
>;

const buckets = [
  ['openReceivablesMinor', 'Open receivables', 'receivables'],
  ['shippedNotInvoicedMinor', 'Shipped, not invoiced', 'shipped'],
  ['approvedNotShippedMinor', 'Approved, not shipped', 'approved'],
] as const;

/** Exposure by bucket against the limit: what it is made of, and what an order under decision would add. */
export function Exposure({ account, askedMinor = 0 }: { account: Account; askedMinor?: number }) {
  const { currency, limitMinor, exposureMinor, unappliedCashMinor, openCreditNotesMinor, expiresAt } = account;
  const takenMinor = buckets.reduce((sum, [bucket]) => sum + account[bucket], 0);
  const wholeMinor = Math.max(limitMinor ?? 0, takenMinor + askedMinor, 1);
  const share = (minor: number) => `${(100 * minor) / wholeMinor}%`;
  return (
    <>
      <div className="bar" aria-hidden>
        {buckets.map(([bucket, , tone]) => (
          <span key={bucket} data-tone={tone} style={{ width: share(account[bucket]) }} />
        ))}
        <span data-tone="asked" style={{ width: share(askedMinor) }} />
        {limitMinor !== null && <i style={{ left: share(limitMinor) }} />}
      </div>
      <dl className="facts">
        {buckets.map(([bucket, label, tone]) => [
          <dt key={bucket} className="bucket" data-tone={tone}>
            {label}
          </dt>,
          <dd key={`${bucket} amount`}>
            <Money minor={account[bucket]} currency={currency} />
          </dd>,
        ])}
        {unappliedCashMinor > 0 && (
          <>
            <dt>Less unapplied cash</dt>
            <dd>
              <Money minor={-unappliedCashMinor} currency={currency} />
            </dd>
          </>
        )}
        {openCreditNotesMinor > 0 && (
          <>
            <dt>Less credit balance</dt>
            <dd>
              <Money minor={-openCreditNotesMinor} currency={currency} />
            </dd>
          </>
        )}
        <dt>
          <b>Exposure</b>
        </dt>
        <dd>
          <Money minor={exposureMinor} currency={currency} />
        </dd>
        {askedMinor > 0 && (
          <>
            <dt className="bucket" data-tone="asked">
              This order
            </dt>
            <dd>
              <Money minor={askedMinor} currency={currency} />
            </dd>
          </>
        )}
        <dt>Limit</dt>
        <dd style={{ textAlign: 'right' }}>
          {limitMinor === null ? 'never assessed' : <Money minor={limitMinor} currency={currency} />}
        </dd>
        {limitMinor !== null && (
          <>
            <dt>{limitMinor - exposureMinor - askedMinor < 0 ? 'Short by' : 'Room'}</dt>
            <dd>
              <Money minor={Math.abs(limitMinor - exposureMinor - askedMinor)} currency={currency} />
            </dd>
          </>
        )}
        {expiresAt && (
          <>
            <dt>Approval ends</dt>
            <dd style={{ textAlign: 'right' }}>
              <Moment at={expiresAt} />
            </dd>
          </>
        )}
      </dl>
    </>
  );
}
