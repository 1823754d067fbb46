import { Anchor, Grid, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { Corrections } from '../../parts/corrections.tsx';
import { claimsOf, LineClaims, LineRevisions, revisionsOf } from '../../parts/line-claims.tsx';
import { NotRead, Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Money, majorOf } from '../../show/money.tsx';
import { PageHead } from '../../show/page-head.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records } from '../../show/records.tsx';
import { inWords, Status } from '../../show/status.tsx';

type Dispute = Schema<'Dispute'>;
type Invoice = Schema<'Invoice'>;

/** What a customer refuses to pay, beside what was charged, and the answer to it. */
export default function DisputePage() {
  const id = useParams({ strict: false }).id ?? '';
  const dispute = useQuery({
    queryKey: ['disputes', 'one', id],
    queryFn: () => ask(api.GET('/v1/disputes/{id}', { params: { path: { id } } })),
  });
  const invoiceId = dispute.data?.invoiceId ?? '';
  const invoice = useQuery({
    queryKey: ['invoice', invoiceId, 'alone'],
    queryFn: () => ask(api.GET('/v1/invoices/{id}', { params: { path: { id: invoiceId } } })),
    enabled: invoiceId !== '',
  });
  const corrections = useQuery({
    queryKey: ['corrections', invoiceId],
    queryFn: () => ask(api.GET('/v1/corrections', { params: { query: { invoiceId } } })),
    enabled: invoiceId !== '',
  });
  if (!dispute.isSuccess) return <Unanswered query={dispute} height={320} />;
  const { data } = dispute;
  const own = (corrections.data?.items ?? []).filter(({ disputeId }) => disputeId === id);
  return (
    <Stack gap="md">
      <PageHead
        title={<Identifier id={id} />}
        status={<Status of={data.status} />}
        about={
          <>
            {data.customerId} about{' '}
            <Anchor underline="always" component={Link} to={`/invoices/${invoiceId}`}>
              {invoiceId}
            </Anchor>{' '}
            · raised <Moment at={data.at} /> by {data.raisedBy}
          </>
        }
      >
        {data.actions.includes('resolve') && invoice.data && <Answers dispute={data} invoice={invoice.data} />}
      </PageHead>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <Panel title="What the customer says">
              <Text fw={600}>{inWords(data.reason)}</Text>
              <Text style={{ overflowWrap: 'anywhere' }}>{data.note}</Text>
            </Panel>
            {invoice.data ? (
              <Claims dispute={data} invoice={invoice.data} />
            ) : (
              <Unanswered query={invoice} height={90} title="Line by line" />
            )}
            <NotRead query={corrections} title="Correction" />
            {own.length > 0 && (
              <Panel title="Correction">
                <Corrections items={own} changes={changesOf(data)} />
              </Panel>
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Facts dispute={data} invoice={invoice.data} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

const changesOf = ({ invoiceId, customerId }: Dispute) => [
  ['disputes'],
  ['corrections', invoiceId],
  ['invoice', invoiceId],
  ['invoices'],
  ['account', customerId],
];

/** In the words of the claim: so many too many, the right price, so much too much. */
function claimInWords({ quantity, unitPriceMinor, amountMinor }: Dispute['claims'][number], currency: string): string {
  if (quantity !== undefined) return quantity === 1 ? 'one unit too many' : `${quantity} units too many`;
  if (unitPriceMinor !== undefined) return `${majorOf(unitPriceMinor, currency)} ${currency} was agreed`;
  return `${majorOf(amountMinor ?? 0, currency)} ${currency} too much, without tax`;
}

function Claims({ dispute, invoice }: { dispute: Dispute; invoice: Invoice }) {
  return (
    <Panel title="Line by line">
      <Records
        rows={dispute.claims}
        keyOf={({ lineNumber }) => String(lineNumber)}
        empty="All of it is disputed."
        columns={[
          {
            header: 'Line',
            cell: ({ lineNumber }) =>
              invoice.lines.find((line) => line.lineNumber === lineNumber)?.description ?? `All of ${invoice.id}`,
          },
          {
            header: 'Charged',
            align: 'right',
            cell: ({ lineNumber }) => {
              const line = invoice.lines.find((one) => one.lineNumber === lineNumber);
              return line ? (
                <>
                  {line.quantity} × <Money minor={line.unitPriceMinor} currency={invoice.currency} />
                </>
              ) : (
                <Money minor={invoice.grossMinor} currency={invoice.currency} />
              );
            },
          },
          {
            header: 'Claimed',
            cell: (claim) =>
              // An opening item is known by its amount alone: one unit of it is all of it.
              invoice.lines.length === 0 && claim.quantity !== undefined ? 'all of it' : claimInWords(claim, dispute.currency),
          },
        ]}
      />
    </Panel>
  );
}

function Facts({ dispute, invoice }: { dispute: Dispute; invoice: Invoice | undefined }) {
  return (
    <Panel title="Facts">
      <dl className="facts">
        <dt>Disputed</dt>
        <dd>
          <Money minor={dispute.disputedMinor} currency={dispute.currency} />
        </dd>
        {invoice && (
          <>
            <dt>Open of the invoice</dt>
            <dd>
              <Money minor={invoice.openMinor} currency={invoice.currency} />
            </dd>
          </>
        )}
        <dt>With</dt>
        <dd>{dispute.owner ?? 'nobody yet'}</dd>
        {dispute.status === 'open' ? (
          <>
            <dt>Answer by</dt>
            <dd>
              <Moment at={dispute.dueAt} />
            </dd>
          </>
        ) : (
          <>
            <dt>Answered</dt>
            <dd>
              {dispute.resolvedAt && <Moment at={dispute.resolvedAt} />} by {dispute.resolvedBy}
              <div>{dispute.resolution}</div>
            </dd>
          </>
        )}
        {dispute.creditNoteIds.length > 0 && (
          <>
            <dt>Credit notes</dt>
            <dd>
              {dispute.creditNoteIds.map((note) => (
                <a key={note} href={`/v1/credit-notes/${encodeURIComponent(note)}/pdf`}>
                  {note}
                </a>
              ))}
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
}

function Answers({ dispute, invoice }: { dispute: Dispute; invoice: Invoice }) {
  const { id, disputedMinor, currency } = dispute;
  const changes = changesOf(dispute);
  const resolve = async (body: Schema<'DisputeDecision'>, key: string): Promise<string> => {
    const { status, correction } = await ask(
      api.POST('/v1/disputes/{id}/resolve', { params: { path: { id }, header: { 'Idempotency-Key': key } }, body }),
    );
    if (correction?.status === 'proposed') return `${correction.correctionId} waits for a second person.`;
    return `${id} is ${inWords(status).toLowerCase()}${correction ? `: ${correction.creditNoteId} was issued` : ''}.`;
  };
  return (
    <Group gap="xs">
      <CommandButton
        label="Uphold"
        title={`Uphold ${id}`}
        submit={`Credit ${majorOf(disputedMinor, currency)} ${currency} as claimed`}
        variant="filled"
        changes={changes}
        send={(form, key) => resolve({ decision: 'uphold', note: form('note') }, key)}
      >
        {(faultAt) => (
          <>
            <Text size="sm">A credit note goes to the customer. Above the policy’s amount a second person agrees first.</Text>
            <NoteField name="note" label="Answer to the customer" error={faultAt('/note')} />
          </>
        )}
      </CommandButton>
      <CommandButton
        wide
        label="Uphold in part"
        title={`Uphold ${id} in part`}
        submit="Credit what is said here"
        changes={changes}
        send={(form, key) => {
          const lines = claimsOf(form, invoice);
          return resolve({ decision: 'uphold', note: form('note'), ...(lines.length > 0 && { lines }) }, key);
        }}
      >
        {(faultAt) => (
          <>
            <LineClaims invoice={invoice} faultAt={faultAt} />
            <NoteField name="note" label="Answer to the customer" error={faultAt('/note')} />
          </>
        )}
      </CommandButton>
      {invoice.kind === 'invoice' && (
        <CommandButton
          wide
          label="Credit and re-issue"
          title={`Answer ${id} with a revised invoice`}
          submit={`Credit ${invoice.id} and bill it anew`}
          changes={changes}
          send={(form, key) => resolve({ decision: 'uphold', note: form('note'), reissue: revisionsOf(form, invoice) }, key)}
        >
          {(faultAt) => (
            <>
              <LineRevisions invoice={invoice} faultAt={faultAt} />
              <NoteField name="note" label="Answer to the customer" error={faultAt('/note')} />
            </>
          )}
        </CommandButton>
      )}
      <CommandButton
        label="Reject"
        title={`Reject ${id}`}
        submit={`Reject: ${majorOf(disputedMinor, currency)} ${currency} is owed`}
        danger
        changes={changes}
        send={(form, key) => resolve({ decision: 'reject', note: form('note') }, key)}
      >
        {(faultAt) => (
          <>
            <Text size="sm">Letters go on where they stopped, and what was skipped is caught up.</Text>
            <NoteField name="note" label="Answer to the customer" error={faultAt('/note')} />
          </>
        )}
      </CommandButton>
      <CommandButton
        label="Withdrawn"
        title={`The customer withdraws ${id}`}
        submit="It is owed after all"
        changes={changes}
        send={async (form, key) => {
          await ask(
            api.POST('/v1/disputes/{id}/withdraw', {
              params: { path: { id }, header: { 'Idempotency-Key': key } },
              body: { reason: form('reason') },
            }),
          );
          return `${id} was withdrawn.`;
        }}
      >
        {(faultAt) => <NoteField error={faultAt('/reason')} />}
      </CommandButton>
    </Group>
  );
}
