import { Button, Group, Modal, Skeleton, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, ask, type Schema } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { entriesOf, fieldsOf } from '../../form/entries.ts';
import { faultsAt } from '../../form/faults.ts';
import { NoAnswer } from '../../shell/broken-page.tsx';
import { Identifier } from '../../show/identifier.tsx';
import { Moment } from '../../show/moment.tsx';
import { Panel, Section } from '../../show/panel.tsx';
import { inWords, Status } from '../../show/status.tsx';

type Return = Schema<'Return'>;

/** What comes next, in the customer's words. */
const next: Record<Return['status'], string> = {
  requested: 'We look at your request and tell you by mail.',
  approved: 'Send the goods back to the warehouse, with the number of this return on the parcel.',
  refused: 'We do not take these goods back.',
  received: 'The goods are back and are being inspected.',
  credited: 'The goods were credited.',
  cancelled: 'You keep the goods.',
};

export default function PortalReturnPage() {
  const id = useParams({ strict: false }).id ?? '';
  const one = useQuery({
    queryKey: ['return', id],
    queryFn: () => ask(api.GET('/v1/returns/{id}', { params: { path: { id } } })),
  });
  if (one.isError) return <NoAnswer error={one.error} again={() => void one.refetch()} />;
  if (one.isPending) return <Skeleton height={240} role="status" aria-label="Loading" />;
  const { status, statusReason, orderId, invoiceId, creditNoteId, requestedAt, note, lines, warehouseId } = one.data;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <div>
          <Group gap="sm">
            <Title order={1}>
              <Identifier id={id} />
            </Title>
            <Status of={status} />
          </Group>
          <Text c="dimmed">
            Requested <Moment at={requestedAt} />
          </Text>
        </div>
        {(status === 'requested' || status === 'approved') && <Cancel id={id} />}
      </Group>
      <Panel title="What happens">
        <Text>
          {next[status]} {statusReason}
        </Text>
        <dl className="facts">
          <dt>Order</dt>
          <dd>
            <Identifier id={orderId} to={`/orders/${orderId}`} />
          </dd>
          <dt>Invoice</dt>
          <dd>
            <Identifier id={invoiceId} to={`/invoices/${invoiceId}`} />
          </dd>
          <dt>Goes to</dt>
          <dd>{warehouseId}</dd>
          {creditNoteId && (
            <>
              <dt>Credit note</dt>
              <dd>
                <Identifier id={creditNoteId} />{' '}
                <a href={`/v1/credit-notes/${encodeURIComponent(creditNoteId)}/pdf`} aria-label={`PDF of ${creditNoteId}`}>
                  PDF
                </a>
              </dd>
            </>
          )}
          {note && (
            <>
              <dt>Your note</dt>
              <dd>{note}</dd>
            </>
          )}
        </dl>
      </Panel>
      <Section title="Lines">
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col">Reason</th>
            <th scope="col" data-align="right">
              Announced
            </th>
            <th scope="col" data-align="right">
              Arrived
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ lineNumber, sku, reason, quantity, receivedQuantity }) => (
            <tr key={lineNumber}>
              <td>{sku}</td>
              <td>{inWords(reason)}</td>
              <td data-align="right">{quantity}</td>
              <td data-align="right">{receivedQuantity}</td>
            </tr>
          ))}
        </tbody>
      </Section>
    </Stack>
  );
}

function Cancel({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const cancel = useCommand({
    send: ({ reason }: { reason: string }, key) =>
      ask(
        api.POST('/v1/returns/{id}/cancel', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: { reason },
        }),
      ),
    said: () => 'You keep the goods.',
    changes: [['return', id], ['returns']],
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = fieldsOf(entriesOf(event.currentTarget))('reason');
    cancel.mutate({ reason }, { onSuccess: () => setOpen(false) });
  };
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        Keep the goods
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={`Cancel ${id}`} closeButtonProps={{ 'aria-label': 'Close' }}>
        <form onSubmit={onSubmit}>
          <Stack gap="sm">
            <Textarea
              name="reason"
              label="Reason"
              required
              maxLength={1_000}
              autosize
              minRows={2}
              error={faultsAt(cancel.error)('/reason')}
            />
            <Button type="submit" loading={cancel.isPending}>
              Cancel the return
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
