import { Anchor, Grid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Fault } from '../../api/client.ts';
import { Corrections } from '../../parts/corrections.tsx';
import { InvoiceStory } from '../../parts/record-story.tsx';
import { WriteOffs } from '../../parts/write-offs.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day } from '../../show/moment.tsx';
import { Money } from '../../show/money.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { PricedLines } from '../../show/priced-lines.tsx';
import { Records } from '../../show/records.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { changesOf, InvoiceActions, type Review } from './actions.tsx';
import { DunningPlan } from './dunning-plan.tsx';
import { EndLinks } from './end-links.tsx';
import { Finder } from './finder.tsx';

export default function InvoicePage() {
  const id = useParams({ strict: false }).id ?? '';
  const review = useQuery({
    queryKey: ['invoice', id],
    queryFn: () => ask(api.GET('/v1/invoices/{id}/review', { params: { path: { id } } })),
  });
  if (!review.isSuccess) return <Unanswered query={review} height={320} />;
  const { data } = review;
  const { invoice } = data;
  const isInvoice = invoice.kind === 'invoice';
  return (
    <Stack gap="md">
      <PageHead
        title={<Identifier id={id} />}
        status={
          <>
            <Status of={invoice.overdueSince !== null && invoice.openMinor > 0 ? 'overdue' : invoice.status} />
            {invoice.disputedMinor > 0 && <Status of="disputed" />}
          </>
        }
        about={
          <>
            {inWords(invoice.kind)} of{' '}
            <Anchor underline="always" component={Link} to={`/collections/${invoice.customerId}`}>
              {invoice.customerId}
            </Anchor>
            {invoice.orderId !== null && (
              <>
                {' · order '}
                <Anchor underline="always" component={Link} to={`/orders/${invoice.orderId}`}>
                  {invoice.orderId}
                </Anchor>
              </>
            )}
            {invoice.correctsInvoiceId !== null && (
              <>
                {' · in place of '}
                <Anchor underline="always" component={Link} to={`/invoices/${invoice.correctsInvoiceId}`}>
                  {invoice.correctsInvoiceId}
                </Anchor>
              </>
            )}
          </>
        }
      >
        <InvoiceActions review={data} />
      </PageHead>
      <Grid gap="md">
        {isInvoice && (
          <Grid.Col span={{ base: 12, lg: 5 }} order={{ base: 2, lg: 1 }}>
            <Document id={id} lacks={invoice.eInvoiceFaults ?? []} />
          </Grid.Col>
        )}
        <Grid.Col span={{ base: 12, lg: isInvoice ? 7 : 12 }} order={{ base: 1, lg: 2 }}>
          <Stack gap="md">
            <Standing invoice={invoice} />
            {isInvoice && <Finder invoice={invoice} mayReissue={data.actions.includes('credit-and-reissue')} />}
            {data.corrections.length > 0 && (
              <Panel title="Corrections">
                <Corrections items={data.corrections} changes={changesOf(invoice)} />
              </Panel>
            )}
            <Settled invoice={invoice} review={data} />
          </Stack>
        </Grid.Col>
      </Grid>
      {invoice.lines.length > 0 && (
        <Panel title="Lines">
          <PricedLines of={invoice} />
        </Panel>
      )}
      <DunningPlan invoice={invoice} holdOffs={data.holdOffs} />
      {data.disputes.length > 0 && <Disputes disputes={data.disputes} />}
      {data.writeOffs.length > 0 && (
        <Panel title="Write-offs">
          <WriteOffs items={data.writeOffs} changes={changesOf(invoice)} />
        </Panel>
      )}
      <InvoiceStory id={id} />
    </Stack>
  );
}

/** As the customer has it. Where a browser shows no PDF in a page, a phone for example, it is opened by itself. */
function Document({ id, lacks }: { id: string; lacks: readonly Fault[] }) {
  const address = `/v1/invoices/${encodeURIComponent(id)}/pdf`;
  return (
    <Panel
      title="Document"
      actions={
        <>
          <Anchor href={address} target="_blank" rel="noreferrer">
            Open the PDF
          </Anchor>
          {lacks.length === 0 && (
            <Anchor href={`/v1/invoices/${encodeURIComponent(id)}/ubl`} download>
              E-invoice
            </Anchor>
          )}
          <EndLinks id={id} />
        </>
      }
    >
      {lacks.length > 0 && (
        <Text className="faint" size="sm" mb="xs">
          No e-invoice: {lacks.map(({ detail }) => detail).join(' ')}
        </Text>
      )}
      {navigator.pdfViewerEnabled ? (
        <iframe className="document" src={`${address}#view=FitH&navpanes=0`} title={`PDF of ${id}`} />
      ) : (
        <Text className="faint">This browser shows no PDF inside of a page; open it by itself.</Text>
      )}
    </Panel>
  );
}

function Standing({ invoice }: { invoice: Review['invoice'] }) {
  const { currency } = invoice;
  return (
    <section className="panel" aria-label="Amounts">
      <dl className="figures">
        <div>
          <dt>Amount</dt>
          <dd>
            <Money minor={invoice.grossMinor} currency={currency} />
          </dd>
        </div>
        <div>
          <dt>Open</dt>
          <dd>
            <b>
              <Money minor={invoice.openMinor} currency={currency} />
            </b>
          </dd>
        </div>
        {invoice.disputedMinor > 0 && (
          <div>
            <dt>Disputed</dt>
            <dd>
              <Money minor={invoice.disputedMinor} currency={currency} />
            </dd>
          </div>
        )}
        <div>
          <dt>Issued</dt>
          <dd>
            <Day on={invoice.issuedOn} />
          </dd>
        </div>
        <div>
          <dt>Due</dt>
          <dd>
            <Day on={invoice.dueOn} />
          </dd>
        </div>
        {invoice.formerReference !== null && (
          <div>
            <dt>Number before</dt>
            <dd>{invoice.formerReference}</dd>
          </div>
        )}
        <div>
          <dt>Payment reference</dt>
          <dd>
            <Identifier id={invoice.paymentReference} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** What has been taken off it, in the order of its days. */
function Settled({ invoice, review }: { invoice: Review['invoice']; review: Review }) {
  const { currency } = invoice;
  const rows = [
    ...invoice.applications.map(({ paymentId, amountMinor, valueOn }) => {
      const paid = review.payments.find(({ id }) => id === paymentId);
      return {
        id: paymentId,
        to: `/payments/${paymentId}`,
        what: `Payment${paid ? ` by ${inWords(paid.method).toLowerCase()}` : ''}`,
        amountMinor,
        valueOn,
      };
    }),
    ...invoice.credits.map(({ creditNoteId, amountMinor, valueOn }) => ({
      id: creditNoteId,
      to: undefined,
      what: 'Credit note',
      amountMinor,
      valueOn,
    })),
    ...invoice.writeOffs.map(({ writeOffId, amountMinor, valueOn }) => ({
      id: writeOffId,
      to: undefined,
      what: 'Written off',
      amountMinor,
      valueOn,
    })),
  ].sort((a, b) => a.valueOn.localeCompare(b.valueOn));
  return (
    <Panel title="Payments and credit notes">
      <Records
        rows={rows}
        keyOf={({ id }) => id}
        empty={`Nothing has been paid on it. Money that names ${invoice.id} or its payment reference finds it by itself.`}
        columns={[
          {
            header: 'Record',
            cell: ({ id, to, what }) => (
              <>
                <Identifier id={id} to={to} />{' '}
                {what === 'Credit note' && <a href={`/v1/credit-notes/${encodeURIComponent(id)}/pdf`}>PDF</a>}
              </>
            ),
          },
          { header: 'What', cell: ({ what }) => what },
          { header: 'Value date', cell: ({ valueOn }) => <Day on={valueOn} /> },
          { header: 'Amount', align: 'right', cell: ({ amountMinor }) => <Money minor={amountMinor} currency={currency} /> },
        ]}
      />
      {invoice.instalments.length > 1 && (
        <Text mt="xs" className="faint">
          Due in {invoice.instalments.length} parts:{' '}
          {invoice.instalments.map(({ number, dueOn, openMinor }) => (
            <span key={number}>
              {number > 1 && ', '}
              <Money minor={openMinor} currency={currency} /> open by <Day on={dueOn} />
            </span>
          ))}
        </Text>
      )}
    </Panel>
  );
}

function Disputes({ disputes }: { disputes: Review['disputes'] }) {
  return (
    <Panel title="Disputes">
      <Records
        rows={disputes}
        keyOf={({ id }) => id}
        empty=""
        columns={[
          { header: 'Dispute', cell: ({ id }) => <Identifier id={id} to={`/disputes/${id}`} /> },
          { header: 'Status', cell: ({ status }) => <Status of={status} /> },
          { header: 'Why', cell: ({ reason, note }) => `${inWords(reason)}: ${note}` },
          {
            header: 'Disputed',
            align: 'right',
            cell: ({ disputedMinor, currency }) => <Money minor={disputedMinor} currency={currency} />,
          },
        ]}
      />
    </Panel>
  );
}
