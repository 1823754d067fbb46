import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { CustomerField } from '../../form/customer-field.tsx';
import { entriesOf, fieldsOf } from '../../form/entries.ts';
import { faultsAt } from '../../form/faults.ts';
import { DayField } from '../../form/fields.tsx';
import { Refused } from '../../form/refused.tsx';
import { InvoiceTabs } from '../../parts/invoice-tabs.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';

type Run = Schema<'InvoiceRun'>;
type Asked = { customerId: string; through?: string; dryRun: boolean };

/** Bills a customer whose shipments wait for the run of their period: first what it would be, then in earnest (I1). */
export default function InvoiceRunsPage() {
  const [shown, setShown] = useState<{ asked: Asked; run: Run }>();
  const command = useCommand({
    send: async (asked: Asked, key: string) => ({
      asked,
      run: await ask(api.POST('/v1/invoice-runs', { params: { header: { 'Idempotency-Key': key } }, body: asked })),
    }),
    said: ({ run: { customerId, dryRun, invoices } }) => {
      const count = `${invoices.length} ${invoices.length === 1 ? 'invoice' : 'invoices'}`;
      return dryRun ? `${customerId} would get ${count}.` : `${customerId} gets ${count}.`;
    },
    changes: [['invoices'], ['account']],
    shownInForm: true,
  });
  const run = (asked: Asked) => command.mutate(asked, { onSuccess: setShown });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setShown(undefined);
    const form = fieldsOf(entriesOf(event.currentTarget));
    const through = form('through');
    run({ customerId: form('customerId'), ...(through !== '' && { through }), dryRun: true });
  };
  const faultAt = faultsAt(command.error);
  return (
    <Stack gap="md">
      <Title order={1}>Bill a period</Title>
      <InvoiceTabs />
      <Panel title="Whose shipments">
        <Text mb="xs">
          Customers that are billed once a week or month get their invoices by themselves on the day of their run. Here one is
          billed for what has left, or arrived, and waits for that day: up to and with a day, or without one for the periods whose
          run has come.
        </Text>
        <form onSubmit={onSubmit}>
          <Group align="flex-start" gap="xs">
            <CustomerField name="customerId" label="Customer" required error={faultAt('/customerId')} />
            <DayField name="through" label="Up to and with" error={faultAt('/through')} />
            <Button type="submit" mt={20} variant="default" loading={command.isPending}>
              See what it would bill
            </Button>
          </Group>
        </form>
        <Refused error={command.error} />
      </Panel>
      {shown && <Outcome of={shown.run} isPending={command.isPending} bill={() => run({ ...shown.asked, dryRun: false })} />}
    </Stack>
  );
}

function Outcome({
  of: { dryRun, invoices, more, customerId },
  isPending,
  bill,
}: {
  of: Run;
  isPending: boolean;
  bill: () => void;
}) {
  return (
    <Panel
      title={dryRun ? `What ${customerId} would be billed` : `What ${customerId} was billed`}
      actions={
        dryRun &&
        invoices.length > 0 && (
          <Button size="compact-sm" loading={isPending} onClick={bill}>
            Issue {invoices.length === 1 ? 'this invoice' : `these ${invoices.length} invoices`}
          </Button>
        )
      }
    >
      <Records
        rows={invoices}
        keyOf={({ shipmentIds }) => shipmentIds.join()}
        empty="Nothing waits to be billed."
        columns={[
          {
            header: 'Invoice',
            cell: ({ invoiceId }) =>
              invoiceId === null ? (
                <span className="faint">not issued</span>
              ) : (
                <Identifier id={invoiceId} to={`/invoices/${invoiceId}`} />
              ),
          },
          {
            header: 'Period',
            cell: ({ from, to }) => (
              <>
                <Day on={from} /> to <Day on={to} />
              </>
            ),
          },
          { header: 'Goods went to', cell: ({ country, deliveryTerms }) => [country, deliveryTerms].filter(Boolean).join(', ') },
          {
            header: 'Orders',
            cell: ({ orderIds }) => orderIds.map((id) => <Identifier key={id} id={id} to={`/orders/${id}`} />),
          },
          { header: 'Shipments', align: 'right', cell: ({ shipmentIds }) => shipmentIds.length },
          { header: 'Net', align: 'right', cell: ({ netMinor, currency }) => <Money minor={netMinor} currency={currency} /> },
          { header: 'Tax', align: 'right', cell: ({ taxMinor, currency }) => <Money minor={taxMinor} currency={currency} /> },
          {
            header: 'Amount',
            align: 'right',
            cell: ({ grossMinor, currency }) => (
              <b>
                <Money minor={grossMinor} currency={currency} />
              </b>
            ),
          },
        ]}
      />
      {more && <Text mt="xs">There is more than one run takes: run it again for the rest.</Text>}
    </Panel>
  );
}
