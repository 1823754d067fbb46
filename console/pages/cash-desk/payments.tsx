import { Group } from '@mantine/core';
import { api, ask } from '../../api/client.ts';
import { AskForRefund } from '../../parts/ask-for-refund.tsx';
import { Apply, changes } from '../../parts/payment-commands.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { inWords } from '../../show/status.tsx';
import { FilterField } from '../../table/filter-field.tsx';
import { useFilters } from '../../table/filters.ts';
import { PagedRecords } from '../../table/paged-records.tsx';

/** Money that has come in, the newest first. */
export const Payments = () => (
  <PaymentList
    title="Payments"
    empty="No money has come in yet. A bank statement brings it, a card, a cheque, or whoever records it above."
  />
);

/** Money of a known customer that pays nothing yet. */
export const UnappliedCash = () => (
  <PaymentList
    title="Unapplied cash"
    unapplied
    empty="No money waits. What a customer pays beyond its invoices stands here until it pays others, or goes back."
  />
);

function PaymentList({ title, unapplied, empty }: { title: string; unapplied?: true; empty: string }) {
  const [{ customerId }, setFilters] = useFilters();
  return (
    <Panel
      title={title}
      actions={
        <FilterField
          label="Customer number"
          type="id"
          value={customerId}
          onChange={(value) => setFilters({ customerId: value })}
        />
      }
    >
      <PagedRecords
        queryKey={['payments', unapplied ? 'unapplied' : 'all', customerId]}
        read={(after) =>
          ask(
            api.GET('/v1/payments', {
              params: {
                query: {
                  limit: 100,
                  ...(unapplied && { unapplied: 'true' as const }),
                  ...(customerId !== undefined && { customerId }),
                  ...after,
                },
              },
            }),
          )
        }
        keyOf={({ id }) => id}
        empty={customerId === undefined ? empty : 'There is none of this customer.'}
        columns={[
          { header: 'Payment', cell: ({ id }) => <Identifier id={id} to={`/payments/${id}`} /> },
          {
            header: 'Customer',
            cell: ({ customerId: payer }) => <Identifier id={payer} to={`/customers/${payer}`} />,
          },
          { header: 'Value date', cell: ({ valueOn }) => <Day on={valueOn} /> },
          { header: 'Text', cell: ({ remittanceText, method }) => remittanceText ?? inWords(method) },
          {
            header: 'Came',
            align: 'right',
            cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
          },
          {
            header: 'Unapplied',
            align: 'right',
            cell: ({ unappliedMinor, currency }) => (
              <b>
                <Money minor={unappliedMinor} currency={currency} />
              </b>
            ),
          },
          ...(unapplied
            ? [
                {
                  header: 'What to do',
                  align: 'right' as const,
                  cell: (payment: Parameters<typeof Apply>[0]['payment']) => (
                    <Group gap={6} justify="flex-end">
                      {payment.actions.includes('apply') && <Apply payment={payment} />}
                      {payment.actions.includes('refund') && <AskForRefund of={payment} from="paymentId" changes={changes} />}
                    </Group>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}
