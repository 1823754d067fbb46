import type { Schema } from '../api/client.ts';
import { Identifier } from '../show/identifier.tsx';
import { Moment } from '../show/moment.tsx';
import { Money } from '../show/money.tsx';
import type { RecordsColumn } from '../show/records.tsx';
import { Status } from '../show/status.tsx';

/** What every list of refunds says of each. */
export const refundColumns = {
  refund: { header: 'Refund', cell: ({ id }) => <Identifier id={id} /> },
  status: { header: 'Status', cell: ({ status }) => <Status of={status} /> },
  why: {
    header: 'Why',
    cell: ({ reason, requestedBy, requestedAt }) => (
      <>
        {reason}
        <div className="faint">
          {requestedBy}, <Moment at={requestedAt} />
        </div>
      </>
    ),
  },
  amount: {
    header: 'Amount',
    align: 'right',
    cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
  },
} satisfies Record<string, RecordsColumn<Schema<'Refund'>>>;
