import { Text } from '@mantine/core';
import { Fragment } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { DayField } from '../../form/fields.tsx';
import { ReviewTabs } from '../../parts/review-tabs.tsx';
import { useSession } from '../../session/session.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Status } from '../../show/status.tsx';
import { type Column, DataTable } from '../../table/data-table.tsx';

type Review = Schema<'OverdueReview'>;

const amounts = (currencies: Review['currencies'], of: 'requiredMinor' | 'allowanceMinor') =>
  currencies.map((one, index) => (
    <Fragment key={one.currency}>
      {index > 0 && ' · '}
      <Money minor={one[of]} currency={one.currency} />
    </Fragment>
  ));

const columns: Column<Review>[] = [
  {
    id: 'id',
    header: 'Review',
    width: 'minmax(9rem, 1fr)',
    phone: true,
    cell: ({ id }) => <Identifier id={id} to={`/reviews/${id}`} />,
  },
  { id: 'asOf', header: 'As of', width: '8rem', phone: true, cell: ({ asOf }) => <Day on={asOf} /> },
  { id: 'status', header: 'True-up', width: '8rem', phone: true, cell: ({ status }) => <Status of={status} /> },
  {
    id: 'accounts',
    header: 'Accounts',
    width: '6rem',
    align: 'right',
    cell: ({ accountCount }) => <span className="digits">{accountCount}</span>,
  },
  {
    id: 'required',
    header: 'Expected loss',
    width: 'minmax(9rem, 1fr)',
    align: 'right',
    cell: ({ currencies }) => amounts(currencies, 'requiredMinor'),
  },
  {
    id: 'allowance',
    header: 'Allowance then',
    width: 'minmax(9rem, 1fr)',
    align: 'right',
    cell: ({ currencies }) => amounts(currencies, 'allowanceMinor'),
  },
  { id: 'actor', header: 'By', width: '8rem', cell: ({ actor }) => actor },
];

export default function ReviewsPage() {
  const { me } = useSession();
  return (
    <DataTable
      name="reviews"
      title="Reviews of overdue accounts"
      above={<ReviewTabs />}
      columns={columns}
      queryKey={['reviews']}
      read={(_, after) => ask(api.GET('/v1/reviews', { params: { query: { limit: 100, ...after } } }))}
      idOf={({ id }) => id}
      addressOf={({ id }) => `/reviews/${id}`}
      // A person without the role would only be refused.
      actions={me.roles.some((role) => role === 'finance' || role === 'admin') && <ReviewNow />}
      empty={
        <Text>
          There is no review yet. One comes round each month or week by itself, as the bad-debt policy says; finance makes one as
          of any day before.
        </Text>
      }
    />
  );
}

function ReviewNow() {
  return (
    <CommandButton
      label="Review now"
      title="Review all overdue accounts"
      submit="Make the review"
      changes={[['reviews']]}
      send={async (form, key) => {
        const asOf = form('asOf');
        const { id, accountCount } = await ask(
          api.POST('/v1/reviews', {
            params: { header: { 'Idempotency-Key': key } },
            body: asOf === '' ? {} : { asOf },
          }),
        );
        return `${id}: ${accountCount} accounts.`;
      }}
    >
      {(faultAt) => <DayField name="asOf" label="As of" description="Empty: today." error={faultAt('/asOf')} />}
    </CommandButton>
  );
}
