import { Button, Grid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { AskedFacts, DiscountOffered } from '../../parts/asked.tsx';
import { ByTransfer, PayInvoices } from '../../parts/pay-invoices.tsx';
import { NotRead, Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money, moneyText } from '../../show/money.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { PricedLines } from '../../show/priced-lines.tsx';
import { MoneyCell, Rows, right } from '../../show/rows.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { DisputeForm } from './dispute-form.tsx';

type Invoice = Schema<'Invoice'>;

/** One invoice: what it charges, what was paid of it, how to pay the rest, and what is disputed. */
export default function PortalInvoicePage() {
  const id = useParams({ strict: false }).id ?? '';
  const invoice = useQuery({
    queryKey: ['invoice', id],
    queryFn: () => ask(api.GET('/v1/invoices/{id}', { params: { path: { id } } })),
  });
  const [paying, setPaying] = useState(false);
  const [disputing, setDisputing] = useState(false);
  if (!invoice.isSuccess) return <Unanswered query={invoice} height={320} />;
  const { data } = invoice;
  const { openMinor, disputedMinor, askedMinor, discount, currency, kind } = data;
  const address = `/v1/invoices/${encodeURIComponent(id)}`;
  return (
    <Stack gap="md">
      <PageHead
        title={<Identifier id={data.id} />}
        status={<Status of={disputedMinor > 0 ? 'disputed' : data.status} />}
        about={
          <>
            {data.formerReference !== null && `Your ${data.formerReference} · `}Issued <Day on={data.issuedOn} /> · due{' '}
            <Day on={data.dueOn} />
          </>
        }
      >
        {kind !== 'opening-item' && (
          <>
            <Button component="a" href={`${address}/pdf`} variant="default" size="compact-sm">
              PDF
            </Button>
            {data.eInvoiceFaults?.length === 0 && (
              <Button component="a" href={`${address}/ubl`} variant="default" size="compact-sm">
                E-invoice (XML)
              </Button>
            )}
          </>
        )}
        {data.isDisputable && (
          <Button variant="default" size="compact-sm" onClick={() => setDisputing(true)}>
            Dispute
          </Button>
        )}
        {askedMinor > 0 && (
          <Button size="compact-sm" onClick={() => setPaying(true)}>
            Pay {moneyText(askedMinor, currency)}
          </Button>
        )}
      </PageHead>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            {data.lines.length > 0 && (
              <Panel title="Lines">
                <PricedLines of={data} />
              </Panel>
            )}
            <Disputes invoiceId={id} />
            <Settled invoice={data} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <Panel title="Amounts">
              <dl className="facts">
                <dt>Amount</dt>
                <dd>
                  <Money minor={data.grossMinor} currency={currency} />
                </dd>
                <dt>Paid or credited</dt>
                <dd>
                  <Money minor={data.grossMinor - openMinor} currency={currency} />
                </dd>
                <dt>Open</dt>
                <dd>
                  <Money minor={openMinor} currency={currency} />
                </dd>
                <AskedFacts of={data} />
                {data.instalments.length > 1 &&
                  data.instalments.map(({ number, dueOn, openMinor: left }) => (
                    <Instalment key={number} dueOn={dueOn} openMinor={left} currency={currency} />
                  ))}
                {data.orderId && (
                  <>
                    <dt>Order</dt>
                    <dd>
                      <Identifier id={data.orderId} to={`/orders/${data.orderId}`} />
                    </dd>
                  </>
                )}
              </dl>
            </Panel>
            {askedMinor > 0 && (
              <Panel title="Pay by transfer">
                <Stack gap="sm">
                  <ByTransfer invoices={[data]} />
                  <DiscountOffered discount={discount} currency={currency} />
                </Stack>
              </Panel>
            )}
          </Stack>
        </Grid.Col>
      </Grid>
      <PayInvoices invoices={[data]} opened={paying} close={() => setPaying(false)} />
      <DisputeForm invoice={data} opened={disputing} close={() => setDisputing(false)} />
    </Stack>
  );
}

const Instalment = ({ dueOn, openMinor, currency }: { dueOn: string; openMinor: number; currency: string }) => (
  <>
    <dt>
      Due <Day on={dueOn} />
    </dt>
    <dd>
      <Money minor={openMinor} currency={currency} />
    </dd>
  </>
);

/** What took something off it: money and credit notes. */
function Settled({ invoice: { applications, credits, currency } }: { invoice: Invoice }) {
  if (applications.length + credits.length === 0) return null;
  return (
    <Panel title="Payments and credit notes">
      <Rows headings={['Document', 'Value date', right('Amount')]}>
        {applications.map(({ paymentId, amountMinor, valueOn }) => (
          <tr key={paymentId}>
            <td>
              <Identifier id={paymentId} />
            </td>
            <td>
              <Day on={valueOn} />
            </td>
            <MoneyCell minor={amountMinor} currency={currency} />
          </tr>
        ))}
        {credits.map(({ creditNoteId, amountMinor, valueOn }) => (
          <tr key={creditNoteId}>
            <td>
              <Identifier id={creditNoteId} />{' '}
              <a href={`/v1/credit-notes/${encodeURIComponent(creditNoteId)}/pdf`} aria-label={`PDF of ${creditNoteId}`}>
                PDF
              </a>
            </td>
            <td>
              <Day on={valueOn} />
            </td>
            <MoneyCell minor={amountMinor} currency={currency} />
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Disputes({ invoiceId }: { invoiceId: string }) {
  const disputes = useQuery({
    queryKey: ['disputes', { invoiceId }],
    queryFn: () => ask(api.GET('/v1/disputes', { params: { query: { invoiceId } } })),
  });
  if (!disputes.data) return <NotRead query={disputes} title="Disputes" />;
  const { items } = disputes.data;
  if (items.length === 0) return null;
  return (
    <Panel title="Disputes">
      <Rows headings={['Dispute', 'Status', 'Answer', right('Amount'), { text: 'Actions', unseen: true }]}>
        {items.map((dispute) => (
          <tr key={dispute.id}>
            <td>
              {inWords(dispute.reason)}
              <div className="faint">{dispute.note}</div>
            </td>
            <td>
              <Status of={dispute.status} />
            </td>
            <td>
              {dispute.resolution ?? (
                <>
                  expected <Moment at={dispute.dueAt} />
                </>
              )}
            </td>
            <MoneyCell minor={dispute.disputedMinor} currency={dispute.currency} />
            <td data-align="right">{dispute.actions.includes('withdraw') && <Withdraw id={dispute.id} />}</td>
          </tr>
        ))}
      </Rows>
    </Panel>
  );
}

function Withdraw({ id }: { id: string }) {
  return (
    <CommandButton
      label="Withdraw"
      title="Withdraw the dispute"
      submit="Withdraw: it is owed again"
      size="compact-xs"
      changes={[['disputes'], ['invoice'], ['invoices'], ['account']]}
      send={async (_, key) => {
        await ask(
          api.POST('/v1/disputes/{id}/withdraw', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { reason: 'Withdrawn in the portal.' },
          }),
        );
        return 'The dispute was withdrawn.';
      }}
    >
      <Text size="sm">What you dispute is owed and asked for again, and nobody looks into it any more.</Text>
    </CommandButton>
  );
}
