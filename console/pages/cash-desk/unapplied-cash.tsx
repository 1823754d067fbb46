import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { AskForRefund } from '../../parts/ask-for-refund.tsx';
import { OpenItemChoice } from '../../parts/open-items.tsx';
import { NoAnswer } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money, majorOf } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { inWords } from '../../show/status.tsx';

type Payment = Schema<'Payment'>;

const changes = [['payments'], ['refunds'], ['invoices'], ['account']];

/** Money of a known customer that pays nothing yet. */
export function UnappliedCash() {
  const payments = useQuery({
    queryKey: ['payments', 'unapplied'],
    queryFn: () => ask(api.GET('/v1/payments', { params: { query: { unapplied: 'true', limit: 100 } } })),
  });
  if (payments.isError) return <NoAnswer error={payments.error} again={() => void payments.refetch()} />;
  return (
    <Panel title="Unapplied cash">
      <Records
        rows={payments.data?.items ?? []}
        keyOf={({ id }) => id}
        empty="No money waits. What a customer pays beyond its invoices stands here until it pays others, or goes back."
        columns={[
          { header: 'Payment', cell: ({ id }) => <Identifier id={id} /> },
          { header: 'Customer', cell: ({ customerId }) => customerId },
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
          {
            header: 'What to do',
            align: 'right',
            cell: (payment) => (
              <Group gap={6} justify="flex-end">
                <Apply payment={payment} />
                <AskForRefund of={payment} from="paymentId" changes={changes} />
              </Group>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Apply({ payment: { id, customerId, unappliedMinor, currency } }: { payment: Payment }) {
  return (
    <CommandButton
      label="Apply"
      title={`Pay invoices of ${customerId} with ${majorOf(unappliedMinor, currency)} ${currency}`}
      submit="Pay the chosen invoices"
      variant="filled"
      changes={changes}
      send={async (form, key) => {
        const invoiceIds = form('invoices').split(' ').filter(Boolean);
        const applied = await ask(
          api.POST('/v1/payments/{id}/apply', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { invoiceIds },
          }),
        );
        return `${id} paid on ${applied.applications.map(({ invoiceId }) => invoiceId).join(', ')}.`;
      }}
    >
      {(faultAt) => <OpenItemChoice customerId={customerId} currency={currency} error={faultAt('/invoiceIds', 'within')} />}
    </CommandButton>
  );
}
