import { Group, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { CommandButton } from '../../form/command-button.tsx';
import { NoteField } from '../../form/fields.tsx';
import { Unanswered } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Day, Moment } from '../../show/moment.tsx';
import { Money, moneyText } from '../../show/money.tsx';
import { Panel } from '../../show/panel.tsx';
import { Records, type RecordsColumn } from '../../show/records.tsx';
import { inWords, Status } from '../../show/status.tsx';
import { FilterField } from '../../table/filter-field.tsx';
import { useFilters } from '../../table/filters.ts';
import { PagedRecords } from '../../table/paged-records.tsx';

type Clock = Schema<'DocumentationClockToEnd'>;

const changes = [['clocks'], ['payments'], ['tasks'], ['account'], ['bank-lines']];

/** Money that customers say they have paid, or that was seen, and that no payment documents yet (P1); a task leads to its one. */
export function Undocumented() {
  const [{ clock: wanted, customerId }, setFilters] = useFilters();
  const one = useQuery({
    queryKey: ['clocks', 'one', wanted],
    queryFn: () => ask(api.GET('/v1/documentation-clocks/{id}', { params: { path: { id: wanted ?? '' } } })),
    enabled: wanted !== undefined,
  });
  if (wanted !== undefined)
    return (
      <Panel title={`What ${wanted} waits for`} actions={<Link to="/cash?tab=undocumented">All that is not documented</Link>}>
        {one.isSuccess ? (
          <Records rows={[one.data]} keyOf={({ id }) => id} empty="" columns={columns} />
        ) : (
          <Unanswered query={one} height={80} />
        )}
      </Panel>
    );
  return (
    <Panel
      title="Money that is not documented"
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
        name="undocumented"
        queryKey={['clocks', 'undocumented', customerId]}
        read={(after) =>
          ask(
            api.GET('/v1/documentation-clocks', {
              params: {
                query: {
                  undocumented: 'true',
                  limit: 50,
                  ...(customerId !== undefined && { customerId }),
                  ...after,
                },
              },
            }),
          )
        }
        keyOf={({ id }) => id}
        empty="No money is looked for. What customers say they have paid stands here until a payment bears it out, and what was seen on a statement or as a cheque until it is booked."
        columns={columns}
      />
    </Panel>
  );
}

/** Where money that was seen is booked. */
const seenAt = ({ source, sourceId }: Clock): string | undefined =>
  source === 'bank-line' ? `/cash?line=${sourceId}` : source === 'cheque' ? '/cash?tab=cheques' : undefined;

const columns: RecordsColumn<Clock>[] = [
  {
    header: 'What',
    cell: (clock) => {
      const { id, source, sourceId, reference, note, documentName, invoiceIds } = clock;
      const address = seenAt(clock);
      return (
        <>
          <Identifier id={id} /> {inWords(source)} {address && <Link to={address}>{sourceId}</Link>}
          {reference !== null && <div>{reference}</div>}
          {note !== null && <div style={{ overflowWrap: 'anywhere' }}>{note}</div>}
          {documentName !== null && (
            <div>
              <a href={`/v1/documentation-clocks/${id}/file`} download={documentName}>
                {documentName}
              </a>
            </div>
          )}
          {invoiceIds.length > 0 && (
            <div>
              for{' '}
              {invoiceIds.map((invoiceId) => (
                <span key={invoiceId}>
                  <Link to={`/invoices/${invoiceId}`}>{invoiceId}</Link>{' '}
                </span>
              ))}
            </div>
          )}
        </>
      );
    },
  },
  {
    header: 'Customer',
    cell: ({ customerId }) =>
      customerId === null ? 'nobody knows yet' : <Identifier id={customerId} to={`/customers/${customerId}`} />,
  },
  { header: 'Paid on', cell: ({ paidOn }) => <Day on={paidOn} /> },
  {
    header: 'Known since',
    cell: ({ startedAt, actor }) => (
      <>
        <Moment at={startedAt} />
        <div className="faint">{actor}</div>
      </>
    ),
  },
  {
    header: 'Letters wait until',
    cell: ({ status, statusReason, paymentId, dueAt, blocksUntil, escalatedAt }) => (
      <>
        {status === 'running' ? <Moment at={blocksUntil} /> : <Status of={status} />}
        {paymentId !== null && (
          <div>
            <Identifier id={paymentId} to={`/payments/${paymentId}`} />
          </div>
        )}
        {statusReason !== null && <div className="faint">{statusReason}</div>}
        {status === 'running' && (
          <div className={escalatedAt === null ? 'faint' : 'late'}>
            {escalatedAt === null ? 'to be found ' : 'should have been found '}
            <Moment at={dueAt} />
          </div>
        )}
      </>
    ),
  },
  {
    header: 'Amount',
    align: 'right',
    cell: ({ amountMinor, currency }) =>
      amountMinor === null ? <span className="faint">in the file</span> : <Money minor={amountMinor} currency={currency} />,
  },
  {
    header: 'What to do',
    align: 'right',
    cell: (clock) => (
      <Group gap={6} justify="flex-end">
        {clock.actions.includes('link') && clock.customerId !== null && <LinkPayment clock={clock} />}
        {clock.actions.includes('reject') && <Reject clock={clock} />}
      </Group>
    ),
  },
];

function LinkPayment({ clock: { id, customerId, amountMinor } }: { clock: Clock }) {
  return (
    <CommandButton
      label="It came"
      title={`Which payment is it that ${id} waits for?`}
      submit="This payment is it"
      variant="filled"
      changes={changes}
      send={async (form, key) => {
        const paymentId = form('payment');
        await ask(
          api.POST('/v1/documentation-clocks/{id}/link', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { paymentId },
          }),
        );
        return `${id} is documented by ${paymentId}.`;
      }}
    >
      {(faultAt) => <PaymentChoice customerId={customerId ?? ''} amountMinor={amountMinor} error={faultAt('/paymentId')} />}
    </CommandButton>
  );
}

/** The newest payments of a customer, one of the same amount chosen already. */
function PaymentChoice({
  customerId,
  amountMinor,
  error,
}: {
  customerId: string;
  amountMinor: number | null;
  error: string | undefined;
}) {
  const [chosen, setChosen] = useState<string | null>();
  const payments = useQuery({
    queryKey: ['payments', 'of', customerId],
    queryFn: () => ask(api.GET('/v1/payments', { params: { query: { customerId, limit: 50 } } })),
  });
  if (!payments.isSuccess) return <Unanswered query={payments} height={60} />;
  const { items } = payments.data;
  if (items.length === 0)
    return (
      <Text size="sm">
        {customerId} has no payment yet. Record it above, or place its bank line: what fits ends the wait by itself.
      </Text>
    );
  return (
    <>
      <Text size="sm">Letters that waited for this money go out for what it has not paid.</Text>
      <Select
        name="payment"
        label={`Payment of ${customerId}`}
        required
        searchable
        data={items.map(({ id, amountMinor: paid, currency, valueOn }) => ({
          value: id,
          label: `${id} · ${moneyText(paid, currency)} · ${valueOn}`,
        }))}
        value={chosen === undefined ? (items.find((item) => item.amountMinor === amountMinor)?.id ?? null) : chosen}
        onChange={setChosen}
        error={error}
      />
    </>
  );
}

function Reject({ clock: { id, customerId } }: { clock: Clock }) {
  return (
    <CommandButton
      label="Reject"
      title={`There is no money of ${id}`}
      submit="Reject: letters that waited go out"
      danger
      changes={changes}
      send={async (form, key) => {
        await ask(
          api.POST('/v1/documentation-clocks/{id}/reject', {
            params: { path: { id }, header: { 'Idempotency-Key': key } },
            body: { reason: form('reason') },
          }),
        );
        return `${id} is rejected.`;
      }}
    >
      {(faultAt) => (
        <>
          <Text size="sm">
            {customerId ?? 'The payer'} gets the letters that waited for this money, and its next word puts none off for a while.
          </Text>
          <NoteField error={faultAt('/reason')} />
        </>
      )}
    </CommandButton>
  );
}
